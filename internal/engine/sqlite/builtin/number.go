package builtin

import (
	"math"
	"math/rand/v2"
	"strconv"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

var intNames = map[int]string{2: "smallint", 4: "integer", 8: "bigint"}

func outOfRange(name string) error { return errs.New("22003", "%s out of range", name) }

var errDivision = errs.New("22012", "division by zero")

// numberTable declares arithmetic and mathematical functions.
func numberTable() []entry {
	list := integerArithmetic()
	list = append(list, integerFunctions()...)
	list = append(list, floatArithmetic()...)
	list = append(list, floatFunctions()...)
	return append(list, numericFunctions()...)
}

func fits(i int64, size int) bool {
	switch size {
	case 2:
		return i >= math.MinInt16 && i <= math.MaxInt16
	case 4:
		return i >= math.MinInt32 && i <= math.MaxInt32
	}
	return true
}

// addInt, subInt and mulInt say whether the result is right in 64 bits.
func addInt(a, b int64) (int64, bool) { s := a + b; return s, (s > a) == (b > 0) }
func subInt(a, b int64) (int64, bool) { s := a - b; return s, (s < a) == (b > 0) }

func mulInt(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	p := a * b
	return p, p/b == a && !(a == -1 && b == math.MinInt64) && !(b == -1 && a == math.MinInt64)
}

func integerArithmetic() []entry {
	var list []entry
	binary := func(sig string, size int, op string, f func(a, b int64) (int64, bool)) {
		e := entry{sig: sig, fn: func(c *Call) (types.Datum, error) {
			r, ok := f(c.Args[0].I, c.Args[1].I)
			if !ok || !fits(r, size) {
				return types.Datum{}, outOfRange(intNames[size])
			}
			return types.Int(r), nil
		}}
		// In 64 bits the results of the smaller types are exact, so that only the range is to be looked at.
		if op != "" && size < 8 {
			lo, hi := "-2147483648", "2147483647"
			if size == 2 {
				lo, hi = "-32768", "32767"
			}
			x := "($1 " + op + " $2)"
			e.leaf = "CASE WHEN " + x + " BETWEEN " + lo + " AND " + hi + " THEN " + x + " ELSE pg_overflow('" + intNames[size] + "', $1, $2) END"
		}
		list = append(list, e)
	}
	for _, k := range []struct {
		name        string
		left, right string
		size        int
	}{
		{"int2", "int2", "int2", 2}, {"int4", "int4", "int4", 4}, {"int8", "int8", "int8", 8},
		{"int24", "int2", "int4", 4}, {"int42", "int4", "int2", 4}, {"int28", "int2", "int8", 8}, {"int82", "int8", "int2", 8},
		{"int48", "int4", "int8", 8}, {"int84", "int8", "int4", 8},
	} {
		args := "(" + k.left + "," + k.right + ")"
		binary(k.name+"pl"+args, k.size, "+", addInt)
		binary(k.name+"mi"+args, k.size, "-", subInt)
		binary(k.name+"mul"+args, k.size, "*", mulInt)
		size := k.size
		list = append(list, entry{sig: k.name + "div" + args, fn: func(c *Call) (types.Datum, error) {
			a, b := c.Args[0].I, c.Args[1].I
			if b == 0 {
				return types.Datum{}, errDivision
			}
			if b == -1 {
				if r, ok := subInt(0, a); ok && fits(r, size) {
					return types.Int(r), nil
				}
				return types.Datum{}, outOfRange(intNames[size])
			}
			return types.Int(a / b), nil
		}})
	}
	mod := func(c *Call) (types.Datum, error) {
		a, b := c.Args[0].I, c.Args[1].I
		if b == 0 {
			return types.Datum{}, errDivision
		}
		if b == -1 {
			return types.Int(0), nil
		}
		return types.Int(a % b), nil
	}
	for _, size := range []int{2, 4, 8} {
		t := "int" + strconv.Itoa(size)
		two := "(" + t + "," + t + ")"
		list = append(list, entry{sig: t + "mod" + two, fn: mod}, entry{sig: "mod" + two, fn: mod})
		neg := func(c *Call) (types.Datum, error) {
			r, ok := subInt(0, c.Args[0].I)
			if !ok || !fits(r, size) {
				return types.Datum{}, outOfRange(intNames[size])
			}
			return types.Int(r), nil
		}
		abs := func(c *Call) (types.Datum, error) {
			if c.Args[0].I >= 0 {
				return c.Args[0], nil
			}
			return neg(c)
		}
		gcd := func(c *Call) (types.Datum, error) {
			g := gcdOf(c.Args[0].I, c.Args[1].I)
			if g > math.MaxInt64 || !fits(int64(g), size) {
				return types.Datum{}, outOfRange(intNames[size])
			}
			return types.Int(int64(g)), nil
		}
		lcm := func(c *Call) (types.Datum, error) {
			a, b := c.Args[0].I, c.Args[1].I
			if a == 0 || b == 0 {
				return types.Int(0), nil
			}
			g := gcdOf(a, b)
			if g > math.MaxInt64 {
				return types.Datum{}, outOfRange(intNames[size])
			}
			r, ok := mulInt(a/int64(g), b)
			if ok && r < 0 {
				r, ok = subInt(0, r)
			}
			if !ok || !fits(r, size) {
				return types.Datum{}, outOfRange(intNames[size])
			}
			return types.Int(r), nil
		}
		list = append(list,
			entry{sig: t + "um(" + t + ")", fn: neg},
			entry{sig: t + "up(" + t + ")", sql: "(+ $1)", safe: true},
			entry{sig: t + "abs(" + t + ")", fn: abs}, entry{sig: "abs(" + t + ")", fn: abs},
			entry{sig: t + "and" + two, sql: "($1 & $2)", safe: true},
			entry{sig: t + "or" + two, sql: "($1 | $2)", safe: true},
			entry{sig: t + "not(" + t + ")", sql: "(~ $1)", safe: true},
			entry{sig: t + "xor" + two, safe: true, fn: func(c *Call) (types.Datum, error) {
				return types.Int(c.Args[0].I ^ c.Args[1].I), nil
			}},
			entry{sig: t + "shl(" + t + ",int4)", safe: true, fn: func(c *Call) (types.Datum, error) { return types.Int(shift(c.Args[0].I, c.Args[1].I, size, true)), nil }},
			entry{sig: t + "shr(" + t + ",int4)", safe: true, fn: func(c *Call) (types.Datum, error) {
				return types.Int(shift(c.Args[0].I, c.Args[1].I, size, false)), nil
			}},
		)
		if size > 2 {
			list = append(list, entry{sig: "gcd" + two, fn: gcd}, entry{sig: "lcm" + two, fn: lcm})
		}
	}
	return list
}

// shift moves bits as the processor does: the count is taken modulo the register's width.
func shift(a, by int64, size int, left bool) int64 {
	if size == 8 {
		if left {
			return a << (uint64(by) & 63)
		}
		return a >> (uint64(by) & 63)
	}
	n := uint64(by) & 31
	r := int32(a)
	if left {
		r <<= n
	} else {
		r >>= n
	}
	if size == 2 {
		return int64(int16(r))
	}
	return int64(r)
}

func gcdOf(a, b int64) uint64 {
	x, y := magnitude(a), magnitude(b)
	for y != 0 {
		x, y = y, x%y
	}
	return x
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func integerFunctions() []entry {
	hex := func(mask uint64) Func {
		return func(c *Call) (types.Datum, error) {
			return types.Text(strconv.FormatUint(uint64(c.Args[0].I)&mask, 16)), nil
		}
	}
	return []entry{
		{sig: "to_hex(int4)", fn: hex(math.MaxUint32), safe: true},
		{sig: "to_hex(int8)", fn: hex(math.MaxUint64), safe: true},
	}
}

var (
	errOverflow  = errs.New("22003", "value out of range: overflow")
	errUnderflow = errs.New("22003", "value out of range: underflow")
)

// float checks a result as PostgreSQL does: an infinity that no operand had is an overflow, a zero that none explains an
// underflow.
func float(r float64, bits int, infinite, zero bool) (types.Datum, error) {
	if bits == 32 {
		r = float64(float32(r))
	}
	if math.IsInf(r, 0) && !infinite {
		return types.Datum{}, errOverflow
	}
	if r == 0 && !zero {
		return types.Datum{}, errUnderflow
	}
	return types.Float(r), nil
}

func floatArithmetic() []entry {
	var list []entry
	for _, k := range []struct {
		name, args string
		bits       int
	}{{"float4", "(float4,float4)", 32}, {"float8", "(float8,float8)", 64}, {"float48", "(float4,float8)", 64}, {"float84", "(float8,float4)", 64}} {
		bits := k.bits
		op := func(f func(a, b float64) (types.Datum, error)) Func {
			return func(c *Call) (types.Datum, error) { return f(c.Args[0].Float(), c.Args[1].Float()) }
		}
		inf := func(a, b float64) bool { return math.IsInf(a, 0) || math.IsInf(b, 0) }
		list = append(list,
			entry{sig: k.name + "pl" + k.args, fn: op(func(a, b float64) (types.Datum, error) { return float(a+b, bits, inf(a, b), true) })},
			entry{sig: k.name + "mi" + k.args, fn: op(func(a, b float64) (types.Datum, error) { return float(a-b, bits, inf(a, b), true) })},
			entry{sig: k.name + "mul" + k.args, fn: op(func(a, b float64) (types.Datum, error) {
				return float(a*b, bits, inf(a, b), a == 0 || b == 0)
			})},
			entry{sig: k.name + "div" + k.args, fn: op(func(a, b float64) (types.Datum, error) {
				if b == 0 && a == a {
					return types.Datum{}, errDivision
				}
				return float(a/b, bits, math.IsInf(a, 0), a == 0 || math.IsInf(b, 0))
			})})
	}
	for _, t := range []string{"float4", "float8"} {
		one := "(" + t + ")"
		list = append(list,
			entry{sig: t + "um" + one, safe: true, fn: float1(func(f float64) float64 { return -f })},
			entry{sig: t + "up" + one, safe: true, sql: "(+ $1)"},
			entry{sig: t + "abs" + one, safe: true, fn: float1(math.Abs)},
			entry{sig: "abs" + one, safe: true, fn: float1(math.Abs)})
	}
	return list
}

func float1(f func(float64) float64) Func {
	return func(c *Call) (types.Datum, error) { return types.Float(f(c.Args[0].Float())), nil }
}

func floatFunctions() []entry {
	input := errs.New("22003", "input is out of range")
	// checked functions refuse results that overflow and arguments without a result.
	checked := func(f func(float64) float64, domain func(float64) bool) Func {
		return func(c *Call) (types.Datum, error) {
			x := c.Args[0].Float()
			if x != x {
				return types.Float(x), nil
			}
			if domain != nil && !domain(x) {
				return types.Datum{}, input
			}
			return float(f(x), 64, math.IsInf(x, 0), true)
		}
	}
	finite := func(x float64) bool { return !math.IsInf(x, 0) }
	unit := func(x float64) bool { return x >= -1 && x <= 1 }
	logarithm := func(f func(float64) float64) Func {
		return func(c *Call) (types.Datum, error) {
			x := c.Args[0].Float()
			switch {
			case x == 0:
				return types.Datum{}, errs.New("2201E", "cannot take logarithm of zero")
			case x < 0:
				return types.Datum{}, errs.New("2201E", "cannot take logarithm of a negative number")
			}
			return types.Float(f(x)), nil
		}
	}
	sqrt := func(c *Call) (types.Datum, error) {
		x := c.Args[0].Float()
		if x < 0 {
			return types.Datum{}, errs.New("2201F", "cannot take square root of a negative number")
		}
		return types.Float(math.Sqrt(x)), nil
	}
	exp := func(c *Call) (types.Datum, error) {
		x := c.Args[0].Float()
		return float(math.Exp(x), 64, math.IsInf(x, 0), math.IsInf(x, -1))
	}
	sign := float1(func(x float64) float64 {
		switch {
		case x > 0:
			return 1
		case x < 0:
			return -1
		}
		return 0
	})
	list := []entry{}
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	add(float1(math.Ceil), "ceil(float8)", "ceiling(float8)")
	add(float1(math.Floor), "floor(float8)")
	add(float1(math.RoundToEven), "round(float8)", "dround(float8)")
	add(float1(math.Trunc), "trunc(float8)", "dtrunc(float8)")
	add(sign, "sign(float8)")
	add(sqrt, "sqrt(float8)", "dsqrt(float8)")
	add(float1(math.Cbrt), "cbrt(float8)", "dcbrt(float8)")
	add(exp, "exp(float8)", "dexp(float8)")
	add(logarithm(math.Log), "ln(float8)", "dlog1(float8)")
	add(logarithm(math.Log10), "log(float8)", "log10(float8)", "dlog10(float8)")
	add(powerFloat, "power(float8,float8)", "pow(float8,float8)", "dpow(float8,float8)")
	add(checked(math.Sin, finite), "sin(float8)")
	add(checked(math.Cos, finite), "cos(float8)")
	add(checked(math.Tan, finite), "tan(float8)")
	add(checked(math.Asin, unit), "asin(float8)")
	add(checked(math.Acos, unit), "acos(float8)")
	add(float1(math.Atan), "atan(float8)")
	add(float1(math.Tanh), "tanh(float8)")
	add(float1(math.Sinh), "sinh(float8)")
	add(float1(math.Cosh), "cosh(float8)")
	add(float1(math.Asinh), "asinh(float8)")
	add(func(c *Call) (types.Datum, error) {
		x := c.Args[0].Float()
		if math.IsInf(x, 0) {
			return types.Datum{}, errInput
		}
		return types.Float(1 / math.Tan(x)), nil
	}, "cot(float8)")
	add(func(c *Call) (types.Datum, error) {
		return types.Float(math.Atan2(c.Args[0].Float(), c.Args[1].Float())), nil
	}, "atan2(float8,float8)")
	add(func(c *Call) (types.Datum, error) {
		x := c.Args[0].Float()
		return float(x/(math.Pi/180), 64, math.IsInf(x, 0), x == 0)
	}, "degrees(float8)")
	add(func(c *Call) (types.Datum, error) {
		x := c.Args[0].Float()
		return float(x*(math.Pi/180), 64, math.IsInf(x, 0), x == 0)
	}, "radians(float8)")
	add(func(*Call) (types.Datum, error) { return types.Float(math.Pi), nil }, "pi()")
	add(func(*Call) (types.Datum, error) { return types.Float(rand.Float64()), nil }, "random()")
	add(bucketFloat, "width_bucket(float8,float8,float8,int4)")
	return list
}

func powerFloat(c *Call) (types.Datum, error) {
	x, y := c.Args[0].Float(), c.Args[1].Float()
	switch {
	case x == 0 && y < 0:
		return types.Datum{}, errs.New("2201F", "zero raised to a negative power is undefined")
	case x < 0 && y == y && !math.IsInf(y, 0) && y != math.Floor(y):
		return types.Datum{}, errs.New("2201F", "a negative number raised to a non-integer power yields a complex result")
	}
	inf := math.IsInf(x, 0) || math.IsInf(y, 0)
	return float(math.Pow(x, y), 64, inf, x == 0 || inf)
}

// number reads a stored numeric.
func number(d types.Datum) numeric.Num {
	n, err := numeric.Parse(d.S)
	if err != nil {
		return numeric.NaN()
	}
	return n
}

func numberOut(n numeric.Num, err error) (types.Datum, error) {
	if err != nil {
		return types.Datum{}, err
	}
	return types.Text(n.String()), nil
}

func number1(f func(numeric.Num) numeric.Num) Func {
	return func(c *Call) (types.Datum, error) { return numberOut(f(number(c.Args[0])), nil) }
}

func number1e(f func(numeric.Num) (numeric.Num, error)) Func {
	return func(c *Call) (types.Datum, error) { return numberOut(f(number(c.Args[0]))) }
}

func number2(f func(a, b numeric.Num) (numeric.Num, error)) Func {
	return func(c *Call) (types.Datum, error) { return numberOut(f(number(c.Args[0]), number(c.Args[1]))) }
}

func numericFunctions() []entry {
	var list []entry
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	add(number2(numeric.Add), "numeric_add(numeric,numeric)")
	add(number2(numeric.Sub), "numeric_sub(numeric,numeric)")
	add(number2(numeric.Mul), "numeric_mul(numeric,numeric)")
	add(number2(numeric.Div), "numeric_div(numeric,numeric)")
	add(number2(numeric.Mod), "numeric_mod(numeric,numeric)", "mod(numeric,numeric)")
	add(number2(numeric.DivTrunc), "numeric_div_trunc(numeric,numeric)", "div(numeric,numeric)")
	add(number1(numeric.Num.Neg), "numeric_uminus(numeric)")
	add(number1(func(n numeric.Num) numeric.Num { return n }), "numeric_uplus(numeric)")
	add(number1(numeric.Num.Abs), "numeric_abs(numeric)", "abs(numeric)")
	add(number1(numeric.Num.Ceil), "ceil(numeric)", "ceiling(numeric)")
	add(number1(numeric.Num.Floor), "floor(numeric)")
	add(number1(func(n numeric.Num) numeric.Num { return n.Round(0) }), "round(numeric)")
	add(number1(func(n numeric.Num) numeric.Num { return n.Trunc(0) }), "trunc(numeric)")
	add(func(c *Call) (types.Datum, error) { return numberOut(number(c.Args[0]).Round(int(c.Args[1].I)), nil) }, "round(numeric,int4)")
	add(func(c *Call) (types.Datum, error) { return numberOut(number(c.Args[0]).Trunc(int(c.Args[1].I)), nil) }, "trunc(numeric,int4)")
	add(number1e(numeric.Exp), "exp(numeric)", "numeric_exp(numeric)")
	add(number1e(numeric.Ln), "ln(numeric)", "numeric_ln(numeric)")
	add(number1e(func(n numeric.Num) (numeric.Num, error) { return numeric.Log(numeric.FromInt(10), n) }), "log(numeric)", "log10(numeric)")
	add(number2(numeric.Log), "log(numeric,numeric)", "numeric_log(numeric,numeric)")
	add(number1e(numeric.Sqrt), "sqrt(numeric)", "numeric_sqrt(numeric)")
	add(number2(numeric.Power), "power(numeric,numeric)", "pow(numeric,numeric)", "numeric_power(numeric,numeric)")
	add(number1(func(n numeric.Num) numeric.Num {
		if n.IsNaN() {
			return n
		}
		return numeric.FromInt(int64(n.Sign()))
	}), "sign(numeric)")
	add(func(c *Call) (types.Datum, error) {
		n := number(c.Args[0])
		if !n.IsFinite() {
			return types.Datum{}, nil
		}
		return types.Int(int64(n.Scale())), nil
	}, "scale(numeric)")
	add(func(c *Call) (types.Datum, error) {
		s, ok := number(c.Args[0]).MinScale()
		if !ok {
			return types.Datum{}, nil
		}
		return types.Int(int64(s)), nil
	}, "min_scale(numeric)")
	add(number1(numeric.Num.TrimScale), "trim_scale(numeric)")
	add(number2(func(a, b numeric.Num) (numeric.Num, error) { return numeric.GCD(a, b), nil }), "gcd(numeric,numeric)")
	add(number2(numeric.LCM), "lcm(numeric,numeric)")
	add(func(c *Call) (types.Datum, error) { return numberOut(numeric.Factorial(c.Args[0].I)) }, "factorial(int8)")
	add(func(c *Call) (types.Datum, error) {
		n, err := numeric.WidthBucket(number(c.Args[0]), number(c.Args[1]), number(c.Args[2]), int32(c.Args[3].I))
		return types.Int(int64(n)), err
	}, "width_bucket(numeric,numeric,numeric,int4)")
	return list
}
