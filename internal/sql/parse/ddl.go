package parse

import "github.com/basement-project/basement/internal/sql/ast"

// Each parseX is called with its first keyword as the current token.

// parseCreate takes CREATE of everything.
func (p *parser) parseCreate() ast.Statement {
	pos := p.pos()
	p.expect(kwCreate)
	replace := false
	if p.is(kwOr) {
		p.expectSeq(kwOr, kwReplace)
		replace = true
	}
	if stmt := p.createReplaceable(pos, replace); stmt != nil {
		return stmt
	}
	if replace {
		p.syntaxError()
	}
	switch p.kind() {
	case kwTable, kwSequence:
		return p.createRelation(pos, ast.Permanent)
	case kwUnlogged:
		p.next()
		if p.is(kwMaterialized) {
			return p.createMaterializedView(pos, ast.Unlogged)
		}
		return p.createRelation(pos, ast.Unlogged)
	case kwTemp, kwTemporary, kwLocal, kwGlobal:
		p.optTemp()
		return p.createRelation(pos, ast.Temporary)
	case kwMaterialized:
		return p.createMaterializedView(pos, ast.Permanent)
	case kwUnique, kwIndex:
		return p.createIndex(pos)
	case kwSchema:
		return p.createSchema(pos)
	case kwRole, kwGroup:
		return p.createRole(pos)
	case kwUser:
		if p.isAt(1, kwMapping) && (p.isAt(2, kwFor) || p.isAt(2, kwIf)) {
			return p.createUserMapping(pos)
		}
		return p.createRole(pos)
	case kwType:
		return p.createType(pos)
	case kwDomain:
		return p.createDomain(pos)
	case kwOperator:
		return p.createOperator(pos)
	case kwCollation:
		return p.createCollation(pos)
	case kwText:
		return p.createTextSearch(pos)
	case kwCast:
		return p.createCast(pos)
	case kwDefault, kwConversion:
		return p.createConversion(pos)
	case kwAccess:
		return p.createAccessMethod(pos)
	case kwEvent:
		return p.createEventTrigger(pos)
	case kwPolicy:
		return p.createPolicy(pos)
	case kwExtension:
		return p.createExtension(pos)
	case kwPublication:
		return p.createPublication(pos)
	case kwSubscription:
		return p.createSubscription(pos)
	case kwStatistics:
		return p.createStatistics(pos)
	case kwForeign:
		return p.createForeign(pos)
	case kwServer:
		return p.createServer(pos)
	case kwTablespace:
		return p.createTablespace(pos)
	case kwDatabase:
		return p.createDatabase(pos)
	case kwAssertion:
		return p.createAssertion()
	}
	p.syntaxError()
	return nil
}

// createReplaceable takes what may follow CREATE OR REPLACE; nil when nothing of it comes.
func (p *parser) createReplaceable(pos int, replace bool) ast.Statement {
	switch p.kind() {
	case kwFunction, kwProcedure:
		return p.createFunction(pos, replace)
	case kwAggregate:
		return p.createAggregate(pos, replace)
	case kwTrigger, kwConstraint:
		return p.createTrigger(pos, replace)
	case kwRule:
		return p.createRule(pos, replace)
	case kwTransform:
		return p.createTransform(pos, replace)
	case kwTrusted, kwProcedural, kwLanguage:
		return p.createLanguage(pos, replace)
	case kwView, kwRecursive:
		return p.createView(pos, replace, ast.Permanent)
	case kwTemp, kwTemporary, kwLocal, kwGlobal, kwUnlogged:
		n := 1
		if p.isAny(kwLocal, kwGlobal) {
			n = 2
		}
		if p.isAt(n, kwView) || p.isAt(n, kwRecursive) || replace {
			return p.createView(pos, replace, p.optTemp())
		}
	}
	return nil
}

