package printer_test

import (
	"strconv"
	"strings"
	"testing"
)

// Long lists of conditions must not run into SQLite's bound on the depth of expressions.
func TestManyConditions(t *testing.T) {
	d := newDB(t)
	for _, op := range []string{" or ", " and "} {
		var parts []string
		for i := range 3000 {
			parts = append(parts, "id <> "+strconv.Itoa(i+100))
		}
		if got, _ := d.run("select count(*) from people where " + strings.Join(parts, op)); got != "[6]" {
			t.Errorf("%s: %s", op, got)
		}
	}
}

// Long chains and deep nests are answered, or refused before SQLite's stack overflows.
func TestDeepStatements(t *testing.T) {
	d := newDB(t)
	chain := "with c0 as (select 1 as x)"
	for i := 1; i < 60; i++ {
		chain += ", c" + strconv.Itoa(i) + " as (select x + 1 as x from c" + strconv.Itoa(i-1) + ")"
	}
	for _, c := range []struct{ sql, want string }{
		{chain + " select x from c59", "[60]"},
		{"select count(*) from (select 1" + strings.Repeat(" union all select 1", 500) + ") q", "[501]"},
		{"select count(*) from (select 1" + strings.Repeat(" union select 2", 500) + ") q", "[2]"},
	} {
		if got, text := d.run(c.sql); got != c.want {
			t.Errorf("%.60s: %s %s", c.sql, got, text)
		}
	}
	for _, sql := range []string{
		"select 1 from (" + strings.Repeat("(select 1 union ", 90) + "select 2" + strings.Repeat(")", 90) + ") q(x)",
		"select count(*) from (select 1" + strings.Repeat(" except select 2", 90) + ") q",
	} {
		if got, _ := d.run(sql); !strings.Contains(got, "54001") {
			t.Errorf("%.60s: %s", sql, got)
		}
	}
}
