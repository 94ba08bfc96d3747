package printer

import (
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// aggregate prints an aggregate call.
func (p *printer) aggregate(l *level, e *query.Agg) string {
	at := l.outer(e.Levels)
	if at == nil {
		at = l
	}
	at.inAgg++
	l.inAgg++
	defer func() { at.inAgg--; l.inAgg-- }()
	if e.Fn.AggKind == 'h' && e.Fn.Aggregate == nil {
		return p.hypothetical(l, e)
	}
	filter := ""
	if e.Filter != nil {
		filter = " FILTER (WHERE " + p.expr(l, e.Filter) + ")"
	}
	if len(e.Direct) > 0 || e.Fn.AggKind == 'o' || e.Fn.AggKind == 'h' {
		return p.orderedSet(l, e) + filter
	}
	call := p.aggregateCall(l, e, "") + filter
	if e.Fn.Aggregate != nil {
		call = p.orEmpty(l, e, call, filter)
	}
	return call
}

// orEmpty gives an aggregate of the project its result for no rows, of which SQLite does not tell it. rest is what follows
// the call: FILTER and OVER.
func (p *printer) orEmpty(l *level, e *query.Agg, call, rest string) string {
	if e.Fn.Aggregate.Init == nil && e.Fn.Aggregate.Final == 0 {
		return call
	}
	var items []builtin.Item
	for _, a := range e.Args {
		items = append(items, item(a))
	}
	items = append(items, item(e))
	return "CASE WHEN count(*)" + rest + " = 0 THEN " + builtin.CallAggregateEmpty + "(" + describe(bodyOptions(e.Fn), items...) + ") ELSE " + call + " END"
}

// aggregateCall prints the call itself; options go to a Go aggregate.
func (p *printer) aggregateCall(l *level, e *query.Agg, options string) string {
	if e.Star && e.Fn.Aggregate == nil {
		return "count(*)"
	}
	order := p.sorts(l, e.OrderBy)
	if e.Fn.Schema == "pg_catalog" && len(e.Args) == 1 {
		arg := e.Args[0]
		native := ""
		switch e.Fn.Name {
		case "count":
			native = "count"
		case "min", "max":
			if ordered(arg.Type()) {
				native = e.Fn.Name
			}
		case "sum":
			// The sum of int2 and int4 is an int8 in both; SQLite refuses to overflow too.
			if w := width(arg.Type()); w == 1 || w == 2 {
				native = "sum"
			}
		case "bool_and", "every":
			native = "min"
		case "bool_or":
			native = "max"
		}
		if native != "" {
			s := p.expr(l, arg)
			if native == "min" || native == "max" || e.Distinct {
				s = collated(s, arg.Type())
			}
			if e.Distinct {
				s = "DISTINCT " + s
			}
			return native + "(" + s + ")"
		}
	}
	if len(e.Args) == 2 && e.Fn.Name == "string_agg" && e.Fn.Returns == types.TextOID && !e.Distinct && e.Fn.Schema == "pg_catalog" {
		return "group_concat(" + p.expr(l, e.Args[0]) + ", " + p.expr(l, e.Args[1]) + order + ")"
	}
	form := builtin.FormOf(e.Fn)
	if e.Fn.Aggregate != nil {
		form = &builtin.Form{Name: builtin.CallAggregate, Aggregate: true}
		options = bodyOptions(e.Fn) + options
	}
	if form == nil || !form.Aggregate {
		return p.refuse(e.Fn, e.Pos)
	}
	if form.Extreme != "" {
		return form.Extreme + "(" + collated(p.expr(l, e.Args[0]), e.Args[0].Type()) + ")"
	}
	name := form.Name
	args := p.exprs(l, e.Args)
	var items []builtin.Item
	for i, a := range e.Args {
		it := item(a)
		if parts, cols, present, ok := p.rowParts(l, a); ok && jsonTarget(e.Fn) {
			if len(e.Args) == 1 && !e.Distinct && options == "" && present == nil && (e.Fn.Name == "json_agg" || e.Fn.Name == "jsonb_agg") {
				// The rows' columns go straight into the aggregate.
				if e.Fn.Name == "jsonb_agg" {
					options = "b"
				}
				return "pg_json_agg_row(" + describe(options, parts...) + prefixed(cols) + order + ")"
			}
			args[i] = p.jsonRow(parts, cols, present, "")
			it = builtin.Item{Type: types.ByOID(types.JSONOID), Typmod: -1, Name: "row"}
		}
		items = append(items, it)
	}
	items = append(items, item(e))
	for _, a := range e.Args {
		if c := a.Type().Collate; e.Distinct && !types.ByBytes(c) {
			return p.unsupported("DISTINCT in this aggregate under collation \""+c+"\"", "Take the distinct values in a subquery.", e.Pos)
		}
	}
	if e.Distinct {
		options += builtin.DistinctRows
		order = ""
		if len(e.OrderBy) > 0 {
			if e.OrderBy[0].Desc {
				options += builtin.Descending
			}
			if e.OrderBy[0].NullsFirst {
				options += builtin.NullsFirst
			}
		}
	}
	return name + "(" + describe(options, items...) + prefixed(args) + order + ")"
}

// orderedSet prints an ordered-set aggregate: the Go aggregate gets the values in their order, the direct arguments
// before them.
func (p *printer) orderedSet(l *level, e *query.Agg) string {
	form := builtin.FormOf(e.Fn)
	if form == nil || !form.Aggregate {
		return p.refuse(e.Fn, e.Pos)
	}
	var items []builtin.Item
	for _, a := range append(append([]query.Expr(nil), e.Direct...), e.Args...) {
		items = append(items, item(a))
	}
	items = append(items, item(e))
	options := ""
	for _, o := range e.OrderBy {
		if o.Desc {
			options += builtin.Descending
		} else {
			options += "-"
		}
	}
	args := append(p.exprs(l, e.Direct), p.exprs(l, e.Args)...)
	return form.Name + "(" + describe(options, items...) + prefixed(args) + p.sorts(l, e.OrderBy) + ")"
}

// sorts prints the ORDER BY of an aggregate or window.
func (p *printer) sorts(l *level, sorts []query.WindowSort) string {
	var keys []string
	for _, s := range sorts {
		if _, ok := s.Expr.(*query.Const); ok {
			continue
		}
		keys = append(keys, p.sortKey(l, p.expr(l, s.Expr), s.Expr, s.Desc, s.NullsFirst))
	}
	if len(keys) == 0 {
		return ""
	}
	return " ORDER BY " + strings.Join(keys, ", ")
}

// window prints a window function call.
func (p *printer) window(l *level, e *query.Win) string {
	w := l.q.Windows[e.Window]
	over := " OVER (" + p.windowSpec(l, w) + ")"
	if e.IsAgg {
		options := ""
		if s := w.Frame.Start.Kind; w.Frame.Mode != "" && s != "unbounded preceding" || w.Frame.Exclude != "" {
			options = builtin.Moving
		}
		agg := &query.Agg{T: e.T, Fn: e.Fn, Args: e.Args, Star: e.Star}
		filter := ""
		if e.Filter != nil {
			filter = " FILTER (WHERE " + p.expr(l, e.Filter) + ")"
		}
		call := p.aggregateCall(l, agg, options) + filter + over
		if e.Fn.Aggregate != nil {
			call = p.orEmpty(l, agg, call, filter+over)
		}
		return call
	}
	if e.Fn.Schema != "pg_catalog" {
		return p.refuse(e.Fn, e.Pos)
	}
	switch e.Fn.Name {
	case "row_number", "rank", "dense_rank", "percent_rank", "cume_dist", "first_value", "last_value", "lag", "lead":
		return e.Fn.Name + "(" + p.list(l, e.Args) + ")" + over
	case "ntile":
		buckets := p.expr(l, e.Args[0])
		return "CASE WHEN " + buckets + " IS NOT NULL THEN ntile(coalesce(pg_positive('22014', 'argument of ntile must be greater than zero', " + buckets + "), 1))" + over + " END"
	case "nth_value":
		return "nth_value(" + p.expr(l, e.Args[0]) + ", pg_positive('22016', 'argument of nth_value must be greater than zero', " +
			p.expr(l, e.Args[1]) + "))" + over
	}
	return p.refuse(e.Fn, e.Pos)
}

func (p *printer) windowSpec(l *level, w *query.Window) string {
	var parts []string
	var by []string
	for _, e := range w.PartitionBy {
		by = append(by, collated(p.expr(l, e), e.Type()))
	}
	if len(by) > 0 {
		parts = append(parts, "PARTITION BY "+strings.Join(by, ", "))
	}
	ranged := w.Frame.Mode == "range" && (w.Frame.Start.Offset != nil || w.Frame.End.Offset != nil)
	if ranged && len(w.OrderBy) == 1 {
		parts = append(parts, "ORDER BY "+p.rangeKey(l, w))
	} else if s := p.sorts(l, w.OrderBy); s != "" {
		parts = append(parts, strings.TrimSpace(s))
	}
	if w.Frame.Mode != "" {
		parts = append(parts, p.frame(l, w))
	}
	return strings.Join(parts, " ")
}
