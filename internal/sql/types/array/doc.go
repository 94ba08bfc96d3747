// Package array owns PostgreSQL's array values as text: the literal form with quoting, NULLs, bounds and dimensions, and the
// functions on arrays. Elements are texts; what they mean and when two are equal, the caller says.
package array
