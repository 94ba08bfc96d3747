package fuzzystrmatch

import "strings"

// double is a word on its way through the double metaphone: how it sounds, and how it may sound too.
type double struct {
	w              string
	last           int
	length         int
	primary, other strings.Builder
	slavoGermanic  bool
}

func (d *double) at(i int) byte {
	if i >= 0 && i < len(d.w) {
		return d.w[i]
	}
	return 0
}

// has says whether one of the texts, all n bytes long, stands at i.
func (d *double) has(i, n int, list ...string) bool {
	if i < 0 || i+n > len(d.w) {
		return false
	}
	part := d.w[i : i+n]
	for _, s := range list {
		if s == part {
			return true
		}
	}
	return false
}

func (d *double) vowel(i int) bool {
	return i >= 0 && d.at(i) != 0 && strings.IndexByte("AEIOUY", d.at(i)) >= 0
}

func (d *double) add(primary, other string) {
	d.primary.WriteString(primary)
	d.other.WriteString(other)
}

func (d *double) both(s string) { d.add(s, s) }

// doubleMetaphone gives the two codes of a word, four letters at most.
func doubleMetaphone(word string) (string, string) {
	d := &double{length: len(word), last: len(word) - 1}
	d.w = strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r - 32
		}
		return r
	}, word)
	d.length, d.last = len(d.w), len(d.w)-1
	d.w += "     "
	d.slavoGermanic = strings.ContainsAny(d.w, "WK") || strings.Contains(d.w, "CZ") || strings.Contains(d.w, "WITZ")
	i := 0
	if d.has(0, 2, "GN", "KN", "PN", "WR", "PS") {
		i++
	}
	if d.at(0) == 'X' {
		d.both("S")
		i++
	}
	for (d.primary.Len() < 4 || d.other.Len() < 4) && i < d.length {
		i = d.step(i)
	}
	cut := func(s string) string {
		if len(s) > 4 {
			return s[:4]
		}
		return s
	}
	return cut(d.primary.String()), cut(d.other.String())
}

// pass is i after a letter, and after the next when it is c.
func (d *double) pass(i int, c byte) int {
	if d.at(i+1) == c {
		return i + 2
	}
	return i + 1
}

// step codes the letter at i and gives the next place.
func (d *double) step(i int) int {
	switch c := d.at(i); c {
	case 'A', 'E', 'I', 'O', 'U', 'Y':
		if i == 0 {
			d.both("A")
		}
		return i + 1
	case 'B':
		d.both("P")
		return d.pass(i, 'B')
	case 'C':
		return d.c(i)
	case 'D':
		return d.d(i)
	case 'F':
		d.both("F")
		return d.pass(i, 'F')
	case 'G':
		return d.g(i)
	case 'H':
		if (i == 0 || d.vowel(i-1)) && d.vowel(i+1) {
			d.both("H")
			return i + 2
		}
		return i + 1
	case 'J':
		return d.j(i)
	case 'K':
		d.both("K")
		return d.pass(i, 'K')
	case 'L':
		if d.at(i+1) != 'L' {
			d.both("L")
			return i + 1
		}
		if i == d.length-3 && d.has(i-1, 4, "ILLO", "ILLA", "ALLE") ||
			(d.has(d.last-1, 2, "AS", "OS") || d.has(d.last, 1, "A", "O")) && d.has(i-1, 4, "ALLE") {
			d.add("L", "")
			return i + 2
		}
		d.both("L")
		return i + 2
	case 'M':
		d.both("M")
		if d.has(i-1, 3, "UMB") && (i+1 == d.last || d.has(i+2, 2, "ER")) || d.at(i+1) == 'M' {
			return i + 2
		}
		return i + 1
	case 'N':
		d.both("N")
		return d.pass(i, 'N')
	case 'P':
		if d.at(i+1) == 'H' {
			d.both("F")
			return i + 2
		}
		d.both("P")
		if d.has(i+1, 1, "P", "B") {
			return i + 2
		}
		return i + 1
	case 'Q':
		d.both("K")
		return d.pass(i, 'Q')
	case 'R':
		if i == d.last && !d.slavoGermanic && d.has(i-2, 2, "IE") && !d.has(i-4, 2, "ME", "MA") {
			d.add("", "R")
		} else {
			d.both("R")
		}
		return d.pass(i, 'R')
	case 'S':
		return d.s(i)
	case 'T':
		return d.t(i)
	case 'V':
		d.both("F")
		return d.pass(i, 'V')
	case 'W':
		return d.wLetter(i)
	case 'X':
		if !(i == d.last && (d.has(i-3, 3, "IAU", "EAU") || d.has(i-2, 2, "AU", "OU"))) {
			d.both("KS")
		}
		if d.has(i+1, 1, "C", "X") {
			return i + 2
		}
		return i + 1
	case 'Z':
		if d.at(i+1) == 'H' {
			d.both("J")
			return i + 2
		}
		if d.has(i+1, 2, "ZO", "ZI", "ZA") || d.slavoGermanic && i > 0 && d.at(i-1) != 'T' {
			d.add("S", "TS")
		} else {
			d.both("S")
		}
		return d.pass(i, 'Z')
	}
	return i + 1
}

