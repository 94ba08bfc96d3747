package analyze_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/testkit"
)

// oracle is a database of a real PostgreSQL with testdata/schema.sql, and the snapshot of its catalog.
type oracle struct {
	conn *pgx.Conn
	snap *catalog.Snapshot
}

var searchPath = []string{"app", "public"}

func openOracle(t *testing.T) *oracle {
	t.Helper()
	ctx := context.Background()
	url := testkit.PostgreSQL(t)
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(ctx) })
	schema, err := os.ReadFile("testdata/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, string(schema)); err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(ctx, "set search_path = "+strings.Join(searchPath, ", ")); err != nil {
		t.Fatal(err)
	}
	e, err := postgres.Open(ctx, postgres.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close(ctx)
	objects := e.Snapshot().Objects
	for _, f := range objects.Functions {
		for i, p := range f.Params {
			if p.HasDefault {
				if err := conn.QueryRow(ctx, "select pg_get_function_arg_default($1, $2)", uint32(f.OID), i+1).Scan(&f.Params[i].Default); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return &oracle{conn: conn, snap: catalog.NewSnapshot(1, objects, builtin.Base())}
}

// postgres says what PostgreSQL makes of a statement: the types of its parameters and columns, or its error.
func (o *oracle) postgres(sql string) string {
	ctx := context.Background()
	d, err := o.conn.Prepare(ctx, "s", sql)
	if err == nil {
		defer o.conn.Deallocate(ctx, "s")
		var b strings.Builder
		for i, p := range d.ParamOIDs {
			fmt.Fprintf(&b, "$%d %s ", i+1, o.typeName(catalog.OID(p)))
		}
		for _, f := range d.Fields {
			fmt.Fprintf(&b, "%s:%s ", f.Name, o.typeName(catalog.OID(f.DataTypeOID)))
		}
		if len(d.ParamOIDs) == 0 {
			// The rewriter speaks only when the statement is planned.
			if _, err := o.conn.Exec(ctx, "explain "+sql); err != nil {
				return pgError(err, len("explain "))
			}
		}
		return strings.TrimSpace(b.String())
	}
	return pgError(err, 0)
}

func pgError(err error, shift int) string {
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return err.Error()
	}
	pos := int(e.Position)
	if pos > 0 {
		pos -= shift
	}
	return errorText(e.Code, e.Message, e.Detail, e.Hint, pos)
}

func errorText(code, message, detail, hint string, pos int) string {
	return fmt.Sprintf("%s %s|%s|%s|%d", code, message, detail, hint, pos)
}

func (o *oracle) typeName(oid catalog.OID) string {
	if t := o.snap.TypeByOID(oid); t != nil {
		return t.Name
	}
	return fmt.Sprint(oid)
}

// ours says the same of analysis.
func (o *oracle) ours(sql string) string {
	stmt, err := parse.Statement(sql)
	if err == nil {
		q, params, aerr := analyze.Statement(o.snap, stmt, analyze.Options{SearchPath: searchPath, Text: sql})
		if aerr == nil {
			var b strings.Builder
			for i, p := range params {
				fmt.Fprintf(&b, "$%d %s ", i+1, p.Name)
			}
			list := q.Targets
			if q.Command != query.Select {
				list = q.Returning
			}
			for _, t := range list {
				if !t.Junk {
					fmt.Fprintf(&b, "%s:%s ", t.Name, t.Expr.Type().Underlying().Name)
				}
			}
			return strings.TrimSpace(b.String())
		}
		err = aerr
	}
	e := errs.Of(err)
	if e == nil {
		return err.Error()
	}
	if e.Err != nil {
		return e.Err.Error()
	}
	return errorText(e.Code, e.Message, e.Detail, e.Hint, e.Position)
}

// TestAgainstPostgreSQL compares analysis with a real PostgreSQL over files in testdata: one statement a line.
func TestAgainstPostgreSQL(t *testing.T) {
	o := openOracle(t)
	for _, file := range []string{"statements.sql", "more.sql"} {
		t.Run(file, func(t *testing.T) { o.compare(t, file) })
	}
}

func (o *oracle) compare(t *testing.T, file string) {
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	n, bad, refused := 0, 0, 0
	for i, line := range strings.Split(string(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "--") {
			continue
		}
		n++
		want, got := o.postgres(line), o.ours(line)
		if strings.Contains(got, "not supported on the embedded engine") {
			refused++
			t.Logf("%s:%d: %s: %s", file, i+1, line, got)
			continue
		}
		if want != got {
			bad++
			t.Errorf("%s:%d: %s\n postgres: %s\n     ours: %s", file, i+1, line, want, got)
		}
	}
	t.Logf("%d statements, %d differ, %d refused", n, bad, refused)
}
