package types

import (
	"strconv"

	"github.com/basement-project/basement/internal/errs"
)

// The fields of an interval typmod's range, as PostgreSQL's INTERVAL_MASK numbers them.
const (
	intervalMonth  = 1 << 1
	intervalYear   = 1 << 2
	intervalDay    = 1 << 3
	intervalHour   = 1 << 10
	intervalMinute = 1 << 11
	intervalSecond = 1 << 12

	intervalFullRange     = 0x7FFF
	intervalFullPrecision = 0xFFFF
)

// IntervalFields are the ranges an interval type may be limited to ("interval day to second"), by their words.
func IntervalFields(words string) (int32, bool) {
	switch words {
	case "year":
		return intervalYear, true
	case "month":
		return intervalMonth, true
	case "day":
		return intervalDay, true
	case "hour":
		return intervalHour, true
	case "minute":
		return intervalMinute, true
	case "second":
		return intervalSecond, true
	case "year to month":
		return intervalYear | intervalMonth, true
	case "day to hour":
		return intervalDay | intervalHour, true
	case "day to minute":
		return intervalDay | intervalHour | intervalMinute, true
	case "day to second":
		return intervalDay | intervalHour | intervalMinute | intervalSecond, true
	case "hour to minute":
		return intervalHour | intervalMinute, true
	case "hour to second":
		return intervalHour | intervalMinute | intervalSecond, true
	case "minute to second":
		return intervalMinute | intervalSecond, true
	}
	return 0, false
}

func intervalTypmodOut(typmod int32) string {
	if typmod < 0 {
		return ""
	}
	fields, precision := typmod>>16&intervalFullRange, typmod&intervalFullPrecision
	out := ""
	if fields != intervalFullRange {
		for _, words := range []string{"year", "month", "day", "hour", "minute", "second", "year to month", "day to hour",
			"day to minute", "day to second", "hour to minute", "hour to second", "minute to second"} {
			if f, _ := IntervalFields(words); f == fields {
				out = " " + words
			}
		}
	}
	if precision != intervalFullPrecision {
		out += "(" + strconv.Itoa(int(precision)) + ")"
	}
	return out
}

// NumericTypmod splits numeric's typmod into precision and scale; false when it limits nothing.
func NumericTypmod(typmod int32) (precision, scale int, ok bool) {
	if typmod < 4 {
		return 0, 0, false
	}
	typmod -= 4
	scale = int(typmod & 0x7ff)
	return int(typmod >> 16 & 0xffff), (scale ^ 1024) - 1024, true
}

// MakeTypmod is the type's typmod input function: the numbers in the parentheses after its name give the typmod. For interval
// they are the field mask of IntervalFields (0x7FFF for all) and, when given, the precision.
func MakeTypmod(t *Type, mods []int32) (int32, error) {
	if t.Kind == ArrayType {
		t = t.Elem
	}
	if t.Native != nil && t.Native.TypmodIn != nil {
		return t.Native.TypmodIn(mods)
	}
	if t.Schema != "pg_catalog" {
		return 0, errs.New("42601", "type modifier is not allowed for type \"%s\"", t.Name)
	}
	switch t.OID {
	case VarcharOID, BPCharOID:
		name := "varchar"
		if t.OID == BPCharOID {
			name = "char"
		}
		return lengthTypmod(name, mods, 10485760, 4)
	case BitOID:
		return lengthTypmod("bit", mods, 83886080, 0)
	case VarbitOID:
		return lengthTypmod("varbit", mods, 83886080, 0)
	case NumericOID:
		return numericTypmod(mods)
	case TimeOID:
		return precisionTypmod("TIME", "", mods)
	case TimetzOID:
		return precisionTypmod("TIME", " WITH TIME ZONE", mods)
	case TimestampOID:
		return precisionTypmod("TIMESTAMP", "", mods)
	case TimestamptzOID:
		return precisionTypmod("TIMESTAMP", " WITH TIME ZONE", mods)
	case IntervalOID:
		return intervalTypmod(mods)
	}
	return 0, errs.New("42601", "type modifier is not allowed for type \"%s\"", t.Name)
}

func lengthTypmod(name string, mods []int32, limit, offset int32) (int32, error) {
	if len(mods) != 1 {
		return 0, errs.New("22023", "invalid type modifier")
	}
	if mods[0] < 1 {
		return 0, errs.New("22023", "length for type %s must be at least 1", name)
	}
	if mods[0] > limit {
		return 0, errs.New("22023", "length for type %s cannot exceed %d", name, limit)
	}
	return mods[0] + offset, nil
}

func numericTypmod(mods []int32) (int32, error) {
	if len(mods) == 0 || len(mods) > 2 {
		return 0, errs.New("22023", "invalid NUMERIC type modifier")
	}
	if mods[0] < 1 || mods[0] > 1000 {
		return 0, errs.New("22023", "NUMERIC precision %d must be between 1 and 1000", mods[0])
	}
	scale := int32(0)
	if len(mods) == 2 {
		scale = mods[1]
		if scale < -1000 || scale > 1000 {
			return 0, errs.New("22023", "NUMERIC scale %d must be between -1000 and 1000", scale)
		}
	}
	return (mods[0]<<16 | scale&0x7ff) + 4, nil
}

// precisionTypmod clamps to microseconds as PostgreSQL does, with a warning there.
func precisionTypmod(name, suffix string, mods []int32) (int32, error) {
	if len(mods) != 1 {
		return 0, errs.New("22023", "invalid type modifier")
	}
	if mods[0] < 0 {
		return 0, errs.New("22023", "%s(%d)%s precision must not be negative", name, mods[0], suffix)
	}
	return min(mods[0], 6), nil
}

func intervalTypmod(mods []int32) (int32, error) {
	if len(mods) == 0 || len(mods) > 2 {
		return 0, errs.New("22023", "invalid INTERVAL type modifier")
	}
	fields := mods[0]
	if len(mods) == 1 {
		if fields == intervalFullRange {
			return -1, nil
		}
		return fields<<16 | intervalFullPrecision, nil
	}
	if mods[1] < 0 {
		return 0, errs.New("22023", "INTERVAL(%d) precision must not be negative", mods[1])
	}
	return fields<<16 | min(mods[1], 6), nil
}
