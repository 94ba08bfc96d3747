package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/basement-project/basement/internal/auth/password"
	"github.com/basement-project/basement/internal/errs"
)

// Error is an answer that is none of success.
type Error struct {
	Status        int
	Code, Message string
	// Weak says what a password lacks.
	Weak *password.Weakness
	// cause is logged, never sent.
	cause error
}

// Error gives the message, with the cause: for the log.
func (e *Error) Error() string {
	if e.cause != nil {
		return e.Message + ": " + e.cause.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

func fail(status int, code, format string, args ...any) *Error {
	return &Error{Status: status, Code: code, Message: fmt.Sprintf(format, args...)}
}

func invalid(format string, args ...any) *Error {
	return fail(http.StatusBadRequest, "validation_failed", format, args...)
}

func wrongCredentials() *Error {
	return fail(http.StatusBadRequest, "invalid_credentials", "Invalid login credentials")
}

func tooManyRequests() *Error {
	return fail(http.StatusTooManyRequests, "over_request_rate_limit", "Request rate limit reached")
}

// saving makes what went wrong while a user was written an answer: the database's own trouble stays that, and what a
// trigger or a constraint says is the server's fault, whatever it is, for the log to tell.
func saving(what string, err error) error {
	if err == nil || isTrouble(err) {
		return err
	}
	if told := (*Error)(nil); errors.As(err, &told) {
		return err
	}
	return &Error{Status: http.StatusInternalServerError, Code: "unexpected_failure", Message: what, cause: err}
}

// isTrouble says whether an error is of the engine or the connection, not of what was asked.
func isTrouble(err error) bool {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return true
	}
	e := errs.Of(err)
	if e == nil || len(e.Code) < 2 {
		return false
	}
	switch e.Code[:2] {
	case "08", "53", "57", "58":
		return true
	}
	return e.Code == "55P03" || e.Code == "40001" || e.Code == "40P01"
}

// errorOf gives the answer for any error. A client ends its session when refreshing gives 4xx, so trouble never does.
func (a *API) errorOf(err error) *Error {
	var e *Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, password.ErrBusy):
		return tooManyRequests()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		return &Error{Status: http.StatusGatewayTimeout, Code: "request_timeout", Message: "Processing this request timed out, please retry after a moment.", cause: err}
	case isTrouble(err):
		return &Error{Status: http.StatusServiceUnavailable, Code: "unexpected_failure", Message: "The database cannot answer now, please retry after a moment.", cause: err}
	}
	return &Error{Status: http.StatusInternalServerError, Code: "unexpected_failure", Message: "Unexpected failure, please check server logs for more information", cause: err}
}

// The header by which a client says which form of errors it knows, and the first version with codes as texts.
const (
	versionHeader = "X-Supabase-Api-Version"
	codesAsText   = "2024-01-01"
)

func writeError(w http.ResponseWriter, r *http.Request, e *Error) {
	w.Header().Set("X-Sb-Error-Code", e.Code)
	if e.Status == http.StatusServiceUnavailable || e.Status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "1")
	}
	type weak struct {
		Reasons []string `json:"reasons"`
	}
	var lacks *weak
	if e.Weak != nil {
		lacks = &weak{e.Weak.Reasons}
	}
	asked, err := time.Parse(time.DateOnly, r.Header.Get(versionHeader))
	first, _ := time.Parse(time.DateOnly, codesAsText)
	if err == nil && !asked.Before(first) {
		w.Header().Set(versionHeader, codesAsText)
		writeJSON(w, e.Status, struct {
			Code    string `json:"code"`
			Message string `json:"message"`
			Weak    *weak  `json:"weak_password,omitempty"`
		}{e.Code, e.Message, lacks})
		return
	}
	writeJSON(w, e.Status, struct {
		Code      int    `json:"code"`
		ErrorCode string `json:"error_code"`
		Message   string `json:"msg"`
		Weak      *weak  `json:"weak_password,omitempty"`
	}{e.Status, e.Code, e.Message, lacks})
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte("{}")
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
