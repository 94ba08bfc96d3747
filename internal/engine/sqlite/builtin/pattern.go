package builtin

import (
	"regexp"
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
	if i+1 == len(pattern) && pattern[i] == '\\' {
		return false, errLikeEscape
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

// regexKey is a compiled pattern's key.
type regexKey struct{ pattern, flags string }

const maxRegexes = 500

func (h *host) regex(pattern, flags string) (*regexp.Regexp, error) {
	if re := h.regexes[regexKey{pattern, flags}]; re != nil {
		return re, nil
	}
	re, err := compileRegex(pattern, flags)
	if err != nil {
		return nil, err
	}
	if len(h.regexes) >= maxRegexes {
		clear(h.regexes)
	}
	h.regexes[regexKey{strings.Clone(pattern), strings.Clone(flags)}] = re
	return re, nil
}

func badRegex(what string) error { return errs.New("2201B", "invalid regular expression: %s", what) }

// compileRegex turns PostgreSQL's advanced regular expression into Go's. flags are the letters PostgreSQL's functions take
// (without g).
func compileRegex(pattern, flags string) (*regexp.Regexp, error) {
	insensitive, newline, expanded, literal := false, "", false, false
	apply := func(flags string) error {
		for _, f := range flags {
			switch f {
			case 'i':
				insensitive = true
			case 'c':
				insensitive = false
			case 'n', 'm':
				newline = "n"
			case 'p', 'w':
				newline = string(f)
			case 's':
				newline = ""
			case 'x':
				expanded = true
			case 't':
				expanded = false
			case 'q':
				literal = true
			case 'b', 'e':
			case 'g':
			default:
				return errs.New("22023", "invalid regular expression option: \"%c\"", f)
			}
		}
		return nil
	}
	if err := apply(flags); err != nil {
		return nil, err
	}
	switch {
	case strings.HasPrefix(pattern, "***="):
		pattern, literal = pattern[4:], true
	case strings.HasPrefix(pattern, "***:"):
		pattern = pattern[4:]
	}
	if !literal && strings.HasPrefix(pattern, "(?") {
		if i := strings.IndexByte(pattern, ')'); i > 2 {
			letters := pattern[2:i]
			if strings.Trim(letters, "bceimnpqstwx") == "" {
				if err := apply(letters); err != nil {
					return nil, err
				}
				pattern = pattern[i+1:]
			}
		}
	}
	mode := ""
	if insensitive {
		mode += "i"
	}
	if newline != "n" && newline != "p" {
		mode += "s"
	}
	if newline == "n" || newline == "w" {
		mode += "m"
	}
	var body string
	lazy := false
	if literal {
		body = regexp.QuoteMeta(pattern)
	} else {
		t := regexTranslator{src: pattern, expanded: expanded, noNewline: newline == "n" || newline == "p"}
		var err error
		if body, err = t.translate(); err != nil {
			return nil, err
		}
		lazy = t.lazy
	}
	if mode != "" {
		body = "(?" + mode + ")" + body
	}
	re, err := regexp.Compile(body)
	if err != nil {
		text := err.Error()
		switch {
		case strings.Contains(text, "missing closing )"), strings.Contains(text, "unexpected )"):
			return nil, badRegex("parentheses () not balanced")
		case strings.Contains(text, "missing argument to repetition"), strings.Contains(text, "invalid nested repetition"):
			return nil, badRegex("quantifier operand invalid")
		case strings.Contains(text, "missing closing ]"):
			return nil, badRegex("brackets [] not balanced")
		case strings.Contains(text, "invalid character class range"):
			return nil, badRegex("invalid character range")
		case strings.Contains(text, "repeat count"), strings.Contains(text, "repetition"):
			return nil, badRegex("invalid repetition count(s)")
		}
		return nil, badRegex("invalid escape \\ sequence")
	}
	if !lazy {
		re.Longest()
	}
	return re, nil
}

type regexTranslator struct {
	src       string
	expanded  bool
	noNewline bool
	lazy      bool
}

func (t *regexTranslator) translate() (string, error) {
	var b strings.Builder
	s := t.src
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\\':
			if i+1 == len(s) {
				return "", badRegex("invalid escape \\ sequence")
			}
			out, n, err := regexEscape(s[i+1:], false)
			if err != nil {
				return "", err
			}
			b.WriteString(out)
			i += 1 + n
		case c == '[':
			out, n, err := t.bracket(s[i:])
			if err != nil {
				return "", err
			}
			b.WriteString(out)
			i += n
		case c == '(' && strings.HasPrefix(s[i:], "(?#"):
			end := strings.IndexByte(s[i:], ')')
			if end < 0 {
				return "", badRegex("parentheses () not balanced")
			}
			i += end + 1
		case c == '(' && strings.HasPrefix(s[i:], "(?:"):
			b.WriteString("(?:")
			i += 3
		case c == '(' && strings.HasPrefix(s[i:], "(?"):
			if len(s) > i+2 && strings.IndexByte("=!<", s[i+2]) >= 0 {
				return "", errs.Unsupported("looking ahead or behind in a regular expression", "")
			}
			return "", badRegex("quantifier operand invalid")
		case t.expanded && (c == ' ' || c >= '\t' && c <= '\r'):
			i++
		case t.expanded && c == '#':
			for i < len(s) && s[i] != '\n' {
				i++
			}
		case c == '*' || c == '+' || c == '?':
			b.WriteByte(c)
			i++
			if i < len(s) && s[i] == '?' {
				b.WriteByte('?')
				t.lazy = true
				i++
			}
		case c == '{':
			end := strings.IndexByte(s[i:], '}')
			if end < 0 || i+1 < len(s) && (s[i+1] < '0' || s[i+1] > '9') {
				// A brace that starts no count is a character.
				if i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
					return "", badRegex("braces {} not balanced")
				}
				b.WriteString(`\{`)
				i++
				continue
			}
			b.WriteString(s[i : i+end+1])
			i += end + 1
			if i < len(s) && s[i] == '?' {
				b.WriteByte('?')
				t.lazy = true
				i++
			}
		case c == '$':
			// Without newline sensitivity $ is the very end, in Go \z.
			b.WriteString("$")
			i++
		case c == ']' || c == '}':
			b.WriteString(`\` + string(c))
			i++
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String(), nil
}

// regexEscape translates what follows a backslash and says how many bytes it took.
func regexEscape(s string, inBracket bool) (string, int, error) {
	c := s[0]
	switch c {
	case 'd', 'D', 's', 'S':
		// PostgreSQL's classes know Unicode.
		switch c {
		case 'd':
			return map[bool]string{true: `\p{Nd}`, false: `\p{Nd}`}[inBracket], 1, nil
		case 'D':
			return `\P{Nd}`, 1, nil
		case 's':
			return map[bool]string{true: `\s\x0b`, false: `[\s\x0b]`}[inBracket], 1, nil
		}
		return `[^\s\x0b]`, 1, nil
	case 'w':
		return map[bool]string{true: `\p{L}\p{Nd}\p{M}_`, false: `[\p{L}\p{Nd}\p{M}_]`}[inBracket], 1, nil
	case 'W':
		return `[^\p{L}\p{Nd}\p{M}_]`, 1, nil
	case 'm', 'M', 'y':
		return `\b`, 1, nil
	case 'Y':
		return `\B`, 1, nil
	case 'A':
		return `\A`, 1, nil
	case 'Z':
		return `\z`, 1, nil
	case 'a':
		return `\x07`, 1, nil
	case 'b':
		return `\x08`, 1, nil
	case 'B':
		return `\\`, 1, nil
	case 'e':
		return `\x1b`, 1, nil
	case 'f', 'n', 'r', 't', 'v':
		return `\` + string(c), 1, nil
	case '0':
		return `\x00`, 1, nil
	case 'c':
		if len(s) < 2 {
			return "", 0, badRegex("invalid escape \\ sequence")
		}
		return regexp.QuoteMeta(string(rune(s[1] & 31))), 2, nil
	case 'u', 'x', 'U':
		n := map[byte]int{'u': 4, 'U': 8, 'x': 255}[c]
		j := 1
		for j < len(s) && j <= n && strings.IndexByte("0123456789abcdefABCDEF", s[j]) >= 0 {
			j++
		}
		if j == 1 || c != 'x' && j != n+1 {
			return "", 0, badRegex("invalid escape \\ sequence")
		}
		return `\x{` + s[1:j] + `}`, j, nil
	}
	if c >= '1' && c <= '9' {
		return "", 0, errs.Unsupported("a back reference in a regular expression", "")
	}
	if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
		return "", 0, badRegex("invalid escape \\ sequence")
	}
	r, n := utf8.DecodeRuneInString(s)
	return regexp.QuoteMeta(string(r)), n, nil
}

// bracket translates a bracket expression at the start of s.
func (t *regexTranslator) bracket(s string) (string, int, error) {
	switch {
	case strings.HasPrefix(s, "[[:<:]]"), strings.HasPrefix(s, "[[:>:]]"):
		return `\b`, 7, nil
	}
	var b strings.Builder
	b.WriteByte('[')
	i := 1
	if i < len(s) && s[i] == '^' {
		b.WriteByte('^')
		if t.noNewline {
			b.WriteString(`\n`)
		}
		i++
	}
	for first := true; ; first = false {
		if i >= len(s) {
			return "", 0, badRegex("brackets [] not balanced")
		}
		c := s[i]
		switch {
		case c == ']' && !first:
			b.WriteByte(']')
			return b.String(), i + 1, nil
		case c == '[' && i+1 < len(s) && s[i+1] == ':':
			end := strings.Index(s[i:], ":]")
			if end < 0 {
				return "", 0, badRegex("brackets [] not balanced")
			}
			class := s[i+2 : i+end]
			out, ok := regexClasses[class]
			if !ok {
				return "", 0, badRegex("invalid character class")
			}
			b.WriteString(out)
			i += end + 2
		case c == '[' && i+1 < len(s) && (s[i+1] == '.' || s[i+1] == '='):
			end := strings.Index(s[i+2:], string(s[i+1])+"]")
			if end < 0 {
				return "", 0, badRegex("brackets [] not balanced")
			}
			b.WriteString(bracketQuote(s[i+2 : i+2+end]))
			i += end + 4
		case c == '\\':
			if i+1 == len(s) {
				return "", 0, badRegex("invalid escape \\ sequence")
			}
			out, n, err := regexEscape(s[i+1:], true)
			if err != nil {
				return "", 0, err
			}
			b.WriteString(out)
			i += 1 + n
		case c == '[' || c == ']' || c == '&' || c == '~' || c == '^':
			b.WriteString(`\` + string(c))
			i++
		default:
			b.WriteByte(c)
			i++
		}
	}
}

func bracketQuote(s string) string {
	if s == "-" || s == "]" || s == "[" || s == "^" {
		return `\` + s
	}
	return regexp.QuoteMeta(s)
}

var regexClasses = map[string]string{
	"alnum": `\p{L}\p{Nd}`, "alpha": `\p{L}`, "blank": ` \t`, "cntrl": `\x00-\x1f\x7f`, "digit": `\p{Nd}`,
	"graph": `\x21-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}`, "lower": `\p{Ll}`, "print": `\x20-\x7e\p{L}\p{M}\p{N}\p{P}\p{S}`,
	"punct": "!-/:-@\\[-`{-~\\p{P}", "space": `\s\x0b`, "upper": `\p{Lu}`, "xdigit": `0-9A-Fa-f`, "word": `\p{L}\p{Nd}\p{M}_`,
}
