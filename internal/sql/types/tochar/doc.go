// Package tochar owns PostgreSQL's format patterns: to_char of dates, intervals and numbers, to_date, to_timestamp and
// to_number. Names and signs are those of the C locale.
package tochar
