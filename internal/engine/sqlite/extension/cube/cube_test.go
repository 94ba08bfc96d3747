package cube

import "testing"

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "1", "1,2", "(1,2),(3,4)", "[(1),(2)]", "()", "(1", "(1,2),(3)", "nan"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := parse(s)
		if err != nil {
			return
		}
		for _, v := range append(c.a, c.b...) {
			if v != v {
				return
			}
		}
		again, err := parse(c.datum().S)
		if err != nil || again.datum() != c.datum() || compare(again, c) != 0 {
			t.Fatalf("%q: %v: %v", s, c.datum(), err)
		}
	})
}
