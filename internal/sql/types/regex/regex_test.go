package regex

import (
	"strings"
	"testing"
)

func find(t *testing.T, pattern, text string) []string {
	t.Helper()
	re, err := Compile(pattern, Advanced)
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	x := NewText(text)
	at, err := re.Find(x, 0)
	if err != nil {
		t.Fatalf("%s: %v", pattern, err)
	}
	var out []string
	for i := 0; i < len(at); i += 2 {
		if at[i] < 0 {
			out = append(out, "-")
		} else {
			out = append(out, x.Slice(at[i], at[i+1]))
		}
	}
	return out
}

func TestPreference(t *testing.T) {
	for _, x := range []struct{ pattern, text, want string }{
		{"a|ab|abc", "xabcd", "abc"}, {"Y*?Z*", "XYYZZ", ""}, {"XY1234Z", "XY1234Z", "XY1234Z"},
		{"Y*([0-9]{1,3})", "XY1234Z", "Y123 123"}, {"Y*?([0-9]{1,3})", "XY1234Z", "Y1 1"},
		{"(.*)(\\d+)(.*)", "abc01234xyz", "abc01234xyz abc0123 4 xyz"}, {"(?:(.*?)(\\d+)(.*)){1,1}", "abc01234xyz", "abc01234xyz abc 01234 xyz"},
		{"(a|b)*?c", "abc", "abc b"}, {"(a*)*", "", " "}, {"(a)|b", "b", "b -"}, {"(.)\\1", "abccd", "cc c"}, {"(?<=a)b(?!c)", "bcabcabd", "b"},
		{"\\mé\\M", "né é", "é"}, {"[[:<:]]a", "ba a", "a"}, {"x{2,3}", "xxxx", "xxx"}, {"x{2,3}?", "xxxx", "xx"}, {"(?i)É", "é", "é"},
		{"((a)b){2}", "abab", "abab ab a"}, {"***=a.b", "axb a.b", "a.b"}, {"(?q)a+", "aa+", "a+"}, {"a(?#no)b", "ab", "ab"},
	} {
		if got := strings.Join(find(t, x.pattern, x.text), " "); got != x.want {
			t.Errorf("%s in %q: %q, want %q", x.pattern, x.text, got, x.want)
		}
	}
}

func TestFaults(t *testing.T) {
	for pattern, want := range map[string]string{
		"(a": "parentheses () not balanced", "a)": "parentheses () not balanced", "[a": "brackets [] not balanced", "*a": "quantifier operand invalid",
		"a{2": "braces {} not balanced", "a{300}": "invalid repetition count(s)", "a{3,2}": "invalid repetition count(s)", "[b-a]": "invalid character range",
		"\\q": `invalid escape \ sequence`, "a\\": `invalid escape \ sequence`, "\\1": "invalid backreference number", "[[:x:]]": "invalid character class",
		"[[.xx.]]": "invalid collating element", "(?z)a": "invalid embedded option", "***?": "invalid regexp (reg version 0.8)",
		"(((a{255}){255}){255}){255}": "regular expression is too complex", "^*": "quantifier operand invalid",
	} {
		_, err := Compile(pattern, Advanced)
		if err == nil || !strings.Contains(err.Error(), "invalid regular expression: "+want) {
			t.Errorf("%s: %v, want %s", pattern, err, want)
		}
	}
}

// These took exponential time in engines that go back.
func TestNoBlowUp(t *testing.T) {
	for _, pattern := range []string{"(a*)*b", "(a|aa)+$x", "(a|a)*b", "(.*)*x", "(a?){50}a{50}b", "((a*)*)*b", "(x+x+)+y"} {
		re, err := Compile(pattern, Advanced)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Repeat("a", 3000) + strings.Repeat("x", 500)
		if ok, err := re.Match(text); ok && pattern != "(.*)*x" || err != nil {
			t.Errorf("%s: %v, %v", pattern, ok, err)
		}
	}
	re, err := Compile("^(a*)(a*)(a*)(a*)x\\1\\2\\3\\4y$", Advanced)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := re.Match(strings.Repeat("a", 300) + "x" + strings.Repeat("a", 299) + "y"); err == nil || !strings.Contains(err.Error(), "too complex") {
		t.Errorf("%v", err)
	}
}

func FuzzCompile(f *testing.F) {
	for _, p := range []string{"a(b|c)*?\\1", "(?=x)[[:alpha:]]{2,3}", "***:(?i)\\mé", "[^]a-z\\W]+$", "\\12\\x41\\u0041"} {
		f.Add(p, "in", "abcé x\n")
	}
	f.Fuzz(func(t *testing.T, pattern, letters, text string) {
		flags, _, err := ParseFlags(letters)
		if err != nil || len(pattern) > 200 || len(text) > 200 {
			return
		}
		re, err := Compile(pattern, flags)
		if err != nil {
			return
		}
		ok, err := re.Match(text)
		if err != nil {
			return
		}
		x := NewText(text)
		at, err := re.Find(x, 0)
		if err == nil && ok != (at != nil) {
			t.Fatalf("%q in %q: %v, %v", pattern, text, ok, at)
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	text := strings.Repeat("The quick brown fox jumps over the lazy dog. ", 20) + "user@example.com"
	for name, pattern := range map[string]string{"literal": "example", "class": `[a-z]+@[a-z]+\.com`, "alternatives": "(wolf|bear|user)@", "anchored": "^x.*y$", "fold": "(?i)EXAMPLE"} {
		b.Run(name, func(b *testing.B) {
			re, err := Compile(pattern, Advanced)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				if _, err := re.Match(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
