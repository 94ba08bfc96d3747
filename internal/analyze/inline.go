package analyze

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// functionBody is the function whose body is being analysed.
type functionBody struct {
	fn    *catalog.Function
	in    []catalog.Param
	types []*types.Type
}

func (b *functionBody) arg(i, pos int) query.Expr {
	return &query.Param{T: query.T{Typ: b.types[i], Mod: -1, Pos: pos}, Number: i + 1, Func: true}
}

// numbered is $n in a body.
func (b *functionBody) numbered(s *scope, n *ast.ParamRef) query.Expr {
	if n.Number < 1 || n.Number > len(b.in) {
		panic(s.errorf(n.Pos, "42P02", "there is no parameter $%d", n.Number))
	}
	return b.arg(n.Number-1, n.Pos)
}

// named is a parameter's name in a body: name, function.name, name.field; nil when it is none.
func (b *functionBody) named(s *scope, f []string, pos int) query.Expr {
	find := func(name string) query.Expr {
		for i, p := range b.in {
			if p.Name == name && name != "" {
				return b.arg(i, pos)
			}
		}
		return nil
	}
	if len(f) > 1 && f[0] == b.fn.Name {
		if e := find(f[1]); e != nil {
			if len(f) == 3 {
				return s.field(e, f[2], pos)
			}
			return e
		}
	}
	e := find(f[0])
	if e != nil && len(f) == 2 {
		return s.field(e, f[1], pos)
	}
	if len(f) > 2 {
		return nil
	}
	return e
}

// bodyQuery analyses the body of an SQL function that is one SELECT; nil when the function cannot be inlined.
func (s *scope) bodyQuery(f *query.Func) (*query.Query, *analyzer) {
	fn := f.Fn
	if fn.Language != "sql" || fn.Kind != catalog.RegularFunction {
		return nil, nil
	}
	for name := range fn.Settings {
		if name != "search_path" {
			return nil, nil // it holds while the function runs
		}
	}
	if len(s.calls) >= maxInline {
		panic(&failure{errs.TooDeep()})
	}
	for _, c := range s.calls {
		if c == fn {
			return nil, nil
		}
	}
	sel := s.bodySelect(fn)
	if sel == nil {
		return nil, nil
	}
	in := fn.Inputs()
	if len(in) != len(f.Args) {
		return nil, nil
	}
	b := &functionBody{fn: fn, in: in}
	for i, p := range in {
		t := s.typeOf(p.Type)
		if types.IsPolymorphic(t.OID) || t.OID == types.AnyOID {
			t = f.Args[i].Type()
		}
		b.types = append(b.types, t)
	}
	sub := s.inner(nil, s.caller)
	sub.calls = append(append([]*catalog.Function(nil), s.calls...), fn)
	sub.role = s.asker
	if fn.SecurityDefiner {
		sub.asker, sub.role, sub.caller, sub.checkAs = fn.Owner, fn.Owner, fn.Owner, fn.Owner
	}
	sub.fn = b
	if p, ok := fn.Settings["search_path"]; ok {
		sub.setPath(splitPath(p))
		sub.bodies = sub.rules
	} else {
		sub.rules = s.bodies
	}
	q := s.analyzeBody(sub, sel, f)
	if (fn.SecurityDefiner || len(fn.Settings) > 0) && asksSession(q) {
		return nil, nil
	}
	markBody(q, fn)
	// The rights to call what the body calls are asked for when the body is run.
	q.Executes = append(q.Executes, sub.executes...)
	return q, sub
}

// asksSession says whether a body depends on the role and settings while it runs, by more than its names: such a body is not put
// in the place of a call where the function has its own.
func asksSession(q *query.Query) bool {
	found := false
	q.WalkDeep(0, func(e query.Expr, _ int) bool {
		if f, ok := e.(*query.Func); ok {
			switch {
			case f.Fn.Schema != "pg_catalog" && (f.Fn.Language == "plpgsql" || f.Fn.Language == "sql"):
				found = true
			case f.Fn.Name == "current_setting" || f.Fn.Name == "set_config" || f.Fn.Name == "current_schemas":
				for _, a := range f.Args {
					c, ok := a.(*query.Const)
					found = found || ok && (c.Value.S == "search_path" || c.Value.S == "role")
				}
			}
		}
		return !found
	})
	return found
}

