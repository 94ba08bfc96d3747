package types

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

// intRange gives an integer type's limits and its name in errors.
func intRange(oid OID) (low, high int64, name string, ok bool) {
	switch oid {
	case Int2OID:
		return math.MinInt16, math.MaxInt16, "smallint", true
	case Int4OID:
		return math.MinInt32, math.MaxInt32, "integer", true
	case Int8OID:
		return math.MinInt64, math.MaxInt64, "bigint", true
	}
	return 0, 0, "", false
}

func numberRange(name string) error { return errs.New("22003", "%s out of range", name) }

// CheckInt refuses an integer beyond a type's limits, as arithmetic does ("integer out of range").
func CheckInt(oid OID, i int64) error {
	if low, high, name, ok := intRange(oid); ok && (i < low || i > high) {
		return numberRange(name)
	}
	return nil
}

func castInt(from, to OID, i int64) (Datum, bool, error) {
	if _, _, _, ok := intRange(to); ok {
		return Int(i), true, CheckInt(to, i)
	}
	switch to {
	case BoolOID:
		return Bool(i != 0), true, nil
	case Float4OID:
		return Float(float64(float32(i))), true, nil
	case Float8OID:
		return Float(float64(i)), true, nil
	case NumericOID:
		return NumericDatum(numeric.FromInt(i)), true, nil
	case MoneyOID:
		if i > math.MaxInt64/100 || i < math.MinInt64/100 {
			return Datum{}, true, numberRange("bigint")
		}
		return Int(i * 100), true, nil
	case CharOID:
		if i < -128 || i > 127 {
			return Datum{}, true, errs.New("22003", "\"char\" out of range")
		}
		return Text(charText(byte(i))), true, nil
	}
	// What is left are object identifiers, from int8 checked, from int2 sign-extended.
	if from == Int2OID {
		return Int(int64(uint32(i))), true, nil
	}
	if i < 0 || i > math.MaxUint32 {
		return Datum{}, true, errs.New("22003", "OID out of range")
	}
	return Int(i), true, nil
}

func castFloat(from, to OID, f float64) (Datum, bool, error) {
	if low, high, name, ok := intRange(to); ok {
		r := math.RoundToEven(f)
		if !(r >= float64(low) && r < -float64(low)) && !(r <= float64(high) && to != Int8OID && r >= float64(low)) {
			return Datum{}, true, numberRange(name)
		}
		return Int(int64(r)), true, nil
	}
	switch to {
	case Float4OID:
		n := float32(f)
		if math.IsInf(float64(n), 0) && !math.IsInf(f, 0) {
			return Datum{}, true, errs.New("22003", "value out of range: overflow")
		}
		if n == 0 && f != 0 {
			return Datum{}, true, errs.New("22003", "value out of range: underflow")
		}
		return Float(float64(n)), true, nil
	case Float8OID:
		return Float(f), true, nil
	case NumericOID:
		return NumericDatum(numeric.FromFloat(f, floatBits(from))), true, nil
	}
	return Datum{}, false, nil
}

func castNumeric(to OID, d Datum) (Datum, bool, error) {
	n := NumericOf(d)
	if low, high, name, ok := intRange(to); ok {
		if n.IsNaN() {
			return Datum{}, true, errs.New("0A000", "cannot convert NaN to %s", name)
		}
		if n.IsInf() {
			return Datum{}, true, errs.New("0A000", "cannot convert infinity to %s", name)
		}
		i, fits := n.ToInt()
		if !fits || i < low || i > high {
			return Datum{}, true, numberRange(name)
		}
		return Int(i), true, nil
	}
	switch to {
	case Float4OID, Float8OID:
		f, err := n.ToFloat(floatBits(to))
		return Float(f), true, err
	case MoneyOID:
		if n.IsNaN() {
			return Datum{}, true, errs.New("0A000", "cannot convert NaN to bigint")
		}
		if n.IsInf() {
			return Datum{}, true, errs.New("0A000", "cannot convert infinity to bigint")
		}
		cents, err := numeric.Mul(n, numeric.FromInt(100))
		if err != nil {
			return Datum{}, true, err
		}
		i, fits := cents.ToInt()
		if !fits {
			return Datum{}, true, numberRange("bigint")
		}
		return Int(i), true, nil
	}
	return Datum{}, false, nil
}

func castMoney(cents int64) (Datum, bool, error) {
	hundredth, err := numeric.Parse("0.01")
	if err != nil {
		return Datum{}, true, err
	}
	n, err := numeric.Mul(numeric.FromInt(cents), hundredth)
	return NumericDatum(n), true, err
}
