package static

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"os"
	"path"
	"strings"
)

// Handler serves one folder's files. Directories are served as their index.html and never listed; names that start
// with a dot do not exist; symbolic links do not lead out of the folder.
type Handler struct {
	root *os.Root
}

// Open makes a handler for a folder; nil when there is no such folder.
func Open(dir string) (*Handler, error) {
	root, err := os.OpenRoot(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &Handler{root: root}, nil
}

// Close ends access to the folder.
func (h *Handler) Close() error { return h.root.Close() }

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	name, ok := fileName(r.URL.Path)
	if !ok {
		h.notFound(w, r)
		return
	}
	f, info, err := h.open(name)
	if err == nil && info.IsDir() {
		_ = f.Close()
		if !strings.HasSuffix(r.URL.Path, "/") {
			h.redirect(w, r)
			return
		}
		f, info, err = h.open(path.Join(name, "index.html"))
	} else if err == nil && strings.HasSuffix(r.URL.Path, "/") {
		_ = f.Close()
		err = fs.ErrNotExist
	}
	if err != nil || !info.Mode().IsRegular() {
		if err == nil {
			_ = f.Close()
		}
		h.notFound(w, r)
		return
	}
	defer func() { _ = f.Close() }()
	w.Header().Set("Content-Type", contentType(info.Name()))
	w.Header().Set("Etag", fmt.Sprintf(`"%x-%x"`, info.ModTime().UnixNano(), info.Size()))
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, "", info.ModTime(), f)
}

// redirect adds the slash a folder's URL ends with. The target is a path alone, with one slash at its start, so that it
// cannot name another host.
func (h *Handler) redirect(w http.ResponseWriter, r *http.Request) {
	target := "/" + strings.TrimLeft(r.URL.EscapedPath(), "/") + "/"
	if r.URL.RawQuery != "" {
		target += "?" + r.URL.RawQuery
	}
	w.Header().Set("Location", target)
	w.WriteHeader(http.StatusMovedPermanently)
}

func (h *Handler) notFound(w http.ResponseWriter, r *http.Request) {
	f, info, err := h.open("404.html")
	if err != nil || !info.Mode().IsRegular() {
		if err == nil {
			_ = f.Close()
		}
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	defer func() { _ = f.Close() }()
	w.Header().Set("Content-Type", contentType("404.html"))
	w.WriteHeader(http.StatusNotFound)
	if r.Method == http.MethodGet {
		_, _ = io.Copy(w, f)
	}
}

func (h *Handler) open(name string) (*os.File, fs.FileInfo, error) {
	f, err := h.root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

// fileName turns a URL's path into a name below the folder, false when there can be no such file.
func fileName(url string) (string, bool) {
	if !strings.HasPrefix(url, "/") || strings.ContainsAny(url, "\\\x00") {
		return "", false
	}
	for _, part := range strings.Split(url[1:], "/") {
		if strings.HasPrefix(part, ".") {
			return "", false
		}
	}
	name := strings.Trim(path.Clean(url), "/")
	if name == "" {
		name = "."
	}
	return name, true
}

// contentTypes are the types of usual web files; the machine's own table is asked only for others, so that the usual
// ones do not depend on it.
var contentTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".mjs": "text/javascript; charset=utf-8", ".json": "application/json", ".map": "application/json",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".woff": "font/woff", ".woff2": "font/woff2",
	".ttf": "font/ttf", ".txt": "text/plain; charset=utf-8", ".md": "text/markdown; charset=utf-8",
	".xml": "application/xml", ".pdf": "application/pdf", ".wasm": "application/wasm", ".mp4": "video/mp4",
	".webm": "video/webm", ".mp3": "audio/mpeg", ".webmanifest": "application/manifest+json",
	".csv": "text/csv; charset=utf-8",
}

func contentType(name string) string {
	extension := strings.ToLower(path.Ext(name))
	if t, ok := contentTypes[extension]; ok {
		return t
	}
	if t := mime.TypeByExtension(extension); t != "" {
		return t
	}
	return "application/octet-stream"
}
