package enginetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/project"
)

// TestScripts runs each script of testdata on both engines, every statement in its own savepoint, and compares what each
// statement answers. A line "-- role NAME" begins a new transaction as that role, "-- owner" one of the owner.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".sql"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			blocks := split(string(text))
			embedded, server := openSQLite(t), openPostgres(t)
			for _, b := range blocks {
				a, s := play(t, embedded, b), play(t, server, b)
				b.statements = append(b.statements, "commit")
				for i := range a {
					if a[i] != s[i] {
						t.Errorf("%s\n--- embedded\n%s\n--- PostgreSQL\n%s", b.statements[i], a[i], s[i])
					}
				}
			}
			compareCatalogs(t, embedded.Snapshot(), server.Snapshot())
		})
	}
}

type block struct {
	role       string
	statements []string
}

func split(text string) []block {
	var out []block
	role, body := "", ""
	flush := func() {
		b := block{role: role}
		for _, s := range project.ParseScript("script", body).Statements {
			b.statements = append(b.statements, s.Text)
		}
		if len(b.statements) > 0 {
			out = append(out, b)
		}
		body = ""
	}
	for _, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "-- role "):
			flush()
			role = strings.TrimPrefix(line, "-- role ")
		case line == "-- owner":
			flush()
			role = ""
		default:
			body += line + "\n"
		}
	}
	flush()
	return out
}

// play runs a block and gives a text for what each statement answered.
func play(t *testing.T, e engine.Engine, b block) []string {
	t.Helper()
	ctx := context.Background()
	tx, err := e.Admin(ctx, engine.AdminOptions{Role: b.role})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	var out []string
	for _, s := range b.statements {
		if err := tx.Savepoint(ctx); err != nil {
			t.Fatal(err)
		}
		r, err := tx.Exec(ctx, s, nil)
		out = append(out, answer(r, err))
		if err != nil {
			if e := errs.Of(err); e != nil && e.Code == "XX000" {
				t.Logf("%s: %v: %v", s, err, e.Err)
			}
			if err := tx.RollbackTo(ctx); err != nil {
				t.Fatal(s, err)
			}
		}
		if err := tx.Release(ctx); err != nil {
			t.Fatal(s, err)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		if e := errs.Of(err); e != nil && e.Code == "XX000" {
			t.Logf("commit: %v: %v", err, e.Err)
		}
		out = append(out, "commit: "+answer(nil, err))
	} else {
		out = append(out, "commit")
	}
	return out
}

// database is the name of a test's database.
var database = regexp.MustCompile("test_[0-9a-f]{12}")

func answer(r *engine.Result, err error) string {
	if err != nil {
		e := errs.Of(err)
		if e == nil {
			return err.Error()
		}
		out := e.Code + ": " + database.ReplaceAllString(e.Message, "postgres")
		if e.Detail != "" {
			out += "\nDETAIL: " + e.Detail
		}
		if e.Hint != "" {
			out += "\nHINT: " + e.Hint
		}
		if e.Position != 0 {
			out += fmt.Sprintf("\nat %d", e.Position)
		}
		return out
	}
	out := r.Tag
	for _, c := range r.Columns {
		out += " " + c.Name
	}
	for _, row := range r.Rows {
		out += "\n"
		for i, v := range row {
			if i > 0 {
				out += "|"
			}
			if v == nil {
				out += "NULL"
			} else {
				out += *v
			}
		}
	}
	return out
}
