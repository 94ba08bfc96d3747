package builtin

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

// Glob translates a LIKE pattern into SQLite's GLOB, which is sensitive to case and takes characters as LIKE does; false
// when the pattern ends with its escape character.
func Glob(pattern string) (string, bool) {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch c {
		case '%':
			b.WriteByte('*')
			continue
		case '_':
			b.WriteByte('?')
			continue
		case '\\':
			i++
			if i == len(pattern) {
				return "", false
			}
			c = pattern[i]
		}
		switch c {
		case '*', '?', '[':
			b.WriteString("[" + string(c) + "]")
		default:
			b.WriteByte(c)
		}
	}
	return b.String(), true
}

// likePrefix is the text a LIKE pattern's matches start with.
func likePrefix(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; c {
		case '%', '_':
			return b.String()
		case '\\':
			i++
			if i == len(pattern) {
				return b.String()
			}
		}
		b.WriteByte(pattern[i])
	}
	return b.String()
}

var errLikeEscape = errs.New("22025", "LIKE pattern must not end with escape character")

// like matches a text against a LIKE pattern with the escape character \. Where a part after % does not match it starts
// again one character further, from the last % alone: the time is bounded by the product of the lengths.
func like(s, pattern string) (bool, error) {
	at, i := 0, 0
	star, mark := -1, 0
	for at < len(s) {
		ok := false
		if i < len(pattern) {
			switch c := pattern[i]; c {
			case '%':
				i++
				star, mark = i, at
				continue
			case '_':
				_, n := utf8.DecodeRuneInString(s[at:])
				at += n
				i++
				continue
			case '\\':
				if i+1 == len(pattern) {
					return false, errLikeEscape
				}
				if ok = pattern[i+1] == s[at]; ok {
					i += 2
				}
			default:
				if ok = c == s[at]; ok {
					i++
				}
			}
		}
		if ok {
			at++
			continue
		}
		if star < 0 {
			return false, nil
		}
		_, n := utf8.DecodeRuneInString(s[mark:])
		mark += n
		at, i = mark, star
	}
	for i < len(pattern) && pattern[i] == '%' {
		i++
	}
	return i == len(pattern), nil
}

// foldCase lowers a text for ILIKE, character by character as the C library does.
func foldCase(s string) string {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= utf8.RuneSelf || c >= 'A' && c <= 'Z' {
			return strings.Map(unicode.ToLower, s)
		}
	}
	return s
}
