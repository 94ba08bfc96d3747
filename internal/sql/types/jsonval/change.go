package jsonval

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// NewObject makes an object of jsonb: keys are ordered, of a repeated one the last stays.
func NewObject(keys []string, items []Value) Value {
	v := Value{Kind: Object, Keys: keys, Items: items}
	sortKeys(&v)
	return v
}

// Concat is a || b.
func Concat(a, b *Value) Value {
	if a.Kind == Object && b.Kind == Object {
		return NewObject(append(append([]string(nil), a.Keys...), b.Keys...), append(append([]Value(nil), a.Items...), b.Items...))
	}
	list := func(v *Value) []Value {
		if v.Kind == Array {
			return v.Items
		}
		return []Value{*v}
	}
	return Value{Kind: Array, Items: append(append([]Value(nil), list(a)...), list(b)...)}
}

// DeleteKeys is v - key and v - keys: fields of an object, strings of an array.
func (v *Value) DeleteKeys(keys ...string) (Value, error) {
	if v.Kind < Array {
		return Value{}, invalid("cannot delete from scalar")
	}
	drop := func(s string) bool {
		for _, k := range keys {
			if k == s {
				return true
			}
		}
		return false
	}
	out := Value{Kind: v.Kind}
	for i, item := range v.Items {
		if v.Kind == Object {
			if !drop(v.Keys[i]) {
				out.Keys = append(out.Keys, v.Keys[i])
				out.Items = append(out.Items, item)
			}
		} else if item.Kind != String || !drop(item.Text) {
			out.Items = append(out.Items, item)
		}
	}
	return out, nil
}

// DeleteIndex is v - index.
func (v *Value) DeleteIndex(index int) (Value, error) {
	switch v.Kind {
	case Array:
	case Object:
		return Value{}, invalid("cannot delete from object using integer index")
	default:
		return Value{}, invalid("cannot delete from scalar")
	}
	if index < 0 {
		index += len(v.Items)
	}
	if index < 0 || index >= len(v.Items) {
		return *v, nil
	}
	return Value{Kind: Array, Items: append(append([]Value(nil), v.Items[:index]...), v.Items[index+1:]...)}, nil
}

// edit is what a path operation does at the path's end.
type edit uint8

const (
	replaceOnly edit = 1 << iota
	create
	remove
	insertBefore
	insertAfter

	adds    = create | insertBefore | insertAfter
	inserts = insertBefore | insertAfter
)

// Set is jsonb_set.
func (v *Value) Set(path []PathElem, to Value, createMissing bool) (Value, error) {
	op := replaceOnly
	if createMissing {
		op = create
	}
	if v.Kind < Array {
		return Value{}, invalid("cannot set path in scalar")
	}
	if len(path) == 0 || len(v.Items) == 0 && !createMissing {
		return *v, nil
	}
	return v.edit(path, 0, to, op)
}

// Insert is jsonb_insert.
func (v *Value) Insert(path []PathElem, to Value, after bool) (Value, error) {
	op := insertBefore
	if after {
		op = insertAfter
	}
	if v.Kind < Array {
		return Value{}, invalid("cannot set path in scalar")
	}
	if len(path) == 0 {
		return *v, nil
	}
	return v.edit(path, 0, to, op)
}

// DeletePath is v #- path.
func (v *Value) DeletePath(path []PathElem) (Value, error) {
	if v.Kind < Array {
		return Value{}, invalid("cannot delete path in scalar")
	}
	if len(path) == 0 || len(v.Items) == 0 {
		return *v, nil
	}
	return v.edit(path, 0, Value{}, remove)
}

func (v *Value) edit(path []PathElem, level int, to Value, op edit) (Value, error) {
	if path[level].Null {
		return Value{}, errs.New("22004", "path element at position %d is null", level+1)
	}
	switch v.Kind {
	case Object:
		return v.editObject(path, level, to, op)
	case Array:
		return v.editArray(path, level, to, op)
	}
	return *v, nil
}

