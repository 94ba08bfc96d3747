package printer

import "github.com/basement-project/basement/internal/sql/query"

// matchable says whether PostgreSQL has a plan for a FULL JOIN: a condition that compares the two sides for equality, or
// one without columns.
func matchable(j *query.Join) bool {
	left, right := entries(j.Left, map[int]bool{}), entries(j.Right, map[int]bool{})
	// uses says which sides an expression speaks of.
	uses := func(e query.Expr) (l, r bool) {
		walkExpr(e, 0, func(e query.Expr, depth int) bool {
			if v, ok := e.(*query.Var); ok && v.Levels == depth {
				l, r = l || left[v.RT], r || right[v.RT]
			}
			return true
		})
		return l, r
	}
	columns := false
	for _, c := range conjuncts(j.On, nil) {
		l, r := uses(c)
		columns = columns || l || r
		o, ok := c.(*query.Op)
		if !ok || o.Name != "=" || len(o.Args) != 2 {
			continue
		}
		al, ar := uses(o.Args[0])
		bl, br := uses(o.Args[1])
		if al && !ar && br && !bl || ar && !al && bl && !br {
			return true
		}
	}
	return !columns
}
