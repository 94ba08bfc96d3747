package jsonval

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// PathElem is one step of a path argument (a text[]).
type PathElem struct {
	Text string
	Null bool
}

// Path makes a path of texts.
func Path(steps ...string) []PathElem {
	out := make([]PathElem, len(steps))
	for i, s := range steps {
		out[i].Text = s
	}
	return out
}

// Field is v -> 'key'; nil when there is none. Of a repeated key of json the last counts.
func (v *Value) Field(key string) *Value {
	if v.Kind != Object {
		return nil
	}
	for i := len(v.Keys) - 1; i >= 0; i-- {
		if v.Keys[i] == key {
			return &v.Items[i]
		}
	}
	return nil
}

// At is v -> index, counted from 0 or, negative, from the end; nil when there is none. A scalar of jsonb counts as an array
// of itself.
func (v *Value) At(index int) *Value {
	if v.Kind < Array && v.Raw == "" && (index == 0 || index == -1) {
		return v
	}
	if v.Kind != Array {
		return nil
	}
	if index < 0 {
		index += len(v.Items)
	}
	if index < 0 || index >= len(v.Items) {
		return nil
	}
	return &v.Items[index]
}

// pathIndex reads an array index in a path as C's strtol does.
func pathIndex(s string) (int, bool) {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	n, err := strconv.ParseInt(strings.TrimPrefix(s, "+"), 10, 32)
	return int(n), err == nil && !strings.HasPrefix(s, "+-") && !strings.HasPrefix(s, "++")
}

// Get is v #> path; nil when there is none.
func (v *Value) Get(path []PathElem) *Value {
	for _, step := range path {
		switch {
		case v == nil || step.Null:
			return nil
		case v.Kind == Object:
			v = v.Field(step.Text)
		case v.Kind == Array:
			i, ok := pathIndex(step.Text)
			if !ok {
				return nil
			}
			v = v.At(i)
		default:
			return nil
		}
	}
	return v
}

// AsText is what ->> gives: a string's content, the text of any other value; ok is false for null.
func (v *Value) AsText() (text string, ok bool) {
	switch {
	case v == nil || v.Kind == Null:
		return "", false
	case v.Kind == String:
		return v.Text, true
	case v.Raw != "":
		return v.Raw, true
	}
	return string(v.Append(nil)), true
}

// TypeOf is jsonb_typeof.
func (v *Value) TypeOf() string {
	return [...]string{Null: "null", String: "string", Number: "number", Bool: "boolean", Array: "array", Object: "object"}[v.Kind]
}

// Equal says whether two jsonb values are the same.
func Equal(a, b *Value) bool { return compareInner(a, b) == 0 }

// Contains is a @> b.
func Contains(a, b *Value) bool {
	if a.Kind < Array && b.Kind < Array {
		return Equal(a, b)
	}
	if b.Kind < Array {
		// A bare scalar on the right counts as an element of an array on the left.
		return a.Kind == Array && hasScalar(a, b)
	}
	return containsInner(a, b)
}

func hasScalar(array, scalar *Value) bool {
	for i := range array.Items {
		if array.Items[i].Kind == scalar.Kind && Equal(&array.Items[i], scalar) {
			return true
		}
	}
	return false
}

func containsInner(a, b *Value) bool {
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case Object:
		if len(a.Keys) < len(b.Keys) {
			return false
		}
		for i, key := range b.Keys {
			item := a.Field(key)
			if item == nil || !containsInner(item, &b.Items[i]) {
				return false
			}
		}
		return true
	case Array:
		for i := range b.Items {
			if b.Items[i].Kind < Array {
				if !hasScalar(a, &b.Items[i]) {
					return false
				}
				continue
			}
			found := false
			for k := range a.Items {
				if containsInner(&a.Items[k], &b.Items[i]) {
					found = true
					break
				}
			}
			if !found {
				return false
			}
		}
		return true
	}
	return Equal(a, b)
}

// Exists is v ? key: a key of an object, a string of an array, or the string itself.
func (v *Value) Exists(key string) bool {
	switch v.Kind {
	case Object:
		return v.Field(key) != nil
	case Array:
		return hasScalar(v, &Value{Kind: String, Text: key})
	case String:
		return v.Text == key
	}
	return false
}

func invalid(format string, args ...any) error { return errs.New("22023", format, args...) }

// ArrayLength is jsonb_array_length.
func (v *Value) ArrayLength() (int, error) {
	switch v.Kind {
	case Array:
		return len(v.Items), nil
	case Object:
		return 0, invalid("cannot get array length of a non-array")
	}
	return 0, invalid("cannot get array length of a scalar")
}

// Elements are the items of an array, for the function named: jsonb_array_elements, json_array_elements_text...
func (v *Value) Elements(function string) ([]Value, error) {
	if v.Kind == Array {
		return v.Items, nil
	}
	if strings.HasPrefix(function, "jsonb_") {
		if v.Kind == Object {
			return nil, invalid("cannot extract elements from an object")
		}
		return nil, invalid("cannot extract elements from a scalar")
	}
	if v.Kind == Object {
		return nil, invalid("cannot call %s on a non-array", function)
	}
	return nil, invalid("cannot call %s on a scalar", function)
}

// Each are the keys and items of an object, for the function named: jsonb_each, json_each_text...
func (v *Value) Each(function string) (keys []string, items []Value, err error) {
	switch {
	case v.Kind == Object:
		return v.Keys, v.Items, nil
	case strings.HasPrefix(function, "jsonb_"):
		return nil, nil, invalid("cannot call %s on a non-object", function)
	case v.Kind == Array:
		return nil, nil, invalid("cannot deconstruct an array as an object")
	}
	return nil, nil, invalid("cannot deconstruct a scalar")
}

// ObjectKeys are an object's keys, for jsonb_object_keys or json_object_keys.
func (v *Value) ObjectKeys(function string) ([]string, error) {
	switch v.Kind {
	case Object:
		return v.Keys, nil
	case Array:
		return nil, invalid("cannot call %s on an array", function)
	}
	return nil, invalid("cannot call %s on a scalar", function)
}
