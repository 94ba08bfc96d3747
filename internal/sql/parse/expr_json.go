package parse

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/ast"
)

// jsonFunc takes the inside of a JSON function's parentheses.
func (p *parser) jsonFunc(k kind, pos int) ast.Expr {
	switch k {
	case kwJson:
		return &ast.JsonParseExpr{Pos: pos, Arg: p.jsonValue(), Unique: p.optUniqueKeys()}
	case kwJsonScalar:
		return &ast.JsonScalarExpr{Pos: pos, Arg: p.expr()}
	case kwJsonSerialize:
		return &ast.JsonSerializeExpr{Pos: pos, Arg: p.jsonValue(), Output: p.optReturningType()}
	case kwJsonObject:
		return p.jsonObject(pos)
	case kwJsonArray:
		return p.jsonArray(pos)
	}
	f := &ast.JsonFuncExpr{Pos: pos}
	switch k {
	case kwJsonQuery:
		f.Op = ast.JsonQueryOp
	case kwJsonValue:
		f.Op = ast.JsonValueOp
	}
	f.Context = p.jsonValue()
	p.expect(',')
	f.Path = p.expr()
	f.Passing = p.optPassing()
	if f.Op == ast.JsonExistsOp {
		f.OnError = p.optOnError()
		return f
	}
	f.Output = p.optReturningType()
	if f.Op == ast.JsonQueryOp {
		f.Wrapper = p.optWrapper()
		f.Quotes = p.optQuotes()
	}
	f.OnEmpty, f.OnError = p.optBehaviors()
	return f
}

func (p *parser) jsonObject(pos int) ast.Expr {
	o := &ast.JsonObjectConstructor{Pos: pos}
	if p.is(')') || p.is(kwReturning) {
		o.Output = p.optReturningType()
		return o
	}
	first := p.callArg()
	if !p.is(':') && !p.is(kwValue) {
		args := []ast.Expr{first}
		for p.accept(',') {
			args = append(args, p.callArg())
		}
		return &ast.FuncCall{Pos: pos, Name: []string{"pg_catalog", "json_object"}, Args: args}
	}
	o.Exprs = []*ast.JsonKeyValue{p.jsonPair(first)}
	for p.accept(',') {
		o.Exprs = append(o.Exprs, p.jsonPair(p.expr()))
	}
	o.AbsentOnNull = p.optAbsent(false)
	o.Unique = p.optUniqueKeys()
	o.Output = p.optReturningType()
	return o
}

// jsonPair takes what follows a key.
func (p *parser) jsonPair(key ast.Expr) *ast.JsonKeyValue {
	if !p.accept(':') {
		p.expect(kwValue)
	}
	return &ast.JsonKeyValue{Pos: key.Position(), Key: key, Value: p.jsonValue()}
}

func (p *parser) jsonArray(pos int) ast.Expr {
	a := &ast.JsonArrayConstructor{Pos: pos, AbsentOnNull: true}
	if p.is(')') || p.is(kwReturning) {
		a.Output = p.optReturningType()
		return a
	}
	if p.startsSelect(0) && p.arrayQuery() {
		return &ast.JsonArrayQueryConstructor{Pos: pos, Query: p.selectStmt(), Format: p.optFormat(),
			AbsentOnNull: true, Output: p.optReturningType()}
	}
	a.Exprs = []*ast.JsonValueExpr{p.jsonValue()}
	for p.accept(',') {
		a.Exprs = append(a.Exprs, p.jsonValue())
	}
	a.AbsentOnNull = p.optAbsent(true)
	a.Output = p.optReturningType()
	return a
}

// arrayQuery tells whether a query in JSON_ARRAY is its source: a query in parentheses is a value, unless a set
// operation or the like follows it.
func (p *parser) arrayQuery() bool {
	if !p.is('(') {
		return true
	}
	depth := 0
	for n := 0; ; n++ {
		switch p.kindAt(n) {
		case '(':
			depth++
		case ')':
			depth--
		case tokEOF, tokBad:
			return false
		}
		if depth == 0 {
			switch p.kindAt(n + 1) {
			case kwUnion, kwIntersect, kwExcept, kwOrder, kwLimit, kwOffset, kwFetch, kwFor:
				return true
			}
			return false
		}
	}
}

