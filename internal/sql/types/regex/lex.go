package regex

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/ctype"
)

// Flags are the options of a pattern.
type Flags uint16

// The options. No option at all is a basic regular expression; Advanced is what PostgreSQL takes without being told.
const (
	extended Flags = 1 << iota
	features       // what advanced expressions have beyond extended ones
	quote          // the pattern is a plain text
	IgnoreCase
	expanded      // white space and comments mean nothing
	newlineStop   // . and [^] never match a newline
	newlineAnchor // ^ and $ match at newlines
	Advanced      = extended | features
	newline       = newlineStop | newlineAnchor
)

// ParseFlags reads the letters PostgreSQL's functions take; global says that g is among them.
func ParseFlags(letters string) (flags Flags, global bool, err error) {
	flags = Advanced
	for _, c := range letters {
		if c == 'g' {
			global = true
			continue
		}
		switch c {
		case 'b', 'e':
			// PostgreSQL means e to be extended expressions, but clears that too.
			flags &^= Advanced | quote
		default:
			var ok bool
			if flags, ok = flags.with(c); !ok {
				return 0, false, errs.New("22023", "invalid regular expression option: \"%c\"", c)
			}
		}
	}
	return flags, global, nil
}

// with applies one letter that means the same in the functions' argument and inside a pattern.
func (f Flags) with(c rune) (Flags, bool) {
	switch c {
	case 'c':
		return f &^ IgnoreCase, true
	case 'i':
		return f | IgnoreCase, true
	case 'm', 'n':
		return f | newline, true
	case 'p':
		return f&^newlineAnchor | newlineStop, true
	case 'q':
		return f&^Advanced | quote, true
	case 's':
		return f &^ newline, true
	case 't':
		return f &^ expanded, true
	case 'w':
		return f&^newlineStop | newlineAnchor, true
	case 'x':
		return f | expanded, true
	}
	return f, false
}

// kind is a token's kind: a character that stands for itself, or one of these.
type kind rune

const (
	empty    kind = -1 - iota // before the first token
	eos                       // the end
	plain                     // an ordinary character
	digit                     // inside of a bound
	backref                   // value is the group
	collel                    // [.
	eclass                    // [=
	cclass                    // [:
	end                       // .] =] :]
	rangeTok                  // - in brackets
	lacon                     // a look-around; value is 0 to 3: bit 0 negative, bit 1 behind
	class                     // \d and so on; value is a letter
	notClass                  // \D and so on
	sbegin                    // \A
	send                      // \Z
	wbdry                     // \y
	nwbdry                    // \Y
)

// context is where in the pattern the lexer is.
type context uint8

const (
	inERE context = iota
	inBRE
	inQuote
	inBound
	inBREBound
	inBracket
	inCollating
	inEquivalence
	inClass
)

// fault is what is wrong with a pattern, in PostgreSQL's words.
type fault string

const (
	badPattern   fault = "invalid regexp (reg version 0.8)"
	badCollating fault = "invalid collating element"
	badClass     fault = "invalid character class"
	badEscape    fault = `invalid escape \ sequence`
	badGroup     fault = "invalid backreference number"
	badBracket   fault = "brackets [] not balanced"
	badParen     fault = "parentheses () not balanced"
	badBrace     fault = "braces {} not balanced"
	badBound     fault = "invalid repetition count(s)"
	badRange     fault = "invalid character range"
	badRepeat    fault = "quantifier operand invalid"
	badArgument  fault = "invalid argument to regex function"
	badOption    fault = "invalid embedded option"
	tooBig       fault = "regular expression is too complex"
)

type lexer struct {
	s       []rune
	now     int
	flags   Flags
	ctx     context
	last    kind
	next    kind
	value   rune
	groups  int // capturing parentheses so far
	problem fault
}

// fail keeps the first fault; from then on there is nothing more to read.
func (x *lexer) fail(f fault) {
	x.next = eos
	if x.problem == "" {
		x.problem = f
	}
}

func (x *lexer) atEnd() bool { return x.now >= len(x.s) }

func (x *lexer) see(k kind) bool { return x.next == k }

func (x *lexer) follows(text string) bool {
	for i, c := range []rune(text) {
		if x.now+i >= len(x.s) || x.s[x.now+i] != c {
			return false
		}
	}
	return true
}

func (x *lexer) ret(k kind, value rune) { x.next, x.value = k, value }

