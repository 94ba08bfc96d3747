package parse

import "github.com/basement-project/basement/internal/sql/ast"

// roleWord takes ROLE, USER or GROUP.
func (p *parser) roleWord() ast.RoleStmtKind {
	switch p.next().kind {
	case kwUser:
		return ast.RoleStmtUser
	case kwGroup:
		return ast.RoleStmtGroup
	}
	return ast.RoleStmtRole
}

// createRole takes CREATE ROLE, USER and GROUP from that word on.
func (p *parser) createRole(pos int) ast.Statement {
	s := &ast.CreateRoleStmt{Pos: pos, Kind: p.roleWord(), NamePos: p.pos()}
	s.Role = p.roleID()
	p.accept(kwWith)
	for {
		o := p.roleOption(true)
		if o == nil {
			return s
		}
		s.Options = append(s.Options, o)
	}
}

// roleFlags are the options that are words without being keywords.
var roleFlags = map[string]struct {
	kind ast.RoleOptionKind
	on   bool
}{
	"superuser":     {ast.RoleSuperuser, true},
	"nosuperuser":   {ast.RoleSuperuser, false},
	"createrole":    {ast.RoleCreateRole, true},
	"nocreaterole":  {ast.RoleCreateRole, false},
	"replication":   {ast.RoleReplication, true},
	"noreplication": {ast.RoleReplication, false},
	"createdb":      {ast.RoleCreateDB, true},
	"nocreatedb":    {ast.RoleCreateDB, false},
	"login":         {ast.RoleLogin, true},
	"nologin":       {ast.RoleLogin, false},
	"bypassrls":     {ast.RoleBypassRLS, true},
	"nobypassrls":   {ast.RoleBypassRLS, false},
	"noinherit":     {ast.RoleInherit, false},
}

// roleOption takes one option of CREATE (create) or ALTER ROLE; nil when none comes.
func (p *parser) roleOption(create bool) *ast.RoleOption {
	o := &ast.RoleOption{Pos: p.pos()}
	switch p.kind() {
	case kwPassword:
		p.next()
		o.Kind = ast.RolePassword
		if p.accept(kwNull) {
			o.Null = true
		} else {
			o.Value = p.sconst()
		}
	case kwEncrypted:
		p.expectSeq(kwEncrypted, kwPassword)
		o.Kind, o.Value = ast.RolePassword, p.sconst()
	case kwUnencrypted:
		p.expectSeq(kwUnencrypted, kwPassword)
		p.sconst()
		p.failDetail(o.Pos, "0A000", "UNENCRYPTED PASSWORD is no longer supported", "", "Remove UNENCRYPTED to store the password in encrypted form instead.")
	case kwInherit:
		p.next()
		o.Kind, o.Bool = ast.RoleInherit, true
	case kwConnection:
		p.expectSeq(kwConnection, kwLimit)
		o.Kind, o.Value = ast.RoleConnectionLimit, p.signedText()
	case kwValid:
		p.expectSeq(kwValid, kwUntil)
		o.Kind, o.Value = ast.RoleValidUntil, p.sconst()
	case kwUser:
		p.next()
		o.Kind, o.Roles = ast.RoleMembers, p.roleList()
	case tokIdent:
		word := p.next().text
		f, ok := roleFlags[word]
		if !ok {
			p.fail(o.Pos, "42601", `unrecognized role option "`+word+`"`)
		}
		o.Kind, o.Bool = f.kind, f.on
	default:
		if !create {
			return nil
		}
		return p.createRoleOption(o)
	}
	return o
}

// createRoleOption takes the options only CREATE ROLE has.
func (p *parser) createRoleOption(o *ast.RoleOption) *ast.RoleOption {
	switch p.kind() {
	case kwSysid:
		p.next()
		o.Kind, o.Value = ast.RoleSysID, p.expect(tokIconst).text
	case kwAdmin:
		p.next()
		o.Kind, o.Roles = ast.RoleAdminMembers, p.roleList()
	case kwRole:
		p.next()
		o.Kind, o.Roles = ast.RoleMembers, p.roleList()
	case kwIn:
		p.next()
		if !p.accept(kwGroup) {
			p.expect(kwRole)
		}
		o.Kind, o.Roles = ast.RoleInRole, p.roleList()
	default:
		return nil
	}
	return o
}

