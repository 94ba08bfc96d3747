package worlds

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/guard"
)

// corpusRows fill the tables of the analyser's test schema.
var corpusRows = []string{
	"insert into app.profiles (id, username, full_name, mood, email, age, tags, meta, created_at) values " +
		"('00000000-0000-4000-8000-000000000001', 'ann', 'Ann A', 'ok', 'a@b', 30, '{x,y}', '{\"a\": 1}', '2024-01-01 10:00+00'), " +
		"('00000000-0000-4000-8000-000000000002', 'bob', null, 'sad', null, 5, null, '{\"a\": {\"b\": [1, 2.50]}}', '2024-02-01 10:00+00'), " +
		"('00000000-0000-4000-8000-000000000003', 'cy', 'C', null, 'c@d', null, '{}', null, '2024-03-01 12:30:00.5+00')",
	"insert into app.posts (author, title, body, score, rank, published, posted, span, loc, raw) values " +
		"('00000000-0000-4000-8000-000000000001', 'first', 'hello world', 1.5, 1, true, '2024-01-02', '[2024-01-01,2024-02-01)', '(1,a)', '{\"x\": [1]}'), " +
		"('00000000-0000-4000-8000-000000000001', 'second', null, 2.25, 2, false, '2024-01-03', null, null, null), " +
		"('00000000-0000-4000-8000-000000000002', 'a third', 'abc', null, null, true, null, null, '(2,\"b c\")', '[]')",
	"insert into app.comments (post_id, parent, text, likes, at, took, ip, price, ratio, dbl, code, flags, data) values " +
		"(1, null, 'nice', 3, '2024-01-05 10:00', '1 day 02:00', '10.0.0.1', 5.5, 0.5, 1.25, 'ab', '1010', '\\x00ff'), " +
		"(1, 1, 'agreed', 0, null, null, null, null, null, null, null, null, null), " +
		"(2, null, null, 7, '2024-01-06 11:30:15.25', '-3 hours', '192.168.0.0/16', 100, 'NaN', 'Infinity', 'xyz', '0001', '')",
	"refresh materialized view app.mat",
}

// unsettled are statements whose answer is not determined, or depends on the server.
var unsettled = regexp.MustCompile(`(?i)now\(|current_|random|gen_random|localtime|clock_|timeofday|version\(|_user|user,|statement_timestamp|transaction_timestamp|ctid|xmin|tableoid|oid\b|regclass|mat\b|nextval|currval|lastval|setval|age\(|limit|'now'|'today'|pg_typeof|to_char\(interval|ts_rank|transaction|over \(\)|array_agg\(rank|json_agg\(row|json_agg\(x\)|format_type|description|select n \+ 1 from t\)|union all select n from a|s \|\| 'y' from a|union select \* from a|posts = posts|array\(select array|mood::bigint`)

var placeholder = regexp.MustCompile(`\$[0-9]`)

// TestCorpus runs the statements analysis is tested with on both engines and compares the rows.
func TestCorpus(t *testing.T) {
	ctx := context.Background()
	pg := openPostgres(t)
	schema, err := os.ReadFile("../../../internal/analyze/testdata/schema.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pg.Exec(ctx, string(schema), pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
	if _, err := pg.Exec(ctx, "set statement_timeout = '2s'"); err != nil {
		t.Fatal(err)
	}
	lite, err := sqlite.Open(ctx, t.TempDir(), sqlite.Options{Readers: 2})
	if err != nil {
		t.Fatal(err)
	}
	defer lite.Close(ctx)
	for _, sql := range append(strings.Split(string(schema), ";\n"), corpusRows...) {
		if strings.TrimSpace(sql) == "" {
			continue
		}
		if strings.Contains(sql, "materialized view") || strings.Contains(sql, "create cast") {
			continue
		}
		if err := build(ctx, lite, []string{sql}); err != nil {
			t.Logf("%v", err)
			continue
		}
		if strings.Contains(sql, "insert into") {
			if _, err := pg.Exec(ctx, sql, pgx.QueryExecModeSimpleProtocol); err != nil {
				t.Fatalf("%v: %s", err, sql)
			}
		}
	}
	g := guard.New(false)
	n, bad, refused := 0, 0, 0
	for _, file := range []string{"statements.sql", "more.sql"} {
		text, err := os.ReadFile("../../../internal/analyze/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(text), "\n") {
			sql := strings.TrimSpace(line)
			lower := strings.ToLower(sql)
			if !(strings.HasPrefix(lower, "select") || strings.HasPrefix(lower, "with") || strings.HasPrefix(lower, "values") || strings.HasPrefix(lower, "(")) ||
				placeholder.MatchString(sql) || unsettled.MatchString(sql) || strings.Contains(lower, "insert ") || strings.Contains(lower, "update ") || strings.Contains(lower, "delete ") {
				continue
			}
			st := &statement{sql: sql, role: "postgres", path: "app, public"}
			want := onPostgres(ctx, t, pg, st)
			got := onEmbedded(ctx, lite, g, st)
			if got.code == "0A000" && want.code != "0A000" {
				refused++
				t.Logf("%s:%d: %s\n    refused: %s", file, i+1, sql, got)
				continue
			}
			n++
			if !st.same(want, got) {
				bad++
				t.Errorf("%s:%d: %s\n    postgres: %s\n    embedded: %s", file, i+1, sql, want, got)
			}
		}
	}
	t.Logf("%d statements, %d differ, %d refused", n, bad, refused)
}
