package types

import (
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/golden"
)

const setup = `set timezone = 'UTC'; drop schema if exists types_golden cascade; create schema types_golden; set search_path = types_golden, public;
create type mood as enum ('sad', 'ok', 'Very Happy'); create domain posint as int not null check (value > 0); create domain code as varchar(3);
create type pair as (a int, "B" text); create type nest as (p pair, t timestamptz, ns numeric(5,2)[]); create type floatrange as range (subtype = float8);`

// userTypes are the types setup makes.
func userTypes() map[string]*Type {
	mood := NewEnum(20000, "public", "mood", []string{"sad", "ok", "Very Happy"})
	mood.Array = 20001
	posint := NewDomain(20002, "public", "posint", ByOID(Int4OID), -1, true)
	pair := NewComposite(20006, "public", "pair", []Field{{"a", ByOID(Int4OID), -1}, {"B", ByOID(TextOID), -1}})
	typmod, _ := MakeTypmod(ByOID(NumericOID), []int32{5, 2})
	nest := NewComposite(20008, "public", "nest", []Field{{"p", pair, -1}, {"t", ByOID(TimestamptzOID), -1}, {"ns", ByOID(NumericArrayOID), typmod}})
	floats := &Type{OID: 20010, Schema: "public", Name: "floatrange", Kind: RangeType, Category: 'R', Subtype: ByOID(Float8OID), Typmod: -1}
	all := map[string]*Type{"mood": mood, "mood[]": NewArray(20001, "public", "_mood", mood), "posint": posint,
		"posint[]": NewArray(20003, "public", "_posint", posint), "code": NewDomain(20004, "public", "code", ByOID(VarcharOID), 7, false),
		"pair": pair, "pair[]": NewArray(20007, "public", "_pair", pair), "nest": nest, "floatrange": floats}
	return all
}

func testEnv() *Env {
	return &Env{CheckDomain: func(t *Type, d Datum) error {
		if t.Name == "posint" && !d.IsNull() && d.I <= 0 {
			return errs.New("23514", "value for domain posint violates check constraint \"posint_check\"")
		}
		return nil
	}}
}

func typeNamed(t *testing.T, name string) (*Type, int32) {
	t.Helper()
	if u := userTypes()[name]; u != nil {
		return u, -1
	}
	base, mods := name, ""
	if open := strings.IndexByte(name, '('); open >= 0 {
		end := strings.IndexByte(name, ')')
		base, mods = name[:open]+name[end+1:], name[open+1:end]
	}
	typ := builtinByAnyName(base)
	if typ == nil {
		t.Fatalf("no type %s", name)
	}
	typmod := int32(-1)
	if mods != "" {
		var list []int32
		for _, m := range strings.Split(mods, ",") {
			d, _ := inInt(m, 32, "integer")
			list = append(list, int32(d.I))
		}
		if base == "interval" {
			list = append([]int32{intervalFullRange}, list...)
		}
		var err error
		if typmod, err = MakeTypmod(typ, list); err != nil {
			t.Fatal(err)
		}
	}
	return typ, typmod
}

