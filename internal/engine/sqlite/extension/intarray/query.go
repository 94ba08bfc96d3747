package intarray

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// node is a query_int: a number (op 0) or an operator over others.
type node struct {
	op          byte
	n           int64
	left, right *node
}

const maxDepth = 500

type reader struct {
	s     string
	at    int
	depth int
}

func syntax() error { return errs.New("42601", "syntax error") }

func parse(s string) (*node, error) {
	r := &reader{s: s}
	n, err := r.list('|')
	if err == nil && r.peek() != 0 {
		err = syntax()
	}
	return n, err
}

func (r *reader) peek() byte {
	for r.at < len(r.s) && (r.s[r.at] == ' ' || r.s[r.at] >= '\t' && r.s[r.at] <= '\r') {
		r.at++
	}
	if r.at < len(r.s) {
		return r.s[r.at]
	}
	return 0
}

func (r *reader) list(op byte) (*node, error) {
	next := r.operand
	if op == '|' {
		next = func() (*node, error) { return r.list('&') }
	}
	n, err := next()
	for err == nil && r.peek() == op {
		r.at++
		var right *node
		if right, err = next(); err == nil {
			n = &node{op: op, left: n, right: right}
		}
	}
	return n, err
}

func (r *reader) operand() (*node, error) {
	if r.depth++; r.depth > maxDepth {
		return nil, errs.New("54001", "stack depth limit exceeded")
	}
	defer func() { r.depth-- }()
	switch c := r.peek(); {
	case c == '!':
		r.at++
		n, err := r.operand()
		return &node{op: '!', right: n}, err
	case c == '(':
		r.at++
		n, err := r.list('|')
		if err != nil {
			return nil, err
		}
		if r.peek() != ')' {
			return nil, syntax()
		}
		r.at++
		return n, nil
	case c == '-' || c >= '0' && c <= '9':
		start := r.at
		for r.at++; r.at < len(r.s) && r.s[r.at] >= '0' && r.s[r.at] <= '9'; {
			r.at++
		}
		n, err := strconv.ParseInt(r.s[start:r.at], 10, 32)
		if err != nil {
			return nil, syntax()
		}
		return &node{n: n}, nil
	}
	return nil, syntax()
}

func (n *node) String() string {
	var b strings.Builder
	n.text(&b, true)
	return b.String()
}

func (n *node) text(b *strings.Builder, first bool) {
	switch n.op {
	case 0:
		b.WriteString(strconv.FormatInt(n.n, 10))
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

func (n *node) holds(list []int64) bool {
	switch n.op {
	case '!':
		return !n.right.holds(list)
	case '&':
		return n.left.holds(list) && n.right.holds(list)
	case '|':
		return n.left.holds(list) || n.right.holds(list)
	}
	return has(list, n.n)
}

// needs says whether an array must have one of the query's numbers to satisfy it.
func (n *node) needs() bool {
	switch n.op {
	case '!':
		return false
	case '&':
		return n.left.needs() || n.right.needs()
	case '|':
		return n.left.needs() && n.right.needs()
	}
	return true
}
