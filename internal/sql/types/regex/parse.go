package regex

import "github.com/basement-project/basement/internal/errs"

// expr is a regular expression without groups: what an automaton is made of.
type expr struct {
	op       exprOp
	set      int // of a set: its number
	subs     []*expr
	min, max int // of a repetition; max -1 is without end
	assert   assertion
	look     *look
}

type exprOp uint8

const (
	opEmpty exprOp = iota
	opSet
	opCat
	opAlt
	opRepeat
	opAssert
	opLook
)

// assertion is a constraint on a place.
type assertion uint8

const (
	textStart assertion = iota
	textEnd
	lineStart // or the text's
	lineEnd
	wordStart
	wordEnd
	wordBoundary
	noWordBoundary
)

// look is a look-around constraint.
type look struct {
	behind, negative bool
	re               *expr
	prog             *program
}

// prefers says which match of several a node takes, and what is below it.
type prefers uint8

const (
	longer  prefers = 1 << iota
	shorter         // takes the shortest
	mixed           // different preferences below
	group           // a group here or below
	refers          // a back reference here or below
)

func up(f prefers) prefers {
	out := f & (mixed | group | refers)
	if f&longer != 0 && f&shorter != 0 {
		out |= mixed
	}
	return out
}

func messy(f prefers) bool { return f&(mixed|group|refers) != 0 }

func preference(f prefers) prefers { return f & (longer | shorter) }

func combine(a, b prefers) prefers {
	p := preference(a)
	if p == 0 {
		p = preference(b)
	}
	return up(a|b) | p
}

// node is a part of the pattern whose match is looked for by itself.
type node struct {
	op       byte // '=' an automaton, '.' two in a row, '|' one of several, '*' a repetition, '(' a group around, 'b' a back reference
	flags    prefers
	group    int // the group whose match this is, 0 for none
	ref      int // of a back reference: the group
	min, max int
	subs     []*node
	re       *expr
	prog     *program
	started  bool // something was parsed before what follows, even if it matches nothing
}

const maxCount = 255

// maxNesting bounds the parser's recursion.
const maxNesting = 1000

type parser struct {
	lexer
	sets  []set
	bySet map[string]int
	done  map[int]*node // finished groups
	depth int
}

// parse makes the tree of a pattern.
func parse(pattern string, flags Flags) (*parser, *node, error) {
	p := &parser{lexer: lexer{s: []rune(pattern), flags: flags}, bySet: map[string]int{}, done: map[int]*node{}}
	if flags&quote != 0 && flags&(Advanced|expanded|newline) != 0 || flags&extended == 0 && flags&features != 0 {
		p.problem = badArgument
		return nil, nil, p.error()
	}
	p.start()
	tree := p.alternatives(eos, false)
	if p.problem != "" {
		return nil, nil, p.error()
	}
	return p, tree, nil
}

func (p *parser) error() error {
	return errs.New("2201B", "invalid regular expression: %s", string(p.problem))
}

func (p *parser) setNumber(s set) int {
	key := make([]byte, 0, 8*len(s))
	for _, r := range s {
		key = append(key, byte(r.Lo), byte(r.Lo>>8), byte(r.Lo>>16), byte(r.Lo>>24), byte(r.Hi), byte(r.Hi>>8), byte(r.Hi>>16), byte(r.Hi>>24))
	}
	n, ok := p.bySet[string(key)]
	if !ok {
		n = len(p.sets)
		p.sets = append(p.sets, s)
		p.bySet[string(key)] = n
	}
	return n
}

func (p *parser) char(s set) *expr { return &expr{op: opSet, set: p.setNumber(s)} }

func cat(list ...*expr) *expr {
	if len(list) == 1 {
		return list[0]
	}
	return &expr{op: opCat, subs: list}
}

func repeat(e *expr, least, most int) *expr {
	if least == 1 && most == 1 {
		return e
	}
	return &expr{op: opRepeat, subs: []*expr{e}, min: least, max: most}
}