// plainTexts are texts to try on each type.
var plainTexts = map[string][]string{
	"bool":   {"t", "f", "true", "false", "TRUE", " yes ", "no", "y", "n", "on", "off", "of", "o", "1", "0", "10", "", "tru", "truee", "maybe"},
	"int2":   {"0", "1", "-1", " 42 ", "+7", "32767", "32768", "-32768", "-32769", "99999999999999999999", "1.5", "abc", "", " ", "1 2", "-", "0x1", "1e3", "99999x", "007"},
	"int4":   {"0", "-0", "2147483647", "2147483648", "-2147483648", "-2147483649", "12abc", "99999999999", "\t5\n", "--5", "1_000"},
	"int8":   {"0", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "12abc", "99999999999999999999999", "+", "5 x"},
	"oid":    {"0", "4294967295", "4294967296", "-1", "abc", "", "12 "},
	"float4": {"0", "1", "-1.5", "1e10", "1e38", "1e39", "1e-40", "1e-50", "NaN", "inf", "-Infinity", "+inf", "abc", "", "0.1", "16777217", "123456.7", "1234567.8", "1e-5", "0.0001", "0.00001", "-0", "1e6", "999999.5", "3.4028235e38", " 1 ", "1 2", "0x10", "1e"},
	"float8": {"0", "1", "-1.5", "1e10", "1e308", "1e309", "1e-310", "1e-400", "nan", "INFINITY", "-inf", "abc", "", "0.1", "0.30000000000000004", "123456789012345", "1234567890123456", "1e15", "1e14", "0.0001", "0.00001", "-0", "1.7976931348623157e308", "5e-324", "1.", ".5", ".", "1e+5", "infinit", "12345.678e-3", "1_0"},
	"text":   {"", "a", " a ", "é", "NULL", "\\", "\"", "a,b", "{}", "\x01\x1f\x7f"},
	"name":   {"a", strings.Repeat("x", 70), strings.Repeat("é", 40)}, "varchar": {"", "abc "}, "bpchar": {"a", "a  ", " a"},
	"\"char\"":    {"a", "", "ab", "é", "\\141", "\\303"},
	"uuid":        {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", "a0eebc999c0b4ef8bb6d6bb9bd380a11", "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11", "{a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11}", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a111", "", "abc", " a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g", "a-0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
	"bytea":       {"", "abc", "\\x", "\\x00ff", "\\xDEADBEEF", "\\x1", "\\xzz", "\\x 12 34", "\\x1 2", "a\\000b", "\\141\\377", "\\\\", "\\", "\\12", "\\400", "é", "\\xé1"},
	"numeric":     {"1.50", "-0.00", "1e3", "NaN", "-Infinity", "abc", "", "007", "1.", "+1", "99999999999999999999.99"},
	"date":        {"2026-01-01", "infinity", "0044-03-15 BC", "12000-01-01", "abc"},
	"time":        {"12:34:56.789", "24:00:00", "noon"},
	"timetz":      {"12:34:56.789+02", "12:34:56-05:30", "x"},
	"timestamp":   {"2026-01-01 12:00:00", "2026-01-01T12:00:00.120", "infinity", "0001-01-01 10:00:00 BC", "20000-05-06 07:08:09", ""},
	"timestamptz": {"2026-01-01 12:00:00+02", "2026-01-01 12:00:00", "-infinity", "0001-01-01 10:00:00 BC", "20000-05-06 07:08:09.5", "2026-07-01 12:00:00 America/New_York", "x"},
	"interval":    {"1 day", "-1 year 2 mons", "01:02:03.4", "abc"},
	"json":        {"{\"b\" : 1,\"a\":[1, 2]}", "null", "1e5", "{", "\"\\ud83d\""}, "jsonb": {"{\"b\" : 1,\"a\":[1, 2]}", "null", "1e5", "{", "\"\\ud83d\""},
	"money":     {"$1,234.50", "1234.5", "-5", "(5.255)", "5.254", "5.255", "-$3", "$-3", "$ 3", "3-", "abc", "", "92233720368547758.07", "92233720368547758.08", "-92233720368547758.08", "1.2.3", "1e5", ",,5", "5 $", "92233720368547758.075"},
	"varbit":    {"", "0101", "b01", "xAf", "B2", "xg", "é"},
	"inet":      {"192.168.1.5", "192.168.1.5/24", "192.168.1.5/32", "192.168.1.5/33", "10.0.0/24", "10/8", "10.1", "192.168.1.256", "::1", "::", "2001:db8::1/64", "2001:DB8:0:0:0:0:0:1", "::ffff:1.2.3.4", "::1.2.3.4", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "1::2::3", "", "abc", "1.2.3.4/", "1.2.3.4/x", "::1/129", "01.2.3.4", " 1.2.3.4", "0:0:1::", "1:0:0:2::", "2001:db8::0:1/128"},
	"cidr":      {"192.168.1.0/24", "192.168.1.5/24", "10", "192.168", "192.168.1", "172.16", "10.1.2.3", "224", "240", "128.1.2", "2001:db8::/32", "2001:db8::1/32", "::1", "10/8", "10.0/8", "10.1/8", "0.0.0.0/0"},
	"macaddr":   {"08:00:2b:01:02:03", "08-00-2b-01-02-03", "08002b:010203", "08002b-010203", "0800.2b01.0203", "0800-2b01-0203", "08002b010203", "8:0:2B:1:2:3", "08:00:2b:01:02", "08:00:2b:01:02:03:04", "108:00:2b:01:02:03", "xx", "", " 08:00:2b:01:02:03 "},
	"macaddr8":  {"08:00:2b:01:02:03:04:05", "08-00-2b-01-02-03-04-05", "08002b:0102030405", "0800.2b01.0203.0405", "08002b0102030405", "08:00:2b:01:02:03", "08:00:2b", "", "zz", "08:00-2b:01:02:03"},
	"inet[]":    {"{1.2.3.4,::1/64}"},
	"regtype":   {"int4", "integer", "int[]", "25", "-", "0", "nosuch"},
	"int4[]":    {"{}", "{1,2,3}", "{ 1 , 2 }", "{1,NULL,3}", "{1,\"2\"}", "{{1,2},{3,4}}", "{{1,2},{3}}", "[2:3]={1,2}", "[0:1][1:1]={{1},{2}}", "[1:2]={1}", "{1,2", "1,2}", "{a}", "", "{1,,2}", "{,1}", "{1,}", "{1 2}", "{1}{2}", "{1} x", "{{}}", "{{},{}}", "{{1},2}", "{1,{2}}", "[2]={1,2}", "[2:1]={}", "[a]={1}", "[1={1}", "[1]{1}", "[1:1]={}", "{{{{{{{1}}}}}}}", "{\"\"}", "{nUlL}", " {1} ", "{1\\,2}", "[1:2]= {1,2}", "[-1:0]={5,6}", "{{1,NULL},{NULL,2}}", "[1]=1", "[1:]={1}"},
	"text[]":    {"{a,b}", "{\"a b\",c d, e }", "{\"a\\\"b\",\"c\\\\d\"}", "{NULL,\"NULL\",null,\"\"}", "{a\\,b}", "{\\a}", "{a\\ }", "{\"a\"b}", "{a\"b\"}", "{\"a}", "{a\\}", "{\"{x}\",\"a,b\"}", "{{a,b},{c,d}}", "{é, ü }", "{(),[]}", "{a;b}", "{\"\\n\"}", "{a\nb}", "{\\}"},
	"numeric[]": {"{1.50,2e3,NaN}", "{x}"}, "timestamptz[]": {"{\"2026-01-01 12:00:00+02\",NULL,infinity}"}, "bool[]": {"{t,f,true}", "{x}"}, "jsonb[]": {"{\"{\\\"a\\\":1}\",null,\"null\"}"}, "json[]": {"{\"{\\\"a\\\" :1}\",null,1}"},
	"uuid[]": {"{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}"}, "float8[]": {"{1,1e20,NaN}"}, "date[]": {"{2026-01-01,infinity}"}, "bytea[]": {"{\"\\\\x01\",abc}"}, "money[]": {"{\"$1,000.00\",2}"}, "bpchar[]": {"{a,b}"},
	"int2vector": {"1 2 3", "", "x"}, "oidvector": {"1 2"},
	"int4range": {"[1,5)", "(1,5]", "[1,5]", "(1,2)", "[3,3]", "[3,3)", "(,5]", "[1,)", "(,)", "empty", " EMPTY ", "[5,1]", "[a,b]", "1,5", "[1,5", "[1]", "[1,2,3]", "[1,5) x", "emptyx", "(2147483647,]", "[1,2147483647]", "[\"1\",\"5\")", "[ 1 , 5 )", "", "[1,5]]", "[\"1,5)"},
	"int8range": {"[1,9223372036854775807]", "(1,3)"}, "numrange": {"[1.0,2.50)", "(1,1)", "[1,1]", "(,1.5]", "[1,1.0]"},
	"daterange": {"[2026-01-01,2026-01-31]", "(2026-01-01,infinity)", "[2026-01-01,infinity]", "(,2026-01-01]", "[2026-02-30,)"}, "tsrange": {"[2026-01-01 10:00,2026-01-01 12:00)", "[2026-01-01,2026-01-02]", "[infinity,)"},
	"tstzrange":      {"[2026-01-01 10:00+02,2026-01-01 12:00+02)", "[\"2026-01-01 10:00:00+00\",]"},
	"int4multirange": {"{}", "{[1,3),[5,7)}", "{[5,7),[1,3)}", "{[1,3),[3,5)}", "{[1,4),[2,6]}", "{empty,[1,2)}", "{empty}", "{", "[1,2)", "{[1,2)", "{[1,2)} x", "{[1,2),}", "{x}", "{[1,2) [3,4)}", " { [1,2) , (4,5] } ", "{[a,b)}"}, "nummultirange": {"{[1.5,2.5],(2.5,3)}"}, "tstzmultirange": {"{[2026-01-01,2026-01-02)}"}, "datemultirange": {"{[2026-01-01,2026-01-02],[2026-01-03,2026-01-05]}"},
	"int4range[]": {"{\"[1,5)\",empty}"},
	"mood":        {"sad", "ok", "Very Happy", "happy", "", " sad"}, "mood[]": {"{sad,\"Very Happy\"}", "{x}"}, "posint": {"1", "0", "x"}, "posint[]": {"{1,2}", "{1,NULL}", "{0}"},
	"pair": {"(1,a)", "(1,\"a b\")", "(,)", "(1,\"\")", "( 1 , a )", "(1)", "(1,2,3)", "1,2", "(1,a", "(1,a) x", "(x,a)", "(1,\"a\"\"b\")", "(1,\"a\\\"b\")", "(1,a\\,b)", " (1,a) ", "", "(1,(2))", "(1,\"a)"}, "pair[]": {"{\"(1,a)\",\"(2,\\\"b c\\\")\"}"},
	"nest":       {"(\"(1,a)\",\"2026-01-01 12:00+02\",\"{1.234,2}\")", "(,,)", "(\"(1)\",,)", "(,,{1234})"},
	"floatrange": {"[1,2.5)", "[1,1)", "[2,1]"},
}

// limitedTexts are texts to try on types with a typmod.
var limitedTexts = map[string][]string{
	"varchar(3)": {"abc", "abcd", "abc  ", "éàü", "éàüx", "", "ab"}, "bpchar(3)": {"abc", "abcd", "abc  ", "a", "", "é"},
	"numeric(5,2)": {"1.234", "1.235", "999.99", "999.995", "-1000", "NaN", "Infinity", "0.001", "1e2"}, "numeric(3,0)": {"1.5", "999.4", "999.5"}, "numeric(3,5)": {"0.00123", "0.001234567", "0.01", "0.00999999"}, "numeric(3,-2)": {"12345", "99949", "99950", "49"}, "numeric(2,2)": {"0.99", "0.995", "1"},
	"timestamp(0)": {"2026-01-01 12:00:00.5", "2026-01-01 12:00:00.49", "1999-12-31 23:59:59.5", "1990-01-01 00:00:00.5"}, "timestamptz(3)": {"2026-01-01 12:00:00.12345"}, "time(2)": {"12:34:56.789", "23:59:59.999"}, "timetz(0)": {"12:34:56.789+02"},
	"bit(3)": {"101", "10", "1010"}, "varbit(3)": {"101", "10", "1010"}, "interval(2)": {"1.23456 seconds"}, "code": {"abc", "abcd", "abc "},
}

func TestInGolden(t *testing.T) {
	env := testEnv()
	var ops []golden.Op
	var cases []golden.Case
	add := func(name string, texts []string, viaText bool) {
		typ, typmod := typeNamed(t, name)
		in := "select format('%s', $1::text::" + name + ")"
		js := "select to_json($1::text::" + name + ")::text"
		if !viaText {
			in = "select format('%s', x) from json_to_record(json_build_object('x', $1::text)) as r(x " + name + ")"
			js = "select to_json(x)::text from json_to_record(json_build_object('x', $1::text)) as r(x " + name + ")"
		}
		ops = append(ops, golden.Op{Name: "in:" + name, SQL: in, Go: func(args []string) (string, bool, error) {
			d, err := In(typ, typmod, args[0], env)
			if err != nil {
				return "", false, err
			}
			return Out(typ, d, env), true, nil
		}}, golden.Op{Name: "json:" + name, SQL: js, Go: func(args []string) (string, bool, error) {
			d, err := In(typ, typmod, args[0], env)
			if err != nil {
				return "", false, err
			}
			return string(AppendJSON(nil, typ, d, env)), true, nil
		}})
		cases = append(append(cases, golden.Cross("in:"+name, texts)...), golden.Cross("json:"+name, texts)...)
	}
	for _, name := range sortedNames(plainTexts) {
		add(name, plainTexts[name], true)
	}
	for _, name := range sortedNames(limitedTexts) {
		add(name, limitedTexts[name], false)
	}
	golden.Run(t, "testdata/in.golden", setup, ops, cases)
}

func sortedNames(m map[string][]string) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	for i := range names {
		for j := i; j > 0 && names[j] < names[j-1]; j-- {
			names[j], names[j-1] = names[j-1], names[j]
		}
	}
	return names
}

