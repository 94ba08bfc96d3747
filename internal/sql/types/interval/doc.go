// Package interval owns PostgreSQL's interval: months, days and microseconds apart from each other; its text forms, its
// order and its arithmetic. What an interval does to a date is for datetime.
package interval
