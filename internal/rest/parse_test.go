package rest

import (
	"net/http"
	"testing"

	"github.com/basement-project/basement/internal/errs"
)

func parseQuery(t *testing.T, method, path, query string) (*Request, *errs.Error) {
	t.Helper()
	cfg := Defaults()
	r, err := Parse(Input{Method: method, Path: path, RawQuery: query, Header: http.Header{}}, &cfg)
	return r, errs.Of(err)
}

func TestParseErrors(t *testing.T) {
	for _, c := range []struct{ query, message, details string }{
		{"id=noop.0", `"failed to parse filter (noop.0)" (line 1, column 1)`, `unexpected "o" expecting "not" or operator (eq, gt, ...)`},
		{"id=val", `"failed to parse filter (val)" (line 1, column 1)`, `unexpected "v" expecting "not" or operator (eq, gt, ...)`},
		{"select=id,clients(name[])", `"failed to parse select parameter (id,clients(name[]))" (line 1, column 16)`,
			`unexpected '[' expecting letter, digit, "-", "->>", "->", "::", ".", ")", "," or end of input`},
		{"select=data->>-78xy", `"failed to parse select parameter (data->>-78xy)" (line 1, column 11)`,
			`unexpected 'x' expecting digit, "->", "::", ".", "," or end of input`},
		{"select=name!hint", `"failed to parse select parameter (name!hint)" (line 1, column 5)`,
			`unexpected '!' expecting letter, digit, "-", "->>", "->", "::", ".", ")", "," or end of input`},
		{"select=name::", `"failed to parse select parameter (name::)" (line 1, column 7)`,
			`unexpected end of input expecting letter or digit`},
		{"order=name.cac", `"failed to parse order (name.cac)" (line 1, column 6)`, `unexpected "c" expecting "asc", "desc", "nullsfirst" or "nullslast"`},
		{"order=id.asc.nullslasttt", `"failed to parse order (id.asc.nullslasttt)" (line 1, column 17)`, `unexpected 't' expecting "," or end of input`},
		{"order=name[]", `"failed to parse order (name[])" (line 1, column 5)`, `unexpected '[' expecting letter, digit, "-", "->>", "->", delimiter (.), "," or end of input`},
		{"or=()", `"failed to parse logic tree (())" (line 1, column 4)`, `unexpected ")" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)`},
		{"or=(id.in.1,2,id.eq.3)", `"failed to parse logic tree ((id.in.1,2,id.eq.3))" (line 1, column 10)`, `unexpected "1" expecting "("`},
		{"or=)(", `"failed to parse logic tree ()()" (line 1, column 3)`, `unexpected ")" expecting "("`},
		{"and=(ord(id.eq.1,id.eq.1),id.eq.2)", `"failed to parse logic tree ((ord(id.eq.1,id.eq.1),id.eq.2))" (line 1, column 7)`, `unexpected "d" expecting "("`},
		{"or=(id.eq.1,not.xor(id.eq.2,id.eq.3))", `"failed to parse logic tree ((id.eq.1,not.xor(id.eq.2,id.eq.3)))" (line 1, column 16)`, `unexpected "x" expecting logic operator (and, or)`},
	} {
		_, err := parseQuery(t, "GET", "/items", c.query)
		if err == nil {
			t.Errorf("%s: no error", c.query)
			continue
		}
		if err.Message != c.message || err.Detail != c.details {
			t.Errorf("%s:\n got %s\n     %s\nwant %s\n     %s", c.query, err.Message, err.Detail, c.message, c.details)
		}
	}
}
