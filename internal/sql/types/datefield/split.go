package datefield

import "strings"

// Kind is what a field looks like.
type Kind uint8

// The kinds of field.
const (
	Number  Kind = iota // digits, perhaps with a fraction
	String              // letters
	Date                // digits and letters with separators, or a zone's name
	Time                // hh:mm...
	Zone                // a sign and digits
	Special             // a sign and letters
)

// Field is one field of a text, its letters in lower case.
type Field struct {
	Kind Kind
	Text string
}

const maxFields = 25

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isAlnum(c byte) bool { return isDigit(c) || isAlpha(c) }
func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
func isPunct(c byte) bool { return c > ' ' && c < 0x7f && !isAlnum(c) }

// Split cuts a text into fields, false when it holds something no date or interval does. limit bounds the bytes of all
// fields together, as PostgreSQL's work buffer does.
func Split(s string, limit int) ([]Field, bool) {
	var fields []Field
	used := 0
	i := 0
	at := func(k int) byte {
		if k < len(s) {
			return s[k]
		}
		return 0
	}
	digits := func() {
		for isDigit(at(i)) {
			i++
		}
	}
	for i < len(s) {
		c := s[i]
		if isSpace(c) {
			i++
			continue
		}
		if len(fields) >= maxFields {
			return nil, false
		}
		start := i
		prefix := ""
		kind := Number
		switch {
		case isDigit(c):
			digits()
			switch d := at(i); d {
			case ':':
				kind = Time
				for isDigit(at(i)) || at(i) == ':' || at(i) == '.' {
					i++
				}
			case '-', '/', '.':
				i++
				if isDigit(at(i)) {
					kind = Date
					if d == '.' {
						kind = Number
					}
					digits()
					if at(i) == d {
						kind = Date
						for isDigit(at(i)) || at(i) == d {
							i++
						}
					}
				} else {
					kind = Date
					for isAlnum(at(i)) || at(i) == d {
						i++
					}
				}
			}
		case c == '.':
			i++
			digits()
		case isAlpha(c):
			kind = String
			for isAlpha(at(i)) {
				i++
			}
			isDate := false
			switch n := at(i); {
			case n == '-' || n == '/' || n == '.':
				isDate = true
			case n == '+' || isDigit(n):
				_, known := FindWord(strings.ToLower(s[start:i]))
				isDate = !known
			}
			if isDate {
				kind = Date
				for i++; i < len(s) && (isAlnum(s[i]) || strings.IndexByte("+-/_.:", s[i]) >= 0); i++ {
				}
			}
		case c == '+' || c == '-':
			i++
			for i < len(s) && isSpace(s[i]) {
				i++
			}
			prefix = s[start : start+1]
			start = i
			switch {
			case isDigit(at(i)):
				kind = Zone
				for isDigit(at(i)) || at(i) == ':' || at(i) == '.' || at(i) == '-' {
					i++
				}
			case isAlpha(at(i)):
				kind = Special
				for isAlpha(at(i)) {
					i++
				}
			default:
				return nil, false
			}
		case isPunct(c):
			i++
			continue
		default:
			return nil, false
		}
		text := prefix + s[start:i]
		used += len(text) + 1
		if used > limit {
			return nil, false
		}
		fields = append(fields, Field{kind, strings.ToLower(text)})
	}
	return fields, true
}
