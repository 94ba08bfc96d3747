package textsearch

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a token of a document is, as PostgreSQL's default parser numbers them.
type Kind uint8

// The kinds of token.
const (
	ASCIIWord Kind = iota + 1
	AnyWord
	NumWord
	Email
	URL
	Host
	SFloat
	Version
	HyphenNumPart
	HyphenPart
	HyphenASCIIPart
	Blank
	Tag
	Protocol
	HyphenNumWord
	HyphenASCIIWord
	HyphenWord
	URLPath
	File
	Float
	Int
	Uint
	Entity
)

// Token is one token of a document.
type Token struct {
	Kind Kind
	Text string
}

// scanner cuts a document into tokens. Its methods take a place and give the end of what begins there, -1 for nothing: where
// one reading fails the next is tried, in PostgreSQL's order.
type scanner struct {
	s      string
	ignore string // inside <script> or <style>: the tag that ends it
}

func (p *scanner) at(i int) byte {
	if i < len(p.s) {
		return p.s[i]
	}
	return 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isAlnum(c byte) bool  { return isLetter(c) || isDigit(c) }

// alpha gives the length of the letter at i, 0 when there is none.
func (p *scanner) alpha(i int) int {
	if i >= len(p.s) {
		return 0
	}
	if p.s[i] < utf8.RuneSelf {
		if isLetter(p.s[i]) {
			return 1
		}
		return 0
	}
	r, size := utf8.DecodeRuneInString(p.s[i:])
	if unicode.IsLetter(r) || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Mc, r) {
		return size
	}
	return 0
}

// alnum gives the length of the letter or digit at i.
func (p *scanner) alnum(i int) int {
	if isDigit(p.at(i)) {
		return 1
	}
	return p.alpha(i)
}

func (p *scanner) digits(i int) int {
	for isDigit(p.at(i)) {
		i++
	}
	return i
}

// Scan cuts a document into tokens; blanks are left out.
func Scan(text string) []Token {
	p := &scanner{s: text}
	var out []Token
	for i := 0; i < len(text); {
		kind, end := p.token(i)
		if end <= i {
			i = p.blank(i)
			continue
		}
		if p.ignore == "" || kind == Tag {
			out = p.emit(out, kind, i, end)
		}
		i = end
	}
	return out
}

// emit appends a token and, after a URL or a compound word, its parts.
func (p *scanner) emit(out []Token, kind Kind, from, to int) []Token {
	text := p.s[from:to]
	out = append(out, Token{kind, text})
	switch kind {
	case URL:
		slash := strings.IndexByte(text, '/')
		out = append(out, Token{Host, text[:slash]}, Token{URLPath, text[slash:]})
	case HyphenASCIIWord, HyphenWord, HyphenNumWord:
		for _, part := range strings.Split(text, "-") {
			out = append(out, Token{partKind(part), part})
		}
	}
	return out
}

func partKind(s string) Kind {
	kind := HyphenASCIIPart
	for i := 0; i < len(s); i++ {
		switch {
		case isDigit(s[i]):
			return HyphenNumPart
		case s[i] >= utf8.RuneSelf:
			kind = HyphenPart
		}
	}
	return kind
}

// blank skips what is no token, at least one character.
func (p *scanner) blank(i int) int {
	_, size := utf8.DecodeRuneInString(p.s[i:])
	i += size
	for i < len(p.s) && p.alnum(i) == 0 && strings.IndexByte("<-+&/", p.s[i]) < 0 {
		_, size := utf8.DecodeRuneInString(p.s[i:])
		i += size
	}
	return i
}

func (p *scanner) token(i int) (Kind, int) {
	c := p.s[i]
	switch {
	case c == '<':
		if end := p.tag(i + 1); end > 0 {
			p.special(p.s[i:end])
			return Tag, end
		}
	case isLetter(c):
		return p.asciiWord(i)
	case isDigit(c):
		return p.unsigned(i)
	case p.alpha(i) > 0:
		return p.word(i, i)
	case c == '-' || c == '+':
		if isDigit(p.at(i + 1)) {
			return p.signed(i + 1)
		}
	case c == '&':
		return Entity, p.entity(i + 1)
	case c == '~':
		return File, p.twiddle(i + 1)
	case c == '/':
		return File, p.fileFirst(i + 1)
	case c == '.':
		return File, p.pathFirst(i+1, true)
	}
	return 0, -1
}

