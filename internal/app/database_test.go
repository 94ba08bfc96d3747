package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/testkit"
)

// onBothEngines runs a test with the flags that choose an engine.
func onBothEngines(t *testing.T, f func(t *testing.T, dir string, with func(args ...string) []string), migrations map[string]string) {
	t.Helper()
	t.Run("embedded", func(t *testing.T) {
		f(t, newProject(t, migrations), func(args ...string) []string { return args })
	})
	t.Run("postgres", func(t *testing.T) {
		url := testkit.PostgreSQL(t)
		f(t, newProject(t, migrations), func(args ...string) []string { return append(args, "--database", url) })
	})
}

func TestMigrations(t *testing.T) {
	onBothEngines(t, func(t *testing.T, dir string, with func(...string) []string) {
		if out := mustRun(t, dir, with("migration", "list")...); !strings.Contains(out, "1       | one  | pending") {
			t.Errorf("%s", out)
		}
		// The second file is refused at its second statement: the first stays, the second leaves nothing.
		status, _, err := run(t, dir, with("migration", "up")...)
		if status != 1 || !strings.Contains(err, "supabase/migrations/2_two.sql:3:37: relation \"public.nowhere\" does not exist (42P01)") {
			t.Errorf("status %d\n%s", status, err)
		}
		if out := mustRun(t, dir, with("db", "query", "--csv", "select count(*) as n from public.a")...); out != "n\n1\n" {
			t.Errorf("%q", out)
		}
		if status, _, err := run(t, dir, with("db", "query", "select * from public.b")...); status != 1 || !strings.Contains(err, `SQL:1:15: relation "public.b" does not exist (42P01)`) {
			t.Errorf("%d %s", status, err)
		}
		status, out, _ := run(t, dir, with("migration", "up", "--keep-going", "--json")...)
		var report migrationReport
		if err := json.Unmarshal([]byte(out), &report); err != nil || status != 1 || len(report.Applied) != 1 || len(report.Refused) != 1 {
			t.Fatalf("status %d, %v\n%s", status, err, out)
		}
		r := report.Refused[0]
		if r.File != "supabase/migrations/2_two.sql" || r.Line != 3 || r.Column != 37 || r.Code != "42P01" {
			t.Errorf("%+v", r)
		}
		mustRun(t, dir, with("db", "query", "insert into public.b (id) values (7); select 1")...)
		if out := mustRun(t, dir, with("db", "query", "--json", "select id, null::text as x, true as y from public.b")...); out != "[{\"id\":7,\"x\":null,\"y\":true}]\n" {
			t.Errorf("%q", out)
		}
		if _, _, err := run(t, dir, with("migration", "up")...); !strings.Contains(err, "nothing to apply") {
			t.Errorf("%s", err)
		}
		if out := mustRun(t, dir, with("migration", "list", "--json")...); strings.Count(out, `"applied": true`) != 2 {
			t.Errorf("%s", out)
		}
		mustRun(t, dir, with("migration", "new", "three")...)
		// Without the file's fault everything is applied anew, and the seeds run, once.
		two := filepath.Join(dir, "supabase", "migrations", "2_two.sql")
		if err := os.WriteFile(two, []byte("create table public.b (id int primary key);"), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "supabase", "seed.sql"), []byte("insert into public.b values (1), (2);"), 0o644); err != nil {
			t.Fatal(err)
		}
		if status, _, err := run(t, dir, with("db", "reset")...); strings.Contains(strings.Join(with(), ""), "database") {
			if status != 1 || !strings.Contains(err, "not confirmed") {
				t.Errorf("%d %s", status, err)
			}
			mustRun(t, dir, with("db", "reset", "--yes")...)
		} else if status != 0 {
			t.Errorf("%d %s", status, err)
		}
		if out := mustRun(t, dir, with("db", "query", "--csv", "select id from public.b order by id")...); out != "id\n1\n2\n" {
			t.Errorf("%q", out)
		}
	}, map[string]string{
		"1_one.sql": "begin;\ncreate table public.a (id int primary key);\ninsert into public.a values (1);\ncommit;\n",
		"2_two.sql": "create table public.b (id int primary key);\n-- refused\ninsert into public.b select id from public.nowhere;\n",
	})
}

func TestQueryAsRole(t *testing.T) {
	onBothEngines(t, func(t *testing.T, dir string, with func(...string) []string) {
		mustRun(t, dir, with("migration", "up")...)
		query := func(args ...string) string {
			return strings.TrimSpace(mustRun(t, dir, with(append([]string{"db", "query", "--csv"}, args...)...)...))
		}
		if got := query("select count(*) from notes"); got != "count\n2" {
			t.Errorf("owner: %q", got)
		}
		if got := query("--role", "anon", "select count(*) from notes"); got != "count\n0" {
			t.Errorf("anon: %q", got)
		}
		claims := `{"sub":"11111111-1111-1111-1111-111111111111","role":"authenticated"}`
		if got := query("--role", "authenticated", "--claims", claims, "select body from notes"); got != "body\nmine" {
			t.Errorf("authenticated: %q", got)
		}
		if status, _, err := run(t, dir, with("db", "query", "--role", "anon", "delete from notes")...); status != 0 {
			t.Errorf("row security lets nobody's rows be deleted, without an error: %s", err)
		}
		if got := query("select count(*) from notes"); got != "count\n2" {
			t.Errorf("owner: %q", got)
		}
	}, map[string]string{
		"1_notes.sql": `create table notes (id int primary key, owner uuid not null, body text);
alter table notes enable row level security;
create policy own on notes to authenticated using (owner = auth.uid());
insert into notes values (1, '11111111-1111-1111-1111-111111111111', 'mine'), (2, '22222222-2222-2222-2222-222222222222', 'theirs');`,
	})
}

func TestCheck(t *testing.T) {
	dir := newProject(t, map[string]string{
		"1_a.sql": "create table a (id int);\ncreate function f() returns int language plpython3u as $$ return 1 $$;\n",
		"2_b.sql": "create table b (id int);\n  selec 1;\n",
	})
	status, out, _ := run(t, dir, "db", "check")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if status != 1 || len(lines) != 2 || !strings.HasPrefix(lines[0], "supabase/migrations/1_a.sql:2:") ||
		!strings.HasPrefix(lines[1], `supabase/migrations/2_b.sql:2:3: syntax error at or near "selec" (42601)`) {
		t.Errorf("status %d\n%s", status, out)
	}
	if _, err := os.Stat(filepath.Join(dir, ".basement", "basement.db")); err == nil {
		t.Error("the project's own database was touched")
	}
}
