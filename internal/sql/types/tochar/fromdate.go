package tochar

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datetime"
)

// scanned is what a pattern found in a text. Zero means not found, as PostgreSQL has it.
type scanned struct {
	convention                    byte // 'g' Gregorian, 'i' ISO weeks
	hh, pm, mi, ss, ssss          int
	d, dd, ddd, mm, ms, us        int
	year, bc, ww, w, cc, j        int
	yearDigits                    int
	clock12                       bool
	zoneSign, zoneHour, zoneMinut int
}

// scanner reads a text by a pattern.
type scanner struct {
	scanned
	nodes []node
	s     string
	all   string
	at    int // the node being read
	fixed bool
	extra int // characters skipped beyond what the pattern had
}

func badFormat(format string, args ...any) *errs.Error { return errs.New("22007", format, args...) }

// ToTimestamp is to_timestamp(text, pattern); without a zone in the text the time is of loc.
func ToTimestamp(text, pattern string, loc *time.Location) (datetime.Timestamp, error) {
	m, f, err := scan(text, pattern)
	if err != nil {
		return 0, err
	}
	var t datetime.Timestamp
	var ok bool
	if f.zoneSign != 0 {
		t, ok = m.West(-f.zoneSign * (f.zoneHour*3600 + f.zoneMinut*60))
	} else {
		t, ok = m.In(loc)
	}
	if !ok {
		return 0, errs.New("22008", "timestamp out of range")
	}
	return t, nil
}

// ToDate is to_date(text, pattern).
func ToDate(text, pattern string) (datetime.Date, error) {
	m, _, err := scan(text, pattern)
	if err != nil {
		return 0, err
	}
	d, ok := m.Date()
	if !ok {
		return 0, errs.New("22008", "date out of range: \"%s\"", text)
	}
	return d, nil
}

func scan(text, pattern string) (datetime.Moment, *scanned, error) {
	c := scanner{nodes: parse(pattern, dateKeys, true), s: text, all: text}
	if err := c.run(); err != nil {
		return datetime.Moment{}, nil, err
	}
	m, err := c.moment(text)
	return m, &c.scanned, err
}

func (c *scanner) skipSpaces() {
	for c.s != "" && isSpace(c.s[0]) {
		c.s = c.s[1:]
		c.extra++
	}
}

func (c *scanner) run() error {
	for c.at = 0; c.at < len(c.nodes) && c.s != ""; c.at++ {
		n := &c.nodes[c.at]
		isFX := n.kind == action && strings.EqualFold(n.key, "FX")
		if !c.fixed && !isFX && (n.kind == action || c.at == 0) {
			c.skipSpaces()
			if c.s == "" && n.kind != action {
				break
			}
		}
		switch n.kind {
		case space, separator:
			if c.fixed {
				c.s = c.s[runeEnd(c.s):]
				continue
			}
			c.extra--
			if isSpace(c.s[0]) || isSeparator(c.s[0]) {
				c.s = c.s[1:]
				c.extra++
			}
			continue
		case char:
			switch {
			case c.fixed, c.extra <= 0:
				c.s = c.s[runeEnd(c.s):]
			default:
				c.extra--
			}
			continue
		}
		if isFX {
			c.fixed = true
		} else if err := c.field(n); err != nil {
			return err
		}
		if !c.fixed {
			c.extra = 0
			c.skipSpaces()
		}
	}
	return nil
}

// digitKeys are key words whose values begin with a digit.
const digitKeys = " cc ddd dd d ff1 ff2 ff3 ff4 ff5 ff6 hh24 hh12 hh iddd id iw iyyy iyy iy i j mi mm ms q sssss ssss ss tzm us ww w y,yyy yyyy yyy yy y "

// endsAt says whether what follows a node cannot be a digit, so that its number may have any length.
func (c *scanner) endsAt() bool {
	if c.nodes[c.at].th != 0 || c.at+1 >= len(c.nodes) {
		return true
	}
	next := c.nodes[c.at+1]
	if next.kind == action {
		return !strings.Contains(digitKeys, " "+strings.ToLower(next.key)+" ")
	}
	return !(len(next.text) == 1 && isDigit(next.text[0]))
}

func (c *scanner) set(dest *int, v int, n *node) error {
	if *dest != 0 && *dest != v {
		return badFormat("conflicting values for \"%s\" field in formatting string", n.key).
			WithDetail("This value contradicts a previous setting for the same field type.")
	}
	*dest = v
	return nil
}

