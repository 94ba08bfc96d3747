package ltree

import (
	_ "embed" // the facts of the extension's objects
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

type values = []types.Datum

// Extension is ltree.
func Extension() *extension.Extension {
	native := func(name string, unordered bool, read func(string) (string, error)) *types.Native {
		return &types.Native{Key: "ltree." + name, Unordered: unordered, In: func(s string, _ *types.Env) (types.Datum, error) {
			out, err := read(s)
			return types.Text(out), err
		}}
	}
	x := &extension.Extension{Name: "ltree", Version: "1.2", Comment: "data type for hierarchical tree-like structures", Older: []string{"1.0", "1.1"},
		Objects: objects,
		Types: map[string]*types.Native{
			"ltree": native("ltree", false, func(s string) (string, error) {
				p, err := parsePath(s)
				return p.String(), err
			}),
			"lquery": native("lquery", true, func(s string) (string, error) {
				q, err := parseQuery(s)
				return q.String(), err
			}),
			"ltxtquery": native("ltxtquery", true, func(s string) (string, error) {
				n, err := parseText(s)
				if err != nil {
					return "", err
				}
				return n.String(), nil
			}),
			"ltree_gist": native("ltree_gist", true, func(string) (string, error) {
				_, err := extension.Bad("0A000", "cannot accept a value of type %s", "ltree_gist")
				return "", err
			}),
		},
		Functions: append(extension.Comparisons("ltree_", "@ltree"), extension.Order("ltree_cmp(@ltree,@ltree)")),
	}
	add := func(sig string, f func(v values) (types.Datum, error)) {
		x.Functions = append(x.Functions, extension.Function{Sig: sig, Fn: func(c extension.Call) (types.Datum, error) { return f(c.Values()) }})
	}
	made := func(p path, err error) (types.Datum, error) {
		if err != nil {
			return types.Datum{}, err
		}
		return types.Text(p.String()), nil
	}
	add("subltree(@ltree,int4,int4)", func(v values) (types.Datum, error) {
		return made(split(v[0].S).sub(int(v[1].I), int(v[2].I)))
	})
	subpath := func(v values) (types.Datum, error) {
		p := split(v[0].S)
		start, end := int(v[1].I), len(p)
		if start < 0 {
			start += len(p)
		}
		if start < 0 {
			start = len(p) - start
		}
		if len(v) == 3 {
			switch n := int(v[2].I); {
			case n < 0:
				end = len(p) + n
			case n == 0:
				end = start
			default:
				end = start + n
			}
		}
		return made(p.sub(start, end))
	}
	add("subpath(@ltree,int4,int4)", subpath)
	add("subpath(@ltree,int4)", subpath)
	index := func(v values) (types.Datum, error) {
		from := 0
		if len(v) == 3 {
			from = int(v[2].I)
		}
		return types.Int(int64(split(v[0].S).index(split(v[1].S), from))), nil
	}
	add("index(@ltree,@ltree)", index)
	add("index(@ltree,@ltree,int4)", index)
	add("nlevel(@ltree)", func(v values) (types.Datum, error) { return types.Int(int64(len(split(v[0].S)))), nil })
	add("ltree2text(@ltree)", func(v values) (types.Datum, error) { return types.Text(extension.Own(v[0])), nil })
	add("text2ltree(text)", func(v values) (types.Datum, error) { return made(parsePath(v[0].S)) })
	lca := func(list []path) (types.Datum, error) {
		if p, ok := common(list); ok {
			return made(p, nil)
		}
		return types.Datum{}, nil
	}
	add("lca(@_ltree)", func(v values) (types.Datum, error) { return lca(paths(v[0])) })
	for n := 2; n <= 8; n++ {
		add("lca("+strings.TrimSuffix(strings.Repeat("@ltree,", n), ",")+")", func(v values) (types.Datum, error) {
			var list []path
			for _, d := range v {
				list = append(list, split(d.S))
			}
			return lca(list)
		})
	}
	join := func(a, b path) (types.Datum, error) {
		if n := len(a) + len(b); n > maxLevels {
			return extension.Bad("54000", "number of ltree labels (%d) exceeds the maximum allowed (%d)", n, maxLevels)
		}
		return made(append(append(path{}, a...), b...), nil)
	}
	add("ltree_addltree(@ltree,@ltree)", func(v values) (types.Datum, error) { return join(split(v[0].S), split(v[1].S)) })
	add("ltree_addtext(@ltree,text)", func(v values) (types.Datum, error) {
		p, err := parsePath(v[1].S)
		if err != nil {
			return types.Datum{}, err
		}
		return join(split(v[0].S), p)
	})
	add("ltree_textadd(text,@ltree)", func(v values) (types.Datum, error) {
		p, err := parsePath(v[0].S)
		if err != nil {
			return types.Datum{}, err
		}
		return join(p, split(v[1].S))
	})

	// The tests of a path, and what is made of them for both orders of the operands and for arrays.
	type test func(p path, with string) (bool, error)
	above := func(p path, with string) (bool, error) { return p.ancestorOf(split(with)), nil }
	below := func(p path, with string) (bool, error) { return split(with).ancestorOf(p), nil }
	like := func(p path, with string) (bool, error) {
		q, err := parseQuery(with)
		return err == nil && q.matches(p), err
	}
	anyLike := func(p path, with string) (bool, error) {
		for _, e := range extension.Array(types.Text(with)).Elems {
			if ok, err := like(p, e.Text); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
	text := func(p path, with string) (bool, error) {
		n, err := parseText(with)
		return err == nil && n.matches(p), err
	}
	one := func(f test, at int) func(v values) (types.Datum, error) {
		return func(v values) (types.Datum, error) {
			ok, err := f(split(v[at].S), v[1-at].S)
			return types.Bool(ok), err
		}
	}
	first := func(f test, list types.Datum, with string) (types.Datum, error) {
		for _, p := range paths(list) {
			ok, err := f(p, with)
			if err != nil {
				return types.Datum{}, err
			}
			if ok {
				return types.Text(p.String()), nil
			}
		}
		return types.Datum{}, nil
	}
	any := func(f test, at int) func(v values) (types.Datum, error) {
		return func(v values) (types.Datum, error) {
			d, err := first(f, v[at], v[1-at].S)
			return types.Bool(!d.IsNull()), err
		}
	}
	extract := func(f test) func(v values) (types.Datum, error) {
		return func(v values) (types.Datum, error) { return first(f, v[0], v[1].S) }
	}
	const tree, trees = "@ltree", "@_ltree"
	for _, t := range []struct {
		f                                test
		with, name, turned, all, turnAll string
	}{
		{like, "@lquery", "ltq_regex", "ltq_rregex", "_ltq_regex", "_ltq_rregex"},
		{anyLike, "@_lquery", "lt_q_regex", "lt_q_rregex", "_lt_q_regex", "_lt_q_rregex"},
		{text, "@ltxtquery", "ltxtq_exec", "ltxtq_rexec", "_ltxtq_exec", "_ltxtq_rexec"},
	} {
		add(t.name+"("+tree+","+t.with+")", one(t.f, 0))
		add(t.turned+"("+t.with+","+tree+")", one(t.f, 1))
		add(t.all+"("+trees+","+t.with+")", any(t.f, 0))
		add(t.turnAll+"("+t.with+","+trees+")", any(t.f, 1))
	}
	add("ltree_isparent(@ltree,@ltree)", one(above, 0))
	add("ltree_risparent(@ltree,@ltree)", one(below, 0))
	add("_ltree_isparent(@_ltree,@ltree)", any(above, 0))
	add("_ltree_r_isparent(@ltree,@_ltree)", any(above, 1))
	add("_ltree_risparent(@_ltree,@ltree)", any(below, 0))
	add("_ltree_r_risparent(@ltree,@_ltree)", any(below, 1))
	add("_ltree_extract_isparent(@_ltree,@ltree)", extract(above))
	add("_ltree_extract_risparent(@_ltree,@ltree)", extract(below))
	add("_ltq_extract_regex(@_ltree,@lquery)", extract(like))
	add("_ltxtq_extract_exec(@_ltree,@ltxtquery)", extract(text))
	return x
}

func paths(d types.Datum) []path {
	var out []path
	for _, e := range extension.Array(d).Elems {
		if !e.Null {
			out = append(out, split(e.Text))
		}
	}
	return out
}
