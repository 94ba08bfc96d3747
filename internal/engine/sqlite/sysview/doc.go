// Package sysview owns the relations of pg_catalog and information_schema on the embedded engine: their columns, and the rows
// a transaction sees in them. The rows every database has are facts of PostgreSQL 15 (relations.tsv and facts/*.tsv, made by
// gen); the others are made from the transaction's catalog snapshot when a statement reads them. SQLite reads them through
// one table-valued function. Who asks matters only where PostgreSQL's views ask it.
//
// It must not know: query trees, how a statement is printed, who may read a relation (the guard asks its rights).
package sysview

//go:generate go run ./gen
