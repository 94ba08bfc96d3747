package interp

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// subscript evaluates an element's number.
func (f *frame) subscript(s *plpgsql.SQL) (int, error) {
	d, t, err := f.eval(s)
	if err != nil {
		return 0, err
	}
	if d, err = f.h.Cast(t, types.ByOID(types.Int4OID), -1, d); err != nil {
		return 0, err
	}
	if d.IsNull() {
		return 0, errs.New("22004", "array subscript in assignment must not be null")
	}
	return int(d.I), nil
}

// putElement gives an array in which an element, or a slice, is replaced.
func (f *frame) putElement(typ *types.Type, old types.Datum, subs, rest []plpgsql.Step, val types.Datum, from *types.Type) (types.Datum, error) {
	u := typ.Underlying()
	if u.Kind != types.ArrayType {
		return types.Datum{}, errs.New("42804", "cannot subscript type %s because it does not support subscripting", u)
	}
	var a array.Array
	if !old.IsNull() {
		a = types.ArrayOfDatum(u, old)
	}
	if len(subs) == 1 && subs[0].Slice {
		return f.putSlice(u, a, subs[0], val, from)
	}
	at := make([]int, len(subs))
	for i, s := range subs {
		if s.Slice {
			return types.Datum{}, errs.New("0A000", "assignment to a slice of several dimensions is not supported on the embedded engine")
		}
		n, err := f.subscript(s.Upper)
		if err != nil {
			return types.Datum{}, err
		}
		at[i] = n
	}
	was := types.Datum{}
	if e, ok := a.Get(at...); ok {
		was = types.Elem(u.Elem, e)
	}
	v, err := f.put(u.Elem, -1, was, rest, val, from)
	if err != nil {
		return types.Datum{}, err
	}
	a, err = setElement(a, at, types.ElemOf(u.Elem, v))
	if err != nil {
		return types.Datum{}, err
	}
	return types.ArrayDatum(u, a), nil
}

const maxElements = 134217727

// setElement replaces an element, or adds it: one-dimensional arrays grow, with NULLs in between.
func setElement(a array.Array, at []int, e array.Elem) (array.Array, error) {
	if len(a.Dims) == 0 {
		out := array.Array{Elems: []array.Elem{e}}
		for _, n := range at {
			out.Dims = append(out.Dims, 1)
			out.Lower = append(out.Lower, n)
		}
		return out, nil
	}
	if len(a.Dims) != len(at) {
		return a, errs.New("2202E", "wrong number of array subscripts")
	}
	out := array.Array{Dims: append([]int(nil), a.Dims...), Lower: append([]int(nil), a.Lower...), Elems: append([]array.Elem(nil), a.Elems...)}
	if len(at) == 1 {
		i := at[0] - out.Lower[0]
		if i < -maxElements || i > maxElements {
			return a, errs.New("54000", "array size exceeds the maximum allowed (%d)", maxElements)
		}
		if i < 0 {
			gap := make([]array.Elem, -i)
			for k := range gap {
				gap[k].Null = true
			}
			out.Elems = append(gap, out.Elems...)
			out.Lower[0] = at[0]
			i = 0
		}
		for i >= len(out.Elems) {
			out.Elems = append(out.Elems, array.Elem{Null: true})
		}
		out.Elems[i] = e
		out.Dims[0] = len(out.Elems)
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

func (f *frame) putSlice(u *types.Type, a array.Array, s plpgsql.Step, val types.Datum, from *types.Type) (types.Datum, error) {
	v, err := f.h.Cast(from, u, -1, val)
	if err != nil {
		return types.Datum{}, err
	}
	if v.IsNull() {
		return types.ArrayDatum(u, a), nil
	}
	src := types.ArrayOfDatum(u, v)
	lo, hi := 1, 0
	if len(a.Dims) == 1 {
		lo, hi = a.Lower[0], a.Lower[0]+a.Dims[0]-1
	}
	if s.Lower != nil {
		if lo, err = f.subscript(s.Lower); err != nil {
			return types.Datum{}, err
		}
	}
	if s.Upper != nil {
		if hi, err = f.subscript(s.Upper); err != nil {
			return types.Datum{}, err
		}
	}
	if hi-lo+1 > len(src.Elems) {
		return types.Datum{}, errs.New("2202E", "source array too small")
	}
	for i := lo; i <= hi; i++ {
		if a, err = setElement(a, []int{i}, src.Elems[i-lo]); err != nil {
			return types.Datum{}, err
		}
	}
	return types.ArrayDatum(u, a), nil
}

// putJSON gives the document in which what the subscripts lead to is replaced.
func (f *frame) putJSON(u *types.Type, old types.Datum, subs []plpgsql.Step, val types.Datum, from *types.Type) (types.Datum, error) {
	path := make([]jsonval.PathElem, len(subs))
	number := false
	for i, s := range subs {
		if s.Slice {
			return types.Datum{}, errs.New("42804", "jsonb subscript does not support slices")
		}
		d, t, err := f.eval(s.Upper)
		if err != nil {
			return types.Datum{}, err
		}
		if d.IsNull() {
			return types.Datum{}, errs.New("22004", "jsonb subscript in assignment must not be null")
		}
		number = number || i == 0 && isInteger(t)
		path[i].Text = types.Out(t, d, f.h.Env())
	}
	v, err := f.h.Cast(from, u, -1, val)
	if err != nil {
		return types.Datum{}, err
	}
	var to jsonval.Value
	if !v.IsNull() {
		if to, err = jsonval.Parse(v.S); err != nil {
			return types.Datum{}, err
		}
	}
	var was *jsonval.Value
	if !old.IsNull() {
		o, err := jsonval.Parse(old.S)
		if err != nil {
			return types.Datum{}, err
		}
		was = &o
	}
	out, err := was.Assign(path, number, to)
	if err != nil {
		return types.Datum{}, err
	}
	return types.Text(out.String()), nil
}
