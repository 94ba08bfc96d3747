package hstore

import (
	"cmp"
	_ "embed" // the facts of the extension's objects
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

// pair is a key and its value, which may be NULL.
type pair struct {
	key, value string
	null       bool
}

func order(a, b pair) int {
	if c := cmp.Compare(len(a.key), len(b.key)); c != 0 {
		return c
	}
	return strings.Compare(a.key, b.key)
}

// set sorts pairs; of those with one key the first stays.
func set(list []pair) []pair {
	slices.SortStableFunc(list, order)
	return slices.CompactFunc(list, func(a, b pair) bool { return a.key == b.key })
}

func text(list []pair) string {
	var b strings.Builder
	quote := func(s string) {
		b.WriteByte('"')
		for i := range len(s) {
			if s[i] == '"' || s[i] == '\\' {
				b.WriteByte('\\')
			}
			b.WriteByte(s[i])
		}
		b.WriteByte('"')
	}
	for i, p := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		quote(p.key)
		b.WriteString("=>")
		if p.null {
			b.WriteString("NULL")
		} else {
			quote(p.value)
		}
	}
	return b.String()
}

func datum(list []pair) types.Datum { return types.Text(text(list)) }

type reader struct {
	s  string
	at int
}

func space(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func (r *reader) peek() byte {
	if r.at < len(r.s) {
		return r.s[r.at]
	}
	return 0
}

func (r *reader) syntax() error {
	_, n := utf8.DecodeRuneInString(r.s[r.at:])
	return errs.New("42601", "syntax error in hstore, near \"%s\" at position %d", r.s[r.at:r.at+n], r.at)
}

func unexpectedEnd() error {
	return errs.New("42601", "syntax error in hstore: unexpected end of string")
}

// word reads a key or a value, whose end is '=' or ','.
func (r *reader) word(value bool) (s string, quoted, ok bool, err error) {
	var b strings.Builder
	for space(r.peek()) {
		r.at++
	}
	switch c := r.peek(); {
	case c == 0:
		return "", false, false, nil
	case c == '=' && !value:
		return "", false, false, r.syntax()
	case c == '"':
		r.at++
		for {
			switch c := r.peek(); c {
			case 0:
				return "", true, false, unexpectedEnd()
			case '"':
				r.at++
				return b.String(), true, true, nil
			case '\\':
				r.at++
				if r.peek() == 0 {
					return "", true, false, unexpectedEnd()
				}
			}
			b.WriteByte(r.s[r.at])
			r.at++
		}
	}
	for first := true; ; first = false {
		c := r.peek()
		switch {
		case c == 0 || space(c):
			return b.String(), false, true, nil
		case c == '=' && !value, c == ',' && value && !first:
			return b.String(), false, true, nil
		case c == '\\':
			r.at++
			if r.peek() == 0 {
				return "", false, false, unexpectedEnd()
			}
		}
		b.WriteByte(r.s[r.at])
		r.at++
	}
}

// parse reads what a person wrote.
func parse(s string) ([]pair, error) {
	r := &reader{s: s}
	var out []pair
	for {
		key, _, ok, err := r.word(false)
		if err != nil {
			return nil, err
		}
		if !ok {
			return set(out), nil
		}
		for space(r.peek()) {
			r.at++
		}
		for _, want := range []byte("=>") {
			switch r.peek() {
			case want:
				r.at++
			case 0:
				return nil, unexpectedEnd()
			default:
				return nil, r.syntax()
			}
		}
		v, quoted, ok, err := r.word(true)
		if err != nil {
			return nil, err
		}
		if !ok {
			return nil, unexpectedEnd()
		}
		p := pair{key: key, value: v}
		if !quoted && strings.EqualFold(v, "null") {
			p.value, p.null = "", true
		}
		out = append(out, p)
		for space(r.peek()) {
			r.at++
		}
		switch r.peek() {
		case 0:
			return set(out), nil
		case ',':
			r.at++
		default:
			return nil, r.syntax()
		}
	}
}

// of reads a stored value.
func of(d types.Datum) []pair {
	list, _ := parse(d.S)
	return list
}

func find(list []pair, key string) (pair, bool) {
	i, ok := slices.BinarySearchFunc(list, pair{key: key}, order)
	if !ok {
		return pair{null: true}, false
	}
	return list[i], true
}

func compare(a, b string) int {
	if a == b {
		return 0
	}
	x, _ := parse(a)
	y, _ := parse(b)
	if len(x) == 0 || len(y) == 0 {
		return cmp.Compare(len(x), len(y))
	}
	flat := func(list []pair) string {
		var b strings.Builder
		for _, p := range list {
			b.WriteString(p.key + p.value)
		}
		return b.String()
	}
	fx, fy := flat(x), flat(y)
	if c := strings.Compare(fx[:min(len(fx), len(fy))], fy[:min(len(fx), len(fy))]); c != 0 {
		return c
	}
	if c := cmp.Compare(len(fx), len(fy)); c != 0 {
		return c
	}
	if c := cmp.Compare(len(x), len(y)); c != 0 {
		return c
	}
	for i := range x {
		if c := cmp.Compare(len(x[i].key), len(y[i].key)); c != 0 {
			return c
		}
		if x[i].null != y[i].null {
			if x[i].null {
				return 1
			}
			return -1
		}
	}
	return strings.Compare(a, b)
}

// Extension is hstore.
func Extension() *extension.Extension {
	return &extension.Extension{Name: "hstore", Version: "1.8", Comment: "data type for storing sets of (key, value) pairs",
		Older: []string{"1.4", "1.5", "1.6", "1.7"}, Objects: objects,
		Types: map[string]*types.Native{
			"hstore": {Key: "hstore.hstore", Collated: true, Compare: compare,
				In: func(s string, _ *types.Env) (types.Datum, error) {
					list, err := parse(s)
					if err != nil {
						return types.Datum{}, err
					}
					return datum(list), nil
				},
				Fetch: func(d types.Datum, key string) types.Datum {
					p, _ := find(of(d), key)
					return p.datum()
				},
				Store: func(d types.Datum, key string, to types.Datum) types.Datum {
					return datum(set(append([]pair{{key: key, value: to.S, null: to.IsNull()}}, of(d)...)))
				},
				JSON: func(buf []byte, d types.Datum) []byte { return append(buf, toJSON(of(d), false)...) },
			},
			"ghstore": {Key: "hstore.ghstore", Unordered: true, In: func(string, *types.Env) (types.Datum, error) {
				return extension.Bad("0A000", "cannot accept a value of type %s", "ghstore")
			}},
		},
		Functions: append(append(extension.Comparisons("hstore_", "@hstore"), extension.Order("hstore_cmp(@hstore,@hstore)")), functions()...)}
}
