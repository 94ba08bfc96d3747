package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

// searchDocTable declares what of text search looks at documents: headlines, ranks by cover, tokens, parts of JSON.
func searchDocTable() []entry {
	var list []entry
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	add(rankFunction(textsearch.Rank, false), "ts_rank(tsvector,tsquery)", "ts_rank(tsvector,tsquery,int4)")
	add(rankFunction(textsearch.RankCovers, false), "ts_rank_cd(tsvector,tsquery)", "ts_rank_cd(tsvector,tsquery,int4)")
	add(rankFunction(textsearch.Rank, true), "ts_rank(_float4,tsvector,tsquery)", "ts_rank(_float4,tsvector,tsquery,int4)")
	add(rankFunction(textsearch.RankCovers, true), "ts_rank_cd(_float4,tsvector,tsquery)", "ts_rank_cd(_float4,tsvector,tsquery,int4)")
	for _, t := range []string{"text", "json", "jsonb"} {
		headline := headlineFunction(t)
		add(headline(false, false), "ts_headline("+t+",tsquery)")
		add(headline(false, true), "ts_headline("+t+",tsquery,text)")
		add(headline(true, false), "ts_headline(regconfig,"+t+",tsquery)")
		add(headline(true, true), "ts_headline(regconfig,"+t+",tsquery,text)")
	}
	for _, t := range []string{"json", "jsonb"} {
		add(partsFunction(false), t+"_to_tsvector("+t+",jsonb)")
		add(partsFunction(true), t+"_to_tsvector(regconfig,"+t+",jsonb)")
	}
	add(func(c *Call) (types.Datum, error) {
		d := c.searchDictionary(types.OID(c.Args[0].I))
		if d == nil {
			return types.Datum{}, errs.New("XX000", "cache lookup failed for text search dictionary %d", c.Args[0].I)
		}
		words, known := d.Lexize(c.Args[1].S)
		if !known {
			return types.Datum{}, nil
		}
		return textArray(texts(words)), nil
	}, "ts_lexize(regdictionary,text)")
	set := func(f SetFunc, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, set: f})
		}
	}
	set(func(c *Call, yield func([]types.Datum) bool) error {
		if err := defaultParser(c.Args[0]); err != nil {
			return err
		}
		for _, t := range textsearch.Tokens(strings.Clone(c.Args[1].S)) {
			if !yield([]types.Datum{types.Int(int64(t.Kind)), types.Text(t.Text)}) {
				break
			}
		}
		return nil
	}, "ts_parse(oid,text)", "ts_parse(text,text)")
	set(func(c *Call, yield func([]types.Datum) bool) error {
		if err := defaultParser(c.Args[0]); err != nil {
			return err
		}
		for k := textsearch.Kind(1); int(k) <= textsearch.Kinds; k++ {
			if !yield([]types.Datum{types.Int(int64(k)), types.Text(k.String()), types.Text(k.Description())}) {
				break
			}
		}
		return nil
	}, "ts_token_type(oid)", "ts_token_type(text)")
	set(func(c *Call, yield func([]types.Datum) bool) error {
		cfg, args, err := c.configured(1)
		if err != nil {
			return err
		}
		for _, t := range textsearch.Tokens(strings.Clone(args[0].S)) {
			row := []types.Datum{types.Text(t.Kind.String()), types.Text(t.Kind.Description()), types.Text(t.Text), types.Text("{}"), {}, {}}
			var names []types.Datum
			for _, d := range cfg.Dictionaries(t.Kind) {
				names = append(names, types.Text(d.Name()))
			}
			row[3] = textArray(names)
			// What the first dictionary that knows the token makes of it, also when that goes on to the next.
			for _, d := range cfg.Dictionaries(t.Kind) {
				if words, known := d.Lexize(t.Text); known {
					oid := c.Snapshot().FindSearchDictionary([]string{d.Name()}, searchPath(c))
					row[4], row[5] = types.Int(int64(oid)), textArray(texts(words))
					break
				}
			}
			if !yield(row) {
				break
			}
		}
		return nil
	}, "ts_debug(text)", "ts_debug(regconfig,text)")
	set(func(c *Call, yield func([]types.Datum) bool) error {
		v, err := textsearch.ParseVector(strings.Clone(c.Args[0].S))
		if err != nil {
			return err
		}
		for _, l := range v {
			row := []types.Datum{types.Text(l.Text), {}, {}}
			if len(l.Positions) > 0 {
				var at, weights []types.Datum
				for _, p := range l.Positions {
					at = append(at, types.Text(types.Out(types.ByOID(types.Int4OID), types.Int(int64(p.At)), nil)))
					weights = append(weights, types.Text("DCBA"[p.Weight:p.Weight+1]))
				}
				row[1], row[2] = textArray(at), textArray(weights)
			}
			if !yield(row) {
				break
			}
		}
		return nil
	}, "unnest(tsvector)")
	return list
}

