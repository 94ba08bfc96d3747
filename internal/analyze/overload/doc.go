// Package overload owns PostgreSQL's rules for choosing among overloaded functions and operators and for what converts to
// what: coercion pathways, common types, polymorphic types, candidates.
//
// It must not know: expressions, query trees, SQL text.
package overload
