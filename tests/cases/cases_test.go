package cases

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/config"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/identity"
	"github.com/basement-project/basement/internal/pipeline"
	"github.com/basement-project/basement/internal/project"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/system"
	"github.com/basement-project/basement/internal/testkit"
)

var update = flag.Bool("update", false, "write PostgreSQL's answers into the files")

type section struct {
	name  string
	lines []string
}

func sections(text string) []section {
	var out []section
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		if name, ok := strings.CutPrefix(line, "== "); ok {
			out = append(out, section{name: name})
			continue
		}
		if len(out) == 0 {
			out = append(out, section{})
		}
		s := &out[len(out)-1]
		s.lines = append(s.lines, line)
	}
	return out
}

// parts divides a section into its first line, headers and body.
func (s section) parts() (first string, headers [][2]string, body string) {
	lines := s.lines
	if len(lines) > 0 {
		first, lines = lines[0], lines[1:]
	}
	for len(lines) > 0 && lines[0] != "" {
		k, v, _ := strings.Cut(lines[0], ": ")
		headers = append(headers, [2]string{k, v})
		lines = lines[1:]
	}
	if len(lines) > 0 {
		lines = lines[1:]
	}
	// An empty line before the next section belongs to the layout.
	if len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return first, headers, strings.Join(lines, "\n")
}

// shown are the headers written into the files; all others are compared between the engines alone.
var shown = []string{
	"Allow", "Content-Location", "Content-Profile", "Content-Range", "Content-Type", "Explain-Denial", "Link", "Location", "Preference-Applied",
	"Proxy-Status", "Www-Authenticate",
}

func answerText(w *httptest.ResponseRecorder) string {
	var b strings.Builder
	fmt.Fprintln(&b, w.Code)
	for _, name := range shown {
		for _, v := range w.Header()[name] {
			fmt.Fprintf(&b, "%s: %s\n", name, v)
		}
	}
	b.WriteString("\n")
	if w.Body.Len() > 0 {
		b.WriteString(w.Body.String() + "\n")
	}
	return b.String()
}

func allHeaders(w *httptest.ResponseRecorder) string {
	var out []string
	for name, values := range w.Header() {
		out = append(out, name+": "+strings.Join(values, ", "))
	}
	sort.Strings(out)
	return strings.Join(out, "\n")
}

type served struct {
	name    string
	handler http.Handler
}

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no case files", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { runFile(t, file) })
	}
}

