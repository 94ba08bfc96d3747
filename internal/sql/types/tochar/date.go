package tochar

import (
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/interval"
)

// moment is what a pattern prints: a moment, or an interval's fields.
type moment struct {
	datetime.Moment
	interval bool
	zoned    bool
	east     int
	abbrev   string
	yday     int
	wday     int
}

// Timestamp is to_char of a timestamp; an infinity gives no text (ok is false).
func Timestamp(t datetime.Timestamp, pattern string) (text string, ok bool, err error) {
	if pattern == "" || !t.IsFinite() {
		return "", false, nil
	}
	m := moment{Moment: t.Moment()}
	m.yday, m.wday = m.DayOfYear(), m.Weekday()
	text, err = m.format(pattern)
	return text, true, err
}

// Timestamptz is to_char of a timestamptz as a zone's clock shows it.
func Timestamptz(t datetime.Timestamp, pattern string, loc *time.Location) (text string, ok bool, err error) {
	if pattern == "" || !t.IsFinite() {
		return "", false, nil
	}
	m := moment{Moment: t.Local(loc).Moment(), zoned: true}
	m.east, m.abbrev = t.ZoneAt(loc)
	m.yday, m.wday = m.DayOfYear(), m.Weekday()
	text, err = m.format(pattern)
	return text, true, err
}

// Interval is to_char of an interval.
func Interval(v interval.Interval, pattern string) (text string, ok bool, err error) {
	if pattern == "" {
		return "", false, nil
	}
	m := moment{interval: true, Moment: datetime.Moment{Year: int(v.Months / 12), Month: int(v.Months % 12), Day: int(v.Days),
		Hour: int(v.Micros / interval.Hour), Minute: int(v.Micros % interval.Hour / interval.Minute),
		Second: int(v.Micros % interval.Minute / interval.Second), Micros: int(v.Micros % interval.Second)}}
	m.yday = int(v.Months)*30 + int(v.Days)
	text, err = m.format(pattern)
	return text, true, err
}

// padded prints a number in at least width digits, the sign apart.
func padded(n, width int, fill bool) string {
	if fill {
		return strconv.Itoa(n)
	}
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	if len(s) < width {
		s = strings.Repeat("0", width-len(s)) + s
	}
	return sign + s
}

// zeros prints a number as C's %0*d does: the sign counts as a digit.
func zeros(n, width int, fill bool) string {
	if n < 0 {
		width--
	}
	return padded(n, width, fill)
}

func cased(word, key string) string {
	switch {
	case key[0] >= 'a':
		return strings.ToLower(word)
	case len(key) > 1 && key[1] >= 'A' && key[1] <= 'Z' || key[1] == '.':
		return strings.ToUpper(word)
	}
	return word
}

func (n node) name(word string, width int) string {
	word = cased(word, n.key)
	if !n.fill && !n.tm && len(word) < width {
		word += strings.Repeat(" ", width-len(word))
	}
	return word
}

func (m *moment) year(y int) int {
	if !m.interval && y <= 0 {
		return 1 - y
	}
	return y
}

func (m *moment) format(pattern string) (string, error) {
	var out strings.Builder
	for _, n := range parse(pattern, dateKeys, true) {
		if n.kind != action {
			out.WriteString(n.text)
			continue
		}
		text, number, err := m.field(n)
		if err != nil {
			return "", err
		}
		out.WriteString(text)
		if number && n.th != 0 {
			out.WriteString(ordinal(text, n.th == 'T'))
		}
	}
	return out.String(), nil
}

