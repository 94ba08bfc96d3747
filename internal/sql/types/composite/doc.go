// Package composite owns the text form of PostgreSQL's rows: "(1,\"a b\",)". Fields are texts or NULL; their types are the
// caller's.
//
// It must not know types, storage or SQL.
package composite
