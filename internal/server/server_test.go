package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func options(rest http.HandlerFunc) Options {
	return Options{
		Limits: Limits{MaxBody: 1000, MaxHeader: 256 << 10, MaxRequests: 2, RequestTimeout: 5 * time.Second, DrainTimeout: 5 * time.Second},
		Log:    slog.New(slog.DiscardHandler), Version: "test", REST: rest, Ready: func() error { return nil },
		Public: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, "page") }),
	}
}

func ok(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.EscapedPath()) }

func do(h http.Handler, method, target, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestRoutes(t *testing.T) {
	h := New(options(ok)).Handler()
	for target, want := range map[string]string{
		"/rest/v1/todos":                         "200 /todos",
		"/rest/v1/":                              "200 /",
		"/rest/v1":                               "200 /",
		"/rest/v1/a%2Fb":                         "200 /a%2Fb",
		"/rest/v2/x":                             `404 {"code":"PGRST125","details":null,"hint":null,"message":"Invalid path specified in request URL"}`,
		"/auth/v1/token":                         `404 {"code":"PGRST125","details":null,"hint":null,"message":"Invalid path specified in request URL"}`,
		"/rest-admin/v1/live":                    "200 ",
		"/rest-admin/v1/ready":                   "200 ",
		"/health":                                `200 {"name":"basement","version":"test","status":"ok"}`,
		"/":                                      "200 page",
		"/restaurant":                            "200 page",
		"/rest/v1/" + strings.Repeat("x", 65536): "200 /" + strings.Repeat("x", 65536),
	} {
		w := do(h, "GET", target, "")
		if got := fmt.Sprintf("%d %s", w.Code, w.Body); got != want {
			t.Errorf("%.40s: got %.200s, want %.200s", target, got, want)
		}
		if w.Header().Get(requestIDHeader) == "" {
			t.Errorf("%.40s: no request id", target)
		}
	}
	o := options(ok)
	o.Ready = func() error { return errors.New("down") }
	h = New(o).Handler()
	if a, b := do(h, "GET", "/health", "").Code, do(h, "GET", "/rest-admin/v1/ready", "").Code; a != 503 || b != 503 {
		t.Errorf("%d %d", a, b)
	}
}

func TestRequestID(t *testing.T) {
	h := New(options(ok)).Handler()
	if got := do(h, "GET", "/rest/v1/x", "", requestIDHeader, "abc-1").Header().Get(requestIDHeader); got != "abc-1" {
		t.Errorf("%q", got)
	}
	if got := do(h, "GET", "/rest/v1/x", "", requestIDHeader, strings.Repeat("x", 200)).Header().Get(requestIDHeader); len(got) != 24 {
		t.Errorf("%q", got)
	}
}

func TestCrossOrigin(t *testing.T) {
	o := options(ok)
	h := New(o).Handler()
	w := do(h, "OPTIONS", "/rest/v1/", "", "Origin", "http://example.com", "Access-Control-Request-Method", "POST",
		"Access-Control-Request-Headers", "Foo,Bar")
	for name, want := range map[string]string{
		"Access-Control-Allow-Origin":  "*",
		"Access-Control-Allow-Methods": "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD",
		"Access-Control-Allow-Headers": "Authorization, Foo, Bar, Accept, Accept-Language, Content-Language",
		"Access-Control-Max-Age":       "86400",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q", name, got)
		}
	}
	if w.Code != 200 || w.Body.Len() != 0 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	w = do(h, "GET", "/rest/v1/x", "", "Origin", "http://example.com")
	if w.Header().Get("Access-Control-Allow-Origin") != "*" || !strings.Contains(w.Header().Get("Access-Control-Expose-Headers"), "Content-Range") {
		t.Errorf("%v", w.Header())
	}
	o.CORSOrigins = func() []string { return []string{"https://a.example"} }
	h = New(o).Handler()
	if got := do(h, "GET", "/rest/v1/x", "", "Origin", "https://a.example").Header().Get("Access-Control-Allow-Origin"); got != "https://a.example" {
		t.Errorf("%q", got)
	}
	if got := do(h, "GET", "/rest/v1/x", "", "Origin", "https://b.example").Header().Get("Access-Control-Allow-Origin"); got != "" {
		t.Errorf("%q", got)
	}
}

func TestPanicIsAnswered(t *testing.T) {
	h := New(options(func(http.ResponseWriter, *http.Request) { panic("boom") })).Handler()
	if w := do(h, "GET", "/rest/v1/x", ""); w.Code != 500 || strings.Contains(w.Body.String(), "boom") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func start(t *testing.T, o Options) (url string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- New(o).Serve(ctx, l) }()
	t.Cleanup(cancel)
	return "http://" + l.Addr().String(), func() error { cancel(); return <-done }
}

func TestBodyLimit(t *testing.T) {
	url, _ := start(t, options(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.ReadAll(r.Body); err != nil {
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		}
	}))
	for _, size := range []int{1000, 1001, 20 << 20} {
		want := 200
		if size > 1000 {
			want = 413
		}
		response, err := http.Post(url+"/rest/v1/x", "text/plain", strings.NewReader(strings.Repeat("x", size)))
		if err != nil {
			t.Fatalf("%d bytes: %v", size, err)
		}
		_ = response.Body.Close()
		if response.StatusCode != want {
			t.Errorf("%d bytes: %d", size, response.StatusCode)
		}
	}
	// Without a length it is found while reading.
	response, err := http.Post(url+"/rest/v1/x", "text/plain", io.MultiReader(strings.NewReader(strings.Repeat("x", 2000))))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != 413 {
		t.Errorf("chunked: %d", response.StatusCode)
	}
}

func TestTooManyRequests(t *testing.T) {
	release := make(chan struct{})
	var inside atomic.Int32
	url, _ := start(t, options(func(http.ResponseWriter, *http.Request) { inside.Add(1); <-release }))
	for range 2 {
		go func() {
			if response, err := http.Get(url + "/rest/v1/x"); err == nil {
				_ = response.Body.Close()
			}
		}()
	}
	for inside.Load() < 2 {
		time.Sleep(time.Millisecond)
	}
	response, err := http.Get(url + "/rest/v1/x")
	close(release)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != 503 || response.Header.Get("Retry-After") == "" {
		t.Errorf("%d %v", response.StatusCode, response.Header)
	}
}

func TestDrain(t *testing.T) {
	started := make(chan struct{})
	finish := make(chan struct{})
	url, stop := start(t, options(func(w http.ResponseWriter, r *http.Request) {
		close(started)
		<-finish
		_, _ = io.WriteString(w, "whole")
	}))
	answer := make(chan string, 1)
	go func() {
		response, err := http.Get(url + "/rest/v1/x")
		if err != nil {
			answer <- err.Error()
			return
		}
		defer func() { _ = response.Body.Close() }()
		body, _ := io.ReadAll(response.Body)
		answer <- string(body)
	}()
	<-started
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	close(finish)
	if got := <-answer; got != "whole" {
		t.Errorf("%q", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("%v", err)
	}
}

func TestLongURL(t *testing.T) {
	url, _ := start(t, options(ok))
	for length, want := range map[int]string{64 << 10: "200", 512 << 10: "431"} {
		conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			_, _ = fmt.Fprintf(conn, "GET /rest/v1/%s HTTP/1.1\r\nHost: x\r\n\r\n", strings.Repeat("x", length))
		}()
		line, err := bufio.NewReader(conn).ReadString('\n')
		if err != nil || !strings.Contains(line, want) {
			t.Errorf("%d: %q %v", length, line, err)
		}
		_ = conn.Close()
	}
}
