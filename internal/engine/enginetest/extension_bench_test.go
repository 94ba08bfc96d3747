package enginetest

import (
	"context"
	"testing"

	"github.com/basement-project/basement/internal/engine"
)

// BenchmarkTrigrams measures searches in 100,000 texts with and without an index of trigrams.
func BenchmarkTrigrams(b *testing.B) {
	e := openSQLite(b)
	owner(b, e, `create extension pg_trgm;
create table plain (id int primary key, t text);
insert into plain select i, md5(i::text) || ' ' || md5((i * 7)::text) from generate_series(1, 100000) i;
create table indexed (id int primary key, t text);
insert into indexed select * from plain;
create index on indexed using gin (t gin_trgm_ops);`)
	for _, table := range []string{"plain", "indexed"} {
		for name, cond := range map[string]string{"like": `t like '%f00d%'`, "ilike": `t ilike '%F00D%'`, "regexp": `t ~ 'f00d'`, "similar": `t % 'c4ca4238a0b923820dcc509a6f75849b'`} {
			benchmark(b, e, table+"/"+name, "select id from "+table+" where "+cond)
		}
	}
}

// BenchmarkVectors measures the nearest of 100,000 vectors of 384 dimensions.
func BenchmarkVectors(b *testing.B) {
	e := openSQLite(b)
	owner(b, e, `create extension vector;
create table item (id int primary key, v vector(384));
insert into item select i, (select array_agg(sin(i * 0.37 + j * (1 + i % 17))) from generate_series(1, 384) j)::vector from generate_series(1, 100000) i;`)
	for _, op := range []string{"<->", "<=>", "<#>"} {
		benchmark(b, e, op, "select id from item order by v "+op+" (select v from item where id = 777) limit 10")
	}
}

func benchmark(b *testing.B, e engine.Engine, name, sql string) {
	built, err := request{role: "service_role", format: engine.JSON, steps: []string{sql}}.build(b, e)
	if err != nil {
		b.Fatal(err)
	}
	b.Run(name, func(b *testing.B) {
		for b.Loop() {
			if _, err := e.Run(context.Background(), built); err != nil {
				b.Fatal(err)
			}
		}
	})
}
