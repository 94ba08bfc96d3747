package array

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Equal says whether two elements that are not NULL are the same value.
type Equal func(a, b string) bool

func same(eq Equal, a, b Elem) bool {
	if a.Null || b.Null {
		return a.Null && b.Null
	}
	return eq(a.Text, b.Text)
}

// Length, LowerBound and UpperBound ask for a dimension, counted from 1; ok is false when there is none such.
func (a Array) Length(dim int) (n int, ok bool) {
	if dim < 1 || dim > len(a.Dims) {
		return 0, false
	}
	return a.Dims[dim-1], true
}

// LowerBound is the first subscript of a dimension.
func (a Array) LowerBound(dim int) (n int, ok bool) {
	if dim < 1 || dim > len(a.Dims) {
		return 0, false
	}
	return a.Lower[dim-1], true
}

// UpperBound is the last subscript of a dimension.
func (a Array) UpperBound(dim int) (n int, ok bool) {
	if dim < 1 || dim > len(a.Dims) {
		return 0, false
	}
	return a.Lower[dim-1] + a.Dims[dim-1] - 1, true
}

// DimsText is array_dims: "[1:2][1:3]"; ok is false for an empty array.
func (a Array) DimsText() (text string, ok bool) {
	var b strings.Builder
	for i, n := range a.Dims {
		b.WriteString("[" + strconv.Itoa(a.Lower[i]) + ":" + strconv.Itoa(a.Lower[i]+n-1) + "]")
	}
	return b.String(), len(a.Dims) > 0
}

// Get is the element at the subscripts; ok is false when there is none.
func (a Array) Get(subscripts ...int) (e Elem, ok bool) {
	if len(subscripts) != len(a.Dims) || len(a.Dims) == 0 {
		return Elem{}, false
	}
	at := 0
	for i, s := range subscripts {
		s -= a.Lower[i]
		if s < 0 || s >= a.Dims[i] {
			return Elem{}, false
		}
		at = at*a.Dims[i] + s
	}
	return a.Elems[at], true
}

// Bounds is one dimension of a slice; an absent end is the array's.
type Bounds struct {
	Lower, Upper       int
	HasLower, HasUpper bool
}

// Slice is a[l:u][l:u]...; dimensions not mentioned are whole. Lower bounds of the result are 1.
func (a Array) Slice(bounds ...Bounds) Array {
	if len(bounds) > len(a.Dims) || len(a.Dims) == 0 {
		return Array{}
	}
	from, size := make([]int, len(a.Dims)), make([]int, len(a.Dims))
	total := 1
	for i := range a.Dims {
		lower, upper := a.Lower[i], a.Lower[i]+a.Dims[i]-1
		if i < len(bounds) {
			if bounds[i].HasLower {
				lower = max(lower, bounds[i].Lower)
			}
			if bounds[i].HasUpper {
				upper = min(upper, bounds[i].Upper)
			}
		}
		if lower > upper {
			return Array{}
		}
		from[i], size[i] = lower-a.Lower[i], upper-lower+1
		total *= size[i]
	}
	out := Array{Dims: size, Lower: ones(len(size)), Elems: make([]Elem, 0, total)}
	var walk func(level, base int)
	walk = func(level, base int) {
		for k := 0; k < size[level]; k++ {
			at := base*a.Dims[level] + from[level] + k
			if level+1 == len(size) {
				out.Elems = append(out.Elems, a.Elems[at])
			} else {
				walk(level+1, at)
			}
		}
	}
	walk(0, 0)
	return out
}

