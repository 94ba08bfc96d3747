package builtin

import (
	"strings"
	"testing"
)

func TestLike(t *testing.T) {
	for _, x := range []struct {
		s, pattern string
		want       bool
	}{
		{"", "", true}, {"", "%", true}, {"a", "", false}, {"abc", "a%", true}, {"abc", "%c", true}, {"abc", "%b%", true},
		{"abc", "_b_", true}, {"é", "_", true}, {"éa", "%a", true}, {"abcabd", "%ab_", true}, {"abcabd", "a%b%d", true},
		{"a%c", `a\%c`, true}, {"abc", `a\%c`, false}, {"aab", "%_ab", true}, {"ab", "%_ab", false}, {"mississippi", "%iss%ip%", true},
		{"héllo", "h%o", true}, {"abc", "%%%", true}, {"a", "_%_", false},
	} {
		if got, err := like(x.s, x.pattern); err != nil || got != x.want {
			t.Errorf("%q like %q: %v, %v", x.s, x.pattern, got, err)
		}
	}
	if _, err := like("ab", `a\`); err == nil {
		t.Error("a pattern ended with its escape character")
	}
	// This took exponential time once.
	if ok, _ := like(strings.Repeat("a", 5000), strings.Repeat("%a", 200)+"%b"); ok {
		t.Error("matched")
	}
}
