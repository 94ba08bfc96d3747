package textsearch

import (
	"math"
	"slices"
	"sort"
)

// occurrence is a place of a lexeme of a document, with the words of the query it stands for.
type occurrence struct {
	pos   Position
	entry int
	words []*Query
}

// occurrences gives the places of a query's words in the order of the document.
func occurrences(v Vector, q *Query) []occurrence {
	type one struct {
		pos   Position
		entry int
		word  *Query
	}
	var all []one
	for _, w := range q.words(nil) {
		i := sort.Search(len(v), func(i int) bool { return v[i].Text >= w.Text })
		for ; i < len(v) && w.takes(v[i].Text); i++ {
			for _, p := range v[i].Positions {
				if w.Weights == 0 || w.Weights&(1<<p.Weight) != 0 {
					all = append(all, one{p, i, w})
				}
			}
		}
	}
	slices.SortStableFunc(all, func(a, b one) int {
		if a.pos.At != b.pos.At {
			return a.pos.At - b.pos.At
		}
		if a.pos.Weight != b.pos.Weight {
			return a.pos.Weight - b.pos.Weight
		}
		return a.entry - b.entry
	})
	var out []occurrence
	for _, x := range all {
		if n := len(out) - 1; n >= 0 && out[n].pos == x.pos && out[n].entry == x.entry {
			out[n].words = append(out[n].words, x.word)
			continue
		}
		out = append(out, occurrence{x.pos, x.entry, []*Query{x.word}})
	}
	return out
}

// found are the places of each word of a query in a part of a document.
type found map[*Query][]int

func (f found) add(o occurrence) {
	for _, w := range o.words {
		if n := len(f[w]); n == 0 || f[w][n-1] != o.pos.At {
			f[w] = append(f[w], o.pos.At)
		}
	}
}

func (f found) find(q *Query, want bool) (answer, places) {
	at := f[q]
	if len(at) == 0 {
		return no, places{}
	}
	if want {
		at = slices.Clone(at)
		slices.Sort(at)
	}
	return yes, places{at: at}
}

// cover is a shortest part of a document that satisfies a query.
type cover struct {
	from, to int // occurrences
	p, q     int // places
}

// nextCover looks for the next cover from an occurrence on, and gives where to look on.
func nextCover(doc []occurrence, query *Query, from int) (c cover, next int, ok bool) {
	for ; ; from++ {
		seen := found{}
		last := -1
		for i := from; i < len(doc); i++ {
			seen.add(doc[i])
			if finder(seen.find).matches(query) {
				if doc[i].pos.At > 0 {
					last = i
				}
				break
			}
		}
		if last < 0 {
			return cover{}, 0, false
		}
		c = cover{to: last, q: doc[last].pos.At, p: math.MaxInt}
		seen = found{}
		i := last
		for ; i >= from; i-- {
			seen.add(doc[i])
			if finder(seen.find).matches(query) {
				c.from, c.p = i, doc[i].pos.At
				break
			}
		}
		if c.p <= c.q {
			return c, i + 1, true
		}
	}
}

// RankCovers is ts_rank_cd with its normalization bits.
func RankCovers(w [4]float32, v Vector, q *Query, method int) float32 {
	if len(v) == 0 || q == nil {
		return 0
	}
	doc := occurrences(v, q)
	var inverse [4]float64
	for i, x := range w {
		inverse[i] = 1 / float64(x)
	}
	var sum, distances, before float64
	covers := 0
	for next := 0; ; {
		c, at, ok := nextCover(doc, q, next)
		if !ok {
			break
		}
		next = at
		weights := 0.0
		for _, o := range doc[c.from : c.to+1] {
			weights += inverse[o.pos.Weight]
		}
		noise := c.q - c.p - (c.to - c.from)
		if noise < 0 {
			noise = (c.to - c.from) / 2
		}
		sum += float64(c.to-c.from+1) / weights / float64(1+noise)
		middle := float64(c.q+c.p) / 2
		if covers > 0 && middle > before {
			distances += 1 / (middle - before)
		}
		before = middle
		covers++
	}
	length := 0
	for _, l := range v {
		length += max(len(l.Positions), 1)
	}
	if method&1 != 0 {
		sum /= math.Log(float64(length + 1))
	}
	if method&2 != 0 && length > 0 {
		sum /= float64(length)
	}
	if method&4 != 0 && covers > 0 && distances > 0 {
		sum /= float64(covers) / distances
	}
	if method&8 != 0 {
		sum /= float64(len(v))
	}
	if method&16 != 0 {
		sum /= math.Log(float64(len(v)+1)) / math.Log(2)
	}
	if method&32 != 0 {
		sum /= sum + 1
	}
	return float32(sum)
}

// takes says whether a lexeme is what a word of a query asks for.
func (q *Query) takes(lexeme string) bool {
	return lexeme == q.Text || q.Prefix && len(lexeme) > len(q.Text) && lexeme[:len(q.Text)] == q.Text
}

// words appends a query's words in the order PostgreSQL keeps them: the right side first.
func (q *Query) words(out []*Query) []*Query {
	if q == nil {
		return out
	}
	if q.Op == Word {
		return append(out, q)
	}
	return q.Left.words(q.Right.words(out))
}
