package parse

import "github.com/basement-project/basement/internal/sql/ast"

// createTrigger takes CREATE [CONSTRAINT] TRIGGER from CONSTRAINT or TRIGGER on.
func (p *parser) createTrigger(pos int, replace bool) ast.Statement {
	s := &ast.CreateTrigStmt{Pos: pos, Replace: replace, Constraint: p.accept(kwConstraint)}
	p.expect(kwTrigger)
	s.NamePos = p.pos()
	s.Name = p.name()
	switch {
	case p.is(kwAfter):
		p.next()
		s.Timing = ast.TriggerAfter
	case s.Constraint:
		p.syntaxError()
	case p.accept(kwBefore):
		s.Timing = ast.TriggerBefore
	default:
		p.expectSeq(kwInstead, kwOf)
		s.Timing = ast.TriggerInsteadOf
	}
	p.triggerEvents(s)
	p.expect(kwOn)
	s.Relation = p.qualifiedName()
	if s.Constraint {
		if p.accept(kwFrom) {
			s.From = p.qualifiedName()
		}
		var c ast.Constraint
		p.constraintAttributes(&c, "TRIGGER", casDeferrable)
		s.Deferrable, s.InitiallyDeferred = c.Deferrable, c.InitiallyDeferred
		p.expectSeq(kwFor, kwEach, kwRow)
		s.Row = true
	} else {
		s.Transitions = p.triggerTransitions()
		if p.accept(kwFor) {
			p.accept(kwEach)
			if p.accept(kwRow) {
				s.Row = true
			} else {
				p.expect(kwStatement)
			}
		}
	}
	if p.accept(kwWhen) {
		s.When = p.parenExpr()
	}
	p.executeFunction()
	s.FuncPos = p.pos()
	s.Func = p.funcName()
	p.expect('(')
	s.Args = p.triggerArgs()
	p.expect(')')
	if s.Constraint && replace {
		p.fail(-1, "0A000", "CREATE OR REPLACE CONSTRAINT TRIGGER is not supported")
	}
	return s
}

// executeFunction takes EXECUTE FUNCTION or EXECUTE PROCEDURE.
func (p *parser) executeFunction() {
	p.expect(kwExecute)
	if !p.accept(kwProcedure) {
		p.expect(kwFunction)
	}
}

func (p *parser) triggerEvents(s *ast.CreateTrigStmt) {
	for {
		t := *p.tok()
		var bit ast.TriggerEvents
		switch t.kind {
		case kwInsert:
			bit = ast.TriggerOnInsert
		case kwDelete:
			bit = ast.TriggerOnDelete
		case kwUpdate:
			bit = ast.TriggerOnUpdate
		case kwTruncate:
			bit = ast.TriggerOnTruncate
		default:
			p.syntaxError()
		}
		p.next()
		var columns []string
		if bit == ast.TriggerOnUpdate {
			if p.accept(kwOf) {
				columns = p.nameList()
			}
			t = *p.tok()
		}
		if s.Events&bit != 0 {
			panic(nearFailure(p.lex.text, int(t.pos), int(t.end), "duplicate trigger events specified"))
		}
		s.Events |= bit
		s.Columns = append(s.Columns, columns...)
		if !p.accept(kwOr) {
			return
		}
	}
}

func (p *parser) triggerTransitions() []*ast.TriggerTransition {
	if !p.accept(kwReferencing) {
		return nil
	}
	var list []*ast.TriggerTransition
	for {
		t := &ast.TriggerTransition{Pos: p.pos()}
		if p.accept(kwNew) {
			t.New = true
		} else {
			p.expect(kwOld)
		}
		if p.accept(kwTable) {
			t.Table = true
		} else {
			p.expect(kwRow)
		}
		p.accept(kwAs)
		t.Name = p.colID()
		list = append(list, t)
		if !p.isAny(kwNew, kwOld) {
			return list
		}
	}
}

