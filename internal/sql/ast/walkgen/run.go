//go:build ignore

// Run it in the repository's root after adding or changing a node: go run internal/sql/ast/walkgen/run.go
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/basement-project/basement/internal/sql/ast/walkgen"
)

func main() {
	const dir = "internal/sql/ast"
	for name, ddl := range map[string]bool{"walk.go": false, "walk_ddl.go": true} {
		text, err := walkgen.Source(dir, ddl)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), text, 0o644)
		}
		if err != nil {
			log.Fatal(err)
		}
	}
}
