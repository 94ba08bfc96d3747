package datetime

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datefield"
	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/numeric"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

func roundEven(f float64) float64 { return math.RoundToEven(f) }

// shortG prints a float as C's %g does: six significant digits.
func shortG(f float64) string {
	s := strconv.FormatFloat(f, 'g', 6, 64)
	mantissa, exp, hasExp := strings.Cut(s, "e")
	if strings.IndexByte(mantissa, '.') >= 0 {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	if hasExp {
		return mantissa + "e" + exp
	}
	return mantissa
}

// secondsText prints seconds as C's %02g does.
func secondsText(second float64) string {
	if second != second {
		return "NaN"
	}
	if math.IsInf(second, 0) {
		return strings.TrimPrefix(strings.Replace(strconv.FormatFloat(second, 'g', -1, 64), "Inf", "Infinity", 1), "+")
	}
	s := strings.ToLower(shortG(second))
	if len(s) < 2 {
		s = "0" + s
	}
	return s
}

// clockOf checks the parts of a time of day.
func clockOf(hour, minute int, second float64) (Time, bool) {
	if hour < 0 || minute < 0 || minute > 59 || !(second >= 0 && second <= 60) || hour > 24 {
		return 0, false
	}
	micros := int64(roundEven(second * 1000000))
	if hour == 24 && (minute > 0 || micros > 0) {
		return 0, false
	}
	return Time(int64(hour)*usecHour + int64(minute)*usecMinute + micros), true
}

// truncUnit looks up a field's name as date_trunc knows it.
func truncUnit(name string) int {
	if w, ok := datefield.FindUnit(strings.ToLower(name)); ok && w.Kind == datefield.Units {
		return w.Value
	}
	return 0
}

// unit looks up a field's name as extract knows it.
func unit(name string) int {
	if u := truncUnit(name); u != 0 {
		return u
	}
	w, ok := datefield.FindWord(strings.ToLower(name))
	switch {
	case ok && w.Kind == datefield.Units:
		return w.Value
	case ok && w.Kind == datefield.Reserved && w.Value == datefield.Epoch:
		return datefield.UnitEpoch
	case ok && w.Kind == datefield.Reserved:
		return -1
	}
	return 0
}

func badUnit(name, typ string, known bool) error {
	if known {
		return errs.New("0A000", "unit \"%s\" not supported for type %s", asciiLower(name), typ)
	}
	return errs.New("22023", "unit \"%s\" not recognized for type %s", asciiLower(name), typ)
}

// Part is a field of a value: an exact number, and the float8 that date_part gives. Null says that the field of an
// infinity has no value.
type Part struct {
	Number numeric.Num
	Float  float64
	Null   bool
}

func whole(i int64) Part { return Part{Number: numeric.FromInt(i), Float: float64(i)} }

// scaled is i / 10^digits.
func scaled(i int64, digits int) Part {
	n, _ := numeric.Div(numeric.FromInt(i), numeric.FromInt(int64(math.Pow10(digits))))
	return Part{Number: n.Round(digits), Float: float64(i) / math.Pow10(digits)}
}

func secondPart(unit int, f *fields) (Part, bool) {
	micros := int64(f.second)*usecSecond + int64(f.micros)
	switch unit {
	case datefield.UnitMicrosec:
		return whole(micros), true
	case datefield.UnitMillisec:
		p := scaled(micros, 3)
		p.Float = float64(f.second)*1000 + float64(f.micros)/1000
		return p, true
	case datefield.UnitSecond:
		p := scaled(micros, 6)
		p.Float = float64(f.second) + float64(f.micros)/1000000
		return p, true
	case datefield.UnitMinute:
		return whole(int64(f.minute)), true
	case datefield.UnitHour:
		return whole(int64(f.hour)), true
	}
	return Part{}, false
}

func datePart(unit int, f *fields) (Part, bool) {
	year := int64(f.year)
	shown := year
	if year <= 0 {
		shown = year - 1
	}
	// round counts periods of years from the year 1, BC ones from -1 backwards.
	round := func(n int64) Part {
		if year > 0 {
			return whole((year + n - 1) / n)
		}
		return whole(-((n - 1 - (year - 1)) / n))
	}
	switch unit {
	case datefield.UnitDay:
		return whole(int64(f.day)), true
	case datefield.UnitMonth:
		return whole(int64(f.month)), true
	case datefield.UnitQuarter:
		return whole(int64((f.month-1)/3 + 1)), true
	case datefield.UnitWeek:
		_, week := isoWeek(f.year, f.month, f.day)
		return whole(int64(week)), true
	case datefield.UnitYear:
		return whole(shown), true
	case datefield.UnitDecade:
		if year >= 0 {
			return whole(year / 10), true
		}
		return whole(-((8 - (year - 1)) / 10)), true
	case datefield.UnitCentury:
		return round(100), true
	case datefield.UnitMillennium:
		return round(1000), true
	case datefield.UnitISOYear:
		iso, _ := isoWeek(f.year, f.month, f.day)
		if iso <= 0 {
			iso--
		}
		return whole(int64(iso)), true
	case datefield.UnitDOW:
		return whole(int64(weekday(julian(f.year, f.month, f.day)))), true
	case datefield.UnitISODOW:
		return whole(int64((weekday(julian(f.year, f.month, f.day))+6)%7 + 1)), true
	case datefield.UnitDOY:
		return whole(int64(julian(f.year, f.month, f.day) - julian(f.year, 1, 1) + 1)), true
	}
	return Part{}, false
}

// infinitePart is a field of an infinity: those that only grow are infinite, the others have no value.
func infinitePart(u int, negative bool) Part {
	switch u {
	case datefield.UnitYear, datefield.UnitDecade, datefield.UnitCentury, datefield.UnitMillennium, datefield.UnitJulian,
		datefield.UnitISOYear, datefield.UnitEpoch:
		if negative {
			return Part{Number: numeric.NegInf(), Float: math.Inf(-1)}
		}
		return Part{Number: numeric.Inf(), Float: math.Inf(1)}
	}
	return Part{Null: true}
}

// Extract is a field of a date.
func (d Date) Extract(name string) (Part, error) {
	u := unit(name)
	f := fields{year: 2000, month: 1, day: 1}
	if d.IsFinite() {
		f.year, f.month, f.day = civil(int(d) + epochJulian)
	}
	p, ok := datePart(u, &f)
	switch u {
	case datefield.UnitJulian:
		p, ok = whole(int64(d)+epochJulian), true
	case datefield.UnitEpoch:
		p, ok = whole((int64(d)+unixDays)*86400), true
	}
	if !ok {
		return Part{}, badUnit(name, "date", u != 0)
	}
	if !d.IsFinite() {
		return infinitePart(u, d < 0), nil
	}
	return p, nil
}

// Extract is a field of a timestamp of local time.
func (t Timestamp) Extract(name string) (Part, error) {
	return t.extract(name, "timestamp without time zone", t, 0, false)
}

// ExtractIn is a field of an instant as a zone's clock and calendar show it.
func (t Timestamp) ExtractIn(name string, loc *time.Location) (Part, error) {
	east := 0
	if t.IsFinite() {
		east = timezone.Offset(loc, t.Time().Unix())
	}
	return t.extract(name, "timestamp with time zone", t.Local(loc), east, true)
}

func (t Timestamp) extract(name, typ string, local Timestamp, east int, zoned bool) (Part, error) {
	u := unit(name)
	f := fields{year: 2000, month: 1, day: 1}
	if t.IsFinite() {
		f = local.breakDown()
	}
	p, ok := secondPart(u, &f)
	if !ok {
		p, ok = datePart(u, &f)
	}
	if !ok && zoned {
		p, ok = zonePart(u, east)
	}
	switch u {
	case datefield.UnitJulian:
		jd := julian(f.year, f.month, f.day)
		n, _ := numeric.Div(numeric.FromInt(f.clock()), numeric.FromInt(usecDay))
		n, _ = numeric.Add(numeric.FromInt(int64(jd)), n)
		p, ok = Part{Number: n, Float: float64(jd) + (float64(f.hour*3600+f.minute*60+f.second)+float64(f.micros)/1000000)/86400}, true
	case datefield.UnitEpoch:
		if t.IsFinite() {
			p = epochPart(t)
		}
		ok = true
	}
	if _, isZone := zonePart(u, 0); isZone && !t.IsFinite() {
		ok = true
	}
	if !ok {
		return Part{}, badUnit(name, typ, u != 0)
	}
	if !t.IsFinite() {
		return infinitePart(u, t < 0), nil
	}
	return p, nil
}

func epochPart(t Timestamp) Part {
	if t > math.MaxInt64-unixSeconds*Timestamp(usecSecond) {
		n, _ := numeric.Add(numeric.FromInt(int64(t)), numeric.FromInt(unixSeconds*usecSecond))
		n, _ = numeric.Div(n, numeric.FromInt(1000000))
		return Part{Number: n.Round(6), Float: (float64(t) + unixSeconds*1000000) / 1000000}
	}
	return scaled(int64(t)+unixSeconds*usecSecond, 6)
}

func zonePart(u, east int) (Part, bool) {
	switch u {
	case datefield.UnitTimezone:
		return whole(int64(east)), true
	case datefield.UnitTimezoneHour:
		return whole(int64(east / 3600)), true
	case datefield.UnitTimezoneMinute:
		return whole(int64(east / 60 % 60)), true
	}
	return Part{}, false
}

// Extract is a field of a time of day.
func (t Time) Extract(name string) (Part, error) {
	return extractClock(name, "time without time zone", t, 0, false)
}

// Extract is a field of a time with zone.
func (t TimeTZ) Extract(name string) (Part, error) {
	return extractClock(name, "time with time zone", t.Time, int(-t.West), true)
}

func extractClock(name, typ string, t Time, east int, zoned bool) (Part, error) {
	var f fields
	f.setClock(int64(t))
	u := unit(name)
	p, ok := secondPart(u, &f)
	if !ok && zoned {
		p, ok = zonePart(u, east)
	}
	if u == datefield.UnitEpoch {
		p, ok = scaled(int64(t)-int64(east)*usecSecond, 6), true
	}
	if !ok {
		return Part{}, badUnit(name, typ, u != 0)
	}
	return p, nil
}

// ExtractInterval is a field of an interval.
func ExtractInterval(name string, v interval.Interval) (Part, error) {
	u := unit(name)
	micros := v.Micros
	f := fields{hour: int(micros / usecHour), minute: int(micros % usecHour / usecMinute), second: int(micros % usecMinute / usecSecond), micros: int(micros % usecSecond)}
	if p, ok := secondPart(u, &f); ok {
		return p, nil
	}
	year, month := int64(v.Months/12), int64(v.Months%12)
	switch u {
	case datefield.UnitDay:
		return whole(int64(v.Days)), nil
	case datefield.UnitMonth:
		return whole(month), nil
	case datefield.UnitQuarter:
		return whole(month/3 + 1), nil
	case datefield.UnitYear:
		return whole(year), nil
	case datefield.UnitDecade:
		return whole(year / 10), nil
	case datefield.UnitCentury:
		return whole(year / 100), nil
	case datefield.UnitMillennium:
		return whole(year / 1000), nil
	case datefield.UnitEpoch:
		seconds := (1461*year + 120*month + 4*int64(v.Days)) * 21600
		n, _ := numeric.Add(numeric.FromInt(seconds), scaled(micros, 6).Number)
		f := float64(micros)/1000000 + 365.25*86400*float64(year) + 30*86400*float64(month) + 86400*float64(v.Days)
		return Part{Number: n, Float: f}, nil
	}
	return Part{}, badUnit(name, "interval", u != 0)
}

// asciiLower is how PostgreSQL folds names: letters beyond ASCII stay.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}
