package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"

	"github.com/basement-project/basement/internal/config"
)

const file = "docs/configuration.md"

func main() {
	check := flag.Bool("check", false, "fail when the file is not up to date")
	flag.Parse()
	want := []byte(config.Document())
	if *check {
		if have, err := os.ReadFile(file); err != nil || !bytes.Equal(have, want) {
			fmt.Fprintf(os.Stderr, "%s is not up to date: run make generate\n", file)
			os.Exit(1)
		}
		return
	}
	if err := os.WriteFile(file, want, 0o644); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
