package analyze

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// subLink is a subquery in an expression.
func (s *scope) subLink(n *ast.SubLink) query.Expr {
	if what := s.kind.noSubqueries(); what != "" {
		panic(s.errorf(n.Pos, "0A000", "cannot use subquery in %s", what))
	}
	old, lateral := s.kind, s.lateral
	q := s.subquery(n.Select, true)
	s.kind, s.lateral = old, lateral
	cols := outputs(q)
	if len(cols) > 0 {
		s.subNames[n] = cols[0].Name
	}
	out := &query.SubLink{T: query.T{Mod: -1, Pos: n.Pos}, Query: q}
	switch n.Type {
	case ast.ExistsSubLink:
		out.Kind, out.T = query.Exists, boolT(n.Pos)
		return out
	case ast.ExprSubLink, ast.ArraySubLink:
		if len(cols) != 1 {
			panic(s.errorf(n.Pos, "42601", "subquery must return only one column"))
		}
		out.Kind, out.Typ, out.Mod = query.Scalar, cols[0].Type, cols[0].Typmod
		if n.Type == ast.ArraySubLink {
			out.Kind = query.ArrayLink
			if cols[0].Type.Kind != types.ArrayType {
				if out.Typ = s.rules.ArrayOf(cols[0].Type); out.Typ == nil {
					panic(s.errorf(n.Pos, "42704", "could not find array type for data type %s", s.typeName(cols[0].Type)))
				}
			}
		}
		return out
	}
	out.Kind, out.T = query.AnyLink, boolT(n.Pos)
	if n.Type == ast.AllSubLink {
		out.Kind = query.AllLink
	}
	var left []query.Expr
	if row, ok := n.Test.(*ast.RowExpr); ok {
		left = s.exprList(row.Args)
	} else {
		left = []query.Expr{s.expr(n.Test)}
	}
	op := n.Oper
	if len(op) == 0 {
		op = []string{"="}
	}
	out.Test = s.subTest(op, left, cols, n.Pos)
	return out
}

// subTest compares expressions with the columns of a subquery.
func (s *scope) subTest(op []string, left []query.Expr, cols []query.RTEColumn, pos int) query.Expr {
	checkWidth(s, left, len(cols), pos)
	right := make([]query.Expr, len(cols))
	for i, c := range cols {
		right[i] = &query.SubValue{T: query.T{Typ: c.Type, Mod: c.Typmod, Pos: -1}, Col: i}
	}
	return s.rowCompare(op, left, right, pos)
}

func checkWidth(s *scope, left []query.Expr, columns, pos int) {
	if len(left) < columns {
		panic(s.errorf(pos, "42601", "subquery has too many columns"))
	}
	if len(left) > columns {
		panic(s.errorf(pos, "42601", "subquery has too few columns"))
	}
}

// rowSubLink is (a, b) op (SELECT ...).
func (s *scope) rowSubLink(n *ast.AExpr, row *ast.RowExpr, sub *ast.SubLink) query.Expr {
	if what := s.kind.noSubqueries(); what != "" {
		panic(s.errorf(sub.Pos, "0A000", "cannot use subquery in %s", what))
	}
	q := s.subquery(sub.Select, true)
	left := s.exprList(row.Args)
	checkWidth(s, left, len(outputs(q)), n.Pos)
	// The comparison goes into the subquery, which gives its one row's answer.
	q = s.wrap(q)
	right := make([]query.Expr, len(q.Targets))
	for i, t := range q.Targets {
		left[i], right[i] = shift(left[i], 1), t.Expr
	}
	q.Targets = []*query.Target{{Expr: s.rowCompare(n.Name, left, right, n.Pos), Name: "?column?"}}
	return &query.SubLink{T: boolT(n.Pos), Kind: query.Scalar, Query: q}
}
