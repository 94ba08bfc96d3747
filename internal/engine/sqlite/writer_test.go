package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// hold keeps the writer busy until the function it gives is called, so that jobs gather in its queue.
func hold(t *testing.T, e *Engine) (release func()) {
	t.Helper()
	tx, err := e.Admin(context.Background(), engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return func() { _ = tx.Rollback(context.Background()) }
}

func write(n int) func(c *session.Conn) error {
	return func(c *session.Conn) error { return c.Exec(`INSERT INTO t VALUES (?1)`, types.Int(int64(n))) }
}

func rows(t *testing.T, e *Engine) map[int64]bool {
	t.Helper()
	c, err := e.readers.lend(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer e.readers.giveBack(c, false)
	out := map[int64]bool{}
	if err := c.Query(`SELECT id FROM t`, func(row []types.Datum) error { out[row[0].I] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestOneJobsTroubleIsItsOwn(t *testing.T) {
	own := errors.New("own")
	slow := func(c *session.Conn) error {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
		defer cancel()
		c.DB.SetInterrupt(ctx)
		defer c.DB.SetInterrupt(context.Background())
		// Interrupting a statement that writes makes SQLite undo the whole transaction.
		return c.Exec(`INSERT INTO t WITH RECURSIVE r(n) AS (SELECT 1000 UNION ALL SELECT n + 1 FROM r WHERE n < 100000000) SELECT n FROM r`)
	}
	for name, bad := range map[string]func(c *session.Conn) error{
		"error":     func(c *session.Conn) error { _ = write(999)(c); return own },
		"panic":     func(c *session.Conn) error { _ = write(999)(c); panic("own") },
		"interrupt": slow,
		"rollback":  func(c *session.Conn) error { _ = c.Exec("ROLLBACK"); return own },
	} {
		t.Run(name, func(t *testing.T) {
			e := openTest(t)
			script(t, e, `create table t (id int);`)
			release := hold(t, e)
			var wg sync.WaitGroup
			results := make([]error, 9)
			for i := range results {
				wg.Add(1)
				go func() {
					defer wg.Done()
					f := write(i)
					if i == 4 {
						f = bad
					}
					results[i] = e.writer.do(context.Background(), false, f)
				}()
			}
			for len(e.writer.queue) < len(results) {
				time.Sleep(time.Millisecond)
			}
			release()
			wg.Wait()
			stored := rows(t, e)
			for i, err := range results {
				if (err != nil) != (i == 4) {
					t.Errorf("job %d: %v", i, err)
				}
				if stored[int64(i)] != (i != 4) {
					t.Errorf("row %d is there: %v", i, stored[int64(i)])
				}
			}
			if stored[999] || len(stored) != 8 {
				t.Errorf("%d rows", len(stored))
			}
		})
	}
}

func TestWaitingEndsWithTheRequest(t *testing.T) {
	e := openTest(t)
	script(t, e, `create table t (id int);`)
	release := hold(t, e)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	err := e.writer.do(ctx, false, write(1))
	if x := errs.Of(err); x == nil || x.Code != "57014" {
		t.Errorf("gave up with %v", err)
	}
	release()
	if err := e.writer.do(context.Background(), false, write(2)); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, e); got[1] || !got[2] {
		t.Errorf("rows %v", got)
	}
}

func TestAFullDiskIsReportedAndRecoveredFrom(t *testing.T) {
	e := openTest(t)
	script(t, e, `create table t (id int, pad text);`)
	limit := func(n int) {
		if err := e.writer.do(context.Background(), true, func(c *session.Conn) error {
			return c.ExecScript(fmt.Sprintf("PRAGMA max_page_count=%d", n))
		}); err != nil {
			t.Fatal(err)
		}
	}
	big := func(c *session.Conn) error {
		return c.Exec(`INSERT INTO t VALUES (1, ?1)`, types.Text(strings.Repeat("x", 1<<20)))
	}
	limit(1) // the present size, at least
	err := e.writer.do(context.Background(), false, big)
	if x := errs.Of(err); x == nil || x.Code != "53100" || x.Status != 503 {
		t.Fatalf("a full disk gave %v", err)
	}
	if len(rows(t, e)) != 0 {
		t.Error("the refused row is there")
	}
	limit(1 << 30)
	if err := e.writer.do(context.Background(), false, big); err != nil {
		t.Fatal(err)
	}
}

func TestASecondProcessIsRefused(t *testing.T) {
	dir := t.TempDir()
	e, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), dir, Options{}); errs.Of(err) == nil || errs.Of(err).Code != "55006" {
		t.Errorf("the second start gave %v", err)
	}
	if err := Remove(dir); errs.Of(err) == nil || errs.Of(err).Code != "55006" {
		t.Errorf("removal gave %v", err)
	}
	_ = e.Close(context.Background())
	e, err = Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	_ = e.Close(context.Background())
	if err := e.writer.do(context.Background(), false, write(1)); err == nil {
		t.Error("a closed engine writes")
	}
}

// TestAnsweredWritesSurvive copies the files as they are on disk after answered writes, as a process killed at that moment
// would leave them.
func TestAnsweredWritesSurvive(t *testing.T) {
	e := openTest(t)
	script(t, e, `create table t (id bigint generated always as identity, v text check (v <> 'x')); create type mood as enum ('a'); insert into t (v) values ('1'), ('2');`)
	for i := range 20 {
		if err := e.writer.do(context.Background(), false, write(100+i)); err == nil || !strings.Contains(err.Error(), "XX000") {
			// The table has two columns: this write fails, and leaves nothing.
			t.Fatal(err)
		}
	}
	script(t, e, `insert into t (v) values ('3');`)
	dir := t.TempDir()
	for _, name := range []string{FileName, FileName + "-wal"} {
		from, err := os.Open(filepath.Join(filepath.Dir(e.path), name))
		if err != nil {
			t.Fatal(err)
		}
		to, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(to, from); err != nil {
			t.Fatal(err)
		}
		_, _ = from.Close(), to.Close()
	}
	again, err := Open(context.Background(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = again.Close(context.Background()) }()
	if got := rows(t, again); len(got) != 3 || !got[3] {
		t.Errorf("rows %v", got)
	}
	rel := again.Snapshot().Relation("public", "t")
	if rel == nil || len(rel.Constraints) != 1 || rel.Columns[0].Identity != "a" {
		t.Fatalf("the catalog has %+v", rel)
	}
	if typ := again.Snapshot().Type("public", "mood"); typ == nil || len(typ.Labels) != 1 || again.Snapshot().TypeByOID(typ.Array).Elem != typ {
		t.Errorf("the type came back as %+v", typ)
	}
	script(t, again, `insert into t (v) values ('4'); create table u (id int);`)
	if got := rows(t, again); !got[4] {
		t.Errorf("the sequence did not go on: %v", got)
	}
	if a, b := again.Snapshot().Relation("public", "u").OID, rel.OID; a <= b {
		t.Errorf("identifiers: %d after %d", a, b)
	}
}

func TestTheFileReadsWell(t *testing.T) {
	e := openTest(t)
	script(t, e, `create schema auth; create table auth.users (id uuid primary key, "Name" text, n numeric); create index on auth.users (n desc);`)
	c, err := e.readers.lend(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer e.readers.giveBack(c, false)
	var got []string
	if err := c.Query(`SELECT sql FROM sqlite_schema WHERE tbl_name = 'auth.users' ORDER BY rowid`, func(row []types.Datum) error {
		got = append(got, row[0].S)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	want := `CREATE TABLE "auth.users" ("id" TEXT, "^Name" TEXT, "n" TEXT COLLATE "numeric")
CREATE UNIQUE INDEX "auth.users_pkey" ON "auth.users" ("id")
CREATE INDEX "auth.users_n_idx" ON "auth.users" ("n" DESC)`
	if strings.Join(got, "\n") != want {
		t.Errorf("the file has\n%s", strings.Join(got, "\n"))
	}
	info, err := os.Stat(e.path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
}
