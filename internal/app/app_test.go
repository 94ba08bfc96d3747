package app

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// run runs a command line on a project in a temporary folder and gives its status and output.
func run(t *testing.T, dir string, args ...string) (status int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status = Run(context.Background(), args, strings.NewReader(""), &stdout, &stderr, []string{"BASEMENT_PROJECT=" + dir})
	return status, stdout.String(), stderr.String()
}

func mustRun(t *testing.T, dir string, args ...string) string {
	t.Helper()
	status, out, err := run(t, dir, args...)
	if status != 0 {
		t.Fatalf("basement %s: status %d\n%s%s", strings.Join(args, " "), status, out, err)
	}
	return out
}

func newProject(t *testing.T, migrations map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	mustRun(t, dir, "init", dir)
	for name, text := range migrations {
		if err := os.WriteFile(filepath.Join(dir, "supabase", "migrations", name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestUsage(t *testing.T) {
	dir := t.TempDir()
	cases := []struct {
		args   []string
		status int
		want   string
	}{
		{nil, 0, "Available Commands"},
		{[]string{"frobnicate"}, 2, `unknown command "frobnicate"`},
		{[]string{"migration", "sideways"}, 2, `unknown command "sideways"`},
		{[]string{"migration"}, 0, "Available Commands"},
		{[]string{"migration", "new"}, 2, "1 argument(s) wanted, 0 given"},
		{[]string{"serve", "--prot", "1"}, 2, "unknown flag: --prot"},
		{[]string{"serve", "--port", "many"}, 1, "--port: a port (0 to 65535) is wanted"},
		{[]string{"db", "query", "--json", "--csv", "select 1"}, 2, "exclude each other"},
		{[]string{"db", "query", "--claims", "{", "select 1"}, 2, "--claims is not JSON"},
		{[]string{"gen", "types", "--lang", "cobol"}, 2, "wanted is one of typescript, go, python"},
		{[]string{"version", "extra"}, 2, "0 argument(s) wanted"},
	}
	for _, c := range cases {
		status, out, err := run(t, dir, c.args...)
		if status != c.status || !strings.Contains(out+err, c.want) {
			t.Errorf("%v: status %d\n%s%s", c.args, status, out, err)
		}
	}
	for _, command := range []string{"init", "serve", "migration new", "migration up", "migration list", "db query", "db check", "db reset", "gen types", "keys", "version"} {
		out := mustRun(t, dir, append(strings.Fields(command), "--help")...)
		if !strings.Contains(out, "Examples:") || !strings.Contains(out, "--database") {
			t.Errorf("%s --help has no examples or lacks the common flags:\n%s", command, out)
		}
	}
}

func TestKeys(t *testing.T) {
	dir := newProject(t, nil)
	var first, second map[string]string
	if err := json.Unmarshal([]byte(mustRun(t, dir, "keys", "--json")), &first); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(mustRun(t, dir, "keys", "--json")), &second); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"API_URL", "ANON_KEY", "SERVICE_ROLE_KEY", "PUBLISHABLE_KEY", "SECRET_KEY", "JWT_SECRET"} {
		if first[name] == "" || first[name] != second[name] {
			t.Errorf("%s: %q, then %q", name, first[name], second[name])
		}
	}
	if out := mustRun(t, dir, "keys"); !strings.Contains(out, "ANON_KEY=\""+first["ANON_KEY"]+"\"\n") {
		t.Errorf("%s", out)
	}
	info, err := os.Stat(filepath.Join(dir, ".basement", "secrets.json"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
}

func TestFaultsOfSettingsAreShownTogether(t *testing.T) {
	dir := newProject(t, nil)
	if err := os.WriteFile(filepath.Join(dir, "supabase", "config.toml"), []byte("[api]\nprot = 1\nmax_rows = -1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	status, _, err := run(t, dir, "keys")
	if status != 1 || !strings.Contains(err, ":2:1: unknown key api.prot; did you mean api.port?") || !strings.Contains(err, ":3:1: api.max_rows") {
		t.Errorf("%d\n%s", status, err)
	}
}

func TestLineAt(t *testing.T) {
	for _, c := range []struct {
		text     string
		position int
		line     string
		column   int
	}{
		{"select x", 8, "select x", 8},
		{"a\n  b c\nd", 5, "  b c", 3},
		{"é\nü x", 5, "ü x", 3},
		{"", 9, "", 1},
		{strings.Repeat("x", 300) + "y", 301, strings.Repeat("x", 99) + "y", 100},
	} {
		if line, column := lineAt(c.text, c.position); line != c.line || column != c.column {
			t.Errorf("%.20q %d: %q %d", c.text, c.position, line, column)
		}
	}
}

func TestWithoutPassword(t *testing.T) {
	for url, want := range map[string]string{
		"postgres://me:secret@host:5432/db?sslmode=x&password=y": "postgres://me@host:5432/db",
		"postgres://me:se@cret@host/db":                          "postgres://me@host/db",
		"postgresql:///db":                                       "postgresql:///db",
	} {
		if got := withoutPassword(url); got != want {
			t.Errorf("%s: %s", url, got)
		}
	}
}
