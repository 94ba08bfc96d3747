package ast

import "reflect"

// Node is any part of a parse tree. Only this package has nodes.
type Node interface {
	// Position is the 0-based byte offset in the source, -1 for nodes made by code.
	Position() int
	slots(v *visitor)
}

// Expr is a node that stands for a value.
type Expr interface {
	Node
	expr()
}

// Statement is a whole SQL statement.
type Statement interface {
	Node
	stmt()
}

// TableRef is an item of a FROM clause.
type TableRef interface {
	Node
	tableRef()
}

// Indirection is one step of an AIndirection or of an assignment's target: *FieldSelect, *AStar or *AIndices.
type Indirection interface {
	Node
	indirection()
}

// ParseResult is a parsed script.
type ParseResult struct {
	Statements []*RawStatement
}

// RawStatement is one statement of a script. Text[Start:End] is its source without the semicolon and without leading
// and trailing blanks and comments.
type RawStatement struct {
	Stmt       Statement
	Start, End int
}

// visitor goes over the children of one node; with write set, the children are replaced by what visit gives.
type visitor struct {
	visit func(Node) Node
	write bool
}

func slot[T interface {
	Node
	comparable
}](v *visitor, p *T) {
	var none T
	if *p == none {
		return
	}
	n := v.visit(*p)
	if !v.write {
		return
	}
	if n == nil {
		*p = none
		return
	}
	*p = n.(T)
}

func slotList[T interface {
	Node
	comparable
}](v *visitor, p *[]T) {
	if len(*p) == 0 {
		return
	}
	if v.write {
		*p = append(make([]T, 0, len(*p)), *p...)
	}
	for i := range *p {
		slot(v, &(*p)[i])
	}
}

func slotRows[T interface {
	Node
	comparable
}](v *visitor, p *[][]T) {
	if v.write {
		*p = append(make([][]T, 0, len(*p)), *p...)
	}
	for i := range *p {
		slotList(v, &(*p)[i])
	}
}

// Walk calls f for n and, where f answers true, for everything below it, in source order of the fields.
// A nil n is ignored.
func Walk(n Node, f func(Node) bool) {
	if isNil(n) {
		return
	}
	var v visitor
	v.visit = func(c Node) Node {
		if f(c) {
			c.slots(&v)
		}
		return c
	}
	v.visit(n)
}

// Children calls f for each direct child of n.
func Children(n Node, f func(Node)) {
	if isNil(n) {
		return
	}
	v := visitor{visit: func(c Node) Node { f(c); return c }}
	n.slots(&v)
}

// Map gives a copy of the tree in which every node is what f makes of it, children first. f must answer with a node
// that fits the same place (an Expr for an Expr), or with its argument, or with nil where the place may be empty.
// The argument of f is already a copy and may be changed. The given tree is left alone.
func Map(n Node, f func(Node) Node) Node {
	if isNil(n) {
		return n
	}
	v := visitor{write: true}
	v.visit = func(c Node) Node {
		c = shallowCopy(c)
		c.slots(&v)
		return f(c)
	}
	return v.visit(n)
}

// Clone copies a tree.
func Clone[T Node](n T) T {
	c, ok := Map(n, func(n Node) Node { return n }).(T)
	if !ok {
		return n
	}
	return c
}

// shallowCopy relies on every node being a pointer to a struct.
func shallowCopy(n Node) Node {
	from := reflect.ValueOf(n).Elem()
	to := reflect.New(from.Type())
	to.Elem().Set(from)
	return to.Interface().(Node)
}

func isNil(n Node) bool {
	if n == nil {
		return true
	}
	return reflect.ValueOf(n).IsNil()
}
