package datetime

import (
	"math"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datefield"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// Session is what reading takes from its surroundings.
type Session struct {
	Location *time.Location // not nil
	Now      time.Time      // the zero time means the wall clock
}

// Masks of what is known, by the word kinds' numbers.
const (
	monthBit  = 1 << datefield.Month
	yearBit   = 1 << datefield.Year
	dayBit    = 1 << datefield.Day
	zoneBit   = 1 << datefield.TZ
	dtzBit    = 1 << datefield.DTZ
	doyBit    = 1 << datefield.DayOfYear
	dtzModBit = 1 << datefield.DTZMod
	secBits   = 1<<datefield.Second | 1<<datefield.Millisec | 1<<datefield.Microsec
	timeBits  = 1<<datefield.Hour | 1<<datefield.Minute | secBits
	dateBits  = yearBit | monthBit | dayBit
)

// decoder puts fields together into a moment. It follows PostgreSQL's rules field by field, since which texts are taken, and
// as what, is decided by the order in which they are looked at.
type decoder struct {
	fields
	west      int // the zone, in seconds west of UTC
	seen      uint32
	special   int // Epoch, Infinity or NegInfinity instead of a moment
	prefix    int // the unit a word announced for the next field
	textMonth bool
	isJulian  bool
	twoDigit  bool // the year had one or two digits
	bc        bool
	ampm      int
	named     *time.Location
	abbrev    string
	abbrevTZ  *timezone.Abbreviation
	session   Session
	failure   error // an error that is not a fault of format
}

// decodeMoment reads the fields of a date or timestamp.
func decodeMoment(parts []datefield.Field, s Session) (d *decoder, fault datefield.Fault) {
	d = &decoder{session: s}
	for i := range parts {
		mask, fault := d.momentField(parts, i)
		if fault != datefield.OK {
			return d, fault
		}
		if mask&d.seen != 0 {
			return d, datefield.BadFormat
		}
		d.seen |= mask
	}
	if fault := d.finishDate(); fault != datefield.OK {
		return d, fault
	}
	if d.special != 0 {
		return d, datefield.OK
	}
	if d.seen&dateBits != dateBits {
		return d, datefield.BadFormat
	}
	return d, d.finishZone()
}

func (d *decoder) momentField(parts []datefield.Field, i int) (uint32, datefield.Fault) {
	text := parts[i].Text
	switch parts[i].Kind {
	case datefield.Date:
		switch {
		case d.prefix == datefield.UnitJulian:
			d.prefix = 0
			val, rest, fit := datefield.Int(text, 32)
			if !fit || val < 0 {
				return 0, datefield.Overflow
			}
			d.year, d.month, d.day = civil(int(val))
			d.isJulian = true
			west, fault := zoneOffset(rest)
			d.west = west
			return dateBits | timeBits | zoneBit, fault
		case d.prefix != 0 || d.seen&(monthBit|dayBit) == monthBit|dayBit:
			if text[0] >= '0' && text[0] <= '9' || d.prefix != 0 {
				if d.prefix != 0 && d.prefix != datefield.UnitTime {
					return 0, datefield.BadFormat
				}
				d.prefix = 0
				return d.clockWithZone(text, d.seen)
			}
			return d.zoneName(text)
		}
		return d.dateField(text)
	case datefield.Time:
		if d.prefix != 0 {
			if d.prefix != datefield.UnitTime {
				return 0, datefield.BadFormat
			}
			d.prefix = 0
		}
		if fault := d.clockField(text); fault != datefield.OK {
			return 0, fault
		}
		if d.hour > 24 || d.hour == 24 && (d.minute > 0 || d.second > 0 || d.micros > 0) {
			return 0, datefield.Overflow
		}
		return timeBits, datefield.OK
	case datefield.Zone:
		west, fault := zoneOffset(text)
		d.west = west
		return zoneBit, fault
	case datefield.Number:
		if d.prefix != 0 {
			return d.labelled(text)
		}
		point := strings.IndexByte(text, '.')
		switch {
		case point >= 0 && d.seen&dateBits == 0:
			return d.dateField(text)
		case point > 2:
			return d.runTogether(text, d.seen)
		case len(text) >= 6 && (d.seen&dateBits == 0 || d.seen&timeBits == 0):
			return d.runTogether(text, d.seen)
		}
		return d.number(text, d.textMonth, d.seen)
	}
	return d.momentWord(parts, i)
}

// clockWithZone reads hhmmss-zz.
func (d *decoder) clockWithZone(text string, seen uint32) (uint32, datefield.Fault) {
	if d.seen&timeBits == timeBits {
		return 0, datefield.BadFormat
	}
	dash := strings.IndexByte(text, '-')
	if dash < 0 {
		return 0, datefield.BadFormat
	}
	west, fault := zoneOffset(text[dash:])
	if fault != datefield.OK {
		return 0, fault
	}
	d.west = west
	mask, fault := d.runTogether(text[:dash], seen)
	return mask | zoneBit, fault
}

func (d *decoder) zoneName(text string) (uint32, datefield.Fault) {
	loc, ok := timezone.Load(text)
	if !ok {
		d.failure = errs.New("22023", "time zone \"%s\" not recognized", text)
		return 0, datefield.BadFormat
	}
	d.named = loc
	return zoneBit, datefield.OK
}

func (d *decoder) clockField(text string) datefield.Fault {
	hour, minute, second, micros, fault := datefield.Clock(text, false)
	if fault == datefield.OK && hour > math.MaxInt32 {
		fault = datefield.Overflow
	}
	d.hour, d.minute, d.second, d.micros = int(hour), int(minute), int(second), int(micros)
	return fault
}

// labelled reads a number that the word before it announced.
func (d *decoder) labelled(text string) (mask uint32, fault datefield.Fault) {
	val, rest, fit := datefield.Int(text, 32)
	if !fit {
		return 0, datefield.Overflow
	}
	fraction := rest != "" && rest[0] == '.'
	if rest != "" && !fraction || fraction && d.prefix != datefield.UnitJulian && d.prefix != datefield.UnitTime && d.prefix != datefield.UnitSecond {
		return 0, datefield.BadFormat
	}
	switch d.prefix {
	case datefield.UnitYear:
		d.year, mask = int(val), yearBit
	case datefield.UnitMonth:
		// The same letter: after a month and an hour it means minutes.
		if d.seen&monthBit != 0 && d.seen&(1<<datefield.Hour) != 0 {
			d.minute, mask = int(val), 1<<datefield.Minute
		} else {
			d.month, mask = int(val), monthBit
		}
	case datefield.UnitDay:
		d.day, mask = int(val), dayBit
	case datefield.UnitHour:
		d.hour, mask = int(val), 1<<datefield.Hour
	case datefield.UnitMinute:
		d.minute, mask = int(val), 1<<datefield.Minute
	case datefield.UnitSecond:
		d.second, mask = int(val), 1<<datefield.Second
		if fraction {
			micros, fault := datefield.FractionMicros(rest)
			if fault != datefield.OK {
				return 0, fault
			}
			d.micros, mask = int(micros), secBits
		}
	case datefield.UnitJulian:
		if val < 0 {
			return 0, datefield.Overflow
		}
		d.year, d.month, d.day = civil(int(val))
		d.isJulian = true
		mask = dateBits
		if rest != "" {
			fraction, fault := datefield.Fraction(rest)
			if fault != datefield.OK {
				return 0, fault
			}
			d.setClock(int64(fraction * float64(usecDay)))
			mask |= timeBits
		}
	case datefield.UnitTime:
		if mask, fault = d.runTogether(text, d.seen|dateBits); fault != datefield.OK {
			return 0, fault
		}
		if mask != timeBits {
			return 0, datefield.BadFormat
		}
	default:
		return 0, datefield.BadFormat
	}
	d.prefix = 0
	return mask, datefield.OK
}

// word looks a word up: zone abbreviations first, then words.
func (d *decoder) word(text string) (datefield.Word, *timezone.Abbreviation) {
	if a, ok := timezone.FindAbbreviation(text); ok {
		return datefield.Word{}, &a
	}
	if w, ok := datefield.FindWord(text); ok {
		return w, nil
	}
	return datefield.Word{Kind: datefield.Unknown}, nil
}

// zoneWord takes an abbreviation.
func (d *decoder) zoneWord(text string, a *timezone.Abbreviation) uint32 {
	if a.Zone != "" {
		d.abbrev, d.abbrevTZ = text, a
		return zoneBit | 1<<datefield.DynTZ
	}
	d.west = -a.Offset
	if a.DST {
		return zoneBit | dtzBit
	}
	return zoneBit
}

// now sets the fields to the session's local time.
func (d *decoder) now() {
	instant := d.session.Now
	if instant.IsZero() {
		instant = time.Now()
	}
	t := FromTime(instant)
	east := timezone.Offset(d.session.Location, instant.Unix())
	d.fields = (t + Timestamp(int64(east)*usecSecond)).breakDown()
	d.west = -east
}

func (d *decoder) today(offset int) uint32 {
	saved := *d
	d.now()
	year, month, day := civil(julian(d.year, d.month, d.day) + offset)
	*d = saved
	d.year, d.month, d.day = year, month, day
	return dateBits
}

func (d *decoder) momentWord(parts []datefield.Field, i int) (uint32, datefield.Fault) {
	text := parts[i].Text
	w, abbrev := d.word(text)
	if abbrev != nil {
		return d.zoneWord(text, abbrev), datefield.OK
	}
	mask := uint32(1) << w.Kind
	switch w.Kind {
	case datefield.Ignored:
		return 0, datefield.OK
	case datefield.Reserved:
		switch w.Value {
		case datefield.Now:
			d.now()
			return dateBits | timeBits | zoneBit, datefield.OK
		case datefield.Yesterday:
			return d.today(-1), datefield.OK
		case datefield.Today:
			return d.today(0), datefield.OK
		case datefield.Tomorrow:
			return d.today(1), datefield.OK
		case datefield.Zulu:
			d.hour, d.minute, d.second, d.west = 0, 0, 0, 0
			return timeBits | zoneBit, datefield.OK
		}
		d.special = w.Value
	case datefield.Month:
		if d.seen&monthBit != 0 && !d.textMonth && d.seen&dayBit == 0 && d.month >= 1 && d.month <= 31 {
			d.day = d.month
			mask = dayBit
		}
		d.textMonth = true
		d.month = w.Value
	case datefield.DTZMod:
		mask |= dtzBit
		d.west -= w.Value
	case datefield.AMPM:
		d.ampm = w.Value
	case datefield.ADBC:
		d.bc = w.Value == datefield.BC
	case datefield.DayOfWeek:
	case datefield.Units:
		d.prefix = w.Value
		return 0, datefield.OK
	case datefield.ISOTime:
		if d.seen&dateBits != dateBits || !timeFollows(parts, i) {
			return 0, datefield.BadFormat
		}
		d.prefix = w.Value
		return 0, datefield.OK
	case datefield.Unknown:
		loc, ok := timezone.Load(text)
		if !ok {
			return 0, datefield.BadFormat
		}
		d.named = loc
		return zoneBit, datefield.OK
	default:
		return 0, datefield.BadFormat
	}
	return mask, datefield.OK
}

func timeFollows(parts []datefield.Field, i int) bool {
	if i+1 >= len(parts) {
		return false
	}
	k := parts[i+1].Kind
	return k == datefield.Number || k == datefield.Time || k == datefield.Date
}

// finishDate checks the date and the half of the day once all is known.
func (d *decoder) finishDate() datefield.Fault {
	if d.seen&yearBit != 0 && !d.isJulian {
		switch {
		case d.bc:
			if d.year <= 0 {
				return datefield.Overflow
			}
			d.year = 1 - d.year
		case d.twoDigit:
			if d.year < 0 {
				return datefield.Overflow
			}
			if d.year < 70 {
				d.year += 2000
			} else if d.year < 100 {
				d.year += 1900
			}
		case d.year <= 0:
			return datefield.Overflow
		}
	}
	if d.seen&doyBit != 0 {
		d.year, d.month, d.day = civil(julian(d.year, 1, 1) + d.yday - 1)
	}
	if d.seen&monthBit != 0 && (d.month < 1 || d.month > 12) || d.seen&dayBit != 0 && (d.day < 1 || d.day > 31) {
		return datefield.MonthDayOverflow
	}
	if d.seen&dateBits == dateBits && d.special == 0 && d.day > daysIn(d.year, d.month) {
		return datefield.Overflow
	}
	if d.ampm != 0 && d.hour > 12 {
		return datefield.Overflow
	}
	if d.ampm == datefield.AM && d.hour == 12 {
		d.hour = 0
	} else if d.ampm == datefield.PM && d.hour != 12 {
		d.hour += 12
	}
	return datefield.OK
}

// local is the moment as seconds since 1970 as if it were UTC.
func (f *fields) local() int64 {
	return int64(julian(f.year, f.month, f.day)-unixJulian)*86400 + int64(f.hour)*3600 + int64(f.minute)*60 + int64(f.second)
}

// finishZone works out the offset of a zone given by name, or of the session's.
func (d *decoder) finishZone() datefield.Fault {
	if d.named == nil && d.abbrevTZ == nil && d.seen&zoneBit != 0 {
		return datefield.OK
	}
	if d.seen&dtzModBit != 0 {
		return datefield.BadFormat
	}
	if !validJulian(d.year, d.month) {
		return datefield.OK
	}
	switch {
	case d.named != nil:
		d.west = -timezone.LocalOffset(d.named, d.local())
	case d.abbrevTZ != nil:
		d.west = -d.abbrevTZ.OffsetAtLocal(d.abbrev, d.local())
	default:
		d.west = -timezone.LocalOffset(d.session.Location, d.local())
	}
	return datefield.OK
}
