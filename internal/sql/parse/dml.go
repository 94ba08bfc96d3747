package parse

import "github.com/basement-project/basement/internal/sql/ast"

// dml takes INSERT, UPDATE, DELETE or MERGE after its WITH.
func (p *parser) dml(with *ast.WithClause) ast.Statement {
	switch p.kind() {
	case kwInsert:
		return p.insertStmt(with)
	case kwUpdate:
		return p.updateStmt(with)
	case kwDelete:
		return p.deleteStmt(with)
	}
	return p.mergeStmt(with)
}

func stmtPos(with *ast.WithClause, pos int) int {
	if with != nil {
		return with.Pos
	}
	return pos
}

func (p *parser) insertStmt(with *ast.WithClause) ast.Statement {
	n := &ast.InsertStmt{Pos: stmtPos(with, p.pos()), With: with}
	p.expectSeq(kwInsert, kwInto)
	n.Relation = p.qualifiedName()
	if p.accept(kwAs) {
		n.Relation.Alias = &ast.Alias{Pos: p.pos(), Name: p.colID()}
	}
	switch {
	case p.is(kwDefault):
		p.expectSeq(kwDefault, kwValues)
	default:
		if p.is('(') && !p.startsSelect(0) {
			n.Columns = p.insertColumns()
		}
		n.Override = p.optOverriding()
		n.Select = p.insertSource()
	}
	if p.is(kwOn) {
		n.OnConflict = p.onConflict()
	}
	n.Returning, n.ReturningOptions = p.optReturning()
	return n
}

// insertSource takes INSERT's query.
func (p *parser) insertSource() *ast.SelectStmt {
	switch p.kind() {
	case kwSelect, kwValues, kwTable, kwWith, '(':
		return p.selectStmt()
	}
	p.syntaxError()
	return nil
}

func (p *parser) insertColumns() []*ast.ResTarget {
	p.expect('(')
	list := []*ast.ResTarget{p.setTarget()}
	for p.accept(',') {
		list = append(list, p.setTarget())
	}
	p.expect(')')
	return list
}

func (p *parser) optOverriding() ast.OverridingKind {
	if !p.accept(kwOverriding) {
		return ast.OverridingNone
	}
	kind := ast.OverridingUserValue
	if !p.accept(kwUser) {
		p.expect(kwSystem)
		kind = ast.OverridingSystemValue
	}
	p.expect(kwValue)
	return kind
}

func (p *parser) onConflict() *ast.OnConflictClause {
	c := &ast.OnConflictClause{Pos: p.pos()}
	p.expectSeq(kwOn, kwConflict)
	switch {
	case p.is('('):
		c.Infer = &ast.InferClause{Pos: p.pos()}
		c.Infer.Elems = p.indexElems()
		c.Infer.Where = p.optWhere()
	case p.is(kwOn):
		c.Infer = &ast.InferClause{Pos: p.pos()}
		p.expectSeq(kwOn, kwConstraint)
		c.Infer.Constraint = p.name()
	}
	p.expect(kwDo)
	if p.accept(kwNothing) {
		return c
	}
	p.expectSeq(kwUpdate, kwSet)
	c.Update = true
	c.Targets = p.setClauses()
	c.Where = p.optWhere()
	return c
}

// optReturning takes RETURNING [WITH (OLD AS o, NEW AS n)] targets.
func (p *parser) optReturning() ([]*ast.ResTarget, []*ast.ReturningOption) {
	if !p.accept(kwReturning) {
		return nil, nil
	}
	var options []*ast.ReturningOption
	if p.isSeq(kwWith, '(') {
		p.next()
		p.next()
		for {
			o := &ast.ReturningOption{Pos: p.pos()}
			if p.accept(kwNew) {
				o.New = true
			} else {
				p.expect(kwOld)
			}
			p.expect(kwAs)
			o.Name = p.colID()
			options = append(options, o)
			if !p.accept(',') {
				break
			}
		}
		p.expect(')')
	}
	return p.targetList(), options
}

// relationOptAlias takes a relation with an alias; SET is never the alias.
func (p *parser) relationOptAlias() *ast.RangeVar {
	r := p.relationExpr()
	if p.accept(kwAs) {
		r.Alias = &ast.Alias{Pos: p.pos(), Name: p.colID()}
	} else if isColID(p.kind()) && !p.is(kwSet) {
		r.Alias = &ast.Alias{Pos: p.pos(), Name: p.colID()}
	}
	return r
}

func (p *parser) updateStmt(with *ast.WithClause) ast.Statement {
	n := &ast.UpdateStmt{Pos: stmtPos(with, p.pos()), With: with}
	p.expect(kwUpdate)
	n.Relation = p.relationOptAlias()
	p.expect(kwSet)
	n.Targets = p.setClauses()
	if p.accept(kwFrom) {
		n.From = p.fromList()
	}
	n.Where = p.whereOrCurrent()
	n.Returning, n.ReturningOptions = p.optReturning()
	return n
}

