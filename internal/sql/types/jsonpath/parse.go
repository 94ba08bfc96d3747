package jsonpath

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/numeric"
	"github.com/basement-project/basement/internal/sql/types/regex"
)

// maxDepth bounds nesting.
const maxDepth = 1000

type parser struct {
	lexer
	depth    int
	inFilter int // filters around: @ is allowed
	inIndex  int // subscripts around: last is allowed
}

// Parse reads a path as jsonpath's input function does.
func Parse(text string) (*Path, error) {
	if strings.IndexByte(text, 0) >= 0 {
		return nil, errs.New("22021", "invalid byte sequence for encoding \"UTF8\": 0x00")
	}
	p := &parser{lexer: lexer{s: text}}
	if err := p.next(); err != nil {
		return nil, err
	}
	if p.tok.kind == tokEnd {
		return nil, errs.New("22P02", "invalid input syntax for type jsonpath: \"%s\"", text)
	}
	out := &Path{}
	if p.keyword("strict") || p.keyword("lax") {
		out.strict = strings.EqualFold(p.tok.text, "strict")
		if err := p.next(); err != nil {
			return nil, err
		}
	}
	var err error
	if out.expr, err = p.or(); err != nil {
		return nil, err
	}
	if p.tok.kind != tokEnd {
		return nil, p.syntax()
	}
	return out, nil
}

func (p *parser) keyword(word string) bool {
	return p.tok.kind == tokName && strings.EqualFold(p.tok.text, word)
}

func (p *parser) punct(text string) bool { return p.tok.kind == tokPunct && p.tok.text == text }

func (p *parser) expect(text string) error {
	if !p.punct(text) {
		return p.syntax()
	}
	return p.next()
}

func (p *parser) expectKeyword(word string) error {
	if !p.keyword(word) {
		return p.syntax()
	}
	return p.next()
}

// isPredicate says whether a node's own value is a truth value.
func (n *node) isPredicate() bool {
	return n.next == nil && n.kind >= compare
}

func (p *parser) or() (*node, error) {
	return p.logical(or, "||", p.and)
}

func (p *parser) and() (*node, error) {
	return p.logical(and, "&&", p.comparison)
}

func (p *parser) logical(k kind, op string, operand func() (*node, error)) (*node, error) {
	left, err := operand()
	for err == nil && p.punct(op) {
		if !left.isPredicate() {
			return nil, p.syntax()
		}
		if err = p.next(); err != nil {
			break
		}
		var right *node
		if right, err = operand(); err != nil {
			break
		}
		if !right.isPredicate() {
			return nil, p.syntax()
		}
		left = &node{kind: k, text: op, left: left, right: right}
	}
	return left, err
}

func (p *parser) comparison() (*node, error) {
	left, err := p.additive()
	if err != nil {
		return nil, err
	}
	if left.isPredicate() {
		return left, nil
	}
	switch {
	case p.tok.kind == tokPunct && strings.Contains(" == != <> < > <= >= ", " "+p.tok.text+" "):
		op := p.tok.text
		if op == "<>" {
			op = "!="
		}
		if err := p.next(); err != nil {
			return nil, err
		}
		right, err := p.additive()
		if err != nil {
			return nil, err
		}
		if right.isPredicate() {
			return nil, p.syntax()
		}
		return &node{kind: compare, text: op, left: left, right: right}, nil
	case p.keyword("starts"):
		if err := p.next(); err != nil {
			return nil, err
		}
		if err := p.expectKeyword("with"); err != nil {
			return nil, err
		}
		n := &node{kind: startsWith, text: "starts with", left: left}
		switch p.tok.kind {
		case tokString:
			n.right = &node{kind: literal, value: jsonval.Value{Kind: jsonval.String, Text: p.tok.text}}
		case tokVariable:
			n.right = &node{kind: variable, text: p.tok.text}
		default:
			return nil, p.syntax()
		}
		return n, p.next()
	case p.keyword("like_regex"):
		return p.regex(left)
	}
	return left, nil
}

func (p *parser) regex(left *node) (*node, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	if p.tok.kind != tokString {
		return nil, p.syntax()
	}
	n := &node{kind: likeRegex, left: left, text: p.tok.text}
	if err := p.next(); err != nil {
		return nil, err
	}
	if p.keyword("flag") {
		if err := p.next(); err != nil {
			return nil, err
		}
		if p.tok.kind != tokString {
			return nil, p.syntax()
		}
		for _, r := range p.tok.text {
			if !strings.ContainsRune("ismxq", r) {
				return nil, errs.New("42601", "invalid input syntax for type jsonpath").
					WithDetail("Unrecognized flag character \"%c\" in LIKE_REGEX predicate.", r)
			}
		}
		for _, r := range "ismxq" {
			if strings.ContainsRune(p.tok.text, r) {
				n.flags += string(r)
			}
		}
		if err := p.next(); err != nil {
			return nil, err
		}
	}
	if strings.Contains(n.flags, "x") && !strings.Contains(n.flags, "q") {
		return nil, errs.New("0A000", "XQuery \"x\" flag (expanded regular expressions) is not implemented")
	}
	if _, err := n.compile(); err != nil {
		return nil, err
	}
	return n, nil
}

// compile gives the pattern of like_regex.
func (n *node) compile() (*regex.Regex, error) {
	flags, _, err := regex.ParseFlags(n.regexFlags())
	if err != nil {
		return nil, err
	}
	return regex.Compile(n.text, flags)
}

