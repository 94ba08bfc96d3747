package function

import (
	"math"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
)

// native is a function of PostgreSQL's that only aggregates call: transition and final functions. A strict one gets no NULL.
type native func(args []types.Datum) (types.Datum, error)

// nativeOf gives the Go form of such a function, nil when it has none.
func nativeOf(fn *catalog.Function, args []*types.Type) native {
	if fn.Schema != "pg_catalog" {
		return nil
	}
	switch fn.Name {
	case "int8inc":
		return func(a []types.Datum) (types.Datum, error) {
			if a[0].I == math.MaxInt64 {
				return types.Datum{}, errs.New("22003", "bigint out of range")
			}
			return types.Int(a[0].I + 1), nil
		}
	case "int8inc_any":
		return func(a []types.Datum) (types.Datum, error) { return types.Int(a[0].I + 1), nil }
	case "int8dec":
		return func(a []types.Datum) (types.Datum, error) { return types.Int(a[0].I - 1), nil }
	case "int4_sum", "int2_sum":
		return func(a []types.Datum) (types.Datum, error) {
			switch {
			case a[1].IsNull():
				return a[0], nil
			case a[0].IsNull():
				return a[1], nil
			}
			return types.Int(a[0].I + a[1].I), nil
		}
	case "float8_accum", "float4_accum":
		return func(a []types.Datum) (types.Datum, error) {
			s, err := floats(a[0])
			if err != nil {
				return types.Datum{}, err
			}
			v := a[1].Float()
			n, sx, sxx := s[0]+1, s[1]+v, s[2]
			if s[0] > 0 {
				t := v*n - sx
				sxx += t * t / (n * s[0])
			}
			return floatArray(n, sx, sxx), nil
		}
	case "float8_avg":
		return func(a []types.Datum) (types.Datum, error) {
			s, err := floats(a[0])
			if err != nil || s[0] == 0 {
				return types.Datum{}, err
			}
			return types.Float(s[1] / s[0]), nil
		}
	}
	if len(args) != 2 || args[0].OID != args[1].OID {
		return nil
	}
	pick := 0
	switch {
	case strings.HasSuffix(fn.Name, "larger"):
		pick = 1
	case strings.HasSuffix(fn.Name, "smaller"):
		pick = -1
	default:
		return nil
	}
	t := args[0]
	return func(a []types.Datum) (types.Datum, error) {
		if c := types.Compare(t, a[0], a[1]); c*pick >= 0 {
			return a[0], nil
		}
		return a[1], nil
	}
}

// floats are the three numbers of a transition array.
func floats(d types.Datum) ([]float64, error) {
	t := types.ArrayOf(types.Float8OID)
	a := types.ArrayOfDatum(t, d)
	if len(a.Elems) != 3 {
		return nil, errs.New("XX000", "float8_accum: expected 3-element float8 array")
	}
	out := make([]float64, 3)
	for i, e := range a.Elems {
		out[i] = types.Elem(t.Elem, e).Float()
	}
	return out, nil
}

func floatArray(list ...float64) types.Datum {
	t := types.ArrayOf(types.Float8OID)
	a := array.Array{Dims: []int{len(list)}, Lower: []int{1}}
	for _, x := range list {
		a.Elems = append(a.Elems, types.ElemOf(t.Elem, types.Float(x)))
	}
	return types.ArrayDatum(t, a)
}