// integer reads a number of width digits, or as many as there are when something else must follow.
func (c *scanner) integer(dest *int, width int, n *node) (used int, err error) {
	start := c.s
	body := strings.TrimLeft(c.s, " \t\n\v\f\r")
	copied := body[:min(width, len(body))]
	var digits string
	if n.fill || c.endsAt() {
		digits = leadingInt(body)
		if digits != "" {
			c.s = body[len(digits):]
		}
	} else {
		if len(copied) < width {
			return 0, badFormat("source string too short for \"%s\" formatting field", n.key).
				WithDetail("Field requires %d characters, but only %d remain.", width, len(copied)).
				WithHint("If your source string is not fixed-width, try using the \"FM\" modifier.")
		}
		digits = leadingInt(copied)
		if digits != "" && len(digits) < width {
			return 0, badFormat("invalid value \"%s\" for \"%s\"", copied, n.key).
				WithDetail("Field requires %d characters, but only %d could be parsed.", width, len(digits)).
				WithHint("If your source string is not fixed-width, try using the \"FM\" modifier.")
		}
		c.s = body[len(digits):]
	}
	if digits == "" {
		return 0, badFormat("invalid value \"%s\" for \"%s\"", copied, n.key).WithDetail("Value must be an integer.")
	}
	v, convErr := strconv.ParseInt(strings.TrimSpace(digits), 10, 32)
	if convErr != nil {
		return 0, errs.New("22008", "value for \"%s\" in source string is out of range", n.key).
			WithDetail("Value must be in the range %d to %d.", math.MinInt32, math.MaxInt32)
	}
	if dest != nil {
		if err := c.set(dest, int(v), n); err != nil {
			return 0, err
		}
	}
	return len(start) - len(c.s), nil
}

// leadingInt is the text C's strtol would read.
func leadingInt(s string) string {
	i := 0
	for i < len(s) && isSpace(s[i]) {
		i++
	}
	if i < len(s) && (s[i] == '-' || s[i] == '+') {
		i++
	}
	from := i
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i == from {
		return ""
	}
	return s[:i]
}

// oneOf reads one of a list of words in any case and gives its place.
func (c *scanner) oneOf(words []string, n *node) (int, error) {
	for i, w := range words {
		if len(c.s) >= len(w) && strings.EqualFold(c.s[:len(w)], w) {
			c.s = c.s[len(w):]
			return i, nil
		}
	}
	copied := c.s
	for i := 0; i < len(copied); i++ {
		if isSpace(copied[i]) {
			copied = copied[:i]
		}
	}
	return 0, badFormat("invalid value \"%s\" for \"%s\"", copied, n.key).
		WithDetail("The given value did not match any of the allowed values for this field.")
}

func (c *scanner) use(convention byte) error {
	if c.convention == 0 {
		c.convention = convention
	} else if c.convention != convention {
		return badFormat("invalid combination of date conventions").
			WithHint("Do not mix Gregorian and ISO week date conventions in a formatting template.")
	}
	return nil
}

// conventions are the key words that belong to one way of naming days.
func convention(key string) byte {
	switch key {
	case "iddd", "id", "iw", "iyyy", "iyy", "iy", "i":
		return 'i'
	case "month", "mon", "mm", "ddd", "dd", "d", "ww", "w", "y,yyy", "yyyy", "yyy", "yy", "y", "rm":
		return 'g'
	}
	return 0
}

