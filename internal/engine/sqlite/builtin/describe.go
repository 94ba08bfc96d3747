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
		describeItem(&b, it)
	}
	return b.String()
}

// describeItem writes OID[(fields)][.typmod][:name]; only anonymous rows (and arrays of them) have fields.
func describeItem(b *strings.Builder, it Item) {
	b.WriteString(strconv.FormatUint(uint64(it.Type.OID), 10))
	if row := types.AnonymousRow(it.Type); row != nil {
		for i, f := range row.Fields {
			b.WriteByte("(,"[min(i, 1)])
			describeItem(b, Item{Type: f.Type, Typmod: f.Typmod, Name: f.Name})
		}
		b.WriteByte(')')
	}
	if it.Typmod >= 0 {
		b.WriteByte('.')
		b.WriteString(strconv.Itoa(int(it.Typmod)))
	}
	if it.Name != "" {
		b.WriteByte(':')
		b.WriteString(escapeName.Replace(it.Name))
	}
}

// T is an item without typmod and name.
func T(t *types.Type) Item { return Item{Type: t, Typmod: -1} }

var (
	escapeName   = strings.NewReplacer("%", "%25", ",", "%2C", "(", "%28", ")", "%29")
	unescapeName = strings.NewReplacer("%2C", ",", "%25", "%", "%28", "(", "%29", ")")
)

func readDescription(text string, resolve func(catalog.OID) *types.Type) *Description {
	options, rest, some := strings.Cut(text, ",")
	d := &Description{Options: options}
	if some {
		r := &itemReader{text: rest, resolve: resolve}
		d.Items = r.items()
	}
	return d
}

// itemReader reads what describeItem wrote.
type itemReader struct {
	text    string
	resolve func(catalog.OID) *types.Type
}

// items reads items up to a closing parenthesis or the end.
func (r *itemReader) items() []Item {
	var out []Item
	for {
		out = append(out, r.item())
		if r.text == "" || r.next() == ')' {
			return out
		}
	}
}

func (r *itemReader) next() byte {
	c := r.text[0]
	r.text = r.text[1:]
	return c
}

// until takes the text before the first of the given bytes.
func (r *itemReader) until(stop string) string {
	n := strings.IndexAny(r.text, stop)
	if n < 0 {
		n = len(r.text)
	}
	s := r.text[:n]
	r.text = r.text[n:]
	return s
}

func (r *itemReader) item() Item {
	it := Item{Typmod: -1}
	n, _ := strconv.ParseUint(r.until("(.:,)"), 10, 32)
	it.Type = types.ByOID(types.OID(n))
	if it.Type == nil && r.resolve != nil {
		it.Type = r.resolve(types.OID(n))
	}
	if it.Type == nil {
		it.Type = types.ByOID(types.TextOID)
	}
	if strings.HasPrefix(r.text, "(") {
		r.next()
		row := *types.ByOID(types.RecordOID)
		for _, f := range r.items() {
			row.Fields = append(row.Fields, types.Field{Name: f.Name, Type: f.Type, Typmod: f.Typmod})
		}
		if it.Type.Elem != nil {
			array := *it.Type
			array.Elem = &row
			it.Type = &array
		} else {
			it.Type = &row
		}
	}
	if strings.HasPrefix(r.text, ".") {
		r.next()
		n, _ := strconv.Atoi(r.until(":,)"))
		it.Typmod = int32(n)
	}
	if strings.HasPrefix(r.text, ":") {
		r.next()
		it.Name = unescapeName.Replace(r.until(",)"))
	}
	return it
}
