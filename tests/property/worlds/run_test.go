package worlds

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/testkit"
)

const perWorld = 100

// outcome is what a statement gave: rows, or an error.
type outcome struct {
	rows   []string
	code   string
	text   string // the error's message and detail
	detail string
}

func (o *outcome) String() string {
	if o.code != "" {
		return o.code + " " + o.text + " | " + o.detail
	}
	return strings.Join(o.rows, "\n    ")
}

// same compares two outcomes as far as the statement determines them.
func (st *statement) same(a, b *outcome) bool {
	if a.code != b.code {
		return false
	}
	if a.code != "" {
		if st.several {
			return true
		}
		const denied = "permission denied for "
		if strings.HasPrefix(a.text, denied) && strings.HasPrefix(b.text, denied) {
			// Where several rights are missing, PostgreSQL's planner decides which one is seen first.
			return true
		}
		return a.text == b.text && a.detail == b.detail
	}
	if len(a.rows) != len(b.rows) {
		return false
	}
	x, y := a.rows, b.rows
	if !st.ordered {
		x, y = sorted(x), sorted(y)
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}

func sorted(rows []string) []string {
	out := append([]string(nil), rows...)
	sort.Strings(out)
	return out
}

// TestEmbeddedAgainstPostgreSQL runs generated worlds on both engines.
func TestEmbeddedAgainstPostgreSQL(t *testing.T) {
	total := 2000
	if s := os.Getenv("BASEMENT_PROPERTY_STATEMENTS"); s != "" {
		total, _ = strconv.Atoi(s)
	} else if testing.Short() {
		total = 500
	}
	first, count := uint64(1), uint64((total+perWorld-1)/perWorld)
	if s := os.Getenv("BASEMENT_PROPERTY_SEED"); s != "" {
		first, _ = strconv.ParseUint(s, 10, 64)
		if os.Getenv("BASEMENT_PROPERTY_STATEMENTS") == "" {
			count = 1
		}
	}
	pg := openPostgres(t)
	n, failed := 0, 0
	codes := map[string]int{}
	for seed := first; seed < first+count; seed++ {
		w := newWorld(seed)
		ran, ok := runWorld(t, pg, w, seed, codes)
		n += ran
		if !ok {
			if failed++; failed >= 10 {
				t.Fatalf("stopped after %d differing worlds", failed)
			}
		}
	}
	t.Logf("%d statements in %d worlds, %d worlds differ; outcomes: %s", n, count, failed, counts(codes))
}

func counts(m map[string]int) string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var out []string
	for _, k := range keys {
		out = append(out, fmt.Sprintf("%s %d", k, m[k]))
	}
	return strings.Join(out, ", ")
}

// runWorld makes a world on both engines and runs its statements; at the first difference it reports and stops.
func runWorld(t *testing.T, pg *pgx.Conn, w *world, seed uint64, codes map[string]int) (int, bool) {
	t.Helper()
	ctx := context.Background()
	if _, err := pg.Exec(ctx, "drop schema if exists w cascade"); err != nil {
		t.Fatal(err)
	}
	for _, sql := range w.script {
		if _, err := pg.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
			t.Fatalf("seed %d: PostgreSQL refuses the generated schema: %v\n%s", seed, err, sql)
		}
	}
	lite, err := sqlite.Open(ctx, t.TempDir(), sqlite.Options{Readers: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer lite.Close(ctx)
	if err := build(ctx, lite, append(append([]string(nil), roleScript...), w.script...)); err != nil {
		t.Errorf("seed %d: %v", seed, err)
		return 0, false
	}
	g := guard.New(false)
	for i := range perWorld {
		st := w.statement()
		want := onPostgres(ctx, t, pg, st)
		got := onEmbedded(ctx, lite, g, st)
		codes[want.code]++
		if !st.same(want, got) {
			t.Errorf("seed %d, statement %d by %s (uid %q):\n%s\npostgres: %s\nembedded: %s\nschema:\n%s", seed, i, st.role, st.uid, st.sql, want, got, strings.Join(w.script, ";\n"))
			return i, false
		}
		if !st.write {
			continue
		}
		for _, tb := range w.tables {
			dump := &statement{sql: "select * from w." + tb.name + " order by id", role: "postgres", ordered: true}
			want, got := onPostgres(ctx, t, pg, dump), onEmbedded(ctx, lite, g, dump)
			if !dump.same(want, got) {
				t.Errorf("seed %d, after statement %d by %s (uid %q):\n%s\ntable %s differs\npostgres: %s\nembedded: %s\nschema:\n%s", seed, i, st.role, st.uid, st.sql, tb.name, want, got, strings.Join(w.script, ";\n"))
				return i, false
			}
		}
	}
	return perWorld, true
}

// roleScript makes the roles; on PostgreSQL they belong to the cluster and may exist already.
var roleScript = []string{
	"create role prop_owner", "create role prop_alice", "create role prop_bob", "create role prop_group", "create role prop_member in role prop_group",
	"create role prop_bypass bypassrls", "create role prop_none",
}

// build runs a script on the embedded engine in one transaction.
func build(ctx context.Context, e *sqlite.Engine, script []string) error {
	tx, err := e.Admin(ctx, engine.AdminOptions{})
	if err != nil {
		return err
	}
	for _, sql := range script {
		if _, err := tx.Exec(ctx, sql, nil); err != nil {
			_ = tx.Rollback(ctx)
			if x := errs.Of(err); x != nil && x.Err != nil {
				err = fmt.Errorf("%w: %w", err, x.Err)
			}
			return fmt.Errorf("the embedded engine refuses: %w\n%s", err, sql)
		}
	}
	return tx.Commit(ctx)
}

func openPostgres(t *testing.T) *pgx.Conn {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, testkit.PostgreSQL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(ctx) })
	for _, r := range roleScript {
		if _, err := conn.Exec(ctx, r); err != nil {
			var e *pgconn.PgError
			if !errors.As(err, &e) || e.Code != "42710" {
				t.Fatal(err)
			}
		}
	}
	return conn
}

