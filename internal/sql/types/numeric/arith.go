package numeric

import (
	"math/big"
	"math/bits"

	"github.com/basement-project/basement/internal/errs"
)

func divisionByZero() *errs.Error { return errs.New("22012", "division by zero") }

// align gives both signed coefficients at the larger of the two scales.
func align(a, b Num) (x, y *big.Int, scale int) {
	x, y = a.signed(), b.signed()
	scale = int(max(a.scale, b.scale))
	if d := scale - int(a.scale); d > 0 {
		x.Mul(x, pow10(d))
	}
	if d := scale - int(b.scale); d > 0 {
		y.Mul(y, pow10(d))
	}
	return x, y, scale
}

// Neg and Abs change the sign.
func (n Num) Neg() Num {
	switch n.form {
	case posInf:
		return NegInf()
	case negInf:
		return Inf()
	case finite:
		n.neg = !n.neg && !n.isZero()
	}
	return n
}

// Abs is the absolute value.
func (n Num) Abs() Num {
	if n.form == negInf {
		return Inf()
	}
	n.neg = false
	return n
}

// Add is a + b.
func Add(a, b Num) (Num, error) {
	if a.form != finite || b.form != finite {
		switch {
		case a.form == nan || b.form == nan || a.form != finite && b.form != finite && a.form != b.form:
			return NaN(), nil
		case a.form != finite:
			return a, nil
		}
		return b, nil
	}
	if n, ok := addSmall(a, b); ok {
		return n, nil
	}
	x, y, scale := align(a, b)
	return fromBig(x.Add(x, y), scale).check()
}

// addSmall adds when everything fits 64 bits.
func addSmall(a, b Num) (Num, bool) {
	if a.b != nil || b.b != nil {
		return Num{}, false
	}
	if a.scale < b.scale {
		a, b = b, a
	}
	ua, ub := a.u, b.u
	if d := int(a.scale - b.scale); d > 0 {
		if d >= len(pow10s) {
			return Num{}, false
		}
		hi, lo := bits.Mul64(ub, pow10s[d])
		if hi != 0 {
			return Num{}, false
		}
		ub = lo
	}
	n := Num{scale: a.scale}
	switch {
	case a.neg == b.neg:
		sum, carry := bits.Add64(ua, ub, 0)
		if carry != 0 {
			return Num{}, false
		}
		n.u, n.neg = sum, a.neg
	case ua >= ub:
		n.u, n.neg = ua-ub, a.neg
	default:
		n.u, n.neg = ub-ua, b.neg
	}
	if n.u == 0 {
		n.neg = false
	}
	return n, true
}

// Sub is a - b.
func Sub(a, b Num) (Num, error) { return Add(a, b.Neg()) }

// Mul is a * b.
func Mul(a, b Num) (Num, error) {
	if a.form != finite || b.form != finite {
		if a.form == nan || b.form == nan || a.isZero() || b.isZero() {
			return NaN(), nil
		}
		if a.Sign() == b.Sign() {
			return Inf(), nil
		}
		return NegInf(), nil
	}
	scale := int(a.scale) + int(b.scale)
	if a.b == nil && b.b == nil && scale <= maxScale {
		if hi, lo := bits.Mul64(a.u, b.u); hi == 0 {
			return Num{u: lo, neg: a.neg != b.neg && lo != 0, scale: int32(scale)}, nil
		}
	}
	c := a.signed()
	n := fromBig(c.Mul(c, b.signed()), scale)
	if scale > maxScale {
		n = n.Round(maxScale)
	}
	return n.check()
}

// group is the first group of four digits (counted from the point) that is not zero, and its weight: the power of 10,000 it
// stands for. PostgreSQL chooses scales by these. Zero has 0 and 0.
func (n Num) group() (first, weight int) {
	if n.isZero() {
		return 0, 0
	}
	lead := n.digits() - int(n.scale) // the power of ten of the first digit, plus one
	weight = floorDiv(lead-1, 4)
	return n.topDigits(lead - 4*weight), weight
}

func (n Num) weight() int {
	_, w := n.group()
	return w
}

