package builtin

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// Item describes one value of a call: its type, its typmod, and a name where there is one (the field of a row).
type Item struct {
	Type   *types.Type
	Typmod int32
	Name   string
}

// Description tells a Go function what SQLite's values cannot: the types of its arguments (and, last, of its result), and
// options. It travels as a text constant, the call's first argument.
type Description struct {
	Items []Item
	// Options are single letters, the function's own.
	Options string
	// Memo is for the function: what it worked out from the description.
	Memo any
}

// Describe gives a description's text.
func Describe(options string, items ...Item) string {
	var b strings.Builder
	b.WriteString(options)
	for _, it := range items {
		b.WriteByte(',')
		b.WriteString(strconv.FormatUint(uint64(it.Type.OID), 10))
		if it.Typmod >= 0 {
			b.WriteByte('.')
			b.WriteString(strconv.Itoa(int(it.Typmod)))
		}
		if it.Name != "" {
			b.WriteByte(':')
			b.WriteString(escapeName.Replace(it.Name))
		}
	}
	return b.String()
}

// T is an item without typmod and name.
func T(t *types.Type) Item { return Item{Type: t, Typmod: -1} }

var (
	escapeName   = strings.NewReplacer("%", "%25", ",", "%2C")
	unescapeName = strings.NewReplacer("%2C", ",", "%25", "%")
)

func readDescription(text string, resolve func(catalog.OID) *types.Type) *Description {
	parts := strings.Split(text, ",")
	d := &Description{Options: parts[0]}
	for _, p := range parts[1:] {
		it := Item{Typmod: -1}
		num, name, _ := strings.Cut(p, ":")
		it.Name = unescapeName.Replace(name)
		num, mod, ok := strings.Cut(num, ".")
		if ok {
			n, _ := strconv.Atoi(mod)
			it.Typmod = int32(n)
		}
		n, _ := strconv.ParseUint(num, 10, 32)
		it.Type = types.ByOID(types.OID(n))
		if it.Type == nil && resolve != nil {
			it.Type = resolve(types.OID(n))
		}
		if it.Type == nil {
			it.Type = types.ByOID(types.TextOID)
		}
		d.Items = append(d.Items, it)
	}
	return d
}
