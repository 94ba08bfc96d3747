package parse

import "github.com/basement-project/basement/internal/sql/ast"

// createType takes CREATE TYPE from TYPE on.
func (p *parser) createType(pos int) ast.Statement {
	p.expect(kwType)
	name := p.anyNameNode()
	switch {
	case p.is('('):
		return &ast.DefineStmt{Pos: pos, Kind: ast.ObjectDataType, Name: name.Parts, NamePos: name.Pos, Defined: true, Definition: p.definition()}
	case !p.accept(kwAs):
		return &ast.DefineStmt{Pos: pos, Kind: ast.ObjectDataType, Name: name.Parts, NamePos: name.Pos}
	}
	switch p.kind() {
	case '(':
		p.next()
		s := &ast.CompositeTypeStmt{Pos: pos, Name: name}
		if p.accept(')') {
			return s
		}
		for {
			s.Columns = append(s.Columns, p.typedElement())
			if !p.accept(',') {
				break
			}
		}
		p.expect(')')
		return s
	case kwEnum:
		p.next()
		p.expect('(')
		s := &ast.CreateEnumStmt{Pos: pos, Name: name}
		if p.accept(')') {
			return s
		}
		for {
			s.Labels = append(s.Labels, p.sconst())
			if !p.accept(',') {
				break
			}
		}
		p.expect(')')
		return s
	case kwRange:
		p.next()
		return &ast.CreateRangeStmt{Pos: pos, Name: name, Definition: p.definition()}
	}
	p.syntaxError()
	return nil
}

// createDomain takes CREATE DOMAIN from DOMAIN on.
func (p *parser) createDomain(pos int) ast.Statement {
	p.expect(kwDomain)
	s := &ast.CreateDomainStmt{Pos: pos, Name: p.anyNameNode()}
	p.accept(kwAs)
	s.Type = p.typeName()
	s.Constraints, s.Collate = p.columnConstraints()
	return s
}

// createCollation takes CREATE COLLATION from COLLATION on.
func (p *parser) createCollation(pos int) ast.Statement {
	p.expect(kwCollation)
	s := &ast.DefineStmt{Pos: pos, Kind: ast.ObjectCollation, Defined: true}
	s.IfNotExists = p.ifNotExists()
	s.NamePos = p.pos()
	s.Name = p.anyName()
	if p.accept(kwFrom) {
		s.From = p.anyNameNode()
		return s
	}
	s.Definition = p.definition()
	return s
}

// alterCollation takes ALTER COLLATION from COLLATION on.
func (p *parser) alterCollation(pos int) ast.Statement {
	p.expect(kwCollation)
	name := p.anyNameNode()
	if p.accept(kwRefresh) {
		p.expect(kwVersion)
		return &ast.AlterCollationStmt{Pos: pos, Name: name}
	}
	return p.alterNamed(pos, &ast.ObjectRef{Pos: name.Pos, Kind: ast.ObjectCollation, Names: name.Parts}, canRename|canOwn|canSetSchema)
}

// textSearchKind takes PARSER, DICTIONARY, TEMPLATE or CONFIGURATION after TEXT SEARCH.
func (p *parser) textSearchKind() ast.ObjectType {
	p.expectSeq(kwText, kwSearch)
	switch p.kind() {
	case kwParser:
		p.next()
		return ast.ObjectTSParser
	case kwDictionary:
		p.next()
		return ast.ObjectTSDictionary
	case kwTemplate:
		p.next()
		return ast.ObjectTSTemplate
	case kwConfiguration:
		p.next()
		return ast.ObjectTSConfiguration
	}
	p.syntaxError()
	return 0
}

// createTextSearch takes CREATE TEXT SEARCH from TEXT on.
func (p *parser) createTextSearch(pos int) ast.Statement {
	s := &ast.DefineStmt{Pos: pos, Kind: p.textSearchKind(), Defined: true}
	s.NamePos = p.pos()
	s.Name = p.anyName()
	s.Definition = p.definition()
	return s
}

// alterTextSearch takes ALTER TEXT SEARCH from TEXT on.
func (p *parser) alterTextSearch(pos int) ast.Statement {
	kind := p.textSearchKind()
	name := p.anyNameNode()
	can := canRename | canSetSchema
	switch kind {
	case ast.ObjectTSDictionary:
		if p.is('(') {
			return &ast.AlterTSDictionaryStmt{Pos: pos, Name: name, Options: p.definition()}
		}
		can |= canOwn
	case ast.ObjectTSConfiguration:
		if p.isAny(kwAdd, kwAlter, kwDrop) {
			return p.alterTextSearchMapping(pos, name)
		}
		can |= canOwn
	}
	return p.alterNamed(pos, &ast.ObjectRef{Pos: name.Pos, Kind: kind, Names: name.Parts}, can)
}

func (p *parser) alterTextSearchMapping(pos int, name *ast.AnyName) ast.Statement {
	s := &ast.AlterTSConfigurationStmt{Pos: pos, Name: name}
	verb := p.next().kind
	p.expect(kwMapping)
	switch verb {
	case kwAdd:
		s.Type = ast.TSConfigAddMapping
		p.expect(kwFor)
		s.Tokens = p.nameList()
		p.expect(kwWith)
		s.Dicts = p.anyNameNodes()
	case kwDrop:
		s.Type = ast.TSConfigDropMapping
		s.MissingOK = p.ifExists()
		p.expect(kwFor)
		s.Tokens = p.nameList()
	case kwAlter:
		s.Type = ast.TSConfigReplaceDict
		if p.accept(kwFor) {
			s.Type = ast.TSConfigAlterMapping
			s.Tokens = p.nameList()
			if p.accept(kwWith) {
				s.Dicts = p.anyNameNodes()
				return s
			}
			s.Type = ast.TSConfigReplaceDictForToken
		}
		p.expect(kwReplace)
		old := p.anyNameNode()
		p.expect(kwWith)
		s.Dicts = []*ast.AnyName{old, p.anyNameNode()}
	}
	return s
}

