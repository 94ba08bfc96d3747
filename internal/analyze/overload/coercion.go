package overload

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// Rules answers questions about the types, casts, functions and operators of one snapshot.
type Rules struct {
	Snap *catalog.Snapshot
	// Path is the effective search path, pg_catalog included.
	Path []string
}

// Path is a way from one type to another.
type Path struct {
	Method types.CastMethod
	// Array says the elements are converted one by one; Elem is their way.
	Array bool
	Elem  *Path
	// Func is the function of a cast the project made.
	Func *catalog.Function
}

// Type gives a type by OID: the snapshot's or a built-in one.
func (r *Rules) Type(oid types.OID) *types.Type {
	if t := types.ByOID(oid); t != nil {
		return t
	}
	return r.Snap.TypeByOID(oid)
}

// ArrayOf gives the array type over elem, nil when there is none.
func (r *Rules) ArrayOf(elem *types.Type) *types.Type {
	if elem == nil || elem.Array == 0 {
		return nil
	}
	t := r.Type(elem.Array)
	if elem.OID == types.RecordOID && len(elem.Fields) > 0 && t != nil {
		// Rows without a type of their own keep their fields.
		array := *t
		array.Elem = elem
		return &array
	}
	return t
}

// ElementOf gives the element type of a true array type, nil for any other (domains are not looked through).
func ElementOf(t *types.Type) *types.Type {
	if t != nil && (t.Kind == types.ArrayType || t.OID == types.Int2VectorOID || t.OID == types.OidVectorOID) {
		return t.Elem
	}
	return nil
}

// IsComplex says whether t is a composite type, or a domain over one.
func IsComplex(t *types.Type) bool { return t.Underlying().Kind == types.CompositeType }

func isComplexArray(t *types.Type) bool {
	e := ElementOf(t)
	return e != nil && IsComplex(e)
}

// Pathway finds the way from one type to another in a context.
func (r *Rules) Pathway(from, to *types.Type, ctx types.CastContext) (*Path, bool) {
	from, to = from.Underlying(), to.Underlying()
	if from.OID == to.OID {
		return &Path{Method: types.CastBinary}, true
	}
	if c := r.Snap.CastOf(from.OID, to.OID); c != nil {
		need := types.ExplicitCast
		switch c.Context {
		case 'i':
			need = types.ImplicitCast
		case 'a':
			need = types.AssignmentCast
		}
		if need < ctx {
			return nil, false
		}
		switch c.Method {
		case 'b':
			return &Path{Method: types.CastBinary}, true
		case 'i':
			return &Path{Method: types.CastInOut}, true
		}
		return &Path{Method: types.CastFunction, Func: r.Snap.FunctionByOID(c.Function)}, true
	}
	if need, method, ok := types.FindCast(from.OID, to.OID); ok {
		if need < ctx {
			return nil, false
		}
		return &Path{Method: method}, true
	}
	if to.Kind == types.MultirangeType && from.Kind == types.RangeType && from.Multirange == to.OID {
		if ctx != types.ExplicitCast {
			return nil, false
		}
		return &Path{Method: types.CastFunction}, true
	}
	if to.OID != types.OidVectorOID && to.OID != types.Int2VectorOID {
		if fe, te := ElementOf(from), ElementOf(to); fe != nil && te != nil {
			if p, ok := r.Pathway(fe, te, ctx); ok {
				return &Path{Method: types.CastFunction, Array: true, Elem: p}, true
			}
		}
	}
	if ctx <= types.AssignmentCast && to.Category == 'S' {
		return &Path{Method: types.CastInOut}, true
	}
	if ctx == types.ExplicitCast && from.Category == 'S' {
		return &Path{Method: types.CastInOut}, true
	}
	return nil, false
}

// CanCoerce says whether each type of in converts to the one of out beside it.
func (r *Rules) CanCoerce(in, out []*types.Type, ctx types.CastContext) bool {
	generic := false
	for i := range in {
		from, to := in[i], out[i]
		switch {
		case from.OID == to.OID, to.OID == types.AnyOID:
			continue
		case types.IsPolymorphic(to.OID):
			generic = true
			continue
		case from.OID == types.UnknownOID:
			continue
		}
		if _, ok := r.Pathway(from, to, ctx); ok {
			continue
		}
		switch {
		case from.OID == types.RecordOID && IsComplex(to):
			continue
		case IsComplex(from) && to.OID == types.RecordOID:
			continue
		case isComplexArray(from) && to.OID == types.RecordArrayOID:
			continue
		}
		return false
	}
	return !generic || r.genericFits(in, out)
}

// CanCoerceOne is CanCoerce for one type.
func (r *Rules) CanCoerceOne(from, to *types.Type, ctx types.CastContext) bool {
	return r.CanCoerce([]*types.Type{from}, []*types.Type{to}, ctx)
}

// CommonType chooses the type a list of types is brought to: UNION, CASE, VALUES and their like. bad is the position
// of the first type that cannot be matched with the one chosen before it, -1 when all is well.
func (r *Rules) CommonType(list []*types.Type) (common *types.Type, bad int) {
	if len(list) == 0 {
		return types.ByOID(types.TextOID), -1
	}
	p := list[0]
	if p.OID != types.UnknownOID {
		same := true
		for _, t := range list[1:] {
			if t.OID != p.OID {
				same = false
				break
			}
		}
		if same {
			return p, -1
		}
	}
	p = p.Underlying()
	for i, n := range list[1:] {
		n = n.Underlying()
		if n.OID == types.UnknownOID || n.OID == p.OID {
			continue
		}
		switch {
		case p.OID == types.UnknownOID:
			p = n
		case n.Category != p.Category:
			return p, i + 1
		case !p.Preferred && r.CanCoerceOne(p, n, types.ImplicitCast) && !r.CanCoerceOne(n, p, types.ImplicitCast):
			p = n
		}
	}
	if p.OID == types.UnknownOID {
		p = types.ByOID(types.TextOID)
	}
	return p, -1
}

func (r *Rules) fitsCommon(common *types.Type, list []*types.Type) bool {
	for _, t := range list {
		if !r.CanCoerceOne(t, common, types.ImplicitCast) {
			return false
		}
	}
	return true
}