func (p *parser) triggerArgs() []string {
	if p.is(')') {
		return nil
	}
	// The grammar takes a comma before the first argument.
	p.accept(',')
	var list []string
	for {
		switch p.kind() {
		case tokIconst, tokFconst, tokSconst:
			list = append(list, p.next().text)
		default:
			list = append(list, p.colLabel())
		}
		if !p.accept(',') {
			return list
		}
	}
}

// createEventTrigger takes CREATE EVENT TRIGGER from EVENT on.
func (p *parser) createEventTrigger(pos int) ast.Statement {
	p.expectSeq(kwEvent, kwTrigger)
	s := &ast.CreateEventTrigStmt{Pos: pos, Name: p.name()}
	p.expect(kwOn)
	s.Event = p.colLabel()
	if p.accept(kwWhen) {
		for {
			f := &ast.EventTriggerFilter{Pos: p.pos(), Name: p.colID()}
			p.expect(kwIn)
			p.expect('(')
			for {
				f.Values = append(f.Values, p.sconst())
				if !p.accept(',') {
					break
				}
			}
			p.expect(')')
			s.When = append(s.When, f)
			if !p.accept(kwAnd) {
				break
			}
		}
	}
	p.executeFunction()
	s.Func = p.funcName()
	p.expect('(')
	p.expect(')')
	return s
}

// alterEventTrigger takes ALTER EVENT TRIGGER from EVENT on.
func (p *parser) alterEventTrigger(pos int) ast.Statement {
	p.expectSeq(kwEvent, kwTrigger)
	at := p.pos()
	s := &ast.AlterEventTrigStmt{Pos: pos, Name: p.name()}
	switch p.kind() {
	case kwEnable:
		p.next()
		if p.accept(kwReplica) {
			s.State = ast.TriggerEnabledReplica
		} else if p.accept(kwAlways) {
			s.State = ast.TriggerEnabledAlways
		}
		return s
	case kwDisable:
		p.next()
		s.State = ast.TriggerDisabled
		return s
	}
	return p.alterNamed(pos, &ast.ObjectRef{Pos: at, Kind: ast.ObjectEventTrigger, Names: []string{s.Name}}, canRename|canOwn)
}

// createRule takes CREATE RULE from RULE on.
func (p *parser) createRule(pos int, replace bool) ast.Statement {
	p.expect(kwRule)
	s := &ast.RuleStmt{Pos: pos, Replace: replace, Name: p.name()}
	p.expectSeq(kwAs, kwOn)
	switch p.kind() {
	case kwSelect:
		s.Event = ast.RuleOnSelect
	case kwInsert:
		s.Event = ast.RuleOnInsert
	case kwUpdate:
		s.Event = ast.RuleOnUpdate
	case kwDelete:
		s.Event = ast.RuleOnDelete
	default:
		p.syntaxError()
	}
	p.next()
	p.expect(kwTo)
	s.Relation = p.qualifiedName()
	s.Where = p.optWhere()
	p.expect(kwDo)
	if p.accept(kwInstead) {
		s.Instead = true
	} else {
		p.accept(kwAlso)
	}
	switch {
	case p.accept(kwNothing):
	case p.is('(') && p.isActionList():
		p.next()
		for {
			if !p.isAny(';', ')') {
				s.Actions = append(s.Actions, p.ruleAction())
			}
			if !p.accept(';') {
				break
			}
		}
		p.expect(')')
	default:
		s.Actions = []ast.Statement{p.ruleAction()}
	}
	return s
}

// isActionList tells whether a parenthesis holds actions rather than one query.
func (p *parser) isActionList() bool {
	switch p.kindAt(1) {
	case kwSelect, kwValues, kwTable, '(':
	default:
		return true
	}
	depth := 0
	for n := 0; ; n++ {
		switch p.kindAt(n) {
		case '(':
			depth++
		case ')':
			depth--
			if depth == 0 {
				return false
			}
		case ';':
			return true
		case tokEOF, tokBad:
			return false
		}
	}
}

