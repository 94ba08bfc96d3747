package printer

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/query"
)

// groupingSets prints a query with grouping sets: one SELECT for each set, the keys outside of it NULL, all joined by
// UNION ALL.
func (p *printer) groupingSets(l *level) string {
	q := l.q
	var members []string
	for _, set := range q.GroupingSets {
		// Every member reads its own copy of FROM.
		m := p.level(q, l.up)
		m.ctes = l.ctes
		from := p.from(m)
		m.nulled, m.set = map[string]bool{}, set
		in := map[int]bool{}
		for _, i := range set {
			in[i] = true
		}
		nulled := map[string]bool{}
		for i, g := range q.GroupBy {
			if !in[i] {
				nulled[p.expr(m, q.Targets[g.Target].Expr)] = true
			}
		}
		for _, i := range set {
			delete(nulled, p.expr(m, q.Targets[q.GroupBy[i].Target].Expr))
		}
		m.nulled = nulled
		var list []string
		for i, t := range q.Targets {
			s := p.expr(m, t.Expr)
			if q.Distinct {
				s = collated(s, t.Expr.Type())
			}
			list = append(list, s+" AS c"+strconv.Itoa(i+1))
		}
		body := p.body(m, list, from, false)
		if len(set) == 0 && q.Having == nil && !hasAggregate(q) {
			// The empty set is one group even of no rows: nothing of the row depends on any.
			body = "SELECT " + strings.Join(list, ", ")
		}
		members = append(members, body)
	}
	// Sort keys that are no output columns are columns of the union.
	var keys []string
	for _, o := range q.OrderBy {
		keys = append(keys, p.sortKey(&level{q: &query.Query{}}, "c"+strconv.Itoa(o.Target+1), nullable{q.Targets[o.Target].Expr}, o.Desc, o.NullsFirst))
	}
	order := ""
	if len(keys) > 0 {
		order = " ORDER BY " + strings.Join(keys, ", ")
	}
	var cols []string
	for i, t := range output(q) {
		cols = append(cols, "c"+strconv.Itoa(t+1)+" AS c"+strconv.Itoa(i+1))
	}
	distinct := ""
	if q.Distinct {
		distinct = "DISTINCT "
	}
	return "SELECT " + distinct + strings.Join(cols, ", ") + " FROM (" + strings.Join(members, " UNION ALL ") + ")" + order + p.limit(l)
}

// hasAggregate says whether the target list aggregates.
func hasAggregate(q *query.Query) bool {
	found := false
	for _, t := range q.Targets {
		query.Walk(t.Expr, func(e query.Expr) bool {
			a, ok := e.(*query.Agg)
			found = found || ok && a.Levels == 0
			return !found
		})
	}
	return found
}

// nullable hides from sortKey what an expression was before it was computed elsewhere.
type nullable struct{ query.Expr }

// ranked prints DISTINCT ON and WITH TIES: the rows with a number over a window, of which the outer query takes some.
func (p *printer) ranked(l *level, rank func(l *level) (number, keep string)) string {
	q := l.q
	from := p.from(l)
	if q.HasSRF {
		from = p.besides(from, p.targetSRF(l))
	}
	var list []string
	for i, t := range q.Targets {
		list = append(list, p.expr(l, t.Expr)+" AS c"+strconv.Itoa(i+1))
	}
	var number, keep string
	if rank != nil {
		number, keep = rank(l)
	} else {
		number, keep = p.tiesRank(l)
	}
	list = append(list, number+" AS n")
	inner := p.body(l, list, from, false)
	var cols []string
	for i, t := range output(q) {
		cols = append(cols, "c"+strconv.Itoa(t+1)+" AS c"+strconv.Itoa(i+1))
	}
	var keys []string
	for _, o := range q.OrderBy {
		keys = append(keys, p.sortKey(l, "c"+strconv.Itoa(o.Target+1), q.Targets[o.Target].Expr, o.Desc, o.NullsFirst))
	}
	sql := "SELECT " + strings.Join(cols, ", ") + " FROM (" + inner + ") WHERE " + keep
	if len(keys) > 0 {
		sql += " ORDER BY " + strings.Join(keys, ", ")
	}
	if !q.WithTies {
		sql += p.limit(l)
	}
	return sql
}

func (p *printer) orderKeys(l *level) string {
	var keys []string
	for _, o := range l.q.OrderBy {
		e := l.q.Targets[o.Target].Expr
		if _, ok := e.(*query.Const); ok {
			continue
		}
		keys = append(keys, p.sortKey(l, p.expr(l, e), e, o.Desc, o.NullsFirst))
	}
	if len(keys) == 0 {
		return ""
	}
	return "ORDER BY " + strings.Join(keys, ", ")
}

func (p *printer) distinctOnRank(l *level) (string, string) {
	var by []string
	for _, g := range l.q.DistinctOn {
		e := l.q.Targets[g.Target].Expr
		by = append(by, collated(p.expr(l, e), e.Type()))
	}
	return "row_number() OVER (PARTITION BY " + strings.Join(by, ", ") + " " + p.orderKeys(l) + ")", "n = 1"
}

// tiesRank numbers the rows so that those after the limit that sort like the last one stay.
func (p *printer) tiesRank(l *level) (string, string) {
	return p.ties(l, p.orderKeys(l))
}

// ties is tiesRank for a given order.
func (p *printer) ties(l *level, order string) (string, string) {
	q := l.q
	offset := "0"
	if q.Offset != nil {
		offset = p.count(l, q.Offset, "pg_offset", "0")
	}
	limit := p.count(l, q.Limit, "pg_limit", "-1")
	// Row numbers tell what OFFSET skips; the rank of the first row after the limit tells where the ties end.
	number := "rank() OVER (" + order + ") AS r, row_number() OVER (" + order + ")"
	return number, "n > " + offset + " AND (" + limit + " < 0 OR r <= " + offset + " + " + limit + ")"
}
