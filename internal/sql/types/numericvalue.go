package types

import (
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

func inNumeric(text string, typmod int32) (Datum, error) {
	if typmod < 4 && plainNumber(text) {
		return Text(text), nil
	}
	n, err := numeric.Parse(text)
	if err != nil {
		return Datum{}, err
	}
	return applyNumeric(n, typmod)
}

// plainNumber says whether a text is already what numeric prints: no sign, no leading zeros, no exponent.
func plainNumber(s string) bool {
	if s == "" || len(s) > 1000 || s[0] == '0' && len(s) > 1 && s[1] != '.' {
		return false
	}
	point := -1
	for i := 0; i < len(s); i++ {
		if s[i] == '.' && point < 0 && i > 0 {
			point = i
		} else if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return point != len(s)-1
}

func applyNumeric(n numeric.Num, typmod int32) (Datum, error) {
	if precision, scale, ok := NumericTypmod(typmod); ok {
		var err error
		if n, err = n.Apply(precision, scale); err != nil {
			return Datum{}, err
		}
	}
	return NumericDatum(n), nil
}

// NumericDatum stores a numeric.
func NumericDatum(n numeric.Num) Datum { return Text(n.String()) }

// NumericOf reads a stored numeric; one that is not a number at all reads as NaN.
func NumericOf(d Datum) numeric.Num {
	if d.Kind == KindInt {
		return numeric.FromInt(d.I)
	}
	n, err := numeric.Parse(d.S)
	if err != nil {
		return numeric.NaN()
	}
	return n
}
