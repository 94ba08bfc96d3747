package array

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// MaxDims is how many dimensions an array may have.
const MaxDims = 6

// Elem is one element.
type Elem struct {
	Text string
	Null bool
}

// Array is one array value: the elements in row-major order, the size and the lower bound of each dimension. An empty array
// has no dimensions.
type Array struct {
	Dims  []int
	Lower []int
	Elems []Elem
}

// New makes a one-dimensional array.
func New(elems []Elem) Array {
	if len(elems) == 0 {
		return Array{}
	}
	return Array{Dims: []int{len(elems)}, Lower: []int{1}, Elems: elems}
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func tooManyDims(n int) error {
	return errs.New("54000", "number of array dimensions (%d) exceeds the maximum allowed (%d)", n, MaxDims)
}

// Parse reads an array literal; delim separates the elements (a comma for every type but box).
func Parse(text string, delim byte) (Array, error) {
	malformed := func(detail string) error {
		return errs.New("22P02", "malformed array literal: \"%s\"", text).WithDetail("%s", detail)
	}
	s := text
	skip := func() {
		for s != "" && isSpace(s[0]) {
			s = s[1:]
		}
	}
	number := func() (int, bool) {
		n := 0
		for n < len(s) && (s[n] >= '0' && s[n] <= '9' || s[n] == '-' || s[n] == '+') {
			n++
		}
		digits := s[:n]
		s = s[n:]
		return atoi(digits), n > 0
	}
	var a Array
	for {
		skip()
		if s == "" || s[0] != '[' {
			break
		}
		s = s[1:]
		if len(a.Dims) >= MaxDims {
			return Array{}, tooManyDims(len(a.Dims) + 1)
		}
		upper, ok := number()
		if !ok {
			return Array{}, malformed(`"[" must introduce explicitly-specified array dimensions.`)
		}
		lower := 1
		if s != "" && s[0] == ':' {
			lower = upper
			s = s[1:]
			if upper, ok = number(); !ok {
				return Array{}, malformed("Missing array dimension value.")
			}
		}
		if s == "" || s[0] != ']' {
			return Array{}, malformed(`Missing "]" after array dimensions.`)
		}
		s = s[1:]
		if upper == 1<<31-1 {
			return Array{}, errs.New("54000", "array upper bound is too large: %d", upper)
		}
		if upper < lower {
			return Array{}, errs.New("2202E", "upper bound cannot be less than lower bound")
		}
		a.Dims = append(a.Dims, upper-lower+1)
		a.Lower = append(a.Lower, lower)
	}
	given := a.Dims
	if given != nil {
		if s == "" || s[0] != '=' {
			return Array{}, malformed(`Missing "=" after array dimensions.`)
		}
		s = s[1:]
		skip()
		if s == "" || s[0] != '{' {
			return Array{}, malformed(`Array contents must start with "{".`)
		}
	} else if s == "" || s[0] != '{' {
		return Array{}, malformed(`Array value must start with "{" or dimension information.`)
	}
	dims, detail, err := count(s, delim)
	if err != nil {
		return Array{}, err
	}
	if detail != "" {
		// The braces' faults quote the text from the first brace on.
		text = s
		return Array{}, malformed(detail)
	}
	if given != nil {
		same := len(given) == len(dims)
		for i := 0; same && i < len(dims); i++ {
			same = given[i] == dims[i]
		}
		if !same {
			return Array{}, malformed("Specified array dimensions do not match array contents.")
		}
	} else {
		a.Dims = dims
		for range dims {
			a.Lower = append(a.Lower, 1)
		}
	}
	if len(dims) == 0 {
		return Array{}, nil
	}
	a.Elems = elements(s, delim)
	return a, nil
}

// atoi is C's, which stops at what is no digit.
func atoi(s string) int {
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0) {
		end++
	}
	n, err := strconv.ParseInt(s[:end], 10, 32)
	if err != nil && n == 0 {
		return 0
	}
	return int(n)
}

type state uint8

const (
	noLevel state = iota
	levelStarted
	elemStarted
	quotedStarted
	quotedCompleted
	elemDelimited
	levelCompleted
	levelDelimited
)

