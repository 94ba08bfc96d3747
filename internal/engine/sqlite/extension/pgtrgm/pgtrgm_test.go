package pgtrgm

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// FuzzCandidates sees to it that a text which satisfies a condition has the trigrams the condition asks for.
func FuzzCandidates(f *testing.F) {
	f.Add("Hello world", "hello", "lo w")
	f.Add("über 10% more", "10", "er 1")
	f.Add("a.b-c_d", "b-c", "")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		if len(a)+len(b)+len(c) > 200 || strings.ContainsAny(b+c, `%_\`) {
			return
		}
		text := a + b + c + a
		in := Of(text)
		has := func(list []Trigram, what string) {
			for _, x := range list {
				if !slices.Contains(in, x) {
					t.Fatalf("%q has not what %q needs", text, what)
				}
			}
		}
		// Letters whose lower case depends on what is beside them are left out.
		if strings.ToLower(text) != strings.ToLower(a)+strings.ToLower(b)+strings.ToLower(c)+strings.ToLower(a) {
			return
		}
		for _, p := range []string{"%" + b + "%", "%" + b + c + "%", "%" + c + "%"} {
			has(OfPattern(p), p)
		}
		if re := "" + b + ".*"; regexp.QuoteMeta(b) == b {
			has(OfRegexp(re), re)
		}
		if n := Needed(b, 0.3); len(Of(b)) > 0 && Similarity(text, b) >= 0.3 && len(n) > 0 && !slices.ContainsFunc(n, func(x Trigram) bool { return slices.Contains(in, x) }) {
			t.Fatalf("%q is similar to %q without one of its trigrams", text, b)
		}
	})
}
