package scripts

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/testkit"
)

func project() string { return filepath.Join(testkit.Root(), "tests", "scripts", "testdata", "notes") }

// each runs a test on both engines.
func each(t *testing.T, f func(t *testing.T, database string)) {
	t.Run("embedded", func(t *testing.T) { f(t, "") })
	t.Run("postgres", func(t *testing.T) { f(t, testkit.PostgreSQL(t)) })
}

// call sends a request and gives its status and body.
func call(t *testing.T, s *testkit.Server, method, path, body string, header ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequest(method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("apikey", s.Keys["PUBLISHABLE_KEY"])
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatalf("%s %.80s: %v", method, path, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatalf("%s %.80s: %v", method, path, err)
	}
	return response.StatusCode, string(text)
}

func TestBadInput(t *testing.T) {
	each(t, func(t *testing.T, database string) {
		s := testkit.Serve(t, project(), database)
		deep := strings.Repeat(`[`, 5000) + strings.Repeat(`]`, 5000)
		cases := []struct {
			name, method, path, body string
			header                   []string
			status                   int
			want                     string
		}{
			{"broken JSON", "POST", "/rest/v1/notes", `{"body":`, nil, 400, `"PGRST102"`},
			{"deep JSON", "POST", "/rest/v1/notes", `{"body":"x","tags":` + deep + `}`, nil, 400, `"code":`},
			{"deep logic", "GET", "/rest/v1/notes?or=" + strings.Repeat("(and", 2000) + "(id.eq.1)" + strings.Repeat(")", 2000), "", nil, 400, `"code":`},
			{"deep select", "GET", "/rest/v1/notes?select=" + strings.Repeat("notes(", 2000) + "id" + strings.Repeat(")", 2000), "", nil, 400, `"code":`},
			{"wrong type", "GET", "/rest/v1/notes?id=eq.abc", "", nil, 400, `"22P02"`},
			{"unknown table", "GET", "/rest/v1/nots", "", nil, 404, `"PGRST205"`},
			{"unknown column", "GET", "/rest/v1/notes?nope=eq.1", "", nil, 400, `"42703"`},
			{"unknown operator", "GET", "/rest/v1/notes?id=equals.1", "", nil, 400, `"PGRST100"`},
			{"no table", "GET", "/rest/v1/notes/1", "", nil, 404, `"PGRST125"`},
			{"NUL in a value", "POST", "/rest/v1/notes", `{"body":"a\u0000b"}`, nil, 400, `"code":`},
			{"NUL in a filter", "GET", "/rest/v1/notes?body=eq.a%00b", "", nil, 400, `"code":`},
			{"invalid UTF-8 in a body", "POST", "/rest/v1/notes", "{\"body\":\"a\xffb\"}", nil, 400, `"code":`},
			{"invalid UTF-8 in a filter", "GET", "/rest/v1/notes?body=eq.%ff", "", nil, 400, `"code":`},
			{"not a token", "GET", "/rest/v1/notes", "", []string{"Authorization", "Bearer x"}, 401, `"Expected 3 parts in JWT; got 1"`},
			{"token without a signature", "GET", "/rest/v1/notes", "", []string{"Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJyb2xlIjoic2VydmljZV9yb2xlIn0."}, 401, `"PGRST301"`},
			{"wrong key", "GET", "/rest/v1/notes", "", []string{"apikey", "sb_secret_guess"}, 401, `"PGRST301"`},
			{"20 MB", "POST", "/rest/v1/notes", `{"body":"` + strings.Repeat("x", 20<<20) + `"}`, nil, 413, `"54000"`},
			{"method", "BREW", "/rest/v1/notes", "", nil, 405, `"PGRST117"`},
		}
		for _, c := range cases {
			status, body := call(t, s, c.method, c.path, c.body, c.header...)
			if status != c.status || !strings.Contains(body, c.want) {
				t.Errorf("%s: %d %.300s", c.name, status, body)
			}
		}
		// A URL of 64 KB is an ordinary request.
		status, body := call(t, s, "GET", "/rest/v1/notes?select=id&id=in.("+strings.Repeat("0,", 32<<10)+"0)", "")
		if status != 200 || body != "[]" {
			t.Errorf("64 KB URL: %d %.300s", status, body)
		}
		if status, body := call(t, s, "POST", "/rest/v1/notes", `{"body":"still here"}`); status != 201 {
			t.Errorf("%d %s", status, body)
		}
		if status, body := call(t, s, "GET", "/rest/v1/notes?select=body", ""); status != 200 || body != `[{"body":"still here"}]` {
			t.Errorf("%d %s", status, body)
		}
	})
}

// serve starts the program by hand, for tests that end it.
func serve(t *testing.T, data, url string, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	log := &bytes.Buffer{}
	_, port, _ := strings.Cut(strings.TrimPrefix(url, "http://"), ":")
	cmd := exec.Command(testkit.Program(t), append([]string{"serve", "--project", project(), "--data", data, "--port", port}, args...)...)
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	for range 200 {
		if response, err := http.Get(url + "/health"); err == nil {
			_ = response.Body.Close()
			return cmd, log
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("not ready\n%s", log)
	return nil, nil
}

func TestStopAndSecondStart(t *testing.T) {
	data := t.TempDir()
	url := fmt.Sprintf("http://127.0.0.1:%d", testkit.FreePort(t))
	cmd, log := serve(t, data, url)
	second := exec.Command(testkit.Program(t), "serve", "--project", project(), "--data", data, "--port", "0")
	out, err := second.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "in use by another process ("+fmt.Sprint(cmd.Process.Pid)+")") {
		t.Errorf("a second server on the data folder: %v\n%s", err, out)
	}
	// Commands reach the database through the server that has it.
	query := func(sql string) string {
		out, err := exec.Command(testkit.Program(t), "db", "query", "--project", project(), "--data", data, "--csv", sql).CombinedOutput()
		if err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return string(out)
	}
	query("insert into notes (body) values ('from the shell')")
	if got := query("select body from notes"); got != "body\nfrom the shell\n" {
		t.Errorf("%q", got)
	}
	if info, err := os.Stat(filepath.Join(data, "control.sock")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("control socket: %v %v", info, err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("SIGTERM: %v\n%s", err, log)
	}
	if strings.Contains(log.String(), "sb_secret_") {
		t.Errorf("the secret key was written to the log\n%s", log)
	}
	if got := query("select count(*) from notes"); got != "count\n1\n" {
		t.Errorf("%q", got)
	}
}

func TestAnsweredWritesSurviveAKill(t *testing.T) {
	data := t.TempDir()
	url := fmt.Sprintf("http://127.0.0.1:%d", testkit.FreePort(t))
	written := 0
	for range 3 {
		cmd, _ := serve(t, data, url)
		keys := exec.Command(testkit.Program(t), "keys", "--project", project(), "--data", data)
		out, err := keys.Output()
		if err != nil {
			t.Fatal(err)
		}
		_, key, _ := strings.Cut(string(out), "PUBLISHABLE_KEY=\"")
		key, _, _ = strings.Cut(key, `"`)
		for range 50 {
			r, _ := http.NewRequest("POST", url+"/rest/v1/notes", strings.NewReader(`{"body":"x"}`))
			r.Header.Set("apikey", key)
			r.Header.Set("Content-Type", "application/json")
			response, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if response.StatusCode == 201 {
				written++
			}
		}
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}
	out, err := exec.Command(testkit.Program(t), "db", "query", "--project", project(), "--data", data, "--csv", "select count(*) from notes").CombinedOutput()
	if want := fmt.Sprintf("count\n%d\n", written); err != nil || string(out) != want || written != 150 {
		t.Errorf("%v: got %q, want %q", err, out, want)
	}
}

func TestStartAndMemory(t *testing.T) {
	data := t.TempDir()
	url := fmt.Sprintf("http://127.0.0.1:%d", testkit.FreePort(t))
	cmd, _ := serve(t, data, url)
	_ = cmd.Process.Signal(syscall.SIGTERM)
	_ = cmd.Wait()
	cmd, _ = serve(t, data, url)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	_, line, _ := strings.Cut(string(status), "VmRSS:")
	var kb int
	if _, err := fmt.Sscan(line, &kb); err != nil {
		t.Fatal(err)
	}
	// The bound is 40 MB for an idle server; no time is asserted, this machine may be busy.
	if kb > 40<<10 {
		t.Errorf("idle: %d KB resident", kb)
	}
}
