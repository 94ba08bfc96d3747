package textsearch

import (
	"strconv"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

func TestEditGolden(t *testing.T) {
	vec := func(s string) Vector { v, _ := ParseVector(s); return v }
	rank := func(a []string, method int) (string, bool, error) {
		q, _ := ParseQuery(a[1])
		r := Rank(DefaultWeights, vec(a[0]), q, method)
		return strconv.FormatFloat(float64(r), 'e', 4, 64), true, nil
	}
	const args = "($1::text::tsvector, $2::text::tsquery"
	ops := []golden.Op{
		{Name: "rank", SQL: "select to_char(ts_rank" + args + "), '9.9999EEEE')", Go: func(a []string) (string, bool, error) { s, ok, err := rank(a, 0); return " " + s, ok, err }},
		{Name: "rank1", SQL: "select to_char(ts_rank" + args + ", 1), '9.9999EEEE')", Go: func(a []string) (string, bool, error) { s, ok, err := rank(a, 1); return " " + s, ok, err }},
		{Name: "rank63", SQL: "select to_char(ts_rank" + args + ", 58), '9.9999EEEE')", Go: func(a []string) (string, bool, error) { s, ok, err := rank(a, 58); return " " + s, ok, err }},
		{Name: "concat", SQL: "select ($1::text::tsvector || $2::text::tsvector)::text", Go: func(a []string) (string, bool, error) { return Concat(vec(a[0]), vec(a[1])).String(), true, nil }},
		{Name: "strip", SQL: "select strip($1::text::tsvector)::text", Go: func(a []string) (string, bool, error) { return Strip(vec(a[0])).String(), true, nil }},
		{Name: "weight", SQL: "select setweight($1::text::tsvector, 'B')::text", Go: func(a []string) (string, bool, error) { return SetWeight(vec(a[0]), 2, nil).String(), true, nil }},
	}
	vectors := []string{"'fat':2 'cat':3 'ate':4 'rat':5", "'fat' 'cat' 'rat'", "'fat':1A 'cat':2B 'rat':3", "'a':1,5 'b':2,9 'c':3", "", "'cat':1 'category':4 'dog':2C,200"}
	queries := []string{"fat", "fat & rat", "fat | dog", "cat:*", "fat <-> cat", "a & b & c", "a | b | c", "fat:A", "!fat", "fat & !rat", "(a | fat) & (b | rat)", "dog & cat"}
	var cases []golden.Case
	for _, op := range []string{"rank", "rank1", "rank63"} {
		cases = append(cases, golden.Cross(op, vectors, queries)...)
	}
	cases = append(cases, golden.Cross("concat", vectors, vectors)...)
	cases = append(append(cases, golden.Cross("strip", vectors)...), golden.Cross("weight", vectors)...)
	golden.Run(t, "testdata/edit.golden", "", ops, cases)
}
