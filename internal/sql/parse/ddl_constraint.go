package parse

import "github.com/basement-project/basement/internal/sql/ast"

// startsTableConstraint tells whether a table constraint comes rather than a column.
func (p *parser) startsTableConstraint() bool {
	switch p.kind() {
	case kwConstraint, kwCheck, kwUnique, kwPrimary, kwForeign:
		return true
	case kwExclude:
		return p.isAt(1, '(') || p.isAt(1, kwUsing)
	}
	return false
}

// columnConstraints takes a ColQualList.
func (p *parser) columnConstraints() (list []*ast.Constraint, collate *ast.CollateClause) {
	for {
		pos := p.pos()
		switch p.kind() {
		case kwConstraint:
			p.next()
			namePos := p.pos()
			name := p.name()
			c := p.columnConstraint()
			if c == nil {
				p.syntaxError()
			}
			c.Pos, c.Name, c.NamePos = pos, name, namePos
			list = append(list, c)
			continue
		case kwCollate:
			p.next()
			cc := &ast.CollateClause{Pos: pos, Name: p.anyName()}
			if collate != nil {
				p.fail(pos, "42601", "multiple COLLATE clauses not allowed")
			}
			collate = cc
			continue
		case kwDeferrable:
			p.next()
			list = append(list, &ast.Constraint{Pos: pos, Type: ast.ConstrAttrDeferrable})
			continue
		case kwNot:
			if p.isAt(1, kwDeferrable) {
				p.next()
				p.next()
				list = append(list, &ast.Constraint{Pos: pos, Type: ast.ConstrAttrNotDeferrable})
				continue
			}
		case kwInitially:
			p.next()
			c := &ast.Constraint{Pos: pos, Type: ast.ConstrAttrDeferred}
			if p.accept(kwImmediate) {
				c.Type = ast.ConstrAttrImmediate
			} else {
				p.expect(kwDeferred)
			}
			list = append(list, c)
			continue
		}
		c := p.columnConstraint()
		if c == nil {
			return list, collate
		}
		list = append(list, c)
	}
}

// columnConstraint takes a ColConstraintElem; nil when none comes.
func (p *parser) columnConstraint() *ast.Constraint {
	c := &ast.Constraint{Pos: p.pos()}
	switch p.kind() {
	case kwNot:
		p.expectSeq(kwNot, kwNull)
		c.Type = ast.ConstrNotNull
	case kwNull:
		p.next()
		c.Type = ast.ConstrNull
	case kwUnique:
		p.next()
		c.Type = ast.ConstrUnique
		c.NullsNotDistinct = p.nullsNotDistinct()
		p.indexParameters(c)
	case kwPrimary:
		p.expectSeq(kwPrimary, kwKey)
		c.Type = ast.ConstrPrimary
		p.indexParameters(c)
	case kwCheck:
		p.next()
		c.Type = ast.ConstrCheck
		c.Expr = p.parenExpr()
		if p.is(kwNo) {
			p.expectSeq(kwNo, kwInherit)
			c.NoInherit = true
		}
	case kwDefault:
		p.next()
		c.Type = ast.ConstrDefault
		c.Expr = p.bExpr()
	case kwGenerated:
		p.next()
		when := p.pos()
		c.Always = p.generatedWhen()
		p.expect(kwAs)
		if p.accept(kwIdentity) {
			c.Type = ast.ConstrIdentity
			c.Sequence = p.optParenSeqOptions()
			break
		}
		c.Type = ast.ConstrGenerated
		c.Expr = p.parenExpr()
		p.expect(kwStored)
		if !c.Always {
			p.fail(when, "42601", "for a generated column, GENERATED ALWAYS must be specified")
		}
	case kwReferences:
		c.Type = ast.ConstrForeign
		p.references(c)
	default:
		return nil
	}
	return c
}

// generatedWhen takes ALWAYS or BY DEFAULT and tells whether it is ALWAYS.
func (p *parser) generatedWhen() bool {
	if p.accept(kwAlways) {
		return true
	}
	p.expectSeq(kwBy, kwDefault)
	return false
}

