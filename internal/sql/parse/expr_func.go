package parse

import (
	"github.com/basement-project/basement/internal/sql/ast"
)

// funcName takes a func_name.
func (p *parser) funcName() []string {
	first := p.kind()
	if !isColID(first) && !isTypeFuncName(first) {
		p.syntaxError()
	}
	names := []string{p.next().text}
	if !p.is('.') && !isTypeFuncName(first) || p.is('.') && !isColID(first) {
		p.syntaxError()
	}
	for p.accept('.') {
		names = append(names, p.colLabel())
	}
	return names
}

// callOrLiteral takes what follows a function's or type's name: arguments or a string.
func (p *parser) callOrLiteral(names []string, pos int) ast.Expr {
	if p.is(tokSconst) {
		return p.literalOf(&ast.TypeName{Pos: pos, Names: names})
	}
	call := p.funcApplication(names, pos)
	if p.is(tokSconst) && len(call.Args) > 0 && !call.Distinct && !call.Variadic {
		for _, a := range call.Args {
			if _, ok := a.(*ast.NamedArgExpr); ok {
				p.fail(a.Position(), "42601", "type modifier cannot have parameter name")
			}
		}
		if call.OrderBy != nil {
			p.fail(pos, "42601", "type modifier cannot have ORDER BY")
		}
		return p.literalOf(&ast.TypeName{Pos: pos, Names: names, TypMods: call.Args})
	}
	p.aggregateTail(call)
	return call
}

// literalOf takes the string of a literal whose type was read.
func (p *parser) literalOf(t *ast.TypeName) *ast.TypeCast {
	lit := p.expect(tokSconst)
	return &ast.TypeCast{Pos: t.Pos, Arg: &ast.AConst{Pos: int(lit.pos), Kind: ast.ConstString, Text: lit.text}, Type: t}
}

// funcApplication takes a call's parentheses.
func (p *parser) funcApplication(names []string, pos int) *ast.FuncCall {
	call := &ast.FuncCall{Pos: pos, Name: names}
	p.expect('(')
	if p.accept(')') {
		return call
	}
	if p.accept('*') {
		p.expect(')')
		call.Star = true
		return call
	}
	if p.accept(kwDistinct) {
		call.Distinct = true
	} else {
		p.accept(kwAll)
	}
	call.Args, call.Variadic = p.funcArgs()
	if p.is(kwOrder) {
		call.OrderBy = p.sortClause()
	}
	p.expect(')')
	return call
}

// funcArgs takes arguments, of which the last may be VARIADIC.
func (p *parser) funcArgs() (args []ast.Expr, variadic bool) {
	for {
		if p.accept(kwVariadic) {
			return append(args, p.callArg()), true
		}
		args = append(args, p.callArg())
		if !p.accept(',') {
			return args, false
		}
	}
}

// callArg takes an argument: a_expr, name => a_expr or name := a_expr.
func (p *parser) callArg() ast.Expr {
	if isTypeFuncName(p.kind()) {
		if k := p.kindAt(1); k == tokEqualsGreater || k == tokColonEquals {
			t := p.next()
			p.next()
			return &ast.NamedArgExpr{Pos: int(t.pos), Name: t.text, Arg: p.expr()}
		}
	}
	return p.expr()
}

// aggregateTail takes WITHIN GROUP, FILTER and OVER.
func (p *parser) aggregateTail(call *ast.FuncCall) {
	if p.is(kwWithin) {
		pos := p.pos()
		p.next()
		p.expectSeq(kwGroup, '(')
		order := p.sortClause()
		p.expect(')')
		switch {
		case call.OrderBy != nil:
			p.fail(pos, "42601", "cannot use multiple ORDER BY clauses with WITHIN GROUP")
		case call.Distinct:
			p.fail(pos, "42601", "cannot use DISTINCT with WITHIN GROUP")
		case call.Variadic:
			p.fail(pos, "42601", "cannot use VARIADIC with WITHIN GROUP")
		}
		call.OrderBy, call.WithinGroup = order, true
	}
	call.Filter = p.optFilter()
	call.Over = p.optOver()
}

func (p *parser) optFilter() ast.Expr {
	if !p.accept(kwFilter) {
		return nil
	}
	p.expectSeq('(', kwWhere)
	e := p.expr()
	p.expect(')')
	return e
}

func (p *parser) optOver() *ast.WindowDef {
	if !p.accept(kwOver) {
		return nil
	}
	if p.is('(') {
		return p.windowSpec()
	}
	pos := p.pos()
	return &ast.WindowDef{Pos: pos, Name: p.colID()}
}

