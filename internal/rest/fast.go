package rest

import "strings"

// The common forms of the query string are read here without the books of the full grammar. Each function answers
// false for everything else; what it accepts means the same as in the grammar.

// plainName says whether s is an identifier that needs no further reading.
func plainName(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' {
			continue
		}
		return false
	}
	return s != ""
}

func fastSelect(s string, out *[]SelectItem) bool {
	items := make([]SelectItem, 0, strings.Count(s, ",")+1)
	for {
		name, rest, more := strings.Cut(s, ",")
		if name != "*" && !plainName(name) {
			return false
		}
		items = append(items, SelectItem{Field: Field{Name: name}})
		if !more {
			*out = items
			return true
		}
		s = rest
	}
}

func fastOrder(s string, out *[]OrderTerm) bool {
	var terms []OrderTerm
	for {
		one, rest, more := strings.Cut(s, ",")
		name, suffix, _ := strings.Cut(one, ".")
		t := OrderTerm{Field: Field{Name: name}}
		switch suffix {
		case "":
			if len(name) != len(one) {
				return false
			}
		case "asc":
			t.Direction = Asc
		case "desc":
			t.Direction = Desc
		case "asc.nullsfirst":
			t.Direction, t.Nulls = Asc, NullsFirst
		case "asc.nullslast":
			t.Direction, t.Nulls = Asc, NullsLast
		case "desc.nullsfirst":
			t.Direction, t.Nulls = Desc, NullsFirst
		case "desc.nullslast":
			t.Direction, t.Nulls = Desc, NullsLast
		default:
			return false
		}
		if !plainName(name) {
			return false
		}
		terms = append(terms, t)
		if !more {
			*out = terms
			return true
		}
		s = rest
	}
}

func fastOperand(s string, out *operand) bool {
	var o operand
	if strings.HasPrefix(s, "not.") {
		o.Not = true
		s = s[4:]
	}
	name, value, ok := strings.Cut(s, ".")
	if !ok {
		return false
	}
	switch name {
	case "eq":
		o.Op = OpEq
	case "neq":
		o.Op = OpNeq
	case "gt":
		o.Op = OpGt
	case "gte":
		o.Op = OpGte
	case "lt":
		o.Op = OpLt
	case "lte":
		o.Op = OpLte
	case "like":
		o.Op = OpLike
	case "ilike":
		o.Op = OpILike
	case "cs":
		o.Op = OpContains
	case "is":
		o.Op = OpIs
		switch value {
		case "null":
			o.Is = IsNull
		case "true":
			o.Is = IsTrue
		case "false":
			o.Is = IsFalse
		default:
			return false
		}
		value = ""
	case "in":
		if len(value) < 2 || value[0] != '(' || value[len(value)-1] != ')' {
			return false
		}
		value = value[1 : len(value)-1]
		if strings.ContainsAny(value, `"()`) || strings.HasSuffix(value, " ") {
			return false
		}
		o.Op = OpIn
		value = strings.TrimLeft(value, " \t")
		value = listLiteral(strings.Split(value, ","))
	default:
		return false
	}
	o.text = value
	*out = o
	return true
}
