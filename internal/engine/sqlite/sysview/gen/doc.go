// Command gen writes the facts of PostgreSQL's own catalog that package sysview embeds: which relations it has, and the rows
// every new database has in them. It reads the server that BASEMENT_TEST_DATABASE_URL names, which should be a new cluster
// of PostgreSQL 15, and writes relations.tsv and facts/*.tsv in the working directory.
package main
