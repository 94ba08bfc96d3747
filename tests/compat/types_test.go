package compat

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/testkit"
	"github.com/basement-project/basement/tests/compat/types/database"
)

var update = flag.Bool("update", false, "write the generated types that the tests compare with")

// typesFile is where the types of a language are kept, as a program would have them.
var typesFile = map[string]string{"typescript": "database.types.ts", "go": "database/database.go", "python": "database.py"}

// TestGeneratedTypes compares the types of a project on both engines with the files kept, which the tests after it use.
func TestGeneratedTypes(t *testing.T) {
	program, dir := testkit.Program(t), filepath.Join(testkit.Root(), "tests", "compat", "types")
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			common := []string{"--project", filepath.Join(dir, "project"), "--data", t.TempDir()}
			if engine == "postgres" {
				common = append(common, "--database", testkit.PostgreSQL(t))
			}
			run := func(args ...string) []byte {
				t.Helper()
				var out, log bytes.Buffer
				cmd := exec.Command(program, append(args, common...)...)
				cmd.Stdout, cmd.Stderr = &out, &log
				if err := cmd.Run(); err != nil {
					t.Fatalf("%v: %v\n%s", args, err, &log)
				}
				return out.Bytes()
			}
			run("migration", "up")
			for lang, file := range typesFile {
				got := run("gen", "types", "--lang", lang)
				path := filepath.Join(dir, filepath.FromSlash(file))
				if *update {
					if err := os.WriteFile(path, got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				if want, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: not as in %s (go test -update writes it): %v\n%s", lang, path, err, firstDifference(got, want))
				}
			}
			only := run("gen", "types", "--schema", "shop")
			if bytes.Contains(only, []byte(`"people"`)) || !bytes.Contains(only, []byte("\n  shop: {")) || bytes.Contains(only, []byte("\n  public: {")) {
				t.Errorf("--schema shop:\n%s", only)
			}
		})
	}
}

func firstDifference(got, want []byte) string {
	a, b := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range a {
		if i >= len(b) || !bytes.Equal(a[i], b[i]) {
			if i >= len(b) {
				return "got  " + string(a[i])
			}
			return "got  " + string(a[i]) + "\nwant " + string(b[i])
		}
	}
	return "got less"
}

// TestTypesOfQueries compiles queries with supabase-js and the generated types: right ones, and wrong ones that the
// compiler must refuse.
func TestTypesOfQueries(t *testing.T) {
	dir := filepath.Join(testkit.Root(), "tests", "compat", "types")
	compiler := filepath.Join(dir, "node_modules", "typescript", "bin", "tsc")
	if _, err := os.Stat(compiler); err != nil {
		t.Fatalf("the TypeScript compiler is not installed: run `npm ci` in tests/compat/types (make test does): %v", err)
	}
	cmd := exec.Command("node", compiler, "--project", dir, "--pretty", "false")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestGeneratedTypesReadRows writes through the API with the Go and Python types and reads what it answers into them.
func TestGeneratedTypesReadRows(t *testing.T) {
	dir := filepath.Join(testkit.Root(), "tests", "compat", "types")
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Fatalf("python3 is needed to run the generated module: %v", err)
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			url := ""
			if engine == "postgres" {
				url = testkit.PostgreSQL(t)
			}
			s := testkit.Serve(t, filepath.Join(dir, "project"), url)
			call := func(method, path string, body []byte) []byte {
				t.Helper()
				r, err := http.NewRequest(method, s.URL+"/rest/v1/"+path, bytes.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("apikey", s.Keys["SERVICE_ROLE_KEY"])
				r.Header.Set("Authorization", "Bearer "+s.Keys["SERVICE_ROLE_KEY"])
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Prefer", "return=representation")
				answer, err := http.DefaultClient.Do(r)
				if err != nil {
					t.Fatal(err)
				}
				defer answer.Body.Close()
				text, err := io.ReadAll(answer.Body)
				if err != nil || answer.StatusCode > 201 {
					t.Fatalf("%s %s: %d %v\n%s", method, path, answer.StatusCode, err, text)
				}
				return text
			}
			at, size, street, tags := time.Date(2026, 5, 4, 3, 2, 1, 120_000_000, time.UTC), json.Number("1.50"), "Main \"St\"", []string{}
			meta := json.RawMessage(`{"a": [1, null]}`)
			body, err := json.Marshal(database.PublicPeopleInsert{Name: "Ada", CreatedAt: &at, Größe: &size, Tags: &tags, Meta: &meta,
				Home: &database.PublicAddress{Street: &street, Moods: []database.PublicMood{database.PublicMoodItSFine}}})
			if err != nil {
				t.Fatal(err)
			}
			var people []database.PublicPeopleSelect
			decoder := json.NewDecoder(bytes.NewReader(call("POST", "people", body)))
			decoder.DisallowUnknownFields()
			if err := decoder.Decode(&people); err != nil {
				t.Fatal(err)
			}
			p := people[0]
			if p.Name != "Ada" || !p.CreatedAt.Equal(at) || *p.Größe != size || p.Tags == nil || p.Moods != nil || p.Score != 3 ||
				p.Mood != database.PublicMoodGlad || *p.Home.Street != street || p.Home.Moods[0] != database.PublicMoodItSFine || p.UserId != 1 {
				t.Errorf("%+v", p)
			}
			script := func(text string, input []byte) []byte {
				t.Helper()
				var out, log bytes.Buffer
				cmd := exec.Command(python, "-B", "-c", "import json, sys\nfrom database import *\n"+text)
				cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = dir, bytes.NewReader(input), &out, &log
				if err := cmd.Run(); err != nil {
					t.Fatalf("%v\n%s\n%s", err, &log, input)
				}
				return out.Bytes()
			}
			change := script(`json.dump(to_json(PublicPeopleUpdate(born=datetime.date(1815, 12, 10), mail=None, active=True,
    home=PublicAddress("x", None, 7, ["glad"]), Gr__e=Decimal("2.25"), local_time=datetime.datetime(2026, 1, 2, 3, 4, 5, 600000))), sys.stdout)`, nil)
			script(`p = from_json(PublicPeople, json.load(sys.stdin)[0])
assert p.id == UUID(str(p.id)) and p.born == datetime.date(1815, 12, 10) and p.mail is None and p.active is True, p
assert p.created_at == datetime.datetime(2026, 5, 4, 3, 2, 1, 120000, datetime.timezone.utc), p
assert p.local_time == datetime.datetime(2026, 1, 2, 3, 4, 5, 600000) and p.Gr__e == Decimal("2.25"), p
assert p.home == PublicAddress("x", None, 7, ["glad"]) and p.user_id == 1 and p.tags == [] and p.meta == {"a": [1, None]}, p`,
				call("PATCH", "people?name=eq.Ada", change))
		})
	}
}
