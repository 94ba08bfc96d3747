package session

import (
	"context"
	"errors"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/errs"
)

// failed turns what SQLite answered into the error a caller should see: first what a Go function stashed, then what the
// code means in PostgreSQL's terms, with SQLite's error as the cause.
func (c *Conn) failed(err error, sql string) error {
	if err == nil {
		return nil
	}
	if c.tx != nil {
		if e := c.tx.stashed; e != nil {
			c.tx.stashed = nil
			return e
		}
	}
	return Translate(c.DB.GetInterrupt(), err, sql)
}

// Translate gives an SQLite error PostgreSQL's code: 53100 for a full disk, 58030 for I/O errors, 57014 for an
// interrupted statement, 55P03 for locks; XX000 for what should not happen.
func Translate(ctx context.Context, err error, sql string) error {
	if e := errs.Of(err); e != nil {
		return e
	}
	cause := err
	if sql != "" {
		cause = &Failure{SQL: sql, Err: err}
	}
	e := &errs.Error{Code: "XX000", Message: "internal error", Err: cause}
	var code sqlite3.ErrorCode
	if !errors.As(err, &code) {
		return e
	}
	switch code {
	case sqlite3.ERROR:
		bounds(e, err.Error())
	case sqlite3.FULL:
		e.Code, e.Message = "53100", "could not write to the database file: No space left on device"
	case sqlite3.IOERR, sqlite3.CANTOPEN, sqlite3.READONLY, sqlite3.PROTOCOL:
		e.Code, e.Message = "58030", "could not access the database file"
	case sqlite3.NOMEM:
		e.Code, e.Message = "53200", "out of memory"
	case sqlite3.BUSY, sqlite3.LOCKED:
		e.Code, e.Message = "55P03", "the database file is locked"
	case sqlite3.CORRUPT, sqlite3.NOTADB:
		e.Code, e.Message = "XX001", "the database file is damaged"
	case sqlite3.TOOBIG:
		e.Code, e.Message = "54000", "value or statement too large"
	case sqlite3.INTERRUPT:
		e.Code, e.Message = "57014", "canceling statement due to user request"
		if errors.Is(context.Cause(ctx), context.DeadlineExceeded) {
			e.Message = "canceling statement due to statement timeout"
		}
	}
	switch e.Code {
	case "53100", "58030", "53200", "55P03":
		// The engine's own trouble, which may pass: the same request may be tried again.
		e.Status, e.Headers = 503, map[string]string{"Retry-After": "1"}
	}
	return e
}

// bounds tells SQLite's own bounds on a statement from errors that should not happen.
func bounds(e *errs.Error, message string) {
	for _, b := range []struct{ said, code, message, hint string }{
		{"tables in a join", "0A000", "a join of more than 64 tables is not supported on the embedded engine", "Join some of them in a materialized WITH query."},
		{"too many FROM clause terms", "0A000", "a join of more than 64 tables is not supported on the embedded engine", "Join some of them in a materialized WITH query."},
		{"Expression tree is too large", "54001", "stack depth limit exceeded", "Simplify the statement: it nests too many expressions."},
		{"parser stack overflow", "54001", "stack depth limit exceeded", "Simplify the statement: it nests too many expressions."},
		{"too many terms in compound SELECT", "54001", "stack depth limit exceeded", "Simplify the statement: it combines too many queries."},
		{"too many columns", "54011", "target lists can have at most 1664 entries", ""},
		{"too many arguments on function", "54023", "cannot pass that many arguments to a function", ""},
	} {
		if strings.Contains(message, b.said) {
			e.Code, e.Message, e.Hint = b.code, b.message, b.hint
			return
		}
	}
}

// Failure is the cause kept for the log: the SQLite statement and SQLite's error.
type Failure struct {
	SQL string
	Err error
}

// Error gives SQLite's message and the statement.
func (f *Failure) Error() string { return f.Err.Error() + " in: " + f.SQL }

// Unwrap gives SQLite's error.
func (f *Failure) Unwrap() error { return f.Err }
