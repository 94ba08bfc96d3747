package rest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"testing"

	"github.com/basement-project/basement/internal/errs"
)

var seeds = []string{
	"select=id,name&id=eq.1", "select=a:b->c->>0::int,d.sum()::text,...e!f!inner(*),g()", "or=(a.eq.1,not.and(b.in.(1,\"2,\"),c.is.null))",
	"order=a.desc.nullslast,b(c->d).asc", "limit=5&offset=2&rel.limit=1", "a.b.c=not.fts(english).x", "columns=a,\"b c\"&on_conflict=a",
	"a=like(any).{x,y}", "select=((((((", "%%%", "a=eq.%00", "a=eq.%ff", "or=(a.eq.{1,2},b.eq.\"x\\\"y\")", "x=in.(\"a", "select=*,count()",
	"not.or=(a.gt.1,b.lt.2)", "a->b->>c=eq.1&order=a->1.desc", "limit=-1", "limit=99999999999999999999", "select=é,ü(ñ)", "\t=\t",
}

func FuzzQuery(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	cfg := Defaults()
	f.Fuzz(func(t *testing.T, query string) {
		for _, path := range []string{"/t", "/rpc/f"} {
			r, err := Parse(Input{Method: "GET", Path: path, RawQuery: query, Header: http.Header{}}, &cfg)
			if err != nil {
				if e := errs.Of(err); e == nil || e.Code == "" {
					t.Fatalf("%q: no code: %v", query, err)
				}
				continue
			}
			again, err := Parse(Input{Method: "GET", Path: path, RawQuery: query, Header: http.Header{}}, &cfg)
			if err != nil || again.Shape != r.Shape {
				t.Fatalf("%q: read twice, two shapes", query)
			}
		}
		sameOperand(t, query)
		sameSelect(t, query)
		sameOrder(t, query)
	})
}

func FuzzBody(f *testing.F) {
	for _, s := range []string{`{"a":1}`, `[{"a":1},{"a":null}]`, `[]`, `{}`, `[{}]`, `[1]`, `{"a":{"b":[1,"]"]}}`, `"x"`, `{"a":1,"a":2}`, " \n[ { \"\\u0061\" : 1 } ] "} {
		f.Add("application/json", []byte(s))
	}
	f.Add("text/csv", []byte("a,b\n1,NULL\n\"x\"\"y\",\n"))
	f.Add("application/x-www-form-urlencoded", []byte("a=1&b=%20"))
	cfg := Defaults()
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		h := http.Header{"Content-Type": {kind}}
		for _, path := range []string{"/t", "/rpc/f"} {
			r, err := Parse(Input{Method: "POST", Path: path, Header: h, Body: body}, &cfg)
			if err != nil {
				continue
			}
			if r.Body.Kind == JSONBody && !json.Valid(r.Body.Raw) {
				t.Fatalf("%q: the body is no JSON: %q", body, r.Body.Raw)
			}
			if r.Body.Kind == JSONBody && first(r.Body.Raw) == '{' || first(r.Body.Raw) == '[' {
				_ = r.Body.JSONArgs()
				if _, _, marked, _, err := r.Body.Missing(r.Body.Keys, "mark"); err == nil && !json.Valid(marked) {
					t.Fatalf("%q: the marked body is no JSON: %q", body, marked)
				}
			}
		}
	})
}

func FuzzHeaders(f *testing.F) {
	f.Add("return=representation, count=exact", "application/vnd.pgrst.plan+json;for=\"text/csv\"; options=analyze|wal", "0-9")
	f.Add("handling=strict,max-affected=x", "text/html,*/*;q=0.8", "9-0")
	cfg := Defaults()
	f.Fuzz(func(t *testing.T, prefer, accept, window string) {
		h := http.Header{"Prefer": {prefer}, "Accept": {accept}, "Range": {window}}
		r, err := Parse(Input{Method: "GET", Path: "/t", Header: h}, &cfg)
		if err == nil && (r.Top.Offset < 0 || r.Top.Limit < -1) {
			t.Fatalf("%q: window %+v", window, r.Top)
		}
	})
}

func FuzzCursor(f *testing.F) {
	one := "1"
	f.Add(NewCursor([]string{"id.asc.nullslast"}, []*string{&one}))
	f.Add(NewCursor([]string{"a.desc.nullsfirst", "id.asc.nullslast"}, []*string{nil, &one}))
	for _, s := range []string{"", "x", "e30", "bnVsbA", "eyJvIjpbXSwidiI6W119", "eyJvIjpbImEiXSwidiI6WyJcdTAwMDAiXX0"} {
		f.Add(s)
	}
	cfg := Defaults()
	f.Fuzz(func(t *testing.T, cursor string) {
		query := url.Values{"cursor": {cursor}, "order": {"id"}, "limit": {"1"}}.Encode()
		r, err := Parse(Input{Method: "GET", Path: "/t", RawQuery: query, Header: http.Header{"Prefer": {"pagination=keyset"}}}, &cfg)
		if err != nil {
			if e := errs.Of(err); e == nil || e.Code == "" {
				t.Fatalf("%q: no code: %v", cursor, err)
			}
			return
		}
		if r.Cursor == nil {
			return
		}
		values := make([]*string, len(r.Cursor.Values))
		for i, at := range r.Cursor.Values {
			if at >= 0 {
				values[i] = &r.Values[at]
			}
		}
		again, err := Parse(Input{Method: "GET", Path: "/t", RawQuery: "order=id&limit=1&cursor=" + NewCursor(r.Cursor.Order, values), Header: http.Header{"Prefer": {"pagination=keyset"}}}, &cfg)
		if err != nil || again.Shape != r.Shape {
			t.Fatalf("%q: written again it is another cursor: %v", cursor, err)
		}
	})
}

func FuzzMediaType(f *testing.F) {
	for _, s := range []string{"application/json", "application/vnd.pgrst.plan+json; for=\"text/csv\"; options=analyze|wal", "application/vnd.pgrst.object+json;nulls=stripped", "*/*", "text/*;q=0.5", "a/b;c=\"d;e\"",
		"application/vnd.pgrst.plan;for=\"application/vnd.pgrst.plan;for=\\\"x/y\\\"\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := ParseMediaType(s)
		// A plan of a plan has no text of its own: quotes do not nest.
		nested := once.Kind == MediaPlan && once.Plan.For.Kind == MediaPlan
		if again := ParseMediaType(once.String()); once.Kind != MediaOther && !nested && again.String() != once.String() {
			t.Fatalf("%q is %q, and that is %q", s, once.String(), again.String())
		}
		for _, m := range parseAccept(s) {
			_ = m.ContentType()
		}
	})
}

func FuzzPreferences(f *testing.F) {
	for _, s := range []string{"return=representation, count=exact", "handling=strict,max-affected=1", "timezone=America/Los_Angeles", "tx=rollback, missing=default", "batch=atomic, nested=insert,pagination=keyset", "max-affected=-9223372036854775809", ",,="} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p := ParsePreferences(http.Header{"Prefer": {s}}, true)
		if p.applied() == "" {
			return
		}
		q := ParsePreferences(http.Header{"Prefer": {p.applied()}}, true)
		if q.applied() != p.applied() || len(q.Invalid) > 0 {
			t.Fatalf("%q: applied %q, which is %q", s, p.applied(), q.applied())
		}
	})
}
