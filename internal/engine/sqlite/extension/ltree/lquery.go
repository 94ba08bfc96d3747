package ltree

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

// level is one item of an lquery: labels of which one matches (none of them: any label), how often, and whether not.
type level struct {
	parts     []part
	not       bool
	low, high int
}

type lquery []level

func (q lquery) String() string {
	var b strings.Builder
	for i, l := range q {
		if i > 0 {
			b.WriteByte('.')
		}
		if len(l.parts) == 0 {
			b.WriteByte('*')
			if l.low == 0 && l.high == maxLevels {
				continue
			}
		}
		if l.not {
			b.WriteByte('!')
		}
		for j := range l.parts {
			if j > 0 {
				b.WriteByte('|')
			}
			b.WriteString(l.parts[j].String())
		}
		if len(l.parts) > 0 && l.low == 1 && l.high == 1 {
			continue
		}
		low, high := strconv.Itoa(l.low), strconv.Itoa(l.high)
		switch {
		case l.low == l.high:
			b.WriteString("{" + low + "}")
		case l.low == 0 && l.high == maxLevels:
			b.WriteString("{,}")
		case l.low == 0:
			b.WriteString("{," + high + "}")
		case l.high == maxLevels:
			b.WriteString("{" + low + ",}")
		default:
			b.WriteString("{" + low + "," + high + "}")
		}
	}
	return b.String()
}

type queryReader struct {
	s       string
	at, pos int
}

func (r *queryReader) peek() (rune, int) {
	if r.at == len(r.s) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(r.s[r.at:])
}

func (r *queryReader) next() { _, n := r.peek(); r.at += n; r.pos++ }

func (r *queryReader) syntax() error {
	if r.at == len(r.s) {
		return errs.New("42601", "lquery syntax error").WithDetail("Unexpected end of input.")
	}
	return errs.New("42601", "lquery syntax error at character %d", r.pos)
}

func (r *queryReader) number() (int, bool) {
	start := r.at
	for c, _ := r.peek(); c >= '0' && c <= '9'; c, _ = r.peek() {
		r.next()
	}
	n, err := strconv.Atoi(r.s[start:r.at])
	return n, err == nil
}

func parseQuery(s string) (lquery, error) {
	r := &queryReader{s: s, pos: 1}
	var q lquery
	for {
		l := level{low: 1, high: 1}
		c, _ := r.peek()
		if c == '*' {
			l.low, l.high = 0, maxLevels
			r.next()
		} else {
			if c == '!' {
				l.not = true
				r.next()
			}
			for {
				start, n := r.at, 0
				for c, _ = r.peek(); labelRune(c) && r.at < len(r.s); c, _ = r.peek() {
					r.next()
					n++
				}
				if n == 0 {
					return nil, r.syntax()
				}
				if n > maxLabel {
					return nil, tooLong(n, r.pos)
				}
				v := part{text: r.s[start:r.at]}
				for c, _ = r.peek(); c < 0x80 && v.flag(byte(c)); c, _ = r.peek() {
					r.next()
				}
				l.parts = append(l.parts, v)
				if c != '|' {
					break
				}
				r.next()
			}
		}
		if c, _ = r.peek(); c == '{' {
			if err := r.repeat(&l); err != nil {
				return nil, err
			}
		}
		q = append(q, l)
		c, _ = r.peek()
		if r.at == len(r.s) {
			return q, nil
		}
		if c != '.' {
			return nil, r.syntax()
		}
		r.next()
	}
}

func (r *queryReader) repeat(l *level) error {
	r.next()
	at := r.pos
	low, hasLow := r.number()
	l.low, l.high = low, low
	if c, _ := r.peek(); c == ',' {
		r.next()
		if !hasLow {
			l.low = 0
		}
		high, ok := r.number()
		if l.high = maxLevels; ok {
			l.high = high
		}
	} else if !hasLow {
		return r.syntax()
	}
	if c, _ := r.peek(); c != '}' {
		return r.syntax()
	}
	switch {
	case l.low > maxLevels:
		return errs.New("42601", "lquery syntax error").WithDetail("Low limit (%d) exceeds the maximum allowed (%d), at character %d.", l.low, maxLevels, at)
	case l.high > maxLevels:
		return errs.New("42601", "lquery syntax error").WithDetail("High limit (%d) exceeds the maximum allowed (%d), at character %d.", l.high, maxLevels, r.pos)
	case l.low > l.high:
		return errs.New("42601", "lquery syntax error").WithDetail("Low limit (%d) is greater than high limit (%d), at character %d.", l.low, l.high, r.pos-len(strconv.Itoa(l.high)))
	}
	r.next()
	return nil
}

func (l *level) matches(label string) bool {
	if len(l.parts) == 0 {
		return true
	}
	for i := range l.parts {
		if l.parts[i].matches(label) {
			return !l.not
		}
	}
	return l.not
}

// matches says whether a whole path satisfies the query: reached[n] says that the items so far can take its first n labels.
func (q lquery) matches(p path) bool {
	reached := make([]bool, len(p)+1)
	reached[0] = true
	for i := range q {
		l := &q[i]
		next := make([]bool, len(p)+1)
		for from, ok := range reached {
			if !ok {
				continue
			}
			for n := 0; n <= l.high; n++ {
				if n >= l.low {
					next[from+n] = true
				}
				if from+n == len(p) || !l.matches(p[from+n]) {
					break
				}
			}
		}
		reached = next
	}
	return reached[len(p)]
}
