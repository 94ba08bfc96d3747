package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/ranges"
)

// rangeTable declares the functions and operators of ranges and multiranges.
func rangeTable() []entry {
	var list []entry
	typed := func(sig string, fn Func) { list = append(list, entry{sig: sig, fn: fn, typed: true}) }
	for _, t := range []string{"int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange"} {
		rng := types.ByName(t)
		sub := rng.Subtype.Name
		make := func(c *Call) (types.Datum, error) {
			brackets := "[)"
			if len(c.Args) > 2 {
				if c.Args[2].IsNull() {
					return types.Datum{}, errs.New("22000", "range constructor flags argument must not be null")
				}
				brackets = strings.Clone(c.Args[2].S)
				if len(brackets) != 2 || strings.IndexByte("[(", brackets[0]) < 0 || strings.IndexByte("])", brackets[1]) < 0 {
					return types.Datum{}, errs.New("42601", "invalid range bound flags").
						WithHint("Valid values are \"[]\", \"[)\", \"(]\", and \"()\".")
				}
			}
			return types.MakeRange(rng, c.Args[0], c.Args[1], brackets)
		}
		list = append(list, entry{sig: t + "(" + sub + "," + sub + ")", fn: make}, entry{sig: t + "(" + sub + "," + sub + ",text)", fn: make})
	}
	for _, t := range []string{"int4range", "int8range", "numrange", "daterange", "tsrange", "tstzrange"} {
		rng := types.ByName(t)
		name := strings.TrimSuffix(t, "range") + "multirange"
		collect := func(c *Call) (types.Datum, error) {
			var all []ranges.Range
			for _, d := range c.Args {
				all = append(all, types.RangeOf(d))
			}
			return types.MultirangeDatum(types.RangeOps(rng).MakeMultirange(all)), nil
		}
		list = append(list, entry{sig: name + "()", sql: "'{}'", safe: true}, entry{sig: name + "(" + t + ")", fn: collect},
			entry{sig: name + "(_" + t + ")", fn: func(c *Call) (types.Datum, error) {
				elems, err := elements(types.ByOID(rng.Array), c.Args[0], c.Env())
				if err != nil {
					return types.Datum{}, err
				}
				for _, d := range elems {
					if d.IsNull() {
						return types.Datum{}, errs.New("22004", "multirange values cannot contain null members")
					}
				}
				c.Args = append(c.Args[:0], elems...)
				return collect(c)
			}})
	}
	// one asks for something of one range; multi says the same of a multirange.
	one := func(name string, f func(c *Call, r ranges.Range) (types.Datum, error)) {
		typed(name+"(anyrange)", func(c *Call) (types.Datum, error) { return f(c, types.RangeOf(c.Args[0])) })
		typed(name+"(anymultirange)", func(c *Call) (types.Datum, error) {
			return f(c, types.MultirangeOf(c.Args[0]).Span())
		})
	}
	bound := func(c *Call, r ranges.Range, b ranges.Bound) (types.Datum, error) {
		if r.Empty || b.Infinite {
			return types.Datum{}, nil
		}
		return types.In(c.Desc.Items[0].Type.Underlying().Subtype, -1, b.Text, c.utc())
	}
	one("lower", func(c *Call, r ranges.Range) (types.Datum, error) { return bound(c, r, r.Lower) })
	one("upper", func(c *Call, r ranges.Range) (types.Datum, error) { return bound(c, r, r.Upper) })
	flag := func(f func(r ranges.Range) bool) func(*Call, ranges.Range) (types.Datum, error) {
		return func(_ *Call, r ranges.Range) (types.Datum, error) { return types.Bool(f(r)), nil }
	}
	one("isempty", flag(func(r ranges.Range) bool { return r.Empty }))
	one("lower_inc", flag(func(r ranges.Range) bool { return !r.Empty && r.Lower.Inclusive }))
	one("upper_inc", flag(func(r ranges.Range) bool { return !r.Empty && r.Upper.Inclusive }))
	one("lower_inf", flag(func(r ranges.Range) bool { return !r.Empty && r.Lower.Infinite }))
	one("upper_inf", flag(func(r ranges.Range) bool { return !r.Empty && r.Upper.Infinite }))

	// Tests of two ranges, and of multiranges as lists of ranges.
	test := func(name string, f func(o ranges.Ops, a, b ranges.Range) bool) {
		typed("range_"+name+"(anyrange,anyrange)", func(c *Call) (types.Datum, error) {
			return types.Bool(f(types.RangeOps(c.Desc.Items[0].Type), types.RangeOf(c.Args[0]), types.RangeOf(c.Args[1]))), nil
		})
	}
	test("overlaps", func(o ranges.Ops, a, b ranges.Range) bool { return o.Overlaps(a, b) })
	test("contains", func(o ranges.Ops, a, b ranges.Range) bool { return o.Contains(a, b) })
	test("contained_by", func(o ranges.Ops, a, b ranges.Range) bool { return o.Contains(b, a) })
	test("before", func(o ranges.Ops, a, b ranges.Range) bool { return o.Before(a, b) })
	test("after", func(o ranges.Ops, a, b ranges.Range) bool { return o.Before(b, a) })
	test("overleft", func(o ranges.Ops, a, b ranges.Range) bool { return o.OverLeft(a, b) })
	test("overright", func(o ranges.Ops, a, b ranges.Range) bool { return o.OverRight(a, b) })
	test("adjacent", func(o ranges.Ops, a, b ranges.Range) bool { return o.Adjacent(a, b) })
	make := func(sig string, f func(o ranges.Ops, a, b ranges.Range) (ranges.Range, error)) {
		typed(sig, func(c *Call) (types.Datum, error) {
			r, err := f(types.RangeOps(c.Desc.Items[0].Type), types.RangeOf(c.Args[0]), types.RangeOf(c.Args[1]))
			if err != nil {
				return types.Datum{}, err
			}
			return types.RangeDatum(r), nil
		})
	}
	make("range_union(anyrange,anyrange)", ranges.Ops.Union)
	make("range_intersect(anyrange,anyrange)", func(o ranges.Ops, a, b ranges.Range) (ranges.Range, error) { return o.Intersect(a, b), nil })
	make("range_minus(anyrange,anyrange)", ranges.Ops.Minus)
	make("range_merge(anyrange,anyrange)", func(o ranges.Ops, a, b ranges.Range) (ranges.Range, error) { return o.Merge(a, b), nil })
	typed("range_merge(anymultirange)", func(c *Call) (types.Datum, error) {
		return types.RangeDatum(types.MultirangeOf(c.Args[0]).Span()), nil
	})
	// Range and element.
	element := func(c *Call, r, v int) (types.Datum, error) {
		t := c.Desc.Items[r].Type
		text := types.Out(t.Underlying().Subtype, c.Args[v], c.utc())
		if t.Underlying().Kind == types.MultirangeType {
			return types.Bool(types.RangeOps(t).MultiContainsValue(types.MultirangeOf(c.Args[r]), text)), nil
		}
		return types.Bool(types.RangeOps(t).ContainsValue(types.RangeOf(c.Args[r]), text)), nil
	}
	typed("range_contains_elem(anyrange,anyelement)", func(c *Call) (types.Datum, error) { return element(c, 0, 1) })
	typed("elem_contained_by_range(anyelement,anyrange)", func(c *Call) (types.Datum, error) { return element(c, 1, 0) })
	typed("multirange_contains_elem(anymultirange,anyelement)", func(c *Call) (types.Datum, error) { return element(c, 0, 1) })
	typed("elem_contained_by_multirange(anyelement,anymultirange)", func(c *Call) (types.Datum, error) { return element(c, 1, 0) })

	multi := func(c *Call, i int) ranges.Multirange { return types.MultirangeOf(c.Args[i]) }
	rng := func(c *Call, i int) ranges.Range { return types.RangeOf(c.Args[i]) }
	check := func(sig string, f func(o ranges.Ops, c *Call) bool) {
		typed(sig, func(c *Call) (types.Datum, error) { return types.Bool(f(types.RangeOps(c.Desc.Items[0].Type), c)), nil })
	}
	const m, r = "anymultirange", "anyrange"
	check("multirange_overlaps_multirange("+m+","+m+")", func(o ranges.Ops, c *Call) bool { return o.MultiOverlapsMulti(multi(c, 0), multi(c, 1)) })
	check("multirange_overlaps_range("+m+","+r+")", func(o ranges.Ops, c *Call) bool { return o.MultiOverlaps(multi(c, 0), rng(c, 1)) })
	check("range_overlaps_multirange("+r+","+m+")", func(o ranges.Ops, c *Call) bool { return o.MultiOverlaps(multi(c, 1), rng(c, 0)) })
	check("multirange_contains_multirange("+m+","+m+")", func(o ranges.Ops, c *Call) bool { return o.MultiContainsMulti(multi(c, 0), multi(c, 1)) })
	check("multirange_contained_by_multirange("+m+","+m+")", func(o ranges.Ops, c *Call) bool { return o.MultiContainsMulti(multi(c, 1), multi(c, 0)) })
	check("multirange_contains_range("+m+","+r+")", func(o ranges.Ops, c *Call) bool { return o.MultiContains(multi(c, 0), rng(c, 1)) })
	check("range_contained_by_multirange("+r+","+m+")", func(o ranges.Ops, c *Call) bool { return o.MultiContains(multi(c, 1), rng(c, 0)) })
	multis := func(sig string, f func(o ranges.Ops, a, b ranges.Multirange) ranges.Multirange) {
		typed(sig, func(c *Call) (types.Datum, error) {
			return types.MultirangeDatum(f(types.RangeOps(c.Desc.Items[0].Type), multi(c, 0), multi(c, 1))), nil
		})
	}
	multis("multirange_union("+m+","+m+")", ranges.Ops.MultiUnion)
	multis("multirange_intersect("+m+","+m+")", ranges.Ops.MultiIntersect)
	multis("multirange_minus("+m+","+m+")", ranges.Ops.MultiMinus)
	typed("multirange(anyrange)", func(c *Call) (types.Datum, error) {
		return types.MultirangeDatum(types.RangeOps(c.Desc.Items[0].Type).MakeMultirange([]ranges.Range{rng(c, 0)})), nil
	})
	return append(list,
		entry{sig: "unnest(anymultirange)", set: func(c *Call, yield func([]types.Datum) bool) error {
			for _, x := range types.MultirangeOf(c.Args[0]) {
				if !yield([]types.Datum{types.RangeDatum(x)}) {
					break
				}
			}
			return nil
		}},
		entry{sig: "range_agg(anyrange)", agg: func() Aggregate { return &rangeAgg{} }},
		entry{sig: "range_intersect_agg(anyrange)", agg: func() Aggregate { return &rangeAgg{intersect: true} }},
	)
}

// utc is the session with the time zone of stored bounds.
func (c *Call) utc() *types.Env {
	e := c.Env()
	if e == nil || e.Location == nil {
		return e
	}
	u := *e
	u.Location = nil
	return &u
}

type rangeAgg struct {
	intersect bool
	list      []ranges.Range
}

func (r *rangeAgg) Step(c *Call) error {
	if !c.Args[0].IsNull() {
		r.list = append(r.list, types.RangeOf(keep(c.Args[0])))
	}
	return nil
}

func (r *rangeAgg) Result(c *Call) (types.Datum, error) {
	if len(r.list) == 0 {
		return types.Datum{}, nil
	}
	o := types.RangeOps(c.Desc.Items[0].Type)
	if !r.intersect {
		return types.MultirangeDatum(o.MakeMultirange(r.list)), nil
	}
	x := r.list[0]
	for _, y := range r.list[1:] {
		x = o.Intersect(x, y)
	}
	return types.RangeDatum(x), nil
}
