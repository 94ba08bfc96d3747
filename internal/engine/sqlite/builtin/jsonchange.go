package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// jsonbChangeTable declares what makes a new jsonb of an old one.
func jsonbChangeTable() []entry {
	var list []entry
	// change reads the first argument and stores what f makes of it.
	change := func(f func(v *jsonval.Value, c *Call) (jsonval.Value, error)) Func {
		return func(c *Call) (types.Datum, error) {
			v, err := jsonval.Parse(strings.Clone(c.Args[0].S))
			if err != nil {
				return types.Datum{}, err
			}
			out, err := f(&v, c)
			if err != nil {
				return types.Datum{}, err
			}
			return types.Text(out.String()), nil
		}
	}
	add := func(sig string, f func(v *jsonval.Value, c *Call) (jsonval.Value, error)) {
		list = append(list, entry{sig: sig, fn: change(f)})
	}
	add("jsonb_concat(jsonb,jsonb)", func(v *jsonval.Value, c *Call) (jsonval.Value, error) {
		o, err := jsonval.Parse(strings.Clone(c.Args[1].S))
		if err != nil {
			return o, err
		}
		return jsonval.Concat(v, &o), nil
	})
	add("jsonb_delete(jsonb,text)", func(v *jsonval.Value, c *Call) (jsonval.Value, error) { return v.DeleteKeys(c.Args[1].S) })
	add("jsonb_delete(jsonb,_text)", func(v *jsonval.Value, c *Call) (jsonval.Value, error) {
		list, err := flatTexts(c.Args[1])
		if err != nil {
			return jsonval.Value{}, err
		}
		var keys []string
		for _, k := range list {
			if !k.IsNull() {
				keys = append(keys, k.S)
			}
		}
		return v.DeleteKeys(keys...)
	})
	add("jsonb_delete(jsonb,int4)", func(v *jsonval.Value, c *Call) (jsonval.Value, error) { return v.DeleteIndex(int(c.Args[1].I)) })
	path := func(c *Call) ([]jsonval.PathElem, error) {
		list, err := flatTexts(c.Args[1])
		if err != nil {
			return nil, err
		}
		out := make([]jsonval.PathElem, len(list))
		for i, p := range list {
			out[i] = jsonval.PathElem{Text: p.S, Null: p.IsNull()}
		}
		return out, nil
	}
	remove := func(v *jsonval.Value, c *Call) (jsonval.Value, error) {
		p, err := path(c)
		if err != nil {
			return jsonval.Value{}, err
		}
		return v.DeletePath(p)
	}
	set := func(v *jsonval.Value, c *Call) (jsonval.Value, error) {
		p, err := path(c)
		if err != nil {
			return jsonval.Value{}, err
		}
		to, err := jsonval.Parse(strings.Clone(c.Args[2].S))
		if err != nil {
			return jsonval.Value{}, err
		}
		return v.Set(p, to, c.Args[3].Bool())
	}
	add("jsonb_delete_path(jsonb,_text)", remove)
	add("jsonb_set(jsonb,_text,jsonb,bool)", set)
	add("jsonb_insert(jsonb,_text,jsonb,bool)", func(v *jsonval.Value, c *Call) (jsonval.Value, error) {
		p, err := path(c)
		if err != nil {
			return jsonval.Value{}, err
		}
		to, err := jsonval.Parse(strings.Clone(c.Args[2].S))
		if err != nil {
			return jsonval.Value{}, err
		}
		return v.Insert(p, to, c.Args[3].Bool())
	})
	treatment := errs.New("22023", "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\"")
	list = append(list, entry{sig: "jsonb_set_lax(jsonb,_text,jsonb,bool,text)", fn: func(c *Call) (types.Datum, error) {
		switch {
		case c.Args[0].IsNull() || c.Args[1].IsNull() || c.Args[3].IsNull():
			return types.Datum{}, nil
		case c.Args[4].IsNull():
			return types.Datum{}, treatment
		case !c.Args[2].IsNull():
			return change(set)(c)
		}
		switch c.Args[4].S {
		case "raise_exception":
			return types.Datum{}, errs.New("22004", "JSON value must not be null").WithDetail("Exception was raised because null_value_treatment is \"raise_exception\".").
				WithHint("To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed.")
		case "use_json_null":
			c.Args[2] = types.Text("null")
			return change(set)(c)
		case "delete_key":
			return change(remove)(c)
		case "return_target":
			return c.Args[0], nil
		}
		return types.Datum{}, treatment
	}})
	return list
}

// flatTexts reads an array of texts that may have one dimension only.
func flatTexts(d types.Datum) ([]types.Datum, error) {
	a, err := readArray(types.ByOID(types.TextArrayOID), d)
	if err == nil && len(a.Dims) > 1 {
		err = errs.New("2202E", "wrong number of array subscripts")
	}
	if err != nil {
		return nil, err
	}
	return textList(d)
}
