package analyze

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// sample is a table in FROM of which TABLESAMPLE takes a part.
func (s *scope) sample(n *ast.RangeTableSample) *item {
	rel, ok := n.Relation.(*ast.RangeVar)
	if !ok {
		panic(s.at(n.Pos, errs.Unsupported("TABLESAMPLE of this item", "")))
	}
	it := s.rangeVar(rel)
	r := it.rte
	if r.Kind != query.RelationRTE || r.IsView || r.Relation.Kind != catalog.Table && r.Relation.Kind != catalog.MaterializedView {
		panic(s.errorf(rel.Pos, "42809", "TABLESAMPLE clause can only be applied to tables and materialized views"))
	}
	method := n.Method[len(n.Method)-1]
	if method != "bernoulli" && method != "system" {
		panic(s.errorf(n.Pos, "42704", "tablesample method %s does not exist", strings.Join(n.Method, ".")))
	}
	if len(n.Args) != 1 {
		panic(s.errorf(n.Pos, "2202H", "tablesample method %s requires 1 argument, not %d", method, len(n.Args)))
	}
	number := func(e ast.Expr, t types.OID, what string) query.Expr {
		x := s.toType(s.expr(e), types.ByOID(t), what)
		if hasVars(x) && !s.lateral {
			panic(s.errorf(posOf(x), "42P10", "argument of %s must not contain variables", what))
		}
		return x
	}
	sm := &query.Sample{Method: method, Percent: number(n.Args[0], types.Float4OID, "TABLESAMPLE")}
	if n.Repeatable != nil {
		sm.Seed = number(n.Repeatable, types.Float8OID, "REPEATABLE")
	}
	r.Sample = sm
	return it
}
