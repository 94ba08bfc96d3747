package regex

import "strings"

// escape reads what follows a backslash in an advanced expression.
func (x *lexer) escape() {
	c := x.s[x.now]
	x.now++
	if !isLetter(c) && !isDigit(c) {
		x.ret(plain, c)
		return
	}
	if i := strings.IndexRune("abBefnrtv", c); i >= 0 {
		x.ret(plain, rune("\a\b\\\x1b\f\n\r\t\v"[i]))
		return
	}
	switch c {
	case 'A':
		x.ret(sbegin, 0)
	case 'Z':
		x.ret(send, 0)
	case 'm':
		x.ret('<', 0)
	case 'M':
		x.ret('>', 0)
	case 'y':
		x.ret(wbdry, 0)
	case 'Y':
		x.ret(nwbdry, 0)
	case 'd', 's', 'w':
		x.ret(class, c)
	case 'D', 'S', 'W':
		x.ret(notClass, c|0x20)
	case 'c':
		if x.atEnd() {
			x.fail(badEscape)
			return
		}
		x.now++
		x.ret(plain, x.s[x.now-1]&31)
	case 'u':
		x.number(16, 4, 4)
	case 'U':
		x.number(16, 8, 8)
	case 'x':
		x.number(16, 1, 255)
	case '0':
		x.octal()
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		save := x.now
		x.now--
		n, _ := x.digits(10, 255)
		if x.now == save || n > 0 && int64(n) <= int64(x.groups) {
			x.ret(backref, rune(n))
			return
		}
		x.now = save
		x.octal()
	default:
		x.fail(badEscape)
	}
}

func (x *lexer) number(base uint32, least, most int) {
	n, length := x.digits(base, most)
	if length < least || n > 0x7ffffffe {
		x.fail(badEscape)
		return
	}
	x.ret(plain, rune(n))
}

func (x *lexer) octal() {
	x.now--
	n, length := x.digits(8, 3)
	if length < 1 {
		x.fail(badEscape)
		return
	}
	if n > 0xff {
		x.now--
		n >>= 3
	}
	x.ret(plain, rune(n))
}

// digits reads a number; it wraps around as PostgreSQL's does.
func (x *lexer) digits(base uint32, most int) (n uint32, length int) {
	for length < most && !x.atEnd() {
		var d uint32
		switch c := x.s[x.now]; {
		case isDigit(c):
			d = uint32(c - '0')
		case c|0x20 >= 'a' && c|0x20 <= 'f' && c < 0x80:
			d = uint32(c|0x20-'a') + 10
		default:
			return n, length
		}
		if d >= base {
			return n, length
		}
		x.now++
		length++
		n = n*base + d
	}
	return n, length
}
