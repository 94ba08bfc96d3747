package builtin

import (
	"github.com/basement-project/basement/internal/errs"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/interval"
)

func (c *Call) location() *time.Location {
	if e := c.Env(); e != nil && e.Location != nil {
		return e.Location
	}
	return time.UTC
}

func (c *Call) date(i int) datetime.Date           { return types.DateOf(c.Args[i]) }
func (c *Call) clock(i int) datetime.Time          { return types.TimeOf(c.Args[i]) }
func (c *Call) timestamp(i int) datetime.Timestamp { return types.TimestampOf(c.Args[i]) }
func (c *Call) interval(i int) interval.Interval   { return types.IntervalOf(c.Args[i]) }

func timestampOut(t datetime.Timestamp, err error) (types.Datum, error) {
	if err != nil {
		return types.Datum{}, err
	}
	return types.TimestampDatum(t), nil
}

func dateOut(d datetime.Date, err error) (types.Datum, error) {
	if err != nil {
		return types.Datum{}, err
	}
	return types.DateDatum(d), nil
}

func intervalOut(v interval.Interval, err error) (types.Datum, error) {
	if err != nil {
		return types.Datum{}, err
	}
	return types.IntervalDatum(v), nil
}

// datetimeTable declares the functions and operators of dates, times and intervals.
func datetimeTable() []entry {
	var list []entry
	add := func(sig string, fn Func) { list = append(list, entry{sig: sig, fn: fn}) }

	add("date_pli(date,int4)", func(c *Call) (types.Datum, error) { return dateOut(c.date(0).AddDays(int32(c.Args[1].I))) })
	add("integer_pl_date(int4,date)", func(c *Call) (types.Datum, error) { return dateOut(c.date(1).AddDays(int32(c.Args[0].I))) })
	add("date_mii(date,int4)", func(c *Call) (types.Datum, error) { return dateOut(c.date(0).AddDays(-int32(c.Args[1].I))) })
	add("date_mi(date,date)", func(c *Call) (types.Datum, error) {
		n, err := c.date(0).Sub(c.date(1))
		return types.Int(int64(n)), err
	})
	dateTime := func(d datetime.Date, t datetime.Time) (types.Datum, error) {
		at, err := d.Timestamp()
		if err != nil || !at.IsFinite() {
			return timestampOut(at, err)
		}
		if at += datetime.Timestamp(t); !at.Valid() {
			return timestampOut(0, errs.New("22008", "timestamp out of range"))
		}
		return timestampOut(at, nil)
	}
	add("datetime_pl(date,time)", func(c *Call) (types.Datum, error) { return dateTime(c.date(0), c.clock(1)) })
	add("timedate_pl(time,date)", func(c *Call) (types.Datum, error) { return dateTime(c.date(1), c.clock(0)) })
	add("timestamp(date,time)", func(c *Call) (types.Datum, error) { return dateTime(c.date(0), c.clock(1)) })
	dateTimetz := func(d datetime.Date, t datetime.TimeTZ) (types.Datum, error) {
		at, err := d.Timestamp()
		if err != nil || !at.IsFinite() {
			return timestampOut(at, err)
		}
		return timestampOut(at+datetime.Timestamp(t.Time)+datetime.Timestamp(t.West)*1000000, nil)
	}
	add("datetimetz_pl(date,timetz)", func(c *Call) (types.Datum, error) { return dateTimetz(c.date(0), types.TimetzOf(c.Args[1])) })
	add("timetzdate_pl(timetz,date)", func(c *Call) (types.Datum, error) { return dateTimetz(c.date(1), types.TimetzOf(c.Args[0])) })
	add("timestamptz(date,timetz)", func(c *Call) (types.Datum, error) { return dateTimetz(c.date(0), types.TimetzOf(c.Args[1])) })
	add("timestamptz(date,time)", func(c *Call) (types.Datum, error) {
		d, err := dateTime(c.date(0), c.clock(1))
		if err != nil {
			return d, err
		}
		return timestampOut(types.TimestampOf(d).InZone(c.location()))
	})

	// date +- interval is a timestamp.
	datePlus := func(d datetime.Date, v interval.Interval, minus bool) (types.Datum, error) {
		at, err := d.Timestamp()
		if err != nil {
			return types.Datum{}, err
		}
		if minus {
			return timestampOut(at.SubInterval(v))
		}
		return timestampOut(at.Add(v))
	}
	add("date_pl_interval(date,interval)", func(c *Call) (types.Datum, error) { return datePlus(c.date(0), c.interval(1), false) })
	add("interval_pl_date(interval,date)", func(c *Call) (types.Datum, error) { return datePlus(c.date(1), c.interval(0), false) })
	add("date_mi_interval(date,interval)", func(c *Call) (types.Datum, error) { return datePlus(c.date(0), c.interval(1), true) })

	add("timestamp_pl_interval(timestamp,interval)", func(c *Call) (types.Datum, error) { return timestampOut(c.timestamp(0).Add(c.interval(1))) })
	add("interval_pl_timestamp(interval,timestamp)", func(c *Call) (types.Datum, error) { return timestampOut(c.timestamp(1).Add(c.interval(0))) })
	add("timestamp_mi_interval(timestamp,interval)", func(c *Call) (types.Datum, error) { return timestampOut(c.timestamp(0).SubInterval(c.interval(1))) })
	add("timestamptz_pl_interval(timestamptz,interval)", func(c *Call) (types.Datum, error) {
		return timestampOut(c.timestamp(0).AddIn(c.interval(1), c.location()))
	})
	add("interval_pl_timestamptz(interval,timestamptz)", func(c *Call) (types.Datum, error) {
		return timestampOut(c.timestamp(1).AddIn(c.interval(0), c.location()))
	})
	add("timestamptz_mi_interval(timestamptz,interval)", func(c *Call) (types.Datum, error) {
		return timestampOut(c.timestamp(0).SubIntervalIn(c.interval(1), c.location()))
	})
	diff := func(c *Call) (types.Datum, error) { return intervalOut(c.timestamp(0).Sub(c.timestamp(1))) }
	add("timestamp_mi(timestamp,timestamp)", diff)
	add("timestamptz_mi(timestamptz,timestamptz)", diff)

	add("time_pl_interval(time,interval)", func(c *Call) (types.Datum, error) { return types.TimeDatum(c.clock(0).Add(c.interval(1))), nil })
	add("interval_pl_time(interval,time)", func(c *Call) (types.Datum, error) { return types.TimeDatum(c.clock(1).Add(c.interval(0))), nil })
	add("time_mi_interval(time,interval)", func(c *Call) (types.Datum, error) {
		return types.TimeDatum(c.clock(0).SubInterval(c.interval(1))), nil
	})
	add("time_mi_time(time,time)", func(c *Call) (types.Datum, error) { return types.IntervalDatum(c.clock(0).Sub(c.clock(1))), nil })
	add("timetz_pl_interval(timetz,interval)", func(c *Call) (types.Datum, error) {
		return types.TimetzDatum(types.TimetzOf(c.Args[0]).Add(c.interval(1))), nil
	})
	add("interval_pl_timetz(interval,timetz)", func(c *Call) (types.Datum, error) {
		return types.TimetzDatum(types.TimetzOf(c.Args[1]).Add(c.interval(0))), nil
	})
	add("timetz_mi_interval(timetz,interval)", func(c *Call) (types.Datum, error) {
		return types.TimetzDatum(types.TimetzOf(c.Args[0]).SubInterval(c.interval(1))), nil
	})

	add("interval_pl(interval,interval)", func(c *Call) (types.Datum, error) { return intervalOut(interval.Add(c.interval(0), c.interval(1))) })
	add("interval_mi(interval,interval)", func(c *Call) (types.Datum, error) { return intervalOut(interval.Sub(c.interval(0), c.interval(1))) })
	add("interval_um(interval)", func(c *Call) (types.Datum, error) { return intervalOut(c.interval(0).Neg()) })
	add("interval_mul(interval,float8)", func(c *Call) (types.Datum, error) { return intervalOut(c.interval(0).Mul(c.Args[1].Float())) })
	add("mul_d_interval(float8,interval)", func(c *Call) (types.Datum, error) { return intervalOut(c.interval(1).Mul(c.Args[0].Float())) })
	add("interval_div(interval,float8)", func(c *Call) (types.Datum, error) { return intervalOut(c.interval(0).Div(c.Args[1].Float())) })
	add("justify_hours(interval)", func(c *Call) (types.Datum, error) { return intervalOut(c.interval(0).JustifyHours()) })
	add("justify_days(interval)", func(c *Call) (types.Datum, error) { return intervalOut(c.interval(0).JustifyDays()) })
	add("justify_interval(interval)", func(c *Call) (types.Datum, error) { return intervalOut(c.interval(0).Justify()) })
	add("make_interval(int4,int4,int4,int4,int4,int4,float8)", func(c *Call) (types.Datum, error) {
		a := func(i int) int32 { return int32(c.Args[i].I) }
		return intervalOut(interval.Make(a(0), a(1), a(2), a(3), a(4), a(5), c.Args[6].Float()))
	})

	add("age(timestamp,timestamp)", func(c *Call) (types.Datum, error) { return intervalOut(datetime.Age(c.timestamp(0), c.timestamp(1))) })
	add("age(timestamptz,timestamptz)", func(c *Call) (types.Datum, error) {
		return intervalOut(datetime.AgeIn(c.timestamp(0), c.timestamp(1), c.location()))
	})
	midnight := func(c *Call) (datetime.Timestamp, error) {
		return datetime.FromTime(c.Now()).Local(c.location()).Date().Timestamp()
	}
	add("age(timestamp)", func(c *Call) (types.Datum, error) {
		today, err := midnight(c)
		if err != nil {
			return types.Datum{}, err
		}
		return intervalOut(datetime.Age(today, c.timestamp(0)))
	})
	add("age(timestamptz)", func(c *Call) (types.Datum, error) {
		today, err := midnight(c)
		if err == nil {
			today, err = today.InZone(c.location())
		}
		if err != nil {
			return types.Datum{}, err
		}
		return intervalOut(datetime.AgeIn(today, c.timestamp(0), c.location()))
	})

	add("date_trunc(text,timestamp)", func(c *Call) (types.Datum, error) {
		return timestampOut(c.timestamp(1).Trunc(strings.Clone(c.Args[0].S)))
	})
	add("date_trunc(text,timestamptz)", func(c *Call) (types.Datum, error) {
		return timestampOut(c.timestamp(1).TruncIn(strings.Clone(c.Args[0].S), c.location()))
	})
	add("date_trunc(text,timestamptz,text)", func(c *Call) (types.Datum, error) {
		if !c.timestamp(1).IsFinite() {
			return c.Args[1], nil
		}
		z, err := datetime.FindZone(strings.Clone(c.Args[2].S))
		if err != nil {
			return types.Datum{}, err
		}
		return timestampOut(z.Trunc(strings.Clone(c.Args[0].S), c.timestamp(1)))
	})
	add("date_trunc(text,interval)", func(c *Call) (types.Datum, error) {
		return intervalOut(datetime.TruncInterval(strings.Clone(c.Args[0].S), c.interval(1)))
	})
	bin := func(c *Call) (types.Datum, error) {
		return timestampOut(datetime.Bin(c.interval(0), c.timestamp(1), c.timestamp(2)))
	}
	add("date_bin(interval,timestamp,timestamp)", bin)
	add("date_bin(interval,timestamptz,timestamptz)", bin)

	add("make_date(int4,int4,int4)", func(c *Call) (types.Datum, error) {
		return dateOut(datetime.MakeDate(int(c.Args[0].I), int(c.Args[1].I), int(c.Args[2].I)))
	})
	add("make_time(int4,int4,float8)", func(c *Call) (types.Datum, error) {
		t, err := datetime.MakeTime(int(c.Args[0].I), int(c.Args[1].I), c.Args[2].Float())
		if err != nil {
			return types.Datum{}, err
		}
		return types.TimeDatum(t), nil
	})
	moment := func(c *Call) (datetime.Timestamp, error) {
		a := func(i int) int { return int(c.Args[i].I) }
		return datetime.MakeTimestamp(a(0), a(1), a(2), a(3), a(4), c.Args[5].Float())
	}
	add("make_timestamp(int4,int4,int4,int4,int4,float8)", func(c *Call) (types.Datum, error) { return timestampOut(moment(c)) })
	add("make_timestamptz(int4,int4,int4,int4,int4,float8)", func(c *Call) (types.Datum, error) {
		t, err := moment(c)
		if err != nil {
			return types.Datum{}, err
		}
		return timestampOut(t.InZone(c.location()))
	})
	add("make_timestamptz(int4,int4,int4,int4,int4,float8,text)", func(c *Call) (types.Datum, error) {
		t, err := moment(c)
		if err != nil {
			return types.Datum{}, err
		}
		z, err := datetime.FindZone(strings.Clone(c.Args[6].S))
		if err != nil {
			return types.Datum{}, err
		}
		return timestampOut(z.Instant(t))
	})
	add("to_timestamp(float8)", func(c *Call) (types.Datum, error) { return timestampOut(datetime.FromEpoch(c.Args[0].Float())) })

	add("timezone(text,timestamp)", func(c *Call) (types.Datum, error) {
		return timestampOut(datetime.AtZone(c.timestamp(1), strings.Clone(c.Args[0].S)))
	})
	add("timezone(text,timestamptz)", func(c *Call) (types.Datum, error) {
		return timestampOut(datetime.LocalAt(c.timestamp(1), strings.Clone(c.Args[0].S)))
	})
	add("timezone(interval,timestamp)", func(c *Call) (types.Datum, error) {
		if !c.timestamp(1).IsFinite() {
			return c.Args[1], nil
		}
		z, err := datetime.FixedZone(c.interval(0))
		if err != nil {
			return types.Datum{}, err
		}
		return timestampOut(z.Instant(c.timestamp(1)))
	})
	add("timezone(interval,timestamptz)", func(c *Call) (types.Datum, error) {
		if !c.timestamp(1).IsFinite() {
			return c.Args[1], nil
		}
		z, err := datetime.FixedZone(c.interval(0))
		if err != nil {
			return types.Datum{}, err
		}
		return timestampOut(z.Local(c.timestamp(1)))
	})
	shift := func(c *Call, z datetime.Zone, err error) (types.Datum, error) {
		if err != nil {
			return types.Datum{}, err
		}
		return types.TimetzDatum(z.Shift(types.TimetzOf(c.Args[1]), datetime.Session{Location: c.location(), Now: c.Now()})), nil
	}
	add("timezone(text,timetz)", func(c *Call) (types.Datum, error) {
		z, err := datetime.FindZone(strings.Clone(c.Args[0].S))
		return shift(c, z, err)
	})
	add("timezone(interval,timetz)", func(c *Call) (types.Datum, error) {
		z, err := datetime.FixedZone(c.interval(0))
		return shift(c, z, err)
	})

	parts := map[string]func(c *Call, name string) (datetime.Part, error){
		"date":        func(c *Call, n string) (datetime.Part, error) { return c.date(1).Extract(n) },
		"time":        func(c *Call, n string) (datetime.Part, error) { return c.clock(1).Extract(n) },
		"timetz":      func(c *Call, n string) (datetime.Part, error) { return types.TimetzOf(c.Args[1]).Extract(n) },
		"timestamp":   func(c *Call, n string) (datetime.Part, error) { return c.timestamp(1).Extract(n) },
		"timestamptz": func(c *Call, n string) (datetime.Part, error) { return c.timestamp(1).ExtractIn(n, c.location()) },
		"interval":    func(c *Call, n string) (datetime.Part, error) { return datetime.ExtractInterval(n, c.interval(1)) },
	}
	for t, f := range parts {
		if t == "date" {
			// date_part of a date is that of its midnight.
			add("date_part(text,date)", func(c *Call) (types.Datum, error) {
				at, err := c.date(1).Timestamp()
				if err != nil {
					return types.Datum{}, err
				}
				p, err := at.Extract(strings.Clone(c.Args[0].S))
				if err != nil || p.Null {
					return types.Datum{}, err
				}
				return types.Float(p.Float), nil
			})
		} else {
			add("date_part(text,"+t+")", func(c *Call) (types.Datum, error) {
				p, err := f(c, strings.Clone(c.Args[0].S))
				if err != nil || p.Null {
					return types.Datum{}, err
				}
				return types.Float(p.Float), nil
			})
		}
		add("extract(text,"+t+")", func(c *Call) (types.Datum, error) {
			p, err := f(c, strings.Clone(c.Args[0].S))
			if err != nil || p.Null {
				return types.Datum{}, err
			}
			return types.NumericDatum(p.Number), nil
		})
	}
	add("isfinite(date)", func(c *Call) (types.Datum, error) { return types.Bool(c.date(0).IsFinite()), nil })
	finite := func(c *Call) (types.Datum, error) { return types.Bool(c.timestamp(0).IsFinite()), nil }
	add("isfinite(timestamp)", finite)
	add("isfinite(timestamptz)", finite)
	add("isfinite(interval)", func(c *Call) (types.Datum, error) { return types.Bool(true), nil })
	list = append(list, timeSeries()...)
	return append(list, overlapsTable()...)
}

