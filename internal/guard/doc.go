// Package guard owns rights and row security. It is the only maker of Guarded, the only thing an engine runs, so that no
// path to user data can go around it.
//
// Where the database enforces rights itself (PostgreSQL: role, claims, row security), Guarded carries the raw statement
// and the role it must run as. On the embedded engine the statement is analysed, the asking role's rights on schemas,
// tables, columns and functions are checked, and row security is added to the query tree by PostgreSQL's rules.
//
// It must not know: HTTP, SQL text, how an engine runs a tree.
package guard
