package rest

import (
	"strings"
)

// The grammar of the query string's values. Positions and expectations follow the order in which alternatives are
// tried, so the order here is part of the error texts.

const fieldNameLabel = "field name (* or [a..z0..9_$])"

func (p *parser) spaces() reply {
	return p.many(func() reply { return p.oneOf(" \t") })
}

// lexeme is f with blanks around it.
func (p *parser) lexeme(f func() reply) reply {
	r := p.spaces()
	if r.then(f()) {
		r.then(p.spaces())
	}
	return r
}

func (p *parser) lexChar(c rune) reply { return p.lexeme(func() reply { return p.char(c) }) }

func (p *parser) delimiter() reply { return label(p.char('.'), "delimiter (.)") }

func (p *parser) quoted(out *string) reply {
	r := p.done()
	if !r.then(p.char('"')) {
		return r
	}
	var b strings.Builder
	if !r.then(p.many(func() reply {
		start := p.pos
		n := p.or(
			func() reply { return p.noneOf("\\\"") },
			func() reply {
				r := p.done()
				if r.then(p.char('\\')) {
					start = p.pos
					r.then(p.satisfy(func(rune) bool { return true }))
				}
				return r
			})
		if n.ok {
			b.WriteString(p.in[start:p.pos])
		}
		return n
	})) {
		return r
	}
	if r.then(p.char('"')) {
		*out = b.String()
	}
	return r
}

func (p *parser) identifierChar() reply {
	return p.or(p.letter, p.digit, func() reply { return p.oneOf("_ $") })
}

func (p *parser) identifier(out *string) reply {
	start := p.pos
	r := p.many1(p.identifierChar)
	if r.ok {
		*out = strings.TrimSpace(p.in[start:p.pos])
	}
	return r
}

func (p *parser) dashed(out *string, part func(*string) reply) reply {
	var parts []string
	r := p.sepBy1(func() reply {
		var s string
		r := part(&s)
		if r.ok {
			parts = append(parts, s)
		}
		return r
	}, func() reply {
		return p.try(func() reply {
			r := p.done()
			if r.then(p.char('-')) {
				r.then(p.notFollowedBy(func(c rune) bool { return c == '>' }))
			}
			return r
		})
	})
	if r.ok {
		if len(parts) == 1 {
			*out = parts[0]
		} else {
			*out = strings.Join(parts, "-")
		}
	}
	return r
}

func (p *parser) fieldName(out *string) reply {
	return label(p.or(
		func() reply { return p.quoted(out) },
		func() reply { return p.dashed(out, p.identifier) },
	), fieldNameLabel)
}

func (p *parser) jsonPath(out *[]JSONStep) reply {
	var steps []JSONStep
	r := p.many(func() reply {
		var s JSONStep
		r := p.done()
		if !r.then(p.or(
			func() reply { return p.try(func() reply { s.Text = true; return p.word("->>") }) },
			func() reply { s.Text = false; return p.try(func() reply { return p.word("->") }) },
		)) {
			return r
		}
		if r.then(p.or(
			func() reply { return p.try(func() reply { return p.jsonIndex(&s) }) },
			func() reply { return p.try(func() reply { s.IsIndex = false; return p.jsonKey(&s.Key) }) },
		)) {
			steps = append(steps, s)
		}
		return r
	})
	if r.ok {
		*out = steps
	}
	return r
}

func (p *parser) jsonIndex(out *JSONStep) reply {
	negative := false
	r := p.done()
	if !r.then(p.option(func() reply {
		n := p.char('-')
		negative = n.ok
		return n
	})) {
		return r
	}
	start := p.pos
	if !r.then(p.many1(p.digit)) {
		return r
	}
	digits := p.in[start:p.pos]
	followed := func(s string) func() reply {
		return func() reply {
			return p.try(func() reply { return p.ahead(func() reply { return p.word(s) }) })
		}
	}
	if !r.then(p.or(followed("->"), followed("::"), followed("."), followed(","), func() reply { return p.try(p.end) })) {
		return r
	}
	out.IsIndex = true
	out.Key = digits
	if negative {
		out.Key = "-" + digits
	}
	return r
}

