// Command bare is the limit the load test compares with: a handler written by hand for the test's few requests, with
// prepared statements on the embedded engine's SQLite driver and settings, or on PostgreSQL.
package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
)

// query names a statement both stores have.
type query int

const (
	readPost query = iota
	listPosts
	newestPosts
	embedPosts
	listNotes
	countPosts
	createPost
	updatePost
	upsertPost
	createNote
	queries
)

type store interface {
	// read gives the rows as a JSON array.
	read(ctx context.Context, buf []byte, q query, args ...any) ([]byte, error)
	count(ctx context.Context, q query, args ...any) (int64, error)
	write(ctx context.Context, q query, args ...any) error
	load(ctx context.Context, authors, posts int, owner string) error
	close() error
}

func main() {
	dir := flag.String("dir", ".", "the folder of the SQLite file")
	database := flag.String("database", "", "PostgreSQL instead of SQLite")
	port := flag.Int("port", 8080, "the port")
	secret := flag.String("secret", "", "what signs the tokens")
	data := flag.String("load", "", "AUTHORS,POSTS,OWNER: make the data and end")
	flag.Parse()
	if err := run(*dir, *database, *port, *secret, *data); err != nil {
		log.Fatal(err)
	}
}

func run(dir, database string, port int, secret, data string) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	var s store
	var err error
	if database != "" {
		s, err = openPostgres(ctx, database, data != "")
	} else {
		s, err = openSQLite(dir, data != "")
	}
	if err != nil {
		return err
	}
	defer func() { _ = s.close() }()
	if data != "" {
		f := strings.Split(data, ",")
		if len(f) != 3 {
			return fmt.Errorf("-load is AUTHORS,POSTS,OWNER")
		}
		authors, _ := strconv.Atoi(f[0])
		posts, _ := strconv.Atoi(f[1])
		return s.load(ctx, authors, posts, f[2])
	}
	h := &handler{store: s, secret: []byte(secret)}
	server := &http.Server{Addr: "127.0.0.1:" + strconv.Itoa(port), Handler: h}
	context.AfterFunc(ctx, func() { _ = server.Shutdown(context.Background()) })
	if err := server.ListenAndServe(); err != http.ErrServerClosed {
		return err
	}
	return nil
}

type handler struct {
	store  store
	secret []byte
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var err error
	switch r.URL.Path {
	case "/health":
	case "/rest/v1/posts":
		switch r.Method {
		case http.MethodGet:
			err = h.posts(w, r)
		case http.MethodPost, http.MethodPatch:
			err = h.writePost(w, r)
		}
	case "/rest/v1/notes":
		subject := h.subject(r.Header.Get("Authorization"))
		if subject == "" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		err = h.notes(w, r, subject)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
	if err != nil {
		log.Print(err)
		w.WriteHeader(http.StatusInternalServerError)
	}
}

// after gives the number that follows text in a query string.
func after(query, text string) (int64, bool) {
	_, rest, ok := strings.Cut(query, text)
	if !ok {
		return 0, false
	}
	rest, _, _ = strings.Cut(rest, "&")
	n, err := strconv.ParseInt(rest, 10, 64)
	return n, err == nil
}

func (h *handler) posts(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.RawQuery
	if author, ok := after(q, "author_id=eq."); ok {
		if r.Header.Get("Prefer") != "" {
			n, err := h.store.count(r.Context(), countPosts, author)
			if err != nil {
				return err
			}
			w.Header().Set("Content-Range", "0-19/"+strconv.FormatInt(n, 10))
		}
		return h.answer(w, r, listPosts, author)
	}
	if id, ok := after(q, "id=eq."); ok {
		return h.answer(w, r, readPost, id)
	}
	if strings.Contains(q, "authors(") {
		return h.answer(w, r, embedPosts)
	}
	return h.answer(w, r, newestPosts)
}

func (h *handler) answer(w http.ResponseWriter, r *http.Request, q query, args ...any) error {
	body, err := h.store.read(r.Context(), nil, q, args...)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(body)
	return nil
}

func (h *handler) writePost(w http.ResponseWriter, r *http.Request) error {
	var p struct {
		ID       int64  `json:"id"`
		AuthorID int64  `json:"author_id"`
		Title    string `json:"title"`
		Body     string `json:"body"`
	}
	if err := decode(w, r, &p); err != nil {
		return err
	}
	var err error
	if id, ok := after(r.URL.RawQuery, "id=eq."); ok {
		err = h.store.write(r.Context(), updatePost, p.Title, id)
	} else if p.ID != 0 {
		err = h.store.write(r.Context(), upsertPost, p.ID, p.AuthorID, p.Title)
	} else {
		err = h.store.write(r.Context(), createPost, p.AuthorID, p.Title, p.Body)
	}
	if err == nil {
		w.WriteHeader(http.StatusCreated)
	}
	return err
}

func (h *handler) notes(w http.ResponseWriter, r *http.Request, subject string) error {
	if r.Method == http.MethodGet {
		return h.answer(w, r, listNotes, subject)
	}
	var n struct{ Owner, Title string }
	if err := decode(w, r, &n); err != nil {
		return err
	}
	if n.Owner != subject {
		w.WriteHeader(http.StatusForbidden)
		return nil
	}
	err := h.store.write(r.Context(), createNote, n.Owner, n.Title)
	if err == nil {
		w.WriteHeader(http.StatusCreated)
	}
	return err
}

func decode(w http.ResponseWriter, r *http.Request, v any) error {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<20))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

// subject checks an HS256 token and gives its subject, "" when it is not good.
func (h *handler) subject(header string) string {
	signed, signature, ok := cutLast(strings.TrimPrefix(header, "Bearer "), ".")
	if !ok {
		return ""
	}
	m := hmac.New(sha256.New, h.secret)
	m.Write([]byte(signed))
	given, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil || !hmac.Equal(given, m.Sum(nil)) {
		return ""
	}
	_, payload, _ := strings.Cut(signed, ".")
	data, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return ""
	}
	var claims struct{ Sub string }
	if json.Unmarshal(data, &claims) != nil {
		return ""
	}
	return claims.Sub
}

func cutLast(s, sep string) (string, string, bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}
