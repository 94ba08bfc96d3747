package jsonval

import (
	"strconv"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

var texts = []string{`null`, `true`, `false`, `0`, `-0`, `-0.0`, `1`, `-1`, `1.50`, `1e5`, `1E-5`, `1.5e+10`, `01`, `1.`, `.5`, `-`, `+1`, `1e`, `1e+`, `--1`, `1a`, `0x1`, `""`, `"a"`, `"é"`, `"a\"b\\c\/d\b\f\n\r\t"`, `"\u00e9"`, `"\u0041"`, `"\u0007"`,
	`"\ud83d\ude04"`, `"\ud83d"`, `"\ud83dx"`, `"\ude04"`, `"\ud83d\ud83d"`, `"\ud83d\n"`, `"\ud83d\u0041"`, `"\u0000"`, `"\u12"`, `"\u12zz"`, `"\u12é"`, `"abc`, `"a\`, `"a\q"`, `"a\é"`, "\"a\tb\"", "\"a\nb\"", "\"a\x01\"", `[]`, `{}`, `[1, 2, 3]`, `[1,2,]`, `[,]`, `[1 2]`, `[1`, `[`, `]`, `[[`, `{"a":1}`, `{"a" : 1 , "b": [1,2,{"c":null}]}`,
	`{"b":1,"a":2}`, `{"aa":1,"b":2,"a":3,"b":4}`, `{"a":1,"a":{"b":2}}`, `{"a":1,}`, `{,}`, `{a:1}`, `{"a"}`, `{"a" 1}`, `{"a":}`, `{"a":1 "b":2}`, `{"a":1`, `{"a":`, `{"a"`, `{`, `}`, `{1:2}`, `{"a":1}}`, `1 2`, `true false`, `tru`, `nul`, `True`, `undefined`, `NaN`, `'a'`, `a`, `@`, `é`, `[@]`, ``, ` `, "\n", " 1 ", "{\n  \"a\": 1,\n  \"b\": x\n}", "[1,\n2,\n3,\n4 5]",
	`{"a very long key that goes on and on and on": "and a very long value that goes on too", "b": bad}`, `["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", x, "bbbbbbbbbbb"]`, `["éééééééééééééééééééééééééééééééééééééééééééééééééééé", x]`, `12345678901234567890.123456789012345678901234567890`, `{"":0}`, `["a", "b", {"c": ["d", {"e": "f"}]}]`, `{"x":"</script>&"}`, `"\u2028 `, `[1,2`, `"a" "b"`, `/* c */ 1`, `[1] // x`}

func TestInGolden(t *testing.T) {
	ops := []golden.Op{
		{Name: "json", SQL: "select ($1::text::json)::text", Go: func(a []string) (string, bool, error) {
			return a[0], true, Validate(a[0])
		}},
		{Name: "jsonb", SQL: "select ($1::text::jsonb)::text", Go: func(a []string) (string, bool, error) {
			s, err := Canonical(a[0])
			return s, true, err
		}},
	}
	cases := append(golden.Cross("json", texts), golden.Cross("jsonb", texts)...)
	golden.Run(t, "testdata/in.golden", "", ops, cases)
}

func TestCompareGolden(t *testing.T) {
	values := []string{`null`, `true`, `false`, `0`, `1`, `1.0`, `-1`, `10`, `"a"`, `"b"`, `"aa"`, `""`, `[]`, `{}`, `[1]`, `[2]`, `[1,2]`, `["a"]`, `[null]`, `[[]]`, `[{}]`, `{"a":1}`, `{"b":1}`, `{"a":2}`, `{"a":1,"b":2}`, `{"aa":1,"b":0}`, `{"a":null}`, `{"a":[]}`, `[true]`, `[false, 1]`, `[[],1]`}
	ops := []golden.Op{{Name: "cmp", SQL: "select sign(jsonb_cmp($1::text::jsonb, $2::text::jsonb))::text", Go: func(a []string) (string, bool, error) {
		x, _ := Canonical(a[0])
		y, _ := Canonical(a[1])
		return strconv.Itoa(CompareText(x, y)), true, nil
	}}}
	golden.Run(t, "testdata/compare.golden", "", ops, golden.Cross("cmp", values, values))
}

func TestDepth(t *testing.T) {
	if err := Validate(strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth)); err != nil {
		t.Error(err)
	}
	if err := Validate(strings.Repeat("[", 1000000)); err == nil || !strings.HasPrefix(err.Error(), "54001") {
		t.Errorf("got %v", err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range texts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		plain := Validate(s)
		_, err := ParseJSON(s)
		if err == nil && plain != nil {
			t.Fatalf("%q: read though %v", s, plain)
		}
		c, err := Canonical(s)
		if err != nil {
			return
		}
		again, err := Canonical(c)
		if err != nil || again != c || CompareText(c, again) != 0 {
			t.Fatalf("%q gives %q, then %q, %v", s, c, again, err)
		}
	})
}
