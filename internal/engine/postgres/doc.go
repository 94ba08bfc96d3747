// Package postgres owns the engine on a PostgreSQL server (14 or newer, or anything that speaks its protocol and row
// security). The database enforces rights itself: a request runs with its role and claims set for one transaction,
// folded into one round trip where nothing has to be decided before the commit.
//
// It must not know: HTTP, the API dialects, the embedded engine.
package postgres
