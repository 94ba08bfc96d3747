package rest

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// RespondAllow answers OPTIONS.
func RespondAllow(w http.ResponseWriter, allow string) {
	h := w.Header()
	h.Set("Allow", allow)
	if h.Get("Access-Control-Allow-Origin") == "" {
		h.Set("Access-Control-Allow-Origin", "*")
	}
	h.Add("Vary", "Accept, Prefer, Range")
	h.Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
}

// CheckSchemaMedia refuses media types the root document does not have.
func CheckSchemaMedia(r *Request) error {
	names := make([]string, len(r.Accept))
	for i, m := range r.Accept {
		switch m.Kind {
		case MediaAny, MediaJSON, MediaOpenAPI:
			return nil
		}
		names[i] = m.String()
	}
	return errs.New("PGRST107", "%s", "None of these media types are available: "+strings.Join(names, ", "))
}

// RespondDocument answers with the root document.
func RespondDocument(w http.ResponseWriter, r *Request, doc []byte) {
	h := w.Header()
	h.Set("Content-Type", MediaType{Kind: MediaOpenAPI}.ContentType())
	if r.ByProfile {
		h.Set("Content-Profile", headerValue(r.Schema))
	}
	h.Add("Vary", "Accept, Prefer, Range")
	if r.HeadOnly {
		w.WriteHeader(http.StatusOK)
		return
	}
	h.Set("Content-Length", strconv.Itoa(len(doc)))
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(doc)
}
