package types

import (
	"strconv"
	"strings"
)

// Collation is the name of the SQLite collation a type's stored text needs for SQLite to compare it as PostgreSQL does, ""
// when comparing bytes is right. Built-in types have collations of their typname ("numeric", "_int4"), a project's own of
// their identifier ("type 16390").
func Collation(t *Type) string {
	t = t.Underlying()
	if t.Collate != "" && !ByBytes(t.Collate) {
		return icuPrefix + t.Collate
	}
	switch t.Kind {
	case EnumType, CompositeType, ArrayType, RangeType, MultirangeType:
	default:
		if t.Native != nil && t.Native.Collated {
			break
		}
		switch t.OID {
		case NumericOID, BPCharOID, TimetzOID, IntervalOID, JSONBOID, InetOID, CIDROID, TSVectorOID, TSQueryOID, RecordOID:
		default:
			return ""
		}
	}
	if row := AnonymousRow(t); row != nil {
		return t.Name + rowShape(row)
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
	if head, shape, ok := strings.Cut(name, "("); ok {
		row, _ := readShape(shape, resolve)
		if row == nil || head == row.Name {
			return row
		}
		array := *ByOID(RecordArrayOID)
		array.Elem = row
		return &array
	}
	return ByName(name)
}

// AnonymousRow is the row type with known fields that an anonymous record, or an array of them, stands for; nil for
// other types and where the fields are not known.
func AnonymousRow(t *Type) *Type {
	if t.OID == RecordArrayOID && t.Elem != nil {
		t = t.Elem
	}
	if t.OID != RecordOID || len(t.Fields) == 0 {
		return nil
	}
	return t
}

// rowShape writes the field types of an anonymous record: "(23,25,2249(20,25))".
func rowShape(row *Type) string {
	var b strings.Builder
	for i, f := range row.Fields {
		b.WriteByte("(,"[min(i, 1)])
		t := f.Type.Underlying()
		b.WriteString(strconv.FormatUint(uint64(t.OID), 10))
		if inner := AnonymousRow(t); inner != nil {
			b.WriteString(rowShape(inner))
		}
	}
	b.WriteByte(')')
	return b.String()
}

// readShape reads what rowShape wrote, after the opening parenthesis, and gives the rest of the text.
func readShape(s string, resolve func(OID) *Type) (*Type, string) {
	row := *ByOID(RecordOID)
	for {
		n := strings.IndexAny(s, "(,)")
		if n < 0 {
			return nil, ""
		}
		oid, err := strconv.ParseUint(s[:n], 10, 32)
		t := ByOID(OID(oid))
		if t == nil && resolve != nil {
			t = resolve(OID(oid))
		}
		if err != nil || t == nil {
			return nil, ""
		}
		s = s[n:]
		if s[0] == '(' {
			var inner *Type
			if inner, s = readShape(s[1:], resolve); inner == nil || s == "" {
				return nil, ""
			}
			if t.Elem != nil {
				array := *t
				array.Elem = inner
				t = &array
			} else {
				t = inner
			}
		}
		row.Fields = append(row.Fields, Field{Type: t, Typmod: -1})
		end := s[0] == ')'
		s = s[1:]
		if end {
			return &row, s
		}
	}
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
