package vector

import (
	_ "embed" // the facts of the extension's objects
	"math"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
)

//go:embed objects.tsv
var objects string

// Extension is vector.
func Extension() *extension.Extension {
	x := &extension.Extension{Name: "vector", Version: "0.8.0", Comment: "vector data type and ivfflat and hnsw access methods",
		Older:   []string{"0.4.0", "0.4.1", "0.4.4", "0.5.0", "0.5.1", "0.6.0", "0.6.2", "0.7.0", "0.7.1", "0.7.2", "0.7.3", "0.7.4"},
		Objects: objects,
		Types:   map[string]*types.Native{"vector": full.native(), "halfvec": half.native(), "sparsevec": sparseNative()},
		Settings: []extension.Setting{
			extension.IntSetting("ivfflat.probes", 1, 1, 32768), extension.IntSetting("hnsw.ef_search", 40, 1, 1000),
			extension.IntSetting("ivfflat.max_probes", 32768, 1, 32768), extension.IntSetting("hnsw.max_scan_tuples", 20000, 1, math.MaxInt32),
			{Name: "hnsw.iterative_scan", Default: "off"}, {Name: "ivfflat.iterative_scan", Default: "off"},
		},
		Functions: []extension.Function{
			{Sig: "hamming_distance(bit,bit)", Fn: bits(func(a, b string) float64 {
				n := 0
				for i := range len(a) {
					if a[i] != b[i] {
						n++
					}
				}
				return float64(n)
			})},
			{Sig: "jaccard_distance(bit,bit)", Fn: bits(func(a, b string) float64 {
				both, any := 0, 0
				for i := range len(a) {
					if a[i] == '1' && b[i] == '1' {
						both++
					}
					if a[i] == '1' || b[i] == '1' {
						any++
					}
				}
				if both == 0 {
					return 1
				}
				return 1 - float64(both)/float64(any)
			})},
		}}
	for _, k := range []kind{full, half} {
		x.Functions = append(x.Functions, k.functions()...)
	}
	x.Functions = append(x.Functions, sparseFunctions()...)
	return x
}

func bits(f func(a, b string) float64) extension.Func {
	return func(c extension.Call) (types.Datum, error) {
		v := c.Values()
		if len(v[0].S) != len(v[1].S) {
			return extension.Bad("22000", "different bit lengths %d and %d", len(v[0].S), len(v[1].S))
		}
		return types.Float(f(v[0].S, v[1].S)), nil
	}
}

// distance makes a function of two vectors of the same dimensions.
func (k kind) distance(f func(k kind, a, b string, n int) float64) extension.Func {
	return func(c extension.Call) (types.Datum, error) {
		v := c.Values()
		a, b := v[0].S, v[1].S
		if len(a) != len(b) {
			return types.Datum{}, k.different(a, b)
		}
		return types.Float(f(k, a, b, len(a)/k.size)), nil
	}
}

func (k kind) different(a, b string) error {
	return errs.New("22000", "different %s dimensions %d and %d", k.name, k.dims(a), k.dims(b))
}

func squared(k kind, a, b string, n int) float64 {
	var sum float32
	for i := range n {
		d := k.at(a, i) - k.at(b, i)
		sum += d * d
	}
	return float64(sum)
}

func product(k kind, a, b string, n int) float64 {
	var sum float32
	for i := range n {
		sum += k.at(a, i) * k.at(b, i)
	}
	return float64(sum)
}

