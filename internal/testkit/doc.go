// Package testkit owns what tests of several packages need: real PostgreSQL databases, started and thrown away. It is
// imported by tests and by internal/tools only, knows nothing of the product, and never skips: a missing PostgreSQL
// fails the test that asked for it.
package testkit