// alterType takes ALTER TYPE.
func (p *parser) alterType(pos int) ast.Statement {
	p.expect(kwType)
	name := p.anyNameNode()
	ref := &ast.ObjectRef{Pos: name.Pos, Kind: ast.ObjectDataType, Names: name.Parts}
	switch {
	case p.isSeq(kwRename, kwAttribute):
		p.next()
		p.next()
		s := &ast.RenameStmt{Pos: pos, Subject: ast.ObjectAttribute, Object: ref, Subname: p.name()}
		p.expect(kwTo)
		s.NewName = p.name()
		s.Cascade = p.optCascade()
		return s
	case p.isSeq(kwRename, kwValue):
		p.next()
		p.next()
		s := &ast.AlterEnumStmt{Pos: pos, Name: name, Rename: true, OldValue: p.sconst()}
		p.expect(kwTo)
		s.NewValue = p.sconst()
		return s
	case p.isSeq(kwAdd, kwValue):
		p.next()
		p.next()
		s := &ast.AlterEnumStmt{Pos: pos, Name: name, SkipIfExists: p.is(kwIf)}
		if s.SkipIfExists {
			p.expectSeq(kwIf, kwNot, kwExists)
		}
		s.NewValue = p.sconst()
		if p.isAny(kwBefore, kwAfter) {
			s.After = p.next().kind == kwAfter
			s.HasNeighbor, s.Neighbor = true, p.sconst()
		}
		return s
	case p.isSeq(kwDrop, kwValue):
		at := p.pos()
		p.next()
		p.next()
		p.sconst()
		p.fail(at, "0A000", "dropping an enum value is not implemented")
	case p.isSeq(kwSet, '('):
		p.next()
		return &ast.AlterTypeStmt{Pos: pos, Name: name, Options: p.operatorDefinition()}
	case p.isAny(kwAdd, kwDrop, kwAlter):
		s := &ast.AlterTableStmt{Pos: pos, ObjType: ast.ObjectDataType, Relation: p.rangeVar(name.Parts, name.Pos)}
		for {
			s.Cmds = append(s.Cmds, p.alterTypeCmd())
			if !p.accept(',') {
				return s
			}
		}
	}
	return p.alterNamed(pos, ref, canRename|canOwn|canSetSchema)
}

func (p *parser) alterTypeCmd() *ast.AlterTableCmd {
	c := &ast.AlterTableCmd{Pos: p.pos()}
	switch p.kind() {
	case kwAdd:
		p.expectSeq(kwAdd, kwAttribute)
		c.Type, c.Column = ast.AlterAddAttribute, p.typedElement()
	case kwDrop:
		p.expectSeq(kwDrop, kwAttribute)
		c.Type, c.MissingOK = ast.AlterDropAttribute, p.ifExists()
		p.cmdName(c)
	case kwAlter:
		p.expectSeq(kwAlter, kwAttribute)
		c.Type = ast.AlterAttributeType
		p.cmdName(c)
		if p.accept(kwSet) {
			p.expect(kwData)
		}
		p.expect(kwType)
		c.NewType = p.typeName()
		c.Collate = p.optCollate()
	default:
		p.syntaxError()
	}
	c.Cascade = p.optCascade()
	return c
}

// typedElement takes name type [COLLATE name]: a TableFuncElement.
func (p *parser) typedElement() *ast.ColumnDef {
	c := &ast.ColumnDef{Pos: p.pos(), Name: p.colID()}
	c.Type = p.typeName()
	c.Collate = p.optCollate()
	return c
}

// alterDomain takes ALTER DOMAIN.
func (p *parser) alterDomain(pos int) ast.Statement {
	p.expect(kwDomain)
	name := p.anyNameNode()
	s := &ast.AlterDomainStmt{Pos: pos, Name: name}
	ref := &ast.ObjectRef{Pos: name.Pos, Kind: ast.ObjectDomain, Names: name.Parts}
	switch {
	case p.isSeq(kwRename, kwConstraint):
		p.next()
		p.next()
		r := &ast.RenameStmt{Pos: pos, Subject: ast.ObjectDomainConstraint, Object: ref, Subname: p.name()}
		p.expect(kwTo)
		r.NewName = p.name()
		return r
	case p.isSeq(kwSet, kwDefault):
		p.next()
		p.next()
		s.Type, s.Expr = ast.DomainDefault, p.expr()
	case p.isSeq(kwSet, kwNot):
		p.expectSeq(kwSet, kwNot, kwNull)
		s.Type = ast.DomainSetNotNull
	case p.is(kwDrop):
		p.next()
		switch {
		case p.accept(kwDefault):
			s.Type = ast.DomainDefault
		case p.is(kwNot):
			p.expectSeq(kwNot, kwNull)
			s.Type = ast.DomainDropNotNull
		default:
			p.expect(kwConstraint)
			s.Type, s.MissingOK = ast.DomainDropConstraint, p.ifExists()
			s.ConName = p.name()
			s.Cascade = p.optCascade()
		}
	case p.is(kwAdd):
		p.next()
		s.Type, s.Constraint = ast.DomainAddConstraint, p.domainConstraint()
	case p.is(kwValidate):
		p.expectSeq(kwValidate, kwConstraint)
		s.Type, s.ConName = ast.DomainValidateConstraint, p.name()
	default:
		return p.alterNamed(pos, ref, canRename|canOwn|canSetSchema)
	}
	return s
}
