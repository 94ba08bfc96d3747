package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sort"
	"strings"
)

func main() {
	faults, err := check()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, f := range faults {
		fmt.Println(f)
	}
	if len(faults) > 0 {
		os.Exit(1)
	}
}

// pkg is what `go list` tells of a package.
type pkg struct {
	ImportPath string
	Imports    []string
	Doc        string
	Name       string
	Module     struct{ Path string }
}

func check() ([]string, error) {
	list := exec.Command("go", "list", "-json=ImportPath,Imports,Doc,Name,Module", "./...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var faults []string
	seen := map[string]bool{}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			return nil, err
		}
		prefix := p.Module.Path + "/internal/"
		folder, ok := strings.CutPrefix(p.ImportPath, prefix)
		if !ok {
			continue
		}
		if p.Doc == "" {
			faults = append(faults, folder+": has no package comment (doc.go)")
		}
		rule, allowed := ruleOf(folder)
		if rule == "" {
			faults = append(faults, folder+": no rule in internal/tools/imports/rules.go")
			continue
		}
		seen[rule] = true
		for _, path := range p.Imports {
			target, internal := strings.CutPrefix(path, prefix)
			if internal && !permitted(folder, rule, target, allowed) {
				faults = append(faults, fmt.Sprintf("%s: must not import %s", folder, target))
			}
		}
	}
	for rule := range rules {
		if !seen[rule] {
			faults = append(faults, "rules.go: no package is at "+rule)
		}
	}
	sort.Strings(faults)
	return faults, nil
}

// ruleOf finds the rule of a folder: its own, or that of the nearest folder above.
func ruleOf(folder string) (rule string, allowed []string) {
	for name := folder; ; {
		if list, ok := rules[name]; ok {
			return name, strings.Fields(list)
		}
		i := strings.LastIndexByte(name, '/')
		if i < 0 {
			return "", nil
		}
		name = name[:i]
	}
}

// permitted says whether a folder may import another: one of the same rule, or one its rule names. "x/..." names x and
// everything below it.
func permitted(folder, rule, target string, allowed []string) bool {
	if r, _ := ruleOf(target); r == rule {
		return true
	}
	for _, a := range allowed {
		tree, below := strings.CutSuffix(a, "/...")
		if a == "*" || target == a || (below && (target == tree || strings.HasPrefix(target, tree+"/"))) {
			return true
		}
	}
	return false
}
