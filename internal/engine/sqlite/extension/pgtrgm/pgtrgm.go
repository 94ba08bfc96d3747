package pgtrgm

import (
	_ "embed" // the facts of the extension's objects
	"encoding/hex"
	"math"
	"slices"
	"strconv"
	"unicode"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

// The settings.
const (
	similarityLimit = "pg_trgm.similarity_threshold"
	wordLimit       = "pg_trgm.word_similarity_threshold"
	strictLimit     = "pg_trgm.strict_word_similarity_threshold"
)

// Extension is pg_trgm.
func Extension() *extension.Extension {
	measure := func(f func(a, b string) float32) extension.Func {
		return func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			return types.Float(float64(f(v[0].S, v[1].S))), nil
		}
	}
	distance := func(f func(a, b string) float32) extension.Func {
		return measure(func(a, b string) float32 { return 1 - f(a, b) })
	}
	over := func(limit string, f func(a, b string) float32) extension.Func {
		return func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			return types.Bool(float64(f(v[0].S, v[1].S)) >= Limit(c, limit)), nil
		}
	}
	word := func(a, b string) float32 { return WordSimilarity(a, b, false) }
	strict := func(a, b string) float32 { return WordSimilarity(a, b, true) }
	turned := func(f func(a, b string) float32) func(a, b string) float32 {
		return func(a, b string) float32 { return f(b, a) }
	}
	const two = "(text,text)"
	return &extension.Extension{Name: "pg_trgm", Version: "1.6", Comment: "text similarity measurement and index searching based on trigrams",
		Older: []string{"1.3", "1.4", "1.5"}, Objects: objects,
		Types: map[string]*types.Native{"gtrgm": {Key: "pg_trgm.gtrgm", Unordered: true, In: func(string, *types.Env) (types.Datum, error) {
			return extension.Bad("0A000", "cannot accept a value of type %s", "gtrgm")
		}}},
		Settings: []extension.Setting{extension.FloatSetting(similarityLimit, 0.3, 0, 1), extension.FloatSetting(wordLimit, 0.6, 0, 1), extension.FloatSetting(strictLimit, 0.5, 0, 1)},
		Functions: []extension.Function{
			{Sig: "set_limit(float4)", Fn: func(c extension.Call) (types.Datum, error) {
				f := c.Values()[0].Float()
				if f < 0 || f > 1 || f != f {
					return extension.Bad("22023", "%s is outside the valid range for parameter \"%s\" (0 .. 1)", strconv.FormatFloat(float64(float32(f)), 'g', -1, 32), similarityLimit)
				}
				if err := c.SetSetting(similarityLimit, strconv.FormatFloat(f, 'g', -1, 32)); err != nil {
					return types.Datum{}, err
				}
				return types.Float(f), nil
			}},
			{Sig: "show_limit()", Fn: func(c extension.Call) (types.Datum, error) {
				return types.Float(float64(float32(Limit(c, similarityLimit)))), nil
			}},
			{Sig: "show_trgm(text)", Fn: show},
			{Sig: "similarity" + two, Fn: measure(Similarity)}, {Sig: "similarity_op" + two, Fn: over(similarityLimit, Similarity)},
			{Sig: "similarity_dist" + two, Fn: distance(Similarity)},
			{Sig: "word_similarity" + two, Fn: measure(word)}, {Sig: "word_similarity_op" + two, Fn: over(wordLimit, word)},
			{Sig: "word_similarity_commutator_op" + two, Fn: over(wordLimit, turned(word))},
			{Sig: "word_similarity_dist_op" + two, Fn: distance(word)}, {Sig: "word_similarity_dist_commutator_op" + two, Fn: distance(turned(word))},
			{Sig: "strict_word_similarity" + two, Fn: measure(strict)}, {Sig: "strict_word_similarity_op" + two, Fn: over(strictLimit, strict)},
			{Sig: "strict_word_similarity_commutator_op" + two, Fn: over(strictLimit, turned(strict))},
			{Sig: "strict_word_similarity_dist_op" + two, Fn: distance(strict)}, {Sig: "strict_word_similarity_dist_commutator_op" + two, Fn: distance(turned(strict))},
		}}
}

// Limit reads one of the thresholds.
func Limit(c extension.Call, name string) float64 {
	f, err := strconv.ParseFloat(c.Setting(name), 64)
	if err != nil {
		return 0
	}
	return f
}

func show(c extension.Call) (types.Datum, error) {
	var list []string
	for _, t := range Of(c.Values()[0].S) {
		plain, bytes := true, t.Bytes()
		for _, b := range bytes {
			plain = plain && b < 0x80 && unicode.IsPrint(rune(b))
		}
		if plain {
			list = append(list, string(bytes[:]))
		} else {
			list = append(list, "0x"+hex.EncodeToString(bytes[:]))
		}
	}
	return extension.Texts(list), nil
}

// Needed chooses among the trigrams of a text those of which one at least is in every text that shares a part (the limit) of
// them with it: the fewer they are in other texts the better.
func Needed(text string, limit float64) []Trigram {
	list := Of(text)
	must := int(math.Ceil(limit*float64(len(list)) - 1e-6))
	if must < 1 {
		return nil
	}
	// A word's padded beginning and end are the most common.
	slices.SortStableFunc(list, func(a, b Trigram) int { return blanks(a) - blanks(b) })
	return list[:len(list)-must+1]
}

func blanks(t Trigram) int {
	n := 0
	for _, b := range t.Bytes() {
		if b == ' ' {
			n++
		}
	}
	return n
}

// Limits names the setting of the threshold of an operator's function: "similarity_op".
func Limits(function string) string {
	switch function {
	case "similarity_op":
		return similarityLimit
	case "word_similarity_op", "word_similarity_commutator_op":
		return wordLimit
	}
	return strictLimit
}
