package tochar

import (
	"math"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

// picture is what a number's pattern says as a whole.
type picture struct {
	nodes     []node
	pre, post int // digits before and after the point
	multi     int // digits after V
	zeroStart int // the first digit shown even when it is a leading zero, counted from 1; 0 for none
	zeroEnd   int
	preSign   int  // how many digits stand before S
	lsign     byte // 'a' when S stands before the number, 'z' behind it, 0 for none

	decimal, zero, fill, bracket, minus, plus, blank, roman, isMulti, exponent bool
}

func syntaxError(format string, args ...any) *errs.Error { return errs.New("42601", format, args...) }

// parseNumber reads a pattern of numbers.
func parseNumber(pattern string) (*picture, error) {
	p := &picture{nodes: parse(pattern, numberKeys, false)}
	for _, n := range p.nodes {
		if n.kind == action {
			if err := p.add(strings.ToUpper(n.key)); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

func (p *picture) add(key string) error {
	if p.exponent && key != "EEEE" {
		return syntaxError("\"EEEE\" must be the last pattern used")
	}
	switch key {
	case "9", "0":
		if p.bracket {
			return syntaxError("\"%s\" must be ahead of \"PR\"", key)
		}
		if key == "9" && p.isMulti {
			p.multi++
			return nil
		}
		if key == "0" && !p.zero && !p.decimal {
			p.zero = true
			p.zeroStart = p.pre + 1
		}
		if p.decimal {
			p.post++
		} else {
			p.pre++
		}
		if key == "0" {
			p.zeroEnd = p.pre + p.post
		}
	case "B":
		if p.pre == 0 && p.post == 0 && !p.zero {
			p.blank = true
		}
	case ".", "D":
		if p.decimal {
			return syntaxError("multiple decimal points")
		}
		if p.isMulti {
			return syntaxError("cannot use \"V\" and decimal point together")
		}
		p.decimal = true
	case "FM":
		p.fill = true
	case "S":
		if p.lsign != 0 {
			return syntaxError("cannot use \"S\" twice")
		}
		if p.plus || p.minus || p.bracket {
			return syntaxError("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together")
		}
		if p.decimal {
			p.lsign = 'z'
		} else {
			p.lsign = 'a'
			p.preSign = p.pre
		}
	case "MI", "PL", "SG":
		if p.lsign != 0 {
			return syntaxError("cannot use \"S\" and \"%s\" together", key)
		}
		p.minus = p.minus || key != "PL"
		p.plus = p.plus || key != "MI"
	case "PR":
		if p.lsign != 0 || p.plus || p.minus {
			return syntaxError("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together")
		}
		p.bracket = true
	case "RN":
		p.roman = true
	case "V":
		if p.decimal {
			return syntaxError("cannot use \"V\" and decimal point together")
		}
		p.isMulti = true
	case "EEEE":
		if p.exponent {
			return syntaxError("cannot use \"EEEE\" twice")
		}
		if p.blank || p.fill || p.lsign != 0 || p.bracket || p.minus || p.plus || p.roman || p.isMulti {
			return syntaxError("\"EEEE\" is incompatible with other formats").
				WithDetail("\"EEEE\" may only be used together with digit and decimal point patterns.")
		}
		p.exponent = true
	}
	return nil
}

// Int is to_char of an integer.
func Int(i int64, pattern string) (text string, ok bool, err error) {
	p, err := parseNumber(pattern)
	if err != nil {
		return "", false, err
	}
	if p.exponent {
		return Float(float64(i), pattern, 64)
	}
	return Numeric(numeric.FromInt(i), pattern)
}

// Numeric is to_char of a numeric.
func Numeric(n numeric.Num, pattern string) (text string, ok bool, err error) {
	p, err := parseNumber(pattern)
	if err != nil {
		return "", false, err
	}
	switch {
	case p.roman:
		i, ok := n.ToInt()
		if n.IsFinite() && (!ok || i > math.MaxInt32 || i < math.MinInt32) {
			return "", false, errs.New("22003", "integer out of range")
		}
		if n.IsNaN() {
			return "", false, errs.New("0A000", "cannot convert NaN to integer")
		}
		if n.IsInf() {
			return "", false, errs.New("0A000", "cannot convert infinity to integer")
		}
		text, err = p.write(roman(i), 0, '+')
		return text, true, err
	case p.exponent:
		if !n.IsFinite() {
			return p.noExponent(), true, nil
		}
		s := scientific(n, p.post)
		if s[0] != '-' {
			s = " " + s
		}
		return s, true, nil
	}
	if p.isMulti {
		if n, err = numeric.Mul(n, tenTo(p.multi)); err != nil {
			return "", false, err
		}
		p.pre += p.multi
	}
	text, err = p.plain(n.Round(p.post).String())
	return text, true, err
}

// Float is to_char of a float8 (bits 64) or float4 (bits 32).
func Float(f float64, pattern string, bits int) (text string, ok bool, err error) {
	p, err := parseNumber(pattern)
	if err != nil {
		return "", false, err
	}
	digits := 15
	if bits == 32 {
		digits = 6
	}
	switch {
	case p.roman:
		r := math.RoundToEven(f)
		if !(r >= 1 && r <= 3999) {
			r = 0
		}
		text, err = p.write(roman(int64(r)), 0, '+')
		return text, true, err
	case p.exponent:
		if math.IsNaN(f) || math.IsInf(f, 0) {
			return p.noExponent(), true, nil
		}
		s := strconv.FormatFloat(f, 'e', p.post, 64)
		if f >= 0 && s[0] != '-' {
			s = " " + s
		}
		return s, true, nil
	}
	if p.isMulti {
		f *= math.Pow(10, float64(p.multi))
		p.pre += p.multi
	}
	if math.IsNaN(f) || math.IsInf(f, 0) {
		s := map[bool]string{true: "NaN", false: "Infinity"}[math.IsNaN(f)]
		if f < 0 {
			s = "-" + s
		}
		text, err = p.plain(s)
		return text, true, err
	}
	whole := len(strconv.FormatFloat(math.Abs(f), 'f', 0, 64))
	if whole >= digits {
		p.post = 0
	} else if whole+p.post > digits {
		p.post = digits - whole
	}
	text, err = p.plain(strconv.FormatFloat(f, 'f', p.post, 64))
	return text, true, err
}

func tenTo(n int) numeric.Num {
	t, err := numeric.Parse("1e" + strconv.Itoa(n))
	if err != nil {
		return numeric.Inf()
	}
	return t
}

func (p *picture) noExponent() string {
	s := []byte(strings.Repeat("#", p.pre+p.post+6))
	s[0] = ' '
	if p.pre+1 < len(s) {
		s[p.pre+1] = '.'
	}
	return string(s)
}

// scientific prints a number with one digit before the point and so many after it.
func scientific(n numeric.Num, post int) string {
	s := n.Abs().String()
	digits := strings.TrimLeft(strings.Replace(s, ".", "", 1), "0")
	exp := 0
	if digits != "" {
		point := strings.IndexByte(s, '.')
		if point < 0 {
			point = len(s)
		}
		if s[0] != '0' {
			exp = point - 1
		} else {
			exp = -(len(s) - point - len(digits))
		}
		// PostgreSQL does not carry: 9.99 becomes 10.0.
		m, _ := numeric.Parse(digits[:1] + "." + digits[1:] + "0")
		s = m.Round(post).String()
	} else {
		s = numeric.Num{}.Round(post).String()
	}
	sign := "+"
	if exp < 0 {
		sign, exp = "-", -exp
	}
	e := strconv.Itoa(exp)
	if len(e) < 2 {
		e = "0" + e
	}
	if n.Sign() < 0 {
		s = "-" + s
	}
	return s + "e" + sign + e
}

// roman writes a number from 1 to 3999.
func roman(n int64) string {
	if n < 1 || n > 3999 {
		return strings.Repeat("#", 15)
	}
	var out strings.Builder
	for _, r := range []struct {
		value int64
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= r.value {
			out.WriteString(r.text)
			n -= r.value
		}
	}
	return out.String()
}

// plain lays out a number given with its sign.
func (p *picture) plain(number string) (string, error) {
	sign := byte('+')
	if number[0] == '-' {
		sign = '-'
		number = number[1:]
	}
	pre := strings.IndexByte(number, '.')
	if pre < 0 {
		pre = len(number)
	}
	spaces := 0
	if pre < p.pre {
		spaces = p.pre - pre
	} else if pre > p.pre {
		b := []byte(strings.Repeat("#", p.pre+p.post+1))
		b[p.pre] = '.'
		number = string(b)
	}
	return p.write(number, spaces, sign)
}
