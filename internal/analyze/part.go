package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// assignPart makes an assignment to a column, or to the part of it that steps lead to.
func (s *scope) assignPart(e query.Expr, c *catalog.Column, steps []ast.Indirection, pos int) *query.Assignment {
	a := &query.Assignment{Column: c, Pos: pos}
	if len(steps) == 0 {
		a.Expr = s.assign(e, c, pos)
		return a
	}
	if _, ok := e.(*query.SetToDefault); ok {
		_, fields := steps[len(steps)-1].(*ast.FieldSelect)
		for _, i := range steps {
			if _, ok := i.(*ast.AIndices); ok {
				fields = false
			}
		}
		what := "an array element"
		if fields {
			what = "a subfield"
		}
		panic(s.errorf(pos, "0A000", "cannot set %s to DEFAULT", what))
	}
	w := &partWalk{s: s, column: c.Name, name: c.Name, pos: pos, a: a}
	a.Expr = w.into(e, s.typeOf(c.Type), c.Typmod, steps, false)
	return a
}

// partWalk follows an assignment's steps.
type partWalk struct {
	s      *scope
	column string
	name   string // the field reached
	pos    int
	a      *query.Assignment
}

// into leads into a value of type t; what is stored there must be e. subscripted says that t is an element's type.
func (w *partWalk) into(e query.Expr, t *types.Type, typmod int32, steps []ast.Indirection, subscripted bool) query.Expr {
	s := w.s
	if len(steps) == 0 {
		r := s.coerceToTarget(e, t, typmod, types.AssignmentCast, false)
		if r != nil {
			return r
		}
		format := "subfield \"%s\" is of type %s but expression is of type %s"
		if subscripted {
			format = "subscripted assignment to \"%s\" requires type %s but expression is of type %s"
		}
		panic(s.errorf(w.pos, "42804", format, w.name, s.typeName(t), s.typeName(e.Type())).
			hint("You will need to rewrite or cast the expression."))
	}
	if f, ok := steps[0].(*ast.FieldSelect); ok {
		return w.field(e, t, f.Name, steps[1:])
	}
	var subs []*ast.AIndices
	for len(steps) > 0 {
		x, ok := steps[0].(*ast.AIndices)
		if !ok {
			break
		}
		subs = append(subs, x)
		steps = steps[1:]
	}
	if len(subs) == 0 {
		panic(s.errorf(w.pos, "0A000", "row expansion via \"*\" is not supported here"))
	}
	// The container's analysis is the one of reading it.
	read, ok := s.subscript(&query.Const{T: query.T{Typ: t, Mod: typmod, Pos: w.pos}}, subs).(*query.Subscript)
	if !ok {
		panic(s.errorf(w.pos, "42804", "cannot subscript type %s because it does not support subscripting", s.typeName(t)))
	}
	w.a.Path = append(w.a.Path, &query.PathStep{Type: t, Slice: read.Slice, Upper: read.Upper, Lower: read.Lower})
	return w.into(e, read.Typ, typmod, steps, true)
}

func (w *partWalk) field(e query.Expr, t *types.Type, name string, rest []ast.Indirection) query.Expr {
	s := w.s
	u := t.Underlying()
	if u.Kind != types.CompositeType {
		panic(s.errorf(w.pos, "42804", "cannot assign to field \"%s\" of column \"%s\" because its type %s is not a composite type",
			name, w.name, s.typeName(t)))
	}
	for i, f := range u.Fields {
		if f.Name != name {
			continue
		}
		w.a.Path = append(w.a.Path, &query.PathStep{Type: t, Field: i})
		w.name = name
		return w.into(e, f.Type, f.Typmod, rest, false)
	}
	if _, sys := systemColumns[name]; sys {
		panic(s.errorf(w.pos, "42P10", "cannot assign to system column \"%s\"", name))
	}
	panic(s.errorf(w.pos, "42703", "cannot assign to field \"%s\" of column \"%s\" because there is no such column in data type %s",
		name, w.name, s.typeName(t)))
}
