package types

import (
	"math"
	"strconv"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/ranges"
)

// RangeOps gives the operations on a range type (or a multirange's ranges). The bounds' texts are as printed in UTC.
func RangeOps(t *Type) ranges.Ops {
	t = t.Underlying()
	sub := t.Subtype.Underlying()
	ops := ranges.Ops{Compare: func(a, b string) int { return compareStoredText(sub, a, b) }}
	switch t.OID {
	case Int4RangeOID, Int4MultirangeOID:
		ops.Next = nextInt(math.MaxInt32, "integer")
	case Int8RangeOID, Int8MultirangeOID:
		ops.Next = nextInt(math.MaxInt64, "bigint")
	case DateRangeOID, DateMultirangeOID:
		ops.Next = nextDate
	}
	return ops
}

func nextInt(limit int64, name string) func(string) (string, bool, error) {
	return func(s string) (string, bool, error) {
		i, err := strconv.ParseInt(s, 10, 64)
		if err != nil || i >= limit {
			return "", false, errs.New("22003", "%s out of range", name)
		}
		return strconv.FormatInt(i+1, 10), true, nil
	}
}

func nextDate(s string) (string, bool, error) {
	d, err := datetime.ParseDate(s, stored.session())
	if err != nil || !d.IsFinite() {
		return "", false, err
	}
	next, err := d.AddDays(1)
	return next.String(), true, err
}

// inBounds reads the bounds' texts and makes the range canonical.
func inBounds(t *Type, r ranges.Range, env *Env) (ranges.Range, error) {
	for _, b := range []*ranges.Bound{&r.Lower, &r.Upper} {
		if r.Empty || b.Infinite {
			continue
		}
		d, err := In(t.Subtype, -1, b.Text, env)
		if err != nil {
			return r, err
		}
		b.Text = Out(t.Subtype, d, stored)
	}
	return RangeOps(t).Make(r)
}

func inRange(t *Type, text string, env *Env) (Datum, error) {
	r, err := ranges.Parse(text)
	if err != nil {
		return Datum{}, err
	}
	if r, err = inBounds(t, r, env); err != nil {
		return Datum{}, err
	}
	return Text(r.String()), nil
}

func inMultirange(t *Type, text string, env *Env) (Datum, error) {
	parts, err := ranges.SplitMultirange(text)
	if err != nil {
		return Datum{}, err
	}
	list := make([]ranges.Range, len(parts))
	for i, p := range parts {
		r, err := ranges.Parse(p)
		if err != nil {
			return Datum{}, err
		}
		if list[i], err = inBounds(t, r, env); err != nil {
			return Datum{}, err
		}
	}
	return Text(RangeOps(t).MakeMultirange(list).String()), nil
}

// MakeRange makes a range of two bounds' values (NULL for none) and the brackets, "[)" and the like.
func MakeRange(t *Type, lower, upper Datum, brackets string) (Datum, error) {
	if brackets != "[]" && brackets != "[)" && brackets != "(]" && brackets != "()" {
		return Datum{}, errs.New("42601", "invalid range bound flags").WithHint("Valid values are \"[]\", \"[)\", \"(]\", and \"()\".")
	}
	bound := func(d Datum, inclusive bool) ranges.Bound {
		if d.IsNull() {
			return ranges.Bound{Infinite: true}
		}
		return ranges.Bound{Text: Out(t.Subtype, d, stored), Inclusive: inclusive}
	}
	r, err := RangeOps(t).Make(ranges.Range{Lower: bound(lower, brackets[0] == '['), Upper: bound(upper, brackets[1] == ']')})
	if err != nil {
		return Datum{}, err
	}
	return Text(r.String()), nil
}

// RangeOf reads a stored range; what is none reads as empty.
func RangeOf(d Datum) ranges.Range {
	r, err := ranges.Parse(d.S)
	if err != nil {
		return ranges.Range{Empty: true}
	}
	return r
}

// MultirangeOf reads a stored multirange.
func MultirangeOf(d Datum) ranges.Multirange {
	parts, err := ranges.SplitMultirange(d.S)
	if err != nil {
		return nil
	}
	out := make(ranges.Multirange, len(parts))
	for i, p := range parts {
		out[i] = RangeOf(Text(p))
	}
	return out
}

// RangeDatum and MultirangeDatum store canonical values.
func RangeDatum(r ranges.Range) Datum           { return Text(r.String()) }
func MultirangeDatum(m ranges.Multirange) Datum { return Text(m.String()) }

func outNestedRange(t *Type, s string, env *Env) string {
	change := func(r ranges.Range) ranges.Range {
		for _, b := range []*ranges.Bound{&r.Lower, &r.Upper} {
			if !r.Empty && !b.Infinite {
				b.Text = outNested(t.Subtype, b.Text, env)
			}
		}
		return r
	}
	if t.Kind == RangeType {
		return change(RangeOf(Text(s))).String()
	}
	m := MultirangeOf(Text(s))
	for i := range m {
		m[i] = change(m[i])
	}
	return m.String()
}

func compareRanges(t *Type, a, b string) int {
	if t.Kind == RangeType {
		return RangeOps(t).Order(RangeOf(Text(a)), RangeOf(Text(b)))
	}
	return RangeOps(t).OrderMultiranges(MultirangeOf(Text(a)), MultirangeOf(Text(b)))
}
