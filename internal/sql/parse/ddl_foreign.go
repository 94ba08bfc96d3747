package parse

import "github.com/basement-project/basement/internal/sql/ast"

// createForeign takes CREATE FOREIGN TABLE and FOREIGN DATA WRAPPER from FOREIGN on.
func (p *parser) createForeign(pos int) ast.Statement {
	p.expect(kwForeign)
	if p.accept(kwTable) {
		return p.createForeignTable(pos)
	}
	p.expectSeq(kwData, kwWrapper)
	s := &ast.CreateFdwStmt{Pos: pos, Name: p.name()}
	s.FuncOptions = p.fdwOptions()
	s.Options = p.genericOptions(false)
	return s
}

func (p *parser) createForeignTable(pos int) ast.Statement {
	s := &ast.CreateStmt{Pos: pos, Foreign: true}
	s.IfNotExists = p.ifNotExists()
	s.Relation = p.qualifiedName()
	if p.is(kwPartition) {
		p.expectSeq(kwPartition, kwOf)
		s.PartitionOf = p.qualifiedName()
		s.Elements = p.optTypedElements()
		s.Bound = p.partitionBound()
	} else {
		s.Elements = p.tableElements()
		if p.accept(kwInherits) {
			p.expect('(')
			s.Inherits = p.qualifiedNameList()
			p.expect(')')
		}
	}
	p.expect(kwServer)
	s.Server = p.name()
	s.Options = p.genericOptions(false)
	return s
}

// fdwOptions takes HANDLER and VALIDATOR with their NO forms.
func (p *parser) fdwOptions() []*ast.DefElem {
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos()}
		no := false
		if p.is(kwNo) {
			p.next()
			no = true
			if !p.isAny(kwHandler, kwValidator) {
				p.syntaxError()
			}
		}
		if !p.isAny(kwHandler, kwValidator) {
			return list
		}
		d.Name = p.next().text
		if !no {
			d.Arg = p.anyNameNode()
		}
		list = append(list, d)
	}
}

// alterForeignDataWrapper takes ALTER FOREIGN DATA WRAPPER from FOREIGN on.
func (p *parser) alterForeignDataWrapper(pos int) ast.Statement {
	p.expectSeq(kwForeign, kwData, kwWrapper)
	at := p.pos()
	name := p.name()
	if p.isAny(kwRename, kwOwner) {
		return p.alterNamed(pos, &ast.ObjectRef{Pos: at, Kind: ast.ObjectForeignDataWrapper, Names: []string{name}}, canRename|canOwn)
	}
	s := &ast.AlterFdwStmt{Pos: pos, Name: name}
	s.FuncOptions = p.fdwOptions()
	s.Options = p.genericOptions(true)
	if s.FuncOptions == nil && s.Options == nil {
		p.syntaxError()
	}
	return s
}

// createServer takes CREATE SERVER from SERVER on.
func (p *parser) createServer(pos int) ast.Statement {
	p.expect(kwServer)
	s := &ast.CreateForeignServerStmt{Pos: pos, IfNotExists: p.ifNotExists(), Name: p.name()}
	if p.accept(kwType) {
		t := p.sconst()
		s.Type = &t
	}
	if p.accept(kwVersion) {
		s.Version = p.stringOrNull()
		s.VersionNull = s.Version == nil
	}
	p.expectSeq(kwForeign, kwData, kwWrapper)
	s.Wrapper = p.name()
	s.Options = p.genericOptions(false)
	return s
}

// alterServer takes ALTER SERVER from SERVER on.
func (p *parser) alterServer(pos int) ast.Statement {
	p.expect(kwServer)
	at := p.pos()
	name := p.name()
	if p.isAny(kwRename, kwOwner) {
		return p.alterNamed(pos, &ast.ObjectRef{Pos: at, Kind: ast.ObjectForeignServer, Names: []string{name}}, canRename|canOwn)
	}
	s := &ast.AlterForeignServerStmt{Pos: pos, Name: name}
	if p.accept(kwVersion) {
		s.HasVersion, s.Version = true, p.stringOrNull()
	}
	s.Options = p.genericOptions(true)
	if !s.HasVersion && s.Options == nil {
		p.syntaxError()
	}
	return s
}

