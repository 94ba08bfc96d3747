package parse

import "github.com/basement-project/basement/internal/sql/ast"

// utilityStmt takes the statements that are neither queries nor data definition.
func (p *parser) utilityStmt() ast.Statement {
	switch p.kind() {
	case kwSet:
		return p.setStmt()
	case kwReset:
		return p.resetStmt()
	case kwShow:
		pos := p.pos()
		p.next()
		return &ast.VariableShowStmt{Pos: pos, Name: p.variableName()}
	case kwStart, kwCommit, kwAbort, kwRollback, kwSavepoint, kwRelease:
		return p.transactionStmt()
	case kwPrepare:
		return p.prepareStmt()
	case kwExecute:
		return p.executeStmt()
	case kwDeallocate:
		return p.deallocateStmt()
	case kwCall:
		return p.callStmt()
	case kwDo:
		return p.doStmt()
	case kwExplain:
		return p.explainStmt()
	case kwCopy:
		return p.copyStmt()
	case kwTruncate:
		return p.truncateStmt()
	case kwDeclare:
		return p.declareStmt()
	case kwClose:
		pos := p.pos()
		p.next()
		if p.accept(kwAll) {
			return &ast.ClosePortalStmt{Pos: pos}
		}
		return &ast.ClosePortalStmt{Pos: pos, Name: p.name()}
	case kwFetch, kwMove:
		return p.fetchStmt()
	case kwLock:
		return p.lockStmt()
	case kwListen:
		pos := p.pos()
		p.next()
		return &ast.ListenStmt{Pos: pos, Channel: p.colID()}
	case kwUnlisten:
		pos := p.pos()
		p.next()
		if p.accept('*') {
			return &ast.UnlistenStmt{Pos: pos}
		}
		return &ast.UnlistenStmt{Pos: pos, Channel: p.colID()}
	case kwNotify:
		return p.notifyStmt()
	case kwDiscard:
		return p.discardStmt()
	case kwCheckpoint:
		return &ast.CheckPointStmt{Pos: int(p.next().pos)}
	case kwLoad:
		pos := p.pos()
		p.next()
		return &ast.LoadStmt{Pos: pos, File: p.sconst()}
	case kwVacuum, kwAnalyze, kwAnalyse:
		return p.vacuumStmt()
	case kwCluster:
		return p.clusterStmt()
	case kwReindex:
		return p.reindexStmt()
	}
	p.syntaxError()
	return nil
}

func (p *parser) callStmt() ast.Statement {
	pos := p.pos()
	p.expect(kwCall)
	at := p.pos()
	return &ast.CallStmt{Pos: pos, Func: p.funcApplication(p.funcName(), at)}
}

func (p *parser) doStmt() ast.Statement {
	d := &ast.DoStmt{Pos: p.pos()}
	p.expect(kwDo)
	body, language := false, false
	for {
		at := p.pos()
		switch {
		case p.is(tokSconst):
			if body {
				p.fail(at, "42601", "conflicting or redundant options")
			}
			body = true
			d.BodyPos, d.Body = at, p.sconst()
		case p.accept(kwLanguage):
			if language {
				p.fail(at, "42601", "conflicting or redundant options")
			}
			language = true
			d.BodyFirst = body
			d.Language = p.wordOrString().Text
		default:
			if !body && !language {
				p.syntaxError()
			}
			if !body {
				p.fail(-1, "42601", "no inline code specified")
			}
			return d
		}
	}
}

func (p *parser) explainStmt() ast.Statement {
	e := &ast.ExplainStmt{Pos: p.pos()}
	p.expect(kwExplain)
	flag := func(name string) {
		e.Options = append(e.Options, &ast.DefElem{Pos: p.pos(), Name: name})
		p.next()
	}
	switch {
	case p.is('(') && !p.startsSelect(0):
		e.Options = p.utilityOptions()
	case p.is(kwAnalyze), p.is(kwAnalyse):
		flag("analyze")
		if p.is(kwVerbose) {
			flag("verbose")
		}
	case p.is(kwVerbose):
		flag("verbose")
	}
	switch p.kind() {
	case kwSelect, kwValues, kwTable, '(', kwWith, kwInsert, kwUpdate, kwDelete, kwMerge:
		e.Query = p.preparableStmt()
	case kwDeclare, kwRefresh, kwExecute:
		e.Query = p.statement()
	case kwCreate:
		at := p.pos()
		e.Query = p.statement()
		if _, ok := e.Query.(*ast.CreateTableAsStmt); !ok {
			panic(nearFailure(p.lex.text, at, at+len("create"), "syntax error"))
		}
	default:
		p.syntaxError()
	}
	return e
}