func (p *parser) jsonKey(out *string) reply {
	return label(p.or(
		func() reply { return p.quoted(out) },
		func() reply {
			return p.dashed(out, func(s *string) reply {
				start := p.pos
				r := p.many1(func() reply { return p.noneOf("(-:.,>)") })
				if r.ok {
					*s = strings.TrimSpace(p.in[start:p.pos])
				}
				return r
			})
		},
	), "any non reserved character different from: .,>()")
}

func (p *parser) field(out *Field) reply {
	return p.lexeme(func() reply {
		r := p.done()
		if r.then(p.fieldName(&out.Name)) {
			r.then(p.option(func() reply { return p.jsonPath(&out.Path) }))
		}
		return r
	})
}

// treePath is a.b.c->d: the path a, b and the field c->d.
func (p *parser) treePath(path *[]string, f *Field) reply {
	names, r := p.dotted()
	if !r.ok {
		return r
	}
	if r.then(p.option(func() reply { return p.jsonPath(&f.Path) })) {
		f.Name = names[len(names)-1]
		if len(names) > 1 {
			*path = names[:len(names)-1]
		}
	}
	return r
}

func (p *parser) dotted() ([]string, reply) {
	var names []string
	r := p.sepBy1(func() reply {
		var s string
		r := p.fieldName(&s)
		if r.ok {
			names = append(names, s)
		}
		return r
	}, p.delimiter)
	return names, r
}

func (p *parser) columnList(out *[]string) reply {
	var names []string
	r := p.sepBy1(func() reply {
		var s string
		r := p.fieldName(&s)
		if r.ok {
			names = append(names, s)
		}
		return r
	}, func() reply { return p.lexChar(',') })
	if r.ok {
		*out = names
	}
	return r
}

// selectList is the items of select, possibly none.
func (p *parser) selectList(out *[]SelectItem) reply {
	if !p.down() {
		return p.fail()
	}
	defer p.up()
	var items []SelectItem
	r := p.option(func() reply {
		return p.sepBy1(func() reply {
			var it SelectItem
			r := p.selectItem(&it)
			if r.ok {
				items = append(items, it)
			}
			return r
		}, func() reply { return p.lexChar(',') })
	})
	if r.ok {
		*out = items
	}
	return r
}

func (p *parser) selectItem(out *SelectItem) reply {
	nested := func(head func(*SelectItem) reply) func() reply {
		return func() reply {
			*out = SelectItem{}
			r := p.try(func() reply { return p.lexeme(func() reply { return head(out) }) })
			if !r.ok {
				return r
			}
			if r.then(p.char('(')) && r.then(p.selectList(&out.Items)) {
				r.then(p.char(')'))
			}
			return r
		}
	}
	return p.or(nested(p.spread), nested(p.embed), func() reply {
		*out = SelectItem{}
		return p.lexeme(func() reply { return p.selectField(out) })
	})
}

func (p *parser) openingAhead() reply {
	return p.try(func() reply { return p.ahead(func() reply { return p.word("(") }) })
}

func (p *parser) spread(out *SelectItem) reply {
	out.Kind = SelectSpread
	r := p.word("...")
	if r.ok && r.then(p.fieldName(&out.Relation)) && r.then(p.embedParams(out)) {
		r.then(p.openingAhead())
	}
	return r
}

func (p *parser) alias(out *SelectItem) reply {
	return p.option(func() reply {
		return p.try(func() reply {
			var name string
			r := p.fieldName(&name)
			if r.ok && r.then(p.char(':')) && r.then(p.notFollowedBy(func(c rune) bool { return c == ':' })) {
				out.Alias, out.HasAlias = name, true
			}
			return r
		})
	})
}

func (p *parser) embed(out *SelectItem) reply {
	out.Kind = SelectEmbed
	r := p.alias(out)
	if !r.ok || !r.then(p.fieldName(&out.Relation)) {
		return r
	}
	if out.Relation == "count" {
		r.then(p.fail())
		return r
	}
	if r.then(p.embedParams(out)) {
		r.then(p.openingAhead())
	}
	return r
}

// embedParams is up to two of !hint, !inner, !left; the first of a kind counts.
func (p *parser) embedParams(out *SelectItem) reply {
	one := func() reply {
		r := p.char('!')
		if !r.ok {
			return r
		}
		join := func(word string, j JoinType) func() reply {
			return func() reply {
				n := p.try(func() reply { return p.word(word) })
				if n.ok && out.Join == JoinDefault {
					out.Join = j
				}
				return n
			}
		}
		r.then(p.or(join("left", JoinLeft), join("inner", JoinInner), func() reply {
			return p.try(func() reply {
				var name string
				n := p.fieldName(&name)
				if n.ok && !out.HasHint {
					out.Hint, out.HasHint = name, true
				}
				return n
			})
		}))
		return r
	}
	r := p.option(one)
	if r.ok {
		r.then(p.option(one))
	}
	return r
}