func (d *double) c(i int) int {
	switch {
	case i > 1 && !d.vowel(i-2) && d.has(i-1, 3, "ACH") && d.at(i+2) != 'I' && (d.at(i+2) != 'E' || d.has(i-2, 6, "BACHER", "MACHER")):
		d.both("K")
		return i + 2
	case i == 0 && d.has(i, 6, "CAESAR"):
		d.both("S")
		return i + 2
	case d.has(i, 4, "CHIA"):
		d.both("K")
		return i + 2
	case d.has(i, 2, "CH"):
		switch {
		case i > 0 && d.has(i, 4, "CHAE"):
			d.add("K", "X")
		case i == 0 && (d.has(i+1, 5, "HARAC", "HARIS") || d.has(i+1, 3, "HOR", "HYM", "HIA", "HEM")) && !d.has(0, 5, "CHORE"):
			d.both("K")
		case d.has(0, 4, "VAN ", "VON ") || d.has(0, 3, "SCH") || d.has(i-2, 6, "ORCHES", "ARCHIT", "ORCHID") || d.has(i+2, 1, "T", "S") ||
			(d.has(i-1, 1, "A", "O", "U", "E") || i == 0) && d.has(i+2, 1, "L", "R", "N", "M", "B", "H", "F", "V", "W", " "):
			d.both("K")
		case i > 0 && d.has(0, 2, "MC"):
			d.both("K")
		case i > 0:
			d.add("X", "K")
		default:
			d.both("X")
		}
		return i + 2
	case d.has(i, 2, "CZ") && !d.has(i-2, 4, "WICZ"):
		d.add("S", "X")
		return i + 2
	case d.has(i+1, 3, "CIA"):
		d.both("X")
		return i + 3
	case d.has(i, 2, "CC") && !(i == 1 && d.at(0) == 'M'):
		if d.has(i+2, 1, "I", "E", "H") && !d.has(i+2, 2, "HU") {
			if i == 1 && d.at(i-1) == 'A' || d.has(i-1, 5, "UCCEE", "UCCES") {
				d.both("KS")
			} else {
				d.both("X")
			}
			return i + 3
		}
		d.both("K")
		return i + 2
	case d.has(i, 2, "CK", "CG", "CQ"):
		d.both("K")
		return i + 2
	case d.has(i, 2, "CI", "CE", "CY"):
		if d.has(i, 3, "CIO", "CIE", "CIA") {
			d.add("S", "X")
		} else {
			d.both("S")
		}
		return i + 2
	}
	d.both("K")
	switch {
	case d.has(i+1, 2, " C", " Q", " G"):
		return i + 3
	case d.has(i+1, 1, "C", "K", "Q") && !d.has(i+1, 2, "CE", "CI"):
		return i + 2
	}
	return i + 1
}

func (d *double) d(i int) int {
	switch {
	case d.has(i, 2, "DG"):
		if d.has(i+2, 1, "I", "E", "Y") {
			d.both("J")
			return i + 3
		}
		d.both("TK")
		return i + 2
	case d.has(i, 2, "DT", "DD"):
		d.both("T")
		return i + 2
	}
	d.both("T")
	return i + 1
}

func (d *double) g(i int) int {
	if d.at(i+1) == 'H' {
		switch {
		case i > 0 && !d.vowel(i-1):
			d.both("K")
			return i + 2
		case i == 0:
			if d.at(i+2) == 'I' {
				d.both("J")
			} else {
				d.both("K")
			}
			return i + 2
		case i > 1 && d.has(i-2, 1, "B", "H", "D") || i > 2 && d.has(i-3, 1, "B", "H", "D") || i > 3 && d.has(i-4, 1, "B", "H"):
			return i + 2
		}
		if i > 2 && d.at(i-1) == 'U' && d.has(i-3, 1, "C", "G", "L", "R", "T") {
			d.both("F")
		} else if i > 0 && d.at(i-1) != 'I' {
			d.both("K")
		}
		return i + 2
	}
	if d.at(i+1) == 'N' {
		switch {
		case i == 1 && d.vowel(0) && !d.slavoGermanic:
			d.add("KN", "N")
		case !d.has(i+2, 2, "EY") && d.at(i+1) != 'Y' && !d.slavoGermanic:
			d.add("N", "KN")
		default:
			d.both("KN")
		}
		return i + 2
	}
	switch {
	case d.has(i+1, 2, "LI") && !d.slavoGermanic:
		d.add("KL", "L")
		return i + 2
	case i == 0 && (d.at(i+1) == 'Y' || d.has(i+1, 2, "ES", "EP", "EB", "EL", "EY", "IB", "IL", "IN", "IE", "EI", "ER")):
		d.add("K", "J")
		return i + 2
	case (d.has(i+1, 2, "ER") || d.at(i+1) == 'Y') && !d.has(0, 6, "DANGER", "RANGER", "MANGER") && !d.has(i-1, 1, "E", "I") && !d.has(i-1, 3, "RGY", "OGY"):
		d.add("K", "J")
		return i + 2
	case d.has(i+1, 1, "E", "I", "Y") || d.has(i-1, 4, "AGGI", "OGGI"):
		switch {
		case d.has(0, 4, "VAN ", "VON ") || d.has(0, 3, "SCH") || d.has(i+1, 2, "ET"):
			d.both("K")
		case d.has(i+1, 4, "IER "):
			d.both("J")
		default:
			d.add("J", "K")
		}
		return i + 2
	}
	d.both("K")
	return d.pass(i, 'G')
}

