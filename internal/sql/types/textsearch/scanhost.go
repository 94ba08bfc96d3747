package textsearch

import "strings"

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
	if i >= len(p.s) || p.s[i] == '"' || isSpace(p.s[i]) {
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
