package hstore

import (
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

func functions() []extension.Function {
	type call = extension.Call
	type result = types.Datum
	fn := func(sig string, f func(v []types.Datum) (result, error)) extension.Function {
		return extension.Function{Sig: sig, Fn: func(c call) (result, error) { return f(c.Values()) }}
	}
	exists := func(v []types.Datum) (result, error) {
		_, ok := find(of(v[0]), v[1].S)
		return types.Bool(ok), nil
	}
	defined := func(v []types.Datum) (result, error) {
		p, ok := find(of(v[0]), v[1].S)
		return types.Bool(ok && !p.null), nil
	}
	contains := func(a, b []pair) result {
		for _, p := range b {
			if q, ok := find(a, p.key); !ok || q != p {
				return types.Bool(false)
			}
		}
		return types.Bool(true)
	}
	one := func(v []types.Datum) (result, error) {
		if v[0].IsNull() {
			return result{}, nil
		}
		return datum([]pair{{key: v[0].S, value: v[1].S, null: v[1].IsNull()}}), nil
	}
	return []extension.Function{
		fn("fetchval(@hstore,text)", func(v []types.Datum) (result, error) {
			if p, _ := find(of(v[0]), v[1].S); !p.null {
				return types.Text(p.value), nil
			}
			return result{}, nil
		}),
		fn("slice_array(@hstore,_text)", func(v []types.Datum) (result, error) {
			list, a := of(v[0]), extension.Array(v[1])
			for i, e := range a.Elems {
				p := pair{null: true}
				if !e.Null {
					p, _ = find(list, e.Text)
				}
				a.Elems[i] = array.Elem{Text: p.value, Null: p.null}
			}
			return types.Text(a.String()), nil
		}),
		fn("slice(@hstore,_text)", func(v []types.Datum) (result, error) {
			list := of(v[0])
			var out []pair
			for _, k := range keys(v[1]) {
				if p, ok := find(list, k); ok {
					out = append(out, p)
				}
			}
			return datum(set(out)), nil
		}),
		fn("isexists(@hstore,text)", exists), fn("exist(@hstore,text)", exists),
		fn("isdefined(@hstore,text)", defined), fn("defined(@hstore,text)", defined),
		fn("exists_any(@hstore,_text)", func(v []types.Datum) (result, error) {
			list := of(v[0])
			for _, k := range keys(v[1]) {
				if _, ok := find(list, k); ok {
					return types.Bool(true), nil
				}
			}
			return types.Bool(false), nil
		}),
		fn("exists_all(@hstore,_text)", func(v []types.Datum) (result, error) {
			list := of(v[0])
			for _, k := range keys(v[1]) {
				if _, ok := find(list, k); !ok {
					return types.Bool(false), nil
				}
			}
			return types.Bool(true), nil
		}),
		fn("delete(@hstore,text)", func(v []types.Datum) (result, error) {
			return datum(without(of(v[0]), func(p pair) bool { return p.key == v[1].S })), nil
		}),
		fn("delete(@hstore,_text)", func(v []types.Datum) (result, error) {
			gone := map[string]bool{}
			for _, k := range keys(v[1]) {
				gone[k] = true
			}
			return datum(without(of(v[0]), func(p pair) bool { return gone[p.key] })), nil
		}),
		fn("delete(@hstore,@hstore)", func(v []types.Datum) (result, error) {
			other := of(v[1])
			return datum(without(of(v[0]), func(p pair) bool {
				q, ok := find(other, p.key)
				return ok && q == p
			})), nil
		}),
		fn("hs_concat(@hstore,@hstore)", func(v []types.Datum) (result, error) { return datum(set(append(of(v[1]), of(v[0])...))), nil }),
		fn("hs_contains(@hstore,@hstore)", func(v []types.Datum) (result, error) { return contains(of(v[0]), of(v[1])), nil }),
		fn("hs_contained(@hstore,@hstore)", func(v []types.Datum) (result, error) { return contains(of(v[1]), of(v[0])), nil }),
		fn("tconvert(text,text)", one), fn("hstore(text,text)", one),
		fn("hstore(_text,_text)", fromArrays),
		fn("hstore(_text)", fromArray),
		fn("hstore_to_json(@hstore)", func(v []types.Datum) (result, error) { return types.Text(toJSON(of(v[0]), false)), nil }),
		fn("hstore_to_json_loose(@hstore)", func(v []types.Datum) (result, error) { return types.Text(toJSON(of(v[0]), true)), nil }),
		fn("hstore_to_jsonb(@hstore)", func(v []types.Datum) (result, error) { return types.Text(toJSON(of(v[0]), false)), nil }),
		fn("hstore_to_jsonb_loose(@hstore)", func(v []types.Datum) (result, error) {
			s, err := jsonval.Canonical(toJSON(of(v[0]), true))
			return types.Text(s), err
		}),
		{Sig: "hstore(record)", Typed: true, Fn: fromRecord},
		fn("hstore_to_array(@hstore)", func(v []types.Datum) (result, error) { return extension.Elems(flat(of(v[0]))), nil }),
		fn("hstore_to_matrix(@hstore)", func(v []types.Datum) (result, error) {
			elems := flat(of(v[0]))
			a := array.New(elems)
			if len(elems) > 0 {
				a.Dims, a.Lower = []int{len(elems) / 2, 2}, []int{1, 1}
			}
			return types.Text(a.String()), nil
		}),
		fn("akeys(@hstore)", func(v []types.Datum) (result, error) {
			var out []array.Elem
			for _, p := range of(v[0]) {
				out = append(out, array.Elem{Text: p.key})
			}
			return extension.Elems(out), nil
		}),
		fn("avals(@hstore)", func(v []types.Datum) (result, error) {
			var out []array.Elem
			for _, p := range of(v[0]) {
				out = append(out, array.Elem{Text: p.value, Null: p.null})
			}
			return extension.Elems(out), nil
		}),
		{Sig: "skeys(@hstore)", Set: rows(func(p pair) []types.Datum { return []types.Datum{types.Text(p.key)} })},
		{Sig: "svals(@hstore)", Set: rows(func(p pair) []types.Datum { return []types.Datum{p.datum()} })},
		{Sig: "each(@hstore)", Set: rows(func(p pair) []types.Datum { return []types.Datum{types.Text(p.key), p.datum()} })},
		{Sig: "populate_record(anyelement,@hstore)", Typed: true, Fn: populate},
	}
}

func (p pair) datum() types.Datum {
	if p.null {
		return types.Datum{}
	}
	return types.Text(p.value)
}

func rows(f func(pair) []types.Datum) extension.SetFunc {
	return func(c extension.Call, yield func([]types.Datum) bool) error {
		for _, p := range of(c.Values()[0]) {
			if !yield(f(p)) {
				break
			}
		}
		return nil
	}
}

// keys are an array's elements that are not NULL.
func keys(d types.Datum) []string {
	var out []string
	for _, e := range extension.Array(d).Elems {
		if !e.Null {
			out = append(out, e.Text)
		}
	}
	return out
}

func without(list []pair, gone func(pair) bool) []pair {
	var out []pair
	for _, p := range list {
		if !gone(p) {
			out = append(out, p)
		}
	}
	return out
}

func flat(list []pair) []array.Elem {
	var out []array.Elem
	for _, p := range list {
		out = append(out, array.Elem{Text: p.key}, array.Elem{Text: p.value, Null: p.null})
	}
	return out
}

func nullKey() error { return errs.New("22004", "null value not allowed for hstore key") }

func fromArrays(v []types.Datum) (types.Datum, error) {
	if v[0].IsNull() {
		return types.Datum{}, nil
	}
	k := extension.Array(v[0])
	if len(k.Dims) > 1 {
		return extension.Bad("2202E", "wrong number of array subscripts")
	}
	var values []array.Elem
	if !v[1].IsNull() {
		a := extension.Array(v[1])
		if len(a.Dims) > 1 {
			return extension.Bad("2202E", "wrong number of array subscripts")
		}
		if len(a.Elems) != len(k.Elems) {
			return extension.Bad("2202E", "arrays must have same bounds")
		}
		values = a.Elems
	}
	var out []pair
	for i, e := range k.Elems {
		if e.Null {
			return types.Datum{}, nullKey()
		}
		p := pair{key: e.Text, null: true}
		if values != nil {
			p.value, p.null = values[i].Text, values[i].Null
		}
		out = append(out, p)
	}
	return datum(set(out)), nil
}

func fromArray(v []types.Datum) (types.Datum, error) {
	a := extension.Array(v[0])
	switch len(a.Dims) {
	case 0:
		return datum(nil), nil
	case 1:
		if len(a.Elems)%2 != 0 {
			return extension.Bad("2202E", "array must have even number of elements")
		}
	case 2:
		if a.Dims[1] != 2 {
			return extension.Bad("2202E", "array must have two columns")
		}
	default:
		return extension.Bad("2202E", "wrong number of array subscripts")
	}
	var out []pair
	for i := 0; i < len(a.Elems); i += 2 {
		if a.Elems[i].Null {
			return types.Datum{}, nullKey()
		}
		out = append(out, pair{a.Elems[i].Text, a.Elems[i+1].Text, a.Elems[i+1].Null})
	}
	return datum(set(out)), nil
}

func fromRecord(c extension.Call) (types.Datum, error) {
	t := c.ArgType(0).Underlying()
	d := c.Values()[0]
	var values []types.Datum
	if !d.IsNull() {
		values = types.RowOf(t, d)
	}
	var out []pair
	for i, f := range t.Fields {
		p := pair{key: f.Name, null: true}
		if i < len(values) && !values[i].IsNull() {
			p.value, p.null = types.Out(f.Type, values[i], c.Env()), false
		}
		out = append(out, p)
	}
	return datum(set(out)), nil
}

func populate(c extension.Call) (types.Datum, error) {
	v := c.Values()
	t := c.ArgType(-1)
	row := t.Underlying()
	if row.Kind != types.CompositeType {
		return extension.Bad("42804", "first argument must be a rowtype")
	}
	if v[1].IsNull() {
		return v[0], nil
	}
	list := of(v[1])
	if len(list) == 0 && !v[0].IsNull() {
		return v[0], nil
	}
	values := make([]types.Datum, len(row.Fields))
	if !v[0].IsNull() {
		copy(values, types.RowOf(row, v[0]))
	}
	columns := make([]*types.Type, len(row.Fields))
	for i, f := range row.Fields {
		columns[i] = f.Type
		p, ok := find(list, f.Name)
		if !ok {
			continue
		}
		values[i] = types.Datum{}
		if !p.null {
			d, err := types.In(f.Type, f.Typmod, p.value, c.Env())
			if err != nil {
				return types.Datum{}, err
			}
			values[i] = d
		}
	}
	return types.RowDatum(columns, values), nil
}

// toJSON prints pairs as a JSON object; a loose one has numbers and booleans where values look like them.
func toJSON(list []pair, loose bool) string {
	buf := []byte{'{'}
	for i, p := range list {
		if i > 0 {
			buf = append(buf, ", "...)
		}
		buf = append(types.AppendJSONString(buf, p.key), ": "...)
		switch {
		case p.null:
			buf = append(buf, "null"...)
		case loose && p.value == "t":
			buf = append(buf, "true"...)
		case loose && p.value == "f":
			buf = append(buf, "false"...)
		case loose && number(p.value):
			buf = append(buf, p.value...)
		default:
			buf = types.AppendJSONString(buf, p.value)
		}
	}
	return string(append(buf, '}'))
}

// number says whether a text is a JSON number.
func number(s string) bool {
	if s == "" || strings.TrimLeft(s, "-0123456789") == s && s[0] != '-' || space(s[0]) || space(s[len(s)-1]) {
		return false
	}
	return (s[0] == '-' || s[0] >= '0' && s[0] <= '9') && jsonval.Validate(s) == nil
}
