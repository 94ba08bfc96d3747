package numeric

import (
	"math/big"
	"math/bits"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

type form uint8

const (
	finite form = iota
	posInf
	negInf
	nan
)

// Num is one numeric value: coefficient * 10^-scale with a sign, or NaN, or an infinity. The zero value is 0. A Num is not
// changed once made, so it may be copied and shared.
type Num struct {
	form  form
	neg   bool
	scale int32    // digits after the point, shown and kept: PostgreSQL's dscale
	u     uint64   // the coefficient, when b is nil
	b     *big.Int // the coefficient, when it does not fit u
}

// Limits of the type.
const (
	maxDisplayScale = 1000  // of computed results
	maxScale        = 16383 // of any value
	maxWeight       = 32767 // groups of four digits before the point, less one
	minSigDigits    = 16    // what a quotient or root shows at least
	maxResultScale  = 2000
	maxDisplayed    = 16383 // digits after the point a number can show
)

// NaN, Inf and NegInf are the special values.
func NaN() Num    { return Num{form: nan} }
func Inf() Num    { return Num{form: posInf} }
func NegInf() Num { return Num{form: negInf} }

// FromInt makes a whole number.
func FromInt(i int64) Num {
	if i < 0 {
		return Num{neg: true, u: -uint64(i)}
	}
	return Num{u: uint64(i)}
}

func overflow() *errs.Error { return errs.New("22003", "value overflows numeric format") }

// IsNaN, IsInf, IsFinite and Sign ask for a value's nature; the sign of NaN is 0.
func (n Num) IsNaN() bool    { return n.form == nan }
func (n Num) IsInf() bool    { return n.form == posInf || n.form == negInf }
func (n Num) IsFinite() bool { return n.form == finite }
func (n Num) Sign() int {
	switch {
	case n.form == posInf:
		return 1
	case n.form == negInf:
		return -1
	case n.form == nan || n.isZero():
		return 0
	case n.neg:
		return -1
	}
	return 1
}

// Scale is the number of digits after the point.
func (n Num) Scale() int { return int(n.scale) }

func (n Num) isZero() bool { return n.form == finite && n.b == nil && n.u == 0 }

// coef is the coefficient as a big integer the caller must not change.
func (n Num) coef() *big.Int {
	if n.b != nil {
		return n.b
	}
	return new(big.Int).SetUint64(n.u)
}

// signed is the coefficient with the sign, as a fresh big integer.
func (n Num) signed() *big.Int {
	c := new(big.Int).Set(n.coef())
	if n.neg {
		c.Neg(c)
	}
	return c
}

// fromBig takes c over; its sign is the number's.
func fromBig(c *big.Int, scale int) Num {
	n := Num{scale: int32(scale), neg: c.Sign() < 0}
	if n.neg {
		c.Abs(c)
	}
	if c.IsUint64() {
		n.u = c.Uint64()
		if n.u == 0 {
			n.neg = false
		}
	} else {
		n.b = c
	}
	return n
}

// pow10s are the powers of ten a uint64 holds.
var pow10s = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19}

