package types

import "strconv"

// Collation is the name of the SQLite collation a type's stored text needs for SQLite to compare it as PostgreSQL does, ""
// when comparing bytes is right. Built-in types have collations of their typname ("numeric", "_int4"), a project's own of
// their identifier ("type 16390").
func Collation(t *Type) string {
	t = t.Underlying()
	switch t.Kind {
	case EnumType, CompositeType, ArrayType, RangeType, MultirangeType:
	default:
		switch t.OID {
		case NumericOID, BPCharOID, TimetzOID, IntervalOID, JSONBOID, InetOID, CIDROID, TSVectorOID, RecordOID:
		default:
			return ""
		}
	}
	if ByOID(t.OID) != nil {
		return t.Name
	}
	return "type " + strconv.FormatUint(uint64(t.OID), 10)
}

// CollationType is the type a collation compares, nil when the name is none of Collation's. resolve finds a project's types.
func CollationType(name string, resolve func(OID) *Type) *Type {
	const prefix = "type "
	if len(name) > len(prefix) && name[:len(prefix)] == prefix {
		oid, err := strconv.ParseUint(name[len(prefix):], 10, 32)
		if err != nil || resolve == nil {
			return nil
		}
		return resolve(OID(oid))
	}
	return ByName(name)
}

// CollationCompare gives the comparison of two stored texts under a collation, nil when the name is none of Collation's.
// SQLite asks again for each connection, so a changed type is a matter of new connections.
func CollationCompare(name string, resolve func(OID) *Type) func(a, b string) int {
	t := CollationType(name, resolve)
	if t == nil {
		return nil
	}
	return func(a, b string) int { return CompareText(t, a, b) }
}
