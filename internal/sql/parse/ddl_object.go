package parse

import "github.com/basement-project/basement/internal/sql/ast"

// objectTypeAnyName takes the words of an object_type_any_name: kinds named by a dotted name.
func (p *parser) objectTypeAnyName() (ast.ObjectType, bool) {
	switch p.kind() {
	case kwTable:
		p.next()
		return ast.ObjectTable, true
	case kwSequence:
		p.next()
		return ast.ObjectSequence, true
	case kwView:
		p.next()
		return ast.ObjectView, true
	case kwMaterialized:
		p.expectSeq(kwMaterialized, kwView)
		return ast.ObjectMaterializedView, true
	case kwIndex:
		p.next()
		return ast.ObjectIndex, true
	case kwForeign:
		if p.isAt(1, kwData) {
			return 0, false
		}
		p.expectSeq(kwForeign, kwTable)
		return ast.ObjectForeignTable, true
	case kwCollation:
		p.next()
		return ast.ObjectCollation, true
	case kwConversion:
		p.next()
		return ast.ObjectConversion, true
	case kwStatistics:
		p.next()
		return ast.ObjectStatistics, true
	case kwText:
		return p.textSearchKind(), true
	}
	return 0, false
}

// dropTypeName takes the words of a drop_type_name: kinds named by a plain name.
func (p *parser) dropTypeName() (ast.ObjectType, bool) {
	switch p.kind() {
	case kwAccess:
		p.expectSeq(kwAccess, kwMethod)
		return ast.ObjectAccessMethod, true
	case kwEvent:
		p.expectSeq(kwEvent, kwTrigger)
		return ast.ObjectEventTrigger, true
	case kwExtension:
		p.next()
		return ast.ObjectExtension, true
	case kwForeign:
		p.expectSeq(kwForeign, kwData, kwWrapper)
		return ast.ObjectForeignDataWrapper, true
	case kwProcedural, kwLanguage:
		p.accept(kwProcedural)
		p.expect(kwLanguage)
		return ast.ObjectLanguage, true
	case kwPublication:
		p.next()
		return ast.ObjectPublication, true
	case kwSchema:
		p.next()
		return ast.ObjectSchema, true
	case kwServer:
		p.next()
		return ast.ObjectForeignServer, true
	}
	return 0, false
}

// objectTypeName takes the words of an object_type_name.
func (p *parser) objectTypeName() (ast.ObjectType, bool) {
	switch p.kind() {
	case kwDatabase:
		p.next()
		return ast.ObjectDatabase, true
	case kwRole:
		p.next()
		return ast.ObjectRole, true
	case kwSubscription:
		p.next()
		return ast.ObjectSubscription, true
	case kwTablespace:
		p.next()
		return ast.ObjectTablespace, true
	}
	return p.dropTypeName()
}

// onTableKind takes POLICY, RULE or TRIGGER.
func (p *parser) onTableKind() (ast.ObjectType, bool) {
	switch p.kind() {
	case kwPolicy:
		p.next()
		return ast.ObjectPolicy, true
	case kwRule:
		p.next()
		return ast.ObjectRule, true
	case kwTrigger:
		p.next()
		return ast.ObjectTrigger, true
	}
	return 0, false
}

// parseDrop takes DROP of everything.
func (p *parser) parseDrop() ast.Statement {
	pos := p.pos()
	p.expect(kwDrop)
	s := &ast.DropStmt{Pos: pos}
	switch p.kind() {
	case kwFunction, kwProcedure, kwRoutine:
		s.Kind = p.routineKind()
		s.MissingOK = p.ifExists()
		for _, f := range p.functionsWithArgs() {
			s.Objects = append(s.Objects, &ast.ObjectRef{Pos: f.Pos, Kind: s.Kind, Func: f})
		}
	case kwAggregate:
		p.next()
		s.Kind = ast.ObjectAggregate
		p.dropSigned(s, p.aggregateWithArgs)
	case kwOperator:
		p.next()
		if p.isOperatorClass() {
			return p.dropOperatorClass(s)
		}
		s.Kind = ast.ObjectOperator
		p.dropSigned(s, p.operatorWithArgs)
	case kwType, kwDomain:
		s.Kind = ast.ObjectDataType
		if p.next().kind == kwDomain {
			s.Kind = ast.ObjectDomain
		}
		s.MissingOK = p.ifExists()
		for {
			t := p.typeName()
			s.Objects = append(s.Objects, &ast.ObjectRef{Pos: t.Pos, Kind: s.Kind, Type: t})
			if !p.accept(',') {
				break
			}
		}
	case kwCast:
		p.next()
		s.Kind = ast.ObjectCast
		s.MissingOK = p.optIfExists()
		ref := &ast.ObjectRef{Pos: p.pos(), Kind: s.Kind}
		ref.Type, ref.Target = p.castTypes()
		s.Objects = []*ast.ObjectRef{ref}
	case kwTransform:
		p.next()
		s.Kind = ast.ObjectTransform
		s.MissingOK = p.optIfExists()
		s.Objects = []*ast.ObjectRef{p.transformRef()}
	case kwRole, kwGroup, kwUser:
		return p.dropRole(pos)
	case kwOwned:
		p.expectSeq(kwOwned, kwBy)
		o := &ast.DropOwnedStmt{Pos: pos, Roles: p.roleList()}
		o.Cascade = p.optCascade()
		return o
	case kwDatabase:
		return p.dropDatabase(pos)
	case kwTablespace:
		p.next()
		return &ast.DropTableSpaceStmt{Pos: pos, MissingOK: p.ifExists(), Name: p.name()}
	case kwSubscription:
		p.next()
		d := &ast.DropSubscriptionStmt{Pos: pos, MissingOK: p.ifExists(), Name: p.name()}
		d.Cascade = p.optCascade()
		return d
	default:
		p.dropNamed(s)
	}
	s.Cascade = p.optCascade()
	return s
}

