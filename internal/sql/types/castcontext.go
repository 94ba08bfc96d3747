package types

import "sort"

// CastContext says where a cast is applied without being written out.
type CastContext uint8

// The contexts, each of which includes those before it: an implicit cast applies everywhere, an assignment cast when a value
// is stored in a column, an explicit one only where the statement says so.
const (
	ExplicitCast CastContext = iota
	AssignmentCast
	ImplicitCast
)

// CastMethod says how a cast is done.
type CastMethod uint8

// The methods: by a function, by taking the value as it is, by output and input functions.
const (
	CastFunction CastMethod = iota
	CastBinary
	CastInOut
)

// FindCast looks a cast up in pg_cast alone. The same type on both sides is found only where pg_cast has a length coercion.
func FindCast(from, to OID) (CastContext, CastMethod, bool) {
	i := sort.Search(len(castRows), func(i int) bool {
		r := &castRows[i]
		return r.from > from || r.from == from && r.to >= to
	})
	if i < len(castRows) && castRows[i].from == from && castRows[i].to == to {
		return castRows[i].context, castRows[i].method, true
	}
	return 0, 0, false
}

// CastPathOf gives the way from one type to another as PostgreSQL's find_coercion_pathway does, for the least restrictive
// context the way allows: domains are looked through on both sides, the same type and binary-coercible types are CastBinary,
// arrays follow their elements, and any type goes to and from the string category by text (to it by assignment, from it
// explicitly). Composite, record, unknown and polymorphic types are the analyser's matter.
func CastPathOf(from, to *Type) (CastContext, CastMethod, bool) {
	from, to = from.Underlying(), to.Underlying()
	if from.OID == to.OID {
		return ImplicitCast, CastBinary, true
	}
	if ctx, method, ok := FindCast(from.OID, to.OID); ok {
		return ctx, method, true
	}
	if to.Kind == MultirangeType && from.Kind == RangeType && from.Multirange == to.OID {
		return ExplicitCast, CastFunction, true
	}
	if to.OID == Int2VectorOID || to.OID == OidVectorOID {
		return 0, 0, false
	}
	if from.Kind == ArrayType && to.Kind == ArrayType {
		ctx, method, ok := CastPathOf(from.Elem, to.Elem)
		if ok && (from.Elem.Kind == DomainType || to.Elem.Kind == DomainType) && method == CastBinary && to.Elem.Kind == DomainType {
			method = CastFunction
		}
		return ctx, method, ok
	}
	if to.Category == 'S' {
		return AssignmentCast, CastInOut, true
	}
	if from.Category == 'S' {
		return ExplicitCast, CastInOut, true
	}
	return 0, 0, false
}