func (p *parser) jsonAggregate(k kind, pos int, windowless bool) ast.Expr {
	if k == kwJsonObjectagg {
		o := &ast.JsonObjectAgg{Pos: pos, Arg: p.jsonPair(p.expr())}
		o.AbsentOnNull = p.optAbsent(false)
		o.Unique = p.optUniqueKeys()
		o.Output = p.optReturningType()
		p.expect(')')
		if !windowless {
			o.Filter, o.Over = p.optFilter(), p.optOver()
		}
		return o
	}
	a := &ast.JsonArrayAgg{Pos: pos, Arg: p.jsonValue()}
	if p.is(kwOrder) {
		a.OrderBy = p.sortClause()
	}
	a.AbsentOnNull = p.optAbsent(true)
	a.Output = p.optReturningType()
	p.expect(')')
	if !windowless {
		a.Filter, a.Over = p.optFilter(), p.optOver()
	}
	return a
}

// jsonValue takes a_expr [FORMAT JSON].
func (p *parser) jsonValue() *ast.JsonValueExpr {
	e := p.expr()
	return &ast.JsonValueExpr{Pos: e.Position(), Value: e, Format: p.optFormat()}
}

// optFormat takes FORMAT JSON [ENCODING name].
func (p *parser) optFormat() *ast.JsonFormat {
	if !p.is(kwFormat) || !p.isAt(1, kwJson) {
		return nil
	}
	f := &ast.JsonFormat{Pos: p.pos(), Type: ast.JsonFormatJSON}
	p.next()
	p.next()
	if p.accept(kwEncoding) {
		name := p.name()
		f.Encoding = strings.ToLower(name)
		switch f.Encoding {
		case "utf8", "utf16", "utf32":
		default:
			p.fail(-1, "22023", "unrecognized JSON encoding: "+name)
		}
	}
	return f
}

// optReturningType takes RETURNING type [FORMAT JSON].
func (p *parser) optReturningType() *ast.JsonOutput {
	if !p.is(kwReturning) {
		return nil
	}
	o := &ast.JsonOutput{Pos: p.pos()}
	p.next()
	o.Type = p.typeName()
	o.Format = p.optFormat()
	return o
}

// optAbsent takes NULL ON NULL or ABSENT ON NULL; standard is what holds without.
func (p *parser) optAbsent(standard bool) bool {
	switch {
	case p.acceptSeq(kwNull, kwOn, kwNull):
		return false
	case p.acceptSeq(kwAbsent, kwOn, kwNull):
		return true
	}
	return standard
}

// optUniqueKeys takes WITH UNIQUE [KEYS] or WITHOUT UNIQUE [KEYS].
func (p *parser) optUniqueKeys() bool {
	unique := false
	switch {
	case p.is(kwWith) && !p.isAt(1, kwTime) && !p.isAt(1, kwOrdinality):
		p.expectSeq(kwWith, kwUnique)
		unique = true
	case p.is(kwWithout) && !p.isAt(1, kwTime):
		p.expectSeq(kwWithout, kwUnique)
	default:
		return false
	}
	p.accept(kwKeys)
	return unique
}

func (p *parser) optPassing() []*ast.JsonArgument {
	if !p.accept(kwPassing) {
		return nil
	}
	var list []*ast.JsonArgument
	for {
		a := &ast.JsonArgument{Pos: p.pos(), Value: p.jsonValue()}
		p.expect(kwAs)
		a.Name = p.colLabel()
		list = append(list, a)
		if !p.accept(',') {
			return list
		}
	}
}

func (p *parser) optWrapper() ast.JsonWrapper {
	switch {
	case p.accept(kwWithout):
		p.accept(kwArray)
		p.expect(kwWrapper)
		return ast.JsonWrapperNone
	case p.accept(kwWith):
		w := ast.JsonWrapperUnconditional
		if p.accept(kwConditional) {
			w = ast.JsonWrapperConditional
		} else {
			p.accept(kwUnconditional)
		}
		p.accept(kwArray)
		p.expect(kwWrapper)
		return w
	}
	return ast.JsonWrapperUnspecified
}

func (p *parser) optQuotes() ast.JsonQuotes {
	q := ast.JsonQuotesUnspecified
	switch {
	case p.accept(kwKeep):
		q = ast.JsonQuotesKeep
	case p.accept(kwOmit):
		q = ast.JsonQuotesOmit
	default:
		return q
	}
	p.expect(kwQuotes)
	if p.accept(kwOn) {
		p.expectSeq(kwScalar, kwString)
	}
	return q
}

