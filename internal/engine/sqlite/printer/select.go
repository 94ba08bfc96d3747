package printer

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// query prints q as a SELECT whose columns are called c1, c2, ...
func (p *printer) query(q *query.Query, up *level) string {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return p.tooDeep(q.Pos)
	}
	if q.Command != query.Select {
		return p.unsupported("a data-modifying statement here", "", q.Pos)
	}
	l := p.level(q, up)
	l.outputs, p.outputs = p.outputs, nil
	with := p.with(l)
	switch {
	case q.SetOp != nil:
		return with + p.setQuery(l)
	case q.Values != nil:
		return with + p.valuesQuery(l)
	}
	return with + p.plain(l)
}

// output gives the positions of q's output columns in Targets.
func output(q *query.Query) []int {
	var out []int
	for i, t := range q.Targets {
		if !t.Junk {
			out = append(out, i)
		}
	}
	return out
}

// plain prints a SELECT that is no set operation.
func (p *printer) plain(l *level) string {
	q := l.q
	switch {
	case q.HasSRF && (q.HasAggs || len(q.GroupBy) > 0 || q.HasWindow):
		return p.srfOverGroups(l)
	case q.GroupingSets != nil:
		return p.groupingSets(l)
	case len(q.DistinctOn) > 0:
		return p.ranked(l, p.distinctOnRank)
	case q.WithTies:
		return p.ranked(l, nil)
	}
	from := p.from(l)
	if q.HasSRF {
		from = p.besides(from, p.targetSRF(l))
	}
	var list []string
	for i, t := range output(q) {
		e := q.Targets[t].Expr
		s := p.expr(l, e)
		if q.Distinct {
			s = collated(s, e.Type())
		}
		if i < len(l.outputs) {
			s = collated(s, l.outputs[i])
		}
		list = append(list, s+" AS c"+strconv.Itoa(i+1))
	}
	return p.body(l, list, from, q.Distinct) + p.orderBy(l, true) + p.limit(l)
}

// body prints SELECT to HAVING.
func (p *printer) body(l *level, list []string, from string, distinct bool) string {
	q := l.q
	var b strings.Builder
	b.WriteString("SELECT ")
	if distinct {
		b.WriteString("DISTINCT ")
	}
	if len(list) == 0 {
		list = []string{"NULL AS c1"}
	}
	b.WriteString(strings.Join(list, ", "))
	if from != "" {
		b.WriteString(" FROM " + from)
	}
	conds := append([]string(nil), l.security...)
	conds = append(conds, l.where...)
	conds = append(conds, p.conditions(l, q.Where, nil)...)
	if len(conds) > 0 {
		b.WriteString(" WHERE " + chain(conds, " AND "))
	}
	var keys []string
	for _, g := range p.groupKeys(l) {
		e := q.Targets[g.Target].Expr
		// An integer literal would be taken for the position of a result column.
		if _, ok := e.(*query.Const); ok {
			continue
		}
		keys = append(keys, collated(p.expr(l, e), e.Type()))
	}
	if len(keys) > 0 {
		b.WriteString(" GROUP BY " + strings.Join(keys, ", "))
	} else if len(p.groupKeys(l)) > 0 {
		b.WriteString(" GROUP BY NULL")
	}
	if q.Having != nil {
		h := p.expr(l, q.Having)
		if len(p.groupKeys(l)) == 0 && !q.HasAggs {
			// HAVING alone makes one group of all rows.
			return "SELECT * FROM (SELECT " + strings.Join(list, ", ") + ") WHERE " + h
		}
		b.WriteString(" HAVING " + h)
	}
	return b.String()
}

// groupKeys are the grouping keys of the present grouping set.
func (p *printer) groupKeys(l *level) []*query.SortGroup {
	if l.nulled == nil {
		return l.q.GroupBy
	}
	var keys []*query.SortGroup
	for _, i := range l.set {
		keys = append(keys, l.q.GroupBy[i])
	}
	return keys
}

