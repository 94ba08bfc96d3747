package parse

import (
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/errs"
)

// TestErrors compares codes, texts and positions with PostgreSQL's.
func TestErrors(t *testing.T) {
	cases := []struct {
		sql, code, message string
		pos                int
	}{
		{"select", "", "", 0},
		{"selec 1", "42601", `syntax error at or near "selec"`, 1},
		{"select 1 +", "42601", "syntax error at end of input", 11},
		{"select a b c", "42601", `syntax error at or near "c"`, 12},
		{"select 'abc", "42601", `unterminated quoted string at or near "'abc"`, 8},
		{`select "abc`, "42601", `unterminated quoted identifier at or near ""abc"`, 8},
		{`select ""`, "42601", `zero-length delimited identifier at or near """"`, 8},
		{"select 1 /* x /* y */", "42601", `unterminated /* comment at or near "/* x /* y */"`, 10},
		{"select $$abc", "42601", `unterminated dollar-quoted string at or near "$$abc"`, 8},
		{"select 123abc", "42601", `trailing junk after numeric literal at or near "123abc"`, 8},
		{"select 0x", "42601", `invalid hexadecimal integer at or near "0x"`, 8},
		{"select 0b", "42601", `invalid binary integer at or near "0b"`, 8},
		{"select 1e+", "42601", `trailing junk after numeric literal at or near "1e+"`, 8},
		{"select 1_000_", "42601", `trailing junk after numeric literal at or near "1_000_"`, 8},
		{"select $1a", "42601", `trailing junk after parameter at or near "$1a"`, 8},
		{"select $99999999999", "42601", `parameter number too large at or near "$99999999999"`, 8},
		{`select e'\u12'`, "22025", "invalid Unicode escape", 10},
		{`select e'\ud800'`, "42601", `invalid Unicode surrogate pair at or near "'"`, 16},
		{`select U&'\+99999999'`, "42601", "invalid Unicode escape value", 11},
		{"select b'1", "42601", `unterminated bit string literal at or near "b'1"`, 8},
		{"select 1 = 2 = 3", "42601", `syntax error at or near "="`, 14},
		{"select a like b like c", "42601", `syntax error at or near "like"`, 17},
		{"select a between 1 and 2 between 3 and 4", "42601", `syntax error at or near "between"`, 26},
		{"select * from t where", "42601", "syntax error at end of input", 22},
		{"select * from", "42601", "syntax error at end of input", 14},
		{"select * from t join u", "42601", "syntax error at end of input", 23},
		{"select a from t limit 1, 2", "42601", "LIMIT #,# syntax is not supported", 17},
		{"insert t values (1)", "42601", `syntax error at or near "t"`, 8},
		{"insert into t values (1", "42601", "syntax error at end of input", 24},
		{"update t where a = 1", "42601", `syntax error at or near "where"`, 10},
		{"select f(a, b := 1, *)", "42601", `syntax error at or near "*"`, 21},
		{"select (1, 2) overlaps (1, 2, 3)", "42601", "wrong number of parameters on right side of OVERLAPS expression", 24},
		{"select sum(x) over (rows between unbounded following and current row) from t", "42P20", "frame start cannot be UNBOUNDED FOLLOWING", 34},
		{"select 'ä' 'ö'", "42601", `syntax error at or near "'ö'"`, 12},
		{"(select 1 limit 1) limit 2", "42601", "multiple LIMIT clauses not allowed", 26},
		{"(select 1 order by 1) order by 1", "42601", "multiple ORDER BY clauses not allowed", 32},
		{"with a as (select 1) (with b as (select 2) select 3)", "42601", "multiple WITH clauses not allowed", 23},
		{"select * from (select 1 union", "42601", "syntax error at end of input", 30},
		{"select * from (t)", "42601", `syntax error at or near ")"`, 17},
		{"select a.*.b from a", "42601", `improper use of "*" at or near "from"`, 14},
		{"select float(0) '1'", "22023", "precision for type float must be at least 1 bit", 14},
		{"select all from t group by", "42601", "syntax error at end of input", 27},
		{"select \x00", "22021", `invalid byte sequence for encoding "UTF8": 0x00`, 0},
		{"select '\xff'", "22021", `invalid byte sequence for encoding "UTF8": 0xff`, 0},
		{"select 1 fetch first row with ties", "42601", "WITH TIES cannot be specified without ORDER BY clause", 0},
	}
	for _, c := range cases {
		_, err := Script(c.sql)
		e := errs.Of(err)
		switch {
		case c.code == "" && err == nil:
		case e == nil:
			t.Errorf("%s: no error", c.sql)
		case e.Code != c.code || e.Message != c.message || e.Position != c.pos:
			t.Errorf("%s:\n got  %s %s at %d\n want %s %s at %d", c.sql, e.Code, e.Message, e.Position, c.code, c.message, c.pos)
		}
	}
}

// TestBounds sees that large and deep texts end with an answer.
func TestBounds(t *testing.T) {
	rep := strings.Repeat
	cases := []struct {
		name, sql, code string
	}{
		{"and", "select 1 where true" + rep(" and true", 100_000), ""},
		{"or", "select 1 where true" + rep(" or true", 100_000), ""},
		{"plus", "select 1" + rep(" + 1", 9_000), ""},
		{"long plus", "select 1" + rep(" + 1", 100_000), "54001"},
		{"parens", "select " + rep("(", 300) + "1" + rep(")", 300), ""},
		{"deep parens", "select " + rep("(", 100_000) + "1" + rep(")", 100_000), "54001"},
		{"open parens", "select " + rep("(", 100_000), "54001"},
		{"deep selects", rep("(", 100_000) + "select 1", "54001"},
		{"not", "select " + rep("not ", 100_000) + "true", "54001"},
		{"minus", "select " + rep("- ", 100_000) + "1", "54001"},
		{"op", "select " + rep("@ ", 100_000) + "1", "54001"},
		{"case", "select " + rep("case when true then ", 100_000), "54001"},
		{"func", "select " + rep("f(", 100_000), "54001"},
		{"casts", "select 1" + rep("::int", 100_000), "54001"},
		{"subscripts", "select a" + rep("[1]", 100_000), "54001"},
		{"union", "select 1" + rep(" union select 1", 100_000), "54001"},
		{"joins", "select from t" + rep(" cross join t", 100_000), "54001"},
		{"nested joins", "select from t" + rep(" join t", 100_000), "54001"},
		{"paren joins", "select from " + rep("(", 100_000), "54001"},
		{"in", "select 1 in (" + rep("1,", 100_000) + "1)", ""},
		{"values", "insert into t values (1)" + rep(",(1)", 100_000), ""},
		{"array", "select array" + rep("[", 100_000), "54001"},
		{"with", rep("with a as (", 100_000), "54001"},
		{"comments", rep("/*", 100_000), "42601"},
		{"statements", rep("select 1;", 50_000), ""},
		{"sum of sums", "select " + rep("(", 200) + "1" + rep(rep(" + 1", 100)+")", 200), "54001"},
		{"json table", "select from json_table(a, '$' " + rep("columns (nested '$' ", 10_000), "54001"},
	}
	for _, c := range cases {
		_, err := Script(c.sql)
		if e := errs.Of(err); c.code == "" && err != nil || c.code != "" && (e == nil || e.Code != c.code) {
			t.Errorf("%s: %v, want %q", c.name, err, c.code)
		}
	}
}
