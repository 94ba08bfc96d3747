package types

import (
	"context"
	"flag"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/basement-project/basement/internal/errs"
)

// pieces are what random texts of a type are put together from.
var pieces = map[string][]string{
	"int4":           {"1", "0", "-", "+", " ", "9", "2147483647", "8", "x", ".", "e"},
	"float8":         {"1", "0", "-", "+", " ", "9", ".", "e", "E", "308", "15", "inf", "nan", "5"},
	"float4":         {"1", "0", "-", "9", ".", "e", "38", "7", "5", "3"},
	"numeric":        {"1", "0", "-", "+", " ", "9", ".", "e", "E", "5", "12345", "NaN", "_", "000"},
	"date":           {"2026", "-", "01", "/", "1", "Jan", " ", "BC", "31", ".", "12", "february", "99", ",", "AD", "Mon", "J", "T", "5", "000"},
	"timestamp":      {"2026-01-01", " ", "T", "10:20", ":30", ".5", "Z", "+02", "-08:00", "PM", "AM", "Jan 5 2020", "99", "12:00", "102030", "20260101", "EST", "BC", "0", "now"},
	"timestamptz":    {"2026-01-01", " ", "T", "10:20", ":30", ".123456", "Z", "+02", "-0830", "PM", "Jan 5 2020", "America/New_York", "12:00", "102030", "20260101", "PDT", "DST", "BC", "1"},
	"time":           {"10", ":20", ":30", ".5", " ", "PM", "AM", "24:00", "+02", "1020", "30", "Z", "T", "00", ":60"},
	"timetz":         {"10", ":20", ":30", ".5", " ", "PM", "+02", "1020", "30", "Z", "T", "-08", ":30", "UTC"},
	"interval":       {"1", " ", "day", "mons", "year", "-", ":", "02", ".5", "ago", "weeks", "h", "min", "s", "P", "T", "Y", "M", "D", "+", "1-2", "3 4:05:06", "hours", "@"},
	"json":           {"{", "}", "[", "]", ",", ":", "\"a\"", "\"b\"", "1", "-1.5e3", "null", "true", " ", "\"\\u00e9\"", "\\", "\n", "x", "\"a"},
	"jsonb":          {"{", "}", "[", "]", ",", ":", "\"a\"", "\"bb\"", "1.50", "1e2", "null", "false", " ", "\"\\u0041\"", "\"\\ud83d\\ude04\"", "{\"a\":1}", "[1,2]"},
	"bytea":          {"\\x", "00", "ff", "a", "\\", "\\\\", "\\101", " ", "0", "g"},
	"uuid":           {"a0eebc99", "-", "9c0b", "4ef8", "bb6d", "6bb9bd380a11", "{", "}", "A", " "},
	"int4[]":         {"{", "}", ",", "1", "NULL", " ", "\"2\"", "[1:2]=", "-3", "{1,2}", "\\", "x"},
	"text[]":         {"{", "}", ",", "a", "NULL", " ", "\"b c\"", "\\\"", "\"", "{a,b}", "\\", "null", "[0:1]=", "é"},
	"int4range":      {"[", ")", "(", "]", ",", "1", "5", " ", "empty", "-", "\"3\"", "x"},
	"numrange":       {"[", ")", "(", "]", ",", "1.5", "5", " ", "empty", "2.50"},
	"daterange":      {"[", ")", "(", "]", ",", "2026-01-01", "2026-02-01", "infinity", " ", "-infinity"},
	"int4multirange": {"{", "}", "[1,3)", ",", "(2,5]", "empty", " ", "[7,9)", "[3,4)", "(,1)"},
	"inet":           {"192.168.1.1", "/24", "10", "0", "::1", "/", "fe80::", "1.2.3.4", "/33", "2001:db8::"},
	"cidr":           {"192.168.1.0", "/24", "10", "0", "::1", "/", "128", "2001:db8::", "/32", "224"},
	"macaddr":        {"08", ":", "00", "-", "2b", "0102", ".", "03", "010203"},
	"money":          {"$", "1", ",", "234", ".", "5", "-", "(", ")", " ", "99", "+"},
	"varbit":         {"0", "1", "b", "x", "F", "B", "2"},
	"bool":           {"t", "r", "u", "e", "f", "a", "l", "s", "y", "n", "o", "1", "0", " ", "T"},
	"oid":            {"1", "0", "-", " ", "4294967295", "x", "+"},
	"tsvector":       {"a", ":", "1", "A", ",", "'", " ", "\\", "b2", "''", "3B"},
	"tsquery":        {"a", "&", "|", "!", "(", ")", "<->", "<2>", ":*", ":A", "'", " ", "b c", "\\"},
	"point":          {"(", ")", ",", "1", "2.5", " ", "-3"},
	"circle":         {"<", ">", "(", ")", ",", "1", "2.5", " "},
	"path":           {"[", "]", "(", ")", ",", "1", "2", "(1,2)", " "},
}

var random = flag.Int("random", 0, "how many random texts of each type to compare with the PostgreSQL of BASEMENT_TEST_DATABASE_URL")

// TestInServer compares random texts with a PostgreSQL, when asked to: it is for finding differences, not for keeping them out.
func TestInServer(t *testing.T) {
	url := os.Getenv("BASEMENT_TEST_DATABASE_URL")
	if url == "" || *random == 0 {
		t.Skip("no -random, or no server")
	}
	ctx := context.Background()
	conn, err := pgconn.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, "set timezone = 'UTC'; set client_min_messages = error").ReadAll(); err != nil {
		t.Fatal(err)
	}
	seed := rand.Int63()
	if s := os.Getenv("BASEMENT_TEST_SEED"); s != "" {
		seed, _ = strconv.ParseInt(s, 10, 64)
	}
	rng := rand.New(rand.NewSource(seed))
	failures := 0
	for name, list := range pieces {
		typ := builtinByAnyName(name)
		sql := fmt.Sprintf("select format('%%s', x), to_json(x)::text from (select $1::text::%s as x) s", name)
		for range *random {
			var b strings.Builder
			for n := 1 + rng.Intn(7); n > 0; n-- {
				b.WriteString(list[rng.Intn(len(list))])
			}
			text := b.String()
			res := conn.ExecParams(ctx, sql, [][]byte{[]byte(text)}, nil, nil, nil).Read()
			var want string
			if pgErr, ok := res.Err.(*pgconn.PgError); ok {
				want = "! " + pgErr.Code + " " + pgErr.Message + " / " + pgErr.Detail
			} else {
				want = string(res.Rows[0][0]) + " json " + string(res.Rows[0][1])
			}
			if strings.Contains(text, "now") {
				continue
			}
			var got string
			if d, err := In(typ, -1, text, nil); err != nil {
				e := errs.Of(err)
				got = "! " + e.Code + " " + e.Message + " / " + e.Detail
			} else {
				got = Out(typ, d, nil) + " json " + string(AppendJSON(nil, typ, d, nil))
			}
			if got != want {
				if failures++; failures < 40 {
					t.Errorf("%s %q (seed %d)\n got %s\nwant %s", name, text, seed, got, want)
				}
			}
		}
	}
}