// optTemp takes OptTemp.
func (p *parser) optTemp() ast.Persistence {
	switch p.kind() {
	case kwUnlogged:
		p.next()
		return ast.Unlogged
	case kwLocal, kwGlobal:
		p.next()
		if !p.isAny(kwTemp, kwTemporary) {
			p.syntaxError()
		}
		p.next()
		return ast.Temporary
	case kwTemp, kwTemporary:
		p.next()
		return ast.Temporary
	}
	return ast.Permanent
}

func (p *parser) createRelation(pos int, life ast.Persistence) ast.Statement {
	switch p.kind() {
	case kwTable:
		return p.createTable(pos, life)
	case kwSequence:
		return p.createSequence(pos, life)
	case kwView, kwRecursive:
		return p.createView(pos, false, life)
	}
	p.syntaxError()
	return nil
}

// parseAlter takes ALTER of everything.
func (p *parser) parseAlter() ast.Statement {
	pos := p.pos()
	p.expect(kwAlter)
	switch p.kind() {
	case kwTable, kwIndex, kwSequence, kwView, kwMaterialized:
		return p.alterRelation(pos)
	case kwForeign:
		if p.isAt(1, kwTable) {
			return p.alterRelation(pos)
		}
		return p.alterForeignDataWrapper(pos)
	case kwType:
		return p.alterType(pos)
	case kwDomain:
		return p.alterDomain(pos)
	case kwFunction, kwProcedure, kwRoutine:
		return p.alterFunction(pos)
	case kwRole, kwUser, kwGroup:
		return p.alterRole(pos)
	case kwDefault:
		return p.alterDefaultPrivileges(pos)
	case kwPolicy:
		return p.alterPolicy(pos)
	case kwDatabase:
		return p.alterDatabase(pos)
	case kwSystem:
		return p.alterSystem(pos)
	case kwExtension:
		return p.alterExtension(pos)
	case kwPublication:
		return p.alterPublication(pos)
	case kwSubscription:
		return p.alterSubscription(pos)
	case kwServer:
		return p.alterServer(pos)
	case kwStatistics:
		return p.alterStatistics(pos)
	case kwTablespace:
		return p.alterTablespace(pos)
	case kwOperator:
		return p.alterOperator(pos)
	case kwCollation:
		return p.alterCollation(pos)
	case kwText:
		return p.alterTextSearch(pos)
	case kwEvent:
		return p.alterEventTrigger(pos)
	case kwRule, kwTrigger:
		return p.alterOnTable(pos)
	case kwAggregate, kwConversion, kwLanguage, kwProcedural, kwSchema, kwLarge:
		return p.alterObject(pos)
	}
	p.syntaxError()
	return nil
}

// ifExists and ifNotExists take IF EXISTS and IF NOT EXISTS if they are there.
func (p *parser) ifExists() bool {
	if !p.isSeq(kwIf, kwExists) {
		return false
	}
	return p.acceptSeq(kwIf, kwExists)
}

// optIfExists is ifExists where no name may come, so that IF is a key word in any case.
func (p *parser) optIfExists() bool {
	if !p.is(kwIf) {
		return false
	}
	p.expectSeq(kwIf, kwExists)
	return true
}

func (p *parser) ifNotExists() bool {
	if !p.isSeq(kwIf, kwNot) {
		return false
	}
	p.expectSeq(kwIf, kwNot, kwExists)
	return true
}

// optCascade takes opt_drop_behavior and tells whether it is CASCADE.
func (p *parser) optCascade() bool {
	if p.accept(kwCascade) {
		return true
	}
	p.accept(kwRestrict)
	return false
}

// anyNameNode takes a dotted name as a node.
func (p *parser) anyNameNode() *ast.AnyName {
	pos := p.pos()
	return &ast.AnyName{Pos: pos, Parts: p.anyName()}
}

func (p *parser) anyNameNodes() []*ast.AnyName {
	list := []*ast.AnyName{p.anyNameNode()}
	for p.accept(',') {
		list = append(list, p.anyNameNode())
	}
	return list
}

