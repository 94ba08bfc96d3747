// Package ast is the raw parse tree of PostgreSQL's SQL: what the grammar says and nothing more. The nodes carry the
// names of PostgreSQL's parse nodes, as plain structs. It knows nothing of catalogs, types' meanings or engines:
// names are unresolved, and the same text always gives the same tree.
//
// Every node has Pos, its 0-based byte offset in the source text, or -1 when code made it. Trees are not changed in
// place once they are built; Map makes changed copies.
package ast
