package pgtrgm

import (
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Trigram is three characters; those that take more than three bytes are a hash. Its order is that of the three bytes as
// signed ones.
type Trigram uint32

func trigram(a, b, c byte) Trigram {
	return Trigram(a^0x80)<<16 | Trigram(b^0x80)<<8 | Trigram(c^0x80)
}

// Bytes are the three bytes.
func (t Trigram) Bytes() [3]byte {
	return [3]byte{byte(t>>16) ^ 0x80, byte(t>>8) ^ 0x80, byte(t) ^ 0x80}
}

// compact makes a trigram of three characters.
func compact(s string) Trigram {
	if len(s) == 3 {
		return trigram(s[0], s[1], s[2])
	}
	// The hash is the old mixture of a reflected table with a sum that is not.
	crc := uint32(0xffffffff)
	for i := range len(s) {
		crc = crc32.IEEETable[byte(crc>>24)^s[i]] ^ crc<<8
	}
	var b [4]byte
	binary.LittleEndian.PutUint32(b[:], crc^0xffffffff)
	return trigram(b[0], b[1], b[2])
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Nl, r)
}

// bounds of a trigram in its word.
const (
	leftBound  = 1
	rightBound = 2
)

// appendWord appends the trigrams of a padded word.
func appendWord(list []Trigram, word string) []Trigram {
	var at [3]int
	n := 0
	for i := range word {
		if n < 3 {
			at[n] = i
			n++
			if n < 3 {
				continue
			}
		} else {
			list = append(list, compact(word[at[0]:i]))
			at[0], at[1], at[2] = at[1], at[2], i
		}
	}
	if n == 3 {
		list = append(list, compact(word[at[0]:]))
	}
	return list
}

// eachWord calls f for each word of a text, in lower case.
func eachWord(s string, f func(word string)) {
	s = strings.ToLower(s)
	for s != "" {
		start := strings.IndexFunc(s, wordRune)
		if start < 0 {
			return
		}
		s = s[start:]
		end := strings.IndexFunc(s, func(r rune) bool { return !wordRune(r) })
		if end < 0 {
			end = len(s)
		}
		f(s[:end])
		s = s[end:]
	}
}

// positional gives a text's trigrams in their order, and the bounds they are of their words.
func positional(s string) (list []Trigram, bounds []byte) {
	eachWord(s, func(word string) {
		first := len(list)
		list = appendWord(list, "  "+word+" ")
		for len(bounds) < len(list) {
			bounds = append(bounds, 0)
		}
		if len(list) > first {
			bounds[first] |= leftBound
			bounds[len(list)-1] |= rightBound
		}
	})
	return list, bounds
}

func unique(list []Trigram) []Trigram {
	slices.Sort(list)
	return slices.Compact(list)
}

// Of gives the set of a text's trigrams.
func Of(s string) []Trigram {
	list, _ := positional(s)
	return unique(list)
}

func share(count, len1, len2 int) float32 {
	return float32(count) / float32(len1+len2-count)
}

// Similarity says how alike two texts are, from 0 to 1.
func Similarity(a, b string) float32 {
	x, y := Of(a), Of(b)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	count := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] < y[j]:
			i++
		case x[i] > y[j]:
			j++
		default:
			i, j, count = i+1, j+1, count+1
		}
	}
	return share(count, len(x), len(y))
}

// WordSimilarity is the greatest similarity between the trigrams of a and those of a stretch of b; a strict one begins and
// ends with words.
func WordSimilarity(a, b string, strict bool) float32 {
	t1, _ := positional(a)
	t2, bounds := positional(b)
	number := map[Trigram]int{}
	var found []bool
	index := func(t Trigram) int {
		n, ok := number[t]
		if !ok {
			n = len(found)
			number[t] = n
			found = append(found, false)
		}
		return n
	}
	unique1 := 0
	for _, t := range t1 {
		if n := index(t); !found[n] {
			found[n] = true
			unique1++
		}
	}
	at := make([]int, len(t2))
	for i, t := range t2 {
		at[i] = index(t)
	}
	last := make([]int, len(found))
	for i := range last {
		last[i] = -1
	}
	lower, unique2, count := -1, 0, 0
	if strict {
		lower = 0
	}
	var best float32
	for i, n := range at {
		if lower >= 0 || found[n] {
			if last[n] < 0 {
				unique2++
				if found[n] {
					count++
				}
			}
			last[n] = i
		}
		if strict && bounds[i]&rightBound == 0 || !strict && !found[n] {
			continue
		}
		if lower == -1 {
			lower, unique2 = i, 1
		}
		now := share(count, unique1, unique2)
		c, u, before := count, unique2, lower
		for l := lower; l <= i; l++ {
			if !strict || bounds[l]&leftBound != 0 {
				if s := share(c, unique1, u); s > now {
					now, unique2, lower, count = s, u, l, c
				}
			}
			if m := at[l]; last[m] == l {
				u--
				if found[m] {
					c--
				}
			}
		}
		best = max(best, now)
		for l := before; l < lower; l++ {
			if m := at[l]; last[m] == l {
				last[m] = -1
			}
		}
	}
	return best
}

// OfPattern gives the trigrams that every text has which matches a LIKE pattern, in either case.
func OfPattern(pattern string) []Trigram {
	var list []Trigram
	var word strings.Builder
	open := false // the word's start may be inside a longer word
	flush := func(openEnd bool) {
		if word.Len() == 0 {
			return
		}
		s := word.String()
		if !open {
			s = "  " + s
		}
		if !openEnd {
			s += " "
		}
		list = appendWord(list, s)
		word.Reset()
	}
	pattern = strings.ToLower(pattern)
	for i := 0; i < len(pattern); {
		r, n := utf8.DecodeRuneInString(pattern[i:])
		i += n
		switch {
		case r == '%' || r == '_':
			flush(true)
			open = true
			continue
		case r == '\\' && i < len(pattern):
			r, n = utf8.DecodeRuneInString(pattern[i:])
			i += n
		}
		if wordRune(r) {
			word.WriteRune(r)
			continue
		}
		flush(false)
		open = false
	}
	flush(false)
	return unique(list)
}

// OfRegexp gives trigrams that every text has which matches a regular expression; none when it is not of the simple kind
// (characters, anchors, dots with * or +) whose trigrams are plain.
func OfRegexp(re string) []Trigram {
	if strings.HasPrefix(re, "***") {
		return nil
	}
	var like strings.Builder
	start, end := strings.HasPrefix(re, "^"), strings.HasSuffix(re, "$")
	re = strings.TrimPrefix(re, "^")
	if end {
		re = re[:len(re)-1]
	}
	if !start {
		like.WriteByte('%')
	}
	for i := 0; i < len(re); i++ {
		switch c := re[i]; c {
		case '|', '(', ')', '[', ']', '{', '}', '\\', '?', '^', '$', '%', '_':
			return nil
		case '*', '+':
			return nil
		case '.':
			like.WriteByte('%')
			if i+1 < len(re) && strings.IndexByte("*+?", re[i+1]) >= 0 {
				i++
				if i+1 < len(re) && strings.IndexByte("*+?", re[i+1]) >= 0 {
					i++
				}
			}
		default:
			if i+1 < len(re) && strings.IndexByte("*+?{", re[i+1]) >= 0 {
				return nil
			}
			like.WriteByte(c)
		}
	}
	if !end {
		like.WriteByte('%')
	}
	return OfPattern(like.String())
}
