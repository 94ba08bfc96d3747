package analyze

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze/overload"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// call is a function call being analysed.
type call struct {
	n      *ast.FuncCall
	args   []query.Expr
	names  []string
	filter query.Expr
	direct int // number of direct arguments before WITHIN GROUP's
}

// funcCall analyses a call of a function, aggregate or window function.
func (s *scope) funcCall(n *ast.FuncCall) query.Expr {
	c := &call{n: n}
	for _, a := range n.Args {
		if na, ok := a.(*ast.NamedArgExpr); ok {
			for _, before := range c.names {
				if before == na.Name {
					panic(s.errorf(na.Pos, "42601", "argument name \"%s\" used more than once", na.Name))
				}
			}
			c.names = append(c.names, na.Name)
			c.args = append(c.args, s.expr(na.Arg))
			continue
		}
		if len(c.names) > 0 {
			panic(s.errorf(a.Position(), "42601", "positional argument cannot follow named argument"))
		}
		c.args = append(c.args, s.expr(a))
	}
	c.direct = len(c.args)
	if n.WithinGroup {
		for _, o := range n.OrderBy {
			c.args = append(c.args, s.expr(o.Value))
		}
	}
	if n.Filter != nil {
		c.filter = s.toBoolean(s.exprIn(n.Filter, kindFilter), "FILTER")
	}
	if len(c.args) > 100 {
		panic(s.errorf(n.Pos, "54023", "cannot pass more than 100 arguments to a function"))
	}
	return s.resolveCall(c)
}

// couldBeColumn says the call f(x) may mean x.f.
func (c *call) couldBeColumn() bool {
	n := c.n
	return len(c.args) == 1 && len(n.Name) == 1 && len(c.names) == 0 && !n.Star && !n.Distinct && !n.Variadic && n.Over == nil &&
		n.Filter == nil && len(n.OrderBy) == 0 && isRowType(c.args[0].Type())
}

func (s *scope) resolveCall(c *call) query.Expr {
	n := c.n
	schema, name := "", n.Name[len(n.Name)-1]
	if len(n.Name) > 1 {
		schema = n.Name[len(n.Name)-2]
		if !s.checkSchema(schema) {
			panic(s.errorf(n.Pos, "3F000", "schema \"%s\" does not exist", schema))
		}
	}
	target, how := s.rules.Function(overload.Call{Schema: schema, Name: name, Args: typesOf(c.args), Names: c.names, Variadic: n.Variadic, Procedure: s.procedure && n == s.called})
	switch how {
	case overload.Coercion:
		if !n.WithinGroup {
			s.checkForm(c, &overload.Target{Fn: &catalog.Function{Name: name, Kind: catalog.RegularFunction}}, strings.Join(n.Name, "."))
		}
		return s.castTo(c.args[0], target.Type, -1, n.Pos)
	case overload.Found:
		return s.apply(c, target)
	}
	if c.couldBeColumn() {
		if e := fieldOf(c.args[0], name, n.Pos); e != nil {
			return e
		}
	}
	panic(s.noFunction(c, how))
}

// noFunction is the error for a call nothing matches.
func (s *scope) noFunction(c *call, how overload.Outcome) *failure {
	n := c.n
	sig := s.signature(c)
	if how == overload.Ambiguous {
		return s.errorf(n.Pos, "42725", "function %s is not unique", sig).
			hint("Could not choose a best candidate function. You might need to add explicit type casts.")
	}
	if s.procedure && n == s.called {
		return s.errorf(n.Pos, "42883", "procedure %s does not exist", sig).
			hint("No procedure matches the given name and argument types. You might need to add explicit type casts.")
	}
	f := s.errorf(n.Pos, "42883", "function %s does not exist", sig)
	if len(n.OrderBy) > 1 && !n.WithinGroup {
		return f.hint("No aggregate function matches the given name and argument types. Perhaps you misplaced ORDER BY; ORDER BY must appear after all regular arguments of the aggregate.")
	}
	return f.hint("No function matches the given name and argument types. You might need to add explicit type casts.")
}