func (p *parser) ruleAction() ast.Statement {
	p.enter()
	defer p.leave()
	switch p.kind() {
	case kwNotify:
		return p.notifyStmt()
	case kwSelect, kwValues, kwTable, '(':
		return p.selectStmt()
	case kwInsert, kwUpdate, kwDelete, kwWith:
		return p.preparableStmt()
	}
	p.syntaxError()
	return nil
}

// createPolicy takes CREATE POLICY from POLICY on.
func (p *parser) createPolicy(pos int) ast.Statement {
	p.expect(kwPolicy)
	s := &ast.CreatePolicyStmt{Pos: pos, NamePos: p.pos()}
	s.Name = p.name()
	p.expect(kwOn)
	s.Table = p.qualifiedName()
	if p.accept(kwAs) {
		at := p.pos()
		switch word := p.expect(tokIdent).text; word {
		case "permissive":
		case "restrictive":
			s.Restrictive = true
		default:
			p.failDetail(at, "42601", `unrecognized row security option "`+word+`"`, "", "Only PERMISSIVE or RESTRICTIVE policies are supported currently.")
		}
	}
	if p.accept(kwFor) {
		switch p.kind() {
		case kwAll:
			s.Command = ast.PolicyAll
		case kwSelect:
			s.Command = ast.PolicySelect
		case kwInsert:
			s.Command = ast.PolicyInsert
		case kwUpdate:
			s.Command = ast.PolicyUpdate
		case kwDelete:
			s.Command = ast.PolicyDelete
		default:
			p.syntaxError()
		}
		p.next()
	}
	s.Roles, s.Using, s.WithCheck = p.policyTail()
	return s
}

// policyTail takes TO roles, USING (...) and WITH CHECK (...), each if it is there.
func (p *parser) policyTail() (roles []*ast.RoleSpec, using, check ast.Expr) {
	if p.accept(kwTo) {
		roles = p.roleList()
	}
	if p.accept(kwUsing) {
		using = p.parenExpr()
	}
	if p.is(kwWith) {
		p.expectSeq(kwWith, kwCheck)
		check = p.parenExpr()
	}
	return roles, using, check
}

// alterPolicy takes ALTER POLICY from POLICY on.
func (p *parser) alterPolicy(pos int) ast.Statement {
	p.expect(kwPolicy)
	missing := p.ifExists()
	s := &ast.AlterPolicyStmt{Pos: pos, NamePos: p.pos()}
	s.Name = p.name()
	p.expect(kwOn)
	s.Table = p.qualifiedName()
	if missing || p.is(kwRename) {
		p.expectSeq(kwRename, kwTo)
		ref := &ast.ObjectRef{Pos: s.NamePos, Kind: ast.ObjectPolicy, Names: []string{s.Name}}
		return &ast.RenameStmt{Pos: pos, Subject: ast.ObjectPolicy, Object: ref, Relation: s.Table, NewName: p.name(), MissingOK: missing}
	}
	s.Roles, s.Using, s.WithCheck = p.policyTail()
	return s
}

// alterOnTable takes ALTER RULE and ALTER TRIGGER from that word on.
func (p *parser) alterOnTable(pos int) ast.Statement {
	kind := ast.ObjectRule
	if p.next().kind == kwTrigger {
		kind = ast.ObjectTrigger
	}
	ref := &ast.ObjectRef{Pos: p.pos(), Kind: kind}
	ref.Names = []string{p.name()}
	p.expect(kwOn)
	rel := p.qualifiedName()
	if kind == ast.ObjectTrigger && p.isAny(kwNo, kwDepends) {
		s := p.alterNamed(pos, ref, canDepend).(*ast.AlterObjectDependsStmt)
		s.Relation = rel
		return s
	}
	s := p.alterNamed(pos, ref, canRename).(*ast.RenameStmt)
	s.Relation = rel
	return s
}
