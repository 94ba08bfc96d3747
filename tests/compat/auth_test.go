package compat

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/basement-project/basement/internal/testkit"
)

// TestAuthJS signs in through supabase-js on both engines.
func TestAuthJS(t *testing.T) {
	root := testkit.Root()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			database := ""
			if engine == "postgres" {
				database = testkit.PostgreSQL(t)
			}
			s := testkit.Serve(t, filepath.Join(root, "tests", "compat", "auth"), database)
			cmd := exec.Command("node", "--test", "--test-reporter=tap", "--test-timeout=60000", "auth.test.mjs")
			cmd.Dir = filepath.Join(root, "tests", "compat", "js")
			cmd.Env = append(os.Environ(), "API_URL="+s.URL)
			for name, value := range s.Keys {
				if name != "API_URL" {
					cmd.Env = append(cmd.Env, name+"="+value)
				}
			}
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}
