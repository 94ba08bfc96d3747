package datetime

import (
	"math"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/datefield"
)

// zoneOffset reads "+hh", "+hhmm", "+hh:mm", "+hh:mm:ss" as seconds west of UTC.
func zoneOffset(s string) (west int, fault datefield.Fault) {
	if s == "" || s[0] != '+' && s[0] != '-' {
		return 0, datefield.BadFormat
	}
	hour, rest, fit := datefield.Int(s[1:], 32)
	if !fit {
		return 0, datefield.ZoneOverflow
	}
	var minute, second int64
	if rest != "" && rest[0] == ':' {
		if minute, rest, fit = datefield.Int(rest[1:], 32); !fit {
			return 0, datefield.ZoneOverflow
		}
		if rest != "" && rest[0] == ':' {
			if second, rest, fit = datefield.Int(rest[1:], 32); !fit {
				return 0, datefield.ZoneOverflow
			}
		}
	} else if rest == "" && len(s) > 3 {
		minute, hour = hour%100, hour/100
	}
	if hour < 0 || hour > 15 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return 0, datefield.ZoneOverflow
	}
	west = -int((hour*60+minute)*60 + second)
	if s[0] == '-' {
		west = -west
	}
	if rest != "" {
		return 0, datefield.BadFormat
	}
	return west, datefield.OK
}

// dateField reads a date with separators: "1999-01-08", "8-Jan-1999", "99.06.05".
func (d *decoder) dateField(s string) (uint32, datefield.Fault) {
	var parts []string
	for s != "" && len(parts) < 25 {
		start := strings.IndexFunc(s, func(r rune) bool {
			return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		})
		if start < 0 {
			return 0, datefield.BadFormat
		}
		s = s[start:]
		end := 0
		number := s[0] <= '9'
		for end < len(s) && (number && s[end] >= '0' && s[end] <= '9' || !number && s[end]|0x20 >= 'a' && s[end]|0x20 <= 'z') {
			end++
		}
		parts = append(parts, s[:end])
		s = s[end:]
		if s != "" {
			// The character after a part is dropped, even when it begins the next.
			s = s[1:]
		}
	}
	seen, mask := d.seen, uint32(0)
	textMonth := false
	take := func(bits uint32) bool {
		if seen&bits != 0 {
			return false
		}
		seen |= bits
		mask |= bits
		return true
	}
	for i, part := range parts {
		if part[0] <= '9' {
			continue
		}
		w, ok := datefield.FindWord(part)
		switch {
		case ok && w.Kind == datefield.Ignored:
			// It stays to be read as a number, which it is not.
			continue
		case !ok || w.Kind != datefield.Month || !take(monthBit):
			return 0, datefield.BadFormat
		}
		d.month, textMonth = w.Value, true
		parts[i] = ""
	}
	for _, part := range parts {
		if part == "" {
			continue
		}
		bits, fault := d.number(part, textMonth, seen)
		if fault != datefield.OK {
			return 0, fault
		}
		if !take(bits) {
			return 0, datefield.BadFormat
		}
	}
	if seen&^(doyBit|zoneBit) != dateBits {
		return 0, datefield.BadFormat
	}
	return mask, datefield.OK
}

// number decides what a plain number is from what is known already (DateStyle MDY).
func (d *decoder) number(s string, textMonth bool, seen uint32) (mask uint32, fault datefield.Fault) {
	v, rest, fit := datefield.Int(s, 32)
	if !fit {
		return 0, datefield.Overflow
	}
	if len(rest) == len(s) {
		return 0, datefield.BadFormat
	}
	if rest != "" {
		if rest[0] != '.' {
			return 0, datefield.BadFormat
		}
		if len(s)-len(rest) > 2 {
			return d.runTogether(s, seen|dateBits)
		}
		micros, fault := datefield.FractionMicros(rest)
		if fault != datefield.OK {
			return 0, fault
		}
		d.micros = int(micros)
	}
	val := int(v)
	if len(s) == 3 && seen&dateBits == yearBit && val >= 1 && val <= 366 {
		d.yday = val
		return doyBit | monthBit | dayBit, datefield.OK
	}
	switch seen & dateBits {
	case 0:
		mask = monthBit
		if len(s) >= 3 {
			mask = yearBit
		}
	case yearBit:
		mask = monthBit
	case monthBit:
		mask = dayBit
		if textMonth && len(s) >= 3 {
			mask = yearBit
		}
	case yearBit | monthBit:
		mask = dayBit
		if textMonth && len(s) >= 3 && d.twoDigit {
			d.day, d.year, d.twoDigit = d.year, val, false
			return dayBit, datefield.OK
		}
	case dayBit:
		mask = monthBit
	case monthBit | dayBit:
		mask = yearBit
	case dateBits:
		return d.runTogether(s, seen)
	default:
		return 0, datefield.BadFormat
	}
	switch mask {
	case yearBit:
		d.year, d.twoDigit = val, len(s) <= 2
	case monthBit:
		d.month = val
	case dayBit:
		d.day = val
	}
	return mask, datefield.OK
}

// atoi is C's: it reads what digits there are, never fails and keeps 32 bits.
func atoi(s string) int {
	v, _, fit := datefield.Int(s, 64)
	if !fit {
		return -1
	}
	return int(int32(v))
}

// runTogether reads yyyymmdd, hhmmss and hhmm, with a fraction of the second.
func (d *decoder) runTogether(s string, seen uint32) (uint32, datefield.Fault) {
	if point := strings.IndexByte(s, '.'); point >= 0 {
		f, err := strconv.ParseFloat("0"+s[point:], 64)
		if err != nil {
			return 0, datefield.BadFormat
		}
		d.micros = int(math.RoundToEven(f * 1000000))
		s = s[:point]
	} else if seen&dateBits != dateBits && len(s) >= 6 {
		n := len(s)
		d.day, d.month, d.year = atoi(s[n-2:]), atoi(s[n-4:n-2]), atoi(s[:n-4])
		if n-4 == 2 {
			d.twoDigit = true
		}
		return dateBits, datefield.OK
	}
	if seen&timeBits != timeBits {
		switch len(s) {
		case 6:
			d.hour, d.minute, d.second = atoi(s[:2]), atoi(s[2:4]), atoi(s[4:])
			return timeBits, datefield.OK
		case 4:
			d.hour, d.minute, d.second = atoi(s[:2]), atoi(s[2:]), 0
			return timeBits, datefield.OK
		}
	}
	return 0, datefield.BadFormat
}
