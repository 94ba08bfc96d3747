package guard

import (
	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

// Call guards CALL for role: what it gives is the SELECT of the complete arguments, and the procedure to run with them.
func (g *Guard) Call(snap *catalog.Snapshot, role string, stmt *ast.CallStmt, opt Options) (Guarded, *catalog.Function, error) {
	if g.native {
		return Guarded{}, nil, errs.Internal("call", nil)
	}
	q, fn, err := analyze.Call(snap, stmt, analyze.Options{
		SearchPath: opt.SearchPath, Params: opt.Params, Text: opt.Text, Role: role, Variables: opt.Variables, Cache: g.cacheFor(snap), Env: opt.Env,
	})
	if err != nil {
		return Guarded{}, nil, err
	}
	rights := &rights{snap: snap, role: role}
	if err := rights.mayCall(role, fn); err != nil {
		return Guarded{}, nil, err
	}
	if err := rights.onOthers(q); err != nil {
		return Guarded{}, nil, err
	}
	out := Guarded{stmt: stmt, query: q, role: role, version: snap.Version}
	for _, t := range q.Targets {
		refused := false
		query.Walk(t.Expr, func(e query.Expr) bool {
			_, link := e.(*query.SubLink)
			refused = refused || link
			return true
		})
		if refused {
			return Guarded{}, nil, errs.New("0A000", "cannot use subquery in CALL argument")
		}
	}
	out.again = func(role string) (Guarded, error) {
		again, _, err := g.Call(snap, role, stmt, opt)
		return again, err
	}
	return out, fn, nil
}
