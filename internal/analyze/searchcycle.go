package analyze

import (
	"slices"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// SEARCH and CYCLE add columns to a recursive query: the order of the search, the mark of a cycle and the path to it. The
// non-recursive term starts them, the recursive term carries them on.

// searchColumns are the columns SEARCH and CYCLE add, before their values are known. cols are the query's own.
func (s *scope) searchColumns(c *ast.CommonTableExpr, cols []query.RTEColumn) []query.RTEColumn {
	var out []query.RTEColumn
	row := func(names []string, depth bool) *types.Type {
		var fields []query.RTEColumn
		if depth {
			fields = append(fields, query.RTEColumn{Name: "*DEPTH*", Type: types.ByOID(types.Int8OID), Typmod: -1})
		}
		for _, n := range names {
			if i := columnNamed(cols, n); i >= 0 {
				fields = append(fields, cols[i])
			}
		}
		return s.recordOf(fields)
	}
	if n := c.Search; n != nil {
		t := row(n.Columns, n.Breadth)
		if !n.Breadth {
			t = s.rules.ArrayOf(t)
		}
		out = append(out, query.RTEColumn{Name: n.SeqColumn, Type: t, Typmod: -1})
	}
	if n := c.Cycle; n != nil {
		value, _ := s.cycleMark(n)
		out = append(out, query.RTEColumn{Name: n.MarkColumn, Type: value.Type(), Typmod: value.Typmod()},
			query.RTEColumn{Name: n.PathColumn, Type: s.rules.ArrayOf(row(n.Columns, false)), Typmod: -1})
	}
	return out
}

func columnNamed(cols []query.RTEColumn, name string) int {
	return slices.IndexFunc(cols, func(c query.RTEColumn) bool { return c.Name == name })
}

// cycleMark gives the values of the mark for a row that closes a cycle and for the others, in their common type.
func (s *scope) cycleMark(n *ast.CTECycleClause) (value, other query.Expr) {
	list := []query.Expr{s.expr(n.MarkValue), s.expr(n.MarkDefault)}
	t := s.commonType(list, "CYCLE")
	mod := commonTypmod(list, t)
	for i, e := range list {
		if e = s.toCommon(e, t, "CYCLE"); mod >= 0 && e.Typmod() != mod {
			mod = -1
		}
		list[i] = e
	}
	return list[0], list[1]
}

// checkSearch refuses clauses that do not fit the query's columns.
func (s *scope) checkSearch(c *ast.CommonTableExpr, cols []query.RTEColumn) {
	check := func(kind string, names []string, pos int) {
		for i, n := range names {
			if columnNamed(cols, n) < 0 {
				panic(s.errorf(pos, "42601", "%s column \"%s\" not in WITH query column list", kind, n))
			}
			if slices.Contains(names[:i], n) {
				panic(s.errorf(pos, "42701", "%s column \"%s\" specified more than once", kind, n))
			}
		}
	}
	fresh := func(kind, name string, pos int) {
		if columnNamed(cols, name) >= 0 {
			panic(s.errorf(pos, "42601", "%s column name \"%s\" already used in WITH query column list", kind, name))
		}
	}
	same := func(a, b, what string, pos int) {
		if a == b {
			panic(s.errorf(pos, "42601", "%s are the same", what))
		}
	}
	if n := c.Search; n != nil {
		check("search", n.Columns, n.Pos)
		fresh("search sequence", n.SeqColumn, n.Pos)
	}
	n := c.Cycle
	if n == nil {
		return
	}
	check("cycle", n.Columns, n.Pos)
	fresh("cycle mark", n.MarkColumn, n.Pos)
	value, _ := s.cycleMark(n)
	if equal, _ := sortable(value.Type()); !equal {
		panic(s.errorf(-1, "42883", "could not identify an equality operator for type %s", s.typeName(value.Type())))
	}
	fresh("cycle path", n.PathColumn, n.Pos)
	same(n.MarkColumn, n.PathColumn, "cycle mark column name and cycle path column name", n.Pos)
	if c.Search != nil {
		same(c.Search.SeqColumn, n.MarkColumn, "search sequence column name and cycle mark column name", c.Search.Pos)
		same(c.Search.SeqColumn, n.PathColumn, "search sequence column name and cycle path column name", c.Search.Pos)
	}
}

// searchCycle adds the columns to both terms of a recursive query. sub is the scope of the union; cols are the query's own
// columns, extra the added ones.
func (s *scope) searchCycle(c *ast.CommonTableExpr, sub *scope, union *query.SetOp, cols, extra []query.RTEColumn, cte *query.CTE) {
	side := func(n *query.SetOp, which string) *query.Query {
		if n.Op != "" {
			panic(s.errorf(-1, "0A000", "with a SEARCH or CYCLE clause, the %s side of the UNION must be a SELECT", which))
		}
		return sub.q.RTable[n.RT-1].Subquery
	}
	lq, rq := side(union.Left, "left"), side(union.Right, "right")
	left := s.wrap(lq)
	sub.q.RTable[union.Left.RT-1].Subquery = left
	self := 0
	for i, r := range rq.RTable {
		if r.SelfRef && r.CTE == cte {
			self = i + 1
		}
	}
	if self == 0 {
		panic(s.errorf(c.Pos, "0A000", "with a SEARCH or CYCLE clause, the recursive reference to WITH query \"%s\" must be at the top level of its right-hand SELECT", c.Name))
	}
	if rq.Distinct || rq.GroupBy != nil || rq.GroupingSets != nil || rq.HasWindow || rq.HasSRF || rq.Limit != nil || rq.Offset != nil || len(rq.OrderBy) > 0 {
		panic(s.at(c.Pos, errs.Unsupported("SEARCH or CYCLE over a recursive term with DISTINCT, GROUP BY, window functions or LIMIT", "Do that outside of the recursion.")))
	}
	carried := func(i int) query.Expr {
		x := extra[i]
		return &query.Var{T: query.T{Typ: x.Type, Mod: x.Typmod, Pos: -1}, RT: self, Col: len(cols) + i, Name: x.Name}
	}
	row := func(q *query.Query, names []string, t *types.Type, first ...query.Expr) *query.Row {
		out := &query.Row{T: query.T{Typ: t, Mod: -1, Pos: -1}, Fields: first}
		outputs := visible(q)
		for _, n := range names {
			out.Fields = append(out.Fields, outputs[columnNamed(cols, n)].Expr)
		}
		for _, f := range t.Fields {
			out.Names = append(out.Names, f.Name)
		}
		return out
	}
	array := func(e query.Expr, t *types.Type) query.Expr {
		return &query.Array{T: query.T{Typ: t, Mod: -1, Pos: -1}, Elems: []query.Expr{e}}
	}
	var ladd, radd []query.Expr
	i := 0
	if n := c.Search; n != nil {
		t := extra[i].Type
		if n.Breadth {
			int8 := query.T{Typ: types.ByOID(types.Int8OID), Mod: -1, Pos: -1}
			ladd = append(ladd, row(left, n.Columns, t, &query.Const{T: int8, Value: types.Int(0)}))
			depth := s.operator([]string{"+"}, &query.Field{T: int8, Arg: carried(i), Name: "*DEPTH*"}, &query.Const{T: int8, Value: types.Int(1)}, -1)
			radd = append(radd, row(rq, n.Columns, t, depth))
		} else {
			ladd = append(ladd, array(row(left, n.Columns, t.Elem), t))
			radd = append(radd, s.operator([]string{"||"}, carried(i), array(row(rq, n.Columns, t.Elem), t), -1))
		}
		i++
	}
	if n := c.Cycle; n != nil {
		value, other := s.cycleMark(n)
		t := extra[i+1].Type
		ladd = append(ladd, other, array(row(left, n.Columns, t.Elem), t))
		met := s.anyAll([]string{"="}, false, row(rq, n.Columns, t.Elem), carried(i+1), -1)
		radd = append(radd, &query.Case{T: query.T{Typ: value.Type(), Mod: value.Typmod(), Pos: -1}, Whens: []query.When{{Cond: met, Then: value}}, Else: other},
			s.operator([]string{"||"}, carried(i+1), array(row(rq, n.Columns, t.Elem), t), -1))
		on := s.operator([]string{"<>"}, carried(i), value, -1)
		if rq.Where != nil {
			on = &query.Bool{T: boolT(-1), Op: "and", Args: []query.Expr{rq.Where, on}}
		}
		rq.Where = on
	}
	for k, x := range extra {
		left.Targets = append(left.Targets, &query.Target{Expr: ladd[k], Name: x.Name})
		at := len(visible(rq))
		rq.Targets = slices.Insert(rq.Targets, at, &query.Target{Expr: radd[k], Name: x.Name})
		union.Types = append(union.Types, x.Type)
		union.Typmods = append(union.Typmods, x.Typmod)
		for _, side := range []*query.SetOp{union.Left, union.Right} {
			sub.q.RTable[side.RT-1].Columns = append(sub.q.RTable[side.RT-1].Columns, x)
		}
	}
}

// visible are the targets that are output columns; they come before the junk ones.
func visible(q *query.Query) []*query.Target {
	n := 0
	for _, t := range q.Targets {
		if !t.Junk {
			n++
		}
	}
	return q.Targets[:n]
}