func (d *double) j(i int) int {
	if d.has(i, 4, "JOSE") || d.has(0, 4, "SAN ") {
		if i == 0 && d.at(i+4) == ' ' || d.has(0, 4, "SAN ") {
			d.both("H")
		} else {
			d.add("J", "H")
		}
		return i + 1
	}
	switch {
	case i == 0:
		d.add("J", "A")
	case d.vowel(i-1) && !d.slavoGermanic && (d.at(i+1) == 'A' || d.at(i+1) == 'O'):
		d.add("J", "H")
	case i == d.last:
		d.add("J", "")
	case !d.has(i+1, 1, "L", "T", "K", "S", "N", "M", "B", "Z") && !d.has(i-1, 1, "S", "K", "L"):
		d.both("J")
	}
	return d.pass(i, 'J')
}

func (d *double) s(i int) int {
	switch {
	case d.has(i-1, 3, "ISL", "YSL"):
		return i + 1
	case i == 0 && d.has(i, 5, "SUGAR"):
		d.add("X", "S")
		return i + 1
	case d.has(i, 2, "SH"):
		if d.has(i+1, 4, "HEIM", "HOEK", "HOLM", "HOLZ") {
			d.both("S")
		} else {
			d.both("X")
		}
		return i + 2
	case d.has(i, 3, "SIO", "SIA") || d.has(i, 4, "SIAN"):
		if d.slavoGermanic {
			d.both("S")
		} else {
			d.add("S", "X")
		}
		return i + 3
	case i == 0 && d.has(i+1, 1, "M", "N", "L", "W") || d.has(i+1, 1, "Z"):
		d.add("S", "X")
		return d.pass(i, 'Z')
	case d.has(i, 2, "SC"):
		if d.at(i+2) == 'H' {
			if d.has(i+3, 2, "OO", "ER", "EN", "UY", "ED", "EM") {
				if d.has(i+3, 2, "ER", "EN") {
					d.add("X", "SK")
				} else {
					d.both("SK")
				}
				return i + 3
			}
			if i == 0 && !d.vowel(3) && d.at(3) != 'W' {
				d.add("X", "S")
			} else {
				d.both("X")
			}
			return i + 3
		}
		if d.has(i+2, 1, "I", "E", "Y") {
			d.both("S")
		} else {
			d.both("SK")
		}
		return i + 3
	}
	if i == d.last && d.has(i-2, 2, "AI", "OI") {
		d.add("", "S")
	} else {
		d.both("S")
	}
	if d.has(i+1, 1, "S", "Z") {
		return i + 2
	}
	return i + 1
}

func (d *double) t(i int) int {
	switch {
	case d.has(i, 4, "TION"), d.has(i, 3, "TIA", "TCH"):
		d.both("X")
		return i + 3
	case d.has(i, 2, "TH") || d.has(i, 3, "TTH"):
		if d.has(i+2, 2, "OM", "AM") || d.has(0, 4, "VAN ", "VON ") || d.has(0, 3, "SCH") {
			d.both("T")
		} else {
			d.add("0", "T")
		}
		return i + 2
	}
	d.both("T")
	if d.has(i+1, 1, "T", "D") {
		return i + 2
	}
	return i + 1
}

func (d *double) wLetter(i int) int {
	if d.has(i, 2, "WR") {
		d.both("R")
		return i + 2
	}
	if i == 0 && (d.vowel(i+1) || d.has(i, 2, "WH")) {
		if d.vowel(i + 1) {
			d.add("A", "F")
		} else {
			d.both("A")
		}
	}
	switch {
	case i == d.last && d.vowel(i-1) || d.has(i-1, 5, "EWSKI", "EWSKY", "OWSKI", "OWSKY") || d.has(0, 3, "SCH"):
		d.add("", "F")
		return i + 1
	case d.has(i, 4, "WICZ", "WITZ"):
		d.add("TS", "FX")
		return i + 4
	}
	return i + 1
}
