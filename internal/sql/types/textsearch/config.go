package textsearch

import (
	"embed"
	"strings"
	"sync"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/arabic"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/armenian"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/basque"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/catalan"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/finnish"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/french"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/greek"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/hindi"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/indonesian"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/lithuanian"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/nepali"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/russian"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/serbian"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/tamil"
	"github.com/basement-project/basement/internal/sql/types/textsearch/stem/yiddish"
)

//go:embed stop/*.stop
var stopFiles embed.FS

// stemmers are the languages whose words have stems.
var stemmers = map[string]func(*snowballstem.Env) bool{
	"arabic": arabic.Stem, "armenian": armenian.Stem, "basque": basque.Stem, "catalan": catalan.Stem, "danish": danish.Stem, "dutch": dutch.Stem, "english": english.Stem, "finnish": finnish.Stem, "french": french.Stem, "german": german.Stem, "greek": greek.Stem, "hindi": hindi.Stem, "hungarian": hungarian.Stem, "indonesian": indonesian.Stem, "irish": irish.Stem, "italian": italian.Stem, "lithuanian": lithuanian.Stem, "nepali": nepali.Stem, "norwegian": norwegian.Stem, "portuguese": portuguese.Stem, "romanian": romanian.Stem, "russian": russian.Stem, "serbian": serbian.Stem, "spanish": spanish.Stem, "swedish": swedish.Stem, "tamil": tamil.Stem, "turkish": turkish.Stem, "yiddish": yiddish.Stem,
}

// Config is a text search configuration: the default parser and a language's dictionaries.
type Config struct {
	name  string
	words *dictionary // for words with any letters
	ascii *dictionary // for words of ASCII letters
}

// dictionary turns a word into its lexeme. The nil dictionary is "simple".
type dictionary struct {
	stem func(*snowballstem.Env) bool
	stop map[string]bool
}

// configs remembers configurations that were looked up; they never change.
var configs sync.Map

// ConfigNames are PostgreSQL's configurations with their object identifiers.
var ConfigNames = map[string]uint32{
	"simple": 3748, "arabic": 13152, "armenian": 13154, "basque": 13156, "catalan": 13158, "danish": 13160, "dutch": 13162, "english": 13164, "finnish": 13166, "french": 13168, "german": 13170, "greek": 13172, "hindi": 13174, "hungarian": 13176, "indonesian": 13178, "irish": 13180, "italian": 13182, "lithuanian": 13184, "nepali": 13186, "norwegian": 13188, "portuguese": 13190, "romanian": 13192, "russian": 13194, "serbian": 13196, "spanish": 13198, "swedish": 13200, "tamil": 13202, "turkish": 13204, "yiddish": 13206,
}

// FindConfig gives a configuration by name, with or without pg_catalog before it.
func FindConfig(name string) (*Config, error) {
	key := strings.TrimPrefix(name, "pg_catalog.")
	if c, ok := configs.Load(key); ok {
		return c.(*Config), nil
	}
	if _, ok := ConfigNames[key]; !ok {
		return nil, errs.New("42704", "text search configuration \"%s\" does not exist", name)
	}
	c := &Config{name: key}
	if key != "simple" {
		if c.words = newDictionary(key); c.words == nil {
			return nil, errs.Unsupported("text search configuration "+key, "Use the configuration simple, or one of a language with a stemmer.")
		}
		c.ascii = c.words
		if key == "russian" || key == "hindi" {
			c.ascii = newDictionary("english")
		}
	}
	configs.Store(key, c)
	return c, nil
}

// Name is the configuration's name.
func (c *Config) Name() string { return c.name }

func newDictionary(language string) *dictionary {
	d := &dictionary{stem: stemmers[language], stop: map[string]bool{}}
	if d.stem == nil {
		return nil
	}
	if list, err := stopFiles.ReadFile("stop/" + language + ".stop"); err == nil {
		for _, w := range strings.Fields(string(list)) {
			d.stop[w] = true
		}
	}
	return d
}

// lexize gives a word's lexeme; stop is true for a word that is none.
func (d *dictionary) lexize(word string) (lexeme string, stop bool) {
	word = strings.ToLowerSpecial(unicode.SpecialCase{}, word)
	if d == nil {
		return word, false
	}
	if d.stop[word] {
		return "", true
	}
	if len(word) > 1000 {
		return word, false
	}
	env := snowballstem.NewEnv(word)
	d.stem(env)
	if s := env.Current(); s != "" {
		return s, false
	}
	return word, false
}

// term is a lexeme of a document and its place.
type term struct {
	text string
	at   int
}

// terms cuts a text into lexemes. Stop words leave their places empty.
func (c *Config) terms(text string) []term {
	out, _ := c.cut(text)
	return out
}

// cut also gives how many places the text takes, trailing stop words among them.
func (c *Config) cut(text string) (out []term, at int) {
	for _, tok := range Scan(text) {
		if len(tok.Text) > 2047 {
			continue
		}
		var d *dictionary
		switch tok.Kind {
		case ASCIIWord, HyphenASCIIPart, HyphenASCIIWord:
			d = c.ascii
		case AnyWord, HyphenPart, HyphenWord:
			d = c.words
		case Blank, Tag, Protocol, Entity:
			continue
		}
		at++
		if lexeme, stop := d.lexize(tok.Text); !stop {
			out = append(out, term{lexeme, min(at, maxPosition)})
		}
	}
	return out, at
}

// Vector is to_tsvector.
func (c *Config) Vector(text string) Vector {
	var v Vector
	for _, t := range c.terms(text) {
		v = append(v, Lexeme{Text: t.text, Positions: []Position{{At: t.at}}})
	}
	return v.normal()
}
