package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

func int4Type() *types.Type { return types.ByOID(types.Int4OID) }

// groupCheck looks for columns that are neither grouped nor aggregated.
type groupCheck struct {
	s      *scope
	keys   []query.Expr // grouping expressions in every grouping set, or all without sets
	common []query.Expr
	// direct says the direct arguments of an ordered-set aggregate are being checked.
	direct bool
	// determined are range table entries whose primary key is grouped.
	determined map[int]bool
}

// checkGrouping refuses ungrouped columns in the target list and HAVING.
func (s *scope) checkGrouping() {
	q := s.q
	if q.HasAggs {
		for _, r := range q.RTable {
			if r.SelfRef && r.CTELevelsUp > 0 {
				panic(s.errorf(aggregateAt(q), "42P19", "aggregate functions are not allowed in a recursive query's recursive term"))
			}
		}
	}
	g := &groupCheck{s: s, determined: map[int]bool{}}
	for i, k := range q.GroupBy {
		e := q.Targets[k.Target].Expr
		g.keys = append(g.keys, e)
		inAll := true
		for _, set := range q.GroupingSets {
			in := false
			for _, p := range set {
				in = in || p == i
			}
			inAll = inAll && in
		}
		if inAll {
			g.common = append(g.common, e)
		}
	}
	for _, t := range q.Targets {
		g.findGrouping(t.Expr)
	}
	g.findGrouping(q.Having)
	for _, t := range q.Targets {
		g.check(t.Expr, 0)
	}
	for _, w := range q.Windows {
		for _, e := range w.PartitionBy {
			g.check(e, 0)
		}
		for _, o := range w.OrderBy {
			g.check(o.Expr, 0)
		}
	}
	g.check(q.Having, 0)
}

// aggregateAt is where the first aggregate of a query stands.
func aggregateAt(q *query.Query) int {
	pos := -1
	q.Exprs(func(e query.Expr) {
		query.Walk(e, func(x query.Expr) bool {
			if a, ok := x.(*query.Agg); ok && pos < 0 {
				pos = a.Pos
			}
			return true
		})
	})
	return pos
}

// check visits e, depth levels below the grouped query.
func (g *groupCheck) check(e query.Expr, depth int) {
	if e == nil {
		return
	}
	switch x := e.(type) {
	case *query.Const, *query.Param:
		return
	case *query.Agg:
		if x.Levels == depth {
			for _, d := range x.Direct {
				g.checkDirect(d, depth, x)
			}
			return
		}
		if x.Levels > depth {
			return
		}
	case *query.Grouping:
		if depth == 0 {
			g.resolveGrouping(x)
		}
		return
	}
	if g.isKey(e, depth) {
		return
	}
	if v, ok := e.(*query.Var); ok {
		if v.Levels == depth {
			g.checkVar(v, depth)
		}
		return
	}
	query.Children(e, func(x query.Expr) bool { g.check(x, depth); return true })
	if sub, ok := e.(*query.SubLink); ok {
		g.checkQuery(sub.Query, depth+1)
	}
}

func (g *groupCheck) checkDirect(e query.Expr, depth int, agg *query.Agg) {
	g.direct = true
	g.check(e, depth)
	g.direct = false
}

func (g *groupCheck) checkQuery(q *query.Query, depth int) {
	q.Exprs(func(e query.Expr) { g.check(e, depth) })
	for _, c := range q.CTEs {
		g.checkQuery(c.Query, depth+1)
	}
	for _, r := range q.RTable {
		if r.Subquery != nil && !r.IsView {
			g.checkQuery(r.Subquery, depth+1)
		}
	}
	if q.Source != nil {
		g.checkQuery(q.Source, depth+1)
	}
}

func (g *groupCheck) isKey(e query.Expr, depth int) bool {
	for _, k := range g.keys {
		if depth == 0 {
			if same(k, e) {
				return true
			}
			continue
		}
		if v, ok := k.(*query.Var); ok {
			if w, ok := e.(*query.Var); ok && w.Levels == depth && v.RT == w.RT && v.Col == w.Col {
				return true
			}
			continue
		}
		if same(shift(k, depth), e) {
			return true
		}
	}
	return false
}

