package interval

import (
	"math"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/datefield"
)

// builder gathers an interval while it is read. Its methods answer false on overflow.
type builder struct {
	micros              int64
	days, months, years int32
}

func addScaled(to *int32, val, scale int64) bool {
	p, ok := mulInt64(val, scale)
	if !ok {
		return false
	}
	s, ok := addInt64(int64(*to), p)
	if !ok || s != int64(int32(s)) {
		return false
	}
	*to = int32(s)
	return true
}

func (b *builder) addMicros(val int64, fraction float64, scale int64) bool {
	p, ok := mulInt64(val, scale)
	if !ok {
		return false
	}
	if b.micros, ok = addInt64(b.micros, p); !ok {
		return false
	}
	return b.addFraction(fraction, scale)
}

func (b *builder) addFraction(fraction float64, scale int64) bool {
	if fraction == 0 {
		return true
	}
	fraction *= float64(scale)
	whole := int64(fraction)
	fraction -= float64(whole)
	if fraction > 0.5 {
		whole++
	} else if fraction < -0.5 {
		whole--
	}
	var ok bool
	b.micros, ok = addInt64(b.micros, whole)
	return ok
}

func (b *builder) addFractionDays(fraction float64, scale int64) bool {
	if fraction == 0 {
		return true
	}
	fraction *= float64(scale)
	whole := int64(fraction)
	if !addScaled(&b.days, whole, 1) {
		return false
	}
	return b.addFraction(fraction-float64(whole), Day)
}

func (b *builder) addYears(val int64, fraction float64, scale int64) bool {
	return addScaled(&b.years, val, scale) &&
		addScaled(&b.months, int64(math.RoundToEven(fraction*float64(scale)*12)), 1)
}

// add adds a value of a unit, and gives the mask of what it says.
func (b *builder) add(unit int, val int64, fraction float64) (mask uint32, fault datefield.Fault) {
	bit := func(k datefield.WordKind) uint32 { return 1 << k }
	ok := false
	switch unit {
	case datefield.UnitMicrosec:
		ok, mask = b.addMicros(val, fraction, 1), bit(datefield.Microsec)
	case datefield.UnitMillisec:
		ok, mask = b.addMicros(val, fraction, 1000), bit(datefield.Millisec)
	case datefield.UnitSecond:
		ok, mask = b.addMicros(val, fraction, Second), bit(datefield.Second)
		if fraction != 0 {
			mask |= bit(datefield.Millisec) | bit(datefield.Microsec)
		}
	case datefield.UnitMinute:
		ok, mask = b.addMicros(val, fraction, Minute), bit(datefield.Minute)
	case datefield.UnitHour:
		ok, mask = b.addMicros(val, fraction, Hour), bit(datefield.Hour)
	case datefield.UnitDay:
		ok, mask = addScaled(&b.days, val, 1) && b.addFraction(fraction, Day), bit(datefield.Day)
	case datefield.UnitWeek:
		ok, mask = addScaled(&b.days, val, 7) && b.addFractionDays(fraction, 7), bit(datefield.Week)
	case datefield.UnitMonth:
		ok, mask = addScaled(&b.months, val, 1) && b.addFractionDays(fraction, 30), bit(datefield.Month)
	case datefield.UnitYear:
		ok, mask = b.addYears(val, fraction, 1), bit(datefield.Year)
	case datefield.UnitDecade:
		ok, mask = b.addYears(val, fraction, 10), bit(datefield.Decade)
	case datefield.UnitCentury:
		ok, mask = b.addYears(val, fraction, 100), bit(datefield.Century)
	case datefield.UnitMillennium:
		ok, mask = b.addYears(val, fraction, 1000), bit(datefield.Millenium)
	default:
		return 0, datefield.BadFormat
	}
	if !ok {
		return 0, datefield.Overflow
	}
	return mask, datefield.OK
}

// Parse reads an interval as the input function does; fields are the type's limits, AllFields for none.
func Parse(text string, fields int32) (Interval, error) {
	var b builder
	fault := datefield.BadFormat
	if parts, ok := datefield.Split(text, 256); ok {
		fault = b.words(parts, fields)
	}
	if fault == datefield.BadFormat {
		b = builder{}
		fault = b.iso(text)
	}
	if fault == datefield.Overflow {
		fault = datefield.IntervalOverflow
	}
	if err := fault.Error("interval", text); err != nil {
		return Interval{}, err
	}
	months := int64(b.years)*12 + int64(b.months)
	if months != int64(int32(months)) {
		return Interval{}, outOfRange()
	}
	return Interval{int32(months), b.days, b.micros}, nil
}

