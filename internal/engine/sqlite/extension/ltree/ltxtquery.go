package ltree

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// node is an ltxtquery: a label (op 0) or an operator over others.
type node struct {
	op          byte
	label       part
	left, right *node
}

// maxDepth bounds the nesting of queries.
const maxDepth = 500

type textReader struct {
	queryReader
	depth int
}

func (r *textReader) skip() {
	for c, _ := r.peek(); c == ' ' || c >= '\t' && c <= '\r'; c, _ = r.peek() {
		r.next()
	}
}

func parseText(s string) (*node, error) {
	r := &textReader{queryReader: queryReader{s: s, pos: 1}}
	r.skip()
	n, err := r.or()
	if err != nil {
		return nil, err
	}
	if r.skip(); r.at < len(s) {
		return nil, errs.New("42601", "syntax error")
	}
	return n, nil
}

func (r *textReader) or() (*node, error) {
	n, err := r.and()
	for err == nil {
		r.skip()
		if c, _ := r.peek(); c != '|' {
			return n, nil
		}
		r.next()
		var right *node
		if right, err = r.and(); err == nil {
			n = &node{op: '|', left: n, right: right}
		}
	}
	return nil, err
}

func (r *textReader) and() (*node, error) {
	n, err := r.operand()
	for err == nil {
		r.skip()
		if c, _ := r.peek(); c != '&' {
			return n, nil
		}
		r.next()
		var right *node
		if right, err = r.operand(); err == nil {
			n = &node{op: '&', left: n, right: right}
		}
	}
	return nil, err
}

func (r *textReader) operand() (*node, error) {
	if r.depth++; r.depth > maxDepth {
		return nil, errs.New("54001", "stack depth limit exceeded")
	}
	defer func() { r.depth-- }()
	r.skip()
	switch c, _ := r.peek(); {
	case c == '!':
		r.next()
		n, err := r.operand()
		return &node{op: '!', right: n}, err
	case c == '(':
		r.next()
		n, err := r.or()
		if err != nil {
			return nil, err
		}
		r.skip()
		if c, _ := r.peek(); c != ')' {
			return nil, errs.New("42601", "syntax error")
		}
		r.next()
		return n, nil
	case labelRune(c) && r.at < len(r.s):
		start := r.at
		for c, _ = r.peek(); labelRune(c) && r.at < len(r.s); c, _ = r.peek() {
			r.next()
		}
		n := &node{label: part{text: r.s[start:r.at]}}
		for c, _ = r.peek(); c < 0x80 && n.label.flag(byte(c)); c, _ = r.peek() {
			r.next()
		}
		return n, nil
	case r.at == len(r.s):
		return nil, errs.New("42601", "operand syntax error")
	}
	return nil, errs.New("42601", "unquoted special symbol")
}

func (n *node) text(b *strings.Builder, first bool) {
	switch n.op {
	case 0:
		b.WriteString(n.label.String())
	case '!':
		b.WriteByte('!')
		if n.right.op != 0 {
			b.WriteString("( ")
			n.right.text(b, true)
			b.WriteString(" )")
			return
		}
		n.right.text(b, false)
	default:
		wrap := n.op == '|' && !first
		if wrap {
			b.WriteString("( ")
		}
		n.left.text(b, false)
		b.WriteString(" " + string(n.op) + " ")
		n.right.text(b, false)
		if wrap {
			b.WriteString(" )")
		}
	}
}

func (n *node) String() string {
	var b strings.Builder
	n.text(&b, true)
	return b.String()
}

func (n *node) matches(p path) bool {
	switch n.op {
	case '!':
		return !n.right.matches(p)
	case '&':
		return n.left.matches(p) && n.right.matches(p)
	case '|':
		return n.left.matches(p) || n.right.matches(p)
	}
	for _, label := range p {
		if n.label.matches(label) {
			return true
		}
	}
	return false
}
