package errs

import (
	"errors"
	"fmt"
)

// Error is an error a client may see. Code is a five-character SQLSTATE ("23505") or a PostgREST code ("PGRST116").
// Details is the JSON text of PostgREST's structured details (PGRST201, PGRST203) when it is not a plain string.
type Error struct {
	Code    string
	Message string
	Detail  string
	Hint    string
	// DetailJSON, when set, replaces Detail in JSON answers: raw JSON.
	DetailJSON string
	// Where is PostgreSQL's context lines ("PL/pgSQL function f() line 3 at RAISE").
	Where string
	// WhereComplete says that Where already names every caller, so that nothing is to be added on the way out.
	WhereComplete bool
	// Schema, Table, Column, DataType and Constraint are the fields of PostgreSQL's error report, when they apply.
	Schema, Table, Column, DataType, Constraint string
	// Position is the 1-based character (rune) offset in the statement's text, 0 when unknown.
	Position int
	// Status is the HTTP status when the error itself decides it (PTxyz, PGRST raised), 0 otherwise.
	Status int
	// Headers are added to the HTTP answer when the error itself carries them.
	Headers map[string]string
	// Err is the cause: logged, never sent.
	Err error
}

// Error gives "CODE: message".
func (e *Error) Error() string {
	if e.Code == "" {
		return e.Message
	}
	return e.Code + ": " + e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes an error with a code and a formatted message.
func New(code, format string, args ...any) *Error {
	if len(args) == 0 {
		return &Error{Code: code, Message: format}
	}
	return &Error{Code: code, Message: fmt.Sprintf(format, args...)}
}

// WithDetail sets the detail and returns e.
func (e *Error) WithDetail(format string, args ...any) *Error {
	e.Detail = format
	if len(args) > 0 {
		e.Detail = fmt.Sprintf(format, args...)
	}
	return e
}

// WithHint sets the hint and returns e.
func (e *Error) WithHint(format string, args ...any) *Error {
	e.Hint = format
	if len(args) > 0 {
		e.Hint = fmt.Sprintf(format, args...)
	}
	return e
}

// At sets the position (1-based, in characters) and returns e.
func (e *Error) At(pos int) *Error { e.Position = pos; return e }

// Of finds the *Error in err's chain, nil when there is none.
func Of(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// Internal wraps an unexpected failure: XX000, with the cause kept for the log.
func Internal(op string, err error) *Error {
	return &Error{Code: "XX000", Message: "internal error", Err: fmt.Errorf("%s: %w", op, err)}
}

// Unsupported is what the embedded engine answers when the SQL is applied and it cannot give it PostgreSQL's meaning.
func Unsupported(what, hint string) *Error {
	return &Error{Code: "0A000", Message: what + " is not supported on the embedded engine", Hint: hint}
}

// TooDeep is PostgreSQL's answer to what would need too deep a stack.
func TooDeep() *Error {
	return New("54001", "stack depth limit exceeded").
		WithHint("Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring the platform's stack depth limit is adequate.")
}
