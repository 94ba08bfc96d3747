package numeric

import (
	"math"
	"math/big"

	"github.com/basement-project/basement/internal/errs"
)

func clampScale(scale int) int { return min(max(scale, 0), maxDisplayScale) }

// Sqrt is the square root.
func Sqrt(n Num) (Num, error) {
	switch {
	case n.form == nan || n.form == posInf:
		return n, nil
	case n.Sign() < 0:
		return Num{}, errs.New("2201F", "cannot take square root of a negative number")
	}
	scale := clampScale(max(minSigDigits-((n.weight()+1)*4/2-1), int(n.scale)))
	// An integer root of the coefficient at twice the scale, plus one digit to round by.
	c := n.signed()
	shift := 2*(scale+1) - int(n.scale)
	if shift >= 0 {
		c.Mul(c, pow10(shift))
	} else {
		c.Quo(c, pow10(-shift))
	}
	return fromBig(quoRound(c.Sqrt(c), big.NewInt(10)), scale).check()
}

// Exp is e^n.
func Exp(n Num) (Num, error) {
	switch n.form {
	case nan, posInf:
		return n, nil
	case negInf:
		return Num{}, nil
	}
	val := n.float() * 0.434294481903252
	val = max(min(val, maxResultScale), -maxResultScale)
	return expScale(n, clampScale(max(minSigDigits-int(val), int(n.scale))))
}

// expScale is e^n rounded at a scale.
func expScale(n Num, scale int) (Num, error) {
	val := n.float()
	if math.Abs(val) >= maxResultScale*3 {
		if val > 0 {
			return Num{}, overflow()
		}
		return Num{scale: int32(scale)}, nil
	}
	whole := max(int(val*0.434294481903252), 0)
	prec := scale + whole + 12
	return fromBig(roundFixed(expFixed(toFixed(n, prec), prec), prec, scale), scale).check()
}

// Fixed-point numbers: integers times 10^-prec.

func toFixed(n Num, prec int) *big.Int {
	c := n.signed()
	if d := prec - int(n.scale); d >= 0 {
		return c.Mul(c, pow10(d))
	}
	return quoRound(c, pow10(int(n.scale)-prec))
}

func roundFixed(x *big.Int, prec, scale int) *big.Int { return quoRound(x, pow10(prec-scale)) }

// expFixed is e^x: x is halved until it is small, the series summed, the sum squared back. Each squaring doubles the error,
// so the work is done with digits to spare.
func expFixed(x *big.Int, prec int) *big.Int {
	const halvings = 16
	over := 0
	if extra := x.BitLen() - pow10(prec).BitLen(); extra > 0 {
		over = extra
	}
	k := uint(halvings + over)
	spare := int(float64(k)*0.302) + 8
	if over > 0 {
		// The relative error counts where the result is large.
		spare += 2
	}
	one := pow10(prec + spare)
	y := new(big.Int).Mul(x, pow10(spare))
	y.Quo(y, new(big.Int).Lsh(big.NewInt(1), k))
	sum := new(big.Int).Add(one, y)
	term := new(big.Int).Set(y)
	for i := int64(2); term.Sign() != 0; i++ {
		term.Mul(term, y).Quo(term, one)
		term.Quo(term, big.NewInt(i))
		sum.Add(sum, term)
	}
	for i := uint(0); i < k; i++ {
		sum.Mul(sum, sum).Quo(sum, one)
	}
	return quoRound(sum, pow10(spare))
}

// lnFixed is the natural logarithm of a positive number: Halley's iteration on e^y from float64's guess.
func lnFixed(n Num, prec int) *big.Int {
	// Scale n to m * 10^e with m in [0.1, 10) so that the exponential stays small.
	e := n.digits() - int(n.scale)
	m := n
	guard := prec + 10
	shifted := m.signed()
	if d := guard - int(n.scale) - e; d >= 0 {
		shifted.Mul(shifted, pow10(d))
	} else {
		shifted = quoRound(shifted, pow10(-d))
	}
	y := lnUnit(shifted, guard)
	if e != 0 {
		ten := lnUnit(pow10(guard-1), guard) // ln 0.1 = -ln 10
		y.Sub(y, ten.Mul(ten, big.NewInt(int64(e))))
	}
	return quoRound(y, pow10(10))
}

