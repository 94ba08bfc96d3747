// Package intarray owns the extension intarray: functions and operators of integer arrays without NULLs, and query_int.
//
// It must not know SQLite, the catalog or query trees.
package intarray
