package compat

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/basement-project/basement/internal/testkit"
)

// command is a library's tests: a program with its arguments in a folder, and what must be installed there.
type command struct {
	dir, needs, program string
	args, env           []string
}

func TestSupabaseJS(t *testing.T) {
	var list []command
	for _, file := range []string{"client.test.mjs", "openapi.test.mjs"} {
		list = append(list, node(file, "supabase-js"))
	}
	onBothEngines(t, "project", testkit.PostgreSQL, list...)
}

// TestDialect runs the clients of the dialect over one server for each engine. Its settings are the authenticator's, so it
// has a cluster of its own.
func TestDialect(t *testing.T) {
	onBothEngines(t, "dialect", testkit.PrivatePostgreSQL,
		node("postgrest.test.mjs", "postgrest-js"),
		command{dir: "python", needs: "packages/postgrest", program: "python3", args: []string{"-W", "ignore", "client_test.py"}, env: []string{"PYTHONPATH=packages", "PYTHONDONTWRITEBYTECODE=1"}},
		command{dir: "go", program: "go", args: []string{"test", "-count=1", "./..."}, env: []string{"GOFLAGS=-mod=readonly"}})
}

func node(file, library string) command {
	return command{dir: "js", needs: "node_modules/@supabase/" + library, program: "node", args: []string{"--test", "--test-reporter=tap", "--test-timeout=60000", file}}
}

func onBothEngines(t *testing.T, project string, database func(testing.TB) string, list ...command) {
	root := filepath.Join(testkit.Root(), "tests", "compat")
	for _, c := range list {
		if _, err := os.Stat(filepath.Join(root, c.dir, c.needs)); err != nil {
			t.Fatalf("%s is not installed: run tests/needs (make test does): %v", c.needs, err)
		}
		if _, err := exec.LookPath(c.program); err != nil {
			t.Fatalf("%s is needed to run the client library: %v", c.program, err)
		}
	}
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			url := ""
			if engine == "postgres" {
				url = database(t)
			}
			s := testkit.Serve(t, filepath.Join(root, project), url)
			for _, c := range list {
				cmd := exec.Command(c.program, c.args...)
				cmd.Dir = filepath.Join(root, c.dir)
				cmd.Env = append(os.Environ(), c.env...)
				for name, value := range s.Keys {
					cmd.Env = append(cmd.Env, name+"="+value)
				}
				cmd.Env = append(cmd.Env, "API_URL="+s.URL)
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", c.args[len(c.args)-1], err, out)
				}
			}
		})
	}
}
