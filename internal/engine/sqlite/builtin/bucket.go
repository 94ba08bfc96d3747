package builtin

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

func bucketFloat(c *Call) (types.Datum, error) {
	x, lo, hi, n := c.Args[0].Float(), c.Args[1].Float(), c.Args[2].Float(), c.Args[3].I
	switch {
	case n <= 0:
		return types.Datum{}, errs.New("2201G", "count must be greater than zero")
	case x != x || lo != lo || hi != hi:
		return types.Datum{}, errs.New("2201G", "operand, lower bound, and upper bound cannot be NaN")
	case math.IsInf(lo, 0) || math.IsInf(hi, 0):
		return types.Datum{}, errs.New("2201G", "lower and upper bounds must be finite")
	case lo == hi:
		return types.Datum{}, errs.New("2201G", "lower bound cannot equal upper bound")
	}
	if lo > hi {
		// The bounds are turned round: so are the comparisons.
		x, lo, hi = -x, -lo, -hi
	}
	switch {
	case x < lo:
		return types.Int(0), nil
	case x >= hi && n == math.MaxInt32:
		return types.Datum{}, outOfRange("integer")
	case x >= hi:
		return types.Int(n + 1), nil
	}
	r := int64(float64(n)*((x-lo)/(hi-lo))) + 1
	if r > math.MaxInt32 {
		return types.Datum{}, outOfRange("integer")
	}
	return types.Int(r), nil
}

// bucketOf finds a value's place among ordered thresholds.
func bucketOf(c *Call) (types.Datum, error) {
	t := c.Desc.Items[1].Type
	a, err := readArray(t, c.Args[1])
	if err != nil {
		return types.Datum{}, err
	}
	if len(a.Dims) > 1 {
		return types.Datum{}, errs.New("2202E", "thresholds must be one-dimensional array")
	}
	bounds, err := elements(t, c.Args[1], c.Env())
	if err != nil {
		return types.Datum{}, err
	}
	for _, b := range bounds {
		if b.IsNull() {
			return types.Datum{}, errs.New("22004", "thresholds array must not contain NULLs")
		}
	}
	low, high := 0, len(bounds)
	for low < high {
		if mid := (low + high) / 2; types.Compare(t.Underlying().Elem, c.Args[0], bounds[mid]) < 0 {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return types.Int(int64(low)), nil
}
