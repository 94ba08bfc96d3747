package types

import (
	"math"
	"strconv"
	"strings"
)

// inMoney reads an amount in the C locale: "$1,234.50", "(5)", "-$3"; the third decimal rounds.
func inMoney(text string) (Datum, error) {
	s := text
	space := func() {
		for s != "" && isSpace(s[0]) {
			s = s[1:]
		}
	}
	dollar := func() {
		s = strings.TrimPrefix(s, "$")
		space()
	}
	space()
	dollar()
	negative := false
	switch {
	case strings.HasPrefix(s, "-"), strings.HasPrefix(s, "("):
		negative = true
		s = s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	space()
	dollar()
	// Amounts gather as negatives, which reach one further.
	var value int64
	decimals, point, over := 0, false, false
	add := func(digit int64) {
		if value < (math.MinInt64+digit)/10 {
			over = true
			return
		}
		value = value*10 - digit
	}
digits:
	for ; s != ""; s = s[1:] {
		c := s[0]
		switch {
		case c >= '0' && c <= '9' && (!point || decimals < 2):
			add(int64(c - '0'))
			if point {
				decimals++
			}
		case c == '.' && !point:
			point = true
		case c == ',':
		default:
			break digits
		}
	}
	if s != "" && s[0] >= '5' && s[0] <= '9' {
		if value == math.MinInt64 {
			over = true
		} else {
			value--
		}
	}
	for ; decimals < 2; decimals++ {
		add(0)
	}
	s = strings.TrimLeft(s, "0123456789")
	for ; s != ""; s = s[1:] {
		switch {
		case isSpace(s[0]), s[0] == ')', s[0] == '+', s[0] == '$':
		case s[0] == '-':
			negative = true
		default:
			if over {
				return Datum{}, outOfRange("money", text)
			}
			return Datum{}, invalidSyntax("money", text)
		}
	}
	if over || !negative && value == math.MinInt64 {
		return Datum{}, outOfRange("money", text)
	}
	if !negative {
		value = -value
	}
	return Int(value), nil
}

// appendMoney prints cents as "-$1,234.50".
func appendMoney(buf []byte, cents int64) []byte {
	u := uint64(cents)
	if cents < 0 {
		buf = append(buf, '-')
		u = -u
	}
	buf = append(buf, '$')
	whole := strconv.FormatUint(u/100, 10)
	for i := 0; i < len(whole); i++ {
		if i > 0 && (len(whole)-i)%3 == 0 {
			buf = append(buf, ',')
		}
		buf = append(buf, whole[i])
	}
	return append(buf, '.', byte('0'+u/10%10), byte('0'+u%10))
}
