package datetime

import (
	"math"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// AddDays is d + days.
func (d Date) AddDays(days int32) (Date, error) {
	if !d.IsFinite() {
		return d, nil
	}
	sum := int64(d) + int64(days)
	if sum < -epochJulian || sum >= endDate {
		return 0, dateRange()
	}
	return Date(sum), nil
}

// Sub is d - o in days.
func (d Date) Sub(o Date) (int32, error) {
	if !d.IsFinite() || !o.IsFinite() {
		return 0, errs.New("22008", "cannot subtract infinite dates")
	}
	return int32(d - o), nil
}

// addMonths moves a date by months, to the month's last day when it is shorter.
func (f *fields) addMonths(months int32) {
	m := f.month - 1 + int(months)
	f.year += floorDiv(m, 12)
	f.month = m - 12*floorDiv(m, 12) + 1
	f.day = min(f.day, daysIn(f.year, f.month))
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// addDays moves a date by days; false when it leaves the calendar.
func (f *fields) addDays(days int32) bool {
	jd := julian(f.year, f.month, f.day) + int(days)
	if jd < 0 || jd > 1<<31-1 {
		return false
	}
	f.year, f.month, f.day = civil(jd)
	return true
}

func (t Timestamp) addMicros(micros int64) (Timestamp, error) {
	sum := t + Timestamp(micros)
	if (sum > t) != (micros > 0) && micros != 0 || !validTimestamp(sum) {
		return 0, timestampRange()
	}
	return sum, nil
}

// Add is t + v for a timestamp of local time.
func (t Timestamp) Add(v interval.Interval) (Timestamp, error) { return t.AddIn(v, time.UTC) }

// AddIn is t + v for an instant: months and days are those of a zone's calendar.
func (t Timestamp) AddIn(v interval.Interval, loc *time.Location) (Timestamp, error) {
	if !t.IsFinite() {
		return t, nil
	}
	ok := true
	if v.Months != 0 {
		f := t.Local(loc).breakDown()
		f.addMonths(v.Months)
		if t, ok = f.inZone(loc); !ok {
			return 0, timestampRange()
		}
	}
	if v.Days != 0 {
		f := t.Local(loc).breakDown()
		if !f.addDays(v.Days) {
			return 0, timestampRange()
		}
		if t, ok = f.inZone(loc); !ok {
			return 0, timestampRange()
		}
	}
	return t.addMicros(v.Micros)
}

// inZone puts local fields of a zone together.
func (f *fields) inZone(loc *time.Location) (Timestamp, bool) {
	if !validJulian(f.year, f.month) {
		return 0, false
	}
	return f.timestampWest(-timezone.LocalOffset(loc, f.local()))
}

// SubInterval is t - v for a timestamp of local time.
func (t Timestamp) SubInterval(v interval.Interval) (Timestamp, error) {
	return t.SubIntervalIn(v, time.UTC)
}

// SubIntervalIn is t - v for an instant.
func (t Timestamp) SubIntervalIn(v interval.Interval, loc *time.Location) (Timestamp, error) {
	n, err := v.Neg()
	if err != nil {
		return 0, err
	}
	return t.AddIn(n, loc)
}

// Sub is t - o, in days and time.
func (t Timestamp) Sub(o Timestamp) (interval.Interval, error) {
	if !t.IsFinite() || !o.IsFinite() {
		return interval.Interval{}, errs.New("22008", "cannot subtract infinite timestamps")
	}
	return interval.Interval{Micros: int64(t - o)}.JustifyHours()
}

// Add is t + v: the clock goes round.
func (t Time) Add(v interval.Interval) Time {
	return Time(wrapDay(int64(t) + v.Micros%usecDay))
}

// SubInterval is t - v.
func (t Time) SubInterval(v interval.Interval) Time {
	return Time(wrapDay(int64(t) - v.Micros%usecDay))
}

func wrapDay(micros int64) int64 {
	micros %= usecDay
	if micros < 0 {
		micros += usecDay
	}
	return micros
}

// Sub is t - o.
func (t Time) Sub(o Time) interval.Interval { return interval.Interval{Micros: int64(t - o)} }

// Add is t + v.
func (t TimeTZ) Add(v interval.Interval) TimeTZ { return TimeTZ{t.Time.Add(v), t.West} }

// SubInterval is t - v.
func (t TimeTZ) SubInterval(v interval.Interval) TimeTZ { return TimeTZ{t.Time.SubInterval(v), t.West} }

// Age is age(a, b): years, months, days and time, counted as a calendar does.
func Age(a, b Timestamp) (interval.Interval, error) { return AgeIn(a, b, time.UTC) }

// AgeIn is age of two instants in a zone.
func AgeIn(a, b Timestamp, loc *time.Location) (interval.Interval, error) {
	if a == NegInfinity || b == NegInfinity {
		return interval.Interval{}, timestampRange()
	}
	x, y := a.localFields(loc), b.localFields(loc)
	sign := 1
	if a < b {
		sign = -1
	}
	micros := sign * int(x.clock()-y.clock())
	days := sign * (x.day - y.day)
	months := sign * (x.month - y.month)
	years := sign * (x.year - y.year)
	for micros < 0 {
		micros += int(usecDay)
		days--
	}
	for days < 0 {
		if a < b {
			days += daysIn(x.year, x.month)
		} else {
			days += daysIn(y.year, y.month)
		}
		months--
	}
	for months < 0 {
		months += 12
		years--
	}
	return interval.Interval{Months: int32(sign * (years*12 + months)), Days: int32(sign * days), Micros: int64(sign * micros)}, nil
}

// localFields breaks an instant down by a zone's clock. Infinity is taken for the moment its number stands for, as
// PostgreSQL's age does.
func (t Timestamp) localFields(loc *time.Location) fields {
	if t == Infinity {
		f := t.breakDown()
		f.hour += timezone.Offset(loc, t.Time().Unix()) / 3600
		return f
	}
	return t.Local(loc).breakDown()
}

// Bin is date_bin: the start of the stride that t lies in, counted from an origin.
func Bin(stride interval.Interval, t, origin Timestamp) (Timestamp, error) {
	if !t.IsFinite() {
		return t, nil
	}
	if !origin.IsFinite() {
		return 0, errs.New("22008", "origin out of range")
	}
	if stride.Months != 0 {
		return 0, errs.New("0A000", "timestamps cannot be binned into intervals containing months or years")
	}
	step := int64(stride.Days)*usecDay + stride.Micros
	if step <= 0 {
		return 0, errs.New("22008", "stride must be greater than zero")
	}
	diff := int64(t - origin)
	if (diff < 0) != (t < origin) {
		return 0, errs.New("22008", "interval out of range")
	}
	delta := diff - diff%step
	if diff < 0 && diff%step != 0 {
		delta -= step
	}
	return origin + Timestamp(delta), nil
}

// MakeDate is make_date; a negative year is BC.
func MakeDate(year, month, day int) (Date, error) {
	f := fields{year: year, month: month, day: day}
	if year < 0 && year != math.MinInt32 {
		f.year = 1 + year
	}
	if year == 0 || year == math.MinInt32 || month < 1 || month > 12 || day < 1 || day > daysIn(f.year, month) {
		return 0, errs.New("22008", "date field value out of range: %d-%02d-%02d", f.year, month, day)
	}
	d, ok := f.date()
	if !ok {
		return 0, errs.New("22008", "date out of range: %d-%02d-%02d", f.year, month, day)
	}
	return d, nil
}

// MakeTime is make_time.
func MakeTime(hour, minute int, second float64) (Time, error) {
	if t, ok := clockOf(hour, minute, second); ok {
		return t, nil
	}
	return 0, errs.New("22008", "time field value out of range: %d:%02d:%s", hour, minute, secondsText(second))
}

// MakeTimestamp is make_timestamp.
func MakeTimestamp(year, month, day, hour, minute int, second float64) (Timestamp, error) {
	f := fields{year: year, month: month, day: day}
	if year < 0 {
		f.year = 1 + year
	}
	if year == 0 || year == math.MinInt32 || month < 1 || month > 12 || day < 1 || day > daysIn(f.year, month) {
		return 0, errs.New("22008", "date field value out of range: %d-%02d-%02d", year, month, day)
	}
	d, ok := f.date()
	if !ok {
		return 0, errs.New("22008", "date out of range: %d-%02d-%02d", year, month, day)
	}
	clock, ok := clockOf(hour, minute, second)
	if !ok {
		return 0, errs.New("22008", "time field value out of range: %d:%02d:%s", hour, minute, secondsText(second))
	}
	midnight, err := d.Timestamp()
	if err == nil {
		t := midnight + Timestamp(clock)
		if validTimestamp(t) {
			return t, nil
		}
	}
	return 0, errs.New("22008", "timestamp out of range: %d-%02d-%02d %d:%02d:%s", year, month, day, hour, minute, secondsText(second))
}

// FromEpoch is to_timestamp(seconds since 1970).
func FromEpoch(seconds float64) (Timestamp, error) {
	switch {
	case seconds != seconds:
		return 0, errs.New("22008", "timestamp cannot be NaN")
	case seconds > 1e300:
		return Infinity, nil
	case seconds < -1e300:
		return NegInfinity, nil
	}
	const low, high = float64(-210866803200), float64(9224318016000)
	out := func() error {
		return errs.New("22008", "timestamp out of range: \"%s\"", shortG(seconds))
	}
	if seconds < low || seconds >= high {
		return 0, out()
	}
	micros := roundEven((seconds - unixSeconds) * 1000000)
	t := Timestamp(micros)
	if !validTimestamp(t) {
		return 0, out()
	}
	return t, nil
}
