package plan

import (
	"strconv"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"
)

func (n *node) column(name string) *catalog.Column {
	if n.relation == nil {
		return nil
	}
	return n.relation.Column(name)
}

// columnOf finds a node's column, or the function that computes one: then only its name and type are told.
func (b *builder) columnOf(n *node, name string) *catalog.Column {
	if c := n.column(name); c != nil || n.relation == nil {
		return c
	}
	for _, schema := range append([]string{b.req.Schema}, b.m.Config.ExtraSearchPath...) {
		for _, f := range b.m.Snapshot.FunctionsNamed(schema, name) {
			if in := f.Inputs(); len(in) == 1 && in[0].Type == n.relation.RowType && f.Kind == catalog.RegularFunction {
				return &catalog.Column{Name: name, Type: f.Returns, Typmod: -1}
			}
		}
	}
	return nil
}

// fieldOf is the value of a field of the table called table; c is its column, nil when it is none the catalog knows.
func fieldOf(table string, c *catalog.Column, f rest.Field) ast.Expr {
	var e ast.Expr = ast.Col(table, f.Name)
	if len(f.Path) == 0 {
		return e
	}
	if c == nil || c.Type != types.JSONOID && c.Type != types.JSONBOID {
		e = ast.Func("to_jsonb", e)
	}
	for _, step := range f.Path {
		op := "->"
		if step.Text {
			op = "->>"
		}
		var key ast.Expr = ast.Str(step.Key)
		if step.IsIndex {
			if i, err := strconv.ParseInt(step.Key, 10, 32); err == nil {
				key = ast.Int(i)
			} else {
				key = ast.Cast(key, ast.Type("pg_catalog", "int4"))
			}
		}
		e = ast.Op(e, op, key)
	}
	return e
}

func call(f *catalog.Function, args ...ast.Expr) ast.Expr {
	return ast.Call([]string{f.Schema, f.Name}, args...)
}

// castTo is e::text for a type's name as the request wrote it.
func (b *builder) castTo(e ast.Expr, text string) ast.Expr {
	if text == "" {
		return e
	}
	t, err := parse.TypeName(text)
	if err != nil {
		b.fail(err)
		return e
	}
	return ast.Cast(e, t)
}

// typeName writes a type of the catalog.
func typeName(t *types.Type) *ast.TypeName {
	if t.Kind == types.ArrayType && t.Elem != nil {
		n := *typeName(t.Elem)
		n.ArrayBounds = []int{-1}
		return &n
	}
	return ast.Type(t.Schema, t.Name)
}

func (b *builder) typeOf(oid catalog.OID) *ast.TypeName {
	t := b.m.Snapshot.TypeByOID(oid)
	if t == nil {
		return ast.Type("pg_catalog", "text")
	}
	return typeName(t)
}

// conditions gives a node's own conditions: logic trees and filters.
func (b *builder) conditions(n *node) []ast.Expr {
	var out []ast.Expr
	for i := range n.logic {
		out = append(out, b.logic(n, &n.logic[i]))
	}
	for i := range n.filters {
		out = append(out, b.filter(n, &n.filters[i]))
	}
	return out
}

func (b *builder) logic(n *node, l *rest.Logic) ast.Expr {
	if l.Leaf != nil {
		return b.filter(n, l.Leaf)
	}
	items := make([]ast.Expr, len(l.Items))
	for i := range l.Items {
		items[i] = b.logic(n, &l.Items[i])
	}
	var e ast.Expr
	if l.Or {
		e = ast.Or(items...)
	} else {
		e = ast.And(items...)
	}
	if l.Not {
		e = ast.Not(e)
	}
	return e
}

var operatorTexts = [...]string{
	rest.OpEq: "=", rest.OpGte: ">=", rest.OpGt: ">", rest.OpLte: "<=", rest.OpLt: "<", rest.OpLike: "~~", rest.OpILike: "~~*",
	rest.OpMatch: "~", rest.OpIMatch: "~*", rest.OpNeq: "<>", rest.OpContains: "@>", rest.OpContained: "<@",
	rest.OpOverlap: "&&", rest.OpStrictlyLeft: "<<", rest.OpStrictlyRight: ">>", rest.OpNotExtendsRight: "&<",
	rest.OpNotExtendsLeft: "&>", rest.OpAdjacent: "-|-", rest.OpIn: "=",
}

