// Package errs owns the one error value that crosses package borders: PostgreSQL's (or PostgREST's) code, message,
// detail and hint. It knows nothing of HTTP, SQL text or engines; turning a code into a status is the protocol's work.
package errs
