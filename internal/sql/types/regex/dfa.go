package regex

import (
	"encoding/binary"
	"slices"
)

// dfa runs a program with one state at a time, each made when it is first needed.
type dfa struct {
	p       *program
	kernels map[string]*kernel
	first   *kernel
	mark    []uint32 // of each instruction: the closure that last met it
	round   uint32
	stack   []int
	scratch []int32
	size    int
}

// kernel is a set of instructions that are reached at a place, before it is known what the place is.
type kernel struct {
	pcs []int32
	// here are what it becomes, by the place's context; of a program without constraints there is one.
	here []*state
}

// state is a kernel at a place.
type state struct {
	pcs    []int32 // the sets that wait for a character
	accept bool
	next   []*kernel // by color; nil: not known yet
}

// maxStates bounds the memory of one automaton, counted in instructions its states hold.
const maxStates = 1 << 18

func newDFA(p *program) *dfa {
	d := &dfa{p: p, mark: make([]uint32, len(p.code))}
	d.reset()
	return d
}

func (d *dfa) reset() {
	d.kernels = map[string]*kernel{}
	d.size = 0
	d.first = d.intern([]int32{0})
}

func (d *dfa) intern(pcs []int32) *kernel {
	key := make([]byte, 0, 4*len(pcs))
	for _, pc := range pcs {
		key = binary.LittleEndian.AppendUint32(key, uint32(pc))
	}
	k := d.kernels[string(key)]
	if k == nil {
		if d.size > maxStates {
			// Everything learnt is forgotten; what runs now keeps what it needs of it.
			d.kernels = map[string]*kernel{}
			d.size = 0
			first := &kernel{pcs: d.first.pcs, here: make([]*state, len(d.first.here))}
			d.first, d.kernels[string(binary.LittleEndian.AppendUint32(nil, 0))] = first, first
		}
		n := 1
		if d.p.asserts {
			n = contexts
		}
		k = &kernel{pcs: append([]int32(nil), pcs...), here: make([]*state, n)}
		d.kernels[string(key)] = k
		d.size += len(pcs) + 8
	}
	return k
}

// The parts of a place's context.
const (
	atStart = 1 << iota
	afterNewline
	afterWord
	atEnd
	beforeNewline
	beforeWord
	contexts = 64
)

func (m *matcher) context(at int) int {
	c := 0
	if at == 0 {
		c |= atStart
	} else if r := m.text.rune(at - 1); r == '\n' {
		c |= afterNewline
	} else if isWord(r) {
		c |= afterWord
	}
	if at == m.end {
		c |= atEnd
	} else if r := m.text.rune(at); r == '\n' {
		c |= beforeNewline
	} else if isWord(r) {
		c |= beforeWord
	}
	return c
}

func (a assertion) holds(c int) bool {
	before, after := c&afterWord != 0, c&beforeWord != 0
	switch a {
	case textStart:
		return c&atStart != 0
	case textEnd:
		return c&atEnd != 0
	case lineStart:
		return c&(atStart|afterNewline) != 0
	case lineEnd:
		return c&(atEnd|beforeNewline) != 0
	case wordStart:
		return !before && after
	case wordEnd:
		return before && !after
	case wordBoundary:
		return before != after
	}
	return before == after
}

// at gives the state of a kernel at a place.
func (m *matcher) at(d *dfa, k *kernel, at int) *state {
	ctx := 0
	if d.p.asserts {
		ctx = m.context(at)
	}
	if d.p.looks {
		return m.closure(d, k, ctx, at)
	}
	slot := &k.here[ctx]
	if *slot == nil {
		*slot = m.closure(d, k, ctx, at)
		d.size += len((*slot).pcs) + m.re.colors.count
	}
	return *slot
}

// closure follows everything that takes no character.
func (m *matcher) closure(d *dfa, k *kernel, ctx, at int) *state {
	s := &state{}
	d.round++
	round := d.round
	stack := d.stack[:0]
	for _, pc := range k.pcs {
		stack = append(stack, int(pc))
		for len(stack) > 0 {
			pc := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if d.mark[pc] == round {
				continue
			}
			d.mark[pc] = round
			switch i := &d.p.code[pc]; i.op {
			case instSet:
				s.pcs = append(s.pcs, int32(pc))
			case instSplit:
				stack = append(stack, i.y, i.x)
			case instJump:
				stack = append(stack, i.x)
			case instAssert:
				if i.assert.holds(ctx) {
					stack = append(stack, i.x)
				}
			case instLook:
				if m.looksRight(i.look, at) {
					stack = append(stack, i.x)
				}
			case instMatch:
				s.accept = true
			}
		}
	}
	d.stack = stack[:0]
	return s
}

// step gives the kernel after a character of a color.
func (m *matcher) step(d *dfa, s *state, color uint16) *kernel {
	if s.next == nil {
		s.next = make([]*kernel, m.re.colors.count)
	}
	if k := s.next[color]; k != nil {
		return k
	}
	out := d.scratch[:0]
	for _, pc := range s.pcs {
		if i := &d.p.code[pc]; i.set < 0 || m.re.colors.in[i.set][color] {
			out = append(out, int32(i.x))
		}
	}
	slices.Sort(out)
	d.scratch = out
	k := d.intern(slices.Compact(out))
	s.next[color] = k
	return k
}

func (m *matcher) looksRight(l *look, at int) bool {
	if m.failed != nil {
		return false
	}
	found := false
	if l.behind {
		found = m.behind(l.prog)[at]
	} else {
		found = m.shortest(l.prog, at, at, m.end) >= 0
	}
	m.spent()
	return found != l.negative
}

// behind gives the places where a look-behind holds, looked for once.
func (m *matcher) behind(p *program) []bool {
	if m.ends[p] == nil {
		d := p.run()
		k := d.first
		at := make([]bool, m.end+1)
		for i := 0; ; i++ {
			s := m.at(d, k, i)
			at[i] = s.accept
			if i == m.end {
				break
			}
			k = m.step(d, s, m.color(i))
		}
		if m.ends == nil {
			m.ends = map[*program][]bool{}
		}
		m.ends[p] = at
	}
	return m.ends[p]
}

func (p *program) run() *dfa {
	if p.dfa == nil {
		p.dfa = newDFA(p)
	}
	return p.dfa
}

func (m *matcher) color(i int) uint16 {
	if m.text.runes == nil {
		return m.re.colors.ascii[m.text.s[i]]
	}
	return m.re.colors.color(m.text.runes[i])
}

// longest gives the end of the longest match that starts at a place and ends at stop or before, -1 when there is none.
func (m *matcher) longest(p *program, start, stop int) int {
	d := p.run()
	k := d.first
	last := -1
	for i := start; ; i++ {
		s := m.at(d, k, i)
		if s.accept {
			last = i
		}
		if i >= stop || len(s.pcs) == 0 {
			m.steps += i - start + 1
			return last
		}
		k = m.step(d, s, m.color(i))
	}
}

// shortest gives the end of the shortest match that starts at a place and ends between least and most.
func (m *matcher) shortest(p *program, start, least, most int) int {
	d := p.run()
	k := d.first
	for i := start; ; i++ {
		s := m.at(d, k, i)
		if s.accept && i >= least {
			m.steps += i - start + 1
			return i
		}
		if i >= most || len(s.pcs) == 0 {
			m.steps += i - start + 1
			return -1
		}
		k = m.step(d, s, m.color(i))
	}
}
