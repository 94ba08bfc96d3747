package fuzzystrmatch

import (
	_ "embed" // the facts of the extension's objects
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

// maxLength bounds the arguments of levenshtein and metaphone.
const maxLength = 255

// Extension is fuzzystrmatch.
func Extension() *extension.Extension {
	x := &extension.Extension{Name: "fuzzystrmatch", Version: "1.1", Comment: "determine similarities and distance between strings", Older: []string{"1.0"}, Objects: objects}
	add := func(sig string, f func(v []types.Datum) (types.Datum, error)) {
		x.Functions = append(x.Functions, extension.Function{Sig: sig, Fn: func(c extension.Call) (types.Datum, error) { return f(c.Values()) }})
	}
	add("levenshtein(text,text)", func(v []types.Datum) (types.Datum, error) { return distance(v[0].S, v[1].S, 1, 1, 1, -1) })
	add("levenshtein(text,text,int4,int4,int4)", func(v []types.Datum) (types.Datum, error) {
		return distance(v[0].S, v[1].S, int(v[2].I), int(v[3].I), int(v[4].I), -1)
	})
	add("levenshtein_less_equal(text,text,int4)", func(v []types.Datum) (types.Datum, error) {
		return distance(v[0].S, v[1].S, 1, 1, 1, int(v[2].I))
	})
	add("levenshtein_less_equal(text,text,int4,int4,int4,int4)", func(v []types.Datum) (types.Datum, error) {
		return distance(v[0].S, v[1].S, int(v[2].I), int(v[3].I), int(v[4].I), int(v[5].I))
	})
	add("metaphone(text,int4)", func(v []types.Datum) (types.Datum, error) {
		s, n := v[0].S, int(v[1].I)
		switch {
		case s == "":
			return types.Text(""), nil
		case len(s) > maxLength:
			return extension.Bad("22023", "argument exceeds the maximum length of %d bytes", maxLength)
		case n > maxLength:
			return extension.Bad("22023", "output exceeds the maximum length of %d bytes", maxLength)
		case n <= 0:
			return extension.Bad("2200F", "output cannot be empty string")
		}
		return types.Text(metaphone(s, n)), nil
	})
	code := func(v []types.Datum) (types.Datum, error) { return types.Text(soundex(v[0].S)), nil }
	add("soundex(text)", code)
	add("text_soundex(text)", code)
	add("difference(text,text)", func(v []types.Datum) (types.Datum, error) {
		a, b, n := soundex(v[0].S), soundex(v[1].S), int64(0)
		for i := 0; i < len(a) && i < len(b); i++ {
			if a[i] == b[i] {
				n++
			}
		}
		if a == "" && b == "" {
			n = 4
		}
		return types.Int(n), nil
	})
	add("dmetaphone(text)", func(v []types.Datum) (types.Datum, error) {
		s, _ := doubleMetaphone(v[0].S)
		return types.Text(s), nil
	})
	add("dmetaphone_alt(text)", func(v []types.Datum) (types.Datum, error) {
		_, s := doubleMetaphone(v[0].S)
		return types.Text(s), nil
	})
	return x
}

// distance is the least cost of turning a into b. With a limit (not negative) a greater distance is told as the limit plus 1.
func distance(a, b string, ins, del, sub, limit int) (types.Datum, error) {
	s, t := []rune(a), []rune(b)
	if len(s) > maxLength || len(t) > maxLength {
		return types.Datum{}, errs.New("22023", "levenshtein argument exceeds maximum length of %d characters", maxLength)
	}
	prev, row := make([]int, len(s)+1), make([]int, len(s)+1)
	for i := range prev {
		prev[i] = i * del
	}
	for j := 1; j <= len(t); j++ {
		row[0] = j * ins
		for i := 1; i <= len(s); i++ {
			cost := prev[i-1]
			if s[i-1] != t[j-1] {
				cost += sub
			}
			row[i] = min(prev[i]+ins, row[i-1]+del, cost)
		}
		prev, row = row, prev
	}
	d := prev[len(s)]
	if limit >= 0 && d > limit {
		d = limit + 1
	}
	return types.Int(int64(d)), nil
}

func letter(c byte) bool { return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' }

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 32
	}
	return c
}

