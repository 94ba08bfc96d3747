package template

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

func errNotForIntervals() error {
	return errs.New("22007", "invalid format specification for an interval value").
		WithHint("Intervals are not tied to specific calendar dates.")
}

// Fields are what reading a date by a template found; -1 marks what was not there.
type Fields struct {
	Year, Month, Day, YearDay    int
	Hour, Minute, Second, Micros int
	SecondsOfDay, Julian         int
	ISOYear, ISOWeek, ISODay     int
	Week, MonthWeek, Weekday     int
	BC, PM, Clock12, HasPM       bool
	HasZone                      bool
	Offset                       int
	yearDigits                   int
	century                      int
	hasYear                      bool
}

func isSeparator(c byte) bool {
	return c > ' ' && c < 127 && !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')
}

func isDigitKey(key string) bool {
	switch strings.ToUpper(key) {
	case "A.D.", "A.M.", "AD", "AM", "B.C.", "BC", "DAY", "DY", "MONTH", "MON", "P.M.", "PM", "RM", "TZ", "OF", "FX", "":
		return false
	}
	return true
}

// Read reads a text by a template, as to_date and to_timestamp do.
func Read(text, template string) (*Fields, error) {
	f := &Fields{Year: -1, Month: -1, Day: -1, YearDay: -1, SecondsOfDay: -1, Julian: -1, ISOYear: -1, ISOWeek: -1, ISODay: -1,
		Week: -1, MonthWeek: -1, Weekday: -1, century: -1}
	nodes := parse(template, dateKeys, true)
	s := text
	strict := false
	for i, n := range nodes {
		if s == "" {
			break
		}
		if strings.EqualFold(n.key, "FX") {
			strict = true
			continue
		}
		if n.key == "" {
			c := n.text[0]
			switch {
			case n.quoted || strict:
				if s != "" {
					_, k := utf8.DecodeRuneInString(s)
					s = s[k:]
				}
			case c == ' ' || isSeparator(c):
				// One space or separator of the text for one of the template, and all spaces around it.
				s = strings.TrimLeft(s, " \t\n")
				if s != "" && isSeparator(s[0]) && !(s[0] == '-' && i+1 < len(nodes) && strings.EqualFold(nodes[i+1].key, "TZH")) {
					s = s[1:]
				}
				s = strings.TrimLeft(s, " \t\n")
			default:
				_, k := utf8.DecodeRuneInString(s)
				s = s[k:]
			}
			continue
		}
		if !strict {
			s = strings.TrimLeft(s, " \t\n")
			if i == 0 {
				for s != "" && isSeparator(s[0]) && s[0] != '-' && s[0] != '+' {
					s = s[1:]
				}
			}
		}
		// A number runs to its end where no digits of the next field follow.
		open := n.fill || i+1 == len(nodes) || !isDigitKey(nodes[i+1].key)
		var err error
		if s, err = f.read(&n, s, open); err != nil {
			return nil, err
		}
		if n.ordinal != 0 && len(s) >= 2 {
			s = s[2:]
		}
	}
	return f, nil
}