func (p *parser) prepareStmt() ast.Statement {
	pos := p.pos()
	p.expect(kwPrepare)
	if p.is(kwTransaction) && p.isAt(1, tokSconst) {
		p.next()
		return &ast.TransactionStmt{Pos: pos, Kind: ast.TransPrepare, GID: p.sconst()}
	}
	s := &ast.PrepareStmt{Pos: pos, Name: p.name()}
	if p.accept('(') {
		s.ArgTypes = p.typeNameList()
		p.expect(')')
	}
	p.expect(kwAs)
	s.Query = p.preparableStmt()
	return s
}

func (p *parser) executeStmt() *ast.ExecuteStmt {
	s := &ast.ExecuteStmt{Pos: p.pos()}
	p.expect(kwExecute)
	s.Name = p.name()
	if p.is('(') {
		s.Params = p.parenExprs()
	}
	return s
}

func (p *parser) deallocateStmt() ast.Statement {
	pos := p.pos()
	p.expect(kwDeallocate)
	if p.is(kwPrepare) && (isColID(p.kindAt(1)) || p.isAt(1, kwAll)) {
		p.next()
	}
	if p.accept(kwAll) {
		return &ast.DeallocateStmt{Pos: pos}
	}
	return &ast.DeallocateStmt{Pos: pos, Name: p.name()}
}

func (p *parser) truncateStmt() ast.Statement {
	t := &ast.TruncateStmt{Pos: p.pos()}
	p.expect(kwTruncate)
	p.accept(kwTable)
	t.Relations = p.relationExprList()
	switch {
	case p.acceptSeq(kwContinue, kwIdentity):
	case p.acceptSeq(kwRestart, kwIdentity):
		t.RestartIdentity = true
	}
	if p.accept(kwCascade) {
		t.Cascade = true
	} else {
		p.accept(kwRestrict)
	}
	return t
}

func (p *parser) declareStmt() ast.Statement {
	d := &ast.DeclareCursorStmt{Pos: p.pos()}
	p.expect(kwDeclare)
	d.Name = p.name()
	for !p.is(kwCursor) {
		switch {
		case p.acceptSeq(kwNo, kwScroll):
			d.Options |= ast.CursorNoScroll
		case p.accept(kwScroll):
			d.Options |= ast.CursorScroll
		case p.accept(kwBinary):
			d.Options |= ast.CursorBinary
		case p.accept(kwAsensitive):
			d.Options |= ast.CursorAsensitive
		case p.accept(kwInsensitive):
			d.Options |= ast.CursorInsensitive
		default:
			p.syntaxError()
		}
	}
	p.expect(kwCursor)
	if p.acceptSeq(kwWith, kwHold) {
		d.Options |= ast.CursorHold
	} else {
		p.acceptSeq(kwWithout, kwHold)
	}
	p.expect(kwFor)
	d.Query = p.selectStmt()
	return d
}

// fetchStmt takes FETCH and MOVE.
func (p *parser) fetchStmt() ast.Statement {
	f := &ast.FetchStmt{Pos: p.pos(), Count: 1}
	f.Move = p.next().kind == kwMove
	from := func() bool { return p.accept(kwFrom) || p.accept(kwIn) }
	count := func() {
		switch p.kind() {
		case tokIconst, '+', '-':
			f.Count = int64(p.signedIconst())
		case kwAll:
			p.next()
			f.Count = ast.FetchAll
		}
	}
	// A lone word is the cursor, also when it is one of the directions.
	named := isColID(p.kindAt(1)) || p.isAt(1, kwFrom) || p.isAt(1, kwIn)
	switch k := p.kind(); {
	case k == kwNext && named:
		p.next()
	case k == kwPrior && named:
		p.next()
		f.Direction = ast.FetchBackward
	case k == kwFirst && named:
		p.next()
		f.Direction = ast.FetchAbsolute
	case k == kwLast && named:
		p.next()
		f.Direction, f.Count = ast.FetchAbsolute, -1
	case k == kwAbsolute && !p.statementEndsAt(1):
		p.next()
		f.Direction, f.Count = ast.FetchAbsolute, int64(p.signedIconst())
	case k == kwRelative && !p.statementEndsAt(1):
		p.next()
		f.Direction, f.Count = ast.FetchRelative, int64(p.signedIconst())
	case k == kwForward && !p.statementEndsAt(1):
		p.next()
		count()
	case k == kwBackward && !p.statementEndsAt(1):
		p.next()
		f.Direction = ast.FetchBackward
		count()
	default:
		count()
	}
	from()
	f.Portal = p.name()
	return f
}

func (p *parser) statementEndsAt(n int) bool { return p.isAt(n, tokEOF) || p.isAt(n, ';') }