func pow10(n int) *big.Int {
	if n < len(pow10s) {
		return new(big.Int).SetUint64(pow10s[n])
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// digits is how many decimal digits the coefficient has, 0 for zero.
func (n Num) digits() int {
	if n.b == nil {
		return digits64(n.u)
	}
	return digitsBig(n.b)
}

func digits64(u uint64) int {
	// 1233/4096 is just under log10(2).
	d := bits.Len64(u) * 1233 >> 12
	if d < len(pow10s) && u >= pow10s[d] {
		d++
	}
	return d
}

func digitsBig(b *big.Int) int {
	if b.IsUint64() {
		return digits64(b.Uint64())
	}
	d := int(float64(b.BitLen()-1) * 0.30102999566398114)
	if b.CmpAbs(pow10(d)) < 0 {
		return d
	}
	for b.CmpAbs(pow10(d)) >= 0 {
		d++
	}
	return d
}

// check refuses values beyond the type's limits.
func (n Num) check() (Num, error) {
	if n.form == finite && (n.scale > maxScale || n.b != nil && n.weight() > maxWeight) {
		return Num{}, overflow()
	}
	return n, nil
}

// Parse reads a numeric as the input function does.
func Parse(text string) (Num, error) {
	s := strings.TrimRight(strings.TrimLeft(text, " \t\n\v\f\r"), " \t\n\v\f\r")
	invalid := func() (Num, error) {
		return Num{}, errs.New("22P02", "invalid input syntax for type numeric: \"%s\"", text)
	}
	if s == "" {
		return invalid()
	}
	body, neg := s, false
	if s[0] == '-' || s[0] == '+' {
		body, neg = s[1:], s[0] == '-'
	}
	if body == "" {
		return invalid()
	}
	if c := body[0]; (c < '0' || c > '9') && c != '.' {
		switch strings.ToLower(body) {
		case "nan":
			if len(body) == len(s) {
				return NaN(), nil
			}
		case "inf", "infinity":
			if neg {
				return NegInf(), nil
			}
			return Inf(), nil
		}
		return invalid()
	}
	n, rest, ok := parseDigits(body)
	if !ok {
		return invalid()
	}
	if rest != "" {
		exp, ok := parseExponent(rest)
		if !ok {
			return invalid()
		}
		if exp >= 1<<30 || exp <= -(1<<30) {
			return Num{}, overflow()
		}
		var err error
		if n, err = n.shift(exp); err != nil {
			return Num{}, err
		}
	}
	n.neg = neg && !n.isZero()
	return n.check()
}

// parseDigits reads digits with at most one point, and gives what follows.
func parseDigits(s string) (n Num, rest string, ok bool) {
	var u uint64
	seen, point, wide := false, -1, false
	i := 0
	for ; i < len(s); i++ {
		c := s[i]
		if c == '.' {
			if point >= 0 {
				return n, "", false
			}
			point = i
			continue
		}
		if c < '0' || c > '9' {
			break
		}
		seen = true
		if u > (1<<64-10)/10 {
			wide = true
		}
		u = u*10 + uint64(c-'0')
	}
	if !seen {
		return n, "", false
	}
	digits, scale := s[:i], 0
	if point >= 0 {
		scale = i - point - 1
	}
	if wide {
		if point >= 0 {
			digits = s[:point] + s[point+1:i]
		}
		b, _ := new(big.Int).SetString(digits, 10)
		n = fromBig(b, scale)
	} else {
		n = Num{u: u, scale: int32(scale)}
	}
	return n, s[i:], true
}

// parseExponent reads "e-12"; huge exponents come back as 1<<30 or its negative.
func parseExponent(s string) (int, bool) {
	if s[0]|0x20 != 'e' {
		return 0, false
	}
	s = strings.TrimLeft(s[1:], " \t\n\v\f\r")
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	if s == "" {
		return 0, false
	}
	exp := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		if exp < 1<<30 {
			exp = exp*10 + int(s[i]-'0')
		}
	}
	exp = min(exp, 1<<30)
	if neg {
		exp = -exp
	}
	return exp, true
}

// shift multiplies by 10^exp, never leaving a negative scale.
func (n Num) shift(exp int) (Num, error) {
	scale := int(n.scale) - exp
	if scale > maxScale || scale < -4*(maxWeight+1) && !n.isZero() {
		return Num{}, overflow()
	}
	if scale >= 0 {
		n.scale = int32(scale)
		return n, nil
	}
	if n.isZero() {
		return Num{}, nil
	}
	return fromBig(new(big.Int).Mul(n.signed(), pow10(-scale)), 0), nil
}

// String is the output function's text.
func (n Num) String() string { return string(n.Append(nil)) }

// Append appends the output function's text.
func (n Num) Append(buf []byte) []byte {
	switch n.form {
	case nan:
		return append(buf, "NaN"...)
	case posInf:
		return append(buf, "Infinity"...)
	case negInf:
		return append(buf, "-Infinity"...)
	}
	if n.neg {
		buf = append(buf, '-')
	}
	start := len(buf)
	if n.b != nil {
		buf = n.b.Append(buf, 10)
	} else {
		buf = appendUint(buf, n.u)
	}
	scale := int(n.scale)
	if scale == 0 {
		return buf
	}
	have := len(buf) - start
	if have <= scale {
		// 0.00ddd: make room for the missing zeros.
		missing := scale + 1 - have
		for i := 0; i < missing; i++ {
			buf = append(buf, '0')
		}
		copy(buf[start+missing:], buf[start:start+have])
		for i := start; i < start+missing; i++ {
			buf[i] = '0'
		}
	}
	buf = append(buf, 0)
	point := len(buf) - 1 - scale
	copy(buf[point+1:], buf[point:len(buf)-1])
	buf[point] = '.'
	return buf
}

func appendUint(buf []byte, u uint64) []byte {
	var tmp [20]byte
	i := len(tmp)
	for {
		i--
		tmp[i] = byte('0' + u%10)
		u /= 10
		if u == 0 {
			return append(buf, tmp[i:]...)
		}
	}
}
