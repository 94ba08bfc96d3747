package parse

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/sql/keyword"
)

// kind is a token's kind: below 256 a character that stands for itself, above kwBase a keyword.
type kind uint16

const (
	tokEOF kind = 0

	tokIdent kind = 256 + iota
	tokIconst
	tokFconst
	tokSconst
	tokBconst
	tokXconst
	tokParam
	tokOp
	tokTypecast
	tokDotDot
	tokColonEquals
	tokEqualsGreater
	tokLessEquals
	tokGreaterEquals
	tokNotEquals
	// tokUIdent and tokUSconst are U&"..." and U&'...' until the parser's reader has looked for UESCAPE.
	tokUIdent
	tokUSconst
	// tokBad is where lexing failed; the lexer has the error.
	tokBad

	kwBase kind = 512
)

// token is one lexical unit. text is the value: the identifier, the string's contents, the operator, the number's
// digits, the keyword's lower-case name.
type token struct {
	kind kind
	pos  int32
	end  int32
	text string
}

const (
	maxIdentBytes = 63
	maxOpBytes    = 63
)

// lexer cuts text into tokens, one at a time.
type lexer struct {
	text string
	at   int
	// err is why the last token is tokBad.
	err *failure
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'
}
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isIdentStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}
func isIdentCont(c byte) bool { return isIdentStart(c) || isDigit(c) || c == '$' }
func isOpChar(c byte) bool {
	switch c {
	case '~', '!', '@', '#', '^', '&', '|', '`', '?', '+', '-', '*', '/', '%', '<', '>', '=':
		return true
	}
	return false
}

// skipBlanks passes white space and comments; false when a comment does not end.
func (l *lexer) skipBlanks() bool {
	t := l.text
	for l.at < len(t) {
		c := t[l.at]
		switch {
		case isSpace(c):
			l.at++
		case c == '-' && strings.HasPrefix(t[l.at:], "--"):
			l.at += lineLength(t[l.at:])
		case c == '/' && strings.HasPrefix(t[l.at:], "/*"):
			n := commentLength(t[l.at:])
			if n < 0 {
				return false
			}
			l.at += n
		default:
			return true
		}
	}
	return true
}

// lineLength is the length of s up to its first line end.
func lineLength(s string) int {
	if i := strings.IndexAny(s, "\n\r"); i >= 0 {
		return i
	}
	return len(s)
}

// commentLength is the length of the possibly nested comment s starts with, -1 when it does not end.
func commentLength(s string) int {
	depth := 0
	for i := 0; i+1 < len(s); {
		switch {
		case s[i] == '/' && s[i+1] == '*':
			depth++
			i += 2
		case s[i] == '*' && s[i+1] == '/':
			depth--
			i += 2
			if depth == 0 {
				return i
			}
		default:
			i++
		}
	}
	return -1
}

// next gives the next token; at the end it gives tokEOF again and again, after an error tokBad.
func (l *lexer) next() token {
	if l.err != nil {
		return token{kind: tokBad, pos: int32(l.err.pos), end: int32(len(l.text))}
	}
	if !l.skipBlanks() {
		return l.bad(l.at, len(l.text), "unterminated /* comment")
	}
	t := l.text
	start := l.at
	if start >= len(t) {
		return token{kind: tokEOF, pos: int32(start), end: int32(start)}
	}
	c := t[start]
	switch {
	case isIdentStart(c):
		return l.word(start)
	case isDigit(c) || c == '.' && start+1 < len(t) && isDigit(t[start+1]):
		return l.number(start)
	case c == '\'':
		return l.quoted(start, start)
	case c == '"':
		return l.quotedIdent(start, start)
	case c == '$':
		return l.dollar(start)
	case c == ':' && strings.HasPrefix(t[start:], "::"):
		return l.make(tokTypecast, start, start+2, "::")
	case c == ':' && strings.HasPrefix(t[start:], ":="):
		return l.make(tokColonEquals, start, start+2, ":=")
	case c == '.' && strings.HasPrefix(t[start:], ".."):
		return l.make(tokDotDot, start, start+2, "..")
	case isOpChar(c):
		return l.operator(start)
	}
	// A character that stands for itself, or one that fits nowhere: the grammar refuses it.
	return l.make(kind(c), start, start+1, t[start:start+1])
}

func (l *lexer) make(k kind, start, end int, text string) token {
	l.at = end
	return token{kind: k, pos: int32(start), end: int32(end), text: text}
}

// bad ends the lexing with message "... at or near" the text from pos to end.
func (l *lexer) bad(pos, end int, message string) token {
	l.err = nearFailure(l.text, pos, end, message)
	l.at = len(l.text)
	return token{kind: tokBad, pos: int32(pos), end: int32(end)}
}

func (l *lexer) badCode(pos int, code, message, detail, hint string) token {
	l.err = &failure{pos: pos, code: code, message: message, detail: detail, hint: hint}
	l.at = len(l.text)
	return token{kind: tokBad, pos: int32(pos), end: int32(len(l.text))}
}

