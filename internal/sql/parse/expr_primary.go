package parse

import (
	"strconv"

	"github.com/basement-project/basement/internal/sql/ast"
)

// primary takes a c_expr.
func (p *parser) primary() ast.Expr {
	p.enter()
	e := p.primaryInner()
	p.leave()
	return e
}

func (p *parser) primaryInner() ast.Expr {
	t := p.tok()
	pos := int(t.pos)
	switch k := t.kind; k {
	case tokIdent:
		return p.nameExpr()
	case tokIconst, tokFconst, tokSconst, tokBconst, tokXconst, kwTrue, kwFalse, kwNull:
		return p.constant()
	case tokParam:
		n, _ := strconv.ParseInt(p.next().text, 10, 32)
		return p.indirected(&ast.ParamRef{Pos: pos, Number: int(n)})
	case '(':
		return p.groupExpr()
	case kwCase:
		return p.caseExpr()
	case kwArray:
		p.next()
		if p.is('(') {
			return &ast.SubLink{Pos: pos, Type: ast.ArraySubLink, Select: p.selectWithParens()}
		}
		a := p.arrayExpr()
		a.Pos = pos
		return a
	case kwExists:
		if p.isAt(1, '(') {
			p.next()
			return &ast.SubLink{Pos: pos, Type: ast.ExistsSubLink, Select: p.selectWithParens()}
		}
	case kwRow:
		if p.isAt(1, '(') {
			p.next()
			p.next()
			row := &ast.RowExpr{Pos: pos}
			if !p.is(')') {
				row.Args = p.exprList()
			}
			p.expect(')')
			return row
		}
	case kwGrouping:
		if p.isAt(1, '(') {
			p.next()
			return &ast.GroupingFunc{Pos: pos, Args: p.parenExprs()}
		}
	}
	if t.kind < kwBase {
		p.syntaxError()
	}
	if e := p.specialFunc(); e != nil {
		return e
	}
	if e := p.typedLiteral(); e != nil {
		return e
	}
	return p.nameExpr()
}

// constant takes a literal without a type.
func (p *parser) constant() *ast.AConst {
	t := p.next()
	c := &ast.AConst{Pos: int(t.pos)}
	switch t.kind {
	case tokIconst:
		c.Kind, c.Int = ast.ConstInteger, atoi32(t.text)
	case tokFconst:
		c.Kind, c.Text = ast.ConstFloat, t.text
	case tokSconst:
		c.Kind, c.Text = ast.ConstString, t.text
	case tokBconst, tokXconst:
		c.Kind, c.Text = ast.ConstBitString, t.text
	case kwTrue, kwFalse:
		c.Kind, c.Bool = ast.ConstBoolean, t.kind == kwTrue
	case kwNull:
		c.Kind = ast.ConstNull
	default:
		p.at--
		p.syntaxError()
	}
	return c
}

// startsSelect tells whether the tokens from n on, an opening parenthesis or more behind, start a query.
func (p *parser) startsSelect(n int) bool {
	for p.isAt(n, '(') {
		n++
		if n > 2*maxDepth {
			p.tooDeep()
		}
	}
	switch p.kindAt(n) {
	case kwSelect, kwTable, kwWith:
		return true
	case kwValues:
		return p.isAt(n+1, '(')
	}
	return false
}

// parens takes what is in parentheses, with them: a query, or expressions. Only a lone query gives sel; a query that
// is an operand gives expressions.
func (p *parser) parens() (sel *ast.SelectStmt, list []ast.Expr) {
	p.expect('(')
	if !p.startsSelect(0) {
		list = p.exprList()
		p.expect(')')
		return nil, list
	}
	if !p.is('(') {
		sel = p.selectNoParens()
		p.expect(')')
		return sel, nil
	}
	inner := p.pos()
	p.enter()
	sel, list = p.parens()
	p.leave()
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
		list = []ast.Expr{&ast.SubLink{Pos: inner, Type: ast.ExprSubLink, Select: sel}}
		sel = nil
	}
	// The inner parentheses were an operand's.
	var first ast.Expr
	if len(list) == 1 {
		first = list[0]
	} else {
		row := &ast.RowExpr{Pos: inner, Args: list, Implicit: true}
		first = row
		if p.is(kwOverlaps) {
			first = p.overlaps(row)
		}
	}
	if _, ok := first.(*ast.RowExpr); !ok {
		first = p.indirected(first)
	}
	list = []ast.Expr{p.continued(first)}
	for p.accept(',') {
		list = append(list, p.expr())
	}
	p.expect(')')
	return nil, list
}

// groupExpr takes an expression that starts with a parenthesis: a group, a row or a subquery.
func (p *parser) groupExpr() ast.Expr {
	pos := p.pos()
	sel, list := p.parens()
	switch {
	case sel != nil:
		return p.indirected(&ast.SubLink{Pos: pos, Type: ast.ExprSubLink, Select: sel})
	case len(list) == 1:
		return p.indirected(list[0])
	}
	return &ast.RowExpr{Pos: pos, Args: list, Implicit: true}
}

