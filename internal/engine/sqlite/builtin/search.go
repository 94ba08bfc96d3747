package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/unaccent"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

// searchConfig finds a text search configuration, the session's own for an identifier of 0.
func (c *Call) searchConfig(oid types.OID) (*textsearch.Config, error) {
	if oid == 0 {
		var err error
		if oid, err = c.ownConfig(); err != nil {
			return nil, err
		}
	}
	h := c.host
	if snap := c.Snapshot(); h.searchesOf != snap {
		h.searchesOf = snap
		clear(h.searches)
	}
	if cfg := h.searches[oid]; cfg != nil {
		return cfg, nil
	}
	cfg, err := c.makeConfig(oid)
	if err == nil {
		h.searches[oid] = cfg
	}
	return cfg, err
}

// ownConfig is the configuration default_text_search_config names.
func (c *Call) ownConfig() (types.OID, error) {
	name := "pg_catalog.english"
	if tx := c.Tx(); tx != nil {
		if v, ok := tx.Setting("default_text_search_config"); ok && v != "" {
			name = v
		}
	}
	oid := c.Snapshot().FindSearchConfig(strings.Split(name, "."), nil)
	if oid == 0 {
		return 0, errs.New("42704", "text search configuration \"%s\" does not exist", strings.Clone(name))
	}
	return oid, nil
}

func (c *Call) makeConfig(oid types.OID) (*textsearch.Config, error) {
	if name := catalog.TextSearchConfigName(oid); name != "" {
		return textsearch.FindConfig(name)
	}
	own := c.Snapshot().SearchConfigByOID(oid)
	if own == nil {
		return nil, errs.New("XX000", "cache lookup failed for text search configuration %d", oid)
	}
	cfg := textsearch.NewConfig(own.Name)
	for k, list := range own.Maps {
		var dicts []*textsearch.Dictionary
		for _, d := range list {
			if x := c.searchDictionary(d); x != nil {
				dicts = append(dicts, x)
			}
		}
		cfg.Map(textsearch.Kind(k), dicts)
	}
	return cfg, nil
}

// searchDictionary finds a dictionary, nil when there is none.
func (c *Call) searchDictionary(oid types.OID) *textsearch.Dictionary {
	if oid == catalog.UnaccentDictionary {
		return textsearch.NewFilter("unaccent", func(word string) (string, bool) {
			plain := unaccent.Unaccent(word)
			return plain, plain != word
		})
	}
	if name := catalog.TextSearchDictionaryName(oid); name != "" {
		return textsearch.FindDictionary(name)
	}
	if own := c.Snapshot().SearchConfigByOID(oid); own != nil && own.Base != 0 {
		if base := textsearch.FindDictionary(catalog.TextSearchDictionaryName(own.Base)); base != nil {
			return base.Named(own.Name, own.NoStop)
		}
	}
	return nil
}

// configured gives the configuration of a call whose first argument may name one, and the other arguments.
func (c *Call) configured(n int) (*textsearch.Config, []types.Datum, error) {
	args, oid := c.Args, types.OID(0)
	if len(args) > n {
		oid, args = types.OID(args[0].I), args[1:]
	}
	cfg, err := c.searchConfig(oid)
	return cfg, args, err
}

func readQuery(d types.Datum) (*textsearch.Query, error) { return textsearch.ParseQuery(d.S) }

func queryOut(q *textsearch.Query) types.Datum { return types.Text(q.String()) }

func vectorOut(v textsearch.Vector) types.Datum { return types.Text(v.String()) }