func (p *parser) lockStmt() ast.Statement {
	l := &ast.LockStmt{Pos: p.pos(), Mode: ast.AccessExclusiveLock}
	p.expect(kwLock)
	p.accept(kwTable)
	l.Relations = p.relationExprList()
	if p.accept(kwIn) {
		switch {
		case p.acceptSeq(kwAccess, kwShare):
			l.Mode = ast.AccessShareLock
		case p.acceptSeq(kwAccess, kwExclusive):
		case p.acceptSeq(kwRow, kwShare):
			l.Mode = ast.RowShareLock
		case p.acceptSeq(kwRow, kwExclusive):
			l.Mode = ast.RowExclusiveLock
		case p.acceptSeq(kwShare, kwUpdate, kwExclusive):
			l.Mode = ast.ShareUpdateExclusiveLock
		case p.acceptSeq(kwShare, kwRow, kwExclusive):
			l.Mode = ast.ShareRowExclusiveLock
		case p.accept(kwShare):
			l.Mode = ast.ShareLock
		default:
			p.expect(kwExclusive)
			l.Mode = ast.ExclusiveLock
		}
		p.expect(kwMode)
	}
	l.NoWait = p.accept(kwNowait)
	return l
}

// notifyStmt takes NOTIFY, which a rule's action may be.
func (p *parser) notifyStmt() *ast.NotifyStmt {
	n := &ast.NotifyStmt{Pos: p.pos()}
	p.expect(kwNotify)
	n.Channel = p.colID()
	if p.accept(',') {
		n.Payload = p.sconst()
	}
	return n
}

func (p *parser) discardStmt() ast.Statement {
	d := &ast.DiscardStmt{Pos: p.pos()}
	p.expect(kwDiscard)
	switch p.kind() {
	case kwAll:
	case kwPlans:
		d.Target = ast.DiscardPlans
	case kwSequences:
		d.Target = ast.DiscardSequences
	case kwTemp, kwTemporary:
		d.Target = ast.DiscardTemp
	default:
		p.syntaxError()
	}
	p.next()
	return d
}

func (p *parser) vacuumStmt() ast.Statement {
	v := &ast.VacuumStmt{Pos: p.pos()}
	v.Analyze = p.next().kind != kwVacuum
	flag := func(name string, ks ...kind) {
		if p.isAny(ks...) {
			v.Options = append(v.Options, &ast.DefElem{Pos: p.pos(), Name: name})
			p.next()
		}
	}
	switch {
	case p.is('('):
		v.Options = p.utilityOptions()
	case v.Analyze:
		flag("verbose", kwVerbose)
	default:
		flag("full", kwFull)
		flag("freeze", kwFreeze)
		flag("verbose", kwVerbose)
		flag("analyze", kwAnalyze, kwAnalyse)
	}
	if !isColID(p.kind()) && !p.is(kwOnly) {
		return v
	}
	for {
		r := &ast.VacuumRelation{Pos: p.pos()}
		r.Relation = p.relationExpr()
		r.Columns = p.optParenNameList()
		v.Relations = append(v.Relations, r)
		if !p.accept(',') {
			return v
		}
	}
}

func (p *parser) clusterStmt() ast.Statement {
	c := &ast.ClusterStmt{Pos: p.pos()}
	p.expect(kwCluster)
	if p.is('(') {
		c.Options = p.utilityOptions()
	} else if p.is(kwVerbose) {
		c.Options = []*ast.DefElem{{Pos: p.pos(), Name: "verbose"}}
		p.next()
	}
	if !isColID(p.kind()) {
		return c
	}
	if p.isAt(1, kwOn) {
		c.Index = p.name()
		p.expect(kwOn)
		c.Relation = p.qualifiedName()
		return c
	}
	c.Relation = p.qualifiedName()
	if p.accept(kwUsing) {
		c.Index = p.name()
	}
	return c
}

func (p *parser) reindexStmt() ast.Statement {
	r := &ast.ReindexStmt{Pos: p.pos()}
	p.expect(kwReindex)
	if p.is('(') {
		r.Options = p.utilityOptions()
	}
	target := p.kind()
	switch target {
	case kwIndex:
	case kwTable:
		r.Kind = ast.ReindexTable
	case kwSchema:
		r.Kind = ast.ReindexSchema
	case kwSystem:
		r.Kind = ast.ReindexSystem
	case kwDatabase:
		r.Kind = ast.ReindexDatabase
	default:
		p.syntaxError()
	}
	p.next()
	if p.is(kwConcurrently) {
		r.Options = append(r.Options, &ast.DefElem{Pos: p.pos(), Name: "concurrently"})
		p.next()
	}
	switch r.Kind {
	case ast.ReindexIndex, ast.ReindexTable:
		r.Relation = p.qualifiedName()
	case ast.ReindexSchema:
		r.Name = p.name()
	default:
		if isColID(p.kind()) {
			r.Name = p.name()
		}
	}
	return r
}
