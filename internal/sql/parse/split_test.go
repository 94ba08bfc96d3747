package parse

import (
	"slices"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	cases := []struct {
		text string
		want []string
	}{
		{"", nil},
		{" ; ;-- x\n;/* y */", nil},
		{"select 1", []string{"select 1"}},
		{" select 1 ; -- c\n select 2;", []string{"select 1", "select 2"}},
		{"select ';', \";\", $$;$$, $a$ ; $$ ; $a$, e'\\';', /* ; */ 1; x", []string{"select ';', \";\", $$;$$, $a$ ; $$ ; $a$, e'\\';', /* ; */ 1", "x"}},
		{"create rule r as on insert to t do (select 1; select 2); b", []string{"create rule r as on insert to t do (select 1; select 2)", "b"}},
		{"create or replace function f() returns int begin atomic select case when a then b end; select 2; end; c",
			[]string{"create or replace function f() returns int begin atomic select case when a then b end; select 2; end", "c"}},
		{"begin; create function f() language sql as 'x'; end; begin;", []string{"begin", "create function f() language sql as 'x'", "end", "begin"}},
		{"create table begin (a int); end", []string{"create table begin (a int)", "end"}},
		{"select 'abc; d", []string{"select 'abc; d"}},
		{"select $a$abc; d", []string{"select $a$abc; d"}},
		{"a; /* b; c", []string{"a", "/* b; c"}},
		{"select a$$b; c$$ d", []string{"select a$$b", "c$$ d"}},
		{"do $$begin a; end$$; select U&'\\;' ; x", []string{"do $$begin a; end$$", "select U&'\\;'", "x"}},
	}
	for _, c := range cases {
		var got []string
		for _, s := range Split(c.text) {
			got = append(got, c.text[s.Start:s.End])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q\n got  %q\n want %q", c.text, got, c.want)
		}
	}
}

func TestSplitAndScriptAgree(t *testing.T) {
	text := "select 1; -- one\n/* two */ select 'x;y' ;;\ninsert into t values (1) ; "
	script, err := Script(text)
	if err != nil {
		t.Fatal(err)
	}
	spans := Split(text)
	if len(spans) != len(script.Statements) {
		t.Fatalf("%d spans, %d statements", len(spans), len(script.Statements))
	}
	for i, s := range script.Statements {
		if spans[i] != (Span{s.Start, s.End}) {
			t.Errorf("span %v, statement %d:%d", spans[i], s.Start, s.End)
		}
	}
}

func TestLineCol(t *testing.T) {
	text := "a\nbä c\n"
	for _, c := range []struct{ pos, line, col int }{{0, 1, 1}, {2, 2, 1}, {strings.Index(text, "c"), 2, 4}, {99, 3, 1}, {-1, 1, 1}} {
		if line, col := LineCol(text, c.pos); line != c.line || col != c.col {
			t.Errorf("%d: %d:%d, want %d:%d", c.pos, line, col, c.line, c.col)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("select 'a;b'; create function f() begin atomic select 1; end; x")
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range Split(text) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span %v after %d", s, end)
			}
			end = s.End
		}
	})
}
