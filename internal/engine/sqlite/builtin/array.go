package builtin

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
)

// readArray reads a stored array.
func readArray(t *types.Type, d types.Datum) (array.Array, error) {
	if u := t.Underlying(); u.OID == types.Int2VectorOID || u.OID == types.OidVectorOID {
		return types.ArrayOfDatum(u, d), nil
	}
	return array.Parse(d.S, delimiter(t))
}

// parseArray reads an array whose type is not at hand: a vector begins with a digit.
func parseArray(s string) (array.Array, error) {
	if s == "" || s[0] >= '0' && s[0] <= '9' {
		return types.ArrayOfDatum(types.ByOID(types.OidVectorOID), types.Text(s)), nil
	}
	return array.Parse(s, ',')
}

func delimiter(t *types.Type) byte {
	if e := t.Underlying().Elem; e != nil && e.OID == types.BoxOID {
		return ';'
	}
	return ','
}

func arrayOut(t *types.Type, a array.Array) types.Datum {
	return types.Text(string(a.Append(nil, delimiter(t))))
}

// elemOf turns a value into an array's element, and back.
func elemOf(t *types.Type, d types.Datum, env *types.Env) array.Elem {
	if d.IsNull() {
		return array.Elem{Null: true}
	}
	if types.IsReg(t.OID) {
		return types.ElemOf(t, d)
	}
	return array.Elem{Text: types.Out(t, d, env)}
}

func elemValue(t *types.Type, e array.Elem, env *types.Env) (types.Datum, error) {
	if e.Null {
		return types.Datum{}, nil
	}
	return types.In(t, -1, e.Text, env)
}

