package rest

import (
	"strings"
)

type operatorName struct {
	name string
	op   Operator
}

var simpleOperators = []operatorName{
	{"neq", OpNeq}, {"cs", OpContains}, {"cd", OpContained}, {"ov", OpOverlap}, {"sl", OpStrictlyLeft},
	{"sr", OpStrictlyRight}, {"nxr", OpNotExtendsRight}, {"nxl", OpNotExtendsLeft}, {"adj", OpAdjacent},
}

var quantOperators = []operatorName{
	{"eq", OpEq}, {"gte", OpGte}, {"gt", OpGt}, {"lte", OpLte}, {"lt", OpLt}, {"like", OpLike}, {"ilike", OpILike},
	{"match", OpMatch}, {"imatch", OpIMatch},
}

var ftsOperators = []operatorName{
	{"fts", OpFts}, {"plfts", OpPlainFts}, {"phfts", OpPhraseFts}, {"wfts", OpWebFts},
}

// operand is a filter as it is read: its literal is still apart.
type operand struct {
	Filter
	text string
}

// opExpr is [not.]operator.value; value reads the value of the operators that take one.
func (p *parser) opExpr(out *operand, value func(*string) reply) reply {
	r := p.or(func() reply {
		return p.try(func() reply {
			r := p.word("not")
			if r.ok && r.then(p.delimiter()) {
				out.Not = true
			}
			return r
		})
	}, p.done)
	if r.ok {
		r.then(p.operation(out, value))
	}
	return r
}

func (p *parser) prefixed(word string) reply {
	return p.try(func() reply {
		r := p.word(word)
		if r.ok {
			r.then(p.delimiter())
		}
		return r
	})
}

func (p *parser) operation(out *operand, value func(*string) reply) reply {
	return label(p.or(
		func() reply {
			r := p.prefixed("in")
			if r.ok {
				out.Op = OpIn
				r.then(p.listValue(&out.text))
			}
			return r
		},
		func() reply {
			r := p.prefixed("is")
			if r.ok {
				out.Op = OpIs
				r.then(p.isValue(&out.Is))
			}
			return r
		},
		func() reply {
			r := p.prefixed("isdistinct")
			if r.ok {
				out.Op = OpIsDistinct
				r.then(value(&out.text))
			}
			return r
		},
		func() reply { return p.try(func() reply { return p.fts(out, value) }) },
		func() reply {
			return p.try(func() reply {
				r := p.operator(simpleOperators, &out.Op)
				if r.ok && r.then(p.delimiter()) {
					r.then(value(&out.text))
				}
				return r
			})
		},
		func() reply {
			return p.try(func() reply {
				r := p.operator(quantOperators, &out.Op)
				if r.ok && r.then(p.quantifier(&out.Quantifier)) && r.then(p.delimiter()) {
					r.then(value(&out.text))
				}
				return r
			})
		},
	), "operator (eq, gt, ...)")
}

func (p *parser) operator(table []operatorName, out *Operator) reply {
	alternatives := make([]func() reply, len(table))
	for i, o := range table {
		alternatives[i] = func() reply {
			r := p.try(func() reply { return p.word(o.name) })
			if r.ok {
				*out = o.op
			}
			return r
		}
	}
	return label(p.or(alternatives...), "unknown single value operator")
}

func (p *parser) quantifier(out *Quantifier) reply {
	return p.option(func() reply {
		return p.try(func() reply {
			q := NoQuantifier
			r := p.char('(')
			if r.ok && r.then(p.or(
				func() reply { q = Any; return p.try(func() reply { return p.word("any") }) },
				func() reply { q = All; return p.word("all") })) && r.then(p.char(')')) {
				*out = q
			}
			return r
		})
	})
}

func (p *parser) fts(out *operand, value func(*string) reply) reply {
	alternatives := make([]func() reply, len(ftsOperators))
	for i, o := range ftsOperators {
		alternatives[i] = func() reply {
			r := p.try(func() reply { return p.word(o.name) })
			if r.ok {
				out.Op = o.op
			}
			return r
		}
	}
	r := p.or(alternatives...)
	if !r.ok || !r.then(p.option(func() reply {
		return p.try(func() reply {
			var language string
			r := p.char('(')
			if r.ok && r.then(p.identifier(&language)) && r.then(p.char(')')) {
				out.Language, out.HasLanguage = language, true
			}
			return r
		})
	})) {
		return r
	}
	if r.then(p.delimiter()) {
		r.then(value(&out.text))
	}
	return r
}

