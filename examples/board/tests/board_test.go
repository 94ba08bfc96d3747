// Package tests tries the board as its visitors do, on both engines.
package tests

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/basement-project/basement/internal/testkit"
)

func TestBoard(t *testing.T) {
	here := filepath.Join(testkit.Root(), "examples", "board", "tests")
	node, err := exec.LookPath("node")
	if err != nil {
		t.Fatal("node is needed (make test installs it)")
	}
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("chromium is needed (make test installs it)")
	}
	if _, err := os.Stat(filepath.Join(here, "node_modules", "playwright-core")); err != nil {
		t.Fatal("run `npm ci` in examples/board/tests (make test does)")
	}
	for _, engine := range []string{"embedded", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			database := ""
			if engine == "postgres" {
				database = testkit.PostgreSQL(t)
			}
			s := testkit.Serve(t, filepath.Dir(here), database)
			// The page first: it counts the seeded posts.
			for _, file := range []string{"page.test.mjs", "reference.test.mjs", "api.test.mjs"} {
				cmd := exec.Command(node, "--test", "--test-reporter=tap", "--test-timeout=120000", file)
				cmd.Dir = here
				cmd.Env = append(os.Environ(), "BASE_URL="+s.URL, "CHROMIUM="+chromium, "KEY="+s.Keys["PUBLISHABLE_KEY"],
					"SECRET_KEY="+s.Keys["SECRET_KEY"], "JWT_SECRET="+s.Keys["JWT_SECRET"])
				if out, err := cmd.CombinedOutput(); err != nil {
					t.Errorf("%s: %v\n%s", file, err, out)
				}
			}
		})
	}
}