// dropSigned takes objects with arguments: aggregates and operators.
func (p *parser) dropSigned(s *ast.DropStmt, read func() *ast.ObjectWithArgs) {
	s.MissingOK = p.ifExists()
	for {
		f := read()
		s.Objects = append(s.Objects, &ast.ObjectRef{Pos: f.Pos, Kind: s.Kind, Func: f})
		if !p.accept(',') {
			return
		}
	}
}

func (p *parser) dropOperatorClass(s *ast.DropStmt) ast.Statement {
	ref := &ast.ObjectRef{Kind: ast.ObjectOperatorClass}
	if p.next().kind == kwFamily {
		ref.Kind = ast.ObjectOperatorFamily
	}
	s.Kind = ref.Kind
	s.MissingOK = p.ifExists()
	ref.Pos = p.pos()
	ref.Names = p.anyName()
	p.expect(kwUsing)
	ref.Using = p.name()
	s.Objects = []*ast.ObjectRef{ref}
	s.Cascade = p.optCascade()
	return s
}

// dropNamed takes the kinds whose objects have a plain or dotted name, and those on a table.
func (p *parser) dropNamed(s *ast.DropStmt) {
	if kind, ok := p.onTableKind(); ok {
		s.Kind = kind
		s.MissingOK = p.ifExists()
		s.Objects = []*ast.ObjectRef{p.onTableRef(kind)}
		return
	}
	if kind, ok := p.objectTypeAnyName(); ok {
		s.Kind = kind
		if kind == ast.ObjectIndex {
			s.Concurrently = p.accept(kwConcurrently)
		}
		s.MissingOK = p.ifExists()
		for {
			s.Objects = append(s.Objects, &ast.ObjectRef{Pos: p.pos(), Kind: kind, Names: p.anyName()})
			if !p.accept(',') {
				return
			}
		}
	}
	kind, ok := p.dropTypeName()
	if !ok {
		p.syntaxError()
	}
	s.Kind = kind
	s.MissingOK = p.ifExists()
	for {
		s.Objects = append(s.Objects, &ast.ObjectRef{Pos: p.pos(), Kind: kind, Names: []string{p.name()}})
		if !p.accept(',') {
			return
		}
	}
}

// onTableRef takes name ON table.
func (p *parser) onTableRef(kind ast.ObjectType) *ast.ObjectRef {
	ref := &ast.ObjectRef{Pos: p.pos(), Kind: kind, Names: []string{p.name()}}
	p.expect(kwOn)
	ref.On = p.anyNameNode()
	return ref
}

// transformRef takes FOR type LANGUAGE name.
func (p *parser) transformRef() *ast.ObjectRef {
	p.expect(kwFor)
	ref := &ast.ObjectRef{Pos: p.pos(), Kind: ast.ObjectTransform, Type: p.typeName()}
	p.expect(kwLanguage)
	ref.Using = p.name()
	return ref
}

func (p *parser) dropRole(pos int) ast.Statement {
	if p.isSeq(kwUser, kwMapping) && (p.isAt(2, kwFor) || p.isAt(2, kwIf)) {
		p.next()
		p.next()
		s := &ast.UserMappingStmt{Pos: pos, Action: ast.UserMappingDrop, Conditional: p.optIfExists()}
		p.expect(kwFor)
		s.User = p.authIdent()
		p.expect(kwServer)
		s.Server = p.name()
		return s
	}
	p.next()
	s := &ast.DropRoleStmt{Pos: pos, MissingOK: p.ifExists()}
	s.Roles = p.roleList()
	return s
}

func (p *parser) dropDatabase(pos int) ast.Statement {
	p.expect(kwDatabase)
	s := &ast.DropdbStmt{Pos: pos, MissingOK: p.ifExists(), Name: p.name()}
	with := p.accept(kwWith)
	if with || p.is('(') {
		p.expect('(')
		for {
			p.expect(kwForce)
			s.Force++
			if !p.accept(',') {
				break
			}
		}
		p.expect(')')
	}
	return s
}

