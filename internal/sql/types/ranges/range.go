package ranges

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Bound is one end of a range. An infinite bound has no text and is not inclusive.
type Bound struct {
	Text      string
	Infinite  bool
	Inclusive bool
}

// Range is one range. An empty range has no bounds.
type Range struct {
	Empty        bool
	Lower, Upper Bound
}

// Ops is what a range type knows of its bounds.
type Ops struct {
	// Compare orders two bounds.
	Compare func(a, b string) int
	// Next gives the value after a bound, for discrete types; nil for continuous ones. ok is false for a value that has
	// no successor but is allowed (an infinite date).
	Next func(s string) (next string, ok bool, err error)
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func trimLeft(s string) string { return strings.TrimLeft(s, " \t\n\v\f\r") }

// Parse reads a range literal; the bounds' texts are as they stand, not yet checked.
func Parse(text string) (Range, error) {
	malformed := func(detail string) (Range, error) {
		return Range{}, errs.New("22P02", "malformed range literal: \"%s\"", text).WithDetail("%s", detail)
	}
	s := trimLeft(text)
	if len(s) >= 5 && strings.EqualFold(s[:5], "empty") {
		if trimLeft(s[5:]) != "" {
			return malformed(`Junk after "empty" key word.`)
		}
		return Range{Empty: true}, nil
	}
	if s == "" || s[0] != '[' && s[0] != '(' {
		return malformed("Missing left parenthesis or bracket.")
	}
	var r Range
	open := s[0]
	var ok bool
	if r.Lower, s, ok = parseBound(s[1:]); !ok {
		return malformed("Unexpected end of input.")
	}
	r.Lower.Inclusive = open == '[' && !r.Lower.Infinite
	if s[0] != ',' {
		return malformed("Missing comma after lower bound.")
	}
	if r.Upper, s, ok = parseBound(s[1:]); !ok {
		return malformed("Unexpected end of input.")
	}
	if s[0] == ',' {
		return malformed("Too many commas.")
	}
	r.Upper.Inclusive = s[0] == ']' && !r.Upper.Infinite
	if trimLeft(s[1:]) != "" {
		return malformed("Junk after right parenthesis or bracket.")
	}
	return r, nil
}

// parseBound reads up to the comma or bracket after a bound.
func parseBound(s string) (b Bound, rest string, ok bool) {
	ends := func(c byte) bool { return c == ',' || c == ')' || c == ']' }
	if s != "" && ends(s[0]) {
		return Bound{Infinite: true}, s, true
	}
	var out []byte
	quoted := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case !quoted && ends(c):
			b.Text = string(out)
			return b, s[i:], true
		case c == '\\':
			i++
			if i >= len(s) {
				return b, "", false
			}
			out = append(out, s[i])
		case c == '"' && !quoted:
			quoted = true
		case c == '"':
			if i+1 < len(s) && s[i+1] == '"' {
				out = append(out, '"')
				i++
			} else {
				quoted = false
			}
		default:
			out = append(out, c)
		}
	}
	return b, "", false
}

// Append appends the output function's text.
func (r Range) Append(buf []byte) []byte {
	if r.Empty {
		return append(buf, "empty"...)
	}
	open, end := byte('('), byte(')')
	if r.Lower.Inclusive {
		open = '['
	}
	if r.Upper.Inclusive {
		end = ']'
	}
	buf = append(buf, open)
	if !r.Lower.Infinite {
		buf = appendBound(buf, r.Lower.Text)
	}
	buf = append(buf, ',')
	if !r.Upper.Infinite {
		buf = appendBound(buf, r.Upper.Text)
	}
	return append(buf, end)
}

func appendBound(buf []byte, s string) []byte {
	quote := s == ""
	for i := 0; i < len(s) && !quote; i++ {
		c := s[i]
		quote = isSpace(c) || strings.IndexByte(`"\()[],`, c) >= 0
	}
	if !quote {
		return append(buf, s...)
	}
	buf = append(buf, '"')
	for i := 0; i < len(s); i++ {
		if c := s[i]; c == '"' || c == '\\' {
			buf = append(buf, c)
		}
		buf = append(buf, s[i])
	}
	return append(buf, '"')
}

