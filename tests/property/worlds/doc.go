// Package worlds makes random schemas, rights, policies, rows and statements, runs them on the embedded engine and on a
// real PostgreSQL, and compares what both answer and what both hold afterwards.
//
// BASEMENT_PROPERTY_SEED and BASEMENT_PROPERTY_STATEMENTS choose where it starts and how long it runs. Each world (a schema
// and the statements run in it) has a seed of its own, which a failure names. BASEMENT_PROPERTY_SCRIPT names a file to run
// instead: what a failure writes.
package worlds
