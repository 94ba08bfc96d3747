package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind is a token's type, as the default parser names them.
type kind uint8

const (
	blank kind = iota
	asciiWord
	word
	numWord
	asciiHword
	hword
	numHword
	hwordASCIIPart
	hwordPart
	hwordNumPart
	email
	host
	url
	urlPath
	file
	number // int, uint, float, sfloat, version
)

type token struct {
	kind kind
	text string
}

// What is longer than these is no tag, no host's or mail box's name: looking further would take the square of a text's length.
const (
	maxTag  = 16 << 10
	maxName = 320
)

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.Is(unicode.M, r) }
func alnum(r rune) bool  { return letter(r) || unicode.IsDigit(r) }

// tokens cuts a text as the default parser does, leaving out what no dictionary sees (blanks, tags, entities, protocols).
func tokens(s string) []token {
	var out []token
	prev := byte(' ')
	for i := 0; i < len(s); {
		n := 0
		switch c := s[i]; {
		case c == '<':
			n = tag(s[i:])
		case c == '&':
			n = entity(s[i:])
		}
		if n > 0 {
			i += n
			prev = ' '
			continue
		}
		list, n := one(s[i:], prev)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s[i:])
			prev = s[i]
			i += n
			continue
		}
		out = append(out, list...)
		i += n
		prev = s[i-1]
	}
	return out
}

// tag gives the length of an XML tag or comment at the start of s, 0 for none.
func tag(s string) int {
	s = s[:min(len(s), maxTag)]
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end > 0 {
			return end + 3
		}
		return 0
	}
	i := 1
	if i < len(s) && (s[i] == '/' || s[i] == '!' || s[i] == '?') {
		i++
	}
	if i >= len(s) || !isASCIILetter(s[i]) {
		return 0
	}
	for quote := byte(0); i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '<':
			return 0
		case c == '>':
			return i + 1
		}
	}
	return 0
}

func entity(s string) int {
	i := 1
	if i < len(s) && s[i] == '#' {
		i++
	}
	start := i
	for i < len(s) && (isASCIILetter(s[i]) || isDigit(s[i])) {
		i++
	}
	if i > start && i < len(s) && s[i] == ';' {
		return i + 1
	}
	return 0
}

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool       { return c >= '0' && c <= '9' }

// one reads the token at the start of s, with the parts of a compound one after it, and gives its length.
func one(s string, prev byte) ([]token, int) {
	if p := protocol(s); p > 0 {
		if list, n := address(s[p:], true); n > 0 {
			return list, p + n
		}
		return nil, p
	}
	if n := emailLength(s); n > 0 {
		return []token{{email, s[:n]}}, n
	}
	if n := numberLength(s, prev); n > 0 {
		return []token{{number, s[:n]}}, n
	}
	if list, n := address(s, false); n > 0 {
		return list, n
	}
	if n := fileLength(s); n > 0 {
		return []token{{file, s[:n]}}, n
	}
	return words(s)
}

func protocol(s string) int {
	i := 0
	for i < len(s) && i < maxName && isASCIILetter(s[i]) {
		i++
	}
	if i > 0 && strings.HasPrefix(s[i:], "://") {
		return i + 3
	}
	return 0
}

func emailLength(s string) int {
	i := 0
	for i < len(s) && i < maxName && (isASCIILetter(s[i]) || isDigit(s[i]) || strings.IndexByte("._-+", s[i]) >= 0) {
		i++
	}
	if i == 0 || i >= len(s) || s[i] != '@' || !isASCIILetter(s[0]) && !isDigit(s[0]) {
		return 0
	}
	if n := hostLength(s[i+1:]); n > 0 {
		return i + 1 + n
	}
	return 0
}

// hostLength reads "example.com": labels with dots between, the last of two letters or more.
func hostLength(s string) int {
	i, dots, last := 0, 0, 0
	for i < maxName {
		start := i
		for i < len(s) && i < maxName && (isASCIILetter(s[i]) || isDigit(s[i]) || s[i] == '-' && i > start || s[i] == '_' && i > start) {
			i++
		}
		if i == start {
			// A dot at the end belongs to the sentence.
			i--
			break
		}
		last = start
		if i < len(s) && s[i] == '.' {
			dots++
			i++
			continue
		}
		break
	}
	if i < 0 || last == 0 {
		return 0
	}
	label := s[last:min(i, len(s))]
	label = strings.TrimSuffix(label, ".")
	if dots == 0 || len(label) < 2 || strings.IndexFunc(label, func(r rune) bool { return !unicode.IsLetter(r) }) >= 0 {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s[i:]); i < len(s) && alnum(r) {
		return 0
	}
	return i
}

