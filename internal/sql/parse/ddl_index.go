package parse

import "github.com/basement-project/basement/internal/sql/ast"

// createIndex takes CREATE INDEX from UNIQUE or INDEX on.
func (p *parser) createIndex(pos int) ast.Statement {
	s := &ast.IndexStmt{Pos: pos}
	s.Unique = p.accept(kwUnique)
	p.expect(kwIndex)
	s.Concurrently = p.accept(kwConcurrently)
	if p.ifNotExists() {
		s.IfNotExists = true
		s.NamePos = p.pos()
		s.Name = p.name()
	} else if !p.is(kwOn) {
		s.NamePos = p.pos()
		s.Name = p.name()
	}
	p.expect(kwOn)
	s.Relation = p.relationExpr()
	if p.accept(kwUsing) {
		s.AccessMethod = p.name()
	}
	s.Params = p.indexElems()
	if p.accept(kwInclude) {
		s.Including = p.indexElems()
	}
	s.NullsNotDistinct = p.nullsNotDistinct()
	s.With = p.optRelOptions()
	s.Tablespace = p.optTablespace()
	s.Where = p.optWhere()
	return s
}

// createSequence takes CREATE SEQUENCE from SEQUENCE on.
func (p *parser) createSequence(pos int, life ast.Persistence) ast.Statement {
	p.expect(kwSequence)
	s := &ast.CreateSeqStmt{Pos: pos}
	s.IfNotExists = p.ifNotExists()
	s.Sequence = p.qualifiedName()
	s.Sequence.Persistence = life
	for p.startsSeqOption() {
		s.Options = append(s.Options, p.seqOption())
	}
	return s
}

// optParenSeqOptions takes (sequence options) if it is there.
func (p *parser) optParenSeqOptions() []*ast.SeqOption {
	if !p.accept('(') {
		return nil
	}
	var list []*ast.SeqOption
	for {
		list = append(list, p.seqOption())
		if p.accept(')') {
			return list
		}
	}
}

// startsSeqOption tells whether a SeqOptElem comes.
func (p *parser) startsSeqOption() bool {
	switch p.kind() {
	case kwAs, kwCache, kwCycle, kwIncrement, kwMaxvalue, kwMinvalue, kwOwned, kwSequence, kwStart, kwRestart, kwLogged,
		kwUnlogged:
		return true
	case kwNo:
		// NO INHERIT and NO FORCE are ALTER TABLE's.
		return !p.isAt(1, kwInherit) && !p.isAt(1, kwForce)
	}
	return false
}

// seqOption takes a SeqOptElem.
func (p *parser) seqOption() *ast.SeqOption {
	o := &ast.SeqOption{Pos: p.pos()}
	switch p.kind() {
	case kwAs:
		p.next()
		o.Kind, o.Type = ast.SeqAs, p.simpleTypeName()
	case kwCache:
		p.next()
		o.Kind, o.Value = ast.SeqCache, p.numberText()
	case kwCycle:
		p.next()
		o.Kind = ast.SeqCycle
	case kwNo:
		p.next()
		switch p.kind() {
		case kwCycle:
			o.Kind = ast.SeqNoCycle
		case kwMaxvalue:
			o.Kind = ast.SeqNoMaxValue
		case kwMinvalue:
			o.Kind = ast.SeqNoMinValue
		default:
			p.syntaxError()
		}
		p.next()
	case kwIncrement:
		p.next()
		p.accept(kwBy)
		o.Kind, o.Value = ast.SeqIncrement, p.numberText()
	case kwMaxvalue:
		p.next()
		o.Kind, o.Value = ast.SeqMaxValue, p.numberText()
	case kwMinvalue:
		p.next()
		o.Kind, o.Value = ast.SeqMinValue, p.numberText()
	case kwOwned:
		p.expectSeq(kwOwned, kwBy)
		o.Kind, o.Name = ast.SeqOwnedBy, p.anyNameNode()
	case kwSequence:
		p.expectSeq(kwSequence, kwName)
		o.Kind, o.Name = ast.SeqSequenceName, p.anyNameNode()
	case kwLogged:
		p.next()
		o.Kind = ast.SeqLogged
	case kwUnlogged:
		p.next()
		o.Kind = ast.SeqUnlogged
	case kwStart:
		p.next()
		p.accept(kwWith)
		o.Kind, o.Value = ast.SeqStart, p.numberText()
	case kwRestart:
		p.next()
		o.Kind = ast.SeqRestart
		if p.accept(kwWith) || p.isAny('+', '-', tokIconst, tokFconst) {
			o.Value = p.numberText()
		}
	default:
		p.syntaxError()
	}
	return o
}

// simpleTypeName takes a SimpleTypename: no SETOF, no brackets.
func (p *parser) simpleTypeName() *ast.TypeName {
	if p.is(kwSetof) {
		p.syntaxError()
	}
	t := p.typeName()
	if len(t.ArrayBounds) > 0 {
		p.syntaxError()
	}
	return t
}

// createStatistics takes CREATE STATISTICS from STATISTICS on.
func (p *parser) createStatistics(pos int) ast.Statement {
	p.expect(kwStatistics)
	s := &ast.CreateStatsStmt{Pos: pos}
	s.IfNotExists = p.ifNotExists()
	if s.IfNotExists || isColID(p.kind()) {
		s.Name = p.anyNameNode()
	}
	s.Kinds = p.optParenNameList()
	p.expect(kwOn)
	for {
		e := &ast.StatsElem{Pos: p.pos()}
		e.Name, e.Expr = p.columnOrExpr()
		s.Exprs = append(s.Exprs, e)
		if !p.accept(',') {
			break
		}
	}
	p.expect(kwFrom)
	s.From = p.fromList()
	return s
}

// alterStatistics takes ALTER STATISTICS from STATISTICS on.
func (p *parser) alterStatistics(pos int) ast.Statement {
	p.expect(kwStatistics)
	missing := p.ifExists()
	name := p.anyNameNode()
	if missing || p.isSeq(kwSet, kwStatistics) {
		p.expectSeq(kwSet, kwStatistics)
		return &ast.AlterStatsStmt{Pos: pos, Name: name, MissingOK: missing, Target: p.statisticsTarget()}
	}
	return p.alterNamed(pos, &ast.ObjectRef{Pos: name.Pos, Kind: ast.ObjectStatistics, Names: name.Parts}, canRename|canOwn|canSetSchema)
}

// statisticsTarget takes a number or DEFAULT, which is "".
func (p *parser) statisticsTarget() string {
	if p.accept(kwDefault) {
		return ""
	}
	sign := ""
	if p.accept('-') {
		sign = "-"
	} else {
		p.accept('+')
	}
	return sign + p.expect(tokIconst).text
}
