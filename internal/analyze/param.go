package analyze

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

const maxParams = 65535

// params are the statement's parameters: types are known, or inferred from the first place that asks for one.
type params struct {
	types []*types.Type
	given int
	uses  []*query.Param
}

func (s *scope) param(n *ast.ParamRef) query.Expr {
	if s.fn != nil {
		return s.fn.numbered(s, n)
	}
	if s.vars != nil {
		if e := s.variable([]string{"$" + itoa(n.Number)}, n.Pos, false); e != nil {
			return e
		}
		panic(s.errorf(n.Pos, "42P02", "there is no parameter $%d", n.Number))
	}
	p := s.params
	if n.Number < 1 || n.Number > maxParams {
		panic(s.errorf(n.Pos, "42P02", "there is no parameter $%d", n.Number))
	}
	for len(p.types) < n.Number {
		p.types = append(p.types, nil)
	}
	t := p.types[n.Number-1]
	if t == nil {
		t = types.ByOID(types.UnknownOID)
	}
	out := &query.Param{T: query.T{Typ: t, Mod: -1, Pos: n.Pos}, Number: n.Number}
	if t.OID == types.UnknownOID {
		p.uses = append(p.uses, out)
	}
	return out
}

// settleParam gives a parameter of unknown type the type asked for.
func (s *scope) settleParam(p *query.Param, t *types.Type) {
	if p.Number > len(s.params.types) {
		// A variable's value whose type nothing told.
		panic(s.errorf(-1, "XX000", "failed to find conversion function from unknown to %s", s.typeName(t)))
	}
	known := s.params.types[p.Number-1]
	if known == nil {
		known = t
		s.params.types[p.Number-1] = t
	} else if known.OID != t.OID {
		panic(s.errorf(p.Pos, "42P08", "inconsistent types deduced for parameter $%d", p.Number).
			detail("%s versus %s", s.typeName(known), s.typeName(t)))
	}
	p.Typ = known
	p.Mod = -1
}

// checkParams refuses parameters whose type nothing told, and corrects uses seen before the type was known.
func (a *analyzer) checkParams() {
	for _, u := range a.params.uses {
		t := a.params.types[u.Number-1]
		if t != nil && u.Typ.OID != t.OID {
			panic(a.errorf(u.Pos, "42P08", "could not determine data type of parameter $%d", u.Number))
		}
	}
	for i, t := range a.params.types {
		if t == nil {
			panic(a.errorf(-1, "42P18", "could not determine data type of parameter $%d", i+1))
		}
	}
}
