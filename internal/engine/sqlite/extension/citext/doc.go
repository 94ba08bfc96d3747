// Package citext owns the extension citext: text that compares without regard to case.
//
// It must not know SQLite, the catalog or query trees.
package citext
