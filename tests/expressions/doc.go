// Package expressions compares the engines on generated expressions: by seed, from the tables of functions, operators and
// casts themselves, over values of every type. Each expression is a SELECT of its own on the embedded engine; PostgreSQL
// evaluates them by the hundred in one statement, each in a subtransaction. Compared are value, type, and of errors code,
// message and detail.
//
// BASEMENT_EXPRESSIONS says how many (100,000 by `make property`), BASEMENT_SEED where the generator starts.
package expressions
