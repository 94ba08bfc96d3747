package array

import "github.com/basement-project/basement/internal/errs"

// maxElems is how many elements an array may have.
const maxElems = 134217727

func tooBig() error {
	return errs.New("54000", "array size exceeds the maximum allowed (%d)", maxElems)
}

func (a Array) copied() Array {
	return Array{Dims: append([]int(nil), a.Dims...), Lower: append([]int(nil), a.Lower...), Elems: append([]Elem(nil), a.Elems...)}
}

func nulls(n int) []Elem {
	out := make([]Elem, n)
	for i := range out {
		out[i].Null = true
	}
	return out
}

// Set replaces the element at the subscripts; an array of one dimension grows to hold it, with NULLs in between.
func (a Array) Set(at []int, e Elem) (Array, error) {
	if len(a.Dims) == 0 {
		out := Array{Elems: []Elem{e}}
		for _, n := range at {
			out.Dims = append(out.Dims, 1)
			out.Lower = append(out.Lower, n)
		}
		return out, nil
	}
	if len(a.Dims) != len(at) {
		return a, errs.New("2202E", "wrong number of array subscripts")
	}
	out := a.copied()
	if len(at) == 1 {
		out, err := out.reach(at[0], at[0])
		if err != nil {
			return a, err
		}
		out.Elems[at[0]-out.Lower[0]] = e
		return out, nil
	}
	flat := 0
	for d, n := range at {
		i := n - out.Lower[d]
		if i < 0 || i >= out.Dims[d] {
			return a, errs.New("2202E", "array subscript out of range")
		}
		flat = flat*out.Dims[d] + i
	}
	out.Elems[flat] = e
	return out, nil
}

// reach makes a copied array of one dimension hold the subscripts from..to.
func (a Array) reach(from, to int) (Array, error) {
	if before := a.Lower[0] - from; before > 0 {
		if before > maxElems {
			return a, tooBig()
		}
		a.Elems = append(nulls(before), a.Elems...)
		a.Lower[0] = from
	}
	if after := to - (a.Lower[0] + len(a.Elems)) + 1; after > 0 {
		if after > maxElems || len(a.Elems)+after > maxElems {
			return a, tooBig()
		}
		a.Elems = append(a.Elems, nulls(after)...)
	}
	a.Dims[0] = len(a.Elems)
	return a, nil
}

// Range is a slice's bounds in one dimension; nil is an omitted one.
type Range struct{ Lower, Upper *int }

// SetSlice replaces a slice by the first elements of src.
func (a Array) SetSlice(at []Range, src Array) (Array, error) {
	if len(a.Dims) == 0 {
		out := Array{}
		n := 1
		for _, r := range at {
			if r.Lower == nil || r.Upper == nil {
				return a, errs.New("2202E", "array slice subscript must provide both boundaries").
					WithDetail("When assigning to a slice of an empty array value, slice boundaries must be fully specified.")
			}
			size := *r.Upper - *r.Lower + 1
			if size < 0 || size > maxElems || n*size > maxElems {
				return a, tooBig()
			}
			n *= size
			out.Dims, out.Lower = append(out.Dims, size), append(out.Lower, *r.Lower)
		}
		if n > len(src.Elems) {
			return a, errs.New("2202E", "source array too small")
		}
		if n == 0 {
			return Array{}, nil
		}
		out.Elems = append(out.Elems, src.Elems[:n]...)
		return out, nil
	}
	if len(a.Dims) < len(at) {
		return a, errs.New("2202E", "wrong number of array subscripts")
	}
	lower, upper := append([]int(nil), a.Lower...), make([]int, len(a.Dims))
	n := 1
	for d := range a.Dims {
		upper[d] = a.Lower[d] + a.Dims[d] - 1
		if d < len(at) {
			if at[d].Lower != nil {
				lower[d] = *at[d].Lower
			}
			if at[d].Upper != nil {
				upper[d] = *at[d].Upper
			}
			if lower[d] > upper[d] {
				return a, errs.New("2202E", "upper bound cannot be less than lower bound")
			}
			if len(a.Dims) > 1 && (lower[d] < a.Lower[d] || upper[d] >= a.Lower[d]+a.Dims[d]) {
				return a, errs.New("2202E", "array subscript out of range")
			}
		}
		if upper[d]-lower[d]+1 > maxElems {
			return a, tooBig()
		}
		n *= upper[d] - lower[d] + 1
	}
	if n > len(src.Elems) {
		return a, errs.New("2202E", "source array too small")
	}
	out := a.copied()
	if len(a.Dims) == 1 {
		out, err := out.reach(lower[0], upper[0])
		if err != nil {
			return a, err
		}
		copy(out.Elems[lower[0]-out.Lower[0]:], src.Elems[:n])
		return out, nil
	}
	index := append([]int(nil), lower...)
	for k := range n {
		flat := 0
		for d := range index {
			flat = flat*out.Dims[d] + index[d] - out.Lower[d]
		}
		out.Elems[flat] = src.Elems[k]
		for d := len(index) - 1; d >= 0; d-- {
			if index[d]++; index[d] <= upper[d] {
				break
			}
			index[d] = lower[d]
		}
	}
	return out, nil
}