// searchTable declares text search.
func searchTable() []entry {
	var list []entry
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	add(func(c *Call) (types.Datum, error) {
		cfg, args, err := c.configured(1)
		if err != nil {
			return types.Datum{}, err
		}
		return vectorOut(cfg.Vector(strings.Clone(args[0].S))), nil
	}, "to_tsvector(text)", "to_tsvector(regconfig,text)")
	add(func(c *Call) (types.Datum, error) {
		cfg, args, err := c.configured(1)
		if err != nil {
			return types.Datum{}, err
		}
		v, err := jsonval.ParseJSON(strings.Clone(args[0].S))
		if err != nil {
			return types.Datum{}, err
		}
		b := cfg.NewBuilder()
		addStrings(b, &v)
		return vectorOut(b.Vector()), nil
	}, "to_tsvector(json)", "to_tsvector(jsonb)", "to_tsvector(regconfig,json)", "to_tsvector(regconfig,jsonb)")
	query := func(name string, f func(cfg *textsearch.Config, s string) (*textsearch.Query, error)) {
		add(func(c *Call) (types.Datum, error) {
			cfg, args, err := c.configured(1)
			if err != nil {
				return types.Datum{}, err
			}
			q, err := f(cfg, strings.Clone(args[0].S))
			if err != nil {
				return types.Datum{}, err
			}
			return queryOut(q), nil
		}, name+"(text)", name+"(regconfig,text)")
	}
	query("to_tsquery", (*textsearch.Config).Query)
	query("plainto_tsquery", func(c *textsearch.Config, s string) (*textsearch.Query, error) { return c.Plain(s), nil })
	query("phraseto_tsquery", func(c *textsearch.Config, s string) (*textsearch.Query, error) { return c.PhraseQuery(s), nil })
	query("websearch_to_tsquery", func(c *textsearch.Config, s string) (*textsearch.Query, error) { return c.Web(s), nil })

	match := func(v, q types.Datum) (types.Datum, error) {
		vector, err := textsearch.ParseVector(v.S)
		if err != nil {
			return types.Datum{}, err
		}
		tree, err := readQuery(q)
		if err != nil {
			return types.Datum{}, err
		}
		return types.Bool(textsearch.Match(vector, tree)), nil
	}
	list = append(list,
		entry{sig: "ts_match_vq(tsvector,tsquery)", safe: true, fn: func(c *Call) (types.Datum, error) { return match(c.Args[0], c.Args[1]) }},
		entry{sig: "ts_match_qv(tsquery,tsvector)", safe: true, fn: func(c *Call) (types.Datum, error) { return match(c.Args[1], c.Args[0]) }},
		entry{sig: "ts_match_tq(text,tsquery)", safe: true, fn: func(c *Call) (types.Datum, error) {
			cfg, err := c.searchConfig(0)
			if err != nil {
				return types.Datum{}, err
			}
			q, err := readQuery(c.Args[1])
			if err != nil {
				return types.Datum{}, err
			}
			return types.Bool(textsearch.Match(cfg.Vector(c.Args[0].S), q)), nil
		}},
		entry{sig: "ts_match_tt(text,text)", safe: true, fn: func(c *Call) (types.Datum, error) {
			cfg, err := c.searchConfig(0)
			if err != nil {
				return types.Datum{}, err
			}
			return types.Bool(textsearch.Match(cfg.Vector(c.Args[0].S), cfg.Plain(c.Args[1].S))), nil
		}},
	)
	vector := func(sig string, f func(v textsearch.Vector, c *Call) (types.Datum, error)) {
		add(func(c *Call) (types.Datum, error) {
			v, err := textsearch.ParseVector(strings.Clone(c.Args[0].S))
			if err != nil {
				return types.Datum{}, err
			}
			return f(v, c)
		}, sig)
	}
	vector("length(tsvector)", func(v textsearch.Vector, _ *Call) (types.Datum, error) { return types.Int(int64(len(v))), nil })
	vector("strip(tsvector)", func(v textsearch.Vector, _ *Call) (types.Datum, error) { return vectorOut(textsearch.Strip(v)), nil })
	weight := func(v textsearch.Vector, c *Call) (types.Datum, error) {
		w := -1
		if len(c.Args[1].S) == 1 {
			w = strings.IndexByte("dcba", c.Args[1].S[0]|0x20)
		}
		if w < 0 {
			given := []byte(c.Args[1].S + "\x00")[0]
			if len(c.Args) > 2 {
				return types.Datum{}, errs.New("XX000", "unrecognized weight: %s", strings.TrimRight(string(rune(given)), "\x00"))
			}
			return types.Datum{}, errs.New("XX000", "unrecognized weight: %d", int8(given))
		}
		var only map[string]bool
		if len(c.Args) > 2 {
			words, err := textList(c.Args[2])
			if err != nil {
				return types.Datum{}, err
			}
			only = map[string]bool{}
			for _, x := range words {
				only[x.S] = true
			}
		}
		return vectorOut(textsearch.SetWeight(v, w, only)), nil
	}
	vector("setweight(tsvector,char)", weight)
	vector("setweight(tsvector,char,_text)", weight)
	vector("tsvector_concat(tsvector,tsvector)", func(v textsearch.Vector, c *Call) (types.Datum, error) {
		o, err := textsearch.ParseVector(strings.Clone(c.Args[1].S))
		return vectorOut(textsearch.Concat(v, o)), err
	})
	vector("tsvector_to_array(tsvector)", func(v textsearch.Vector, _ *Call) (types.Datum, error) {
		var out []types.Datum
		for _, l := range v {
			out = append(out, types.Text(l.Text))
		}
		return textArray(out), nil
	})
	vector("ts_delete(tsvector,text)", func(v textsearch.Vector, c *Call) (types.Datum, error) {
		var out textsearch.Vector
		for _, l := range v {
			if l.Text != c.Args[1].S {
				out = append(out, l)
			}
		}
		return vectorOut(out), nil
	})
	add(func(c *Call) (types.Datum, error) {
		words, err := textList(c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		var list []string
		for _, w := range words {
			if w.IsNull() {
				return types.Datum{}, errs.New("22004", "lexeme array may not contain nulls")
			}
			if w.S == "" {
				return types.Datum{}, errs.New("2200F", "lexeme array may not contain empty strings")
			}
			list = append(list, w.S)
		}
		return vectorOut(textsearch.FromWords(list)), nil
	}, "array_to_tsvector(_text)")

	join := func(op textsearch.Op) Func {
		return func(c *Call) (types.Datum, error) {
			if len(c.Args) > 2 && (c.Args[2].I < 0 || c.Args[2].I > 16384) {
				return types.Datum{}, errs.New("22023", "distance in phrase operator must be an integer value between zero and 16384 inclusive")
			}
			a, err := readQuery(c.Args[0])
			if err != nil {
				return types.Datum{}, err
			}
			b, err := readQuery(c.Args[1])
			switch {
			case err != nil:
				return types.Datum{}, err
			case a == nil:
				return queryOut(b), nil
			case b == nil:
				return queryOut(a), nil
			}
			distance := 0
			if op == textsearch.Phrase {
				distance = 1
				if len(c.Args) > 2 {
					distance = int(c.Args[2].I)
				}
			}
			return queryOut(&textsearch.Query{Op: op, Left: a, Right: b, Distance: distance}), nil
		}
	}
	add(join(textsearch.And), "tsquery_and(tsquery,tsquery)")
	add(join(textsearch.Or), "tsquery_or(tsquery,tsquery)")
	add(join(textsearch.Phrase), "tsquery_phrase(tsquery,tsquery)", "tsquery_phrase(tsquery,tsquery,int4)")
	add(func(c *Call) (types.Datum, error) {
		q, err := readQuery(c.Args[0])
		if err != nil || q == nil {
			return types.Text(""), err
		}
		return queryOut(&textsearch.Query{Op: textsearch.Not, Right: q}), nil
	}, "tsquery_not(tsquery)")
	add(func(c *Call) (types.Datum, error) {
		q, err := readQuery(c.Args[0])
		return types.Int(int64(nodes(q))), err
	}, "numnode(tsquery)")
	add(func(c *Call) (types.Datum, error) {
		q, err := readQuery(c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		part, any := textsearch.Indexable(q)
		if any {
			return types.Text("T"), nil
		}
		return queryOut(part), nil
	}, "querytree(tsquery)")
	add(func(c *Call) (types.Datum, error) {
		var q [3]*textsearch.Query
		for i := range q {
			var err error
			if q[i], err = readQuery(keep(c.Args[i])); err != nil {
				return types.Datum{}, err
			}
		}
		return queryOut(textsearch.Rewrite(q[0], q[1], q[2])), nil
	}, "ts_rewrite(tsquery,tsquery,tsquery)")
	two := func(f func(a, b *textsearch.Query) types.Datum) Func {
		return func(c *Call) (types.Datum, error) {
			a, err := readQuery(c.Args[0])
			if err != nil {
				return types.Datum{}, err
			}
			b, err := readQuery(c.Args[1])
			if err != nil {
				return types.Datum{}, err
			}
			return f(a, b), nil
		}
	}
	add(two(func(a, b *textsearch.Query) types.Datum { return types.Bool(textsearch.Contains(a, b)) }), "tsq_mcontains(tsquery,tsquery)")
	add(two(func(a, b *textsearch.Query) types.Datum { return types.Bool(textsearch.Contains(b, a)) }), "tsq_mcontained(tsquery,tsquery)")
	add(two(func(a, b *textsearch.Query) types.Datum { return types.Int(int64(textsearch.CompareQueries(a, b))) }), "tsquery_cmp(tsquery,tsquery)")
	vector("tsvector_cmp(tsvector,tsvector)", func(v textsearch.Vector, c *Call) (types.Datum, error) {
		o, err := textsearch.ParseVector(c.Args[1].S)
		return types.Int(int64(textsearch.CompareVectors(v, o))), err
	})
	vector("ts_delete(tsvector,_text)", func(v textsearch.Vector, c *Call) (types.Datum, error) {
		words, err := textList(c.Args[1])
		if err != nil {
			return types.Datum{}, err
		}
		drop := map[string]bool{}
		for _, w := range words {
			if !w.IsNull() {
				drop[w.S] = true
			}
		}
		return vectorOut(textsearch.Delete(v, drop)), nil
	})
	vector("ts_filter(tsvector,_char)", func(v textsearch.Vector, c *Call) (types.Datum, error) {
		list, err := elements(types.ByOID(types.CharArrayOID), c.Args[1], nil)
		if err != nil {
			return types.Datum{}, err
		}
		weights := uint8(0)
		for _, x := range list {
			if x.IsNull() {
				return types.Datum{}, errs.New("22004", "weight array may not contain nulls")
			}
			w := -1
			if len(x.S) == 1 {
				w = strings.IndexByte("dcba", x.S[0]|0x20)
			}
			if w < 0 {
				return types.Datum{}, errs.New("22023", "unrecognized weight: \"%s\"", x.S)
			}
			weights |= 1 << w
		}
		return vectorOut(textsearch.Filter(v, weights)), nil
	})
	add(func(c *Call) (types.Datum, error) {
		oid, err := c.ownConfig()
		return types.Int(int64(oid)), err
	}, "get_current_ts_config()")
	return append(list, searchDocTable()...)
}

func nodes(q *textsearch.Query) int {
	if q == nil {
		return 0
	}
	return 1 + nodes(q.Left) + nodes(q.Right)
}

// addStrings adds the strings of a JSON value, keys not among them.
func addStrings(b *textsearch.Builder, v *jsonval.Value) {
	switch v.Kind {
	case jsonval.String:
		b.Add(v.Text)
	case jsonval.Array, jsonval.Object:
		for i := range v.Items {
			addStrings(b, &v.Items[i])
		}
	}
}
