package datetime

import (
	"strconv"

	"github.com/basement-project/basement/internal/sql/types/interval"
)

func append2(buf []byte, n int) []byte { return append(buf, byte('0'+n/10%10), byte('0'+n%10)) }

func appendYear(buf []byte, year int) []byte {
	if year >= 0 && year < 10000 {
		return append2(append2(buf, year/100), year%100)
	}
	return strconv.AppendInt(buf, int64(year), 10)
}

func appendCivil(buf []byte, year, month, day int) []byte {
	if year <= 0 {
		year = 1 - year
	}
	buf = append(appendYear(buf, year), '-')
	buf = append(append2(buf, month), '-')
	return append2(buf, day)
}

func appendClock(buf []byte, f *fields) []byte {
	buf = append(append2(buf, f.hour), ':')
	buf = append(append2(buf, f.minute), ':')
	return interval.AppendMicros(append2(buf, f.second), f.micros)
}

func appendInfinity(buf []byte, negative bool) []byte {
	if negative {
		return append(buf, "-infinity"...)
	}
	return append(buf, "infinity"...)
}

// Append appends the output function's text.
func (d Date) Append(buf []byte) []byte {
	if !d.IsFinite() {
		return appendInfinity(buf, d < 0)
	}
	year, month, day := civil(int(d) + epochJulian)
	buf = appendCivil(buf, year, month, day)
	if year <= 0 {
		buf = append(buf, " BC"...)
	}
	return buf
}

// Append appends the output function's text, with a blank between date and time.
func (t Timestamp) Append(buf []byte) []byte { return t.append(buf, ' ') }

// AppendXML appends the form JSON uses, with a T between date and time.
func (t Timestamp) AppendXML(buf []byte) []byte { return t.append(buf, 'T') }

func (t Timestamp) append(buf []byte, sep byte) []byte {
	if !t.IsFinite() {
		return appendInfinity(buf, t < 0)
	}
	f := t.breakDown()
	buf = append(appendCivil(buf, f.year, f.month, f.day), sep)
	buf = appendClock(buf, &f)
	if f.year <= 0 {
		buf = append(buf, " BC"...)
	}
	return buf
}

// AppendZoned appends a timestamptz's output: local time and the zone's offset, seconds east of UTC.
func (t Timestamp) AppendZoned(buf []byte, east int) []byte { return t.appendZoned(buf, ' ', east) }

// AppendZonedXML appends the form JSON uses.
func (t Timestamp) AppendZonedXML(buf []byte, east int) []byte { return t.appendZoned(buf, 'T', east) }

func (t Timestamp) appendZoned(buf []byte, sep byte, east int) []byte {
	if !t.IsFinite() {
		return appendInfinity(buf, t < 0)
	}
	local := t + Timestamp(int64(east)*usecSecond)
	f := local.breakDown()
	buf = append(appendCivil(buf, f.year, f.month, f.day), sep)
	buf = appendClock(buf, &f)
	buf = appendOffset(buf, east, sep == 'T')
	if f.year <= 0 {
		buf = append(buf, " BC"...)
	}
	return buf
}

// appendOffset appends "+01", "+05:30", "+00:19:32"; minutes always when asked.
func appendOffset(buf []byte, east int, minutes bool) []byte {
	sign := byte('+')
	if east < 0 {
		sign, east = '-', -east
	}
	buf = append(buf, sign)
	if hours := east / 3600; hours > 99 {
		buf = strconv.AppendInt(buf, int64(hours), 10)
	} else {
		buf = append2(buf, hours)
	}
	if minutes || east%3600 != 0 {
		buf = append2(append(buf, ':'), east/60%60)
	}
	if east%60 != 0 {
		buf = append2(append(buf, ':'), east%60)
	}
	return buf
}

// Append appends the output function's text.
func (t Time) Append(buf []byte) []byte {
	var f fields
	f.setClock(int64(t))
	return appendClock(buf, &f)
}

// Append appends the output function's text.
func (t TimeTZ) Append(buf []byte) []byte {
	return appendOffset(t.Time.Append(buf), int(-t.West), false)
}

// String is the output function's text.
func (d Date) String() string      { return string(d.Append(nil)) }
func (t Timestamp) String() string { return string(t.Append(nil)) }
func (t Time) String() string      { return string(t.Append(nil)) }
func (t TimeTZ) String() string    { return string(t.Append(nil)) }
