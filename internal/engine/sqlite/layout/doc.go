// Package layout owns how PostgreSQL's objects lie in the SQLite file: the names of tables, columns and indexes, and the
// declared types and collations of columns. It must not know connections, statements or query trees.
package layout