// start reads what stands before the expression proper, and the first token.
func (x *lexer) start() {
	x.prefixes()
	x.last, x.next = empty, empty
	switch {
	case x.problem != "":
		x.next = eos
		return
	case x.flags&quote != 0:
		x.ctx = inQuote
	case x.flags&extended != 0:
		x.ctx = inERE
	default:
		x.ctx = inBRE
	}
	x.advance()
}

func (x *lexer) prefixes() {
	if x.flags&quote != 0 {
		return
	}
	if x.follows("***") && x.now+4 <= len(x.s) {
		switch x.s[x.now+3] {
		case '?':
			x.fail(badPattern)
			return
		case '=':
			x.flags = x.flags&^(Advanced|expanded|newline) | quote
			x.now += 4
			return
		case ':':
			x.flags |= Advanced
			x.now += 4
		default:
			x.fail(badRepeat)
			return
		}
	}
	if x.flags&Advanced != Advanced || !x.follows("(?") || x.now+2 >= len(x.s) || !ctype.IsAlpha(x.s[x.now+2]) {
		return
	}
	for x.now += 2; !x.atEnd() && ctype.IsAlpha(x.s[x.now]); x.now++ {
		switch c := x.s[x.now]; c {
		case 'b':
			x.flags &^= Advanced
		case 'e':
			x.flags = x.flags&^(features|quote) | extended
		default:
			var ok bool
			if x.flags, ok = x.flags.with(c); !ok {
				x.fail(badOption)
				return
			}
		}
	}
	if !x.follows(")") {
		x.fail(badOption)
		return
	}
	x.now++
	if x.flags&quote != 0 {
		x.flags &^= expanded | newline
	}
}

func isLetter(c rune) bool { return c < 0x80 && (c|0x20 >= 'a' && c|0x20 <= 'z') }
func isDigit(c rune) bool  { return c >= '0' && c <= '9' }

// skip passes over white space and comments.
func (x *lexer) skip() {
	for {
		for !x.atEnd() && ctype.IsSpace(x.s[x.now]) {
			x.now++
		}
		if x.atEnd() || x.s[x.now] != '#' {
			return
		}
		for !x.atEnd() && x.s[x.now] != '\n' {
			x.now++
		}
	}
}

// advance reads the next token.
func (x *lexer) advance() {
	if x.problem != "" {
		x.next = eos
		return
	}
	x.last = x.next
	if x.flags&expanded != 0 && x.ctx != inQuote && x.ctx < inBracket {
		x.skip()
	}
	if x.atEnd() {
		switch x.ctx {
		case inERE, inBRE, inQuote:
			x.ret(eos, 0)
		case inBound, inBREBound:
			x.fail(badBrace)
		default:
			x.fail(badBracket)
		}
		return
	}
	c := x.s[x.now]
	x.now++
	switch x.ctx {
	case inERE:
		x.ere(c)
	case inBRE:
		x.bre(c)
	case inQuote:
		x.ret(plain, c)
	case inBound, inBREBound:
		x.bound(c)
	case inBracket:
		x.bracket(c)
	default:
		mark := map[context]rune{inCollating: '.', inEquivalence: '=', inClass: ':'}[x.ctx]
		if c == mark && x.follows("]") {
			x.now++
			x.ctx = inBracket
			x.ret(end, c)
			return
		}
		x.ret(plain, c)
	}
}

func (x *lexer) bound(c rune) {
	switch {
	case isDigit(c):
		x.ret(digit, c-'0')
	case c == ',':
		x.ret(',', 0)
	case c == '}' && x.ctx == inBound:
		x.ctx = inERE
		x.greedy('}')
	case c == '\\' && x.ctx == inBREBound && x.follows("}"):
		x.now++
		x.ctx = inBRE
		x.ret('}', 1)
	default:
		x.fail(badBound)
	}
}

// greedy is a quantifier's token: its value is 0 when ? makes it prefer the shortest.
func (x *lexer) greedy(k kind) {
	if x.flags&features != 0 && x.follows("?") {
		x.now++
		x.ret(k, 0)
		return
	}
	x.ret(k, 1)
}

