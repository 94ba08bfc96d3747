package citext

import (
	_ "embed" // the facts of the extension's objects
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

// compare orders texts by their lower-case letters.
func compare(a, b string) int {
	if a == b {
		return 0
	}
	return strings.Compare(strings.ToLower(a), strings.ToLower(b))
}

// Extension is citext.
func Extension() *extension.Extension {
	const t = "@citext"
	x := &extension.Extension{Name: "citext", Version: "1.6", Comment: "data type for case-insensitive character strings",
		Older: []string{"1.4", "1.5"}, Objects: objects,
		Types: map[string]*types.Native{"citext": {Key: "citext.citext", Collated: true, Compare: compare,
			In: func(text string, _ *types.Env) (types.Datum, error) { return types.Text(text), nil }}},
		Functions: append(extension.Comparisons("citext_", t),
			extension.Order("citext_cmp(@citext,@citext)"),
			extension.Function{Sig: "citext(bpchar)", Fn: func(c extension.Call) (types.Datum, error) {
				return types.Text(strings.TrimRight(c.Values()[0].S, " ")), nil
			}},
			extension.Function{Sig: "citext(bool)", Same: "CASE WHEN $1 THEN 'true' ELSE 'false' END"},
			extension.Function{Sig: "citext(inet)", Fn: func(c extension.Call) (types.Datum, error) {
				s := extension.Own(c.Values()[0])
				if !strings.Contains(s, "/") {
					if strings.Contains(s, ":") {
						s += "/128"
					} else {
						s += "/32"
					}
				}
				return types.Text(s), nil
			}},
			extension.Function{Sig: "citext_smaller(@citext,@citext)", Fn: pick(-1)}, extension.Function{Sig: "citext_larger(@citext,@citext)", Fn: pick(1)},
			extension.Function{Sig: "min(@citext)", Extreme: "min"}, extension.Function{Sig: "max(@citext)", Extreme: "max"},
			extension.Function{Sig: "strpos(@citext,@citext)", Fn: func(c extension.Call) (types.Datum, error) {
				v := c.Values()
				s := strings.ToLower(v[0].S)
				at := strings.Index(s, strings.ToLower(v[1].S))
				if at < 0 {
					return types.Int(0), nil
				}
				return types.Int(int64(len([]rune(s[:at])) + 1)), nil
			}},
			extension.Function{Sig: "replace(@citext,@citext,@citext)", As: "regexp_replace(text,text,text,text)", Args: func(v []types.Datum) []types.Datum {
				return []types.Datum{v[0], types.Text(escaped(v[1].S)), v[2], types.Text("gi")}
			}},
			extension.Function{Sig: "split_part(@citext,@citext,int4)", Fn: splitPart},
			extension.Function{Sig: "translate(@citext,@citext,text)", Fn: translate},
		)}
	for _, p := range []struct{ name, op string }{{"lt", "<"}, {"le", "<="}, {"gt", ">"}, {"ge", ">="}} {
		x.Functions = append(x.Functions, extension.Function{Sig: "citext_pattern_" + p.name + "(@citext,@citext)", Fn: func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			return types.Bool(extension.Holds(p.op, compare(v[0].S, v[1].S))), nil
		}})
	}
	x.Functions = append(x.Functions, extension.Function{Sig: "citext_pattern_cmp(@citext,@citext)", Fn: func(c extension.Call) (types.Datum, error) {
		v := c.Values()
		return types.Int(int64(compare(v[0].S, v[1].S))), nil
	}})
	for _, right := range []string{t, "text"} {
		for _, name := range []string{"texticlike", "texticnlike", "texticregexeq", "texticregexne"} {
			x.Functions = append(x.Functions, extension.Function{Sig: name + "(@citext," + right + ")", As: name + "(text,text)"})
		}
	}
	for _, name := range []string{"regexp_match", "regexp_matches", "regexp_split_to_array", "regexp_split_to_table"} {
		x.Functions = append(x.Functions,
			extension.Function{Sig: name + "(@citext,@citext)", As: name + "(text,text,text)", Args: func(v []types.Datum) []types.Datum { return append(v, types.Text("i")) }},
			extension.Function{Sig: name + "(@citext,@citext,text)", As: name + "(text,text,text)", Args: flags(2)})
	}
	x.Functions = append(x.Functions,
		extension.Function{Sig: "regexp_replace(@citext,@citext,text)", As: "regexp_replace(text,text,text,text)", Args: func(v []types.Datum) []types.Datum { return append(v, types.Text("i")) }},
		extension.Function{Sig: "regexp_replace(@citext,@citext,text,text)", As: "regexp_replace(text,text,text,text)", Args: flags(3)})
	return x
}

// flags makes a regular expression's flags ignore case, unless they say otherwise.
func flags(at int) func([]types.Datum) []types.Datum {
	return func(v []types.Datum) []types.Datum {
		if !strings.Contains(v[at].S, "c") {
			v[at] = types.Text(v[at].S + "i")
		}
		return v
	}
}

// escaped is a text as a regular expression that matches it alone.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r >= 0x80) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func pick(sign int) extension.Func {
	return func(c extension.Call) (types.Datum, error) {
		v := c.Values()
		if sign*compare(v[0].S, v[1].S) > 0 {
			return types.Text(extension.Own(v[0])), nil
		}
		return types.Text(extension.Own(v[1])), nil
	}
}

func splitPart(c extension.Call) (types.Datum, error) {
	v := c.Values()
	s, by, n := v[0].S, v[1].S, int(v[2].I)
	low, sep := strings.ToLower(s), strings.ToLower(by)
	var parts []string
	switch {
	case len(low) != len(s):
		// Lower case of another length: the pieces are those of the lower case.
		s = low
		fallthrough
	default:
		for sep != "" {
			i := strings.Index(low, sep)
			if i < 0 {
				break
			}
			parts = append(parts, s[:i])
			s, low = s[i+len(sep):], low[i+len(sep):]
		}
		if sep == "" {
			for _, r := range s {
				parts = append(parts, string(r))
			}
		} else {
			parts = append(parts, s)
		}
	}
	if n < 1 || n > len(parts) {
		return types.Datum{}, nil
	}
	return types.Text(strings.Clone(parts[n-1])), nil
}

func translate(c extension.Call) (types.Datum, error) {
	v := c.Values()
	step := func(s string, from, to []rune) string {
		var b strings.Builder
	next:
		for _, r := range s {
			for i, f := range from {
				if f == r {
					if i < len(to) {
						b.WriteRune(to[i])
					}
					continue next
				}
			}
			b.WriteRune(r)
		}
		return b.String()
	}
	to := []rune(v[2].S)
	s := step(v[0].S, []rune(strings.ToLower(v[1].S)), to)
	return types.Text(step(s, []rune(strings.ToUpper(v[1].S)), to)), nil
}
