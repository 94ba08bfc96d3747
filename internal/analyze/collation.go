package analyze

import (
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// A collation travels with the type of an expression: explicitly from COLLATE up to where it is used, implicitly from a
// column. Explicit ones win over implicit ones, those over the database's own; two different of one kind conflict.

// collated is what is known of an expression's collation.
type collated struct {
	name     string
	explicit bool
	pos      int
	// conflict is another implicit collation beside name.
	conflict string
}

// collationOf derives the collation of an expression.
func (s *scope) collationOf(e query.Expr) collated {
	if e == nil || !types.Collatable(e.Type()) {
		return collated{}
	}
	switch x := e.(type) {
	case *query.Collate:
		return collated{name: x.Name, explicit: true, pos: x.Pos}
	case *query.Var, *query.SubLink, *query.Const, *query.Param, *query.Field, *query.CaseArg, *query.SubValue:
		return collated{name: implicit(e.Type())}
	}
	var list []query.Expr
	query.Children(e, func(x query.Expr) bool { list = append(list, x); return true })
	return s.mergeCollations(list)
}

func implicit(t *types.Type) string {
	if t.Collate == "default" {
		return ""
	}
	return t.Collate
}

// mergeCollations derives the collation that several inputs give together.
func (s *scope) mergeCollations(list []query.Expr) collated {
	var out collated
	for _, e := range list {
		c := s.collationOf(e)
		switch {
		case c.explicit && out.explicit:
			if c.name != out.name {
				panic(s.errorf(c.pos, "42P21", "collation mismatch between explicit collations \"%s\" and \"%s\"", out.name, c.name))
			}
		case c.explicit:
			out = c
		case out.explicit || c.name == "":
		case out.name == "":
			out = c
		case out.name != c.name:
			out.conflict = c.name
		case c.conflict != "":
			out.conflict = c.conflict
		}
	}
	return out
}

// derived gives a result type the collation its inputs have.
func (s *scope) derived(t *types.Type, inputs []query.Expr) *types.Type {
	if !s.collates {
		return t
	}
	c := s.mergeCollations(inputs)
	if !types.Collatable(t) {
		return t
	}
	if c.conflict != "" {
		c.name = ""
	}
	if c.name == t.Collate {
		return t
	}
	return types.Collated(t, c.name)
}

// needCollation refuses comparing texts whose collations conflict.
func (s *scope) needCollation(inputs []query.Expr) {
	if !s.collates {
		return
	}
	if c := s.mergeCollations(inputs); c.conflict != "" && !c.explicit {
		panic(s.errorf(-1, "42P22", "could not determine which collation to use for string comparison").
			hint("Use the COLLATE clause to set the collation explicitly."))
	}
}

// collationFor is COLLATION FOR (e): the name, quoted.
func (s *scope) collationFor(e query.Expr) query.Expr {
	text := query.T{Typ: types.ByOID(types.TextOID), Mod: -1, Pos: -1}
	if isUnknown(e) {
		return &query.Const{T: text}
	}
	if !types.Collatable(e.Type()) {
		panic(s.errorf(-1, "42804", "collations are not supported by type %s", s.typeName(e.Type())))
	}
	c := s.collationOf(e)
	if c.name == "" {
		c.name = "default"
	}
	return &query.Const{T: text, Value: types.Text(`"` + c.name + `"`)}
}
