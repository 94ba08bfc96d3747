package printer

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// besides joins what set-returning functions of the target list give to FROM.
func (p *printer) besides(from, srf string) string {
	if from == "" || srf == "" {
		return from + srf
	}
	return from + ", " + srf
}

// setDepth says how deep set-returning functions stand in one another below e: 0 when there is none.
func setDepth(e query.Expr) int {
	deep := 0
	query.Children(e, func(x query.Expr) bool {
		deep = max(deep, setDepth(x))
		return true
	})
	if f, ok := e.(*query.Func); ok && f.Set {
		deep++
	}
	return deep
}

// targetSRF turns the set-returning functions of the target list into entries of FROM and remembers which column stands
// for which call. Functions that do not depend on one another run side by side, as PostgreSQL runs them; those over the
// results of others run for each row of these.
func (p *printer) targetSRF(l *level) string {
	var list []query.Expr
	for _, t := range l.q.Targets {
		list = append(list, t.Expr)
	}
	return p.setRows(l, list)
}

// setRows prints the entries of FROM for the set-returning functions in expressions.
func (p *printer) setRows(l *level, list []query.Expr) string {
	if l.given == nil {
		l.given = map[query.Expr]string{}
	}
	deep := 0
	for _, e := range list {
		deep = max(deep, setDepth(e))
	}
	var entries []string
	for depth := 1; depth <= deep; depth++ {
		alias := p.alias("s")
		var calls []builtin.SetCall
		var args []string
		n := 0
		for _, e := range list {
			query.Walk(e, func(e query.Expr) bool {
				fn, ok := e.(*query.Func)
				if !ok || !fn.Set || setDepth(fn) != depth {
					return true
				}
				if _, done := l.given[fn]; done {
					return false
				}
				c, a, width, value := p.targetCall(l, fn, alias, n)
				calls, args, n = append(calls, c), append(args, a...), n+width
				l.given[fn] = value
				return false
			})
		}
		if len(calls) > 0 {
			entries = append(entries, p.rows(calls, args, n, l.q.Pos)+" AS "+alias)
		}
	}
	return strings.Join(entries, ", ")
}

// targetCall prints a call in the target list: how many columns of the entry are its own, and the value they make.
func (p *printer) targetCall(l *level, fn *query.Func, alias string, n int) (c builtin.SetCall, args []string, width int, value string) {
	cols := []query.RTEColumn{{Name: fn.Fn.Name, Type: fn.Type(), Typmod: -1}}
	composite := true
	switch out := fn.Fn.Outputs(); {
	case len(out) > 1:
		cols = nil
		for _, o := range out {
			cols = append(cols, query.RTEColumn{Name: o.Name, Type: p.snap.TypeByOID(o.Type), Typmod: -1})
		}
	case fn.Type().Underlying().Kind == types.CompositeType && fn.Fn.Name != "unnest":
		cols = nil
		for _, f := range fn.Type().Underlying().Fields {
			cols = append(cols, query.RTEColumn{Name: f.Name, Type: f.Type, Typmod: f.Typmod})
		}
	default:
		composite = false
	}
	c, args = p.setCall(l, &query.RangeFunc{Expr: fn, Columns: cols})
	if !composite {
		return c, args, 1, alias + ".c" + strconv.Itoa(n)
	}
	// A row is one value in the target list, NULL where other functions have more rows.
	c.Columns, c.Present = len(cols)+1, true
	var items []builtin.Item
	var parts []string
	for i, col := range cols {
		items = append(items, builtin.Item{Type: col.Type, Typmod: col.Typmod, Name: col.Name})
		parts = append(parts, alias+".c"+strconv.Itoa(n+i))
	}
	return c, args, len(cols) + 1, "CASE WHEN " + alias + ".c" + strconv.Itoa(n+len(cols)) + " IS NOT NULL THEN pg_row(" +
		describe("", items...) + prefixed(parts) + ") END"
}

