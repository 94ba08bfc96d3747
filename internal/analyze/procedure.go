package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

// Call analyses CALL: the procedure is resolved, its arguments are complete. The tree is the SELECT of the arguments.
func Call(snap *catalog.Snapshot, stmt *ast.CallStmt, opt Options) (q *query.Query, fn *catalog.Function, err error) {
	defer recovered(&err)
	a := newAnalyzer(snap, opt)
	a.procedure, a.called = true, stmt.Func
	s := a.newScope(nil)
	f, ok := s.expr(stmt.Func).(*query.Func)
	if !ok || f.Fn.Kind != catalog.Procedure {
		c := &call{n: stmt.Func}
		if ok {
			c.args = f.Args
		}
		panic(s.errorf(stmt.Func.Pos, "42809", "%s is not a procedure", s.signature(c)).hint("To call a function, use SELECT."))
	}
	q = s.q
	q.Command = query.Select
	for _, x := range f.Args {
		q.Targets = append(q.Targets, &query.Target{Expr: s.resolveUnknown(x)})
	}
	a.finish(q)
	return q, f.Fn, nil
}
