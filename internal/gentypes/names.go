package gentypes

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// names gives every declared thing of one scope a name of its own.
type names map[string]bool

// take gives the name, with a number when it is taken.
func (n names) take(name string) string {
	free := name
	for i := 2; n[free]; i++ {
		free = name + "_" + strconv.Itoa(i)
	}
	n[free] = true
	return free
}

// pascal joins the words of names: "order_items" is OrderItems. It is an exported Go identifier and a Python one: what is
// neither letter nor digit only parts words.
func pascal(parts ...string) string {
	var out strings.Builder
	for _, part := range parts {
		for _, word := range strings.FieldsFunc(part, func(c rune) bool { return !wordRune(c) }) {
			for i, c := range word {
				if i == 0 {
					c = unicode.ToUpper(c)
				}
				out.WriteRune(c)
			}
		}
	}
	name := out.String()
	if c, _ := utf8.DecodeRuneInString(name); unicode.IsUpper(c) {
		return name
	}
	return "X" + name
}

func wordRune(c rune) bool { return unicode.IsLetter(c) || unicode.Is(unicode.Nd, c) }
