package builtin

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

var errZeroStep = errs.New("22023", "step size cannot equal zero")

// seriesTable declares generate_series.
func seriesTable() []entry {
	ints := func(c *Call, yield func([]types.Datum) bool) error {
		at, end, step := c.Args[0].I, c.Args[1].I, int64(1)
		if len(c.Args) > 2 {
			step = c.Args[2].I
		}
		if step == 0 {
			return errZeroStep
		}
		for step > 0 && at <= end || step < 0 && at >= end {
			if !yield([]types.Datum{types.Int(at)}) {
				return nil
			}
			next, ok := addInt(at, step)
			if !ok {
				return nil
			}
			at = next
		}
		return nil
	}
	numerics := func(c *Call, yield func([]types.Datum) bool) error {
		at, end, step := number(c.Args[0]), number(c.Args[1]), numeric.FromInt(1)
		if len(c.Args) > 2 {
			step = number(c.Args[2])
		}
		for i, n := range []numeric.Num{at, end, step} {
			name := []string{"start", "stop", "step size"}[i]
			if n.IsNaN() {
				return errs.New("22023", "%s value cannot be NaN", name)
			}
			if n.IsInf() {
				return errs.New("22023", "%s value cannot be infinity", name)
			}
		}
		if step.Sign() == 0 {
			return errZeroStep
		}
		for {
			if k := numeric.Compare(at, end); step.Sign() > 0 && k > 0 || step.Sign() < 0 && k < 0 {
				return nil
			}
			if !yield([]types.Datum{types.NumericDatum(at)}) {
				return nil
			}
			var err error
			if at, err = numeric.Add(at, step); err != nil {
				return err
			}
		}
	}
	return []entry{
		{sig: "generate_series(int4,int4)", set: ints}, {sig: "generate_series(int4,int4,int4)", set: ints},
		{sig: "generate_series(int8,int8)", set: ints}, {sig: "generate_series(int8,int8,int8)", set: ints},
		{sig: "generate_series(numeric,numeric)", set: numerics}, {sig: "generate_series(numeric,numeric,numeric)", set: numerics},
	}
}