func (f *Fields) read(n *node, s string, open bool) (string, error) {
	invalid := func() error {
		k := min(len(s), len(n.key))
		return errs.New("22007", "invalid value \"%s\" for \"%s\"", s[:k], n.key)
	}
	number := func(width int) (int, int, error) {
		i := 0
		if i < len(s) && (s[i] == '-' || s[i] == '+') {
			i++
		}
		start := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' && (open || i-start < width) {
			i++
		}
		if i == start {
			e := errs.New("22007", "invalid value \"%s\" for \"%s\"", s[:min(len(s), width)], n.key).WithDetail("Value must be an integer.")
			return 0, 0, e
		}
		v, err := strconv.Atoi(s[:i])
		if err != nil || v > 1<<31-1 || v < -1<<31 {
			return 0, 0, errs.New("22008", "value for \"%s\" in source string is out of range", n.key).
				WithDetail("Value must be in the range -2147483648 to 2147483647.")
		}
		digits := i - start
		s = s[i:]
		return v, digits, nil
	}
	word := func(list []string, short bool) (int, bool) {
		for i, w := range list {
			if short {
				w = w[:3]
			}
			if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) {
				s = s[len(w):]
				return i, true
			}
		}
		return 0, false
	}
	set := func(to *int, width int) error {
		v, _, err := number(width)
		if err == nil {
			*to = v
		}
		return err
	}
	var err error
	key := strings.ToUpper(n.key)
	switch key {
	case "A.M.", "P.M.", "AM", "PM":
		forms := []string{"AM", "PM"}
		if strings.Contains(key, ".") {
			forms = []string{"A.M.", "P.M."}
		}
		for i, w := range forms {
			if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) {
				f.PM, f.HasPM, f.Clock12 = i == 1, true, true
				return s[len(w):], nil
			}
		}
		return s, invalid()
	case "A.D.", "B.C.", "AD", "BC":
		forms := []string{"AD", "BC"}
		if strings.Contains(key, ".") {
			forms = []string{"A.D.", "B.C."}
		}
		for i, w := range forms {
			if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) {
				f.BC = i == 1
				return s[len(w):], nil
			}
		}
		return s, invalid()
	case "HH", "HH12":
		f.Clock12 = true
		if err = set(&f.Hour, 2); err == nil && (f.Hour < 1 || f.Hour > 12) {
			err = errs.New("22007", "hour \"%d\" is invalid for the 12-hour clock", f.Hour).
				WithHint("Use the 24-hour clock, or give an hour between 1 and 12.")
		}
	case "HH24":
		err = set(&f.Hour, 2)
	case "MI":
		err = set(&f.Minute, 2)
	case "SS":
		err = set(&f.Second, 2)
	case "MS", "US", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6":
		width := map[string]int{"MS": 3, "US": 6}[key]
		if width == 0 {
			width = int(key[2] - '0')
		}
		v, digits, err := number(width)
		if err != nil {
			return s, err
		}
		for ; digits < 6; digits++ {
			v *= 10
		}
		for ; digits > 6; digits-- {
			v /= 10
		}
		f.Micros = v
	case "SSSS", "SSSSS":
		err = set(&f.SecondsOfDay, 5)
	case "TZH":
		neg := false
		if s != "" && (s[0] == '+' || s[0] == '-') {
			neg = s[0] == '-'
			s = s[1:]
		}
		v, _, err := number(2)
		if err != nil {
			return s, err
		}
		f.HasZone, f.Offset = true, v*3600
		if neg {
			f.Offset = -f.Offset
		}
	case "TZM":
		v, _, err := number(2)
		if err != nil {
			return s, err
		}
		if f.Offset < 0 {
			v = -v
		}
		f.HasZone = true
		f.Offset += v * 60
	case "TZ", "OF":
		return s, errs.New("0A000", "formatting field \"%s\" is only supported in to_char", n.key)
	case "MONTH":
		i, ok := word(monthNames, false)
		if !ok {
			return s, invalidWord(s, n.key)
		}
		f.Month = i + 1
	case "MON":
		i, ok := word(monthNames, true)
		if !ok {
			return s, invalidWord(s, n.key)
		}
		f.Month = i + 1
	case "MM":
		err = set(&f.Month, 2)
	case "DAY":
		if _, ok := word(dayNames, false); !ok {
			return s, invalidWord(s, n.key)
		}
	case "DY":
		if _, ok := word(dayNames, true); !ok {
			return s, invalidWord(s, n.key)
		}
	case "DDD", "IDDD":
		err = set(&f.YearDay, 3)
	case "DD":
		err = set(&f.Day, 2)
	case "D":
		err = set(&f.Weekday, 1)
	case "ID":
		err = set(&f.ISODay, 1)
	case "IW":
		err = set(&f.ISOWeek, 2)
	case "WW":
		err = set(&f.Week, 2)
	case "W":
		err = set(&f.MonthWeek, 1)
	case "Q":
		_, _, err = number(1)
	case "CC":
		err = set(&f.century, 2)
	case "J":
		err = set(&f.Julian, 7)
	case "RM":
		for i := len(romans) - 1; i >= 0; i-- {
			for _, w := range []string{romans[i]} {
				if len(s) >= len(w) && strings.EqualFold(s[:len(w)], w) && !longerRoman(s, w) {
					f.Month = i + 1
					return s[len(w):], nil
				}
			}
		}
		return s, invalidWord(s, n.key)
	case "Y,YYY":
		i := strings.IndexByte(s, ',')
		if i < 0 || len(s) < i+4 {
			return s, errs.New("22007", "invalid input string for \"Y,YYY\"")
		}
		v, err := strconv.Atoi(s[:i] + s[i+1:i+4])
		if err != nil {
			return s, errs.New("22007", "invalid input string for \"Y,YYY\"")
		}
		f.Year, f.yearDigits, f.hasYear = v, 4, true
		return s[i+4:], nil
	case "YYYY", "YYY", "YY", "Y", "IYYY", "IYY", "IY", "I":
		v, digits, err := number(len(key))
		if err != nil {
			return s, err
		}
		if len(strings.TrimPrefix(key, "I")) < 4 && digits < 4 && key != "IYYY" {
			v = fullYear(v)
		}
		if key[0] == 'I' {
			f.ISOYear = v
		} else {
			f.Year, f.yearDigits, f.hasYear = v, len(key), true
		}
	}
	return s, err
}

