package extension

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
)

// Bad is an error as a function's result.
func Bad(code, format string, args ...any) (types.Datum, error) {
	return types.Datum{}, errs.New(code, format, args...)
}

// Own copies a text of an argument, which ends with the call.
func Own(d types.Datum) string { return strings.Clone(d.S) }

// Array reads a stored array.
func Array(d types.Datum) array.Array {
	a, _ := array.Parse(d.S, ',')
	return a
}

// Texts stores a text[].
func Texts(list []string) types.Datum {
	elems := make([]array.Elem, len(list))
	for i, s := range list {
		elems[i].Text = s
	}
	return Elems(elems)
}

// Elems stores a one-dimensional array of printed elements.
func Elems(elems []array.Elem) types.Datum {
	return types.Text(array.New(elems).String())
}

// Ints stores an int4[].
func Ints(list []int64) types.Datum {
	elems := make([]array.Elem, len(list))
	for i, n := range list {
		elems[i].Text = strconv.FormatInt(n, 10)
	}
	return Elems(elems)
}

// Floats reads a float8[], float4[], int4[] or numeric[].
func Floats(a array.Array) []float64 {
	out := make([]float64, len(a.Elems))
	for i, e := range a.Elems {
		out[i], _ = strconv.ParseFloat(e.Text, 64)
	}
	return out
}

// Constant makes a function that always gives one value.
func Constant(d types.Datum) Func {
	return func(Call) (types.Datum, error) { return d, nil }
}

// Comparisons are the forms of a type's six comparisons, its functions named as a prefix and eq, ne, lt, le, gt and ge.
func Comparisons(prefix, typ string) []Function {
	var out []Function
	for _, c := range [][2]string{{"eq", "="}, {"ne", "<>"}, {"lt", "<"}, {"le", "<="}, {"gt", ">"}, {"ge", ">="}} {
		out = append(out, Function{Sig: prefix + c[0] + "(" + typ + "," + typ + ")", Compare: c[1], Typed: true, Fn: compared(c[1])})
	}
	return out
}

// compared is a comparison called as a function.
func compared(op string) Func {
	return func(c Call) (types.Datum, error) {
		v := c.Values()
		return types.Bool(Holds(op, types.Compare(c.ArgType(0), v[0], v[1]))), nil
	}
}

// Holds says whether a comparison's operator is true of an order.
func Holds(op string, order int) bool {
	switch op {
	case "=":
		return order == 0
	case "<>":
		return order != 0
	case "<":
		return order < 0
	case "<=":
		return order <= 0
	case ">":
		return order > 0
	}
	return order >= 0
}

// Order is a type's comparison function for btree: -1, 0 or 1.
func Order(sig string) Function {
	return Function{Sig: sig, Typed: true, Fn: func(c Call) (types.Datum, error) {
		v := c.Values()
		n := types.Compare(c.ArgType(0), v[0], v[1])
		return types.Int(int64(min(max(n, -1), 1))), nil
	}}
}
