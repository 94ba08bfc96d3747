package datetime

import (
	"strings"
	"time"

	"github.com/basement-project/basement/internal/sql/types/datefield"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// decodeClock reads the fields of a time or timetz.
func decodeClock(parts []datefield.Field, s Session) (d *decoder, fault datefield.Fault) {
	d = &decoder{session: s}
	for i := range parts {
		mask, fault := d.timeField(parts, i)
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
	if d.hour < 0 || d.minute < 0 || d.minute > 59 || d.second < 0 || d.second > 60 || d.hour > 24 ||
		d.hour == 24 && (d.minute > 0 || d.second > 0 || d.micros > 0) || d.micros < 0 || d.micros > 1000000 {
		return d, datefield.Overflow
	}
	if d.seen&timeBits != timeBits {
		return d, datefield.BadFormat
	}
	return d, d.finishClockZone()
}

func (d *decoder) timeField(parts []datefield.Field, i int) (uint32, datefield.Fault) {
	text := parts[i].Text
	last := len(parts) - 1
	switch parts[i].Kind {
	case datefield.Date:
		if i == 0 && len(parts) >= 2 && (parts[last].Kind == datefield.Date || parts[1].Kind == datefield.Time) {
			return d.dateField(text)
		}
		if text[0] >= '0' && text[0] <= '9' {
			return d.clockWithZone(text, d.seen|dateBits)
		}
		return d.zoneName(text)
	case datefield.Time:
		return timeBits, d.clockField(text)
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
		case point >= 0 && i == 0 && len(parts) >= 2 && parts[last].Kind == datefield.Date:
			return d.dateField(text)
		case point > 2 || point < 0 && len(text) > 4:
			return d.runTogether(text, d.seen|dateBits)
		case point >= 0:
			return 0, datefield.BadFormat
		}
		return d.number(text, false, d.seen|dateBits)
	}
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
			saved := *d
			d.now()
			clock := d.clock()
			*d = saved
			d.setClock(clock)
			return timeBits, datefield.OK
		case datefield.Zulu:
			d.hour, d.minute, d.second = 0, 0, 0
			return timeBits | zoneBit, datefield.OK
		}
		return 0, datefield.BadFormat
	case datefield.DTZMod:
		d.west -= w.Value
		return mask | dtzBit, datefield.OK
	case datefield.AMPM:
		d.ampm = w.Value
	case datefield.ADBC:
		d.bc = w.Value == datefield.BC
	case datefield.Units:
		d.prefix = w.Value
		return 0, datefield.OK
	case datefield.ISOTime:
		if !timeFollows(parts, i) {
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

// finishClockZone finds the offset; a zone whose offset changes needs a date, the session's zone takes today's.
func (d *decoder) finishClockZone() datefield.Fault {
	if d.named == nil && d.abbrevTZ == nil && d.seen&zoneBit != 0 {
		return datefield.OK
	}
	if d.seen&dtzModBit != 0 {
		return datefield.BadFormat
	}
	at := d.fields
	if d.seen&dateBits != dateBits {
		if d.named != nil {
			west, fixed := fixedWest(d.named, d.session.Now)
			if !fixed {
				return datefield.BadFormat
			}
			d.west = west
			return datefield.OK
		}
		if d.seen&dateBits != 0 {
			return datefield.BadFormat
		}
		saved := *d
		d.now()
		at.year, at.month, at.day = d.year, d.month, d.day
		*d = saved
	}
	if !validJulian(at.year, at.month) {
		return datefield.OK
	}
	switch {
	case d.named != nil:
		d.west = -timezone.LocalOffset(d.named, at.local())
	case d.abbrevTZ != nil:
		d.west = -d.abbrevTZ.OffsetAtLocal(d.abbrev, at.local())
	default:
		d.west = -timezone.LocalOffset(d.session.Location, at.local())
	}
	return datefield.OK
}

// fixedWest says whether a zone has had one offset for all time.
func fixedWest(loc *time.Location, at time.Time) (west int, fixed bool) {
	t := at.In(loc)
	start, end := t.ZoneBounds()
	_, east := t.Zone()
	return -east, start.IsZero() && end.IsZero()
}
