// Package hstore owns the extension hstore: sets of keys and values in one value. Storage is the output text, its pairs in the
// type's order: by the keys' lengths, then their bytes.
//
// It must not know SQLite, the catalog or query trees.
package hstore
