package analyze

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// indirection is (arg).field, arg[1] and their chains.
func (s *scope) indirection(n *ast.AIndirection) query.Expr {
	return s.indirect(s.expr(n.Arg), n.Indirection, n.Pos)
}

func (s *scope) indirect(e query.Expr, steps []ast.Indirection, pos int) query.Expr {
	var subs []*ast.AIndices
	flush := func() {
		if len(subs) > 0 {
			e = s.subscript(e, subs)
			subs = nil
		}
	}
	for _, i := range steps {
		switch x := i.(type) {
		case *ast.AIndices:
			subs = append(subs, x)
		case *ast.AStar:
			panic(s.errorf(posOf(e), "0A000", "row expansion via \"*\" is not supported here"))
		case *ast.FieldSelect:
			flush()
			e = s.field(e, x.Name, pos)
		}
	}
	flush()
	return e
}

// field takes a field of a composite value, or calls a function of that name on it.
func (s *scope) field(e query.Expr, name string, pos int) query.Expr {
	if x := s.projection(name, e, pos); x != nil {
		return x
	}
	if p := posOf(e); p >= 0 {
		pos = p
	}
	t := e.Type()
	if it, _ := s.itemOf(e); it != nil {
		panic(s.errorf(pos, "42703", "column %s.%s does not exist", it.name, name))
	}
	if isRowType(t) {
		if t.OID == types.RecordOID {
			panic(s.errorf(pos, "42703", "could not identify column \"%s\" in record data type", name))
		}
		panic(s.errorf(pos, "42703", "column \"%s\" not found in data type %s", name, s.typeName(t)))
	}
	panic(s.errorf(pos, "42809", "column notation .%s applied to type %s, which is not a composite type", name, s.typeName(t)))
}

// projection is e.name: a field, or the function name called with the row e; nil when neither is there.
func (s *scope) projection(name string, e query.Expr, pos int) query.Expr {
	if it, levels := s.itemOf(e); it != nil {
		// The columns go by the names FROM gave them.
		if x := s.column(it, name, levels, pos); x != nil {
			return x
		}
	} else if x := fieldOf(e, name, pos); x != nil {
		return x
	}
	return s.columnFunction(name, e, pos)
}

// itemOf finds the item a whole row stands for, nil when e is none.
func (s *scope) itemOf(e query.Expr) (*item, int) {
	v, ok := e.(*query.Var)
	if !ok || v.Col != query.WholeRow {
		return nil, 0
	}
	l := s
	for range v.Levels {
		l = l.parent
	}
	for _, it := range l.ns {
		if it.rt == v.RT && it.join == nil {
			return it, v.Levels
		}
	}
	return nil, 0
}

// fieldOf selects a field by name, nil when there is none.
func fieldOf(e query.Expr, name string, pos int) query.Expr {
	fields := rowFields(e)
	for i, f := range fields {
		if f.Name != name {
			continue
		}
		if r, ok := e.(*query.Row); ok && i < len(r.Fields) {
			return r.Fields[i]
		}
		return &query.Field{T: query.T{Typ: f.Type, Mod: f.Typmod, Pos: pos}, Arg: e, Name: name, Num: i}
	}
	return nil
}

func rowFields(e query.Expr) []types.Field {
	t := e.Type().Underlying()
	if t.Kind == types.CompositeType || t.OID == types.RecordOID {
		return t.Fields
	}
	return nil
}

