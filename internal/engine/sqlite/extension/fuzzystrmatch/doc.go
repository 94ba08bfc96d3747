// Package fuzzystrmatch owns the extension fuzzystrmatch: distances between texts and how words sound.
//
// It must not know SQLite, the catalog or query trees.
package fuzzystrmatch
