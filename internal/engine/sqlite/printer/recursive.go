package printer

import (
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// SQLite wants the recursive table in FROM of the recursive term itself, and evaluates the term row by row.

// recursiveTerm prints the recursive term of a WITH RECURSIVE query whose columns are of the given types.
func (p *printer) recursiveTerm(l *level, q *query.Query, all bool, columns []*types.Type) string {
	for _, r := range q.RTable {
		if readsSelf(r.Subquery) {
			return p.unsupported("a recursive reference inside a subquery", "Name the recursive query in FROM of the recursive term itself.", q.Pos)
		}
	}
	if q.Distinct && !all {
		c := *q
		c.Distinct = false // the union drops duplicates anyway
		q = &c
	}
	if q.Distinct || !simple(q) {
		return p.unsupported("DISTINCT, GROUP BY, window functions, LIMIT or a set operation in a recursive term",
			"Do that in the query that reads the recursive one.", q.Pos)
	}
	p.outputs = columns
	return p.query(q, l)
}

// readsSelf says whether q, or a subquery in its FROM, is the recursive term's reference to the query itself.
func readsSelf(q *query.Query) bool {
	if q == nil {
		return false
	}
	for _, r := range q.RTable {
		if r.SelfRef || readsSelf(r.Subquery) {
			return true
		}
	}
	return false
}

// simple says that q is SELECT ... FROM ... WHERE alone.
func simple(q *query.Query) bool {
	return q.Command == query.Select && q.SetOp == nil && q.Values == nil && len(q.GroupBy) == 0 && q.GroupingSets == nil &&
		!q.HasAggs && q.Having == nil && !q.HasWindow && len(q.DistinctOn) == 0 && len(q.OrderBy) == 0 &&
		q.Limit == nil && q.Offset == nil && !q.WithTies
}
