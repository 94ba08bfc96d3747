package rest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/errs"
)

func TestWindows(t *testing.T) {
	for _, c := range []struct {
		query, header string
		want          Range
		code          string
	}{
		{"", "", AllRows, ""},
		{"limit=5", "", Range{0, 5}, ""},
		{"limit=5&offset=3", "", Range{3, 5}, ""},
		{"offset=3", "", Range{3, -1}, ""},
		{"limit=0", "", Range{0, 0}, ""},
		{"limit=x", "", AllRows, ""},
		{"limit=-1", "", AllRows, "PGRST103"},
		{"", "2-4", Range{2, 3}, ""},
		{"", "2-", Range{2, -1}, ""},
		{"", "4-2", AllRows, "PGRST103"},
		{"", "items=1-2", AllRows, ""},
		{"limit=2", "1-9", Range{1, 1}, ""},
		{"limit=100&offset=5", "0-7", Range{5, 3}, ""},
	} {
		cfg := Defaults()
		h := http.Header{}
		if c.header != "" {
			h.Set("Range", c.header)
		}
		r, err := Parse(Input{Method: "GET", Path: "/t", RawQuery: c.query, Header: h}, &cfg)
		if e := errs.Of(err); (e == nil) != (c.code == "") || e != nil && e.Code != c.code {
			t.Errorf("%q %q: %v", c.query, c.header, err)
		} else if err == nil && r.Top != c.want {
			t.Errorf("%q %q: %+v, want %+v", c.query, c.header, r.Top, c.want)
		}
	}
}

