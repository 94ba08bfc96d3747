package judge

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
	"unicode/utf8"
)

// generated is how many statements of each half of the grammar are judged.
const generated = 4000

// notSQL are texts on which the judge is not PostgreSQL: it takes $1abc and over-long parameter numbers, which it
// needs for its own purposes; and what ours refuses because it is no UTF-8.
var notSQL = regexp.MustCompile(`\$[0-9]+[a-z_]|\$[0-9]{10}`)

func TestJudge(t *testing.T) {
	sources := []struct {
		name  string
		texts []string
	}{
		{"generated definitions", generate(t, "ddl")},
		{"generated queries", generate(t, "dml")},
		{"generated utility statements", generate(t, "utility")},
		{"hand-written", scripts(t, "testdata")},
		{"refused", lines(t, filepath.Join("testdata", "refused.txt"))},
		{"broken", broken(t)},
		{"repository", scripts(t, filepath.Join("..", ".."))},
	}
	for _, dir := range filepath.SplitList(os.Getenv("BASEMENT_JUDGE_CORPUS")) {
		sources = append(sources, struct {
			name  string
			texts []string
		}{dir, scripts(t, dir)})
	}
	judged, seen := 0, map[string]bool{}
	for _, s := range sources {
		var counts [verdictsCount]int
		var bad []Finding
		reasons := map[string]int{}
		// In broken statements a syntax error may be seen a word sooner or later.
		near := 0
		for _, text := range s.texts {
			if seen[text] || notSQL.MatchString(text) || !utf8.ValidString(text) {
				continue
			}
			seen[text] = true
			f := Compare(text)
			counts[f.Verdict]++
			judged++
			if f.Verdict == Refused {
				reasons[nearPattern.ReplaceAllString(f.Detail, "")]++
			}
			switch {
			case f.Verdict.Good():
			case s.name == "broken" && (f.Verdict == OtherWords || f.Verdict == OtherPlace):
				near++
			default:
				bad = append(bad, f)
			}
		}
		var parts []string
		for v, n := range counts {
			if n > 0 {
				parts = append(parts, fmt.Sprintf("%s %d", Verdict(v), n))
			}
		}
		t.Logf("%s: %s", s.name, strings.Join(parts, ", "))
		if near*50 > len(s.texts) {
			t.Errorf("%s: %d of %d refused with other words", s.name, near, len(s.texts))
		}
		if testing.Verbose() {
			for reason, n := range reasons {
				t.Logf("  refused %d: %s", n, reason)
			}
		}
		sort.Slice(bad, func(i, j int) bool { return len(bad[i].Text) < len(bad[j].Text) })
		for i, f := range bad {
			if i == 20 {
				t.Errorf("%s: %d more", s.name, len(bad)-i)
				break
			}
			t.Errorf("%s: %s", s.name, f)
		}
	}
	fmt.Printf("judge: %d statements compared\n", judged)
	if judged < 5000 {
		t.Errorf("only %d statements were judged", judged)
	}
}

var nearPattern = regexp.MustCompile(`(?s) at or near .*`)

// generate writes statements by the grammar, the same ones each time.
func generate(t *testing.T, rule string) []string {
	t.Helper()
	var text strings.Builder
	files, err := filepath.Glob("testdata/*.bnf")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(b)
		text.WriteByte('\n')
	}
	g, err := ParseGrammar(text.String(), 1)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, generated)
	for i := range out {
		out[i] = g.Statement(rule)
	}
	return out
}

// broken are statements with a word taken out, doubled or swapped: mostly refused, and with the same words.
func broken(t *testing.T) []string {
	t.Helper()
	var out []string
	for _, rule := range []string{"ddl", "dml", "utility"} {
		for i, text := range generate(t, rule) {
			words := strings.Fields(text)
			if i%2 != 0 || len(words) < 3 || len(words) > 60 {
				continue
			}
			at := (i*7919 + 13) % (len(words) - 1)
			switch i / 2 % 3 {
			case 0:
				words = append(words[:at], words[at+1:]...)
			case 1:
				words = append(words[:at+1], words[at:]...)
			case 2:
				words[at], words[at+1] = words[at+1], words[at]
			}
			out = append(out, strings.Join(words, " "))
		}
	}
	return out
}

// lines gives the lines of a file that are no comments.
func lines(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, line := range strings.Split(string(b), "\n") {
		if line != "" && !strings.HasPrefix(line, "--") {
			out = append(out, line)
		}
	}
	return out
}

// scripts gives the statements of all .sql files under dir.
func scripts(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".sql" {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		out = append(out, Split(string(b))...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
