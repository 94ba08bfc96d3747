package builtin

import (
	"math"
	"math/rand/v2"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// sampled decides by chance, or by the row number and a seed, whether a row is in a sample of the given percentage.
func sampled(c *Call) (types.Datum, error) {
	percent := c.Args[0]
	switch {
	case percent.IsNull():
		return types.Datum{}, errs.New("2202H", "TABLESAMPLE parameter cannot be null")
	case len(c.Args) > 2 && c.Args[2].IsNull():
		return types.Datum{}, errs.New("2202G", "TABLESAMPLE REPEATABLE parameter cannot be null")
	}
	f := percent.Float()
	if percent.Kind == types.KindText || !(f >= 0 && f <= 100) {
		return types.Datum{}, errs.New("2202H", "sample percentage must be between 0 and 100")
	}
	var x float64
	if len(c.Args) > 2 {
		x = rand.New(rand.NewPCG(uint64(c.Args[1].I), math.Float64bits(c.Args[2].Float()))).Float64()
	} else {
		x = rand.Float64()
	}
	return types.Bool(x*100 < f), nil
}

// sortOrder compares two rows of sort keys, the first half of the arguments with the second: -1, 0 or 1. The options say
// for each key whether it is descending ('d') and has its NULLs first ('f').
func sortOrder(c *Call) (types.Datum, error) {
	n := len(c.Args) / 2
	for i := range n {
		a, b := c.Args[i], c.Args[n+i]
		desc, first := c.Desc.Options[2*i] == 'd', c.Desc.Options[2*i+1] == 'f'
		r := 0
		switch {
		case a.IsNull() && b.IsNull():
			continue
		case a.IsNull(), b.IsNull():
			if r = 1; a.IsNull() == first {
				r = -1
			}
		default:
			if r = types.Compare(c.Desc.Items[i].Type, a, b); desc {
				r = -r
			}
		}
		if r != 0 {
			return types.Int(int64(r)), nil
		}
	}
	return types.Int(0), nil
}