// funcExprWindowless takes a func_expr_windowless: what an index or FROM may have without parentheses.
func (p *parser) funcExprWindowless() ast.Expr {
	p.enter()
	defer p.leave()
	if p.kind() >= kwBase {
		if e := p.specialFuncMode(true); e != nil {
			return e
		}
	}
	pos := p.pos()
	return p.funcApplication(p.funcName(), pos)
}

func (p *parser) specialFunc() ast.Expr { return p.specialFuncMode(false) }

// specialFuncMode takes a function with its own syntax, nil when the keyword at hand is none.
func (p *parser) specialFuncMode(windowless bool) ast.Expr {
	pos := p.pos()
	k := p.kind()
	if op, ok := valueFunction(k); ok {
		if k == kwCurrentSchema && (p.isAt(1, '(') || p.isAt(1, tokSconst) || p.isAt(1, '.')) {
			return nil
		}
		p.next()
		f := &ast.SQLValueFunction{Pos: pos, Op: op, TypMod: -1}
		switch op {
		case ast.CurrentTime, ast.CurrentTimestamp, ast.LocalTime, ast.LocalTimestamp:
			if p.accept('(') {
				f.TypMod = int(p.iconst())
				p.expect(')')
			}
		}
		return f
	}
	switch k {
	case kwSystemUser:
		p.next()
		return sqlCall(pos, "system_user")
	case kwCollation:
		if !p.isAt(1, kwFor) {
			return nil
		}
		p.next()
		p.next()
		return sqlCall(pos, "pg_collation_for", p.parenOne())
	case kwCast:
		p.next()
		p.expect('(')
		c := &ast.TypeCast{Pos: pos, Arg: p.expr()}
		p.expect(kwAs)
		c.Type = p.typeName()
		p.expect(')')
		return c
	}
	if !p.isAt(1, '(') {
		return nil
	}
	var e ast.Expr
	open := func() { p.next(); p.next() }
	switch k {
	case kwExtract:
		open()
		e = p.extract(pos)
	case kwNormalize:
		open()
		args := []ast.Expr{p.expr()}
		if p.accept(',') {
			args = append(args, p.normalForm())
		}
		e = sqlCall(pos, "normalize", args...)
	case kwOverlay:
		open()
		e = p.overlay(pos)
	case kwPosition:
		open()
		what := p.bExpr()
		p.expect(kwIn)
		e = sqlCall(pos, "position", p.bExpr(), what)
	case kwSubstring:
		open()
		e = p.substring(pos)
	case kwTreat:
		open()
		arg := p.expr()
		p.expect(kwAs)
		t := p.typeName()
		e = &ast.FuncCall{Pos: pos, Name: []string{"pg_catalog", t.Names[len(t.Names)-1]}, Args: []ast.Expr{arg}}
	case kwTrim:
		open()
		e = p.trim(pos)
	case kwNullif:
		open()
		left := p.expr()
		p.expect(',')
		e = &ast.AExpr{Pos: pos, Kind: ast.AExprNullif, Name: []string{"="}, Left: left, Right: p.expr()}
	case kwCoalesce:
		open()
		e = &ast.CoalesceExpr{Pos: pos, Args: p.exprList()}
	case kwGreatest, kwLeast:
		open()
		e = &ast.MinMaxExpr{Pos: pos, Least: k == kwLeast, Args: p.exprList()}
	case kwMergeAction:
		open()
		e = &ast.MergeSupportFunc{Pos: pos}
	case kwXmlconcat, kwXmlelement, kwXmlexists, kwXmlforest, kwXmlparse, kwXmlpi, kwXmlroot, kwXmlserialize:
		open()
		e = p.xmlFunc(k, pos)
	case kwJson, kwJsonObject, kwJsonArray, kwJsonScalar, kwJsonSerialize, kwJsonQuery, kwJsonExists, kwJsonValue:
		open()
		e = p.jsonFunc(k, pos)
	case kwJsonObjectagg, kwJsonArrayagg:
		open()
		return p.jsonAggregate(k, pos, windowless)
	default:
		return nil
	}
	p.expect(')')
	return e
}