func (c *scanner) field(n *node) error {
	key := strings.ToLower(n.key)
	if way := convention(key); way != 0 {
		if err := c.use(way); err != nil {
			return err
		}
	}
	plain := func(dest *int, width int) error {
		_, err := c.integer(dest, width, n)
		c.skipOrdinal(n)
		return err
	}
	fraction := func(dest *int, width int) error {
		used, err := c.integer(dest, width, n)
		for ; used < width; used++ {
			*dest *= 10
		}
		c.skipOrdinal(n)
		return err
	}
	word := func(dest *int, words []string, value func(int) int) error {
		i, err := c.oneOf(words, n)
		if err != nil {
			return err
		}
		return c.set(dest, value(i), n)
	}
	parity := func(i int) int { return i % 2 }
	next := func(i int) int { return i + 1 }
	switch key {
	case "a.m.", "p.m.":
		c.clock12 = true
		return word(&c.pm, []string{"a.m.", "p.m."}, parity)
	case "am", "pm":
		c.clock12 = true
		return word(&c.pm, []string{"am", "pm"}, parity)
	case "hh", "hh12":
		c.clock12 = true
		return plain(&c.hh, 2)
	case "hh24":
		return plain(&c.hh, 2)
	case "mi":
		return plain(&c.mi, 2)
	case "ss":
		return plain(&c.ss, 2)
	case "ms":
		return fraction(&c.ms, 3)
	case "us":
		return fraction(&c.us, 6)
	case "ff1", "ff2", "ff3", "ff4", "ff5", "ff6":
		width := int(key[2] - '0')
		err := fraction(&c.us, width)
		for ; width < 6; width++ {
			c.us *= 10
		}
		return err
	case "ssss", "sssss":
		return plain(&c.ssss, len(key))
	case "tz", "of":
		return errs.New("0A000", "formatting field \"%s\" is only supported in to_char", n.key)
	case "tzh":
		return c.zoneHours(n)
	case "tzm":
		if c.zoneSign == 0 {
			c.zoneSign = 1
		}
		_, err := c.integer(&c.zoneMinut, 2, n)
		return err
	case "a.d.", "b.c.":
		return word(&c.bc, []string{"a.d.", "b.c."}, parity)
	case "ad", "bc":
		return word(&c.bc, []string{"ad", "bc"}, parity)
	case "month":
		return word(&c.mm, months, next)
	case "mon":
		return word(&c.mm, shortMs, next)
	case "mm":
		return plain(&c.mm, 2)
	case "day":
		return word(&c.d, days, next)
	case "dy":
		return word(&c.d, shortDs, next)
	case "ddd", "iddd":
		return plain(&c.ddd, 3)
	case "dd":
		return plain(&c.dd, 2)
	case "d":
		return plain(&c.d, 1)
	case "id":
		err := plain(&c.d, 1)
		if c.d++; c.d > 7 {
			c.d = 1
		}
		return err
	case "ww", "iw":
		return plain(&c.ww, 2)
	case "q":
		return plain(nil, 1)
	case "cc":
		return plain(&c.cc, 2)
	case "w":
		return plain(&c.w, 1)
	case "j":
		return plain(&c.j, 1)
	case "rm":
		reversed := make([]string, 12)
		for i, r := range romans {
			reversed[11-i] = r
		}
		return word(&c.mm, reversed, func(i int) int { return 12 - i })
	case "y,yyy":
		return c.commaYear(n)
	case "yyyy", "iyyy", "yyy", "iyy", "yy", "iy", "y", "i":
		width := len(key)
		used, err := c.integer(&c.year, width, n)
		if err == nil && width < 4 && used < 4 {
			c.year = fullYear(c.year)
		}
		c.yearDigits = width
		c.skipOrdinal(n)
		return err
	}
	return nil
}

func (c *scanner) skipOrdinal(n *node) {
	if n.th == 0 {
		return
	}
	for i := 0; i < 2 && c.s != ""; i++ {
		c.s = c.s[runeEnd(c.s):]
	}
}

func (c *scanner) zoneHours(n *node) error {
	switch {
	case c.s != "" && strings.IndexByte("+- ", c.s[0]) >= 0:
		c.zoneSign = 1
		if c.s[0] == '-' {
			c.zoneSign = -1
		}
		c.s = c.s[1:]
	case c.extra > 0 && strings.HasSuffix(c.all[:len(c.all)-len(c.s)], "-"):
		c.zoneSign = -1
	default:
		c.zoneSign = 1
	}
	_, err := c.integer(&c.zoneHour, 2, n)
	return err
}

// commaYear reads "2,026".
func (c *scanner) commaYear(n *node) error {
	bad := badFormat("invalid input string for \"Y,YYY\"")
	thousands := leadingInt(c.s)
	rest, ok := strings.CutPrefix(c.s[len(thousands):], ",")
	if thousands == "" || !ok {
		return bad
	}
	years := leadingInt(rest[:min(3, len(rest))])
	if years == "" {
		return bad
	}
	t, err1 := strconv.Atoi(strings.TrimSpace(thousands))
	y, err2 := strconv.Atoi(strings.TrimSpace(years))
	if err1 != nil || err2 != nil || t > math.MaxInt32/1000 || t < math.MinInt32/1000 {
		return bad
	}
	if err := c.set(&c.year, t*1000+y, n); err != nil {
		return err
	}
	c.yearDigits = 4
	c.s = rest[len(years):]
	c.skipOrdinal(n)
	return nil
}
