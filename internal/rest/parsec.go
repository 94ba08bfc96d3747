package rest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The dialect's error texts come from a backtracking parser that remembers, at the furthest position it failed, what it
// met and what it could have taken. This file keeps those books in the same way: each step says whether it consumed
// input, whether it succeeded, and which complaints it leaves behind even in success.

type complaintKind uint8

const (
	sysUnexpected complaintKind = iota
	unexpected
	expected
)

type complaint struct {
	kind complaintKind
	text string
}

type complaints struct {
	pos  int
	list []complaint
}

type reply struct {
	consumed, ok bool
	err          complaints
}

// maxDepth bounds nesting in select lists, logic trees and JSON bodies.
const maxDepth = 100

type parser struct {
	in      string
	pos     int
	depth   int
	tooDeep bool
}

func merge(a, b complaints) complaints {
	switch {
	case len(b.list) == 0 && len(a.list) > 0:
		return a
	case len(a.list) == 0 && len(b.list) > 0:
		return b
	case a.pos > b.pos:
		return a
	case a.pos < b.pos:
		return b
	case len(b.list) == 0:
		return a
	}
	return complaints{a.pos, append(slices.Clip(a.list), b.list...)}
}

func (e complaints) expecting(what string) complaints {
	list := make([]complaint, 1, len(e.list)+1)
	list[0] = complaint{expected, what}
	for _, c := range e.list {
		if c.kind != expected {
			list = append(list, c)
		}
	}
	return complaints{e.pos, list}
}

// done is success without consuming.
func (p *parser) done() reply { return reply{ok: true, err: complaints{pos: p.pos}} }

// fail is failure without consuming and without a complaint.
func (p *parser) fail() reply { return reply{err: complaints{pos: p.pos}} }

// then continues r with the next step n and says whether to go on.
func (r *reply) then(n reply) bool {
	if n.consumed {
		*r = n
		return n.ok
	}
	r.err = merge(r.err, n.err)
	r.ok = n.ok
	return n.ok
}

// or tries the alternatives in order; the next one only when the one before failed without consuming.
func (p *parser) or(alternatives ...func() reply) reply {
	start := p.pos
	r := alternatives[0]()
	for _, f := range alternatives[1:] {
		if r.ok || r.consumed {
			return r
		}
		p.pos = start
		n := f()
		if n.consumed {
			return n
		}
		n.err = merge(r.err, n.err)
		r = n
	}
	return r
}

// try makes a failure one that consumed nothing.
func (p *parser) try(f func() reply) reply {
	start := p.pos
	r := f()
	if !r.ok {
		r.consumed = false
		p.pos = start
	}
	return r
}

// label names what f expects, unless f consumed something.
func label(r reply, what string) reply {
	if r.consumed || r.ok && len(r.err.list) == 0 {
		return r
	}
	r.err = r.err.expecting(what)
	return r
}

// many repeats f until it fails without consuming.
func (p *parser) many(f func() reply) reply {
	r := p.done()
	for {
		start := p.pos
		n := f()
		switch {
		case n.ok && n.consumed:
			r = n
		case n.ok:
			return r
		case n.consumed:
			return n
		default:
			p.pos = start
			r.err = merge(r.err, n.err)
			if r.consumed {
				r.err = n.err
			}
			return r
		}
	}
}

// many1 is f once and then many.
func (p *parser) many1(f func() reply) reply {
	r := p.done()
	if r.then(f()) {
		r.then(p.many(f))
	}
	return r
}

// sepBy1 is f, then separator and f repeatedly.
func (p *parser) sepBy1(f, separator func() reply) reply {
	r := p.done()
	if r.then(f()) {
		r.then(p.many(func() reply {
			r := p.done()
			if r.then(separator()) {
				r.then(f())
			}
			return r
		}))
	}
	return r
}

// option is f, or nothing.
func (p *parser) option(f func() reply) reply { return p.or(f, p.done) }

func (p *parser) next() (rune, int) {
	if p.pos >= len(p.in) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(p.in[p.pos:])
}

// satisfy takes one character for which ok is true.
func (p *parser) satisfy(ok func(rune) bool) reply {
	c, size := p.next()
	if size == 0 {
		return reply{err: complaints{p.pos, []complaint{{sysUnexpected, ""}}}}
	}
	if !ok(c) {
		return reply{err: complaints{p.pos, []complaint{{sysUnexpected, showString(string(c))}}}}
	}
	p.pos += size
	return reply{consumed: true, ok: true, err: complaints{pos: p.pos}}
}

func (p *parser) char(want rune) reply {
	return label(p.satisfy(func(c rune) bool { return c == want }), showString(string(want)))
}

func (p *parser) oneOf(set string) reply {
	return p.satisfy(func(c rune) bool { return strings.ContainsRune(set, c) })
}