// address reads a host, with a port and path as a URL.
func address(s string, after bool) ([]token, int) {
	n := hostLength(s)
	if n == 0 {
		return nil, 0
	}
	if n < len(s) && s[n] == ':' && n+1 < len(s) && isDigit(s[n+1]) {
		n++
		for n < len(s) && isDigit(s[n]) {
			n++
		}
	}
	h := s[:n]
	if n < len(s) && s[n] == '/' {
		end := n
		for end < len(s) && s[end] > ' ' && strings.IndexByte("<>\"'\\^`{|}", s[end]) < 0 && s[end] < 0x7f {
			end++
		}
		for end > n+1 && strings.IndexByte(".,;:!?)", s[end-1]) >= 0 {
			end--
		}
		if end > n+1 {
			return []token{{url, s[:end]}, {host, h}, {urlPath, s[n:end]}}, end
		}
		if after {
			return []token{{host, h}}, n
		}
	}
	return []token{{host, h}}, n
}

// fileLength reads a path: words with slashes or dots between them.
func fileLength(s string) int {
	i, seps := 0, 0
	if strings.HasPrefix(s, "/") || strings.HasPrefix(s, "~/") || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "../") {
		i = strings.IndexByte(s, '/') + 1
		seps++
	}
	for i < maxWord {
		start := i
		for i < len(s) && i < maxWord && (isASCIILetter(s[i]) || isDigit(s[i]) || (s[i] == '_' || s[i] == '-') && i > start) {
			i++
		}
		if i == start {
			break
		}
		if i+1 < len(s) && (s[i] == '/' || s[i] == '.') && (isASCIILetter(s[i+1]) || isDigit(s[i+1])) {
			seps++
			i++
			continue
		}
		break
	}
	if seps == 0 || i == 0 || i == 1 && s[0] == '/' || s[i-1] == '/' {
		return 0
	}
	if !isASCIILetter(s[0]) && s[0] != '/' && s[0] != '~' && s[0] != '.' {
		return 0
	}
	if r, _ := utf8.DecodeRuneInString(s[i:]); i < len(s) && alnum(r) {
		return 0
	}
	return i
}

// numberLength reads 5, -5, 1.5, 1e5, 1.2.3. A sign counts where no word stands before it.
func numberLength(s string, prev byte) int {
	i := 0
	if s[0] == '-' || s[0] == '+' {
		i++
	}
	start := i
	digits := func() bool {
		from := i
		for i < len(s) && isDigit(s[i]) {
			i++
		}
		return i > from
	}
	if !digits() {
		return 0
	}
	_ = prev
	dots := 0
	for i+1 < len(s) && s[i] == '.' && isDigit(s[i+1]) {
		i++
		dots++
		digits()
	}
	if dots < 2 && i < len(s) && s[i]|0x20 == 'e' {
		mark := i
		i++
		if i < len(s) && (s[i] == '-' || s[i] == '+') {
			i++
		}
		if !digits() {
			i = mark
		}
	}
	if r, _ := utf8.DecodeRuneInString(s[i:]); i < len(s) && (letter(r) || r == '_' && false) {
		return 0
	}
	if dots > 1 && start > 0 {
		return 0
	}
	return i
}

// words reads a word, or a compound one with its parts.
func words(s string) ([]token, int) {
	end := wordEnd(s)
	if end == 0 {
		return nil, 0
	}
	parts := []string{s[:end]}
	for end+1 < len(s) && s[end] == '-' {
		n := wordEnd(s[end+1:])
		if n == 0 {
			break
		}
		part := s[end+1 : end+1+n]
		if r, _ := utf8.DecodeRuneInString(part); !letter(r) {
			break
		}
		parts = append(parts, part)
		end += 1 + n
	}
	if len(parts) == 1 {
		return []token{{wordKind(parts[0], asciiWord, word, numWord), parts[0]}}, end
	}
	out := []token{{wordKind(s[:end], asciiHword, hword, numHword), s[:end]}}
	for _, p := range parts {
		out = append(out, token{wordKind(p, hwordASCIIPart, hwordPart, hwordNumPart), p})
	}
	return out, end
}

func wordEnd(s string) int {
	for i, r := range s {
		if !alnum(r) {
			return i
		}
	}
	return len(s)
}

func wordKind(s string, ascii, other, digits kind) kind {
	k := ascii
	for i := 0; i < len(s); i++ {
		switch {
		case isDigit(s[i]):
			return digits
		case s[i] >= utf8.RuneSelf:
			k = other
		}
	}
	return k
}