func longerRoman(s, w string) bool {
	return len(s) > len(w) && strings.ContainsRune("IVXivx", rune(s[len(w)])) && unicode.IsLetter(rune(s[len(w)]))
}

func invalidWord(s, key string) error {
	if i := strings.IndexAny(s, " \t\n"); i > 0 {
		s = s[:i]
	}
	return errs.New("22007", "invalid value \"%s\" for \"%s\"", s, key).WithDetail("The given value did not match any of the allowed values for this field.")
}

// fullYear completes a year of fewer than four digits to the one nearest 2020.
func fullYear(y int) int {
	switch {
	case y < 70:
		return y + 2000
	case y < 100:
		return y + 1900
	case y < 520:
		return y + 2000
	case y < 1000:
		return y + 1000
	}
	return y
}

// Date gives the year (0 is 1 BC), month and day the fields mean; day may lie beyond its month's end, for the caller to
// refuse. ordinal, when it is above 0, is a day of the year instead of month and day.
func (f *Fields) Date() (year, month, day, ordinal int) {
	year = f.Year
	if f.hasYear {
		if f.century >= 0 && f.yearDigits <= 2 {
			year = f.Year%100 + (f.century-1)*100
			if f.Year%100 == 0 {
				year += 100
			}
		}
		if f.BC && year > 0 {
			year = 1 - year
		} else if year < 0 {
			year++
		}
	} else if f.century >= 0 {
		year = (f.century-1)*100 + 1
	} else {
		year = 0
	}
	month, day = max(f.Month, 1), max(f.Day, 1)
	if f.Month >= 0 {
		month = f.Month
	}
	if f.Day >= 0 {
		day = f.Day
	}
	if f.MonthWeek > 0 && f.Day < 0 {
		day = (f.MonthWeek-1)*7 + 1
	}
	switch {
	case f.YearDay > 0 && f.Month < 0:
		ordinal = f.YearDay
	case f.Week > 0 && f.Month < 0:
		ordinal = (f.Week-1)*7 + 1
	}
	return year, month, day, ordinal
}

// Clock gives the time of day; ok is false when a field is out of its range.
func (f *Fields) Clock() (hour, minute, second, micros int, ok bool) {
	hour, minute, second = f.Hour, f.Minute, f.Second
	if f.SecondsOfDay >= 0 {
		hour, minute, second = f.SecondsOfDay/3600, f.SecondsOfDay/60%60, f.SecondsOfDay%60
	}
	if f.Clock12 {
		if f.PM && hour < 12 {
			hour += 12
		} else if !f.PM && hour == 12 {
			hour = 0
		}
	}
	ok = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60
	return hour, minute, second, f.Micros, ok
}
