package enginetest

import (
	"context"
	"testing"

	"github.com/basement-project/basement/internal/engine"
)

// BenchmarkSearch measures text search over 100,000 rows, without an index on the vectors and with one.
func BenchmarkSearch(b *testing.B) {
	e := openSQLite(b)
	owner(b, e, `create table docs (id int primary key, body text, v tsvector generated always as (to_tsvector('english', body)) stored);
insert into docs (id, body) select n, 'word' || n || ' fat cats number ' || n % 7 || ' lorem ipsum dolor sit amet term' || n % 1000 || ' incididunt labore magna' from generate_series(1, 100000) n;`)
	queries := []struct{ name, sql string }{
		{"terms", `select id from docs where v @@ to_tsquery('english', $1) limit 20`},
		{"insert", `insert into docs (id, body) select max(id) + 1, 'one more ' || $1::text from docs`},
	}
	run := func(b *testing.B, suffix string) {
		for _, q := range queries {
			built, err := request{role: "service_role", format: engine.JSON, args: []*string{str("term77 & fat")}, steps: []string{q.sql}}.build(b, e)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(q.name+suffix, func(b *testing.B) {
				for b.Loop() {
					if _, err := e.Run(context.Background(), built); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
	run(b, "/scan")
	owner(b, e, `create index on docs using gin (v)`)
	run(b, "/index")
}
