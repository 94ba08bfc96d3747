package textsearch

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Op is what a node of a query does.
type Op uint8

// The operators, in the order of how strongly they bind.
const (
	Or Op = iota + 1
	And
	Phrase
	Not
	Word
)

// Query is a node of a tsquery. A nil *Query is the empty query.
type Query struct {
	Op          Op
	Left, Right *Query // Not has Right alone
	Distance    int    // of Phrase: 1 is <->
	Text        string // of Word
	Weights     uint8  // of Word: bit 0 is D, bit 3 is A; 0 is any
	Prefix      bool   // of Word
}

const maxDepth = 5000

type queryParser struct {
	all   string
	s     string
	depth int
}

func (p *queryParser) syntax() error {
	return errs.New("42601", "syntax error in tsquery: \"%s\"", p.all)
}

func (p *queryParser) space() {
	for p.s != "" && isSpace(p.s[0]) {
		p.s = p.s[1:]
	}
}

// ParseQuery reads a tsquery as the input function does.
func ParseQuery(text string) (*Query, error) {
	p := &queryParser{all: text, s: text}
	p.space()
	if p.s == "" {
		return nil, nil
	}
	q, err := p.binary(Or)
	if err != nil {
		return nil, err
	}
	if p.space(); p.s != "" {
		return nil, p.syntax()
	}
	return q, nil
}

// operator looks for a binary operator, without taking it.
func (p *queryParser) operator() (op Op, distance, length int, err error) {
	p.space()
	switch {
	case p.s == "":
	case p.s[0] == '&':
		return And, 0, 1, nil
	case p.s[0] == '|':
		return Or, 0, 1, nil
	case p.s == "<->":
		// PostgreSQL wants to see what follows before it takes this for an operator.
		return 0, 0, 0, p.syntax()
	case strings.HasPrefix(p.s, "<->"):
		return Phrase, 1, 3, nil
	case p.s[0] == '<':
		end := strings.IndexByte(p.s, '>')
		if end < 2 || end+1 == len(p.s) || strings.Trim(p.s[1:end], "0123456789") != "" {
			return 0, 0, 0, p.syntax()
		}
		n, convErr := strconv.Atoi(p.s[1:end])
		if convErr != nil || n > maxPosition+1 {
			return 0, 0, 0, errs.New("22023", "distance in phrase operator must be an integer value between zero and %d inclusive", maxPosition+1)
		}
		return Phrase, n, end + 1, nil
	case p.s[0] != ')':
		return 0, 0, 0, p.syntax()
	}
	return 0, 0, 0, nil
}

// binary reads operands joined by operators that bind at least as strongly as level.
func (p *queryParser) binary(level Op) (*Query, error) {
	if level == Not {
		return p.operand()
	}
	left, err := p.binary(level + 1)
	for err == nil {
		var op Op
		var distance, length int
		if op, distance, length, err = p.operator(); err != nil || op != level {
			break
		}
		p.s = p.s[length:]
		var right *Query
		if right, err = p.binary(level + 1); err == nil {
			left = &Query{Op: op, Left: left, Right: right, Distance: distance}
		}
	}
	return left, err
}

func (p *queryParser) operand() (*Query, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, errs.New("54001", "stack depth limit exceeded")
	}
	p.space()
	switch {
	case p.s == "":
		return nil, errs.New("42601", "no operand in tsquery: \"%s\"", p.all)
	case p.s[0] == '!':
		p.s = p.s[1:]
		q, err := p.operand()
		return &Query{Op: Not, Right: q}, err
	case p.s[0] == '(':
		p.s = p.s[1:]
		q, err := p.binary(Or)
		if err != nil {
			return nil, err
		}
		if p.space(); !strings.HasPrefix(p.s, ")") {
			return nil, p.syntax()
		}
		p.s = p.s[1:]
		return q, nil
	case p.s[0] == ':':
		return nil, p.syntax()
	}
	text, rest, _, fault := word(p.s, true)
	switch {
	case fault == "escape":
		return nil, errs.New("42601", "there is no escaped character: \"%s\"", p.all)
	case fault != "":
		return nil, p.syntax()
	case len(text) > maxWord:
		return nil, errs.New("54000", "word is too long in tsquery: \"%s\"", p.all)
	}
	q := &Query{Op: Word, Text: text}
	p.s = rest
	if strings.HasPrefix(p.s, ":") {
		p.s = p.s[1:]
		for p.s != "" {
			if p.s[0] == '*' {
				q.Prefix = true
			} else if w := strings.IndexByte("dcba", p.s[0]|0x20); w >= 0 {
				q.Weights |= 1 << w
			} else {
				break
			}
			p.s = p.s[1:]
		}
	}
	return q, nil
}

// String is the output function's text.
func (q *Query) String() string {
	if q == nil {
		return ""
	}
	return string(q.append(nil, 0, false))
}

func (q *Query) append(buf []byte, parent Op, rightOfPhrase bool) []byte {
	if q.Op == Word {
		buf = appendWord(buf, q.Text)
		if q.Prefix || q.Weights != 0 {
			buf = append(buf, ':')
			if q.Prefix {
				buf = append(buf, '*')
			}
			for w := 3; w >= 0; w-- {
				if q.Weights&(1<<w) != 0 {
					buf = append(buf, "DCBA"[w])
				}
			}
		}
		return buf
	}
	paren := q.Op < parent || q.Op == Phrase && rightOfPhrase
	if paren {
		buf = append(buf, "( "...)
	}
	switch q.Op {
	case Not:
		buf = q.Right.append(append(buf, '!'), Not, false)
	default:
		buf = q.Left.append(buf, q.Op, false)
		switch {
		case q.Op == Or:
			buf = append(buf, " | "...)
		case q.Op == And:
			buf = append(buf, " & "...)
		case q.Distance == 1:
			buf = append(buf, " <-> "...)
		default:
			buf = append(strconv.AppendInt(append(buf, " <"...), int64(q.Distance), 10), "> "...)
		}
		buf = q.Right.append(buf, q.Op, q.Op == Phrase)
	}
	if paren {
		buf = append(buf, " )"...)
	}
	return buf
}
