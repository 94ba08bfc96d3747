// Package btree owns the extensions btree_gin and btree_gist: operator classes of GIN and GiST for plain types, which make
// such an index acceptable here, and the distance operators that come with them.
//
// It must not know SQLite, the catalog or query trees.
package btree
