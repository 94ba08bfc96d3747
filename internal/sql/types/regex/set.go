package regex

import (
	"sort"

	"github.com/basement-project/basement/internal/sql/types/ctype"
)

// set is a set of characters: ranges in ascending order that neither meet nor overlap.
type set = ctype.Class

const maxRune = 0x10FFFF

// union makes a set of ranges in any order.
func union(list []ctype.Range) set {
	sort.Slice(list, func(i, j int) bool { return list[i].Lo < list[j].Lo })
	var out set
	for _, r := range list {
		if n := len(out); n > 0 && r.Lo <= out[n-1].Hi+1 {
			out[n-1].Hi = max(out[n-1].Hi, r.Hi)
			continue
		}
		out = append(out, r)
	}
	return out
}

func complement(s set) set {
	var out set
	next := rune(0)
	for _, r := range s {
		if r.Lo > next {
			out = append(out, ctype.Range{Lo: next, Hi: r.Lo - 1})
		}
		next = r.Hi + 1
	}
	if next <= maxRune {
		out = append(out, ctype.Range{Lo: next, Hi: maxRune})
	}
	return out
}

func single(r rune) ctype.Range { return ctype.Range{Lo: r, Hi: r} }

// cases are a character's two cases.
func cases(r rune) []ctype.Range {
	if r > maxRune {
		return []ctype.Range{single(r)}
	}
	return []ctype.Range{single(ctype.ToLower(r)), single(ctype.ToUpper(r))}
}

// named gives a character class; false for an unknown name.
func named(name string, ignoreCase bool) (set, bool) {
	if ignoreCase && (name == "lower" || name == "upper") {
		name = "alpha"
	}
	switch name {
	case "ascii":
		return set{{Lo: 0, Hi: 0x7f}}, true
	case "blank":
		return set{{Lo: '\t', Hi: '\t'}, {Lo: ' ', Hi: ' '}}, true
	case "cntrl":
		return set{{Lo: 0, Hi: 0x1f}, {Lo: 0x7f, Hi: 0x9f}}, true
	case "xdigit":
		return set{{Lo: '0', Hi: '9'}, {Lo: 'A', Hi: 'F'}, {Lo: 'a', Hi: 'f'}}, true
	case "word":
		return words(), true
	}
	c := ctype.Named(name)
	if c == nil {
		return nil, false
	}
	return union(append([]ctype.Range(nil), c...)), true
}

func words() set { return union(append([]ctype.Range{single('_')}, ctype.Named("alnum")...)) }

func isWord(r rune) bool {
	if r < 0x80 {
		return r == '_' || isLetter(r) || isDigit(r)
	}
	return ctype.IsAlpha(r)
}

// byEscape is the class of \d, \s or \w.
func byEscape(c rune) set {
	switch c {
	case 'd':
		return ctype.Named("digit")
	case 's':
		return ctype.Named("space")
	}
	return words()
}

// collating are the names of characters in [. .].
var collating = map[string]rune{
	"NUL": 0, "SOH": 1, "STX": 2, "ETX": 3, "EOT": 4, "ENQ": 5, "ACK": 6, "BEL": 7, "alert": 7, "BS": 8, "backspace": 8, "HT": 9,
	"tab": 9, "LF": 10, "newline": 10, "VT": 11, "vertical-tab": 11, "FF": 12, "form-feed": 12, "CR": 13, "carriage-return": 13,
	"SO": 14, "SI": 15, "DLE": 16, "DC1": 17, "DC2": 18, "DC3": 19, "DC4": 20, "NAK": 21, "SYN": 22, "ETB": 23, "CAN": 24, "EM": 25,
	"SUB": 26, "ESC": 27, "IS4": 28, "FS": 28, "IS3": 29, "GS": 29, "IS2": 30, "RS": 30, "IS1": 31, "US": 31, "space": ' ',
	"exclamation-mark": '!', "quotation-mark": '"', "number-sign": '#', "dollar-sign": '$', "percent-sign": '%', "ampersand": '&',
	"apostrophe": '\'', "left-parenthesis": '(', "right-parenthesis": ')', "asterisk": '*', "plus-sign": '+', "comma": ',',
	"hyphen": '-', "hyphen-minus": '-', "period": '.', "full-stop": '.', "slash": '/', "solidus": '/', "zero": '0', "one": '1',
	"two": '2', "three": '3', "four": '4', "five": '5', "six": '6', "seven": '7', "eight": '8', "nine": '9', "colon": ':',
	"semicolon": ';', "less-than-sign": '<', "equals-sign": '=', "greater-than-sign": '>', "question-mark": '?',
	"commercial-at": '@', "left-square-bracket": '[', "backslash": '\\', "reverse-solidus": '\\', "right-square-bracket": ']',
	"circumflex": '^', "circumflex-accent": '^', "underscore": '_', "low-line": '_', "grave-accent": '`', "left-brace": '{',
	"left-curly-bracket": '{', "vertical-line": '|', "right-brace": '}', "right-curly-bracket": '}', "tilde": '~', "DEL": 127,
}
