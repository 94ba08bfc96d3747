package textsearch

import (
	"cmp"
	"hash/crc32"
	"slices"
	"strings"
)

// sum is the checksum PostgreSQL orders words by.
func sum(s string) int32 {
	crc := uint32(0xffffffff)
	for i := 0; i < len(s); i++ {
		crc = crc32.IEEETable[byte(crc>>24)^s[i]] ^ crc<<8
	}
	return int32(^crc)
}

// tree is a query whose operators have any number of operands.
type tree struct {
	op       Op
	subs     []*tree
	distance int
	word     *Query
	sum      int32
	done     bool // put in by a rewrite: not to be looked at again
}

// operatorOrder is the order of operators in comparisons.
var operatorOrder = map[Op]int{Not: 1, And: 2, Or: 3, Phrase: 4}

func newTree(q *Query) *tree {
	if q.Op == Word {
		return &tree{op: Word, word: q, sum: sum(q.Text)}
	}
	t := &tree{op: q.Op, distance: q.Distance}
	// PostgreSQL's first operand is the right one.
	if q.Op == Not {
		t.subs = []*tree{newTree(q.Right)}
	} else {
		t.subs = []*tree{newTree(q.Right), newTree(q.Left)}
	}
	return t
}

func compareTrees(a, b *tree) int {
	if a.op == gone || b.op == gone {
		return b2i(a.op == gone) - b2i(b.op == gone)
	}
	if (a.op == Word) != (b.op == Word) {
		if a.op == Word {
			return 1 // operands after operators
		}
		return -1
	}
	if a.op == Word {
		if a.sum != b.sum {
			return -cmp.Compare(a.sum, b.sum)
		}
		return comparePrefix(a.word, b.word)
	}
	if a.op != b.op {
		return -cmp.Compare(operatorOrder[a.op], operatorOrder[b.op])
	}
	if len(a.subs) != len(b.subs) {
		return -cmp.Compare(len(a.subs), len(b.subs))
	}
	for i := range a.subs {
		if c := compareTrees(a.subs[i], b.subs[i]); c != 0 {
			return c
		}
	}
	if a.op == Phrase && a.distance != b.distance {
		return -cmp.Compare(a.distance, b.distance)
	}
	return 0
}

func comparePrefix(a, b *Query) int { return strings.Compare(a.Text, b.Text) }

// flat joins equal operators that stand in each other; phrases stay as they are.
func (t *tree) flat() {
	for _, s := range t.subs {
		s.flat()
	}
	if t.op != And && t.op != Or {
		return
	}
	var out []*tree
	for _, s := range t.subs {
		if s.op == t.op {
			out = append(out, s.subs...)
		} else {
			out = append(out, s)
		}
	}
	t.subs = out
}

// sort orders the operands where their order means nothing.
func (t *tree) sort() {
	for _, s := range t.subs {
		s.sort()
	}
	if t.op == And || t.op == Or {
		slices.SortStableFunc(t.subs, compareTrees)
	}
}

func (t *tree) clone() *tree {
	out := *t
	out.subs = make([]*tree, len(t.subs))
	for i, s := range t.subs {
		out.subs[i] = s.clone()
	}
	return &out
}

func (t *tree) settle() {
	t.done = true
	for _, s := range t.subs {
		s.settle()
	}
}

// query makes a query of a tree again.
func (t *tree) query() *Query {
	switch t.op {
	case Word:
		return t.word
	case Not:
		return &Query{Op: Not, Right: t.subs[0].query()}
	}
	q := t.subs[0].query()
	for _, s := range t.subs[1:] {
		q = &Query{Op: t.op, Left: s.query(), Right: q, Distance: t.distance}
	}
	return q
}

func (t *tree) equal(o *tree) bool { return compareTrees(t, o) == 0 }

