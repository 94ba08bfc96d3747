package types

import (
	"math"
	"strconv"
)

// Out prints a value as the type's output function does. NULL prints as nothing; ask IsNull first.
func Out(t *Type, d Datum, env *Env) string {
	if d.Kind == KindText && storedAsPrinted(t) {
		return d.S
	}
	return string(AppendOut(nil, t, d, env))
}

// AppendOut appends what Out gives.
func AppendOut(buf []byte, t *Type, d Datum, env *Env) []byte {
	switch d.Kind {
	case KindNull:
		return buf
	case KindInt:
		t = t.Underlying()
		switch t.OID {
		case BoolOID:
			if d.I != 0 {
				return append(buf, 't')
			}
			return append(buf, 'f')
		case Float4OID:
			return AppendFloat(buf, float64(d.I), 32)
		case Float8OID:
			return AppendFloat(buf, float64(d.I), 64)
		}
		return strconv.AppendInt(buf, d.I, 10)
	case KindFloat:
		if t.Underlying().OID == Float4OID {
			return AppendFloat(buf, d.Float(), 32)
		}
		return AppendFloat(buf, d.Float(), 64)
	}
	return append(buf, d.S...)
}

// storedAsPrinted says whether a type's stored text is its output.
func storedAsPrinted(t *Type) bool {
	return true
}

// AppendFloat prints a float as PostgreSQL does with extra_float_digits at its default: the shortest digits that read back
// the same, in plain notation for exponents from -5 to 14 (float4: to 5), in scientific notation with at least two exponent
// digits beyond.
func AppendFloat(buf []byte, f float64, bits int) []byte {
	switch {
	case f != f:
		return append(buf, "NaN"...)
	case math.IsInf(f, 1):
		return append(buf, "Infinity"...)
	case math.IsInf(f, -1):
		return append(buf, "-Infinity"...)
	case f == 0:
		if math.Signbit(f) {
			return append(buf, '-', '0')
		}
		return append(buf, '0')
	}
	top := 15
	if bits == 32 {
		top = 6
	}
	var scratch [32]byte
	e := strconv.AppendFloat(scratch[:0], f, 'e', -1, bits)
	mark := len(e) - 1
	for e[mark] != 'e' {
		mark--
	}
	exp, _ := strconv.Atoi(string(e[mark+1:]))
	if exp >= -5+1 && exp < top {
		return strconv.AppendFloat(buf, f, 'f', -1, bits)
	}
	return append(buf, e...)
}
