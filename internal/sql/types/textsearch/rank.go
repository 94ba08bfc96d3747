package textsearch

import (
	"math"
	"slices"
	"sort"
	"strings"
)

// DefaultWeights are ts_rank's for D, C, B and A.
var DefaultWeights = [4]float32{0.1, 0.2, 0.4, 1.0}

// Rank is ts_rank with its normalization bits.
func Rank(w [4]float32, v Vector, q *Query, method int) float32 {
	if len(v) == 0 || q == nil {
		return 0
	}
	words := rankWords(q)
	if len(words) == 0 {
		return 0
	}
	var res float32
	if q.Op == And || q.Op == Phrase {
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
func rankWords(q *Query) []*Query {
	var out []*Query
	seen := map[string]bool{}
	var walk func(*Query)
	walk = func(q *Query) {
		if q == nil {
			return
		}
		if q.Op == Word {
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
	slices.SortFunc(out, func(a, b *Query) int { return strings.Compare(a.Text, b.Text) })
	return out
}

func entries(v Vector, q *Query) []Lexeme {
	var out []Lexeme
	i := sort.Search(len(v), func(i int) bool { return v[i].Text >= q.Text })
	for ; i < len(v) && (v[i].Text == q.Text || q.Prefix && strings.HasPrefix(v[i].Text, q.Text)); i++ {
		out = append(out, v[i])
	}
	return out
}

func rankOr(w [4]float32, v Vector, words []*Query) float32 {
	var res float32
	for _, q := range words {
		for _, e := range entries(v, q) {
			list := e.Positions
			if len(list) == 0 {
				list = []Position{{At: maxPosition}}
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
			res = float32(float64(res) + float64(float32(best+resj)-best/float32((jm+1)*(jm+1)))/1.64493406685)
		}
	}
	return res / float32(len(words))
}

func wordDistance(d int) float32 {
	if d > 100 {
		return 1e-30
	}
	return float32(1.0 / (1.005 + 0.05*math.Exp(float64(d)/1.5-2)))
}

func rankAnd(w [4]float32, v Vector, words []*Query) float32 {
	if len(words) < 2 {
		return rankOr(w, v, words)
	}
	var pos [][]Position
	res := float32(-1)
	for i, q := range words {
		pos = append(pos, nil)
		for _, e := range entries(v, q) {
			list := e.Positions
			none := len(list) == 0
			if none {
				list = []Position{{At: maxPosition}}
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
								d = maxPosition
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