// String is the output function's text.
func (r Range) String() string { return string(r.Append(nil)) }

// Make checks the bounds' order and gives the canonical range.
func (o Ops) Make(r Range) (Range, error) {
	r, err := o.order(r)
	if err != nil || r.Empty || o.Next == nil {
		return r, err
	}
	if !r.Lower.Infinite && !r.Lower.Inclusive {
		if err := o.step(&r.Lower, true); err != nil {
			return Range{}, err
		}
	}
	if !r.Upper.Infinite && r.Upper.Inclusive {
		if err := o.step(&r.Upper, false); err != nil {
			return Range{}, err
		}
	}
	return o.order(r)
}

func (o Ops) step(b *Bound, inclusive bool) error {
	next, ok, err := o.Next(b.Text)
	if err != nil {
		return err
	}
	if ok {
		b.Text, b.Inclusive = next, inclusive
	}
	return nil
}

func (o Ops) order(r Range) (Range, error) {
	if r.Empty {
		return Range{Empty: true}, nil
	}
	r.Lower.Inclusive = r.Lower.Inclusive && !r.Lower.Infinite
	r.Upper.Inclusive = r.Upper.Inclusive && !r.Upper.Infinite
	if r.Lower.Infinite || r.Upper.Infinite {
		return r, nil
	}
	c := o.Compare(r.Lower.Text, r.Upper.Text)
	if c > 0 {
		return Range{}, errs.New("22000", "range lower bound must be less than or equal to range upper bound")
	}
	if c == 0 && !(r.Lower.Inclusive && r.Upper.Inclusive) {
		return Range{Empty: true}, nil
	}
	return r, nil
}

// compareBounds orders two bounds, each a lower or an upper one.
func (o Ops) compareBounds(a Bound, aLower bool, b Bound, bLower bool) int {
	side := func(lower bool) int {
		if lower {
			return -1
		}
		return 1
	}
	switch {
	case a.Infinite && b.Infinite:
		if aLower == bLower {
			return 0
		}
		return side(aLower)
	case a.Infinite:
		return side(aLower)
	case b.Infinite:
		return -side(bLower)
	}
	if c := o.Compare(a.Text, b.Text); c != 0 {
		return c
	}
	switch {
	case !a.Inclusive && !b.Inclusive:
		if aLower == bLower {
			return 0
		}
		return -side(aLower)
	case !a.Inclusive:
		return -side(aLower)
	case !b.Inclusive:
		return side(bLower)
	}
	return 0
}

// Order is the btree order: empty ranges first, then by lower, then by upper bound.
func (o Ops) Order(a, b Range) int {
	switch {
	case a.Empty && b.Empty:
		return 0
	case a.Empty:
		return -1
	case b.Empty:
		return 1
	}
	if c := o.compareBounds(a.Lower, true, b.Lower, true); c != 0 {
		return c
	}
	return o.compareBounds(a.Upper, false, b.Upper, false)
}

// ContainsValue is r @> value.
func (o Ops) ContainsValue(r Range, value string) bool {
	if r.Empty {
		return false
	}
	if !r.Lower.Infinite {
		if c := o.Compare(r.Lower.Text, value); c > 0 || c == 0 && !r.Lower.Inclusive {
			return false
		}
	}
	if !r.Upper.Infinite {
		if c := o.Compare(r.Upper.Text, value); c < 0 || c == 0 && !r.Upper.Inclusive {
			return false
		}
	}
	return true
}

// Contains is a @> b.
func (o Ops) Contains(a, b Range) bool {
	if b.Empty {
		return true
	}
	return !a.Empty && o.compareBounds(a.Lower, true, b.Lower, true) <= 0 && o.compareBounds(a.Upper, false, b.Upper, false) >= 0
}

// Overlaps is a && b.
func (o Ops) Overlaps(a, b Range) bool {
	return !a.Empty && !b.Empty && !o.Before(a, b) && !o.Before(b, a)
}