// orderBy prints ORDER BY; ordinal says that output columns may be named by their position.
func (p *printer) orderBy(l *level, ordinal bool) string {
	q := l.q
	if len(q.OrderBy) == 0 {
		return ""
	}
	place := map[int]int{}
	for i, t := range output(q) {
		place[t] = i + 1
	}
	var keys []string
	for _, o := range q.OrderBy {
		e := q.Targets[o.Target].Expr
		var s string
		if n := place[o.Target]; n > 0 && ordinal {
			s = strconv.Itoa(n)
		} else if _, ok := e.(*query.Const); ok {
			continue
		} else {
			s = p.expr(l, e)
		}
		keys = append(keys, p.sortKey(l, s, e, o.Desc, o.NullsFirst))
	}
	if len(keys) == 0 {
		return ""
	}
	return " ORDER BY " + strings.Join(keys, ", ")
}

// sortKey prints one sort key. PostgreSQL's NULLs are the largest values, SQLite's the smallest; the clause is left out
// where there can be none, so that an index gives the order.
func (p *printer) sortKey(l *level, s string, e query.Expr, desc, nullsFirst bool) string {
	s = collated(s, e.Type())
	if desc {
		s += " DESC"
	}
	if nullsFirst == !desc || p.notNull(l, e) {
		return s
	}
	if nullsFirst {
		return s + " NULLS FIRST"
	}
	return s + " NULLS LAST"
}

// notNull says whether an expression is known to be never NULL.
func (p *printer) notNull(l *level, e query.Expr) bool {
	switch e := e.(type) {
	case *query.Const:
		return !e.Value.IsNull()
	case *query.Cast:
		return e.Method == query.Relabel && p.notNull(l, e.Arg)
	case *query.Coalesce:
		for _, a := range e.Args {
			if p.notNull(l, a) {
				return true
			}
		}
	case *query.Agg:
		return e.Fn.Name == "count"
	case *query.Var:
		l = l.outer(e.Levels)
		if l == nil || e.Col < 0 || l.nulled != nil || l.q.SetOp != nil {
			return false
		}
		s := l.source(e.RT)
		if s.nullable {
			return false
		}
		switch s.rte.Kind {
		case query.JoinRTE:
			return p.notNull(l, s.rte.JoinVars[e.Col])
		case query.RelationRTE:
			return s.rte.Columns[e.Col].NotNull
		case query.SubqueryRTE:
			// A column passed on by a subquery: what it is there.
			sub := s.rte.Subquery
			if sub == nil || sub.SetOp != nil || sub.GroupingSets != nil {
				return false
			}
			out := output(sub)
			if e.Col >= len(out) {
				return false
			}
			v, ok := sub.Targets[out[e.Col]].Expr.(*query.Var)
			if !ok || v.Levels > 0 || v.Col < 0 {
				return false
			}
			inner := &level{q: sub, up: l}
			for _, r := range sub.RTable {
				inner.from = append(inner.from, &source{rte: r})
			}
			for _, f := range sub.From {
				inner.markNullable(f, false)
			}
			return p.notNull(inner, v)
		}
	}
	return false
}

// limit prints LIMIT and OFFSET. NULL means none; a negative number is an error when it runs.
func (p *printer) limit(l *level) string {
	q := l.q
	out := ""
	if q.Limit != nil {
		out = " LIMIT " + p.count(l, q.Limit, "pg_limit", "-1")
	}
	if q.Offset != nil {
		if out == "" {
			out = " LIMIT -1"
		}
		out += " OFFSET " + p.count(l, q.Offset, "pg_offset", "0")
	}
	return out
}

func (p *printer) count(l *level, e query.Expr, fn, null string) string {
	if c, ok := e.(*query.Const); ok {
		if c.Value.IsNull() {
			return null
		}
		if c.Value.Kind == types.KindInt && c.Value.I >= 0 {
			return strconv.FormatInt(c.Value.I, 10)
		}
	}
	return fn + "(" + p.expr(l, e) + ")"
}

// collated adds the collation a type's values are compared with.
func collated(s string, t *types.Type) string {
	if c := types.Collation(t); c != "" {
		return s + ` COLLATE "` + c + `"`
	}
	return s
}

