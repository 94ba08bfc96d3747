package session

import (
	"slices"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// styles are the words of DateStyle and what they choose.
var styles = map[string]string{
	"iso": "ISO", "sql": "SQL", "german": "German", "mdy": "MDY", "us": "MDY", "noneuro": "MDY", "noneuropean": "MDY",
	"dmy": "DMY", "euro": "DMY", "european": "DMY", "ymd": "YMD", "default": "ISO",
}

// checkFormat checks a value of a parameter that says how values are written. Only PostgreSQL's defaults are there.
func checkFormat(key, value string) error {
	choice := func(name string, all ...string) error {
		for _, v := range all {
			if strings.EqualFold(v, value) {
				if v == all[0] {
					return nil
				}
				return errs.Unsupported(name+" "+v, "Leave it at "+all[0]+".")
			}
		}
		listed := append([]string(nil), all...)
		if key == "bytea_output" {
			listed = []string{"escape", "hex"}
		}
		return errs.New("22023", "invalid value for parameter \"%s\": \"%s\"", key, value).
			WithHint("Available values: %s.", strings.Join(listed, ", "))
	}
	switch key {
	case "intervalstyle":
		return choice("IntervalStyle", "postgres", "postgres_verbose", "sql_standard", "iso_8601")
	case "bytea_output":
		return choice(key, "hex", "escape")
	case "xmloption":
		return choice(key, "content", "document")
	case "client_min_messages":
		all := []string{"debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice", "warning", "error"}
		if !slices.Contains(append(all, "debug", "info"), strings.ToLower(value)) {
			return errs.New("22023", "invalid value for parameter \"%s\": \"%s\"", key, value).
				WithHint("Available values: %s.", strings.Join(all, ", "))
		}
		return nil
	case "extra_float_digits":
		n, err := strconv.Atoi(strings.TrimSpace(value))
		switch {
		case err != nil:
			return errs.New("22023", "invalid value for parameter \"%s\": \"%s\"", key, value)
		case n < -15 || n > 3:
			return errs.New("22023", "%d is outside the valid range for parameter \"%s\" (-15 .. 3)", n, key)
		case n < 1:
			return errs.Unsupported("extra_float_digits below 1", "Round the values, or use to_char.")
		}
		return nil
	}
	for _, word := range strings.Split(value, ",") {
		word = strings.TrimSpace(word)
		style := styles[strings.ToLower(word)]
		if strings.HasPrefix(strings.ToLower(word), "postgres") {
			style = "Postgres"
		}
		switch style {
		case "":
			return errs.New("22023", "invalid value for parameter \"DateStyle\": \"%s\"", value).WithDetail("Unrecognized key word: \"%s\".", strings.ToLower(word))
		case "ISO", "MDY":
		default:
			return errs.Unsupported("DateStyle "+style, "Leave it at ISO, MDY, and use to_char and to_date for other forms.")
		}
	}
	return nil
}
