package plan

import (
	"math"
	"sort"
	"strings"
	"unicode"
)

// closest gives the name most like the wanted one, "" when none is like it by at least least (0 to 1). Names compare by
// the letter groups they share first; among those that share any, by edit distance.
func closest(names []string, wanted string, least float64) string {
	low := strings.ToLower(wanted)
	for _, n := range names {
		if strings.ToLower(n) == low {
			return n
		}
	}
	for size := 3; size >= 2; size-- {
		if best := closestBy(names, low, size, least); best != "" {
			return best
		}
	}
	return ""
}

type candidate struct {
	name  string
	score float64
}

func closestBy(names []string, wanted string, size int, least float64) string {
	want := grams(wanted, size)
	wantNorm := norm(want)
	var list []candidate
	for _, n := range names {
		g := grams(strings.ToLower(n), size)
		dot := 0
		for k, c := range want {
			dot += c * g[k]
		}
		if dot > 0 {
			list = append(list, candidate{n, float64(dot) / (wantNorm * norm(g))})
		}
	}
	byScore := func(i, j int) bool { return list[i].score > list[j].score }
	sort.SliceStable(list, byScore)
	if len(list) > 50 {
		list = list[:50]
	}
	for i := range list {
		list[i].score = likeness(wanted, strings.ToLower(list[i].name))
	}
	sort.SliceStable(list, byScore)
	if len(list) > 0 && list[0].score >= least {
		return list[0].name
	}
	return ""
}

// grams counts the groups of size letters in s between two dashes.
func grams(s string, size int) map[string]int {
	kept := []rune{'-'}
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsDigit(c) || c == ' ' || c == ',' {
			kept = append(kept, c)
		}
	}
	kept = append(kept, '-')
	for len(kept) < size {
		kept = append(kept, '-')
	}
	out := map[string]int{}
	for i := 0; i+size <= len(kept); i++ {
		out[string(kept[i:i+size])]++
	}
	return out
}

func norm(g map[string]int) float64 {
	sum := 0
	for _, c := range g {
		sum += c * c
	}
	return math.Sqrt(float64(sum))
}

// likeness is 1 minus the edit distance as a part of the longer text.
func likeness(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	longer := max(len(x), len(y))
	if longer == 0 {
		return 1
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j, d := range y {
			cost := diagonal
			if c != d {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return 1 - float64(row[len(y)])/float64(longer)
}
