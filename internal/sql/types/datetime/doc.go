// Package datetime owns PostgreSQL's date, time, timetz, timestamp and timestamptz: reading every form PostgreSQL reads
// (DateStyle ISO, MDY), printing, the stored form, arithmetic with intervals, parts, truncation and time zones.
//
// A timestamp is microseconds since 2000-01-01, of local time or of UTC; a date is days since then. Intervals are package
// interval's, zones package timezone's.
package datetime
