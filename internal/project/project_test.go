package project

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestMigrationsInOrder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"supabase/migrations/20240102000000_b.sql": "", "supabase/migrations/00_roles.sql": "",
		"supabase/migrations/20240101000000_a_b.sql": "", "supabase/migrations/notes.txt": "", "supabase/migrations/.keep": "",
	})
	list, skipped, err := At(dir).Migrations()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range list {
		got = append(got, m.Version+" "+m.Title)
	}
	if want := []string{"00 roles", "20240101000000 a_b", "20240102000000 b"}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q", got)
	}
	if !reflect.DeepEqual(skipped, []string{"notes.txt"}) {
		t.Errorf("skipped %q", skipped)
	}
	write(t, dir, map[string]string{"supabase/migrations/00_other.sql": ""})
	if _, _, err := At(dir).Migrations(); err == nil {
		t.Error("two files of one version were accepted")
	}
	if list, _, err := At(t.TempDir()).Migrations(); err != nil || list != nil {
		t.Errorf("%v %v", list, err)
	}
}

func TestSeeds(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"supabase/seed.sql": "", "supabase/seeds/b.sql": "", "supabase/seeds/a.sql": ""})
	list, unmatched, err := At(dir).Seeds([]string{"./seed.sql", "./seeds/*.sql", "seeds/a.sql", "none.sql"})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range list {
		got = append(got, f.Name)
	}
	if want := "supabase/seed.sql supabase/seeds/a.sql supabase/seeds/b.sql"; strings.Join(got, " ") != want || len(unmatched) != 1 {
		t.Errorf("%q, unmatched %q", got, unmatched)
	}
}

func TestInitAndNewMigration(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "my shop")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{".gitignore": "node_modules"})
	if _, err := Init(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := Init(dir); err == nil {
		t.Error("a project was written over")
	}
	config, _ := os.ReadFile(filepath.Join(dir, "supabase/config.toml"))
	ignore, _ := os.ReadFile(filepath.Join(dir, ".gitignore"))
	if !strings.Contains(string(config), `project_id = "my_shop"`) || string(ignore) != "node_modules\n.basement/\n" {
		t.Errorf("%s\n%s", config, ignore)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	name, err := At(dir).NewMigration("Add Posts!", at)
	if err != nil || name != "supabase/migrations/20260102030405_add_posts.sql" {
		t.Errorf("%s, %v", name, err)
	}
	if _, err := At(dir).NewMigration("Add posts", at); err == nil {
		t.Error("a migration was written over")
	}
	if _, err := At(dir).NewMigration("../..", at); err == nil {
		t.Error("a name without letters was accepted")
	}
}

func TestParseScript(t *testing.T) {
	cases := []struct {
		text string
		want []string
	}{
		{"", nil},
		{" -- nothing\n/* at /* all */ ; */ ;;", nil},
		{"select 1; select 2", []string{"select 1", "select 2"}},
		{"select 1 -- one;\n;select 2 /* ; */ ;", []string{"select 1", "select 2"}},
		{`select 'a;''b', "c;""d", E'\';', e'\\'; select 'x\'; select 2`, []string{`select 'a;''b', "c;""d", E'\';', e'\\'`, `select 'x\'`, "select 2"}},
		{"create function f() returns int as $$ begin; return 1; end $$ language plpgsql; select $x$ $$;$$ $x$", []string{
			"create function f() returns int as $$ begin; return 1; end $$ language plpgsql", "select $x$ $$;$$ $x$"}},
		{"select $1; select a$b$c; select 1", []string{"select $1", "select a$b$c", "select 1"}},
		{"create rule r as on insert to t do (select 1; select 2); select 3", []string{"create rule r as on insert to t do (select 1; select 2)", "select 3"}},
		{"create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 3", []string{
			"create function f() returns int begin atomic select case when true then 1 end; select 2; end", "select 3"}},
		{"begin; select 1; end; select 2", []string{"begin", "select 1", "end", "select 2"}},
		{"select 'open; select 1", []string{"select 'open; select 1"}},
		{"select 1); select 2", []string{"select 1)", "select 2"}},
		{"insert into t values ('é;'); select 'ü'", []string{"insert into t values ('é;')", "select 'ü'"}},
	}
	for _, c := range cases {
		var got []string
		for _, st := range ParseScript("x", c.text).Statements {
			got = append(got, st.Text)
			if c.text[st.Offset:st.Offset+len(st.Text)] != st.Text {
				t.Errorf("%q: wrong offset", st.Text)
			}
		}
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestPlace(t *testing.T) {
	s := ParseScript("x", "select 1;\n  sélect\n éà x;")
	st := s.Statements[1]
	for position, want := range map[int]Place{0: {2, 3}, 1: {2, 3}, 7: {2, 9}, 9: {3, 2}, 12: {3, 5}, 99: {3, 6}} {
		if got := s.Place(st, position); got != want {
			t.Errorf("%d: %v, want %v", position, got, want)
		}
	}
}

func TestControlsTransaction(t *testing.T) {
	for text, want := range map[string]bool{
		"BEGIN": true, "start transaction": true, "commit work": true, "rollback": true, "rollback to a": false,
		"rollback transaction to savepoint a": false, "rollback and chain": true, "end": true, "select 1": false, "beginning": false,
	} {
		if got := (Statement{Text: text}).ControlsTransaction(); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func FuzzParseScript(f *testing.F) {
	f.Add("select 'a;' || $x$ ; $x$; /* /* */ ; */ create function f() begin atomic select 1; end")
	f.Fuzz(func(t *testing.T, text string) {
		s := ParseScript("x", text)
		end := 0
		for _, st := range s.Statements {
			if st.Text == "" || st.Offset < end {
				t.Fatalf("%q at %d", st.Text, st.Offset)
			}
			end = st.Offset + len(st.Text)
			s.Place(st, 3)
		}
	})
}