// count checks the braces' structure and gives the dimensions, none for an empty array; detail says what is malformed.
func count(s string, delim byte) (dims []int, detail string, err error) {
	var temp, size, last [MaxDims]int
	for i := range size {
		size[i] = 1
	}
	level, ndim := 0, 1
	st := noLevel
	quoted, empty, done := false, true, false
	i := 0
	for ; !done; i++ {
		if st == elemStarted || st == quotedStarted {
			empty = false
		}
		if i >= len(s) {
			return nil, "Unexpected end of input.", nil
		}
		c := s[i]
		ended := st == elemStarted || st == quotedCompleted || st == levelCompleted
		switch {
		case c == '\\':
			if st != levelStarted && st != elemStarted && st != quotedStarted && st != elemDelimited {
				return nil, `Unexpected "\" character.`, nil
			}
			if st != quotedStarted {
				st = elemStarted
			}
			i++
			if i >= len(s) {
				return nil, "Unexpected end of input.", nil
			}
		case c == '"':
			if st != levelStarted && st != quotedStarted && st != elemDelimited {
				return nil, "Unexpected array element.", nil
			}
			quoted = !quoted
			st = quotedCompleted
			if quoted {
				st = quotedStarted
			}
		case quoted:
		case c == '{':
			if st != noLevel && st != levelStarted && st != levelDelimited {
				return nil, `Unexpected "{" character.`, nil
			}
			st = levelStarted
			if level >= MaxDims {
				return nil, "", tooManyDims(level + 1)
			}
			temp[level] = 0
			level++
			ndim = max(ndim, level)
		case c == '}':
			if !ended && !(level == 1 && st == levelStarted) {
				return nil, `Unexpected "}" character.`, nil
			}
			st = levelCompleted
			if level == 0 {
				return nil, `Unmatched "}" character.`, nil
			}
			level--
			if last[level] != 0 && size[level] != last[level] {
				return nil, "Multidimensional arrays must have sub-arrays with matching dimensions.", nil
			}
			last[level] = size[level]
			size[level] = 1
			if level == 0 {
				done = true
				temp[ndim-1]++
			} else {
				temp[level-1]++
			}
		case c == delim:
			if !ended {
				return nil, `Unexpected "` + string(rune(delim)) + `" character.`, nil
			}
			if st == levelCompleted {
				st = levelDelimited
			} else {
				st = elemDelimited
			}
			size[level-1]++
			temp[ndim-1]++
		case !isSpace(c):
			if st != levelStarted && st != elemStarted && st != elemDelimited {
				return nil, "Unexpected array element.", nil
			}
			st = elemStarted
		}
	}
	for ; i < len(s); i++ {
		if !isSpace(s[i]) {
			return nil, "Junk after closing right brace.", nil
		}
	}
	if empty {
		return nil, "", nil
	}
	dims = make([]int, ndim)
	copy(dims, last[:ndim])
	return dims, "", nil
}

// elements reads the elements of a text that count has checked.
func elements(s string, delim byte) []Elem {
	var out []Elem
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '{' || c == '}' || c == delim || isSpace(c):
			continue
		case c == '"':
			var text string
			text, i = quotedElem(s, i+1)
			out = append(out, Elem{Text: text})
		default:
			var e Elem
			e, i = bareElem(s, i, delim)
			out = append(out, e)
		}
	}
	return out
}

func quotedElem(s string, i int) (text string, last int) {
	from := i
	for s[i] != '"' {
		if s[i] == '\\' {
			break
		}
		i++
	}
	if s[i] == '"' {
		return s[from:i], i
	}
	var b strings.Builder
	b.WriteString(s[from:i])
	for ; s[i] != '"'; i++ {
		if s[i] == '\\' {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), i
}

func bareElem(s string, i int, delim byte) (e Elem, last int) {
	from, escaped := i, false
	for ; i < len(s) && s[i] != delim && s[i] != '}' && s[i] != '{'; i++ {
		if s[i] == '\\' {
			escaped = true
			i++
		}
	}
	text := s[from:i]
	if !escaped {
		for text != "" && isSpace(text[len(text)-1]) {
			text = text[:len(text)-1]
		}
		if strings.EqualFold(text, "null") {
			return Elem{Null: true}, i - 1
		}
		return Elem{Text: text}, i - 1
	}
	var b []byte
	keep := 0
	for k := 0; k < len(text); k++ {
		if text[k] == '\\' {
			k++
			b = append(b, text[k])
			keep = len(b)
			continue
		}
		b = append(b, text[k])
		if !isSpace(text[k]) {
			keep = len(b)
		}
	}
	return Elem{Text: string(b[:keep])}, i - 1
}

// Append appends the output function's text.
func (a Array) Append(buf []byte, delim byte) []byte {
	if len(a.Elems) == 0 {
		return append(buf, '{', '}')
	}
	for _, lower := range a.Lower {
		if lower != 1 {
			dims, _ := a.DimsText()
			buf = append(append(buf, dims...), '=')
			break
		}
	}
	buf, _ = a.appendLevel(buf, delim, 0, a.Elems)
	return buf
}

func (a Array) appendLevel(buf []byte, delim byte, level int, elems []Elem) ([]byte, []Elem) {
	buf = append(buf, '{')
	for i := 0; i < a.Dims[level]; i++ {
		if i > 0 {
			buf = append(buf, delim)
		}
		if level+1 < len(a.Dims) {
			buf, elems = a.appendLevel(buf, delim, level+1, elems)
			continue
		}
		buf = AppendElem(buf, elems[0], delim)
		elems = elems[1:]
	}
	return append(buf, '}'), elems
}

// AppendElem appends one element, quoted where it must be.
func AppendElem(buf []byte, e Elem, delim byte) []byte {
	if e.Null {
		return append(buf, "NULL"...)
	}
	if !needsQuotes(e.Text, delim) {
		return append(buf, e.Text...)
	}
	buf = append(buf, '"')
	for i := 0; i < len(e.Text); i++ {
		if c := e.Text[i]; c == '"' || c == '\\' {
			buf = append(buf, '\\')
		}
		buf = append(buf, e.Text[i])
	}
	return append(buf, '"')
}

func needsQuotes(s string, delim byte) bool {
	if s == "" || len(s) == 4 && strings.EqualFold(s, "null") {
		return true
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"' || c == '\\' || c == '{' || c == '}' || c == delim || isSpace(c):
			return true
		}
	}
	return false
}

// String is the output function's text, with commas.
func (a Array) String() string { return string(a.Append(nil, ',')) }
