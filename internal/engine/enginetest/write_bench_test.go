package enginetest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/engine"
)

// BenchmarkRows measures statements that write many rows of a table without triggers, in a transaction that is undone.
func BenchmarkRows(b *testing.B) {
	const rows = 10_000
	e := openSQLite(b)
	owner(b, e, `create table many (id int primary key, author int not null, title text not null check (length(title) > 0), body text,
 at timestamptz default now(), n serial);
create index on many (author);
create table ref (id int primary key, author int references many);
create table plain (id int primary key, v int, t text);`)
	var values strings.Builder
	for i := range rows {
		if i > 0 {
			values.WriteByte(',')
		}
		fmt.Fprintf(&values, "(%d, %d, 'title %d', null)", i, i%100, i)
	}
	fill := `insert into many (id, author, title) select i, i % 100, 'title ' || i from generate_series(1, 10000) i`
	for _, c := range []struct{ name, before, sql string }{
		{"insert select", "", fill},
		{"insert values", "", "insert into many (id, author, title, body) values " + values.String()},
		{"insert plain", "", "insert into plain select i, i, 'x' from generate_series(1, 10000) i"},
		{"upsert", fill, fill + " on conflict (id) do update set title = excluded.title || '!'"},
		{"update", fill, "update many set body = title || 'x', author = author + 1"},
		{"update returning", fill, "update many set body = 'x' returning *"},
		{"delete", fill, "delete from many where id > 0"},
		{"foreign key", fill, "insert into ref select i, i from generate_series(1, 10000) i"},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				ctx := context.Background()
				tx, err := e.Admin(ctx, engine.AdminOptions{})
				if err != nil {
					b.Fatal(err)
				}
				if c.before != "" {
					if _, err := tx.Exec(ctx, c.before, nil); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				if _, err := tx.Exec(ctx, c.sql, nil); err != nil {
					b.Fatal(err)
				}
				b.StopTimer()
				_ = tx.Rollback(ctx)
				b.StartTimer()
			}
			b.ReportMetric(float64(b.N)*rows/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