func (s *scope) signature(c *call) string {
	var parts []string
	positional := len(c.args) - len(c.names)
	for i, a := range c.args {
		t := s.typeName(a.Type())
		if i >= positional && len(c.names) > 0 {
			t = c.names[i-positional] + " => " + t
		}
		parts = append(parts, t)
	}
	return strings.Join(c.n.Name, ".") + "(" + strings.Join(parts, ", ") + ")"
}

// columnFunction is e.name as a call of the function name with the row e; nil when there is none.
func (s *scope) columnFunction(name string, e query.Expr, pos int) query.Expr {
	target, how := s.rules.Function(overload.Call{Name: name, Args: []*types.Type{e.Type()}})
	if how == overload.Coercion {
		return s.castTo(e, target.Type, -1, pos)
	}
	if how != overload.Found {
		return nil
	}
	return s.apply(&call{n: &ast.FuncCall{Pos: pos, Name: []string{name}}, args: []query.Expr{e}}, target)
}

// apply makes the node of a call whose function is found.
func (s *scope) apply(c *call, t *overload.Target) query.Expr {
	n, fn := c.n, t.Fn
	shown := strings.Join(n.Name, ".")
	s.checkForm(c, t, shown)
	declared := append([]*types.Type(nil), t.Params...)
	actual := typesOf(c.args)
	ret, err := s.rules.Resolve(actual, declared, s.typeOf(fn.Returns), s.typeName)
	if err != nil {
		panic(s.at(-1, err))
	}
	s.arguments(c.args, declared)
	args := s.complete(c, t, declared)
	if ret.OID == types.RecordOID {
		if outs := fn.Outputs(); len(outs) > 1 {
			ret = s.outputRecord(fn, &query.Func{T: query.T{Typ: ret, Pos: n.Pos}, Fn: fn, Args: args})
		}
	}
	ret = s.derived(ret, args)
	if fn.Schema == "pg_catalog" && fn.Name == "pg_collation_for" && len(args) == 1 {
		return s.collationFor(args[0])
	}
	typ := query.T{Typ: ret, Mod: -1, Pos: n.Pos}
	switch {
	case n.Over != nil:
		return s.windowCall(c, fn, args, typ)
	case fn.Kind == catalog.Aggregate:
		return s.aggregate(c, fn, args, typ)
	}
	f := &query.Func{T: typ, Fn: fn, Args: args, Variadic: n.Variadic, Set: fn.ReturnsSet, Syntax: n.SQLSyntax}
	if s.written {
		f.Given = given(c, t, len(args))
	}
	if fn.ReturnsSet {
		s.checkSet(n.Pos)
	}
	if n == s.tableNode {
		return f
	}
	if e := s.inlineScalar(f); e != nil {
		return e
	}
	return f
}

// checkSet refuses set-returning functions where they may not stand.
func (s *scope) checkSet(pos int) {
	if s.kind.noSets() {
		panic(s.errorf(pos, "0A000", "set-returning functions are not allowed in %s", s.kind.place()))
	}
	if s.kind != kindFromFunction {
		s.q.HasSRF = true
	}
	s.sets++
	s.setPos = pos
}

// noSetsSince refuses set-returning functions analysed since the mark inside a conditional expression.
func (s *scope) noSetsSince(mark int, what string) {
	if s.sets > mark {
		panic(s.errorf(s.setPos, "0A000", "set-returning functions are not allowed in %s", what).
			hint("You might be able to move the set-returning function into a LATERAL FROM item."))
	}
}