func (p *parser) noneOf(set string) reply {
	return p.satisfy(func(c rune) bool { return !strings.ContainsRune(set, c) })
}

func (p *parser) letter() reply { return label(p.satisfy(unicode.IsLetter), "letter") }

func (p *parser) digit() reply {
	return label(p.satisfy(func(c rune) bool { return c >= '0' && c <= '9' }), "digit")
}

// word takes exactly the text want.
func (p *parser) word(want string) reply {
	start := p.pos
	for i, w := range want {
		c, size := p.next()
		if size == 0 || c != w {
			met := ""
			if size > 0 {
				met = showString(string(c))
			}
			return reply{consumed: i > 0, err: complaints{start, []complaint{{expected, showString(want)}, {sysUnexpected, met}}}}
		}
		p.pos += size
	}
	return reply{consumed: true, ok: true, err: complaints{pos: p.pos}}
}

// ahead succeeds when f would, without consuming.
func (p *parser) ahead(f func() reply) reply {
	start := p.pos
	r := f()
	if r.ok {
		p.pos = start
		return reply{ok: true, err: complaints{pos: start}}
	}
	return r
}

// notFollowedBy succeeds when the next character is none for which is says true.
func (p *parser) notFollowedBy(is func(rune) bool) reply {
	start := p.pos
	r := p.satisfy(is)
	if !r.ok {
		return reply{ok: true, err: r.err}
	}
	c, _ := utf8.DecodeRuneInString(p.in[start:])
	after := p.pos
	p.pos = start
	return reply{err: complaints{after, []complaint{{unexpected, showChar(c)}}}}
}

func (p *parser) end() reply {
	c, size := p.next()
	if size == 0 {
		return reply{ok: true, err: complaints{p.pos, []complaint{{expected, "end of input"}, {sysUnexpected, ""}}}}
	}
	return reply{err: complaints{p.pos, []complaint{{expected, "end of input"}, {unexpected, showChar(c)}}}}
}

// down guards recursion; call up when it answers true.
func (p *parser) down() bool {
	p.depth++
	if p.depth > maxDepth {
		p.tooDeep = true
		return false
	}
	return true
}

func (p *parser) up() { p.depth-- }

// errorTexts gives the message and the details of a failure in the input called name.
func (p *parser) errorTexts(name string, e complaints) (message, details string) {
	line, column := 1, 1
	for _, c := range p.in[:min(e.pos, len(p.in))] {
		switch c {
		case '\n':
			line, column = line+1, 1
		case '\t':
			column += 8 - (column-1)%8
		default:
			column++
		}
	}
	message = fmt.Sprintf("\"%s\" (line %d, column %d)", name, line, column)
	return message, strings.TrimSpace(strings.ReplaceAll(explain(e.list), "\n", " "))
}

func explain(list []complaint) string {
	if len(list) == 0 {
		return "unknown parse error"
	}
	var sys, met, want []string
	for _, c := range list {
		switch c.kind {
		case sysUnexpected:
			sys = append(sys, c.text)
		case unexpected:
			met = append(met, c.text)
		case expected:
			want = append(want, c.text)
		}
	}
	var lines []string
	if len(met) == 0 && len(sys) > 0 {
		if sys[0] == "" {
			lines = append(lines, "unexpected end of input")
		} else {
			lines = append(lines, "unexpected "+sys[0])
		}
	}
	if s := enumerate(met); s != "" {
		lines = append(lines, "unexpected "+s)
	}
	if s := enumerate(want); s != "" {
		lines = append(lines, "expecting "+s)
	}
	return strings.Join(lines, "\n")
}

// enumerate writes "a, b or c" without repetitions and empty texts.
func enumerate(list []string) string {
	var once []string
	for _, s := range list {
		if s != "" && !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	switch len(once) {
	case 0:
		return ""
	case 1:
		return once[0]
	}
	return strings.Join(once[:len(once)-1], ", ") + " or " + once[len(once)-1]
}

func showString(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		if c == '"' {
			b.WriteString(`\"`)
			continue
		}
		b.WriteString(showRune(c))
	}
	b.WriteByte('"')
	return b.String()
}

func showChar(c rune) string {
	if c == '\'' {
		return `'\''`
	}
	return "'" + showRune(c) + "'"
}

func showRune(c rune) string {
	const controls = "NULSOHSTXETXEOTENQACK"
	switch {
	case c == '\\':
		return `\\`
	case c >= ' ' && c < 127:
		return string(c)
	case c == 127:
		return `\DEL`
	case c >= '\a' && c <= '\r':
		return string([]byte{'\\', "abtnvfr"[c-'\a']})
	case c < 7:
		return `\` + controls[3*c:3*c+3]
	}
	return `\` + strconv.Itoa(int(c))
}
