package interval

import (
	"strconv"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

func unary(name, sql string, f func(Interval) (Interval, error)) golden.Op {
	return golden.Op{Name: name, SQL: sql, Go: func(args []string) (string, bool, error) {
		v, err := Parse(args[0], AllFields)
		if err != nil {
			return "", false, err
		}
		v, err = f(v)
		return v.String(), true, err
	}}
}

func limited(name, typ string, fields int32, precision int) golden.Op {
	return golden.Op{Name: name, SQL: "select x::text from json_to_record(json_build_object('x', $1::text)) as r(x " + typ + ")", Go: func(args []string) (string, bool, error) {
		v, err := Parse(args[0], fields)
		if err != nil {
			return "", false, err
		}
		v, err = v.Limit(fields, precision)
		return v.String(), true, err
	}}
}

func TestGolden(t *testing.T) {
	scaled := func(name, sign string, f func(Interval, float64) (Interval, error)) golden.Op {
		return golden.Op{Name: name, SQL: "select ($1::text::interval " + sign + " $2::text::float8)::text", Go: func(args []string) (string, bool, error) {
			v, err := Parse(args[0], AllFields)
			if err != nil {
				return "", false, err
			}
			by, _ := strconv.ParseFloat(args[1], 64)
			v, err = f(v, by)
			return v.String(), true, err
		}}
	}
	pair := func(name, sql string, f func(a, b Interval) (string, error)) golden.Op {
		return golden.Op{Name: name, SQL: sql, Go: func(args []string) (string, bool, error) {
			a, err := Parse(args[0], AllFields)
			if err != nil {
				return "", false, err
			}
			b, err := Parse(args[1], AllFields)
			if err != nil {
				return "", false, err
			}
			s, err := f(a, b)
			return s, true, err
		}}
	}
	ops := []golden.Op{
		unary("in", "select ($1::text::interval)::text", func(v Interval) (Interval, error) { return v, nil }),
		unary("neg", "select (-$1::text::interval)::text", Interval.Neg),
		unary("jh", "select justify_hours($1::text::interval)::text", Interval.JustifyHours),
		unary("jd", "select justify_days($1::text::interval)::text", Interval.JustifyDays),
		unary("ji", "select justify_interval($1::text::interval)::text", Interval.Justify),
		limited("year", "interval year", FieldYear, -1),
		limited("month", "interval month", FieldMonth, -1),
		limited("ytm", "interval year to month", FieldYear|FieldMonth, -1),
		limited("day", "interval day", FieldDay, -1),
		limited("dth", "interval day to hour", FieldDay|FieldHour, -1),
		limited("hour", "interval hour", FieldHour, -1),
		limited("minute", "interval minute", FieldMinute, -1),
		limited("mts", "interval minute to second", FieldMinute|FieldSecond, -1),
		limited("second", "interval second", FieldSecond, -1),
		limited("second2", "interval second(2)", FieldSecond, 2),
		limited("p3", "interval(3)", AllFields, 3),
		limited("p0", "interval(0)", AllFields, 0),
		scaled("mul", "*", Interval.Mul),
		scaled("div", "/", Interval.Div),
		pair("add", "select ($1::text::interval + $2::text::interval)::text", func(a, b Interval) (string, error) { v, err := Add(a, b); return v.String(), err }),
		pair("sub", "select ($1::text::interval - $2::text::interval)::text", func(a, b Interval) (string, error) { v, err := Sub(a, b); return v.String(), err }),
		pair("cmp", "select interval_cmp($1::text::interval, $2::text::interval)::text", func(a, b Interval) (string, error) { return strconv.Itoa(Compare(a, b)), nil }),
	}
	good := []string{"0", "1", "1 day", "-1 day", "1 mon", "1 month 2 days", "30 days", "1 year", "365 days", "1 year 2 months 3 days 4 hours 5 minutes 6.789 seconds",
		"-1 year +2 mons -3 days 04:05:06", "100 hours", "-00:00:01", "1:02:03.123456", "1.5 days", "-2.25 months", "0.1 years", "10 decades", "1 week", "1.5 weeks",
		"2 days -01:30:00", "36:00:00", "45 days 100:00:00", "-45 days 100:00:00", "178000000 years"}
	other := []string{"", " ", "abc", "1 2", "1 2 3", "1-2", "-1-2", "+1-2", "1-12", "1-2 3", "1-2 3 4:05:06", "1-2 -3 -4:05:06", "1 4:05", "4:05", "4:60", "4:05:61", "4:05:60", "mm", "1 mm",
		"1 fortnight", "P1Y2M3DT4H5M6S", "P1Y2M3D", "PT4H5M6.5S", "P1.5Y", "P-1Y", "P0001-02-03T04:05:06", "P00010203T040506", "P1", "P", "PT", "P1W", "P1Y2", "p1y", "P1H", "PT1D", "P1.5M", "P1.5D",
		"1 day ago", "1 day 2 hours ago", "ago", "@ 1 minute", "@ 1 day ago", "1 day day", "day 1 hour", "hour day 1", "-1:70", "+1:2:3:4", "1 day 2 days", "1 hour 2:03", "2147483647 months", "2147483648 months", "-2147483648 months",
		"9223372036854775807 microseconds", "9223372036854775808 microseconds", "99999999999999 hours", "1e5 days", "1.5e2 days", "0.0000005 seconds", "0.0000015 seconds",
		"1 microsecond", "1 millisecond", "1.5 milliseconds", "1 us", "1 ms", "1 century", "1.5 centuries", "1 millennium", "1 c", "1 y 2 mon 3 d 4 h 5 m 6 s", "1y2mon3d", "1d2h", "3h", "1 years 1 year",
		"infinity", "1 quarter", "1 qtr", "1 month 1 quarter", "1,5", "1 day, 2 hours", "(1 day)", "1 day 1", "1 1 day", "1.5.5 days", ".5 days", "5. days", "- 1 day", "+ 1 day", "--1 day", "1 -2",
		"1:2:3:4", "1:", ":1", "00:00:00.9999999", "1 day 23:59:59.9999999", "-1.5 years", "1 year -1.5 months", "-0.5 day 1 hour", "epoch", "now", "1 dayss", "1 microseconds", "1 milliseconds 2 seconds", "1.5 s 2 ms",
		"2562047788:00:54.775807", "2562047788:00:54.775808", "-2562047788:00:54.775808", "12:30.5", "interval 1 day", "one day", "1\tday", "1_day", "1 day\n"}
	var cases []golden.Case
	cases = append(cases, golden.Cross("in", append(append([]string{}, good...), other...))...)
	for _, op := range []string{"neg", "jh", "jd", "ji"} {
		cases = append(cases, golden.Cross(op, good)...)
	}
	for _, op := range []string{"year", "month", "ytm", "day", "dth", "hour", "minute", "mts", "second", "second2", "p3", "p0"} {
		cases = append(cases, golden.Cross(op, append([]string{"1:02", "1:02:03", "1 2", "1-2", "12345.6789", "-1.9999995", "0.005"}, good...))...)
	}
	factors := []string{"0", "1", "-1", "2", "0.5", "1.5", "-0.333", "0.1", "1000", "1e10", "3.14159", "NaN", "Infinity"}
	cases = append(cases, golden.Cross("mul", good, factors)...)
	cases = append(cases, golden.Cross("div", good, factors[:11])...)
	for _, op := range []string{"add", "sub", "cmp"} {
		cases = append(cases, golden.Cross(op, good, good)...)
	}
	golden.Run(t, "testdata/interval.golden", "", ops, cases)
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1 day", "1-2 3 4:05:06", "P1Y2M", "-1.5 mons ago"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := Parse(s, AllFields)
		if err != nil {
			return
		}
		again, err := Parse(v.String(), AllFields)
		if err != nil && v.Micros > -1<<62 && v.Micros < 1<<62 || err == nil && again != v {
			t.Fatalf("%q gives %q, then %q, %v", s, v, again, err)
		}
	})
}
