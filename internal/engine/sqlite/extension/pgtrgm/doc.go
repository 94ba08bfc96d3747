// Package pgtrgm owns the extension pg_trgm: the trigrams of texts, how similar texts are by them, and which trigrams a text
// must have to satisfy a condition.
//
// It must not know SQLite, the catalog or query trees.
package pgtrgm
