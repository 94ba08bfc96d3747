// Package builtin owns what every embedded database has in pg_catalog: PostgreSQL's functions, operators, aggregates and
// window functions, and for each the form SQLite runs it in: an SQL template where SQLite means exactly what PostgreSQL
// means, or a Go function registered with each connection.
//
// functions.tsv and operators.tsv hold PostgreSQL's own facts (signatures, volatility, strictness), all of them, so that
// overloads resolve as they do there. The tables in the .go files, one per subject, say which have a form here; a call of
// any other is refused when the statement is printed.
//
// It must not know: query trees, row security, how a statement is printed around an expression.
package builtin

//go:generate go run ./gen