// with prints the WITH queries of a level.
func (p *printer) with(l *level) string {
	q := l.q
	if len(q.CTEs) == 0 {
		return ""
	}
	var list []string
	for _, c := range q.CTEs {
		if l.up == nil && q == p.root {
			if n, ok := p.opt.Given[c.Name]; ok {
				l.ctes[c.Name] = p.alias("w")
				list = append(list, p.given(l.ctes[c.Name], c, n))
				continue
			}
		}
		l.ctes[c.Name] = p.alias("w")
	}
	for _, c := range q.CTEs {
		if l.up == nil && q == p.root {
			if _, ok := p.opt.Given[c.Name]; ok {
				continue
			}
		}
		if c.Query.Command != query.Select {
			p.unsupported("a data-modifying statement in WITH here", "", c.Pos)
			continue
		}
		var names []string
		for i := range c.Columns {
			names = append(names, "c"+strconv.Itoa(i+1))
		}
		head := l.ctes[c.Name]
		if len(names) > 0 {
			head += "(" + strings.Join(names, ", ") + ")"
		}
		head += " AS "
		switch {
		case c.Recursive:
		case c.Materialized != nil && *c.Materialized, volatileTargets(c.Query):
			head += "MATERIALIZED "
		case c.Materialized != nil:
			head += "NOT MATERIALIZED "
		}
		longest := p.longest
		p.longest = 0
		body := p.query(c.Query, l)
		p.chained(c)
		p.longest = longest
		if len(c.Query.OrderBy) > 0 && c.Query.Limit == nil && c.Query.Offset == nil {
			body += " LIMIT -1"
		}
		list = append(list, head+"("+body+")")
	}
	return "WITH RECURSIVE " + strings.Join(list, ", ") + " "
}

// maxChain bounds how many WITH queries may read one another: SQLite puts each into the next.
const maxChain = 150

func (p *printer) chained(c *query.CTE) {
	if p.chains == nil {
		p.chains = map[*query.CTE]int{}
	}
	p.chains[c] = p.longest + 1
	if p.longest >= maxChain {
		p.tooDeep(c.Pos)
	}
}

// given prints a WITH query whose rows come as a parameter: a JSON array of arrays.
func (p *printer) given(name string, c *query.CTE, n int) string {
	var names, cols []string
	for i, col := range c.Columns {
		names = append(names, "c"+strconv.Itoa(i+1))
		at := "value->>'$[" + strconv.Itoa(i) + "]'"
		if col.Type.Underlying().OID == types.ByteaOID {
			at = "unhex(substr(" + at + ", 2))"
		}
		cols = append(cols, at)
	}
	head := name
	if len(names) > 0 {
		head += "(" + strings.Join(names, ", ") + ")"
	} else {
		cols = []string{"NULL"}
	}
	return head + " AS (SELECT " + strings.Join(cols, ", ") + " FROM json_each(" + p.param(n) + "))"
}

// valuesQuery prints a VALUES list as a query of its own.
func (p *printer) valuesQuery(l *level) string {
	q := l.q
	return "SELECT * FROM (" + p.values(l, q.Values) + ")" + p.orderBy(l, true) + p.limit(l)
}

// values prints a list of rows whose columns are called c1, c2, ....
func (p *printer) values(l *level, rows [][]query.Expr) string {
	var b strings.Builder
	b.WriteString("SELECT ")
	for i, e := range rows[0] {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(p.expr(l, e) + " AS c" + strconv.Itoa(i+1))
	}
	if len(rows[0]) == 0 {
		b.WriteString("NULL")
	}
	for i, row := range rows[1:] {
		if i == 0 {
			b.WriteString(" UNION ALL VALUES ")
		} else {
			b.WriteString(", ")
		}
		if len(row) == 0 {
			b.WriteString("(NULL)")
			continue
		}
		b.WriteString("(" + p.list(l, row) + ")")
	}
	return b.String()
}

func (p *printer) list(l *level, es []query.Expr) string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = p.expr(l, e)
	}
	return strings.Join(out, ", ")
}
