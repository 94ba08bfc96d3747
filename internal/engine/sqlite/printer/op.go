package printer

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// comparison says whether an operator is one of the six of a built-in type's btree order.
func comparison(name string, fn *catalog.Function) bool {
	switch name {
	case "=", "<>", "<", "<=", ">", ">=":
	default:
		return false
	}
	if fn != nil && fn.Language == "c" {
		form := builtin.FormOf(fn)
		return form != nil && form.Compare == name
	}
	if fn == nil || fn.Schema != "pg_catalog" {
		return false
	}
	for _, p := range fn.Params {
		if t := types.ByOID(p.Type); t == nil || !types.IsPolymorphic(t.OID) && !ordered(t) {
			return false
		}
	}
	return true
}

// ordered says whether SQLite compares a type's storage values as PostgreSQL's btree does, given the type's collation.
func ordered(t *types.Type) bool {
	t = t.Underlying()
	switch t.Kind {
	case types.EnumType, types.ArrayType, types.CompositeType, types.RangeType, types.MultirangeType:
		return true
	}
	if types.IsReg(t.OID) {
		return true
	}
	if t.Native != nil {
		return !t.Native.Unordered
	}
	switch t.OID {
	case types.BoolOID, types.Int2OID, types.Int4OID, types.Int8OID, types.OidOID, types.Float4OID, types.Float8OID,
		types.NumericOID, types.MoneyOID, types.TextOID, types.VarcharOID, types.BPCharOID, types.NameOID, types.CharOID,
		types.UnknownOID, types.ByteaOID, types.UUIDOID, types.DateOID, types.TimeOID, types.TimetzOID, types.TimestampOID,
		types.TimestamptzOID, types.IntervalOID, types.BitOID, types.VarbitOID, types.InetOID, types.CIDROID,
		types.MacAddrOID, types.MacAddr8OID, types.JSONBOID, types.TSVectorOID, types.TSQueryOID, types.RecordOID,
		types.XIDOID, types.CIDOID, types.Int2VectorOID, types.OidVectorOID:
		return true
	}
	return false
}

// family groups the types whose storage values SQLite may compare with each other.
func family(t *types.Type) string {
	t = t.Underlying()
	if types.IsReg(t.OID) {
		return "int"
	}
	switch t.OID {
	case types.Int2OID, types.Int4OID, types.Int8OID, types.OidOID, types.XIDOID, types.CIDOID:
		return "int"
	case types.Float4OID, types.Float8OID:
		return "float"
	case types.TextOID, types.VarcharOID, types.NameOID, types.UnknownOID:
		return "text"
	case types.InetOID, types.CIDROID:
		return "inet"
	case types.BitOID, types.VarbitOID:
		return "bit"
	}
	if t.Kind == types.CompositeType || t.OID == types.RecordOID {
		return "record"
	}
	return strconv.FormatUint(uint64(t.OID), 10)
}

// sameOrder says whether two types' storage values compare with each other.
func sameOrder(a, b *types.Type) bool {
	return ordered(a) && ordered(b) && family(a) == family(b)
}

// width orders the numeric types by what they hold, 0 for other types.
func width(t *types.Type) int {
	switch t.Underlying().OID {
	case types.Int2OID:
		return 1
	case types.Int4OID:
		return 2
	case types.Int8OID:
		return 3
	case types.NumericOID:
		return 4
	case types.Float4OID:
		return 5
	case types.Float8OID:
		return 6
	}
	return 0
}

// comparable prints two operands so that SQLite compares them as PostgreSQL does: with their collation, and date-times of
// different types in the wider one.
func (p *printer) comparable(l *level, a, b query.Expr) (left, right string, ok bool) {
	ta, tb := a.Type().Underlying(), b.Type().Underlying()
	if sameOrder(ta, tb) {
		if types.Collation(ta) == "" && tb.Collate != "" {
			// SQLite takes the collation of the left operand.
			return collated(p.expr(l, a), tb), p.expr(l, b), true
		}
		return collated(p.expr(l, a), ta), p.expr(l, b), true
	}
	rank := func(t *types.Type) int {
		switch t.OID {
		case types.DateOID:
			return 1
		case types.TimestampOID:
			return 2
		case types.TimestamptzOID:
			return 3
		}
		return 0
	}
	if ra, rb := rank(ta), rank(tb); ra > 0 && rb > 0 {
		if ra < rb {
			return p.convertToCompare(p.expr(l, a), ta, tb), p.expr(l, b), true
		}
		return p.expr(l, a), p.convertToCompare(p.expr(l, b), tb, ta), true
	}
	return "", "", false
}

// operator prints an operator's application.
func (p *printer) operator(l *level, e *query.Op) string {
	if len(e.Args) == 2 && comparison(e.Name, e.Fn) {
		if left, right, ok := p.comparable(l, e.Args[0], e.Args[1]); ok {
			return "(" + left + " " + e.Name + " " + right + ")"
		}
	}
	if s := p.like(l, e); s != "" {
		return s
	}
	return p.call(l, e.Fn, e.Args, e.Type(), e.Typmod(), e.Pos)
}

