package numeric

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// ToInt rounds half away from zero to a whole number; ok is false when it does not fit 64 bits or is special.
func (n Num) ToInt() (i int64, ok bool) {
	if n.form != finite {
		return 0, false
	}
	n = n.rescale(0, true)
	if n.b != nil {
		return 0, false
	}
	if n.neg {
		if n.u > 1<<63 {
			return 0, false
		}
		return -int64(n.u), true
	}
	return int64(n.u), n.u < 1<<63
}

// FromFloat takes a float8 with its 15 significant digits (bits 64) or a float4 with its 6 (bits 32).
func FromFloat(f float64, bits int) Num {
	switch {
	case f != f:
		return NaN()
	case math.IsInf(f, 1):
		return Inf()
	case math.IsInf(f, -1):
		return NegInf()
	}
	digits := 15
	if bits == 32 {
		digits = 6
	}
	text := strconv.FormatFloat(f, 'e', digits-1, 64)
	mark := strings.IndexByte(text, 'e')
	exp, _ := strconv.Atoi(text[mark+1:])
	// %g drops zeros at the end before it is read, so the scale has none.
	mantissa := strings.TrimRight(text[:mark], "0")
	n, err := Parse(strings.TrimSuffix(mantissa, "."))
	if err != nil {
		return NaN()
	}
	if n, err = n.shift(exp); err != nil {
		return NaN()
	}
	return n
}

// ToFloat gives the nearest float8 or float4; a value beyond it is PostgreSQL's 22003.
func (n Num) ToFloat(bits int) (float64, error) {
	switch n.form {
	case nan:
		return math.NaN(), nil
	case posInf:
		return math.Inf(1), nil
	case negInf:
		return math.Inf(-1), nil
	}
	text := n.String()
	f, err := strconv.ParseFloat(text, bits)
	if err != nil || f == 0 && !n.isZero() {
		typ := "double precision"
		if bits == 32 {
			typ = "real"
		}
		return 0, errs.New("22003", "\"%s\" is out of range for type %s", text, typ)
	}
	return f, nil
}

// float gives a rough float8, saturating.
func (n Num) float() float64 {
	f, _ := strconv.ParseFloat(n.String(), 64)
	return f
}

// Apply fits a value to numeric(precision, scale).
func (n Num) Apply(precision, scale int) (Num, error) {
	if n.form == nan {
		return n, nil
	}
	if n.form != finite {
		return Num{}, errs.New("22003", "numeric field overflow").
			WithDetail("A field with precision %d, scale %d cannot hold an infinite value.", precision, scale)
	}
	r := n.rescale(scale, true)
	limit := precision - scale
	if r.isZero() {
		return r, nil
	}
	if r.digits()-int(r.scale) > limit {
		detail := "A field with precision %d, scale %d must round to an absolute value less than 10^%d."
		args := []any{precision, scale, limit}
		if limit == 0 {
			detail = "A field with precision %d, scale %d must round to an absolute value less than 1."
			args = args[:2]
		}
		return Num{}, errs.New("22003", "numeric field overflow").WithDetail(detail, args...)
	}
	return r, nil
}

// Big gives the value as an integer when it is whole.
func (n Num) Big() (*big.Int, bool) {
	if n.form != finite {
		return nil, false
	}
	t := n.TrimScale()
	if t.scale != 0 {
		return nil, false
	}
	return t.signed(), true
}

// FromBig makes a whole number of a big integer.
func FromBig(b *big.Int) (Num, error) { return fromBig(new(big.Int).Set(b), 0).check() }
