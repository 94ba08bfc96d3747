package printer

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/sql/query"
)

// candidates prints, for a condition that an index of terms answers, that the row is one of the index's candidates: "" when
// no index does. The condition itself is still to be looked at. What is printed depends on no row's values but the index's,
// and fails for none, so it may stand beside row security conditions.
func (p *printer) candidates(l *level, e query.Expr) string {
	if p.bare {
		return ""
	}
	switch e := e.(type) {
	case *query.Bool:
		if e.Op != "or" || len(e.Args) > 20 {
			return ""
		}
		// Any of several, when each has its index over the same table.
		var list []string
		for _, a := range e.Args {
			s := ""
			for _, c := range conjuncts(a, nil) {
				if s == "" {
					s = p.candidates(l, c)
				}
			}
			if s == "" {
				return ""
			}
			list = append(list, s)
		}
		return chain(list, " OR ")
	case *query.Op:
		if len(e.Args) != 2 {
			return ""
		}
		out := ""
		builtin.TermConditions(e.Fn, func(kind string, c builtin.TermCondition) {
			if out == "" {
				out = p.termRows(l, e.Args[c.Key], e.Args[1-c.Key], kind, c.Candidates)
			}
		})
		return out
	}
	return ""
}

func (p *printer) termRows(l *level, key, other query.Expr, kind, candidates string) string {
	rt := onlyEntry(key)
	if rt == 0 || !sameForAll(other) {
		return ""
	}
	s := l.source(rt)
	if s.param > 0 || s.rte.Kind != query.RelationRTE {
		return ""
	}
	var x *catalog.Index
	text := ""
	for _, i := range s.rte.Relation.Indexes {
		if i.Terms == nil || i.Terms.Kind != kind || !present(s.rte.Relation, i.Terms) {
			continue
		}
		if text == "" {
			var err error
			if text, err = Expression(p.snap, l.q, key); err != nil {
				return ""
			}
		}
		if i.Terms.Key == text {
			x = i
			break
		}
	}
	if x == nil {
		return ""
	}
	table := layout.Quote(layout.TermTable(x))
	match := candidates + "(" + p.expr(l, other) + ")"
	rows := s.alias + "." + layout.RowID + " IN (SELECT rowid FROM " + table + " WHERE " + table + " MATCH ifnull(" + match + `, '""')`
	// A value that says nothing about the terms leaves every row.
	return rows + " UNION ALL SELECT " + layout.RowID + " FROM " + layout.QuotedTable(s.rte.Relation) + " WHERE " + match + " IS NULL)"
}

// onlyEntry is the one range table entry of its own level an expression speaks of, 0 when there is not exactly one, or a
// query inside it.
func onlyEntry(e query.Expr) int {
	rt, ok := 0, true
	query.Walk(e, func(x query.Expr) bool {
		switch x := x.(type) {
		case *query.Var:
			ok = ok && x.Levels == 0 && x.Col >= 0 && (rt == 0 || rt == x.RT)
			rt = x.RT
		case *query.SubLink, *query.Param, *query.Agg:
			ok = false
		}
		return ok
	})
	if !ok {
		return 0
	}
	return rt
}

// sameForAll says whether an expression has one value for all rows of its level: it may speak of the levels around.
func sameForAll(e query.Expr) bool {
	ok := true
	query.Walk(e, func(x query.Expr) bool {
		if v, is := x.(*query.Var); is {
			ok = ok && v.Levels > 0
			return false
		}
		switch x := x.(type) {
		case *query.Const, *query.Param, *query.Cast, *query.Coalesce, *query.SQLValue:
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

// present says whether the columns an index of terms was made of still have their names.
func present(r *catalog.Relation, t *catalog.TermIndex) bool {
	for num, name := range t.Columns {
		if c := r.ColumnByNum(num); c == nil || c.Name != name {
			return false
		}
	}
	return true
}