// like prints LIKE whose pattern is the same for all rows as SQLite's GLOB, the pattern translated once.
func (p *printer) like(l *level, e *query.Op) string {
	if len(e.Args) != 2 || e.Fn.Schema != "pg_catalog" || p.bare {
		return ""
	}
	not := ""
	switch e.Fn.Name {
	case "textlike", "namelike":
	case "textnlike", "namenlike":
		not = "NOT "
	default:
		return ""
	}
	if pattern, ok := e.Args[1].(*query.Const); ok {
		if pattern.Value.IsNull() {
			return "NULL"
		}
		if glob, ok := builtin.Glob(pattern.Value.S); ok {
			return "(" + p.expr(l, e.Args[0]) + " " + not + "GLOB " + quoteText(glob) + ")"
		}
		return ""
	}
	if steady(e.Args[1]) {
		left, pattern := p.expr(l, e.Args[0]), p.expr(l, e.Args[1])
		s := left + " " + not + "GLOB pg_glob(" + pattern + ")"
		if not == "" && p.indexed(l, e.Args[0]) {
			// What the pattern starts with is a range of the index.
			s = left + " >= pg_glob_low(" + pattern + ") AND " + left + " < pg_glob_high(" + pattern + ") AND " + s
		}
		return "(" + s + ")"
	}
	return ""
}

// indexed says whether an expression is a column that an index starts with.
func (p *printer) indexed(l *level, e query.Expr) bool {
	v, ok := e.(*query.Var)
	if !ok || v.Col < 0 || types.Collation(v.Type()) != "" {
		return false
	}
	at := l.outer(v.Levels)
	if at == nil {
		return false
	}
	s := at.source(v.RT)
	if s.param > 0 || s.rte.Kind != query.RelationRTE {
		return false
	}
	for _, x := range s.rte.Relation.Indexes {
		if len(x.Keys) > 0 && x.Keys[0].Column == s.rte.Columns[v.Col].Num {
			return true
		}
	}
	return false
}

// steady says whether an expression has the same value for every row of a statement.
func steady(e query.Expr) bool {
	ok := true
	query.Walk(e, func(x query.Expr) bool {
		switch x := x.(type) {
		case *query.Const, *query.Param, *query.Cast, *query.Bool, *query.Coalesce, *query.SQLValue:
		case *query.Op:
			ok = ok && x.Fn != nil && x.Fn.Volatility != 'v'
		case *query.Func:
			ok = ok && !x.Set && x.Fn.Volatility != 'v'
		default:
			ok = false
		}
		return ok
	})
	return ok
}

// call prints a call of a built-in function by its form.
func (p *printer) call(l *level, fn *catalog.Function, args []query.Expr, ret *types.Type, mod int32, pos int) string {
	form := builtin.FormOf(fn)
	if form == nil && runs(fn) {
		return p.callBody(l, fn, args, ret, mod, pos)
	}
	if form == nil || form.Set || form.Aggregate {
		return p.refuse(fn, pos)
	}
	if p.bare && fn.Volatility != 'i' {
		return p.unsupported("a function that is not immutable here", "", pos)
	}
	switch {
	case form.SQL != "":
		return template(form.SQL, p.exprs(l, args))
	case form.Leaf != "" && p.allCheap(l, args):
		return template(form.Leaf, p.exprs(l, args))
	case form.Name == "":
		return p.refuse(fn, pos)
	}
	list := p.exprs(l, args)
	if form.Typed {
		var items []builtin.Item
		for i, a := range args {
			it := item(a)
			if parts, cols, present, ok := p.rowParts(l, a); ok && jsonTarget(fn) {
				// A row becomes JSON where its columns are still apart.
				list[i] = p.jsonRow(parts, cols, present, "")
				it = builtin.T(types.ByOID(types.JSONOID))
			}
			items = append(items, it)
		}
		items = append(items, builtin.Item{Type: ret, Typmod: mod})
		list = append([]string{describe("", items...)}, list...)
	}
	return form.Name + "(" + strings.Join(list, ", ") + ")"
}

// refuse says that a function has no form here.
func (p *printer) refuse(fn *catalog.Function, pos int) string {
	if fn == nil {
		return p.fail(internal("operator without function"))
	}
	var args []string
	for _, a := range fn.Inputs() {
		name := "-"
		if t := p.snap.TypeByOID(a.Type); t != nil {
			name = t.String()
		}
		args = append(args, name)
	}
	return p.unsupported("function "+fn.Name+"("+strings.Join(args, ", ")+")", "", pos)
}

// template fills a form's $1, $2, ...
func template(form string, args []string) string {
	var b strings.Builder
	for i := 0; i < len(form); i++ {
		if form[i] != '$' {
			b.WriteByte(form[i])
			continue
		}
		j := i + 1
		for j < len(form) && form[j] >= '0' && form[j] <= '9' {
			j++
		}
		n, _ := strconv.Atoi(form[i+1 : j])
		b.WriteString(args[n-1])
		i = j - 1
	}
	return b.String()
}