// lnUnit is ln(x) for x in [0.1, 1] in fixed point.
func lnUnit(x *big.Int, prec int) *big.Int {
	fx, _ := new(big.Float).Quo(new(big.Float).SetInt(x), new(big.Float).SetInt(pow10(prec))).Float64()
	guess := math.Log(fx)
	y, _ := new(big.Float).Mul(big.NewFloat(guess), new(big.Float).SetInt(pow10(prec))).Int(nil)
	for known := 15; ; known *= 3 {
		// y += 2 (x - e^y) / (x + e^y): three times the digits each time.
		ey := expFixed(y, prec)
		num := new(big.Int).Sub(x, ey)
		num.Lsh(num, 1)
		num.Mul(num, pow10(prec))
		num.Quo(num, ey.Add(ey, x))
		y.Add(y, num)
		if known*3 > prec+2 {
			return y
		}
	}
}

// lnWeight estimates the power of ten of ln(n) as PostgreSQL does.
func lnWeight(n Num) int {
	nine, eleven := Num{u: 9, scale: 1}, Num{u: 11, scale: 1}
	if Compare(n, nine) >= 0 && Compare(n, eleven) <= 0 {
		x, _ := Sub(n, FromInt(1))
		if x.isZero() {
			return 0
		}
		first, weight := x.group()
		return weight*4 + int(math.Log10(float64(first)))
	}
	first, weight := n.group()
	digits, dweight := float64(first), weight*4
	if second, ok := n.secondGroup(); ok {
		digits = digits*10000 + float64(second)
		dweight -= 4
	}
	return int(math.Log10(math.Abs(math.Log(digits) + float64(dweight)*2.302585092994046)))
}

// secondGroup is the group of four digits after the first, when there is any digit not zero at or after it.
func (n Num) secondGroup() (int, bool) {
	first, weight := n.group()
	lead := n.digits() - int(n.scale)
	k := lead - 4*weight
	t := n.TrimScale()
	if t.digits() <= k && (t.scale > 0 || weight == 0) {
		return 0, false
	}
	rest := n.topDigits(k+4) - first*10000
	if rest == 0 {
		// PostgreSQL strips groups of zeros at the end: only digits further on keep this one.
		c := new(big.Int).Mul(big.NewInt(int64(first)), pow10(max(n.digits()-k, 0)))
		if c.Cmp(n.coef()) == 0 {
			return 0, false
		}
	}
	return rest, true
}

func logDomain(n Num) error {
	if n.isZero() {
		return errs.New("2201E", "cannot take logarithm of zero")
	}
	if n.Sign() < 0 {
		return errs.New("2201E", "cannot take logarithm of a negative number")
	}
	return nil
}

// Ln is the natural logarithm.
func Ln(n Num) (Num, error) {
	if n.form == nan {
		return n, nil
	}
	if err := logDomain(n); err != nil {
		return Num{}, err
	}
	if n.form == posInf {
		return n, nil
	}
	scale := clampScale(max(minSigDigits-lnWeight(n), int(n.scale)))
	return lnScale(n, scale), nil
}

func lnScale(n Num, scale int) Num {
	return fromBig(roundFixed(lnFixed(n, scale+8), scale+8, scale), scale)
}