func soundex(s string) string {
	//             ABCDEFGHIJKLMNOPQRSTUVWXYZ
	const codes = "01230120022455012623010202"
	code := func(c byte) byte {
		if letter(c) {
			return codes[upper(c)-'A']
		}
		return c
	}
	i := 0
	for i < len(s) && !letter(s[i]) {
		i++
	}
	if i == len(s) {
		return ""
	}
	out := []byte{upper(s[i])}
	for i++; i < len(s) && len(out) < 4; i++ {
		if letter(s[i]) && code(s[i]) != code(s[i-1]) && code(s[i]) != '0' {
			out = append(out, code(s[i]))
		}
	}
	for len(out) < 4 {
		out = append(out, '0')
	}
	return string(out)
}

// metaphone gives how a word sounds, at most limit letters.
func metaphone(word string, limit int) string {
	w := strings.ToUpper(word)
	at := func(i int) byte {
		if i >= 0 && i < len(w) {
			return w[i]
		}
		return 0
	}
	alpha := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	vowel := func(c byte) bool { return c != 0 && strings.IndexByte("AEIOU", c) >= 0 }
	frontal := func(c byte) bool { return c != 0 && strings.IndexByte("EIY", c) >= 0 }
	noChange := func(c byte) bool { return c != 0 && strings.IndexByte("FJLMNR", c) >= 0 }
	ghToF := func(c byte) bool { return c != 0 && strings.IndexByte("BDH", c) >= 0 }
	affectsH := func(c byte) bool { return c != 0 && strings.IndexByte("CGPST", c) >= 0 }
	var out []byte
	i := 0
	for ; !alpha(at(i)); i++ {
		if at(i) == 0 {
			return ""
		}
	}
	// The beginnings that sound otherwise.
	switch at(i) {
	case 'A':
		if at(i+1) == 'E' {
			out = append(out, 'E')
			i += 2
		} else {
			out = append(out, 'A')
			i++
		}
	case 'G', 'K', 'P':
		if at(i+1) == 'N' {
			out = append(out, 'N')
			i += 2
		}
	case 'X':
		out = append(out, 'S')
		i++
	case 'E', 'I', 'O', 'U':
		out = append(out, at(i))
		i++
	case 'W':
		if at(i+1) == 'R' {
			out = append(out, at(i+1))
			i += 2
		} else if vowel(at(i + 1)) {
			out = append(out, 'W')
			i += 2
		}
	}
	for ; at(i) != 0 && len(out) < limit; i++ {
		c, next, after, last := at(i), at(i+1), byte(0), byte(0)
		if next != 0 {
			after = at(i + 2)
		}
		if i > 0 {
			last = at(i - 1)
		}
		skip := 0
		put := func(b ...byte) { out = append(out, b...) }
		if !alpha(c) || c == last && c != 'C' {
			continue
		}
		switch c {
		case 'B':
			if !(next == 0 && last == 'M') {
				put('B')
			}
		case 'C':
			switch {
			case frontal(next):
				switch {
				case next == 'I' && after == 'A':
					put('X')
				case last == 'S':
				default:
					put('S')
				}
			case next == 'H':
				if after == 'R' || last == 'S' {
					put('K')
				} else {
					put('X')
				}
				skip++
			default:
				put('K')
			}
		case 'D':
			if next == 'G' && frontal(after) {
				put('J')
				skip++
			} else {
				put('T')
			}
		case 'G':
			switch {
			case next == 'H':
				if !(ghToF(at(i-3)) || at(i-4) == 'H') {
					put('F')
					skip++
				}
			case next == 'N':
				if !alpha(after) || after == 'E' && at(i+3) == 'D' {
					break
				}
				put('K')
			case frontal(next) && last != 'G':
				put('J')
			default:
				put('K')
			}
		case 'H':
			if vowel(next) && !affectsH(last) {
				put('H')
			}
		case 'K':
			if last != 'C' {
				put('K')
			}
		case 'P':
			if next == 'H' {
				put('F')
			} else {
				put('P')
			}
		case 'Q':
			put('K')
		case 'S':
			switch {
			case next == 'I' && (after == 'O' || after == 'A'):
				put('X')
			case next == 'H':
				put('X')
				skip++
			case next == 'C' && after == 'H' && at(i+3) == 'W':
				put('X')
				skip += 2
			default:
				put('S')
			}
		case 'T':
			switch {
			case next == 'I' && (after == 'O' || after == 'A'):
				put('X')
			case next == 'H':
				put('0')
				skip++
			default:
				put('T')
			}
		case 'V':
			put('F')
		case 'W', 'Y':
			if vowel(next) {
				put(c)
			}
		case 'X':
			put('K', 'S')
		case 'Z':
			put('S')
		default:
			if noChange(c) {
				put(c)
			}
		}
		i += skip
	}
	return string(out[:min(len(out), limit)])
}
