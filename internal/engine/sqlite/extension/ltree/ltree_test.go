package ltree

import "testing"

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a.b", "a..b", "*.a@%*{1,2}.!x|y", "*{,3}", "a & !(b|c)", "((a", "a{2}"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, _ := parsePath("a.b_c.a")
		if q, err := parsePath(s); err == nil {
			if again, err := parsePath(q.String()); err != nil || again.String() != q.String() {
				t.Fatalf("path %q: %v", s, err)
			}
			p = q
		}
		if q, err := parseQuery(s); err == nil {
			if again, err := parseQuery(q.String()); err != nil || again.String() != q.String() {
				t.Fatalf("lquery %q: %q: %v", s, q, err)
			}
			q.matches(p)
		}
		if n, err := parseText(s); err == nil {
			if again, err := parseText(n.String()); err != nil || again.String() != n.String() {
				t.Fatalf("ltxtquery %q: %q: %v", s, n, err)
			}
			n.matches(p)
		}
	})
}