// signedText takes a SignedIconst as text.
func (p *parser) signedText() string {
	sign := ""
	if p.accept('-') {
		sign = "-"
	} else {
		p.accept('+')
	}
	return sign + p.expect(tokIconst).text
}

// alterRole takes ALTER ROLE, USER and GROUP from that word on.
func (p *parser) alterRole(pos int) ast.Statement {
	if p.is(kwUser) && p.isSeq(kwUser, kwMapping, kwFor) {
		return p.alterUserMapping(pos)
	}
	word := p.roleWord()
	if word != ast.RoleStmtGroup && p.accept(kwAll) {
		return p.alterRoleSet(pos, nil)
	}
	role := p.roleSpec()
	switch {
	case p.is(kwRename):
		if role.Kind != ast.RoleName {
			p.at--
			p.roleID()
		}
		ref := &ast.ObjectRef{Pos: role.Pos, Kind: ast.ObjectRole, Names: []string{role.Name}}
		return p.alterNamed(pos, ref, canRename)
	case word == ast.RoleStmtGroup:
		s := &ast.AlterRoleStmt{Pos: pos, Role: role, Group: true}
		if p.accept(kwDrop) {
			s.Drop = true
		} else {
			p.expect(kwAdd)
		}
		o := &ast.RoleOption{Pos: p.pos(), Kind: ast.RoleMembers}
		p.expect(kwUser)
		o.Roles = p.roleList()
		s.Options = []*ast.RoleOption{o}
		return s
	case p.isAny(kwIn, kwSet, kwReset):
		return p.alterRoleSet(pos, role)
	}
	s := &ast.AlterRoleStmt{Pos: pos, Role: role}
	p.accept(kwWith)
	for {
		o := p.roleOption(false)
		if o == nil {
			return s
		}
		s.Options = append(s.Options, o)
	}
}

func (p *parser) alterRoleSet(pos int, role *ast.RoleSpec) ast.Statement {
	s := &ast.AlterRoleSetStmt{Pos: pos, Role: role}
	if p.accept(kwIn) {
		p.expect(kwDatabase)
		s.Database = p.name()
	}
	if !p.isAny(kwSet, kwReset) {
		p.syntaxError()
	}
	s.Set = p.setResetClause()
	return s
}

// parseGrant takes GRANT of rights and of roles.
func (p *parser) parseGrant() ast.Statement { return p.grantStmt(true) }

// grantStmt takes GRANT; roles says whether roles may be granted.
func (p *parser) grantStmt(roles bool) ast.Statement {
	pos := p.pos()
	p.expect(kwGrant)
	privileges, all := p.privileges()
	if roles && !all && p.accept(kwTo) {
		s := &ast.GrantRoleStmt{Pos: pos, Grant: true, Roles: privileges, Grantees: p.roleList()}
		if p.accept(kwWith) {
			for {
				o := &ast.RoleGrantOption{Pos: p.pos(), Name: p.colLabel()}
				switch p.kind() {
				case kwOption, kwTrue:
					o.Value = true
				case kwFalse:
				default:
					p.syntaxError()
				}
				p.next()
				s.Options = append(s.Options, o)
				if !p.accept(',') {
					break
				}
			}
		}
		s.GrantedBy = p.optGrantedBy()
		return s
	}
	s := &ast.GrantStmt{Pos: pos, Grant: true, Privileges: privileges}
	p.expect(kwOn)
	p.privilegeTarget(s)
	p.expect(kwTo)
	s.Grantees = p.granteeList()
	s.GrantOption = p.optGrantOption()
	s.GrantedBy = p.optGrantedBy()
	return s
}

func (p *parser) optGrantOption() bool {
	if !p.is(kwWith) {
		return false
	}
	p.expectSeq(kwWith, kwGrant, kwOption)
	return true
}

func (p *parser) optGrantedBy() *ast.RoleSpec {
	if !p.is(kwGranted) {
		return nil
	}
	p.expectSeq(kwGranted, kwBy)
	return p.roleSpec()
}

