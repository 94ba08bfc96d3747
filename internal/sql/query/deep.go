package query

// WalkDeep visits e and everything below it, the expressions of subqueries included. depth is the number of query levels
// between e and the visited expression. f gives false to stop descending.
func WalkDeep(e Expr, depth int, f func(e Expr, depth int) bool) {
	if e == nil || !f(e, depth) {
		return
	}
	Children(e, func(x Expr) bool { WalkDeep(x, depth, f); return true })
	if s, ok := e.(*SubLink); ok {
		s.Query.WalkDeep(depth+1, f)
	}
}

// WalkDeep visits every expression of q, its subqueries, WITH queries and source included; q's own level is depth.
func (q *Query) WalkDeep(depth int, f func(e Expr, depth int) bool) {
	if q == nil {
		return
	}
	q.Exprs(func(e Expr) { WalkDeep(e, depth, f) })
	for _, c := range q.CTEs {
		c.Query.WalkDeep(depth+1, f)
	}
	for _, r := range q.RTable {
		r.Subquery.WalkDeep(depth+1, f)
	}
	q.Source.WalkDeep(depth+1, f)
}

// MapDeep rebuilds e as Map does, going into subqueries too (which are cloned). depth is as in WalkDeep.
func MapDeep(e Expr, depth int, f func(e Expr, depth int) Expr) Expr {
	return Map(e, func(x Expr) Expr {
		if s, ok := x.(*SubLink); ok {
			s.Query = s.Query.MapDeep(depth+1, f)
		}
		return f(x, depth)
	})
}

// MapDeep gives a copy of q in which every expression, in subqueries too, is rebuilt by f; q's own level is depth.
func (q *Query) MapDeep(depth int, f func(e Expr, depth int) Expr) *Query {
	if q == nil {
		return nil
	}
	c := q.Clone()
	c.mapDeep(depth, f)
	return c
}

// mapDeep rewrites a clone in place.
func (q *Query) mapDeep(depth int, f func(e Expr, depth int) Expr) {
	q.MapExprs(func(e Expr) Expr { return MapDeep(e, depth, f) })
	for _, c := range q.CTEs {
		c.Query.mapDeep(depth+1, f)
	}
	for _, r := range q.RTable {
		if r.Subquery != nil {
			r.Subquery.mapDeep(depth+1, f)
		}
	}
	if q.Source != nil {
		q.Source.mapDeep(depth+1, f)
	}
}