// authIdent takes a role or USER, which stands for the current user.
func (p *parser) authIdent() *ast.RoleSpec {
	if p.is(kwUser) {
		r := &ast.RoleSpec{Pos: p.pos(), Kind: ast.RoleCurrentUser}
		p.next()
		return r
	}
	return p.roleSpec()
}

// createUserMapping takes CREATE USER MAPPING from USER on.
func (p *parser) createUserMapping(pos int) ast.Statement {
	p.expectSeq(kwUser, kwMapping)
	s := &ast.UserMappingStmt{Pos: pos, Action: ast.UserMappingCreate, Conditional: p.ifNotExists()}
	p.expect(kwFor)
	s.User = p.authIdent()
	p.expect(kwServer)
	s.Server = p.name()
	s.Options = p.genericOptions(false)
	return s
}

// alterUserMapping takes ALTER USER MAPPING from USER on.
func (p *parser) alterUserMapping(pos int) ast.Statement {
	p.expectSeq(kwUser, kwMapping, kwFor)
	s := &ast.UserMappingStmt{Pos: pos, Action: ast.UserMappingAlter, User: p.authIdent()}
	p.expect(kwServer)
	s.Server = p.name()
	s.Options = p.genericOptions(true)
	if s.Options == nil {
		p.syntaxError()
	}
	return s
}

// parseImportForeignSchema takes IMPORT FOREIGN SCHEMA.
func (p *parser) parseImportForeignSchema() ast.Statement {
	s := &ast.ImportForeignSchemaStmt{Pos: p.pos()}
	p.expectSeq(kwImport, kwForeign, kwSchema)
	s.RemoteSchema = p.name()
	switch {
	case p.is(kwLimit):
		p.expectSeq(kwLimit, kwTo)
		s.Type = ast.ImportLimitTo
	case p.accept(kwExcept):
		s.Type = ast.ImportExcept
	}
	if s.Type != ast.ImportAll {
		p.expect('(')
		for {
			s.Tables = append(s.Tables, p.relationExpr())
			if !p.accept(',') {
				break
			}
		}
		p.expect(')')
	}
	p.expectSeq(kwFrom, kwServer)
	s.Server = p.name()
	p.expect(kwInto)
	s.LocalSchema = p.name()
	s.Options = p.genericOptions(false)
	return s
}

// createPublication takes CREATE PUBLICATION from PUBLICATION on.
func (p *parser) createPublication(pos int) ast.Statement {
	p.expect(kwPublication)
	s := &ast.CreatePublicationStmt{Pos: pos, Name: p.name()}
	if p.accept(kwFor) {
		if p.is(kwAll) {
			p.expectSeq(kwAll, kwTables)
			s.AllTables = true
		} else {
			s.Objects = p.publicationObjects()
		}
	}
	s.Options = p.optWithDefinition()
	return s
}

// publicationObjects takes a pub_obj_list: a name without TABLE or TABLES IN SCHEMA is of the kind before it.
func (p *parser) publicationObjects() []*ast.PublicationObj {
	var list []*ast.PublicationObj
	var plain []bool
	for {
		o, bare := p.publicationObject()
		list, plain = append(list, o), append(plain, bare)
		if !p.accept(',') {
			break
		}
	}
	for i, o := range list {
		if !plain[i] {
			continue
		}
		if i == 0 {
			p.failDetail(o.Pos, "42601", "invalid publication object list", "One of TABLE or TABLES IN SCHEMA must be specified before a standalone table or schema name.", "")
		}
		p.continueObjects(list[i-1], o)
	}
	return list
}

// continueObjects gives o, which was written without a kind, the kind of the one before.
func (p *parser) continueObjects(before, o *ast.PublicationObj) {
	if before.Kind == ast.PublicationTable {
		if o.Kind == ast.PublicationCurrentSchema {
			p.fail(o.Pos, "42601", "invalid table name")
		}
		return
	}
	if o.Kind == ast.PublicationCurrentSchema {
		return
	}
	// PostgreSQL remembers no place for ONLY and *.
	at := o.Pos
	if o.Table.Only {
		at = -1
	}
	switch {
	case o.Where != nil:
		p.fail(at, "42601", "WHERE clause not allowed for schema")
	case o.Columns != nil:
		p.fail(at, "42601", "column specification not allowed for schema")
	case o.Table.Schema != "" || o.Table.Only:
		p.fail(at, "42601", "invalid schema name")
	}
	o.Kind, o.Schema, o.Table = ast.PublicationSchema, o.Table.Name, nil
}