func TestFormatTypeGolden(t *testing.T) {
	op := golden.Op{Name: "format", SQL: "select format_type($1::text::oid, nullif($2, '-1')::int)", Go: func(args []string) (string, bool, error) {
		oid, _ := inInt(args[0], 64, "")
		typmod, _ := inInt(args[1], 32, "")
		return FormatType(ByOID(OID(oid.I)), int32(typmod.I)), true, nil
	}}
	var cases []golden.Case
	for _, b := range Builtin() {
		cases = append(cases, golden.Case{Op: "format", Args: []string{Out(ByOID(OidOID), Int(int64(b.OID)), nil), "-1"}})
	}
	for _, oid := range []string{"1042", "1043", "1560", "1562"} {
		cases = append(cases, golden.Case{Op: "format", Args: []string{oid, "24"}}, golden.Case{Op: "format", Args: []string{oid, "5"}})
	}
	for _, oid := range []string{"1083", "1114", "1184", "1266"} {
		cases = append(cases, golden.Case{Op: "format", Args: []string{oid, "0"}}, golden.Case{Op: "format", Args: []string{oid, "3"}})
	}
	for _, m := range []string{"655366", "4", "196612", "6144004"} {
		cases = append(cases, golden.Case{Op: "format", Args: []string{"1700", m}})
	}
	for _, m := range []string{"327679", "2147418115", "469827583"} {
		cases = append(cases, golden.Case{Op: "format", Args: []string{"1186", m}})
	}
	golden.Run(t, "testdata/format.golden", "", []golden.Op{op}, cases)
}

