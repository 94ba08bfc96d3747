package textsearch

import (
	"slices"
	"strings"
	"testing"
)

func mustQuery(t *testing.T, s string) *Query {
	t.Helper()
	q, err := ParseQuery(s)
	if err != nil {
		t.Fatal(s, err)
	}
	return q
}

func TestRewrite(t *testing.T) {
	for _, x := range [][4]string{
		{"a & b", "a", "c", "'b' & 'c'"}, {"a & b & c", "a & c", "d | e", "'b' & ( 'e' | 'd' )"}, {"a | b", "a", "", "'b'"},
		{"a & !b", "b", "", "'a'"}, {"a <-> b", "a <-> b", "c", "'c'"}, {"(a|b)&c", "b|a", "x", "'c' & 'x'"}, {"b & a", "x", "y", "'b' & 'a'"},
		{"c & b & a", "a", "d", "'b' & 'c' & 'd'"}, {"a <-> b", "b", "", "'a'"}, {"a", "a", "", ""}, {"", "a", "b", ""}, {"a", "", "b", "'a'"},
		{"a & a", "a", "b & a", "'b' & 'a' & 'b' & 'a'"}, {"5 & (1 | 2) & (6|7)", "1|2", "8&9", "'5' & ( '7' | '6' ) & '8' & '9'"},
	} {
		if got := Rewrite(mustQuery(t, x[0]), mustQuery(t, x[1]), mustQuery(t, x[2])).String(); got != x[3] {
			t.Errorf("%s, %s -> %s: %s, want %s", x[0], x[1], x[2], got, x[3])
		}
	}
}

func TestCompareQueries(t *testing.T) {
	want := "1 d a c 2 b zz ab !a a<2>b a<->b a|b b&a a&b a&b&c"
	list := strings.Fields(want)
	slices.SortStableFunc(list, func(a, b string) int { return CompareQueries(mustQuery(t, a), mustQuery(t, b)) })
	if got := strings.Join(list, " "); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
