package builtin

import (
	"math"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

// SQLite's RANGE frames add numbers to numbers. Keys of other types, and what is added to them, become numbers with the
// same order and distance.

// rangeScale is how many decimals of a numeric key count.
const rangeScale = "1000000000"

// rangeKey is the number for a sort key of the described type.
func rangeKey(c *Call) (types.Datum, error) {
	d := c.Args[0]
	switch c.Desc.Items[0].Type.Underlying().OID {
	case types.NumericOID:
		return scaled(d)
	case types.DateOID:
		t, err := types.DateOf(d).Timestamp()
		return types.Int(int64(t)), err
	case types.TimestampOID, types.TimestamptzOID:
		return types.Int(int64(types.TimestampOf(d))), nil
	case types.TimeOID:
		return types.Int(int64(types.TimeOf(d))), nil
	case types.IntervalOID:
		return micros(types.IntervalOf(d)), nil
	}
	return d, nil
}

// RangeOffset is the number for a distance of a type from keys of another; which is "starting" or "ending".
func RangeOffset(key, offset *types.Type, d types.Datum, which string) (types.Datum, error) {
	if d.IsNull() {
		return types.Datum{}, errs.New("22004", "frame %s offset must not be null", which)
	}
	bad := errs.New("22013", "invalid preceding or following size in window function")
	switch offset.Underlying().OID {
	case types.IntervalOID:
		v := types.IntervalOf(d)
		if micros(v).Float() < 0 {
			return types.Datum{}, bad
		}
		switch key.Underlying().OID {
		case types.TimeOID:
			return types.Int(v.Micros), nil
		case types.IntervalOID:
			return micros(v), nil
		}
		if v.Months != 0 {
			return types.Datum{}, errs.Unsupported("a RANGE frame with an offset of months", "Count in days, or join the table with itself.")
		}
		return micros(v), nil
	case types.NumericOID:
		if strings.HasPrefix(d.S, "-") || d.S == "NaN" {
			return types.Datum{}, bad
		}
		return scaled(d)
	}
	if d.Kind == types.KindInt && d.I < 0 || d.Kind == types.KindFloat && d.Float() < 0 || d.Kind == types.KindText {
		return types.Datum{}, bad
	}
	return d, nil
}

// micros is an interval as comparing takes it: months of 30 days.
func micros(v interval.Interval) types.Datum {
	days := int64(v.Months)*30 + int64(v.Days)
	if days > math.MaxInt64/2/interval.Day || days < math.MinInt64/2/interval.Day {
		return types.Float(float64(days)*float64(interval.Day) + float64(v.Micros))
	}
	return types.Int(days*interval.Day + v.Micros)
}

func scaled(d types.Datum) (types.Datum, error) {
	switch d.S {
	case "NaN":
		return types.Int(math.MaxInt64), nil
	case "Infinity":
		return types.Int(math.MaxInt64 - 1), nil
	case "-Infinity":
		return types.Int(math.MinInt64), nil
	}
	n, err := numeric.Mul(types.NumericOf(d), types.NumericOf(types.Text(rangeScale)))
	if err != nil {
		return types.Datum{}, err
	}
	i, ok := n.ToInt()
	if !ok || numeric.Compare(n, n.Round(0)) != 0 {
		return types.Datum{}, errs.Unsupported("a RANGE frame over a numeric of so many digits", "Round it to nine decimals, or use ROWS or GROUPS.")
	}
	return types.Int(i), nil
}

// RowOffset checks a number of rows or groups.
func RowOffset(d types.Datum, which string) error {
	switch {
	case d.IsNull():
		return errs.New("22004", "frame %s offset must not be null", which)
	case d.I < 0:
		return errs.New("22013", "frame %s offset must not be negative", which)
	}
	return nil
}