// elements gives an array's elements as values, in storage order.
func elements(t *types.Type, d types.Datum, env *types.Env) ([]types.Datum, error) {
	a, err := readArray(t, d)
	if err != nil {
		return nil, err
	}
	out := make([]types.Datum, len(a.Elems))
	for i, e := range a.Elems {
		if out[i], err = elemValue(t.Underlying().Elem, e, env); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// Elements gives the elements of a stored array of a type that needs nothing from the session.
func Elements(t *types.Type, d types.Datum) ([]types.Datum, error) {
	if e := t.Underlying().Elem; e == nil || e.OID == types.TimestamptzOID || e.OID == types.TimetzOID || types.IsReg(e.OID) {
		return nil, errs.New("0A000", "elements need the session")
	}
	return elements(t, d, nil)
}

// makeArray is ARRAY[...]: the described item is the array's type; the option "m" says that the arguments are arrays.
func makeArray(c *Call) (types.Datum, error) {
	t := c.Desc.Items[0].Type
	if c.Desc.Options != "m" {
		elem := t.Underlying().Elem
		list := make([]array.Elem, len(c.Args))
		for i, d := range c.Args {
			list[i] = elemOf(elem, d, c.Env())
		}
		return arrayOut(t, array.New(list)), nil
	}
	return stackArrays(t, c.Args)
}

// stackArrays makes an array of one dimension more of arrays of the same shape.
func stackArrays(t *types.Type, parts []types.Datum) (types.Datum, error) {
	mismatch := errs.New("2202E", "multidimensional arrays must have array expressions with matching dimensions")
	var out array.Array
	for i, d := range parts {
		if d.IsNull() {
			return types.Datum{}, mismatch
		}
		a, err := readArray(t, d)
		if err != nil {
			return types.Datum{}, err
		}
		if i == 0 {
			if len(a.Dims)+1 > array.MaxDims {
				return types.Datum{}, errs.New("54000", "number of array dimensions (%d) exceeds the maximum allowed (%d)", len(a.Dims)+1, array.MaxDims)
			}
			out.Dims = append([]int{len(parts)}, a.Dims...)
			out.Lower = append([]int{1}, a.Lower...)
		} else {
			if len(a.Dims)+1 != len(out.Dims) {
				return types.Datum{}, mismatch
			}
			for k, n := range a.Dims {
				if out.Dims[k+1] != n {
					return types.Datum{}, mismatch
				}
			}
		}
		out.Elems = append(out.Elems, a.Elems...)
	}
	if len(out.Elems) == 0 {
		out = array.Array{}
	}
	return arrayOut(t, out), nil
}

// arrayGet is a[i][j]....
func arrayGet(c *Call) (types.Datum, error) {
	t := c.Desc.Items[0].Type.Underlying()
	if t.Category == 'G' {
		return partOfShape(t.OID, c.Args[0].S, c.Args[1].I), nil
	}
	if t.Kind != types.ArrayType {
		// int2vector and oidvector count from 0.
		parts := strings.Fields(c.Args[0].S)
		if i := c.Args[1].I; len(c.Args) == 2 && i >= 0 && i < int64(len(parts)) {
			return types.In(t.Elem, -1, parts[i], nil)
		}
		return types.Datum{}, nil
	}
	a, err := readArray(t, c.Args[0])
	if err != nil {
		return types.Datum{}, err
	}
	at := make([]int, len(c.Args)-1)
	for i, d := range c.Args[1:] {
		at[i] = int(d.I)
	}
	e, ok := a.Get(at...)
	if !ok {
		return types.Datum{}, nil
	}
	return elemValue(t.Elem, e, c.Env())
}

// arraySlice is a[l:u]...; the options say which bounds are given.
func arraySlice(c *Call) (types.Datum, error) {
	t := c.Desc.Items[0].Type
	a, err := readArray(t, c.Args[0])
	if err != nil {
		return types.Datum{}, err
	}
	rest := c.Args[1:]
	var bounds []array.Bounds
	for i := 0; i+1 < len(c.Desc.Options); i += 2 {
		b := array.Bounds{}
		for k := range 2 {
			if c.Desc.Options[i+k] == '+' {
				n := int(rest[0].I)
				rest = rest[1:]
				if k == 0 {
					b.Lower, b.HasLower = n, true
				} else {
					b.Upper, b.HasUpper = n, true
				}
			}
		}
		bounds = append(bounds, b)
	}
	return arrayOut(t, a.Slice(bounds...)), nil
}

func textArray(list []types.Datum) types.Datum {
	elems := make([]array.Elem, len(list))
	for i, d := range list {
		elems[i] = array.Elem{Text: d.S, Null: d.IsNull()}
	}
	return types.Text(array.New(elems).String())
}

// arrayTable declares the functions and operators of arrays.
func arrayTable() []entry {
	var list []entry
	typed := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn, typed: true, safe: true})
		}
	}
	plain := func(f func(a array.Array, c *Call) (types.Datum, error)) Func {
		return func(c *Call) (types.Datum, error) {
			a, err := parseArray(c.Args[0].S)
			if err != nil {
				return types.Datum{}, err
			}
			return f(a, c)
		}
	}
	add := func(f func(a array.Array, c *Call) (types.Datum, error), sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: plain(f), safe: true})
		}
	}
	intOf := func(n int, ok bool) (types.Datum, error) {
		if !ok {
			return types.Datum{}, nil
		}
		return types.Int(int64(n)), nil
	}
	add(func(a array.Array, c *Call) (types.Datum, error) { return intOf(a.Length(int(c.Args[1].I))) }, "array_length(anyarray,int4)")
	add(func(a array.Array, c *Call) (types.Datum, error) { return intOf(a.LowerBound(int(c.Args[1].I))) }, "array_lower(anyarray,int4)")
	add(func(a array.Array, c *Call) (types.Datum, error) { return intOf(a.UpperBound(int(c.Args[1].I))) }, "array_upper(anyarray,int4)")
	add(func(a array.Array, c *Call) (types.Datum, error) { return intOf(len(a.Dims), len(a.Dims) > 0) }, "array_ndims(anyarray)")
	add(func(a array.Array, c *Call) (types.Datum, error) { return types.Int(int64(len(a.Elems))), nil }, "cardinality(anyarray)")
	add(func(a array.Array, c *Call) (types.Datum, error) {
		s, ok := a.DimsText()
		if !ok {
			return types.Datum{}, nil
		}
		return types.Text(s), nil
	}, "array_dims(anyarray)")
	add(func(a array.Array, c *Call) (types.Datum, error) {
		b, err := a.Trim(int(c.Args[1].I))
		return types.Text(b.String()), err
	}, "trim_array(anyarray,int4)")

	// Functions of arrays and elements: a NULL array counts as an empty one.
	orEmpty := func(t *types.Type, d types.Datum) (array.Array, error) {
		if d.IsNull() {
			return array.Array{}, nil
		}
		return readArray(t, d)
	}
	typed(func(c *Call) (types.Datum, error) {
		t := c.Desc.Items[len(c.Desc.Items)-1].Type
		a, err := orEmpty(t, c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		a, err = a.AppendTo(elemOf(t.Underlying().Elem, c.Args[1], c.Env()))
		return arrayOut(t, a), err
	}, "array_append(anycompatiblearray,anycompatible)")
	typed(func(c *Call) (types.Datum, error) {
		t := c.Desc.Items[len(c.Desc.Items)-1].Type
		a, err := orEmpty(t, c.Args[1])
		if err != nil {
			return types.Datum{}, err
		}
		a, err = a.PrependTo(elemOf(t.Underlying().Elem, c.Args[0], c.Env()))
		return arrayOut(t, a), err
	}, "array_prepend(anycompatible,anycompatiblearray)")
	typed(func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return c.Args[1], nil
		}
		if c.Args[1].IsNull() {
			return c.Args[0], nil
		}
		t := c.Desc.Items[len(c.Desc.Items)-1].Type
		a, err := readArray(t, c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		b, err := readArray(t, c.Args[1])
		if err != nil {
			return types.Datum{}, err
		}
		a, err = array.Concat(a, b)
		return arrayOut(t, a), err
	}, "array_cat(anycompatiblearray,anycompatiblearray)")
	compare := func(f func(a, b array.Array, eq array.Equal) bool) Func {
		return func(c *Call) (types.Datum, error) {
			t := c.Desc.Items[0].Type
			a, err := readArray(t, c.Args[0])
			if err != nil {
				return types.Datum{}, err
			}
			b, err := readArray(t, c.Args[1])
			if err != nil {
				return types.Datum{}, err
			}
			return types.Bool(f(a, b, c.equal(t))), nil
		}
	}
	typed(compare(array.Contains), "arraycontains(anyarray,anyarray)")
	typed(compare(func(a, b array.Array, eq array.Equal) bool { return array.Contains(b, a, eq) }), "arraycontained(anyarray,anyarray)")
	typed(compare(array.Overlaps), "arrayoverlap(anyarray,anyarray)")
	position := func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return types.Datum{}, nil
		}
		t := c.Desc.Items[0].Type
		a, err := readArray(t, c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		if len(a.Dims) > 1 {
			return types.Datum{}, errs.New("0A000", "searching for elements in multidimensional arrays is not supported")
		}
		from := 1
		if len(a.Lower) > 0 {
			from = a.Lower[0]
		}
		if len(c.Args) > 2 {
			if len(a.Dims) == 0 {
				return types.Datum{}, nil
			}
			if c.Args[1].IsNull() && !slices.ContainsFunc(a.Elems, func(e array.Elem) bool { return e.Null }) {
				return types.Datum{}, nil
			}
			if c.Args[2].IsNull() {
				return types.Datum{}, errs.New("22004", "initial position must not be null")
			}
			from = int(c.Args[2].I)
		}
		at, ok, err := a.Position(elemOf(t.Underlying().Elem, c.Args[1], c.Env()), from, c.equal(t))
		if err != nil || !ok {
			return types.Datum{}, err
		}
		return types.Int(int64(at)), nil
	}
	typed(position, "array_position(anycompatiblearray,anycompatible)", "array_position(anycompatiblearray,anycompatible,int4)")
	typed(func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return types.Datum{}, nil
		}
		t := c.Desc.Items[0].Type
		a, err := readArray(t, c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		at, err := a.Positions(elemOf(t.Underlying().Elem, c.Args[1], c.Env()), c.equal(t))
		if err != nil {
			return types.Datum{}, err
		}
		var out []types.Datum
		for _, i := range at {
			out = append(out, types.Text(types.Out(types.ByOID(types.Int4OID), types.Int(int64(i)), nil)))
		}
		return textArray(out), nil
	}, "array_positions(anycompatiblearray,anycompatible)")
	typed(func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return types.Datum{}, nil
		}
		t := c.Desc.Items[0].Type
		a, err := readArray(t, c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		a, err = a.Remove(elemOf(t.Underlying().Elem, c.Args[1], c.Env()), c.equal(t))
		return arrayOut(t, a), err
	}, "array_remove(anycompatiblearray,anycompatible)")
	typed(func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return types.Datum{}, nil
		}
		t := c.Desc.Items[0].Type
		a, err := readArray(t, c.Args[0])
		if err != nil {
			return types.Datum{}, err
		}
		e := t.Underlying().Elem
		return arrayOut(t, a.Replace(elemOf(e, c.Args[1], c.Env()), elemOf(e, c.Args[2], c.Env()), c.equal(t))), nil
	}, "array_replace(anycompatiblearray,anycompatible,anycompatible)")
	fill := func(c *Call) (types.Datum, error) {
		t := c.Desc.Items[len(c.Desc.Items)-1].Type
		var bounds [2][]int
		for i, d := range c.Args[1:] {
			if d.IsNull() {
				return types.Datum{}, errs.New("22004", "dimension array or low bound array cannot be null")
			}
			dims, err := readArray(types.ByOID(types.Int4ArrayOID), d)
			if err != nil {
				return types.Datum{}, err
			}
			if len(dims.Dims) > 1 {
				return types.Datum{}, errs.New("2202E", "wrong number of array subscripts").WithDetail("Dimension array must be one dimensional.")
			}
			vs, err := elements(types.ByOID(types.Int4ArrayOID), d, nil)
			if err != nil {
				return types.Datum{}, err
			}
			bounds[i] = []int{}
			for _, v := range vs {
				if v.IsNull() {
					return types.Datum{}, errs.New("22004", "dimension values cannot be null")
				}
				bounds[i] = append(bounds[i], int(v.I))
			}
		}
		a, err := array.Fill(elemOf(t.Underlying().Elem, c.Args[0], c.Env()), bounds[0], bounds[1])
		return arrayOut(t, a), err
	}
	typed(fill, "array_fill(anyelement,_int4)", "array_fill(anyelement,_int4,_int4)")
	join := func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() || c.Args[1].IsNull() {
			return types.Datum{}, nil
		}
		a, err := parseArray(c.Args[0].S)
		if err != nil {
			return types.Datum{}, err
		}
		var null *string
		if len(c.Args) > 2 && !c.Args[2].IsNull() {
			null = &c.Args[2].S
		}
		return types.Text(a.Join(c.Args[1].S, null)), nil
	}
	splitArgs := func(c *Call) (array.Array, bool) {
		if c.Args[0].IsNull() {
			return array.Array{}, false
		}
		var delim, null *string
		if !c.Args[1].IsNull() {
			delim = &c.Args[1].S
		}
		if len(c.Args) > 2 && !c.Args[2].IsNull() {
			null = &c.Args[2].S
		}
		return array.Split(c.Args[0].S, delim, null), true
	}
	splitFn := func(c *Call) (types.Datum, error) {
		a, ok := splitArgs(c)
		if !ok {
			return types.Datum{}, nil
		}
		return types.Text(a.String()), nil
	}
	list = append(list,
		entry{sig: "array_to_string(anyarray,text)", fn: join, safe: true},
		entry{sig: "array_to_string(anyarray,text,text)", fn: join, safe: true},
		entry{sig: "string_to_array(text,text)", fn: splitFn, safe: true},
		entry{sig: "string_to_array(text,text,text)", fn: splitFn, safe: true},
	)
	table := func(c *Call, yield func([]types.Datum) bool) error {
		a, _ := splitArgs(c)
		for _, e := range a.Elems {
			d := types.Text(e.Text)
			if e.Null {
				d = types.Datum{}
			}
			if !yield([]types.Datum{d}) {
				break
			}
		}
		return nil
	}
	return append(list,
		entry{sig: "string_to_table(text,text)", set: table},
		entry{sig: "string_to_table(text,text,text)", set: table},
		entry{sig: "unnest(anyarray)", set: unnest, typed: true},
		entry{sig: "generate_subscripts(anyarray,int4)", set: subscripts},
		entry{sig: "generate_subscripts(anyarray,int4,bool)", set: subscripts},
	)
}