func (p *parser) deleteStmt(with *ast.WithClause) ast.Statement {
	n := &ast.DeleteStmt{Pos: stmtPos(with, p.pos()), With: with}
	p.expectSeq(kwDelete, kwFrom)
	n.Relation = p.relationOptAlias()
	if p.accept(kwUsing) {
		n.Using = p.fromList()
	}
	n.Where = p.whereOrCurrent()
	n.Returning, n.ReturningOptions = p.optReturning()
	return n
}

// whereOrCurrent takes WHERE expr or WHERE CURRENT OF cursor.
func (p *parser) whereOrCurrent() ast.Expr {
	if p.isSeq(kwWhere, kwCurrent, kwOf) {
		p.next()
		pos := p.pos()
		p.next()
		p.next()
		return &ast.CurrentOfExpr{Pos: pos, Cursor: p.name()}
	}
	return p.optWhere()
}

// setClauses takes assignments with commas between.
func (p *parser) setClauses() []*ast.ResTarget {
	var list []*ast.ResTarget
	for {
		list = append(list, p.setClause()...)
		if !p.accept(',') {
			return list
		}
	}
}

func (p *parser) setClause() []*ast.ResTarget {
	if !p.is('(') {
		t := p.setTarget()
		p.expect('=')
		t.Value = p.expr()
		return []*ast.ResTarget{t}
	}
	list := p.insertColumns()
	p.expect('=')
	source := p.expr()
	for i, t := range list {
		t.Value = &ast.MultiAssignRef{Pos: t.Pos, Source: source, Column: i + 1, Columns: len(list)}
	}
	return list
}

// setTarget takes a column with subscripts and fields.
func (p *parser) setTarget() *ast.ResTarget {
	t := &ast.ResTarget{Pos: p.pos(), Name: p.colID()}
	if p.is('.') || p.is('[') {
		t.Indirection = p.checkedIndirection()
	}
	return t
}

func (p *parser) mergeStmt(with *ast.WithClause) ast.Statement {
	n := &ast.MergeStmt{Pos: stmtPos(with, p.pos()), With: with}
	p.expectSeq(kwMerge, kwInto)
	n.Relation = p.relationOptAlias()
	p.expect(kwUsing)
	n.Source = p.tableRef()
	p.expect(kwOn)
	n.On = p.expr()
	for {
		n.Whens = append(n.Whens, p.mergeWhen())
		if !p.is(kwWhen) {
			break
		}
	}
	n.Returning, n.ReturningOptions = p.optReturning()
	return n
}

func (p *parser) mergeWhen() *ast.MergeWhenClause {
	w := &ast.MergeWhenClause{Pos: p.pos()}
	p.expect(kwWhen)
	if p.accept(kwNot) {
		p.expect(kwMatched)
		w.Match = ast.MergeNotMatchedByTarget
		if p.accept(kwBy) {
			if p.accept(kwSource) {
				w.Match = ast.MergeNotMatchedBySource
			} else {
				p.expect(kwTarget)
			}
		}
	} else {
		p.expect(kwMatched)
	}
	if p.accept(kwAnd) {
		w.Condition = p.expr()
	}
	p.expect(kwThen)
	switch {
	case p.acceptSeq(kwDo, kwNothing):
	case w.Match == ast.MergeNotMatchedByTarget:
		p.expect(kwInsert)
		w.Command = ast.MergeInsert
		if p.is(kwDefault) {
			p.expectSeq(kwDefault, kwValues)
			return w
		}
		if p.is('(') {
			w.Targets = p.insertColumns()
		}
		w.Override = p.optOverriding()
		p.expect(kwValues)
		w.Values = p.parenExprs()
	case p.accept(kwDelete):
		w.Command = ast.MergeDelete
	default:
		p.expectSeq(kwUpdate, kwSet)
		w.Command = ast.MergeUpdate
		w.Targets = p.setClauses()
	}
	return w
}

// indexElems takes (index_elem, ...): columns and expressions of an index or a conflict target.
func (p *parser) indexElems() []*ast.IndexElem {
	p.expect('(')
	list := []*ast.IndexElem{p.indexElem()}
	for p.accept(',') {
		list = append(list, p.indexElem())
	}
	p.expect(')')
	return list
}

// indexElem takes one of them.
func (p *parser) indexElem() *ast.IndexElem {
	e := &ast.IndexElem{Pos: p.pos()}
	switch {
	case p.is('('):
		e.Expr = p.parenOne()
	case p.callAhead():
		e.Expr = p.funcExprWindowless()
	default:
		e.Name = p.colID()
	}
	if p.accept(kwCollate) {
		e.Collation = p.anyName()
	}
	if isColID(p.kind()) && !p.isSeq(kwNulls, kwFirst) && !p.isSeq(kwNulls, kwLast) {
		e.OpClass = p.anyName()
		if p.is('(') {
			e.OpClassOptions = p.relOptions()
		}
	}
	e.Dir = p.optAscDesc()
	e.Nulls = p.optNullsOrder()
	return e
}
