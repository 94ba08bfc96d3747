package jsonpath

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// methods are the item methods without arguments.
var methods = map[string]bool{"abs": true, "size": true, "type": true, "floor": true, "double": true, "ceiling": true, "keyvalue": true}

func (p *parser) accessor() (*node, error) {
	switch {
	case p.punct("."):
		if err := p.next(); err != nil {
			return nil, err
		}
		return p.afterDot()
	case p.tok.kind == tokNumber && p.tok.raw[0] == '.':
		return nil, p.syntax()
	case p.punct("["):
		return p.index()
	case p.punct("?"):
		if err := p.next(); err != nil {
			return nil, err
		}
		if err := p.expect("("); err != nil {
			return nil, err
		}
		p.inFilter++
		inner, err := p.or()
		p.inFilter--
		if err != nil {
			return nil, err
		}
		if !inner.isPredicate() {
			return nil, p.syntax()
		}
		return &node{kind: filter, left: inner}, p.expect(")")
	}
	return nil, nil
}

func (p *parser) afterDot() (*node, error) {
	tok := p.tok
	switch {
	case p.punct("*"):
		return &node{kind: anyMember}, p.next()
	case p.punct("**"):
		return p.descent()
	case tok.kind == tokString:
		return &node{kind: member, text: tok.text}, p.next()
	case tok.kind == tokName:
		if err := p.next(); err != nil {
			return nil, err
		}
		lower := strings.ToLower(tok.text)
		if p.punct("(") && (methods[lower] || lower == "datetime") {
			if err := p.next(); err != nil {
				return nil, err
			}
			if lower == "datetime" && p.tok.kind == tokString {
				n := &node{kind: method, text: lower, left: &node{kind: literal, value: jsonval.Value{Kind: jsonval.String, Text: p.tok.text}}}
				if err := p.next(); err != nil {
					return nil, err
				}
				return n, p.expect(")")
			}
			return &node{kind: method, text: lower}, p.expect(")")
		}
		return &node{kind: member, text: tok.text}, nil
	}
	return nil, p.syntax()
}

func (p *parser) descent() (*node, error) {
	n := &node{kind: descend, to: unlimited}
	if err := p.next(); err != nil || !p.punct("{") {
		return n, err
	}
	if err := p.next(); err != nil {
		return nil, err
	}
	level := func(to *uint32) error {
		switch {
		case p.keyword("last"):
			*to = unlimited
		case p.tok.kind == tokNumber:
			v, err := strconv.ParseUint(p.tok.text, 10, 31)
			if err != nil {
				return p.syntax()
			}
			*to = uint32(v)
		default:
			return p.syntax()
		}
		return p.next()
	}
	if err := level(&n.from); err != nil {
		return nil, err
	}
	n.to = n.from
	if p.keyword("to") {
		if err := p.next(); err != nil {
			return nil, err
		}
		if err := level(&n.to); err != nil {
			return nil, err
		}
	}
	return n, p.expect("}")
}

func (p *parser) index() (*node, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	if p.punct("*") {
		if err := p.next(); err != nil {
			return nil, err
		}
		return &node{kind: anyElement}, p.expect("]")
	}
	n := &node{kind: subscript}
	p.inIndex++
	defer func() { p.inIndex-- }()
	for {
		var s span
		var err error
		if s.from, err = p.additive(); err != nil {
			return nil, err
		}
		if p.keyword("to") {
			if err := p.next(); err != nil {
				return nil, err
			}
			if s.to, err = p.additive(); err != nil {
				return nil, err
			}
		}
		n.subs = append(n.subs, s)
		if !p.punct(",") {
			return n, p.expect("]")
		}
		if err := p.next(); err != nil {
			return nil, err
		}
	}
}
