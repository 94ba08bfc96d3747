package geometry

import (
	"math"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/float"
)

// Point is a point of the plane.
type Point struct{ X, Y float64 }

// reader reads one value; the first fault stays.
type reader struct {
	typ  string
	text string
	s    string
	err  error
}

func (r *reader) fail() {
	if r.err == nil {
		r.err = errs.New("22P02", "invalid input syntax for type %s: \"%s\"", r.typ, r.text)
	}
	r.s = ""
}

func (r *reader) space() { r.s = strings.TrimLeft(r.s, " \t\n\v\f\r") }

func (r *reader) take(c byte) bool {
	if r.s != "" && r.s[0] == c {
		r.s = r.s[1:]
		return true
	}
	return false
}

func (r *reader) expect(c byte) {
	if !r.take(c) {
		r.fail()
	}
}

// number reads a float8 and the spaces around it.
func (r *reader) number() float64 {
	r.space()
	end := 0
	for end < len(r.s) && strings.IndexByte("0123456789+-.", r.s[end]) >= 0 || end < len(r.s) && r.s[end]|0x20 >= 'a' && r.s[end]|0x20 <= 'z' {
		end++
	}
	for end > 0 {
		f, err := float.Parse(r.s[:end], 64)
		if err == nil {
			r.s = r.s[end:]
			r.space()
			return f
		}
		if err == strconv.ErrRange && r.err == nil {
			r.err = errs.New("22003", "\"%s\" is out of range for type double precision", r.s[:end])
		}
		end--
	}
	r.fail()
	return 0
}

func (r *reader) pair() (p Point) {
	r.space()
	paren := r.take('(')
	p.X = r.number()
	r.expect(',')
	p.Y = r.number()
	if paren {
		r.expect(')')
		r.space()
	}
	return p
}

// points reads n points, in brackets of either kind or none; open says that they were square.
func (r *reader) points(n int, mayOpen bool) (list []Point, open bool) {
	r.space()
	depth := 0
	switch {
	case r.take('['):
		open = true
		depth++
		if !mayOpen {
			r.fail()
		}
	case strings.HasPrefix(r.s, "("):
		inner := strings.TrimLeft(r.s[1:], " \t\n\v\f\r")
		if strings.HasPrefix(inner, "(") || strings.LastIndexByte(r.s, '(') == 0 {
			depth++
			r.s = inner
		}
	}
	for i := 0; i < n && r.err == nil; i++ {
		list = append(list, r.pair())
		r.take(',')
	}
	for ; depth > 0 && r.err == nil; depth-- {
		if !r.take(')') && !(open && depth == 1 && r.take(']')) {
			r.fail()
		}
		r.space()
	}
	return list, open
}

func (r *reader) end() {
	if r.s != "" {
		r.fail()
	}
}

func appendPoint(buf []byte, p Point) []byte {
	buf = float.Append(append(buf, '('), p.X, 64)
	buf = float.Append(append(buf, ','), p.Y, 64)
	return append(buf, ')')
}

func appendPoints(buf []byte, list []Point) []byte {
	for i, p := range list {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = appendPoint(buf, p)
	}
	return buf
}

// Parse reads a value of the type named and gives its output.
func Parse(typ, text string) (string, error) {
	r := &reader{typ: typ, text: text, s: text}
	var buf []byte
	commas := strings.Count(text, ",")
	switch typ {
	case "point":
		buf = appendPoint(nil, r.pair())
		r.end()
	case "lseg":
		list, _ := r.points(2, true)
		r.end()
		buf = append(appendPoints([]byte{'['}, list), ']')
	case "box":
		list, _ := r.points(2, false)
		r.end()
		if len(list) == 2 {
			a, b := list[0], list[1]
			buf = appendPoints(nil, []Point{{larger(a.X, b.X), larger(a.Y, b.Y)}, {smaller(a.X, b.X), smaller(a.Y, b.Y)}})
		}
	case "path":
		if commas%2 == 0 {
			r.fail()
			break
		}
		r.space()
		depth := 0
		if strings.HasPrefix(r.s, "(") && strings.LastIndexByte(r.s, '(') == 0 {
			r.s = r.s[1:]
			depth++
		}
		list, open := r.points((commas+1)/2, true)
		if depth > 0 {
			r.expect(')')
			r.space()
		}
		r.end()
		if open {
			buf = append(appendPoints([]byte{'['}, list), ']')
		} else {
			buf = append(appendPoints([]byte{'('}, list), ')')
		}
	case "polygon":
		if commas%2 == 0 {
			r.fail()
			break
		}
		list, _ := r.points((commas+1)/2, false)
		r.end()
		buf = append(appendPoints([]byte{'('}, list), ')')
	case "circle":
		buf = r.circle()
	case "line":
		buf = r.line()
	}
	if r.err != nil {
		return "", r.err
	}
	return string(buf), nil
}

// larger and smaller order NaN behind all numbers.
func larger(a, b float64) float64 {
	if a > b || a != a {
		return a
	}
	return b
}

func smaller(a, b float64) float64 {
	if a > b || a != a {
		return b
	}
	return a
}

func (r *reader) circle() []byte {
	r.space()
	depth := 0
	if r.take('<') {
		depth++
	} else if strings.HasPrefix(r.s, "(") {
		inner := strings.TrimLeft(r.s[1:], " \t\n\v\f\r")
		if strings.HasPrefix(inner, "(") {
			depth++
			r.s = inner
		}
	}
	center := r.pair()
	r.take(',')
	radius := r.number()
	if radius < 0 {
		r.fail()
	}
	for ; depth > 0 && r.err == nil; depth-- {
		if !r.take(')') && !(depth == 1 && r.take('>')) {
			r.fail()
		}
		r.space()
	}
	r.end()
	buf := appendPoint([]byte{'<'}, center)
	return append(float.Append(append(buf, ','), radius, 64), '>')
}

const epsilon = 1e-6

func near(a, b float64) bool { return a == b || math.Abs(a-b) <= epsilon }

func (r *reader) line() []byte {
	r.space()
	var a, b, c float64
	if r.take('{') {
		a = r.number()
		r.expect(',')
		b = r.number()
		r.expect(',')
		c = r.number()
		r.expect('}')
		r.space()
		r.end()
		if r.err == nil && near(a, 0) && near(b, 0) {
			r.err = errs.New("22P02", "invalid line specification: A and B cannot both be zero")
		}
	} else {
		list, _ := r.points(2, true)
		r.end()
		if r.err != nil {
			return nil
		}
		p, q := list[0], list[1]
		switch {
		case near(p.X, q.X) && near(p.Y, q.Y):
			r.err = errs.New("22P02", "invalid line specification: must be two distinct points")
		case near(p.X, q.X):
			a, b, c = -1, 0, p.X
		case near(p.Y, q.Y):
			a, b, c = 0, -1, p.Y
		default:
			a, b = (p.Y-q.Y)/(p.X-q.X), -1
			if c = p.Y - a*p.X; c == 0 {
				c = 0
			}
		}
	}
	buf := float.Append([]byte{'{'}, a, 64)
	buf = float.Append(append(buf, ','), b, 64)
	return append(float.Append(append(buf, ','), c, 64), '}')
}
