// Package query owns the analysed query tree: PostgreSQL's Query in plain Go structs. Every name is resolved to a range
// table entry, a column, a function or an operator of one catalog snapshot, and every expression carries its type.
//
// internal/analyze makes it from a raw parse tree; the guard rewrites it; the embedded engine prints and runs it.
// Trees are data: they are not changed in place by readers; rewriters copy what they change (see Map).
//
// It must not know: text, engines, requests, roles.
package query
