// Package function owns the running of the project's functions on the embedded engine: those in PL/pgSQL, and those in SQL
// that are not put in place of their calls. It finds a function's body ready, gives it its role and settings, and has the
// statements in it guarded, translated and run on the transaction's own connection.
//
// It must not know: requests, how SQLite comes to call it (package builtin), when triggers fire (package modify).
package function
