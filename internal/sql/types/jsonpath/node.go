package jsonpath

import (
	"math"
	"strconv"

	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// kind is what a node of a path is.
type kind uint8

const (
	literal kind = iota
	variable
	root
	current
	last
	member
	anyMember
	anyElement
	subscript
	descend
	filter
	method
	arith // + - * / % of two operands
	sign  // + - of one
	compare
	and
	or
	not
	isUnknown
	exists
	startsWith
	likeRegex
)

// unlimited is the level "last" of a descent.
const unlimited = math.MaxUint32

// node is one step of a path or an expression; next is the accessor after it.
type node struct {
	kind        kind
	text        string // a name, an operator, a method, a pattern
	flags       string // of like_regex
	value       jsonval.Value
	left, right *node
	subs        []span
	from, to    uint32 // levels of a descent
	next        *node
}

// span is one subscript: from, and perhaps to.
type span struct{ from, to *node }

// Path is a path that was read. It is not changed, so it may be shared.
type Path struct {
	strict bool
	expr   *node
}

// String is the output function's text.
func (p *Path) String() string {
	var buf []byte
	if p.strict {
		buf = append(buf, "strict "...)
	}
	return string(p.expr.append(buf, false, true))
}

func (n *node) priority() int {
	switch n.kind {
	case or:
		return 0
	case and:
		return 1
	case compare, startsWith:
		return 2
	case arith:
		if n.text == "+" || n.text == "-" {
			return 3
		}
		return 4
	case sign:
		return 5
	}
	return 6
}

func (n *node) append(buf []byte, inKey, brackets bool) []byte {
	nested := func(c *node) { buf = c.append(buf, false, c.priority() <= n.priority()) }
	open := func() {
		if brackets {
			buf = append(buf, '(')
		}
	}
	end := func() {
		if brackets {
			buf = append(buf, ')')
		}
	}
	dot := func() {
		if inKey {
			buf = append(buf, '.')
		}
	}
	switch n.kind {
	case literal:
		// A point after a bare number would be the number's own.
		bare := n.value.Kind == jsonval.Number && n.next != nil
		if bare {
			buf = append(buf, '(')
		}
		buf = n.value.Append(buf)
		if bare {
			buf = append(buf, ')')
		}
	case variable:
		buf = jsonval.AppendString(append(buf, '$'), n.text)
	case root:
		buf = append(buf, '$')
	case current:
		buf = append(buf, '@')
	case last:
		buf = append(buf, "last"...)
	case member:
		dot()
		buf = jsonval.AppendString(buf, n.text)
	case anyMember:
		dot()
		buf = append(buf, '*')
	case anyElement:
		buf = append(buf, "[*]"...)
	case subscript:
		buf = append(buf, '[')
		for i, s := range n.subs {
			if i > 0 {
				buf = append(buf, ',')
			}
			buf = s.from.append(buf, false, false)
			if s.to != nil {
				buf = append(buf, " to "...)
				buf = s.to.append(buf, false, false)
			}
		}
		buf = append(buf, ']')
	case descend:
		dot()
		buf = n.appendLevels(append(buf, "**"...))
	case filter:
		buf = n.left.append(append(buf, "?("...), false, false)
		buf = append(buf, ')')
	case method:
		buf = append(append(append(buf, '.'), n.text...), '(')
		if n.left != nil {
			buf = n.left.append(buf, false, false)
		}
		buf = append(buf, ')')
	case arith, compare, and, or, startsWith:
		open()
		nested(n.left)
		buf = append(append(append(buf, ' '), n.text...), ' ')
		nested(n.right)
		end()
	case sign:
		open()
		buf = append(buf, n.text...)
		nested(n.left)
		end()
	case not:
		buf = n.left.append(append(buf, "!("...), false, false)
		buf = append(buf, ')')
	case isUnknown:
		buf = n.left.append(append(buf, '('), false, false)
		buf = append(buf, ") is unknown"...)
	case exists:
		buf = n.left.append(append(buf, "exists ("...), false, false)
		buf = append(buf, ')')
	case likeRegex:
		open()
		nested(n.left)
		buf = jsonval.AppendString(append(buf, " like_regex "...), n.text)
		if n.flags != "" {
			buf = append(append(append(buf, ` flag "`...), n.flags...), '"')
		}
		end()
	}
	if n.next != nil {
		buf = n.next.append(buf, true, true)
	}
	return buf
}

func (n *node) appendLevels(buf []byte) []byte {
	level := func(l uint32) {
		if l == unlimited {
			buf = append(buf, "last"...)
		} else {
			buf = strconv.AppendUint(buf, uint64(l), 10)
		}
	}
	if n.from == 0 && n.to == unlimited {
		return buf
	}
	buf = append(buf, '{')
	level(n.from)
	if n.from != n.to {
		buf = append(buf, " to "...)
		level(n.to)
	}
	return append(buf, '}')
}