func TestContentRange(t *testing.T) {
	for _, c := range []struct {
		first, last, total int64
		want               string
		status             int
	}{
		{0, 9, -1, "0-9/*", 200}, {0, 9, 10, "0-9/10", 200}, {0, 4, 10, "0-4/10", 206}, {0, -1, 0, "*/0", 200}, {5, 4, 3, "*/3", 416},
	} {
		if got := contentRange(c.first, c.last, c.total); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
		if got := rangeStatus(c.first, c.last, c.total); got != c.status {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

func TestPreferences(t *testing.T) {
	p := ParsePreferences(http.Header{"Prefer": {"return=minimal, return=representation", "count=exact,  odd , tx=rollback, max-affected=3, handling=strict"}}, false)
	if p.Return != "minimal" || p.Count != "exact" || p.Tx != "" || p.MaxAffected != 3 || strings.Join(p.Invalid, "|") != "odd" {
		t.Errorf("%+v", p)
	}
	if got := p.applied(); got != "return=minimal, count=exact, handling=strict, max-affected=3" {
		t.Error(got)
	}
}

func TestMediaTypes(t *testing.T) {
	for in, want := range map[string]string{
		"application/json":                                                    "application/json",
		"Application/Vnd.Pgrst.Object+JSON":                                   "application/vnd.pgrst.object+json",
		"application/vnd.pgrst.array+json;nulls=stripped":                     "application/vnd.pgrst.array+json;nulls=stripped",
		"application/vnd.pgrst.array+json":                                    "application/json",
		`application/vnd.pgrst.plan+json; for="text/csv";options=wal|analyze`: `application/vnd.pgrst.plan+json; for="text/csv"; options=analyze|wal`,
		"text/x-odd; a=b":                                                     "text/x-odd; a=b",
	} {
		if got := ParseMediaType(in).String(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	var got []string
	for _, m := range parseAccept("text/html;q=0.5, text/csv, application/json;q=0.9, */*;q=0.1") {
		got = append(got, m.String())
	}
	if s := strings.Join(got, " "); s != "text/csv application/json text/html */*" {
		t.Error(s)
	}
}

func TestBodies(t *testing.T) {
	cfg := Defaults()
	parse := func(kind, query, body string) (*Request, error) {
		return Parse(Input{Method: "POST", Path: "/t", RawQuery: query, Header: http.Header{"Content-Type": {kind}}, Body: []byte(body)}, &cfg)
	}
	for _, c := range []struct{ kind, query, body, keys, raw, fault string }{
		{"application/json", "", `[{"b":1,"a":2},{"a":3,"b":4}]`, "a,b", `[{"b":1,"a":2},{"a":3,"b":4}]`, ""},
		{"application/json", "", `[{"a":1},{"b":2}]`, "", "", "All object keys must match"},
		{"application/json", "", `[{"a":1},2]`, "", "", "All object keys must match"},
		{"application/json", "", `{"a":`, "", "", "Empty or invalid json"},
		{"application/json", "", ``, "", "", "Empty or invalid json"},
		{"application/json", "", `7`, "", "[]", ""},
		{"application/json", "columns=x,a", `[{"a":1},{"b":2}]`, "a,x", `[{"a":1},{"b":2}]`, ""},
		{"application/json", "", strings.Repeat(`{"a":`, 101) + "1" + strings.Repeat("}", 101), "", "", "The JSON body is nested too deeply"},
		{"text/csv", "", "a,b\n1,NULL\n", "a,b", `[{"a":"1","b":null}]`, ""},
		{"text/csv", "", "a,b\n1\n", "", "", "All lines must have same number of fields"},
		{"application/x-www-form-urlencoded", "", "b=x+y&a=%C3%A9", "a,b", `{"a":"é","b":"x y"}`, ""},
	} {
		r, err := parse(c.kind, c.query, c.body)
		if c.fault != "" {
			if e := errs.Of(err); e == nil || e.Message != c.fault || e.Code != "PGRST102" {
				t.Errorf("%s: %v", c.body, err)
			}
			continue
		}
		if err != nil || strings.Join(r.Body.Keys, ",") != c.keys || string(r.Body.Raw) != c.raw {
			t.Errorf("%s: %v %+v", c.body, err, r)
		}
	}
}

func TestErrorAnswers(t *testing.T) {
	for _, c := range []struct {
		e             *errs.Error
		authenticated bool
		status        int
		body          string
	}{
		{errs.New("42501", "no"), false, 401, `{"code":"42501","details":null,"hint":null,"message":"no"}`},
		{errs.New("42501", "no"), true, 403, `{"code":"42501","details":null,"hint":null,"message":"no"}`},
		{errs.New("23505", "twice").WithDetail("Key (a)=(1)"), true, 409, `{"code":"23505","details":"Key (a)=(1)","hint":null,"message":"twice"}`},
		{errs.New("PT418", "teapot"), true, 418, `{"code":"PT418","details":null,"hint":null,"message":"teapot"}`},
		{errs.New("P0001", "raised").WithHint("h"), true, 400, `{"code":"P0001","details":null,"hint":"h","message":"raised"}`},
		{&errs.Error{Code: "PGRST", Message: `{"code":"X1","message":"m","hint":"h"}`, Detail: `{"status":499,"headers":{"X-A":"b"}}`}, true, 499,
			`{"code":"X1","details":null,"hint":"h","message":"m"}`},
		{&errs.Error{Code: "PGRST", Message: `{"code":"X1","message":"m"}`}, true, 500,
			`{"code":"PGRST121","details":"DETAIL is missing in the RAISE statement","hint":"DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'.","message":"Could not parse JSON in the \"RAISE SQLSTATE 'PGRST'\" error"}`},
		{errs.New("53300", "full"), true, 503, `{"code":"53300","details":null,"hint":null,"message":"full"}`},
	} {
		w := httptest.NewRecorder()
		WriteError(w, c.e, c.authenticated, false, false)
		if w.Code != c.status || w.Body.String() != c.body {
			t.Errorf("%s: %d %s", c.e, w.Code, w.Body)
		}
	}
}

func TestRecords(t *testing.T) {
	v := func(s string) *string { return &s }
	a := Answer{Columns: []string{"a", "b"}, Rows: [][]*string{{v("1"), nil}, {v(""), v(`say "x", y\z`)}}}
	if got := string(a.csv()); got != "a,b\n1,\n\"\",\"say \"\"x\"\", y\\\\z\"" {
		t.Errorf("%q", got)
	}
}

func TestFeatures(t *testing.T) {
	got := string(features([]byte(`{"id":1,"at":{"type":"Point","coordinates":[1,2]}}`)))
	want := `{"type" : "FeatureCollection", "features" : [{"type": "Feature", "geometry": {"type":"Point","coordinates":[1,2]}, "properties": {"id": 1}}]}`
	if got != want {
		t.Error(got)
	}
}

func TestNestingIsBounded(t *testing.T) {
	for _, query := range []string{
		"select=" + strings.Repeat("a(", 200) + strings.Repeat(")", 200),
		"or=" + strings.Repeat("(or", 200) + "(a.eq.1" + strings.Repeat(")", 201),
	} {
		_, err := parseQuery(t, "GET", "/t", query)
		if err == nil || err.Code != "PGRST100" || err.Detail != "nested more than 100 levels deep" {
			t.Errorf("%v", err)
		}
	}
}

func TestShapes(t *testing.T) {
	same := [][2]string{{"id=eq.1&limit=3", "id=eq.2&limit=9"}, {"or=(a.eq.1,b.in.(1))", "or=(a.eq.7,b.in.(1,2))"}}
	for _, c := range same {
		a, _ := parseQuery(t, "GET", "/t", c[0])
		b, _ := parseQuery(t, "GET", "/t", c[1])
		if a.Shape == "" || a.Shape != b.Shape {
			t.Errorf("%v have two shapes", c)
		}
	}
	other := [][2]string{{"id=eq.1", "id=neq.1"}, {"id=eq.1", "name=eq.1"}, {"limit=1", "offset=1"}, {"or=(a.eq.1,b.eq.1)", "and=(a.eq.1,b.eq.1)"},
		{"a=is.null", "a=is.true"}, {"select=a,b", "select=a"}, {"a=eq.1", "a=eq(any).1"}, {"or=(a.eq.1,and(b.eq.1,c.eq.1))", "or=(a.eq.1,and(b.eq.1),c.eq.1)"}}
	for _, c := range other {
		a, _ := parseQuery(t, "GET", "/t", c[0])
		b, _ := parseQuery(t, "GET", "/t", c[1])
		if a.Shape == b.Shape {
			t.Errorf("%v have one shape", c)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	cfg := Defaults()
	in := Input{Method: "GET", Path: "/todos", RawQuery: "select=id,title,done&user_id=eq.42&done=is.false&order=id.desc&limit=20", Header: http.Header{"Accept": {"application/json"}}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(in, &cfg); err != nil {
			b.Fatal(err)
		}
	}
}
