// Package pgjwt owns the extension pgjwt: signed JSON web tokens.
//
// It must not know SQLite, the catalog or query trees.
package pgjwt
