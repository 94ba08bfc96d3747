package enginetest

import (
	"context"
	"testing"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
)

// TestVectors asks what the documentation of pgvector and pgjwt answers: their extensions are not part of PostgreSQL's own, so
// the corpus has no server to compare with.
func TestVectors(t *testing.T) {
	e := openSQLite(t)
	owner(t, e, `create extension vector; create extension pgjwt;
create table items (id int primary key, embedding vector(3), h halfvec(3), s sparsevec(5), b bit(3));
insert into items values (1, '[1,2,3]', '[1,2,3]', '{1:1,3:2}/5', '101'), (2, '[4,5,6]', '[4,5,6]', '{2:5}/5', '111'), (3, '[1,1,1]', null, null, '000');
create index on items using hnsw (embedding vector_l2_ops) with (m = 16, ef_construction = 64);
create index on items using ivfflat (embedding vector_cosine_ops) with (lists = 100);
create function nearest(query vector(3), n int) returns table (id int, distance float8) language sql stable as
$$ select i.id, i.embedding <-> query from items i order by i.embedding <-> query limit n $$`)
	for _, c := range []struct{ sql, want string }{
		{`select string_agg(id::text, ',' order by embedding <-> '[3,1,2]') from items`, "3,1,2"},
		{`select embedding <-> '[3,1,2]' from items where id = 3`, "2.23606797749979"},
		{`select embedding <#> '[3,1,2]' from items where id = 1`, "-11"},
		{`select embedding <+> '[3,1,2]' from items where id = 1`, "4"},
		{`select round((embedding <=> '[3,1,2]')::numeric, 6) from items where id = 1`, "0.214286"},
		{`select cosine_distance('[1,1]'::vector, '[2,2]'), cosine_distance('[1,0]'::vector, '[0,2]'), cosine_distance('[1,1]'::vector, '[-1,-1]'), cosine_distance('[1,2]'::vector, '[0,0]')`, "0|1|2|NaN"},
		{`select l2_distance('[0,0]'::vector, '[3,4]'), l1_distance('[0,0]'::vector, '[3,4]'), inner_product('[1,2]'::vector, '[3,4]')`, "5|7|11"},
		{`select '[1,2,3]'::vector + '[4,5,6]', '[1,2,3]'::vector - '[4,5,6]', '[1,2,3]'::vector * '[4,5,6]', '[1,2,3]'::vector || '[4,5]'`, "[5,7,9]|[-3,-3,-3]|[4,10,18]|[1,2,3,4,5]"},
		{`select '[3e38]'::vector + '[3e38]'`, "22003 value out of range: overflow"},
		{`select '[1e-37]'::vector * '[1e-37]'`, "22003 value out of range: underflow"},
		{`select avg(embedding), sum(embedding), count(distinct embedding) from items`, "[2,2.6666667,3.3333333]|[6,8,10]|3"},
		{`select avg(v), sum(v) from unnest(array[]::vector[]) v`, "|"},
		{`select vector_dims('[1,2,3]'::vector), vector_norm('[3,4]'), l2_normalize('[3,4]'::vector), l2_normalize('[0,0]'::vector)`, "3|5|[0.6,0.8]|[0,0]"},
		{`select subvector('[1,2,3,4,5]'::vector, 1, 3), subvector('[1,2,3,4,5]'::vector, 3, 9), subvector('[1,2,3,4,5]'::vector, -1, 4)`, "[1,2,3]|[3,4,5]|[1,2]"},
		{`select binary_quantize('[1,0,-1]'::vector), hamming_distance('111', '110'), jaccard_distance('1111', '1110')`, "100|1|0.25"},
		{`select b <~> '111', b <%> '110' from items where id = 1`, "1|0.6666666666666667"},
		{`select s <-> '{1:1}/5', s <#> '{1:2}/5', s <+> '{}/5' from items where id = 1`, "2|-2|3"},
		{`select h <-> '[3,1,2]', l2_norm(h), h + '[1,1,1]' from items where id = 2`, "5.744562646538029|8.774964387392123|[5,6,7]"},
		{`select embedding::real[], embedding::halfvec, embedding::sparsevec, '{1,2,3}'::int[]::vector(3), array[1.5,2]::vector from items where id = 1`, "{1,2,3}|[1,2,3]|{1:1,2:2,3:3}/3|[1,2,3]|[1.5,2]"},
		{`select '[1,2]'::vector = '[1,2]', '[1,2]'::vector < '[1,2,3]', '[1,2]'::vector <> '[2,1]', '[-1]'::vector < '[0]'`, "t|t|t|t"},
		{`select format_type(atttypid, atttypmod) from pg_attribute where attrelid = 'items'::regclass and attname = 'embedding'`, "vector(3)"},
		{`select string_agg(id || ':' || distance, ' ') from nearest('[1,1,1]', 2)`, "3:0 1:2.23606797749979"},
		{`select row_to_json(i) from items i where id = 2`, `{"id":2,"embedding":"[4,5,6]","h":"[4,5,6]","s":"{2:5}/5","b":"111"}`},
		{`insert into items (id, embedding) values (9, '[1,2]')`, "22000 expected 3 dimensions, not 2"},
		{`select '[1,2]'::vector <-> '[1,2,3]'`, "22000 different vector dimensions 2 and 3"},
		{`select '[1,2,3]'::vector(2)`, "22000 expected 2 dimensions, not 3"},
		{`select '[1]'::vector(0)`, "22023 dimensions for type vector must be at least 1"},
		{`select '[1]'::vector(16001)`, "22023 dimensions for type vector cannot exceed 16000"},
		{`select array[1, null]::real[]::vector`, "22004 array must not contain nulls"},
		{`select '{}'::real[]::vector`, "22000 vector must have at least 1 dimension"},
		{`select '[70000]'::halfvec`, `22003 "70000" is out of range for type halfvec`},
		{`create index on items using hnsw (embedding)`, `42704 data type vector has no default operator class for access method "hnsw"`},
		{`set hnsw.ef_search = 5000`, `22023 5000 is outside the valid range for parameter "hnsw.ef_search" (1 .. 1000)`},
		{`select sign('{"sub":"1234567890","name":"John Doe","admin":true}', 'secret')`,
			"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiYWRtaW4iOnRydWV9.TJVA95OrM7E2cBab30RMHrHDcEfxjoYZgeFONFh7HgQ"},
		{`select header, payload, valid from verify('eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiYWRtaW4iOnRydWV9.TJVA95OrM7E2cBab30RMHrHDcEfxjoYZgeFONFh7HgQ', 'secret')`,
			`{"alg":"HS256","typ":"JWT"}|{"sub":"1234567890","name":"John Doe","admin":true}|t`},
		{`select valid from verify(sign('{"exp": 1}', 'secret'), 'secret')`, "f"},
		{`select valid from verify(sign('{}', 'secret', 'HS512'), 'other', 'HS512')`, "f"},
		{`create extension pg_cron`, `0A000 extension "pg_cron" is not available on the embedded engine: nothing runs statements at times of their own`},
	} {
		if got := one(t, e, c.sql); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.sql, got, c.want)
		}
	}
}

// one runs a statement and gives its only row, or its error's code and message.
func one(t *testing.T, e engine.Engine, sql string) string {
	t.Helper()
	tx, err := e.Admin(context.Background(), engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	r, err := tx.Exec(context.Background(), sql, nil)
	if err != nil {
		return problem(err)
	}
	out := ""
	for _, row := range r.Rows {
		for i, v := range row {
			if i > 0 {
				out += "|"
			}
			if v != nil {
				out += *v
			}
		}
	}
	return out
}

func problem(err error) string {
	if e := errs.Of(err); e != nil {
		return e.Code + " " + e.Message
	}
	return err.Error()
}
