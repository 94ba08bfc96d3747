// Package printer turns an analysed and guarded query tree into SQLite's SQL with PostgreSQL's meaning: joins, subqueries,
// set operations, aggregates, windows, set-returning functions, the order of NULLs, collations, row security.
//
// It is the only place of the embedded engine where SQL text is made. Names come from the catalog and are quoted; values
// of a statement travel as parameters, constants of the tree as literals of their storage value.
//
// It must not know: connections, transactions, requests, how writes are executed.
package printer
