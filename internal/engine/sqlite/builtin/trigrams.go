package builtin

import (
	"encoding/hex"

	"github.com/basement-project/basement/internal/engine/sqlite/extension/pgtrgm"
	"github.com/basement-project/basement/internal/sql/types"
)

// trigramKind is the index of the trigrams of texts (pg_trgm's gin_trgm_ops and gist_trgm_ops).
func trigramKind() *TermKind {
	k := &TermKind{Name: "trgm", Terms: "pg_terms_trgm",
		Keeps: func(method, opclass string, t *types.Type) bool {
			return method == "gin" && opclass == "gin_trgm_ops" || method == "gist" && opclass == "gist_trgm_ops"
		},
		Conditions: map[string]TermCondition{
			"textlike": {Candidates: "pg_terms_trgm_like"}, "texticlike": {Candidates: "pg_terms_trgm_like"},
			"textregexeq": {Candidates: "pg_terms_trgm_regex"}, "texticregexeq": {Candidates: "pg_terms_trgm_regex"},
			"texteq": {Candidates: "pg_terms_trgm_equal"},
		}}
	similar := func(function, candidates string, key int) {
		k.Conditions["pg_trgm."+function+"(text,text)"] = TermCondition{Key: key, Candidates: candidates}
	}
	similar("similarity_op", "pg_terms_trgm_similar", 0)
	similar("word_similarity_op", "pg_terms_trgm_word", 1)
	similar("word_similarity_commutator_op", "pg_terms_trgm_word", 0)
	similar("strict_word_similarity_op", "pg_terms_trgm_strict", 1)
	similar("strict_word_similarity_commutator_op", "pg_terms_trgm_strict", 0)
	return k
}

func trigramTerm(t pgtrgm.Trigram) string {
	b := t.Bytes()
	return hex.EncodeToString(b[:])
}

func allTrigrams(list []pgtrgm.Trigram) types.Datum {
	var c []Candidates
	for _, t := range list {
		c = append(c, HasTerm(trigramTerm(t), false))
	}
	return And(c...).Datum()
}

// trigramSupport are the functions trigramKind names.
func trigramSupport() []support {
	of := func(f func(string) []pgtrgm.Trigram) Func {
		return func(c *Call) (types.Datum, error) { return allTrigrams(f(c.Args[0].S)), nil }
	}
	similar := func(name, function string) support {
		return support{name: name, volatility: 's', strict: true, fn: func(c *Call) (types.Datum, error) {
			var list []Candidates
			for _, t := range pgtrgm.Needed(c.Args[0].S, pgtrgm.Limit(c, pgtrgm.Limits(function))) {
				list = append(list, HasTerm(trigramTerm(t), false))
			}
			return Or(list...).Datum(), nil
		}}
	}
	return []support{
		{name: "pg_terms_trgm", volatility: 'i', strict: true, fn: func(c *Call) (types.Datum, error) {
			var buf []byte
			for _, t := range pgtrgm.Of(c.Args[0].S) {
				buf = Term(buf, trigramTerm(t))
			}
			return types.Text(string(buf)), nil
		}},
		{name: "pg_terms_trgm_like", volatility: 'i', strict: true, fn: of(pgtrgm.OfPattern)},
		{name: "pg_terms_trgm_regex", volatility: 'i', strict: true, fn: of(pgtrgm.OfRegexp)},
		{name: "pg_terms_trgm_equal", volatility: 'i', strict: true, fn: of(pgtrgm.Of)},
		similar("pg_terms_trgm_similar", "similarity_op"), similar("pg_terms_trgm_word", "word_similarity_op"),
		similar("pg_terms_trgm_strict", "strict_word_similarity_op"),
	}
}
