package regex

import "github.com/basement-project/basement/internal/sql/types/ctype"

// brackets parses a bracket expression, whose [ is the present token.
func (p *parser) brackets() *expr {
	negative := p.value == 0
	p.advance()
	var list []ctype.Range
	for !p.see(']') && !p.see(eos) {
		list = p.bracketPart(list)
	}
	p.advance()
	if p.problem != "" {
		return &expr{op: opEmpty}
	}
	s := union(list)
	if negative {
		if p.flags&newlineStop != 0 {
			s = union(append(list, single('\n')))
		}
		s = complement(s)
	}
	return p.char(s)
}

func (p *parser) bracketPart(list []ctype.Range) []ctype.Range {
	fold := p.flags&IgnoreCase != 0
	var from rune
	switch p.next {
	case rangeTok:
		p.fail(badRange)
		return list
	case plain:
		from = p.value
		p.advance()
		if !p.see(rangeTok) {
			if fold {
				return append(list, cases(from)...)
			}
			return append(list, single(from))
		}
	case collel:
		from = p.element()
	case eclass:
		from = p.element()
		if fold {
			return append(list, cases(from)...)
		}
		return append(list, single(from))
	case cclass:
		name := p.scanPlain()
		if name == "" {
			p.fail(badClass)
			return list
		}
		s, ok := named(name, fold)
		if !ok {
			p.fail(badClass)
		}
		return append(list, s...)
	case class:
		list = append(list, byEscape(p.value)...)
		p.advance()
		return list
	case notClass:
		list = append(list, complement(byEscape(p.value))...)
		p.advance()
		return list
	default:
		p.fail(badPattern)
		return list
	}
	to := from
	if p.see(rangeTok) {
		p.advance()
		switch p.next {
		case plain, rangeTok:
			to = p.value
			p.advance()
		case collel:
			to = p.element()
		default:
			p.fail(badRange)
			return list
		}
	}
	if p.problem != "" {
		return list
	}
	if from > to {
		p.fail(badRange)
		return list
	}
	list = append(list, ctype.Range{Lo: from, Hi: to})
	if fold {
		for c := from; c <= min(to, maxRune); c++ {
			if l := ctype.ToLower(c); l != c {
				list = append(list, single(l))
			}
			if u := ctype.ToUpper(c); u != c {
				list = append(list, single(u))
			}
		}
	}
	return list
}

// scanPlain reads the name up to the closing .], =] or :].
func (p *parser) scanPlain() string {
	from := p.now
	p.advance()
	to := p.now
	for p.see(plain) {
		to = p.now
		p.advance()
	}
	p.advance()
	return string(p.s[min(from, to):to])
}

func (p *parser) element() rune {
	name := []rune(p.scanPlain())
	if len(name) == 1 {
		return name[0]
	}
	c, ok := collating[string(name)]
	if !ok {
		p.fail(badCollating)
	}
	return c
}
