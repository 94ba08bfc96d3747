package types

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

func inDateTime(oid OID, typmod int32, text string, env *Env) (Datum, error) {
	s := env.session()
	switch oid {
	case DateOID:
		d, err := datetime.ParseDate(text, s)
		if err != nil {
			return Datum{}, err
		}
		return DateDatum(d), nil
	case TimeOID:
		t, err := datetime.ParseTime(text, s)
		if err != nil {
			return Datum{}, err
		}
		return TimeDatum(t.Round(int(typmod))), nil
	case TimetzOID:
		t, err := datetime.ParseTimeTZ(text, s)
		if err != nil {
			return Datum{}, err
		}
		t.Time = t.Time.Round(int(typmod))
		return TimetzDatum(t), nil
	}
	parse := datetime.ParseTimestamp
	if oid == TimestamptzOID {
		parse = datetime.ParseTimestamptz
	}
	t, err := parse(text, s)
	if err != nil {
		return Datum{}, err
	}
	return roundTimestamp(t, typmod)
}

func roundTimestamp(t datetime.Timestamp, typmod int32) (Datum, error) {
	r, ok := t.Round(int(typmod))
	if !ok {
		return Datum{}, errs.New("22008", "timestamp out of range")
	}
	return TimestampDatum(r), nil
}

func inInterval(text string, typmod int32) (Datum, error) {
	fields := int32(interval.AllFields)
	if typmod >= 0 {
		fields = typmod >> 16 & intervalFullRange
	}
	v, err := interval.Parse(text, fields)
	if err != nil {
		return Datum{}, err
	}
	return limitInterval(v, typmod)
}

// DateDatum, TimeDatum and the like store values of the date and time types.
func DateDatum(d datetime.Date) Datum           { return Text(d.Stored()) }
func TimeDatum(t datetime.Time) Datum           { return Text(t.String()) }
func TimetzDatum(t datetime.TimeTZ) Datum       { return Text(t.String()) }
func TimestampDatum(t datetime.Timestamp) Datum { return Text(t.Stored()) }
func IntervalDatum(v interval.Interval) Datum   { return Text(v.String()) }

// DateOf, TimeOf and the like read stored values; what is none reads as zero.
func DateOf(d Datum) datetime.Date {
	v, _ := datetime.StoredDate(d.S)
	return v
}

// TimeOf reads a stored time.
func TimeOf(d Datum) datetime.Time {
	v, _ := datetime.StoredTime(d.S)
	return v
}

// TimestampOf reads a stored timestamp or timestamptz.
func TimestampOf(d Datum) datetime.Timestamp {
	v, _ := datetime.StoredTimestamp(d.S)
	return v
}

// TimetzOf reads a stored timetz.
func TimetzOf(d Datum) datetime.TimeTZ { return storedTimetz(d.S) }

// IntervalOf reads a stored interval.
func IntervalOf(d Datum) interval.Interval { return storedInterval(d.S) }

func storedTimetz(s string) datetime.TimeTZ {
	v, _ := datetime.StoredTimeTZ(s)
	return v
}

func storedInterval(s string) interval.Interval {
	v, _ := interval.Parse(s, interval.AllFields)
	return v
}

// printedAsStored says whether a stored date or timestamp is what PostgreSQL prints: its year is from 1 to 9999.
func printedAsStored(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// offsetAt is the session's offset at an instant.
func offsetAt(t datetime.Timestamp, env *Env) int {
	if !t.IsFinite() {
		return 0
	}
	return timezone.Offset(env.location(), t.Time().Unix())
}
