package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// canonical gives a JSON text as jsonb.
func canonical(buf []byte) (types.Datum, error) {
	s, err := jsonval.Canonical(string(buf))
	return types.Text(s), err
}

// keys are the described items' names as JSON members start: `"id":`.
func (d *Description) keys() []string {
	if k, ok := d.Memo.([]string); ok {
		return k
	}
	k := make([]string, len(d.Items))
	for i, it := range d.Items {
		k[i] = string(append(jsonval.AppendString(nil, it.Name), ':'))
	}
	d.Memo = k
	return k
}

// appendRow appends a row as row_to_json prints it.
func appendRow(buf []byte, desc *Description, args []types.Datum, env *types.Env, sep string) []byte {
	keys := desc.keys()
	buf = append(buf, '{')
	for i, d := range args {
		if i > 0 {
			buf = append(buf, sep...)
		}
		buf = append(buf, keys[i]...)
		buf = types.AppendJSON(buf, desc.Items[i].Type, d, env)
	}
	return append(buf, '}')
}

// jsonRow makes JSON of a row's columns: option "b" for jsonb, "p" for row_to_json's pretty form.
func jsonRow(c *Call) (types.Datum, error) {
	sep := ","
	if strings.Contains(c.Desc.Options, "p") {
		sep = ",\n "
	}
	buf := appendRow(c.host.buf[:0], c.Desc, c.Args, c.Env(), sep)
	c.host.buf = buf
	if strings.Contains(c.Desc.Options, "b") {
		return canonical(buf)
	}
	return types.Datum{Kind: types.KindText, S: view(buf)}, nil
}

// jsonAgg is json_agg and jsonb_agg: of rows given as their columns (row), or of values.
type jsonAgg struct {
	row, binary bool
	some        bool
	buf         []byte
}

func (j *jsonAgg) Step(c *Call) error {
	switch {
	case !j.some:
		j.buf = append(j.buf, '[')
	default:
		j.buf = append(j.buf, ',', ' ')
		// Rows and arrays stand on lines of their own.
		if j.row || isRow(c.Desc.Items[0]) {
			j.buf = append(j.buf, '\n', ' ')
		}
	}
	j.some = true
	if j.row {
		j.buf = appendRow(j.buf, c.Desc, c.Args, c.Env(), ",")
		return nil
	}
	j.buf = types.AppendJSON(j.buf, c.Desc.Items[0].Type, c.Args[0], c.Env())
	return nil
}

// isRow says whether json_agg puts each value on a line of its own: arrays and rows, also those the printer made JSON of
// already (called "row").
func isRow(it Item) bool {
	t := it.Type.Underlying()
	return it.Name == "row" || t.Kind == types.ArrayType || t.Kind == types.CompositeType || t.OID == types.RecordOID
}

func (j *jsonAgg) Result(c *Call) (types.Datum, error) {
	if !j.some {
		return types.Datum{}, nil
	}
	out := append(j.buf, ']')
	if j.binary || c.Desc != nil && strings.Contains(c.Desc.Options, "b") {
		return canonical(out)
	}
	return types.Text(string(out)), nil
}

// jsonObjectAgg is json_object_agg and jsonb_object_agg.
type jsonObjectAgg struct {
	binary bool
	some   bool
	buf    []byte
}

func (j *jsonObjectAgg) Step(c *Call) error {
	if c.Args[0].IsNull() {
		return errs.New("22023", "field name must not be null")
	}
	if j.some {
		j.buf = append(j.buf, ", "...)
	} else {
		j.buf = append(j.buf, "{ "...)
	}
	j.some = true
	var err error
	if j.buf, err = appendKey(j.buf, c.Desc.Items[0].Type, c.Args[0], c.Env()); err != nil {
		return err
	}
	j.buf = append(j.buf, " : "...)
	j.buf = types.AppendJSON(j.buf, c.Desc.Items[1].Type, c.Args[1], c.Env())
	return nil
}

func (j *jsonObjectAgg) Result(*Call) (types.Datum, error) {
	if !j.some {
		return types.Datum{}, nil
	}
	out := append(j.buf, " }"...)
	if j.binary {
		return canonical(out)
	}
	return types.Text(string(out)), nil
}