// parseComment takes COMMENT ON.
func (p *parser) parseComment() ast.Statement {
	s := &ast.CommentStmt{Pos: p.pos()}
	p.expectSeq(kwComment, kwOn)
	s.Object = p.objectRef(true)
	p.expect(kwIs)
	s.Comment = p.stringOrNull()
	return s
}

func (p *parser) stringOrNull() *string {
	if p.accept(kwNull) {
		return nil
	}
	text := p.sconst()
	return &text
}

// parseSecurityLabel takes SECURITY LABEL.
func (p *parser) parseSecurityLabel() ast.Statement {
	s := &ast.SecLabelStmt{Pos: p.pos()}
	p.expectSeq(kwSecurity, kwLabel)
	if p.accept(kwFor) {
		s.HasProvider, s.Provider = true, p.wordOrString().Text
	}
	p.expect(kwOn)
	s.Object = p.objectRef(false)
	p.expect(kwIs)
	s.Label = p.stringOrNull()
	return s
}

// objectRef takes what COMMENT ON (comment) or SECURITY LABEL ON names.
func (p *parser) objectRef(comment bool) *ast.ObjectRef {
	switch p.kind() {
	case kwColumn:
		p.next()
		return &ast.ObjectRef{Pos: p.pos(), Kind: ast.ObjectColumn, Names: p.anyName()}
	case kwLarge:
		p.expectSeq(kwLarge, kwObject)
		return &ast.ObjectRef{Pos: p.pos(), Kind: ast.ObjectLargeObject, Number: p.numberText()}
	}
	if comment {
		switch p.kind() {
		case kwConstraint:
			p.next()
			ref := &ast.ObjectRef{Pos: p.pos(), Kind: ast.ObjectTableConstraint, Names: []string{p.name()}}
			p.expect(kwOn)
			if p.is(kwDomain) && isColID(p.kindAt(1)) {
				p.next()
				ref.Kind = ast.ObjectDomainConstraint
			}
			ref.On = p.anyNameNode()
			return ref
		case kwPolicy, kwRule, kwTrigger:
			kind, _ := p.onTableKind()
			return p.onTableRef(kind)
		}
	}
	return p.memberRef(comment)
}

// memberRef takes the objects COMMENT, SECURITY LABEL and ALTER EXTENSION share; all adds the kinds that have no
// security label.
func (p *parser) memberRef(all bool) *ast.ObjectRef {
	switch p.kind() {
	case kwType, kwDomain:
		kind := ast.ObjectDataType
		if p.next().kind == kwDomain {
			kind = ast.ObjectDomain
		}
		return &ast.ObjectRef{Pos: p.pos(), Kind: kind, Type: p.typeName()}
	case kwAggregate:
		p.next()
		f := p.aggregateWithArgs()
		return &ast.ObjectRef{Pos: f.Pos, Kind: ast.ObjectAggregate, Func: f}
	case kwFunction, kwProcedure, kwRoutine:
		kind := p.routineKind()
		f := p.functionWithArgs()
		return &ast.ObjectRef{Pos: f.Pos, Kind: kind, Func: f}
	}
	if all {
		switch p.kind() {
		case kwOperator:
			p.next()
			if p.isOperatorClass() {
				return p.operatorClassRef()
			}
			f := p.operatorWithArgs()
			return &ast.ObjectRef{Pos: f.Pos, Kind: ast.ObjectOperator, Func: f}
		case kwCast:
			p.next()
			ref := &ast.ObjectRef{Pos: p.pos(), Kind: ast.ObjectCast}
			ref.Type, ref.Target = p.castTypes()
			return ref
		case kwTransform:
			p.next()
			return p.transformRef()
		}
	}
	if kind, ok := p.objectTypeAnyName(); ok {
		return &ast.ObjectRef{Pos: p.pos(), Kind: kind, Names: p.anyName()}
	}
	if kind, ok := p.objectTypeName(); ok {
		return &ast.ObjectRef{Pos: p.pos(), Kind: kind, Names: []string{p.name()}}
	}
	p.syntaxError()
	return nil
}

// alterObject takes ALTER of the kinds that can only be renamed, given away or moved, from the kind's word on.
func (p *parser) alterObject(pos int) ast.Statement {
	switch p.kind() {
	case kwAggregate:
		return p.alterNamed(pos, p.memberRef(true), canRename|canOwn|canSetSchema)
	case kwConversion:
		p.next()
		return p.alterNamed(pos, &ast.ObjectRef{Pos: p.pos(), Kind: ast.ObjectConversion, Names: p.anyName()}, canRename|canOwn|canSetSchema)
	case kwLarge:
		return p.alterNamed(pos, p.objectRef(false), canOwn)
	}
	kind, _ := p.dropTypeName()
	return p.alterNamed(pos, &ast.ObjectRef{Pos: p.pos(), Kind: kind, Names: []string{p.name()}}, canRename|canOwn)
}
