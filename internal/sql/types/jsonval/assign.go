package jsonval

import "github.com/basement-project/basement/internal/errs"

// maxGap bounds how many nulls an assignment beyond an array's end makes.
const maxGap = 10_000_000

// Assign is the assignment to a subscripted jsonb: what is missing on the way is made, gaps of arrays are filled with null.
// v nil is NULL; whole says for it that the first subscript is an integer.
func (v *Value) Assign(path []PathElem, whole bool, to Value) (Value, error) {
	if v == nil {
		v = &Value{Kind: Object}
		if whole {
			v = &Value{Kind: Array}
		}
	}
	return v.assign(path, 0, to)
}

func (v *Value) assign(path []PathElem, level int, to Value) (Value, error) {
	key, last := path[level], level == len(path)-1
	put := func(old *Value) (Value, error) {
		switch {
		case last:
			return to, nil
		case old == nil:
			return grown(path[level+1:], to)
		}
		return old.assign(path, level+1, to)
	}
	switch v.Kind {
	case Object:
		out := Value{Kind: Object, Keys: append([]string(nil), v.Keys...), Items: append([]Value(nil), v.Items...)}
		for i, k := range v.Keys {
			if k == key.Text {
				item, err := put(&v.Items[i])
				out.Items[i] = item
				return out, err
			}
		}
		item, err := put(nil)
		if err != nil {
			return Value{}, err
		}
		out.Keys, out.Items = append(out.Keys, key.Text), append(out.Items, item)
		sortKeys(&out)
		return out, nil
	case Array:
		index, ok := pathIndex(key.Text)
		if !ok {
			return Value{}, errs.New("22P02", "path element at position %d is not an integer: \"%s\"", level+1, key.Text)
		}
		if index < 0 {
			if -index > len(v.Items) {
				return Value{}, errs.New("22023", "path element at position %d is out of range: %d", level+1, index)
			}
			index += len(v.Items)
		}
		out := Value{Kind: Array, Items: append([]Value(nil), v.Items...)}
		if index < len(out.Items) {
			item, err := put(&v.Items[index])
			out.Items[index] = item
			return out, err
		}
		item, err := put(nil)
		if err != nil {
			return Value{}, err
		}
		if err := out.fill(index); err != nil {
			return Value{}, err
		}
		out.Items = append(out.Items, item)
		return out, nil
	}
	return Value{}, errs.New("22023", "cannot replace existing key").
		WithDetail("The path assumes key is a composite object, but it is a scalar value.")
}

// fill makes an array n long.
func (v *Value) fill(n int) error {
	if n > maxGap {
		return errs.New("54000", "total size of jsonb array elements exceeds the maximum of %d bytes", 268435455)
	}
	for len(v.Items) < n {
		v.Items = append(v.Items, Value{Kind: Null})
	}
	return nil
}

// grown makes the value a path leads into.
func grown(path []PathElem, to Value) (Value, error) {
	for i := len(path) - 1; i >= 0; i-- {
		if index, ok := pathIndex(path[i].Text); ok && index >= 0 {
			a := Value{Kind: Array}
			if err := a.fill(index); err != nil {
				return Value{}, err
			}
			a.Items = append(a.Items, to)
			to = a
			continue
		}
		to = Value{Kind: Object, Keys: []string{path[i].Text}, Items: []Value{to}}
	}
	return to, nil
}