// behavior takes a json_behavior, nil when none comes.
func (p *parser) behavior() *ast.JsonBehavior {
	b := &ast.JsonBehavior{Pos: p.pos()}
	switch p.kind() {
	case kwDefault:
		p.next()
		b.Type, b.Expr = ast.JsonBehaviorDefault, p.expr()
		return b
	case kwError:
		b.Type = ast.JsonBehaviorError
	case kwNull:
		b.Type = ast.JsonBehaviorNull
	case kwTrue:
		b.Type = ast.JsonBehaviorTrue
	case kwFalse:
		b.Type = ast.JsonBehaviorFalse
	case kwUnknown:
		b.Type = ast.JsonBehaviorUnknown
	case kwEmpty:
		p.next()
		b.Type = ast.JsonBehaviorEmptyArray
		if p.accept(kwObject) {
			b.Type = ast.JsonBehaviorEmptyObject
		} else {
			p.accept(kwArray)
		}
		return b
	default:
		return nil
	}
	p.next()
	return b
}

// optBehaviors takes behavior ON EMPTY and behavior ON ERROR.
func (p *parser) optBehaviors() (empty, err *ast.JsonBehavior) {
	b := p.behavior()
	if b == nil {
		return nil, nil
	}
	p.expect(kwOn)
	if p.accept(kwError) {
		return nil, b
	}
	p.expect(kwEmpty)
	if e := p.behavior(); e != nil {
		p.expectSeq(kwOn, kwError)
		return b, e
	}
	return b, nil
}

func (p *parser) optOnError() *ast.JsonBehavior {
	b := p.behavior()
	if b != nil {
		p.expectSeq(kwOn, kwError)
	}
	return b
}

// jsonTable takes JSON_TABLE(...).
func (p *parser) jsonTable() *ast.JsonTable {
	t := &ast.JsonTable{Pos: p.pos()}
	p.expectSeq(kwJsonTable, '(')
	t.Context = p.jsonValue()
	p.expect(',')
	path := p.expr()
	c, ok := path.(*ast.AConst)
	if !ok || c.Kind != ast.ConstString {
		p.fail(exprStart(path), "0A000", "only string constants are supported in JSON_TABLE path specification")
	}
	t.Path = &ast.JsonTablePathSpec{Pos: path.Position(), Path: path}
	if p.accept(kwAs) {
		t.Path.Name = p.name()
	}
	t.Passing = p.optPassing()
	t.Columns = p.jsonTableColumns()
	t.OnError = p.optOnError()
	p.expect(')')
	return t
}

func (p *parser) jsonTableColumns() []*ast.JsonTableColumn {
	p.enter()
	defer p.leave()
	p.expectSeq(kwColumns, '(')
	var list []*ast.JsonTableColumn
	for {
		list = append(list, p.jsonTableColumn())
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

func (p *parser) jsonTableColumn() *ast.JsonTableColumn {
	c := &ast.JsonTableColumn{Pos: p.pos()}
	if p.is(kwNested) && (p.isAt(1, kwPath) || p.isAt(1, tokSconst)) {
		p.next()
		p.accept(kwPath)
		c.Type = ast.JsonColNested
		c.Path = p.jsonPath()
		if p.accept(kwAs) {
			c.Path.Name = p.name()
		}
		c.Columns = p.jsonTableColumns()
		return c
	}
	c.Name = p.colID()
	if p.acceptSeq(kwFor, kwOrdinality) {
		c.Type = ast.JsonColOrdinality
		return c
	}
	c.ColType = p.typeName()
	c.Type = ast.JsonColRegular
	if p.accept(kwExists) {
		c.Type = ast.JsonColExists
		if p.accept(kwPath) {
			c.Path = p.jsonPath()
		}
		c.OnError = p.optOnError()
		return c
	}
	if c.Format = p.optFormat(); c.Format != nil {
		c.Type = ast.JsonColFormatted
	}
	if p.accept(kwPath) {
		c.Path = p.jsonPath()
	}
	c.Wrapper = p.optWrapper()
	c.Quotes = p.optQuotes()
	c.OnEmpty, c.OnError = p.optBehaviors()
	return c
}

func (p *parser) jsonPath() *ast.JsonTablePathSpec {
	t := p.expect(tokSconst)
	return &ast.JsonTablePathSpec{Pos: int(t.pos),
		Path: &ast.AConst{Pos: int(t.pos), Kind: ast.ConstString, Text: t.text}}
}
