package datetime

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/interval"
)

// Timestamp is microseconds since 2000-01-01 00:00:00.
type Timestamp int64

// Date is days since 2000-01-01.
type Date int32

// Time is microseconds since midnight, up to and with 24:00:00.
type Time int64

// TimeTZ is a time of day with its zone, in seconds west of UTC.
type TimeTZ struct {
	Time Time
	West int32
}

// The infinities.
const (
	Infinity        Timestamp = math.MaxInt64
	NegInfinity     Timestamp = math.MinInt64
	InfinityDate    Date      = math.MaxInt32
	NegInfinityDate Date      = math.MinInt32
)

const (
	usecDay    = interval.Day
	usecHour   = interval.Hour
	usecMinute = interval.Minute
	usecSecond = interval.Second

	epochJulian  = 2451545 // 2000-01-01
	unixJulian   = 2440588 // 1970-01-01
	unixDays     = epochJulian - unixJulian
	unixSeconds  = unixDays * 86400
	minTimestamp = Timestamp(-211813488000000000)
	endTimestamp = Timestamp(9223371331200000000)
	endDate      = 2147483494 - epochJulian
)

// IsFinite says whether a timestamp is neither infinity.
func (t Timestamp) IsFinite() bool { return t != Infinity && t != NegInfinity }

// IsFinite says whether a date is neither infinity.
func (d Date) IsFinite() bool { return d != InfinityDate && d != NegInfinityDate }

// Valid says whether a timestamp is within PostgreSQL's range.
func (t Timestamp) Valid() bool { return !t.IsFinite() || validTimestamp(t) }

func validTimestamp(t Timestamp) bool { return t >= minTimestamp && t < endTimestamp }

func timestampRange() *errs.Error { return errs.New("22008", "timestamp out of range") }
func dateRange() *errs.Error      { return errs.New("22008", "date out of range") }

// julian is the Julian day of a date of the proleptic Gregorian calendar; year 0 is 1 BC.
func julian(year, month, day int) int {
	if month > 2 {
		month++
		year += 4800
	} else {
		month += 13
		year += 4799
	}
	century := year / 100
	return year*365 - 32167 + year/4 - century + century/4 + 7834*month/256 + day
}

// civil is the reverse of julian, for days from 0.
func civil(jd int) (year, month, day int) {
	j := uint64(uint32(jd)) + 32044
	quad := j / 146097
	extra := (j-quad*146097)*4 + 3
	j += 60 + quad*3 + extra/146097
	quad = j / 1461
	j -= quad * 1461
	y := j * 4 / 1461
	if y != 0 {
		j = (j+305)%365 + 123
	} else {
		j = (j+306)%366 + 123
	}
	y += quad * 4
	quad = j * 2141 / 65536
	return int(y) - 4800, int((quad+10)%12 + 1), int(j - 7834*quad/256)
}

func validJulian(year, month int) bool {
	return (year > -4713 || year == -4713 && month >= 11) && (year < 5874898 || year == 5874898 && month < 6)
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysIn(year, month int) int {
	switch month {
	case 2:
		if isLeap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

// weekday of a Julian day: 0 is Sunday.
func weekday(jd int) int { return (jd + 1) % 7 }

// fields is a moment broken down.
type fields struct {
	year, month, day     int
	hour, minute, second int
	micros               int
	yday                 int // only while reading
}

func (f *fields) setClock(micros int64) {
	f.hour = int(micros / usecHour)
	micros %= usecHour
	f.minute = int(micros / usecMinute)
	micros %= usecMinute
	f.second = int(micros / usecSecond)
	f.micros = int(micros % usecSecond)
}

func (f *fields) clock() int64 {
	return int64(f.hour)*usecHour + int64(f.minute)*usecMinute + int64(f.second)*usecSecond + int64(f.micros)
}

// split divides into days since 2000 and the microseconds of the day.
func (t Timestamp) split() (days int, micros int64) {
	days, micros = int(int64(t)/usecDay), int64(t)%usecDay
	if micros < 0 {
		micros += usecDay
		days--
	}
	return days, micros
}

// breakDown gives a finite timestamp's fields.
func (t Timestamp) breakDown() fields {
	days, micros := t.split()
	var f fields
	f.year, f.month, f.day = civil(days + epochJulian)
	f.setClock(micros)
	return f
}

// timestamp puts fields together, without a zone; false when it is out of range.
func (f *fields) timestamp() (Timestamp, bool) { return f.timestampWest(0) }

// timestampWest puts local fields together and adds the zone's seconds west of UTC.
func (f *fields) timestampWest(west int) (Timestamp, bool) {
	if !validJulian(f.year, f.month) {
		return 0, false
	}
	days := julian(f.year, f.month, f.day) - epochJulian
	if days > math.MaxInt64/int(usecDay) || days < math.MinInt64/int(usecDay) {
		return 0, false
	}
	base := int64(days) * usecDay
	clock := f.clock()
	t := base + clock
	if (t >= base) != (clock >= 0) {
		return 0, false
	}
	shifted := t + int64(west)*usecSecond
	if (shifted >= t) != (west >= 0) {
		return 0, false
	}
	return Timestamp(shifted), validTimestamp(Timestamp(shifted))
}

func (f *fields) date() (Date, bool) {
	if !validJulian(f.year, f.month) {
		return 0, false
	}
	days := julian(f.year, f.month, f.day) - epochJulian
	return Date(days), days >= -epochJulian && days < endDate
}

// isoWeek gives ISO 8601's week and the year it belongs to (year 0 is 1 BC).
func isoWeek(year, month, day int) (isoYear, week int) {
	jd := julian(year, month, day)
	for isoYear = year + 1; ; isoYear-- {
		first := isoWeekStart(isoYear)
		if jd >= first {
			return isoYear, (jd-first)/7 + 1
		}
	}
}

// isoWeekStart is the Julian day of the Monday of an ISO year's first week.
func isoWeekStart(year int) int {
	fourth := julian(year, 1, 4)
	return fourth - (weekday(fourth)+6)%7
}