const clockMask = 1<<datefield.Hour | 1<<datefield.Minute | 1<<datefield.Second | 1<<datefield.Millisec | 1<<datefield.Microsec

// lastUnit is what a number without a unit at the end stands for.
func lastUnit(fields int32) int {
	switch {
	case fields == AllFields || fields&FieldSecond != 0:
		return datefield.UnitSecond
	case fields&FieldMinute != 0:
		return datefield.UnitMinute
	case fields&FieldHour != 0:
		return datefield.UnitHour
	case fields&FieldDay != 0:
		return datefield.UnitDay
	case fields&FieldMonth != 0:
		return datefield.UnitMonth
	case fields&FieldYear != 0:
		return datefield.UnitYear
	}
	return datefield.UnitSecond
}

// words reads the verbose form from its end, so that units come before their numbers.
func (b *builder) words(parts []datefield.Field, fields int32) datefield.Fault {
	const none = -1
	var seen uint32
	unit, ago := none, false
	for i := len(parts) - 1; i >= 0; i-- {
		text := parts[i].Text
		var mask uint32
		kind := parts[i].Kind
		minuteSecond := fields == FieldMinute|FieldSecond
		if kind == datefield.Zone && strings.Contains(text, ":") && b.clock(text[1:], minuteSecond) == datefield.OK {
			if text[0] == '-' {
				b.micros = -b.micros
			}
			kind = datefield.Time
		} else if kind == datefield.Time {
			if fault := b.clock(text, minuteSecond); fault != datefield.OK {
				return fault
			}
		}
		switch kind {
		case datefield.Time:
			mask, unit = clockMask, datefield.UnitDay
		case datefield.Zone, datefield.Date, datefield.Number:
			if unit == none {
				unit = lastUnit(fields)
			}
			val, rest, fit := datefield.Int(text, 64)
			if !fit {
				return datefield.Overflow
			}
			fraction := 0.0
			switch {
			case rest == "":
			case rest[0] == '-':
				months, after, fit := datefield.Int(rest[1:], 32)
				if !fit || months < 0 || months >= 12 {
					return datefield.Overflow
				}
				if after != "" {
					return datefield.BadFormat
				}
				unit = datefield.UnitMonth
				if text[0] == '-' {
					months = -months
				}
				var ok bool
				if val, ok = mulInt64(val, 12); !ok {
					return datefield.Overflow
				}
				if val, ok = addInt64(val, months); !ok {
					return datefield.Overflow
				}
			case rest[0] == '.':
				var fault datefield.Fault
				if fraction, fault = datefield.Fraction(rest); fault != datefield.OK {
					return fault
				}
				if text[0] == '-' {
					fraction = -fraction
				}
			default:
				return datefield.BadFormat
			}
			var fault datefield.Fault
			if mask, fault = b.add(unit, val, fraction); fault != datefield.OK {
				return fault
			}
			if unit == datefield.UnitHour {
				unit = datefield.UnitDay
			}
		default:
			word, ok := datefield.FindUnit(text)
			switch {
			case !ok:
				return datefield.BadFormat
			case word.Kind == datefield.Ignored:
				continue
			case word.Kind == datefield.Ago:
				ago, unit = true, word.Value
			default:
				unit = word.Value
			}
		}
		if mask&seen != 0 {
			return datefield.BadFormat
		}
		seen |= mask
	}
	if seen == 0 {
		return datefield.BadFormat
	}
	if ago {
		if b.micros == math.MinInt64 || b.days == math.MinInt32 || b.months == math.MinInt32 || b.years == math.MinInt32 {
			return datefield.Overflow
		}
		*b = builder{-b.micros, -b.days, -b.months, -b.years}
	}
	return datefield.OK
}

func (b *builder) clock(text string, minuteSecond bool) datefield.Fault {
	hour, minute, second, micros, fault := datefield.Clock(text, minuteSecond)
	if fault != datefield.OK {
		return fault
	}
	whole, ok := mulInt64(hour, Hour)
	if !ok {
		return datefield.Overflow
	}
	if b.micros, ok = addInt64(whole, minute*Minute+second*Second+micros); !ok {
		return datefield.Overflow
	}
	return datefield.OK
}

