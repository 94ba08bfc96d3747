package rest

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

func parseError(message, details string) *errs.Error {
	return errs.New("PGRST100", "%s", message).WithDetail("%s", details)
}

func badRange(detail string) *errs.Error {
	return errs.New("PGRST103", "Requested range not satisfiable").WithDetail("%s", detail)
}

func outOfRange(offset, total int64) *errs.Error {
	return badRange("An offset of " + strconv.FormatInt(offset, 10) + " was requested, but there are only " +
		strconv.FormatInt(total, 10) + " rows.")
}

// NotSingular is the refusal to give n rows as one object.
func NotSingular(n int64) *errs.Error {
	return errs.New("PGRST116", "Cannot coerce the result to a single JSON object").
		WithDetail("The result contains %d rows", n)
}

// TooManyAffected is the refusal to change more rows than max-affected allows.
func TooManyAffected(n int64) *errs.Error {
	return errs.New("PGRST124", "Query result exceeds max-affected preference constraint").
		WithDetail("The query affects %d rows", n)
}

// KeyMismatch is the refusal of a PUT whose body has another key than its URL.
func KeyMismatch() *errs.Error {
	return errs.New("PGRST115", "Payload values do not match URL in primary key column(s)")
}

// CheckPreferences refuses unknown preferences when the request asks for strict handling.
func (r *Request) CheckPreferences() error {
	if r.Prefer.Strict() && len(r.Prefer.Invalid) > 0 {
		return errs.New("PGRST122", "Invalid preferences given with handling=strict").
			WithDetail("%s", "Invalid preferences: "+strings.Join(r.Prefer.Invalid, ", "))
	}
	return nil
}