// Log is the logarithm of n to a base.
func Log(base, n Num) (Num, error) {
	if base.form == nan || n.form == nan {
		return NaN(), nil
	}
	if n.form == negInf {
		return Num{}, logDomain(n)
	}
	if err := logDomain(base); err != nil {
		return Num{}, err
	}
	if err := logDomain(n); err != nil {
		return Num{}, err
	}
	switch {
	case base.IsInf() && n.IsInf():
		return NaN(), nil
	case base.IsInf():
		return Num{}, nil
	case n.IsInf():
		return n, nil
	}
	wb, wn := lnWeight(base), lnWeight(n)
	scale := clampScale(max(minSigDigits-(wn-wb), int(base.scale), int(n.scale)))
	prec := scale + max(-wb, 0) + max(wn, 0) + max(-wn, 0) + 20
	lb, ln := lnFixed(base, prec), lnFixed(n, prec)
	if lb.Sign() == 0 {
		return Num{}, divisionByZero()
	}
	ln.Mul(ln, pow10(scale))
	return fromBig(quoRound(ln, lb), scale).check()
}

// Power is base^exp.
func Power(base, exp Num) (Num, error) {
	if base.form != finite || exp.form != finite {
		return powerSpecial(base, exp)
	}
	if base.isZero() && exp.Sign() < 0 {
		return Num{}, errs.New("2201F", "zero raised to a negative power is undefined")
	}
	whole, isWhole := exp.Big()
	if base.Sign() < 0 && !isWhole {
		return Num{}, errs.New("2201F", "a negative number raised to a non-integer power yields a complex result")
	}
	if isWhole && whole.IsInt64() && whole.Int64() >= math.MinInt32 && whole.Int64() <= math.MaxInt32 {
		return powerInt(base, whole.Int64(), clampScale(max(minSigDigits, int(base.scale))))
	}
	if base.isZero() {
		return Num{scale: minSigDigits}, nil
	}
	negative := base.Sign() < 0 && whole.Bit(0) == 1
	base = base.Abs()
	local := clampScale(8 - lnWeight(base))
	low, err := Mul(lnScale(base, local), exp)
	if err != nil {
		return Num{}, err
	}
	val := low.Round(local).float()
	if math.Abs(val) > maxResultScale*3.01 {
		if val > 0 {
			return Num{}, overflow()
		}
		return Num{scale: maxDisplayScale}, nil
	}
	val *= 0.434294481903252
	scale := clampScale(max(minSigDigits-int(val), int(base.scale), int(exp.scale)))
	prec := scale + int(math.Abs(val)) + exp.digits() + 20
	product := lnFixed(base, prec)
	product.Mul(product, exp.signed())
	product = quoRound(product, pow10(int(exp.scale)))
	r, err := expScale(fromBig(product, prec), scale)
	if negative {
		r = r.Neg()
	}
	return r, err
}

func powerInt(base Num, exp int64, scale int) (Num, error) {
	switch exp {
	case 0:
		return FromInt(1).rescale(scale, true), nil
	case 1:
		return base.rescale(scale, true), nil
	case -1:
		return quo(FromInt(1), base, scale).check()
	case 2:
		n, err := Mul(base, base)
		if err != nil {
			return n, err
		}
		return n.rescale(scale, true), nil
	}
	if base.isZero() {
		return Num{scale: int32(scale)}, nil
	}
	lead := base.digits()
	f := float64(base.topDigits(min(lead, 15)))
	f = float64(exp) * (math.Log10(f) + float64(lead-min(lead, 15)-int(base.scale)))
	if f > 3*32767*4 {
		return Num{}, overflow()
	}
	if f+1 < -float64(scale) || f+1 < -maxDisplayScale {
		return Num{scale: int32(scale)}, nil
	}
	// Significant digits the result needs, with guards for the error each multiplication adds.
	digits := max(1+scale+int(f), 1)
	digits += int(math.Log(math.Abs(float64(exp)))) + 16
	n := exp
	if n < 0 {
		n = -n
	}
	r := limited{coef: big.NewInt(1)}
	p := limited{coef: new(big.Int).Set(base.coef()), exp: -int(base.scale)}
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			r = r.mul(p, digits)
		}
		if n > 1 {
			p = p.mul(p, digits)
		}
	}
	negative := base.neg && exp&1 == 1
	var out *big.Int
	if exp > 0 {
		if r.exp+len(pow10s) > 4*(maxWeight+2) {
			return Num{}, overflow()
		}
		out = r.coef
		if shift := r.exp + scale; shift >= 0 {
			out.Mul(out, pow10(shift))
		} else {
			out = quoRound(out, pow10(-shift))
		}
	} else {
		one := big.NewInt(1)
		if shift := scale - r.exp; shift >= 0 {
			out = quoRound(one.Mul(one, pow10(shift)), r.coef)
		} else {
			out = quoRound(one, new(big.Int).Mul(r.coef, pow10(-shift)))
		}
	}
	return fromBig(signedBig(out, negative), scale).check()
}

