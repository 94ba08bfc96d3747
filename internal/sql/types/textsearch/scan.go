package textsearch

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/sql/types/ctype"
)

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
	// Marks that take no room of their own go on a word.
	if ctype.IsAlpha(r) || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Me) {
		return size
	}
	return 0
}

// begins says whether a word may begin at i.
func (p *scanner) begins(i int) bool {
	r, _ := utf8.DecodeRuneInString(p.s[i:])
	return ctype.IsAlpha(r)
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

// Tokens cuts a document into tokens, blanks among them.
func Tokens(text string) []Token {
	p := &scanner{s: text}
	var out []Token
	blank := 0 // where what is no token began
	for i := 0; i < len(text); {
		kind, end := p.token(i)
		if end > i && (p.ignore == "" || kind == Tag) {
			if blank < i {
				out = append(out, Token{Blank, text[blank:i]})
			}
			out = p.emit(out, kind, i, end)
			if (kind == HyphenASCIIWord || kind == HyphenWord || kind == HyphenNumWord) && p.at(end) == '-' && isDigit(p.at(end+1)) {
				// The hyphen after a compound word is no sign.
				out = append(out, Token{Blank, "-"})
				end++
			}
			i, blank = end, end
			continue
		}
		if p.ignore != "" {
			if text[i] == '<' && blank < i {
				out = append(out, Token{Blank, text[blank:i]})
				blank = i
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		i = p.blank(i)
		out = append(out, Token{Blank, text[blank:i]})
		blank = i
	}
	if blank < len(text) {
		out = append(out, Token{Blank, text[blank:]})
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
		for i, part := range strings.Split(text, "-") {
			if i > 0 {
				out = append(out, Token{Blank, "-"})
			}
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
	case p.begins(i):
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
