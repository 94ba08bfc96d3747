package ranges_test

import (
	"strconv"
	"testing"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/golden"
	"github.com/basement-project/basement/internal/sql/types/ranges"
)

func TestOperatorsGolden(t *testing.T) {
	boolean := func(b bool) (string, bool, error) { return strconv.FormatBool(b), true, nil }
	var ops []golden.Op
	var cases []golden.Case
	singles := map[string][]string{
		"int4range": {"empty", "[1,5)", "[5,8)", "[3,6)", "(,3)", "[7,)", "(,)", "[6,7)", "[1,2)"},
		"numrange":  {"empty", "[1,5)", "[5,8]", "(5,8)", "[1,5]", "(,3]", "[7,)", "(,)", "[2,3]", "(2,3)", "[5,5]"},
	}
	for _, name := range []string{"int4range", "numrange"} {
		typ := types.ByName(name)
		o := types.RangeOps(typ)
		parse := func(s string) ranges.Range { d, _ := types.In(typ, -1, s, nil); return types.RangeOf(d) }
		r1, r2 := "$1::text::"+name, "$2::text::"+name
		logical := func(op, sign string, f func(a, b ranges.Range) bool) {
			ops = append(ops, golden.Op{Name: name + op, SQL: "select (" + r1 + " " + sign + " " + r2 + ")::text", Go: func(a []string) (string, bool, error) { return boolean(f(parse(a[0]), parse(a[1]))) }})
		}
		logical("@>", "@>", o.Contains)
		logical("&&", "&&", o.Overlaps)
		logical("<<", "<<", o.Before)
		logical("&<", "&<", o.OverLeft)
		logical("&>", "&>", o.OverRight)
		logical("-|-", "-|-", o.Adjacent)
		result := func(op, sql string, f func(a, b ranges.Range) (ranges.Range, error)) {
			ops = append(ops, golden.Op{Name: name + op, SQL: "select (" + sql + ")::text", Go: func(a []string) (string, bool, error) {
				r, err := f(parse(a[0]), parse(a[1]))
				return r.String(), true, err
			}})
		}
		result("+", r1+" + "+r2, o.Union)
		result("-", r1+" - "+r2, o.Minus)
		result("*", r1+" * "+r2, func(a, b ranges.Range) (ranges.Range, error) { return o.Intersect(a, b), nil })
		for _, op := range []string{"@>", "&&", "<<", "&<", "&>", "-|-", "+", "-", "*", "merge"} {
			cases = append(cases, golden.Cross(name+op, singles[name], singles[name])...)
		}
		result("merge", "range_merge("+r1+", "+r2+")", func(a, b ranges.Range) (ranges.Range, error) { return o.Merge(a, b), nil })
	}
	typ := types.ByName("int4multirange")
	o := types.RangeOps(typ)
	multi := func(s string) ranges.Multirange {
		d, _ := types.In(typ, -1, s, nil)
		return types.MultirangeOf(d)
	}
	const m1, m2 = "$1::text::int4multirange", "$2::text::int4multirange"
	logical := func(op string, f func(a, b ranges.Multirange) bool) {
		ops = append(ops, golden.Op{Name: "multi" + op, SQL: "select (" + m1 + " " + op + " " + m2 + ")::text", Go: func(a []string) (string, bool, error) { return boolean(f(multi(a[0]), multi(a[1]))) }})
	}
	result := func(op string, f func(a, b ranges.Multirange) ranges.Multirange) {
		ops = append(ops, golden.Op{Name: "multi" + op, SQL: "select (" + m1 + " " + op + " " + m2 + ")::text", Go: func(a []string) (string, bool, error) {
			return f(multi(a[0]), multi(a[1])).String(), true, nil
		}})
	}
	logical("@>", o.MultiContainsMulti)
	logical("&&", o.MultiOverlapsMulti)
	result("+", o.MultiUnion)
	result("-", o.MultiMinus)
	result("*", o.MultiIntersect)
	texts := []string{"{}", "{[1,5)}", "{[1,3),[5,8)}", "{(,2),[7,)}", "{(,)}", "{[2,6)}", "{[3,5)}", "{[0,1),[2,3),[9,12)}"}
	for _, op := range []string{"@>", "&&", "+", "-", "*"} {
		cases = append(cases, golden.Cross("multi"+op, texts, texts)...)
	}
	golden.Run(t, "testdata/operators.golden", "", ops, cases)
}
