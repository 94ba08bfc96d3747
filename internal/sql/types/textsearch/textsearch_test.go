package textsearch

import (
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

func TestGolden(t *testing.T) {
	ops := []golden.Op{
		{Name: "tsvector", SQL: "select ($1::text::tsvector)::text", Go: func(a []string) (string, bool, error) {
			v, err := ParseVector(a[0])
			return v.String(), true, err
		}},
		{Name: "tsquery", SQL: "select ($1::text::tsquery)::text", Go: func(a []string) (string, bool, error) {
			q, err := ParseQuery(a[0])
			return q.String(), true, err
		}},
		{Name: "cmp", SQL: "select case when $1::text::tsvector < $2::text::tsvector then '<' when $1::text::tsvector > $2::text::tsvector then '>' else '=' end", Go: func(a []string) (string, bool, error) {
			x, _ := ParseVector(a[0])
			y, _ := ParseVector(a[1])
			return string("<=>"[CompareVectors(x, y)+1]), true, nil
		}},
	}
	vectors := []string{"a fat cat sat", " b a  a:3 b:1A,2 'it''s' x", "a:1,1,3B,3A", "a:", "a:x", ":1", "", "'a", "a:20000", `a\ b c\'d`, "a:1a b:2*", "a:0", "a:1,", "a:1A2", "a:1AB", "''", "'a b':1", "a'b", `\`, `a\`, "é ü:1", "a:1d,2c", "'a''", "a b:1 c:3,2,1", "x:5y", "'a':1B 'b'", "b aa ab a", "a:1D2", "a:1,2 a:2A,3", "::", ":", "a::1", `'a\'b'`, `'\\'`}
	queries := []string{"fat & (rat | !cat) <-> dog:*ab", "a <3> b", "a b", "", " ", "a &", "(a", "a)", "!!a", "!(a&b)", "a|b&c", "(a|b)&c", "a<->b<->c", "a<->(b<->c)", "'a b':*", "a:AB*", "a:x", "a<0>b", "a<16384>b", "a<20000>b", "!a<->b", "!(a<->b)", "a & !b | c", "a & (b & c)", "(a & b) & c", "a | (b | c)", ":a", "a:", "a <x> b", "a < b", "&", "()", "!", "a & & b", `a\ b`, `\`, "'a", "((a))", "a<->(b|c)", "(a|b)<->c", "a:d", "'it''s'", "a!b", "!(a|!(b&c))", "!a&b", "a<2>b<3>c", "a<->(b & c)", "(a<->b)<->c"}
	cases := append(golden.Cross("tsvector", vectors), golden.Cross("tsquery", queries)...)
	order := []string{"a", "b", "a b", "aa", "a:1", "a:2", "a:1A", "a:1,2", "", "abcdefg", "a:1 b"}
	golden.Run(t, "testdata/textsearch.golden", "", ops, append(cases, golden.Cross("cmp", order, order)...))
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"a:1A b", "'it''s':2", "a & (b | !c:*) <-> d", `a\ b`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, err := ParseVector(s); err == nil {
			again, err := ParseVector(v.String())
			if err != nil || again.String() != v.String() {
				t.Fatalf("%q gives %q, then %q, %v", s, v, again, err)
			}
		}
		if q, err := ParseQuery(s); err == nil {
			again, err := ParseQuery(q.String())
			if err != nil || again.String() != q.String() {
				t.Fatalf("%q gives %q, then %q, %v", s, q, again, err)
			}
		}
	})
}
