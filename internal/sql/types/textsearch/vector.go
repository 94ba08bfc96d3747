package textsearch

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Position is a place of a lexeme in its document, from 1, and its weight: 0 for D to 3 for A.
type Position struct {
	At     int
	Weight int
}

// Lexeme is one word of a tsvector with its places.
type Lexeme struct {
	Text      string
	Positions []Position
}

// Vector is a tsvector: lexemes in the order of their bytes, each once.
type Vector []Lexeme

const (
	maxPosition  = 16383
	maxPositions = 255
	maxWord      = 2046
)

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func runeEnd(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i]&0xc0 != 0x80 {
			return i
		}
	}
	return len(s)
}

// word reads a word, quoted or not, at the start of s. In a query operators end it.
func word(s string, query bool) (text, rest string, quoted bool, err string) {
	var b strings.Builder
	if s[0] == '\'' {
		s = s[1:]
		for {
			switch {
			case s == "":
				return "", "", true, "syntax"
			case strings.HasPrefix(s, "''"):
				b.WriteByte('\'')
				s = s[2:]
			case s[0] == '\'':
				if b.Len() == 0 {
					return "", "", true, "syntax"
				}
				return b.String(), s[1:], true, ""
			default:
				if s[0] == '\\' {
					if s = s[1:]; s == "" {
						return "", "", true, "escape"
					}
				}
				end := runeEnd(s)
				b.WriteString(s[:end])
				s = s[end:]
			}
		}
	}
	// The first character belongs to the word whatever it is.
	for first := true; ; first = false {
		switch {
		case s == "" || isSpace(s[0]):
			return b.String(), s, false, ""
		case !first && s[0] == ':':
			return b.String(), s, false, ""
		case query && strings.IndexByte("!&|()<", s[0]) >= 0:
			if b.Len() == 0 {
				return "", "", false, "syntax"
			}
			return b.String(), s, false, ""
		case s[0] == '\\':
			if s = s[1:]; s == "" {
				return "", "", false, "escape"
			}
		}
		end := runeEnd(s)
		b.WriteString(s[:end])
		s = s[end:]
	}
}

// ParseVector reads a tsvector as the input function does.
func ParseVector(text string) (Vector, error) {
	syntax := errs.New("42601", "syntax error in tsvector: \"%s\"", text)
	var v Vector
	s := text
	for {
		for s != "" && isSpace(s[0]) {
			s = s[1:]
		}
		if s == "" {
			break
		}
		w, rest, _, fault := word(s, false)
		switch fault {
		case "syntax":
			return nil, syntax
		case "escape":
			return nil, errs.New("42601", "there is no escaped character: \"%s\"", text)
		}
		if len(w) > maxWord {
			return nil, errs.New("54000", "word is too long (%d bytes, max %d bytes)", len(w), maxWord)
		}
		l := Lexeme{Text: w}
		s = rest
		if strings.HasPrefix(s, ":") {
			var ok bool
			after := s[1:]
			if l.Positions, s, ok = positions(after); !ok {
				if zero := strings.TrimLeft(after, "0"); zero != after && !strings.HasPrefix(zero, ",") && (zero == "" || zero[0] < '1' || zero[0] > '9') {
					return nil, errs.New("42601", "wrong position info in tsvector: \"%s\"", text)
				}
				return nil, syntax
			}
			for _, p := range l.Positions {
				if p.At == 0 {
					return nil, errs.New("42601", "wrong position info in tsvector: \"%s\"", text)
				}
			}
		}
		v = append(v, l)
	}
	return v.normal(), nil
}

// positions reads "1A,2,3B" up to a space or the end.
func positions(s string) (out []Position, rest string, ok bool) {
	for {
		n := 0
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		if n == 0 {
			return nil, "", false
		}
		at, err := strconv.Atoi(s[:n])
		if err != nil || at > maxPosition {
			at = maxPosition
		}
		p := Position{At: at}
		s = s[n:]
		weighted := false
		for s != "" && s[0] != ',' && !isSpace(s[0]) {
			w := strings.IndexByte("dcba", s[0]|0x20)
			switch {
			case isDigit(s[0]):
				s = s[1:]
				continue
			case s[0] == '*':
				w = 3
			case w < 0:
				return nil, "", false
			}
			if weighted {
				return nil, "", false
			}
			weighted = w > 0
			p.Weight = w
			s = s[1:]
		}
		out = append(out, p)
		if s == "" || isSpace(s[0]) {
			return out, s, true
		}
		s = s[1:]
	}
}

// normal orders lexemes and places and joins those that are there twice.
func (v Vector) normal() Vector {
	slices.SortStableFunc(v, func(a, b Lexeme) int { return strings.Compare(a.Text, b.Text) })
	var out Vector
	for _, l := range v {
		if n := len(out); n > 0 && out[n-1].Text == l.Text {
			out[n-1].Positions = append(out[n-1].Positions, l.Positions...)
			continue
		}
		out = append(out, l)
	}
	for i := range out {
		out[i].Positions = uniquePositions(out[i].Positions)
	}
	return out
}

func uniquePositions(list []Position) []Position {
	slices.SortStableFunc(list, func(a, b Position) int { return cmp.Compare(a.At, b.At) })
	out := list[:0]
	for _, p := range list {
		if n := len(out); n > 0 && out[n-1].At == p.At {
			out[n-1].Weight = max(out[n-1].Weight, p.Weight)
			continue
		}
		if n := len(out); n >= maxPositions || n > 0 && out[n-1].At == maxPosition {
			break
		}
		out = append(out, p)
	}
	return out
}

func appendWord(buf []byte, s string) []byte {
	buf = append(buf, '\'')
	for i := 0; i < len(s); i++ {
		if s[i] == '\'' || s[i] == '\\' {
			buf = append(buf, s[i])
		}
		buf = append(buf, s[i])
	}
	return append(buf, '\'')
}

// String is the output function's text.
func (v Vector) String() string {
	var buf []byte
	for i, l := range v {
		if i > 0 {
			buf = append(buf, ' ')
		}
		buf = appendWord(buf, l.Text)
		for k, p := range l.Positions {
			sep := byte(',')
			if k == 0 {
				sep = ':'
			}
			buf = strconv.AppendInt(append(buf, sep), int64(p.At), 10)
			if p.Weight > 0 {
				buf = append(buf, "DCBA"[p.Weight])
			}
		}
	}
	return string(buf)
}

// size is how many bytes PostgreSQL stores a vector in, by which it orders them first.
func (v Vector) size() int {
	n := 0
	for _, l := range v {
		n += len(l.Text)
		if len(l.Positions) > 0 {
			n += n&1 + 2 + 2*len(l.Positions)
		}
	}
	return 8 + 4*len(v) + n
}

// CompareVectors orders as tsvector's btree does.
func CompareVectors(a, b Vector) int {
	if c := cmp.Or(cmp.Compare(a.size(), b.size()), cmp.Compare(len(a), len(b))); c != 0 {
		return c
	}
	for i := range a {
		x, y := a[i], b[i]
		if (len(x.Positions) > 0) != (len(y.Positions) > 0) {
			if len(x.Positions) > 0 {
				return -1
			}
			return 1
		}
		if c := cmp.Or(strings.Compare(x.Text, y.Text), cmp.Compare(len(y.Positions), len(x.Positions))); c != 0 {
			return c
		}
		for k := range x.Positions {
			if c := cmp.Or(cmp.Compare(y.Positions[k].At, x.Positions[k].At), cmp.Compare(y.Positions[k].Weight, x.Positions[k].Weight)); c != 0 {
				return c
			}
		}
	}
	return 0
}