// topDigits are the first k digits of the coefficient, as if zeros followed it.
func (n Num) topDigits(k int) int {
	d := n.digits()
	if n.b == nil {
		switch {
		case d > k:
			return int(n.u / pow10s[d-k])
		default:
			return int(n.u * pow10s[k-d])
		}
	}
	return int(new(big.Int).Quo(n.b, pow10(d-k)).Int64())
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// divScale is the scale of a quotient.
func divScale(a, b Num) int {
	fa, wa := a.group()
	fb, wb := b.group()
	q := wa - wb
	if fa <= fb {
		q--
	}
	scale := max(minSigDigits-q*4, int(a.scale), int(b.scale), 0)
	return min(scale, maxDisplayScale)
}

// Div is a / b.
func Div(a, b Num) (Num, error) {
	if n, done, err := divSpecial(a, b); done {
		return n, err
	}
	if b.isZero() {
		return Num{}, divisionByZero()
	}
	return quo(a, b, divScale(a, b)).check()
}

func divSpecial(a, b Num) (Num, bool, error) {
	switch {
	case a.form == finite && b.form == finite:
		return Num{}, false, nil
	case a.form == nan || b.form == nan || a.form != finite && b.form != finite:
		return NaN(), true, nil
	case b.form != finite:
		return Num{}, true, nil
	case b.isZero():
		return Num{}, true, divisionByZero()
	case a.Sign() == b.Sign():
		return Inf(), true, nil
	}
	return NegInf(), true, nil
}

// quo divides finite numbers and rounds half away from zero at a scale.
func quo(a, b Num, scale int) Num {
	x, y := a.signed(), b.signed()
	if shift := scale + int(b.scale) - int(a.scale); shift >= 0 {
		x.Mul(x, pow10(shift))
	} else {
		y.Mul(y, pow10(-shift))
	}
	return fromBig(quoRound(x, y), scale)
}

// quoRound is x/y rounded half away from zero; it changes x.
func quoRound(x, y *big.Int) *big.Int {
	negative := (x.Sign() < 0) != (y.Sign() < 0)
	r := new(big.Int)
	x.QuoRem(x, y, r)
	r.Lsh(r.Abs(r), 1)
	if r.CmpAbs(y) >= 0 {
		if negative {
			x.Sub(x, big.NewInt(1))
		} else {
			x.Add(x, big.NewInt(1))
		}
	}
	return x
}

// DivTrunc is div(a, b): the quotient's whole part.
func DivTrunc(a, b Num) (Num, error) {
	if n, done, err := divSpecial(a, b); done {
		return n, err
	}
	if b.isZero() {
		return Num{}, divisionByZero()
	}
	x, y, _ := align(a, b)
	return fromBig(x.Quo(x, y), 0).check()
}

// Mod is a % b, with a's sign.
func Mod(a, b Num) (Num, error) {
	switch {
	case a.form == nan || b.form == nan:
		return NaN(), nil
	case a.form != finite:
		if b.isZero() {
			return Num{}, divisionByZero()
		}
		return NaN(), nil
	case b.form != finite:
		return a, nil
	case b.isZero():
		return Num{}, divisionByZero()
	}
	if a.b == nil && b.b == nil && a.scale == b.scale {
		u := a.u % b.u
		return Num{u: u, neg: a.neg && u != 0, scale: a.scale}, nil
	}
	x, y, scale := align(a, b)
	return fromBig(x.Rem(x, y), scale), nil
}

// Round rounds half away from zero to so many digits after the point; a negative number rounds before it.
func (n Num) Round(digits int) Num { return n.cutTo(digits, true) }

// Trunc cuts the digits beyond, as Round counts them.
func (n Num) Trunc(digits int) Num { return n.cutTo(digits, false) }

func (n Num) cutTo(digits int, round bool) Num {
	if n.form != finite {
		return n
	}
	digits = max(min(digits, maxDisplayed), -maxResultScale)
	return n.rescale(digits, round)
}

// rescale gives n with a scale (at least 0): more digits are zeros, fewer are rounded or cut.
func (n Num) rescale(digits int, round bool) Num {
	shown := max(digits, 0)
	drop := int(n.scale) - digits
	if drop <= 0 {
		if drop == 0 {
			return n
		}
		if n.b == nil && -drop < len(pow10s) {
			if hi, lo := bits.Mul64(n.u, pow10s[-drop]); hi == 0 {
				n.u, n.scale = lo, int32(shown)
				return n
			}
		}
		c := n.signed()
		return fromBig(c.Mul(c, pow10(-drop)), shown)
	}
	if n.b == nil {
		if drop >= len(pow10s) {
			return Num{scale: int32(shown)}
		}
		p := pow10s[drop]
		q, r := n.u/p, n.u%p
		if round && r >= p-r {
			q++
		}
		if digits < 0 {
			hi, lo := bits.Mul64(q, pow10Or0(-digits))
			if hi != 0 || q != 0 && -digits >= len(pow10s) {
				return fromBig(signedBig(new(big.Int).Mul(new(big.Int).SetUint64(q), pow10(-digits)), n.neg), 0)
			}
			q = lo
		}
		return Num{u: q, neg: n.neg && q != 0, scale: int32(shown)}
	}
	c := n.signed()
	if round {
		c = quoRound(c, pow10(drop))
	} else {
		c.Quo(c, pow10(drop))
	}
	if digits < 0 {
		c.Mul(c, pow10(-digits))
	}
	return fromBig(c, shown)
}

func pow10Or0(n int) uint64 {
	if n < len(pow10s) {
		return pow10s[n]
	}
	return 0
}

func signedBig(b *big.Int, neg bool) *big.Int {
	if neg {
		b.Neg(b)
	}
	return b
}

// Ceil is the nearest whole number not below.
func (n Num) Ceil() Num {
	t := n.Trunc(0)
	if n.form == finite && !n.neg && Compare(t, n) < 0 {
		t, _ = Add(t, FromInt(1))
	}
	return t
}

// Floor is the nearest whole number not above.
func (n Num) Floor() Num {
	t := n.Trunc(0)
	if n.form == finite && n.neg && Compare(t, n) > 0 {
		t, _ = Sub(t, FromInt(1))
	}
	return t
}

// MinScale is the least scale that holds the value; ok is false for special values.
func (n Num) MinScale() (scale int, ok bool) {
	if n.form != finite {
		return 0, false
	}
	return int(n.TrimScale().scale), true
}

// TrimScale drops zeros at the end of the fraction.
func (n Num) TrimScale() Num {
	if n.form != finite || n.scale == 0 {
		return n
	}
	if n.isZero() {
		return Num{}
	}
	if n.b == nil {
		for n.scale > 0 && n.u%10 == 0 {
			n.u /= 10
			n.scale--
		}
		return n
	}
	text := n.b.String()
	zeros := 0
	for zeros < int(n.scale) && text[len(text)-1-zeros] == '0' {
		zeros++
	}
	return n.rescale(int(n.scale)-zeros, false)
}

// GCD is the greatest common divisor, at the larger of the scales.
func GCD(a, b Num) Num {
	if a.form == nan || b.form == nan || a.IsInf() && b.IsInf() {
		return NaN()
	}
	if a.IsInf() || b.IsInf() {
		if a.IsInf() {
			a, b = b, a
		}
		if a.isZero() {
			return NaN()
		}
		return NaN()
	}
	x, y, scale := align(a, b)
	return fromBig(new(big.Int).GCD(nil, nil, x.Abs(x), y.Abs(y)), scale)
}

// LCM is the least common multiple, at the larger of the scales.
func LCM(a, b Num) (Num, error) {
	if a.form != finite || b.form != finite {
		return NaN(), nil
	}
	x, y, scale := align(a, b)
	if x.Sign() == 0 || y.Sign() == 0 {
		return Num{scale: int32(scale)}, nil
	}
	g := new(big.Int).GCD(nil, nil, x.Abs(x), y.Abs(y))
	x.Quo(x, g)
	return fromBig(x.Mul(x, y), scale).check()
}

// Factorial is n!.
func Factorial(n int64) (Num, error) {
	if n < 0 {
		return Num{}, errs.New("22003", "factorial of a negative number is undefined")
	}
	if n > 32177 {
		return Num{}, overflow()
	}
	return fromBig(new(big.Int).MulRange(1, max(n, 1)), 0).check()
}
