package server

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// RESTRoot is the path of the REST API.
const RESTRoot = "/rest/v1"

// AuthRoot is the path of the sign-in API.
const AuthRoot = "/auth/v1"

// ReferenceRoot is the path of the page that shows the API's description.
const ReferenceRoot = "/_/api/"

// apiPrefixes are the first path elements that belong to APIs: what none of them answers is a JSON 404, never a page.
var apiPrefixes = []string{
	"/rest/", "/rest-admin/", "/auth/", "/storage/", "/realtime/", "/graphql/", "/functions/", "/pg/", "/.well-known/", "/_/",
}

// Handler gives the whole server as one handler.
func (s *Server) Handler() http.Handler {
	o := s.options
	slots := make(chan struct{}, max(1, o.Limits.MaxRequests))
	rest := s.limited(slots, below(RESTRoot, o.REST))
	auth := s.limited(slots, below(AuthRoot, o.Auth))
	routes := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		switch {
		case o.REST != nil && (path == RESTRoot || strings.HasPrefix(path, RESTRoot+"/")):
			rest.ServeHTTP(w, r)
		case o.Auth != nil && strings.HasPrefix(path, AuthRoot+"/"):
			auth.ServeHTTP(w, r)
		case o.Reference != nil && strings.HasPrefix(path, ReferenceRoot):
			o.Reference.ServeHTTP(w, r)
		case path == "/health":
			s.health(w)
		case path == "/rest-admin/v1/live":
			w.WriteHeader(http.StatusOK)
		case path == "/rest-admin/v1/ready":
			s.ready(w)
		case isAPI(path) || o.Public == nil:
			NotFound(w, r)
		default:
			o.Public.ServeHTTP(w, r)
		}
	})
	return s.observed(s.crossOrigin(routes))
}

// NotFound answers for a path of the APIs that is not there.
func NotFound(w http.ResponseWriter, _ *http.Request) {
	writeError(w, http.StatusNotFound, &errs.Error{Code: "PGRST125", Message: "Invalid path specified in request URL"})
}

func isAPI(path string) bool {
	for _, prefix := range apiPrefixes {
		if strings.HasPrefix(path, prefix) || path == prefix[:len(prefix)-1] {
			return true
		}
	}
	return false
}

// below takes a prefix off the path; what is left starts with a slash.
func below(prefix string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u := *r.URL
		u.Path = "/" + strings.TrimPrefix(strings.TrimPrefix(u.Path, prefix), "/")
		if u.RawPath != "" {
			u.RawPath = "/" + strings.TrimPrefix(strings.TrimPrefix(u.RawPath, prefix), "/")
		}
		inner := *r
		inner.URL = &u
		next.ServeHTTP(w, &inner)
	})
}

func (s *Server) health(w http.ResponseWriter) {
	status, state := http.StatusOK, "ok"
	if s.options.Ready() != nil {
		status, state = http.StatusServiceUnavailable, "unavailable"
	}
	writeJSON(w, status, fmt.Appendf(nil, `{"name":"basement","version":%q,"status":%q}`, s.options.Version, state))
}

func (s *Server) ready(w http.ResponseWriter) {
	if err := s.options.Ready(); err != nil {
		s.options.Log.Warn("not ready", "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusOK)
}
