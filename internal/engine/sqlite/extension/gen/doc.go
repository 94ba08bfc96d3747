// Command gen writes the facts of an extension's objects (the signatures of its functions, its types, operators, casts and
// operator classes) as PostgreSQL's catalogs have them: gen NAME FILE, on the server that BASEMENT_TEST_DATABASE_URL names.
package main
