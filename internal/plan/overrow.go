package plan

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
)

// OverRow is a SELECT of conditions over one row of a relation, which is given as a JSON object in $1. The row has the
// relation's name, as in its policies.
func (m *Model) OverRow(r *catalog.Relation, conditions []ast.Expr) *ast.SelectStmt {
	b := &builder{m: m}
	f := ast.FromFunc(ast.Func("json_to_record", ast.Cast(ast.Param(1), ast.Type("pg_catalog", "json"))), r.Name)
	for _, c := range r.Columns {
		f.ColDefs = append(f.ColDefs, &ast.TableFuncElement{Pos: -1, Name: c.Name, Type: b.typeOf(c.Type)})
	}
	q := &ast.SelectStmt{Pos: -1, From: []ast.TableRef{f}}
	for i, e := range conditions {
		q.Targets = append(q.Targets, ast.As(ast.Cast(e, ast.Type("pg_catalog", "bool")), "c"+itoa(i)))
	}
	return q
}