func valueFunction(k kind) (ast.SQLValueFunctionOp, bool) {
	switch k {
	case kwCurrentDate:
		return ast.CurrentDate, true
	case kwCurrentTime:
		return ast.CurrentTime, true
	case kwCurrentTimestamp:
		return ast.CurrentTimestamp, true
	case kwLocaltime:
		return ast.LocalTime, true
	case kwLocaltimestamp:
		return ast.LocalTimestamp, true
	case kwCurrentRole:
		return ast.CurrentRole, true
	case kwCurrentUser:
		return ast.CurrentUser, true
	case kwUser:
		return ast.User, true
	case kwSessionUser:
		return ast.SessionUser, true
	case kwCurrentCatalog:
		return ast.CurrentCatalog, true
	case kwCurrentSchema:
		return ast.CurrentSchema, true
	}
	return 0, false
}

// parenOne takes (a_expr).
func (p *parser) parenOne() ast.Expr {
	p.expect('(')
	e := p.expr()
	p.expect(')')
	return e
}

func (p *parser) normalForm() ast.Expr {
	pos := p.pos()
	form := ""
	switch p.kind() {
	case kwNfc:
		form = "NFC"
	case kwNfd:
		form = "NFD"
	case kwNfkc:
		form = "NFKC"
	case kwNfkd:
		form = "NFKD"
	default:
		p.syntaxError()
	}
	p.next()
	return &ast.AConst{Pos: pos, Kind: ast.ConstString, Text: form}
}

func (p *parser) extract(pos int) ast.Expr {
	switch p.kind() {
	case tokIdent, tokSconst, kwYear, kwMonth, kwDay, kwHour, kwMinute, kwSecond:
	default:
		p.syntaxError()
	}
	t := p.next()
	p.expect(kwFrom)
	return sqlCall(pos, "extract", &ast.AConst{Pos: int(t.pos), Kind: ast.ConstString, Text: t.text}, p.expr())
}

// plainArgs goes on with ordinary arguments of a function that also has its own syntax.
func (p *parser) plainArgs(pos int, name string, args []ast.Expr) ast.Expr {
	for p.accept(',') {
		args = append(args, p.callArg())
	}
	return &ast.FuncCall{Pos: pos, Name: []string{name}, Args: args}
}

func (p *parser) overlay(pos int) ast.Expr {
	if p.is(')') {
		return &ast.FuncCall{Pos: pos, Name: []string{"overlay"}}
	}
	first := p.callArg()
	if _, named := first.(*ast.NamedArgExpr); named || !p.accept(kwPlacing) {
		return p.plainArgs(pos, "overlay", []ast.Expr{first})
	}
	args := []ast.Expr{first, p.expr()}
	p.expect(kwFrom)
	args = append(args, p.expr())
	if p.accept(kwFor) {
		args = append(args, p.expr())
	}
	return sqlCall(pos, "overlay", args...)
}

func (p *parser) substring(pos int) ast.Expr {
	if p.is(')') {
		return &ast.FuncCall{Pos: pos, Name: []string{"substring"}}
	}
	first := p.callArg()
	if _, named := first.(*ast.NamedArgExpr); named {
		return p.plainArgs(pos, "substring", []ast.Expr{first})
	}
	switch {
	case p.accept(kwFrom):
		args := []ast.Expr{first, p.expr()}
		if p.accept(kwFor) {
			args = append(args, p.expr())
		}
		return sqlCall(pos, "substring", args...)
	case p.accept(kwFor):
		count := p.expr()
		if p.accept(kwFrom) {
			return sqlCall(pos, "substring", first, p.expr(), count)
		}
		return sqlCall(pos, "substring", first, &ast.AConst{Pos: -1, Kind: ast.ConstInteger, Int: 1},
			&ast.TypeCast{Pos: -1, Arg: count, Type: systemType(-1, "int4")})
	case p.accept(kwSimilar):
		pattern := p.expr()
		p.expect(kwEscape)
		return sqlCall(pos, "substring", first, pattern, p.expr())
	}
	return p.plainArgs(pos, "substring", []ast.Expr{first})
}

func (p *parser) trim(pos int) ast.Expr {
	name := "btrim"
	switch p.kind() {
	case kwBoth:
		p.next()
	case kwLeading:
		name = "ltrim"
		p.next()
	case kwTrailing:
		name = "rtrim"
		p.next()
	}
	if p.accept(kwFrom) {
		return sqlCall(pos, name, p.exprList()...)
	}
	first := p.expr()
	if p.accept(kwFrom) {
		return sqlCall(pos, name, append(p.exprList(), first)...)
	}
	args := []ast.Expr{first}
	for p.accept(',') {
		args = append(args, p.expr())
	}
	return sqlCall(pos, name, args...)
}
