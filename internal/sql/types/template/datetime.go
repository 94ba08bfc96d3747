package template

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Moment is a date and time as calendar fields, or an interval.
type Moment struct {
	Year, Month, Day     int // Year 0 is 1 BC
	Hour, Minute, Second int
	Micros               int
	Weekday              int // 0 is Sunday
	YearDay              int // from 1
	ISOYear, ISOWeek     int
	Julian               int
	// Zoned says that the zone is known; Offset is seconds east of UTC, Zone the abbreviation.
	Zoned    bool
	Offset   int
	Zone     string
	Interval bool
}

type node struct {
	key     string // the keyword in the table's spelling, "" for a literal
	text    string // the literal, or the keyword as written
	fill    bool   // FM before it
	local   bool   // TM before it
	ordinal byte   // 't' or 'T' for th and TH after it
	quoted  bool
}

// dateKeys are the keywords; longer ones before their beginnings.
var dateKeys = []string{
	"A.D.", "A.M.", "AD", "AM", "B.C.", "BC", "CC", "DAY", "DDD", "DD", "DY", "Day", "Dy", "D", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6",
	"FX", "HH24", "HH12", "HH", "IDDD", "ID", "IW", "IYYY", "IYY", "IY", "I", "J", "MI", "MM", "MONTH", "MON", "MS", "Month", "Mon", "OF",
	"P.M.", "PM", "Q", "RM", "SSSSS", "SSSS", "SS", "TZH", "TZM", "TZ", "US", "WW", "W", "Y,YYY", "YYYY", "YYY", "YY", "Y",
	"a.d.", "a.m.", "ad", "am", "b.c.", "bc", "cc", "day", "ddd", "dd", "dy", "d", "ff1", "ff2", "ff3", "ff4", "ff5", "ff6", "fx", "hh24",
	"hh12", "hh", "iddd", "id", "iw", "iyyy", "iyy", "iy", "i", "j", "mi", "mm", "month", "mon", "ms", "of", "p.m.", "pm", "q", "rm",
	"sssss", "ssss", "ss", "tzh", "tzm", "tz", "us", "ww", "w", "y,yyy", "yyyy", "yyy", "yy", "y",
}

// parse reads a template.
func parse(s string, keys []string, ordinals bool) []node {
	var out []node
next:
	for s != "" {
		n := node{}
		rest := s
		if ordinals {
			for {
				switch {
				case strings.HasPrefix(rest, "FM") || strings.HasPrefix(rest, "fm"):
					n.fill, rest = true, rest[2:]
					continue
				case strings.HasPrefix(rest, "TM") || strings.HasPrefix(rest, "tm"):
					n.local, rest = true, rest[2:]
					continue
				}
				break
			}
		}
		for _, k := range keys {
			if !strings.HasPrefix(rest, k) {
				continue
			}
			n.key, n.text = k, k
			s = rest[len(k):]
			if ordinals {
				switch {
				case strings.HasPrefix(s, "TH"):
					n.ordinal, s = 'T', s[2:]
				case strings.HasPrefix(s, "th"):
					n.ordinal, s = 't', s[2:]
				case strings.HasPrefix(s, "SP"), strings.HasPrefix(s, "sp"):
					s = s[2:]
				}
			}
			out = append(out, n)
			continue next
		}
		if rest != s {
			// A prefix of nothing is read over.
			s = rest
			continue
		}
		if s[0] == '"' {
			s = s[1:]
			for s != "" && s[0] != '"' {
				if s[0] == '\\' && len(s) > 1 {
					s = s[1:]
				}
				_, k := utf8.DecodeRuneInString(s)
				out = append(out, node{text: s[:k], quoted: true})
				s = s[k:]
			}
			s = strings.TrimPrefix(s, `"`)
			continue
		}
		if s[0] == '\\' && len(s) > 1 && s[1] == '"' {
			s = s[1:]
		}
		_, k := utf8.DecodeRuneInString(s)
		out = append(out, node{text: s[:k]})
		s = s[k:]
	}
	return out
}

var (
	monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	dayNames   = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	romans     = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}
)

