package printer

import (
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// hypothetical prints rank, dense_rank, percent_rank and cume_dist WITHIN GROUP: they count the rows that sort before the
// row that the direct arguments make.
func (p *printer) hypothetical(l *level, e *query.Agg) string {
	if e.Fn.Schema != "pg_catalog" || len(e.Direct) != len(e.Args) {
		return p.refuse(e.Fn, e.Pos)
	}
	options := ""
	var items []builtin.Item
	for i, o := range e.OrderBy {
		options += map[bool]string{false: "a", true: "d"}[o.Desc] + map[bool]string{false: "l", true: "f"}[o.NullsFirst]
		items = append(items, item(e.Args[i]))
	}
	args := p.exprs(l, e.Args)
	order := "pg_sort_order(" + describe(options, items...) + prefixed(args) + prefixed(p.exprs(l, e.Direct)) + ")"
	filter := ""
	if e.Filter != nil {
		filter = p.expr(l, e.Filter)
	}
	count := func(what, cond string) string {
		if filter != "" && cond != "" {
			cond = filter + " AND " + cond
		} else {
			cond += filter
		}
		if cond == "" {
			return "count(" + what + ")"
		}
		return "count(" + what + ") FILTER (WHERE " + cond + ")"
	}
	before := count("*", order+" < 0")
	switch e.Fn.Name {
	case "rank":
		return "(" + before + " + 1)"
	case "dense_rank":
		row := *types.ByOID(types.RecordOID)
		for _, it := range items {
			row.Fields = append(row.Fields, types.Field{Type: it.Type, Typmod: it.Typmod})
		}
		return "(" + count("DISTINCT "+collated("pg_row("+describe("", items...)+prefixed(args)+")", &row), order+" < 0") + " + 1)"
	case "percent_rank":
		all := count("*", "")
		return "CASE WHEN " + all + " = 0 THEN 0.0 ELSE CAST(" + before + " AS REAL) / " + all + " END"
	case "cume_dist":
		return "(CAST(" + count("*", order+" <= 0") + " + 1 AS REAL) / (" + count("*", "") + " + 1))"
	}
	return p.refuse(e.Fn, e.Pos)
}
