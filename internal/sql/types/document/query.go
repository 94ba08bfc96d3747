package document

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

// node is a query with the places of stop words in it still marked.
type node struct {
	*textsearch.Query
	left, right *node
	stop        bool
}

// operand turns a text into a query: its lexemes joined by op. Phrases keep the distances stop words leave.
func (c *Config) operand(s string, op textsearch.Op, weights uint8, prefix bool) *node {
	var out *node
	last := 0
	at := 0
	for _, t := range tokens(s) {
		at++
		lexeme, stop := c.normal(t)
		n := &node{Query: &textsearch.Query{Op: textsearch.Word, Text: lexeme, Weights: weights, Prefix: prefix}, stop: stop}
		if out == nil {
			out = n
		} else {
			distance := 0
			if op == textsearch.Phrase {
				distance = at - last
			}
			out = &node{Query: &textsearch.Query{Op: op, Distance: distance}, left: out, right: n}
		}
		last = at
	}
	if out == nil {
		return &node{Query: &textsearch.Query{Op: textsearch.Word}, stop: true}
	}
	return out
}

// clean drops the stop words; what they took of a phrase is added to its distances.
func (n *node) clean() (q *textsearch.Query, before, after int) {
	if n.Op == textsearch.Word {
		if n.stop {
			return nil, 0, 0
		}
		return n.Query, 0, 0
	}
	if n.Op == textsearch.Not {
		right, _, _ := n.right.clean()
		if right == nil {
			return nil, 0, 0
		}
		return &textsearch.Query{Op: textsearch.Not, Right: right}, 0, 0
	}
	left, lb, la := n.left.clean()
	right, rb, ra := n.right.clean()
	phrase := n.Op == textsearch.Phrase
	d := 0
	if phrase {
		d = n.Distance
	}
	switch {
	case left == nil && right == nil:
		// Both ends are gone: the width of what was here stays.
		if phrase {
			return nil, lb + d + ra, lb + d + ra
		}
		return nil, 0, 0
	case left == nil:
		if phrase {
			return right, lb + d + rb, ra
		}
		return right, 0, 0
	case right == nil:
		if phrase {
			return left, lb, la + d + rb
		}
		return left, 0, 0
	}
	if phrase {
		return &textsearch.Query{Op: n.Op, Left: left, Right: right, Distance: d + la + rb}, lb, ra
	}
	return &textsearch.Query{Op: n.Op, Left: left, Right: right}, 0, 0
}

// ToQuery is to_tsquery: the operators are written, each operand goes through the configuration.
func ToQuery(c *Config, text string) (*textsearch.Query, error) {
	q, err := textsearch.ParseQuery(text)
	if err != nil || q == nil {
		return nil, err
	}
	out, _, _ := c.expand(q).clean()
	return out, nil
}

func (c *Config) expand(q *textsearch.Query) *node {
	if q.Op == textsearch.Word {
		return c.operand(q.Text, textsearch.Phrase, q.Weights, q.Prefix)
	}
	n := &node{Query: q, right: c.expand(q.Right)}
	if q.Left != nil {
		n.left = c.expand(q.Left)
	}
	return n
}

// PlainQuery is plainto_tsquery: every word must be there. PhraseQuery is phraseto_tsquery: one after the other.
func PlainQuery(c *Config, text string) *textsearch.Query {
	q, _, _ := c.operand(text, textsearch.And, 0, false).clean()
	return q
}

// PhraseQuery is phraseto_tsquery.
func PhraseQuery(c *Config, text string) *textsearch.Query {
	q, _, _ := c.operand(text, textsearch.Phrase, 0, false).clean()
	return q
}

// WebQuery is websearch_to_tsquery: words, "phrases", or, -not; it never fails.
func WebQuery(c *Config, text string) *textsearch.Query {
	var ors []*node
	var ands *node
	join := func(op textsearch.Op, a, b *node) *node {
		if a == nil {
			return b
		}
		return &node{Query: &textsearch.Query{Op: op}, left: a, right: b}
	}
	negate, pendingOr := false, false
	add := func(n *node) {
		if negate {
			n = &node{Query: &textsearch.Query{Op: textsearch.Not}, right: n}
			negate = false
		}
		if pendingOr && ands != nil {
			ors = append(ors, ands)
			ands = nil
		}
		pendingOr = false
		ands = join(textsearch.And, ands, n)
	}
	s := text
	for s != "" {
		switch {
		case s[0] == '"':
			end := strings.IndexByte(s[1:], '"')
			body, rest := s[1:], ""
			if end >= 0 {
				body, rest = s[1:1+end], s[2+end:]
			}
			s = rest
			if strings.TrimSpace(body) != "" {
				add(c.operand(body, textsearch.Phrase, 0, false))
			}
		case s[0] == '-' && len(s) > 1 && s[1] != ' ' && s[1] != '-':
			negate = true
			s = s[1:]
		case strings.IndexByte(" \t\n\r\f\v-", s[0]) >= 0:
			s = s[1:]
		default:
			end := strings.IndexAny(s, " \t\n\r\f\v\"")
			if end < 0 {
				end = len(s)
			}
			w := s[:end]
			s = s[end:]
			if strings.EqualFold(w, "or") && ands != nil && !negate {
				pendingOr = true
				continue
			}
			if len(tokens(w)) == 0 {
				continue
			}
			add(c.operand(w, textsearch.Phrase, 0, false))
		}
	}
	if ands != nil {
		ors = append(ors, ands)
	}
	var all *node
	for _, o := range ors {
		all = join(textsearch.Or, all, o)
	}
	if all == nil {
		return nil
	}
	q, _, _ := all.clean()
	return q
}
