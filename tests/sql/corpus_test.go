package sql

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

var (
	update  = flag.Bool("update", false, "write the .out files from PostgreSQL's answers")
	offline = flag.Bool("offline", false, "compare with the .out files alone")
	script  = flag.String("file", "", "a script for TestFile, - for standard input")
	all     = flag.Bool("all", false, "let TestFile print every statement's answers")
)

// TestCorpus runs every file of testdata on both engines.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal("no files")
	}
	lend := newPairs(t, *offline)
	var statements, apart, different atomic.Int64
	t.Cleanup(func() {
		fmt.Printf("corpus: %d statements compared, %d different; %d more run but not compared\n",
			statements.Load(), different.Load(), apart.Load())
	})
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".sql"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			list := read(name, string(text))
			out := strings.TrimSuffix(name, ".sql") + ".out"
			embedded, server := play(t, lend, list)
			list = append(list, &statement{text: "commit", line: strings.Count(string(text), "\n")})
			want := server
			if *update {
				if err := os.WriteFile(out, []byte(record(list, server)), 0o644); err != nil {
					t.Fatal(err)
				}
			} else {
				kept := readOut(t, out, list)
				if want == nil {
					want = kept
				}
				for i, s := range list {
					if s.differs == "" && !same(kept[i], want[i]) {
						t.Errorf("%s: %s;\n--- recorded\n%s\n--- PostgreSQL\n%s", out, s.text, kept[i], want[i])
					}
				}
			}
			for i, s := range list {
				if s.differs != "" {
					apart.Add(1)
					continue
				}
				statements.Add(1)
				if !same(embedded[i], want[i]) {
					different.Add(1)
					t.Errorf("%s:%d: %s;\n--- PostgreSQL\n%s\n--- embedded\n%s", name, s.line, s.text, want[i], embedded[i])
				}
			}
		})
	}
}

func readOut(t *testing.T, name string, list []*statement) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatalf("%v: run with -update", err)
	}
	kept, ok := recorded(list, string(text))
	if !ok {
		t.Fatalf("%s is not about the statements of its .sql file: run with -update", name)
	}
	return kept
}

func play(t *testing.T, lend *pairs, list []*statement) (embedded, server []string) {
	t.Helper()
	p, err := lend.take()
	if err != nil {
		t.Fatal(err)
	}
	defer lend.give(p)
	embedded, server, err = p.run(context.Background(), list)
	if err != nil {
		t.Fatal(err)
	}
	return embedded, server
}

// TestFile runs the script that -file names on both engines and prints where they differ.
func TestFile(t *testing.T) {
	if *script == "" {
		return
	}
	in := os.Stdin
	if *script != "-" {
		f, err := os.Open(*script)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		in = f
	}
	text, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	list := read(*script, string(text))
	embedded, server := play(t, newPairs(t, false), list)
	list = append(list, &statement{text: "commit"})
	different := 0
	for i, s := range list {
		switch {
		case s.differs == "" && !same(embedded[i], server[i]):
			different++
			fmt.Printf("DIFFERENT line %d: %s;\n--- PostgreSQL\n%s\n--- embedded\n%s\n\n", s.line, s.text, server[i], embedded[i])
		case *all:
			fmt.Printf("same line %d: %s;\n%s\n\n", s.line, s.text, server[i])
		}
	}
	fmt.Printf("%d statements, %d different\n", len(list)-1, different)
	if different > 0 {
		t.Fail()
	}
}
