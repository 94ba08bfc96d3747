// Package deparse owns PostgreSQL's text of an analysed query tree: what pg_get_viewdef, pg_get_expr and their like answer,
// with its line breaks, its parentheses, its casts of constants and its rule which names are qualified.
//
// It must not know: catalogs beyond the snapshot a tree points into, who asks, engines.
package deparse
