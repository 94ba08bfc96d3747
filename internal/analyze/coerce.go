package analyze

import (
	"github.com/basement-project/basement/internal/analyze/overload"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

func isUnknown(e query.Expr) bool { return e.Type().OID == types.UnknownOID }

// coerceToTarget converts e to a type and typmod, nil when there is no way in this context.
func (s *scope) coerceToTarget(e query.Expr, target *types.Type, typmod int32, ctx types.CastContext, explicit bool) query.Expr {
	if !s.rules.CanCoerceOne(e.Type(), target, ctx) {
		return nil
	}
	if c, ok := e.(*query.Collate); ok && target.Underlying().Category == 'S' {
		r := s.coerceToTarget(c.Arg, target, typmod, ctx, explicit)
		out := *c
		out.Arg, out.Typ, out.Mod = r, types.Collated(r.Type(), c.Name), r.Typmod()
		return &out
	}
	r := s.coerceType(e, target, typmod, ctx, explicit)
	return s.coerceTypmod(r, target, typmod, explicit)
}

// coerceType converts e to a type it is known to convert to, without the length coercion.
func (s *scope) coerceType(e query.Expr, target *types.Type, typmod int32, ctx types.CastContext, explicit bool) query.Expr {
	from := e.Type()
	switch {
	case from.OID == target.OID:
		return e
	case target.OID == types.AnyOID, target.OID == types.AnyElementOID, target.OID == types.AnyNonarrayOID,
		target.OID == types.AnyCompatibleOID, target.OID == types.AnyCompatibleNonarrayOID:
		return e
	case types.IsPolymorphic(target.OID) && from.OID != types.UnknownOID:
		if base := from.Underlying(); base.OID != from.OID {
			return &query.Cast{T: query.T{Typ: base, Mod: -1, Pos: posOf(e)}, Method: query.Relabel, Arg: e}
		}
		return e
	}
	base, baseMod := target, typmod
	for base.Kind == types.DomainType {
		base, baseMod = base.Base, base.Typmod
	}
	if from.OID == types.UnknownOID {
		if out, ok := s.coerceUnknown(e, target, base, baseMod, explicit); ok {
			return out
		}
	}
	if c, ok := e.(*query.Collate); ok {
		r := s.coerceType(c.Arg, target, typmod, ctx, explicit)
		if !types.Collatable(r.Type()) {
			return r
		}
		out := *c
		out.Arg, out.Typ, out.Mod = r, types.Collated(r.Type(), c.Name), r.Typmod()
		return &out
	}
	if p, ok := s.rules.Pathway(from, target, ctx); ok {
		if p.Method == types.CastBinary && !p.Array {
			r := s.toDomain(e, base, baseMod, target, explicit)
			if r == e {
				r = &query.Cast{T: query.T{Typ: target, Mod: -1, Pos: posOf(e)}, Method: query.Relabel, Arg: e, Explicit: explicit}
			}
			return r
		}
		return s.toDomain(s.convert(e, p, base, baseMod, explicit), base, baseMod, target, explicit)
	}
	if overload.IsComplex(target) && from.OID == types.RecordOID {
		return s.recordToComplex(e, target, ctx, explicit)
	}
	if target.OID == types.RecordOID && overload.IsComplex(from) || target.OID == types.RecordArrayOID {
		return e
	}
	panic(s.errorf(-1, "XX000", "failed to find conversion function from %s to %s", s.typeName(from), s.typeName(target)))
}

// convert makes the node of a conversion by function, by text or element by element.
func (s *scope) convert(e query.Expr, p *overload.Path, base *types.Type, baseMod int32, explicit bool) query.Expr {
	if p.Func != nil {
		return s.convertBy(p.Func, e, base, baseMod, explicit)
	}
	c := &query.Cast{T: query.T{Typ: base, Mod: -1, Pos: posOf(e)}, Arg: e, Explicit: explicit}
	switch {
	case p.Array && p.Elem.Method == types.CastBinary && !p.Elem.Array && e.Type().Underlying().Kind == types.ArrayType:
		c.Method = query.Relabel
		if base.Elem.Kind == types.DomainType {
			c.Method = query.ArrayElems
		}
	case p.Array:
		c.Method = query.ArrayElems
	case p.Method == types.CastInOut:
		c.Method = query.ViaIO
	default:
		c.Method = query.ByFunc
		if base.OID == types.BitOID {
			c.Mod = baseMod
		}
	}
	return c
}

// convertBy is a cast the project made: a call of its function.
func (s *scope) convertBy(fn *catalog.Function, e query.Expr, base *types.Type, typmod int32, explicit bool) query.Expr {
	in := fn.Inputs()
	args := []query.Expr{s.coerceType(e, s.typeOf(in[0].Type), -1, types.ExplicitCast, false)}
	if len(in) > 1 {
		args = append(args, &query.Const{T: query.T{Typ: types.ByOID(types.Int4OID), Mod: -1, Pos: -1}, Value: types.Int(int64(typmod))})
	}
	if len(in) > 2 {
		args = append(args, &query.Const{T: boolT(-1), Value: types.Bool(explicit)})
	}
	f := &query.Func{T: query.T{Typ: s.typeOf(fn.Returns), Mod: -1, Pos: posOf(e)}, Fn: fn, Args: args}
	var out query.Expr = f
	if x := s.inlineScalar(f); x != nil {
		out = x
	}
	if out.Type().OID == base.OID {
		return out
	}
	return &query.Cast{T: query.T{Typ: base, Mod: -1, Pos: posOf(e)}, Method: query.Relabel, Arg: out}
}

// coerceUnknown settles a literal or parameter whose type nothing told yet.
func (s *scope) coerceUnknown(e query.Expr, target, base *types.Type, baseMod int32, explicit bool) (query.Expr, bool) {
	switch x := e.(type) {
	case *query.Const:
		c := &query.Const{T: query.T{Typ: base, Mod: -1, Pos: x.Pos}}
		inMod := int32(-1)
		if base.OID == types.IntervalOID {
			inMod = baseMod
			c.Mod = baseMod
		}
		if !x.Value.IsNull() {
			if base.Kind == types.PseudoType && base.OID != types.CStringOID {
				if base.OID == types.RecordOID {
					panic(s.errorf(x.Pos, "0A000", "input of anonymous composite types is not implemented"))
				}
				panic(s.errorf(x.Pos, "0A000", "cannot accept a value of type %s", base.Name))
			}
			v, err := types.In(base, inMod, x.Value.S, s.env)
			if err != nil {
				if base.Kind == types.EnumType && errs.Of(err) != nil && errs.Of(err).Code == "22P02" {
					panic(s.errorf(x.Pos, "22P02", "invalid input value for enum %s: \"%s\"", s.typeName(base), x.Value.S))
				}
				panic(s.fail(x.Pos, err))
			}
			c.Value = v
		}
		return s.toDomain(c, base, baseMod, target, explicit), true
	case *query.Param:
		if !x.Func {
			s.settleParam(x, target)
			return x, true
		}
	}
	return nil, false
}

// toDomain checks a value of a domain's base type against the domain.
func (s *scope) toDomain(e query.Expr, base *types.Type, baseMod int32, target *types.Type, explicit bool) query.Expr {
	if target.Kind != types.DomainType {
		return e
	}
	e = s.coerceTypmod(e, base, baseMod, explicit)
	return &query.Cast{T: query.T{Typ: target, Mod: -1, Pos: posOf(e)}, Method: query.ToDomain, Arg: e, Explicit: explicit}
}

// coerceTypmod applies a length or precision.
func (s *scope) coerceTypmod(e query.Expr, target *types.Type, typmod int32, explicit bool) query.Expr {
	if typmod < 0 || typmod == e.Typmod() || target.Kind == types.DomainType {
		return e
	}
	elem := target
	if target.Kind == types.ArrayType {
		elem = target.Elem
	}
	limited := elem.Native != nil && elem.Native.Limit != nil
	if _, method, ok := types.FindCast(elem.OID, elem.OID); !limited && (!ok || method != types.CastFunction) {
		return e
	}
	return &query.Cast{T: query.T{Typ: target, Mod: typmod, Pos: posOf(e)}, Method: query.Typmod, Arg: e, Explicit: explicit}
}

// recordToComplex converts ROW(...) or a record to a composite type field by field.
func (s *scope) recordToComplex(e query.Expr, target *types.Type, ctx types.CastContext, explicit bool) query.Expr {
	base := target.Underlying()
	pos := s.castPos
	if pos < 0 || !explicit {
		pos = posOf(e)
	}
	row, ok := e.(*query.Row)
	if it, levels := s.itemOf(e); it != nil {
		// A row of FROM is its columns, as PostgreSQL takes it.
		row, ok = &query.Row{T: query.T{Typ: e.Type(), Mod: -1, Pos: posOf(e)}}, true
		for _, c := range it.cols {
			row.Fields = append(row.Fields, s.use(c.expr, levels, posOf(e)))
			row.Names = append(row.Names, c.name)
		}
	}
	if !ok {
		panic(s.errorf(pos, "42846", "cannot cast type %s to %s", "record", s.typeName(target)))
	}
	wrongCount := func(detail string) *failure {
		return s.errorf(pos, "42846", "cannot cast type %s to %s", "record", s.typeName(target)).detail("%s", detail)
	}
	out := &query.Row{T: query.T{Typ: base, Mod: -1, Pos: row.Pos}}
	for i, f := range base.Fields {
		if i >= len(row.Fields) {
			panic(wrongCount("Input has too few columns."))
		}
		x := s.coerceToTarget(row.Fields[i], f.Type, f.Typmod, ctx, explicit)
		if x == nil {
			if !explicit || s.castPos < 0 {
				pos = posOf(row.Fields[i])
			}
			panic(s.errorf(pos, "42846", "cannot cast type %s to %s", "record", s.typeName(target)).
				detail("Cannot cast type %s to %s in column %d.", s.typeName(row.Fields[i].Type()), s.typeName(f.Type), i+1))
		}
		out.Fields = append(out.Fields, x)
		out.Names = append(out.Names, f.Name)
	}
	if len(row.Fields) > len(base.Fields) {
		panic(wrongCount("Input has too many columns."))
	}
	return s.toDomain(out, base, -1, target, explicit)
}

// toBoolean converts a condition.
func (s *scope) toBoolean(e query.Expr, what string) query.Expr {
	b := types.ByOID(types.BoolOID)
	if e.Type().OID == types.BoolOID {
		return e
	}
	r := s.coerceToTarget(e, b, -1, types.AssignmentCast, false)
	if r == nil {
		panic(s.errorf(posOf(e), "42804", "argument of %s must be type %s, not type %s", what, "boolean", s.typeName(e.Type())))
	}
	return r
}

// toType converts to a type a clause wants.
func (s *scope) toType(e query.Expr, t *types.Type, what string) query.Expr {
	if e.Type().OID == t.OID {
		return e
	}
	r := s.coerceToTarget(e, t, -1, types.AssignmentCast, false)
	if r == nil {
		panic(s.errorf(posOf(e), "42804", "argument of %s must be type %s, not type %s", what, s.typeName(t), s.typeName(e.Type())))
	}
	return r
}

// resolveUnknown makes text of a literal nothing gave a type.
func (s *scope) resolveUnknown(e query.Expr) query.Expr {
	if !isUnknown(e) {
		return e
	}
	if x, ok := e.(*query.SubLink); ok {
		c := *x
		c.Typ = types.ByOID(types.TextOID)
		return &c
	}
	return s.coerceType(e, types.ByOID(types.TextOID), -1, types.ImplicitCast, false)
}

// commonType chooses the type of several expressions; context is "" when failure gives nil.
func (s *scope) commonType(exprs []query.Expr, context string) *types.Type {
	list := make([]*types.Type, len(exprs))
	for i, e := range exprs {
		list[i] = e.Type()
	}
	t, bad := s.rules.CommonType(list)
	if bad < 0 {
		return t
	}
	if context == "" {
		return nil
	}
	panic(s.errorf(posOf(exprs[bad]), "42804", "%s types %s and %s cannot be matched", context, s.typeName(t), s.typeName(list[bad].Underlying())))
}

// toCommon converts to the type chosen by commonType.
func (s *scope) toCommon(e query.Expr, t *types.Type, context string) query.Expr {
	if e.Type().OID == t.OID {
		return e
	}
	if !s.rules.CanCoerceOne(e.Type(), t, types.ImplicitCast) {
		panic(s.errorf(posOf(e), "42846", "%s could not convert type %s to %s", context, s.typeName(e.Type()), s.typeName(t)))
	}
	return s.coerceType(e, t, -1, types.ImplicitCast, false)
}

// commonTypmod is the typmod all expressions share, -1 when they do not.
func commonTypmod(exprs []query.Expr, t *types.Type) int32 {
	mod := int32(-1)
	for i, e := range exprs {
		if e.Type().OID != t.OID {
			return -1
		}
		if i > 0 && e.Typmod() != mod {
			return -1
		}
		mod = e.Typmod()
	}
	return mod
}

// arguments converts a call's arguments to the declared types.
func (s *scope) arguments(args []query.Expr, declared []*types.Type) {
	for i, d := range declared {
		if i >= len(args) || args[i].Type().OID == d.OID {
			continue
		}
		if d.OID == types.AnyOID {
			continue
		}
		args[i] = s.coerceType(args[i], d, -1, types.ImplicitCast, false)
	}
}

// castTo is a written cast.
func (s *scope) castTo(e query.Expr, t *types.Type, typmod int32, pos int) query.Expr {
	if isUnknown(e) && t.OID == types.UnknownOID {
		return e
	}
	old := s.castPos
	s.castPos = pos
	r := s.coerceToTarget(e, t, typmod, types.ExplicitCast, true)
	s.castPos = old
	if c, ok := r.(*query.Cast); ok && r != e {
		c.Pos = pos
	}
	if r == nil {
		p := pos
		if p < 0 {
			p = posOf(e)
		}
		panic(s.errorf(p, "42846", "cannot cast type %s to %s", s.typeName(e.Type()), s.typeName(t)))
	}
	return r
}

// assign converts an expression to the type of a column it is stored in.
func (s *scope) assign(e query.Expr, c *catalog.Column, pos int) query.Expr {
	t := s.typeOf(c.Type)
	r := s.coerceToTarget(e, t, c.Typmod, types.AssignmentCast, false)
	if r == nil {
		panic(s.errorf(posOf(e), "42804", "column \"%s\" is of type %s but expression is of type %s", c.Name, s.typeName(t), s.typeName(e.Type())).
			hint("You will need to rewrite or cast the expression."))
	}
	return r
}
