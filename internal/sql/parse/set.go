package parse

import "github.com/basement-project/basement/internal/sql/ast"

// setStmt takes SET: a setting, SET TRANSACTION, SET CONSTRAINTS ...
func (p *parser) setStmt() ast.Statement {
	pos := p.pos()
	p.expect(kwSet)
	if p.is(kwConstraints) && !p.settingAt(1) {
		return p.constraintsSet(pos)
	}
	local := false
	switch {
	case p.is(kwLocal) && !p.settingAt(1):
		p.next()
		local = true
	case p.is(kwSession) && !p.settingAt(1) && !p.isAt(1, kwCharacteristics) && !p.isAt(1, kwAuthorization):
		p.next()
	}
	s := p.setRest(pos)
	s.Local = local
	return s
}

// settingAt tells whether the token n places ahead makes the words before it a setting's name.
func (p *parser) settingAt(n int) bool {
	return p.isAt(n, '=') || p.isAt(n, kwTo) || p.isAt(n, '.') || p.isSeqAt(n, kwFrom, kwCurrent)
}

func (p *parser) isSeqAt(n int, ks ...kind) bool {
	for i, k := range ks {
		if !p.isAt(n+i, k) {
			return false
		}
	}
	return true
}

// setRest takes what follows SET [LOCAL | SESSION].
func (p *parser) setRest(pos int) *ast.VariableSetStmt {
	s := &ast.VariableSetStmt{Pos: pos}
	if p.settingAt(1) {
		return p.genericSet(s)
	}
	one := func(name string) {
		p.next()
		s.Name = name
	}
	switch p.kind() {
	case kwTransaction:
		one("TRANSACTION")
		if p.accept(kwSnapshot) {
			s.Kind, s.Name = ast.VarSetMulti, "TRANSACTION SNAPSHOT"
			s.Args = []ast.Expr{stringConst(p.pos(), p.sconst())}
			return s
		}
		s.Kind, s.Options = ast.VarSetMulti, p.transactionModes()
		if s.Options == nil {
			p.syntaxError()
		}
	case kwSession:
		p.next()
		if p.accept(kwAuthorization) {
			s.Name = "session_authorization"
			if p.accept(kwDefault) {
				s.Kind = ast.VarSetDefault
				return s
			}
			s.Args = []ast.Expr{p.wordOrString()}
			return s
		}
		p.expectSeq(kwCharacteristics, kwAs, kwTransaction)
		s.Kind, s.Name = ast.VarSetMulti, "SESSION CHARACTERISTICS"
		if s.Options = p.transactionModes(); s.Options == nil {
			p.syntaxError()
		}
	case kwTime:
		p.next()
		p.expect(kwZone)
		s.Name = "timezone"
		if p.accept(kwDefault) || p.accept(kwLocal) {
			s.Kind = ast.VarSetDefault
			return s
		}
		s.Args = []ast.Expr{p.zoneValue()}
	case kwCatalog:
		p.next()
		at := p.pos()
		p.sconst()
		p.fail(at, "0A000", "current database cannot be changed")
	case kwSchema:
		one("search_path")
		s.Args = []ast.Expr{stringConst(p.pos(), p.sconst())}
	case kwNames:
		one("client_encoding")
		switch {
		case p.is(tokSconst):
			s.Args = []ast.Expr{stringConst(p.pos(), p.sconst())}
		default:
			p.accept(kwDefault)
			s.Kind = ast.VarSetDefault
		}
	case kwRole:
		one("role")
		s.Args = []ast.Expr{p.wordOrString()}
	case kwXml:
		if !p.isAt(1, kwOption) {
			return p.genericSet(s)
		}
		p.next()
		one("xmloption")
		value := "CONTENT"
		if p.documentOrContent() {
			value = "DOCUMENT"
		}
		s.Args = []ast.Expr{stringConst(-1, value)}
	default:
		return p.genericSet(s)
	}
	return s
}

// wordOrString takes NonReservedWord_or_Sconst.
func (p *parser) wordOrString() *ast.AConst {
	pos := p.pos()
	if p.is(tokSconst) {
		return stringConst(pos, p.sconst())
	}
	return stringConst(pos, p.nonReservedWord())
}

// settingName takes a setting's dotted name.
func (p *parser) settingName() string {
	name := p.colID()
	for p.accept('.') {
		name += "." + p.colID()
	}
	return name
}

func (p *parser) genericSet(s *ast.VariableSetStmt) *ast.VariableSetStmt {
	s.Name = p.settingName()
	if p.acceptSeq(kwFrom, kwCurrent) {
		s.Kind = ast.VarSetCurrent
		return s
	}
	if !p.accept('=') {
		p.expect(kwTo)
	}
	if p.accept(kwDefault) {
		s.Kind = ast.VarSetDefault
		return s
	}
	for {
		s.Args = append(s.Args, p.optionValue())
		if !p.accept(',') {
			return s
		}
	}
}

func (p *parser) zoneValue() ast.Expr {
	pos := p.pos()
	switch p.kind() {
	case tokSconst, tokIdent:
		return stringConst(pos, p.next().text)
	case kwInterval:
		t := p.builtinType(true)
		e := p.literalOf(t)
		if t.TypMods == nil {
			at := p.pos()
			t.TypMods = p.optInterval()
			if len(t.TypMods) > 0 {
				if m := t.TypMods[0].(*ast.AConst).Int; m&^(maskHour|maskMinute) != 0 {
					p.fail(at, "42601", "time zone interval must be HOUR or HOUR TO MINUTE")
				}
			}
		}
		return e
	}
	return p.numericOnly()
}