func (v *Value) editObject(path []PathElem, level int, to Value, op edit) (Value, error) {
	key, last := path[level].Text, level == len(path)-1
	out := Value{Kind: Object}
	found := false
	for i, k := range v.Keys {
		item := v.Items[i]
		if k == key {
			found = true
			switch {
			case !last:
				var err error
				if item, err = item.edit(path, level+1, to, op); err != nil {
					return Value{}, err
				}
			case op&inserts != 0:
				return Value{}, errs.New("22023", "cannot replace existing key").WithHint("Try using the function jsonb_set to replace key value.")
			case op == remove:
				continue
			default:
				item = to
			}
		}
		out.Keys = append(out.Keys, k)
		out.Items = append(out.Items, item)
	}
	if !found && last && op&adds != 0 {
		out.Keys = append(out.Keys, key)
		out.Items = append(out.Items, to)
		sortKeys(&out)
	}
	return out, nil
}

func (v *Value) editArray(path []PathElem, level int, to Value, op edit) (Value, error) {
	last := level == len(path)-1
	index, ok := pathIndex(path[level].Text)
	if !ok {
		return Value{}, errs.New("22P02", "path element at position %d is not an integer: \"%s\"", level+1, path[level].Text)
	}
	before := false
	if index < 0 {
		index += len(v.Items)
		before = index < 0
	}
	out := Value{Kind: Array}
	done := false
	if (before || len(v.Items) == 0) && last && op&adds != 0 {
		out.Items = append(out.Items, to)
		done = true
	}
	for i, item := range v.Items {
		if i != index {
			out.Items = append(out.Items, item)
			continue
		}
		done = true
		if !last {
			item, err := item.edit(path, level+1, to, op)
			if err != nil {
				return Value{}, err
			}
			out.Items = append(out.Items, item)
			continue
		}
		if op&(insertBefore|create) != 0 {
			out.Items = append(out.Items, to)
		}
		if op&inserts != 0 {
			out.Items = append(out.Items, item)
		}
		if op&(insertAfter|replaceOnly) != 0 {
			out.Items = append(out.Items, to)
		}
	}
	if !done && last && op&adds != 0 {
		out.Items = append(out.Items, to)
	}
	return out, nil
}

// StripNulls is jsonb_strip_nulls: objects lose their null fields.
func (v *Value) StripNulls() Value {
	out := *v
	out.Keys, out.Items, out.Raw = nil, nil, ""
	for i := range v.Items {
		if v.Kind == Object {
			if v.Items[i].Kind == Null {
				continue
			}
			out.Keys = append(out.Keys, v.Keys[i])
		}
		out.Items = append(out.Items, v.Items[i].StripNulls())
	}
	return out
}

// AppendCompact appends a value without blanks, as json_strip_nulls prints json.
func (v *Value) AppendCompact(buf []byte) []byte {
	switch v.Kind {
	case Array:
		buf = append(buf, '[')
		for i := range v.Items {
			if i > 0 {
				buf = append(buf, ',')
			}
			buf = v.Items[i].AppendCompact(buf)
		}
		return append(buf, ']')
	case Object:
		buf = append(buf, '{')
		for i := range v.Items {
			if i > 0 {
				buf = append(buf, ',')
			}
			buf = append(AppendString(buf, v.Keys[i]), ':')
			buf = v.Items[i].AppendCompact(buf)
		}
		return append(buf, '}')
	}
	return v.Append(buf)
}

// Pretty is jsonb_pretty.
func (v *Value) Pretty() string { return string(v.pretty(nil, 0)) }

func (v *Value) pretty(buf []byte, level int) []byte {
	if v.Kind < Array {
		return v.Append(buf)
	}
	open, end := byte('['), byte(']')
	if v.Kind == Object {
		open, end = '{', '}'
	}
	indent := func(n int) { buf = append(append(buf, '\n'), strings.Repeat("    ", n)...) }
	buf = append(buf, open)
	for i := range v.Items {
		if i > 0 {
			buf = append(buf, ',')
		}
		indent(level + 1)
		if v.Kind == Object {
			buf = append(AppendString(buf, v.Keys[i]), ": "...)
		}
		buf = v.Items[i].pretty(buf, level+1)
	}
	indent(level)
	return append(buf, end)
}
