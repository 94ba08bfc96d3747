package guard_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/testkit"
)

// TestRightsAgainstPostgreSQL compares who may run what with a real PostgreSQL: testdata/cases.sql has a role and a statement
// on each line.
func TestRightsAgainstPostgreSQL(t *testing.T) {
	ctx := context.Background()
	own := testkit.PostgreSQL(t)
	conn, err := pgx.Connect(ctx, own)
	if err != nil {
		t.Fatal(err)
	}
	// Roles belong to the cluster: every run's have a name of its own.
	prefix := fmt.Sprintf("g%d_", os.Getpid())
	rename := func(s string) string { return strings.ReplaceAll(s, "g_", prefix) }
	t.Cleanup(func() {
		all := "g_owner, g_anon, g_auth, g_admin, g_member, g_group, g_outsider"
		_, _ = conn.Exec(ctx, rename("reset role; drop owned by "+all+"; drop role "+all))
		conn.Close(ctx)
	})
	schema, err := os.ReadFile("testdata/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, rename(string(schema))); err != nil {
		t.Fatal(err)
	}
	e, err := postgres.Open(ctx, postgres.Options{URL: own})
	if err != nil {
		t.Fatal(err)
	}
	snap := catalog.NewSnapshot(1, e.Snapshot().Objects, builtin.Base())
	e.Close(ctx)
	if _, err := conn.Exec(ctx, "set search_path = app, public"); err != nil {
		t.Fatal(err)
	}
	cases, err := os.ReadFile("testdata/cases.sql")
	if err != nil {
		t.Fatal(err)
	}
	g := guard.New(false)
	for i, line := range strings.Split(rename(string(cases)), "\n") {
		role, sql, ok := strings.Cut(line, ": ")
		if !ok || strings.HasPrefix(line, "--") {
			continue
		}
		want := inPostgreSQL(ctx, t, conn, role, sql)
		got := "ok"
		stmt, err := parse.Statement(sql)
		if _, truncate := stmt.(*ast.TruncateStmt); truncate {
			continue
		}
		if err == nil {
			var guarded guard.Guarded
			guarded, err = g.Apply(snap, role, stmt, guard.Options{SearchPath: []string{"app", "public"}, Text: sql})
			// What fails in a function's body fails when that is run.
			query.Visit(guarded.Query(), nil, func(e query.Expr) bool {
				if r, ok := e.(*query.Raise); ok {
					err = r.Err
				}
				return true
			})
		}
		if e := errs.Of(err); e != nil {
			got = e.Code + " " + e.Message
			if e.Err != nil {
				got += e.Err.Error()
			}
		}
		if want != got {
			t.Errorf("cases.sql:%d: %s\n postgres: %s\n     ours: %s", i+1, line, want, got)
		}
	}
}

func inPostgreSQL(ctx context.Context, t *testing.T, conn *pgx.Conn, role, sql string) string {
	t.Helper()
	if _, err := conn.Exec(ctx, "set role "+role); err != nil {
		t.Fatal(err)
	}
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	// A plan kept from another role would hide a missing right.
	rows, err := tx.Query(ctx, sql, pgx.QueryExecModeSimpleProtocol)
	if err == nil {
		rows.Close()
		err = rows.Err()
	}
	_ = tx.Rollback(ctx)
	if _, err := conn.Exec(ctx, "reset role"); err != nil {
		t.Fatal(err)
	}
	var e *pgconn.PgError
	if errors.As(err, &e) {
		if strings.HasPrefix(e.Message, "new row violates") {
			return "ok"
		}
		return e.Code + " " + e.Message
	}
	return "ok"
}
