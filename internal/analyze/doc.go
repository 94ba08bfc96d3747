// Package analyze owns parse analysis: it turns a raw statement into a query tree against one catalog snapshot,
// resolving names, overloads, operators and types by PostgreSQL's rules and refusing with PostgreSQL's codes and texts.
//
// It must not know: engines, requests, rights (it only records which rights a query needs).
package analyze