// equal gives the equality of an array's elements.
func (c *Call) equal(t *types.Type) array.Equal {
	elem := t.Underlying().Elem
	env := c.Env()
	return func(a, b string) bool {
		if a == b {
			return true
		}
		x, err := types.In(elem, -1, a, env)
		if err != nil {
			return false
		}
		y, err := types.In(elem, -1, b, env)
		return err == nil && types.Compare(elem, x, y) == 0
	}
}

// unnest gives an array's elements; a composite's fields become columns.
func unnest(c *Call, yield func([]types.Datum) bool) error {
	t := c.Desc.Items[0].Type.Underlying()
	elems, err := elements(t, c.Args[0], c.Env())
	if err != nil {
		return err
	}
	composite := t.Elem.Underlying()
	columns := len(c.Desc.Items) - 1
	for _, d := range elems {
		row := []types.Datum{d}
		if composite.Kind == types.CompositeType && (columns > 1 || columns == 1 && c.Desc.Items[1].Type != t.Elem) {
			if row, err = rowValues(composite, d, c.Env()); err != nil {
				return err
			}
		}
		if !yield(row) {
			break
		}
	}
	return nil
}

func subscripts(c *Call, yield func([]types.Datum) bool) error {
	a, err := parseArray(c.Args[0].S)
	if err != nil {
		return err
	}
	dim := int(c.Args[1].I)
	if dim < 1 || dim > len(a.Dims) {
		return nil
	}
	lo, n := a.Lower[dim-1], a.Dims[dim-1]
	reverse := len(c.Args) > 2 && c.Args[2].Bool()
	for i := range n {
		at := lo + i
		if reverse {
			at = lo + n - 1 - i
		}
		if !yield([]types.Datum{types.Int(int64(at))}) {
			break
		}
	}
	return nil
}