var textSearchFunctions = map[rest.Operator]string{
	rest.OpFts: "to_tsquery", rest.OpPlainFts: "plainto_tsquery", rest.OpPhraseFts: "phraseto_tsquery",
	rest.OpWebFts: "websearch_to_tsquery",
}

func (b *builder) filter(n *node, f *rest.Filter) ast.Expr {
	if e := b.embedTest(n, f); e != nil {
		return e
	}
	e := b.condition(n.table, b.columnOf(n, f.Field.Name), f)
	if f.Not {
		e = ast.Not(e)
	}
	return e
}

// embedTest is a filter that asks whether an embedded resource is there; nil when f is not one.
func (b *builder) embedTest(n *node, f *rest.Filter) ast.Expr {
	if f.Op != rest.OpIs || f.Is > rest.IsNotNull || len(f.Field.Path) > 0 {
		return nil
	}
	c := n.child(f.Field.Name)
	if c == nil || f.Is == rest.IsNotNull && n.column(f.Field.Name) != nil {
		return nil
	}
	exists := ast.Exists(b.existence(c))
	if f.Not == (f.Is == rest.IsNull) {
		return exists
	}
	return ast.Not(exists)
}

// condition is a filter on a column of the table called table, without its negation.
func (b *builder) condition(table string, c *catalog.Column, f *rest.Filter) ast.Expr {
	left := fieldOf(table, c, f.Field)
	value := func() ast.Expr { return b.param(arg{kind: argValue, index: f.Value}) }
	var parser *catalog.Function
	if c != nil && len(f.Field.Path) == 0 {
		parser = b.m.fromText[c.Type]
	}
	switch f.Op {
	case rest.OpIs:
		return isTest(left, f.Is)
	case rest.OpIsDistinct:
		return ast.IsDistinct(left, value())
	case rest.OpIn:
		if parser != nil {
			text := ast.ArrayOf("pg_catalog", "text")
			items := ast.Select(ast.As(call(parser, ast.Func("unnest", ast.Cast(value(), text))), "v"))
			return &ast.SubLink{Pos: -1, Type: ast.AnySubLink, Test: left, Oper: []string{"="}, Select: items}
		}
		return ast.OpAny(left, "=", value())
	case rest.OpFts, rest.OpPlainFts, rest.OpPhraseFts, rest.OpWebFts:
		var language []ast.Expr
		if f.HasLanguage {
			language = append(language, ast.Str(f.Language))
		}
		if c == nil || b.underlying(c.Type) != types.TSVectorOID {
			left = ast.Func("to_tsvector", append(language[:len(language):len(language)], left)...)
		}
		return ast.Op(left, "@@", ast.Func(textSearchFunctions[f.Op], append(language, value())...))
	}
	op := operatorTexts[f.Op]
	right := value()
	if parser != nil && f.Op != rest.OpLike && f.Op != rest.OpILike && f.Quantifier == rest.NoQuantifier {
		right = call(parser, ast.Cast(right, ast.Type("pg_catalog", "text")))
	}
	switch f.Quantifier {
	case rest.Any:
		return ast.OpAny(left, op, right)
	case rest.All:
		return ast.OpAll(left, op, right)
	}
	return ast.Op(left, op, right)
}

func (b *builder) underlying(oid catalog.OID) catalog.OID {
	if t := b.m.Snapshot.TypeByOID(oid); t != nil {
		return t.Underlying().OID
	}
	return oid
}

func isTest(e ast.Expr, v rest.IsValue) ast.Expr {
	test := ast.IsTrue
	switch v {
	case rest.IsNull:
		return ast.IsNull(e)
	case rest.IsNotNull:
		return ast.IsNotNull(e)
	case rest.IsFalse:
		test = ast.IsFalse
	case rest.IsUnknown:
		test = ast.IsUnknown
	}
	return &ast.BooleanTest{Pos: -1, Arg: e, Test: test}
}
