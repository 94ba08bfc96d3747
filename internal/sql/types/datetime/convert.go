package datetime

import (
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// Timestamp is midnight of the day.
func (d Date) Timestamp() (Timestamp, error) {
	switch {
	case d == InfinityDate:
		return Infinity, nil
	case d == NegInfinityDate:
		return NegInfinity, nil
	case int64(d) >= int64(endTimestamp)/usecDay:
		return 0, errs.New("22008", "date out of range for timestamp")
	}
	return Timestamp(int64(d) * usecDay), nil
}

// Timestamptz is midnight of the day in a zone.
func (d Date) Timestamptz(loc *time.Location) (Timestamp, error) {
	t, err := d.Timestamp()
	if err != nil || !t.IsFinite() {
		return t, err
	}
	t, err = t.InZone(loc)
	if err != nil {
		return 0, errs.New("22008", "date out of range for timestamp")
	}
	return t, nil
}

// Date is the day of a timestamp.
func (t Timestamp) Date() Date {
	switch t {
	case Infinity:
		return InfinityDate
	case NegInfinity:
		return NegInfinityDate
	}
	days, _ := t.split()
	return Date(days)
}

// Clock is the time of day; an infinity has none.
func (t Timestamp) Clock() (clock Time, ok bool) {
	if !t.IsFinite() {
		return 0, false
	}
	_, micros := t.split()
	return Time(micros), true
}

// Local turns an instant into local time of a zone.
func (t Timestamp) Local(loc *time.Location) Timestamp {
	if !t.IsFinite() || loc == time.UTC {
		return t
	}
	return t + Timestamp(int64(timezone.Offset(loc, t.Time().Unix()))*usecSecond)
}

// InZone turns local time of a zone into an instant.
func (t Timestamp) InZone(loc *time.Location) (Timestamp, error) {
	if !t.IsFinite() || loc == time.UTC {
		return t, nil
	}
	out := t - Timestamp(int64(timezone.LocalOffset(loc, t.Time().Unix()))*usecSecond)
	if !validTimestamp(out) {
		return 0, timestampRange()
	}
	return out, nil
}

// WithZone gives a time the session's zone, with today's offset.
func (t Time) WithZone(s Session) TimeTZ {
	d := decoder{session: s}
	d.now()
	d.setClock(int64(t))
	return TimeTZ{t, int32(-timezone.LocalOffset(s.Location, d.local()))}
}
