// Package ltree owns the extension ltree: paths of labels in a tree, and the patterns lquery and ltxtquery over them. All are
// stored as their output text; the order of paths is that of their bytes.
//
// It must not know SQLite, the catalog or query trees.
package ltree
