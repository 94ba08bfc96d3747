package rest

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// member is a key of a JSON object and its value's text.
type member struct {
	key   string
	value []byte
}

// scanner walks over JSON text that is known to be valid.
type scanner struct {
	in  []byte
	pos int
}

func (s *scanner) blanks() {
	for s.pos < len(s.in) {
		switch s.in[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
			continue
		}
		return
	}
}

// value gives the text of the next value.
func (s *scanner) value() []byte {
	s.blanks()
	start, depth := s.pos, 0
	for s.pos < len(s.in) {
		switch s.in[s.pos] {
		case '"':
			s.text()
			if depth == 0 {
				return s.in[start:s.pos]
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return s.in[start:s.pos]
			}
			depth--
			if depth == 0 {
				s.pos++
				return s.in[start:s.pos]
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return s.in[start:s.pos]
			}
		}
		s.pos++
	}
	return s.in[start:s.pos]
}

// text skips a string and gives it with its quotes.
func (s *scanner) text() []byte {
	start := s.pos
	s.pos++
	for s.pos < len(s.in) {
		switch s.in[s.pos] {
		case '\\':
			s.pos++
		case '"':
			s.pos++
			return s.in[start:s.pos]
		}
		s.pos++
	}
	return s.in[start:]
}

// members gives the members of the object in text, the last of equal keys winning.
func members(text []byte) []member {
	s := scanner{in: text}
	s.blanks()
	s.pos++
	var out []member
	for {
		s.blanks()
		if s.pos >= len(s.in) || s.in[s.pos] == '}' {
			return out
		}
		if s.in[s.pos] == ',' {
			s.pos++
			continue
		}
		key := unquote(s.text())
		s.blanks()
		s.pos++ // the colon
		m := member{key, s.value()}
		if i := slices.IndexFunc(out, func(o member) bool { return o.key == key }); i >= 0 {
			out[i] = m
		} else {
			out = append(out, m)
		}
	}
}

// Member gives the text of an object's member. The object must be valid JSON.
func Member(object []byte, key string) ([]byte, bool) {
	if first(object) != '{' {
		return nil, false
	}
	for _, m := range members(object) {
		if m.key == key {
			return m.value, true
		}
	}
	return nil, false
}

// elements calls f for each element of the array in text until it answers false.
func elements(text []byte, f func([]byte) bool) {
	s := scanner{in: text}
	s.blanks()
	s.pos++
	for {
		s.blanks()
		if s.pos >= len(s.in) || s.in[s.pos] == ']' {
			return
		}
		if s.in[s.pos] == ',' {
			s.pos++
			continue
		}
		if !f(s.value()) {
			return
		}
	}
}

// unquote gives the string a JSON string stands for.
func unquote(quoted []byte) string {
	inner := quoted[1 : len(quoted)-1]
	for _, c := range inner {
		if c == '\\' {
			var out string
			if json.Unmarshal(quoted, &out) == nil {
				return out
			}
			break
		}
	}
	return string(inner)
}

// first gives the first character of text that is no blank.
func first(text []byte) byte {
	for _, c := range text {
		switch c {
		case ' ', '\t', '\n', '\r':
			continue
		}
		return c
	}
	return 0
}

// depthWithin says whether JSON text nests no deeper than limit. Strings are skipped; the text need not be valid.
func depthWithin(text []byte, limit int) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > limit {
				return false
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return true
}

func validJSON(text []byte) bool { return json.Valid(text) && utf8.Valid(text) }
