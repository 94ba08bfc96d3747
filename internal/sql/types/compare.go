package types

import (
	"cmp"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/netaddr"
	"github.com/basement-project/basement/internal/sql/types/numeric"
	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

// Compare orders two storage values of a type as the type's btree does: negative, zero or positive. NULL comes last, as in
// PostgreSQL's ascending order. Types without an order (json, xml) are compared by their text.
func Compare(t *Type, a, b Datum) int {
	if a.IsNull() || b.IsNull() {
		switch {
		case a.IsNull() && b.IsNull():
			return 0
		case a.IsNull():
			return 1
		}
		return -1
	}
	if a.Kind == KindInt && b.Kind == KindInt {
		if t.OID == XID8OID {
			return cmp.Compare(uint64(a.I), uint64(b.I))
		}
		return cmp.Compare(a.I, b.I)
	}
	t = t.Underlying()
	switch t.OID {
	case Float4OID, Float8OID:
		return compareFloat(a.Float(), b.Float())
	}
	return CompareText(t, a.S, b.S)
}

func compareFloat(a, b float64) int {
	// NaN equals NaN and is greater than every number, the reverse of cmp.Compare's.
	switch {
	case a != a && b != b:
		return 0
	case a != a:
		return 1
	case b != b:
		return -1
	}
	return cmp.Compare(a, b)
}

// CompareText compares two values whose storage is text.
func CompareText(t *Type, a, b string) int {
	t = t.Underlying()
	switch t.Kind {
	case EnumType:
		return cmp.Compare(t.Label(a), t.Label(b))
	case ArrayType:
		return compareArrays(t, a, b)
	case CompositeType:
		return compareRows(t, a, b)
	case RangeType, MultirangeType:
		return compareRanges(t, a, b)
	}
	if t.Native != nil && t.Native.Collated {
		return t.Native.Compare(a, b)
	}
	switch t.OID {
	case NumericOID:
		return numeric.CompareText(a, b)
	case BPCharOID:
		return strings.Compare(strings.TrimRight(a, " "), strings.TrimRight(b, " "))
	case JSONBOID:
		return jsonval.CompareText(a, b)
	case IntervalOID:
		return interval.Compare(storedInterval(a), storedInterval(b))
	case InetOID, CIDROID:
		return netaddr.Compare(InetOf(Text(a)), InetOf(Text(b)))
	case TSVectorOID:
		x, _ := textsearch.ParseVector(a)
		y, _ := textsearch.ParseVector(b)
		return textsearch.CompareVectors(x, y)
	case TSQueryOID:
		x, _ := textsearch.ParseQuery(a)
		y, _ := textsearch.ParseQuery(b)
		return textsearch.CompareQueries(x, y)
	case RecordOID:
		return compareRows(t, a, b)
	case PgLSNOID:
		x, y := lsnOf(a), lsnOf(b)
		return cmp.Compare(x, y)
	case TimetzOID:
		return storedTimetz(a).Compare(storedTimetz(b))
	}
	return strings.Compare(a, b)
}