func onPostgres(ctx context.Context, t *testing.T, conn *pgx.Conn, st *statement) *outcome {
	t.Helper()
	tx, err := conn.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback(ctx)
	path := "''"
	if st.path != "" {
		path = st.path
	}
	setup := "set local search_path = " + path + "; set local role " + st.role
	if st.uid != "" {
		setup += "; set local request.uid = '" + st.uid + "'"
	}
	if _, err := tx.Exec(ctx, setup, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	out := &outcome{}
	rows, err := tx.Query(ctx, st.sql, pgx.QueryExecModeSimpleProtocol)
	if err == nil {
		for rows.Next() {
			var line []string
			for _, v := range rows.RawValues() {
				if v == nil {
					line = append(line, "NULL")
				} else {
					line = append(line, string(v))
				}
			}
			out.rows = append(out.rows, strings.Join(line, "|"))
		}
		rows.Close()
		err = rows.Err()
	}
	if err == nil {
		err = tx.Commit(ctx)
	}
	if err != nil {
		var e *pgconn.PgError
		if !errors.As(err, &e) {
			t.Fatal(err)
		}
		return &outcome{code: e.Code, text: e.Message, detail: e.Detail}
	}
	return out
}

func searchPath(st *statement) []string {
	if st.path == "" {
		return nil
	}
	return strings.Split(st.path, ", ")
}

func onEmbedded(ctx context.Context, e *sqlite.Engine, g *guard.Guard, st *statement) *outcome {
	fail := func(err error) *outcome {
		x := errs.Of(err)
		if x == nil {
			return &outcome{code: "?", text: err.Error()}
		}
		text := x.Message
		if x.Err != nil {
			text += ": " + x.Err.Error()
		}
		return &outcome{code: x.Code, text: text, detail: x.Detail}
	}
	stmt, err := parse.Statement(st.sql)
	if err != nil {
		return fail(err)
	}
	guarded, err := g.Apply(e.Snapshot(), st.role, stmt, guard.Options{Text: st.sql, SearchPath: searchPath(st)})
	if err != nil {
		return fail(err)
	}
	r := &engine.Request{Role: st.role, SearchPath: searchPath(st), Steps: []engine.Step{{Statement: guarded, Format: engine.Text}}}
	if st.uid != "" {
		r.Settings = []engine.Setting{{Name: "request.uid", Value: st.uid}}
	}
	results, err := e.Run(ctx, r)
	if err != nil {
		return fail(err)
	}
	out := &outcome{}
	for _, row := range results[0].Rows {
		var line []string
		for _, v := range row {
			if v == nil {
				line = append(line, "NULL")
			} else {
				line = append(line, *v)
			}
		}
		out.rows = append(out.rows, strings.Join(line, "|"))
	}
	return out
}
