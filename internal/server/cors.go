package server

import (
	"net/http"
	"slices"
	"strings"
)

// exposedHeaders are the answer's headers a page's script may read: a line with those PostgREST exposes, and one with
// those the other APIs and clients use.
var exposedHeaders = []string{
	"Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit",
	"Content-Profile, Preference-Applied, Content-Length, Content-Disposition, ETag, Link, X-Total-Count, X-Request-Id, " +
		"X-Supabase-Api-Version, x-sb-error-code, x-relay-error, Retry-After, Server-Timing, " +
		"Upload-Offset, Upload-Length, Upload-Metadata, Tus-Resumable, Tus-Version, Tus-Extension, Tus-Max-Size",
}

// crossOrigin answers preflight requests and marks answers as readable by the allowed origins' pages.
func (s *Server) crossOrigin(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		var allowed []string
		if s.options.CORSOrigins != nil {
			allowed = s.options.CORSOrigins()
		}
		header := w.Header()
		switch {
		case origin == "" && r.Method == http.MethodOptions && len(allowed) == 0:
			header.Set("Access-Control-Allow-Origin", "*")
		case origin == "" || !isAPI(r.URL.Path):
		case len(allowed) == 0:
			header.Set("Access-Control-Allow-Origin", "*")
		case slices.Contains(allowed, origin):
			header.Set("Access-Control-Allow-Origin", origin)
			header.Set("Access-Control-Allow-Credentials", "true")
			header.Add("Vary", "Origin")
		default:
			// Not an allowed origin: answered, but no page may read it.
			header.Add("Vary", "Origin")
		}
		if r.Method == http.MethodOptions && origin != "" && r.Header.Get("Access-Control-Request-Method") != "" {
			preflight(w, r)
			return
		}
		if header.Get("Access-Control-Allow-Origin") != "" && origin != "" {
			header["Access-Control-Expose-Headers"] = exposedHeaders
		}
		next.ServeHTTP(w, r)
	})
}

func preflight(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	names := []string{"Authorization"}
	for _, name := range strings.Split(r.Header.Get("Access-Control-Request-Headers"), ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	names = append(names, "Accept", "Accept-Language", "Content-Language")
	header.Set("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD")
	header.Set("Access-Control-Allow-Headers", strings.Join(names, ", "))
	header.Set("Access-Control-Max-Age", "86400")
	w.WriteHeader(http.StatusOK)
}
