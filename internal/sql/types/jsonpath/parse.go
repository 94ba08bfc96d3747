package jsonpath

import (
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

// kind is what a node of a path does.
type kind uint8

const (
	kNull kind = iota
	kString
	kNumber
	kBool
	kRoot
	kCurrent
	kLast
	kVariable
	kKey
	kAnyKey
	kAnyArray
	kIndex
	kAny // .**
	kFilter
	kMethod
	kOr
	kAnd
	kNot
	kIsUnknown
	kExists
	kEqual
	kNotEqual
	kLess
	kGreater
	kLessEqual
	kGreaterEqual
	kStartsWith
	kLikeRegex
	kAdd
	kSub
	kMul
	kDiv
	kMod
	kPlus
	kMinus
)

// node is one item; next is the accessor applied to its result.
type node struct {
	kind        kind
	text        string // string, key, variable, method, regular expression
	flags       string // of like_regex
	number      numeric.Num
	yes         bool
	left, right *node
	subs        []sub // of kIndex
	first, last int   // of kAny; math.MaxInt32 is the end
	next        *node
}

// sub is one subscript, or a range of them.
type sub struct{ from, to *node }

// Path is a jsonpath.
type Path struct {
	strict bool
	expr   *node
}

const maxDepth = 500

type parser struct {
	all   string
	s     string
	depth int
	cond  int // filters around: @ is allowed
	index int // subscripts around: last is allowed
}

// Parse reads a path as the input function does.
func Parse(text string) (*Path, error) {
	p := &parser{all: text, s: text}
	out := &Path{}
	p.space()
	if p.s == "" {
		return nil, errs.New("22P02", "invalid input syntax for type %s: \"%s\"", "jsonpath", text)
	}
	switch w := p.peekWord(); strings.ToLower(w) {
	case "strict", "lax":
		out.strict = strings.EqualFold(w, "strict")
		p.s = p.s[len(w):]
	}
	e, err := p.or()
	if err != nil {
		return nil, err
	}
	p.space()
	if p.s != "" {
		return nil, p.syntax()
	}
	out.expr = e
	return out, nil
}

func (p *parser) space() {
	for {
		p.s = strings.TrimLeft(p.s, " \t\n\r\f")
		if !strings.HasPrefix(p.s, "/*") {
			return
		}
		end := strings.Index(p.s, "*/")
		if end < 0 {
			return
		}
		p.s = p.s[end+2:]
	}
}

func (p *parser) syntax() error {
	p.space()
	if p.s == "" {
		return errs.New("42601", "syntax error at end of jsonpath input")
	}
	tok := p.peekWord()
	if tok == "" {
		_, n := utf8.DecodeRuneInString(p.s)
		tok = p.s[:n]
	}
	return errs.New("42601", "syntax error at or near \"%s\" of jsonpath input", tok)
}

// peekWord is the unquoted word or number at the present place.
func (p *parser) peekWord() string {
	for i, r := range p.s {
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && r < utf8.RuneSelf {
			return p.s[:i]
		}
	}
	return p.s
}

func (p *parser) take(s string) bool {
	p.space()
	if strings.HasPrefix(p.s, s) {
		p.s = p.s[len(s):]
		return true
	}
	return false
}

// word takes a keyword.
func (p *parser) word(w string) bool {
	p.space()
	if strings.EqualFold(p.peekWord(), w) {
		p.s = p.s[len(w):]
		return true
	}
	return false
}

func (p *parser) enter() error {
	if p.depth++; p.depth > maxDepth {
		return errs.New("54001", "stack depth limit exceeded")
	}
	return nil
}

func (p *parser) or() (*node, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	left, err := p.and()
	for err == nil && p.take("||") {
		var right *node
		if right, err = p.and(); err == nil {
			left, err = p.logic(kOr, left, right)
		}
	}
	return left, err
}

func (p *parser) and() (*node, error) {
	left, err := p.comparison()
	for err == nil && p.take("&&") {
		var right *node
		if right, err = p.comparison(); err == nil {
			left, err = p.logic(kAnd, left, right)
		}
	}
	return left, err
}

func (p *parser) logic(k kind, left, right *node) (*node, error) {
	if !left.predicate() || !right.predicate() {
		return nil, p.syntax()
	}
	return &node{kind: k, left: left, right: right}, nil
}

// predicate says whether a node gives true, false or unknown.
func (n *node) predicate() bool {
	return n.kind >= kOr && n.kind <= kLikeRegex && n.next == nil
}

func (p *parser) comparison() (*node, error) {
	if p.take("!") {
		if strings.HasPrefix(p.s, "=") {
			return nil, p.syntax()
		}
		arg, err := p.comparison()
		if err != nil {
			return nil, err
		}
		if !arg.predicate() {
			return nil, p.syntax()
		}
		return &node{kind: kNot, left: arg}, nil
	}
	left, err := p.additive()
	if err != nil {
		return nil, err
	}
	p.space()
	for _, o := range []struct {
		text string
		kind kind
	}{{"==", kEqual}, {"=", kEqual}, {"<>", kNotEqual}, {"!=", kNotEqual}, {"<=", kLessEqual}, {">=", kGreaterEqual}, {"<", kLess}, {">", kGreater}} {
		if p.take(o.text) {
			if left.predicate() {
				return nil, p.syntax()
			}
			right, err := p.additive()
			if err != nil {
				return nil, err
			}
			return &node{kind: o.kind, left: left, right: right}, nil
		}
	}
	switch {
	case p.word("starts"):
		if !p.word("with") {
			return nil, p.syntax()
		}
		right, err := p.primary()
		if err != nil {
			return nil, err
		}
		if right.kind != kString && right.kind != kVariable {
			return nil, p.syntax()
		}
		return &node{kind: kStartsWith, left: left, right: right}, nil
	case p.word("like_regex"):
		p.space()
		pattern, err := p.quoted()
		if err != nil {
			return nil, err
		}
		n := &node{kind: kLikeRegex, left: left, text: pattern}
		if p.word("flag") {
			p.space()
			if n.flags, err = p.quoted(); err != nil {
				return nil, err
			}
			for _, f := range n.flags {
				if !strings.ContainsRune("ismxq", f) {
					return nil, errs.New("42601", "invalid input syntax for type %s", "jsonpath").
						WithDetail("Unrecognized flag character \"%c\" in LIKE_REGEX predicate.", f)
				}
			}
		}
		return n, nil
	case left.predicate() && p.word("is"):
		if !p.word("unknown") {
			return nil, p.syntax()
		}
		return &node{kind: kIsUnknown, left: left}, nil
	}
	return left, nil
}

func (p *parser) binary(ops string, kinds []kind, operand func() (*node, error)) (*node, error) {
	left, err := operand()
	for err == nil {
		p.space()
		if p.s == "" {
			return left, nil
		}
		i := strings.IndexByte(ops, p.s[0])
		if i < 0 {
			return left, nil
		}
		p.s = p.s[1:]
		var right *node
		if right, err = operand(); err == nil {
			left = &node{kind: kinds[i], left: left, right: right}
		}
	}
	return left, err
}

func (p *parser) additive() (*node, error) {
	return p.binary("+-", []kind{kAdd, kSub}, func() (*node, error) {
		return p.binary("*/%", []kind{kMul, kDiv, kMod}, p.unary)
	})
}

func (p *parser) unary() (*node, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	for _, o := range []struct {
		text string
		kind kind
	}{{"+", kPlus}, {"-", kMinus}} {
		if p.take(o.text) {
			arg, err := p.unary()
			if err != nil {
				return nil, err
			}
			return &node{kind: o.kind, left: arg}, nil
		}
	}
	n, err := p.primary()
	if err != nil {
		return nil, err
	}
	return n, p.accessors(n)
}

// primary reads what a path may start with.
func (p *parser) primary() (*node, error) {
	p.space()
	if p.s == "" {
		return nil, p.syntax()
	}
	switch c := p.s[0]; {
	case c == '(':
		p.s = p.s[1:]
		n, err := p.or()
		if err != nil {
			return nil, err
		}
		if !p.take(")") {
			return nil, p.syntax()
		}
		return n, nil
	case c == '"':
		s, err := p.quoted()
		return &node{kind: kString, text: s}, err
	case c == '$':
		p.s = p.s[1:]
		if strings.HasPrefix(p.s, `"`) {
			s, err := p.quoted()
			return &node{kind: kVariable, text: s}, err
		}
		if w := p.peekWord(); w != "" {
			p.s = p.s[len(w):]
			return &node{kind: kVariable, text: w}, nil
		}
		return &node{kind: kRoot}, nil
	case c == '@':
		p.s = p.s[1:]
		if p.cond == 0 {
			return nil, errs.New("42601", "@ is not allowed in root expressions")
		}
		return &node{kind: kCurrent}, nil
	case c >= '0' && c <= '9' || c == '.' && len(p.s) > 1 && p.s[1] >= '0' && p.s[1] <= '9':
		return p.number()
	}
	switch w := p.peekWord(); w {
	case "null", "true", "false":
		p.s = p.s[len(w):]
		if w == "null" {
			return &node{kind: kNull}, nil
		}
		return &node{kind: kBool, yes: w == "true"}, nil
	}
	switch {
	case p.word("last"):
		if p.index == 0 {
			return nil, errs.New("42601", "LAST is allowed only in array subscripts")
		}
		return &node{kind: kLast}, nil
	case p.word("exists"):
		if !p.take("(") {
			return nil, p.syntax()
		}
		arg, err := p.or()
		if err != nil {
			return nil, err
		}
		if !p.take(")") || arg.predicate() {
			return nil, p.syntax()
		}
		return &node{kind: kExists, left: arg}, nil
	}
	return nil, p.syntax()
}

func (p *parser) number() (*node, error) {
	i := 0
	digits := func() {
		for i < len(p.s) && p.s[i] >= '0' && p.s[i] <= '9' {
			i++
		}
	}
	digits()
	if i < len(p.s) && p.s[i] == '.' && !(i+1 < len(p.s) && (p.s[i+1] == '.' || p.s[i+1] == '*' || unicode.IsLetter(rune(p.s[i+1])))) {
		i++
		digits()
	}
	if i < len(p.s) && p.s[i]|0x20 == 'e' {
		mark := i
		i++
		if i < len(p.s) && (p.s[i] == '+' || p.s[i] == '-') {
			i++
		}
		if i == len(p.s) || p.s[i] < '0' || p.s[i] > '9' {
			i = mark
		}
		digits()
	}
	text := p.s[:i]
	p.s = p.s[i:]
	if w := p.peekWord(); w != "" {
		return nil, errs.New("42601", "trailing junk after numeric literal at or near \"%s\" of jsonpath input", text+w[:1])
	}
	n, err := numeric.Parse(strings.TrimSuffix(text, "."))
	if err != nil {
		return nil, err
	}
	return &node{kind: kNumber, number: n}, nil
}

// quoted reads a string in double quotes with JavaScript's escapes.
func (p *parser) quoted() (string, error) {
	if !strings.HasPrefix(p.s, `"`) {
		return "", p.syntax()
	}
	end := 1
	for end < len(p.s) && p.s[end] != '"' {
		if p.s[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(p.s) {
		p.s = ""
		return "", errs.New("42601", "unterminated quoted string at end of jsonpath input")
	}
	body := p.s[1:end]
	p.s = p.s[end+1:]
	if strings.IndexByte(body, '\\') < 0 {
		return body, nil
	}
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] != '\\' {
			b.WriteByte(body[i])
			continue
		}
		i++
		switch c := body[i]; c {
		case 'b':
			b.WriteByte('\b')
		case 'f':
			b.WriteByte('\f')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case 't':
			b.WriteByte('\t')
		case 'v':
			b.WriteByte('\v')
		case 'x', 'u':
			n := map[byte]int{'x': 2, 'u': 4}[c]
			start := i + 1
			stop := start + n
			if c == 'u' && start < len(body) && body[start] == '{' {
				start++
				stop = start + strings.IndexByte(body[start:]+"}", '}')
			}
			if stop > len(body) {
				return "", errs.New("42601", "invalid Unicode escape sequence at or near \"%s\" of jsonpath input", body[i-1:])
			}
			v, err := strconv.ParseUint(body[start:stop], 16, 32)
			if err != nil {
				return "", errs.New("42601", "invalid Unicode escape sequence at or near \"%s\" of jsonpath input", body[i-1:stop])
			}
			b.WriteRune(rune(v))
			i = stop - 1
			if c == 'u' && stop < len(body) && body[stop] == '}' {
				i = stop
			}
		default:
			_, n := utf8.DecodeRuneInString(body[i:])
			b.WriteString(body[i : i+n])
			i += n - 1
		}
	}
	return b.String(), nil
}

var methods = map[string]bool{"type": true, "size": true, "double": true, "ceiling": true, "floor": true, "abs": true, "keyvalue": true, "datetime": true}

// accessors reads what follows a primary and chains it to n.
func (p *parser) accessors(n *node) error {
	for n.next != nil {
		n = n.next
	}
	for {
		p.space()
		var a *node
		switch {
		case strings.HasPrefix(p.s, "."):
			p.s = p.s[1:]
			p.space()
			switch {
			case strings.HasPrefix(p.s, "**"):
				p.s = p.s[2:]
				a = &node{kind: kAny, last: math.MaxInt32}
				if p.take("{") {
					var err error
					if a.first, err = p.level(); err != nil {
						return err
					}
					a.last = a.first
					if p.word("to") {
						if a.last, err = p.level(); err != nil {
							return err
						}
					}
					if !p.take("}") {
						return p.syntax()
					}
				}
			case strings.HasPrefix(p.s, "*"):
				p.s = p.s[1:]
				a = &node{kind: kAnyKey}
			case strings.HasPrefix(p.s, `"`):
				key, err := p.quoted()
				if err != nil {
					return err
				}
				a = &node{kind: kKey, text: key}
			default:
				w := p.peekWord()
				if w == "" || w[0] >= '0' && w[0] <= '9' {
					return p.syntax()
				}
				p.s = p.s[len(w):]
				if name := strings.ToLower(w); methods[name] && p.take("(") {
					a = &node{kind: kMethod, text: name}
					p.space()
					if name == "datetime" && strings.HasPrefix(p.s, `"`) {
						arg, err := p.quoted()
						if err != nil {
							return err
						}
						a.flags = arg
					}
					if !p.take(")") {
						return p.syntax()
					}
				} else {
					a = &node{kind: kKey, text: w}
				}
			}
		case strings.HasPrefix(p.s, "["):
			p.s = p.s[1:]
			if p.take("*") {
				a = &node{kind: kAnyArray}
			} else {
				a = &node{kind: kIndex}
				p.index++
				for {
					from, err := p.additive()
					if err != nil {
						return err
					}
					s := sub{from: from}
					if p.word("to") {
						if s.to, err = p.additive(); err != nil {
							return err
						}
					}
					a.subs = append(a.subs, s)
					if !p.take(",") {
						break
					}
				}
				p.index--
			}
			if !p.take("]") {
				return p.syntax()
			}
		case strings.HasPrefix(p.s, "?"):
			p.s = p.s[1:]
			if !p.take("(") {
				return p.syntax()
			}
			p.cond++
			cond, err := p.or()
			p.cond--
			if err != nil {
				return err
			}
			if !cond.predicate() {
				return p.syntax()
			}
			if !p.take(")") {
				return p.syntax()
			}
			a = &node{kind: kFilter, left: cond}
		default:
			return nil
		}
		n.next = a
		n = a
	}
}

func (p *parser) level() (int, error) {
	if p.word("last") {
		return math.MaxInt32, nil
	}
	p.space()
	w := p.peekWord()
	n, err := strconv.ParseInt(w, 10, 32)
	if err != nil {
		return 0, p.syntax()
	}
	p.s = p.s[len(w):]
	return int(n), nil
}

// String is the output function's text.
func (p *Path) String() string {
	b := &strings.Builder{}
	if p.strict {
		b.WriteString("strict ")
	}
	p.expr.print(b, false, true)
	return b.String()
}

var operators = map[kind]string{kOr: "||", kAnd: "&&", kEqual: "==", kNotEqual: "!=", kLess: "<", kGreater: ">", kLessEqual: "<=",
	kGreaterEqual: ">=", kAdd: "+", kSub: "-", kMul: "*", kDiv: "/", kMod: "%", kStartsWith: "starts with", kPlus: "+", kMinus: "-"}

func (k kind) priority() int {
	switch k {
	case kOr:
		return 0
	case kAnd:
		return 1
	case kEqual, kNotEqual, kLess, kGreater, kLessEqual, kGreaterEqual, kStartsWith:
		return 2
	case kAdd, kSub:
		return 3
	case kMul, kDiv, kMod:
		return 4
	case kPlus, kMinus:
		return 5
	}
	return 6
}

func quote(b *strings.Builder, s string) { b.Write(jsonval.AppendString(nil, s)) }

func (n *node) print(b *strings.Builder, inKey, brackets bool) {
	dot := func() {
		if inKey {
			b.WriteByte('.')
		}
	}
	open, end := func() {}, func() {}
	if brackets {
		open, end = func() { b.WriteByte('(') }, func() { b.WriteByte(')') }
	}
	switch n.kind {
	case kNull:
		b.WriteString("null")
	case kString:
		quote(b, n.text)
	case kNumber:
		if n.next != nil {
			b.WriteString("(" + n.number.String() + ")")
		} else {
			b.WriteString(n.number.String())
		}
	case kBool:
		b.WriteString(strconv.FormatBool(n.yes))
	case kRoot:
		b.WriteByte('$')
	case kCurrent:
		b.WriteByte('@')
	case kLast:
		b.WriteString("last")
	case kVariable:
		b.WriteByte('$')
		quote(b, n.text)
	case kKey:
		dot()
		quote(b, n.text)
	case kAnyKey:
		dot()
		b.WriteByte('*')
	case kAnyArray:
		b.WriteString("[*]")
	case kIndex:
		b.WriteByte('[')
		for i, s := range n.subs {
			if i > 0 {
				b.WriteByte(',')
			}
			s.from.print(b, false, false)
			if s.to != nil {
				b.WriteString(" to ")
				s.to.print(b, false, false)
			}
		}
		b.WriteByte(']')
	case kAny:
		dot()
		b.WriteString("**")
		level := func(i int) string {
			if i == math.MaxInt32 {
				return "last"
			}
			return strconv.Itoa(i)
		}
		switch {
		case n.first == 0 && n.last == math.MaxInt32:
		case n.first == n.last:
			b.WriteString("{" + level(n.first) + "}")
		default:
			b.WriteString("{" + level(n.first) + " to " + level(n.last) + "}")
		}
	case kFilter:
		b.WriteString("?(")
		n.left.print(b, false, false)
		b.WriteByte(')')
	case kMethod:
		b.WriteString("." + n.text + "(")
		if n.flags != "" {
			quote(b, n.flags)
		}
		b.WriteByte(')')
	case kNot:
		b.WriteString("!(")
		n.left.print(b, false, false)
		b.WriteByte(')')
	case kIsUnknown:
		b.WriteByte('(')
		n.left.print(b, false, false)
		b.WriteString(") is unknown")
	case kExists:
		b.WriteString("exists (")
		n.left.print(b, false, false)
		b.WriteByte(')')
	case kLikeRegex:
		open()
		n.left.print(b, false, n.left.kind.priority() <= n.kind.priority())
		b.WriteString(" like_regex ")
		quote(b, n.text)
		if n.flags != "" {
			b.WriteString(` flag "`)
			for _, f := range "ismxq" {
				if strings.ContainsRune(n.flags, f) {
					b.WriteRune(f)
				}
			}
			b.WriteByte('"')
		}
		end()
	case kPlus, kMinus:
		open()
		b.WriteString(operators[n.kind])
		n.left.print(b, false, n.left.kind.priority() <= n.kind.priority())
		end()
	default:
		open()
		n.left.print(b, false, n.left.kind.priority() <= n.kind.priority())
		b.WriteString(" " + operators[n.kind] + " ")
		n.right.print(b, false, n.right.kind.priority() <= n.kind.priority())
		end()
	}
	if n.next != nil {
		n.next.print(b, true, true)
	}
}
