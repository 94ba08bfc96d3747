package document

import (
	"testing"

	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

func TestSearch(t *testing.T) {
	c, err := NewConfig("english")
	if err != nil {
		t.Fatal(err)
	}
	v := ToVector(c, "The fat cats sat on a mat")
	if got := v.String(); got != "'cat':3 'fat':2 'mat':7 'sat':4" {
		t.Errorf("vector %s", got)
	}
	for query, want := range map[string]bool{`cat -dog`: true, `"fat cats"`: true, `"cats fat"`: false, `dog or mat`: true, `dog`: false} {
		if got := Match(v, WebQuery(c, query)); got != want {
			t.Errorf("%s: %v", query, got)
		}
	}
	if _, err := NewConfig("nepali"); err == nil {
		t.Error("nepali has no stemmer here")
	}
}

func FuzzDocument(f *testing.F) {
	f.Add("It's http://ex.com/a?b user@example.com foo-bar 1.5e3 <b>x</b> &amp;")
	f.Add(`"a b" -c or d`)
	f.Add("-/.://@<!--")
	c, err := NewConfig("english")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := ToVector(c, s)
		if _, err := textsearch.ParseVector(v.String()); err != nil {
			t.Errorf("%q gives %s: %v", s, v, err)
		}
		for _, q := range []*textsearch.Query{PlainQuery(c, s), PhraseQuery(c, s), WebQuery(c, s)} {
			if _, err := textsearch.ParseQuery(q.String()); err != nil {
				t.Errorf("%q gives %s: %v", s, q, err)
			}
			Match(v, q)
		}
	})
}
