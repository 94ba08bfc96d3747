// Package compat runs published client libraries, unmodified, against the binary on both engines.
package compat

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/basement-project/basement/internal/testkit"
)

func TestSupabaseJS(t *testing.T) {
	dir := filepath.Join(testkit.Root(), "tests", "compat", "js")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "@supabase", "supabase-js")); err != nil {
		t.Fatalf("supabase-js is not installed: run `npm ci` in tests/compat/js (make test does): %v", err)
	}
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatalf("node is needed to run the client library: %v", err)
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			database := ""
			if engine == "postgres" {
				database = testkit.PostgreSQL(t)
			}
			s := testkit.Serve(t, filepath.Join(testkit.Root(), "tests", "compat", "project"), database)
			for _, file := range []string{"client.test.mjs", "openapi.test.mjs"} {
				cmd := exec.Command(node, "--test", "--test-reporter=tap", "--test-timeout=60000", file)
				cmd.Dir = dir
				cmd.Env = os.Environ()
				for name, value := range s.Keys {
					cmd.Env = append(cmd.Env, name+"="+value)
				}
				cmd.Env = append(cmd.Env, "API_URL="+s.URL)
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", file, err, out)
				}
			}
		})
	}
}
