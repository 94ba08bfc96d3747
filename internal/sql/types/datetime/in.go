package datetime

import (
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datefield"
	"github.com/basement-project/basement/internal/sql/types/interval"
)

// workBuffer bounds how much text a date may have.
const workBuffer = 128 + 25

// FromTime gives the timestamp (of UTC) of an instant, cut to microseconds.
func FromTime(t time.Time) Timestamp {
	return Timestamp((t.Unix()-unixSeconds)*1000000 + int64(t.Nanosecond()/1000))
}

// Time gives the instant of a finite timestamp of UTC.
func (t Timestamp) Time() time.Time {
	seconds, micros := int64(t)/usecSecond, int64(t)%usecSecond
	return time.Unix(seconds+unixSeconds, micros*1000).UTC()
}

func moment(text, typ string, s Session) (*decoder, error) {
	parts, ok := datefield.Split(text, workBuffer)
	if !ok {
		return nil, datefield.BadFormat.Error(typ, text)
	}
	d, fault := decodeMoment(parts, s)
	if d.failure != nil {
		return nil, d.failure
	}
	return d, fault.Error(typ, text)
}

// ParseDate reads a date as the input function does.
func ParseDate(text string, s Session) (Date, error) {
	if len(text) == 10 {
		if year, month, day, _, ok := storedCivil(text); ok && text[0] != '.' && year > 0 && day <= daysIn(year, month) {
			return Date(julian(year, month, day) - epochJulian), nil
		}
	}
	d, err := moment(text, "date", s)
	if err != nil {
		return 0, err
	}
	switch d.special {
	case datefield.Epoch:
		return -unixDays, nil
	case datefield.Infinity:
		return InfinityDate, nil
	case datefield.NegInfinity:
		return NegInfinityDate, nil
	}
	date, ok := d.date()
	if !ok {
		return 0, errs.New("22008", "date out of range: \"%s\"", text)
	}
	return date, nil
}

// isoMoment reads the plain ISO form, to whole seconds or with up to six digits of fraction, and gives what follows.
func isoMoment(s string) (t Timestamp, rest string, ok bool) {
	if len(s) < 19 || s[0] < '0' || s[0] > '9' || s[10] != ' ' && s[10] != 'T' {
		return 0, "", false
	}
	year, month, day, _, ok := storedCivil(s[:10])
	if !ok || year <= 0 || day > daysIn(year, month) {
		return 0, "", false
	}
	end := 19
	if end < len(s) && s[end] == '.' {
		for end++; end < len(s) && s[end] >= '0' && s[end] <= '9'; end++ {
		}
	}
	clock, ok := StoredTime(s[11:end])
	if !ok || clock >= Time(usecDay) {
		return 0, "", false
	}
	return Timestamp(int64(julian(year, month, day)-epochJulian)*usecDay + int64(clock)), s[end:], true
}

// ParseTimestamp reads a timestamp without time zone; a zone in the text is checked and ignored.
func ParseTimestamp(text string, s Session) (Timestamp, error) {
	if t, rest, ok := isoMoment(text); ok && rest == "" {
		return t, nil
	}
	d, err := moment(text, "timestamp", s)
	if err != nil {
		return 0, err
	}
	if t, ok := d.specialTimestamp(); ok {
		return t, nil
	}
	t, ok := d.timestamp()
	if !ok {
		return 0, errs.New("22008", "timestamp out of range: \"%s\"", text)
	}
	return t, nil
}

func (d *decoder) specialTimestamp() (Timestamp, bool) {
	switch d.special {
	case datefield.Epoch:
		return -unixDays * Timestamp(usecDay), true
	case datefield.Infinity:
		return Infinity, true
	case datefield.NegInfinity:
		return NegInfinity, true
	}
	return 0, false
}

// ParseTimestamptz reads a timestamp with time zone; without a zone the text is local time of the session.
func ParseTimestamptz(text string, s Session) (Timestamp, error) {
	if t, rest, ok := isoMoment(text); ok {
		switch rest {
		case "Z", "+00", "+00:00", "+0000", "-00", "-00:00":
			return t, nil
		case "":
			if s.Location == time.UTC {
				return t, nil
			}
		default:
			if west, fault := zoneOffset(rest); fault == datefield.OK {
				return t + Timestamp(int64(west)*usecSecond), nil
			}
		}
	}
	d, err := moment(text, "timestamp with time zone", s)
	if err != nil {
		return 0, err
	}
	if t, ok := d.specialTimestamp(); ok {
		return t, nil
	}
	t, ok := d.timestampWest(d.west)
	if !ok {
		return 0, errs.New("22008", "timestamp out of range: \"%s\"", text)
	}
	return t, nil
}

func clockText(text, typ string, s Session) (*decoder, error) {
	parts, ok := datefield.Split(text, workBuffer)
	if !ok {
		return nil, datefield.BadFormat.Error(typ, text)
	}
	d, fault := decodeClock(parts, s)
	if d.failure != nil {
		return nil, d.failure
	}
	return d, fault.Error(typ, text)
}

// ParseTime reads a time without time zone.
func ParseTime(text string, s Session) (Time, error) {
	if t, ok := StoredTime(text); ok && t <= Time(usecDay) && text[6:8] != "60" {
		return t, nil
	}
	d, err := clockText(text, "time", s)
	if err != nil {
		return 0, err
	}
	return Time(d.clock()), nil
}

// ParseTimeTZ reads a time with time zone; without a zone it has the session's of today.
func ParseTimeTZ(text string, s Session) (TimeTZ, error) {
	d, err := clockText(text, "time with time zone", s)
	if err != nil {
		return TimeTZ{}, err
	}
	return TimeTZ{Time(d.clock()), int32(d.west)}, nil
}

// Round rounds to so many digits of a second, half away from zero; false when that is out of range.
func (t Timestamp) Round(precision int) (Timestamp, bool) {
	if !t.IsFinite() {
		return t, true
	}
	r, ok := interval.RoundMicros(int64(t), precision)
	return Timestamp(r), ok
}

// Round rounds to so many digits of a second.
func (t Time) Round(precision int) Time {
	r, _ := interval.RoundMicros(int64(t), precision)
	return Time(r)
}

// Compare orders timetz values: by the instant, then by the zone.
func (t TimeTZ) Compare(o TimeTZ) int {
	a, b := int64(t.Time)+int64(t.West)*usecSecond, int64(o.Time)+int64(o.West)*usecSecond
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	case t.West < o.West:
		return -1
	case t.West > o.West:
		return 1
	}
	return 0
}
