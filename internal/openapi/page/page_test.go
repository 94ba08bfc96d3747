package page

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandler(t *testing.T) {
	h := Handler("/_/api/", "/rest/v1/openapi.json")
	get := func(path, encoding string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Encoding", encoding)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	w := get("/_/api/", "")
	if w.Code != 200 || !strings.Contains(w.Body.String(), `data-address="/rest/v1/openapi.json"`) || strings.Contains(w.Body.String(), "{{") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self';") || !strings.Contains(csp, "frame-ancestors 'none'") {
		t.Error(csp)
	}
	for _, name := range []string{"swagger-ui-bundle.js", "swagger-ui.css", "start.js", "page.css"} {
		plain, packed := get("/_/api/"+name, ""), get("/_/api/"+name, "gzip")
		if plain.Code != 200 || plain.Body.Len() < 100 || plain.Header().Get("Content-Encoding") != "" {
			t.Errorf("%s: %d, %d bytes", name, plain.Code, plain.Body.Len())
		}
		if strings.HasPrefix(name, "swagger") && (packed.Header().Get("Content-Encoding") != "gzip" || packed.Body.Len() >= plain.Body.Len()) {
			t.Errorf("%s is not sent compressed", name)
		}
	}
	for _, path := range []string{"/_/api/nothing.js", "/_/api/../page.go", "/_/api/swagger-ui.css.gz", "/_/api/assets/start.js"} {
		if w := get(path, ""); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
