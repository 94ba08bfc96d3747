package analyze

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// targets analyses a target list or a RETURNING list.
func (s *scope) targets(list []*ast.ResTarget, k exprKind) []*query.Target {
	old := s.kind
	s.kind = k
	var out []*query.Target
	for _, t := range list {
		if many, ok := s.expandStar(t.Value); ok {
			out = append(out, many...)
			continue
		}
		x := s.expr(t.Value)
		name := t.Name
		if name == "" {
			name = figureName(s, t.Value)
		}
		out = append(out, &query.Target{Expr: x, Name: name})
	}
	s.kind = old
	if len(out) > 1664 {
		panic(s.errorf(-1, "54011", "target lists can have at most %d entries", 1664))
	}
	return out
}

// expandStar expands *, t.* and (composite).*; false when e is no star.
func (s *scope) expandStar(e ast.Expr) ([]*query.Target, bool) {
	switch x := e.(type) {
	case *ast.ColumnRef:
		if !x.Star {
			return nil, false
		}
		if len(x.Fields) == 0 {
			return s.allColumns(x.Pos), true
		}
		it, levels := s.tableOrRow(x)
		if it == nil {
			return s.expandRow(s.rowNamed(x), x.Pos), true
		}
		return s.itemColumns(it, levels, x.Pos), true
	case *ast.AIndirection:
		n := len(x.Indirection)
		if n == 0 {
			return nil, false
		}
		if _, ok := x.Indirection[n-1].(*ast.AStar); !ok {
			return nil, false
		}
		row := s.indirect(s.expr(x.Arg), x.Indirection[:n-1], x.Pos)
		return s.expandRow(row, x.Pos), true
	}
	return nil, false
}

// tableOrRow finds the item of t.*, nil when t is not a table's name but may be a function's argument.
func (s *scope) tableOrRow(n *ast.ColumnRef) (*item, int) {
	if s.fn == nil && s.vars == nil {
		return s.tableOf(n)
	}
	f := n.Fields
	if len(f) == 1 || s.vars != nil && s.starVariable(n) != nil {
		if len(f) > 1 {
			return nil, 0
		}
		if it, levels := s.table("", f[0], n.Pos); it != nil {
			return it, levels
		}
		return nil, 0
	}
	return s.tableOf(n)
}

// rowNamed is a function's composite argument named before a star.
func (s *scope) rowNamed(n *ast.ColumnRef) query.Expr {
	if s.fn == nil {
		if e := s.starVariable(n); e != nil {
			return e
		}
		panic(s.missingTable("", n.Fields[len(n.Fields)-1], n.Pos))
	}
	if e := s.fn.named(s, n.Fields, n.Pos); e != nil {
		return e
	}
	panic(s.missingTable("", n.Fields[len(n.Fields)-1], n.Pos))
}

// allColumns is *.
func (s *scope) allColumns(pos int) []*query.Target {
	var out []*query.Target
	found := false
	for _, it := range s.ns {
		if !it.open || it.lateralOnly && !s.lateral {
			continue
		}
		found = true
		out = append(out, s.itemColumns(it, 0, pos)...)
	}
	if !found {
		panic(s.errorf(pos, "42601", "SELECT * with no tables specified is not valid"))
	}
	return out
}

func (s *scope) itemColumns(it *item, levels, pos int) []*query.Target {
	var out []*query.Target
	for _, c := range it.cols {
		if !c.hidden {
			out = append(out, &query.Target{Expr: s.use(c.expr, levels, pos), Name: c.name})
		}
	}
	return out
}

// expandRow is (row).*.
func (s *scope) expandRow(row query.Expr, pos int) []*query.Target {
	fields := rowFields(row)
	if fields == nil {
		if row.Type().OID == types.RecordOID {
			panic(s.errorf(posOf(row), "42809", "record type has not been registered"))
		}
		panic(s.errorf(-1, "42809", "type %s is not composite", s.typeName(row.Type())))
	}
	var out []*query.Target
	for _, f := range fields {
		out = append(out, &query.Target{Expr: fieldOf(row, f.Name, pos), Name: f.Name})
	}
	return out
}

// figureName is the name PostgreSQL gives an output column nobody named.
func figureName(s *scope, e ast.Expr) string {
	if name, strength := s.figure(e); strength > 0 {
		return name
	}
	return "?column?"
}

// figure gives a name and how good it is: 2 a sure one, 1 a type's, 0 none.
func (s *scope) figure(e ast.Expr) (string, int) {
	switch x := e.(type) {
	case *ast.ColumnRef:
		if len(x.Fields) > 0 {
			return x.Fields[len(x.Fields)-1], 2
		}
	case *ast.AIndirection:
		for i := len(x.Indirection) - 1; i >= 0; i-- {
			if f, ok := x.Indirection[i].(*ast.FieldSelect); ok {
				return f.Name, 2
			}
		}
		return s.figure(x.Arg)
	case *ast.FuncCall:
		return x.Name[len(x.Name)-1], 2
	case *ast.AExpr:
		if x.Kind == ast.AExprNullif {
			return "nullif", 2
		}
	case *ast.TypeCast:
		if name, n := s.figure(x.Arg); n > 1 {
			return name, n
		}
		return x.Type.Names[len(x.Type.Names)-1], 1
	case *ast.CollateClause:
		return s.figure(x.Arg)
	case *ast.GroupingFunc:
		return "grouping", 2
	case *ast.SubLink:
		switch x.Type {
		case ast.ExistsSubLink:
			return "exists", 2
		case ast.ArraySubLink:
			return "array", 2
		case ast.ExprSubLink:
			if name, ok := s.subNames[x]; ok {
				return name, 2
			}
		}
	case *ast.CaseExpr:
		if x.Default != nil {
			if name, n := s.figure(x.Default); n > 1 {
				return name, n
			}
		}
		return "case", 1
	case *ast.AArrayExpr:
		return "array", 2
	case *ast.RowExpr:
		return "row", 2
	case *ast.CoalesceExpr:
		return "coalesce", 2
	case *ast.MinMaxExpr:
		if x.Least {
			return "least", 2
		}
		return "greatest", 2
	case *ast.SQLValueFunction:
		return [...]string{"current_date", "current_time", "current_timestamp", "localtime", "localtimestamp", "current_role", "current_user",
			"user", "session_user", "current_catalog", "current_schema"}[x.Op], 2
	}
	return "", 0
}
