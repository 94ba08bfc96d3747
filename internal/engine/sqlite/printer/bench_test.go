package printer_test

import (
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"

	"context"
	"time"
)

// column makes a catalog column.
func column(num int32, name, typ string, notNull bool) *catalog.Column {
	return &catalog.Column{Num: num, Name: name, Type: types.ByName(typ).OID, Typmod: -1, NotNull: notNull, ACL: catalog.ACL{Default: true}}
}

func table(oid catalog.OID, name string, key int32, cols ...*catalog.Column) *catalog.Relation {
	index := &catalog.Index{OID: oid + 1, Name: name + "_pkey", Unique: true, Primary: true, Method: "btree", Keys: []catalog.IndexKey{{Column: key}}}
	return &catalog.Relation{OID: oid, Schema: "public", Name: name, Kind: catalog.Table, Owner: "postgres", Columns: cols,
		ACL:         catalog.ACL{Grants: []catalog.Grant{{Grantee: "web", Grantor: "postgres", Privileges: catalog.Select}}},
		Constraints: []*catalog.Constraint{{OID: oid + 2, Name: name + "_pkey", Kind: catalog.PrimaryKey, Columns: []int32{key}, Index: index.OID}},
		Indexes:     []*catalog.Index{index}}
}

// board is a database of authors and posts; the role web sees the posts that are public or its author's.
func board(t testing.TB, posts int) *database {
	d := newDB(t)
	authors := table(20000, "authors", 1, column(1, "id", "int8", true), column(2, "name", "text", true), column(3, "secret", "text", false))
	list := table(20100, "posts", 1, column(1, "id", "int8", true), column(2, "author_id", "int8", true), column(3, "title", "text", true),
		column(4, "body", "text", false), column(5, "created_at", "timestamptz", true), column(6, "price", "numeric", false), column(7, "public", "bool", true))
	list.RowSecurity = true
	list.Policies = []*catalog.Policy{{OID: 20110, Name: "own", Command: "r", Permissive: true,
		Using: "public or author_id = (current_setting('app.user', true))::bigint", SearchPath: []string{"public"}}}
	web := &catalog.Role{OID: 30000, Name: "web", Inherit: true}
	schema := &catalog.Schema{OID: 2200, Name: "public", Owner: "postgres", ACL: catalog.ACL{Grants: []catalog.Grant{{Privileges: catalog.Usage}}}}
	d.snap = catalog.NewSnapshot(2, catalog.Objects{Roles: append([]*catalog.Role{web}, d.snap.Roles...), Schemas: []*catalog.Schema{schema},
		Relations: append(fixtures(), authors, list)}, builtin.Base())
	for _, r := range []*catalog.Relation{authors, list} {
		var defs []string
		for _, c := range r.Columns {
			defs = append(defs, layout.Definition(c, types.ByOID(c.Type)))
		}
		for _, sql := range []string{"CREATE TABLE " + layout.QuotedTable(r) + "(" + strings.Join(defs, ", ") + ")",
			`CREATE UNIQUE INDEX "` + r.Name + `_pkey" ON ` + layout.QuotedTable(r) + `("id")`} {
			if err := d.conn.ExecScript(sql); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, sql := range []string{
		`CREATE INDEX posts_author ON posts(author_id, created_at)`,
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100) INSERT INTO authors SELECT i, 'author ' || i, 'secret' FROM n`,
	} {
		if err := d.conn.ExecScript(sql); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.conn.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
		INSERT INTO posts SELECT i, i % 100 + 1, 'Post number ' || i, 'The text of post ' || i || ', which is a little longer than its title.',
		'2026-01-01 10:00:' || substr('0' || (i % 60), -2), i || '.50', i % 3 = 0 FROM n`, types.Int(int64(posts))); err != nil {
		t.Fatal(err)
	}
	return d
}

// text prints a query as the engine does for a role.
func (d *database) text(t testing.TB, role, sql string) *printer.Text {
	stmt, err := parse.Statement(sql)
	if err != nil {
		t.Fatal(err)
	}
	g, err := guard.New(false).Apply(d.snap, role, stmt, guard.Options{SearchPath: []string{"public"}, Text: sql})
	if err != nil {
		t.Fatal(err)
	}
	p, err := printer.Query(d.snap, g.Query(), printer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

var hot = []struct{ name, role, sql string }{
	{"key", "postgres", `select id, title, body, created_at, price from posts where id = $1::bigint`},
	{"list", "postgres", `select id, title, body, created_at, price from posts where author_id = $1::bigint order by created_at limit 20`},
	{"rule", "web", `select id, title, body, created_at, price from posts where author_id = $1::bigint order by created_at limit 20`},
	{"toOne", "postgres", `select p.id, p.title, (select row_to_json(a) from (select id, name from authors where authors.id = p.author_id limit 1) a) as author from posts p where author_id = $1::bigint limit 20`},
	{"toMany", "postgres", `select a.id, a.name, coalesce((select json_agg(x) from (select p.id, p.title, p.created_at from posts p where p.author_id = a.id) x), '[]') as posts from authors a where a.id = $1::bigint`},
	{"count", "postgres", `select count(*) from posts where title like $1::text || '%'`},
	{"sum", "postgres", `select sum(price), avg(price), max(created_at) from posts where author_id = $1::bigint`},
}

func BenchmarkHot(b *testing.B) {
	d := board(b, 10000)
	for _, h := range hot {
		p := d.text(b, h.role, h.sql)
		b.Run(h.name, func(b *testing.B) {
			tx := d.conn.Begin(context.Background(), session.Options{Snapshot: d.snap, Role: h.role, Sequences: session.NewSequences(nil), Now: time.Now()})
			defer tx.End(true)
			b.ReportAllocs()
			rows := 0
			for range b.N {
				rows = 0
				s, err := d.conn.Prepare(p.SQL)
				if err != nil {
					b.Fatal(err)
				}
				if err := s.Bind(types.Int(7)); err != nil {
					b.Fatal(err)
				}
				for {
					more, err := s.Step()
					if err != nil {
						b.Fatal(err)
					}
					if !more {
						break
					}
					for i := range s.Columns() {
						_ = s.View(i)
					}
					rows++
				}
				s.Close()
			}
			b.ReportMetric(float64(rows), "rows")
		})
	}
}

func BenchmarkPrint(b *testing.B) {
	d := board(b, 10)
	stmt, err := parse.Statement(hot[4].sql)
	if err != nil {
		b.Fatal(err)
	}
	q, _, err := analyze.Statement(d.snap, stmt, analyze.Options{SearchPath: []string{"public"}})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for range b.N {
		if _, err := printer.Query(d.snap, q, printer.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRegister(b *testing.B) {
	d := newDB(b)
	for range b.N {
		if err := builtin.Register(d.conn); err != nil {
			b.Fatal(err)
		}
	}
}

func TestHotShapes(t *testing.T) {
	d := board(t, 50)
	for _, h := range hot {
		t.Logf("%s: %s", h.name, d.text(t, h.role, h.sql).SQL)
	}
}
