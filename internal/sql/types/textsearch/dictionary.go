package textsearch

import (
	"embed"
	"strings"
	"sync"

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

	"github.com/basement-project/basement/internal/sql/types/ctype"
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

// Dictionary turns words into lexemes.
type Dictionary struct {
	name string
	stem func(*snowballstem.Env) bool // nil for simple
	stop map[string]bool
	// Filter, when set, changes a word for the dictionaries after this one; false leaves it to them as it is.
	Filter func(word string) (string, bool)
}

// DictionaryOIDs are PostgreSQL's dictionaries with their object identifiers.
var DictionaryOIDs = map[string]uint32{
	"simple": 3765, "arabic_stem": 13151, "armenian_stem": 13153, "basque_stem": 13155, "catalan_stem": 13157, "danish_stem": 13159, "dutch_stem": 13161, "english_stem": 13163, "finnish_stem": 13165, "french_stem": 13167, "german_stem": 13169, "greek_stem": 13171, "hindi_stem": 13173, "hungarian_stem": 13175, "indonesian_stem": 13177, "irish_stem": 13179, "italian_stem": 13181, "lithuanian_stem": 13183, "nepali_stem": 13185, "norwegian_stem": 13187, "portuguese_stem": 13189, "romanian_stem": 13191, "russian_stem": 13193, "serbian_stem": 13195, "spanish_stem": 13197, "swedish_stem": 13199, "tamil_stem": 13201, "turkish_stem": 13203, "yiddish_stem": 13205,
}

// dictionaries remembers dictionaries that were looked up; they never change.
var dictionaries sync.Map

// FindDictionary gives one of PostgreSQL's dictionaries by name, nil when there is none.
func FindDictionary(name string) *Dictionary {
	if d, ok := dictionaries.Load(name); ok {
		return d.(*Dictionary)
	}
	if _, ok := DictionaryOIDs[name]; !ok {
		return nil
	}
	d := &Dictionary{name: strings.Clone(name), stop: map[string]bool{}}
	if language, ok := strings.CutSuffix(d.name, "_stem"); ok {
		d.stem = stemmers[language]
		if list, err := stopFiles.ReadFile("stop/" + language + ".stop"); err == nil {
			for _, w := range strings.Fields(string(list)) {
				d.stop[w] = true
			}
		}
	}
	dictionaries.Store(d.name, d)
	return d
}

// NewFilter makes a dictionary that changes words for those after it; false leaves a word to them as it is.
func NewFilter(name string, filter func(word string) (string, bool)) *Dictionary {
	return &Dictionary{name: name, Filter: filter}
}

// Named is the dictionary under another name; all says that it keeps the words it would leave out.
func (d *Dictionary) Named(name string, all bool) *Dictionary {
	out := *d
	out.name = name
	if all {
		out.stop = nil
	}
	return &out
}

// Name is the dictionary's name.
func (d *Dictionary) Name() string { return d.name }

// Lexize gives a word's lexemes: none for a stop word. known is false for a word the dictionary does not know.
func (d *Dictionary) Lexize(word string) (lexemes []string, known bool) {
	if d.Filter != nil {
		if w, ok := d.Filter(word); ok {
			return []string{w}, true
		}
		return nil, false
	}
	lexeme, stop := d.lexize(word)
	if stop {
		return nil, true
	}
	return []string{lexeme}, true
}

// lexize gives a word's lexeme; stop is true for a word that is none.
func (d *Dictionary) lexize(word string) (lexeme string, stop bool) {
	word = lower(word)
	if d.stop[word] {
		return "", true
	}
	if d.stem == nil || len(word) > 1000 {
		return word, false
	}
	env := snowballstem.NewEnv(word)
	d.stem(env)
	if s := env.Current(); s != "" {
		return s, false
	}
	return word, false
}

// lower lowers a word character by character.
func lower(s string) string { return strings.Map(ctype.ToLower, s) }