func (p *scanner) asciiWord(start int) (Kind, int) {
	i := start
	for {
		c := p.at(i)
		switch {
		case isLetter(c):
			i++
			continue
		case c == '.':
			if k, end := p.host(i+1, firstDomain, start); end > 0 {
				return k, end
			}
			if end := p.fileNext(i + 1); end > 0 {
				return File, end
			}
		case c == '-':
			if k, end := p.host(i+1, firstAN, start); end > 0 {
				return k, end
			}
			if k, end := p.hyphen(i, HyphenASCIIWord); end > 0 {
				return k, end
			}
		case c == '_':
			if k, end := p.host(i+1, firstAN, start); end > 0 {
				return k, end
			}
		case c == '@':
			if end := p.email(i + 1); end > 0 {
				return Email, end
			}
		case c == ':':
			if p.at(i+1) == '/' && p.at(i+2) == '/' {
				return Protocol, i + 3
			}
		case c == '/':
			if end := p.fileFirst(i + 1); end > 0 {
				return File, end
			}
		case isDigit(c):
			if k, end := p.host(i+1, inHost, start); end > 0 {
				return k, end
			}
			return p.numWord(start, i+1)
		case p.alpha(i) > 0:
			return p.word(start, i)
		}
		return ASCIIWord, i
	}
}

func (p *scanner) word(start, i int) (Kind, int) {
	for {
		if n := p.alpha(i); n > 0 {
			i += n
			continue
		}
		if isDigit(p.at(i)) {
			return p.numWord(start, i+1)
		}
		if p.at(i) == '-' {
			if k, end := p.hyphen(i, HyphenWord); end > 0 {
				return k, end
			}
		}
		return AnyWord, i
	}
}

func (p *scanner) numWord(start, i int) (Kind, int) {
	for {
		if n := p.alnum(i); n > 0 {
			i += n
			continue
		}
		switch p.at(i) {
		case '@':
			if end := p.email(i + 1); end > 0 {
				return Email, end
			}
		case '/':
			if end := p.fileFirst(i + 1); end > 0 {
				return File, end
			}
		case '.':
			if end := p.fileNext(i + 1); end > 0 {
				return File, end
			}
		case '-':
			if k, end := p.hyphen(i, HyphenNumWord); end > 0 {
				return k, end
			}
		}
		return NumWord, i
	}
}

// hyphen reads on from a hyphen inside a compound word.
func (p *scanner) hyphen(i int, kind Kind) (Kind, int) {
	end := -1
	for p.at(i) == '-' {
		next := i + 1
		if isDigit(p.at(next)) {
			// A part may begin with digits when letters follow them.
			next = p.digits(next)
			if p.alpha(next) == 0 {
				break
			}
			kind = HyphenNumWord
		} else if p.alpha(next) == 0 {
			break
		}
		for n := p.alnum(next); n > 0; n = p.alnum(next) {
			switch {
			case isDigit(p.s[next]):
				kind = HyphenNumWord
			case n > 1 && kind == HyphenASCIIWord:
				kind = HyphenWord
			}
			next += n
		}
		i, end = next, next
	}
	return kind, end
}

func (p *scanner) unsigned(start int) (Kind, int) {
	i := p.digits(start)
	c := p.at(i)
	switch {
	case c == '.':
		if k, end := p.host(i+1, firstDomain, start); end > 0 {
			return k, end
		}
		if isDigit(p.at(i + 1)) {
			return p.decimal(i + 1)
		}
	case c == '-' || c == '_':
		if k, end := p.host(i+1, firstAN, start); end > 0 {
			return k, end
		}
	case c == '@':
		if end := p.email(i + 1); end > 0 {
			return Email, end
		}
	case c == '/':
		if end := p.fileFirst(i + 1); end > 0 {
			return File, end
		}
	case c|0x20 == 'e':
		if end := p.mantissa(i + 1); end > 0 {
			return SFloat, end
		}
	}
	if isLetter(c) {
		if k, end := p.host(i+1, inHost, start); end > 0 {
			return k, end
		}
	}
	if n := p.alpha(i); n > 0 {
		return p.numWord(start, i+n)
	}
	return Uint, i
}