func (x *lexer) bracket(c rune) {
	switch c {
	case '\\':
		if x.flags&features == 0 {
			x.ret(plain, c)
			return
		}
		if x.atEnd() {
			x.fail(badEscape)
			return
		}
		x.escape()
		if x.problem == "" && x.next != plain && x.next != class && x.next != notClass {
			x.fail(badEscape)
		}
	case '-':
		if x.last == '[' || x.follows("]") {
			x.ret(plain, c)
		} else {
			x.ret(rangeTok, c)
		}
	case ']':
		if x.last == '[' {
			x.ret(plain, c)
			return
		}
		x.ctx = inBRE
		if x.flags&extended != 0 {
			x.ctx = inERE
		}
		x.ret(']', 0)
	case '[':
		if x.atEnd() {
			x.fail(badBracket)
			return
		}
		x.now++
		switch x.s[x.now-1] {
		case '.':
			x.ctx = inCollating
			x.ret(collel, 0)
		case '=':
			x.ctx = inEquivalence
			x.ret(eclass, 0)
		case ':':
			x.ctx = inClass
			x.ret(cclass, 0)
		default:
			x.now--
			x.ret(plain, c)
		}
	default:
		x.ret(plain, c)
	}
}

// openBracket starts a bracket expression, or is one of the two that stand for the ends of words.
func (x *lexer) openBracket() {
	for _, side := range []rune{'<', '>'} {
		if x.follows("[:" + string(side) + ":]]") {
			x.now += 6
			x.ret(kind(side), 0)
			return
		}
	}
	x.ctx = inBracket
	if x.follows("^") {
		x.now++
		x.ret('[', 0)
		return
	}
	x.ret('[', 1)
}

func (x *lexer) ere(c rune) {
	switch c {
	case '|', '.', '^', '$':
		x.ret(kind(c), 0)
	case '*', '+', '?':
		x.greedy(kind(c))
	case '{':
		if x.flags&expanded != 0 {
			x.skip()
		}
		if x.atEnd() || !isDigit(x.s[x.now]) {
			x.ret(plain, c)
			return
		}
		x.ctx = inBound
		x.ret('{', 0)
	case '(':
		x.paren()
	case ')':
		x.ret(')', c)
	case '[':
		x.openBracket()
	case '\\':
		switch {
		case x.atEnd():
			x.fail(badEscape)
		case x.flags&features == 0:
			x.now++
			x.ret(plain, x.s[x.now-1])
		default:
			x.escape()
		}
	default:
		x.ret(plain, c)
	}
}

func (x *lexer) paren() {
	if x.flags&features == 0 || !x.follows("?") {
		x.ret('(', 1)
		return
	}
	x.now++
	if x.atEnd() {
		x.fail(badRepeat)
		return
	}
	x.now++
	switch x.s[x.now-1] {
	case ':':
		x.ret('(', 0)
	case '#':
		for !x.atEnd() && x.s[x.now] != ')' {
			x.now++
		}
		if !x.atEnd() {
			x.now++
		}
		x.advance()
	case '=':
		x.ret(lacon, 0)
	case '!':
		x.ret(lacon, 1)
	case '<':
		if x.atEnd() {
			x.fail(badRepeat)
			return
		}
		x.now++
		switch x.s[x.now-1] {
		case '=':
			x.ret(lacon, 2)
		case '!':
			x.ret(lacon, 3)
		default:
			x.fail(badRepeat)
		}
	default:
		x.fail(badRepeat)
	}
}

func (x *lexer) bre(c rune) {
	switch c {
	case '*':
		if x.last == empty || x.last == '(' || x.last == '|' {
			x.ret(plain, c)
			return
		}
		x.ret('*', 1)
		return
	case '[':
		x.openBracket()
		return
	case '.':
		x.ret('.', 0)
		return
	case '^':
		if x.last == empty || x.last == '(' {
			x.ret('^', 0)
			return
		}
		x.ret(plain, c)
		return
	case '$':
		if x.flags&expanded != 0 {
			x.skip()
		}
		if x.atEnd() || x.follows(`\)`) {
			x.ret('$', 0)
			return
		}
		x.ret(plain, c)
		return
	case '\\':
	default:
		x.ret(plain, c)
		return
	}
	if x.atEnd() {
		x.fail(badEscape)
		return
	}
	c = x.s[x.now]
	x.now++
	switch {
	case c == '{':
		x.ctx = inBREBound
		x.ret('{', 0)
	case c == '(':
		x.ret('(', 1)
	case c == ')':
		x.ret(')', c)
	case c == '<' || c == '>':
		x.ret(kind(c), 0)
	case c >= '1' && c <= '9':
		x.ret(backref, c-'0')
	default:
		x.ret(plain, c)
	}
}