// variableName takes what SHOW and RESET name.
func (p *parser) variableName() string {
	switch {
	case p.isSeq(kwTime, kwZone):
		p.next()
		p.next()
		return "timezone"
	case p.isSeq(kwTransaction, kwIsolation):
		p.expectSeq(kwTransaction, kwIsolation, kwLevel)
		return "transaction_isolation"
	case p.isSeq(kwSession, kwAuthorization):
		p.next()
		p.next()
		return "session_authorization"
	case p.accept(kwAll):
		return "all"
	}
	return p.settingName()
}

func (p *parser) resetStmt() *ast.VariableSetStmt {
	s := &ast.VariableSetStmt{Pos: p.pos(), Kind: ast.VarReset}
	p.expect(kwReset)
	all := p.is(kwAll)
	s.Name = p.variableName()
	if all {
		s.Kind, s.Name = ast.VarResetAll, ""
	}
	return s
}

// setResetClause takes SET ... or RESET ... as ALTER ROLE, DATABASE and FUNCTION have them.
func (p *parser) setResetClause() *ast.VariableSetStmt {
	if p.is(kwReset) {
		return p.resetStmt()
	}
	pos := p.pos()
	p.expect(kwSet)
	return p.setRest(pos)
}

func (p *parser) constraintsSet(pos int) ast.Statement {
	c := &ast.ConstraintsSetStmt{Pos: pos}
	p.expect(kwConstraints)
	if !p.accept(kwAll) {
		c.Constraints = p.qualifiedNameList()
	}
	if p.accept(kwDeferred) {
		c.Deferred = true
	} else {
		p.expect(kwImmediate)
	}
	return c
}

// transactionStmt takes the transaction statements except BEGIN and END.
func (p *parser) transactionStmt() ast.Statement {
	t := &ast.TransactionStmt{Pos: p.pos()}
	switch p.next().kind {
	case kwStart:
		t.Kind = ast.TransStart
		p.expect(kwTransaction)
		t.Options = p.transactionModes()
	case kwCommit:
		t.Kind = ast.TransCommit
		if p.accept(kwPrepared) {
			t.Kind, t.GID = ast.TransCommitPrepared, p.sconst()
			return t
		}
		p.transactionEnd(t)
	case kwAbort:
		t.Kind = ast.TransRollback
		p.transactionEnd(t)
	case kwRollback:
		t.Kind = ast.TransRollback
		if p.accept(kwPrepared) {
			t.Kind, t.GID = ast.TransRollbackPrepared, p.sconst()
			return t
		}
		if !p.accept(kwWork) {
			p.accept(kwTransaction)
		}
		if p.accept(kwTo) {
			t.Kind = ast.TransRollbackTo
			p.savepoint(t)
			return t
		}
		t.Chain = p.optChain()
	case kwSavepoint:
		t.Kind, t.Savepoint = ast.TransSavepoint, p.colID()
	case kwRelease:
		t.Kind = ast.TransRelease
		p.savepoint(t)
	}
	return t
}

// savepoint takes [SAVEPOINT] name.
func (p *parser) savepoint(t *ast.TransactionStmt) {
	if p.is(kwSavepoint) && isColID(p.kindAt(1)) {
		p.next()
	}
	t.Savepoint = p.colID()
}

func (p *parser) transactionEnd(t *ast.TransactionStmt) {
	if !p.accept(kwWork) {
		p.accept(kwTransaction)
	}
	t.Chain = p.optChain()
}

func (p *parser) optChain() bool {
	if !p.accept(kwAnd) {
		return false
	}
	if p.accept(kwNo) {
		p.expect(kwChain)
		return false
	}
	p.expect(kwChain)
	return true
}

// parseTransactionLegacy takes BEGIN and END.
func (p *parser) parseTransactionLegacy() ast.Statement {
	t := &ast.TransactionStmt{Pos: p.pos()}
	if p.next().kind == kwEnd {
		t.Kind = ast.TransCommit
		p.transactionEnd(t)
		return t
	}
	if !p.accept(kwWork) {
		p.accept(kwTransaction)
	}
	t.Options = p.transactionModes()
	return t
}

// transactionModes takes modes with or without commas between, nil when there are none.
func (p *parser) transactionModes() []*ast.DefElem {
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos()}
		switch p.kind() {
		case kwIsolation:
			p.next()
			p.expect(kwLevel)
			d.Name, d.Arg = "transaction_isolation", stringConst(p.pos(), p.isolationLevel())
		case kwRead:
			p.next()
			d.Name = "transaction_read_only"
			if p.accept(kwOnly) {
				d.Arg = intConst(-1, 1)
			} else {
				p.expect(kwWrite)
				d.Arg = intConst(-1, 0)
			}
		case kwDeferrable:
			p.next()
			d.Name, d.Arg = "transaction_deferrable", intConst(-1, 1)
		case kwNot:
			p.next()
			p.expect(kwDeferrable)
			d.Name, d.Arg = "transaction_deferrable", intConst(-1, 0)
		default:
			return list
		}
		list = append(list, d)
		if p.is(',') {
			p.next()
			switch p.kind() {
			case kwIsolation, kwRead, kwDeferrable, kwNot:
			default:
				p.syntaxError()
			}
		}
	}
}

func (p *parser) isolationLevel() string {
	switch {
	case p.accept(kwRead):
		if p.accept(kwUncommitted) {
			return "read uncommitted"
		}
		p.expect(kwCommitted)
		return "read committed"
	case p.accept(kwRepeatable):
		p.expect(kwRead)
		return "repeatable read"
	}
	p.expect(kwSerializable)
	return "serializable"
}