// checkForm refuses clauses the kind of function does not take.
func (s *scope) checkForm(c *call, t *overload.Target, shown string) {
	n, fn := c.n, t.Fn
	wrong := func(format string, args ...any) *failure { return s.errorf(n.Pos, "42809", format, args...) }
	switch fn.Kind {
	case catalog.Procedure:
		if s.procedure && n.Over == nil && n.Filter == nil && !n.Star && !n.Distinct && len(n.OrderBy) == 0 {
			break
		}
		panic(wrong("%s is a procedure", s.signature(c)).hint("To call a procedure, use CALL."))
	case catalog.RegularFunction, catalog.WindowFunc:
		switch {
		case n.Star && fn.Kind == catalog.RegularFunction:
			panic(wrong("%s(*) specified, but %s is not an aggregate function", shown, shown))
		case n.Distinct && fn.Kind == catalog.RegularFunction:
			panic(wrong("DISTINCT specified, but %s is not an aggregate function", shown))
		case n.WithinGroup:
			if fn.Kind == catalog.WindowFunc {
				panic(wrong("window function %s cannot have WITHIN GROUP", shown))
			}
			panic(wrong("WITHIN GROUP specified, but %s is not an aggregate function", shown))
		case len(n.OrderBy) > 0 && fn.Kind == catalog.RegularFunction:
			panic(wrong("ORDER BY specified, but %s is not an aggregate function", shown))
		case n.Filter != nil && fn.Kind == catalog.RegularFunction:
			panic(wrong("FILTER specified, but %s is not an aggregate function", shown))
		case n.Over != nil && fn.Kind == catalog.RegularFunction:
			panic(wrong("OVER specified, but %s is not a window function nor an aggregate function", shown))
		case n.Over == nil && fn.Kind == catalog.WindowFunc:
			panic(wrong("window function %s requires an OVER clause", shown))
		}
	case catalog.Aggregate:
		ordered := fn.AggKind == 'o' || fn.AggKind == 'h'
		switch {
		case ordered && !n.WithinGroup:
			panic(wrong("WITHIN GROUP is required for ordered-set aggregate %s", shown))
		case ordered && n.Over != nil:
			panic(s.errorf(n.Pos, "0A000", "OVER is not supported for ordered-set aggregate %s", shown))
		case !ordered && n.WithinGroup:
			panic(wrong("%s is not an ordered-set aggregate, so it cannot have WITHIN GROUP", shown))
		case fn.AggKind == 'h' && c.direct != len(c.args)-c.direct:
			panic(s.errorf(n.Pos, "42883", "function %s does not exist", s.signature(c)).
				hint("To use the hypothetical-set aggregate %s, the number of hypothetical direct arguments (here %d) must match the number of ordering columns (here %d).",
					shown, c.direct, len(c.args)-c.direct))
		case len(c.args) == 0 && !n.Star:
			panic(wrong("%s(*) must be used to call a parameterless aggregate function", shown))
		case len(c.names) > 0:
			panic(s.errorf(n.Pos, "0A000", "aggregates cannot use named arguments"))
		}
	}
	if n.Variadic && len(c.args) > 0 {
		ins := fn.Inputs()
		if len(ins) > 0 && ins[len(ins)-1].Type == types.AnyOID {
			last := c.args[len(c.args)-1]
			if last.Type().Underlying().Kind != types.ArrayType {
				panic(s.errorf(posOf(last), "42804", "VARIADIC argument must be an array"))
			}
		}
	}
}

// given is how a call's arguments were written; nil when that is what complete gave.
func given(c *call, t *overload.Target, n int) []query.GivenArg {
	if t.Spread > 0 || t.Fn.Kind != catalog.RegularFunction || len(c.args) == n && len(c.names) == 0 {
		return nil
	}
	out := make([]query.GivenArg, len(c.args))
	for i := range c.args {
		out[i].Arg = i
		if t.Order != nil {
			out[i].Arg = t.Order[i]
		}
		if k := i - (len(c.args) - len(c.names)); k >= 0 {
			out[i].Name = c.names[k]
		}
	}
	return out
}

