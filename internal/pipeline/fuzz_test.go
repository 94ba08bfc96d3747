package pipeline

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/errs"
)

// answered are earlier requests that the fuzzed ones may refer to.
var answered = []reply{{ID: "list", Body: json.RawMessage(`[{"id": 1, "name": "a b", "a/b": {"~": [true, null]}}]`)}, {ID: "0", Body: json.RawMessage("null")}}

func coded(t *testing.T, err error) {
	t.Helper()
	if e := errs.Of(err); e == nil || e.Code == "" {
		t.Fatalf("no code: %v", err)
	}
}

func FuzzBatch(f *testing.F) {
	for _, s := range []string{
		`[{"path": "/lists"}]`, `[{"id": "a", "method": "POST", "path": "/x?id=eq.${list#/0/id}", "headers": {"Prefer": "x"}, "body": {"a": {"$ref": "list#/0/name"}}}]`,
		`[]`, `{}`, `[{"path": "//x"}]`, `[{"path": "/${list#/0/a~1b/~0/0}", "body": [{"$ref": "0#"}, {"$ref": "list#"}, {"$ref": 1}, {"$ref": "list#/0", "more": 1}]}]`,
		`[{"path": "/${", "body": "\ud800"}]`, `[{"path": "/a", "body": {"a": 1, "a": {"$ref": "list#/9"}}}] x`, `[null]`, `[{"path": "/a\u0000"}]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		list, err := parseBatch(body)
		if err != nil {
			coded(t, err)
			return
		}
		for i := range list {
			r := refer(answered, 1<<20)
			if path, err := r.fillPath(list[i].Path); err != nil {
				coded(t, err)
			} else if _, err := url.ParseRequestURI(path); err == nil && !strings.HasPrefix(path, "/") {
				t.Fatalf("%q: the path leaves the API", path)
			}
			filled, err := r.fillBody(list[i].Body)
			if err != nil {
				coded(t, err)
			} else if len(list[i].Body) > 0 && len(filled) > 0 && !json.Valid(filled) {
				t.Fatalf("%q: filled with %q", list[i].Body, filled)
			}
		}
	})
}

func FuzzReference(f *testing.F) {
	for _, s := range []string{"list#/0/id", "list#", "#", "list#/0/a~1b/~0/1", "0#/x", "list#/00", "list#/-1", "list#/+0", "list", "list#0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, reference string) {
		v, err := refer(answered, 1<<20).value(reference)
		if err != nil {
			coded(t, err)
		} else if len(v) > 0 && !json.Valid(v) {
			t.Fatalf("%q gives %q", reference, v)
		}
	})
}

func FuzzNested(f *testing.F) {
	for _, s := range []string{`{"a": 1}`, `[{"a": {"b": []}}, {}]`, `[]`, `[1]`, `null`, ` {"a":1,"a":2}`, `{`, `[[{}]]`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, single, err := nestedRows(body)
		if err != nil {
			coded(t, err)
			return
		}
		if single && len(rows) != 1 {
			t.Fatalf("%q: %d rows of one", body, len(rows))
		}
		for _, r := range rows {
			if !json.Valid(r) {
				t.Fatalf("%q: a row is %q", body, r)
			}
		}
	})
}
