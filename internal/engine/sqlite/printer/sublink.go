package printer

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// subLink prints a subquery in an expression.
func (p *printer) subLink(l *level, e *query.SubLink) string {
	if p.bare {
		return p.unsupported("a subquery here", "", e.Pos)
	}
	switch e.Kind {
	case query.Exists:
		return "EXISTS (" + p.query(e.Query, l) + ")"
	case query.Scalar:
		sql := p.query(e.Query, l)
		if singleRow(e.Query) {
			return "(" + sql + ")"
		}
		return "(SELECT pg_single('', c1) FROM (" + sql + "))"
	case query.ArrayLink:
		sql := p.ordered(e.Query, l)
		t := e.Type().Underlying()
		first := e.Query.Targets[output(e.Query)[0]].Expr
		agg := "pg_array_agg_anynonarray"
		if first.Type().Underlying().Kind == types.ArrayType {
			agg = "pg_array_agg_anyarray"
		}
		return "coalesce((SELECT " + agg + "(" + describe("", item(first), builtin.T(t)) + ", c1) FROM (" + sql + ")), '{}')"
	case query.AnyLink, query.AllLink:
		return p.anyLink(l, e)
	}
	return p.unsupported("a subquery of several columns here", "", e.Pos)
}

// ordered prints a query whose order must not be lost to an aggregate around it.
func (p *printer) ordered(q *query.Query, up *level) string {
	sql := p.query(q, up)
	if len(q.OrderBy) > 0 && q.Limit == nil && q.Offset == nil {
		sql += " LIMIT -1"
	}
	return sql
}

// anyLink prints IN, ANY and ALL over a subquery: as SQLite's IN where the test is equality of the columns in their
// order, otherwise by aggregating the test's values.
func (p *printer) anyLink(l *level, e *query.SubLink) string {
	op := "="
	if e.Kind == query.AllLink {
		op = "<>"
	}
	if left, ok := inOperands(e.Test, op, len(output(e.Query))); ok {
		var list []string
		for i, x := range left {
			if !sameOrder(x.Type(), e.Query.Targets[output(e.Query)[i]].Expr.Type()) {
				list = nil
				break
			}
			list = append(list, collated(p.expr(l, x), x.Type()))
		}
		if len(list) > 0 {
			lhs := strings.Join(list, ", ")
			if len(list) > 1 {
				lhs = "(" + lhs + ")"
			}
			not := ""
			if op == "<>" {
				not = "NOT "
			}
			return "(" + lhs + " " + not + "IN (" + p.query(e.Query, l) + "))"
		}
	}
	sub := p.query(e.Query, l)
	alias := p.alias("v")
	var cols []string
	for i := range output(e.Query) {
		cols = append(cols, alias+".c"+strconv.Itoa(i+1))
	}
	l.subValues = append(l.subValues, cols)
	test := p.expr(l, e.Test)
	l.subValues = l.subValues[:len(l.subValues)-1]
	return p.quantified(test, "("+sub+") AS "+alias, e.Kind == query.AllLink)
}

// inOperands takes a test apart that compares outer expressions with the subquery's columns, one by one and in order.
func inOperands(test query.Expr, op string, n int) ([]query.Expr, bool) {
	parts := []query.Expr{test}
	if b, ok := test.(*query.Bool); ok && b.Op == "and" && op == "=" {
		parts = b.Args
	}
	if len(parts) != n {
		return nil, false
	}
	var left []query.Expr
	for i, x := range parts {
		o, ok := x.(*query.Op)
		if !ok || o.Name != op || len(o.Args) != 2 || !comparison(o.Name, o.Fn) {
			return nil, false
		}
		right := o.Args[1]
		if c, ok := right.(*query.Cast); ok && c.Method == query.Relabel {
			right = c.Arg
		}
		v, ok := right.(*query.SubValue)
		if !ok || v.Col != i {
			return nil, false
		}
		uses := false
		query.Walk(o.Args[0], func(x query.Expr) bool {
			_, is := x.(*query.SubValue)
			uses = uses || is
			return true
		})
		if uses {
			return nil, false
		}
		left = append(left, o.Args[0])
	}
	return left, true
}

// singleRow says whether a query is known to give one row at most.
func singleRow(q *query.Query) bool {
	if c, ok := q.Limit.(*query.Const); ok && !c.Value.IsNull() && c.Value.I <= 1 && !q.WithTies {
		return true
	}
	if q.SetOp != nil || q.HasSRF {
		return false
	}
	if q.Values != nil {
		return len(q.Values) == 1
	}
	if len(q.GroupBy) == 0 && q.GroupingSets == nil && (q.HasAggs || q.Having != nil) {
		return true
	}
	if len(q.From) == 0 {
		return true
	}
	if len(q.From) != 1 {
		return false
	}
	ref, ok := q.From[0].(*query.TableRef)
	if !ok {
		return false
	}
	rte := q.RTable[ref.RT-1]
	switch rte.Kind {
	case query.SubqueryRTE:
		return rte.Subquery != nil && singleRow(rte.Subquery)
	case query.RelationRTE:
		return byUniqueKey(q, ref.RT, rte.Relation)
	}
	return false
}

// byUniqueKey says whether the WHERE clause fixes all columns of a unique index.
func byUniqueKey(q *query.Query, rt int, r *catalog.Relation) bool {
	fixed := map[int32]bool{}
	for _, c := range conjuncts(q.Where, nil) {
		o, ok := c.(*query.Op)
		if !ok || o.Name != "=" || len(o.Args) != 2 || !comparison(o.Name, o.Fn) {
			continue
		}
		for i := range 2 {
			v, ok := o.Args[i].(*query.Var)
			if !ok || v.RT != rt || v.Levels != 0 || v.Col < 0 || usesLevel(o.Args[1-i]) {
				continue
			}
			fixed[q.RTable[rt-1].Columns[v.Col].Num] = true
		}
	}
	for _, x := range r.Indexes {
		if !x.Unique || x.Where != "" {
			continue
		}
		all := len(x.Keys) > 0
		for _, k := range x.Keys {
			all = all && k.Column > 0 && fixed[k.Column]
		}
		if all {
			return true
		}
	}
	return false
}

// usesLevel says whether an expression depends on its own query's rows (or might).
func usesLevel(e query.Expr) bool {
	found := false
	query.Walk(e, func(x query.Expr) bool {
		switch x := x.(type) {
		case *query.Var:
			found = found || x.Levels == 0
		case *query.SubLink:
			found = true
		}
		return !found
	})
	return found
}
