package cube

import (
	"cmp"
	_ "embed" // the facts of the extension's objects
	"math"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

const maxDims = 100

// cube is two opposite corners; a point is the same twice.
type cube struct{ a, b []float64 }

func (c *cube) point() bool {
	for i := range c.a {
		if c.a[i] != c.b[i] {
			return false
		}
	}
	return true
}

// low and high are the corners' coordinates in a dimension; those it does not have are 0.
func (c *cube) low(i int) float64 {
	if i >= len(c.a) {
		return 0
	}
	return math.Min(c.a[i], c.b[i])
}

func (c *cube) high(i int) float64 {
	if i >= len(c.a) {
		return 0
	}
	return math.Max(c.a[i], c.b[i])
}

func (c *cube) datum() types.Datum {
	buf := appendPoint(nil, c.a)
	if !c.point() {
		buf = appendPoint(append(buf, ','), c.b)
	}
	return types.Text(string(buf))
}

func appendPoint(buf []byte, p []float64) []byte {
	buf = append(buf, '(')
	for i, f := range p {
		if i > 0 {
			buf = append(buf, ", "...)
		}
		buf = types.AppendFloat(buf, f, 64)
	}
	return append(buf, ')')
}

type reader struct {
	s string
}

func (r *reader) skip() { r.s = strings.TrimLeft(r.s, " \t\n\r\v\f") }

func (r *reader) take(c byte) bool {
	r.skip()
	if r.s == "" || r.s[0] != c {
		return false
	}
	r.s = r.s[1:]
	return true
}

func (r *reader) bad() error {
	e := errs.New("22P02", "invalid input syntax for cube")
	if r.skip(); r.s == "" {
		return e.WithDetail("syntax error at end of input")
	}
	return e.WithDetail("syntax error at or near \"%s\"", r.s[:1])
}

// numbers reads a list of numbers up to what is none.
func (r *reader) numbers() ([]float64, error) {
	var out []float64
	for {
		r.skip()
		n := 0
		for n < len(r.s) && strings.IndexByte("0123456789+-.eEinfINFtyYTaA", r.s[n]) >= 0 {
			n++
		}
		f, err := strconv.ParseFloat(r.s[:n], 64)
		if n == 0 || err != nil && !math.IsInf(f, 0) {
			return nil, r.bad()
		}
		if err != nil {
			return nil, errs.New("22003", "\"%s\" is out of range for type double precision", r.s[:n])
		}
		r.s = r.s[n:]
		if out = append(out, f); len(out) > maxDims {
			return nil, errs.New("22P02", "invalid input syntax for cube").WithDetail("A cube cannot have more than %d dimensions.", maxDims)
		}
		if !r.take(',') {
			return out, nil
		}
	}
}

// paren reads a point in parentheses, and gives its text.
func (r *reader) paren() ([]float64, string, error) {
	start := r.s
	if !r.take('(') {
		return nil, "", r.bad()
	}
	if r.take(')') {
		return nil, "()", nil
	}
	p, err := r.numbers()
	if err == nil && !r.take(')') {
		err = r.bad()
	}
	return p, start[:len(start)-len(r.s)], err
}

func parse(s string) (*cube, error) {
	r := &reader{s: s}
	bracket := r.take('[')
	r.skip()
	if !bracket && (r.s == "" || r.s[0] != '(') {
		p, err := r.numbers()
		if r.skip(); err == nil && r.s != "" {
			err = r.bad()
		}
		return &cube{p, p}, err
	}
	a, ta, err := r.paren()
	if err != nil {
		return nil, err
	}
	b, tb := a, ta
	if r.take(',') {
		if b, tb, err = r.paren(); err != nil {
			return nil, err
		}
	} else if bracket {
		return nil, r.bad()
	}
	if bracket && !r.take(']') {
		return nil, r.bad()
	}
	if r.skip(); r.s != "" {
		return nil, r.bad()
	}
	if len(a) != len(b) {
		return nil, errs.New("22P02", "invalid input syntax for cube").WithDetail("Different point dimensions in %s and %s.", ta, tb)
	}
	return &cube{a, b}, nil
}

// of reads a stored value.
func of(d types.Datum) *cube {
	c, err := parse(d.S)
	if err != nil {
		return &cube{}
	}
	return c
}

func compare(x, y *cube) int {
	n := min(len(x.a), len(y.a))
	for _, side := range []func(*cube, int) float64{(*cube).low, (*cube).high} {
		for i := range n {
			if c := cmp.Compare(side(x, i), side(y, i)); c != 0 {
				return c
			}
		}
		for i := n; i < max(len(x.a), len(y.a)); i++ {
			if c := cmp.Compare(side(x, i), side(y, i)); c != 0 {
				return c
			}
		}
	}
	return cmp.Compare(len(x.a), len(y.a))
}

func contains(x, y *cube) bool {
	for i := range max(len(x.a), len(y.a)) {
		if x.low(i) > y.low(i) || x.high(i) < y.high(i) {
			return false
		}
	}
	return true
}

func overlaps(x, y *cube) bool {
	for i := range max(len(x.a), len(y.a)) {
		if x.low(i) > y.high(i) || x.high(i) < y.low(i) {
			return false
		}
	}
	return true
}

// gap is the distance of two cubes in one dimension.
func gap(x, y *cube, i int) float64 {
	switch {
	case x.low(i) > y.high(i):
		return x.low(i) - y.high(i)
	case y.low(i) > x.high(i):
		return y.low(i) - x.high(i)
	}
	return 0
}

func distance(x, y *cube) float64 {
	sum := 0.0
	for i := range max(len(x.a), len(y.a)) {
		d := gap(x, y, i)
		sum += d * d
	}
	return math.Sqrt(sum)
}

func enlarge(c *cube, r float64, n int) *cube {
	dims := max(len(c.a), min(max(n, 0), maxDims))
	if r <= 0 {
		dims = len(c.a)
	}
	out := &cube{make([]float64, dims), make([]float64, dims)}
	for i := range dims {
		low, high := c.low(i), c.high(i)
		if i < n {
			if low, high = low-r, high+r; low > high {
				low = (low + high) / 2
				high = low
			}
		}
		out.a[i], out.b[i] = low, high
	}
	return out
}

func floats(d types.Datum) ([]float64, error) {
	a := extension.Array(d)
	for _, e := range a.Elems {
		if e.Null {
			return nil, errs.New("2202E", "cannot work with arrays containing NULLs")
		}
	}
	if len(a.Elems) > maxDims {
		return nil, errs.New("54000", "can't extend cube").WithDetail("A cube cannot have more than %d dimensions.", maxDims)
	}
	return extension.Floats(a), nil
}

func full() error {
	return errs.New("54000", "can't extend cube").WithDetail("A cube cannot have more than %d dimensions.", maxDims)
}

// Extension is cube.
func Extension() *extension.Extension {
	x := &extension.Extension{Name: "cube", Version: "1.5", Comment: "data type for multidimensional cubes", Older: []string{"1.2", "1.3", "1.4"}, Objects: objects,
		Types: map[string]*types.Native{"cube": {Key: "cube.cube", Collated: true,
			Compare: func(a, b string) int { return compare(of(types.Text(a)), of(types.Text(b))) },
			In: func(s string, _ *types.Env) (types.Datum, error) {
				c, err := parse(s)
				if err != nil {
					return types.Datum{}, err
				}
				return c.datum(), nil
			}}},
		Functions: append(extension.Comparisons("cube_", "@cube"), extension.Order("cube_cmp(@cube,@cube)")),
	}
	add := func(sig string, f func(v []types.Datum) (types.Datum, error)) {
		x.Functions = append(x.Functions, extension.Function{Sig: sig, Fn: func(c extension.Call) (types.Datum, error) { return f(c.Values()) }})
	}
	pair := func(name string, f func(x, y *cube) types.Datum) {
		add(name+"(@cube,@cube)", func(v []types.Datum) (types.Datum, error) { return f(of(v[0]), of(v[1])), nil })
	}
	pair("cube_contains", func(x, y *cube) types.Datum { return types.Bool(contains(x, y)) })
	pair("cube_contained", func(x, y *cube) types.Datum { return types.Bool(contains(y, x)) })
	pair("cube_overlap", func(x, y *cube) types.Datum { return types.Bool(overlaps(x, y)) })
	both := func(low, high func(a, b float64) float64) func(x, y *cube) types.Datum {
		return func(x, y *cube) types.Datum {
			out := &cube{}
			for i := range max(len(x.a), len(y.a)) {
				out.a, out.b = append(out.a, low(x.low(i), y.low(i))), append(out.b, high(x.high(i), y.high(i)))
			}
			return out.datum()
		}
	}
	pair("cube_union", both(math.Min, math.Max))
	pair("cube_inter", both(math.Max, math.Min))
	pair("cube_distance", func(x, y *cube) types.Datum { return types.Float(distance(x, y)) })
	pair("distance_taxicab", func(x, y *cube) types.Datum {
		sum := 0.0
		for i := range max(len(x.a), len(y.a)) {
			sum += math.Abs(gap(x, y, i))
		}
		return types.Float(sum)
	})
	pair("distance_chebyshev", func(x, y *cube) types.Datum {
		most := 0.0
		for i := range max(len(x.a), len(y.a)) {
			most = math.Max(most, gap(x, y, i))
		}
		return types.Float(most)
	})
	add("cube(_float8,_float8)", func(v []types.Datum) (types.Datum, error) {
		b, err := floats(v[0])
		if err != nil {
			return types.Datum{}, err
		}
		a, err := floats(v[1])
		if err != nil {
			return types.Datum{}, err
		}
		if len(a) != len(b) {
			return extension.Bad("2202E", "UR and LL arrays must be of same length")
		}
		return (&cube{b, a}).datum(), nil
	})
	add("cube(_float8)", func(v []types.Datum) (types.Datum, error) {
		a, err := floats(v[0])
		return (&cube{a, a}).datum(), err
	})
	add("cube(float8)", func(v []types.Datum) (types.Datum, error) {
		a := []float64{v[0].Float()}
		return (&cube{a, a}).datum(), nil
	})
	add("cube(float8,float8)", func(v []types.Datum) (types.Datum, error) {
		return (&cube{[]float64{v[0].Float()}, []float64{v[1].Float()}}).datum(), nil
	})
	more := func(v []types.Datum) (types.Datum, error) {
		c := of(v[0])
		if len(c.a) >= maxDims {
			return types.Datum{}, full()
		}
		last := v[len(v)-1].Float()
		return (&cube{append(append([]float64{}, c.a...), v[1].Float()), append(append([]float64{}, c.b...), last)}).datum(), nil
	}
	add("cube(@cube,float8)", more)
	add("cube(@cube,float8,float8)", more)
	add("cube_is_point(@cube)", func(v []types.Datum) (types.Datum, error) { return types.Bool(of(v[0]).point()), nil })
	add("cube_dim(@cube)", func(v []types.Datum) (types.Datum, error) { return types.Int(int64(len(of(v[0]).a))), nil })
	add("cube_size(@cube)", func(v []types.Datum) (types.Datum, error) {
		c, size := of(v[0]), 1.0
		for i := range c.a {
			size *= math.Abs(c.a[i] - c.b[i])
		}
		return types.Float(size), nil
	})
	side := func(f func(*cube, int) float64) func(v []types.Datum) (types.Datum, error) {
		return func(v []types.Datum) (types.Datum, error) {
			c, n := of(v[0]), int(v[1].I)
			if n < 1 || n > len(c.a) {
				return types.Float(0), nil
			}
			return types.Float(f(c, n-1)), nil
		}
	}
	add("cube_ll_coord(@cube,int4)", side((*cube).low))
	add("cube_ur_coord(@cube,int4)", side((*cube).high))
	add("cube_coord(@cube,int4)", func(v []types.Datum) (types.Datum, error) {
		c, n := of(v[0]), int(v[1].I)
		switch {
		case n < 1 || n > 2*len(c.a):
			return extension.Bad("2202E", "cube index %d is out of bounds", n)
		case n > len(c.a):
			return types.Float(c.b[n-len(c.a)-1]), nil
		}
		return types.Float(c.a[n-1]), nil
	})
	add("cube_coord_llur(@cube,int4)", func(v []types.Datum) (types.Datum, error) {
		c, n := of(v[0]), int(v[1].I)
		if n == 0 {
			return extension.Bad("2202E", "zero cube index is not defined")
		}
		sign := 1.0
		if n < 0 {
			n, sign = -n, -1
		}
		i := (n - 1) / 2
		switch {
		case i >= len(c.a):
			return types.Float(0), nil
		case n%2 == 1:
			return types.Float(sign * c.low(i)), nil
		}
		return types.Float(sign * c.high(i)), nil
	})
	add("cube_subset(@cube,_int4)", func(v []types.Datum) (types.Datum, error) {
		c := of(v[0])
		list, err := floats(v[1])
		if err != nil {
			return types.Datum{}, err
		}
		out := &cube{}
		for _, f := range list {
			n := int(f)
			if n < 1 || n > len(c.a) {
				return extension.Bad("2202E", "Index out of bounds")
			}
			out.a, out.b = append(out.a, c.a[n-1]), append(out.b, c.b[n-1])
		}
		return out.datum(), nil
	})
	add("cube_enlarge(@cube,float8,int4)", func(v []types.Datum) (types.Datum, error) {
		return enlarge(of(v[0]), v[1].Float(), int(v[2].I)).datum(), nil
	})
	return x
}
