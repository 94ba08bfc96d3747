package print

import (
	"reflect"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// sameTree compares two trees without positions.
func sameTree(a, b reflect.Value) bool {
	if a.IsValid() != b.IsValid() {
		return false
	}
	if !a.IsValid() {
		return true
	}
	if a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() && b.IsNil()
		}
		return sameTree(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !sameTree(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			if strings.HasSuffix(a.Type().Field(i).Name, "Pos") {
				continue
			}
			if !sameTree(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return a.Equal(b)
}

func same(a, b ast.Statement) bool { return sameTree(reflect.ValueOf(a), reflect.ValueOf(b)) }

// roundTrip parses, prints and parses again.
func roundTrip(t *testing.T, sql string) {
	t.Helper()
	first, err := parse.Statement(sql)
	if err != nil {
		t.Errorf("%s\n  %v", sql, err)
		return
	}
	text := Statement(first)
	second, err := parse.Statement(text)
	if err != nil {
		t.Errorf("%s\n  printed %s\n  %v", sql, text, err)
		return
	}
	if !same(first, second) {
		t.Errorf("%s\n  printed %s\n  which is another tree: %s", sql, text, Statement(second))
	}
}

func TestRoundTrip(t *testing.T) {
	for _, sql := range statements {
		roundTrip(t, sql)
	}
}

// TestText pins texts that others see.
func TestText(t *testing.T) {
	cases := []struct{ sql, want string }{
		{"select 1", "SELECT 1"},
		{"select a+b*c, (a+b)*c", "SELECT a + b * c, (a + b) * c"},
		{"select - - 1, -(-a), - 1, +a, 2 - -1, (-1)::int, -1::int", "SELECT 1, -(-a), -1, +a, 2 - -1, (-1)::integer, -1::integer"},
		{`select "A", "select", "ä", a.b."C", name, "a""b"`, `SELECT "A", "select", "ä", a.b."C", name, "a""b"`},
		{`select 'a''b', 'a\b', e'\n'`, `SELECT 'a''b', E'a\\b', '` + "\n" + `'`},
		{"select not a = b and c or d", "SELECT NOT a = b AND c OR d"},
		{"select (a or b) and (c and d)", "SELECT (a OR b) AND (c AND d)"},
		{"select a.b[1].c, (a).b, (f(x)).y[2:3], $1.z, $2[:]", "SELECT a.b[1].c, (a).b, (f(x)).y[2:3], $1.z, $2[:]"},
		{"select x::timestamp with time zone at time zone 'UTC' collate \"C\"", `SELECT x::timestamp with time zone AT TIME ZONE 'UTC' COLLATE "C"`},
		{"select a between b and c and d", "SELECT a BETWEEN b AND c AND d"},
		{"select a in (1, 2), b not in (select 1), c = any ($1), d <> all (array[1])", "SELECT a IN (1, 2), NOT b IN (SELECT 1), c = ANY ($1), d <> ALL (ARRAY[1])"},
		{"select * from a, b left join c using (x, y) as u where exists (select from d)", "SELECT * FROM a, b LEFT JOIN c USING (x, y) AS u WHERE EXISTS (SELECT FROM d)"},
		{"select date '2020-01-01', interval '1' day to second(3), char 'x'", "SELECT '2020-01-01'::date, '1'::interval day to second(3), 'x'::pg_catalog.bpchar"},
		{"insert into t (a, b[1].c) values (1, default) on conflict (a) do update set (a, b) = (1, 2), c = excluded.c returning *",
			"INSERT INTO t (a, b[1].c) VALUES (1, DEFAULT) ON CONFLICT (a) DO UPDATE SET (a, b) = (1, 2), c = excluded.c RETURNING *"},
	}
	for _, c := range cases {
		n, err := parse.Statement(c.sql)
		if err != nil {
			t.Errorf("%s: %v", c.sql, err)
			continue
		}
		if got := Statement(n); got != c.want {
			t.Errorf("%s\n got  %s\n want %s", c.sql, got, c.want)
		}
	}
}

func TestBuilt(t *testing.T) {
	sel := ast.Select(ast.As(ast.Col("t", "id"), "Id"), ast.As(ast.CountStar(), ""))
	sel.From = []ast.TableRef{ast.Join(ast.JoinLeft, ast.Table("public", "todos", "t"), ast.Subselect(ast.Values([]ast.Expr{ast.Int(1)}), "v"), nil)}
	sel.Where = ast.And(ast.Eq(ast.Col("t", "user"), ast.Param(1)), ast.Or(ast.IsNull(ast.Col("x")), ast.Not(ast.Bool(true))),
		ast.OpAny(ast.Col("x"), "=", ast.ScalarQuery(ast.Select(ast.As(ast.Param(2), "")))),
		ast.In(ast.Col("y"), ast.ScalarQuery(ast.Select(ast.As(ast.Int(-5), "")))))
	sel.OrderBy = []*ast.SortBy{ast.Sort(ast.Col("t", "id"), ast.SortDesc, ast.NullsLast)}
	want := `SELECT t.id AS "Id", pg_catalog.count(*) FROM public.todos AS t LEFT JOIN (VALUES (1)) AS v ON true` +
		` WHERE t."user" = $1 AND (x IS NULL OR NOT true) AND x = ANY (COALESCE((SELECT $2))) AND y IN (COALESCE((SELECT -5)))` +
		` ORDER BY t.id DESC NULLS LAST`
	if got := Statement(sel); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
