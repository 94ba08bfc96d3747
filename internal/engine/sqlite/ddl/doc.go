// Package ddl owns what changes the catalog on the embedded engine: CREATE, ALTER, DROP, GRANT, COMMENT and their like,
// with PostgreSQL's rules, names, codes and messages. Each statement changes the catalog's objects and the tables of the
// file inside the transaction it is given; what it cannot do with PostgreSQL's meaning it refuses with 0A000.
//
// It must not know: connections' lifes, requests, how rows are written (package modify) or queries printed.
package ddl