func (p *parser) itemEnd() reply {
	followed := func(s string) func() reply {
		return func() reply {
			return p.try(func() reply { return p.ahead(func() reply { return p.word(s) }) })
		}
	}
	return p.or(followed(")"), followed(","), func() reply { return p.try(p.end) })
}

func (p *parser) cast(out *string) reply {
	return p.option(func() reply {
		r := p.word("::")
		if r.ok {
			r.then(p.identifier(out))
		}
		return r
	})
}

func (p *parser) selectField(out *SelectItem) reply {
	star := func() reply {
		r := p.word("*")
		if r.ok && r.then(p.itemEnd()) {
			*out = SelectItem{Field: Field{Name: "*"}}
		}
		return r
	}
	count := func() reply {
		*out = SelectItem{}
		r := p.alias(out)
		if r.ok && r.then(p.word("count()")) && r.then(p.cast(&out.AggregateCast)) && r.then(p.itemEnd()) {
			out.Field.Name, out.Aggregate = "*", "count"
		}
		return r
	}
	column := func() reply {
		*out = SelectItem{}
		r := p.alias(out)
		if r.ok && r.then(p.field(&out.Field)) && r.then(p.cast(&out.Cast)) &&
			r.then(p.option(func() reply { return p.try(func() reply { return p.aggregate(&out.Aggregate) }) })) &&
			r.then(p.cast(&out.AggregateCast)) {
			r.then(p.itemEnd())
		}
		return r
	}
	return p.or(
		func() reply { return p.try(star) },
		func() reply { return p.try(count) },
		column)
}

func (p *parser) aggregate(out *string) reply {
	var called string
	name := func(s string) func() reply {
		return func() reply { called = s; return p.word(s) }
	}
	r := p.char('.')
	if r.ok && r.then(p.or(name("sum"), name("avg"), name("count"),
		func() reply { return p.try(name("max")) },
		func() reply { return p.try(name("min")) })) && r.then(p.word("()")) {
		*out = called
	}
	return r
}

func (p *parser) orderList(out *[]OrderTerm) reply {
	var terms []OrderTerm
	r := p.sepBy1(func() reply {
		var t OrderTerm
		r := p.lexeme(func() reply {
			return p.or(
				func() reply { return p.try(func() reply { t = OrderTerm{}; return p.orderTerm(&t, true) }) },
				func() reply { t = OrderTerm{}; return p.orderTerm(&t, false) })
		})
		if r.ok {
			terms = append(terms, t)
		}
		return r
	}, func() reply { return p.char(',') })
	if r.ok {
		*out = terms
	}
	return r
}

func (p *parser) orderTerm(t *OrderTerm, related bool) reply {
	r := p.done()
	if related {
		if !r.then(p.fieldName(&t.Relation)) || !r.then(p.char('(')) || !r.then(p.field(&t.Field)) || !r.then(p.char(')')) {
			return r
		}
	} else if !r.then(p.field(&t.Field)) {
		return r
	}
	suffix := func(word string, set func()) func() reply {
		return func() reply {
			return p.try(func() reply {
				r := p.delimiter()
				if r.ok && r.then(p.word(word)) {
					set()
				}
				return r
			})
		}
	}
	if !r.then(p.option(func() reply {
		return p.or(suffix("asc", func() { t.Direction = Asc }), suffix("desc", func() { t.Direction = Desc }))
	})) {
		return r
	}
	end := func() reply {
		return p.or(
			func() reply { return p.try(func() reply { return p.ahead(func() reply { return p.char(',') }) }) },
			func() reply { return p.try(p.end) })
	}
	r.then(p.or(
		func() reply {
			r := p.option(func() reply {
				return p.or(suffix("nullsfirst", func() { t.Nulls = NullsFirst }), suffix("nullslast", func() { t.Nulls = NullsLast }))
			})
			if r.ok {
				r.then(end())
			}
			return r
		}, end))
	return r
}
