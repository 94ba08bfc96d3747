package ranges

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Multirange is an ordered list of ranges that are not empty and do not touch.
type Multirange []Range

// SplitMultirange reads a multirange literal into the literals of its ranges; empty ones are left out.
func SplitMultirange(text string) ([]string, error) {
	malformed := func(detail string) ([]string, error) {
		return nil, errs.New("22P02", "malformed multirange literal: \"%s\"", text).WithDetail("%s", detail)
	}
	s := trimLeft(text)
	if !strings.HasPrefix(s, "{") {
		return malformed("Missing left brace.")
	}
	const (
		before = iota
		inside
		quoted
		after
	)
	var out []string
	state, begin, seen := before, 0, 0
	escaped := false
	for i := 1; ; i++ {
		if i >= len(s) {
			return malformed("Unexpected end of input.")
		}
		c := s[i]
		if isSpace(c) {
			continue
		}
		if escaped {
			escaped = false
			continue
		}
		switch state {
		case before:
			switch {
			case c == '[' || c == '(':
				begin, state = i, inside
			case c == '}' && seen == 0:
				state = -1
			case len(s)-i >= 5 && strings.EqualFold(s[i:i+5], "empty"):
				seen++
				i += 4
				state = after
			default:
				return malformed("Expected range start.")
			}
		case inside:
			switch c {
			case ']', ')':
				seen++
				out = append(out, s[begin:i+1])
				state = after
			case '"':
				state = quoted
			case '\\':
				escaped = true
			}
		case quoted:
			switch c {
			case '"':
				if i+1 < len(s) && s[i+1] == '"' {
					i++
				} else {
					state = inside
				}
			case '\\':
				escaped = true
			}
		case after:
			switch c {
			case ',':
				state = before
			case '}':
				state = -1
			default:
				return malformed("Expected comma or end of multirange.")
			}
		}
		if state == -1 {
			if trimLeft(s[i+1:]) != "" {
				return malformed("Junk after closing right brace.")
			}
			return out, nil
		}
	}
}

// MakeMultirange orders ranges, drops empty ones and joins those that overlap or touch.
func (o Ops) MakeMultirange(list []Range) Multirange {
	list = slices.DeleteFunc(slices.Clone(list), func(r Range) bool { return r.Empty })
	slices.SortStableFunc(list, o.Order)
	var out Multirange
	for _, r := range list {
		if n := len(out); n > 0 && (o.Overlaps(out[n-1], r) || o.Adjacent(out[n-1], r)) {
			out[n-1] = o.Merge(out[n-1], r)
			continue
		}
		out = append(out, r)
	}
	return out
}

// Append appends the output function's text.
func (m Multirange) Append(buf []byte) []byte {
	buf = append(buf, '{')
	for i, r := range m {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = r.Append(buf)
	}
	return append(buf, '}')
}

// String is the output function's text.
func (m Multirange) String() string { return string(m.Append(nil)) }

// OrderMultiranges is the btree order: range by range, then by their number.
func (o Ops) OrderMultiranges(a, b Multirange) int {
	for i := 0; i < len(a) && i < len(b); i++ {
		if c := o.Order(a[i], b[i]); c != 0 {
			return c
		}
	}
	switch {
	case len(a) < len(b):
		return -1
	case len(a) > len(b):
		return 1
	}
	return 0
}

// Span is the range from the first bound to the last: range_merge of a multirange.
func (m Multirange) Span() Range {
	if len(m) == 0 {
		return Range{Empty: true}
	}
	return Range{Lower: m[0].Lower, Upper: m[len(m)-1].Upper}
}

// MultiContainsValue is m @> value.
func (o Ops) MultiContainsValue(m Multirange, value string) bool {
	return slices.ContainsFunc(m, func(r Range) bool { return o.ContainsValue(r, value) })
}

// MultiContains is m @> b.
func (o Ops) MultiContains(m Multirange, b Range) bool {
	return b.Empty || slices.ContainsFunc(m, func(r Range) bool { return o.Contains(r, b) })
}

// MultiContainsMulti is a @> b.
func (o Ops) MultiContainsMulti(a, b Multirange) bool {
	return !slices.ContainsFunc(b, func(r Range) bool { return !o.MultiContains(a, r) })
}

// MultiOverlaps is m && b.
func (o Ops) MultiOverlaps(m Multirange, b Range) bool {
	return slices.ContainsFunc(m, func(r Range) bool { return o.Overlaps(r, b) })
}

// MultiOverlapsMulti is a && b.
func (o Ops) MultiOverlapsMulti(a, b Multirange) bool {
	return slices.ContainsFunc(b, func(r Range) bool { return o.MultiOverlaps(a, r) })
}

// MultiUnion is a + b.
func (o Ops) MultiUnion(a, b Multirange) Multirange {
	return o.MakeMultirange(append(slices.Clone(a), b...))
}

// MultiIntersect is a * b.
func (o Ops) MultiIntersect(a, b Multirange) Multirange {
	var out []Range
	for _, x := range a {
		for _, y := range b {
			out = append(out, o.Intersect(x, y))
		}
	}
	return o.MakeMultirange(out)
}

// MultiMinus is a - b.
func (o Ops) MultiMinus(a, b Multirange) Multirange {
	left := slices.Clone(a)
	for _, y := range b {
		var next []Range
		for _, x := range left {
			l, r := o.cut(x, y)
			next = append(next, l, r)
		}
		left = o.MakeMultirange(next)
	}
	return left
}