// word reads an identifier or keyword, or a string with a prefix letter.
func (l *lexer) word(start int) token {
	t := l.text
	if start+1 < len(t) {
		quote := t[start+1]
		switch t[start] {
		case 'b', 'B':
			if quote == '\'' {
				return l.bitString(start, tokBconst, "b", "unterminated bit string literal")
			}
		case 'x', 'X':
			if quote == '\'' {
				return l.bitString(start, tokXconst, "x", "unterminated hexadecimal string literal")
			}
		case 'e', 'E':
			if quote == '\'' {
				return l.escapeString(start)
			}
		case 'n', 'N':
			// NCHAR as a type of its literal: the keyword, then the string.
			if quote == '\'' {
				return l.make(kwNchar, start, start+1, "nchar")
			}
		case 'u', 'U':
			if quote == '&' && start+2 < len(t) && t[start+2] == '\'' {
				tok := l.quoted(start, start+2)
				if tok.kind == tokSconst {
					tok.kind = tokUSconst
				}
				return tok
			}
			if quote == '&' && start+2 < len(t) && t[start+2] == '"' {
				tok := l.quotedIdent(start, start+2)
				if tok.kind == tokIdent {
					tok.kind = tokUIdent
				}
				return tok
			}
		}
	}
	end := start + 1
	for end < len(t) && isIdentCont(t[end]) {
		end++
	}
	name := foldCase(t[start:end])
	if len(name) <= longestKeyword {
		if id, ok := keyword.Lookup(name); ok {
			return l.make(kwBase+kind(id), start, end, id.Word().Name)
		}
	}
	return l.make(tokIdent, start, end, truncateIdent(name))
}

const longestKeyword = 17

// foldCase lowers ASCII letters, as PostgreSQL does for UTF-8.
func foldCase(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= 'A' && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// truncateIdent cuts a name to 63 bytes at a character's border.
func truncateIdent(s string) string {
	if len(s) <= maxIdentBytes {
		return s
	}
	n := maxIdentBytes
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// dollar reads $n or a dollar-quoted string.
func (l *lexer) dollar(start int) token {
	t := l.text
	if start+1 < len(t) && isDigit(t[start+1]) {
		end := start + 1
		for end < len(t) && isDigit(t[end]) {
			end++
		}
		if end < len(t) && isIdentStart(t[end]) {
			for end < len(t) && isIdentCont(t[end]) {
				end++
			}
			return l.bad(start, end, "trailing junk after parameter")
		}
		if n, err := strconv.ParseInt(t[start+1:end], 10, 64); err != nil || n > math.MaxInt32 {
			return l.bad(start, end, "parameter number too large")
		}
		return l.make(tokParam, start, end, t[start+1:end])
	}
	tag := dollarTag(t[start:])
	if tag == "" {
		return l.make('$', start, start+1, "$")
	}
	body := start + len(tag)
	n := strings.Index(t[body:], tag)
	if n < 0 {
		return l.bad(start, len(t), "unterminated dollar-quoted string")
	}
	return l.make(tokSconst, start, body+n+len(tag), t[body:body+n])
}

// dollarTag is the $tag$ that s starts with, empty when there is none.
func dollarTag(s string) string {
	i := 1
	for i < len(s) && s[i] != '$' {
		if !isIdentStart(s[i]) && (i == 1 || !isDigit(s[i])) {
			return ""
		}
		i++
	}
	if i >= len(s) {
		return ""
	}
	return s[:i+1]
}

// operator reads an operator by PostgreSQL's rule: the longest run of operator characters, cut before a comment, and
// without trailing + or - unless it has a character that SQL's own operators lack.
func (l *lexer) operator(start int) token {
	t := l.text
	end := start
	for end < len(t) && isOpChar(t[end]) {
		if end > start && (strings.HasPrefix(t[end:], "--") || strings.HasPrefix(t[end:], "/*")) {
			break
		}
		end++
	}
	op := t[start:end]
	if len(op) > 1 && (op[len(op)-1] == '+' || op[len(op)-1] == '-') && !strings.ContainsAny(op[:len(op)-1], "~!@#^&|`?%") {
		for len(op) > 1 && (op[len(op)-1] == '+' || op[len(op)-1] == '-') {
			op = op[:len(op)-1]
		}
		end = start + len(op)
	}
	switch len(op) {
	case 1:
		switch op[0] {
		case '+', '-', '*', '/', '%', '^', '<', '>', '=':
			return l.make(kind(op[0]), start, end, op)
		}
	case 2:
		switch op {
		case "=>":
			return l.make(tokEqualsGreater, start, end, op)
		case ">=":
			return l.make(tokGreaterEquals, start, end, op)
		case "<=":
			return l.make(tokLessEquals, start, end, op)
		case "<>", "!=":
			return l.make(tokNotEquals, start, end, "<>")
		}
	}
	if len(op) > maxOpBytes {
		return l.bad(start, end, "operator too long")
	}
	return l.make(tokOp, start, end, op)
}
