package types

import (
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

func TestCastGolden(t *testing.T) {
	env := testEnv()
	values := map[string][]string{
		"bool": {"t", "f"}, "int2": {"0", "1", "-32768", "127", "200"}, "int4": {"0", "1", "-1", "2147483647", "70000", "-129", "127"}, "int8": {"0", "-1", "9223372036854775807", "3000000000", "5000000000", "-9223372036854775808", "92233720368547759"},
		"float4": {"0", "1.5", "2.5", "-0.5", "1e10", "1e30", "NaN", "Infinity", "0.1", "16777217"}, "float8": {"0", "1.5", "2.5", "3.5", "-2.5", "1e10", "1e20", "1e300", "1e-300", "NaN", "-Infinity", "0.1", "123456789.987654321", "2147483647.4", "2147483647.5", "-2147483648.5", "-2147483648.6", "9223372036854775807", "32767.5", "0.30000000000000004"},
		"numeric": {"0", "1.5", "2.5", "-2.5", "0.49", "1e10", "NaN", "Infinity", "9223372036854775807.4", "9223372036854775807.5", "123.456", "92233720368547758.075", "1e400", "2147483647.5"},
		"money":   {"$1,234.56", "-5", "0.01"}, "text": {"a", "12", " 12 ", "1.5", "t", "2026-01-01", "{1,2}", "abc   ", "$5", "1010", "{\"a\":1}", "", "(1,a)", "sad", "[1,2)", "10:00"}, "varchar": {"abc", "12"}, "bpchar": {"ab ", "12  "}, "name": {"abc"}, "\"char\"": {"a", "\\377", ""},
		"date": {"2026-01-01", "infinity", "-infinity", "300000-01-01", "0044-03-15 BC"}, "timestamp": {"2026-07-01 12:34:56.789", "infinity", "0001-01-01 BC", "2026-01-01 23:59:59.9999"}, "timestamptz": {"2026-07-01 12:34:56.789+02", "-infinity"},
		"time": {"12:34:56.789", "24:00"}, "timetz": {"12:34:56.789+02"}, "interval": {"1 day 02:03:04", "-1 hour", "1 mon", "36:00:00", "-36:00:00", "1.23456 seconds"}, "json": {"{\"b\":1, \"a\":2}", "1", "null", "\"x\""}, "jsonb": {"{\"a\": 1}", "1.5", "null", "\"x\"", "true", "[1]", "99999999999", "1e400", "false"},
		"uuid": {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}, "bytea": {"\\x4142"}, "bit(4)": {"1010"}, "varbit": {"1010", "", "111111111111111111111111111111111", "11111111111111111111111111111111"}, "inet": {"192.168.1.5", "192.168.1.5/24", "::1", "10.0.0.0/8"}, "cidr": {"192.168.1.0/24"}, "macaddr": {"08:00:2b:01:02:03"}, "macaddr8": {"08:00:2b:ff:fe:01:02:03", "08:00:2b:01:02:03:04:05"},
		"oid": {"0", "4294967295", "16"}, "regtype": {"int4"}, "int4[]": {"{1,2}", "{1,NULL}", "{{1},{2}}", "{}"}, "text[]": {"{1,2}", "{a}"}, "numeric[]": {"{1.5,2.4}"}, "int4range": {"[1,5)", "empty"}, "mood": {"sad"}, "pair": {"(1,a)"}, "xml": {"<a/>"}, "int8[]": {"{1,99999999999}"}, "float8[]": {"{1.5,2.5}"},
	}
	targets := []string{"bool", "int2", "int4", "int8", "float4", "float8", "numeric", "numeric(5,2)", "money", "text", "varchar", "varchar(2)", "bpchar", "bpchar(3)", "bpchar(1)", "name", "\"char\"", "date", "timestamp", "timestamp(0)", "timestamptz", "timestamptz(1)", "time", "time(0)", "timetz", "interval", "interval(2)", "json", "jsonb", "uuid", "bytea", "bit(4)", "bit(1)", "bit(40)", "bit(64)", "varbit", "varbit(2)", "inet", "cidr", "macaddr", "macaddr8", "oid", "regtype", "int4[]", "text[]", "numeric[]", "int8[]", "varchar(1)[]", "float8[]", "int4range", "int4multirange", "mood", "posint", "code", "pair", "xml"}
	var ops []golden.Op
	var cases []golden.Case
	for _, from := range sortedNames(values) {
		for _, to := range targets {
			source, _ := typeNamed(t, from)
			target, typmod := typeNamed(t, to)
			_, _, ok := CastPathOf(source, target)
			if !ok && source.OID != target.OID {
				continue
			}
			name := from + "->" + to
			ops = append(ops, golden.Op{Name: name, SQL: "select format('%s', $1::text::" + from + "::" + to + ")", Go: func(args []string) (string, bool, error) {
				d, err := In(source, -1, args[0], env)
				if err != nil {
					return "", false, err
				}
				if source.OID == BitOID {
					d, _ = ApplyTypmod(source, 4, d, ExplicitCast, env)
				}
				if d, err = Cast(source, target, typmod, d, ExplicitCast, env); err != nil {
					return "", false, err
				}
				return Out(target, d, env), true, nil
			}})
			for _, c := range golden.Cross(name, values[from]) {
				// Left out: the parser's own errors for names and bytes that are no UTF-8.
				if to == "regtype" && source.Category == 'S' || from == "\"char\"" && c.Args[0] != "a" {
					continue
				}
				cases = append(cases, c)
			}
		}
	}
	golden.Run(t, "testdata/cast.golden", setup, ops, cases)
}

func TestAssignGolden(t *testing.T) {
	env := testEnv()
	var ops []golden.Op
	var cases []golden.Case
	for to, texts := range map[string][]string{"varchar(3)": {"abc", "abcd", "abc  "}} {
		target, typmod := typeNamed(t, to)
		ops = append(ops, golden.Op{Name: "assign:" + to, SQL: "insert into assigned (v) values ($1::text) returning format('%s', v)", Go: func(args []string) (string, bool, error) {
			d, err := Cast(ByOID(TextOID), target, typmod, Text(args[0]), AssignmentCast, env)
			return Out(target, d, env), true, err
		}})
		cases = append(cases, golden.Cross("assign:"+to, texts)...)
	}
	b, typmod := typeNamed(t, "bit(3)")
	ops = append(ops, golden.Op{Name: "assign:bit", SQL: "insert into assigned (b) values ($1::text::varbit) returning b::text", Go: func(args []string) (string, bool, error) {
		d, err := Cast(ByOID(VarbitOID), b, typmod, Text(args[0]), AssignmentCast, env)
		return d.S, true, err
	}})
	cases = append(cases, golden.Cross("assign:bit", []string{"101", "1010", "10"})...)
	golden.Run(t, "testdata/assign.golden", setup+"create table assigned (v varchar(3), b bit(3));", ops, cases)
}

// TestCastPathGolden compares what may be cast, and where, with what PostgreSQL accepts.
func TestCastPathGolden(t *testing.T) {
	names := []string{"bool", "int4", "int8", "numeric", "float8", "text", "varchar", "bpchar", "\"char\"", "name", "date", "timestamptz", "time", "interval", "json", "jsonb", "uuid", "bytea", "inet", "cidr", "oid", "regclass", "int4[]", "text[]", "int8[]", "int4range", "int4multirange", "mood", "posint", "code", "pair", "money", "bit", "varbit", "xml"}
	var cases []golden.Case
	var ops []golden.Op
	for _, from := range names {
		for _, to := range names {
			if from == to {
				continue
			}
			source, _ := typeNamed(t, from)
			target, _ := typeNamed(t, to)
			name := from + "->" + to
			ops = append(ops, golden.Op{Name: name, SQL: "select try_cast('" + strings.ReplaceAll(from, "'", "''") + "', '" + to + "')", Go: func([]string) (string, bool, error) {
				ctx, _, ok := CastPathOf(source, target)
				if !ok {
					return "none", true, nil
				}
				return [...]string{"explicit", "assignment", "implicit"}[ctx], true, nil
			}})
			cases = append(cases, golden.Case{Op: name})
		}
	}
	golden.Run(t, "testdata/castpath.golden", setup+`
create function try_cast(f text, t text) returns text language plpgsql as $$
begin
  begin
    execute format('create or replace function cast_probe(x %s) returns boolean language sql as ''select true''', t);
    execute format('create table cast_source (x %s); create table cast_target (x %s)', f, t);
    begin
      execute 'select cast_probe(x) from cast_source';
      raise exception 'done' using errcode = 'ZZ001';
    exception when undefined_function then null; end;
    begin
      execute 'insert into cast_target select x from cast_source';
      raise exception 'done' using errcode = 'ZZ002';
    exception when datatype_mismatch then null; end;
    begin
      execute format('select x::%s from cast_source', t);
      raise exception 'done' using errcode = 'ZZ003';
    exception when cannot_coerce then null; end;
    raise exception 'done' using errcode = 'ZZ004';
  exception
    when sqlstate 'ZZ001' then return 'implicit';
    when sqlstate 'ZZ002' then return 'assignment';
    when sqlstate 'ZZ003' then return 'explicit';
    when sqlstate 'ZZ004' then return 'none';
  end;
end $$;`, ops, cases)
}
