package config

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"
)

// entry is one key of config.toml with its value and where it stands.
type entry struct {
	path         []string
	value        any
	line, column int
}

func (e entry) key() string { return strings.Join(e.path, ".") }

// file is config.toml, flattened.
type file struct {
	name    string
	entries []entry
	// known is the table of keys the CLI knows.
	known map[string][]string
}

// where gives the place of a key; only the file's name when it is not there.
func (f *file) where(key string) Fault {
	for _, e := range f.entries {
		if e.key() == key {
			return Fault{File: f.name, Line: e.line, Column: e.column}
		}
	}
	return Fault{}
}

// maxFile bounds config.toml; a real one has 15 KB.
const maxFile = 1 << 20

// readFile reads and flattens config.toml; a file that does not exist is empty.
func readFile(name string) (*file, Faults) {
	f := &file{name: name, known: knownTables()}
	data, err := os.ReadFile(name)
	switch {
	case notExist(err):
		return f, nil
	case err != nil:
		return f, Faults{{File: name, Message: err.Error()}}
	case len(data) > maxFile:
		return f, Faults{{File: name, Message: "larger than 1 MB: not a config.toml"}}
	}
	entries, fault := flatten(name, data)
	if fault != nil {
		return f, Faults{*fault}
	}
	f.entries = entries
	return f, nil
}

func flatten(name string, data []byte) ([]entry, *Fault) {
	// The full decoder finds what the streaming parser lets through: keys given twice, tables that clash.
	var whole map[string]any
	if err := toml.Unmarshal(data, &whole); err != nil {
		fault := &Fault{File: name, Message: strings.TrimPrefix(err.Error(), "toml: ")}
		var decode *toml.DecodeError
		if errors.As(err, &decode) {
			fault.Line, fault.Column = decode.Position()
		}
		return nil, fault
	}
	p := unstable.Parser{}
	p.Reset(data)
	var entries []entry
	var table []string
	for p.NextExpression() {
		node := p.Expression()
		switch node.Kind {
		case unstable.Table, unstable.ArrayTable:
			path, line, column := keyOf(&p, data, node)
			table = path
			// A table counts as an entry of its own, so that an unknown empty one is found too.
			entries = append(entries, entry{path: path, value: map[string]any{}, line: line, column: column})
		case unstable.KeyValue:
			entries = appendKeyValue(&p, data, entries, table, node)
		}
	}
	if err := p.Error(); err != nil {
		return nil, &Fault{File: name, Message: err.Error()}
	}
	return entries, nil
}

func appendKeyValue(p *unstable.Parser, data []byte, entries []entry, table []string, node *unstable.Node) []entry {
	key, line, column := keyOf(p, data, node)
	path := append(append([]string(nil), table...), key...)
	value := node.Value()
	if value.Kind == unstable.InlineTable {
		members := value.Children()
		for members.Next() {
			entries = appendKeyValue(p, data, entries, path, members.Node())
		}
		return entries
	}
	return append(entries, entry{path: path, value: valueOf(value), line: line, column: column})
}

func keyOf(p *unstable.Parser, data []byte, node *unstable.Node) (path []string, line, column int) {
	keys := node.Key()
	for keys.Next() {
		k := keys.Node()
		if path == nil {
			start := int(p.Range(k.Data).Offset)
			if k.Raw.Length > 0 {
				start = int(k.Raw.Offset)
			}
			line, column = position(data, start)
		}
		path = append(path, string(k.Data))
	}
	return path, line, column
}

func position(data []byte, offset int) (line, column int) {
	if offset > len(data) {
		offset = len(data)
	}
	before := data[:offset]
	line = bytes.Count(before, []byte{'\n'}) + 1
	return line, offset - bytes.LastIndexByte(before, '\n')
}

func valueOf(node *unstable.Node) any {
	switch node.Kind {
	case unstable.Bool:
		return string(node.Data) == "true"
	case unstable.Integer:
		n, err := strconv.ParseInt(strings.ReplaceAll(string(node.Data), "_", ""), 0, 64)
		if err != nil {
			return string(node.Data)
		}
		return n
	case unstable.Float:
		n, _ := strconv.ParseFloat(string(node.Data), 64)
		return n
	case unstable.Array:
		list := []any{}
		members := node.Children()
		for members.Next() {
			list = append(list, valueOf(members.Node()))
		}
		return list
	case unstable.InlineTable:
		return map[string]any{}
	}
	return string(node.Data)
}

// environmentValue is how config.toml names a variable instead of a value.
var environmentValue = regexp.MustCompile(`^env\((.*)\)$`)

// applyFile checks every entry against the known keys and assigns those that are settings.
func applyFile(f *file, table []*Setting, env map[string]string) Faults {
	var faults Faults
	for _, e := range f.entries {
		at := Fault{File: f.name, Line: e.line, Column: e.column}
		if e.path[0] == "remotes" && len(e.path) > 2 {
			e.path = e.path[2:] // [remotes.NAME] repeats every section for another deployment; checked, not used
			if !knownEntry(f.known, e) {
				at.Message = unknownKey(f.known, e)
				faults = append(faults, at)
			}
			continue
		}
		if !knownEntry(f.known, e) {
			at.Message = unknownKey(f.known, e)
			faults = append(faults, at)
			continue
		}
		for _, s := range table {
			if s.Key != e.key() {
				continue
			}
			value, err := substitute(e.value, env)
			if err == nil {
				err = s.assign(value)
			}
			if err != nil {
				at.Message = s.Key + ": " + err.Error()
				faults = append(faults, at)
			}
		}
	}
	return faults
}

func substitute(value any, env map[string]string) (any, error) {
	switch v := value.(type) {
	case string:
		match := environmentValue.FindStringSubmatch(v)
		if match == nil {
			return v, nil
		}
		if set := env[match[1]]; set != "" {
			return set, nil
		}
		return nil, fmt.Errorf("the environment variable %s is not set", match[1])
	case []any:
		list := make([]any, len(v))
		for i, member := range v {
			set, err := substitute(member, env)
			if err != nil {
				return nil, err
			}
			list[i] = set
		}
		return list, nil
	}
	return value, nil
}

// unusedWarning names once, in one line, what the file sets without effect. A part of the file without any used key is
// named as a whole.
func unusedWarning(f *file) []string {
	used := map[string]bool{}
	for _, s := range settings(&Config{}) {
		if s.Key != "" {
			for i := 0; i <= strings.Count(s.Key, "."); i++ {
				used[strings.Join(strings.Split(s.Key, ".")[:i+1], ".")] = true
			}
		}
	}
	names := map[string]bool{}
	for _, e := range f.entries {
		if used[e.key()] || !knownEntry(f.known, e) {
			continue
		}
		for i := range e.path {
			if prefix := strings.Join(e.path[:i+1], "."); !used[prefix] {
				names[prefix] = true
				break
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{ConfigPath + ": accepted, but without effect yet: " + strings.Join(slices.Sorted(maps.Keys(names)), ", ")}
}