// subscript is arr[i], arr[i:j] or jsonb['key'].
func (s *scope) subscript(e query.Expr, subs []*ast.AIndices) query.Expr {
	base := e.Type().Underlying()
	out := &query.Subscript{T: query.T{Mod: e.Typmod(), Pos: posOf(e)}, Arg: e}
	for _, i := range subs {
		out.Slice = out.Slice || i.Slice
	}
	int4 := types.ByOID(types.Int4OID)
	switch {
	case base.Kind == types.ArrayType || base.OID == types.Int2VectorOID || base.OID == types.OidVectorOID:
		if base.OID != e.Type().OID {
			out.Arg = &query.Cast{T: query.T{Typ: base, Mod: -1, Pos: posOf(e)}, Method: query.Relabel, Arg: e}
		}
		out.Typ = base.Elem
		if base.Kind != types.ArrayType {
			out.Typ = types.ByOID(types.Int2OID)
			if base.OID == types.OidVectorOID {
				out.Typ = types.ByOID(types.OidOID)
			}
		}
		if out.Slice {
			out.Typ = base
		}
		bound := func(x ast.Expr) query.Expr {
			if x == nil {
				return nil
			}
			v := s.expr(x)
			r := s.coerceToTarget(v, int4, -1, types.AssignmentCast, false)
			if r == nil {
				panic(s.errorf(posOf(v), "42804", "array subscript must have type integer"))
			}
			return r
		}
		for _, i := range subs {
			if out.Slice {
				var lower query.Expr
				switch {
				case i.Lower != nil:
					lower = bound(i.Lower)
				case !i.Slice:
					lower = &query.Const{T: query.T{Typ: int4, Mod: -1, Pos: -1}, Value: types.Int(1)}
				}
				out.Lower = append(out.Lower, lower)
			}
			out.Upper = append(out.Upper, bound(i.Upper))
		}
	case partOfShape(base.OID) != 0 && !out.Slice && len(subs) == 1:
		v := s.expr(subs[0].Upper)
		r := s.coerceToTarget(v, int4, -1, types.AssignmentCast, false)
		if r == nil {
			panic(s.errorf(posOf(v), "42804", "array subscript must have type integer"))
		}
		out.Typ, out.Mod, out.Upper = types.ByOID(partOfShape(base.OID)), -1, []query.Expr{r}
	case base.OID == types.JSONBOID:
		if out.Slice {
			at := posOf(e)
			for _, i := range subs {
				switch {
				case i.Slice && i.Upper != nil:
					at = i.Upper.Position()
				case i.Slice && i.Lower != nil:
					at = i.Lower.Position()
				default:
					continue
				}
				break
			}
			panic(s.errorf(at, "42804", "jsonb subscript does not support slices"))
		}
		out.Typ, out.Mod = base, -1
		for _, i := range subs {
			v := s.expr(i.Upper)
			switch {
			case isUnknown(v):
				v = s.resolveUnknown(v)
			case v.Type().OID == types.Int4OID || v.Type().OID == types.TextOID:
			default:
				if r := s.coerceToTarget(v, int4, -1, types.ImplicitCast, false); r != nil {
					v = r
				} else if r := s.coerceToTarget(v, types.ByOID(types.TextOID), -1, types.ImplicitCast, false); r != nil {
					v = r
				} else {
					panic(s.errorf(posOf(v), "42804", "subscript type %s is not supported", s.typeName(v.Type())).
						hint("jsonb subscript must be coercible to either integer or text."))
				}
			}
			out.Upper = append(out.Upper, v)
		}
	case base.Native != nil && base.Native.Fetch != nil:
		if out.Slice || len(subs) != 1 {
			panic(s.errorf(posOf(e), "42601", "%s allows only one subscript", base.Name))
		}
		text := types.ByOID(types.TextOID)
		v := s.expr(subs[0].Upper)
		r := s.coerceToTarget(v, text, -1, types.AssignmentCast, false)
		if r == nil {
			panic(s.errorf(posOf(v), "42804", "%s subscript must have type text", base.Name))
		}
		out.Typ, out.Mod, out.Upper = text, -1, []query.Expr{r}
	default:
		panic(s.errorf(posOf(e), "42804", "cannot subscript type %s because it does not support subscripting", s.typeName(e.Type())))
	}
	return out
}

// partOfShape is the type of the parts that a geometric type has like an array, 0 for other types.
func partOfShape(t types.OID) types.OID {
	switch t {
	case types.PointOID, types.LineOID:
		return types.Float8OID
	case types.LsegOID, types.BoxOID:
		return types.PointOID
	}
	return 0
}