// appendKey appends a value as an object's key: its JSON form, in quotes where that has none.
func appendKey(buf []byte, t *types.Type, d types.Datum, env *types.Env) ([]byte, error) {
	if it := (Item{Type: t}); isRow(it) || t.Underlying().OID == types.JSONOID || t.Underlying().OID == types.JSONBOID {
		return nil, errs.New("22023", "key value must be scalar, not array, composite, or json")
	}
	start := len(buf)
	buf = types.AppendJSON(buf, t, d, env)
	if len(buf) > start && buf[start] == '"' {
		return buf, nil
	}
	text := string(buf[start:])
	return jsonval.AppendString(buf[:start], text), nil
}

// buildObject is json_build_object and jsonb_build_object.
func buildObject(binary bool) Func {
	return func(c *Call) (types.Datum, error) {
		if len(c.Args)%2 != 0 {
			name := "json_build_object()"
			if binary {
				name = "jsonb_build_object()"
			}
			return types.Datum{}, errs.New("22023", "argument list must have even number of elements").
				WithHint("The arguments of %s must consist of alternating keys and values.", name)
		}
		buf := append(c.host.buf[:0], '{')
		for i := 0; i < len(c.Args); i += 2 {
			if i > 0 {
				buf = append(buf, ", "...)
			}
			if c.Args[i].IsNull() {
				if binary {
					return types.Datum{}, errs.New("22023", "argument %d: key must not be null", i+1)
				}
				return types.Datum{}, errs.New("22023", "argument %d cannot be null", i+1).WithHint("Object keys should be text.")
			}
			var err error
			if buf, err = appendKey(buf, c.Desc.Items[i].Type, c.Args[i], c.Env()); err != nil {
				return types.Datum{}, err
			}
			buf = append(buf, " : "...)
			buf = types.AppendJSON(buf, c.Desc.Items[i+1].Type, c.Args[i+1], c.Env())
		}
		buf = append(buf, '}')
		c.host.buf = buf
		if binary {
			return canonical(buf)
		}
		return types.Datum{Kind: types.KindText, S: view(buf)}, nil
	}
}

// buildArray is json_build_array and jsonb_build_array.
func buildArray(binary bool) Func {
	return func(c *Call) (types.Datum, error) {
		buf := append(c.host.buf[:0], '[')
		for i, d := range c.Args {
			if i > 0 {
				buf = append(buf, ", "...)
			}
			buf = types.AppendJSON(buf, c.Desc.Items[i].Type, d, c.Env())
		}
		buf = append(buf, ']')
		c.host.buf = buf
		if binary {
			return canonical(buf)
		}
		return types.Datum{Kind: types.KindText, S: view(buf)}, nil
	}
}

func toJSON(binary bool) Func {
	return func(c *Call) (types.Datum, error) {
		buf := types.AppendJSON(c.host.buf[:0], c.Desc.Items[0].Type, c.Args[0], c.Env())
		c.host.buf = buf
		if binary {
			return canonical(buf)
		}
		return types.Datum{Kind: types.KindText, S: view(buf)}, nil
	}
}

// jsonTable declares the functions and operators of json and jsonb.
func jsonTable() []entry {
	var list []entry
	typed := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn, typed: true, safe: true})
		}
	}
	typed(toJSON(false), "to_json(anyelement)", "row_to_json(record)", "array_to_json(anyarray)")
	typed(toJSON(true), "to_jsonb(anyelement)")
	typed(buildObject(false), "json_build_object(any)")
	typed(buildObject(true), "jsonb_build_object(any)")
	typed(buildArray(false), "json_build_array(any)")
	typed(buildArray(true), "jsonb_build_array(any)")
	list = append(list,
		entry{sig: "json_build_object()", sql: "'{}'", safe: true}, entry{sig: "jsonb_build_object()", sql: "'{}'", safe: true},
		entry{sig: "json_build_array()", sql: "'[]'", safe: true}, entry{sig: "jsonb_build_array()", sql: "'[]'", safe: true},
		entry{sig: "json_agg(anyelement)", agg: func() Aggregate { return &jsonAgg{} }},
		entry{sig: "jsonb_agg(anyelement)", agg: func() Aggregate { return &jsonAgg{binary: true} }},
		entry{sig: "json_object_agg(any,any)", agg: func() Aggregate { return &jsonObjectAgg{} }},
		entry{sig: "jsonb_object_agg(any,any)", agg: func() Aggregate { return &jsonObjectAgg{binary: true} }},
	)
	return append(list, jsonAccessTable()...)
}
