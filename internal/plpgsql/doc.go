// Package plpgsql owns the tree of PL/pgSQL and its parser: declarations, blocks, statements, with the SQL in them parsed
// by package parse, every name of a variable resolved to its datum, and PostgreSQL's texts for what is wrong.
//
// It must not know: the catalog, types' meaning, how anything is run (package interp).
package plpgsql