func runFile(t *testing.T, file string) {
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list := sections(string(raw))
	var schema string
	settings := map[string]string{"pgrst.db_tx_end": "rollback-allow-override"}
	for _, s := range list {
		switch s.name {
		case "schema":
			schema = strings.Join(s.lines, "\n")
		case "settings":
			for _, line := range s.lines {
				if name, value, ok := strings.Cut(line, " "); ok {
					settings["pgrst."+name] = value
				}
			}
		}
	}
	engines := []served{{"postgres", serve(t, openPostgres(t), schema, settings)}, {"sqlite", serve(t, openSQLite(t), schema, settings)}}
	changed := false
	for i := 0; i < len(list); i++ {
		if !strings.HasPrefix(list[i].name, "request") {
			continue
		}
		var want string
		if i+1 < len(list) && list[i+1].name == "answer" {
			want = strings.Join(list[i+1].lines, "\n") + "\n"
		}
		var first *httptest.ResponseRecorder
		for _, e := range engines {
			w := send(t, e.handler, list[i])
			got := answerText(w)
			if e.name == "postgres" {
				first = w
				if *update && strings.TrimSpace(got) != strings.TrimSpace(want) {
					a := section{name: "answer", lines: append(strings.Split(strings.TrimRight(got, "\n"), "\n"), "")}
					if want == "" {
						list = slices.Insert(list, i+1, a)
					} else {
						list[i+1] = a
					}
					want, changed = got, true
				}
			} else if h := allHeaders(w); h != allHeaders(first) || !bytes.Equal(w.Body.Bytes(), first.Body.Bytes()) || w.Code != first.Code {
				t.Errorf("%s: the engines differ\npostgres: %s\n%s\n%s: %s\n%s", list[i].lines[0], answerText(first), allHeaders(first), e.name, got, h)
				continue
			}
			if strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("%s on %s\ngot  %s\nwant %s", list[i].lines[0], e.name, got, want)
			}
		}
	}
	if changed {
		var b strings.Builder
		for _, s := range list {
			if s.name != "" {
				b.WriteString("== " + s.name + "\n")
			}
			for _, line := range s.lines {
				b.WriteString(line + "\n")
			}
		}
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func send(t *testing.T, h http.Handler, s section) *httptest.ResponseRecorder {
	t.Helper()
	first, headers, body := s.parts()
	method, target, _ := strings.Cut(first, " ")
	r := httptest.NewRequest(method, escapeTarget(target), strings.NewReader(body))
	r.Header = http.Header{}
	for _, kv := range headers {
		r.Header.Add(kv[0], kv[1])
	}
	if body != "" && r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func escapeTarget(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if c := s[i]; c <= ' ' || c >= 127 || strings.IndexByte(`"<>\^`+"`"+`{|}`, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// who takes the identity from the headers As and Claims; without As it is the anonymous role.
func who(h http.Header) (identity.Identity, error) {
	role := h.Get("As")
	claims := h.Get("Claims")
	h.Del("As")
	h.Del("Claims")
	if role == "" {
		return identity.Identity{Role: "anon", Claims: "{}", Anonymous: true}, nil
	}
	if claims == "" {
		claims = `{"role":` + strconv.Quote(role) + `}`
	}
	return identity.Identity{Role: role, Claims: claims}, nil
}

func openPostgres(t *testing.T) engine.Engine {
	t.Helper()
	e, err := postgres.Open(context.Background(), postgres.Options{URL: testkit.PostgreSQL(t)})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func openSQLite(t *testing.T) engine.Engine {
	t.Helper()
	e, err := sqlite.Open(context.Background(), t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func serve(t *testing.T, e engine.Engine, schema string, settings map[string]string) http.Handler {
	t.Helper()
	ctx := context.Background()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
		defer cancel()
		_ = e.Close(ctx)
	})
	if err := system.Install(ctx, e); err != nil {
		t.Fatal(e.Name(), err)
	}
	tx, err := e.Admin(ctx, engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	script := project.ParseScript("schema", schema)
	for _, st := range script.Statements {
		if _, err := tx.Exec(ctx, st.Text, nil); err != nil {
			t.Fatalf("%s: %v: %s", e.Name(), err, st.Text)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if err := e.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	base := config.Config{Schemas: []string{"public"}, ExtraSearchPath: []string{"public", "extensions"}}
	api, faults := base.API(settings)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	cfg := rest.Defaults()
	cfg.Schemas, cfg.ExtraSearchPath, cfg.Aggregates, cfg.Plans = api.Schemas, api.ExtraSearchPath, api.Aggregates, api.Plan
	cfg.TxRollback, cfg.TxOverride, cfg.PreRequest = api.Rollback, api.AllowOverride, rest.ParseName(api.PreRequest)
	cfg.TargetNames = api.LegacyTargets
	if api.MaxRows > 0 {
		cfg.MaxRows = api.MaxRows
	}
	return pipeline.New(pipeline.Options{Engine: e, Guard: guard.New(e.Enforces()), Identify: who, Config: func() *rest.Config { return &cfg },
		Log: failures(t), Operates: func(h http.Header) bool { return h.Get("Apikey") == "operator" }})
}

// failures logs what the server would: the cause of errors that are nobody's fault but its own.
func failures(t *testing.T) *slog.Logger {
	return slog.New(slog.NewTextHandler(testLog{t}, nil))
}

type testLog struct{ t *testing.T }

func (l testLog) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("XX000")) || bytes.Contains(b, []byte("internal error")) {
		l.t.Log(string(b))
	}
	return len(b), nil
}
