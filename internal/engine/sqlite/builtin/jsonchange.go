package builtin

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// jsonbChangeTable declares what makes a new jsonb of an old one.
func jsonbChangeTable() []entry {
	var list []entry
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	add(func(c *Call) (types.Datum, error) { return jsonbConcat(c.Args[0].S, c.Args[1].S) }, "jsonb_concat(jsonb,jsonb)")
	add(func(c *Call) (types.Datum, error) { return jsonbDelete(c.Args[0].S, c.Args[1:2]) }, "jsonb_delete(jsonb,text)")
	add(func(c *Call) (types.Datum, error) {
		keys, err := textList(c.Args[1])
		if err != nil {
			return types.Datum{}, err
		}
		return jsonbDelete(c.Args[0].S, keys)
	}, "jsonb_delete(jsonb,_text)")
	add(func(c *Call) (types.Datum, error) {
		s, n := c.Args[0].S, c.Args[1].I
		switch jsonKind(s) {
		case '[':
		case '{':
			return types.Datum{}, errs.New("22023", "cannot delete from object using integer index")
		default:
			return types.Datum{}, errs.New("22023", "cannot delete from scalar")
		}
		v, err := jsonval.Parse(s)
		if err != nil {
			return types.Datum{}, err
		}
		if n < 0 {
			n += int64(len(v.Items))
		}
		if n < 0 || n >= int64(len(v.Items)) {
			return c.Args[0], nil
		}
		v.Items = append(v.Items[:n:n], v.Items[n+1:]...)
		return types.Text(v.String()), nil
	}, "jsonb_delete(jsonb,int4)")
	change := func(op changeOp) Func {
		return func(c *Call) (types.Datum, error) {
			path, err := textList(c.Args[1])
			if err != nil {
				return types.Datum{}, err
			}
			for i, p := range path {
				if p.IsNull() {
					return types.Datum{}, errs.New("22004", "path element at position %d is null", i+1)
				}
			}
			v, err := jsonval.Parse(c.Args[0].S)
			if err != nil {
				return types.Datum{}, err
			}
			scalar := v.Kind != jsonval.Object && v.Kind != jsonval.Array
			ch := changer{op: op}
			if op == removeOp {
				if scalar {
					return types.Datum{}, errs.New("22023", "cannot delete path in scalar")
				}
			} else {
				if scalar {
					return types.Datum{}, errs.New("22023", "cannot set path in scalar")
				}
				if ch.value, err = jsonval.Parse(c.Args[2].S); err != nil {
					return types.Datum{}, err
				}
				ch.flag = c.Args[3].Bool()
				if op == setOp && len(v.Items) == 0 && !ch.flag {
					return c.Args[0], nil
				}
			}
			if len(path) == 0 {
				return c.Args[0], nil
			}
			if err := ch.apply(&v, path, 0); err != nil {
				return types.Datum{}, err
			}
			return types.Text(v.String()), nil
		}
	}
	add(change(setOp), "jsonb_set(jsonb,_text,jsonb,bool)")
	add(change(insertOp), "jsonb_insert(jsonb,_text,jsonb,bool)")
	add(change(removeOp), "jsonb_delete_path(jsonb,_text)")
	set := change(setOp)
	add(func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() || c.Args[1].IsNull() || c.Args[3].IsNull() {
			return types.Datum{}, nil
		}
		if !c.Args[2].IsNull() {
			return set(c)
		}
		if c.Args[4].IsNull() {
			return types.Datum{}, errs.New("22023", "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\"")
		}
		switch c.Args[4].S {
		case "raise_exception":
			return types.Datum{}, errs.New("22004", "JSON value must not be null").WithDetail("Exception was raised because null_value_treatment is \"raise_exception\".").
				WithHint("To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed.")
		case "use_json_null":
			c.Args[2] = types.Text("null")
			return set(c)
		case "delete_key":
			return change(removeOp)(c)
		case "return_target":
			return c.Args[0], nil
		}
		return types.Datum{}, errs.New("22023", "null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\"")
	}, "jsonb_set_lax(jsonb,_text,jsonb,bool,text)")
	return list
}