// analyzeBody analyses a body. A fault in it is an error only when it is run, so it becomes a body that raises the error.
func (s *scope) analyzeBody(sub *analyzer, sel *ast.SelectStmt, f *query.Func) (q *query.Query) {
	depth := sub.depth
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		x, ok := r.(*failure)
		if !ok || x.err.Code == "XX000" || x.err.Code == "54001" || x.err.Code == "0A000" {
			panic(r)
		}
		sub.depth = depth
		t := f.Typ.Underlying()
		fields := t.Fields
		if t.Kind != types.CompositeType && t.OID != types.RecordOID {
			fields = []types.Field{{Name: f.Fn.Name, Type: f.Typ, Typmod: -1}}
		}
		q = &query.Query{Command: query.Select, Where: &query.Raise{T: boolT(-1), Err: x.err}, Pos: -1}
		for _, c := range fields {
			q.Targets = append(q.Targets, &query.Target{Name: c.Name, Expr: &query.Const{T: query.T{Typ: c.Type, Mod: c.Typmod, Pos: -1}}})
		}
	}()
	return sub.newScope(nil).selectBody(sel, true)
}

// markBody says of a body, and of the subqueries of a body that is one expression, whose they are.
func markBody(q *query.Query, fn *catalog.Function) {
	q.Body = fn
	if !bareExpr(q) {
		return
	}
	for _, t := range q.Targets {
		query.Walk(t.Expr, func(e query.Expr) bool {
			if l, ok := e.(*query.SubLink); ok && l.Query.Body == nil {
				l.Query.Body = fn
			}
			return true
		})
	}
}

