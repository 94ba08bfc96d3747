package ltree

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

// maxLabel is the most characters a label has, maxLevels the most labels a path has.
const (
	maxLabel  = 255
	maxLevels = 65535
)

func labelRune(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// path is a list of labels; the text of a stored one is its labels with dots between.
type path []string

func split(s string) path {
	if s == "" {
		return nil
	}
	return strings.Split(s, ".")
}

func (p path) String() string { return strings.Join(p, ".") }

func tooLong(n, at int) error {
	return errs.New("42622", "label string is too long").WithDetail("Label length is %d, must be at most %d, at character %d.", n, maxLabel, at)
}

// parsePath reads a path a person wrote.
func parsePath(s string) (path, error) {
	if strings.Count(s, ".")+1 > maxLevels {
		return nil, errs.New("54000", "number of ltree labels (%d) exceeds the maximum allowed (%d)", strings.Count(s, ".")+1, maxLevels)
	}
	pos, length := 1, 0
	empty := true
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case labelRune(r):
			length++
			empty = false
		case r == '.' && length > 0:
			if length > maxLabel {
				return nil, tooLong(length, pos)
			}
			length = 0
		default:
			return nil, errs.New("42601", "ltree syntax error at character %d", pos)
		}
		i += n
		pos++
	}
	switch {
	case length > maxLabel:
		return nil, tooLong(length, pos)
	case length == 0 && !empty:
		return nil, errs.New("42601", "ltree syntax error").WithDetail("Unexpected end of input.")
	}
	return split(s), nil
}

func (p path) ancestorOf(o path) bool {
	if len(p) > len(o) {
		return false
	}
	for i := range p {
		if p[i] != o[i] {
			return false
		}
	}
	return true
}

// common is the longest path above all of a list.
func common(list []path) (path, bool) {
	if len(list) == 0 {
		return nil, false
	}
	n := len(list[0]) - 1
	for _, p := range list {
		if len(p) == 0 {
			return nil, false
		}
		k := 0
		for k < min(n, len(p)-1) && p[k] == list[0][k] {
			k++
		}
		n = k
	}
	return list[0][:n], true
}

// index finds a path inside another from a level on, -1 when it is not there.
func (p path) index(o path, from int) int {
	if from < 0 {
		if from = max(len(p)+from, 0); -from > len(p) {
			from = 0
		}
	}
	if len(o) == 0 {
		return -1
	}
	for i := from; i+len(o) <= len(p); i++ {
		if o.ancestorOf(p[i:]) {
			return i
		}
	}
	return -1
}

func invalidPositions() error { return errs.New("22023", "invalid positions") }

func (p path) sub(start, end int) (path, error) {
	if start < 0 || end < 0 || start >= len(p) || start > end {
		return nil, invalidPositions()
	}
	return p[start:min(end, len(p))], nil
}

// part is a pattern for one label.
type part struct {
	text                 string
	prefix, anyCase, sub bool
}

func (v *part) String() string {
	s := v.text
	if v.sub {
		s += "%"
	}
	if v.anyCase {
		s += "@"
	}
	if v.prefix {
		s += "*"
	}
	return s
}

func (v *part) flag(r byte) bool {
	switch r {
	case '@':
		v.anyCase = true
	case '*':
		v.prefix = true
	case '%':
		v.sub = true
	default:
		return false
	}
	return true
}

func (v *part) matches(label string) bool {
	text := v.text
	if v.anyCase {
		label, text = strings.ToLower(label), strings.ToLower(text)
	}
	same := func(l, t string) bool { return l == t || v.prefix && strings.HasPrefix(l, t) }
	if !v.sub {
		return same(label, text)
	}
	words := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == '_' }) }
	have := words(label)
next:
	for _, t := range words(text) {
		for _, l := range have {
			if same(l, t) {
				continue next
			}
		}
		return false
	}
	return true
}
