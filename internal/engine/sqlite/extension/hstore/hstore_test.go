package hstore

import "testing"

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a=>1", `"a b"=>"c\"d", e=>NULL`, "a=>", "=>", `"a`, "a=>1,a=>2", `a\=b=>c\,d`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		list, err := parse(s)
		if err != nil {
			return
		}
		out := text(list)
		again, err := parse(out)
		if err != nil || text(again) != out {
			t.Fatalf("%q: %q: %v", s, out, err)
		}
		if compare(out, text(again)) != 0 {
			t.Fatalf("%q is not equal to itself", out)
		}
	})
}