// decimal reads a fraction, which may turn out to be a version.
func (p *scanner) decimal(i int) (Kind, int) {
	i = p.digits(i)
	kind := Float
	for p.at(i) == '.' && isDigit(p.at(i+1)) {
		kind = Version
		i = p.digits(i + 1)
	}
	if kind == Float && p.at(i)|0x20 == 'e' {
		if end := p.mantissa(i + 1); end > 0 {
			return SFloat, end
		}
	}
	return kind, i
}

func (p *scanner) signed(i int) (Kind, int) {
	i = p.digits(i)
	kind := Int
	if p.at(i) == '.' && isDigit(p.at(i+1)) {
		kind = Float
		i = p.digits(i + 1)
		if p.at(i) == '.' && isDigit(p.at(i+1)) {
			// A version has no sign.
			return 0, -1
		}
	}
	if p.at(i)|0x20 == 'e' {
		if end := p.mantissa(i + 1); end > 0 {
			return SFloat, end
		}
	}
	return kind, i
}

func (p *scanner) mantissa(i int) int {
	if c := p.at(i); c == '-' || c == '+' {
		i++
	}
	if !isDigit(p.at(i)) {
		return -1
	}
	return p.digits(i)
}

type hostState uint8

const (
	firstDomain  hostState = iota // after a point
	secondDomain                  // after the first letter of a label
	inDomain                      // in a label of two letters or more: a host may end here
	inHost                        // in a part that cannot end a host
	firstAN                       // after a hyphen or underscore
)

// host reads on inside what may be a host name, an e-mail address or a URL. Where it cannot go on it falls back to the last
// place the host could have ended.
func (p *scanner) host(i int, state hostState, start int) (Kind, int) {
	best := -1
	for {
		c := p.at(i)
		switch state {
		case firstDomain:
			switch {
			case isLetter(c):
				state = secondDomain
			case isDigit(c):
				state = inHost
			default:
				return Host, best
			}
			i++
			continue
		case firstAN:
			if !isAlnum(c) {
				return Host, best
			}
			state = inHost
			i++
			continue
		case inHost:
			if isAlnum(c) {
				i++
				continue
			}
		case secondDomain:
			if isLetter(c) {
				state = inDomain
				i++
				continue
			}
			if isDigit(c) {
				state = inHost
				i++
				continue
			}
		case inDomain:
			switch {
			case isLetter(c):
				i++
				continue
			case isDigit(c):
				state = inHost
				i++
				continue
			}
			best = i
			if c == ':' && isDigit(p.at(i+1)) {
				i = p.digits(i + 1)
				best = i
				c = p.at(i)
				if c != '/' {
					return Host, best
				}
			}
			if c == '/' {
				if end := p.urlPath(i + 1); end > 0 {
					return URL, end
				}
				return Host, best
			}
		}
		switch c {
		case '@':
			if end := p.email(i + 1); end > 0 {
				return Email, end
			}
			return Host, best
		case '.':
			state = firstDomain
		case '-', '_':
			state = firstAN
		default:
			return Host, best
		}
		i++
	}
}

// email reads the host of an address.
func (p *scanner) email(i int) int {
	if i >= len(p.s) || !isAlnum(p.s[i]) {
		return -1
	}
	kind, end := p.token(i)
	switch kind {
	case Host:
		return end
	case URL:
		return i + strings.IndexByte(p.s[i:end], '/')
	}
	return -1
}

// urlPath reads what follows a host's slash.
func (p *scanner) urlPath(i int) int {
	if i >= len(p.s) || p.s[i] == '"' || p.s[i] == '\'' || isSpace(p.s[i]) {
		return -1
	}
	from := i
	for i < len(p.s) && p.s[i] > 0x20 && p.s[i] < 0x7f && strings.IndexByte("\"<>\\^`{|}", p.s[i]) < 0 {
		i++
	}
	if i == from {
		return -1
	}
	return i
}

func (p *scanner) fileFirst(i int) int {
	switch c := p.at(i); {
	case isAlnum(c) || c == '_':
		return p.file(i + 1)
	case c == '.':
		return p.pathFirst(i+1, false)
	case c == '~':
		return p.twiddle(i + 1)
	}
	return -1
}

