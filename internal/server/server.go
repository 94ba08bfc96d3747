package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// Time-outs that are no setting: a client that takes longer to send its headers, or leaves a connection unused for
// longer, is cut off.
const (
	readHeaderTimeout = 10 * time.Second
	idleTimeout       = 2 * time.Minute
)

// Limits bound what requests may cost.
type Limits struct {
	// MaxBody and MaxHeader are in bytes.
	MaxBody   int64
	MaxHeader int
	// MaxRequests bounds the API requests under way at once.
	MaxRequests int
	// RequestTimeout bounds an API request, from its header to the last byte of its answer.
	RequestTimeout time.Duration
	// DrainTimeout bounds how long running requests may go on when the server stops.
	DrainTimeout time.Duration
}

// Options are what a server is made of.
type Options struct {
	Limits Limits
	Log    *slog.Logger
	// CORSOrigins gives the origins browsers may call from, asked at each request; none means any.
	CORSOrigins func() []string
	// Version is named by /health.
	Version string
	// REST answers below /rest/v1, with the path below it: /rest/v1/todos is /todos. nil: no such API.
	REST http.Handler
	// Auth answers below /auth/v1, with the path below it. nil: no such API.
	Auth http.Handler
	// Reference shows the API's description below /_/api/; nil: not shown.
	Reference http.Handler
	// Ready says why the server cannot answer now, nil when it can.
	Ready func() error
	// Public answers everything that is no API; nil: nothing there.
	Public http.Handler
}

// Server serves HTTP.
type Server struct {
	options Options
	http    *http.Server
}

// New makes a server.
func New(o Options) *Server {
	s := &Server{options: o}
	s.http = &http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: readHeaderTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    o.Limits.MaxHeader,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelDebug),
	}
	return s
}

// Serve answers on a listener until ctx ends, then lets running requests finish within the drain time-out. It gives nil
// when every request was answered.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.options.Limits.DrainTimeout)
	defer cancel()
	err := s.http.Shutdown(drain)
	if err != nil {
		_ = s.http.Close()
	}
	if served := <-failed; served != nil && !errors.Is(served, http.ErrServerClosed) {
		return served
	}
	return err
}
