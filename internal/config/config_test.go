package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func project(t *testing.T, toml string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "supabase"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ConfigPath), []byte(toml), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestOrderOfSources(t *testing.T) {
	dir := project(t, "project_id = \"p\"\n[api]\nport = 1111\nmax_rows = 7\nschemas = [\"a\", \"b\"]\n[auth]\njwt_secret = \"env(THE_SECRET)\"\n")
	below := filepath.Join(dir, "src", "deep")
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	c, err := Load(Sources{Dir: below, Env: []string{"THE_SECRET=sixteen-letters!", "BASEMENT_PORT=2222", "BASEMENT_MAX_BODY=2MiB", "BASEMENT_HOST="},
		Flags: map[string]string{"port": "3333", "data": "d"}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Project != dir || c.Data != filepath.Join(below, "d") || c.Port != 3333 || c.MaxRows != 7 || c.JWTSecret != "sixteen-letters!" ||
		strings.Join(c.Schemas, " ") != "a b" || c.MaxBody != 2<<20 || c.RequestTimeout != time.Minute || c.Host != "127.0.0.1" ||
		c.ProjectID != "p" || !c.APIEnabled || strings.Join(c.SeedPaths, " ") != "./seed.sql" {
		t.Errorf("%+v", c)
	}
	if len(c.Warnings) != 0 {
		t.Errorf("%q", c.Warnings)
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	dir := project(t, strings.Join([]string{
		"project_id = 3.5",           // 1
		"[api]",                      // 2
		"prot = 1",                   // 3
		"max_rows = \"many\"",        // 4
		"schemas = [1]",              // 5
		"[atuh]",                     // 6
		"site_url = \"x\"",           // 7
		"[auth.external.gogle]",      // 8: any provider's name will do
		"client_idd = \"x\"",         // 9
		"[auth]",                     // 10
		"jwt_secret = \"env(NOPE)\"", // 11
		"[functions]",                // 12
		"hello = { verify_jwt = false, verify = 1 }", // 13
		"[remotes.staging.api]",                      // 14
		"prot = 1",                                   // 15
	}, "\n"))
	_, err := Load(Sources{Dir: dir, Env: []string{"BASEMENT_PROT=1", "BASEMENT_MAX_BODY=lots"}, Flags: map[string]string{"database": "mysql://x:hunter2@y/z"}})
	if err == nil {
		t.Fatal("accepted")
	}
	got := strings.ReplaceAll(err.Error(), filepath.Join(dir, ConfigPath), "F")
	want := []string{
		"F:1:1: project_id: a text is wanted, not a number",
		"F:3:1: unknown key api.prot; did you mean api.port?",
		`F:4:1: api.max_rows: a number of at least 0 is wanted, not "many"`,
		"F:5:1: api.schemas: a list of texts is wanted, not one with a number",
		"F:6:2: unknown table atuh; did you mean auth?",
		"F:7:1: unknown key atuh.site_url; did you mean auth.site_url?",
		"F:9:1: unknown key auth.external.gogle.client_idd; did you mean auth.external.gogle.client_id?",
		"F:11:1: auth.jwt_secret: the environment variable NOPE is not set",
		"F:13:31: unknown key functions.hello.verify; did you mean functions.hello.verify_jwt?",
		"F:15:1: unknown key api.prot; did you mean api.port?",
		"BASEMENT_PROT: no such setting; did you mean BASEMENT_PORT?",
		`BASEMENT_MAX_BODY: a size such as 512KB or 10MB is wanted, not "lots"`,
		"--database: a URL such as postgres://user@host:5432/name is wanted",
	}
	for _, line := range want {
		if !strings.Contains(got+"\n", line+"\n") {
			t.Errorf("missing %q", line)
		}
	}
	if n := strings.Count(got, "\n") + 1; n != len(want) {
		t.Errorf("%d faults, want %d:\n%s", n, len(want), got)
	}
	if strings.Contains(got, "hunter2") {
		t.Error("a password was printed")
	}
}

func TestBrokenFile(t *testing.T) {
	for toml, want := range map[string]string{
		"[api]\nport = \n":             ":2:8:",
		"[api]\nport = 1\nport = 2\n":  ":3:1:",
		"a = \"\xff\"\n":               ":1:",
		"[api]\nenabled = maybe\n":     ":2:11:",
		"[auth]\njwt_secret = \"x\"\n": ":2:1: the JWT secret must be at least 16 characters long",
	} {
		_, err := Load(Sources{Dir: project(t, toml)})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", toml, err)
		}
	}
}

func TestUnusedKeysAreNamedOnce(t *testing.T) {
	dir := project(t, "[api]\nport = 1\n[api.tls]\nenabled = false\n[studio]\nenabled = true\nport = 2\n[auth]\nsite_url = \"x\"\n[auth.email]\nenable_signup = true\notp_length = 6\n[remotes.x]\nproject_id = \"y\"\n")
	c, err := Load(Sources{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	want := "supabase/config.toml: accepted, but without effect yet: api.tls, auth.email.otp_length, auth.site_url, remotes, studio"
	if len(c.Warnings) != 1 || c.Warnings[0] != want {
		t.Errorf("%q", c.Warnings)
	}
}

func TestDefaultsAreValid(t *testing.T) {
	c, err := Load(Sources{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if c.URL(int(c.Port)) != "http://127.0.0.1:54321" || c.MaxBody != 10<<20 {
		t.Errorf("%+v", c)
	}
}

func FuzzFlatten(f *testing.F) {
	f.Add([]byte("[a.\"b c\"]\nx = { y = [1, {z = 2}], w = 'e' }\n[[t]]\nn = 0x1f\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		entries, fault := flatten("f", data)
		for _, e := range entries {
			if fault != nil || len(e.path) == 0 || e.line < 1 || e.column < 1 {
				t.Fatalf("%+v", e)
			}
		}
	})
}

func TestDotenv(t *testing.T) {
	dir := project(t, "[auth]\njwt_secret = \"env(A_SECRET)\"\npublishable_key = \"env(A_KEY)\"\n")
	text := "# comment\nexport A_SECRET = \"from the file, quoted # kept\"\nA_KEY=plain # comment\nbroken\n"
	if err := os.WriteFile(filepath.Join(dir, "supabase", ".env"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(Sources{Dir: dir, Env: []string{"A_KEY=from the environment"}})
	if err != nil || c.JWTSecret != "from the file, quoted # kept" || c.PublishableKey != "from the environment" {
		t.Errorf("%+v, %v", c, err)
	}
}
