package datetime

import (
	"strconv"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/sql/types/golden"
	"github.com/basement-project/basement/internal/sql/types/interval"
)

func mustInterval(s string) interval.Interval {
	v, _ := interval.Parse(s, interval.AllFields)
	return v
}

func partText(p Part, err error) (string, bool, error) {
	if err != nil || p.Null {
		return "", false, err
	}
	return p.Number.String(), true, nil
}

func floatText(p Part, err error) (string, bool, error) {
	if err != nil || p.Null {
		return "", false, err
	}
	return strconv.FormatFloat(p.Float, 'f', -1, 64), true, nil
}

func text[T interface{ String() string }](v T, err error) (string, bool, error) {
	if err != nil {
		return "", false, err
	}
	return v.String(), true, nil
}

var (
	instants  = []string{"2026-01-31 12:34:56.789", "2024-02-29 00:00:00", "1999-12-31 23:59:59.999999", "2000-01-01 00:00:00", "0044-03-15 10:00:00 BC", "0001-01-01 00:00:00", "1970-01-01 00:00:00", "2021-03-28 01:30:00", "2021-10-31 02:30:00", "294276-12-31 23:59:59", "4713-01-01 00:00:00 BC", "2005-01-01 10:00", "2008-12-29 11:11:11.5", "infinity", "-infinity", "1900-12-31 12:00", "2001-01-01 00:00", "0101-06-06 BC"}
	intervals = []string{"1 day", "1 mon", "-1 mon", "1 year", "13 mons -5 days 04:05:06.7", "24:00:00", "-00:00:00.000001", "1000000 years", "100 days", "2147483647 days", "-12 mons", "1 mon 1 day 1 hour"}
	units     = []string{"microseconds", "milliseconds", "second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century", "millennium", "isoyear", "dow", "isodow", "doy", "epoch", "julian", "timezone", "timezone_hour", "timezone_minute", "YEARS", "foo", "us", "j", "h", ""}
)

