package parse

import "github.com/basement-project/basement/internal/sql/ast"

// fromList takes table references with commas between.
func (p *parser) fromList() []ast.TableRef {
	list := []ast.TableRef{p.tableRef()}
	for p.accept(',') {
		list = append(list, p.tableRef())
	}
	return list
}

// tableRef takes a table reference with its joins.
func (p *parser) tableRef() ast.TableRef {
	p.enter()
	t := p.joins(p.tablePrimary())
	p.leave()
	return t
}

// joins takes joins on a left side.
func (p *parser) joins(left ast.TableRef) ast.TableRef {
	for {
		j := &ast.JoinExpr{Pos: p.pos(), Left: left}
		switch p.kind() {
		case kwCross:
			p.next()
			p.expect(kwJoin)
			j.Right = p.tablePrimary()
		case kwNatural:
			p.next()
			j.Natural = true
			j.Type = p.joinType()
			j.Right = p.tablePrimary()
		case kwJoin, kwInner, kwLeft, kwRight, kwFull:
			j.Type = p.joinType()
			saved := p.height
			p.height = 0
			j.Right = p.tableRef()
			p.height = max(saved, p.height)
			if p.accept(kwUsing) {
				j.Using = p.parenNameList()
				if p.is(kwAs) {
					p.next()
					j.UsingAlias = &ast.Alias{Pos: p.pos(), Name: p.colID()}
				}
			} else {
				p.expect(kwOn)
				j.On = p.expr()
			}
		default:
			return left
		}
		p.link()
		left = j
	}
}

// joinType takes [INNER | LEFT | RIGHT | FULL [OUTER]] JOIN.
func (p *parser) joinType() ast.JoinType {
	kind := ast.JoinInner
	switch p.kind() {
	case kwInner:
		p.next()
	case kwLeft, kwRight, kwFull:
		switch p.next().kind {
		case kwLeft:
			kind = ast.JoinLeft
		case kwRight:
			kind = ast.JoinRight
		default:
			kind = ast.JoinFull
		}
		p.accept(kwOuter)
	}
	p.expect(kwJoin)
	return kind
}

// tablePrimary takes a table reference without joins.
func (p *parser) tablePrimary() ast.TableRef {
	switch p.kind() {
	case '(':
		pos := p.pos()
		sel, ref := p.parenTable()
		if sel != nil {
			return &ast.RangeSubselect{Pos: pos, Select: sel, Alias: p.optAlias()}
		}
		p.aliasJoin(ref)
		return ref
	case kwLateral:
		return p.lateral()
	case kwOnly:
		return p.relation()
	}
	if t := p.tableFunc(); t != nil {
		return t
	}
	return p.relation()
}

// relation takes a table with its alias and TABLESAMPLE.
func (p *parser) relation() ast.TableRef {
	r := p.relationExpr()
	r.Alias = p.optAlias()
	if !p.is(kwTablesample) {
		return r
	}
	s := &ast.RangeTableSample{Pos: p.pos(), Relation: r}
	p.next()
	s.Pos = p.pos()
	s.Method = p.funcName()
	s.Args = p.parenExprs()
	if p.accept(kwRepeatable) {
		s.Repeatable = p.parenOne()
	}
	return s
}

func (p *parser) lateral() ast.TableRef {
	pos := p.pos()
	p.expect(kwLateral)
	if p.is('(') {
		return &ast.RangeSubselect{Pos: pos, Lateral: true, Select: p.selectWithParens(), Alias: p.optAlias()}
	}
	t := p.tableFunc()
	switch t := t.(type) {
	case *ast.RangeFunction:
		t.Lateral = true
	case *ast.RangeTableFunc:
		t.Lateral = true
	case *ast.JsonTable:
		t.Lateral = true
	default:
		p.funcExprWindowless()
		p.syntaxError()
	}
	return t
}

// parenTable takes what is in parentheses in FROM, with them: a query or a join.
func (p *parser) parenTable() (*ast.SelectStmt, ast.TableRef) {
	p.enter()
	defer p.leave()
	p.expect('(')
	var ref ast.TableRef
	switch {
	case !p.startsSelect(0):
		ref = p.tableRef()
	case !p.is('('):
		sel := p.selectNoParens()
		p.expect(')')
		return sel, nil
	default:
		pos := p.pos()
		sel, inner := p.parenTable()
		if sel != nil {
			switch p.kind() {
			case ')':
				p.next()
				return sel, nil
			case kwUnion, kwIntersect, kwExcept, kwOrder, kwLimit, kwOffset, kwFetch, kwFor:
				sel = p.selectTail(sel, nil)
				p.expect(')')
				return sel, nil
			}
			inner = &ast.RangeSubselect{Pos: pos, Select: sel, Alias: p.optAlias()}
		} else {
			p.aliasJoin(inner)
		}
		ref = p.joins(inner)
	}
	if _, ok := ref.(*ast.JoinExpr); !ok {
		p.syntaxError()
	}
	p.expect(')')
	return nil, ref
}

