package parse

import "github.com/basement-project/basement/internal/sql/ast"

// createExtension takes CREATE EXTENSION from EXTENSION on.
func (p *parser) createExtension(pos int) ast.Statement {
	p.expect(kwExtension)
	s := &ast.CreateExtensionStmt{Pos: pos, IfNotExists: p.ifNotExists(), NamePos: p.pos()}
	s.Name = p.name()
	p.accept(kwWith)
	for {
		d := &ast.DefElem{Pos: p.pos()}
		switch p.kind() {
		case kwSchema:
			p.next()
			d.Name, d.Arg = "schema", stringConst(p.pos(), p.name())
		case kwVersion:
			p.next()
			d.Name, d.Arg = "new_version", stringConst(p.pos(), p.wordOrString().Text)
		case kwFrom:
			p.next()
			p.wordOrString()
			p.fail(d.Pos, "0A000", "CREATE EXTENSION ... FROM is no longer supported")
		case kwCascade:
			p.next()
			d.Name, d.Arg = "cascade", &ast.AConst{Pos: d.Pos, Kind: ast.ConstBoolean, Bool: true}
		default:
			return s
		}
		s.Options = append(s.Options, d)
	}
}

// alterExtension takes ALTER EXTENSION from EXTENSION on.
func (p *parser) alterExtension(pos int) ast.Statement {
	p.expect(kwExtension)
	at := p.pos()
	name := p.name()
	switch p.kind() {
	case kwUpdate:
		p.next()
		s := &ast.AlterExtensionStmt{Pos: pos, Name: name}
		for p.accept(kwTo) {
			s.To = append(s.To, p.wordOrString().Text)
		}
		return s
	case kwAdd, kwDrop:
		s := &ast.AlterExtensionContentsStmt{Pos: pos, Name: name}
		s.Drop = p.next().kind == kwDrop
		s.Object = p.memberRef(true)
		return s
	}
	return p.alterNamed(pos, &ast.ObjectRef{Pos: at, Kind: ast.ObjectExtension, Names: []string{name}}, canSetSchema)
}

// createTablespace takes CREATE TABLESPACE from TABLESPACE on.
func (p *parser) createTablespace(pos int) ast.Statement {
	p.expect(kwTablespace)
	s := &ast.CreateTableSpaceStmt{Pos: pos, Name: p.name()}
	if p.accept(kwOwner) {
		s.Owner = p.roleSpec()
	}
	p.expect(kwLocation)
	s.Location = p.sconst()
	s.Options = p.optRelOptions()
	return s
}

// alterTablespace takes ALTER TABLESPACE from TABLESPACE on.
func (p *parser) alterTablespace(pos int) ast.Statement {
	p.expect(kwTablespace)
	at := p.pos()
	name := p.name()
	if p.isAny(kwSet, kwReset) {
		reset := p.next().kind == kwReset
		return &ast.AlterTableSpaceOptionsStmt{Pos: pos, Name: name, Reset: reset, Options: p.relOptions()}
	}
	return p.alterNamed(pos, &ast.ObjectRef{Pos: at, Kind: ast.ObjectTablespace, Names: []string{name}}, canRename|canOwn)
}

// createDatabase takes CREATE DATABASE from DATABASE on.
func (p *parser) createDatabase(pos int) ast.Statement {
	p.expect(kwDatabase)
	s := &ast.CreatedbStmt{Pos: pos, Name: p.name()}
	p.accept(kwWith)
	s.Options = p.databaseOptions()
	return s
}

// databaseOptions takes a createdb_opt_list: name [=] value.
func (p *parser) databaseOptions() []*ast.DefElem {
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos()}
		switch p.kind() {
		case kwConnection:
			p.expectSeq(kwConnection, kwLimit)
			d.Name = "connection_limit"
		case tokIdent, kwEncoding, kwLocation, kwOwner, kwTablespace, kwTemplate:
			d.Name = p.next().text
		default:
			return list
		}
		p.accept('=')
		at := p.pos()
		switch p.kind() {
		case kwDefault:
			p.next()
		case tokIconst, tokFconst, '+', '-':
			d.Arg = p.numericOnly()
		default:
			d.Arg = stringConst(at, p.booleanOrString())
		}
		list = append(list, d)
	}
}

// alterDatabase takes ALTER DATABASE from DATABASE on.
func (p *parser) alterDatabase(pos int) ast.Statement {
	p.expect(kwDatabase)
	at := p.pos()
	name := p.name()
	switch {
	case p.isSeq(kwSet, kwTablespace) && !p.isAnyAt(2, kwTo, '=', '.', kwFrom):
		p.next()
		p.next()
		return &ast.AlterDatabaseStmt{Pos: pos, Name: name, Tablespace: p.name()}
	case p.isAny(kwSet, kwReset):
		return &ast.AlterDatabaseSetStmt{Pos: pos, Name: name, Set: p.setResetClause()}
	case p.is(kwRefresh):
		p.expectSeq(kwRefresh, kwCollation, kwVersion)
		return &ast.AlterDatabaseRefreshCollStmt{Pos: pos, Name: name}
	case p.is(kwRename), p.isSeq(kwOwner, kwTo):
		return p.alterNamed(pos, &ast.ObjectRef{Pos: at, Kind: ast.ObjectDatabase, Names: []string{name}}, canRename|canOwn)
	}
	p.accept(kwWith)
	return &ast.AlterDatabaseStmt{Pos: pos, Name: name, Options: p.databaseOptions()}
}

// alterSystem takes ALTER SYSTEM from SYSTEM on: only the plain forms of SET and RESET.
func (p *parser) alterSystem(pos int) ast.Statement {
	p.expect(kwSystem)
	n := 1
	for isColID(p.kindAt(n)) && p.isAt(n+1, '.') {
		n += 2
	}
	skip := func() {
		for range n {
			p.next()
		}
		p.syntaxError()
	}
	switch {
	case p.is(kwSet):
		if isColID(p.kindAt(n)) {
			n++
			if !p.isAt(n, kwTo) && !p.isAt(n, '=') {
				skip()
			}
		}
	case p.is(kwReset):
		if isColID(p.kindAt(n)) {
			n++
			if !p.isAt(n, tokEOF) && !p.isAt(n, ';') {
				skip()
			}
		} else if n == 1 && !p.isAt(1, kwAll) {
			skip()
		}
	default:
		p.syntaxError()
	}
	return &ast.AlterSystemStmt{Pos: pos, Set: p.setResetClause()}
}

// createAssertion takes CREATE ASSERTION, which PostgreSQL knows but does not have.
func (p *parser) createAssertion() ast.Statement {
	p.expect(kwAssertion)
	p.anyName()
	p.expect(kwCheck)
	p.parenExpr()
	var c ast.Constraint
	p.constraintAttributes(&c, "ASSERTION", casDeferrable|casNotValid|casNoInherit)
	p.fail(-1, "0A000", "CREATE ASSERTION is not yet implemented")
	return nil
}