func (p *parser) nullsNotDistinct() bool {
	if !p.is(kwNulls) {
		return false
	}
	p.next()
	not := p.accept(kwNot)
	p.expect(kwDistinct)
	return not
}

// indexParameters takes WITH (...) and USING INDEX TABLESPACE of a unique constraint.
func (p *parser) indexParameters(c *ast.Constraint) {
	c.With = p.optWithDefinition()
	if p.is(kwUsing) {
		p.expectSeq(kwUsing, kwIndex, kwTablespace)
		c.IndexTablespace = p.name()
	}
}

// references takes REFERENCES table (columns) MATCH ... ON ...
func (p *parser) references(c *ast.Constraint) {
	p.expect(kwReferences)
	c.References = p.qualifiedName()
	c.RefColumns = p.optParenNameList()
	if p.is(kwMatch) {
		pos := p.pos()
		p.next()
		switch p.kind() {
		case kwFull:
			c.Match = ast.MatchFull
		case kwPartial:
			p.next()
			p.fail(pos, "0A000", "MATCH PARTIAL not yet implemented")
		case kwSimple:
		default:
			p.syntaxError()
		}
		p.next()
	}
	update, del := false, false
	for p.is(kwOn) {
		pos := p.pos()
		p.next()
		switch {
		case p.is(kwUpdate) && !update:
			p.next()
			update = true
			c.OnUpdate = p.keyAction()
			if len(c.OnUpdate.Columns) > 0 {
				word := "SET NULL"
				if c.OnUpdate.Action == ast.KeySetDefault {
					word = "SET DEFAULT"
				}
				p.fail(pos, "0A000", "a column list with "+word+" is only supported for ON DELETE actions")
			}
		case p.is(kwDelete) && !del:
			p.next()
			del = true
			c.OnDelete = p.keyAction()
		default:
			if update && del {
				p.at--
			}
			p.syntaxError()
		}
	}
}

func (p *parser) keyAction() ast.KeyAction {
	switch p.kind() {
	case kwNo:
		p.expectSeq(kwNo, kwAction)
		return ast.KeyAction{Action: ast.KeyNoAction}
	case kwRestrict:
		p.next()
		return ast.KeyAction{Action: ast.KeyRestrict}
	case kwCascade:
		p.next()
		return ast.KeyAction{Action: ast.KeyCascade}
	case kwSet:
		p.next()
		a := ast.KeyAction{Action: ast.KeySetNull}
		if p.accept(kwDefault) {
			a.Action = ast.KeySetDefault
		} else {
			p.expect(kwNull)
		}
		a.Columns = p.optParenNameList()
		return a
	}
	p.syntaxError()
	return ast.KeyAction{}
}

// tableConstraint takes a TableConstraint.
func (p *parser) tableConstraint() *ast.Constraint {
	pos := p.pos()
	name, namePos := "", 0
	if p.accept(kwConstraint) {
		namePos = p.pos()
		name = p.name()
	}
	c := &ast.Constraint{Pos: p.pos()}
	switch p.kind() {
	case kwCheck:
		p.next()
		c.Type = ast.ConstrCheck
		c.Expr = p.parenExpr()
		p.constraintAttributes(c, "CHECK", casNotValid|casNoInherit)
	case kwUnique:
		p.next()
		c.Type = ast.ConstrUnique
		p.uniqueKeys(c, "UNIQUE")
	case kwPrimary:
		p.expectSeq(kwPrimary, kwKey)
		c.Type = ast.ConstrPrimary
		p.uniqueKeys(c, "PRIMARY KEY")
	case kwExclude:
		p.exclusion(c)
	case kwForeign:
		p.expectSeq(kwForeign, kwKey)
		c.Type = ast.ConstrForeign
		c.Keys = p.parenNameList()
		p.references(c)
		p.constraintAttributes(c, "FOREIGN KEY", casDeferrable|casNotValid)
	default:
		p.syntaxError()
	}
	if name != "" {
		c.Pos, c.Name, c.NamePos = pos, name, namePos
	}
	return c
}

