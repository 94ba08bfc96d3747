package printer_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/testkit"
)

var update = flag.Bool("update", false, "ask PostgreSQL for the expected answers and rewrite the golden files")

// Each file testdata/NAME.sql holds one query or expression on a line (blank lines and lines starting with -- are notes);
// NAME.golden holds PostgreSQL's answer to each in the same order.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no test data", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".sql")
		t.Run(name, func(t *testing.T) { runGolden(t, file, strings.TrimSuffix(file, ".sql")+".golden") })
	}
}

func runGolden(t *testing.T, file, golden string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var queries []string
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || strings.HasPrefix(line, "--") {
			continue
		}
		queries = append(queries, line)
	}
	if *update {
		askServer(t, queries, golden)
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	answers := strings.Split(strings.TrimSuffix(string(want), "\n"), "\n")
	if len(answers) != len(queries) {
		t.Fatalf("%d queries, %d answers: run with -update", len(queries), len(answers))
	}
	db := newDB(t)
	bad := 0
	for i, q := range queries {
		got, sql := db.run(statement(q))
		if got != answers[i] {
			bad++
			t.Errorf("%s\n got %s\nwant %s\n sql %s", q, got, answers[i], sql)
		}
	}
	t.Logf("%d of %d agree", len(queries)-bad, len(queries))
}

// statement makes a query of a line.
func statement(line string) string {
	word, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(line, "(")), " ")
	switch word {
	case "select", "with", "values", "table":
		return line
	}
	return "select " + line
}

func answer(rows [][]*string) string {
	var b strings.Builder
	for i, r := range rows {
		if i > 0 {
			b.WriteString(" ; ")
		}
		for j, v := range r {
			if j > 0 {
				b.WriteString(" | ")
			}
			if v == nil {
				b.WriteString("NULL")
			} else {
				q := strconv.Quote(*v)
				b.WriteString(q[1 : len(q)-1])
			}
		}
	}
	return "[" + b.String() + "]"
}

func failure(code, message, detail, hint string) string {
	s := "ERROR " + code + ": " + message
	if detail != "" {
		s += " DETAIL: " + detail
	}
	if hint != "" {
		s += " HINT: " + hint
	}
	return strings.ReplaceAll(s, "\n", "\\n")
}

func askServer(t *testing.T, queries []string, golden string) {
	url := os.Getenv(testkit.DatabaseURLVariable)
	if url == "" {
		t.Fatal("-update needs " + testkit.DatabaseURLVariable)
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, sql := range fixtureSQL() {
		if _, err := conn.PgConn().Exec(ctx, sql).ReadAll(); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	var b strings.Builder
	for _, q := range queries {
		res, err := conn.PgConn().Exec(ctx, statement(q)).ReadAll()
		if err != nil {
			pe, ok := err.(*pgconn.PgError)
			if !ok {
				t.Fatalf("%s: %v", q, err)
			}
			b.WriteString(failure(pe.Code, pe.Message, pe.Detail, pe.Hint) + "\n")
			continue
		}
		var rows [][]*string
		for _, raw := range res[0].Rows {
			var row []*string
			for _, v := range raw {
				if v == nil {
					row = append(row, nil)
				} else {
					s := string(v)
					row = append(row, &s)
				}
			}
			rows = append(rows, row)
		}
		b.WriteString(answer(rows) + "\n")
	}
	if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

type database struct {
	conn *session.Conn
	snap *catalog.Snapshot
}

func newDB(t testing.TB) *database {
	raw, err := sqlite3.Open(":memory:")
	if err != nil {
		t.Fatal(err)
	}
	conn := session.NewConn(raw, 100)
	t.Cleanup(func() { _ = conn.Close() })
	if err := builtin.Register(conn); err != nil {
		t.Fatal(err)
	}
	snap := catalog.NewSnapshot(1, catalog.Objects{
		Roles:     []*catalog.Role{{OID: 10, Name: "postgres", Superuser: true, Inherit: true}},
		Schemas:   []*catalog.Schema{{OID: 2200, Name: "public", Owner: "postgres"}},
		Relations: fixtures(),
	}, builtin.Base())
	d := &database{conn: conn, snap: snap}
	d.fill(t)
	return d
}

// run gives a query's answer, and the SQL it became.
func (d *database) run(text string) (got, sql string) {
	fail := func(err error) string {
		if e := errs.Of(err); e != nil {
			s := failure(e.Code, e.Message, e.Detail, e.Hint)
			if e.Err != nil {
				s += fmt.Sprint(" CAUSE: ", e.Err)
			}
			return s
		}
		return fmt.Sprint("ERROR ", err)
	}
	tx := d.conn.Begin(context.Background(), session.Options{Snapshot: d.snap, Role: "postgres",
		Sequences: session.NewSequences(nil), Now: time.Now()})
	defer tx.End(true)
	stmt, err := parse.Statement(text)
	if err != nil {
		return fail(err), ""
	}
	q, _, err := analyze.Statement(d.snap, stmt, analyze.Options{SearchPath: []string{"public"}, Text: text, Env: tx.Env()})
	if err != nil {
		return fail(err), ""
	}
	p, err := printer.Query(d.snap, q, printer.Options{})
	if err != nil {
		return fail(err), ""
	}
	var rows [][]*string
	err = d.conn.Query(p.SQL, func(row []types.Datum) error {
		out := make([]*string, len(p.Columns))
		for i := range p.Columns {
			if !row[i].IsNull() {
				s := types.Out(p.Columns[i].Type, row[i], tx.Env())
				out[i] = &s
			}
		}
		rows = append(rows, out)
		return nil
	})
	if err != nil {
		return fail(err), p.SQL
	}
	return answer(rows), p.SQL
}
