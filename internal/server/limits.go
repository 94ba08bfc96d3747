package server

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/basement-project/basement/internal/errs"
)

// graceBytes is how much of a body that is too large is read and dropped, so that the client, still sending, gets to
// read the answer.
const graceBytes = 64 << 20

// limited bounds a request's number, time and body.
func (s *Server) limited(slots chan struct{}, next http.Handler) http.Handler {
	limits := s.options.Limits
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case slots <- struct{}{}:
			defer func() { <-slots }()
		default:
			writeError(w, http.StatusServiceUnavailable, &errs.Error{Code: "53300", Message: "too many requests at once",
				Hint: "Try again in a moment.", Headers: map[string]string{"Retry-After": "1"}})
			return
		}
		deadline := time.Now().Add(limits.RequestTimeout)
		control := http.NewResponseController(w)
		_ = control.SetReadDeadline(deadline)
		_ = control.SetWriteDeadline(deadline.Add(idleTimeout))
		// The connection serves other requests afterwards, which have deadlines of their own.
		defer func() { _ = control.SetWriteDeadline(time.Time{}) }()
		if r.ContentLength > limits.MaxBody {
			_, _ = io.CopyN(io.Discard, r.Body, graceBytes)
			writeError(w, http.StatusRequestEntityTooLarge, bodyTooLarge(limits.MaxBody))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, limits.MaxBody)
		ctx, cancel := context.WithDeadline(r.Context(), deadline)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func bodyTooLarge(limit int64) *errs.Error {
	return &errs.Error{Code: "54000", Message: fmt.Sprintf("request body larger than %d bytes", limit),
		Hint: "Send it in parts, or raise BASEMENT_MAX_BODY."}
}
