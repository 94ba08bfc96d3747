package textsearch

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

func queryText(q *Query, err error) (string, bool, error) { return q.String(), true, err }

func TestConfigGolden(t *testing.T) {
	config := func(name string) *Config {
		c, err := FindConfig(name)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	const cfg = "$1::text::regconfig"
	ops := []golden.Op{
		{Name: "vector", SQL: "select to_tsvector(" + cfg + ", $2)::text", Go: func(a []string) (string, bool, error) { return config(a[0]).Vector(a[1]).String(), true, nil }},
		{Name: "query", SQL: "select to_tsquery(" + cfg + ", $2)::text", Go: func(a []string) (string, bool, error) { return queryText(config(a[0]).Query(a[1])) }},
		{Name: "plain", SQL: "select plainto_tsquery(" + cfg + ", $2)::text", Go: func(a []string) (string, bool, error) { return queryText(config(a[0]).Plain(a[1]), nil) }},
		{Name: "phrase", SQL: "select phraseto_tsquery(" + cfg + ", $2)::text", Go: func(a []string) (string, bool, error) { return queryText(config(a[0]).PhraseQuery(a[1]), nil) }},
		{Name: "web", SQL: "select websearch_to_tsquery(" + cfg + ", $2)::text", Go: func(a []string) (string, bool, error) { return queryText(config(a[0]).Web(a[1]), nil) }},
		{Name: "match", SQL: "select ($1::text::tsvector @@ $2::text::tsquery)::text", Go: func(a []string) (string, bool, error) {
			v, _ := ParseVector(a[0])
			q, _ := ParseQuery(a[1])
			return strconv.FormatBool(Match(v, q)), true, nil
		}},
	}
	documents := []string{"", "The quick brown foxes jumped over the lazy dogs", "It's kind of fun to do the impossible", "fat cats ate rats", "C'est un peu amusant de faire l'impossible", "Es ist eine Art Spaß, das Unmögliche zu machen", "http://www.example.com/foo state-of-the-art 1.5 user@example.com",
		"running runner ran runs easily generously communication nationality organization relational conditional rational valency hesitancy digitizer conformably radically differently vileness analogously vietnamization predication operator feudalism decisiveness hopefulness callousness formality sensitivity sensibility", "skis dying lying news inning herring proceed exceed", "a A an AN the", "été ÉTÉ Été à la", "nous aimons les chevaux nationaux rapidement continuellement", "die Häuser der Männer gingen schnell über Brücken", "los niños corrieron rápidamente por las calles", "gli uomini mangiavano velocemente le mele", "as crianças corriam alegremente", "дети быстро бежали по улицам english words", "barnen sprang snabbt genom gatorna", "børnene løb hurtigt gennem gaderne", "de kinderen liepen snel door de straten", "lapset juoksivat nopeasti katuja pitkin", "çocuklar sokaklarda hızla koştular", "a gyerekek gyorsan futottak az utcákon", "barna løp raskt gjennom gatene", "copiii alergau repede pe străzi"}
	var cases []golden.Case
	languages := []string{"simple", "english", "french", "german", "spanish", "italian", "portuguese", "russian", "swedish", "danish", "dutch", "finnish", "turkish", "hungarian", "norwegian", "romanian"}
	cases = append(cases, golden.Cross("vector", languages, documents)...)
	queries := []string{"", "fat", "the", "fat & rat", "fat & the & rat", "the <-> fat", "fat <-> the <-> rat", "fat <2> rat", "!the", "fat & !the", "(the | a) & fat", "foxes:*", "foxes:AB", "'fat cats'", "'the fat cats'", "fat <-> (the | rat)", "state-of-the-art", "user@example.com & http://a.com/x", "it's", "a b", "fat &", "impossible & fun", "Amusant", "(fat <-> the) & rat", "the <-> the", "fat <-> 'the big rat'", "!(the & a)", "fat | the"}
	for _, op := range []string{"query", "plain", "phrase", "web"} {
		cases = append(cases, golden.Cross(op, []string{"english", "simple", "french"}, queries)...)
	}
	web := []string{"fat rat", "\"fat rat\"", "fat or rat", "fat OR rat", "fat -rat", "fat -\"the rat\"", "-fat", "or fat", "fat or", "fat or-rat", "fat orrat", "\"fat", "fat\"rat\" cat", "fat:rat", "fat & rat", "!fat", "(fat rat)", "fat--rat", "fat - rat", "- -fat", "supernovae stars -crab", "\"sad cat\" or \"fat rat\"", "signal -\"segmentation fault\"", "\"\"\" )( dummy \\\\ query <->", "the or fat", "fat or the or rat", "\"the\"", "a or b c or d", "-", "\"-\"", "fat-rat", "o'neil", "http://example.com/x y", "fat or or rat", "\"fat or rat\"", "-the", "é or à"}
	cases = append(cases, golden.Cross("web", []string{"english", "simple"}, web)...)
	vectors := []string{"'fat':2 'cat':3 'ate':4 'rat':5", "'fat' 'cat' 'rat'", "'fat':1A 'cat':2B 'rat':3", "'a':1,5 'b':2,9 'c':3", "", "'cat':1 'category':4 'dog':2"}
	matches := []string{"fat", "fat & rat", "fat & !rat", "fat | dog", "fat <-> cat", "fat <2> rat", "fat <3> rat", "fat <-> !dog", "fat <-> !cat", "!fat <-> cat", "!(fat <-> cat)", "fat:A", "fat:B", "cat:AB & fat", "cat:*", "cat:* <-> dog", "a <-> b <-> c", "a <-> (b <-> c)", "(a | b) <-> c", "(a & !b) <-> c", "!a", "!a & !b", "a <-> (b | c)", "a <0> a", "!(a <-> c)", "(a <-> b) | (b <-> a)", "b <-> c <-> d", "(!a | b) <-> c", "(!a & !x) <-> b", "", "dog <-> !zebra <-> category:*"}
	cases = append(cases, golden.Cross("match", vectors, matches)...)
	golden.Run(t, "testdata/config.golden", "set client_min_messages = error", ops, cases)
}

// TestStemsGolden asks each language's dictionary for the lexemes of words of that language.
func TestStemsGolden(t *testing.T) {
	list, err := os.ReadFile("testdata/words.txt")
	if err != nil {
		t.Fatal(err)
	}
	op := golden.Op{Name: "lexize", SQL: "select array_to_string(ts_lexize($1::text::regdictionary, $2), ' ')", Go: func(a []string) (string, bool, error) {
		words, _ := FindDictionary(a[0]).Lexize(a[1])
		return strings.Join(words, " "), true, nil
	}}
	var cases []golden.Case
	for line := range strings.Lines(string(list)) {
		words := strings.Fields(line)
		cases = append(cases, golden.Cross("lexize", []string{words[0] + "_stem"}, words[1:])...)
	}
	golden.Run(t, "testdata/stems.golden", "", []golden.Op{op}, cases)
}

func FuzzConfig(f *testing.F) {
	f.Add("The fat-cats at http://x.com/y?z <b>ate</b> 1.2.3 rats' \"or\" -dogs")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := FindConfig("english")
		if err != nil {
			t.Fatal(err)
		}
		for _, tok := range Tokens(s) {
			if !strings.Contains(s, tok.Text) || tok.Text == "" {
				t.Fatalf("token %q of %q", tok.Text, s)
			}
		}
		v := c.Vector(s)
		if again, err := ParseVector(v.String()); err != nil || again.String() != v.String() {
			t.Fatalf("%q gives %q, %v", s, v, err)
		}
		for _, q := range []*Query{c.Plain(s), c.PhraseQuery(s), c.Web(s)} {
			Match(v, q)
			if again, err := ParseQuery(q.String()); err != nil || again.String() != q.String() {
				t.Fatalf("%q gives %q, %v", s, q, err)
			}
		}
	})
}
