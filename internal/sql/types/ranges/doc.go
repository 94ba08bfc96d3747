// Package ranges owns PostgreSQL's ranges and multiranges as values over texts: their literals, canonical forms, order and
// operators. What the bounds' texts mean is told by an Ops of the range type.
package ranges
