package textsearch

import "strings"

// stopWord marks an operand that came to nothing; cleaning takes it out.
const stopWord Op = Word + 1

// operand makes a query of one operand's text: the lexemes in the order of their places, joined by an operator, with places
// of stop words kept.
func (c *Config) operand(text string, join Op, weights uint8, prefix bool) *Query {
	terms := c.terms(text)
	if len(terms) == 0 {
		return &Query{Op: stopWord}
	}
	var q *Query
	add := func(next *Query) {
		if q == nil {
			q = next
		} else {
			q = &Query{Op: join, Left: q, Right: next, Distance: 1}
		}
	}
	at := 0
	for i := 0; i < len(terms); {
		if at > 0 {
			for at+1 < terms[i].at {
				add(&Query{Op: stopWord})
				at++
			}
		}
		at = terms[i].at
		var here *Query
		for ; i < len(terms) && terms[i].at == at; i++ {
			w := &Query{Op: Word, Text: terms[i].text, Weights: weights, Prefix: prefix}
			if here == nil {
				here = w
			} else {
				here = &Query{Op: And, Left: here, Right: w}
			}
		}
		add(here)
	}
	return q
}

// Query is to_tsquery.
func (c *Config) Query(text string) (*Query, error) {
	q, err := ParseQuery(text)
	if err != nil || q == nil {
		return nil, err
	}
	return clean(c.morph(q)), nil
}

func (c *Config) morph(q *Query) *Query {
	if q == nil {
		return nil
	}
	if q.Op == Word {
		return c.operand(q.Text, Phrase, q.Weights, q.Prefix)
	}
	out := *q
	out.Left, out.Right = c.morph(q.Left), c.morph(q.Right)
	return &out
}

// Plain is plainto_tsquery: every word.
func (c *Config) Plain(text string) *Query { return clean(c.operand(text, And, 0, false)) }

// PhraseQuery is phraseto_tsquery: every word, one after the other.
func (c *Config) PhraseQuery(text string) *Query { return clean(c.operand(text, Phrase, 0, false)) }

// Web is websearch_to_tsquery: words, "phrases", or, and - for not. It takes any text.
func (c *Config) Web(text string) *Query {
	w := webParser{c: c, s: text}
	return clean(w.parse())
}

type webParser struct {
	c *Config
	s string
}

// parse reads operands joined by "or", which binds less than standing beside each other.
func (w *webParser) parse() *Query {
	var result, group *Query
	flush := func() {
		switch {
		case group == nil:
		case result == nil:
			result = group
		default:
			result = &Query{Op: Or, Left: result, Right: group}
		}
		group = nil
	}
	for {
		operand, ok := w.operand()
		if !ok {
			if operand != nil && group != nil {
				group = &Query{Op: And, Left: group, Right: operand}
			}
			break
		}
		if group == nil {
			group = operand
		} else {
			group = &Query{Op: And, Left: group, Right: operand}
		}
		if w.or() {
			flush()
		}
	}
	flush()
	return result
}

// operand reads a word or a phrase with the minus signs before it.
func (w *webParser) operand() (q *Query, ok bool) {
	negations := 0
	wrap := func(q *Query) *Query {
		for ; negations > 0; negations-- {
			q = &Query{Op: Not, Right: q}
		}
		return q
	}
	for w.s != "" {
		switch c := w.s[0]; {
		case c == '-':
			negations++
			w.s = w.s[1:]
		case c == '"':
			w.s = w.s[1:]
			phrase := w.s
			if end := strings.IndexByte(w.s, '"'); end >= 0 {
				phrase, w.s = w.s[:end], w.s[end+1:]
			} else {
				w.s = ""
			}
			return wrap(w.c.operand(phrase, Phrase, 0, false)), true
		case isSpace(c) || strings.IndexByte("!&|()<", c) >= 0:
			w.s = w.s[1:]
		default:
			end := strings.IndexFunc(w.s, webStop)
			if end == 0 {
				// A colon where a word should be begins one.
				if end = strings.IndexFunc(w.s[1:], webStop); end >= 0 {
					end++
				}
			}
			word := w.s
			if end > 0 {
				word, w.s = w.s[:end], w.s[end:]
			} else {
				w.s = ""
			}
			return wrap(w.c.operand(word, Phrase, 0, false)), true
		}
	}
	if negations > 0 {
		return wrap(&Query{Op: stopWord}), false
	}
	return nil, false
}

// webStop says whether a character ends a word.
func webStop(r rune) bool {
	return r < 0x80 && (isSpace(byte(r)) || strings.IndexByte("!&|()<\":", byte(r)) >= 0)
}

// or takes the word "or" between operands.
func (w *webParser) or() bool {
	s := strings.TrimLeft(w.s, " \t\n\v\f\r!&|()<")
	if len(s) < 3 || !strings.EqualFold(s[:2], "or") {
		return false
	}
	rest := s[2:]
	if rest[0] == '-' || rest[0] == '_' || isAlnum(rest[0]) || rest[0] >= 0x80 {
		return false
	}
	if strings.TrimLeft(rest[1:], " \t\n\v\f\r") == "" {
		return false
	}
	w.s = rest
	return true
}

// clean takes stop words out; phrases keep the distance they leave.
func clean(q *Query) *Query {
	q, _, _ = cleanNode(q)
	return q
}

// cleanNode gives what remains of a node, and the places lost at its left and right.
func cleanNode(q *Query) (out *Query, left, right int) {
	if q == nil || q.Op == stopWord {
		return nil, 0, 0
	}
	if q.Op == Word {
		return q, 0, 0
	}
	if q.Op == Not {
		r, la, ra := cleanNode(q.Right)
		if r == nil {
			return nil, la, ra
		}
		return &Query{Op: Not, Right: r}, la, ra
	}
	l, ll, lr := cleanNode(q.Left)
	r, rl, rr := cleanNode(q.Right)
	phrase := q.Op == Phrase
	switch {
	case l == nil && r == nil:
		if phrase {
			return nil, ll + q.Distance + rl, ll + q.Distance + rl
		}
		return nil, max(ll, rl), max(ll, rl)
	case l == nil:
		if phrase {
			return r, ll + q.Distance + rl, rr
		}
		return r, rl, rr
	case r == nil:
		if phrase {
			return l, ll, lr + q.Distance + rr
		}
		return l, ll, lr
	case phrase:
		return &Query{Op: Phrase, Left: l, Right: r, Distance: q.Distance + lr + rl}, ll, rr
	}
	return &Query{Op: q.Op, Left: l, Right: r}, 0, 0
}