func (m *moment) field(n node) (text string, number bool, err error) {
	num := func(v, width int) (string, bool, error) { return padded(v, width, n.fill), true, nil }
	key := strings.ToLower(n.key)
	if m.interval {
		switch key {
		case "tz", "tzh", "tzm", "of", "a.d.", "b.c.", "ad", "bc", "month", "mon", "day", "dy", "d", "id":
			return "", false, errs.New("22007", "invalid format specification for an interval value").
				WithHint("Intervals are not tied to specific calendar dates.")
		}
	}
	switch key {
	case "fx":
		return "", false, nil
	case "a.m.", "p.m.":
		return cased(pick(m.Hour%24 >= 12, "P.M.", "A.M."), n.key), false, nil
	case "am", "pm":
		return cased(pick(m.Hour%24 >= 12, "PM", "AM"), n.key), false, nil
	case "hh", "hh12":
		h := m.Hour % 12
		if h == 0 {
			h = 12
		}
		return num(h, 2)
	case "hh24":
		return num(m.Hour, 2)
	case "mi":
		return num(m.Minute, 2)
	case "ss":
		return num(m.Second, 2)
	case "ff1", "ff2", "ff3", "ff4", "ff5", "ff6", "ms", "us":
		digits := 6
		if key == "ms" {
			digits = 3
		} else if key != "us" {
			digits = int(key[2] - '0')
		}
		v := m.Micros
		for i := digits; i < 6; i++ {
			v /= 10
		}
		return padded(v, digits, false), true, nil
	case "ssss", "sssss":
		return strconv.Itoa(m.Hour*3600 + m.Minute*60 + m.Second), true, nil
	case "tz":
		return pick(n.key == "tz", strings.ToLower(m.abbrev), m.abbrev), false, nil
	case "tzh":
		return signOf(m.east) + padded(abs(m.east)/3600, 2, false), false, nil
	case "tzm":
		return padded(abs(m.east)%3600/60, 2, false), false, nil
	case "of":
		text := signOf(m.east) + padded(abs(m.east)/3600, 2, n.fill)
		if abs(m.east)%3600 != 0 {
			text += ":" + padded(abs(m.east)%3600/60, 2, false)
		}
		return text, false, nil
	case "a.d.", "b.c.":
		return cased(pick(m.Year <= 0, "B.C.", "A.D."), n.key), false, nil
	case "ad", "bc":
		return cased(pick(m.Year <= 0, "BC", "AD"), n.key), false, nil
	case "month":
		return n.name(months[m.Month-1], 9), false, nil
	case "mon":
		return cased(shortMs[m.Month-1], n.key), false, nil
	case "mm":
		return num(m.Month, 2)
	case "day":
		return n.name(days[m.wday], 9), false, nil
	case "dy":
		return cased(shortDs[m.wday], n.key), false, nil
	case "ddd":
		return zeros(m.yday, 3, n.fill), true, nil
	case "iddd":
		year, _ := m.ISOWeek()
		return num(m.JulianDay()-datetime.ISOWeekStart(year)+1, 3)
	case "dd":
		return zeros(m.Day, 2, n.fill), true, nil
	case "d":
		return strconv.Itoa(m.wday + 1), true, nil
	case "id":
		return strconv.Itoa((m.wday+6)%7 + 1), true, nil
	case "ww":
		return zeros((m.yday-1)/7+1, 2, n.fill), true, nil
	case "iw":
		_, week := m.ISOWeek()
		return num(week, 2)
	case "q":
		if m.Month == 0 {
			return "", false, nil
		}
		return strconv.Itoa((m.Month-1)/3 + 1), true, nil
	case "cc":
		c := m.Year / 100
		if !m.interval {
			if m.Year > 0 {
				c = (m.Year-1)/100 + 1
			} else {
				c = m.Year/100 - 1
			}
		}
		return num(c, 2)
	case "y,yyy":
		y := m.year(m.Year)
		return strconv.Itoa(y/1000) + "," + zeros(y%1000, 3, false), true, nil
	case "yyyy":
		return num(m.year(m.Year), 4)
	case "yyy":
		return num(m.year(m.Year)%1000, 3)
	case "yy":
		return num(m.year(m.Year)%100, 2)
	case "y":
		return num(m.year(m.Year)%10, 1)
	case "iyyy", "iyy", "iy", "i":
		year, _ := m.ISOWeek()
		width := len(key)
		y := m.year(year)
		return num(y%[]int{0, 10, 100, 1000, 1 << 30}[width], width)
	case "rm":
		return m.roman(n), false, nil
	case "w":
		return strconv.Itoa((m.Day-1)/7 + 1), true, nil
	case "j":
		return strconv.Itoa(m.JulianDay()), true, nil
	}
	return "", false, nil
}

func (m *moment) roman(n node) string {
	if m.Month == 0 && m.Year == 0 {
		return ""
	}
	i := m.Month
	switch {
	case i == 0 && m.Year >= 0:
		i = 12
	case i == 0:
		i = 1
	case i < 0:
		i = 13 + i
	}
	word := romans[i-1]
	if n.key == "rm" {
		word = strings.ToLower(word)
	}
	if !n.fill && len(word) < 4 {
		word += strings.Repeat(" ", 4-len(word))
	}
	return word
}

func pick(b bool, yes, no string) string {
	if b {
		return yes
	}
	return no
}

func signOf(n int) string { return pick(n < 0, "-", "+") }

func abs(n int) int { return max(n, -n) }