// timeSeries declares generate_series over timestamps.
func timeSeries() []entry {
	series := func(zoned bool) SetFunc {
		return func(c *Call, yield func([]types.Datum) bool) error {
			at, end, step := c.timestamp(0), c.timestamp(1), c.interval(2)
			sign := interval.Compare(step, interval.Interval{})
			if sign == 0 {
				return errZeroStep
			}
			for sign > 0 && at <= end || sign < 0 && at >= end {
				if !yield([]types.Datum{types.TimestampDatum(at)}) || !at.IsFinite() {
					return nil
				}
				var err error
				if zoned {
					at, err = at.AddIn(step, c.location())
				} else {
					at, err = at.Add(step)
				}
				if err != nil {
					return err
				}
			}
			return nil
		}
	}
	return []entry{
		{sig: "generate_series(timestamp,timestamp,interval)", set: series(false)},
		{sig: "generate_series(timestamptz,timestamptz,interval)", set: series(true)},
	}
}

// overlapsTable declares OVERLAPS: an end may be given as an interval after the start.
func overlapsTable() []entry {
	var list []entry
	for _, t := range []string{"timestamp", "timestamptz", "time", "timetz"} {
		typ := types.ByName(t)
		for _, ends := range [][2]string{{t, t}, {"interval", "interval"}, {t, "interval"}, {"interval", t}} {
			if t == "timetz" && ends != [2]string{t, t} {
				continue
			}
			list = append(list, entry{sig: "overlaps(" + t + "," + ends[0] + "," + t + "," + ends[1] + ")", fn: func(c *Call) (types.Datum, error) {
				end := func(i int, kind string) (types.Datum, error) {
					if kind != "interval" || c.Args[i].IsNull() || c.Args[i-1].IsNull() {
						if kind == "interval" {
							return types.Datum{}, nil
						}
						return c.Args[i], nil
					}
					switch t {
					case "time":
						return types.TimeDatum(c.clock(i - 1).Add(c.interval(i))), nil
					case "timestamptz":
						return timestampOut(c.timestamp(i-1).AddIn(c.interval(i), c.location()))
					}
					return timestampOut(c.timestamp(i - 1).Add(c.interval(i)))
				}
				e1, err := end(1, ends[0])
				if err != nil {
					return types.Datum{}, err
				}
				e2, err := end(3, ends[1])
				if err != nil {
					return types.Datum{}, err
				}
				return overlap(typ, c.Args[0], e1, c.Args[2], e2), nil
			}})
		}
	}
	return list
}

