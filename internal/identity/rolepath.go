package identity

import (
	"fmt"
	"strconv"
	"strings"
)

// rolePath finds the role among the claims: the JSON paths PostgREST takes for jwt-role-claim-key, in the RFC 9535 form
// ($.a['b'][0]) and the older one (.a."b"[0]), either with one filter at its end ([?(@ == "x")]).
type rolePath []pathStep

type pathStep struct {
	name     string
	index    int
	isIndex  bool
	operator string
	operand  string
}

// pathOperators, longest first, with what each means of an array's string member and the operand.
var pathOperators = []struct {
	text  string
	match func(member, operand string) bool
}{
	{"==^", strings.HasSuffix},
	{"^==", strings.HasPrefix},
	{"*==", strings.Contains},
	{"==", func(a, b string) bool { return a == b }},
	{"!=", func(a, b string) bool { return a != b }},
}

func parseRolePath(text string) (rolePath, error) {
	bad := func(rest string) error {
		return fmt.Errorf("the role claim key %q is not a JSON path, at %q: write it like $.app_metadata.role", text, rest)
	}
	rest := strings.TrimPrefix(text, "$")
	var path rolePath
	for rest != "" {
		if len(path) > 0 && path[len(path)-1].operator != "" {
			return nil, bad(rest)
		}
		step, tail, ok := parseStep(rest)
		if !ok {
			return nil, bad(rest)
		}
		path, rest = append(path, step), tail
	}
	if len(path) == 0 {
		return nil, bad(text)
	}
	return path, nil
}

func parseStep(rest string) (pathStep, string, bool) {
	switch {
	case strings.HasPrefix(rest, `."`):
		name, tail, ok := strings.Cut(rest[2:], `"`)
		return pathStep{name: name}, tail, ok
	case strings.HasPrefix(rest, "."):
		end := strings.IndexAny(rest[1:], `.[" '`)
		if end < 0 {
			end = len(rest) - 1
		}
		return pathStep{name: rest[1 : 1+end]}, rest[1+end:], end > 0
	case strings.HasPrefix(rest, "[?"):
		return parseFilter(rest[2:])
	case strings.HasPrefix(rest, "['"), strings.HasPrefix(rest, `["`):
		name, tail, ok := strings.Cut(rest[2:], rest[1:2]+"]")
		return pathStep{name: name}, tail, ok
	case strings.HasPrefix(rest, "["):
		digits, tail, ok := strings.Cut(rest[1:], "]")
		index, err := strconv.Atoi(digits)
		return pathStep{index: index, isIndex: true}, tail, ok && err == nil
	}
	return pathStep{}, "", false
}

func parseFilter(rest string) (pathStep, string, bool) {
	closing := "]"
	if strings.HasPrefix(rest, "(") {
		rest, closing = rest[1:], ")]"
	}
	rest, ok := strings.CutPrefix(strings.TrimSpace(rest), "@")
	if !ok {
		return pathStep{}, "", false
	}
	rest = strings.TrimSpace(rest)
	for _, operator := range pathOperators {
		tail, ok := strings.CutPrefix(rest, operator.text)
		if !ok {
			continue
		}
		tail = strings.TrimSpace(tail)
		if tail == "" || (tail[0] != '"' && tail[0] != '\'') {
			return pathStep{}, "", false
		}
		operand, tail, ok := strings.Cut(tail[1:], tail[:1])
		if !ok {
			return pathStep{}, "", false
		}
		tail, ok = strings.CutPrefix(strings.TrimSpace(tail), closing)
		return pathStep{operator: operator.text, operand: operand}, tail, ok
	}
	return pathStep{}, "", false
}

// find follows the path; false when it leads nowhere.
func (p rolePath) find(value any) (any, bool) {
	for _, step := range p {
		switch {
		case step.operator != "":
			array, _ := value.([]any)
			return step.firstMatch(array)
		case step.isIndex:
			array, _ := value.([]any)
			i := step.index
			if i < 0 {
				i += len(array)
			}
			if i < 0 || i >= len(array) {
				return nil, false
			}
			value = array[i]
		default:
			object, _ := value.(map[string]any)
			member, ok := object[step.name]
			if !ok {
				return nil, false
			}
			value = member
		}
	}
	return value, true
}

func (s pathStep) firstMatch(array []any) (any, bool) {
	for _, operator := range pathOperators {
		if operator.text != s.operator {
			continue
		}
		for _, member := range array {
			if text, ok := member.(string); ok && operator.match(text, s.operand) {
				return text, true
			}
		}
	}
	return nil, false
}
