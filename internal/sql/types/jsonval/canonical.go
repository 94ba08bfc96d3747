package jsonval

import (
	"cmp"
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/numeric"
)

// canonicalNumber is a JSON number as numeric prints it.
func canonicalNumber(s string) (string, error) {
	if s[0] != '-' && !strings.ContainsAny(s, "eE") && len(s) < 1000 {
		return s, nil
	}
	n, err := numeric.Parse(s)
	if err != nil {
		return "", err
	}
	return n.String(), nil
}

func compareKeys(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b)) }

// sortKeys orders an object's members; of members with the same key the last stays.
func sortKeys(v *Value) {
	sorted := true
	for i := 1; i < len(v.Keys) && sorted; i++ {
		sorted = compareKeys(v.Keys[i-1], v.Keys[i]) < 0
	}
	if sorted {
		return
	}
	sort.Stable((*members)(v))
	n := 0
	for i := range v.Keys {
		if i+1 < len(v.Keys) && v.Keys[i] == v.Keys[i+1] {
			continue
		}
		v.Keys[n], v.Items[n] = v.Keys[i], v.Items[i]
		n++
	}
	v.Keys, v.Items = v.Keys[:n], v.Items[:n]
}

type members Value

func (m *members) Len() int           { return len(m.Keys) }
func (m *members) Less(i, j int) bool { return compareKeys(m.Keys[i], m.Keys[j]) < 0 }
func (m *members) Swap(i, j int) {
	m.Keys[i], m.Keys[j] = m.Keys[j], m.Keys[i]
	m.Items[i], m.Items[j] = m.Items[j], m.Items[i]
}

// Canonical gives a JSON text as jsonb stores and prints it.
func Canonical(text string) (string, error) {
	v, err := Parse(text)
	if err != nil {
		return "", err
	}
	if v.Kind != Array && v.Kind != Object && v.Kind != String {
		switch {
		case v.Kind == Number:
			return v.Text, nil
		case v.Kind == Null:
			return "null", nil
		case v.Bool:
			return "true", nil
		}
		return "false", nil
	}
	return string(v.Append(make([]byte, 0, len(text)+16))), nil
}

// Append appends a value as jsonb prints it.
func (v *Value) Append(buf []byte) []byte {
	switch v.Kind {
	case Null:
		return append(buf, "null"...)
	case Bool:
		if v.Bool {
			return append(buf, "true"...)
		}
		return append(buf, "false"...)
	case Number:
		return append(buf, v.Text...)
	case String:
		return AppendString(buf, v.Text)
	case Array:
		buf = append(buf, '[')
		for i := range v.Items {
			if i > 0 {
				buf = append(buf, ", "...)
			}
			buf = v.Items[i].Append(buf)
		}
		return append(buf, ']')
	}
	buf = append(buf, '{')
	for i := range v.Items {
		if i > 0 {
			buf = append(buf, ", "...)
		}
		buf = AppendString(buf, v.Keys[i])
		buf = append(buf, ": "...)
		buf = v.Items[i].Append(buf)
	}
	return append(buf, '}')
}

// String is the value as jsonb prints it.
func (v Value) String() string { return string(v.Append(nil)) }

const hexDigits = "0123456789abcdef"

// AppendString appends a text as PostgreSQL's escape_json quotes it: only the quote, the backslash and control characters
// are escaped.
func AppendString(buf []byte, s string) []byte {
	buf = append(buf, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		buf = append(buf, s[start:i]...)
		start = i + 1
		switch c {
		case '\b':
			buf = append(buf, '\\', 'b')
		case '\f':
			buf = append(buf, '\\', 'f')
		case '\n':
			buf = append(buf, '\\', 'n')
		case '\r':
			buf = append(buf, '\\', 'r')
		case '\t':
			buf = append(buf, '\\', 't')
		case '"', '\\':
			buf = append(buf, '\\', c)
		default:
			buf = append(buf, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	buf = append(buf, s[start:]...)
	return append(buf, '"')
}

// Compare orders two jsonb values as their btree does.
func Compare(a, b *Value) int {
	aContainer, bContainer := a.Kind >= Array, b.Kind >= Array
	if aContainer == bContainer {
		return compareInner(a, b)
	}
	// A bare scalar counts as an array of one; against arrays of other lengths the lengths decide.
	if aContainer {
		return -compareScalarTop(b, a)
	}
	return compareScalarTop(a, b)
}

func compareScalarTop(_, container *Value) int {
	if container.Kind == Object || len(container.Items) >= 1 {
		return -1
	}
	return 1
}

func compareInner(a, b *Value) int {
	if a.Kind != b.Kind {
		return cmp.Compare(a.Kind, b.Kind)
	}
	switch a.Kind {
	case String:
		return strings.Compare(a.Text, b.Text)
	case Number:
		return numeric.CompareText(a.Text, b.Text)
	case Bool:
		switch {
		case a.Bool == b.Bool:
			return 0
		case b.Bool:
			return -1
		}
		return 1
	case Null:
		return 0
	}
	if len(a.Items) != len(b.Items) {
		return cmp.Compare(len(a.Items), len(b.Items))
	}
	for i := range a.Items {
		if a.Kind == Object {
			if c := strings.Compare(a.Keys[i], b.Keys[i]); c != 0 {
				return c
			}
		}
		if c := compareInner(&a.Items[i], &b.Items[i]); c != 0 {
			return c
		}
	}
	return 0
}

// CompareText orders two jsonb values given in canonical text.
func CompareText(a, b string) int {
	if a == b {
		return 0
	}
	x, err1 := Parse(a)
	y, err2 := Parse(b)
	if err1 != nil || err2 != nil {
		return strings.Compare(a, b)
	}
	return Compare(&x, &y)
}
