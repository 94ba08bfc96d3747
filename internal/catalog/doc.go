// Package catalog owns the schema of a project as one immutable snapshot: schemas, relations, columns, types,
// constraints, indexes, functions, roles, policies and grants, in PostgreSQL's words.
//
// Both engines fill it: PostgreSQL by introspection, the embedded engine from the objects it keeps in its own file.
// A Snapshot is never changed after Freeze; a change of the schema makes a new one with a higher Version.
//
// It must not know: SQL text as a language (expressions are kept as text or as ast), HTTP, engines, requests.
package catalog