// parseRevoke takes REVOKE of rights and of roles.
func (p *parser) parseRevoke() ast.Statement {
	pos := p.pos()
	p.expect(kwRevoke)
	var option *ast.RoleGrantOption
	grantOption := false
	if p.is(kwGrant) {
		p.expectSeq(kwGrant, kwOption, kwFor)
		grantOption = true
	} else if isColID(p.kind()) && p.isAt(1, kwOption) {
		option = &ast.RoleGrantOption{Pos: p.pos(), Name: p.colID()}
		p.expectSeq(kwOption, kwFor)
	}
	privileges, all := p.privileges()
	if !all && !grantOption && p.accept(kwFrom) {
		s := &ast.GrantRoleStmt{Pos: pos, Roles: privileges, Grantees: p.roleList()}
		if option != nil {
			s.Options = []*ast.RoleGrantOption{option}
		}
		s.GrantedBy = p.optGrantedBy()
		s.Cascade = p.optCascade()
		return s
	}
	if option != nil {
		p.syntaxError()
	}
	s := &ast.GrantStmt{Pos: pos, Privileges: privileges, GrantOption: grantOption}
	p.expect(kwOn)
	p.privilegeTarget(s)
	p.expect(kwFrom)
	s.Grantees = p.granteeList()
	s.GrantedBy = p.optGrantedBy()
	s.Cascade = p.optCascade()
	return s
}

// privileges takes ALL [PRIVILEGES] [(columns)] or a list of privileges (or roles).
func (p *parser) privileges() (list []*ast.AccessPriv, all bool) {
	if p.is(kwAll) {
		a := &ast.AccessPriv{Pos: p.pos(), All: true}
		p.next()
		p.accept(kwPrivileges)
		if a.Columns = p.optParenNameList(); a.Columns != nil {
			list = []*ast.AccessPriv{a}
		}
		return list, true
	}
	for {
		a := &ast.AccessPriv{Pos: p.pos()}
		switch p.kind() {
		case kwSelect, kwReferences, kwCreate:
			a.Name = p.next().text
			a.Columns = p.optParenNameList()
		case kwAlter:
			// ALTER SYSTEM also fits no column list.
			if p.isAt(1, kwSystem) {
				p.expectSeq(kwAlter, kwSystem)
				a.Name = "alter system"
				break
			}
			p.next()
			p.syntaxError()
		default:
			a.Name = p.colID()
			a.Columns = p.optParenNameList()
		}
		list = append(list, a)
		if !p.accept(',') {
			return list, false
		}
	}
}

// privilegeTarget takes what rights are on.
func (p *parser) privilegeTarget(s *ast.GrantStmt) {
	named := isColID(p.kindAt(1))
	names := func(kind ast.ObjectType) {
		p.next()
		s.Kind, s.Objects = kind, p.nameNodes()
	}
	dotted := func(kind ast.ObjectType) {
		p.next()
		s.Kind, s.Objects = kind, p.anyNameNodes()
	}
	funcs := func(kind ast.ObjectType) {
		p.next()
		s.Kind, s.Funcs = kind, p.functionsWithArgs()
	}
	switch k := p.kind(); {
	case k == kwTable:
		p.next()
		s.Kind, s.Relations = ast.ObjectTable, p.qualifiedNameList()
	case k == kwAll:
		p.next()
		p.allInSchema(s)
	case k == kwForeign:
		p.next()
		if p.is(kwData) {
			p.next()
			if !p.is(kwWrapper) {
				p.syntaxError()
			}
			names(ast.ObjectForeignDataWrapper)
			return
		}
		if !p.is(kwServer) {
			p.syntaxError()
		}
		names(ast.ObjectForeignServer)
	case k == kwSequence && named:
		p.next()
		s.Kind, s.Relations = ast.ObjectSequence, p.qualifiedNameList()
	case k == kwFunction && (named || isTypeFuncName(p.kindAt(1))):
		funcs(ast.ObjectFunction)
	case k == kwProcedure && (named || isTypeFuncName(p.kindAt(1))):
		funcs(ast.ObjectProcedure)
	case k == kwRoutine && (named || isTypeFuncName(p.kindAt(1))):
		funcs(ast.ObjectRoutine)
	case k == kwDatabase && named:
		names(ast.ObjectDatabase)
	case k == kwDomain && named:
		dotted(ast.ObjectDomain)
	case k == kwLanguage && named:
		names(ast.ObjectLanguage)
	case k == kwLarge && p.isAt(1, kwObject):
		p.next()
		p.next()
		s.Kind = ast.ObjectLargeObject
		for {
			s.Numbers = append(s.Numbers, p.numberText())
			if !p.accept(',') {
				break
			}
		}
	case k == kwParameter && named:
		p.next()
		s.Kind = ast.ObjectParameter
		for {
			n := &ast.AnyName{Pos: p.pos(), Parts: []string{p.colID()}}
			for p.accept('.') {
				n.Parts = append(n.Parts, p.colID())
			}
			s.Objects = append(s.Objects, n)
			if !p.accept(',') {
				break
			}
		}
	case k == kwSchema && named:
		names(ast.ObjectSchema)
	case k == kwTablespace && named:
		names(ast.ObjectTablespace)
	case k == kwType && named:
		dotted(ast.ObjectDataType)
	default:
		s.Kind, s.Relations = ast.ObjectTable, p.qualifiedNameList()
	}
}

