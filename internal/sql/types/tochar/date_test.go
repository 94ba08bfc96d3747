package tochar

import (
	"testing"
	"time"

	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/golden"
	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/timezone"
)

func TestDatesGolden(t *testing.T) {
	s := datetime.Session{Location: time.UTC, Now: time.Now()}
	berlin, _ := timezone.Load("Europe/Berlin")
	inBerlin := datetime.Session{Location: berlin, Now: time.Now()}
	ops := []golden.Op{
		{Name: "ts", SQL: "select to_char($1::text::timestamp, $2)", Go: func(a []string) (string, bool, error) {
			v, _ := datetime.ParseTimestamp(a[0], s)
			return Timestamp(v, a[1])
		}},
		{Name: "tz", SQL: "select to_char($1::text::timestamptz, $2)", Go: func(a []string) (string, bool, error) {
			v, _ := datetime.ParseTimestamptz(a[0], inBerlin)
			return Timestamptz(v, a[1], berlin)
		}},
		{Name: "interval", SQL: "select to_char($1::text::interval, $2)", Go: func(a []string) (string, bool, error) {
			v, _ := interval.Parse(a[0], interval.AllFields)
			return Interval(v, a[1])
		}},
		{Name: "to_timestamp", SQL: "select to_timestamp($1, $2)::text", Go: func(a []string) (string, bool, error) {
			v, err := ToTimestamp(a[0], a[1], berlin)
			if err != nil {
				return "", false, err
			}
			east, _ := v.ZoneAt(berlin)
			return string(v.AppendZoned(nil, east)), true, nil
		}},
		{Name: "to_date", SQL: "select to_date($1, $2)::text", Go: func(a []string) (string, bool, error) {
			v, err := ToDate(a[0], a[1])
			return v.String(), true, err
		}},
	}
	patterns := []string{"YYYY-MM-DD HH24:MI:SS", "Day, DD Month YYYY", "FMDay, FMDD FMMonth YYYY", "DAY day Dy dy DY", "MONTH month Mon mon MON", "HH12:MI AM", "HH:MI:SS.MS p.m.", "US MS FF1 FF2 FF3 FF4 FF5 FF6", "SSSS SSSSS", "Y,YYY YYYY YYY YY Y", "IYYY IYY IY I IW ID IDDD", "WW W Q CC J", "D DDD", "RM rm FMRM", "BC AD b.c. A.D.", "DDth DDTH MMth YYYYth", "TZ tz TZH TZM OF", "\"Year\" YYYY \"quoted \\\" text\"", "YYYY\\\"x", "FMHH24:FMMI:FMSS", "Hh24 Mi", "yyyy-mm-dd hh24:mi:ss", "plain", "", "FXYYYY", "TMMonth TMDay", "YYYYMMDD", "éYYYY", "DDSP", "FM", "YYYY-", "FMDDDth", "MM/DD/YY", "FMMM.FMDD.FMYYYY", "HH24MISSUS", "IYYY-\"W\"IW-ID"}
	instants := []string{"2026-07-05 15:04:05.678901", "1999-12-31 00:00:00", "0044-03-15 10:00:00 BC", "2000-02-29 12:59:59.5", "infinity", "12345-01-01", "2008-12-29 01:02:03", "0001-01-01 BC", "2011-01-21", "2012-11-13"}
	intervals := []string{"1 year 2 mons 3 days 04:05:06.789", "-1 day -02:03:04", "100 hours", "15 mons", "-14 mons", "0", "12 mons"}
	var cases []golden.Case
	cases = append(cases, golden.Cross("ts", instants, patterns)...)
	cases = append(cases, golden.Cross("tz", instants[:7], patterns)...)
	for _, c := range golden.Cross("interval", intervals, patterns) {
		// ISO weeks of an interval mean nothing, in PostgreSQL neither.
		if p := c.Args[1]; p != "IYYY IYY IY I IW ID IDDD" && p != "IYYY-\"W\"IW-ID" && p != "WW W Q CC J" {
			cases = append(cases, c)
		}
	}
	for _, pair := range [][2]string{{"2026-07-05 15:04:05", "YYYY-MM-DD HH24:MI:SS"}, {"20260705", "YYYYMMDD"}, {"05 Jul 2026", "DD Mon YYYY"}, {"5 July 2026", "DD Month YYYY"}, {"July 5, 2026", "Month DD, YYYY"}, {"2026-07-05 03:04 PM", "YYYY-MM-DD HH12:MI PM"}, {"2026-07-05 13:04 PM", "YYYY-MM-DD HH12:MI PM"}, {"12:30 am", "HH:MI am"},
		{"97-05-04", "YY-MM-DD"}, {"5-5-5", "Y-M-D"}, {"026", "YYY"}, {"2,026-01", "Y,YYY-MM"}, {"2026 185", "YYYY DDD"}, {"185", "DDD"}, {"2026-W27-7", "IYYY-\"W\"IW-ID"}, {"2026-27", "IYYY-IW"}, {"2026-27", "YYYY-WW"}, {"2026-27", "YYYY-IW"}, {"2460862", "J"}, {"44-03-15 BC", "YYYY-MM-DD BC"}, {"2026-13-01", "YYYY-MM-DD"}, {"2026-02-30", "YYYY-MM-DD"}, {"2026-2-3", "YYYY-MM-DD"}, {"2026/2/3", "YYYY-MM-DD"}, {"2026   2   3", "YYYY MM DD"}, {"2026-07", "YYYY-MM-DD"},
		{"abc", "YYYY"}, {"", "YYYY"}, {"2026", ""}, {"20", "YYYYMM"}, {"2026x7", "YYYYMM"}, {"2026 Foo", "YYYY Mon"}, {"2026-07-05 25:00", "YYYY-MM-DD HH24:MI"}, {"2026-07-05 24:00", "YYYY-MM-DD HH24:MI"}, {"10:20:30.5", "HH24:MI:SS.MS"}, {"10:20:30.25", "HH24:MI:SS.MS"}, {"10:20:30.123456", "HH24:MI:SS.US"}, {"10:20:30.12", "HH24:MI:SS.FF2"}, {"10:20:30.123", "HH24:MI:SS.FF3"}, {"36000", "SSSS"},
		{"2026-07-05 10:00 +02", "YYYY-MM-DD HH24:MI TZH"}, {"2026-07-05 10:00 -0530", "YYYY-MM-DD HH24:MI TZHTZM"}, {"2026-07-05 10:00 -05:30", "YYYY-MM-DD HH24:MI TZH:TZM"}, {"2026-07-05 10:00 CET", "YYYY-MM-DD HH24:MI TZ"}, {"2026-07-05 10:00 +16", "YYYY-MM-DD HH24:MI TZH"}, {"VII 2026", "RM YYYY"}, {"2026 VIII", "YYYY RM"}, {"Monday 5 January 2026", "Day DD Month YYYY"}, {"Mon 2026", "DY YYYY"}, {"21 26", "CC YY"}, {"21", "CC"}, {"3rd 2026", "DDth YYYY"}, {"2026-07-05", "FXYYYY-MM-DD"}, {"2026 07 05", "FXYYYY-MM-DD"}, {"2026  07-05", "FXYYYY MM-DD"}, {"2026-7-5", "FXYYYY-MM-DD"}, {"2026 2026", "YYYY YYYY"}, {"2026 2025", "YYYY YYYY"}, {"x2026", "\"x\"YYYY"}, {"y2026", "\"x\"YYYY"}, {"2026 07 05 q3", "YYYY MM DD \"q\"Q"}, {"99999999999", "YYYY"}, {"2026-07-05T10:20:30", "YYYY-MM-DD\"T\"HH24:MI:SS"}, {"2026-07-05T10:20:30", "YYYY-MM-DDTHH24:MI:SS"}, {"2", "W"}, {"2026 07 2", "YYYY MM W"}, {"1 2026", "MM YYYY"}, {"0000-01-01", "YYYY-MM-DD"}, {"-44-02-01", "YYYY-MM-DD"}, {"  2026-07-05", "YYYY-MM-DD"}, {"2021-03-28 02:30", "YYYY-MM-DD HH24:MI"}, {"300000-01-01", "FMYYYY-MM-DD"}, {"20000-1116", "YYYY-MMDD"}, {"200001116", "YYYYMMDD"}, {"20000 Nov 16", "YYYY Mon DD"}, {"-2026", "SYYYY"}} {
		for _, op := range []string{"to_timestamp", "to_date"} {
			cases = append(cases, golden.Case{Op: op, Args: pair[:]})
		}
	}
	golden.Run(t, "testdata/dates.golden", "set timezone = 'Europe/Berlin'", ops, cases)
}

func FuzzPatterns(f *testing.F) {
	f.Add("2026-07-05", "YYYY-MM-DD")
	f.Add("1,234.5-", "9G999D9S")
	f.Fuzz(func(t *testing.T, text, pattern string) {
		_, _ = ToTimestamp(text, pattern, time.UTC)
		_, _ = ToDate(text, pattern)
		_, _, _ = Timestamp(0, pattern)
		_, _, _ = Interval(interval.Interval{Months: 1}, pattern)
	})
}
