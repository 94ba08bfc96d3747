// Package session owns one connection to the SQLite file and the transaction on it: prepared statements, binding and
// reading storage values, the role, the settings, the clock, the sequences, and the error a Go function called by
// SQLite could not return. The executors and the built-in functions work through it.
//
// It must not know: how SQL is printed, what a statement means, who waits for the writer.
package session