// regexFlags are the letters PostgreSQL's functions take for the flags of like_regex.
func (n *node) regexFlags() string {
	flags := ""
	if strings.Contains(n.flags, "i") {
		flags = "i"
	}
	dotAll, lines := strings.Contains(n.flags, "s"), strings.Contains(n.flags, "m")
	switch {
	case strings.Contains(n.flags, "q"):
		flags += "q"
	case lines && dotAll:
		flags += "w"
	case lines:
		flags += "n"
	case !dotAll:
		flags += "p"
	}
	return flags
}

func (p *parser) additive() (*node, error) { return p.binary("+-", p.multiplicative) }

func (p *parser) multiplicative() (*node, error) { return p.binary("*/%", p.unary) }

func (p *parser) binary(ops string, operand func() (*node, error)) (*node, error) {
	left, err := operand()
	for err == nil && p.tok.kind == tokPunct && len(p.tok.text) == 1 && strings.Contains(ops, p.tok.text) {
		if left.isPredicate() {
			return nil, p.syntax()
		}
		op := p.tok.text
		if err = p.next(); err != nil {
			break
		}
		var right *node
		if right, err = operand(); err != nil {
			break
		}
		if right.isPredicate() {
			return nil, p.syntax()
		}
		left = &node{kind: arith, text: op, left: left, right: right}
	}
	return left, err
}

func (p *parser) unary() (*node, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return nil, errs.New("54001", "stack depth limit exceeded")
	}
	switch {
	case p.punct("+"), p.punct("-"):
		op := p.tok.text
		if err := p.next(); err != nil {
			return nil, err
		}
		operand, err := p.unary()
		if err != nil {
			return nil, err
		}
		if operand.isPredicate() {
			return nil, p.syntax()
		}
		if operand.kind == literal && operand.value.Kind == jsonval.Number && operand.next == nil {
			// A sign before a number belongs to the number.
			if op == "-" {
				n, err := numeric.Parse(operand.value.Text)
				if err != nil {
					return nil, err
				}
				operand.value.Text = n.Neg().String()
			}
			return operand, nil
		}
		return &node{kind: sign, text: op, left: operand}, nil
	case p.punct("!"):
		if err := p.next(); err != nil {
			return nil, err
		}
		if !p.punct("(") && !p.keyword("exists") {
			return nil, p.syntax()
		}
		operand, err := p.accessors()
		if err != nil {
			return nil, err
		}
		if !operand.isPredicate() {
			return nil, p.syntax()
		}
		return &node{kind: not, left: operand}, nil
	}
	return p.accessors()
}

// accessors reads a primary and what follows it.
func (p *parser) accessors() (*node, error) {
	first, err := p.primary()
	if err != nil {
		return nil, err
	}
	tail := first
	for tail.next != nil {
		tail = tail.next
	}
	for {
		n, err := p.accessor()
		if err != nil {
			return nil, err
		}
		if n == nil {
			return first, nil
		}
		tail.next = n
		tail = n
	}
}

func number(text string) (*node, error) {
	n, err := numeric.Parse(text)
	if err != nil {
		return nil, err
	}
	return &node{kind: literal, value: jsonval.Value{Kind: jsonval.Number, Text: n.String()}}, nil
}

func (p *parser) primary() (*node, error) {
	tok := p.tok
	switch {
	case tok.kind == tokString:
		return &node{kind: literal, value: jsonval.Value{Kind: jsonval.String, Text: tok.text}}, p.next()
	case tok.kind == tokVariable:
		return &node{kind: variable, text: tok.text}, p.next()
	case tok.kind == tokNumber:
		n, err := number(tok.text)
		if err != nil {
			return nil, err
		}
		return n, p.next()
	case p.punct("$"):
		return &node{kind: root}, p.next()
	case p.punct("@"):
		if p.inFilter == 0 {
			return nil, errs.New("42601", "@ is not allowed in root expressions")
		}
		return &node{kind: current}, p.next()
	case tok.kind == tokName && tok.text == "null":
		return &node{kind: literal}, p.next()
	case tok.kind == tokName && (tok.text == "true" || tok.text == "false"):
		return &node{kind: literal, value: jsonval.Value{Kind: jsonval.Bool, Bool: tok.text == "true"}}, p.next()
	case p.keyword("last"):
		if p.inIndex == 0 {
			return nil, errs.New("42601", "LAST is allowed only in array subscripts")
		}
		return &node{kind: last}, p.next()
	case p.keyword("exists"):
		if err := p.next(); err != nil {
			return nil, err
		}
		if err := p.expect("("); err != nil {
			return nil, err
		}
		inner, err := p.or()
		if err != nil {
			return nil, err
		}
		if inner.isPredicate() {
			return nil, p.syntax()
		}
		return &node{kind: exists, left: inner}, p.expect(")")
	case p.punct("("):
		return p.parenthesis()
	}
	return nil, p.syntax()
}

func (p *parser) parenthesis() (*node, error) {
	if err := p.next(); err != nil {
		return nil, err
	}
	inner, err := p.or()
	if err != nil {
		return nil, err
	}
	if err := p.expect(")"); err != nil {
		return nil, err
	}
	if p.keyword("is") && inner.isPredicate() {
		if err := p.next(); err != nil {
			return nil, err
		}
		return &node{kind: isUnknown, left: inner}, p.expectKeyword("unknown")
	}
	return inner, nil
}