func cosine(k kind, a, b string, n int) float64 {
	var ab, aa, bb float32
	for i := range n {
		x, y := k.at(a, i), k.at(b, i)
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	return 1 - clamp(float64(ab)/math.Sqrt(float64(aa)*float64(bb)))
}

func clamp(f float64) float64 {
	if f > 1 {
		return 1
	}
	if f < -1 {
		return -1
	}
	return f
}

func taxicab(k kind, a, b string, n int) float64 {
	var sum float32
	for i := range n {
		sum += float32(math.Abs(float64(k.at(a, i) - k.at(b, i))))
	}
	return float64(sum)
}

func (k kind) norm(s string) float64 {
	var sum float64
	for i := range k.dims(s) {
		f := float64(k.at(s, i))
		sum += f * f
	}
	return math.Sqrt(sum)
}

func (k kind) functions() []extension.Function {
	t := "@" + k.name
	two := "(" + t + "," + t + ")"
	fn := func(sig string, f extension.Func) extension.Function { return extension.Function{Sig: sig, Fn: f} }
	one := func(f func(s string) (types.Datum, error)) extension.Func {
		return func(c extension.Call) (types.Datum, error) { return f(c.Values()[0].S) }
	}
	norm := "vector_norm"
	if k.size == 2 {
		norm = "l2_norm"
	}
	out := []extension.Function{
		fn("l2_distance"+two, k.distance(func(k kind, a, b string, n int) float64 { return math.Sqrt(squared(k, a, b, n)) })),
		fn("inner_product"+two, k.distance(product)), fn("cosine_distance"+two, k.distance(cosine)), fn("l1_distance"+two, k.distance(taxicab)),
		fn(k.name+"_l2_squared_distance"+two, k.distance(squared)),
		fn(k.name+"_negative_inner_product"+two, k.distance(func(k kind, a, b string, n int) float64 { return -product(k, a, b, n) })),
		fn(k.name+"_spherical_distance"+two, k.distance(func(k kind, a, b string, n int) float64 { return math.Acos(clamp(product(k, a, b, n))) / math.Pi })),
		fn("vector_dims("+t+")", one(func(s string) (types.Datum, error) { return types.Int(int64(k.dims(s))), nil })),
		fn(norm+"("+t+")", one(func(s string) (types.Datum, error) { return types.Float(k.norm(s)), nil })),
		fn("l2_normalize("+t+")", one(func(s string) (types.Datum, error) {
			v, n := k.decode(s), k.norm(s)
			for i := range v {
				if n > 0 {
					v[i] = float32(float64(v[i]) / n)
				} else {
					v[i] = 0
				}
			}
			return k.result(v)
		})),
		fn("binary_quantize("+t+")", one(func(s string) (types.Datum, error) {
			var b strings.Builder
			for i := range k.dims(s) {
				if k.at(s, i) > 0 {
					b.WriteByte('1')
				} else {
					b.WriteByte('0')
				}
			}
			return types.Text(b.String()), nil
		})),
		fn("subvector("+t+",int4,int4)", k.subvector),
		fn(k.name+"_add"+two, k.pairwise(func(a, b float32) float32 { return a + b })),
		fn(k.name+"_sub"+two, k.pairwise(func(a, b float32) float32 { return a - b })),
		fn(k.name+"_mul"+two, k.multiply),
		fn(k.name+"_concat"+two, func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			if n := k.dims(v[0].S) + k.dims(v[1].S); n > maxDims {
				return extension.Bad("54000", "%s cannot have more than %d dimensions", k.name, maxDims)
			}
			return types.Datum{Kind: types.KindBytes, S: v[0].S + v[1].S}, nil
		}),
		extension.Order(k.name + "_cmp" + two),
		{Sig: "avg(" + t + ")", Agg: func() extension.Aggregate { return &summed{kind: k, mean: true} }},
		{Sig: "sum(" + t + ")", Agg: func() extension.Aggregate { return &summed{kind: k} }},
		fn(k.name+"("+t+",int4,bool)", func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			return v[0], k.limit(v[0], int32(v[1].I))
		}),
		fn(k.name+"_to_float4("+t+",int4,bool)", one(func(s string) (types.Datum, error) {
			var list []array.Elem
			for _, f := range k.decode(s) {
				list = append(list, array.Elem{Text: string(types.AppendFloat(nil, float64(f), 32))})
			}
			return extension.Elems(list), nil
		})),
		fn("sparsevec_to_"+k.name+"(@sparsevec,int4,bool)", func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			s, err := readSparse(v[0].S)
			if err != nil {
				return types.Datum{}, err
			}
			if err := s.limit(int32(v[1].I)); err != nil {
				return types.Datum{}, err
			}
			d, err := s.dense()
			if err != nil {
				return types.Datum{}, err
			}
			return k.fitted(d)
		}),
	}
	for _, a := range []string{"_int4", "_float4", "_float8", "_numeric"} {
		out = append(out, fn("array_to_"+k.name+"("+a+",int4,bool)", func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			list, err := elements(v[0], k.name, maxDims)
			if err != nil {
				return types.Datum{}, err
			}
			d, err := k.fitted(list)
			if err != nil {
				return types.Datum{}, err
			}
			return d, k.limit(d, int32(v[1].I))
		}))
	}
	other := full
	if k.size == 4 {
		other = half
	}
	out = append(out, fn(other.name+"_to_"+k.name+"(@"+other.name+",int4,bool)", func(c extension.Call) (types.Datum, error) {
		v := c.Values()
		d, err := k.fitted(other.decode(v[0].S))
		if err != nil {
			return types.Datum{}, err
		}
		return d, k.limit(d, int32(v[1].I))
	}))
	return append(out, extension.Comparisons(k.name+"_", t)...)
}

