package printer

import (
	"slices"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// setQuery prints a set operation with its ORDER BY and LIMIT.
func (p *printer) setQuery(l *level) string {
	if l.q.WithTies {
		return p.setTies(l)
	}
	return p.setOp(l, l.q.SetOp, true) + p.orderBy(l, true) + p.limit(l)
}

// MaxCompound is how many SELECTs one compound may have.
const MaxCompound = 60

// chunk is how many members of a long UNION [ALL] stand side by side.
const chunk = 40

// flat gathers the members of a chain of UNION or UNION ALL alone; nil when the node is none, or not long.
func flat(n *query.SetOp, op string, all bool) []*query.SetOp {
	var out []*query.SetOp
	for n.Op == op && n.All == all {
		out = append(out, n.Right)
		n = n.Left
	}
	if len(out) < chunk {
		return nil
	}
	out = append(out, n)
	slices.Reverse(out)
	return out
}

// union prints a long chain of UNION or UNION ALL in groups, and groups of groups.
func (p *printer) union(l *level, list []*query.SetOp, all bool) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = p.setOp(l, n, false)
	}
	for len(texts) > chunk {
		var groups []string
		for rest := texts; len(rest) > 0; {
			n := min(chunk, len(rest))
			groups = append(groups, "SELECT * FROM ("+strings.Join(rest[:n], " UNION ALL ")+" LIMIT -1)")
			rest = rest[n:]
		}
		texts = groups
	}
	s := strings.Join(texts, " UNION ALL ")
	if all {
		return s
	}
	return "SELECT DISTINCT * FROM (" + s + ")"
}

// setOp prints a node of the tree as a compound SELECT. SQLite's compounds are a flat list, read from left to right: a
// node on the right, and a node on the left that SQLite has no operator for, stand in a subquery. top is true where the
// text may be a compound itself.
func (p *printer) setOp(l *level, n *query.SetOp, top bool) string {
	if n.Op == "" {
		return p.member(l, n)
	}
	if n.Op == "union" {
		if list := flat(n, "union", n.All); list != nil {
			s := p.union(l, list, n.All)
			if top || !n.All {
				return s
			}
			return "SELECT * FROM (" + s + ")"
		}
	}
	p.arms += 2
	if !top {
		p.arms++
	}
	if p.arms > 2*MaxCompound {
		return p.tooDeep(l.q.Pos)
	}
	defer func(n int) { p.arms = n }(p.arms)
	left := p.setOp(l, n.Left, true)
	right := p.setOp(l, n.Right, false)
	if n.All && n.Op != "union" {
		s := p.multiset(l, n, left, right)
		if top {
			return s
		}
		return "SELECT * FROM (" + s + ")"
	}
	op := strings.ToUpper(n.Op)
	if n.All {
		op += " ALL"
	}
	s := left + " " + op + " " + right
	if op == "UNION" && !readsSelf(l.source(leftmost(n.Right)).rte.Subquery) && unlike(setTypes(l.q)) {
		// Of equal values that print differently the first stays, as in PostgreSQL; SQLite's UNION keeps the last.
		return "SELECT DISTINCT * FROM (" + left + " UNION ALL " + right + ")"
	}
	if !top {
		return "SELECT * FROM (" + s + ")"
	}
	return s
}

func leftmost(n *query.SetOp) int {
	for n.Op != "" {
		n = n.Left
	}
	return n.RT
}

// unlike says whether values of one of the types may be equal and yet print differently.
func unlike(list []*types.Type) bool {
	for _, t := range list {
		if types.Collation(t) != "" && t.Underlying().Kind != types.EnumType {
			return true
		}
	}
	return false
}

