package regex

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Regex is a compiled pattern. It learns while it is used: one goroutine at a time may use it.
type Regex struct {
	flags  Flags
	groups int
	tree   *node
	search *program // finds where the first match ends
	colors *colors
	refers bool
	hard   bool // may take more time than the text's length warrants

	// plain is set for a pattern that is a mere text.
	plain          bool
	text           string
	atStart, atEnd bool
}

// Compile reads a pattern. A faulty one gives an error with code 2201B.
func Compile(pattern string, flags Flags) (*Regex, error) {
	p, tree, err := parse(pattern, flags)
	if err != nil {
		return nil, err
	}
	re := &Regex{flags: p.flags, groups: p.groups, tree: tree, colors: newColors(p.sets), refers: tree.flags&refers != 0}
	// The caller's text may not outlive the call.
	re.text, re.atStart, re.atEnd, re.plain = literal(strings.Clone(pattern), flags)
	// Look-around inside is shared by the automata below, and built with the first.
	var ok bool
	if re.search, ok = searching(tree.re); !ok || !tree.build(true) {
		return nil, errs.New("2201B", "invalid regular expression: %s", string(tooBig))
	}
	re.hard = re.refers || re.search.looks
	return re, nil
}

// searching makes the automaton of a match anywhere.
func searching(e *expr) (*program, bool) { return build(e, true) }

// build makes the automata of a node and of those below it that are asked.
func (n *node) build(asked bool) bool {
	if asked {
		var ok bool
		if n.prog, ok = build(n.re, false); !ok {
			return false
		}
	}
	for _, s := range n.subs {
		if !s.build(n.op != '(') {
			return false
		}
	}
	return true
}

// Groups is the number of capturing parentheses.
func (re *Regex) Groups() int { return re.groups }

// Match says whether the pattern matches somewhere in a text.
func (re *Regex) Match(s string) (bool, error) {
	if re.plain {
		switch {
		case re.atStart && re.atEnd:
			return s == re.text, nil
		case re.atStart:
			return strings.HasPrefix(s, re.text), nil
		case re.atEnd:
			return strings.HasSuffix(s, re.text), nil
		}
		return strings.Contains(s, re.text), nil
	}
	t := NewText(s)
	m := &matcher{re: re, text: t, end: t.Len()}
	if !re.refers {
		_, _, ok := m.window(0)
		return ok, m.failed
	}
	m.groups = make([]int, 2*re.groups+2)
	ok := m.find(0, false)
	return ok, m.failed
}

// Find looks for the first match that starts at a place or after. It gives the places (in characters) where the match and
// its groups begin and end, -1 for a group that took no part; nil when there is no match.
func (re *Regex) Find(t *Text, from int) ([]int, error) {
	m := &matcher{re: re, text: t, end: t.Len(), groups: make([]int, 2*re.groups+2)}
	if from > m.end || !m.find(from, true) {
		return nil, m.failed
	}
	return m.groups, nil
}
