package textsearch

import (
	"slices"
	"sort"
	"strings"
)

// places are where something is found: the ends of a phrase, and how many places it spans before its end. Negated, they are
// where it is not.
type places struct {
	at     []int
	width  int
	negate bool
}

type answer uint8

const (
	no answer = iota
	yes
	maybe // it is there, but where is not known
)

// finder looks for a word of a query; want says that the places are wanted.
type finder func(q *Query, want bool) (answer, places)

// Match is vector @@ query.
func Match(v Vector, q *Query) bool { return q != nil && finder(v.find).matches(q) }

func (f finder) matches(q *Query) bool {
	switch q.Op {
	case Word:
		a, _ := f(q, false)
		return a != no
	case Not:
		return !f.matches(q.Right)
	case And:
		return f.matches(q.Left) && f.matches(q.Right)
	case Or:
		return f.matches(q.Left) || f.matches(q.Right)
	case Phrase:
		a, _ := f.phrase(q)
		return a == yes
	}
	return false
}

// find looks for a word, and gives its places.
func (v Vector) find(q *Query, _ bool) (answer, places) {
	from := sort.Search(len(v), func(i int) bool { return v[i].Text >= q.Text })
	found := no
	var out places
	for i := from; i < len(v); i++ {
		if v[i].Text != q.Text && !(q.Prefix && strings.HasPrefix(v[i].Text, q.Text)) {
			break
		}
		if len(v[i].Positions) == 0 {
			// Without places there are no weights to tell, and no phrases to find.
			found = max(found, maybe)
			continue
		}
		for _, p := range v[i].Positions {
			if q.Weights == 0 || q.Weights&(1<<p.Weight) != 0 {
				out.at = append(out.at, p.At)
			}
		}
		if !q.Prefix {
			break
		}
	}
	if len(out.at) > 0 {
		slices.Sort(out.at)
		out.at = slices.Compact(out.at)
		return yes, out
	}
	return found, out
}

// phrase finds where a query is inside a phrase.
func (f finder) phrase(q *Query) (answer, places) {
	switch q.Op {
	case Word:
		return f(q, true)
	case Not:
		a, p := f.phrase(q.Right)
		switch {
		case a == maybe:
			return maybe, places{}
		case a == no:
			return yes, places{negate: true}
		case p.negate:
			p.negate = false
			if len(p.at) == 0 {
				return no, places{}
			}
			return yes, p
		}
		p.negate = true
		return yes, p
	}
	la, l := f.phrase(q.Left)
	if q.Op != Or && la == no {
		return no, places{}
	}
	ra, r := f.phrase(q.Right)
	if q.Op != Or && ra == no {
		return no, places{}
	}
	if la == maybe || ra == maybe {
		return maybe, places{}
	}
	// Bring both sides to the place where the whole ends.
	leftShift, rightShift, width := 0, 0, 0
	if q.Op == Phrase {
		leftShift = q.Distance + r.width
		width = l.width + leftShift
	} else {
		width = max(l.width, r.width)
		leftShift, rightShift = width-l.width, width-r.width
	}
	out := places{width: width}
	if q.Op == Or {
		switch {
		case la == no && ra == no:
			return no, places{}
		case l.negate && r.negate:
			out.negate = true
			out.at = combine(l.at, r.at, leftShift, rightShift, true, false, false)
		case l.negate:
			out.negate = true
			out.at = combine(l.at, r.at, leftShift, rightShift, false, true, false)
		case r.negate:
			out.negate = true
			out.at = combine(l.at, r.at, leftShift, rightShift, false, false, true)
		default:
			out.at = combine(l.at, r.at, leftShift, rightShift, true, true, true)
		}
	} else {
		switch {
		case l.negate && r.negate:
			out.negate = true
			out.at = combine(l.at, r.at, leftShift, rightShift, true, true, true)
		case l.negate:
			out.at = combine(l.at, r.at, leftShift, rightShift, false, false, true)
		case r.negate:
			out.at = combine(l.at, r.at, leftShift, rightShift, false, true, false)
		default:
			out.at = combine(l.at, r.at, leftShift, rightShift, true, false, false)
		}
	}
	if len(out.at) == 0 && !out.negate {
		return no, places{}
	}
	return yes, out
}

// combine merges two lists of places after shifting them: those in both, only in the left, only in the right, as asked.
func combine(l, r []int, leftShift, rightShift int, both, left, right bool) []int {
	var out []int
	i, k := 0, 0
	for i < len(l) || k < len(r) {
		switch {
		case k >= len(r) || i < len(l) && l[i]+leftShift < r[k]+rightShift:
			if left {
				out = append(out, l[i]+leftShift)
			}
			i++
		case i >= len(l) || r[k]+rightShift < l[i]+leftShift:
			if right {
				out = append(out, r[k]+rightShift)
			}
			k++
		default:
			if both {
				out = append(out, l[i]+leftShift)
			}
			i++
			k++
		}
	}
	return out
}
