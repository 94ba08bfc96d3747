package datetime

import (
	"strconv"
	"strings"
)

// The stored form is text whose bytes order as time does. Years 1 to 9999 are as PostgreSQL prints them. Later years follow
// a letter that sorts behind the digits: Y and six digits, Z and seven. Years before 1 AD follow a point, which sorts before
// the digits, counted back from 9999. The infinities sort outside all of them.

// AppendStored appends the stored form.
func (d Date) AppendStored(buf []byte) []byte {
	if !d.IsFinite() {
		return appendInfinity(buf, d < 0)
	}
	year, month, day := civil(int(d) + epochJulian)
	return appendStoredCivil(buf, year, month, day)
}

// AppendStored appends the stored form.
func (t Timestamp) AppendStored(buf []byte) []byte {
	if !t.IsFinite() {
		return appendInfinity(buf, t < 0)
	}
	f := t.breakDown()
	buf = append(appendStoredCivil(buf, f.year, f.month, f.day), ' ')
	return appendClock(buf, &f)
}

func appendStoredCivil(buf []byte, year, month, day int) []byte {
	switch {
	case year <= 0:
		buf = appendYear(append(buf, '.'), 9999-(1-year))
	case year < 10000:
		buf = appendYear(buf, year)
	case year < 1000000:
		buf = append2(append2(append2(append(buf, 'Y'), year/10000), year/100%100), year%100)
	default:
		buf = appendYear(append(buf, 'Z'), year)
	}
	buf = append(append2(append(buf, '-'), month), '-')
	return append2(buf, day)
}

// Stored gives the stored form as a string.
func (d Date) Stored() string { return string(d.AppendStored(make([]byte, 0, 10))) }

// Stored gives the stored form as a string.
func (t Timestamp) Stored() string { return string(t.AppendStored(make([]byte, 0, 26))) }

func digit2(s string) (int, bool) {
	a, b := s[0]-'0', s[1]-'0'
	return int(a)*10 + int(b), a <= 9 && b <= 9
}

func digits(s string) (n int, ok bool) {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}

// storedCivil reads the date at the start of a stored text.
func storedCivil(s string) (year, month, day int, rest string, ok bool) {
	width, start := 4, 0
	bc := false
	if s != "" {
		switch s[0] {
		case '.':
			start, bc = 1, true
		case 'Y':
			start, width = 1, 6
		case 'Z':
			start, width = 1, 7
		}
	}
	end := start + width
	if len(s) < end+6 || s[end] != '-' || s[end+3] != '-' {
		return 0, 0, 0, "", false
	}
	year, ok1 := digits(s[start:end])
	month, ok2 := digit2(s[end+1:])
	day, ok3 := digit2(s[end+4:])
	if bc {
		year = 1 - (9999 - year)
	}
	return year, month, day, s[end+6:], ok1 && ok2 && ok3 && month >= 1 && month <= 12 && day >= 1 && day <= 31
}

// StoredDate reads a stored date; ok is false when it is none.
func StoredDate(s string) (Date, bool) {
	year, month, day, rest, ok := storedCivil(s)
	if !ok || rest != "" {
		switch s {
		case "infinity":
			return InfinityDate, true
		case "-infinity":
			return NegInfinityDate, true
		}
		return 0, false
	}
	return Date(julian(year, month, day) - epochJulian), true
}

// StoredTimestamp reads a stored timestamp or timestamptz; ok is false when it is none.
func StoredTimestamp(s string) (Timestamp, bool) {
	year, month, day, rest, ok := storedCivil(s)
	if !ok || len(rest) < 9 || rest[0] != ' ' {
		switch s {
		case "infinity":
			return Infinity, true
		case "-infinity":
			return NegInfinity, true
		}
		return 0, false
	}
	clock, ok := StoredTime(rest[1:])
	return Timestamp(int64(julian(year, month, day)-epochJulian)*usecDay + int64(clock)), ok
}

// StoredTime reads "hh:mm:ss" with an optional fraction.
func StoredTime(s string) (Time, bool) {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' {
		return 0, false
	}
	h, ok1 := digit2(s)
	m, ok2 := digit2(s[3:])
	sec, ok3 := digit2(s[6:])
	if !ok1 || !ok2 || !ok3 || h > 24 || m > 59 || sec > 60 {
		return 0, false
	}
	micros := 0
	if len(s) > 8 {
		fraction := s[9:]
		n, ok := digits(fraction)
		if s[8] != '.' || !ok || len(fraction) > 6 {
			return 0, false
		}
		for i := len(fraction); i < 6; i++ {
			n *= 10
		}
		micros = n
	}
	return Time(int64(h)*usecHour + int64(m)*usecMinute + int64(sec)*usecSecond + int64(micros)), true
}

// StoredTimeTZ reads a timetz as it is printed.
func StoredTimeTZ(s string) (TimeTZ, bool) {
	for i := len(s) - 1; i >= 8; i-- {
		if s[i] == '+' || s[i] == '-' {
			t, ok := StoredTime(s[:i])
			// Computed zones may be of any size.
			west := 0
			for k, part := range strings.SplitN(s[i+1:], ":", 3) {
				n, err := strconv.Atoi(part)
				if err != nil {
					return TimeTZ{}, false
				}
				west += n * [3]int{3600, 60, 1}[k]
			}
			if s[i] == '+' {
				west = -west
			}
			return TimeTZ{t, int32(west)}, ok
		}
	}
	return TimeTZ{}, false
}