// allCheap says whether expressions may be written twice: columns, constants, parameters. A column of a subquery that
// SQLite would put its expression for is none: written twice at each level, a chain of subqueries would grow without end.
func (p *printer) allCheap(l *level, es []query.Expr) bool {
	for _, e := range es {
		switch e := e.(type) {
		case *query.Const, *query.Param:
		case *query.Var:
			if e.Col < 0 {
				return false
			}
			if at := l.outer(e.Levels); at == nil || e.RT < 1 || e.RT > len(at.from) || !plainColumn(at.source(e.RT).rte, e.Col) {
				return false
			}
		case *query.Cast:
			if e.Method != query.Relabel && !widening(e) || !p.allCheap(l, []query.Expr{e.Arg}) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// plainColumn says that a column is no expression in disguise.
func plainColumn(r *query.RTE, col int) bool {
	var sub *query.Query
	switch r.Kind {
	case query.SubqueryRTE:
		sub = r.Subquery
	case query.CTERTE:
		if r.SelfRef || r.CTE.Recursive || r.CTE.Materialized != nil && *r.CTE.Materialized {
			return true
		}
		sub = r.CTE.Query
	case query.JoinRTE:
		v, ok := r.JoinVars[col].(*query.Const)
		return ok && v != nil
	default:
		return true
	}
	if sub == nil || sub.SetOp != nil {
		return false
	}
	if sub.HasAggs || len(sub.GroupBy) > 0 || sub.Distinct || sub.Values != nil {
		return true // never merged with the query around it
	}
	out := output(sub)
	if col >= len(out) {
		return false
	}
	switch e := sub.Targets[out[col]].Expr.(type) {
	case *query.Const, *query.Param:
		return true
	case *query.Var:
		return e.Levels == 0 && e.Col >= 0 && plainColumn(sub.RTable[e.RT-1], e.Col)
	}
	return false
}

func widening(c *query.Cast) bool {
	from, to := width(c.Arg.Type()), width(c.Type())
	return from > 0 && to <= 3 && from <= to
}

// anyAll prints `left op ANY (array)` and ALL.
func (p *printer) anyAll(l *level, e *query.AnyAll) string {
	in := e.Name == "=" && !e.All
	notIn := e.Name == "<>" && e.All
	array := e.Right.Type().Underlying()
	elem := array.Elem
	if elem == nil {
		return p.unsupported("ANY or ALL over "+array.String(), "", e.Pos)
	}
	if (in || notIn) && comparison(e.Name, e.Fn) && sameOrder(e.Left.Type(), elem) {
		not := ""
		if notIn {
			not = "NOT "
		}
		left := collated(p.expr(l, e.Left), e.Left.Type())
		if a, ok := e.Right.(*query.Array); ok && !a.Multi {
			return "(" + left + " " + not + "IN (" + p.list(l, a.Elems) + "))"
		}
		if c, ok := e.Right.(*query.Const); ok && !c.Value.IsNull() {
			if elems, err := builtin.Elements(array, c.Value); err == nil && len(elems) <= 500 {
				var list []string
				for _, d := range elems {
					list = append(list, literal(d))
				}
				return "(" + left + " " + not + "IN (" + strings.Join(list, ", ") + "))"
			}
		}
		return "(" + left + " " + not + "IN (SELECT c0 FROM " + p.elements(l, e.Right) + "))"
	}
	// The general form: the comparison with each element, and the three values of ANY and ALL.
	alias := p.alias("e")
	left := p.expr(l, e.Left)
	op := &query.Op{T: query.T{Typ: types.ByOID(types.BoolOID), Mod: -1, Pos: e.Pos}, Name: e.Name, Fn: e.Fn, Operator: e.Operator,
		Args: []query.Expr{
			&query.SubValue{T: query.T{Typ: e.Left.Type(), Mod: -1}},
			&query.SubValue{T: query.T{Typ: elem, Mod: -1}, Col: 1},
		}}
	l.subValues = append(l.subValues, []string{left, alias + ".c0"})
	test := p.expr(l, op)
	l.subValues = l.subValues[:len(l.subValues)-1]
	return p.quantified(test, p.elements(l, e.Right)+" AS "+alias, e.All)
}

func (p *printer) elements(l *level, array query.Expr) string {
	call := builtin.EncodeSetCalls(builtin.SetCall{Name: builtin.ElementsSet, Args: 1, Columns: 1,
		Desc: builtin.Describe("", builtin.T(array.Type().Underlying()))})
	return builtin.RowsFunction + "(" + quoteText(call) + ", " + p.expr(l, array) + ")"
}

// quantified prints ANY or ALL of a test over the rows of a FROM item.
func (p *printer) quantified(test, from string, all bool) string {
	t := p.alias("q")
	agg := "CASE WHEN max(" + t + ") THEN 1 WHEN count(*) > count(" + t + ") THEN NULL ELSE 0 END"
	if all {
		agg = "CASE WHEN min(" + t + ") = 0 THEN 0 WHEN count(*) > count(" + t + ") THEN NULL ELSE 1 END"
	}
	return "(SELECT " + agg + " FROM (SELECT " + test + " AS " + t + " FROM " + from + "))"
}
