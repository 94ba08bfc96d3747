package builtin

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

var textArrayType = types.ByOID(types.TextArrayOID)

func found(s string, ok, text bool) (types.Datum, error) {
	switch {
	case !ok:
		return types.Datum{}, nil
	case text:
		return jsonAsText(s), noNUL(s)
	}
	return types.Text(s), nil
}

// noNUL refuses JSON with the escaped character NUL, which no text can hold.
func noNUL(s string) error {
	if !strings.Contains(s, `\u0000`) {
		return nil
	}
	_, err := jsonval.Parse(s)
	return err
}

func textList(d types.Datum) ([]types.Datum, error) { return elements(textArrayType, d, nil) }

// jsonAccessTable declares what takes json and jsonb apart and what changes jsonb.
func jsonAccessTable() []entry {
	var list []entry
	safe := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn, safe: true})
		}
	}
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	set := func(fn SetFunc, typed bool, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, set: fn, typed: typed})
		}
	}
	for _, t := range []string{"json", "jsonb"} {
		for _, text := range []bool{false, true} {
			suffix := map[bool]string{true: "_text"}[text]
			safe(func(c *Call) (types.Datum, error) {
				s, ok := jsonField(c.Args[0].S, c.Args[1].S)
				return found(s, ok, text)
			}, t+"_object_field"+suffix+"("+t+",text)")
			safe(func(c *Call) (types.Datum, error) {
				s, n := c.Args[0].S, c.Args[1].I
				if k := jsonKind(s); t == "jsonb" && k != '[' && k != '{' && (n == 0 || n == -1) {
					// A scalar of jsonb counts as an array of itself.
					return found(s, true, text)
				}
				s, ok := jsonElement(s, n)
				return found(s, ok, text)
			}, t+"_array_element"+suffix+"("+t+",int4)")
			safe(func(c *Call) (types.Datum, error) {
				path, err := textList(c.Args[1])
				if err != nil {
					return types.Datum{}, err
				}
				s, ok := jsonPath(c.Args[0].S, path)
				return found(s, ok, text)
			}, t+"_extract_path"+suffix+"("+t+",_text)")
		}
		name := t
		add(func(c *Call) (types.Datum, error) {
			switch jsonKind(c.Args[0].S) {
			case '[':
				return types.Int(int64(jsonCount(c.Args[0].S))), nil
			case '{':
				return types.Datum{}, errs.New("22023", "cannot get array length of a non-array")
			}
			return types.Datum{}, errs.New("22023", "cannot get array length of a scalar")
		}, t+"_array_length("+t+")")
		safe(func(c *Call) (types.Datum, error) {
			return types.Text(map[byte]string{'{': "object", '[': "array", '"': "string", '0': "number", 't': "boolean", 'f': "boolean", 'n': "null"}[jsonKind(c.Args[0].S)]), nil
		}, t+"_typeof("+t+")")
		safe(func(c *Call) (types.Datum, error) {
			v, err := parseEither(name, c.Args[0].S)
			if err != nil {
				return types.Datum{}, err
			}
			v = v.StripNulls()
			if name == "json" {
				return types.Text(string(v.AppendCompact(nil))), nil
			}
			return types.Text(v.String()), nil
		}, t+"_strip_nulls("+t+")")
		for _, text := range []bool{false, true} {
			suffix := map[bool]string{true: "_text"}[text]
			set(func(c *Call, yield func([]types.Datum) bool) error {
				switch jsonKind(c.Args[0].S) {
				case '[':
				case '{':
					if name == "jsonb" {
						return errs.New("22023", "cannot extract elements from an object")
					}
					return errs.New("22023", "cannot call %s on a non-array", name+"_array_elements"+suffix)
				default:
					if name == "jsonb" {
						return errs.New("22023", "cannot extract elements from a scalar")
					}
					return errs.New("22023", "cannot call %s on a scalar", name+"_array_elements"+suffix)
				}
				jsonMembers(c.Args[0].S, func(_, value string) bool {
					d, _ := found(value, true, text)
					return yield([]types.Datum{d})
				})
				return nil
			}, false, t+"_array_elements"+suffix+"("+t+")")
			set(func(c *Call, yield func([]types.Datum) bool) error {
				if jsonKind(c.Args[0].S) != '{' {
					if name == "json" {
						if jsonKind(c.Args[0].S) == '[' {
							return errs.New("22023", "cannot deconstruct an array as an object")
						}
						return errs.New("22023", "cannot deconstruct a scalar")
					}
					return errs.New("22023", "cannot call %s on a non-object", name+"_each"+suffix)
				}
				jsonMembers(c.Args[0].S, func(key, value string) bool {
					d, _ := found(value, true, text)
					return yield([]types.Datum{types.Text(jsonText(key)), d})
				})
				return nil
			}, false, t+"_each"+suffix+"("+t+")")
		}
		set(func(c *Call, yield func([]types.Datum) bool) error {
			switch jsonKind(c.Args[0].S) {
			case '{':
			case '[':
				return errs.New("22023", "cannot call %s on an array", name+"_object_keys")
			default:
				return errs.New("22023", "cannot call %s on a scalar", name+"_object_keys")
			}
			jsonMembers(c.Args[0].S, func(key, _ string) bool { return yield([]types.Datum{types.Text(jsonText(key))}) })
			return nil
		}, false, t+"_object_keys("+t+")")
		binary := t == "jsonb"
		add(objectOfPairs(binary), t+"_object(_text)")
		add(objectOfLists(binary), t+"_object(_text,_text)")
		set(toRecordset(name, false, false), true, t+"_to_record("+t+")")
		set(toRecordset(name, true, false), true, t+"_to_recordset("+t+")")
		if binary {
			set(toRecordset(name, false, true), true, "jsonb_populate_record(anyelement,jsonb)")
			set(toRecordset(name, true, true), true, "jsonb_populate_recordset(anyelement,jsonb)")
		} else {
			set(toRecordset(name, false, true), true, "json_populate_record(anyelement,json,bool)")
			set(toRecordset(name, true, true), true, "json_populate_recordset(anyelement,json,bool)")
		}
	}
	exists := func(s, key string) bool {
		switch jsonKind(s) {
		case '{':
			_, ok := jsonField(s, key)
			return ok
		case '"':
			return jsonText(s) == key
		}
		ok := false
		jsonMembers(s, func(_, value string) bool {
			ok = value[0] == '"' && jsonText(value) == key
			return !ok
		})
		return ok
	}
	safe(func(c *Call) (types.Datum, error) { return types.Bool(exists(c.Args[0].S, c.Args[1].S)), nil }, "jsonb_exists(jsonb,text)")
	existsSome := func(all bool) Func {
		return func(c *Call) (types.Datum, error) {
			keys, err := textList(c.Args[1])
			if err != nil {
				return types.Datum{}, err
			}
			for _, k := range keys {
				if !k.IsNull() && exists(c.Args[0].S, k.S) != all {
					return types.Bool(!all), nil
				}
			}
			return types.Bool(all), nil
		}
	}
	safe(existsSome(false), "jsonb_exists_any(jsonb,_text)")
	safe(existsSome(true), "jsonb_exists_all(jsonb,_text)")
	contains := func(a, b int) Func {
		return func(c *Call) (types.Datum, error) {
			x, err := jsonval.Parse(c.Args[a].S)
			if err != nil {
				return types.Datum{}, err
			}
			y, err := jsonval.Parse(c.Args[b].S)
			if err != nil {
				return types.Datum{}, err
			}
			return types.Bool(jsonval.Contains(&x, &y)), nil
		}
	}
	safe(contains(0, 1), "jsonb_contains(jsonb,jsonb)")
	safe(contains(1, 0), "jsonb_contained(jsonb,jsonb)")
	safe(func(c *Call) (types.Datum, error) {
		v, err := jsonval.Parse(c.Args[0].S)
		return types.Text(v.Pretty()), err
	}, "jsonb_pretty(jsonb)")
	list = append(list, jsonpathTable()...)
	return append(list, jsonbChangeTable()...)
}

