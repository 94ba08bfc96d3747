package textsearch

import (
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/sql/types/ctype"
)

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
		r, size := utf8.DecodeRuneInString(p.s[i:])
		if !ctype.IsAlpha(r) && !isDigit(p.s[i]) && strings.IndexByte("-_:.", p.s[i]) < 0 {
			break
		}
		i += size
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
