package parse

import (
	"math/big"
	"strconv"
	"strings"
	"unicode/utf8"
)

// quoted reads '...'; start is the token's beginning, quote the place of the quote.
func (l *lexer) quoted(start, quote int) token {
	var b strings.Builder
	t := l.text
	at := quote + 1
	for {
		n := strings.IndexByte(t[at:], '\'')
		if n < 0 {
			return l.bad(start, len(t), "unterminated quoted string")
		}
		segment := t[at : at+n]
		at += n + 1
		if at < len(t) && t[at] == '\'' {
			b.WriteString(segment)
			b.WriteByte('\'')
			at++
			continue
		}
		if next := stringContinues(t, at); next > 0 {
			b.WriteString(segment)
			at = next
			continue
		}
		if b.Len() == 0 {
			return l.make(tokSconst, start, at, segment)
		}
		b.WriteString(segment)
		return l.make(tokSconst, start, at, b.String())
	}
}

// stringContinues tells whether another quoted part follows after blanks with a line end: the offset behind its
// opening quote, else 0.
func stringContinues(t string, at int) int {
	newline := false
	for at < len(t) {
		c := t[at]
		switch {
		case c == '\n' || c == '\r':
			newline = true
			at++
		case isSpace(c):
			at++
		case c == '-' && strings.HasPrefix(t[at:], "--"):
			at += lineLength(t[at:])
		case c == '\'' && newline:
			return at + 1
		default:
			return 0
		}
	}
	return 0
}

// quotedIdent reads "...".
func (l *lexer) quotedIdent(start, quote int) token {
	var b strings.Builder
	t := l.text
	at := quote + 1
	for {
		n := strings.IndexByte(t[at:], '"')
		if n < 0 {
			return l.bad(start, len(t), "unterminated quoted identifier")
		}
		b.WriteString(t[at : at+n])
		at += n + 1
		if at < len(t) && t[at] == '"' {
			b.WriteByte('"')
			at++
			continue
		}
		break
	}
	name := b.String()
	if name == "" {
		return l.bad(start, at, "zero-length delimited identifier")
	}
	if quote != start {
		return l.make(tokUIdent, start, at, name)
	}
	return l.make(tokIdent, start, at, truncateIdent(name))
}

// bitString reads b'...' and x'...'. What is between the quotes is checked by the type's input function.
func (l *lexer) bitString(start int, k kind, prefix, unterminated string) token {
	t := l.text
	b := []byte(prefix)
	at := start + 2
	for {
		n := strings.IndexByte(t[at:], '\'')
		if n < 0 {
			return l.bad(start, len(t), unterminated)
		}
		b = append(b, t[at:at+n]...)
		at += n + 1
		if next := stringContinues(t, at); next > 0 {
			at = next
			continue
		}
		return l.make(k, start, at, string(b))
	}
}