// overlap is SQL's OVERLAPS with its rules for NULL.
func overlap(t *types.Type, s1, e1, s2, e2 types.Datum) types.Datum {
	cmp := func(a, b types.Datum) int { return types.Compare(t, a, b) }
	order := func(s, e types.Datum) (types.Datum, types.Datum, bool) {
		switch {
		case s.IsNull() && e.IsNull():
			return s, e, false
		case s.IsNull():
			return e, s, true
		case !e.IsNull() && cmp(s, e) > 0:
			return e, s, true
		}
		return s, e, true
	}
	s1, e1, ok1 := order(s1, e1)
	s2, e2, ok2 := order(s2, e2)
	if !ok1 || !ok2 {
		return types.Datum{}
	}
	// The earlier one may reach the later one's start; that it does not is only known when both ends are.
	later := func(e, s, other types.Datum) types.Datum {
		switch {
		case e.IsNull():
			return types.Datum{}
		case cmp(s, e) < 0:
			return types.Bool(true)
		case other.IsNull():
			return types.Datum{}
		}
		return types.Bool(false)
	}
	switch k := cmp(s1, s2); {
	case k > 0:
		return later(e2, s1, e1)
	case k < 0:
		return later(e1, s2, e2)
	}
	// The same start: they share it, unless an end is unknown.
	if e1.IsNull() || e2.IsNull() {
		return types.Datum{}
	}
	return types.Bool(true)
}

// castTable declares the conversions that may be called like functions: text(x), date(x), int4(x), ....
func castTable() []entry {
	var list []entry
	for _, t := range types.Builtin() {
		if t.Kind != types.BaseType {
			continue
		}
		for _, f := range Base().FunctionsNamed("pg_catalog", t.Name) {
			in := f.Inputs()
			if len(in) != 1 || f.Returns != t.OID || f.ReturnsSet {
				continue
			}
			from := types.ByOID(in[0].Type)
			if from == nil || from.Kind == types.PseudoType {
				continue
			}
			if _, _, ok := types.CastPathOf(from, t); !ok {
				continue
			}
			list = append(list, entry{sig: t.Name + "(" + from.Name + ")", fn: func(c *Call) (types.Datum, error) {
				return types.Cast(from, t, -1, c.Args[0], types.ExplicitCast, c.Env())
			}})
		}
	}
	return list
}