func (p *parser) isValue(out *IsValue) reply {
	word := func(s string, v IsValue) func() reply {
		return func() reply {
			r := p.try(func() reply {
				r := p.done()
				for _, c := range s {
					if !r.then(p.or(
						func() reply { return p.char(c) },
						func() reply { return p.char(upper(c)) })) {
						break
					}
				}
				return r
			})
			if r.ok {
				*out = v
			}
			return r
		}
	}
	return label(p.or(word("null", IsNull), word("not_null", IsNotNull), word("true", IsTrue), word("false", IsFalse),
		word("unknown", IsUnknown)), "isVal: (null, not_null, true, false, unknown)")
}

func upper(c rune) rune {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// rest takes everything that is left.
func (p *parser) rest(out *string) reply {
	*out = p.in[p.pos:]
	r := p.done()
	r.consumed = p.pos < len(p.in)
	p.pos = len(p.in)
	r.err = complaints{p.pos, []complaint{{sysUnexpected, ""}}}
	return r
}

// listValue is (a,"b",c), given as an array literal.
func (p *parser) listValue(out *string) reply {
	var items []string
	r := p.lexChar('(')
	if !r.ok || !r.then(p.sepBy1(func() reply {
		var s string
		r := p.listElement(&s)
		if r.ok {
			items = append(items, s)
		}
		return r
	}, func() reply { return p.char(',') })) {
		return r
	}
	if r.then(p.lexChar(')')) {
		*out = listLiteral(items)
	}
	return r
}

func listLiteral(items []string) string {
	if len(items) == 1 && items[0] == "" {
		return "{}"
	}
	return ArrayLiteral(items)
}

// ArrayLiteral is PostgreSQL's array literal with every element quoted.
func ArrayLiteral(items []string) string {
	n := 2
	for _, s := range items {
		n += len(s) + 3
	}
	b := make([]byte, 0, n)
	b = append(b, '{')
	for i, s := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		for j := 0; j < len(s); j++ {
			if s[j] == '"' || s[j] == '\\' {
				b = append(b, '\\')
			}
			b = append(b, s[j])
		}
		b = append(b, '"')
	}
	return string(append(b, '}'))
}

func notListEnd(c rune) bool { return c != ',' && c != ')' }

func (p *parser) listElement(out *string) reply {
	return p.or(
		func() reply { return p.quotedElement(out) },
		func() reply { return p.plainElement(out) })
}

func (p *parser) quotedElement(out *string) reply {
	return p.try(func() reply {
		r := p.quoted(out)
		if r.ok {
			r.then(p.notFollowedBy(notListEnd))
		}
		return r
	})
}

func (p *parser) plainElement(out *string) reply {
	start := p.pos
	r := p.many(func() reply { return p.satisfy(notListEnd) })
	if r.ok {
		*out = p.in[start:p.pos]
	}
	return r
}

// logicValue is a value inside a logic tree.
func (p *parser) logicValue(out *string) reply {
	return p.or(
		func() reply { return p.quotedElement(out) },
		func() reply {
			return p.try(func() reply {
				start := p.pos
				r := p.word("{")
				if r.ok && r.then(p.many(func() reply { return p.noneOf("{}") })) && r.then(p.word("}")) {
					*out = p.in[start:p.pos]
				}
				return r
			})
		},
		func() reply { return p.plainElement(out) })
}

// logicNode is a tree as it is read.
type logicNode struct {
	leaf  *operand
	not   bool
	or    bool
	items []*logicNode
}

func (p *parser) logicTree(out *logicNode) reply {
	if !p.down() {
		return p.fail()
	}
	defer p.up()
	return p.or(
		func() reply {
			return p.try(func() reply {
				var o operand
				r := p.field(&o.Field)
				if r.ok && r.then(p.delimiter()) && r.then(p.opExpr(&o, p.logicValue)) {
					*out = logicNode{leaf: &o}
				}
				return r
			})
		},
		func() reply { return p.logicBranch(out) })
}

func (p *parser) logicBranch(out *logicNode) reply {
	var node logicNode
	r := label(p.or(func() reply {
		return p.try(func() reply {
			r := p.word("not")
			if r.ok && r.then(p.delimiter()) {
				node.not = true
			}
			return r
		})
	}, p.done), "negation operator (not)")
	if !r.ok || !r.then(label(p.or(
		func() reply { return p.try(func() reply { return p.word("and") }) },
		func() reply {
			r := p.word("or")
			node.or = r.ok
			return r
		}), "logic operator (and, or)")) {
		return r
	}
	if !r.then(p.lexChar('(')) || !r.then(p.sepBy1(func() reply {
		var item logicNode
		r := p.logicTree(&item)
		if r.ok {
			node.items = append(node.items, &item)
		}
		return r
	}, func() reply { return p.lexChar(',') })) {
		return r
	}
	if r.then(p.lexChar(')')) {
		*out = node
	}
	return r
}

// starToPercent is the dialect's wildcard in like patterns.
func starToPercent(s string) string { return strings.ReplaceAll(s, "*", "%") }