func searchPath(c *Call) []string {
	if tx := c.Tx(); tx != nil {
		return tx.SearchPath()
	}
	return nil
}

func texts(words []string) []types.Datum {
	out := make([]types.Datum, len(words))
	for i, w := range words {
		out[i] = types.Text(w)
	}
	return out
}

// defaultParser checks the name or identifier of a parser; there is one.
func defaultParser(d types.Datum) error {
	if d.Kind == types.KindInt {
		if d.I != 3722 {
			return errs.New("XX000", "cache lookup failed for text search parser %d", d.I)
		}
		return nil
	}
	if name := strings.TrimPrefix(d.S, "pg_catalog."); name != "default" {
		return errs.New("42704", "text search parser \"%s\" does not exist", strings.Clone(d.S))
	}
	return nil
}

type ranking func(w [4]float32, v textsearch.Vector, q *textsearch.Query, method int) float32

// rankFunction ranks a vector by a query; weighted says that the weights come first.
func rankFunction(rank ranking, weighted bool) Func {
	return func(c *Call) (types.Datum, error) {
		args, w := c.Args, textsearch.DefaultWeights
		if weighted {
			var err error
			if w, err = readWeights(args[0]); err != nil {
				return types.Datum{}, err
			}
			args = args[1:]
		}
		v, err := textsearch.ParseVector(args[0].S)
		if err != nil {
			return types.Datum{}, err
		}
		q, err := readQuery(args[1])
		if err != nil {
			return types.Datum{}, err
		}
		method := 0
		if len(args) > 2 {
			method = int(args[2].I)
		}
		return types.Float(float64(rank(w, v, q, method))), nil
	}
}

// readWeights reads the weights of D, C, B and A; a negative one is the default.
func readWeights(d types.Datum) ([4]float32, error) {
	w := textsearch.DefaultWeights
	list, err := elements(types.ByOID(types.Float4ArrayOID), d, nil)
	if err != nil {
		return w, err
	}
	if len(list) == 0 {
		return w, errs.New("2202E", "array of weight must be one-dimensional")
	}
	if len(list) < len(w) {
		return w, errs.New("2202E", "array of weight is too short")
	}
	for _, x := range list {
		if x.IsNull() {
			return w, errs.New("22004", "array of weight must not contain nulls")
		}
	}
	for i := range w {
		x := float32(list[i].Float())
		if x >= 0 {
			w[i] = x
		}
		if w[i] > 1 {
			return w, errs.New("22023", "weight out of range")
		}
	}
	return w, nil
}

