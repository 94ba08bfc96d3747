package regex

import "github.com/basement-project/basement/internal/errs"

// matcher is one search in one text.
type matcher struct {
	re     *Regex
	text   *Text
	end    int
	groups []int
	steps  int
	ends   map[*program][]bool
	failed error
}

// maxSteps bounds the work on a pattern with back references or look-around, in characters looked at.
const maxSteps = 50_000_000

// spent says that the work is beyond its bound, and keeps the error.
func (m *matcher) spent() bool {
	if m.failed == nil && m.steps > maxSteps && m.re.hard {
		m.failed = errs.New("54001", "regular expression match is too complex").
			WithHint("Use fewer back references and look-arounds, or look in a shorter text.")
	}
	return m.failed != nil
}

// window finds the first place a match may start and the last, beginning the search at from; false when there is no match.
func (m *matcher) window(from int) (open, last int, ok bool) {
	p := m.re.search
	d := p.run()
	k := d.first
	open = from
	for i := from; ; i++ {
		s := m.at(d, k, i)
		if s.accept {
			return open, i, true
		}
		if i >= m.end {
			return 0, 0, false
		}
		k = m.step(d, s, m.color(i))
		if len(k.pcs) == 1 && k.pcs[0] == 0 {
			open = i + 1 // whatever began before has failed
		}
	}
}

// find looks for the first match from a place on; its places are in m.groups. want says that the groups are wanted too.
func (m *matcher) find(from int, want bool) bool {
	tree := m.re.tree
	if m.re.refers {
		return m.findReferring(from)
	}
	open, last, ok := m.window(from)
	if !ok {
		return false
	}
	for begin := open; begin <= last; begin++ {
		stop := -1
		if tree.flags&shorter != 0 {
			stop = m.shortest(tree.prog, begin, begin, m.end)
		} else {
			stop = m.longest(tree.prog, begin, m.end)
		}
		if stop < 0 {
			continue
		}
		m.clear(0)
		if want && len(m.groups) > 2 {
			m.dissect(tree, begin, stop)
		}
		m.groups[0], m.groups[1] = begin, stop
		return true
	}
	return false
}

func (m *matcher) findReferring(from int) bool {
	tree := m.re.tree
	for {
		open, last, ok := m.window(from)
		if !ok {
			return false
		}
		for begin := open; begin <= last; begin++ {
			least, most := begin, m.end
			for !m.spent() {
				stop := -1
				if tree.flags&shorter != 0 {
					stop = m.shortest(tree.prog, begin, least, most)
				} else {
					stop = m.longest(tree.prog, begin, most)
				}
				if stop < 0 {
					break
				}
				m.clear(0)
				if m.dissect(tree, begin, stop) {
					m.groups[0], m.groups[1] = begin, stop
					return true
				}
				if tree.flags&shorter != 0 {
					if stop == most {
						break
					}
					least = stop + 1
				} else {
					if stop == begin {
						break
					}
					most = stop - 1
				}
			}
			if m.failed != nil {
				return false
			}
		}
		from = last + 1
		if from > m.end {
			return false
		}
	}
}

func (m *matcher) clear(from int) {
	for i := from; i < len(m.groups); i++ {
		m.groups[i] = -1
	}
}

// zap forgets the groups below a node.
func (m *matcher) zap(n *node) {
	if n.group > 0 {
		m.groups[2*n.group], m.groups[2*n.group+1] = -1, -1
	}
	for _, s := range n.subs {
		m.zap(s)
	}
}

// dissect finds the groups in a match of n from begin to stop, which n's automaton knows to be one; false when the back
// references say that it is none.
func (m *matcher) dissect(n *node, begin, stop int) bool {
	if m.spent() {
		return false
	}
	ok := true
	switch n.op {
	case 'b':
		ok = m.repeats(n, begin, stop)
	case '.':
		ok = m.pair(n, begin, stop)
	case '|':
		ok = m.either(n, begin, stop)
	case '*':
		ok = m.iterate(n, begin, stop)
	case '(':
		ok = m.dissect(n.subs[0], begin, stop)
	}
	if ok && n.group > 0 {
		m.groups[2*n.group], m.groups[2*n.group+1] = begin, stop
	}
	return ok
}

