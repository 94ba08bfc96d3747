// Package plan owns the way from a REST request to statements: it finds tables, columns' types, relationships and
// functions in one snapshot of the catalog and builds PostgreSQL's parse trees with numbered parameters.
//
// A Plan belongs to a request's shape: it holds no values, and Bind takes them from any request of that shape.
//
// It must not know: HTTP, SQL text, engines, who is allowed what (that is the guard's; hints alone look at rights, so
// that they name nothing the role may not see).
package plan
