package document

import (
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

// Match is vector @@ query.
func Match(v textsearch.Vector, q *textsearch.Query) bool {
	if q == nil {
		return false
	}
	switch q.Op {
	case textsearch.And:
		return Match(v, q.Left) && Match(v, q.Right)
	case textsearch.Or:
		return Match(v, q.Left) || Match(v, q.Right)
	case textsearch.Not:
		return !Match(v, q.Right)
	case textsearch.Phrase:
		if !placed(v) {
			// Without places a phrase cannot be found.
			return false
		}
		m := places(v, q)
		return m.negated || len(m.at) > 0
	}
	_, ok := find(v, q)
	return ok
}

func placed(v textsearch.Vector) bool {
	for _, l := range v {
		if len(l.Positions) > 0 {
			return true
		}
	}
	return false
}

// find gives the places of a word of a query; ok says that it is there with a weight the query takes.
func find(v textsearch.Vector, q *textsearch.Query) (at []int, ok bool) {
	i := sort.Search(len(v), func(i int) bool { return v[i].Text >= q.Text })
	for ; i < len(v); i++ {
		l := &v[i]
		if l.Text != q.Text && !(q.Prefix && strings.HasPrefix(l.Text, q.Text)) {
			break
		}
		if len(l.Positions) == 0 && q.Weights == 0 {
			ok = true
		}
		for _, p := range l.Positions {
			if q.Weights == 0 || q.Weights>>uint(p.Weight)&1 != 0 {
				ok = true
				at = append(at, p.At)
			}
		}
	}
	slices.Sort(at)
	return slices.Compact(at), ok
}

// span is where a part of a phrase ends, or with negated everywhere but there; width is how far it reaches back.
type span struct {
	at      []int
	negated bool
	width   int
}

func places(v textsearch.Vector, q *textsearch.Query) span {
	switch q.Op {
	case textsearch.Word:
		at, _ := find(v, q)
		return span{at: at}
	case textsearch.Not:
		m := places(v, q.Right)
		m.negated = !m.negated
		return m
	}
	l, r := places(v, q.Left), places(v, q.Right)
	shift, width := 0, 0
	switch q.Op {
	case textsearch.Phrase:
		shift = q.Distance + r.width
		width = q.Distance + l.width + r.width
	default:
		width = max(l.width, r.width)
	}
	moved := make([]int, len(l.at))
	for i, p := range l.at {
		moved[i] = p + shift
		if q.Op != textsearch.Phrase {
			moved[i] = p + width - l.width
		}
	}
	right := r.at
	if q.Op != textsearch.Phrase {
		right = make([]int, len(r.at))
		for i, p := range r.at {
			right[i] = p + width - r.width
		}
	}
	both := func(keepLeft, keepBoth, keepRight bool) []int {
		var out []int
		i, j := 0, 0
		for i < len(moved) || j < len(right) {
			switch {
			case j == len(right) || i < len(moved) && moved[i] < right[j]:
				if keepLeft {
					out = append(out, moved[i])
				}
				i++
			case i == len(moved) || right[j] < moved[i]:
				if keepRight {
					out = append(out, right[j])
				}
				j++
			default:
				if keepBoth {
					out = append(out, moved[i])
				}
				i++
				j++
			}
		}
		return out
	}
	if q.Op == textsearch.Or {
		switch {
		case !l.negated && !r.negated:
			return span{at: both(true, true, true), width: width}
		case l.negated && r.negated:
			return span{at: both(false, true, false), negated: true, width: width}
		case l.negated:
			return span{at: both(true, false, false), negated: true, width: width}
		}
		return span{at: both(false, false, true), negated: true, width: width}
	}
	switch {
	case !l.negated && !r.negated:
		return span{at: both(false, true, false), width: width}
	case l.negated && r.negated:
		return span{at: both(true, true, true), negated: true, width: width}
	case l.negated:
		return span{at: both(false, false, true), width: width}
	}
	return span{at: both(true, false, false), width: width}
}

// DefaultWeights are ts_rank's for D, C, B and A.
var DefaultWeights = [4]float32{0.1, 0.2, 0.4, 1.0}

// Rank is ts_rank with its normalization bits.
func Rank(w [4]float32, v textsearch.Vector, q *textsearch.Query, method int) float32 {
	if len(v) == 0 || q == nil {
		return 0
	}
	words := rankWords(q)
	if len(words) == 0 {
		return 0
	}
	var res float32
	if q.Op == textsearch.And || q.Op == textsearch.Phrase {
		res = rankAnd(w, v, words)
	} else {
		res = rankOr(w, v, words)
	}
	if res < 0 {
		res = 1e-20
	}
	length := 0
	for _, l := range v {
		length += max(len(l.Positions), 1)
	}
	if method&1 != 0 {
		res = float32(float64(res) / (math.Log(float64(length)+1) / math.Log(2)))
	}
	if method&2 != 0 && length > 0 {
		res /= float32(length)
	}
	if method&8 != 0 {
		res /= float32(len(v))
	}
	if method&16 != 0 {
		res = float32(float64(res) / (math.Log(float64(len(v))+1) / math.Log(2)))
	}
	if method&32 != 0 {
		res /= res + 1
	}
	return res
}

// rankWords are the query's different words.
func rankWords(q *textsearch.Query) []*textsearch.Query {
	var out []*textsearch.Query
	seen := map[string]bool{}
	var walk func(*textsearch.Query)
	walk = func(q *textsearch.Query) {
		if q == nil {
			return
		}
		if q.Op == textsearch.Word {
			if !seen[q.Text] {
				seen[q.Text] = true
				out = append(out, q)
			}
			return
		}
		walk(q.Left)
		walk(q.Right)
	}
	walk(q)
	slices.SortFunc(out, func(a, b *textsearch.Query) int { return strings.Compare(a.Text, b.Text) })
	return out
}

func entries(v textsearch.Vector, q *textsearch.Query) []textsearch.Lexeme {
	var out []textsearch.Lexeme
	i := sort.Search(len(v), func(i int) bool { return v[i].Text >= q.Text })
	for ; i < len(v) && (v[i].Text == q.Text || q.Prefix && strings.HasPrefix(v[i].Text, q.Text)); i++ {
		out = append(out, v[i])
	}
	return out
}

func rankOr(w [4]float32, v textsearch.Vector, words []*textsearch.Query) float32 {
	var res float32
	for _, q := range words {
		for _, e := range entries(v, q) {
			list := e.Positions
			if len(list) == 0 {
				list = []textsearch.Position{{At: maxPlace}}
			}
			var resj, best float32
			best = -1
			jm := 0
			for j, p := range list {
				x := w[p.Weight]
				resj += x / float32((j+1)*(j+1))
				if x > best {
					best, jm = x, j
				}
			}
			// The best place counts in full, the sum is bounded by pi^2/6.
			res += float32((float64(best) + float64(resj) - float64(best)/float64((jm+1)*(jm+1))) / 1.64493406685)
		}
	}
	return res / float32(len(words))
}

func wordDistance(d int) float32 {
	if d > 100 {
		return 1e-30
	}
	return float32(1.0 / (1.005 + 0.05*math.Exp(float64(float32(d)/1.5-2))))
}

func rankAnd(w [4]float32, v textsearch.Vector, words []*textsearch.Query) float32 {
	if len(words) < 2 {
		return rankOr(w, v, words)
	}
	var pos [][]textsearch.Position
	res := float32(-1)
	for i, q := range words {
		pos = append(pos, nil)
		for _, e := range entries(v, q) {
			list := e.Positions
			none := len(list) == 0
			if none {
				list = []textsearch.Position{{At: maxPlace}}
			}
			for k := 0; k < i; k++ {
				if len(pos[k]) == 0 {
					continue
				}
				for _, p := range list {
					for _, o := range pos[k] {
						d := p.At - o.At
						if d < 0 {
							d = -d
						}
						if d != 0 || none {
							if d == 0 {
								d = maxPlace
							}
							cur := float32(math.Sqrt(float64(w[p.Weight] * w[o.Weight] * wordDistance(d))))
							if res < 0 {
								res = cur
							} else {
								res = float32(1.0 - (1.0-float64(res))*(1.0-float64(cur)))
							}
						}
					}
				}
			}
			pos[i] = list
		}
	}
	return res
}
