package builtin

import (
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/numeric"
	"github.com/basement-project/basement/internal/sql/types/template"
)

// templateTable declares to_char, to_date, to_timestamp and to_number.
func templateTable() []entry {
	list := []entry{
		{sig: "to_char(timestamp,text)", fn: func(c *Call) (types.Datum, error) {
			t := c.timestamp(0)
			if !t.IsFinite() || c.Args[1].S == "" {
				return types.Datum{}, nil
			}
			return momentText(moment(t.Time()), c.Args[1].S)
		}},
		{sig: "to_char(timestamptz,text)", fn: func(c *Call) (types.Datum, error) {
			t := c.timestamp(0)
			if !t.IsFinite() || c.Args[1].S == "" {
				return types.Datum{}, nil
			}
			local := t.Time().In(c.location())
			m := moment(local)
			m.Zoned = true
			m.Zone, m.Offset = local.Zone()
			if strings.HasPrefix(m.Zone, "+") || strings.HasPrefix(m.Zone, "-") {
				m.Zone = strings.TrimSuffix(m.Zone, "00")
			}
			return momentText(m, c.Args[1].S)
		}},
		{sig: "to_char(interval,text)", fn: func(c *Call) (types.Datum, error) {
			if c.Args[1].S == "" {
				return types.Datum{}, nil
			}
			v := c.interval(0)
			m := &template.Moment{Interval: true, Year: int(v.Months) / 12, Month: int(v.Months) % 12, Day: int(v.Days)}
			us := v.Micros
			m.Hour, us = int(us/3600000000), us%3600000000
			m.Minute, us = int(us/60000000), us%60000000
			m.Second, m.Micros = int(us/1000000), int(us%1000000)
			m.YearDay = (m.Year*12+m.Month)*30 + m.Day
			return momentText(m, c.Args[1].S)
		}},
		{sig: "to_date(text,text)", fn: func(c *Call) (types.Datum, error) {
			at, _, err := readMoment(c, false)
			if err != nil {
				return types.Datum{}, err
			}
			return types.DateDatum(at.Date()), nil
		}},
		{sig: "to_timestamp(text,text)", fn: func(c *Call) (types.Datum, error) {
			at, f, err := readMoment(c, true)
			if err != nil {
				return types.Datum{}, err
			}
			if f.HasZone {
				return types.TimestampDatum(at - datetime.Timestamp(f.Offset)*1000000), nil
			}
			return timestampOut(at.InZone(c.location()))
		}},
		{sig: "to_number(text,text)", fn: toNumber},
	}
	for _, t := range []string{"int4", "int8", "numeric", "float4", "float8"} {
		kind := t
		list = append(list, entry{sig: "to_char(" + t + ",text)", fn: func(c *Call) (types.Datum, error) { return numberText(c, kind) }})
	}
	return list
}

func momentText(m *template.Moment, pattern string) (types.Datum, error) {
	s, err := template.Format(m, pattern)
	return types.Text(s), err
}

func moment(t time.Time) *template.Moment {
	m := &template.Moment{Year: t.Year(), Month: int(t.Month()), Day: t.Day(), Hour: t.Hour(), Minute: t.Minute(), Second: t.Second(),
		Micros: t.Nanosecond() / 1000, Weekday: int(t.Weekday()), YearDay: t.YearDay()}
	m.ISOYear, m.ISOWeek = t.ISOWeek()
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	m.Julian = int(day.Unix()/86400) + 2440588
	return m
}

