package scripts

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/testkit"
)

// raw sends a request line as it stands, which no client library would, and gives the whole answer.
func raw(t *testing.T, s *testkit.Server, request string) string {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go func() {
		_, _ = io.WriteString(conn, request)
		_ = conn.(*net.TCPConn).CloseWrite() // nothing more comes: no need to wait for it
	}()
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err.Error()
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	return fmt.Sprintf("%d %v %s", response.StatusCode, response.Header, body)
}

// The page's folder lies beside the project's settings and its data folder with the keys. Someone asks for those by
// every way of writing "one folder up", and through a name that starts with a dot.
func TestPathsOutOfThePublicFolder(t *testing.T) {
	s := testkit.Serve(t, project(), "")
	for _, path := range []string{
		"/../supabase/config.toml", "/%2e%2e/supabase/config.toml", "/..%2fsupabase%2fconfig.toml", "/%2e%2e%2fsupabase%2fconfig.toml",
		"/..%5csupabase%5cconfig.toml", "/....//supabase/config.toml", "//supabase/config.toml", "/./../supabase/config.toml",
		"/index.html/../../supabase/config.toml", "/%00../supabase/config.toml", "/.%2e/supabase/config.toml",
		"/rest/v1/../../supabase/config.toml", "/rest/v1/%2e%2e/%2e%2e/supabase/config.toml",
	} {
		answer := raw(t, s, "GET "+path+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		if strings.Contains(answer, "project_id") || strings.HasPrefix(answer, "200") {
			t.Errorf("%s: %.200s", path, answer)
		}
	}
}

// Someone puts a line break or another host where the server repeats what it was sent.
func TestWhatIsRepeatedCannotAddHeaders(t *testing.T) {
	s := testkit.Serve(t, project(), "")
	for _, request := range []string{
		"GET /rest/v1/notes?select=id HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\r b\r\nConnection: close\r\n\r\n",
		"OPTIONS /rest/v1/notes HTTP/1.1\r\nHost: x\r\nOrigin: http://e\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: a%0d%0aSet-Cookie: x=1\r\nConnection: close\r\n\r\n",
		"GET /%0d%0aSet-Cookie:%20x=1/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"GET //evil.example/%2e%2e HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
	} {
		answer := raw(t, s, request)
		if strings.Contains(answer, "Set-Cookie:[") || strings.Contains(answer, "Location:[//") || strings.Contains(answer, "Location:[http") {
			t.Errorf("%q\n%.300s", request, answer)
		}
	}
}

// Someone sends what is no HTTP, or not quite, and the server must go on answering others.
func TestBrokenHTTP(t *testing.T) {
	s := testkit.Serve(t, project(), "")
	for _, request := range []string{
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", strings.Repeat("A", 300<<10) + "\r\n\r\n",
		"POST /rest/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
		"POST /rest/v1/notes HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
		"POST /rest/v1/notes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("X-A: b\r\n", 50000) + "\r\n",
	} {
		if answer := raw(t, s, request); strings.HasPrefix(answer, "500") || strings.HasPrefix(answer, "2") {
			t.Errorf("%.60q: %.200s", request, answer)
		}
	}
	if status, body := call(t, s, "GET", "/rest/v1/notes?select=id", ""); status != 200 {
		t.Errorf("%d %s", status, body)
	}
}