func ones(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// AppendTo is array_append: e after the last element.
func (a Array) AppendTo(e Elem) (Array, error) {
	if len(a.Dims) > 1 {
		return Array{}, errs.New("22000", "argument must be empty or one-dimensional array")
	}
	out := New(append(append([]Elem(nil), a.Elems...), e))
	if len(a.Dims) == 1 {
		out.Lower[0] = a.Lower[0]
	}
	return out, nil
}

// PrependTo is array_prepend: e before the first element; the lower bound stays.
func (a Array) PrependTo(e Elem) (Array, error) {
	if len(a.Dims) > 1 {
		return Array{}, errs.New("22000", "argument must be empty or one-dimensional array")
	}
	out := New(append([]Elem{e}, a.Elems...))
	if len(a.Dims) == 1 {
		out.Lower[0] = a.Lower[0]
	}
	return out, nil
}

// Concat is array_cat.
func Concat(a, b Array) (Array, error) {
	incompatible := func(detail string) error {
		return errs.New("2202E", "cannot concatenate incompatible arrays").WithDetail("%s", detail)
	}
	na, nb := len(a.Dims), len(b.Dims)
	switch {
	case na == 0:
		return b, nil
	case nb == 0:
		return a, nil
	case na != nb && na != nb-1 && na != nb+1:
		return Array{}, incompatible("Arrays of " + strconv.Itoa(na) + " and " + strconv.Itoa(nb) + " dimensions are not compatible for concatenation.")
	}
	out := Array{Elems: append(append(make([]Elem, 0, len(a.Elems)+len(b.Elems)), a.Elems...), b.Elems...)}
	// match compares the last n dimensions.
	match := func(n int, detail string) error {
		for i := 1; i <= n; i++ {
			if a.Dims[na-i] != b.Dims[nb-i] || a.Lower[na-i] != b.Lower[nb-i] {
				return incompatible(detail)
			}
		}
		return nil
	}
	var err error
	switch {
	case na == nb:
		err = match(na-1, "Arrays with differing element dimensions are not compatible for concatenation.")
		out.Dims, out.Lower = append([]int(nil), a.Dims...), append([]int(nil), a.Lower...)
		out.Dims[0] += b.Dims[0]
	case na == nb-1:
		err = match(na, "Arrays with differing dimensions are not compatible for concatenation.")
		out.Dims, out.Lower = append([]int(nil), b.Dims...), append([]int(nil), b.Lower...)
		out.Dims[0]++
	default:
		err = match(nb, "Arrays with differing dimensions are not compatible for concatenation.")
		out.Dims, out.Lower = append([]int(nil), a.Dims...), append([]int(nil), a.Lower...)
		out.Dims[0]++
	}
	if err != nil {
		return Array{}, err
	}
	return out, nil
}

// Contains is a @> b: every element of b is in a. NULLs are in nothing.
func Contains(a, b Array, eq Equal) bool {
	for _, y := range b.Elems {
		if y.Null {
			return false
		}
		found := false
		for _, x := range a.Elems {
			if !x.Null && eq(x.Text, y.Text) {
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

// Overlaps is a && b: they have an element in common.
func Overlaps(a, b Array, eq Equal) bool {
	for _, y := range b.Elems {
		for _, x := range a.Elems {
			if !x.Null && !y.Null && eq(x.Text, y.Text) {
				return true
			}
		}
	}
	return false
}

func oneDim(a Array, what string) error {
	if len(a.Dims) > 1 {
		return errs.New("0A000", "%s", what)
	}
	return nil
}

const searchMultiDim = "searching for elements in multidimensional arrays is not supported"

// Position is the subscript of the first element equal to e, looking from a subscript on; ok is false when there is none.
func (a Array) Position(e Elem, from int, eq Equal) (at int, ok bool, err error) {
	if err := oneDim(a, searchMultiDim); err != nil {
		return 0, false, err
	}
	for i, x := range a.Elems {
		if at := i + a.Lower[0]; at >= from && same(eq, x, e) {
			return at, true, nil
		}
	}
	return 0, false, nil
}

// Positions are the subscripts of all elements equal to e.
func (a Array) Positions(e Elem, eq Equal) ([]int, error) {
	if err := oneDim(a, searchMultiDim); err != nil {
		return nil, err
	}
	var out []int
	for i, x := range a.Elems {
		if same(eq, x, e) {
			out = append(out, i+a.Lower[0])
		}
	}
	return out, nil
}

// Remove is array_remove.
func (a Array) Remove(e Elem, eq Equal) (Array, error) {
	if err := oneDim(a, "removing elements from multidimensional arrays is not supported"); err != nil {
		return Array{}, err
	}
	var kept []Elem
	for _, x := range a.Elems {
		if !same(eq, x, e) {
			kept = append(kept, x)
		}
	}
	if len(kept) == len(a.Elems) {
		return a, nil
	}
	out := New(kept)
	if len(kept) > 0 {
		out.Lower[0] = a.Lower[0]
	}
	return out, nil
}

// Replace is array_replace.
func (a Array) Replace(from, to Elem, eq Equal) Array {
	out := Array{Dims: a.Dims, Lower: a.Lower, Elems: append([]Elem(nil), a.Elems...)}
	for i, x := range out.Elems {
		if same(eq, x, from) {
			out.Elems[i] = to
		}
	}
	return out
}

// Join is array_to_string; NULLs are left out unless null is given.
func (a Array) Join(delim string, null *string) string {
	var b strings.Builder
	first := true
	for _, e := range a.Elems {
		text := e.Text
		if e.Null {
			if null == nil {
				continue
			}
			text = *null
		}
		if !first {
			b.WriteString(delim)
		}
		b.WriteString(text)
		first = false
	}
	return b.String()
}

// Split is string_to_array: a nil delimiter splits into characters, an empty one not at all; parts equal to null are NULL.
func Split(s string, delim, null *string) Array {
	if s == "" {
		return Array{}
	}
	var parts []string
	switch {
	case delim == nil:
		parts = strings.Split(s, "")
	case *delim == "":
		parts = []string{s}
	default:
		parts = strings.Split(s, *delim)
	}
	elems := make([]Elem, len(parts))
	for i, p := range parts {
		if null != nil && p == *null {
			elems[i] = Elem{Null: true}
		} else {
			elems[i] = Elem{Text: p}
		}
	}
	return New(elems)
}

// Fill is array_fill.
func Fill(e Elem, dims, lower []int) (Array, error) {
	if len(dims) > MaxDims {
		return Array{}, tooManyDims(len(dims))
	}
	if lower != nil && len(lower) != len(dims) {
		return Array{}, errs.New("2202E", "wrong number of array subscripts").
			WithDetail("Low bound array has different size than dimensions array.")
	}
	total := 1
	for _, n := range dims {
		if n < 0 {
			return Array{}, errs.New("54000", "array size exceeds the maximum allowed (134217727)")
		}
		if n != 0 && total > 134217727/n {
			return Array{}, errs.New("54000", "array size exceeds the maximum allowed (134217727)")
		}
		total *= n
	}
	if total == 0 || len(dims) == 0 {
		return Array{}, nil
	}
	if lower == nil {
		lower = ones(len(dims))
	}
	out := Array{Dims: dims, Lower: lower, Elems: make([]Elem, total)}
	for i := range out.Elems {
		out.Elems[i] = e
	}
	return out, nil
}

// Trim is trim_array: without the last n elements of the first dimension.
func (a Array) Trim(n int) (Array, error) {
	length := 0
	if len(a.Dims) > 0 {
		length = a.Dims[0]
	}
	if n < 0 || n > length {
		return Array{}, errs.New("2202E", "number of elements to trim must be between 0 and %d", length)
	}
	if length == 0 {
		return a, nil
	}
	return a.Slice(Bounds{Upper: a.Lower[0] + length - n - 1, HasUpper: true}), nil
}

// Compare orders arrays as btree does: element by element, then by number of elements, dimensions, and bounds.
func Compare(a, b Array, cmp func(a, b string) int) int {
	n := min(len(a.Elems), len(b.Elems))
	for i := 0; i < n; i++ {
		x, y := a.Elems[i], b.Elems[i]
		switch {
		case x.Null && y.Null:
			continue
		case x.Null:
			return 1
		case y.Null:
			return -1
		}
		if c := cmp(x.Text, y.Text); c != 0 {
			return c
		}
	}
	if c := len(a.Elems) - len(b.Elems); c != 0 {
		return sign(c)
	}
	if c := len(a.Dims) - len(b.Dims); c != 0 {
		return sign(c)
	}
	for i := range a.Dims {
		if c := a.Dims[i] - b.Dims[i]; c != 0 {
			return sign(c)
		}
	}
	for i := range a.Lower {
		if c := a.Lower[i] - b.Lower[i]; c != 0 {
			return sign(c)
		}
	}
	return 0
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}