// pair divides between the two parts of a row.
func (m *matcher) pair(n *node, begin, stop int) bool {
	x, y := n.subs[0], n.subs[1]
	short := x.flags&shorter != 0
	mid := -1
	if short {
		mid = m.shortest(x.prog, begin, begin, stop)
	} else {
		mid = m.longest(x.prog, begin, stop)
	}
	for mid >= 0 && !m.spent() {
		if m.longest(y.prog, mid, stop) == stop && m.dissect(x, begin, mid) {
			if m.dissect(y, mid, stop) {
				return true
			}
			m.zap(x)
		}
		switch {
		case short && mid == stop, !short && mid == begin:
			return false
		case short:
			mid = m.shortest(x.prog, begin, mid+1, stop)
		default:
			mid = m.longest(x.prog, begin, mid-1)
		}
	}
	return false
}

func (m *matcher) either(n *node, begin, stop int) bool {
	for _, s := range n.subs {
		if m.longest(s.prog, begin, stop) == stop && m.dissect(s, begin, stop) {
			return true
		}
	}
	return false
}

// repeats compares with the text of a group.
func (m *matcher) repeats(n *node, begin, stop int) bool {
	from, to := m.groups[2*n.ref], m.groups[2*n.ref+1]
	if from < 0 {
		return false
	}
	length, total := to-from, stop-begin
	if length == 0 {
		return total == 0
	}
	if total == 0 {
		return n.min == 0
	}
	times := total / length
	if total%length != 0 || times < n.min || n.max >= 0 && times > n.max {
		return false
	}
	m.steps += total
	for at := begin; at < stop; at += length {
		if !m.text.same(from, at, length, m.re.flags&IgnoreCase != 0) {
			return false
		}
	}
	return true
}

// iterate divides among the times of a repetition. Ends are first found by the automaton of what is repeated, then each time
// is dissected; where one fails, the last time that can be moved is.
func (m *matcher) iterate(n *node, begin, stop int) bool {
	sub := n.subs[0]
	short := sub.flags&shorter != 0
	if short && n.min == 0 && begin == stop {
		return true
	}
	least := max(n.min, 1)
	most := stop - begin
	if n.max >= 0 {
		most = min(most, n.max)
	}
	most = max(most, least)
	ends := []int{begin}
	verified, k := 0, 1
	limit := stop
	if short {
		limit = begin
	}
	set := func(at int) {
		if len(ends) <= k {
			ends = append(ends, at)
		} else {
			ends[k] = at
		}
	}
	for k > 0 {
		if m.spent() {
			return false
		}
		prev := ends[k-1]
		if short {
			if limit == prev && limit != stop && (k >= least || least-k < stop-limit) {
				limit++
			}
			if k >= most {
				limit = stop
			}
			set(m.shortest(sub.prog, prev, limit, stop))
		} else {
			set(m.longest(sub.prog, prev, limit))
		}
		again := false
		switch {
		case ends[k] < 0:
			k--
			again = true
		case ends[k] != stop:
			verified = min(verified, k-1)
			if k >= most {
				k--
				again = true
			} else if !short && ends[k] == prev && (k >= least || least-k < stop-ends[k]) {
				again = true
			} else {
				k++
				limit = stop
				if short {
					limit = ends[k-1]
				}
				continue
			}
		default:
			verified = min(verified, k-1)
			again = k < least
		}
		if !again {
			i := verified + 1
			for ; i <= k; i++ {
				m.zap(sub)
				if !m.dissect(sub, ends[i-1], ends[i]) {
					break
				}
				verified = i
			}
			if i > k {
				return true
			}
			if m.failed != nil {
				return false
			}
		}
		for k > 0 {
			prev := ends[k-1]
			if short {
				if ends[k] < stop {
					limit = ends[k] + 1
					break
				}
			} else if ends[k] > prev {
				limit = ends[k] - 1
				if limit > prev || k < least && least-k >= stop-prev {
					break
				}
			}
			k--
		}
	}
	// No time at all is the last resort.
	m.zap(sub)
	return n.min == 0 && begin == stop
}
