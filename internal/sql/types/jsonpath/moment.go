package jsonpath

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/tochar"
)

// A moment is what .datetime() makes of a string: a string still, whose Raw says its type, its microseconds (of local time
// when it has no zone) and its zone in seconds west.
type moment struct {
	typ    string
	micros int64
	west   int
}

const (
	dateType        = "date"
	timeType        = "time without time zone"
	timetzType      = "time with time zone"
	timestampType   = "timestamp without time zone"
	timestamptzType = "timestamp with time zone"
)

// short are the types' names in errors.
var short = map[string]string{dateType: "date", timeType: "time", timetzType: "timetz", timestampType: "timestamp", timestamptzType: "timestamptz"}

func momentOf(v *jsonval.Value) (m moment, ok bool) {
	if v.Kind != jsonval.String || v.Raw == "" {
		return m, false
	}
	f := strings.Split(v.Raw, "\x00")
	m.typ = f[0]
	m.micros, _ = strconv.ParseInt(f[1], 10, 64)
	m.west, _ = strconv.Atoi(f[2])
	return m, true
}

func (m moment) value() *jsonval.Value {
	t := datetime.Timestamp(m.micros)
	var text string
	switch m.typ {
	case dateType:
		text = t.Date().String()
	case timeType:
		text = datetime.Time(m.micros).String()
	case timetzType:
		text = datetime.TimeTZ{Time: datetime.Time(m.micros), West: int32(m.west)}.String()
		if m.west%3600 == 0 && strings.Count(text[len(text)-3:], ":") == 0 {
			text += ":00"
		}
	case timestampType:
		text = string(t.AppendXML(nil))
	default:
		text = string(t.AppendZonedXML(nil, -m.west))
	}
	return &jsonval.Value{Kind: jsonval.String, Text: text, Raw: m.typ + "\x00" + strconv.FormatInt(m.micros, 10) + "\x00" + strconv.Itoa(m.west)}
}

// forms are the texts read without a template: a date, a time, or both, perhaps with a zone.
var forms = regexp.MustCompile(`^(?:(\d+)-(\d+)-(\d+))?(?:(^|[ T])(\d+):(\d+):(\d+)(\.\d{1,6})?(?:([+-])(\d{1,2})(?::(\d{1,2}))?)?)?$`)

func (r *run) datetime(n *node, v *jsonval.Value, found emit) error {
	if v.Kind != jsonval.String || v.Raw != "" {
		return fail("22031", "jsonpath item method .datetime() can only be applied to a string")
	}
	var m moment
	if n.left == nil {
		var ok bool
		if m, ok = unformatted(v.Text); !ok {
			return failure{errs.New("22031", "datetime format is not recognized: \"%s\"", v.Text).
				WithHint("Use a datetime template argument to specify the input data format.")}
		}
	} else {
		p, err := tochar.Parse(v.Text, n.left.value.Text, r.location())
		if err != nil {
			if e := errs.Of(err); e != nil {
				return failure{e}
			}
			return err
		}
		switch {
		case p.Date && p.Time && p.Zone:
			m = moment{timestamptzType, p.Micros, p.West}
		case p.Date && p.Time:
			m = moment{timestampType, p.Micros, 0}
		case p.Date && p.Zone:
			return fail("22007", "datetime format is zoned but not timed")
		case p.Date:
			m = moment{dateType, p.Micros, 0}
		case p.Time && p.Zone:
			m = moment{timetzType, p.Micros, p.West}
		case p.Time:
			m = moment{timeType, p.Micros, 0}
		default:
			return fail("22007", "datetime format is not dated and not timed")
		}
	}
	return r.then(n, m.value(), found)
}

func (r *run) location() *time.Location {
	if r.Location == nil {
		return time.UTC
	}
	return r.Location
}

// unformatted reads a text in one of the forms of ISO 8601 that PostgreSQL tries.
func unformatted(text string) (m moment, ok bool) {
	f := forms.FindStringSubmatch(text)
	if f == nil || f[1] == "" && f[5] == "" || f[1] != "" && f[5] != "" && f[4] == "" {
		return m, false
	}
	number := func(i int) int { n, _ := strconv.Atoi(f[i]); return n }
	day := int64(0)
	if f[1] != "" {
		d, err := datetime.MakeDate(number(1), number(2), number(3))
		if err != nil {
			return m, false
		}
		t, err := d.Timestamp()
		if err != nil {
			return m, false
		}
		m.typ, day = dateType, int64(t)
	}
	if f[5] == "" {
		m.micros = day
		return m, true
	}
	if number(5) > 23 || number(6) > 59 || number(7) > 59 || number(10) > 15 || number(11) > 59 {
		return m, false
	}
	fraction, _ := strconv.Atoi((strings.TrimPrefix(f[8], ".") + "000000")[:6])
	m.micros = int64(number(5)*3600+number(6)*60+number(7))*1000000 + int64(fraction)
	zoned := f[9] != ""
	if zoned {
		m.west = number(10)*3600 + number(11)*60
		if f[9] == "+" {
			m.west = -m.west
		}
	}
	switch {
	case f[1] == "" && zoned:
		m.typ = timetzType
	case f[1] == "":
		m.typ = timeType
	case zoned:
		m.typ = timestamptzType
		m.micros += day + int64(m.west)*1000000
	default:
		m.typ = timestampType
		m.micros += day
	}
	return m, true
}

// order compares two moments; ok is false when they cannot be compared. Comparing one with a zone and one without takes the
// session's time zone, which only the functions *_tz may.
func (r *run) order(a, b moment) (c int, ok bool, err error) {
	clock := func(m moment) bool { return m.typ == timeType || m.typ == timetzType }
	zoned := func(m moment) bool { return m.typ == timetzType || m.typ == timestamptzType }
	if clock(a) != clock(b) {
		return 0, false, nil
	}
	if zoned(a) != zoned(b) {
		from, to := a, b
		if zoned(a) {
			from, to = b, a
		}
		if !r.UseZone {
			return 0, false, errs.New("0A000", "cannot convert value from %s to %s without time zone usage", short[from.typ], short[to.typ]).
				WithHint("Use *_tz() function for time zone support.")
		}
		local := func(m *moment) error {
			if clock(*m) {
				m.west = int(datetime.Time(m.micros).WithZone(datetime.Session{Location: r.location(), Now: r.Now}).West)
				return nil
			}
			t, err := datetime.Timestamp(m.micros).InZone(r.location())
			m.micros = int64(t)
			return err
		}
		if zoned(a) {
			err = local(&b)
		} else {
			err = local(&a)
		}
		if err != nil {
			return 0, false, err
		}
		if clock(a) {
			a.typ, b.typ = timetzType, timetzType
		}
	}
	if a.typ == timetzType {
		x := datetime.TimeTZ{Time: datetime.Time(a.micros), West: int32(a.west)}
		return x.Compare(datetime.TimeTZ{Time: datetime.Time(b.micros), West: int32(b.west)}), true, nil
	}
	return cmp.Compare(a.micros, b.micros), true, nil
}