// Rewrite is ts_rewrite: what is put for each part of a query that is the same as target (nil takes it out).
func Rewrite(q, target, with *Query) *Query {
	if q == nil || target == nil {
		return q
	}
	t, f := newTree(q), newTree(target)
	t.flat()
	t.sort()
	f.flat()
	f.sort()
	var w *tree
	if with != nil {
		w = newTree(with)
	}
	changed := false
	if t = t.replace(f, w, &changed); !changed {
		return q
	}
	if t = t.prune(); t == nil {
		return nil
	}
	return t.query()
}

// gone stands for what a rewrite took out.
const gone Op = 100

func (t *tree) replace(f, w *tree, changed *bool) *tree {
	t = t.replaceHere(f, w, changed)
	if !t.done && t.op != Word && t.op != gone {
		for i, s := range t.subs {
			t.subs[i] = s.replace(f, w, changed)
		}
	}
	return t
}

func (t *tree) replaceHere(f, w *tree, changed *bool) *tree {
	put := func() *tree {
		*changed = true
		if w == nil {
			return &tree{op: gone, done: true}
		}
		out := w.clone()
		out.settle()
		return out
	}
	if t.done || t.op != f.op || t.op == Phrase && t.distance != f.distance {
		return t
	}
	if t.equal(f) {
		return put()
	}
	if t.op != And && t.op != Or || len(f.subs) >= len(t.subs) {
		return t
	}
	// Some operands of a greater one.
	var rest []*tree
	k := 0
	for _, s := range t.subs {
		if k < len(f.subs) && s.equal(f.subs[k]) {
			k++
			continue
		}
		rest = append(rest, s)
	}
	if k < len(f.subs) {
		return t
	}
	out := &tree{op: t.op, subs: append(rest, put())}
	out.sort()
	return out
}

// prune takes out what is gone; nil when nothing is left.
func (t *tree) prune() *tree {
	switch t.op {
	case gone:
		return nil
	case Word:
		return t
	}
	var out []*tree
	for _, s := range t.subs {
		if s = s.prune(); s != nil {
			out = append(out, s)
		}
	}
	switch {
	case len(out) == 0:
		return nil
	case t.op == Phrase && len(out) < len(t.subs), t.op != Not && len(out) == 1:
		return out[0]
	}
	t.subs = out
	return t
}

// CompareQueries orders as tsquery's btree does.
func CompareQueries(a, b *Query) int {
	na, la := a.size()
	nb, lb := b.size()
	if c := cmp.Or(cmp.Compare(na, nb), cmp.Compare(la, lb)); c != 0 || na == 0 {
		return c
	}
	return compareTrees(newTree(a), newTree(b))
}

// size is the number of nodes and the length of the words.
func (q *Query) size() (nodes, bytes int) {
	if q == nil {
		return 0, 0
	}
	if q.Op == Word {
		return 1, len(q.Text) + 1
	}
	n, l := q.Left.size()
	m, k := q.Right.size()
	return n + m + 1, l + k
}

// Contains is q @> part: q has all words of part.
func Contains(q, part *Query) bool {
	has := map[string]bool{}
	for _, w := range q.words(nil) {
		has[w.Text] = true
	}
	for _, w := range part.words(nil) {
		if !has[w.Text] {
			return false
		}
	}
	return true
}

// Indexable is querytree: what of a query an index could look for; nil is nothing, and any means every document.
func Indexable(q *Query) (out *Query, any bool) {
	if q == nil {
		return nil, false
	}
	out = withoutNot(q)
	return out, out == nil
}

func withoutNot(q *Query) *Query {
	switch q.Op {
	case Word:
		return q
	case Not:
		return nil
	}
	l, r := withoutNot(q.Left), withoutNot(q.Right)
	switch {
	case l != nil && r != nil:
		return &Query{Op: q.Op, Left: l, Right: r, Distance: q.Distance}
	case q.Op == Or:
		return nil
	case l != nil:
		return l
	}
	return r
}