func TestCompareGolden(t *testing.T) {
	env := testEnv()
	groups := map[string][]string{
		"int4": {"1", "2", "-1"}, "float8": {"1", "NaN", "Infinity", "-Infinity", "-1.5"}, "numeric": {"1", "1.0", "2", "-1", "NaN", "Infinity", "-Infinity", "10", "0.5"},
		"text": {"a", "B", "b", "é", "aa", ""}, "bpchar": {"a", "a  ", "b", "a b"}, "bytea": {"\\x00", "\\x0001", "\\xff", ""},
		"uuid":        {"a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "00eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"},
		"date":        {"2026-01-01", "infinity", "-infinity", "0044-03-15 BC", "0045-03-15 BC", "12000-01-01", "9999-12-31", "0001-01-01"},
		"timestamptz": {"2026-01-01 12:00:00", "2026-01-01 12:00:00.5", "2026-01-01 12:00:00.45", "infinity", "-infinity", "0001-01-01 BC", "20000-01-01"},
		"time":        {"12:00", "12:00:00.5", "24:00"}, "timetz": {"12:00+00", "13:00+01", "12:00-01", "11:00-01"}, "interval": {"1 day", "24:00:00", "1 mon", "30 days", "-1 day", "1 mon -1 sec"},
		"jsonb": {"1", "1.0", "\"a\"", "[]", "{}", "null"}, "mood": {"sad", "ok", "Very Happy"},
		"int4[]": {"{}", "{1}", "{1,2}", "{2}", "{NULL}", "{1,NULL}", "{{1,2}}", "[2:3]={1,2}", "{10}"}, "text[]": {"{a}", "{b}", "{a,b}", "{B}"}, "mood[]": {"{sad}", "{ok}", "{sad,ok}", "{\"Very Happy\"}"}, "numeric[]": {"{1.0}", "{1}", "{10}", "{9}"},
		"int4range": {"empty", "[1,5)", "(,5)", "[1,)", "(,)", "[1,6)", "[2,3)"}, "numrange": {"[1,2]", "[1,2)", "(1,2)", "[1.0,2]", "(1,2]"}, "int4multirange": {"{}", "{[1,2)}", "{[1,2),[4,5)}", "{[1,3)}"},
		"pair": {"(1,a)", "(1,b)", "(2,a)", "(,a)", "(1,)"}, "bool": {"t", "f"}, "money": {"1", "-1", "1.5"}, "tstzrange": {"[2026-01-01,2026-02-01)", "[2026-01-01,)", "(0044-01-01 BC,)"},
	}
	var ops []golden.Op
	var cases []golden.Case
	for _, name := range sortedNames(groups) {
		typ, _ := typeNamed(t, name)
		ops = append(ops, golden.Op{Name: "cmp:" + name, SQL: "select case when $1::text::" + name + " < $2::text::" + name + " then '-1' when $1::text::" + name + " > $2::text::" + name + " then '1' else '0' end",
			Go: func(args []string) (string, bool, error) {
				a, _ := In(typ, -1, args[0], env)
				b, _ := In(typ, -1, args[1], env)
				c := Compare(typ, a, b)
				if a.Kind == KindText && b.Kind == KindText {
					byText := strings.Compare(a.S, b.S)
					if name := Collation(typ); name != "" {
						byText = CollationCompare(name, func(OID) *Type { return typ })(a.S, b.S)
					}
					if sgn(byText) != sgn(c) && typ.OID != Float8OID {
						return "the collation differs", true, nil
					}
				}
				return Out(ByOID(Int4OID), Int(int64(sgn(c))), nil), true, nil
			}})
		cases = append(cases, golden.Cross("cmp:"+name, groups[name], groups[name])...)
	}
	golden.Run(t, "testdata/compare.golden", setup, ops, cases)
}

func sgn(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