// splitPath reads a search_path setting.
func splitPath(text string) []string {
	var out []string
	for _, p := range strings.Split(text, ",") {
		p = strings.TrimSpace(p)
		p = strings.Trim(p, "'")
		if len(p) >= 2 && p[0] == '"' {
			p = strings.ReplaceAll(p[1:len(p)-1], `""`, `"`)
		}
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// bodySelect parses a body; nil when it is not one SELECT.
func (s *scope) bodySelect(fn *catalog.Function) *ast.SelectStmt {
	text := strings.TrimSpace(fn.Body)
	if fn.NewStyleBody {
		upper := strings.ToUpper(text)
		switch {
		case strings.HasPrefix(upper, "RETURN"):
			text = "SELECT " + strings.TrimSpace(text[len("RETURN"):])
		case strings.HasPrefix(upper, "BEGIN ATOMIC"):
			text = strings.TrimSpace(text[len("BEGIN ATOMIC"):])
			if strings.HasSuffix(strings.ToUpper(text), "END") {
				text = strings.TrimSpace(text[:len(text)-3])
			}
		}
	}
	stmt, err := s.cache.Statement(text)
	if err != nil {
		return nil
	}
	sel, ok := stmt.(*ast.SelectStmt)
	if !ok || sel.Into != nil {
		return nil
	}
	return sel
}

// executed records a function whose call is replaced by its body.
func (s *scope) executed(fn *catalog.Function) {
	s.executes = append(s.executes, query.Execute{Fn: fn, CheckAs: s.caller})
}

// inlineScalar gives what a call of an SQL function in an expression stands for; nil when the call must stay.
func (s *scope) inlineScalar(f *query.Func) query.Expr {
	if s.written {
		return nil
	}
	fn := f.Fn
	if f.Set || fn.ReturnsSet || fn.Returns == types.VoidOID || fn.Language != "sql" {
		return nil
	}
	if slices.ContainsFunc(f.Args, givesSet) {
		return nil // it is called for each row of the set
	}
	q, sub := s.bodyQuery(f)
	if q == nil {
		return nil
	}
	uses := paramUses(q, len(f.Args))
	once := false
	for i, a := range f.Args {
		if !simple(a) && (uses[i] > 1 || uses[i] == 0 && volatile(a)) {
			once = true
		}
	}
	t := f.Typ
	if t.OID == types.RecordOID && t.Fields == nil {
		// A record is what the body makes of it.
		cols := outputs(q)
		t = s.recordOf(cols)
		if len(cols) == 1 && isRowType(cols[0].Type) {
			t = cols[0].Type
		}
	}
	plain := bareExpr(q)
	if s.writes && fn.Volatility == 'v' && readsRows(q) {
		return nil
	}
	var out query.Expr
	if plain && len(outputs(q)) == 1 && (!isRowType(t) || isRowType(q.Targets[0].Expr.Type())) {
		body := s.bodyResult(q.Targets[0].Expr, t, fn)
		if !once {
			out = s.bindArgs(body, f.Args, 0)
			s.takeFrom(sub)
		} else {
			q.Targets[0].Expr = body
		}
	} else if !s.scalarBody(q, t, fn) {
		return nil
	}
	if out == nil {
		q = s.oneRow(q)
		if once {
			q = s.argsOnce(q, f.Args)
		} else {
			q = s.bindQuery(q, f.Args, 1)
		}
		out = &query.SubLink{T: query.T{Typ: t, Mod: -1, Pos: f.Pos}, Kind: query.Scalar, Query: q}
	}
	s.executed(fn)
	if fn.Strict {
		out = strictly(out, f.Args)
	}
	return out
}

// givesSet says whether a set-returning call stands in an expression, outside of its subqueries.
func givesSet(e query.Expr) bool {
	found := false
	query.Walk(e, func(x query.Expr) bool {
		if f, ok := x.(*query.Func); ok && (f.Set || f.Fn.ReturnsSet) {
			found = true
		}
		return !found
	})
	return found
}

// readsRows says whether a query reads a table, in its subqueries too.
func readsRows(q *query.Query) bool {
	found := false
	query.Visit(q, func(sub *query.Query) bool {
		for _, r := range sub.RTable {
			found = found || r.Relation != nil
		}
		return !found
	}, func(query.Expr) bool { return !found })
	return found
}

// bareExpr says whether q is SELECT expression and nothing else.
func bareExpr(q *query.Query) bool {
	if len(q.RTable) > 0 || q.Where != nil || q.HasAggs || q.HasWindow || q.HasSRF || len(q.GroupBy) > 0 || q.GroupingSets != nil || q.Having != nil ||
		q.Limit != nil || q.Offset != nil || q.SetOp != nil || len(q.CTEs) > 0 || len(q.Locks) > 0 {
		return false
	}
	for _, t := range q.Targets {
		if t.Junk {
			return false
		}
	}
	return true
}

// bodyResult converts the body's column to the function's result type.
func (s *scope) bodyResult(e query.Expr, t *types.Type, fn *catalog.Function) query.Expr {
	r := s.coerceToTarget(e, t, -1, types.AssignmentCast, false)
	if r == nil {
		panic(s.errorf(-1, "42P13", "return type mismatch in function declared to return %s", s.typeName(t)).
			detail("Actual return type is %s.", s.typeName(e.Type())))
	}
	return r
}

// scalarBody makes a query's output the one value of type t; false when it cannot.
func (s *scope) scalarBody(q *query.Query, t *types.Type, fn *catalog.Function) bool {
	cols := outputs(q)
	row := t.Underlying().Kind == types.CompositeType || t.OID == types.RecordOID
	if len(cols) == 1 && (!row || isRowType(cols[0].Type)) {
		if cols[0].Type.OID == t.OID {
			return true
		}
		if q.SetOp != nil || q.Distinct || len(q.DistinctOn) > 0 || len(q.OrderBy) > 0 || len(q.GroupBy) > 0 {
			*q = *s.wrap(shallow(q))
		}
		for _, x := range q.Targets {
			if !x.Junk {
				x.Expr = s.bodyResult(x.Expr, t, fn)
			}
		}
		return true
	}
	if !row {
		return false
	}
	fields := t.Underlying().Fields
	if len(fields) != len(cols) {
		return false
	}
	*q = *s.wrap(shallow(q))
	out := &query.Row{T: query.T{Typ: t.Underlying(), Mod: -1, Pos: -1}}
	for i, x := range q.Targets {
		r := s.coerceToTarget(x.Expr, fields[i].Type, fields[i].Typmod, types.AssignmentCast, false)
		if r == nil {
			return false
		}
		out.Fields = append(out.Fields, r)
		out.Names = append(out.Names, fields[i].Name)
	}
	q.Targets = []*query.Target{{Expr: out, Name: fn.Name}}
	return true
}

func shallow(q *query.Query) *query.Query {
	c := *q
	return &c
}

// oneRow keeps a query's first row only.
func (s *scope) oneRow(q *query.Query) *query.Query {
	if len(q.From) == 0 && q.SetOp == nil && !q.HasSRF || q.HasAggs && len(q.GroupBy) == 0 && q.GroupingSets == nil {
		return q
	}
	if q.Limit != nil {
		if c, ok := q.Limit.(*query.Const); ok && !c.Value.IsNull() && c.Value.I <= 1 {
			return q
		}
		q = s.wrap(q)
	}
	q.Limit = &query.Const{T: query.T{Typ: types.ByOID(types.Int8OID), Mod: -1, Pos: -1}, Value: types.Int(1)}
	return q
}

// paramUses counts how often each argument is used.
func paramUses(q *query.Query, n int) []int {
	uses := make([]int, n)
	q.WalkDeep(0, func(e query.Expr, _ int) bool {
		if p, ok := e.(*query.Param); ok && p.Func {
			uses[p.Number-1]++
		}
		return true
	})
	return uses
}

// simple says an argument may be evaluated any number of times at no cost.
func simple(e query.Expr) bool {
	switch x := e.(type) {
	case *query.Const, *query.Param, *query.Var, *query.SQLValue, *query.CaseArg, *query.SubValue, *query.DomainValue:
		return true
	case *query.Cast:
		return simple(x.Arg)
	case *query.Field:
		return simple(x.Arg)
	}
	return false
}

// volatile says evaluating e twice may give two values, or do something twice.
func volatile(e query.Expr) bool {
	found := false
	query.WalkDeep(e, 0, func(x query.Expr, _ int) bool {
		switch f := x.(type) {
		case *query.Func:
			found = found || f.Fn.Volatility == 'v'
		case *query.NextVal:
			found = true
		}
		return !found
	})
	return found
}

// bindArgs puts the arguments in the place of the parameters; depth is the number of levels between them.
func (s *scope) bindArgs(e query.Expr, args []query.Expr, depth int) query.Expr {
	return query.MapDeep(e, depth, func(x query.Expr, d int) query.Expr {
		if p, ok := x.(*query.Param); ok && p.Func {
			return argAt(args[p.Number-1], d)
		}
		return x
	})
}

func (s *scope) bindQuery(q *query.Query, args []query.Expr, depth int) *query.Query {
	return q.MapDeep(depth, func(x query.Expr, d int) query.Expr {
		if p, ok := x.(*query.Param); ok && p.Func {
			return argAt(args[p.Number-1], d)
		}
		return x
	})
}

// argAt is an argument as seen depth levels further in. A parameter of an outer function's body stays what it is.
func argAt(a query.Expr, depth int) query.Expr { return shift(a, depth) }

// argsOnce evaluates the arguments in a subquery, so that each is evaluated once: SELECT body FROM (SELECT args).
func (s *scope) argsOnce(q *query.Query, args []query.Expr) *query.Query {
	in := &query.Query{Command: query.Select, Pos: -1}
	for i, a := range args {
		in.Targets = append(in.Targets, &query.Target{Expr: shift(a, 2), Name: "a" + itoa(i+1)})
	}
	r := &query.RTE{Kind: query.SubqueryRTE, Alias: "args", Subquery: in, Columns: outputs(in), Pos: -1}
	out := &query.Query{Command: query.Select, Pos: -1, RTable: []*query.RTE{r}, From: []query.FromItem{&query.TableRef{RT: 1}}}
	body := q.MapDeep(0, func(x query.Expr, d int) query.Expr {
		if p, ok := x.(*query.Param); ok && p.Func {
			return &query.Var{T: p.T, RT: 1, Col: p.Number - 1, Levels: d + 1, Name: "a" + itoa(p.Number)}
		}
		return x
	})
	t := outputs(body)[0]
	out.Targets = []*query.Target{{Name: t.Name, Expr: &query.SubLink{T: query.T{Typ: t.Type, Mod: t.Typmod, Pos: -1}, Kind: query.Scalar, Query: body}}}
	return out
}

// strictly makes NULL of an expression when an argument is NULL.
func strictly(e query.Expr, args []query.Expr) query.Expr {
	cond := notNull(args)
	if cond == nil {
		return e
	}
	return &query.Case{T: query.T{Typ: e.Type(), Mod: e.Typmod(), Pos: posOf(e)}, Whens: []query.When{{Cond: cond, Then: e}}, Else: nullConst(e.Type(), -1)}
}

func notNull(args []query.Expr) query.Expr {
	var cond query.Expr
	for _, a := range args {
		if c, ok := a.(*query.Const); ok && !c.Value.IsNull() {
			continue
		}
		cond = andExprs(cond, &query.NullTest{T: boolT(-1), Not: true, Arg: a})
	}
	return cond
}
