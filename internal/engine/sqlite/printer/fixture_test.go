package printer_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/sql/types"
)

// fixtures are the tables the golden queries may read, with an index on every column of the first.
func fixtures() []*catalog.Relation {
	people := table(18000, "people", 1, column(1, "id", "int4", true), column(2, "name", "text", true), column(3, "age", "int2", false),
		column(4, "balance", "numeric", false), column(5, "born", "date", false), column(6, "seen", "timestamptz", false),
		column(7, "tags", "_text", false), column(8, "doc", "jsonb", false), column(9, "score", "float8", false), column(10, "Mixed Case", "bpchar", false))
	people.Columns[9].Typmod = 9
	for i, c := range people.Columns[1:] {
		people.Indexes = append(people.Indexes, &catalog.Index{OID: catalog.OID(18010 + i), Name: "people_" + strconv.Itoa(i), Method: "btree",
			Keys: []catalog.IndexKey{{Column: c.Num}}})
	}
	pets := table(18100, "pets", 1, column(1, "id", "int8", true), column(2, "owner", "int4", false), column(3, "kind", "text", false),
		column(4, "weight", "numeric", false), column(5, "chip", "uuid", false), column(6, "stay", "int4range", false), column(7, "fed", "interval", false))
	return []*catalog.Relation{people, pets}
}

// rows are the fixtures' contents as text; "\N" is NULL.
var rows = map[string][]string{
	"people": {
		`1|Ada|36|100.50|1815-12-10|2024-01-01 10:00:00+00|{math,code}|{"a": 1, "b": [1, 2]}|1.5|x`,
		`2|Bob|\N|99.9|2000-02-29|2024-06-01 12:30:00.5+02|{}|{"a": "x"}|-2|yy`,
		`3|bob|20|1000|\N|\N|\N|\N|NaN|\N`,
		`4|Éva|20|9.9900|1999-12-31|1999-12-31 23:59:59+00|{code,"a b",NULL}|[]|Infinity|X`,
		`5|Al_ex%|7|-5|2024-03-10|infinity|{x}|{"a": null}|\N|x`,
		`6|Alfred|7|\N|0044-03-15 BC|2024-01-01 10:00:00+00|{math}|3|0|zz`,
	},
	"pets": {
		`10|1|cat|4.20|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|[1,5)|1 day`,
		`11|1|dog|30|\N|[3,9)|24:00:00`,
		`12|2|cat|4.2|b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|empty|1 mon`,
		`13|\N|fish|\N|\N|\N|\N`,
		`14|9|cat|5|\N|[10,)|-3 days`,
	},
}

// fixtureSQL makes the tables on PostgreSQL.
func fixtureSQL() []string {
	var out []string
	for _, r := range fixtures() {
		var cols []string
		for _, c := range r.Columns {
			def := layout.Quote(c.Name) + " " + types.FormatType(types.ByOID(c.Type), c.Typmod)
			if c.NotNull {
				def += " not null"
			}
			cols = append(cols, def)
		}
		out = append(out, "create temp table "+r.Name+" ("+strings.Join(cols, ", ")+", primary key (id))")
		for _, row := range rows[r.Name] {
			var values []string
			for _, v := range strings.Split(row, "|") {
				if v == `\N` {
					values = append(values, "null")
				} else {
					values = append(values, "'"+strings.ReplaceAll(v, "'", "''")+"'")
				}
			}
			out = append(out, "insert into "+r.Name+" values ("+strings.Join(values, ", ")+")")
		}
	}
	return out
}

func (d *database) fill(t testing.TB) {
	for _, r := range fixtures() {
		var defs, places []string
		for i, c := range r.Columns {
			defs = append(defs, layout.Definition(c, types.ByOID(c.Type)))
			places = append(places, "?"+strconv.Itoa(i+1))
		}
		script := []string{"CREATE TABLE " + layout.QuotedTable(r) + "(" + strings.Join(defs, ", ") + ")"}
		for _, x := range r.Indexes {
			script = append(script, "CREATE INDEX "+layout.Quote(x.Name)+" ON "+layout.QuotedTable(r)+"("+layout.QuotedColumn(r.ColumnByNum(x.Keys[0].Column).Name)+")")
		}
		for _, sql := range script {
			if err := d.conn.ExecScript(sql); err != nil {
				t.Fatal(err)
			}
		}
		for _, row := range rows[r.Name] {
			var args []types.Datum
			for i, v := range strings.Split(row, "|") {
				var value types.Datum
				if v != `\N` {
					var err error
					if value, err = types.In(types.ByOID(r.Columns[i].Type), r.Columns[i].Typmod, v, nil); err != nil {
						t.Fatal(err)
					}
				}
				args = append(args, value)
			}
			if err := d.conn.Exec("INSERT INTO "+layout.QuotedTable(r)+" VALUES ("+strings.Join(places, ", ")+")", args...); err != nil {
				t.Fatal(err)
			}
		}
	}
}
