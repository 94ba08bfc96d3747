// Package cases holds whole requests and their answers as data: testdata/*.txt, each a schema and requests. Every file
// runs through the real handler on both engines; the answers must be the file's, and the same, byte for byte.
//
// A file is made of sections that begin with "== ". "== schema" is SQL, run as the project's owner. "== settings" has
// lines NAME VALUE, as ALTER ROLE authenticator SET pgrst.NAME would give them. "== request" is a method and a target, headers, an empty line
// and a body; the headers As and Claims say who asks. "== answer" is a status, headers, an empty line and the body.
// Requests are rolled back unless they say Prefer: tx=commit. Write new answers with go test ./tests/cases -update, which
// takes PostgreSQL's, and read what changed.
package cases
