// Package parse makes the raw parse tree of package ast from PostgreSQL's SQL text: a hand-written lexer and a
// recursive-descent parser of PostgreSQL 17's grammar (with 18's additions where they matter), with PostgreSQL's
// error texts and positions. It resolves no names and knows nothing of catalogs or engines.
//
// Inside, a syntax error is a panic with a *failure that the exported functions turn into an error; nothing else
// leaves them.
package parse
