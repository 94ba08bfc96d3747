package datetime

import (
	"time"

	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// Moment is a timestamp broken down by the calendar and the clock. Year 0 is 1 BC.
type Moment struct {
	Year, Month, Day     int
	Hour, Minute, Second int
	Micros               int
}

// Moment breaks a finite timestamp down.
func (t Timestamp) Moment() Moment {
	f := t.breakDown()
	return Moment{f.year, f.month, f.day, f.hour, f.minute, f.second, f.micros}
}

func (m Moment) fields() fields {
	return fields{year: m.Year, month: m.Month, day: m.Day, hour: m.Hour, minute: m.Minute, second: m.Second, micros: m.Micros}
}

// In puts a moment of a zone's local time together; false when it is out of range.
func (m Moment) In(loc *time.Location) (Timestamp, bool) {
	f := m.fields()
	return f.inZone(loc)
}

// West puts a moment together at an offset in seconds west of UTC; false when it is out of range.
func (m Moment) West(west int) (Timestamp, bool) {
	f := m.fields()
	return f.timestampWest(west)
}

// Date is the moment's day; false when it is out of range.
func (m Moment) Date() (Date, bool) {
	f := m.fields()
	return f.date()
}

// JulianDay is the Julian day of the moment's date, DayOfYear counts from 1, Weekday from 0 for Sunday.
func (m Moment) JulianDay() int { return julian(m.Year, m.Month, m.Day) }

// DayOfYear counts from 1.
func (m Moment) DayOfYear() int { return m.JulianDay() - julian(m.Year, 1, 1) + 1 }

// Weekday counts from 0 for Sunday.
func (m Moment) Weekday() int { return weekday(m.JulianDay()) }

// ISOWeek is ISO 8601's week and the year it belongs to.
func (m Moment) ISOWeek() (year, week int) { return isoWeek(m.Year, m.Month, m.Day) }

// FromJulianDay gives the date of a Julian day.
func FromJulianDay(jd int) (year, month, day int) { return civil(jd) }

// ISOWeekStart is the Julian day of the Monday of an ISO year's first week.
func ISOWeekStart(year int) int { return isoWeekStart(year) }

// DaysIn is how many days a month has.
func DaysIn(year, month int) int { return daysIn(year, month) }

// ZoneAt gives a zone's offset at an instant, in seconds east of UTC, and its abbreviation then.
func (t Timestamp) ZoneAt(loc *time.Location) (east int, abbrev string) {
	at := t.Time().In(loc)
	abbrev, _ = at.Zone()
	return timezone.Offset(loc, t.Time().Unix()), abbrev
}