func (p *scanner) twiddle(i int) int {
	switch c := p.at(i); {
	case isAlnum(c) || c == '_':
		return p.file(i + 1)
	case c == '/':
		return p.fileFirst(i + 1)
	}
	return -1
}

func (p *scanner) pathFirst(i int, base bool) int {
	switch c := p.at(i); {
	case !base && (isAlnum(c) || c == '_'):
		return p.file(i + 1)
	case c == '/':
		return p.fileFirst(i + 1)
	case c == '.':
		i++
		if p.at(i) == '/' {
			if end := p.fileFirst(i + 1); end > 0 {
				return end
			}
			return i
		}
		if i >= len(p.s) || isSpace(p.s[i]) {
			return i
		}
	}
	return -1
}

func (p *scanner) fileNext(i int) int {
	if c := p.at(i); isAlnum(c) || c == '_' {
		return p.file(i + 1)
	}
	return -1
}

func (p *scanner) file(i int) int {
	for {
		switch c := p.at(i); {
		case isAlnum(c) || c == '_' || c == '-':
			i++
			continue
		case c == '.':
			if end := p.fileNext(i + 1); end > 0 {
				return end
			}
		case c == '/':
			if end := p.fileFirst(i + 1); end > 0 {
				return end
			}
		}
		return i
	}
}

func (p *scanner) entity(i int) int {
	switch c := p.at(i); {
	case c == '#':
		i++
		hex := p.at(i)|0x20 == 'x'
		if hex {
			i++
		}
		from := i
		for isDigit(p.at(i)) || hex && p.at(i)|0x20 >= 'a' && p.at(i)|0x20 <= 'f' {
			i++
		}
		if i > from && p.at(i) == ';' {
			return i + 1
		}
	case isLetter(c) || c == ':' || c == '_':
		i = p.xmlName(i)
		if p.at(i) == ';' {
			return i + 1
		}
	}
	return -1
}

// xmlName gives the end of a tag's or entity's name.
func (p *scanner) xmlName(i int) int {
	for i < len(p.s) {
		n := p.alnum(i)
		if n == 0 {
			if strings.IndexByte("-_:.", p.s[i]) < 0 {
				break
			}
			n = 1
		}
		i += n
	}
	return i
}

// tag reads an XML tag after its bracket.
func (p *scanner) tag(i int) int {
	switch c := p.at(i); {
	case c == '!':
		if strings.HasPrefix(p.s[i:], "!--") {
			if end := strings.Index(p.s[i+3:], "-->"); end >= 0 {
				return i + 3 + end + 3
			}
			return -1
		}
		// What is left is <!DOCTYPE.
		if p.at(i+1)|0x20 != 'd' {
			return -1
		}
		i++
	case c == '?':
		if p.at(i+1)|0x20 != 'x' {
			return -1
		}
		i++
	case c == '/':
		i++
		if !isLetter(p.at(i)) {
			return -1
		}
	case !isLetter(c) && c != ':' && c != '_':
		return -1
	}
	i = p.xmlName(i)
	switch c := p.at(i); {
	case c == '>':
		return i + 1
	case c == '/' && p.at(i+1) == '>':
		return i + 2
	case !isSpace(c):
		return -1
	}
	for i < len(p.s) {
		c := p.s[i]
		switch {
		case c == '>':
			return i + 1
		case c == '\'' || c == '"':
			for i++; i < len(p.s) && p.s[i] != c; i++ {
				if p.s[i] == '\\' {
					i++
				}
			}
			if i >= len(p.s) {
				return -1
			}
		case !isAlnum(c) && !isSpace(c) && strings.IndexByte("=-_#/:.&?%~", c) < 0:
			return -1
		}
		i++
	}
	return -1
}

// special notices the tags whose content is no text.
func (p *scanner) special(tag string) {
	lower := strings.ToLower(tag)
	for _, name := range []string{"script", "style"} {
		if p.ignore == "" && strings.HasPrefix(lower, "<"+name) && len(lower) > len(name)+1 && !isAlnum(lower[len(name)+1]) {
			p.ignore = name
		} else if p.ignore == name && strings.HasPrefix(lower, "</"+name) {
			p.ignore = ""
		}
	}
}
