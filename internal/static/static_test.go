package static

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func site(t *testing.T) *Handler {
	t.Helper()
	outer := t.TempDir()
	dir := filepath.Join(outer, "public")
	for name, text := range map[string]string{
		"../secret.txt": "secret", "index.html": "<h1>home</h1>", "app.js": "1", "a/index.html": "a", "b/x.unknownext": "x",
		".env": "secret", "a/.git/config": "secret", "with space.txt": "s",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(outer, "secret.txt"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	h, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h
}

func get(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "/", nil)
	r.URL.Path, r.URL.RawPath, r.URL.RawQuery = target, "", ""
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestServe(t *testing.T) {
	h := site(t)
	cases := []struct {
		method, target string
		status         int
		contentType    string
	}{
		{"GET", "/", 200, "text/html; charset=utf-8"},
		{"HEAD", "/app.js", 200, "text/javascript; charset=utf-8"},
		{"GET", "/a/", 200, "text/html; charset=utf-8"},
		{"GET", "/with space.txt", 200, "text/plain; charset=utf-8"},
		{"GET", "/b/x.unknownext", 200, "application/octet-stream"},
		{"GET", "/a", 301, ""},
		{"GET", "/b/", 404, ""},
		{"GET", "/app.js/", 404, ""},
		{"GET", "/none", 404, ""},
		{"GET", "/.env", 404, ""},
		{"GET", "/a/.git/config", 404, ""},
		{"GET", "/../secret.txt", 404, ""},
		{"GET", "/a/../../secret.txt", 404, ""},
		{"GET", "//secret.txt", 404, ""},
		{"GET", "/link.txt", 404, ""},
		{"GET", "/a\\..\\secret.txt", 404, ""},
		{"GET", "/app.js\x00.html", 404, ""},
		{"POST", "/", 405, ""},
	}
	for _, c := range cases {
		w := get(h, c.method, c.target)
		if w.Code != c.status || (c.contentType != "" && w.Header().Get("Content-Type") != c.contentType) {
			t.Errorf("%s %s: %d %s", c.method, c.target, w.Code, w.Header().Get("Content-Type"))
		}
		if strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s %s: leaks", c.method, c.target)
		}
	}
	if location := get(h, "GET", "//a").Header().Get("Location"); strings.HasPrefix(location, "//") {
		t.Errorf("redirects to another host: %s", location)
	}
}

func TestValidators(t *testing.T) {
	h := site(t)
	etag := get(h, "GET", "/app.js").Header().Get("Etag")
	if w := get(h, "GET", "/app.js", "If-None-Match", etag); w.Code != 304 {
		t.Errorf("%d for ETag %s", w.Code, etag)
	}
	if h, err := Open(filepath.Join(t.TempDir(), "none")); h != nil || err != nil {
		t.Errorf("%v %v", h, err)
	}
}
