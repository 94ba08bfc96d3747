package vector

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// sparse is a sparsevec: the elements that are not zero, by index from 0.
type sparse struct {
	dims   int
	index  []int
	values []float32
}

func sparseNative() *types.Native {
	return &types.Native{Key: "vector.sparsevec", Collated: true,
		In: func(text string, _ *types.Env) (types.Datum, error) {
			s, err := readSparse(text)
			if err != nil {
				return types.Datum{}, err
			}
			return s.datum(), nil
		},
		Compare: func(a, b string) int {
			x, _ := readSparse(a)
			y, _ := readSparse(b)
			return x.compare(y)
		},
		TypmodIn: dimensions("sparsevec", maxSparse), TypmodOut: func(m int32) string { return "(" + strconv.Itoa(int(m)) + ")" },
		Limit: func(d types.Datum, typmod int32) (types.Datum, error) {
			s, err := readSparse(d.S)
			if err == nil {
				err = s.limit(typmod)
			}
			return d, err
		},
	}
}

func (s *sparse) limit(typmod int32) error {
	if typmod >= 0 && s.dims != int(typmod) {
		return errs.New("22000", "expected %d dimensions, not %d", typmod, s.dims)
	}
	return nil
}

func (s *sparse) datum() types.Datum {
	buf := []byte{'{'}
	for i, at := range s.index {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = append(strconv.AppendInt(buf, int64(at+1), 10), ':')
		buf = types.AppendFloat(buf, float64(s.values[i]), 32)
	}
	buf = strconv.AppendInt(append(buf, "}/"...), int64(s.dims), 10)
	return types.Text(string(buf))
}

func (s *sparse) compare(o *sparse) int {
	for i := 0; i < len(s.index) && i < len(o.index); i++ {
		switch {
		case s.index[i] < o.index[i]:
			return cmp.Compare(s.values[i], 0)
		case s.index[i] > o.index[i]:
			return cmp.Compare(0, o.values[i])
		case s.values[i] != o.values[i]:
			return cmp.Compare(s.values[i], o.values[i])
		}
	}
	if n := len(o.index); len(s.index) > n && s.index[n] < o.dims {
		return cmp.Compare(s.values[n], 0)
	}
	if n := len(s.index); len(o.index) > n && o.index[n] < s.dims {
		return cmp.Compare(0, o.values[n])
	}
	return cmp.Compare(s.dims, o.dims)
}

func readSparse(text string) (*sparse, error) {
	out := &sparse{}
	syntax := func(detail string) (*sparse, error) {
		e := errs.New("22P02", "invalid input syntax for type sparsevec: \"%s\"", text)
		if detail != "" {
			e = e.WithDetail("%s", detail)
		}
		return &sparse{}, e
	}
	s := strings.TrimLeft(text, blanks)
	if !strings.HasPrefix(s, "{") {
		return syntax(`Vector contents must start with "{".`)
	}
	body, rest, ok := strings.Cut(s[1:], "}")
	if !ok {
		return syntax("")
	}
	rest = strings.Trim(rest, blanks)
	if !strings.HasPrefix(rest, "/") {
		return syntax("Unexpected end of input.")
	}
	dims, err := strconv.Atoi(strings.Trim(rest[1:], blanks))
	if err != nil {
		return syntax("")
	}
	switch {
	case dims < 1:
		return &sparse{}, errs.New("22000", "sparsevec must have at least 1 dimension")
	case dims > maxSparse:
		return &sparse{}, errs.New("54000", "sparsevec cannot have more than %d dimensions", maxSparse)
	}
	out.dims = dims
	type pair struct {
		at int
		v  float32
	}
	var pairs []pair
	if strings.Trim(body, blanks) != "" {
		for _, part := range strings.Split(body, ",") {
			i, v, ok := strings.Cut(part, ":")
			at, err := strconv.Atoi(strings.Trim(i, blanks))
			if !ok || err != nil {
				return syntax("")
			}
			v = strings.Trim(v, blanks)
			f, err := strconv.ParseFloat(v, 32)
			if err != nil && !math.IsInf(f, 0) {
				return syntax("")
			}
			if math.IsInf(f, 0) && !strings.Contains(strings.ToLower(v), "inf") {
				return &sparse{}, errs.New("22003", "\"%s\" is out of range for type sparsevec", v)
			}
			if err := element(f, "sparsevec"); err != nil {
				return &sparse{}, err
			}
			switch {
			case at < 1 || at > dims:
				return &sparse{}, errs.New("22000", "sparsevec index out of bounds")
			case len(pairs) == maxNonZero:
				return &sparse{}, errs.New("54000", "sparsevec cannot have more than %d non-zero elements", maxNonZero)
			}
			if f != 0 {
				pairs = append(pairs, pair{at - 1, float32(f)})
			}
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return a.at - b.at })
	for i, p := range pairs {
		if i > 0 && pairs[i-1].at == p.at {
			return &sparse{}, errs.New("22000", "sparsevec indices must not contain duplicates")
		}
		out.index, out.values = append(out.index, p.at), append(out.values, p.v)
	}
	return out, nil
}

func (s *sparse) dense() ([]float32, error) {
	if s.dims > maxDims {
		return nil, errs.New("54000", "vector cannot have more than %d dimensions", maxDims)
	}
	out := make([]float32, s.dims)
	for i, at := range s.index {
		out[at] = s.values[i]
	}
	return out, nil
}

func sparseOf(v []float32) *sparse {
	s := &sparse{dims: len(v)}
	for i, f := range v {
		if f != 0 {
			s.index, s.values = append(s.index, i), append(s.values, f)
		}
	}
	return s
}

// each calls f with both values wherever one of them is not zero.
func (s *sparse) each(o *sparse, f func(a, b float32)) {
	i, j := 0, 0
	for i < len(s.index) || j < len(o.index) {
		switch {
		case j == len(o.index) || i < len(s.index) && s.index[i] < o.index[j]:
			f(s.values[i], 0)
			i++
		case i == len(s.index) || s.index[i] > o.index[j]:
			f(0, o.values[j])
			j++
		default:
			f(s.values[i], o.values[j])
			i, j = i+1, j+1
		}
	}
}
