package types

import (
	"encoding/hex"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

func inUUID(text string) (Datum, error) {
	if len(text) == 36 && isCanonicalUUID(text) {
		return Text(text), nil
	}
	s := text
	braced := strings.HasPrefix(s, "{")
	if braced {
		s = s[1:]
	}
	out := make([]byte, 0, 36)
	for i := 0; i < 16; i++ {
		if len(s) < 2 || hexDigit(s[0]) < 0 || hexDigit(s[1]) < 0 {
			return Datum{}, invalidSyntax("uuid", text)
		}
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out = append(out, '-')
		}
		out = append(out, lower(s[0]), lower(s[1]))
		s = s[2:]
		if i%2 == 1 && i < 15 && strings.HasPrefix(s, "-") {
			s = s[1:]
		}
	}
	if braced {
		if !strings.HasPrefix(s, "}") {
			return Datum{}, invalidSyntax("uuid", text)
		}
		s = s[1:]
	}
	if s != "" {
		return Datum{}, invalidSyntax("uuid", text)
	}
	return Text(string(out)), nil
}

func isCanonicalUUID(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if c != '-' {
				return false
			}
		} else if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f') {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

// inBytea reads both of bytea's forms: "\x" with hexadecimal digits, or text with backslash escapes.
func inBytea(text string) (Datum, error) {
	if strings.HasPrefix(text, `\x`) {
		return inHex(text[2:])
	}
	if strings.IndexByte(text, '\\') < 0 {
		return Datum{Kind: KindBytes, S: text}, nil
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] != '\\':
			out = append(out, text[i])
		case i+1 < len(text) && text[i+1] == '\\':
			out = append(out, '\\')
			i++
		case i+3 < len(text) && isOctal(text[i+1], '3') && isOctal(text[i+2], '7') && isOctal(text[i+3], '7'):
			out = append(out, (text[i+1]-'0')<<6|(text[i+2]-'0')<<3|(text[i+3]-'0'))
			i += 3
		default:
			return Datum{}, errs.New("22P02", "invalid input syntax for type bytea")
		}
	}
	return Bytes(out), nil
}

func inHex(s string) (Datum, error) {
	out := make([]byte, 0, len(s)/2)
	for i := 0; i < len(s); i++ {
		if isSpace(s[i]) && s[i] != '\v' && s[i] != '\f' {
			continue
		}
		high := hexDigit(s[i])
		if high < 0 {
			return Datum{}, badHex(s[i:])
		}
		i++
		if i >= len(s) {
			return Datum{}, errs.New("22023", "invalid hexadecimal data: odd number of digits")
		}
		low := hexDigit(s[i])
		if low < 0 {
			return Datum{}, badHex(s[i:])
		}
		out = append(out, byte(high<<4|low))
	}
	return Bytes(out), nil
}

func badHex(s string) error {
	_, size := utf8.DecodeRuneInString(s)
	return errs.New("22023", "invalid hexadecimal digit: \"%s\"", s[:size])
}

func appendBytea(buf []byte, s string) []byte {
	buf = append(buf, '\\', 'x')
	return hex.AppendEncode(buf, []byte(s))
}
