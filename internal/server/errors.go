package server

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/basement-project/basement/internal/errs"
)

// writeError answers with an error of the server itself, in the form the REST API's errors have.
func writeError(w http.ResponseWriter, status int, e *errs.Error) {
	body, err := json.Marshal(struct {
		Code    string  `json:"code"`
		Details *string `json:"details"`
		Hint    *string `json:"hint"`
		Message string  `json:"message"`
	}{e.Code, optional(e.Detail), optional(e.Hint), e.Message})
	if err != nil {
		body = []byte("{}")
	}
	for name, value := range e.Headers {
		w.Header().Set(name, value)
	}
	writeJSON(w, status, body)
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func writeJSON(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
