// Package extension owns what an extension is on the embedded engine: the facts of its objects as PostgreSQL's catalogs have
// them, and the Go functions behind its types, functions and aggregates. Each extension is a package beneath this one,
// package available lists them all.
//
// CREATE EXTENSION puts the objects into the catalog like any other object of the project; a function in it finds its Go
// function by the symbol it keeps as its body.
//
// It must not know: SQLite, the printer, query trees, how a statement is run.
package extension
