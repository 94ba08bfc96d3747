package types

import (
	"slices"
	"strings"
	"testing"
)

func TestCollator(t *testing.T) {
	words := "Zoo zebra äpfel apple résumé Resume resume co-op coop _a 1 ñandú"
	for _, c := range []struct{ name, want string }{
		{"en-x-icu", "_a 1 äpfel apple co-op coop ñandú resume Resume résumé zebra Zoo"},
		{"sv-x-icu", "_a 1 apple co-op coop ñandú resume Resume résumé zebra Zoo äpfel"},
	} {
		if !ICU(c.name) {
			t.Fatal(c.name)
		}
		compare := NewCollator(Collation(Collated(ByOID(TextOID), c.name)))
		list := strings.Fields(words)
		slices.SortFunc(list, func(a, b string) int { return compare([]byte(a), []byte(b)) })
		if got := strings.Join(list, " "); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
	for _, name := range []string{"C", "en_US", "ru-x-icu", "-x-icu", "nonsense-x-icu-x", "xx yy-x-icu"} {
		if ICU(name) {
			t.Error(name)
		}
	}
}

// The shape of an anonymous row travels in the name of its collation.
func TestRowCollation(t *testing.T) {
	row := *ByOID(RecordOID)
	row.Fields = []Field{{Type: ByOID(Int4OID)}, {Type: ByOID(TextOID)}}
	nested := *ByOID(RecordOID)
	nested.Fields = []Field{{Type: &row}, {Type: ByOID(Int4OID)}}
	for _, c := range []struct {
		t    *Type
		a, b string
	}{
		{&row, "(9,a)", "(10,a)"},
		{&nested, `("(9,a)",1)`, `("(10,a)",0)`},
	} {
		compare := CollationCompare(Collation(c.t), nil)
		if compare == nil || compare(c.a, c.b) >= 0 {
			t.Error(Collation(c.t))
		}
	}
}
