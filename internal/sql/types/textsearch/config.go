package textsearch

import (
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/errs"
)

// Config is a text search configuration of the default parser: which dictionaries are asked for each kind of token.
type Config struct {
	name string
	maps [Kinds + 1][]*Dictionary
}

// configs remembers configurations that were looked up; they never change.
var configs sync.Map

// ConfigNames are PostgreSQL's configurations with their object identifiers.
var ConfigNames = map[string]uint32{
	"simple": 3748, "arabic": 13152, "armenian": 13154, "basque": 13156, "catalan": 13158, "danish": 13160, "dutch": 13162, "english": 13164, "finnish": 13166, "french": 13168, "german": 13170, "greek": 13172, "hindi": 13174, "hungarian": 13176, "indonesian": 13178, "irish": 13180, "italian": 13182, "lithuanian": 13184, "nepali": 13186, "norwegian": 13188, "portuguese": 13190, "romanian": 13192, "russian": 13194, "serbian": 13196, "spanish": 13198, "swedish": 13200, "tamil": 13202, "turkish": 13204, "yiddish": 13206,
}

// FindConfig gives a configuration of PostgreSQL's by name, with or without pg_catalog before it.
func FindConfig(name string) (*Config, error) {
	key := strings.TrimPrefix(name, "pg_catalog.")
	if c, ok := configs.Load(key); ok {
		return c.(*Config), nil
	}
	if _, ok := ConfigNames[key]; !ok {
		return nil, errs.New("42704", "text search configuration \"%s\" does not exist", name)
	}
	c := NewConfig(strings.Clone(key))
	simple := []*Dictionary{FindDictionary("simple")}
	words, ascii := simple, simple
	if key != "simple" {
		words = []*Dictionary{FindDictionary(key + "_stem")}
		ascii = words
		if key == "russian" || key == "hindi" {
			ascii = []*Dictionary{FindDictionary("english_stem")}
		}
	}
	for k := Kind(1); int(k) <= Kinds; k++ {
		switch k {
		case ASCIIWord, HyphenASCIIPart, HyphenASCIIWord:
			c.maps[k] = ascii
		case AnyWord, HyphenPart, HyphenWord:
			c.maps[k] = words
		case Blank, Tag, Protocol, Entity:
		default:
			c.maps[k] = simple
		}
	}
	configs.Store(c.name, c)
	return c, nil
}

// NewConfig makes a configuration that knows no words.
func NewConfig(name string) *Config { return &Config{name: name} }

// Map sets the dictionaries asked for a kind of token, in their order.
func (c *Config) Map(k Kind, list []*Dictionary) { c.maps[k] = list }

// Name is the configuration's name.
func (c *Config) Name() string { return c.name }

// Dictionaries are those asked for a kind of token.
func (c *Config) Dictionaries(k Kind) []*Dictionary { return c.maps[k] }

// Lexize asks the dictionaries of a token's kind for its lexemes: none for a stop word. known is false when no dictionary
// knows the token; by is the one that did.
func (c *Config) Lexize(t Token) (lexemes []string, by *Dictionary, known bool) {
	word := t.Text
	for _, d := range c.maps[t.Kind] {
		list, ok := d.Lexize(word)
		if ok && d.Filter == nil {
			return list, d, true
		}
		if ok {
			word = list[0]
		}
	}
	return nil, nil, false
}

// term is a lexeme of a document and its place.
type term struct {
	text string
	at   int
}

// terms cuts a text into lexemes. Stop words leave their places empty.
func (c *Config) terms(text string) []term {
	out, _ := c.cut(text, nil)
	return out
}

// maxToken is the length from which on a token is left out.
const maxToken = 2047

// cut also gives how many places the text takes, trailing stop words among them. note is told of tokens that are too long.
func (c *Config) cut(text string, note func()) (out []term, at int) {
	for _, tok := range Tokens(text) {
		if len(c.maps[tok.Kind]) == 0 {
			continue
		}
		if len(tok.Text) >= maxToken {
			if note != nil {
				note()
			}
			continue
		}
		list, _, known := c.Lexize(tok)
		if !known {
			continue
		}
		at++
		for _, l := range list {
			out = append(out, term{l, min(at, maxPosition)})
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
