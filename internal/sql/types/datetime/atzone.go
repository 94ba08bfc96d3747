package datetime

import (
	"strings"
	"time"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

// Zone is a time zone as AT TIME ZONE names it: an abbreviation or a zone.
type Zone struct {
	name   string
	abbrev *timezone.Abbreviation
	loc    *time.Location
}

// FindZone looks a zone up by name, abbreviations first.
func FindZone(name string) (Zone, error) {
	key := strings.ToLower(name)
	if a, ok := timezone.FindAbbreviation(key); ok {
		return Zone{name: key, abbrev: &a}, nil
	}
	if loc, ok := timezone.Load(name); ok {
		return Zone{name: name, loc: loc}, nil
	}
	return Zone{}, errs.New("22023", "time zone \"%s\" not recognized", name)
}

// FixedZone is the zone of an interval, which may have a time only.
func FixedZone(v interval.Interval) (Zone, error) {
	if v.Months != 0 || v.Days != 0 {
		return Zone{}, errs.New("22023", "interval time zone \"%s\" must not include months or days", v)
	}
	return Zone{abbrev: &timezone.Abbreviation{Offset: int(v.Micros / usecSecond)}}, nil
}

// Instant is timestamp AT TIME ZONE zone.
func (z Zone) Instant(local Timestamp) (Timestamp, error) {
	if !local.IsFinite() {
		return local, nil
	}
	if z.abbrev == nil {
		return local.InZone(z.loc)
	}
	out := local - Timestamp(int64(z.abbrev.OffsetAtLocal(z.name, local.Time().Unix()))*usecSecond)
	if !validTimestamp(out) {
		return 0, timestampRange()
	}
	return out, nil
}

// Local is timestamptz AT TIME ZONE zone.
func (z Zone) Local(instant Timestamp) (Timestamp, error) {
	if !instant.IsFinite() {
		return instant, nil
	}
	out := instant + Timestamp(int64(z.offset(instant))*usecSecond)
	if !validTimestamp(out) {
		return 0, timestampRange()
	}
	return out, nil
}

func (z Zone) offset(instant Timestamp) int {
	if z.abbrev != nil {
		return z.abbrev.OffsetAt(z.name, instant.Time().Unix())
	}
	return timezone.Offset(z.loc, instant.Time().Unix())
}

// AtZone is timestamp AT TIME ZONE with a zone's name; an infinity is never asked for its zone.
func AtZone(local Timestamp, name string) (Timestamp, error) {
	if !local.IsFinite() {
		return local, nil
	}
	z, err := FindZone(name)
	if err != nil {
		return 0, err
	}
	return z.Instant(local)
}

// LocalAt is timestamptz AT TIME ZONE with a zone's name.
func LocalAt(instant Timestamp, name string) (Timestamp, error) {
	if !instant.IsFinite() {
		return instant, nil
	}
	z, err := FindZone(name)
	if err != nil {
		return 0, err
	}
	return z.Local(instant)
}

// Shift is timetz AT TIME ZONE zone, with the zone's offset of now.
func (z Zone) Shift(t TimeTZ, s Session) TimeTZ {
	now := s.Now
	if now.IsZero() {
		now = time.Now()
	}
	west := int32(-z.offset(FromTime(now)))
	return TimeTZ{Time(wrapDay(int64(t.Time) + int64(t.West-west)*usecSecond)), west}
}

// Trunc is date_trunc(field, instant, zone).
func (z Zone) Trunc(name string, t Timestamp) (Timestamp, error) {
	loc := z.loc
	if z.abbrev != nil {
		loc = time.FixedZone(z.name, z.offset(t))
	}
	return t.TruncIn(name, loc)
}