// complete puts a call's arguments in the order of the parameters, gathers variadic ones and adds defaults.
func (s *scope) complete(c *call, t *overload.Target, declared []*types.Type) []query.Expr {
	in := t.Fn.Inputs()
	args := c.args
	if t.Fn.Kind == catalog.Procedure && len(t.Fn.Outputs()) > 0 {
		return s.completeProcedure(c, t)
	}
	if t.Spread > 0 {
		first := len(args) - t.Spread
		if in[len(in)-1].Type == types.AnyOID {
			return args
		}
		elem := declared[first]
		arr := s.rules.ArrayOf(elem)
		if arr == nil {
			panic(s.errorf(c.n.Pos, "42704", "could not find array type for data type %s", s.typeName(elem)))
		}
		a := &query.Array{T: query.T{Typ: arr, Mod: -1, Pos: posOf(args[first])}, Elems: append([]query.Expr(nil), args[first:]...)}
		return append(append([]query.Expr(nil), args[:first]...), a)
	}
	if len(args) == len(in) && t.Order == nil {
		return args
	}
	out := make([]query.Expr, len(in))
	for i, a := range args {
		k := i
		if t.Order != nil {
			k = t.Order[i]
		}
		out[k] = a
	}
	for k := range out {
		if out[k] == nil {
			out[k] = s.defaultArg(t.Fn, in[k])
			if want := s.standsFor(t, in, declared, k); want != nil && !types.IsPolymorphic(want.OID) {
				if r := s.coerceToTarget(out[k], want, -1, types.ImplicitCast, false); r != nil {
					out[k] = r
				}
			}
		}
	}
	return out
}

// standsFor gives what a polymorphic parameter that got no argument stands for, from those that did; nil when nothing says.
func (s *scope) standsFor(t *overload.Target, in []catalog.Param, declared []*types.Type, k int) *types.Type {
	if !types.IsPolymorphic(in[k].Type) {
		return nil
	}
	array := func(oid types.OID) bool { return oid == types.AnyArrayOID || oid == types.AnyCompatibleArrayOID }
	for i, d := range declared {
		at := i
		if t.Order != nil {
			at = t.Order[i]
		}
		if at >= len(in) || !types.IsPolymorphic(in[at].Type) {
			continue
		}
		switch {
		case array(in[at].Type) == array(in[k].Type):
			return d
		case array(in[k].Type):
			return s.rules.ArrayOf(d)
		}
		return overload.ElementOf(d.Underlying())
	}
	return nil
}

// completeProcedure is complete for a procedure, whose output parameters have arguments too: these are not passed.
func (s *scope) completeProcedure(c *call, t *overload.Target) []query.Expr {
	given := make([]query.Expr, len(t.Fn.Params))
	for i, a := range c.args {
		k := i
		if t.Order != nil {
			k = t.Order[i]
		}
		if k < len(given) {
			given[k] = a
		}
	}
	var out []query.Expr
	for k, p := range t.Fn.Params {
		switch {
		case p.Mode == catalog.Out:
		case given[k] == nil:
			out = append(out, s.defaultArg(t.Fn, p))
		default:
			out = append(out, given[k])
		}
	}
	return out
}

// defaultArg is the default of a parameter nothing was passed for.
func (s *scope) defaultArg(fn *catalog.Function, p catalog.Param) query.Expr {
	e, err := s.cache.Expr(p.Default)
	if err != nil {
		panic(s.fail(-1, err))
	}
	sub := s.inner(append([]string{fn.Schema}, s.path()...), s.checkAs)
	x := sub.newScope(nil).expr(e)
	s.takeFrom(sub)
	t := s.typeOf(p.Type)
	if types.IsPolymorphic(t.OID) {
		return x
	}
	r := s.coerceToTarget(x, t, -1, types.AssignmentCast, false)
	if r == nil {
		panic(s.errorf(-1, "42804", "argument of %s must be type %s, not type %s", "DEFAULT", s.typeName(t), s.typeName(x.Type())))
	}
	return r
}
