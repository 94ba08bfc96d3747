package analyze

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

// posOf is where an expression begins: the leftmost known position, as PostgreSQL's exprLocation.
func posOf(e query.Expr) int {
	if e == nil {
		return -1
	}
	first := func(pos int, es ...query.Expr) int {
		// Of a list the first known position counts, though it need not be the leftmost.
		for _, x := range es {
			if x == nil {
				continue
			}
			if p := posOf(x); p >= 0 {
				if pos < 0 || p < pos {
					pos = p
				}
				break
			}
		}
		return pos
	}
	switch x := e.(type) {
	case *query.Var:
		return x.Pos
	case *query.Const:
		return x.Pos
	case *query.Param:
		return x.Pos
	case *query.Func:
		return first(x.Pos, x.Args...)
	case *query.Op:
		return first(x.Pos, x.Args...)
	case *query.AnyAll:
		return first(x.Pos, x.Left, x.Right)
	case *query.Distinct:
		return first(x.Pos, x.Left, x.Right)
	case *query.NullIf:
		return first(x.Pos, x.Left, x.Right)
	case *query.Bool:
		return first(x.Pos, x.Args...)
	case *query.NullTest:
		return first(x.Pos, x.Arg)
	case *query.BoolTest:
		return first(x.Pos, x.Arg)
	case *query.Case:
		return x.Pos
	case *query.Coalesce:
		return x.Pos
	case *query.MinMax:
		return x.Pos
	case *query.Cast:
		return first(x.Pos, x.Arg)
	case *query.Array:
		return x.Pos
	case *query.Row:
		return x.Pos
	case *query.RowCompare:
		return first(x.Pos, x.Left...)
	case *query.SubLink:
		return first(x.Pos, x.Test)
	case *query.Agg:
		return x.Pos
	case *query.Win:
		return x.Pos
	case *query.Grouping:
		return x.Pos
	case *query.SQLValue:
		return x.Pos
	case *query.Subscript:
		return first(x.Pos, x.Arg)
	case *query.Field:
		return first(x.Pos, x.Arg)
	case *query.Collate:
		return first(x.Pos, x.Arg)
	case *query.SetToDefault:
		return x.Pos
	}
	return -1
}

// rawPos is where a written expression begins: the leftmost known position in it.
func rawPos(e ast.Expr) int {
	pos := -1
	ast.Walk(e, func(n ast.Node) bool {
		if p := n.Position(); p >= 0 && (pos < 0 || p < pos) {
			pos = p
		}
		_, sub := n.(*ast.SubLink)
		return !sub
	})
	return pos
}