// jsonbConcat is a || b: objects are merged, arrays joined, a scalar beside an array is an element of it.
func jsonbConcat(a, b string) (types.Datum, error) {
	ka, kb := jsonKind(a), jsonKind(b)
	if ka == '{' && kb == '{' {
		if strings.Trim(a, "{}") == "" {
			return types.Text(b), nil
		}
		if strings.Trim(b, "{}") == "" {
			return types.Text(a), nil
		}
		return canonical([]byte(a[:len(a)-1] + ", " + b[1:]))
	}
	inner := func(s string, k byte) string {
		if k == '[' {
			return strings.TrimSpace(s[1 : len(s)-1])
		}
		return s
	}
	x, y := inner(a, ka), inner(b, kb)
	switch {
	case x == "":
		return types.Text("[" + y + "]"), nil
	case y == "":
		return types.Text("[" + x + "]"), nil
	}
	return types.Text("[" + x + ", " + y + "]"), nil
}

func jsonbDelete(s string, keys []types.Datum) (types.Datum, error) {
	kind := jsonKind(s)
	if kind != '{' && kind != '[' {
		return types.Datum{}, errs.New("22023", "cannot delete from scalar")
	}
	gone := func(k string) bool {
		for _, x := range keys {
			if !x.IsNull() && x.S == k {
				return true
			}
		}
		return false
	}
	var b strings.Builder
	b.WriteByte(kind)
	first := true
	jsonMembers(s, func(key, value string) bool {
		if kind == '{' && gone(jsonText(key)) || kind == '[' && value[0] == '"' && gone(jsonText(value)) {
			return true
		}
		if !first {
			b.WriteString(", ")
		}
		first = false
		if kind == '{' {
			b.WriteString(key + ": ")
		}
		b.WriteString(value)
		return true
	})
	b.WriteByte(kind + 2)
	return types.Text(b.String()), nil
}

type changeOp int

const (
	setOp changeOp = iota
	insertOp
	removeOp
)

// changer changes a value at a path. flag is jsonb_set's create_if_missing, jsonb_insert's insert_after.
type changer struct {
	op    changeOp
	value jsonval.Value
	flag  bool
}

func (c *changer) apply(v *jsonval.Value, path []types.Datum, depth int) error {
	last := depth == len(path)-1
	key := path[depth].S
	switch v.Kind {
	case jsonval.Object:
		for i, k := range v.Keys {
			if k != key {
				continue
			}
			if !last {
				v.Items = append([]jsonval.Value(nil), v.Items...)
				return c.apply(&v.Items[i], path, depth+1)
			}
			switch c.op {
			case insertOp:
				return errs.New("22023", "cannot replace existing key").WithHint("Try using the function jsonb_set to replace key value.")
			case removeOp:
				v.Keys = append(v.Keys[:i:i], v.Keys[i+1:]...)
				v.Items = append(v.Items[:i:i], v.Items[i+1:]...)
			default:
				v.Items = append([]jsonval.Value(nil), v.Items...)
				v.Items[i] = c.value
			}
			return nil
		}
		if last && (c.op == insertOp || c.op == setOp && c.flag) {
			text, err := canonical([]byte(member(v, key, &c.value)))
			if err != nil {
				return err
			}
			*v, err = jsonval.Parse(text.S)
			return err
		}
	case jsonval.Array:
		n, err := strconv.ParseInt(key, 10, 32)
		if err != nil {
			return errs.New("22P02", "path element at position %d is not an integer: \"%s\"", depth+1, strings.Clone(key))
		}
		size := int64(len(v.Items))
		if n < 0 {
			if -n > size {
				// Before the beginning.
				n = -1
				if !last || c.op == removeOp {
					return nil
				}
				if c.op == setOp && !c.flag {
					return nil
				}
				v.Items = append([]jsonval.Value{c.value}, v.Items...)
				return nil
			}
			n += size
		}
		if n >= size {
			if last && (c.op == insertOp || c.op == setOp && c.flag) {
				v.Items = append(v.Items[:size:size], c.value)
			}
			return nil
		}
		items := append([]jsonval.Value(nil), v.Items...)
		switch {
		case !last:
			v.Items = items
			return c.apply(&v.Items[n], path, depth+1)
		case c.op == removeOp:
			v.Items = append(items[:n], items[n+1:]...)
		case c.op == insertOp:
			at := n
			if c.flag {
				at++
			}
			v.Items = append(items[:at:at], append([]jsonval.Value{c.value}, items[at:]...)...)
		default:
			items[n] = c.value
			v.Items = items
		}
	}
	return nil
}

// member is an object's text with one more member.
func member(v *jsonval.Value, key string, value *jsonval.Value) string {
	s := v.String()
	s = s[:len(s)-1]
	if len(v.Keys) > 0 {
		s += ", "
	}
	return s + string(jsonval.AppendString(nil, key)) + ": " + value.String() + "}"
}
