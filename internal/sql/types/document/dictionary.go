package document

import (
	_ "embed" // the stop words
	"strings"
	"sync"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/tamil"
	"github.com/blevesearch/snowballstem/turkish"

	"github.com/basement-project/basement/internal/errs"
)

//go:embed stopwords.txt
var stopText string

var stemmers = map[string]func(*snowballstem.Env) bool{
	"arabic": arabic.Stem, "danish": danish.Stem, "dutch": dutch.Stem, "english": english.Stem, "finnish": finnish.Stem,
	"french": french.Stem, "german": german.Stem, "hungarian": hungarian.Stem, "irish": irish.Stem, "italian": italian.Stem,
	"norwegian": norwegian.Stem, "portuguese": portuguese.Stem, "romanian": romanian.Stem, "russian": russian.Stem,
	"spanish": spanish.Stem, "swedish": swedish.Stem, "tamil": tamil.Stem, "turkish": turkish.Stem,
}

var stops = sync.OnceValue(func() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for _, line := range strings.Split(stopText, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		set := make(map[string]bool, len(words))
		for _, w := range words[1:] {
			set[w] = true
		}
		out[words[0]] = set
	}
	return out
})

// Config is a text search configuration.
type Config struct {
	name  string
	stem  func(*snowballstem.Env) bool
	ascii func(*snowballstem.Env) bool // for words of ASCII letters alone
	stop  map[string]bool
	stopA map[string]bool
}

// NewConfig finds a built-in configuration by name.
func NewConfig(name string) (*Config, error) {
	c := &Config{name: name}
	if name == "simple" {
		return c, nil
	}
	c.stem = stemmers[name]
	if c.stem == nil {
		return nil, errs.Unsupported("text search configuration \""+name+"\"", "Use simple or one of the languages with a stemmer.")
	}
	c.ascii, c.stop = c.stem, stops()[name]
	c.stopA = c.stop
	if name == "russian" {
		c.ascii, c.stopA = english.Stem, stops()["english"]
	}
	return c, nil
}

// normal gives a token's lexeme; stop is true for a stop word, which takes a place but is no lexeme.
func (c *Config) normal(t token) (lexeme string, stop bool) {
	s := strings.ToLower(t.text)
	if c.stem == nil {
		return s, false
	}
	stem, stops := c.stem, c.stop
	switch t.kind {
	case asciiWord, asciiHword, hwordASCIIPart:
		stem, stops = c.ascii, c.stopA
	case word, hword, hwordPart:
	default:
		return s, false
	}
	if stops[s] {
		return "", true
	}
	env := snowballstem.NewEnv(s)
	stem(env)
	return env.Current(), false
}