// escapeString reads e'...'.
func (l *lexer) escapeString(start int) token {
	t := l.text
	at := start + 2
	var b []byte
	var high rune // the first half of a surrogate pair
	highBit := false
	for {
		if at >= len(t) {
			return l.bad(start, len(t), "unterminated quoted string")
		}
		c := t[at]
		if high != 0 && !(c == '\\' && at+1 < len(t) && (t[at+1] == 'u' || t[at+1] == 'U')) {
			return l.bad(at, at+1, "invalid Unicode surrogate pair")
		}
		switch c {
		case '\'':
			at++
			if at < len(t) && t[at] == '\'' {
				b = append(b, '\'')
				at++
				continue
			}
			if next := stringContinues(t, at); next > 0 {
				at = next
				continue
			}
			if highBit && !utf8.Valid(b) {
				return l.badCode(start, "22021", "invalid byte sequence for encoding \"UTF8\": "+badBytes(b), "", "")
			}
			return l.make(tokSconst, start, at, string(b))
		case '\\':
			if at+1 >= len(t) {
				return l.bad(start, len(t), "unterminated quoted string")
			}
			if t[at+1] == 'u' || t[at+1] == 'U' {
				digits := 4
				if t[at+1] == 'U' {
					digits = 8
				}
				r, ok := hexRune(t, at+2, digits)
				if !ok {
					return l.badCode(at, "22025", "invalid Unicode escape", "",
						"Unicode escapes must be \\uXXXX or \\UXXXXXXXX.")
				}
				end := at + 2 + digits
				switch {
				case high != 0:
					if r < 0xDC00 || r > 0xDFFF {
						return l.bad(at, end, "invalid Unicode surrogate pair")
					}
					r = (high-0xD800)<<10 + (r - 0xDC00) + 0x10000
					high = 0
				case r >= 0xD800 && r <= 0xDBFF:
					high = r
					at = end
					continue
				case r >= 0xDC00 && r <= 0xDFFF:
					return l.bad(at, end, "invalid Unicode surrogate pair")
				}
				if r == 0 || r > utf8.MaxRune {
					return l.bad(at, end, "invalid Unicode escape value")
				}
				b = utf8.AppendRune(b, r)
				at = end
				continue
			}
			var n int
			var v byte
			v, n = simpleEscape(t[at+1:])
			if v == 0 {
				return l.badCode(at, "22021", "invalid byte sequence for encoding \"UTF8\": 0x00", "", "")
			}
			if v >= 0x80 && n > 1 {
				highBit = true
			}
			b = append(b, v)
			at += 1 + n
		default:
			b = append(b, c)
			at++
		}
	}
}

// simpleEscape reads what follows a backslash: the byte it stands for and the length read.
func simpleEscape(s string) (byte, int) {
	switch c := s[0]; c {
	case 'b':
		return '\b', 1
	case 'f':
		return '\f', 1
	case 'n':
		return '\n', 1
	case 'r':
		return '\r', 1
	case 't':
		return '\t', 1
	case 'v':
		return '\v', 1
	case 'x':
		v, n := 0, 1
		for n < len(s) && n < 3 && hexDigit(s[n]) >= 0 {
			v = v<<4 | hexDigit(s[n])
			n++
		}
		if n == 1 {
			return 'x', 1
		}
		return byte(v), n
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v, n := 0, 0
		for n < len(s) && n < 3 && s[n] >= '0' && s[n] <= '7' {
			v = v<<3 | int(s[n]-'0')
			n++
		}
		return byte(v), n
	default:
		return c, 1
	}
}

