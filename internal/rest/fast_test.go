package rest

import (
	"reflect"
	"testing"
)

// sameOperand says whether the short way reads a filter as the grammar does, where it reads it at all.
func sameOperand(t *testing.T, text string) {
	t.Helper()
	var fast, full operand
	if !fastOperand(text, &fast) {
		return
	}
	p := &parser{in: text}
	if r := p.opExpr(&full, p.rest); !r.ok {
		t.Fatalf("%q is read by the short way alone", text)
	}
	if !reflect.DeepEqual(fast, full) {
		t.Fatalf("%q: %+v by the short way, %+v by the grammar", text, fast, full)
	}
}

func sameSelect(t *testing.T, text string) {
	t.Helper()
	var fast, full []SelectItem
	if !fastSelect(text, &fast) {
		return
	}
	p := &parser{in: text}
	if r := p.selectList(&full); !r.ok || p.pos != len(text) || !reflect.DeepEqual(fast, full) {
		t.Fatalf("%q: %+v by the short way, %+v by the grammar", text, fast, full)
	}
}

func sameOrder(t *testing.T, text string) {
	t.Helper()
	var fast, full []OrderTerm
	if !fastOrder(text, &fast) {
		return
	}
	p := &parser{in: text}
	if r := p.orderList(&full); !r.ok || !reflect.DeepEqual(fast, full) {
		t.Fatalf("%q: %+v by the short way, %+v by the grammar", text, fast, full)
	}
}

func TestShortWays(t *testing.T) {
	for _, s := range []string{"eq.1", "not.eq.", "in.(1,2,3)", "in.()", "in.( 1,2 )", "in.(a b , c)", "is.null", "not.is.true", "like.*a*",
		"cs.{a,b}", "gte.2024-01-01", "in.(,)", "neq.a.b.c", "lt.", "ilike.%x"} {
		sameOperand(t, s)
	}
	for _, s := range []string{"*", "id", "id,name", "*,id", "a,b,c_d", "1,2"} {
		sameSelect(t, s)
	}
	for _, s := range []string{"id", "id.asc", "id.desc.nullslast,name", "a.asc.nullsfirst"} {
		sameOrder(t, s)
	}
}
