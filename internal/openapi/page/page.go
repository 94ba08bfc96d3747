package page

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"mime"
	"net/http"
	"path"
	"strconv"
	"strings"
)

//go:embed assets/index.html assets/start.js assets/page.css assets/swagger-ui-bundle.js.gz assets/swagger-ui.css.gz
var assets embed.FS

// policy lets the page load from and talk to this server alone, and be framed by nobody. Swagger UI sets styles of
// elements and draws icons from data: addresses.
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Handler serves the page below root, which ends with a slash. The page reads the document at the address document.
func Handler(root, document string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(r.URL.Path, root)
		if name == "" {
			name = "index.html"
		}
		content, compressed := read(name)
		if content == nil {
			http.NotFound(w, r)
			return
		}
		if name == "index.html" {
			content = bytes.ReplaceAll(content, []byte("{{document}}"), []byte(document))
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-cache")
		h.Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		if compressed {
			h.Set("Vary", "Accept-Encoding")
			if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
				h.Set("Content-Encoding", "gzip")
			} else if content = unpack(content); content == nil {
				http.Error(w, "the page is damaged", http.StatusInternalServerError)
				return
			}
		}
		h.Set("Content-Length", strconv.Itoa(len(content)))
		if r.Method == http.MethodGet {
			_, _ = w.Write(content)
		}
	})
}

// read gives an asset, and whether it is compressed.
func read(name string) ([]byte, bool) {
	if strings.Contains(name, "/") || strings.HasSuffix(name, ".gz") {
		return nil, false
	}
	if b, err := assets.ReadFile("assets/" + name); err == nil {
		return b, false
	}
	b, err := assets.ReadFile("assets/" + name + ".gz")
	if err != nil {
		return nil, false
	}
	return b, true
}

func unpack(b []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil
	}
	out, err := io.ReadAll(z)
	if err != nil {
		return nil
	}
	return out
}
