package jsonval

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

// maxDepth bounds nesting, in place of PostgreSQL's stack depth.
const maxDepth = 10000

type token uint8

const (
	tokEnd token = iota
	tokObjectStart
	tokObjectEnd
	tokArrayStart
	tokArrayEnd
	tokComma
	tokColon
	tokString
	tokNumber
	tokTrue
	tokFalse
	tokNull
)

// lexer cuts JSON text into tokens. The token's text is src[start:end]; str is a string's content, with escapes resolved when
// unescape is set.
type lexer struct {
	src       string
	unescape  bool
	start     int
	end       int
	tok       token
	str       string
	line      int
	lineStart int
	depth     int
}

func isWordByte(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '_' || c >= 0x80
}

func (l *lexer) fail(detail string) error {
	return &errs.Error{Code: "22P02", Message: "invalid input syntax for type json", Detail: detail, Where: l.where()}
}

// where is the context line: the text up to the end of the bad token, at most 50 bytes of it.
func (l *lexer) where() string {
	from, to := l.lineStart, l.end
	for to-from >= 50 {
		_, size := utf8.DecodeRuneInString(l.src[from:])
		from += size
	}
	if from-l.lineStart <= 3 {
		from = l.lineStart
	}
	prefix, suffix := "", ""
	if from > l.lineStart {
		prefix = "..."
	}
	if l.tok != tokEnd && to < len(l.src) && l.src[to] != '\n' && l.src[to] != '\r' {
		suffix = "..."
	}
	return fmt.Sprintf("JSON data, line %d: %s%s%s", l.line, prefix, l.src[from:max(to, from)], suffix)
}

func (l *lexer) invalid() error {
	return l.fail(`Token "` + l.src[l.start:l.end] + `" is invalid.`)
}

// next reads a token.
func (l *lexer) next() error {
	s, i := l.src, l.end
	for i < len(s) && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r') {
		if s[i] == '\n' {
			l.line++
			l.lineStart = i + 1
		}
		i++
	}
	l.start = i
	if i >= len(s) {
		l.tok, l.end = tokEnd, len(s)
		return nil
	}
	one := func(t token) error {
		l.tok, l.end = t, i+1
		return nil
	}
	switch c := s[i]; c {
	case '{':
		return one(tokObjectStart)
	case '}':
		return one(tokObjectEnd)
	case '[':
		return one(tokArrayStart)
	case ']':
		return one(tokArrayEnd)
	case ',':
		return one(tokComma)
	case ':':
		return one(tokColon)
	case '"':
		l.tok = tokString
		return l.lexString()
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return l.lexNumber()
	}
	j := i
	for j < len(s) && isWordByte(s[j]) {
		j++
	}
	// Until a token is known to be good the context is cut as in its middle.
	l.tok = tokString
	if j == i {
		l.end = i + 1
		return l.invalid()
	}
	l.end = j
	switch s[i:j] {
	case "true":
		l.tok = tokTrue
	case "false":
		l.tok = tokFalse
	case "null":
		l.tok = tokNull
	default:
		return l.invalid()
	}
	return nil
}

func (l *lexer) lexNumber() error {
	s, i := l.src, l.start
	l.tok = tokNumber
	digits := func() bool {
		from := i
		for i < len(s) && s[i] >= '0' && s[i] <= '9' {
			i++
		}
		return i > from
	}
	if s[i] == '-' {
		i++
	}
	good := true
	if i < len(s) && s[i] == '0' {
		i++
	} else {
		good = digits()
	}
	if i < len(s) && s[i] == '.' {
		i++
		good = digits() && good
	}
	if i < len(s) && s[i]|0x20 == 'e' {
		i++
		if i < len(s) && (s[i] == '+' || s[i] == '-') {
			i++
		}
		good = digits() && good
	}
	for i < len(s) && isWordByte(s[i]) {
		i++
		good = false
	}
	l.end = i
	if !good {
		return l.invalid()
	}
	return nil
}

func (l *lexer) lexString() error {
	s := l.src
	for i := l.start + 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			l.str = s[l.start+1 : i]
			l.end = i + 1
			return nil
		case c == '\\':
			return l.lexEscaped(i)
		case c < ' ':
			l.end = i
			return l.fail(fmt.Sprintf("Character with value 0x%02x must be escaped.", c))
		}
	}
	l.end = len(s)
	return l.invalid()
}

// lexEscaped reads on from a string's first escape.
func (l *lexer) lexEscaped(i int) error {
	s := l.src
	var out strings.Builder
	if l.unescape {
		out.WriteString(s[l.start+1 : i])
	}
	at := func(k int) int { // the end of the character at k
		if k >= len(s) {
			return len(s)
		}
		_, size := utf8.DecodeRuneInString(s[k:])
		return k + size
	}
	const low, high = "Unicode low surrogate must follow a high surrogate.", "Unicode high surrogate must not follow a high surrogate."
	surrogate := rune(-1)
	failAt := func(k int, detail string) error {
		l.end = at(k)
		return l.fail(detail)
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c == '"' {
			if surrogate >= 0 {
				return failAt(i, low)
			}
			l.str = out.String()
			l.end = i + 1
			return nil
		}
		if c < ' ' {
			l.end = i
			return l.fail(fmt.Sprintf("Character with value 0x%02x must be escaped.", c))
		}
		if c != '\\' {
			if surrogate >= 0 {
				return failAt(i, low)
			}
			if l.unescape {
				out.WriteByte(c)
			}
			continue
		}
		i++
		if i >= len(s) {
			break
		}
		if s[i] != 'u' {
			k := strings.IndexByte(`"\/bfnrt`, s[i])
			if k < 0 {
				l.start = i
				l.end = at(i)
				return l.fail(`Escape sequence "\` + s[l.start:l.end] + `" is invalid.`)
			}
			if surrogate >= 0 {
				return failAt(i, low)
			}
			if l.unescape {
				out.WriteByte("\"\\/\b\f\n\r\t"[k])
			}
			continue
		}
		r := rune(0)
		for range 4 {
			i++
			if i >= len(s) {
				l.end = len(s)
				return l.invalid()
			}
			h := hexValue(s[i])
			if h < 0 {
				return failAt(i, `"\u" must be followed by four hexadecimal digits.`)
			}
			r = r<<4 | rune(h)
		}
		if !l.unescape {
			continue
		}
		switch {
		case r >= 0xd800 && r <= 0xdbff:
			if surrogate >= 0 {
				return failAt(i, high)
			}
			surrogate = r
			continue
		case r >= 0xdc00 && r <= 0xdfff:
			if surrogate < 0 {
				return failAt(i, low)
			}
			r = 0x10000 + (surrogate-0xd800)<<10 + (r - 0xdc00)
			surrogate = -1
		case surrogate >= 0:
			return failAt(i, low)
		case r == 0:
			l.end = at(i)
			return &errs.Error{Code: "22P05", Message: "unsupported Unicode escape sequence", Detail: `\u0000 cannot be converted to text.`, Where: l.where()}
		}
		out.WriteRune(r)
	}
	l.end = len(s)
	return l.invalid()
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}
