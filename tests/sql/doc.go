// Package sql owns the corpus: files of SQL statements, one subject each, that both engines run and answer alike.
//
// # Files
//
// testdata/SUBJECT.sql is plain SQL, its statements divided as psql divides them. A line of its own before a statement may be
//
//   - "-- reset": an empty database (with Basement's own schemas) from here on; each file starts with one;
//   - "-- differs: REASON": the statement is run on both engines but not compared: rows in random order, object ids, times.
//
// testdata/SUBJECT.out holds what PostgreSQL answered to each statement; -update writes it, from PostgreSQL alone.
// Compared are rows in text form, names and types of columns, command tag, and of errors SQLSTATE, message, detail, hint
// and, where both engines name one, the position.
//
// A file is run by the owner in one transaction with a savepoint around each statement, so SET, SET ROLE and temporary objects stay,
// an error undoes its own statement only, and now() stands still. BEGIN commits and opens a transaction without such
// savepoints: an error aborts it (25P02) until COMMIT or ROLLBACK; SAVEPOINT, ROLLBACK TO and RELEASE work inside.
// COMMIT outside of one commits what was done so far (deferred constraints are checked then). Each new transaction
// starts with fresh settings. Roles that a file makes are dropped with its database.
//
// # Running
//
//	go test ./tests/sql                                       all files
//	go test ./tests/sql -run TestCorpus/numeric               one file, every difference
//	go test ./tests/sql -run TestCorpus/numeric -update       writes numeric.out, then compares
//	go test ./tests/sql -offline                              the embedded engine against the .out files, without PostgreSQL
//	go test ./tests/sql -run TestFile -file /tmp/x.sql        any file on both engines: prints the differences
//	go test ./tests/sql -run TestFile -file /tmp/x.sql -all   prints every statement with its answers
//
// -update is also right when a differing statement is still to be repaired: .out files never hold the embedded engine's answers.
//
// To try often, build it once: go test -c -o /tmp/sqltest ./tests/sql; /tmp/sqltest -test.run TestFile -file /tmp/x.sql
// ("-file -" reads standard input).
package sql