// srfOverGroups prints a query whose target list has set-returning functions over groups or windows: what the functions
// and the outputs need of those is computed first, then the functions run over the rows. Functions that are grouped by run
// before.
func (p *printer) srfOverGroups(l *level) string {
	q := l.q
	if len(q.DistinctOn) > 0 || q.GroupingSets != nil || q.WithTies {
		return p.unsupported("a set-returning function in the target list beside DISTINCT ON, WITH TIES or grouping sets, over groups",
			"Compute the groups in a subquery in FROM.", q.Pos)
	}
	from := p.from(l)
	var keys []query.Expr
	for _, g := range q.GroupBy {
		keys = append(keys, q.Targets[g.Target].Expr)
	}
	grouped := p.setRows(l, keys)
	from = p.besides(from, grouped)
	group := p.alias("g")
	var inner []string
	computed := map[query.Expr]string{}
	// What has no set-returning function inside, or is one that was grouped by, is a column of the inner query.
	var compute func(e query.Expr)
	compute = func(e query.Expr) {
		_, below := l.given[e]
		if below || setDepth(e) == 0 {
			name := "a" + strconv.Itoa(len(inner)+1)
			inner = append(inner, p.expr(l, e)+" AS "+name)
			computed[e] = group + "." + name
			return
		}
		query.Children(e, func(x query.Expr) bool { compute(x); return true })
	}
	for _, t := range q.Targets {
		compute(t.Expr)
	}
	sub := p.body(l, inner, from, false)
	l.given = computed
	srf := p.targetSRF(l)
	outer := make([]string, len(q.Targets))
	for i, t := range q.Targets {
		outer[i] = p.expr(l, t.Expr)
	}
	var list []string
	place := map[int]int{}
	for i, t := range output(q) {
		s := outer[t]
		if q.Distinct {
			s = collated(s, q.Targets[t].Expr.Type())
		}
		list = append(list, s+" AS c"+strconv.Itoa(i+1))
		place[t] = i + 1
	}
	distinct := ""
	if q.Distinct {
		distinct = "DISTINCT "
	}
	sql := "SELECT " + distinct + strings.Join(list, ", ") + " FROM " + p.besides("("+sub+" LIMIT -1) AS "+group, srf)
	var order []string
	for _, o := range q.OrderBy {
		s := outer[o.Target]
		if k := place[o.Target]; k > 0 {
			s = strconv.Itoa(k)
		}
		order = append(order, p.sortKey(l, s, nullable{q.Targets[o.Target].Expr}, o.Desc, o.NullsFirst))
	}
	if len(order) > 0 {
		sql += " ORDER BY " + strings.Join(order, ", ")
	}
	return sql + p.limit(l)
}

// rowOf prints a function that gives one row, and that the engine has as a set function, where a value is wanted; "" when
// its columns are not known.
func (p *printer) rowOf(l *level, fn *query.Func) string {
	fields := fn.Type().Underlying().Fields
	if len(fields) == 0 {
		return ""
	}
	alias := p.alias("s")
	var cols []query.RTEColumn
	var items []builtin.Item
	var parts []string
	for i, f := range fields {
		cols = append(cols, query.RTEColumn{Name: f.Name, Type: f.Type, Typmod: f.Typmod})
		items = append(items, builtin.Item{Type: f.Type, Typmod: f.Typmod, Name: f.Name})
		parts = append(parts, alias+".c"+strconv.Itoa(i))
	}
	c, args := p.setCall(l, &query.RangeFunc{Expr: fn, Columns: cols, Composite: true})
	s := "(SELECT pg_row(" + describe("", items...) + prefixed(parts) + ") FROM " + p.rows([]builtin.SetCall{c}, args, len(cols), fn.Pos) + " AS " + alias + ")"
	if base, ok := fn.Args[0].(*query.Const); ok && base.Value.IsNull() && len(args) > 1 {
		// Nothing put into no row is no row.
		return "CASE WHEN " + args[1] + " IS NOT NULL THEN " + s + " END"
	}
	return s
}
