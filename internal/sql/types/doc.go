// Package types owns PostgreSQL's types as values: what a type is, how a value is stored, read from text, printed as text
// and as JSON, compared and cast. The answers, error codes and texts are PostgreSQL's.
//
// The big subjects have packages of their own beneath this one (numeric, datetime, jsonval, array, ranges and so on), which
// know nothing of this package; this package joins them by type.
//
// It must not know SQL, the catalog, SQLite or HTTP. What only a catalog can say (the names of relations, the CHECK
// constraints of domains) comes in through Env.
package types
