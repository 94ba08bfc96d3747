// Package template owns the formatting templates of to_char, to_date, to_timestamp and to_number: reading a template,
// writing dates, intervals and numbers by it, and reading them back.
//
// It must not know values' storage or types: dates come as calendar fields, numbers as digits.
package template