// publicationObject takes one of them; bare says that its kind was not written.
func (p *parser) publicationObject() (o *ast.PublicationObj, bare bool) {
	o = &ast.PublicationObj{Pos: p.pos()}
	switch {
	case p.is(kwTable):
		p.next()
		o.Table = p.relationExpr()
	case p.is(kwTables) && p.isAt(1, kwIn):
		p.expectSeq(kwTables, kwIn, kwSchema)
		o.Pos = p.pos()
		if p.accept(kwCurrentSchema) {
			o.Kind = ast.PublicationCurrentSchema
		} else {
			o.Kind, o.Schema = ast.PublicationSchema, p.colID()
		}
		return o, false
	case p.accept(kwCurrentSchema):
		o.Kind = ast.PublicationCurrentSchema
		return o, true
	default:
		bare = true
		o.Table = p.relationExpr()
	}
	o.Columns = p.optParenNameList()
	o.Where = p.optWhereParen()
	return o, bare
}

// alterPublication takes ALTER PUBLICATION from PUBLICATION on.
func (p *parser) alterPublication(pos int) ast.Statement {
	p.expect(kwPublication)
	at := p.pos()
	s := &ast.AlterPublicationStmt{Pos: pos, Name: p.name()}
	switch {
	case p.isSeq(kwSet, '('):
		p.next()
		s.Action, s.Options = ast.PublicationSetOptions, p.definition()
	case p.accept(kwSet):
		s.Action, s.Objects = ast.PublicationSetObjects, p.publicationObjects()
	case p.accept(kwAdd):
		s.Action, s.Objects = ast.PublicationAddObjects, p.publicationObjects()
	case p.accept(kwDrop):
		s.Action, s.Objects = ast.PublicationDropObjects, p.publicationObjects()
	default:
		return p.alterNamed(pos, &ast.ObjectRef{Pos: at, Kind: ast.ObjectPublication, Names: []string{s.Name}}, canRename|canOwn)
	}
	return s
}

// createSubscription takes CREATE SUBSCRIPTION from SUBSCRIPTION on.
func (p *parser) createSubscription(pos int) ast.Statement {
	p.expect(kwSubscription)
	s := &ast.CreateSubscriptionStmt{Pos: pos, Name: p.name()}
	p.expect(kwConnection)
	s.Connection = p.sconst()
	p.expect(kwPublication)
	s.Publications = p.nameList()
	s.Options = p.optWithDefinition()
	return s
}

// alterSubscription takes ALTER SUBSCRIPTION from SUBSCRIPTION on.
func (p *parser) alterSubscription(pos int) ast.Statement {
	p.expect(kwSubscription)
	at := p.pos()
	s := &ast.AlterSubscriptionStmt{Pos: pos, Name: p.name()}
	switch {
	case p.isSeq(kwSet, '('):
		p.next()
		s.Type, s.Options = ast.SubscriptionOptions, p.definition()
	case p.isAny(kwSet, kwAdd, kwDrop):
		switch p.next().kind {
		case kwSet:
			s.Type = ast.SubscriptionSetPublication
		case kwAdd:
			s.Type = ast.SubscriptionAddPublication
		default:
			s.Type = ast.SubscriptionDropPublication
		}
		p.expect(kwPublication)
		s.Publications = p.nameList()
		s.Options = p.optWithDefinition()
	case p.accept(kwConnection):
		s.Type, s.Connection = ast.SubscriptionConnection, p.sconst()
	case p.is(kwRefresh):
		p.expectSeq(kwRefresh, kwPublication)
		s.Type, s.Options = ast.SubscriptionRefresh, p.optWithDefinition()
	case p.accept(kwEnable):
		s.Type = ast.SubscriptionEnable
	case p.accept(kwDisable):
		s.Type = ast.SubscriptionDisable
	case p.accept(kwSkip):
		s.Type, s.Options = ast.SubscriptionSkip, p.definition()
	default:
		return p.alterNamed(pos, &ast.ObjectRef{Pos: at, Kind: ast.ObjectSubscription, Names: []string{s.Name}}, canRename|canOwn)
	}
	return s
}
