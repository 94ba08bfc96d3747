package projects

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/testkit"
)

// needs names the extension a project cannot do without and a stock PostgreSQL does not bring.
var needs = map[string]string{"document-search": "vector"}

func TestProjects(t *testing.T) {
	dirs, err := filepath.Glob("testdata/*")
	if err != nil || len(dirs) == 0 {
		t.Fatal("no projects", err)
	}
	for _, dir := range dirs {
		name := filepath.Base(dir)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			embedded := load(t, dir, "")
			database := testkit.PostgreSQL(t)
			if extension := needs[name]; extension != "" {
				if out, err := run(t, dir, t.TempDir(), database, "db", "query", "create extension "+extension); err != nil {
					if !strings.Contains(out, `extension "`+extension+`" is not available`) {
						t.Fatal(out)
					}
					return
				}
			}
			postgres := load(t, dir, database)
			for i := range embedded {
				if embedded[i] != postgres[i] {
					t.Errorf("the engines answer differently\nembedded:\n%s\npostgres:\n%s", embedded[i], postgres[i])
				}
			}
		})
	}
}

// load applies a project and gives the answers to its checks: the parts of checks.sql between empty lines.
func load(t *testing.T, dir, database string) []string {
	t.Helper()
	data := t.TempDir()
	if out, err := run(t, dir, data, database, "db", "check"); err != nil {
		t.Errorf("db check: %s", out)
	}
	if out, err := run(t, dir, data, database, "db", "reset", "--yes"); err != nil {
		t.Fatalf("db reset: %s", out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "checks.sql"))
	if err != nil {
		t.Fatal(err)
	}
	var answers []string
	for _, check := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
		out, err := run(t, dir, data, database, "db", "query", check)
		if err != nil && !strings.HasPrefix(check, "-- refused") {
			t.Errorf("%s\n%s", check, out)
		}
		if err == nil && strings.HasPrefix(check, "-- refused") {
			t.Errorf("accepted: %s\n%s", check, out)
		}
		answers = append(answers, check+"\n"+masked.ReplaceAllString(out, "..."))
	}
	return answers
}

// masked are the values no two runs share: times of now, and generated identifiers.
var masked = regexp.MustCompile(`20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d+\+00|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`)

func run(t *testing.T, dir, data, database string, args ...string) (string, error) {
	t.Helper()
	// The SQL comes last, behind "--": it may begin with a comment.
	flags := []string{"--project", dir, "--data", data}
	if database != "" {
		flags = append(flags, "--database", database)
	}
	words := 2
	if args[1] == "reset" {
		words = 3
	}
	args = slices.Concat(args[:words], flags, []string{"--"}, args[words:])
	cmd := exec.Command(testkit.Program(t), args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}