// headlineFunction makes ts_headline over a type of document.
func headlineFunction(document string) func(config, options bool) Func {
	return func(config, options bool) Func {
		return func(c *Call) (types.Datum, error) {
			args, oid := c.Args, types.OID(0)
			if config {
				oid, args = types.OID(args[0].I), args[1:]
			}
			cfg, err := c.searchConfig(oid)
			if err != nil {
				return types.Datum{}, err
			}
			q, err := readQuery(args[1])
			if err != nil {
				return types.Datum{}, err
			}
			text := ""
			if options {
				text = strings.Clone(args[2].S)
			}
			o, err := textsearch.ParseHeadlineOptions(text)
			if err != nil {
				return types.Datum{}, err
			}
			doc := strings.Clone(args[0].S)
			if document == "text" {
				return types.Text(cfg.Headline(doc, q, o)), nil
			}
			v, err := jsonval.ParseJSON(doc)
			if err != nil {
				return types.Datum{}, err
			}
			highlight(cfg, &v, q, o)
			if document == "jsonb" {
				return types.Text(v.String()), nil
			}
			return types.Text(string(v.AppendCompact(nil))), nil
		}
	}
}

// highlight puts headlines for the strings of a JSON value.
func highlight(cfg *textsearch.Config, v *jsonval.Value, q *textsearch.Query, o textsearch.HeadlineOptions) {
	v.Raw = ""
	switch v.Kind {
	case jsonval.String:
		v.Text = cfg.Headline(v.Text, q, o)
	case jsonval.Array, jsonval.Object:
		for i := range v.Items {
			highlight(cfg, &v.Items[i], q, o)
		}
	}
}

// The parts of a JSON value that can be searched.
const (
	jsonStrings = 1 << iota
	jsonNumbers
	jsonBooleans
	jsonKeys
)

const partHint = `Possible values are: "string", "numeric", "boolean", "key", and "all".`

// partsFunction makes json_to_tsvector.
func partsFunction(config bool) Func {
	return func(c *Call) (types.Datum, error) {
		args, oid := c.Args, types.OID(0)
		if config {
			oid, args = types.OID(args[0].I), args[1:]
		}
		cfg, err := c.searchConfig(oid)
		if err != nil {
			return types.Datum{}, err
		}
		filter, err := jsonval.Parse(strings.Clone(args[1].S))
		if err != nil {
			return types.Datum{}, err
		}
		parts, err := readParts(&filter)
		if err != nil {
			return types.Datum{}, err
		}
		v, err := jsonval.ParseJSON(strings.Clone(args[0].S))
		if err != nil {
			return types.Datum{}, err
		}
		b := cfg.NewBuilder()
		addParts(b, &v, parts)
		return vectorOut(b.Vector()), nil
	}
}

func readParts(filter *jsonval.Value) (parts int, err error) {
	list := []jsonval.Value{*filter}
	switch filter.Kind {
	case jsonval.Array:
		list = filter.Items
	case jsonval.Object:
		return 0, errs.New("22023", "wrong flag type, only arrays and scalars are allowed")
	}
	for _, f := range list {
		if f.Kind != jsonval.String {
			return 0, errs.New("22023", "flag array element is not a string").WithHint(partHint)
		}
		switch strings.ToLower(f.Text) {
		case "all":
			parts |= jsonStrings | jsonNumbers | jsonBooleans | jsonKeys
		case "key":
			parts |= jsonKeys
		case "string":
			parts |= jsonStrings
		case "numeric":
			parts |= jsonNumbers
		case "boolean":
			parts |= jsonBooleans
		default:
			return 0, errs.New("22023", "wrong flag in flag array: \"%s\"", f.Text).WithHint(partHint)
		}
	}
	return parts, nil
}

func addParts(b *textsearch.Builder, v *jsonval.Value, parts int) {
	switch v.Kind {
	case jsonval.String:
		if parts&jsonStrings != 0 {
			b.Add(v.Text)
		}
	case jsonval.Number:
		if parts&jsonNumbers != 0 {
			b.Add(v.Text)
		}
	case jsonval.Bool:
		if parts&jsonBooleans != 0 {
			if v.Bool {
				b.Add("true")
			} else {
				b.Add("false")
			}
		}
	case jsonval.Array, jsonval.Object:
		for i := range v.Items {
			if v.Kind == jsonval.Object && parts&jsonKeys != 0 {
				b.Add(v.Keys[i])
			}
			addParts(b, &v.Items[i], parts)
		}
	}
}