// parenSelectOrExpr takes (query) or (a_expr).
func (p *parser) parenSelectOrExpr() (*ast.SelectStmt, ast.Expr) {
	if !p.startsSelect(0) {
		return nil, p.parenOne()
	}
	sel, list := p.parens()
	if sel != nil {
		return sel, nil
	}
	if len(list) != 1 {
		p.fail(list[1].Position(), "42601", "syntax error at or near \",\"")
	}
	return nil, list[0]
}

// parenSelectOrList takes (query) or (a_expr, ...).
func (p *parser) parenSelectOrList() (*ast.SelectStmt, []ast.Expr) { return p.parens() }

// indirected takes subscripts and field selections after an operand.
func (p *parser) indirected(e ast.Expr) ast.Expr {
	if !p.is('.') && !p.is('[') {
		return e
	}
	return &ast.AIndirection{Pos: e.Position(), Arg: e, Indirection: p.checkedIndirection()}
}

// checkedIndirection takes steps, of which only the last may be a star.
func (p *parser) checkedIndirection() []ast.Indirection {
	list := p.indirection()
	for i, el := range list {
		if _, ok := el.(*ast.AStar); ok && i < len(list)-1 {
			t := p.tok()
			panic(nearFailure(p.lex.text, int(t.pos), int(t.end), "improper use of \"*\""))
		}
	}
	return list
}

// indirection takes .name, .*, [i] and [i:j] as long as they come.
func (p *parser) indirection() []ast.Indirection {
	var list []ast.Indirection
	for {
		pos := p.pos()
		switch p.kind() {
		case '.':
			p.next()
			if p.accept('*') {
				list = append(list, &ast.AStar{Pos: pos})
			} else {
				list = append(list, &ast.FieldSelect{Pos: pos, Name: p.colLabel()})
			}
		case '[':
			p.next()
			ix := &ast.AIndices{Pos: pos}
			if !p.is(':') {
				ix.Upper = p.expr()
			}
			if p.accept(':') {
				ix.Slice = true
				ix.Lower, ix.Upper = ix.Upper, nil
				if !p.is(']') {
					ix.Upper = p.expr()
				}
			}
			p.expect(']')
			list = append(list, ix)
		default:
			return list
		}
		p.chain(len(list))
	}
}

// nameExpr takes what starts with a name: a column, a function's call or a literal with its type before it.
func (p *parser) nameExpr() ast.Expr {
	pos := p.pos()
	first := p.kind()
	if !isColID(first) && !isTypeFuncName(first) {
		p.syntaxError()
	}
	name := p.next().text
	if isTypeFuncName(first) {
		switch p.kind() {
		case '(', tokSconst:
			return p.callOrLiteral([]string{name}, pos)
		}
	}
	if !isColID(first) {
		p.syntaxError()
	}
	if !p.is('.') && !p.is('[') {
		return &ast.ColumnRef{Pos: pos, Fields: []string{name}}
	}
	steps := p.indirection()
	if p.is('(') || p.is(tokSconst) {
		names := []string{name}
		for _, s := range steps {
			f, ok := s.(*ast.FieldSelect)
			if !ok {
				p.syntaxError()
			}
			names = append(names, f.Name)
		}
		return p.callOrLiteral(names, pos)
	}
	for i, s := range steps {
		if _, ok := s.(*ast.AStar); ok && i < len(steps)-1 {
			t := p.tok()
			panic(nearFailure(p.lex.text, int(t.pos), int(t.end), "improper use of \"*\""))
		}
	}
	ref := &ast.ColumnRef{Pos: pos, Fields: []string{name}}
	for i, s := range steps {
		switch s := s.(type) {
		case *ast.FieldSelect:
			ref.Fields = append(ref.Fields, s.Name)
		case *ast.AStar:
			ref.Star = true
		default:
			return &ast.AIndirection{Pos: pos, Arg: ref, Indirection: steps[i:]}
		}
	}
	return ref
}

// arrayExpr takes [a, b] or [[a], [b]].
func (p *parser) arrayExpr() *ast.AArrayExpr {
	p.enter()
	defer p.leave()
	a := &ast.AArrayExpr{Pos: p.pos()}
	p.expect('[')
	switch {
	case p.is(']'):
	case p.is('['):
		for {
			a.Elements = append(a.Elements, p.arrayExpr())
			if !p.accept(',') {
				break
			}
		}
	default:
		a.Elements = p.exprList()
	}
	p.expect(']')
	return a
}

// caseExpr takes CASE ... END.
func (p *parser) caseExpr() ast.Expr {
	c := &ast.CaseExpr{Pos: p.pos()}
	p.expect(kwCase)
	if !p.is(kwWhen) {
		c.Arg = p.expr()
	}
	for {
		pos := p.pos()
		p.expect(kwWhen)
		w := &ast.CaseWhen{Pos: pos, Cond: p.expr()}
		p.expect(kwThen)
		w.Result = p.expr()
		c.Whens = append(c.Whens, w)
		if !p.is(kwWhen) {
			break
		}
	}
	if p.accept(kwElse) {
		c.Default = p.expr()
	}
	p.expect(kwEnd)
	return c
}