// nameNode takes one identifier as a name of a single part.
func (p *parser) nameNode() *ast.AnyName {
	pos := p.pos()
	return &ast.AnyName{Pos: pos, Parts: []string{p.name()}}
}

// roleSpec takes a RoleSpec.
func (p *parser) roleSpec() *ast.RoleSpec {
	r := &ast.RoleSpec{Pos: p.pos()}
	switch p.kind() {
	case kwCurrentRole:
		r.Kind = ast.RoleCurrentRole
		p.next()
		return r
	case kwCurrentUser:
		r.Kind = ast.RoleCurrentUser
		p.next()
		return r
	case kwSessionUser:
		r.Kind = ast.RoleSessionUser
		p.next()
		return r
	}
	name := p.nonReservedWord()
	switch name {
	case "public":
		r.Kind = ast.RolePublic
	case "none":
		p.fail(r.Pos, "42939", `role name "none" is reserved`)
	default:
		r.Name = name
	}
	return r
}

// roleID takes a RoleId: the name of a role to be made.
func (p *parser) roleID() string {
	r := p.roleSpec()
	switch r.Kind {
	case ast.RolePublic:
		p.fail(r.Pos, "42939", `role name "public" is reserved`)
	case ast.RoleSessionUser:
		p.fail(r.Pos, "42939", "SESSION_USER cannot be used as a role name here")
	case ast.RoleCurrentUser:
		p.fail(r.Pos, "42939", "CURRENT_USER cannot be used as a role name here")
	case ast.RoleCurrentRole:
		p.fail(r.Pos, "42939", "CURRENT_ROLE cannot be used as a role name here")
	}
	return r.Name
}

func (p *parser) roleList() []*ast.RoleSpec {
	list := []*ast.RoleSpec{p.roleSpec()}
	for p.accept(',') {
		list = append(list, p.roleSpec())
	}
	return list
}

// numberText takes a NumericOnly as text.
func (p *parser) numberText() string {
	sign := ""
	if p.accept('-') {
		sign = "-"
	} else {
		p.accept('+')
	}
	if !p.isAny(tokIconst, tokFconst) {
		p.syntaxError()
	}
	return sign + p.next().text
}

// parenExpr takes (expr).
func (p *parser) parenExpr() ast.Expr {
	p.expect('(')
	e := p.expr()
	p.expect(')')
	return e
}

// optWhereParen takes WHERE (expr) if it is there.
func (p *parser) optWhereParen() ast.Expr {
	if !p.accept(kwWhere) {
		return nil
	}
	return p.parenExpr()
}

// optWithDefinition takes WITH (definition) if it is there.
func (p *parser) optWithDefinition() []*ast.DefElem {
	if !p.is(kwWith) {
		return nil
	}
	p.next()
	return p.definition()
}

// optRelOptions takes WITH (storage parameters) if it is there.
func (p *parser) optRelOptions() []*ast.DefElem {
	if !p.is(kwWith) {
		return nil
	}
	p.next()
	return p.relOptions()
}

// genericOptions takes OPTIONS (name 'value', ...) if it is there; with alter set each may have SET, ADD or DROP.
func (p *parser) genericOptions(alter bool) []*ast.DefElem {
	if !p.is(kwOptions) {
		return nil
	}
	p.next()
	p.expect('(')
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos()}
		// The verbs may be names too: a string after one tells.
		if alter && !p.isAt(1, tokSconst) {
			switch p.kind() {
			case kwSet:
				d.Action = ast.DefElemSet
				p.next()
			case kwAdd:
				d.Action = ast.DefElemAdd
				p.next()
			case kwDrop:
				d.Action = ast.DefElemDrop
				p.next()
			}
			if d.Action != ast.DefElemUnspec {
				d.Pos = p.pos()
			}
		}
		d.Name = p.colLabel()
		if d.Action != ast.DefElemDrop {
			at := p.pos()
			d.Arg = stringConst(at, p.sconst())
		}
		list = append(list, d)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}
