package printer

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// jsonTarget says whether a function turns its arguments into JSON, so that rows may come to it as JSON already.
func jsonTarget(fn *catalog.Function) bool {
	if fn.Schema != "pg_catalog" {
		return false
	}
	switch fn.Name {
	case "row_to_json", "to_json", "to_jsonb", "json_agg", "jsonb_agg", "json_build_object", "jsonb_build_object",
		"json_build_array", "jsonb_build_array", "json_object_agg", "jsonb_object_agg":
		return true
	}
	return false
}

// jsonRow prints a row as JSON from its columns.
func (p *printer) jsonRow(items []builtin.Item, cols []string, present *source, options string) string {
	s := "pg_json_row(" + describe(options, items...) + prefixed(cols) + ")"
	if present != nil {
		return p.ifPresent(present, s)
	}
	return s
}

// function prints a function call.
func (p *printer) function(l *level, e *query.Func) string {
	if form := builtin.FormOf(e.Fn); form != nil && form.Set && !e.Fn.ReturnsSet {
		if s := p.rowOf(l, e); s != "" {
			return s
		}
	}
	if e.Set || e.Fn.ReturnsSet {
		return p.unsupported("a set-returning function here", "Write it in FROM.", e.Pos)
	}
	if c := e.Type().Collate; c != "" && e.Fn.Schema == "pg_catalog" && len(e.Args) == 1 {
		switch e.Fn.Name {
		case "upper", "lower", "initcap":
			if _, ok := types.CaseUnder(e.Fn.Name, c, ""); ok {
				return "pg_case(" + quoteText(e.Fn.Name) + ", " + quoteText(c) + ", " + p.expr(l, e.Args[0]) + ")"
			}
		}
	}
	if e.Variadic {
		if s := p.spread(l, e); s != "" {
			return s
		}
	}
	if e.Fn.Schema == "pg_catalog" {
		switch e.Fn.Name {
		case "row_to_json", "to_json", "to_jsonb":
			if items, cols, present, ok := p.rowParts(l, e.Args[0]); ok {
				options := ""
				if e.Fn.Name == "to_jsonb" {
					options = "b"
				}
				if len(e.Args) == 1 {
					return p.jsonRow(items, cols, present, options)
				}
				if c, ok := e.Args[1].(*query.Const); ok && c.Value.Kind == types.KindInt {
					if c.Value.I != 0 {
						options = "p"
					}
					return p.jsonRow(items, cols, present, options)
				}
			}
		}
	}
	return p.call(l, e.Fn, e.Args, e.Type(), e.Typmod(), e.Pos)
}

// spread prints a call of a built-in function over VARIADIC "any" whose last argument is an array of arguments.
func (p *printer) spread(l *level, e *query.Func) string {
	in := e.Fn.Inputs()
	if e.Fn.Schema != "pg_catalog" || len(in) == 0 || in[len(in)-1].Type != types.AnyOID {
		return ""
	}
	form := builtin.FormOf(e.Fn)
	if form == nil || !form.Typed || form.Name == "" {
		return ""
	}
	args := p.exprs(l, e.Args)
	var items []builtin.Item
	for _, a := range e.Args {
		items = append(items, item(a))
	}
	if e.Fn.Name == "format" {
		// A NULL array of arguments is none.
		args[len(args)-1] = "coalesce(" + args[len(args)-1] + ", '{}')"
	}
	items = append(items, item(e))
	return form.Name + "(" + describe(builtin.Spread, items...) + prefixed(args) + ")"
}
