package regex

import (
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/ctype"
)

// program is an automaton: its instructions are its states.
type program struct {
	code    []inst
	asserts bool // has constraints on places
	looks   bool // has look-around
	dfa     *dfa
}

type inst struct {
	op     instOp
	set    int // of a set
	x, y   int // where to go on; y of a split
	assert assertion
	look   *look
}

type instOp uint8

const (
	instSet instOp = iota // takes a character of a set and goes to x
	instSplit
	instJump
	instAssert
	instLook
	instMatch
	instFail
)

// maxProgram bounds the states of an automaton; nested counts multiply them.
const maxProgram = 200000

type builder struct {
	p   *program
	big bool
}

// build makes the automaton of an expression; false when it is too big.
func build(e *expr, anywhere bool) (*program, bool) {
	b := &builder{p: &program{}}
	if anywhere {
		b.p.code = append(b.p.code, inst{op: instSplit, x: 2, y: 1}, inst{op: instSet, set: -1, x: 0})
	}
	b.expr(e)
	b.add(inst{op: instMatch})
	return b.p, !b.big
}

func (b *builder) add(i inst) int {
	if len(b.p.code) >= maxProgram {
		b.big = true
		return len(b.p.code) - 1
	}
	b.p.code = append(b.p.code, i)
	return len(b.p.code) - 1
}

func (b *builder) here() int { return len(b.p.code) }

// expr appends e's instructions; what they end with goes on to the next instruction.
func (b *builder) expr(e *expr) {
	if b.big {
		return
	}
	switch e.op {
	case opSet:
		b.add(inst{op: instSet, set: e.set, x: b.here() + 1})
	case opCat:
		for _, s := range e.subs {
			b.expr(s)
		}
	case opAlt:
		var ends []int
		for i, s := range e.subs {
			if i == len(e.subs)-1 {
				b.expr(s)
				break
			}
			split := b.add(inst{op: instSplit, x: b.here() + 1})
			b.expr(s)
			ends = append(ends, b.add(inst{op: instJump}))
			b.p.code[split].y = b.here()
		}
		for _, j := range ends {
			b.p.code[j].x = b.here()
		}
	case opRepeat:
		for i := 0; i < e.min && !b.big; i++ {
			b.expr(e.subs[0])
		}
		if e.max < 0 {
			split := b.add(inst{op: instSplit, x: b.here() + 1})
			b.expr(e.subs[0])
			b.add(inst{op: instJump, x: split})
			b.p.code[split].y = b.here()
			return
		}
		var splits []int
		for i := e.min; i < e.max && !b.big; i++ {
			splits = append(splits, b.add(inst{op: instSplit, x: b.here() + 1}))
			b.expr(e.subs[0])
		}
		for _, s := range splits {
			b.p.code[s].y = b.here()
		}
	case opAssert:
		b.p.asserts = true
		b.add(inst{op: instAssert, assert: e.assert, x: b.here() + 1})
	case opLook:
		b.p.looks = true
		if e.look.prog == nil {
			prog, ok := build(e.look.re, e.look.behind)
			if !ok {
				b.big = true
			}
			e.look.prog = prog
		}
		b.add(inst{op: instLook, look: e.look, x: b.here() + 1})
	}
}

// colors divides all characters into classes that no set of the pattern tells apart.
type colors struct {
	ascii [128]uint16
	// from are the first characters of ranges of one color.
	from  []rune
	of    []uint16
	count int
	in    [][]bool // set -> color -> whether it is in the set
}

func newColors(sets []set) *colors {
	c := &colors{}
	edges := map[rune]bool{0: true}
	for _, s := range sets {
		for _, r := range s {
			edges[r.Lo] = true
			edges[r.Hi+1] = true
		}
	}
	for r := range edges {
		c.from = append(c.from, r)
	}
	sort.Slice(c.from, func(i, j int) bool { return c.from[i] < c.from[j] })
	c.of = make([]uint16, len(c.from))
	at := make([]int, len(sets)) // the range of each set that ends at or after the edge
	seen := map[string]uint16{}
	sig := make([]byte, (len(sets)+7)/8)
	var members [][]bool
	for i, r := range c.from {
		clear(sig)
		for k, s := range sets {
			for at[k] < len(s) && s[at[k]].Hi < r {
				at[k]++
			}
			if at[k] < len(s) && s[at[k]].Lo <= r {
				sig[k/8] |= 1 << (k % 8)
			}
		}
		color, ok := seen[string(sig)]
		if !ok {
			color = uint16(len(seen))
			seen[string(sig)] = color
			m := make([]bool, len(sets))
			for k := range sets {
				m[k] = sig[k/8]&(1<<(k%8)) != 0
			}
			members = append(members, m)
		}
		c.of[i] = color
	}
	c.count = len(seen)
	c.in = make([][]bool, len(sets))
	for k := range sets {
		c.in[k] = make([]bool, c.count)
		for color, m := range members {
			c.in[k][color] = m[k]
		}
	}
	for r := range c.ascii {
		c.ascii[r] = c.look(rune(r))
	}
	return c
}

func (c *colors) look(r rune) uint16 {
	i := sort.Search(len(c.from), func(i int) bool { return c.from[i] > r })
	return c.of[i-1]
}

func (c *colors) color(r rune) uint16 {
	if r >= 0 && r < 128 {
		return c.ascii[r]
	}
	return c.look(r)
}

// Text is a text to look in. Places in it are counted in characters.
type Text struct {
	s     string
	runes []rune // nil when every character is one byte
	at    []int  // the byte each character begins at
}

// NewText prepares a text.
func NewText(s string) *Text {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			t := &Text{s: s}
			for at, r := range s {
				t.runes = append(t.runes, r)
				t.at = append(t.at, at)
			}
			t.at = append(t.at, len(s))
			return t
		}
	}
	return &Text{s: s}
}

// Len is the number of characters.
func (t *Text) Len() int {
	if t.runes != nil {
		return len(t.runes)
	}
	return len(t.s)
}

// Slice gives the characters from one place to another.
func (t *Text) Slice(from, to int) string {
	if t.runes != nil {
		return t.s[t.at[from]:t.at[to]]
	}
	return t.s[from:to]
}

func (t *Text) rune(i int) rune {
	if t.runes != nil {
		return t.runes[i]
	}
	return rune(t.s[i])
}

func (t *Text) same(a, b, n int, fold bool) bool {
	for i := range n {
		x, y := t.rune(a+i), t.rune(b+i)
		if x != y && !(fold && ctype.ToLower(x) == ctype.ToLower(y)) {
			return false
		}
	}
	return true
}

// literal is the text a pattern without anything special stands for.
func literal(pattern string, flags Flags) (text string, atStart, atEnd, ok bool) {
	if flags != Advanced || strings.HasPrefix(pattern, "***") {
		return "", false, false, false
	}
	pattern, atStart = strings.CutPrefix(pattern, "^")
	pattern, atEnd = strings.CutSuffix(pattern, "$")
	if strings.ContainsAny(pattern, `^$.[]|()*+?{}\`) {
		return "", false, false, false
	}
	return pattern, atStart, atEnd, true
}
