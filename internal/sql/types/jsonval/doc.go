// Package jsonval owns the values of json and jsonb: checking and reading JSON text with PostgreSQL's errors, jsonb's
// canonical text, order, and the operators and functions on both. A value is read into a light tree whose texts point into
// the source where they can.
//
// It must not know other types (a numeric is the numeric package's text), storage or SQL.
package jsonval
