// Package vector owns the extension vector (pgvector): the types vector, halfvec and sparsevec, their distances and
// arithmetic. There is no approximate index: a search looks at every row, which gives exactly the nearest ones.
//
// vector and halfvec are stored as bytes whose order is the type's: each element's float, most significant byte first, with
// the sign turned (negative ones inverted). sparsevec is stored as its text.
//
// It must not know SQLite, the catalog or query trees.
package vector
