package intarray

import "testing"

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "1", "1&(2|!3)", "!!1", "((", "-5|6"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := parse(s)
		if err != nil {
			return
		}
		again, err := parse(n.String())
		if err != nil || again.String() != n.String() || again.holds([]int64{1, 2}) != n.holds([]int64{1, 2}) {
			t.Fatalf("%q: %q: %v", s, n, err)
		}
	})
}