// alternatives parses up to stop, which is left to be read.
func (p *parser) alternatives(stop kind, looking bool) *node {
	if p.depth++; p.depth > maxNesting {
		p.fail(tooBig)
	}
	defer func() { p.depth-- }()
	all := &node{op: '|', flags: longer}
	for {
		b := p.branch(stop, looking)
		all.subs = append(all.subs, b)
		all.flags |= up(all.flags | b.flags)
		if !p.see('|') {
			break
		}
		p.advance()
	}
	if !p.see(stop) {
		p.fail(badParen)
	}
	if len(all.subs) == 1 {
		return all.subs[0]
	}
	all.re = &expr{op: opAlt}
	for _, b := range all.subs {
		all.re.subs = append(all.re.subs, b.re)
	}
	if !messy(all.flags) {
		all.op, all.subs = '=', nil
	}
	return all
}

// branch parses the parts in a row up to | or stop.
func (p *parser) branch(stop kind, looking bool) *node {
	b := &node{op: '=', re: &expr{op: opCat}}
	for !p.see('|') && !p.see(stop) && !p.see(eos) {
		b = p.part(stop, looking, b)
	}
	return b
}

func (n *node) append(e *expr) {
	n.re.subs = append(n.re.subs, e)
	n.started = true
}

func (p *parser) constraint(b *node, a assertion) *node {
	p.advance()
	b.append(&expr{op: opAssert, assert: a})
	return b
}

// part parses one part of a branch and appends it to b, which is an automaton so far. A part with groups, back references or
// another preference than b has makes a row of two of b, whose second is all the rest of the branch.
func (p *parser) part(stop kind, looking bool, b *node) *node {
	var atom *node
	var re *expr
	first := p.next
	switch first {
	case '^':
		if p.flags&newlineAnchor != 0 {
			return p.constraint(b, lineStart)
		}
		return p.constraint(b, textStart)
	case '$':
		if p.flags&newlineAnchor != 0 {
			return p.constraint(b, lineEnd)
		}
		return p.constraint(b, textEnd)
	case sbegin:
		return p.constraint(b, textStart)
	case send:
		return p.constraint(b, textEnd)
	case '<':
		return p.constraint(b, wordStart)
	case '>':
		return p.constraint(b, wordEnd)
	case wbdry:
		return p.constraint(b, wordBoundary)
	case nwbdry:
		return p.constraint(b, noWordBoundary)
	case lacon:
		l := &look{behind: p.value&2 != 0, negative: p.value&1 != 0}
		p.advance()
		l.re = p.alternatives(')', true).re
		p.advance()
		b.append(&expr{op: opLook, look: l})
		return b
	case '*', '+', '?', '{':
		p.fail(badRepeat)
		return b
	case ')':
		if p.flags&Advanced != extended {
			p.fail(badParen)
			return b
		}
		// Extended expressions take it for itself.
		first = plain
		re = p.plainChar()
	case plain:
		re = p.plainChar()
	case '[':
		re = p.brackets()
	case class:
		re = p.char(byEscape(p.value))
		p.advance()
	case notClass:
		re = p.char(complement(byEscape(p.value)))
		p.advance()
	case '.':
		s := set{{Lo: 0, Hi: maxRune}}
		if p.flags&newlineStop != 0 {
			s = complement(set{single('\n')})
		}
		re = p.char(s)
		p.advance()
	case '(':
		number := 0
		if !looking && p.value != 0 {
			p.groups++
			number = p.groups
		} else {
			first = plain
		}
		p.advance()
		atom = p.alternatives(')', looking)
		p.advance()
		if number > 0 {
			if atom.group == 0 {
				atom.flags |= group
			} else {
				atom = &node{op: '(', flags: atom.flags | group, subs: []*node{atom}, re: atom.re}
			}
			atom.group = number
			p.done[number] = atom
		}
		re = atom.re
	case backref:
		of := p.done[int(p.value)]
		if looking || of == nil {
			p.fail(badGroup)
			return b
		}
		atom = &node{op: 'b', flags: refers, ref: int(p.value), min: 1, max: 1}
		re = free(of.re)
		p.advance()
	default:
		p.fail(badPattern)
		return b
	}
	least, most, prefer := p.quantifier()
	if p.problem != "" {
		return b
	}
	if most == 0 {
		b.started = true
		return b
	}
	f := b.flags | prefer
	if atom != nil {
		f |= atom.flags
	}
	if first != '(' && first != backref && !messy(up(f)) {
		b.append(repeat(re, least, most))
		b.flags = f
		return b
	}
	if atom == nil {
		atom = &node{op: '=', re: re}
	}
	q := quantified(atom, re, first == backref, least, most, prefer)
	rest := &node{op: '.', flags: combine(prefer, q.atom), subs: []*node{q.node}, re: q.node.re}
	before := b
	b = &node{op: '.', flags: before.flags, re: before.re}
	if p.see('|') || p.see(stop) || p.see(eos) {
		b.flags |= combine(b.flags, rest.flags)
		if !before.started {
			return q.node
		}
		return b.pair(before, q.node)
	}
	rest = rest.pair(q.node, p.branch(stop, looking))
	rest.flags |= combine(rest.flags, rest.subs[1].flags)
	b.flags |= combine(b.flags, rest.flags)
	if !before.started {
		b.subs, b.re = rest.subs, rest.re
		return b
	}
	if x, y := rest.subs[0], rest.subs[1]; x.op == '=' && y.op == '=' && x.group == 0 && y.group == 0 && !messy(up(x.flags|y.flags)) {
		rest.op, rest.flags, rest.subs = '=', combine(x.flags, y.flags), nil
	}
	return b.pair(before, rest)
}

