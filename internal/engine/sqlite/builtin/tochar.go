package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/tochar"
)

// templateTable declares to_char, to_date, to_timestamp and to_number.
func templateTable() []entry {
	list := []entry{
		{sig: "to_char(timestamp,text)", fn: func(c *Call) (types.Datum, error) {
			return formatted(tochar.Timestamp(c.timestamp(0), c.Args[1].S))
		}},
		{sig: "to_char(timestamptz,text)", fn: func(c *Call) (types.Datum, error) {
			return formatted(tochar.Timestamptz(c.timestamp(0), c.Args[1].S, c.location()))
		}},
		{sig: "to_char(interval,text)", fn: func(c *Call) (types.Datum, error) {
			return formatted(tochar.Interval(c.interval(0), c.Args[1].S))
		}},
		{sig: "to_date(text,text)", fn: func(c *Call) (types.Datum, error) {
			d, err := tochar.ToDate(templateArgs(c))
			if err != nil {
				return types.Datum{}, err
			}
			return types.DateDatum(d), nil
		}},
		{sig: "to_timestamp(text,text)", fn: func(c *Call) (types.Datum, error) {
			text, pattern := templateArgs(c)
			return timestampOut(tochar.ToTimestamp(text, pattern, c.location()))
		}},
		{sig: "to_number(text,text)", fn: func(c *Call) (types.Datum, error) {
			n, ok, err := tochar.ToNumber(templateArgs(c))
			if err != nil || !ok {
				return types.Datum{}, err
			}
			return types.NumericDatum(n), nil
		}},
		{sig: "to_char(numeric,text)", fn: func(c *Call) (types.Datum, error) {
			return formatted(tochar.Numeric(types.NumericOf(c.Args[0]), c.Args[1].S))
		}},
	}
	for _, t := range []string{"int4", "int8"} {
		list = append(list, entry{sig: "to_char(" + t + ",text)", fn: func(c *Call) (types.Datum, error) {
			return formatted(tochar.Int(c.Args[0].I, c.Args[1].S))
		}})
	}
	for _, t := range []string{"float4", "float8"} {
		bits := 64
		if t == "float4" {
			bits = 32
		}
		list = append(list, entry{sig: "to_char(" + t + ",text)", fn: func(c *Call) (types.Datum, error) {
			return formatted(tochar.Float(c.Args[0].Float(), c.Args[1].S, bits))
		}})
	}
	return list
}

// templateArgs are the text and the template, in memory of their own: errors quote them.
func templateArgs(c *Call) (text, pattern string) {
	return strings.Clone(c.Args[0].S), strings.Clone(c.Args[1].S)
}

func formatted(s string, ok bool, err error) (types.Datum, error) {
	if err != nil || !ok {
		return types.Datum{}, err
	}
	return types.Text(s), nil
}
