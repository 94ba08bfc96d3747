// Package property compares the two engines over generated SQL: worlds of schemas, roles, grants, policies, triggers and
// rows, and statements of all kinds with generated expressions in them. Rows, tags and errors must be the same. What
// differs is kept as a script, cut to what shows it, which BASEMENT_PROPERTY_SCRIPT runs again.
//
// It must not know how an engine works: it speaks to both as a client does.
package property
