package printer_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/testkit"
)

// pool are values of each type to call functions with.
var pool = map[string][]string{
	"bool": {"true", "false"}, "int2": {"0", "1", "-1", "7", "32767", "-32768"}, "int4": {"0", "1", "-1", "3", "10", "2147483647", "-2147483648"},
	"int8": {"0", "1", "-1", "5", "9223372036854775807", "-9223372036854775808"}, "float4": {"0", "1.5", "-2", "NaN", "Infinity", "1e30"},
	"float8": {"0", "0.5", "1", "-2.5", "1e10", "NaN", "-Infinity", "1e300"}, "numeric": {"0", "1", "-1.50", "3.14159", "100", "1e20", "NaN", "0.001"},
	"text": {"", "a", "Hello World", "héÀ", "a,b,,c", "%_\\", " x ", "12", "{1,2}", "year", "abcabc", "a%"}, "varchar": {"", "Ab", "é"},
	"bpchar": {"", "ab", "x  "}, "name": {"abc", ""}, "bytea": {"", "\\x00ff", "abc"}, "char": {"a", ""},
	"uuid": {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00000000-0000-0000-0000-000000000000"},
	"date": {"2024-02-29", "1999-12-31", "0044-03-15 BC", "infinity"}, "time": {"00:00:00", "13:14:15.5", "24:00:00"}, "timetz": {"10:00:00+02", "23:59:59-05"},
	"timestamp": {"2024-02-29 12:34:56.789", "1999-12-31 23:59:59", "-infinity"}, "timestamptz": {"2024-02-29 12:34:56.789+00", "1999-12-31 23:59:59+01", "infinity"},
	"interval": {"1 day", "-3 hours", "1 year 2 mons 3 days 04:05:06.7", "00:00:00", "40 days 30:00"},
	"json":     {"{\"a\": 1, \"b\": [1, null]}", "[1, \"x\", {\"k\": true}]", "\"s\"", "null", "5"},
	"jsonb":    {"{\"a\": 1, \"b\": [1, null]}", "[1, \"x\", {\"k\": true}]", "\"s\"", "null", "5", "{}"},
	"_int4":    {"{}", "{1,2,3}", "{1,NULL,1}", "{{1,2},{3,4}}"}, "_text": {"{}", "{a,b}", "{a,NULL,\"x y\"}", "{1,2}"},
	"int4range": {"[1,5)", "empty", "(,3)", "[4,)"}, "daterange": {"[2024-01-01,2024-02-01)", "empty"}, "numrange": {"[1.5,2.5]", "(,0)"},
	"int4multirange": {"{}", "{[1,3),[5,9)}", "{(,)}"}, "inet": {"10.0.0.1", "10.0.0.0/8", "::1/64"}, "cidr": {"10.0.0.0/8", "192.168.1.0/24"},
	"bit": {"1010", "1", "0110"}, "varbit": {"1010", ""}, "tsvector": {"'fat':1A 'rat':2,3", "'a' 'b'", ""}, "tsquery": {"'fat' & 'rat'", "!'a'", "'fat' <-> 'rat'", ""},
	"oid": {"0", "25"}, "money": {"12.34", "-5"}, "macaddr": {"08:00:2b:01:02:03"},
	"anyelement": {"5::int4"}, "anycompatible": {"2::int4"}, "anyarray": {"'{1,2,NULL}'::int4[]", "'{}'::int4[]"}, "anycompatiblearray": {"'{3,2,1}'::int4[]", "null::int4[]"},
	"anynonarray": {"5::int4", "true"}, "anyrange": {"'[1,5)'::int4range", "'[3,9)'::int4range", "'empty'::int4range"}, "anymultirange": {"'{[1,3),[5,9)}'::int4multirange"},
	"any": {"1", "'x'::text", "null", "'{1}'::int4[]"},
}

// unlike are functions whose answers differ by nature: the server's own, random ones, the last digits of the C library.
var unlike = " random version now clock_timestamp statement_timestamp transaction_timestamp gen_random_uuid pg_backend_pid txid_current" +
	" current_database current_schemas pg_typeof pg_get_userbyid timeofday current_setting set_config pg_sleep tan cot cbrt dcbrt asin acos sinh cosh tanh asinh" +
	" sind cosd power pow dpow exp dexp age to_regclass row_security_active format_type pg_table_is_visible pg_type_is_visible pg_function_is_visible" +
	" setseed width_bucket ln log log10 dlog1 dlog10 sin cos atan atan2 degrees radians pg_notify "

// TestSweep calls every function and operator there is a form for with values of its types and compares with a server's
// answers. It runs when BASEMENT_SWEEP gives the number of calls for each.
func TestSweep(t *testing.T) {
	calls, _ := strconv.Atoi(os.Getenv("BASEMENT_SWEEP"))
	url := os.Getenv(testkit.DatabaseURLVariable)
	if calls == 0 || url == "" {
		t.Skip("BASEMENT_SWEEP is not set")
	}
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(ctx) }()
	d := newDB(t)
	rnd := rand.New(rand.NewPCG(1, 2))
	arg := func(oid types.OID) (string, bool) {
		typ := types.ByOID(oid)
		if typ == nil || len(pool[typ.Name]) == 0 {
			return "", false
		}
		v := pool[typ.Name][rnd.IntN(len(pool[typ.Name]))]
		if typ.Kind == types.PseudoType {
			return v, true
		}
		name := types.FormatType(typ, -1)
		if rnd.IntN(12) == 0 {
			return "null::" + name, true
		}
		if name == "bit" {
			name = "varbit::bit(4)"
		}
		return "'" + strings.ReplaceAll(v, "'", "''") + "'::" + name, true
	}
	n, bad := 0, 0
	compare := func(expr string) {
		n++
		res, err := conn.PgConn().Exec(ctx, "select "+expr).ReadAll()
		want := ""
		if err != nil {
			pe, ok := err.(*pgconn.PgError)
			if !ok {
				t.Fatal(err)
			}
			want = failure(pe.Code, pe.Message, pe.Detail, pe.Hint)
		} else {
			var rows [][]*string
			for _, raw := range res[0].Rows {
				var row []*string
				for _, v := range raw {
					if v == nil {
						row = append(row, nil)
					} else {
						s := string(v)
						row = append(row, &s)
					}
				}
				rows = append(rows, row)
			}
			want = answer(rows)
		}
		if got, _ := d.run("select " + expr); got != want && !strings.Contains(got, "0A000") {
			bad++
			fmt.Printf("%s\n   got %s\n  want %s\n", expr, got, want)
		}
	}
	for _, f := range d.snap.Base.Functions {
		form := builtin.FormOf(f)
		if form == nil || form.Set || form.Aggregate || f.Schema != "pg_catalog" || f.Kind != catalog.RegularFunction || strings.Contains(unlike, " "+f.Name+" ") {
			continue
		}
	next:
		for range calls {
			var args []string
			for _, p := range f.Inputs() {
				a, ok := arg(p.Type)
				if !ok {
					break next
				}
				args = append(args, a)
			}
			name := `"` + f.Name + `"`
			compare("pg_catalog." + name + "(" + strings.Join(args, ", ") + ")")
			if len(args) == 0 {
				break
			}
		}
	}
	for _, o := range d.snap.Base.Operators {
		if builtin.FormOf(o.Function) == nil && !strings.Contains(" = <> < <= > >= ", " "+o.Name+" ") {
			continue
		}
		for range calls {
			right, ok := arg(o.Right)
			if !ok {
				break
			}
			expr := "(" + o.Name + " (" + right + "))"
			if o.Left != 0 {
				left, ok := arg(o.Left)
				if !ok {
					break
				}
				expr = "((" + left + ") " + o.Name + " (" + right + "))"
			}
			compare(expr)
		}
	}
	t.Logf("%d calls, %d differ", n, bad)
}
