package enginetest

import (
	"context"
	"os"
	"testing"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
)

// TestContexts runs a script on both engines and compares the context lines of its errors.
func TestContexts(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("testdata/context/functions.sql")
	if err != nil {
		t.Fatal(err)
	}
	wheres := func(e engine.Engine, b block) []string {
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
			a := answer(r, err)
			if e := errs.Of(err); e != nil {
				a += "\nCONTEXT: " + e.Where
				if err := tx.RollbackTo(ctx); err != nil {
					t.Fatal(err)
				}
			}
			out = append(out, a)
			if err := tx.Release(ctx); err != nil {
				t.Fatal(err)
			}
		}
		return out
	}
	embedded, server := openSQLite(t), openPostgres(t)
	for _, b := range split(string(text)) {
		a, s := wheres(embedded, b), wheres(server, b)
		for i := range a {
			if a[i] != s[i] {
				t.Errorf("%s\n--- embedded\n%s\n--- PostgreSQL\n%s", b.statements[i], a[i], s[i])
			}
		}
	}
}