// aliasJoin takes the alias of a join in parentheses.
func (p *parser) aliasJoin(ref ast.TableRef) {
	a := p.optAlias()
	if a == nil {
		return
	}
	j := ref.(*ast.JoinExpr)
	if j.Alias != nil {
		p.fail(a.Pos, "42601", "syntax error at or near \""+firstWord(p.lex.text, a.Pos)+"\"")
	}
	j.Alias = a
}

// optAlias takes [AS] name [(columns)].
func (p *parser) optAlias() *ast.Alias {
	pos := p.pos()
	if p.accept(kwAs) {
		pos = p.pos()
		return &ast.Alias{Pos: pos, Name: p.colID(), Columns: p.optParenNameList()}
	}
	if !isColID(p.kind()) {
		return nil
	}
	return &ast.Alias{Pos: pos, Name: p.colID(), Columns: p.optParenNameList()}
}

// tableFunc takes a function in FROM, nil when the tokens at hand are none.
func (p *parser) tableFunc() ast.TableRef {
	pos := p.pos()
	switch {
	case p.isSeq(kwXmltable, '('):
		t := p.xmlTable()
		t.Alias = p.optAlias()
		return t
	case p.isSeq(kwJsonTable, '('):
		t := p.jsonTable()
		t.Alias = p.optAlias()
		return t
	case p.isSeq(kwRows, kwFrom, '('):
		p.next()
		p.next()
		p.next()
		f := &ast.RangeFunction{Pos: pos, RowsFrom: true}
		for {
			item := &ast.RangeFunctionItem{Pos: p.pos(), Func: p.funcExprWindowless()}
			if p.isSeq(kwAs, '(') {
				p.next()
				item.ColDefs = p.tableFuncElements()
			}
			f.Functions = append(f.Functions, item)
			if !p.accept(',') {
				break
			}
		}
		p.expect(')')
		p.funcAlias(f)
		return f
	case !p.callAhead():
		return nil
	}
	f := &ast.RangeFunction{Pos: pos}
	f.Functions = []*ast.RangeFunctionItem{{Pos: pos, Func: p.funcExprWindowless()}}
	p.funcAlias(f)
	return f
}

// callAhead tells whether a function's call comes: a name and a parenthesis, or a function without parentheses.
func (p *parser) callAhead() bool {
	k := p.kind()
	if _, ok := valueFunction(k); ok || k == kwSystemUser {
		return true
	}
	if k == kwCollation && p.isAt(1, kwFor) || k == kwCast {
		return true
	}
	if !isColLabel(k) {
		return false
	}
	n := 1
	for p.isAt(n, '.') && isColLabel(p.kindAt(n+1)) {
		n += 2
	}
	return p.isAt(n, '(')
}

// funcAlias takes WITH ORDINALITY and the alias or column definitions of a function.
func (p *parser) funcAlias(f *ast.RangeFunction) {
	f.Ordinality = p.acceptSeq(kwWith, kwOrdinality)
	pos := p.pos()
	as := p.accept(kwAs)
	if as && p.is('(') {
		f.ColDefs = p.tableFuncElements()
		return
	}
	if as {
		pos = p.pos()
	} else if !isColID(p.kind()) {
		return
	}
	f.Alias = &ast.Alias{Pos: pos, Name: p.colID()}
	if !p.is('(') {
		return
	}
	if isColID(p.kindAt(1)) && (p.isAt(2, ',') || p.isAt(2, ')')) {
		f.Alias.Columns = p.parenNameList()
		return
	}
	f.ColDefs = p.tableFuncElements()
}

func (p *parser) tableFuncElements() []*ast.TableFuncElement {
	p.expect('(')
	var list []*ast.TableFuncElement
	for {
		e := &ast.TableFuncElement{Pos: p.pos(), Name: p.colID(), Type: p.typeName()}
		e.Collate = p.optCollate()
		list = append(list, e)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

// optCollate takes COLLATE name if there is one.
func (p *parser) optCollate() *ast.CollateClause {
	if !p.is(kwCollate) {
		return nil
	}
	c := &ast.CollateClause{Pos: p.pos()}
	p.next()
	c.Name = p.anyName()
	return c
}

// relationExpr takes a relation's name with ONLY or *.
func (p *parser) relationExpr() *ast.RangeVar {
	if !p.accept(kwOnly) {
		r := p.qualifiedName()
		p.accept('*')
		return r
	}
	paren := p.accept('(')
	r := p.qualifiedName()
	if paren {
		p.expect(')')
	}
	r.Only = true
	return r
}

// relationExprList takes relations with commas between.
func (p *parser) relationExprList() []*ast.RangeVar {
	list := []*ast.RangeVar{p.relationExpr()}
	for p.accept(',') {
		list = append(list, p.relationExpr())
	}
	return list
}
