// Command gen writes the facts of PostgreSQL's pg_proc and pg_operator that package builtin embeds. It reads the server
// that BASEMENT_TEST_DATABASE_URL names and writes functions.tsv and operators.tsv in the working directory.
package main