// isoNumber reads a number at the start of s as ISO 8601 intervals have them.
func isoNumber(s string) (whole int64, fraction float64, rest string, fault datefield.Fault) {
	i := 0
	if i < len(s) && s[i] == '-' {
		i++
	}
	for i < len(s) && (s[i] >= '0' && s[i] <= '9' || s[i] == '.') {
		if s[i] == '.' && strings.IndexByte(s[:i], '.') >= 0 {
			break
		}
		i++
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		j := i + 1
		if j < len(s) && (s[j] == '-' || s[j] == '+') {
			j++
		}
		if j < len(s) && s[j] >= '0' && s[j] <= '9' {
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			i = j
		}
	}
	f, err := strconv.ParseFloat(s[:i], 64)
	if err != nil {
		return 0, 0, "", datefield.BadFormat
	}
	if f < -1e15 || f > 1e15 {
		return 0, 0, "", datefield.Overflow
	}
	whole = int64(f)
	return whole, f - float64(whole), s[i:], datefield.OK
}

func digitsAhead(s string) int {
	s = strings.TrimPrefix(s, "-")
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// iso reads ISO 8601's forms: P1Y2M3DT4H5M6S, P0001-02-03T04:05:06, P00010203T040506.
func (b *builder) iso(s string) datefield.Fault {
	if len(s) < 2 || s[0] != 'P' {
		return datefield.BadFormat
	}
	s = s[1:]
	date, have := true, false
	for s != "" {
		if s[0] == 'T' {
			date, have = false, false
			s = s[1:]
			continue
		}
		width := digitsAhead(s)
		val, fraction, rest, fault := isoNumber(s)
		if fault != datefield.OK {
			return fault
		}
		unit := byte(0)
		if rest != "" {
			unit = rest[0]
			rest = rest[1:]
		}
		name := 0
		switch {
		case date && unit == 'Y':
			name = datefield.UnitYear
		case date && unit == 'M':
			name = datefield.UnitMonth
		case date && unit == 'W':
			name = datefield.UnitWeek
		case date && unit == 'D':
			name = datefield.UnitDay
		case !date && unit == 'H':
			name = datefield.UnitHour
		case !date && unit == 'M':
			name = datefield.UnitMinute
		case !date && unit == 'S':
			name = datefield.UnitSecond
		}
		if name != 0 {
			if _, fault := b.add(name, val, fraction); fault != datefield.OK {
				return fault
			}
			s, have = rest, true
			continue
		}
		if have {
			return datefield.BadFormat
		}
		if date {
			if s, fault = b.isoDate(width, val, fraction, unit, rest); fault != datefield.OK {
				return fault
			}
			date = false
			continue
		}
		return b.isoTime(width, val, fraction, unit, rest)
	}
	return datefield.OK
}

// isoDate reads the alternative date forms; what it leaves is the time after the T.
func (b *builder) isoDate(width int, val int64, fraction float64, unit byte, rest string) (string, datefield.Fault) {
	if unit != 0 && unit != 'T' && unit != '-' {
		return "", datefield.BadFormat
	}
	if unit != '-' && width == 8 {
		if !addScaled(&b.years, val/10000, 1) || !addScaled(&b.months, val/100%100, 1) || !addScaled(&b.days, val%100, 1) ||
			!b.addFraction(fraction, Day) {
			return "", datefield.Overflow
		}
		return rest, datefield.OK
	}
	units := []int{datefield.UnitYear, datefield.UnitMonth, datefield.UnitDay}
	for i, name := range units {
		if _, fault := b.add(name, val, fraction); fault != datefield.OK {
			return "", fault
		}
		switch {
		case unit == 0 || unit == 'T':
			return rest, datefield.OK
		case unit != '-' || i == 2:
			return "", datefield.BadFormat
		}
		var fault datefield.Fault
		if val, fraction, rest, fault = isoNumber(rest); fault != datefield.OK {
			return "", fault
		}
		unit = 0
		if rest != "" {
			unit, rest = rest[0], rest[1:]
		}
	}
	return "", datefield.BadFormat
}

func (b *builder) isoTime(width int, val int64, fraction float64, unit byte, rest string) datefield.Fault {
	if unit != 0 && unit != ':' {
		return datefield.BadFormat
	}
	if unit == 0 && width == 6 {
		if !b.addMicros(val/10000, 0, Hour) || !b.addMicros(val/100%100, 0, Minute) || !b.addMicros(val%100, 0, Second) ||
			!b.addFraction(fraction, 1) {
			return datefield.Overflow
		}
		return datefield.OK
	}
	for i, scale := range []int64{Hour, Minute, Second} {
		if !b.addMicros(val, fraction, scale) {
			return datefield.Overflow
		}
		if unit == 0 {
			return datefield.OK
		}
		if unit != ':' || i == 2 {
			return datefield.BadFormat
		}
		var fault datefield.Fault
		if val, fraction, rest, fault = isoNumber(rest); fault != datefield.OK {
			return fault
		}
		unit = 0
		if rest != "" {
			unit, rest = rest[0], rest[1:]
		}
	}
	return datefield.BadFormat
}
