package testkit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"
)

var (
	buildOnce sync.Once
	buildPath string
	buildErr  error
)

// Program builds the basement binary once for the test process and gives its path. BASEMENT_TEST_BINARY names a ready
// one instead.
func Program(t testing.TB) string {
	t.Helper()
	buildOnce.Do(func() {
		if p := os.Getenv("BASEMENT_TEST_BINARY"); p != "" {
			buildPath = p
			return
		}
		dir, err := os.MkdirTemp("", "basement-program-")
		if err != nil {
			buildErr = err
			return
		}
		buildPath = filepath.Join(dir, "basement")
		cmd := exec.Command("go", "build", "-o", buildPath, "./cmd/basement")
		cmd.Dir = Root()
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			buildErr = fmt.Errorf("build the program: %w\n%s", err, out)
		}
	})
	if buildErr != nil {
		t.Fatal(buildErr)
	}
	return buildPath
}

// Root is the repository's folder.
func Root() string {
	_, file, _, _ := runtime.Caller(0)
	return filepath.Dir(filepath.Dir(filepath.Dir(file)))
}

// FreePort gives a TCP port of 127.0.0.1 that was free a moment ago.
func FreePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// Server is a running basement.
type Server struct {
	URL  string
	Keys map[string]string // API_URL, ANON_KEY, SERVICE_ROLE_KEY, PUBLISHABLE_KEY, SECRET_KEY, JWT_SECRET
	Cmd  *exec.Cmd
	Log  *bytes.Buffer
}

// Serve runs `basement serve` over a project on a free port until the test ends. database is "" for the embedded engine.
func Serve(t testing.TB, project, database string, args ...string) *Server {
	t.Helper()
	bin := Program(t)
	data := t.TempDir()
	common := []string{"--project", project, "--data", data}
	if database != "" {
		common = append(common, "--database", database)
	}
	port := FreePort(t)
	s := &Server{URL: fmt.Sprintf("http://127.0.0.1:%d", port), Log: &bytes.Buffer{}}
	s.Cmd = exec.Command(bin, append(append([]string{"serve", "--port", fmt.Sprint(port)}, common...), args...)...)
	s.Cmd.Stdout, s.Cmd.Stderr = s.Log, s.Log
	if err := s.Cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Cmd.Wait() }()
	t.Cleanup(func() {
		_ = s.Cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-done:
		case <-time.After(20 * time.Second):
			_ = s.Cmd.Process.Kill()
			<-done
		}
		if t.Failed() {
			t.Logf("the server's output:\n%s", s.Log)
		}
	})
	client := http.Client{Timeout: 2 * time.Second}
	for i := 0; ; i++ {
		res, err := client.Get(s.URL + "/health")
		if err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				break
			}
		}
		select {
		case err := <-done:
			done <- err
			t.Fatalf("the server ended: %v\n%s", err, s.Log)
		case <-time.After(50 * time.Millisecond):
		}
		if i > 600 {
			t.Fatalf("the server was not ready in time\n%s", s.Log)
		}
	}
	out, err := exec.Command(bin, append([]string{"keys", "--json"}, common...)...).Output()
	if err != nil {
		t.Fatalf("keys: %v", err)
	}
	if err := json.Unmarshal(out, &s.Keys); err != nil {
		t.Fatalf("keys: %v in %s", err, out)
	}
	return s
}