// pair makes n a row of two.
func (n *node) pair(x, y *node) *node {
	n.subs = []*node{x, y}
	n.re = cat(x.re, y.re)
	return n
}

type quantity struct {
	node *node
	atom prefers // the flags of what is repeated
}

// quantified makes the node of a part that cannot be a piece of a greater automaton.
func quantified(atom *node, re *expr, ref bool, least, most int, prefer prefers) quantity {
	was := atom.flags
	same := prefer == 0 || was&(longer|shorter|mixed) == 0 || prefer == was&(longer|shorter|mixed)
	switch {
	case ref:
		atom.min, atom.max = least, most
		atom.flags |= combine(prefer, atom.flags)
		atom.re = repeat(re, least, most)
		return quantity{atom, was}
	case least == 1 && most == 1 && same:
		return quantity{atom, was}
	case was&(group|refers) == 0:
		return quantity{&node{op: '=', flags: combine(prefer, was), re: repeat(atom.re, least, most)}, was}
	case least > 0 && was&refers == 0:
		// Only the last time counts for the groups: the times before are an automaton.
		more := most
		if more > 0 {
			more--
		}
		f := combine(prefer, was)
		n := &node{op: '.', flags: f}
		return quantity{n.pair(&node{op: '=', flags: preference(f), re: repeat(atom.re, least-1, more)}, atom), was}
	}
	return quantity{&node{op: '*', flags: combine(prefer, was), min: least, max: most, subs: []*node{atom}, re: repeat(atom.re, least, most)}, was}
}

// free is an expression without its constraints: a back reference repeats the text alone.
func free(e *expr) *expr {
	switch e.op {
	case opAssert, opLook:
		return &expr{op: opEmpty}
	case opSet, opEmpty:
		return e
	}
	out := *e
	out.subs = make([]*expr, len(e.subs))
	for i, s := range e.subs {
		out.subs[i] = free(s)
	}
	return &out
}

func (p *parser) quantifier() (least, most int, prefer prefers) {
	prefer = shorter
	if p.value != 0 {
		prefer = longer
	}
	switch p.next {
	case '*':
		least, most = 0, -1
	case '+':
		least, most = 1, -1
	case '?':
		least, most = 0, 1
	case '{':
		p.advance()
		least = p.count()
		most = least
		counted := false
		if p.see(',') {
			p.advance()
			counted = true
			most = -1
			if p.see(digit) {
				most = p.count()
			}
			if most >= 0 && least > most {
				p.fail(badBound)
				return 1, 1, 0
			}
		}
		if !p.see('}') {
			p.fail(badBound)
			return 1, 1, 0
		}
		switch {
		case !counted:
			prefer = 0
		case p.value != 0:
			prefer = longer
		default:
			prefer = shorter
		}
	default:
		return 1, 1, 0
	}
	p.advance()
	return least, most, prefer
}

func (p *parser) count() int {
	n := 0
	for p.see(digit) && n < maxCount {
		n = n*10 + int(p.value)
		p.advance()
	}
	if p.see(digit) || n > maxCount {
		p.fail(badBound)
		return 0
	}
	return n
}

func (p *parser) plainChar() *expr {
	c := p.value
	p.advance()
	if p.flags&IgnoreCase != 0 {
		return p.char(union(cases(c)))
	}
	return p.char(set{single(c)})
}