// fitted stores elements of another type; those too large for a half are refused.
func (k kind) fitted(v []float32) (types.Datum, error) {
	if err := k.checked(v); err != nil {
		return types.Datum{}, err
	}
	if k.size == 2 {
		for _, f := range v {
			if math.IsInf(float64(fromHalf(toHalf(f))), 0) {
				return extension.Bad("22003", "\"%s\" is out of range for type halfvec", types.AppendFloat(nil, float64(f), 32))
			}
		}
	}
	return k.encode(v), nil
}

// result stores what was computed.
func (k kind) result(v []float32) (types.Datum, error) {
	for _, f := range v {
		if math.IsInf(float64(f), 0) || k.size == 2 && math.IsInf(float64(fromHalf(toHalf(f))), 0) {
			return extension.Bad("22003", "value out of range: overflow")
		}
	}
	return k.encode(v), nil
}

func (k kind) pairwise(f func(a, b float32) float32) extension.Func {
	return func(c extension.Call) (types.Datum, error) {
		v := c.Values()
		if len(v[0].S) != len(v[1].S) {
			return types.Datum{}, k.different(v[0].S, v[1].S)
		}
		out := k.decode(v[0].S)
		for i := range out {
			out[i] = f(out[i], k.at(v[1].S, i))
		}
		return k.result(out)
	}
}

func (k kind) multiply(c extension.Call) (types.Datum, error) {
	v := c.Values()
	d, err := k.pairwise(func(a, b float32) float32 { return a * b })(c)
	if err == nil {
		for i := range k.dims(d.S) {
			if k.at(d.S, i) == 0 && k.at(v[0].S, i) != 0 && k.at(v[1].S, i) != 0 {
				return extension.Bad("22003", "value out of range: underflow")
			}
		}
	}
	return d, err
}

func (k kind) subvector(c extension.Call) (types.Datum, error) {
	v := c.Values()
	start, count := v[1].I, v[2].I
	if count < 1 {
		return extension.Bad("22000", "%s must have at least 1 dimension", k.name)
	}
	end := min(start+count, int64(k.dims(v[0].S))+1)
	start = max(start, 1)
	if end <= start {
		return extension.Bad("22000", "%s must have at least 1 dimension", k.name)
	}
	return types.Datum{Kind: types.KindBytes, S: v[0].S[(start-1)*int64(k.size) : (end-1)*int64(k.size)]}, nil
}

// elements reads an array of numbers.
func elements(d types.Datum, name string, most int) ([]float32, error) {
	a := extension.Array(d)
	if len(a.Dims) > 1 {
		return nil, errs.New("22000", "array must be 1-D")
	}
	if len(a.Elems) < 1 {
		return nil, errs.New("22000", "%s must have at least 1 dimension", name)
	}
	if len(a.Elems) > most {
		return nil, errs.New("54000", "%s cannot have more than %d dimensions", name, most)
	}
	out := make([]float32, len(a.Elems))
	for _, e := range a.Elems {
		if e.Null {
			return nil, errs.New("22004", "array must not contain nulls")
		}
	}
	for i, f := range extension.Floats(a) {
		if err := element(float64(float32(f)), name); err != nil {
			return nil, err
		}
		out[i] = float32(f)
	}
	return out, nil
}

// summed is sum and avg.
type summed struct {
	kind
	mean bool
	sum  []float64
	n    int
}

func (s *summed) Step(c extension.Call) error {
	d := c.Values()[0]
	if d.IsNull() {
		return nil
	}
	if s.n > 0 && len(s.sum) != s.dims(d.S) {
		if s.mean {
			return errs.New("22000", "expected %d dimensions, not %d", len(s.sum), s.dims(d.S))
		}
		return errs.New("22000", "different %s dimensions %d and %d", s.name, len(s.sum), s.dims(d.S))
	}
	if s.n == 0 {
		s.sum = make([]float64, s.dims(d.S))
	}
	s.n++
	for i := range s.sum {
		if f := float64(s.at(d.S, i)); s.mean {
			s.sum[i] += f
		} else {
			s.sum[i] = float64(float32(s.sum[i] + f))
		}
	}
	return nil
}

