// Package store owns the catalog in the SQLite file: it loads the objects into a snapshot, and an Edit changes them, in the
// file and as a new snapshot, inside a transaction. It must not know SQL statements or what the objects mean.
package store