// readMoment reads Args[0] by the template Args[1]. A date has no use for the clock, but its fields are checked.
func readMoment(c *Call, clock bool) (datetime.Timestamp, *template.Fields, error) {
	text := strings.Clone(c.Args[0].S)
	f, err := template.Read(text, c.Args[1].S)
	if err != nil {
		return 0, nil, err
	}
	out := errs.New("22008", "date/time field value out of range: \"%s\"", text)
	var day time.Time
	year, month, dom, ordinal := f.Date()
	switch {
	case f.Julian >= 0:
		day = time.Unix(int64(f.Julian-2440588)*86400, 0).UTC()
	case f.ISOYear >= 0:
		// The Monday of week 1 is the one before January 4th's end of week.
		jan4 := time.Date(f.ISOYear, 1, 4, 0, 0, 0, 0, time.UTC)
		monday := jan4.AddDate(0, 0, -(int(jan4.Weekday())+6)%7)
		switch {
		case f.YearDay > 0:
			day = monday.AddDate(0, 0, f.YearDay-1)
		default:
			day = monday.AddDate(0, 0, (max(f.ISOWeek, 1)-1)*7+max(f.ISODay, 1)-1)
		}
	case ordinal > 0:
		day = time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, ordinal-1)
		if day.Year() != year {
			return 0, nil, out
		}
	default:
		if month < 1 || month > 12 || dom < 1 || dom > 31 {
			return 0, nil, out
		}
		day = time.Date(year, time.Month(month), dom, 0, 0, 0, 0, time.UTC)
		if day.Day() != dom {
			return 0, nil, out
		}
	}
	h, m, s, us, ok := f.Clock()
	if !ok {
		return 0, nil, out
	}
	at := datetime.FromTime(day)
	if clock {
		at += datetime.Timestamp(int64(h*3600+m*60+s)*1000000 + int64(us))
	}
	return at, f, nil
}

func numberText(c *Call, kind string) (types.Datum, error) {
	t, err := template.ParseNumber(c.Args[1].S)
	if err != nil {
		return types.Datum{}, err
	}
	d := c.Args[0]
	var n numeric.Num
	switch kind {
	case "int4", "int8":
		n = numeric.FromInt(d.I)
	case "numeric":
		n = types.NumericOf(d)
	default:
		f := d.Float()
		digits := 15
		if kind == "float4" {
			digits = 6
		}
		if f != f || f-f != 0 {
			n = numeric.FromFloat(f, 64)
			break
		}
		// As many digits as the type has: those before the point first.
		whole := len(strconv.FormatFloat(abs(f), 'f', 0, 64))
		post := t.Post
		switch {
		case whole >= digits:
			post = 0
		case whole+post > digits:
			post = digits - whole
		}
		if n, err = numeric.Parse(strconv.FormatFloat(f, 'f', max(post, 0)+t.Multi, 64)); err != nil {
			return types.Datum{}, err
		}
	}
	if t.Roman {
		i, ok := n.Round(0).ToInt()
		if !ok {
			i = 0
		}
		return types.Text(t.FormatRoman(i)), nil
	}
	if !n.IsFinite() {
		s := strings.Repeat("#", t.Pre+t.Multi)
		if t.Post > 0 {
			s += "." + strings.Repeat("#", t.Post)
		}
		return types.Text(t.Format(s, n.Sign() < 0)), nil
	}
	negative := n.Sign() < 0
	n = n.Abs()
	if t.Scientific {
		f, err := n.ToFloat(64)
		if err != nil {
			return types.Datum{}, err
		}
		return types.Text(t.Format(strconv.FormatFloat(f, 'e', t.Post, 64), negative)), nil
	}
	if t.Multi > 0 {
		shift, err := numeric.Power(numeric.FromInt(10), numeric.FromInt(int64(t.Multi)))
		if err == nil {
			n, err = numeric.Mul(n, shift)
		}
		if err != nil {
			return types.Datum{}, err
		}
	}
	if !strings.HasPrefix(kind, "float") || n.Scale() > t.Post {
		n = n.Round(t.Post)
	}
	return types.Text(t.Format(n.String(), negative && n.Sign() != 0)), nil
}

func abs(f float64) float64 {
	if f < 0 {
		return -f
	}
	return f
}

// toNumber reads the digits, sign and point of a text as the template places them.
func toNumber(c *Call) (types.Datum, error) {
	t, err := template.ParseNumber(c.Args[1].S)
	if err != nil || c.Args[1].S == "" {
		return types.Datum{}, err
	}
	digits, err := t.Read(c.Args[0].S)
	if err != nil {
		return types.Datum{}, err
	}
	n, err := numeric.Parse(digits)
	if err != nil {
		return types.Datum{}, err
	}
	if t.Multi > 0 {
		by, err := numeric.Power(numeric.FromInt(10), numeric.FromInt(int64(t.Multi)))
		if err == nil {
			n, err = numeric.Div(n, by)
		}
		if err != nil {
			return types.Datum{}, err
		}
		return types.NumericDatum(n), nil
	}
	if t.Post < n.Scale() {
		n = n.Round(t.Post)
	}
	return types.NumericDatum(n), nil
}
