package printer

import (
	"strconv"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// runs says whether a function has a body that the engine runs when it is called.
func runs(fn *catalog.Function) bool {
	return fn != nil && fn.Kind == catalog.RegularFunction && (fn.Language == "plpgsql" || fn.Language == "sql" && fn.Schema != "pg_catalog")
}

func bodyOptions(fn *catalog.Function) string { return strconv.FormatUint(uint64(fn.OID), 10) }

// callBody prints the call of a function whose body is run.
func (p *printer) callBody(l *level, fn *catalog.Function, args []query.Expr, ret *types.Type, mod int32, pos int) string {
	if p.bare {
		return p.unsupported("a function of the project here", "", pos)
	}
	var items []builtin.Item
	for _, a := range args {
		items = append(items, item(a))
	}
	items = append(items, builtin.Item{Type: ret, Typmod: mod})
	name := builtin.CallFunction
	if fn.Volatility != 'v' {
		name = builtin.CallStable
	}
	return name + "(" + describe(bodyOptions(fn), items...) + prefixed(p.exprs(l, args)) + ")"
}

// setBody is the call of such a function in FROM.
func (p *printer) setBody(l *level, fn *query.Func, columns []query.RTEColumn) (builtin.SetCall, []string) {
	var items []builtin.Item
	for _, a := range fn.Args {
		items = append(items, item(a))
	}
	for _, c := range columns {
		items = append(items, builtin.Item{Type: c.Type, Typmod: c.Typmod, Name: c.Name})
	}
	return builtin.SetCall{Name: builtin.CallSet, Args: len(fn.Args), Columns: max(len(columns), 1),
		Desc: builtin.Describe(bodyOptions(fn.Fn), items...)}, p.exprs(l, fn.Args)
}

// acts says whether a query's outputs call functions of the project that may write.
func acts(q *query.Query) bool {
	found := false
	for _, t := range q.Targets {
		walkExpr(t.Expr, 0, func(e query.Expr, _ int) bool {
			f, ok := e.(*query.Func)
			found = found || ok && runs(f.Fn) && f.Fn.Volatility == 'v'
			return !found
		})
	}
	return found
}
