package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// TermKind is a kind of index that is kept as an FTS5 table of terms beside its table: each row of the table has there the
// terms of its key, and a condition is answered by the rows whose terms could satisfy it. Those are looked at again with the
// condition itself, so terms may be coarse: two keys may share one, but a row that satisfies a condition must be among the
// candidates.
//
// A kind is one entry of termKinds and two functions of supportTable. DDL keeps the table by triggers of the file (package
// ddl, terms.go); the printer adds the candidates to conditions (package printer, terms.go). Nothing else is needed.
type TermKind struct {
	// Name stays in the catalog: it must not change.
	Name string
	// Keeps says whether an index with this access method and operator class ("" is the default one) over a key of this
	// type is of the kind.
	Keeps func(method, opclass string, t *types.Type) bool
	// Terms is the SQLite function that gives a key's terms: a text, the terms made by Term and separated by blanks. NULL
	// keeps a row out of the table.
	Terms string
	// Conditions are the operators the table answers, by the name of their function, an extension's by its body.
	Conditions map[string]TermCondition
}

// TermCondition is an operator that a table of terms answers.
type TermCondition struct {
	// Schema of the function; "" is pg_catalog.
	Schema string
	// Key is the argument (0 or 1) that is the index's key.
	Key int
	// Candidates is the SQLite function of the other argument that gives the FTS5 expression the candidates match, or NULL
	// when every row is one. It fails for no argument.
	Candidates string
}

// termKinds declares the kinds.
func termKinds() []*TermKind {
	return []*TermKind{
		{Name: "tsvector", Terms: "pg_terms_tsvector",
			Keeps: func(method, opclass string, t *types.Type) bool {
				return (method == "gin" || method == "gist") && t.Underlying().OID == types.TSVectorOID && (opclass == "" || opclass == "tsvector_ops")
			},
			Conditions: map[string]TermCondition{
				"ts_match_vq": {Candidates: "pg_terms_tsquery"}, "ts_match_qv": {Key: 1, Candidates: "pg_terms_tsquery"},
			}},
		trigramKind(),
	}
}

// TermKindOf finds the kind that keeps an index over one key of type t, nil when none does.
func TermKindOf(method, opclass string, t *types.Type) *TermKind {
	for _, k := range termKinds() {
		if k.Keeps(method, opclass, t) {
			return k
		}
	}
	return nil
}

// TermConditions calls f for the kinds whose tables answer the operator with this function.
func TermConditions(fn *catalog.Function, f func(kind string, c TermCondition)) {
	if fn == nil {
		return
	}
	for _, k := range termKinds() {
		if fn.Language == "c" {
			if c, ok := k.Conditions[fn.Body]; ok {
				f(k.Name, c)
			}
		} else if c, ok := k.Conditions[fn.Name]; ok && fn.Schema == orCatalog(c.Schema) {
			f(k.Name, c)
		}
	}
}

func orCatalog(schema string) string {
	if schema == "" {
		return "pg_catalog"
	}
	return schema
}

// TermTokenizer is how the tables cut a text of terms: at blanks, without regard to the case of ASCII letters.
const TermTokenizer = `tokenize="ascii tokenchars '-_./@:+#'"`

// Term appends a term to a text of terms in the form the tables know: a byte that would end it becomes another one.
func Term(buf []byte, term string) []byte {
	if len(buf) > 0 {
		buf = append(buf, ' ')
	}
	return termBytes(buf, term)
}

func termBytes(buf []byte, term string) []byte {
	for i := 0; i < len(term); i++ {
		c := term[i]
		if c < 0x80 && !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9') && strings.IndexByte("-_./@:+#", c) < 0 {
			c = '_'
		}
		buf = append(buf, c)
	}
	return buf
}

// Candidates is an expression over terms as FTS5 reads it, or all rows. The zero value is all rows.
type Candidates struct{ text string }

// HasTerm are the rows with a term, or with one that starts with it.
func HasTerm(term string, prefix bool) Candidates {
	if term == "" {
		return Candidates{}
	}
	buf := append(termBytes([]byte{'"'}, term), '"')
	if prefix {
		buf = append(buf, '*')
	}
	return Candidates{string(buf)}
}

// And are the rows in all of a list.
func And(list ...Candidates) Candidates { return combine(list, " AND ", false) }

// Or are the rows in any of a list.
func Or(list ...Candidates) Candidates { return combine(list, " OR ", true) }

func combine(list []Candidates, op string, all bool) Candidates {
	var parts []string
	for _, c := range list {
		switch {
		case c.text != "":
			parts = append(parts, c.text)
		case all:
			return Candidates{}
		}
	}
	if len(parts) < 2 {
		return Candidates{strings.Join(parts, "")}
	}
	return Candidates{"(" + strings.Join(parts, op) + ")"}
}

// What FTS5 reads is bounded; beyond, every row is a candidate.
const (
	maxTermExpression = 1 << 16
	maxTermDepth      = 60
)

// Datum is the value a function of TermCondition.Candidates gives.
func (c Candidates) Datum() types.Datum {
	if c.text == "" || len(c.text) > maxTermExpression {
		return types.Datum{}
	}
	depth := 0
	for i := 0; i < len(c.text); i++ {
		switch c.text[i] {
		case '(':
			if depth++; depth > maxTermDepth {
				return types.Datum{}
			}
		case ')':
			depth--
		}
	}
	return types.Text(c.text)
}
