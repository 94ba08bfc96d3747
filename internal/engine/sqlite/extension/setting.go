package extension

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// IntSetting is a parameter that holds an integer in a range.
func IntSetting(name string, value, low, high int) Setting {
	return Setting{Name: name, Default: strconv.Itoa(value), Check: func(text string) (string, error) {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil {
			return "", errs.New("22023", "invalid value for parameter \"%s\": \"%s\"", name, text)
		}
		if n < low || n > high {
			return "", errs.New("22023", "%d is outside the valid range for parameter \"%s\" (%d .. %d)", n, name, low, high)
		}
		return strconv.Itoa(n), nil
	}}
}

// FloatSetting is a parameter that holds a number in a range.
func FloatSetting(name string, value, low, high float64) Setting {
	show := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	return Setting{Name: name, Default: show(value), Check: func(text string) (string, error) {
		f, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
		if err != nil {
			return "", errs.New("22023", "invalid value for parameter \"%s\": \"%s\"", name, text)
		}
		if f < low || f > high || f != f {
			return "", errs.New("22023", "%s is outside the valid range for parameter \"%s\" (%s .. %s)", show(f), name, show(low), show(high))
		}
		return show(f), nil
	}}
}