func parseEither(kind, s string) (jsonval.Value, error) {
	if kind == "json" {
		return jsonval.ParseJSON(s)
	}
	return jsonval.Parse(s)
}

// jsonbSubscript is jsonb['key'] and jsonb[1].
func jsonbSubscript(c *Call) (types.Datum, error) {
	key := c.Args[1]
	if key.Kind == types.KindInt {
		s, ok := jsonElement(c.Args[0].S, key.I)
		return found(s, ok, false)
	}
	s, ok := jsonPath(c.Args[0].S, []types.Datum{key})
	return found(s, ok, false)
}

// objectOfPairs is json_object('{key, value, ...}'), also of a two-dimensional array.
func objectOfPairs(binary bool) Func {
	return func(c *Call) (types.Datum, error) {
		a, err := readArray(textArrayType, c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		switch len(a.Dims) {
		case 0:
			return types.Text("{}"), nil
		case 1:
			if a.Dims[0]%2 != 0 {
				return types.Datum{}, errs.New("2202E", "array must have even number of elements")
			}
		case 2:
			if a.Dims[1] != 2 {
				return types.Datum{}, errs.New("2202E", "array must have two columns")
			}
		default:
			return types.Datum{}, errs.New("2202E", "wrong number of array subscripts")
		}
		var keys, values []types.Datum
		for i := 0; i+1 < len(a.Elems); i += 2 {
			k, v := types.Text(a.Elems[i].Text), types.Text(a.Elems[i+1].Text)
			if a.Elems[i].Null {
				k = types.Datum{}
			}
			if a.Elems[i+1].Null {
				v = types.Datum{}
			}
			keys, values = append(keys, k), append(values, v)
		}
		return textObject(keys, values, binary)
	}
}

func objectOfLists(binary bool) Func {
	return func(c *Call) (types.Datum, error) {
		k, err := readArray(textArrayType, c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		v, err := readArray(textArrayType, c.Args[1])
		if err != nil {
			return types.Datum{}, err
		}
		if len(k.Dims) > 1 || len(k.Dims) != len(v.Dims) {
			return types.Datum{}, errs.New("2202E", "wrong number of array subscripts")
		}
		keys, err := textList(c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		values, err := textList(c.Args[1])
		if err != nil {
			return types.Datum{}, err
		}
		if len(keys) != len(values) {
			return types.Datum{}, errs.New("2202E", "mismatched array dimensions")
		}
		return textObject(keys, values, binary)
	}
}

func textObject(keys, values []types.Datum, binary bool) (types.Datum, error) {
	buf := []byte{'{'}
	for i, k := range keys {
		if k.IsNull() {
			return types.Datum{}, errs.New("22004", "null value not allowed for object key")
		}
		if i > 0 {
			buf = append(buf, ", "...)
		}
		buf = jsonval.AppendString(buf, k.S)
		buf = append(buf, " : "...)
		if values[i].IsNull() {
			buf = append(buf, "null"...)
		} else {
			buf = jsonval.AppendString(buf, values[i].S)
		}
	}
	buf = append(buf, '}')
	if binary {
		return canonical(buf)
	}
	return types.Text(string(buf)), nil
}

// toRecordset is json(b)_to_record(set) and json(b)_populate_record(set): objects become rows of the described columns.
func toRecordset(kind string, many, populate bool) SetFunc {
	name := kind + "_to_record"
	if populate {
		name = kind + "_populate_record"
	}
	if many {
		name += "set"
	}
	return func(c *Call, yield func([]types.Datum) bool) error {
		n, _ := strconv.Atoi(c.Desc.Options)
		columns := c.Desc.Items[n:]
		doc := c.Args[0]
		base := make([]types.Datum, len(columns))
		if populate {
			doc = c.Args[1]
			if t := c.Desc.Items[0].Type.Underlying(); t.Kind == types.CompositeType && !c.Args[0].IsNull() {
				row, err := rowValues(t, c.Args[0], c.Env())
				if err != nil {
					return err
				}
				copy(base, row)
			}
		}
		if doc.IsNull() {
			if populate && !many {
				yield(base)
			}
			return nil
		}
		one := func(s string) ([]types.Datum, error) {
			// Row by row: the values of a row are read before the next row is looked at.
			if err := noNUL(s); err != nil {
				return nil, err
			}
			if jsonKind(s) != '{' {
				if many {
					return nil, errs.New("22023", "argument of %s must be an array of objects", name)
				}
				return nil, errs.New("22023", "cannot call populate_composite on %s", map[byte]string{'[': "an array"}[jsonKind(s)]+map[bool]string{true: "a scalar"}[jsonKind(s) != '['])
			}
			row := make([]types.Datum, len(columns))
			for i, col := range columns {
				v, ok := jsonField(s, col.Name)
				if !ok {
					row[i] = base[i]
					continue
				}
				d, err := fromJSON(col.Type, col.Typmod, v, c.Env())
				if e := errs.Of(err); e != nil && e.Message == "expected JSON array" && e.Hint == "" {
					_ = e.WithHint("See the value of key \"%s\".", col.Name)
				}
				if err != nil {
					return nil, err
				}
				row[i] = d
			}
			return row, nil
		}
		if !many {
			row, err := one(doc.S)
			if err == nil {
				yield(row)
			}
			return err
		}
		if jsonKind(doc.S) != '[' {
			if jsonKind(doc.S) == '{' {
				if kind == "json" {
					return errs.New("22023", "cannot call %s on an object", name)
				}
				return errs.New("22023", "cannot call %s on a non-array", name)
			}
			return errs.New("22023", "cannot call %s on a scalar", name)
		}
		// All rows are made before the first is given, as PostgreSQL does: an error in any of them comes first.
		var rows [][]types.Datum
		var err error
		jsonMembers(doc.S, func(_, value string) bool {
			var row []types.Datum
			row, err = one(value)
			rows = append(rows, row)
			return err == nil
		})
		if err != nil {
			return err
		}
		for _, row := range rows {
			if !yield(row) {
				break
			}
		}
		return nil
	}
}

// fromJSON turns a JSON value into a value of a type.
func fromJSON(t *types.Type, typmod int32, s string, env *types.Env) (types.Datum, error) {
	kind := jsonKind(s)
	base := t.Underlying()
	if base.OID == types.JSONOID || base.OID == types.JSONBOID {
		if kind == 'n' && base.OID == types.JSONOID {
			return types.Text(s), nil
		}
		return types.In(t, typmod, s, env)
	}
	if kind == 'n' {
		return types.Datum{}, types.CheckDomain(t, types.Datum{}, env)
	}
	switch {
	case base.Kind == types.ArrayType && kind == '[':
		text, err := arrayFromJSON(base, s, env)
		if err != nil {
			return types.Datum{}, err
		}
		return types.In(t, typmod, text, env)
	case base.Kind == types.ArrayType && kind != '"':
		return types.Datum{}, errs.New("22P02", "expected JSON array")
	case base.Kind == types.CompositeType && kind == '{':
		call := &Call{Desc: &Description{}}
		for _, f := range base.Fields {
			v, ok := jsonField(s, f.Name)
			d := types.Datum{}
			if ok {
				var err error
				if d, err = fromJSON(f.Type, f.Typmod, v, env); err != nil {
					return types.Datum{}, err
				}
			}
			call.Args = append(call.Args, d)
			call.Desc.Items = append(call.Desc.Items, Item{Type: f.Type, Typmod: f.Typmod})
		}
		return rowText(call.Desc, call.Args, env), nil
	}
	if base.Kind == types.CompositeType && kind != '"' {
		return types.Datum{}, errs.New("22023", "cannot call populate_composite on %s", map[bool]string{true: "an array", false: "a scalar"}[kind == '['])
	}
	text := s
	if kind == '"' {
		text = jsonText(strings.TrimSpace(s))
	}
	return types.In(t, typmod, text, env)
}

func arrayFromJSON(t *types.Type, s string, env *types.Env) (string, error) {
	var b strings.Builder
	b.WriteByte('{')
	first := true
	var err error
	jsonMembers(s, func(_, value string) bool {
		if !first {
			b.WriteByte(',')
		}
		first = false
		if jsonKind(value) == '[' && t.Elem.OID != types.JSONOID && t.Elem.OID != types.JSONBOID {
			var inner string
			inner, err = arrayFromJSON(t, value, env)
			b.WriteString(inner)
			return err == nil
		}
		var d types.Datum
		if d, err = fromJSON(t.Elem, -1, value, env); err != nil {
			return false
		}
		if d.IsNull() {
			b.WriteString("NULL")
			return true
		}
		b.WriteString(`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(types.Out(t.Elem, d, env)) + `"`)
		return true
	})
	b.WriteByte('}')
	return b.String(), err
}
