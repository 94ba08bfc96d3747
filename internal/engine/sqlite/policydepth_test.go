package sqlite

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/engine"
)

// Policies over tables that have policies themselves: the statement must not grow by the number of their conditions with each.
func TestPoliciesUponPolicies(t *testing.T) {
	ctx := context.Background()
	e, err := Open(ctx, t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Close(ctx) }()
	const tables = 9
	var sql []string
	sql = append(sql, "create role reader", "grant usage on schema public to reader")
	for n := range tables {
		sql = append(sql, fmt.Sprintf("create table t%d (a int, b int, c int, d int)", n),
			fmt.Sprintf("insert into t%d select n, n, n, n from generate_series(1, 3) n", n),
			fmt.Sprintf("grant select on t%d to reader", n),
			fmt.Sprintf("alter table t%d enable row level security", n))
		if n == 0 {
			sql = append(sql, "create policy p on t0 using (a > 0)")
			continue
		}
		sql = append(sql, fmt.Sprintf(`create policy p on t%[1]d using (a > 0 and b > 0 and 1 / c >= 0
  and exists (select from t%[2]d x where x.a = t%[1]d.a and 1 / x.b >= 0 and 1 / x.c >= 0 and x.d > 0))`, n, n-1))
	}
	run := func(opt engine.AdminOptions, statements ...string) *engine.Result {
		t.Helper()
		tx, err := e.Admin(ctx, opt)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(ctx) }()
		var last *engine.Result
		for _, s := range statements {
			if last, err = tx.Exec(ctx, s, nil); err != nil {
				t.Fatalf("%s: %v", s, err)
			}
		}
		if err := tx.Commit(ctx); err != nil {
			t.Fatal(err)
		}
		return last
	}
	run(engine.AdminOptions{}, sql...)
	size := func(n int) int {
		r := run(engine.AdminOptions{Role: "reader"}, fmt.Sprintf("explain verbose select a, b from t%d where 1 / d >= 0 and b > 0", n))
		for _, row := range r.Rows {
			if _, text, ok := strings.Cut(*row[0], "SQLite Statement: "); ok {
				return len(text)
			}
		}
		t.Fatal("no statement in the plan")
		return 0
	}
	// Twice for each level: in the condition, and before what could tell of hidden rows. Not once for each of its conjuncts.
	if one, last := size(1), size(tables-1); last > one<<tables {
		t.Errorf("the statement has %d bytes with one policy upon another and %d with %d", one, last, tables-1)
	}
	if r := run(engine.AdminOptions{Role: "reader"}, fmt.Sprintf("select count(*) from t%d where 1 / d >= 0", tables-1)); *r.Rows[0][0] != "3" {
		t.Errorf("%s rows are seen", *r.Rows[0][0])
	}
}
