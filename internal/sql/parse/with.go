package parse

import "github.com/basement-project/basement/internal/sql/ast"

// optWith takes WITH ... if there is one.
func (p *parser) optWith() *ast.WithClause {
	if !p.is(kwWith) {
		return nil
	}
	w := &ast.WithClause{Pos: p.pos()}
	p.next()
	w.Recursive = p.accept(kwRecursive)
	for {
		w.CTEs = append(w.CTEs, p.cte())
		if !p.accept(',') {
			return w
		}
	}
}

func (p *parser) cte() *ast.CommonTableExpr {
	c := &ast.CommonTableExpr{Pos: p.pos(), Name: p.name(), Columns: p.optParenNameList()}
	p.expect(kwAs)
	switch {
	case p.accept(kwMaterialized):
		c.Materialized = ast.CTEMaterializeAlways
	case p.acceptSeq(kwNot, kwMaterialized):
		c.Materialized = ast.CTEMaterializeNever
	}
	p.expect('(')
	c.Query = p.preparableStmt()
	p.expect(')')
	if p.is(kwSearch) {
		s := &ast.CTESearchClause{Pos: p.pos()}
		p.next()
		if p.accept(kwBreadth) {
			s.Breadth = true
		} else {
			p.expect(kwDepth)
		}
		p.expectSeq(kwFirst, kwBy)
		s.Columns = p.nameList()
		p.expect(kwSet)
		s.SeqColumn = p.colID()
		c.Search = s
	}
	if p.is(kwCycle) {
		c.Cycle = p.cycleClause()
	}
	return c
}

func (p *parser) cycleClause() *ast.CTECycleClause {
	c := &ast.CTECycleClause{Pos: p.pos()}
	p.next()
	c.Columns = p.nameList()
	p.expect(kwSet)
	c.MarkColumn = p.colID()
	if p.accept(kwTo) {
		c.MarkValue = p.literal()
		p.expect(kwDefault)
		c.MarkDefault = p.literal()
	} else {
		c.MarkValue = &ast.AConst{Pos: -1, Kind: ast.ConstBoolean, Bool: true}
		c.MarkDefault = &ast.AConst{Pos: -1, Kind: ast.ConstBoolean}
	}
	p.expect(kwUsing)
	c.PathColumn = p.colID()
	return c
}

// literal takes an AexprConst.
func (p *parser) literal() ast.Expr {
	e := p.primary()
	switch c := e.(type) {
	case *ast.AConst:
		return e
	case *ast.TypeCast:
		if _, ok := c.Arg.(*ast.AConst); ok {
			return e
		}
	}
	p.fail(e.Position(), "42601", "syntax error at or near \""+firstWord(p.lex.text, e.Position())+"\"")
	return nil
}

// firstWord is the token of text at pos.
func firstWord(text string, pos int) string {
	if pos < 0 || pos >= len(text) {
		return ""
	}
	l := lexer{text: text, at: pos}
	t := l.next()
	return text[t.pos:t.end]
}

// preparableStmt takes a SELECT, INSERT, UPDATE, DELETE or MERGE.
func (p *parser) preparableStmt() ast.Statement {
	p.enter()
	defer p.leave()
	if p.is(kwWith) {
		with := p.optWith()
		switch p.kind() {
		case kwInsert, kwUpdate, kwDelete, kwMerge:
			return p.dml(with)
		case '(':
			return p.selectTail(p.selectWithParens(), with)
		}
		return p.selectTail(p.simpleSelect(), with)
	}
	switch p.kind() {
	case kwInsert, kwUpdate, kwDelete, kwMerge:
		return p.dml(nil)
	}
	return p.selectStmt()
}
