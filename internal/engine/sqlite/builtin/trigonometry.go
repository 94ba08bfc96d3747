package builtin

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

var errInput = errs.New("22003", "input is out of range")

// trigonometryTable declares the functions of degrees, which are exact where the result is a round number, and those of
// hyperbolas.
func trigonometryTable() []entry {
	var list []entry
	add := func(name string, domain func(x float64) bool, f func(x float64) float64) {
		list = append(list, entry{sig: name + "(float8)", fn: func(c *Call) (types.Datum, error) {
			x := c.Args[0].Float()
			if x == x && !domain(x) {
				return types.Datum{}, errInput
			}
			if x != x {
				return types.Float(x), nil
			}
			return types.Float(f(x)), nil
		}})
	}
	finite := func(x float64) bool { return !math.IsInf(x, 0) }
	unit := func(x float64) bool { return x >= -1 && x <= 1 }
	any := func(float64) bool { return true }
	add("sind", finite, func(x float64) float64 {
		x, sign := quadrant(x, false, true)
		return sign * sineOfQuadrant(x)
	})
	add("cosd", finite, func(x float64) float64 {
		x, sign := quadrant(x, true, false)
		return sign * cosineOfQuadrant(x)
	})
	add("tand", finite, func(x float64) float64 {
		x, sign := quadrant(x, true, true)
		return sign*((sineOfQuadrant(x)/cosineOfQuadrant(x))/(sineOfQuadrant(45)/cosineOfQuadrant(45))) + 0
	})
	add("cotd", finite, func(x float64) float64 {
		x, sign := quadrant(x, true, true)
		return sign*((cosineOfQuadrant(x)/sineOfQuadrant(x))/(cosineOfQuadrant(45)/sineOfQuadrant(45))) + 0
	})
	arcsine := func(x float64) float64 {
		if x <= 0.5 {
			return math.Asin(x) / math.Asin(0.5) * 30
		}
		return 90 - math.Acos(x)/math.Acos(0.5)*60
	}
	arccosine := func(x float64) float64 {
		if x <= 0.5 {
			return 90 - math.Asin(x)/math.Asin(0.5)*30
		}
		return math.Acos(x) / math.Acos(0.5) * 60
	}
	add("asind", unit, func(x float64) float64 {
		if x >= 0 {
			return arcsine(x)
		}
		return -arcsine(-x)
	})
	add("acosd", unit, func(x float64) float64 {
		if x >= 0 {
			return arccosine(x)
		}
		return 90 + arcsine(-x)
	})
	add("atand", any, func(x float64) float64 { return math.Atan(x) / math.Atan(1) * 45 })
	add("acosh", func(x float64) bool { return x >= 1 }, math.Acosh)
	add("atanh", unit, math.Atanh)
	list = append(list, entry{sig: "atan2d(float8,float8)", safe: true, fn: func(c *Call) (types.Datum, error) {
		return types.Float(math.Atan2(c.Args[0].Float(), c.Args[1].Float()) / math.Atan(1) * 45), nil
	}})
	return list
}

// quadrant brings an angle to the first quadrant. mirror says that the sign changes beyond 90 degrees, odd that it changes
// with the angle's.
func quadrant(x float64, mirror, odd bool) (angle, sign float64) {
	x, sign = math.Mod(x, 360), 1
	if x < 0 {
		x = -x
		if odd {
			sign = -sign
		}
	}
	if x > 180 {
		x = 360 - x
		if odd {
			sign = -sign
		}
	}
	if x > 90 {
		x = 180 - x
		if mirror {
			sign = -sign
		}
	}
	return x, sign
}

// radians is computed when called: a constant's product would be rounded once only.
func radians(x float64) float64 {
	const radian = float64(math.Pi / 180)
	return x * radian
}

func sineOfQuadrant(x float64) float64 {
	if x <= 30 {
		return math.Sin(radians(x)) / math.Sin(radians(30)) / 2
	}
	return cosineTo60(90 - x)
}

func cosineOfQuadrant(x float64) float64 {
	if x <= 60 {
		return cosineTo60(x)
	}
	return math.Sin(radians(90-x)) / math.Sin(radians(30)) / 2
}

func cosineTo60(x float64) float64 {
	return 1 - (1-math.Cos(radians(x)))/(1-math.Cos(radians(60)))/2
}
