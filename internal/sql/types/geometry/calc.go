package geometry

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
)

// Calc computes on shapes as PostgreSQL does: comparisons allow for a small tolerance, arithmetic that leaves float8's
// range is an error. The first error stays in Err; results after it mean nothing.
type Calc struct{ Err error }

func (c *Calc) fail(err error) float64 {
	if c.Err == nil {
		c.Err = err
	}
	return 0
}

func (c *Calc) result(r float64, exact bool, args ...float64) float64 {
	if math.IsInf(r, 0) {
		for _, a := range args {
			if math.IsInf(a, 0) {
				return r
			}
		}
		return c.fail(errs.New("22003", "value out of range: overflow"))
	}
	if r == 0 && exact {
		return c.fail(errs.New("22003", "value out of range: underflow"))
	}
	return r
}

func (c *Calc) add(a, b float64) float64 { return c.result(a+b, false, a, b) }
func (c *Calc) sub(a, b float64) float64 { return c.result(a-b, false, a, b) }
func (c *Calc) mul(a, b float64) float64 {
	p := float64(a * b)
	return c.result(p, a != 0 && b != 0, a, b)
}

func (c *Calc) div(a, b float64) float64 {
	if b == 0 && a == a {
		return c.fail(errs.New("22012", "division by zero"))
	}
	return c.result(a/b, a != 0 && !math.IsInf(b, 0), a)
}

func (c *Calc) hypot(x, y float64) float64 {
	if math.IsInf(x, 0) || math.IsInf(y, 0) {
		return math.Inf(1)
	}
	if x != x || y != y {
		return math.NaN()
	}
	x, y = math.Abs(x), math.Abs(y)
	if x < y {
		x, y = y, x
	}
	if y == 0 {
		return x
	}
	yx := y / x
	r := x * math.Sqrt(1+float64(yx*yx))
	if math.IsInf(r, 0) {
		return c.fail(errs.New("22003", "value out of range: overflow"))
	}
	if r == 0 {
		return c.fail(errs.New("22003", "value out of range: underflow"))
	}
	return r
}

func zero(a float64) bool  { return math.Abs(a) <= epsilon }
func lt(a, b float64) bool { return a+epsilon < b }
func le(a, b float64) bool { return a <= b+epsilon }
func gt(a, b float64) bool { return a > b+epsilon }
func ge(a, b float64) bool { return a+epsilon >= b }

// Comparison compares two measures within the tolerance; op is one of the six operators.
func Comparison(op string, a, b float64) bool {
	switch op {
	case "=":
		return near(a, b)
	case "<>":
		return a != b && math.Abs(a-b) > epsilon
	case "<":
		return lt(a, b)
	case "<=":
		return le(a, b)
	case ">":
		return gt(a, b)
	}
	return ge(a, b)
}

// less and more order NaN behind all numbers.
func less(a, b float64) bool { return a == a && (b != b || a < b) }
func more(a, b float64) bool { return less(b, a) }

func same(a, b float64) bool { return a == b || a != a && b != b }