// ordinal is the ending of a number: st, nd, rd, th.
func ordinal(digits string, upper bool) string {
	end := "th"
	if n := len(digits); n > 0 && !(n > 1 && digits[n-2] == '1') {
		switch digits[n-1] {
		case '1':
			end = "st"
		case '2':
			end = "nd"
		case '3':
			end = "rd"
		}
	}
	if upper {
		return strings.ToUpper(end)
	}
	return end
}

// adjusted is the year as people count: 1 BC is 1.
func (m *Moment) adjusted(year int) int {
	if m.Interval || year > 0 {
		return year
	}
	return -(year - 1)
}

// Format writes m by a template.
func Format(m *Moment, template string) (string, error) {
	var b strings.Builder
	for _, n := range parse(template, dateKeys, true) {
		if n.key == "" {
			b.WriteString(n.text)
			continue
		}
		if err := m.write(&b, &n); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func (m *Moment) write(b *strings.Builder, n *node) error {
	number := func(v, width int) {
		if n.fill {
			width = 0
		}
		if v < 0 && width > 0 {
			width++
		}
		s := fmt.Sprintf("%0*d", width, v)
		b.WriteString(s)
		if n.ordinal != 0 {
			b.WriteString(ordinal(s, n.ordinal == 'T'))
		}
	}
	word := func(s string, width int) {
		switch {
		case n.key == strings.ToUpper(n.key):
			s = strings.ToUpper(s)
		case n.key == strings.ToLower(n.key):
			s = strings.ToLower(s)
		}
		if !n.fill && !n.local {
			s = fmt.Sprintf("%-*s", width, s)
		}
		b.WriteString(s)
	}
	calendar := func() error {
		if m.Interval {
			return errNotForIntervals()
		}
		return nil
	}
	switch strings.ToUpper(n.key) {
	case "A.M.", "P.M.", "AM", "PM":
		s := "AM"
		if m.Hour%24 >= 12 {
			s = "PM"
		}
		if strings.Contains(n.key, ".") {
			s = s[:1] + ".M."
		}
		if n.key == strings.ToLower(n.key) {
			s = strings.ToLower(s)
		}
		b.WriteString(s)
	case "HH", "HH12":
		h := m.Hour % 12
		if h == 0 {
			h = 12
		}
		number(h, 2)
	case "HH24":
		number(m.Hour, 2)
	case "MI":
		number(m.Minute, 2)
	case "SS":
		number(m.Second, 2)
	case "MS", "FF3":
		b.WriteString(fmt.Sprintf("%03d", m.Micros/1000) + th(n, m.Micros/1000))
	case "US", "FF6":
		b.WriteString(fmt.Sprintf("%06d", m.Micros) + th(n, m.Micros))
	case "FF1":
		b.WriteString(fmt.Sprintf("%01d", m.Micros/100000) + th(n, m.Micros/100000))
	case "FF2":
		b.WriteString(fmt.Sprintf("%02d", m.Micros/10000) + th(n, m.Micros/10000))
	case "FF4":
		b.WriteString(fmt.Sprintf("%04d", m.Micros/100) + th(n, m.Micros/100))
	case "FF5":
		b.WriteString(fmt.Sprintf("%05d", m.Micros/10) + th(n, m.Micros/10))
	case "SSSS", "SSSSS":
		v := m.Hour*3600 + m.Minute*60 + m.Second
		b.WriteString(strconv.Itoa(v) + th(n, v))
	case "TZ":
		if err := calendar(); err != nil {
			return err
		}
		if m.Zoned {
			if n.key == "tz" {
				b.WriteString(strings.ToLower(m.Zone))
			} else {
				b.WriteString(m.Zone)
			}
		}
	case "TZH":
		if err := calendar(); err != nil {
			return err
		}
		b.WriteString(sign(m.Offset) + fmt.Sprintf("%02d", abs(m.Offset)/3600))
	case "TZM":
		if err := calendar(); err != nil {
			return err
		}
		b.WriteString(fmt.Sprintf("%02d", abs(m.Offset)%3600/60))
	case "OF":
		if err := calendar(); err != nil {
			return err
		}
		width := 2
		if n.fill {
			width = 0
		}
		b.WriteString(sign(m.Offset) + fmt.Sprintf("%0*d", width, abs(m.Offset)/3600))
		if min := abs(m.Offset) % 3600 / 60; min != 0 {
			b.WriteString(fmt.Sprintf(":%02d", min))
		}
	case "A.D.", "B.C.", "AD", "BC":
		if err := calendar(); err != nil {
			return err
		}
		s := "AD"
		if m.Year <= 0 {
			s = "BC"
		}
		if strings.Contains(n.key, ".") {
			s = s[:1] + "." + s[1:] + "."
		}
		if n.key == strings.ToLower(n.key) {
			s = strings.ToLower(s)
		}
		b.WriteString(s)
	case "MONTH":
		if err := calendar(); err != nil {
			return err
		}
		word(monthNames[m.Month-1], 9)
	case "MON":
		if err := calendar(); err != nil {
			return err
		}
		word(monthNames[m.Month-1][:3], 0)
	case "MM":
		number(m.Month, 2)
	case "DAY":
		if err := calendar(); err != nil {
			return err
		}
		word(dayNames[m.Weekday], 9)
	case "DY":
		if err := calendar(); err != nil {
			return err
		}
		word(dayNames[m.Weekday][:3], 0)
	case "DDD":
		number(m.YearDay, 3)
	case "IDDD":
		number(m.isoYearDay(), 3)
	case "DD":
		number(m.Day, 2)
	case "D":
		if err := calendar(); err != nil {
			return err
		}
		b.WriteString(strconv.Itoa(m.Weekday+1) + th(n, m.Weekday+1))
	case "ID":
		if err := calendar(); err != nil {
			return err
		}
		d := m.Weekday
		if d == 0 {
			d = 7
		}
		b.WriteString(strconv.Itoa(d) + th(n, d))
	case "WW":
		number((m.YearDay-1)/7+1, 2)
	case "IW":
		number(m.ISOWeek, 2)
	case "Q":
		if m.Month == 0 {
			return nil
		}
		b.WriteString(strconv.Itoa((m.Month-1)/3+1) + th(n, (m.Month-1)/3+1))
	case "CC":
		c := 0
		switch {
		case m.Interval:
			c = m.Year / 100
		case m.Year > 0:
			c = (m.Year-1)/100 + 1
		default:
			c = m.Year/100 - 1
		}
		if c <= 99 && c >= -99 {
			number(c, 2)
		} else {
			number(c, 0)
		}
	case "Y,YYY":
		y := m.adjusted(m.Year)
		s := fmt.Sprintf("%d,%03d", y/1000, y%1000)
		b.WriteString(s)
		if n.ordinal != 0 {
			b.WriteString(ordinal(s, n.ordinal == 'T'))
		}
	case "YYYY":
		number(m.adjusted(m.Year), 4)
	case "YYY":
		number(m.adjusted(m.Year)%1000, 3)
	case "YY":
		number(m.adjusted(m.Year)%100, 2)
	case "Y":
		number(m.adjusted(m.Year)%10, 1)
	case "IYYY":
		number(m.adjusted(m.ISOYear), 4)
	case "IYY":
		number(m.adjusted(m.ISOYear)%1000, 3)
	case "IY":
		number(m.adjusted(m.ISOYear)%100, 2)
	case "I":
		number(m.adjusted(m.ISOYear)%10, 1)
	case "RM":
		if m.Month == 0 && m.Year == 0 {
			return nil
		}
		i := m.Month
		if i <= 0 {
			i += 12
		}
		s := romans[(i-1)%12]
		if n.key == "rm" {
			s = strings.ToLower(s)
		}
		if !n.fill {
			s = fmt.Sprintf("%-4s", s)
		}
		b.WriteString(s)
	case "W":
		number((m.Day-1)/7+1, 1)
	case "J":
		b.WriteString(strconv.Itoa(m.Julian) + th(n, m.Julian))
	}
	return nil
}

func th(n *node, v int) string {
	if n.ordinal == 0 {
		return ""
	}
	return ordinal(strconv.Itoa(v), n.ordinal == 'T')
}

// isoYearDay counts from the Monday of the ISO year's first week.
func (m *Moment) isoYearDay() int {
	d := m.Weekday
	if d == 0 {
		d = 7
	}
	return (m.ISOWeek-1)*7 + d
}

func sign(i int) string {
	if i < 0 {
		return "-"
	}
	return "+"
}

func abs(i int) int {
	if i < 0 {
		return -i
	}
	return i
}