// setTies prints a set operation with FETCH FIRST ... WITH TIES.
func (p *printer) setTies(l *level) string {
	q := l.q
	var keys, cols []string
	for _, o := range q.OrderBy {
		keys = append(keys, p.sortKey(l, "c"+strconv.Itoa(o.Target+1), nullable{q.Targets[o.Target].Expr}, o.Desc, o.NullsFirst))
	}
	for i := range output(q) {
		cols = append(cols, "c"+strconv.Itoa(i+1))
	}
	order := "ORDER BY " + strings.Join(keys, ", ")
	number, keep := p.ties(l, order)
	return "SELECT " + strings.Join(cols, ", ") + " FROM (SELECT *, " + number + " AS n FROM (" + p.setOp(l, q.SetOp, true) + ")) WHERE " + keep + " " + order
}

// member prints a member query, its columns converted to the operation's types and marked with their collations.
func (p *printer) member(l *level, n *query.SetOp) string {
	sub := l.source(n.RT).rte.Subquery
	if readsSelf(sub) {
		return p.recursiveTerm(l, sub, l.q.SetOp.All, setTypes(l.q))
	}
	out := output(sub)
	same := len(sub.OrderBy) == 0 && sub.Limit == nil && sub.Offset == nil && sub.SetOp == nil && sub.Values == nil &&
		len(sub.CTEs) == 0 && len(sub.DistinctOn) == 0 && sub.GroupingSets == nil && !sub.WithTies
	tops := setTypes(l.q)
	convert := false
	for i, t := range out {
		if i < len(tops) {
			from := sub.Targets[t].Expr.Type()
			convert = convert || from.Underlying().OID != tops[i].Underlying().OID
			same = same && types.Collation(tops[i]) == ""
		}
	}
	if same && !convert {
		return p.query(sub, l)
	}
	var cols []string
	for i, t := range out {
		c := "c" + strconv.Itoa(i+1)
		s := c
		if i < len(tops) {
			from := sub.Targets[t].Expr.Type()
			if from.Underlying().OID != tops[i].Underlying().OID {
				s = nativeCast(from.Underlying(), tops[i], func() string { return c })
				if s == "" && from.OID != types.UnknownOID {
					s = p.convert(c, from, tops[i])
				} else if s == "" {
					s = c
				}
			}
			s = collated(s, tops[i])
		}
		cols = append(cols, s+" AS "+c)
	}
	if len(cols) == 0 {
		cols = []string{"*"}
	}
	sql := p.query(sub, l)
	if len(sub.OrderBy) > 0 && sub.Limit == nil && sub.Offset == nil {
		sql += " LIMIT -1"
	}
	return "SELECT " + strings.Join(cols, ", ") + " FROM (" + sql + ")"
}

// setTypes are the result types of a query's set operation.
func setTypes(q *query.Query) []*types.Type {
	if len(q.SetOp.Types) > 0 {
		return q.SetOp.Types
	}
	var out []*types.Type
	for _, i := range output(q) {
		out = append(out, q.Targets[i].Expr.Type())
	}
	return out
}

// multiset prints INTERSECT ALL and EXCEPT ALL: equal rows are numbered on both sides, so that the plain operation counts.
func (p *printer) multiset(l *level, n *query.SetOp, left, right string) string {
	tops := setTypes(l.q)
	var cols, keys []string
	for i, t := range tops {
		c := "c" + strconv.Itoa(i+1)
		cols = append(cols, c)
		keys = append(keys, collated(c, t))
	}
	numbered := func(s string) string {
		return "SELECT " + strings.Join(append(append([]string(nil), keys...), "row_number() OVER (PARTITION BY "+strings.Join(keys, ", ")+")"), ", ") +
			" AS n FROM (" + s + ")"
	}
	named := func(s string) string {
		var as []string
		for i := range cols {
			as = append(as, keys[i]+" AS "+cols[i])
		}
		return strings.Replace(numbered(s), "SELECT "+strings.Join(keys, ", ")+",", "SELECT "+strings.Join(as, ", ")+",", 1)
	}
	return "SELECT " + strings.Join(cols, ", ") + " FROM (" + named(left) + " " + strings.ToUpper(n.Op) + " " + named(right) + ")"
}
