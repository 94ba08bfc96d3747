package sqlite

import (
	"context"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/engine"
)

// A connection reads a schema whose indexes, partial indexes and generated columns call functions it has not met yet; another
// one makes such an index while this one has statements prepared.
func TestFunctionsOfTheSchemaAreFound(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	open := func() *Engine {
		e, err := Open(ctx, dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	query := func(e *Engine, sql string) string {
		t.Helper()
		tx, err := e.Admin(ctx, engine.AdminOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(ctx) }()
		r, err := tx.Exec(ctx, sql, nil)
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		var out []string
		for _, row := range r.Rows {
			out = append(out, *row[0])
		}
		return strings.Join(out, "\n")
	}
	e := open()
	script(t, e, `create table t (id int primary key, a text, n numeric, g text generated always as (reverse(a)) stored);
create index t_md5 on t (md5(a));
create index t_part on t (id) where sqrt(n) > 2;
create table b (id int primary key, a text);
insert into t select x, 'a' || x, x from generate_series(1, 200) x; insert into b select x, 'b' || x from generate_series(1, 200) x;
select count(*) from b where a = 'b7';`)
	if err := e.Close(ctx); err != nil {
		t.Fatal(err)
	}
	e = open()
	defer func() { _ = e.Close(ctx) }()
	const byHash = "select id from t where md5(a) = md5('a7')"
	if got := query(e, "explain "+byHash); !strings.Contains(got, "t_md5") {
		t.Errorf("the index is not used:\n%s", got)
	}
	if got := query(e, byHash); got != "7" {
		t.Errorf("found %q", got)
	}
	if err := e.Close(ctx); err != nil {
		t.Fatal(err)
	}
	e = open()
	script(t, e, "insert into t values (201, 'x', 16)")
	script(t, e, "create index b_hash on b (upper(a), translate(a, 'b', 'c'))")
	script(t, e, "insert into b values (201, 'b201')")
	script(t, e, "alter table t rename column a to c; alter table t rename to u; update u set c = 'y', n = 3 where id = 201;")
	for sql, want := range map[string]string{
		"select id from u where md5(c) = md5('y')":                                     "201",
		"select id from b where upper(a) = 'B201' and translate(a, 'b', 'c') = 'c201'": "201",
		"select count(*) from u where sqrt(n) > 2":                                     "196",
		"select g from u where id = 201":                                               "y",
	} {
		if got := query(e, sql); got != want {
			t.Errorf("%s: %q, not %q", sql, got, want)
		}
	}
}