// limited is a positive decimal kept to so many digits.
type limited struct {
	coef *big.Int
	exp  int
}

func (l limited) mul(o limited, digits int) limited {
	c := new(big.Int).Mul(l.coef, o.coef)
	exp := l.exp + o.exp
	if drop := digitsBig(c) - digits; drop > 0 {
		c = quoRound(c, pow10(drop))
		exp += drop
	}
	return limited{c, exp}
}

func powerSpecial(base, exp Num) (Num, error) {
	one := FromInt(1)
	switch {
	case base.form == nan:
		if exp.form == finite && exp.isZero() {
			return one, nil
		}
		return NaN(), nil
	case exp.form == nan:
		if base.form == finite && Compare(base, one) == 0 {
			return one, nil
		}
		return NaN(), nil
	}
	if base.isZero() && exp.Sign() < 0 {
		return Num{}, errs.New("2201F", "zero raised to a negative power is undefined")
	}
	whole, isWhole := exp.Big()
	if base.Sign() < 0 && exp.form == finite && !isWhole {
		return Num{}, errs.New("2201F", "a negative number raised to a non-integer power yields a complex result")
	}
	if base.form == finite && Compare(base, one) == 0 {
		return one, nil
	}
	if exp.isZero() {
		return one, nil
	}
	if base.isZero() {
		return Num{}, nil
	}
	if exp.form != finite {
		abs := Compare(base.Abs(), one)
		switch {
		case abs == 0:
			return one, nil
		case (abs > 0) == (exp.form == posInf):
			return Inf(), nil
		}
		return Num{}, nil
	}
	if exp.Sign() < 0 {
		return Num{}, nil
	}
	if base.form == negInf && whole.Bit(0) == 1 {
		return NegInf(), nil
	}
	return Inf(), nil
}

// WidthBucket is the number of the bucket (1 to count) an operand falls into between two bounds, 0 or count+1 outside.
func WidthBucket(operand, low, high Num, count int32) (int32, error) {
	const code = "2201G"
	switch {
	case count <= 0:
		return 0, errs.New(code, "count must be greater than zero")
	case operand.form == nan || low.form == nan || high.form == nan:
		return 0, errs.New(code, "operand, lower bound, and upper bound cannot be NaN")
	case low.form != finite || high.form != finite:
		return 0, errs.New(code, "lower and upper bounds must be finite")
	}
	order := Compare(low, high)
	if order == 0 {
		return 0, errs.New(code, "lower bound cannot equal upper bound")
	}
	if order > 0 {
		operand, low, high = operand.Neg(), low.Neg(), high.Neg()
	}
	if Compare(operand, low) < 0 {
		return 0, nil
	}
	if Compare(operand, high) >= 0 {
		if count == math.MaxInt32 {
			return 0, errs.New("22003", "integer out of range")
		}
		return count + 1, nil
	}
	span, _ := Sub(high, low)
	offset, _ := Sub(operand, low)
	// The quotient is rounded first, so that it may come out as the count itself.
	product, err := Mul(offset, FromInt(int64(count)))
	if err != nil {
		return 0, err
	}
	quotient, err := Div(product, span)
	if err != nil {
		return 0, err
	}
	i, ok := quotient.Floor().ToInt()
	if !ok || i >= math.MaxInt32 {
		return 0, errs.New("22003", "integer out of range")
	}
	return int32(i) + 1, nil
}
