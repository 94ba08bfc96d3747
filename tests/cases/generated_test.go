package cases

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	seed  = flag.Uint64("seed", 1, "the first seed of the generated requests")
	count = flag.Int("requests", 2000, "how many requests to generate; the environment's BASEMENT_REQUESTS comes first")
)

// requests is how many requests a test makes: a part of what is asked for.
func requests(t *testing.T, part int) int {
	t.Helper()
	if v := os.Getenv("BASEMENT_REQUESTS"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			t.Fatal("BASEMENT_REQUESTS:", err)
		}
		return n / part
	}
	return *count / part
}

func (a *asked) send(h http.Handler) *httptest.ResponseRecorder {
	r := httptest.NewRequest("GET", "/", strings.NewReader(a.body))
	r.Method = a.method
	u, err := r.URL.Parse(a.target())
	if err != nil || strings.HasPrefix(a.path, "//") {
		u.Path = a.path
	}
	r.URL, r.RequestURI = u, a.target()
	r.Header = a.header.Clone()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// same compares two answers in all that is not the planner's choice; it gives "" or what differs.
func (a *asked) same(x, y *httptest.ResponseRecorder) string {
	switch {
	case a.plan && x.Code < 300 && y.Code < 300:
		return "" // each engine has plans of its own
	case a.planned && windowed(x) && windowed(y):
		// The number is a guess, and whether the page is one of all.
		if x.Code != 416 && y.Code != 416 && !bytes.Equal(x.Body.Bytes(), y.Body.Bytes()) {
			return "body"
		}
		return ""
	case x.Code != y.Code:
		return "status"
	case !bytes.Equal(x.Body.Bytes(), y.Body.Bytes()):
		return "body"
	case allHeaders(x) != allHeaders(y):
		return "headers"
	}
	return ""
}

func windowed(w *httptest.ResponseRecorder) bool {
	return w.Code == 200 || w.Code == 206 || w.Code == 416
}

// choice names why two answers may differ: PostgreSQL gives one or the other by how its planner goes about a request, or
// the difference is one that deviations.md tells of. It is "" when there is no such reason.
func (a *asked) choice(x, y *httptest.ResponseRecorder) string {
	one, other := codeOf(x), codeOf(y)
	value := valueError.MatchString(one)
	batch, call := a.path == "/batch", strings.HasPrefix(a.path, "/rpc/")
	switch {
	case a.plan && x.Code >= 400 && y.Code >= 400:
		return "what EXPLAIN finds wrong first"
	case one == "2201B" || one == "42601":
		return "whether a pattern that is wrong is compared with anything"
	case value && (none(y) || other == "PGRST103" || other == "PGRST116" || a.plan || batch):
		return "whether a value that no row of the answer needs is looked at"
	case value && one == other && messageOf(x) == messageOf(y), value && other == "23505" && a.method == "PATCH":
		return "which of several values is met first"
	case call && value && y.Code < 300 && strings.Contains(a.target(), "count()"):
		return "whether a function is called whose value nobody looks at"
	case call && none(x) && y.Code == 409, batch && x.Code < 300 && y.Code == 409 && strings.Contains(a.body, "/rpc/"):
		return "whether a function whose rows no filter can meet is called"
	case call && (none(y) && x.Code >= 400 || one == "42501" && (a.plan || a.method == "HEAD")):
		return "whether a function whose rows no filter can meet is called"
	case a.method == "HEAD" && (x.Code < 300 || x.Code == 406) && (other == "42501" || valueError.MatchString(other)):
		return "whether what a HEAD request need not read is read, and the right to it asked for"
	case x.Code < 400 || y.Code < 400:
		return ""
	case one == "22021" && (other == "42501" || other == "42703"), value && other == "42P10":
		return "whether a value or something else is refused first"
	case one == "25006" && other == "42501":
		return "whether a write or a right is refused first, within a function"
	case strings.HasPrefix(one, "42") && other == "55000":
		return "whether a view that cannot be written or what else is wrong is refused first"
	case x.Code == 409 && y.Code == 409 && (a.method == "PATCH" || a.method == "DELETE" || batch):
		return "which of several rows is in the way first"
	case one == "42803" && other == "42803":
		return "how an ungrouped computed column is told of"
	case one == "42501" && other == "42501":
		return "which of several missing rights is named"
	}
	return ""
}

var messageField = regexp.MustCompile(`"message":"((?:[^"\\]|\\.)*)"`)

func messageOf(w *httptest.ResponseRecorder) string {
	if m := messageField.FindStringSubmatch(w.Body.String()); m != nil {
		kind, _, _ := strings.Cut(m[1], `: \"`) // what follows is the value
		return kind
	}
	return ""
}

// valueError are the errors of a value that was read, computed or matched.
var valueError = regexp.MustCompile(`^(22...|42601)$`)

// none says that an answer shows no rows.
func none(w *httptest.ResponseRecorder) bool {
	if w.Code >= 300 {
		return false
	}
	r := w.Header().Get("Content-Range")
	return w.Code == 204 || strings.HasPrefix(r, "*/") || w.Body.String() == "[]"
}

var codeField = regexp.MustCompile(`"code":"([^"]*)"`)

func codeOf(w *httptest.ResponseRecorder) string {
	if m := codeField.FindStringSubmatch(w.Body.String()); m != nil {
		return m[1]
	}
	_, code, _ := strings.Cut(w.Header().Get("Proxy-Status"), "error=")
	return code
}

// allowed5xx are the errors that PostgREST answers with 500 and more too.
var allowed5xx = regexp.MustCompile(`"code":"(54|21000|25|38|39|40|55|57|58|F0|XX|P0|PGRST111|PGRST112|PGRST121|0A)`)

var generatedSettings = map[string]string{
	"pgrst.db_tx_end": "rollback-allow-override", "pgrst.url_use_legacy_target_names": "true", "pgrst.db_aggregates_enabled": "true", "pgrst.db_schemas": "public, other", "pgrst.db_plan_enabled": "true",
}

func TestGeneratedRequests(t *testing.T) {
	pg := serve(t, openPostgres(t), generatedSchema, generatedSettings)
	lite := serve(t, openSQLite(t), generatedSchema, generatedSettings)
	w := generatedWorld()
	n := requests(t, 1)
	different, unsupported, total := 0, 0, 0
	codes, choices := map[int]int{}, map[string]int{}
	for i := range n {
		s := *seed + uint64(i)
		g := generator{rand.New(rand.NewPCG(s, 0)), w}
		a := g.request()
		for page := 0; a != nil && page < 3; page++ {
			total++
			x := a.send(pg)
			for tries := 0; codeOf(x) == "57014" && tries < 5; tries++ {
				x = a.send(pg) // a slow machine
			}
			y := a.send(lite)
			codes[x.Code]++
			if x.Code >= 500 && !allowed5xx.MatchString(x.Body.String()) && !(a.path == "/rpc/fail") {
				t.Errorf("seed %d: %v: PostgreSQL answers %d %s", s, a, x.Code, x.Body)
			}
			what := a.same(x, y)
			if what == "" {
				a = a.next(y)
				continue
			}
			if why := a.choice(x, y); why != "" {
				choices[why]++
				break
			}
			if codeOf(y) == "0A000" {
				unsupported++
			}
			if different++; different <= 60 {
				t.Errorf("seed %d: %s: %v\npostgres %d %s\n%s\nsqlite   %d %s\n%s", s, what, a, x.Code, x.Body, allHeaders(x), y.Code, y.Body, allHeaders(y))
			}
			break
		}
	}
	t.Logf("%d requests, %d different, %d of them not supported on the embedded engine, the planner's choices: %v, answers by status: %v", total, different, unsupported, choices, codes)
}

var nextLink = regexp.MustCompile(`cursor=([^&>]*)>; rel="next"`)

// next is the request for the next page, nil when there is none.
func (a *asked) next(w *httptest.ResponseRecorder) *asked {
	m := nextLink.FindStringSubmatch(w.Header().Get("Link"))
	if m == nil {
		return nil
	}
	b := *a
	b.query = nil
	for _, q := range a.query {
		if q[0] != "cursor" {
			b.query = append(b.query, q)
		}
	}
	b.add("cursor", m[1])
	return &b
}
