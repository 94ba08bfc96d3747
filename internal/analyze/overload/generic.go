package overload

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// generics gathers what a call's arguments say about the polymorphic types.
type generics struct {
	elem, array, rng, multi   *types.Type
	nonArray, enum, any       bool
	unknown                   bool
	compat                    []*types.Type // element types matched to anycompatible and its like
	compatRange               *types.Type
	compatMulti               *types.Type
	compatNonArray, compatAny bool
	compatType                *types.Type
}

func mismatch(format string, args ...any) *errs.Error { return errs.New("42804", format, args...) }

// collect reads the arguments. name prints types for messages.
func (r *Rules) collect(actual, declared []*types.Type, name func(*types.Type) string) (*generics, *errs.Error) {
	g := &generics{}
	alike := func(decl string, slot **types.Type, t *types.Type) *errs.Error {
		if *slot != nil && (*slot).OID != t.OID {
			return mismatch("arguments declared \"%s\" are not all alike", decl).WithDetail("%s versus %s", name(*slot), name(t))
		}
		*slot = t
		return nil
	}
	for i, d := range declared {
		a := actual[i]
		unknown := a.OID == types.UnknownOID
		var err *errs.Error
		switch d.OID {
		case types.AnyElementOID, types.AnyNonarrayOID, types.AnyEnumOID:
			g.any = true
			g.nonArray = g.nonArray || d.OID == types.AnyNonarrayOID
			g.enum = g.enum || d.OID == types.AnyEnumOID
			if unknown {
				g.unknown = true
				continue
			}
			err = alike("anyelement", &g.elem, a)
		case types.AnyArrayOID:
			g.any = true
			if unknown {
				g.unknown = true
				continue
			}
			err = alike("anyarray", &g.array, a.Underlying())
		case types.AnyRangeOID:
			g.any = true
			if unknown {
				g.unknown = true
				continue
			}
			err = alike("anyrange", &g.rng, a.Underlying())
		case types.AnyMultirangeOID:
			g.any = true
			if unknown {
				g.unknown = true
				continue
			}
			err = alike("anymultirange", &g.multi, a.Underlying())
		case types.AnyCompatibleOID, types.AnyCompatibleNonarrayOID:
			g.compatAny = true
			g.compatNonArray = g.compatNonArray || d.OID == types.AnyCompatibleNonarrayOID
			if !unknown {
				g.compat = append(g.compat, a)
			}
		case types.AnyCompatibleArrayOID:
			g.compatAny = true
			if unknown {
				continue
			}
			e := ElementOf(a.Underlying())
			if e == nil {
				return nil, mismatch("argument declared %s is not an array but type %s", "anycompatiblearray", name(a))
			}
			g.compat = append(g.compat, e)
		case types.AnyCompatibleRangeOID:
			g.compatAny = true
			if unknown {
				continue
			}
			a = a.Underlying()
			if a.Kind != types.RangeType {
				return nil, mismatch("argument declared %s is not a range type but type %s", "anycompatiblerange", name(a))
			}
			if err = alike("anycompatiblerange", &g.compatRange, a); err == nil {
				g.compat = append(g.compat, a.Subtype)
			}
		case types.AnyCompatibleMultirangeOID:
			g.compatAny = true
			if unknown {
				continue
			}
			a = a.Underlying()
			if a.Kind != types.MultirangeType {
				return nil, mismatch("argument declared %s is not a multirange type but type %s", "anycompatiblemultirange", name(a))
			}
			if err = alike("anycompatiblemultirange", &g.compatMulti, a); err == nil {
				g.compat = append(g.compat, a.Range.Subtype)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return g, r.settle(g, name)
}

// settle makes the gathered types agree with each other.
func (r *Rules) settle(g *generics, name func(*types.Type) string) *errs.Error {
	inconsistent := func(a, b string, x, y *types.Type) *errs.Error {
		return mismatch("argument declared %s is not consistent with argument declared %s", a, b).
			WithDetail("%s versus %s", name(x), name(y))
	}
	if g.any {
		if g.array != nil {
			e := ElementOf(g.array)
			if g.array.OID == types.AnyArrayOID {
				e = types.ByOID(types.AnyElementOID)
			}
			if e == nil {
				return mismatch("argument declared %s is not an array but type %s", "anyarray", name(g.array))
			}
			if g.elem == nil {
				g.elem = e
			} else if g.elem.OID != e.OID {
				return inconsistent("anyarray", "anyelement", g.array, g.elem)
			}
		}
		if g.multi != nil {
			if g.multi.Kind != types.MultirangeType {
				return mismatch("argument declared %s is not a multirange type but type %s", "anymultirange", name(g.multi))
			}
			if g.rng == nil {
				g.rng = g.multi.Range
			} else if g.rng.OID != g.multi.Range.OID {
				return inconsistent("anymultirange", "anyrange", g.multi, g.rng)
			}
		}
		if g.rng != nil {
			if g.rng.Kind != types.RangeType {
				return mismatch("argument declared %s is not a range type but type %s", "anyrange", name(g.rng))
			}
			if g.elem == nil {
				g.elem = g.rng.Subtype
			} else if g.elem.OID != g.rng.Subtype.OID {
				return inconsistent("anyrange", "anyelement", g.rng, g.elem)
			}
		}
		if g.elem != nil && g.nonArray && g.elem.Underlying().Kind == types.ArrayType {
			return mismatch("type matched to anynonarray is an array type: %s", name(g.elem))
		}
		if g.elem != nil && g.enum && g.elem.Kind != types.EnumType {
			return mismatch("type matched to anyenum is not an enum type: %s", name(g.elem))
		}
	}
	if g.compatAny {
		if len(g.compat) > 0 {
			common, bad := r.CommonType(g.compat)
			if bad >= 0 || !r.fitsCommon(common, g.compat) {
				x, y := common, common
				if bad >= 0 {
					y = g.compat[bad]
				}
				return mismatch("arguments of anycompatible family cannot be cast to a common type").
					WithDetail("%s versus %s", name(x), name(y))
			}
			if g.compatRange != nil && g.compatRange.Subtype.OID != common.OID {
				return mismatch("anycompatiblerange type %s does not match anycompatible type %s", name(g.compatRange), name(common))
			}
			g.compatType = common
		} else {
			g.compatType = types.ByOID(types.TextOID)
		}
		if g.compatNonArray && g.compatType.Underlying().Kind == types.ArrayType {
			return mismatch("type matched to anycompatiblenonarray is an array type: %s", name(g.compatType))
		}
	}
	return nil
}

// genericFits says whether the arguments can be matched to polymorphic parameters at all.
func (r *Rules) genericFits(actual, declared []*types.Type) bool {
	_, err := r.collect(actual, declared, func(t *types.Type) string { return t.Name })
	return err == nil
}

// Resolve replaces polymorphic types among declared (in place) by what the actual types make of them and gives the
// result type. name prints types for messages.
func (r *Rules) Resolve(actual, declared []*types.Type, ret *types.Type, name func(*types.Type) string) (*types.Type, *errs.Error) {
	poly := types.IsPolymorphic(ret.OID)
	for _, d := range declared {
		poly = poly || types.IsPolymorphic(d.OID)
	}
	if !poly {
		return ret, nil
	}
	g, err := r.collect(actual, declared, name)
	if err != nil {
		return nil, err
	}
	if g.any && g.elem == nil {
		return nil, mismatch("could not determine polymorphic type because input has type %s", "unknown")
	}
	for i, d := range declared {
		if !types.IsPolymorphic(d.OID) {
			continue
		}
		t, err := r.generic(g, d, name)
		if err != nil {
			return nil, err
		}
		if actual[i].OID != types.UnknownOID && (d.OID == types.AnyElementOID || d.OID == types.AnyNonarrayOID || d.OID == types.AnyEnumOID) {
			t = actual[i]
		}
		declared[i] = t
	}
	if !types.IsPolymorphic(ret.OID) {
		return ret, nil
	}
	return r.generic(g, ret, name)
}

func (r *Rules) generic(g *generics, t *types.Type, name func(*types.Type) string) (*types.Type, *errs.Error) {
	arrayOf := func(e *types.Type) (*types.Type, *errs.Error) {
		if a := r.ArrayOf(e); a != nil {
			return a, nil
		}
		return nil, errs.New("42704", "could not find array type for data type %s", name(e))
	}
	undetermined := func(what string) *errs.Error {
		return mismatch("could not determine polymorphic type %s because input has type %s", what, "unknown")
	}
	switch t.OID {
	case types.AnyElementOID, types.AnyNonarrayOID, types.AnyEnumOID:
		return g.elem, nil
	case types.AnyArrayOID:
		if g.array != nil {
			return g.array, nil
		}
		return arrayOf(g.elem)
	case types.AnyRangeOID:
		if g.rng == nil {
			return nil, undetermined("anyrange")
		}
		return g.rng, nil
	case types.AnyMultirangeOID:
		if g.multi != nil {
			return g.multi, nil
		}
		if g.rng == nil {
			return nil, undetermined("anymultirange")
		}
		return r.Type(g.rng.Multirange), nil
	case types.AnyCompatibleOID, types.AnyCompatibleNonarrayOID:
		return g.compatType, nil
	case types.AnyCompatibleArrayOID:
		return arrayOf(g.compatType)
	case types.AnyCompatibleRangeOID:
		if g.compatRange == nil {
			return nil, undetermined("anycompatiblerange")
		}
		return g.compatRange, nil
	case types.AnyCompatibleMultirangeOID:
		if g.compatMulti != nil {
			return g.compatMulti, nil
		}
		if g.compatRange == nil {
			return nil, undetermined("anycompatiblemultirange")
		}
		return r.Type(g.compatRange.Multirange), nil
	}
	return t, nil
}
