package tochar

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

// reader is the state of reading a number by a picture.
type reader struct {
	*picture
	s        string
	at       int
	sign     byte
	digits   []byte
	before   int
	after    int
	sawPoint bool
	inNumber bool
}

// ToNumber is to_number(text, pattern); an empty pattern gives NULL (ok is false).
func ToNumber(text, pattern string) (n numeric.Num, ok bool, err error) {
	if pattern == "" {
		return n, false, nil
	}
	p, err := parseNumber(pattern)
	if err != nil {
		return n, false, err
	}
	if p.exponent {
		return n, false, errs.New("0A000", "\"EEEE\" not supported for input")
	}
	if p.roman {
		return n, false, errs.New("0A000", "\"RN\" not supported for input")
	}
	r := &reader{picture: p, s: text, sign: ' '}
	for _, node := range p.nodes {
		if r.done() {
			break
		}
		if node.kind != action {
			r.at += runeEnd(r.s[r.at:])
			continue
		}
		if r.key(node.key) {
			r.at++
		}
	}
	digits := strings.TrimSuffix(string(r.digits), ".")
	if n, err = numeric.Parse(string(r.sign) + digits); err != nil {
		return n, false, err
	}
	if n, err = n.Apply(p.pre+p.multi+r.after, r.after); err != nil || !p.isMulti {
		return n, true, err
	}
	by, err := numeric.Power(numeric.FromInt(10), numeric.FromInt(int64(-p.multi)))
	if err == nil {
		n, err = numeric.Mul(n, by)
	}
	return n, true, err
}

func (r *reader) done() bool { return r.at >= len(r.s) }

func (r *reader) peek(k int) byte {
	if r.at+k < len(r.s) {
		return r.s[r.at+k]
	}
	return 0
}

// key reads what a key word asks for, and says whether one character more is used up.
func (r *reader) key(key string) bool {
	switch strings.ToUpper(key) {
	case "9", "0", ".", "D":
		r.digit(key)
		return true
	case ",", "G":
		if r.fill && !r.inNumber {
			return false
		}
		return r.peek(0) == ','
	case "L":
		r.skipOther(1)
	case "TH":
		r.skipOther(2)
	case "MI":
		return r.takeSign("-")
	case "PL":
		return r.takeSign("+")
	case "SG":
		return r.takeSign("-+")
	}
	return false
}

func (r *reader) takeSign(signs string) bool {
	if c := r.peek(0); c != 0 && strings.IndexByte(signs, c) >= 0 {
		r.sign = c
		return true
	}
	r.skipOther(1)
	return false
}

// skipOther skips characters that are no part of a number.
func (r *reader) skipOther(n int) {
	for ; n > 0 && !r.done(); n-- {
		if strings.IndexByte("0123456789.,+-", r.s[r.at]) >= 0 {
			return
		}
		r.at += runeEnd(r.s[r.at:])
	}
}

func (r *reader) digit(key string) {
	if r.peek(0) == ' ' {
		r.at++
	}
	if r.done() {
		return
	}
	if r.sign == ' ' && (key == "0" || key == "9") && r.before+r.after == 0 {
		switch c := r.peek(0); {
		case r.lsign == 'a':
			if c == '-' || c == '+' {
				r.sign = c
				r.at++
			}
		case c == '-' || r.bracket && c == '<':
			r.sign = '-'
			r.at++
		case c == '+':
			r.sign = '+'
			r.at++
		}
	}
	if r.done() {
		return
	}
	read := false
	switch c := r.peek(0); {
	case isDigit(c):
		if r.sawPoint && r.after == r.post {
			return
		}
		r.digits = append(r.digits, c)
		if r.sawPoint {
			r.after++
		} else {
			r.before++
		}
		read = true
	case r.decimal && !r.sawPoint && c == '.':
		r.digits = append(r.digits, '.')
		r.sawPoint, read = true, true
	}
	if r.sign != ' ' || r.before+r.after == 0 {
		return
	}
	next := r.peek(1)
	switch {
	case r.lsign != 0 && read && next != 0 && !isDigit(next):
		if next == '-' || next == '+' {
			r.sign = next
			r.at++
		}
	case !read && r.lsign == 0 && (r.plus || r.minus):
		if c := r.peek(0); c == '-' || c == '+' {
			r.sign = c
		}
	}
}
