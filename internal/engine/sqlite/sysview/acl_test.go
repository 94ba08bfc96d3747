package sysview

import (
	"testing"

	"github.com/basement-project/basement/internal/catalog"
)

func TestACLItem(t *testing.T) {
	for _, text := range []string{"postgres=arwdDxt/postgres", "=r/postgres", `"odd name"=r*w/"a""b"`, "x=UC/y", "=/z", "f=X*/f", "d=CTc/d"} {
		g, err := ReadACLItem(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := ACLItem(g); got != text {
			t.Errorf("%s is printed %s", text, got)
		}
	}
	for _, text := range []string{"", "postgres", "x=q/y"} {
		if _, err := ReadACLItem(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}

func FuzzACLItem(f *testing.F) {
	for _, s := range []string{"postgres=arwdDxt/postgres", `"a""b"=r*/c`, "=", "a=r", `"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		g, err := ReadACLItem(text)
		if err != nil {
			return
		}
		again, err := ReadACLItem(ACLItem(g))
		if err != nil || again != g {
			t.Errorf("%q is printed %q, which reads as %v, %v", text, ACLItem(g), again, err)
		}
	})
}

func TestDefaultACL(t *testing.T) {
	var got []string
	Explode(DefaultACL('f', "o"), func(g catalog.Grant, privilege string, grantable bool) {
		got = append(got, g.Grantee+":"+privilege)
	})
	if len(got) != 2 || got[0] != ":EXECUTE" || got[1] != "o:EXECUTE" {
		t.Errorf("a function's default rights are %v", got)
	}
}

// TestFacts reads every table of facts: each line has the columns its relation has.
func TestFacts(t *testing.T) {
	var o catalog.Objects
	Add(&o, "postgres")
	found := 0
	for _, r := range o.Relations {
		if len(r.Columns) > maxColumns {
			t.Errorf("%s has %d columns", r.Name, len(r.Columns))
		}
		if s := factsOf(r); s != nil {
			found++
			if len(s.rows) == 0 {
				t.Errorf("%s has no rows", r.Name)
			}
		}
	}
	if found != len(factTables()) {
		t.Errorf("%d of %d tables of facts belong to a relation", found, len(factTables()))
	}
}
