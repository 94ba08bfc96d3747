package analyze

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

// Variables are names from outside of the statement: those of PL/pgSQL, and the parameters of SQL functions.
type Variables interface {
	// Name gives what a possibly qualified name (or "$1") stands for; nil when it is no variable's. must says that it is no
	// column's either, so that a variable without such a field is an error.
	Name(names []string, must bool) (query.Expr, error)
	// Conflict says what a name means that a column has too: "error", "use_variable" or "use_column".
	Conflict() string
}

// variableOrColumn analyses a name that a variable may have.
func (s *scope) variableOrColumn(n *ast.ColumnRef) query.Expr {
	conflict := s.vars.Conflict()
	if conflict == "use_variable" {
		if v := s.variable(n.Fields, n.Pos, false); v != nil {
			return v
		}
	}
	col, missing := s.tryColumn(n)
	if col != nil && conflict == "use_column" {
		return col
	}
	v := s.variable(n.Fields, n.Pos, col == nil)
	switch {
	case v != nil && col != nil:
		name := n.Fields[0]
		for _, f := range n.Fields[1:] {
			name += "." + f
		}
		panic(s.errorf(n.Pos, "42702", "column reference \"%s\" is ambiguous", name).
			detail("It could refer to either a PL/pgSQL variable or a table column."))
	case v != nil:
		return v
	case col != nil:
		return col
	}
	panic(missing)
}

func (s *scope) variable(names []string, pos int, must bool) query.Expr {
	v, err := s.vars.Name(names, must)
	if err != nil {
		if e := errs.Of(err); e != nil {
			if e.Position < 0 {
				// The variable's value is at fault, not the name.
				c := *e
				c.Position, pos, e = 0, -1, &c
			}
			panic(s.fail(pos, e))
		}
		panic(s.fail(pos, err))
	}
	return v
}

// tryColumn finds a column; missing is the error when there is none.
func (s *scope) tryColumn(n *ast.ColumnRef) (col query.Expr, missing *failure) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case *failure:
			if r.err.Code != "42703" && r.err.Code != "42P01" {
				panic(r)
			}
			missing = r
		default:
			panic(r)
		}
	}()
	return s.plainColumn(n), nil
}

// starVariable is row.* of a variable; nil when there is none.
func (s *scope) starVariable(n *ast.ColumnRef) query.Expr {
	if s.vars == nil {
		return nil
	}
	return s.variable(n.Fields, n.Pos, false)
}
