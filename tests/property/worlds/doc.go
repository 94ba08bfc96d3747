// Package worlds compares the embedded engine with a real PostgreSQL over generated worlds: random schemas, grants,
// policies and rows, and random statements by random roles. Rows, errors and effects must be the same.
//
// A world is made from one seed; a failure prints the seed, and BASEMENT_PROPERTY_SEED runs that world alone (with
// BASEMENT_PROPERTY_STATEMENTS: as many worlds from there on as hold so many statements).
package worlds