// shift raises the levels of an expression's free columns, and of the WITH queries its subqueries name, by n.
func shift(e query.Expr, n int) query.Expr {
	if n == 0 {
		return e
	}
	out := query.MapDeep(e, 0, func(x query.Expr, depth int) query.Expr {
		switch v := x.(type) {
		case *query.Var:
			if v.Levels >= depth {
				c := *v
				c.Levels += n
				return &c
			}
		case *query.Agg:
			if v.Levels >= depth {
				v.Levels += n
			}
		}
		return x
	})
	query.Walk(out, func(x query.Expr) bool {
		if sub, ok := x.(*query.SubLink); ok {
			eachQuery(sub.Query, 0, func(q *query.Query, depth int) { raiseWith(q, depth, n) })
		}
		return true
	})
	return out
}

// raiseWith adds n to the levels of the WITH queries q names that are more than depth levels out.
func raiseWith(q *query.Query, depth, n int) {
	for _, r := range q.RTable {
		if r.Kind == query.CTERTE && r.CTELevelsUp > depth {
			r.CTELevelsUp += n
		}
	}
}

// checkVar refuses an ungrouped column unless the grouped primary key determines it.
func (g *groupCheck) checkVar(v *query.Var, depth int) {
	r := g.s.q.RTable[v.RT-1]
	det, known := g.determined[v.RT]
	if !known {
		det = g.primaryKeyGrouped(r, v.RT)
		g.determined[v.RT] = det
	}
	if det {
		return
	}
	name := v.Name
	switch {
	case v.Col >= 0 && v.Col < len(r.Columns):
		name = r.Columns[v.Col].Name
	case v.Col == query.WholeRow:
		name = "*"
	}
	if depth > 0 {
		panic(g.s.errorf(v.Pos, "42803", "subquery uses ungrouped column \"%s.%s\" from outer query", r.Alias, name))
	}
	if g.direct {
		panic(g.s.errorf(v.Pos, "42803", "column \"%s.%s\" must appear in the GROUP BY clause or be used in an aggregate function", r.Alias, name).
			detail("Direct arguments of an ordered-set aggregate must use only grouped columns."))
	}
	panic(g.s.errorf(v.Pos, "42803", "column \"%s.%s\" must appear in the GROUP BY clause or be used in an aggregate function", r.Alias, name))
}

// primaryKeyGrouped says whether all columns of a table's primary key are grouping keys.
func (g *groupCheck) primaryKeyGrouped(r *query.RTE, rt int) bool {
	if r.Kind != query.RelationRTE || r.Relation == nil || r.Relation.Kind == catalog.View {
		return false
	}
	pk := r.Relation.PrimaryKey()
	if pk == nil || pk.Deferrable {
		return false
	}
	for _, num := range pk.Columns {
		found := false
		for _, k := range g.common {
			if v, ok := k.(*query.Var); ok && v.RT == rt && v.Levels == 0 && v.Col >= 0 && r.Columns[v.Col].Num == num {
				found = true
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// findGrouping settles the GROUPING calls in e.
func (g *groupCheck) findGrouping(e query.Expr) {
	query.Walk(e, func(x query.Expr) bool {
		if v, ok := x.(*query.Grouping); ok {
			g.resolveGrouping(v)
		}
		return true
	})
}

func (g *groupCheck) resolveGrouping(x *query.Grouping) {
	if x.Keys != nil {
		return
	}
	if len(x.Args) > 31 {
		panic(g.s.errorf(x.Pos, "54023", "GROUPING must have fewer than 32 arguments"))
	}
	x.Keys = []int{}
	for _, a := range x.Args {
		at := -1
		for i, k := range g.keys {
			if same(k, a) {
				at = i
				break
			}
		}
		if at < 0 {
			panic(g.s.errorf(posOf(a), "42803", "arguments to GROUPING must be grouping expressions of the associated query level"))
		}
		x.Keys = append(x.Keys, at)
	}
	x.Args = nil
}