// Before is a << b.
func (o Ops) Before(a, b Range) bool {
	return !a.Empty && !b.Empty && o.compareBounds(a.Upper, false, b.Lower, true) < 0
}

// OverLeft is a &< b: a does not extend to the right of b.
func (o Ops) OverLeft(a, b Range) bool {
	return !a.Empty && !b.Empty && o.compareBounds(a.Upper, false, b.Upper, false) <= 0
}

// OverRight is a &> b: a does not extend to the left of b.
func (o Ops) OverRight(a, b Range) bool {
	return !a.Empty && !b.Empty && o.compareBounds(a.Lower, true, b.Lower, true) >= 0
}

// Adjacent is a -|- b.
func (o Ops) Adjacent(a, b Range) bool {
	return !a.Empty && !b.Empty && (o.touch(a.Upper, b.Lower) || o.touch(b.Upper, a.Lower))
}

// touch says whether nothing lies between an upper and a lower bound, and neither reaches into the other.
func (o Ops) touch(upper, lower Bound) bool {
	if upper.Infinite || lower.Infinite {
		return false
	}
	c := o.Compare(upper.Text, lower.Text)
	switch {
	case c > 0:
		return false
	case c == 0:
		return upper.Inclusive != lower.Inclusive
	case o.Next == nil:
		return false
	}
	upper.Inclusive, lower.Inclusive = !upper.Inclusive, !lower.Inclusive
	between, err := o.Make(Range{Lower: upper, Upper: lower})
	return err == nil && between.Empty
}

func (o Ops) lowest(a, b Bound) Bound {
	// Of equal bounds written differently PostgreSQL takes the second.
	if o.compareBounds(a, true, b, true) < 0 {
		return a
	}
	return b
}

func (o Ops) highest(a, b Bound) Bound {
	if o.compareBounds(a, false, b, false) > 0 {
		return a
	}
	return b
}

// Merge is range_merge: the least range that holds both.
func (o Ops) Merge(a, b Range) Range {
	switch {
	case a.Empty:
		return b
	case b.Empty:
		return a
	}
	return Range{Lower: o.lowest(a.Lower, b.Lower), Upper: o.highest(a.Upper, b.Upper)}
}

// Union is a + b.
func (o Ops) Union(a, b Range) (Range, error) {
	if !a.Empty && !b.Empty && !o.Overlaps(a, b) && !o.Adjacent(a, b) {
		return Range{}, errs.New("22000", "result of range union would not be contiguous")
	}
	return o.Merge(a, b), nil
}

// Intersect is a * b.
func (o Ops) Intersect(a, b Range) Range {
	if !o.Overlaps(a, b) {
		return Range{Empty: true}
	}
	r := Range{Lower: a.Lower, Upper: a.Upper}
	if o.compareBounds(a.Lower, true, b.Lower, true) < 0 {
		r.Lower = b.Lower
	}
	if o.compareBounds(a.Upper, false, b.Upper, false) > 0 {
		r.Upper = b.Upper
	}
	return r
}

// Minus is a - b.
func (o Ops) Minus(a, b Range) (Range, error) {
	left, right := o.cut(a, b)
	switch {
	case !left.Empty && !right.Empty:
		return Range{}, errs.New("22000", "result of range difference would not be contiguous")
	case right.Empty:
		return left, nil
	}
	return right, nil
}

// cut takes b out of a: what remains on its left and on its right.
func (o Ops) cut(a, b Range) (left, right Range) {
	left, right = Range{Empty: true}, Range{Empty: true}
	if a.Empty || b.Empty || !o.Overlaps(a, b) {
		return a, right
	}
	if o.compareBounds(a.Lower, true, b.Lower, true) < 0 {
		upper := b.Lower
		upper.Inclusive = !upper.Inclusive
		left, _ = o.Make(Range{Lower: a.Lower, Upper: upper})
	}
	if o.compareBounds(a.Upper, false, b.Upper, false) > 0 {
		lower := b.Upper
		lower.Inclusive = !lower.Inclusive
		right, _ = o.Make(Range{Lower: lower, Upper: a.Upper})
	}
	return left, right
}
