package datetime

import (
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datefield"
	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// trunc sets what is less than a unit to its start; keepsClock says that a zone's offset need not be looked up anew.
func (f *fields) trunc(u int) (keepsClock, ok bool) {
	period := func(n int) {
		if f.year > 0 {
			f.year = (f.year+n-1)/n*n - n + 1
		} else {
			f.year = -((n-1-(f.year-1))/n)*n + 1
		}
	}
	switch u {
	case datefield.UnitMicrosec:
		return true, true
	case datefield.UnitMillisec:
		f.micros -= f.micros % 1000
		return true, true
	case datefield.UnitSecond:
		f.micros = 0
		return true, true
	case datefield.UnitMinute:
		f.second, f.micros = 0, 0
		return true, true
	case datefield.UnitHour:
		f.minute, f.second, f.micros = 0, 0, 0
		return true, true
	case datefield.UnitDay:
	case datefield.UnitWeek:
		jd := julian(f.year, f.month, f.day)
		jd -= (weekday(jd) + 6) % 7
		f.year, f.month, f.day = civil(max(jd, 0))
	case datefield.UnitMonth:
		f.day = 1
	case datefield.UnitQuarter:
		f.month, f.day = (f.month-1)/3*3+1, 1
	case datefield.UnitYear:
		f.month, f.day = 1, 1
	case datefield.UnitDecade:
		if f.year > 0 {
			f.year = f.year / 10 * 10
		} else {
			f.year = -((8 - (f.year - 1)) / 10) * 10
		}
		f.month, f.day = 1, 1
	case datefield.UnitCentury:
		period(100)
		f.month, f.day = 1, 1
	case datefield.UnitMillennium:
		period(1000)
		f.month, f.day = 1, 1
	default:
		return false, false
	}
	f.hour, f.minute, f.second, f.micros = 0, 0, 0, 0
	return false, true
}

// Trunc is date_trunc of a timestamp of local time.
func (t Timestamp) Trunc(name string) (Timestamp, error) {
	if !t.IsFinite() {
		return t, nil
	}
	f := t.breakDown()
	if _, ok := f.trunc(truncUnit(name)); !ok {
		return 0, badUnit(name, "timestamp without time zone", truncUnit(name) != 0)
	}
	out, ok := f.timestamp()
	if !ok {
		return 0, timestampRange()
	}
	return out, nil
}

// TruncIn is date_trunc of an instant by a zone's clock and calendar.
func (t Timestamp) TruncIn(name string, loc *time.Location) (Timestamp, error) {
	if !t.IsFinite() {
		return t, nil
	}
	f := t.Local(loc).breakDown()
	keepsClock, ok := f.trunc(truncUnit(name))
	if !ok {
		return 0, badUnit(name, "timestamp with time zone", truncUnit(name) != 0)
	}
	var out Timestamp
	if keepsClock {
		out, ok = f.timestampWest(-timezone.Offset(loc, t.Time().Unix()))
	} else {
		out, ok = f.inZone(loc)
	}
	if !ok {
		return 0, timestampRange()
	}
	return out, nil
}

// TruncInterval is date_trunc of an interval.
func TruncInterval(name string, v interval.Interval) (interval.Interval, error) {
	years := func(n int32) { v.Months -= v.Months % (12 * n) }
	u := truncUnit(name)
	switch u {
	case datefield.UnitMillennium:
		years(1000)
	case datefield.UnitCentury:
		years(100)
	case datefield.UnitDecade:
		years(10)
	case datefield.UnitYear:
		years(1)
	case datefield.UnitQuarter:
		v.Months -= v.Months % 3
	case datefield.UnitMonth:
	case datefield.UnitDay:
		v.Micros = 0
		return v, nil
	case datefield.UnitHour:
		v.Micros -= v.Micros % usecHour
		return v, nil
	case datefield.UnitMinute:
		v.Micros -= v.Micros % usecMinute
		return v, nil
	case datefield.UnitSecond:
		v.Micros -= v.Micros % usecSecond
		return v, nil
	case datefield.UnitMillisec:
		v.Micros -= v.Micros % 1000
		return v, nil
	case datefield.UnitMicrosec:
		return v, nil
	default:
		err := badUnit(name, "interval", u != 0)
		if e := errs.Of(err); u == datefield.UnitWeek {
			return v, e.WithDetail("Months usually have fractional weeks.")
		}
		return v, err
	}
	v.Days, v.Micros = 0, 0
	return v, nil
}
