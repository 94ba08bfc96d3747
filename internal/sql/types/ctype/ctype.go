package ctype

import (
	_ "embed" // the classes
	"sort"
	"strconv"
	"strings"
	"sync"
	"unicode"
)

//go:embed classes.txt
var facts string

// Range is a range of characters, both ends in it.
type Range struct{ Lo, Hi rune }

// Class is a set of characters: ranges in ascending order.
type Class []Range

var classes = sync.OnceValue(func() map[string]Class {
	out := map[string]Class{}
	for line := range strings.Lines(facts) {
		name, list, _ := strings.Cut(strings.TrimSpace(line), " ")
		var c Class
		last := rune(0)
		for part := range strings.SplitSeq(list, ",") {
			from, length, _ := strings.Cut(part, "-")
			lo := last + number(from)
			last = lo + number(length)
			c = append(c, Range{lo, last})
		}
		out[name] = c
	}
	out["alnum"] = append(append(Class{}, out["alpha"]...), out["digit"]...)
	sort.Slice(out["alnum"], func(i, j int) bool { return out["alnum"][i].Lo < out["alnum"][j].Lo })
	return out
})

func number(s string) rune {
	n, _ := strconv.ParseInt(s, 36, 32)
	return rune(n)
}

// Named gives a class: alnum, alpha, digit, graph, lower, print, punct, space or upper; nil for another name. Nobody may
// change it.
func Named(name string) Class { return classes()[name] }

// Has says whether a character is in the class.
func (c Class) Has(r rune) bool {
	i := sort.Search(len(c), func(i int) bool { return c[i].Hi >= r })
	return i < len(c) && c[i].Lo <= r
}

var alpha = sync.OnceValue(func() Class { return Named("alpha") })

// IsAlpha says whether a character is a letter.
func IsAlpha(r rune) bool {
	if r < 0x80 {
		return r|0x20 >= 'a' && r|0x20 <= 'z'
	}
	return alpha().Has(r)
}

// IsSpace says whether a character is a space.
func IsSpace(r rune) bool {
	return r == ' ' || r >= '\t' && r <= '\r' || r >= 0x80 && Named("space").Has(r)
}

// ToLower is a character's lower case.
func ToLower(r rune) rune { return unicode.ToLower(r) }

// ToUpper is a character's upper case.
func ToUpper(r rune) rune { return unicode.ToUpper(r) }
