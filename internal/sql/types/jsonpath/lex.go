package jsonpath

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

type tokenKind uint8

const (
	tokEnd tokenKind = iota
	tokPunct
	tokName
	tokString
	tokVariable
	tokNumber
)

type token struct {
	kind tokenKind
	text string
	raw  string // as written, for errors
}

type lexer struct {
	s   string
	pos int
	tok token
}

func (l *lexer) syntax() error {
	if l.tok.kind == tokName {
		// PostgreSQL has read on to what ended the name, and quotes that.
		end := l.pos
		for end < len(l.s) && (l.s[end] == ' ' || l.s[end] >= '\t' && l.s[end] <= '\r') {
			end++
		}
		l.tok.raw = l.s[l.pos:end]
	}
	if l.tok.kind == tokEnd || l.tok.raw == "" {
		return errs.New("42601", "syntax error at end of jsonpath input")
	}
	return errs.New("42601", "syntax error at or near \"%s\" of jsonpath input", l.tok.raw)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isSpecial says whether a character cannot be in a name.
func isSpecial(c byte) bool {
	return strings.IndexByte("?%$.[]{}()|&!=<>@#,*:-+/\\\"", c) >= 0 || c <= ' '
}

func (l *lexer) next() error {
	s := l.s
	for l.pos < len(s) {
		c := s[l.pos]
		if c == ' ' || c >= '\t' && c <= '\r' {
			l.pos++
			continue
		}
		if strings.HasPrefix(s[l.pos:], "/*") {
			end := strings.Index(s[l.pos+2:], "*/")
			if end < 0 {
				return errs.New("42601", "unexpected end of comment at end of jsonpath input")
			}
			l.pos += end + 4
			continue
		}
		break
	}
	start := l.pos
	set := func(k tokenKind, end int, text string) error {
		l.tok = token{k, text, s[start:end]}
		l.pos = end
		return nil
	}
	if start >= len(s) {
		return set(tokEnd, start, "")
	}
	rest := s[start:]
	for _, op := range []string{"&&", "||", "==", "!=", "<>", "<=", ">=", "**"} {
		if strings.HasPrefix(rest, op) {
			return set(tokPunct, start+2, op)
		}
	}
	switch c := rest[0]; {
	case c == '"':
		text, end, err := l.quoted(start + 1)
		if err != nil {
			return err
		}
		err = set(tokString, end, text)
		l.tok.raw = `"`
		return err
	case c == '$':
		if len(rest) > 1 && rest[1] == '"' {
			text, end, err := l.quoted(start + 2)
			if err != nil {
				return err
			}
			return set(tokVariable, end, text)
		}
		if len(rest) > 1 && !isSpecial(rest[1]) {
			text, end, err := l.name(start + 1)
			if err != nil {
				return err
			}
			return set(tokVariable, end, text)
		}
		return set(tokPunct, start+1, "$")
	case isDigit(c) || c == '.' && len(rest) > 1 && isDigit(rest[1]):
		return l.number(start)
	case isSpecial(c) && c != '\\':
		return set(tokPunct, start+1, rest[:1])
	}
	text, end, err := l.name(start)
	if err != nil {
		return err
	}
	return set(tokName, end, text)
}

func (l *lexer) number(start int) error {
	s, i := l.s, start
	digits := func() {
		for i < len(s) && isDigit(s[i]) {
			i++
		}
	}
	digits()
	if i < len(s) && s[i] == '.' {
		i++
		digits()
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		k := i + 1
		if k < len(s) && (s[k] == '+' || s[k] == '-') {
			k++
		}
		switch {
		case k < len(s) && isDigit(s[k]):
			i = k
			digits()
		case k > i+1:
			return errs.New("42601", "invalid numeric literal at or near \"%s\" of jsonpath input", s[start:k])
		}
	}
	text := s[start:i]
	junk := i < len(s) && !isSpecial(s[i])
	zero := len(text) > 1 && text[0] == '0' && isDigit(text[1])
	if junk || zero {
		if zero && !junk {
			text = text[:1]
		}
		_, size := utf8.DecodeRuneInString(s[start+len(text):])
		return errs.New("42601", "trailing junk after numeric literal at or near \"%s\" of jsonpath input", s[start:start+len(text)+size])
	}
	l.tok = token{tokNumber, text, text}
	l.pos = i
	return nil
}

// name reads an unquoted name, which may have escapes.
func (l *lexer) name(i int) (string, int, error) {
	var b strings.Builder
	for i < len(l.s) {
		c := l.s[i]
		if c == '\\' {
			text, end, err := l.escape(i)
			if err != nil {
				return "", 0, err
			}
			b.WriteString(text)
			i = end
			continue
		}
		if isSpecial(c) {
			break
		}
		b.WriteByte(c)
		i++
	}
	return b.String(), i, nil
}

func (l *lexer) quoted(i int) (string, int, error) {
	var b strings.Builder
	for i < len(l.s) {
		switch c := l.s[i]; c {
		case '"':
			return b.String(), i + 1, nil
		case '\\':
			text, end, err := l.escape(i)
			if err != nil {
				return "", 0, err
			}
			b.WriteString(text)
			i = end
		default:
			b.WriteByte(c)
			i++
		}
	}
	return "", 0, errs.New("42601", "unexpected end of quoted string at end of jsonpath input")
}

// escape reads what follows a backslash.
func (l *lexer) escape(i int) (text string, end int, err error) {
	s := l.s
	if i+1 >= len(s) {
		return "", 0, errs.New("42601", "unexpected end after backslash at end of jsonpath input")
	}
	switch c := s[i+1]; c {
	case 'b', 'f', 'n', 'r', 't', 'v':
		return string("\b\f\n\r\t\v"[strings.IndexByte("bfnrtv", c)]), i + 2, nil
	case 'x':
		if i+4 <= len(s) {
			if v, err := strconv.ParseUint(s[i+2:i+4], 16, 8); err == nil {
				if v == 0 {
					return "", 0, errs.New("22P05", "unsupported Unicode escape sequence").WithDetail("\\u0000 cannot be converted to text.")
				}
				return string(rune(v)), i + 4, nil
			}
		}
		return "", 0, errs.New("42601", "invalid hexadecimal character sequence at or near \"%s\" of jsonpath input", s[i:min(i+4, len(s))])
	case 'u':
		r, end, err := l.unicode(i)
		if err != nil {
			return "", 0, err
		}
		if r >= 0xd800 && r <= 0xdbff && strings.HasPrefix(s[end:], `\u`) {
			low, lowEnd, err := l.unicode(end)
			if err != nil {
				return "", 0, err
			}
			if low >= 0xdc00 && low <= 0xdfff {
				return string(0x10000 + (r-0xd800)<<10 + (low - 0xdc00)), lowEnd, nil
			}
		}
		switch {
		case r >= 0xd800 && r <= 0xdfff:
			return "", 0, errs.New("22P02", "invalid input syntax for type jsonpath").WithDetail("Unicode low surrogate must follow a high surrogate.")
		case r == 0:
			return "", 0, errs.New("22P05", "unsupported Unicode escape sequence").WithDetail("\\u0000 cannot be converted to text.")
		}
		return string(r), end, nil
	}
	_, size := utf8.DecodeRuneInString(s[i+1:])
	return s[i+1 : i+1+size], i + 1 + size, nil
}

func (l *lexer) unicode(i int) (rune, int, error) {
	s := l.s
	from, end := i+2, i+6
	if strings.HasPrefix(s[i+2:], "{") {
		from = i + 3
		close := strings.IndexByte(s[from:], '}')
		if close >= 1 && close <= 6 {
			if v, err := strconv.ParseUint(s[from:from+close], 16, 32); err == nil && v <= 0x10ffff {
				return rune(v), from + close + 1, nil
			}
		}
		end = from
	} else if end <= len(s) {
		if v, err := strconv.ParseUint(s[from:end], 16, 32); err == nil {
			return rune(v), end, nil
		}
	}
	end = i + 2
	for end < len(s) && end < i+5 && strings.IndexByte("0123456789abcdefABCDEF", s[end]) >= 0 {
		end++
	}
	return 0, 0, errs.New("42601", "invalid unicode sequence at or near \"%s\" of jsonpath input", s[i:end])
}
