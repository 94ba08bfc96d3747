package builtin

import (
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/numeric"
	"github.com/basement-project/basement/internal/sql/types/ranges"
)

// multirangeTable declares the tests of position between ranges and multiranges, and their aggregates.
func multirangeTable() []entry {
	var list []entry
	const m, r = "anymultirange", "anyrange"
	test := func(name string, f func(o ranges.Ops, a, b ranges.Range) bool) {
		for _, k := range [][2]string{{m, m}, {m, r}, {r, m}} {
			sig := k[0][3:] + "_" + name + "_" + k[1][3:] + "(" + k[0] + "," + k[1] + ")"
			span := func(c *Call, i int) ranges.Range {
				if k[i] == m {
					return types.MultirangeOf(c.Args[i]).Span()
				}
				return types.RangeOf(c.Args[i])
			}
			list = append(list, entry{sig: sig, typed: true, fn: func(c *Call) (types.Datum, error) {
				a, b := span(c, 0), span(c, 1)
				return types.Bool(!a.Empty && !b.Empty && f(types.RangeOps(c.Desc.Items[0].Type), a, b)), nil
			}})
		}
	}
	test("before", func(o ranges.Ops, a, b ranges.Range) bool { return o.Before(a, b) })
	test("after", func(o ranges.Ops, a, b ranges.Range) bool { return o.Before(b, a) })
	test("overleft", func(o ranges.Ops, a, b ranges.Range) bool { return o.OverLeft(a, b) })
	test("overright", func(o ranges.Ops, a, b ranges.Range) bool { return o.OverRight(a, b) })
	test("adjacent", func(o ranges.Ops, a, b ranges.Range) bool { return o.Adjacent(a, b) })
	within := func(rng, multi int) Func {
		return func(c *Call) (types.Datum, error) {
			return types.Bool(types.RangeOps(c.Desc.Items[0].Type).Contains(types.RangeOf(c.Args[rng]), types.MultirangeOf(c.Args[multi]).Span())), nil
		}
	}
	list = append(list,
		entry{sig: "range_contains_multirange(anyrange,anymultirange)", typed: true, fn: within(0, 1)},
		entry{sig: "multirange_contained_by_range(anymultirange,anyrange)", typed: true, fn: within(1, 0)},
		entry{sig: "range_agg(anymultirange)", agg: func() Aggregate { return &multirangeAgg{} }},
		entry{sig: "range_intersect_agg(anymultirange)", agg: func() Aggregate { return &multirangeAgg{intersect: true} }})
	for _, t := range []string{"int4range", "int8range", "daterange"} {
		list = append(list, entry{sig: t + "_canonical(" + t + ")", sql: "$1", safe: true})
	}
	difference := func(sig string, f func(c *Call) float64) {
		list = append(list, entry{sig: sig, safe: true, fn: func(c *Call) (types.Datum, error) { return types.Float(f(c)), nil }})
	}
	ints := func(c *Call) float64 { return float64(c.Args[0].I) - float64(c.Args[1].I) }
	difference("int4range_subdiff(int4,int4)", ints)
	difference("int8range_subdiff(int8,int8)", ints)
	difference("daterange_subdiff(date,date)", func(c *Call) float64 { return float64(c.date(0)) - float64(c.date(1)) })
	moments := func(c *Call) float64 {
		return (float64(types.TimestampOf(c.Args[0])) - float64(types.TimestampOf(c.Args[1]))) / 1e6
	}
	difference("tsrange_subdiff(timestamp,timestamp)", moments)
	difference("tstzrange_subdiff(timestamptz,timestamptz)", moments)
	list = append(list, entry{sig: "numrange_subdiff(numeric,numeric)", fn: func(c *Call) (types.Datum, error) {
		n, err := numeric.Sub(number(c.Args[0]), number(c.Args[1]))
		if err != nil {
			return types.Datum{}, err
		}
		f, err := n.ToFloat(64)
		return types.Float(f), err
	}})
	return list
}

type multirangeAgg struct {
	intersect, some bool
	sum             ranges.Multirange
}

func (a *multirangeAgg) Step(c *Call) error {
	if c.Args[0].IsNull() {
		return nil
	}
	x := types.MultirangeOf(keep(c.Args[0]))
	o := types.RangeOps(c.Desc.Items[0].Type)
	switch {
	case !a.some:
		a.some, a.sum = true, x
	case a.intersect:
		a.sum = o.MultiIntersect(a.sum, x)
	default:
		a.sum = o.MultiUnion(a.sum, x)
	}
	return nil
}

func (a *multirangeAgg) Result(*Call) (types.Datum, error) {
	if !a.some {
		return types.Datum{}, nil
	}
	return types.MultirangeDatum(a.sum), nil
}