func zoneOps(loc *time.Location) ([]golden.Op, []golden.Case) {
	s := Session{Location: loc, Now: time.Now()}
	parse := func(a string) Timestamp { t, _ := ParseTimestamptz(a, s); return t }
	out := func(t Timestamp, err error) (string, bool, error) { return zoned(t, loc), true, err }
	ops := []golden.Op{
		{Name: "tz+", SQL: "select ($1::text::timestamptz + $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return out(parse(a[0]).AddIn(mustInterval(a[1]), loc)) }},
		{Name: "tz-", SQL: "select ($1::text::timestamptz - $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return out(parse(a[0]).SubIntervalIn(mustInterval(a[1]), loc)) }},
		{Name: "tzage", SQL: "select age($1::text::timestamptz, $2::text::timestamptz)::text", Go: func(a []string) (string, bool, error) { return text(AgeIn(parse(a[0]), parse(a[1]), loc)) }},
		{Name: "tztrunc", SQL: "select date_trunc($1::text, $2::text::timestamptz)::text", Go: func(a []string) (string, bool, error) { return out(parse(a[1]).TruncIn(a[0], loc)) }},
		{Name: "tzextract", SQL: "select extract($1 from $2::text::timestamptz)::text", Go: func(a []string) (string, bool, error) { return partText(parse(a[1]).ExtractIn(a[0], loc)) }},
	}
	for i := range ops {
		if ops[i].Name == "tzextract" {
			ops[i].SQL = "select extract($1::text, $2::text::timestamptz)::text"
		}
	}
	ops[4].SQL = "select pg_catalog.extract($1::text, $2::text::timestamptz)::text"
	var cases []golden.Case
	cases = append(cases, golden.Cross("tz+", instants, intervals)...)
	cases = append(cases, golden.Cross("tz-", instants, intervals)...)
	cases = append(cases, golden.Cross("tzage", instants, instants)...)
	cases = append(cases, golden.Cross("tztrunc", units, instants)...)
	cases = append(cases, golden.Cross("tzextract", units, instants)...)
	return ops, cases
}

func TestArithBerlinGolden(t *testing.T) {
	ops, cases := zoneOps(berlin(t).Location)
	golden.Run(t, "testdata/berlin.golden", "set timezone = 'Europe/Berlin'", ops, cases)
}

func TestArithGolden(t *testing.T) {
	s := session()
	ts := func(a string) Timestamp { v, _ := ParseTimestamp(a, s); return v }
	date := func(a string) Date { v, _ := ParseDate(a, s); return v }
	clock := func(a string) Time { v, _ := ParseTime(a, s); return v }
	timetz := func(a string) TimeTZ { v, _ := ParseTimeTZ(a, s); return v }
	num := func(a string) int { n, _ := strconv.Atoi(a); return n }
	float := func(a string) float64 { f, _ := strconv.ParseFloat(a, 64); return f }
	ops, cases := zoneOps(time.UTC)
	ops = append(ops, []golden.Op{
		{Name: "ts+", SQL: "select ($1::text::timestamp + $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return text(ts(a[0]).Add(mustInterval(a[1]))) }},
		{Name: "ts-", SQL: "select ($1::text::timestamp - $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return text(ts(a[0]).SubInterval(mustInterval(a[1]))) }},
		{Name: "tsdiff", SQL: "select ($1::text::timestamp - $2::text::timestamp)::text", Go: func(a []string) (string, bool, error) { return text(ts(a[0]).Sub(ts(a[1]))) }},
		{Name: "age", SQL: "select age($1::text::timestamp, $2::text::timestamp)::text", Go: func(a []string) (string, bool, error) { return text(Age(ts(a[0]), ts(a[1]))) }},
		{Name: "trunc", SQL: "select date_trunc($1::text, $2::text::timestamp)::text", Go: func(a []string) (string, bool, error) { return text(ts(a[1]).Trunc(a[0])) }},
		{Name: "extract", SQL: "select pg_catalog.extract($1::text, $2::text::timestamp)::text", Go: func(a []string) (string, bool, error) { return partText(ts(a[1]).Extract(a[0])) }},
		{Name: "part", SQL: "select date_part($1::text, $2::text::timestamp)::numeric(60,6)::text", Go: func(a []string) (string, bool, error) {
			p, err := ts(a[1]).Extract(a[0])
			if err != nil || p.Null {
				return "", false, err
			}
			if p.Float > 1e300 || p.Float < -1e300 {
				return "", false, nil
			}
			return strconv.FormatFloat(p.Float, 'f', 6, 64), true, nil
		}},
		{Name: "dateextract", SQL: "select pg_catalog.extract($1::text, $2::text::date)::text", Go: func(a []string) (string, bool, error) { return partText(date(a[1]).Extract(a[0])) }},
		{Name: "timeextract", SQL: "select pg_catalog.extract($1::text, $2::text::time)::text", Go: func(a []string) (string, bool, error) { return partText(clock(a[1]).Extract(a[0])) }},
		{Name: "timetzextract", SQL: "select pg_catalog.extract($1::text, $2::text::timetz)::text", Go: func(a []string) (string, bool, error) { return partText(timetz(a[1]).Extract(a[0])) }},
		{Name: "intervalextract", SQL: "select pg_catalog.extract($1::text, $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return partText(ExtractInterval(a[0], mustInterval(a[1]))) }},
		{Name: "intervalpart", SQL: "select date_part($1::text, $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return floatText(ExtractInterval(a[0], mustInterval(a[1]))) }},
		{Name: "intervaltrunc", SQL: "select date_trunc($1::text, $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return text(TruncInterval(a[0], mustInterval(a[1]))) }},
		{Name: "date+", SQL: "select ($1::text::date + $2::text::int)::text", Go: func(a []string) (string, bool, error) { return text(date(a[0]).AddDays(int32(num(a[1])))) }},
		{Name: "datediff", SQL: "select ($1::text::date - $2::text::date)::text", Go: func(a []string) (string, bool, error) {
			n, err := date(a[0]).Sub(date(a[1]))
			return strconv.Itoa(int(n)), true, err
		}},
		{Name: "time+", SQL: "select ($1::text::time + $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return text(clock(a[0]).Add(mustInterval(a[1])), nil) }},
		{Name: "time-", SQL: "select ($1::text::time - $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return text(clock(a[0]).SubInterval(mustInterval(a[1])), nil) }},
		{Name: "timetz+", SQL: "select ($1::text::timetz + $2::text::interval)::text", Go: func(a []string) (string, bool, error) { return text(timetz(a[0]).Add(mustInterval(a[1])), nil) }},
		{Name: "timediff", SQL: "select ($1::text::time - $2::text::time)::text", Go: func(a []string) (string, bool, error) { return text(clock(a[0]).Sub(clock(a[1])), nil) }},
		{Name: "bin", SQL: "select date_bin($1::text::interval, $2::text::timestamp, $3::text::timestamp)::text", Go: func(a []string) (string, bool, error) {
			return text(Bin(mustInterval(a[0]), ts(a[1]), ts(a[2])))
		}},
		{Name: "makedate", SQL: "select make_date($1::text::int, $2::text::int, $3::text::int)::text", Go: func(a []string) (string, bool, error) { return text(MakeDate(num(a[0]), num(a[1]), num(a[2]))) }},
		{Name: "maketime", SQL: "select make_time($1::text::int, $2::text::int, $3::text::float8)::text", Go: func(a []string) (string, bool, error) { return text(MakeTime(num(a[0]), num(a[1]), float(a[2]))) }},
		{Name: "makets", SQL: "select make_timestamp($1::text::int, 2, 3, $2::text::int, 30, $3::text::float8)::text", Go: func(a []string) (string, bool, error) {
			return text(MakeTimestamp(num(a[0]), 2, 3, num(a[1]), 30, float(a[2])))
		}},
		{Name: "epoch", SQL: "select to_timestamp($1::text::float8)::text", Go: func(a []string) (string, bool, error) {
			v, err := FromEpoch(float(a[0]))
			return zoned(v, time.UTC), true, err
		}},
		{Name: "atzone", SQL: "select ($1::text::timestamp at time zone $2)::text", Go: func(a []string) (string, bool, error) {
			v, err := AtZone(ts(a[0]), a[1])
			return zoned(v, time.UTC), true, err
		}},
		{Name: "tzatzone", SQL: "select ($1::text::timestamptz at time zone $2)::text", Go: func(a []string) (string, bool, error) {
			return text(LocalAt(ts(a[0]), a[1]))
		}},
		{Name: "atinterval", SQL: "select ($1::text::timestamp at time zone $2::text::interval)::text", Go: func(a []string) (string, bool, error) {
			z, err := FixedZone(mustInterval(a[1]))
			if err != nil {
				return "", false, err
			}
			v, err := z.Instant(ts(a[0]))
			return zoned(v, time.UTC), true, err
		}},
		{Name: "trunczone", SQL: "select date_trunc($1::text, $2::text::timestamptz, $3)::text", Go: func(a []string) (string, bool, error) {
			z, err := FindZone(a[2])
			if err != nil {
				return "", false, err
			}
			v, err := z.Trunc(a[0], ts(a[1]))
			return zoned(v, time.UTC), true, err
		}},
	}...)
	add := func(op string, lists ...[]string) { cases = append(cases, golden.Cross(op, lists...)...) }
	add("ts+", instants, intervals)
	add("ts-", instants, intervals)
	add("tsdiff", instants, instants)
	add("age", instants, instants)
	add("trunc", units, instants)
	add("extract", units, instants)
	add("part", units, instants[:8])
	add("dateextract", units, []string{"2026-01-31", "0044-03-15 BC", "infinity", "2005-01-01", "1970-01-01"})
	add("timeextract", units, []string{"12:34:56.789", "24:00:00"})
	add("timetzextract", units, []string{"12:34:56.789+05:30", "01:02:03-08"})
	add("intervalextract", units, []string{"1 day", "25 mons -3 days 04:05:06.789", "-100 years -1:02:03.5", "1234567 hours"})
	add("intervalpart", units[:17], []string{"1 day", "25 mons -3 days 04:05:06.789", "-100 years -1:02:03.5"})
	add("intervaltrunc", units, []string{"1 day", "25 mons -3 days 04:05:06.789", "-1234 years -1:02:03.5"})
	dates := []string{"2026-01-31", "0044-03-15 BC", "infinity", "5874897-12-31", "2024-02-29"}
	add("date+", dates, []string{"1", "-1", "365", "2147483647", "-2147483648"})
	add("datediff", dates, dates)
	clocks := []string{"00:00", "12:34:56.789", "24:00"}
	add("time+", clocks, intervals)
	add("time-", clocks, intervals)
	add("timetz+", []string{"12:34:56+02"}, intervals)
	add("timediff", clocks, clocks)
	add("bin", []string{"15 minutes", "1 day", "1 mon", "0", "-1 hour", "7 days 00:00:01"}, []string{"2026-01-31 12:34:56", "1990-01-01", "infinity"}, []string{"2001-01-01", "2026-02-01 00:00:30", "infinity"})
	add("makedate", []string{"2026", "-44", "0", "5874897", "5874898", "-4714"}, []string{"1", "2", "13", "0"}, []string{"1", "29", "32"})
	add("maketime", []string{"0", "12", "24", "25", "-1"}, []string{"0", "30", "60"}, []string{"0", "5.5", "59.999999", "60", "61", "-1"})
	add("makets", []string{"2026", "-44", "0", "294277"}, []string{"0", "12", "24"}, []string{"0", "5.5", "60", "61"})
	add("epoch", []string{"0", "1", "1700000000.123456", "-1.5", "NaN", "Infinity", "-Infinity", "1e20", "9224318015999", "9224318016000", "-210866803200", "-210866803201", "0.0000005"})
	zones := []string{"UTC", "Europe/Berlin", "america/new_york", "EST", "PDT", "MSK", "+03", "-03:30", "UTC+3", "EST5EDT", "nowhere", "", "Asia/Kathmandu", "CET", "Z"}
	add("atzone", instants, zones)
	add("tzatzone", instants, zones)
	add("atinterval", instants[:3], []string{"3 hours", "-05:30", "1 day", "1 mon"})
	add("trunczone", []string{"day", "hour", "month", "foo"}, instants[:9], []string{"Europe/Berlin", "Asia/Kolkata", "EST", "nowhere"})
	golden.Run(t, "testdata/arith.golden", "set timezone = 'UTC'", ops, cases)
}
