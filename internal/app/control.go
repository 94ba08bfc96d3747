package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/basement-project/basement/internal/config"
)

// A running server has the embedded database for itself. So that commands work meanwhile, it runs them for others of
// its user, who reach it through a socket in the data folder.

const controlSocket = "control.sock"

// order is a command line to run in the server.
type order struct {
	Args   []string `json:"args"`
	Stdin  string   `json:"stdin"`
	Colour bool     `json:"colour"`
}

// report is a piece of what the command wrote; the last one has the exit status.
type report struct {
	Out  string `json:"out,omitempty"`
	Err  string `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// served is what a command finds open when it runs in the server.
type served struct {
	config *config.Config
	db     *database
}

// socketPath names the socket through the folder's descriptor: a socket's own path may have 107 bytes only.
func socketPath(dir *os.File) string {
	return fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), controlSocket)
}

// serveControl answers orders until the function it gives is called.
func serveControl(ctx context.Context, c *config.Config, db *database, log *slog.Logger) (stop func(), err error) {
	dir, err := os.Open(c.Data)
	if err != nil {
		return nil, err
	}
	defer func() { _ = dir.Close() }()
	// Whoever left a socket behind is gone: the data folder is ours.
	_ = os.Remove(filepath.Join(c.Data, controlSocket))
	l, err := net.Listen("unix", socketPath(dir))
	if err != nil {
		return nil, fmt.Errorf("listen for other commands: %w", err)
	}
	if err := os.Chmod(filepath.Join(c.Data, controlSocket), 0o600); err != nil {
		_ = l.Close()
		return nil, err
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				log.Error("panic in a command", "panic", p)
			}
		}()
		var o order
		if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		runOrder(r.Context(), o, &served{c, db}, w)
	})
	s := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() { _ = s.Serve(l) }()
	return func() {
		_ = s.Close()
		_ = os.Remove(filepath.Join(c.Data, controlSocket))
	}, nil
}

func runOrder(ctx context.Context, o order, s *served, w http.ResponseWriter) {
	out := &reporter{w: w}
	console := &console{in: stringReader(o.Stdin), out: writerFunc(func(p []byte) { out.send(report{Out: string(p)}) }),
		err: writerFunc(func(p []byte) { out.send(report{Err: string(p)}) }), colour: o.Colour}
	a := &app{console: console, served: s}
	exit := a.run(ctx, o.Args)
	out.send(report{Exit: &exit})
}

// reporter sends reports one by one.
type reporter struct {
	mu sync.Mutex
	w  http.ResponseWriter
}

func (r *reporter) send(piece report) {
	r.mu.Lock()
	defer r.mu.Unlock()
	line, err := json.Marshal(piece)
	if err != nil {
		return
	}
	_, _ = r.w.Write(append(line, '\n'))
	_ = http.NewResponseController(r.w).Flush()
}

type writerFunc func([]byte)

func (f writerFunc) Write(p []byte) (int, error) {
	f(p)
	return len(p), nil
}

func stringReader(text string) io.Reader { return &singleRead{text: text} }

type singleRead struct{ text string }

func (s *singleRead) Read(p []byte) (int, error) {
	if s.text == "" {
		return 0, io.EOF
	}
	n := copy(p, s.text)
	s.text = s.text[n:]
	return n, nil
}

// forward runs this command in the server that has the data folder; false when none answers there.
func (a *app) forward(ctx context.Context, cmd *cobra.Command, c *config.Config) (handled bool, err error) {
	dir, err := os.Open(c.Data)
	if err != nil {
		return false, nil
	}
	defer func() { _ = dir.Close() }()
	o := order{Args: a.args, Colour: a.console.colour}
	for _, arg := range cmd.Flags().Args() {
		if arg == "-" {
			data, err := io.ReadAll(io.LimitReader(a.console.in, 64<<20))
			if err != nil {
				return true, err
			}
			o.Stdin = string(data)
		}
	}
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{Timeout: 2 * time.Second}).DialContext(ctx, "unix", socketPath(dir))
	}}}
	body, write := io.Pipe()
	go func() { _ = write.CloseWithError(json.NewEncoder(write).Encode(o)) }()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://basement/", body)
	if err != nil {
		return true, err
	}
	response, err := client.Do(request)
	if err != nil {
		return false, nil
	}
	defer func() { _ = response.Body.Close() }()
	lines := json.NewDecoder(bufio.NewReader(response.Body))
	for {
		var piece report
		if err := lines.Decode(&piece); err != nil {
			return true, errors.New("the server that has the data folder broke off: see its log")
		}
		_, _ = io.WriteString(a.console.out, piece.Out)
		_, _ = io.WriteString(a.console.err, piece.Err)
		switch {
		case piece.Exit == nil:
		case *piece.Exit == 0:
			return true, nil
		default:
			return true, errSilent
		}
	}
}
