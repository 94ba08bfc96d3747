package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
)

// TestSmoke runs the harness on the bare handler with next to no data: every work is answered, and every figure is there.
func TestSmoke(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and starts a server")
	}
	file := filepath.Join(t.TempDir(), "figures.json")
	err := run(context.Background(), []string{"-peers", "bare", "-authors", "10", "-posts", "200", "-rounds", "1", "-duration", "30ms",
		"-connections", "2", "-generator", "go", "-work", "read,list,newest,total,embed,own,create-16,create-own,update,upsert,mixed", "-json", file})
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var r report
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	for _, w := range works(&options{Connections: 2}) {
		f := r.find("bare", w.name, rate)
		if asked := w.name != "create-1" && w.name != "create-64" && w.name != "create-256"; asked != (f != nil && f.Median > 0) {
			t.Errorf("%s: %+v", w.name, f)
		}
	}
	for _, need := range []string{"start", "binary"} {
		if f := r.find("bare", need, map[string]string{"start": "ms", "binary": "MB"}[need]); f == nil || f.Median <= 0 {
			t.Errorf("%s: %+v", need, f)
		}
	}
}