func (s *summed) Result(extension.Call) (types.Datum, error) {
	if s.n == 0 {
		return types.Datum{}, nil
	}
	out := make([]float32, len(s.sum))
	for i, f := range s.sum {
		if s.mean {
			f /= float64(s.n)
		}
		out[i] = float32(f)
	}
	return s.result(out)
}

func sparseFunctions() []extension.Function {
	const t, two = "@sparsevec", "(@sparsevec,@sparsevec)"
	pair := func(f func(a, b *sparse) float64) extension.Func {
		return func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			a, err := readSparse(v[0].S)
			if err != nil {
				return types.Datum{}, err
			}
			b, err := readSparse(v[1].S)
			if err != nil {
				return types.Datum{}, err
			}
			if a.dims != b.dims {
				return extension.Bad("22000", "different sparsevec dimensions %d and %d", a.dims, b.dims)
			}
			return types.Float(f(a, b)), nil
		}
	}
	sum := func(f func(x, y float32) float32) func(a, b *sparse) float64 {
		return func(a, b *sparse) float64 {
			var s float32
			a.each(b, func(x, y float32) { s += f(x, y) })
			return float64(s)
		}
	}
	square := sum(func(x, y float32) float32 { return (x - y) * (x - y) })
	times := sum(func(x, y float32) float32 { return x * y })
	norm := func(s *sparse) float64 {
		var n float64
		for _, f := range s.values {
			n += float64(f) * float64(f)
		}
		return math.Sqrt(n)
	}
	fn := func(sig string, f extension.Func) extension.Function { return extension.Function{Sig: sig, Fn: f} }
	out := []extension.Function{
		fn("l2_distance"+two, pair(func(a, b *sparse) float64 { return math.Sqrt(square(a, b)) })),
		fn("inner_product"+two, pair(times)),
		fn("cosine_distance"+two, pair(func(a, b *sparse) float64 { return 1 - clamp(times(a, b)/math.Sqrt(times(a, a)*times(b, b))) })),
		fn("l1_distance"+two, pair(sum(func(x, y float32) float32 { return float32(math.Abs(float64(x - y))) }))),
		fn("sparsevec_l2_squared_distance"+two, pair(square)),
		fn("sparsevec_negative_inner_product"+two, pair(func(a, b *sparse) float64 { return -times(a, b) })),
		fn("l2_norm("+t+")", func(c extension.Call) (types.Datum, error) {
			s, err := readSparse(c.Values()[0].S)
			if err != nil {
				return types.Datum{}, err
			}
			return types.Float(norm(s)), nil
		}),
		fn("l2_normalize("+t+")", func(c extension.Call) (types.Datum, error) {
			s, err := readSparse(c.Values()[0].S)
			if err != nil {
				return types.Datum{}, err
			}
			n := norm(s)
			for i := range s.values {
				s.values[i] = float32(float64(s.values[i]) / n)
			}
			return s.datum(), nil
		}),
		fn("sparsevec("+t+",int4,bool)", func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			s, err := readSparse(v[0].S)
			if err == nil {
				err = s.limit(int32(v[1].I))
			}
			return v[0], err
		}),
		extension.Order("sparsevec_cmp" + two),
	}
	made := func(f func(d types.Datum) ([]float32, error)) extension.Func {
		return func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			list, err := f(v[0])
			if err != nil {
				return types.Datum{}, err
			}
			s := sparseOf(list)
			if len(s.index) > maxNonZero {
				return extension.Bad("54000", "sparsevec cannot have more than %d non-zero elements", maxNonZero)
			}
			return s.datum(), s.limit(int32(v[1].I))
		}
	}
	for _, a := range []string{"_int4", "_float4", "_float8", "_numeric"} {
		out = append(out, fn("array_to_sparsevec("+a+",int4,bool)", made(func(d types.Datum) ([]float32, error) { return elements(d, "sparsevec", maxSparse) })))
	}
	for _, k := range []kind{full, half} {
		out = append(out, fn(k.name+"_to_sparsevec(@"+k.name+",int4,bool)", made(func(d types.Datum) ([]float32, error) { return k.decode(d.S), nil })))
	}
	return append(out, extension.Comparisons("sparsevec_", t)...)
}