func hexDigit(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// hexRune reads exactly n hexadecimal digits at t[at:].
func hexRune(t string, at, n int) (rune, bool) {
	if at+n > len(t) {
		return 0, false
	}
	v := uint64(0)
	for i := at; i < at+n; i++ {
		d := hexDigit(t[i])
		if d < 0 {
			return 0, false
		}
		v = v<<4 | uint64(d)
	}
	if v > utf8.MaxRune {
		v = utf8.MaxRune + 1
	}
	return rune(v), true
}

// badBytes names the first invalid sequence as PostgreSQL does: 0xe2 0x28 0xa1.
func badBytes(b []byte) string {
	i := 0
	for i < len(b) {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		i += n
	}
	if i >= len(b) {
		return ""
	}
	n := 1
	switch c := b[i]; {
	case c&0xe0 == 0xc0:
		n = 2
	case c&0xf0 == 0xe0:
		n = 3
	case c&0xf8 == 0xf0:
		n = 4
	}
	var out []string
	for j := i; j < len(b) && j < i+n; j++ {
		out = append(out, "0x"+strconv.FormatInt(int64(b[j])+256, 16)[1:])
	}
	return strings.Join(out, " ")
}

// unescapeUnicode does the \XXXX and \+XXXXXX of U& strings; base is the offset of s in the text.
func unescapeUnicode(text, s string, escape byte, base int) (string, *failure) {
	if strings.IndexByte(s, escape) < 0 {
		return s, nil
	}
	var b []byte
	var high rune
	pairError := func(at int) (string, *failure) {
		return "", &failure{pos: at, code: "42601", message: "invalid Unicode surrogate pair"}
	}
	for i := 0; i < len(s); {
		if s[i] != escape {
			if high != 0 {
				return pairError(base + i)
			}
			b = append(b, s[i])
			i++
			continue
		}
		if i+1 < len(s) && s[i+1] == escape {
			if high != 0 {
				return pairError(base + i)
			}
			b = append(b, escape)
			i += 2
			continue
		}
		r, n := rune(0), 5
		ok := false
		if i+1 < len(s) && s[i+1] == '+' {
			n = 8
			r, ok = hexRune(s, i+2, 6)
		} else {
			r, ok = hexRune(s, i+1, 4)
		}
		if !ok {
			return "", &failure{pos: base + i, code: "42601", message: "invalid Unicode escape",
				hint: "Unicode escapes must be \\XXXX or \\+XXXXXX."}
		}
		switch {
		case r > utf8.MaxRune || r == 0:
			return "", &failure{pos: base + i, code: "42601", message: "invalid Unicode escape value"}
		case high != 0:
			if r < 0xDC00 || r > 0xDFFF {
				return pairError(base + i)
			}
			b = utf8.AppendRune(b, (high-0xD800)<<10+(r-0xDC00)+0x10000)
			high = 0
		case r >= 0xD800 && r <= 0xDBFF:
			high = r
		case r >= 0xDC00 && r <= 0xDFFF:
			return pairError(base + i)
		default:
			b = utf8.AppendRune(b, r)
		}
		i += n
	}
	if high != 0 {
		return pairError(base + len(s))
	}
	return string(b), nil
}

// digits reads digits with single underscores between them, from at; a digit must come first, or with an underscore
// before it when lead is set.
func digits(t string, at int, lead bool, base int) int {
	is := func(i int) bool {
		if i >= len(t) {
			return false
		}
		d := hexDigit(t[i])
		return d >= 0 && d < base
	}
	if lead && at < len(t) && t[at] == '_' && is(at+1) {
		at++
	}
	if !is(at) {
		return at
	}
	for is(at) || at < len(t) && t[at] == '_' && is(at+1) {
		at++
	}
	return at
}

// number reads a numeric literal; its text is decimal, without underscores.
func (l *lexer) number(start int) token {
	t := l.text
	junk := func(end int) token {
		for end < len(t) && isIdentCont(t[end]) {
			end++
		}
		return l.bad(start, end, "trailing junk after numeric literal")
	}
	if t[start] == '0' && start+1 < len(t) {
		base, name := 0, ""
		switch t[start+1] {
		case 'x', 'X':
			base, name = 16, "hexadecimal"
		case 'o', 'O':
			base, name = 8, "octal"
		case 'b', 'B':
			base, name = 2, "binary"
		}
		if base != 0 {
			end := digits(t, start+2, true, base)
			if end == start+2 {
				if end < len(t) && t[end] == '_' {
					end++
				}
				return l.bad(start, end, "invalid "+name+" integer")
			}
			if end < len(t) && isIdentStart(t[end]) {
				return junk(end)
			}
			v, ok := new(big.Int).SetString(strings.ReplaceAll(t[start+2:end], "_", ""), base)
			if !ok {
				return junk(end)
			}
			return l.integer(start, end, v.String())
		}
	}
	end := digits(t, start, false, 10)
	k := tokIconst
	if end < len(t) && t[end] == '.' && !strings.HasPrefix(t[end:], "..") {
		k = tokFconst
		end = digits(t, end+1, false, 10)
	}
	if end < len(t) && (t[end] == 'e' || t[end] == 'E') {
		exp := end + 1
		if exp < len(t) && (t[exp] == '+' || t[exp] == '-') {
			exp++
		}
		if n := digits(t, exp, false, 10); n > exp {
			end, k = n, tokFconst
		} else if exp > end+1 {
			return l.bad(start, exp, "trailing junk after numeric literal")
		}
	}
	if end < len(t) && isIdentStart(t[end]) {
		return junk(end)
	}
	text := strings.ReplaceAll(t[start:end], "_", "")
	if k == tokIconst {
		return l.integer(start, end, text)
	}
	return l.make(k, start, end, text)
}

func (l *lexer) integer(start, end int, digits string) token {
	if _, err := strconv.ParseInt(digits, 10, 32); err != nil {
		return l.make(tokFconst, start, end, digits)
	}
	return l.make(tokIconst, start, end, digits)
}
