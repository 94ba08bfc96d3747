package types

import (
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/interval"
)

func castDateTime(from, to OID, d Datum, env *Env) (out Datum, done bool, err error) {
	loc := env.location()
	switch from {
	case DateOID:
		switch to {
		case TimestampOID:
			t, err := DateOf(d).Timestamp()
			return TimestampDatum(t), true, err
		case TimestamptzOID:
			t, err := DateOf(d).Timestamptz(loc)
			return TimestampDatum(t), true, err
		}
	case TimestampOID:
		t := TimestampOf(d)
		switch to {
		case DateOID:
			return DateDatum(t.Date()), true, nil
		case TimeOID:
			return timeOrNull(t.Clock())
		case TimestamptzOID:
			t, err := t.InZone(loc)
			return TimestampDatum(t), true, err
		}
	case TimestamptzOID:
		t := TimestampOf(d)
		switch to {
		case DateOID:
			return DateDatum(t.Local(loc).Date()), true, nil
		case TimeOID:
			return timeOrNull(t.Local(loc).Clock())
		case TimestampOID:
			return TimestampDatum(t.Local(loc)), true, nil
		case TimetzOID:
			clock, ok := t.Local(loc).Clock()
			if !ok {
				return Datum{}, true, nil
			}
			return TimetzDatum(datetime.TimeTZ{Time: clock, West: int32(-offsetAt(t, env))}), true, nil
		}
	case TimeOID:
		switch to {
		case IntervalOID:
			return IntervalDatum(interval.Interval{Micros: int64(TimeOf(d))}), true, nil
		case TimetzOID:
			return TimetzDatum(TimeOf(d).WithZone(env.session())), true, nil
		}
	case TimetzOID:
		if to == TimeOID {
			return TimeDatum(TimetzOf(d).Time), true, nil
		}
	case IntervalOID:
		if to == TimeOID {
			micros := IntervalOf(d).Micros % interval.Day
			if micros < 0 {
				micros += interval.Day
			}
			return TimeDatum(datetime.Time(micros)), true, nil
		}
	}
	return Datum{}, false, nil
}

func timeOrNull(t datetime.Time, ok bool) (Datum, bool, error) {
	if !ok {
		return Datum{}, true, nil
	}
	return TimeDatum(t), true, nil
}

// limitInterval applies an interval type's typmod.
func limitInterval(v interval.Interval, typmod int32) (Datum, error) {
	fields, precision := int32(interval.AllFields), -1
	if typmod >= 0 {
		fields = typmod >> 16 & intervalFullRange
		if p := typmod & intervalFullPrecision; p != intervalFullPrecision {
			precision = int(p)
		}
	}
	v, err := v.Limit(fields, precision)
	if err != nil {
		return Datum{}, err
	}
	return IntervalDatum(v), nil
}