// uniqueKeys takes the rest of UNIQUE and PRIMARY KEY.
func (p *parser) uniqueKeys(c *ast.Constraint, word string) {
	if p.is(kwUsing) {
		p.expectSeq(kwUsing, kwIndex)
		c.UsingIndex = p.name()
	} else {
		if c.Type == ast.ConstrUnique {
			c.NullsNotDistinct = p.nullsNotDistinct()
		}
		c.Keys = p.parenNameList()
		if p.accept(kwInclude) {
			c.Including = p.parenNameList()
		}
		p.indexParameters(c)
	}
	p.constraintAttributes(c, word, casDeferrable)
}

func (p *parser) exclusion(c *ast.Constraint) {
	p.expect(kwExclude)
	c.Type = ast.ConstrExclusion
	if p.accept(kwUsing) {
		c.AccessMethod = p.name()
	}
	p.expect('(')
	for {
		e := &ast.ExclusionElem{Pos: p.pos(), Elem: p.indexElem()}
		p.expect(kwWith)
		if p.is(kwOperator) && p.isAt(1, '(') {
			p.next()
			p.next()
			e.Operator = p.anyOperator()
			p.expect(')')
		} else {
			e.Operator = p.anyOperator()
		}
		c.Exclusions = append(c.Exclusions, e)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	if p.accept(kwInclude) {
		c.Including = p.parenNameList()
	}
	p.indexParameters(c)
	c.Where = p.optWhereParen()
	p.constraintAttributes(c, "EXCLUDE", casDeferrable)
}

// The attributes a kind of constraint takes.
const (
	casDeferrable = 1 << iota
	casNotValid
	casNoInherit
)

// constraintAttributes takes a ConstraintAttributeSpec; allowed says what this kind of constraint takes.
func (p *parser) constraintAttributes(c *ast.Constraint, word string, allowed int) {
	start := p.pos()
	var deferrable, notDeferrable, immediate, deferred, notValid, noInherit bool
	for {
		pos := p.pos()
		switch {
		case p.acceptSeq(kwNot, kwDeferrable):
			notDeferrable = true
		case p.accept(kwDeferrable):
			deferrable = true
		case p.is(kwInitially):
			p.next()
			if p.accept(kwImmediate) {
				immediate = true
			} else {
				p.expect(kwDeferred)
				deferred = true
			}
		case p.is(kwNot):
			p.expectSeq(kwNot, kwValid)
			notValid = true
		case p.is(kwNo):
			p.expectSeq(kwNo, kwInherit)
			noInherit = true
		default:
			if (deferrable || deferred) && allowed&casDeferrable == 0 {
				p.fail(start, "0A000", word+" constraints cannot be marked DEFERRABLE")
			}
			if notValid && allowed&casNotValid == 0 {
				p.fail(start, "0A000", word+" constraints cannot be marked NOT VALID")
			}
			if noInherit && allowed&casNoInherit == 0 {
				p.fail(start, "0A000", word+" constraints cannot be marked NO INHERIT")
			}
			c.Deferrable, c.InitiallyDeferred = deferrable || deferred, deferred
			c.NotValid, c.NoInherit = notValid, noInherit
			return
		}
		if notDeferrable && deferred {
			p.fail(pos, "42601", "constraint declared INITIALLY DEFERRED must be DEFERRABLE")
		}
		if notDeferrable && deferrable || immediate && deferred {
			p.fail(pos, "42601", "conflicting constraint properties")
		}
	}
}

func (p *parser) domainConstraint() *ast.Constraint {
	c := &ast.Constraint{Pos: p.pos()}
	named := p.accept(kwConstraint)
	if named {
		c.NamePos = p.pos()
		c.Name = p.name()
	}
	at := p.pos()
	switch {
	case p.accept(kwCheck):
		c.Type, c.Expr = ast.ConstrCheck, p.parenExpr()
		p.constraintAttributes(c, "CHECK", casNotValid|casNoInherit)
	default:
		p.expectSeq(kwNot, kwNull)
		c.Type = ast.ConstrNotNull
		p.constraintAttributes(c, "NOT NULL", 0)
	}
	if !named {
		c.Pos = at
	}
	return c
}
