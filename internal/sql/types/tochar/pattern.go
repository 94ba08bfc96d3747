package tochar

import "strings"

type nodeKind uint8

const (
	action nodeKind = iota
	char
	separator
	space
)

// node is one piece of a pattern: a key word with its suffixes, or a character.
type node struct {
	kind nodeKind
	key  string // a key word as it was written
	text string // a character
	fill bool   // FM
	tm   bool   // TM: names without blanks after them
	th   byte   // 't' for th, 'T' for TH, 0 for none
}

// dateKeys are the key words of dates by their first letter, longer ones before their beginnings.
var dateKeys = []string{
	"A.D.", "A.M.", "AD", "AM", "B.C.", "BC", "CC", "DAY", "DDD", "DD", "DY", "Day", "Dy", "D", "FF1", "FF2", "FF3", "FF4", "FF5", "FF6", "FX",
	"HH24", "HH12", "HH", "IDDD", "ID", "IW", "IYYY", "IYY", "IY", "I", "J", "MI", "MM", "MONTH", "MON", "MS", "Month", "Mon", "OF",
	"P.M.", "PM", "Q", "RM", "SSSSS", "SSSS", "SS", "TZH", "TZM", "TZ", "US", "WW", "W", "Y,YYY", "YYYY", "YYY", "YY", "Y",
	"a.d.", "a.m.", "ad", "am", "b.c.", "bc", "cc", "day", "ddd", "dd", "dy", "d", "ff1", "ff2", "ff3", "ff4", "ff5", "ff6", "fx",
	"hh24", "hh12", "hh", "iddd", "id", "iw", "iyyy", "iyy", "iy", "i", "j", "mi", "mm", "month", "mon", "ms", "of",
	"p.m.", "pm", "q", "rm", "sssss", "ssss", "ss", "tzh", "tzm", "tz", "us", "ww", "w", "y,yyy", "yyyy", "yyy", "yy", "y",
}

// numberKeys are the key words of numbers.
var numberKeys = []string{
	",", ".", "0", "9", "B", "C", "D", "EEEE", "FM", "G", "L", "MI", "PL", "PR", "RN", "SG", "SP", "S", "TH", "V",
	"b", "c", "d", "eeee", "fm", "g", "l", "mi", "pl", "pr", "rn", "sg", "sp", "s", "th", "v",
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isSeparator says whether a character is printable ASCII and neither a letter nor a digit.
func isSeparator(c byte) bool {
	return c > ' ' && c < 0x7f && !isDigit(c) && !(c|0x20 >= 'a' && c|0x20 <= 'z')
}

func findKey(s string, keys []string) string {
	for _, k := range keys {
		if strings.HasPrefix(s, k) {
			return k
		}
	}
	return ""
}

func runeEnd(s string) int {
	for i := 1; i < len(s); i++ {
		if s[i]&0xc0 != 0x80 {
			return i
		}
	}
	return len(s)
}

// parse cuts a pattern into nodes.
func parse(s string, keys []string, dates bool) []node {
	var out []node
	for s != "" {
		var n node
		if dates {
			switch {
			case strings.HasPrefix(s, "FM"), strings.HasPrefix(s, "fm"):
				n.fill = true
				s = s[2:]
			case strings.HasPrefix(s, "TM"), strings.HasPrefix(s, "tm"):
				n.tm = true
				s = s[2:]
			}
		}
		if k := findKey(s, keys); k != "" {
			n.kind, n.key = action, k
			s = s[len(k):]
			if dates {
				switch {
				case strings.HasPrefix(s, "TH"):
					n.th, s = 'T', s[2:]
				case strings.HasPrefix(s, "th"):
					n.th, s = 't', s[2:]
				case strings.HasPrefix(s, "SP"), strings.HasPrefix(s, "sp"):
					s = s[2:]
				}
			}
			out = append(out, n)
			continue
		}
		if s == "" {
			break
		}
		if s[0] == '"' {
			s = s[1:]
			for s != "" {
				if s[0] == '"' {
					s = s[1:]
					break
				}
				if s[0] == '\\' && len(s) > 1 {
					s = s[1:]
				}
				end := runeEnd(s)
				out = append(out, node{kind: char, text: s[:end]})
				s = s[end:]
			}
			continue
		}
		if strings.HasPrefix(s, `\"`) {
			s = s[1:]
		}
		end := runeEnd(s)
		n = node{kind: char, text: s[:end]}
		if dates && isSeparator(s[0]) {
			n.kind = separator
		} else if isSpace(s[0]) {
			n.kind = space
		}
		out = append(out, n)
		s = s[end:]
	}
	return out
}

// ordinal is the ending of a number: "st", "nd", "rd", "th".
func ordinal(digits string, upper bool) string {
	end := "th"
	last := digits[len(digits)-1]
	if len(digits) < 2 || digits[len(digits)-2] != '1' {
		switch last {
		case '1':
			end = "st"
		case '2':
			end = "nd"
		case '3':
			end = "rd"
		}
	}
	if upper {
		return strings.ToUpper(end)
	}
	return end
}

var (
	months  = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	days    = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	romans  = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}
	shortMs = []string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
	shortDs = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
)