// nameNodes takes plain names with commas between.
func (p *parser) nameNodes() []*ast.AnyName {
	list := []*ast.AnyName{p.nameNode()}
	for p.accept(',') {
		list = append(list, p.nameNode())
	}
	return list
}

func (p *parser) allInSchema(s *ast.GrantStmt) {
	s.TargetType = ast.GrantAllInSchema
	switch p.kind() {
	case kwTables:
		s.Kind = ast.ObjectTable
	case kwSequences:
		s.Kind = ast.ObjectSequence
	case kwFunctions:
		s.Kind = ast.ObjectFunction
	case kwProcedures:
		s.Kind = ast.ObjectProcedure
	case kwRoutines:
		s.Kind = ast.ObjectRoutine
	default:
		p.syntaxError()
	}
	p.next()
	p.expectSeq(kwIn, kwSchema)
	s.Objects = p.nameNodes()
}

func (p *parser) granteeList() []*ast.RoleSpec {
	var list []*ast.RoleSpec
	for {
		p.accept(kwGroup)
		list = append(list, p.roleSpec())
		if !p.accept(',') {
			return list
		}
	}
}

// alterDefaultPrivileges takes ALTER DEFAULT PRIVILEGES from DEFAULT on.
func (p *parser) alterDefaultPrivileges(pos int) ast.Statement {
	p.expectSeq(kwDefault, kwPrivileges)
	s := &ast.AlterDefaultPrivilegesStmt{Pos: pos}
	for p.isAny(kwIn, kwFor) {
		o := &ast.AlterDefaultPrivilegesOption{Pos: p.pos()}
		if p.accept(kwIn) {
			p.expect(kwSchema)
			o.Schemas = p.nameList()
		} else {
			p.next()
			if !p.accept(kwUser) {
				p.expect(kwRole)
			}
			o.Roles = p.roleList()
		}
		s.Options = append(s.Options, o)
	}
	g := &ast.GrantStmt{Pos: p.pos(), TargetType: ast.GrantDefaults}
	s.Action = g
	if p.accept(kwGrant) {
		g.Grant = true
	} else {
		p.expect(kwRevoke)
		if p.is(kwGrant) {
			p.expectSeq(kwGrant, kwOption, kwFor)
			g.GrantOption = true
		}
	}
	g.Privileges, _ = p.privileges()
	p.expect(kwOn)
	switch p.kind() {
	case kwTables:
		g.Kind = ast.ObjectTable
	case kwFunctions, kwRoutines:
		g.Kind = ast.ObjectFunction
	case kwSequences:
		g.Kind = ast.ObjectSequence
	case kwTypes:
		g.Kind = ast.ObjectDataType
	case kwSchemas:
		g.Kind = ast.ObjectSchema
	default:
		p.syntaxError()
	}
	p.next()
	if g.Grant {
		p.expect(kwTo)
		g.Grantees = p.granteeList()
		g.GrantOption = p.optGrantOption()
	} else {
		p.expect(kwFrom)
		g.Grantees = p.granteeList()
		g.Cascade = p.optCascade()
	}
	return s
}

// parseReassignOwned takes REASSIGN OWNED.
func (p *parser) parseReassignOwned() ast.Statement {
	s := &ast.ReassignOwnedStmt{Pos: p.pos()}
	p.expectSeq(kwReassign, kwOwned, kwBy)
	s.Roles = p.roleList()
	p.expect(kwTo)
	s.NewRole = p.roleSpec()
	return s
}
