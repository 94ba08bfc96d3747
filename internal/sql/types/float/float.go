package float

import (
	"math"
	"math/big"
	"strconv"
	"strings"
)

// Parse reads a number of 32 or 64 bits without spaces around it, also NaN, infinities and C's hexadecimal forms. The error
// is strconv.ErrSyntax or strconv.ErrRange.
func Parse(s string, bits int) (float64, error) {
	body := s
	if body != "" && (body[0] == '-' || body[0] == '+') {
		body = body[1:]
	}
	if body == "" {
		return 0, strconv.ErrSyntax
	}
	if c := body[0]; (c < '0' || c > '9') && c != '.' {
		negative := s[0] == '-'
		switch strings.ToLower(body) {
		case "nan":
			return math.NaN(), nil
		case "inf", "infinity":
			if negative {
				return math.Inf(-1), nil
			}
			return math.Inf(1), nil
		}
		return 0, strconv.ErrSyntax
	}
	if strings.IndexByte(s, '_') >= 0 {
		return 0, strconv.ErrSyntax
	}
	if len(body) > 1 && body[0] == '0' && body[1]|0x20 == 'x' && !strings.ContainsAny(body, "pP") {
		s += "p0"
	}
	f, err := strconv.ParseFloat(s, bits)
	if err != nil {
		if err.(*strconv.NumError).Err == strconv.ErrRange {
			return 0, strconv.ErrRange
		}
		return 0, strconv.ErrSyntax
	}
	if f == 0 && strings.ContainsAny(mantissa(body), "123456789") {
		return 0, strconv.ErrRange
	}
	return f, nil
}

// mantissa is the part of a number before its exponent.
func mantissa(s string) string {
	if i := strings.IndexAny(s, "eEpP"); i >= 0 {
		return s[:i]
	}
	return s
}

// Append prints a float as PostgreSQL does with extra_float_digits at its default: the shortest digits that read back the
// same, in plain notation for exponents from -4 to 14 (float4: to 5), in scientific notation with at least two exponent
// digits beyond.
func Append(buf []byte, f float64, bits int) []byte {
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
	low, high := 1e-4, 1e15
	if bits == 32 {
		low, high = float64(float32(1e-4)), 1e6
	}
	if abs := math.Abs(f); abs >= low && abs < high {
		return strconv.AppendFloat(buf, f, 'f', -1, bits)
	}
	mark := len(buf)
	buf = strconv.AppendFloat(buf, f, 'e', -1, bits)
	for digits := 1; halfway(buf[mark:], f, bits) && digits < 17; digits++ {
		buf = strconv.AppendFloat(buf[:mark], f, 'e', digits, bits)
		if g, err := strconv.ParseFloat(string(buf[mark:]), bits); err != nil || g != f {
			// Too few digits to read back the same: as if it still were halfway.
			buf = append(buf[:mark], "0e+00"...)
			continue
		}
	}
	return buf
}

// halfway says whether the digits found lie exactly between a float and its neighbour. They read back as the float only by
// the rule of even digits, which PostgreSQL does not rely on. It happens to whole numbers beyond the mantissa's bits.
func halfway(text []byte, f float64, bits int) bool {
	limit, step := float64(1<<53), 0.0
	abs := math.Abs(f)
	if bits == 32 {
		limit = 1 << 24
	}
	if abs < limit {
		return false
	}
	if string(text) == "0e+00" {
		return true
	}
	d, ok := new(big.Float).SetPrec(400).SetString(string(text))
	if !ok {
		return false
	}
	if bits == 32 {
		step = float64(math.Nextafter32(float32(abs), math.MaxFloat32)) - abs
		if d.Cmp(big.NewFloat(f)) != 0 && d.Sign()*d.Cmp(big.NewFloat(f)) < 0 {
			step = abs - float64(math.Nextafter32(float32(abs), 0))
		}
	} else {
		step = math.Nextafter(abs, math.MaxFloat64) - abs
		if d.Sign()*d.Cmp(big.NewFloat(f)) < 0 {
			step = abs - math.Nextafter(abs, 0)
		}
	}
	diff := new(big.Float).SetPrec(400).Sub(d, big.NewFloat(f))
	return diff.Abs(diff).Cmp(big.NewFloat(step/2)) == 0
}
