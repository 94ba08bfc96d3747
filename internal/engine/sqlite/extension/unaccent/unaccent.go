package unaccent

import (
	_ "embed" // the facts of the extension's objects, and the rules
	"strconv"
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

//go:embed rules.tsv
var rulesText string

var rules = sync.OnceValue(func() map[rune]string {
	out := map[rune]string{}
	for _, line := range strings.Split(rulesText, "\n") {
		if code, to, ok := strings.Cut(line, "\t"); ok {
			n, _ := strconv.Atoi(code)
			out[rune(n)] = to
		}
	}
	return out
})

// Extension is unaccent.
func Extension() *extension.Extension {
	return &extension.Extension{Name: "unaccent", Version: "1.1", Comment: "text search dictionary that removes accents", Objects: objects,
		Functions: []extension.Function{
			{Sig: "unaccent(text)", Fn: func(c extension.Call) (types.Datum, error) { return types.Text(Unaccent(c.Values()[0].S)), nil }},
			{Sig: "unaccent(regdictionary,text)", Fn: func(c extension.Call) (types.Datum, error) { return types.Text(Unaccent(c.Values()[1].S)), nil }},
		}}
}

// Unaccent removes a text's accents.
func Unaccent(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] < 0x80
	}
	if plain {
		return strings.Clone(s)
	}
	m := rules()
	var b strings.Builder
	for _, r := range s {
		if to, ok := m[r]; ok {
			b.WriteString(to)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
