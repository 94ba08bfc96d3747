package parse

import "github.com/basement-project/basement/internal/sql/ast"

// What alterNamed takes for a kind of object.
const (
	canRename = 1 << iota
	canOwn
	canSetSchema
	canDepend
)

// alterNamed takes RENAME TO, OWNER TO, SET SCHEMA or [NO] DEPENDS ON EXTENSION after an object's name.
func (p *parser) alterNamed(pos int, ref *ast.ObjectRef, can int) ast.Statement {
	switch {
	case can&canRename != 0 && p.is(kwRename):
		p.expectSeq(kwRename, kwTo)
		return &ast.RenameStmt{Pos: pos, Subject: ref.Kind, Object: ref, NewName: p.name()}
	case can&canOwn != 0 && p.is(kwOwner):
		p.expectSeq(kwOwner, kwTo)
		return &ast.AlterOwnerStmt{Pos: pos, Object: ref, Owner: p.roleSpec()}
	case can&canSetSchema != 0 && p.is(kwSet):
		p.expectSeq(kwSet, kwSchema)
		return &ast.AlterObjectSchemaStmt{Pos: pos, Object: ref, NewSchema: p.name()}
	case can&canDepend != 0 && p.isAny(kwNo, kwDepends):
		s := &ast.AlterObjectDependsStmt{Pos: pos, Object: ref}
		s.Remove = p.accept(kwNo)
		p.expectSeq(kwDepends, kwOn, kwExtension)
		s.Extension = p.name()
		return s
	}
	p.syntaxError()
	return nil
}

// alterRelation takes ALTER TABLE, FOREIGN TABLE, INDEX, SEQUENCE, VIEW and MATERIALIZED VIEW.
func (p *parser) alterRelation(pos int) ast.Statement {
	kind := ast.ObjectTable
	switch p.next().kind {
	case kwIndex:
		kind = ast.ObjectIndex
	case kwSequence:
		kind = ast.ObjectSequence
	case kwView:
		kind = ast.ObjectView
	case kwMaterialized:
		p.expect(kwView)
		kind = ast.ObjectMaterializedView
	case kwForeign:
		p.expect(kwTable)
		kind = ast.ObjectForeignTable
	}
	if p.is(kwAll) && (kind == ast.ObjectTable || kind == ast.ObjectIndex || kind == ast.ObjectMaterializedView) {
		return p.alterMoveAll(pos, kind)
	}
	missing := p.ifExists()
	var rel *ast.RangeVar
	if kind == ast.ObjectTable || kind == ast.ObjectForeignTable {
		rel = p.relationExpr()
	} else {
		rel = p.qualifiedName()
	}
	ref := &ast.ObjectRef{Pos: rel.Pos, Kind: kind}
	switch {
	case p.is(kwRename):
		return p.renameRelation(pos, ref, rel, missing)
	case p.isSeq(kwSet, kwSchema) && kind != ast.ObjectIndex:
		p.expectSeq(kwSet, kwSchema)
		return &ast.AlterObjectSchemaStmt{Pos: pos, Object: ref, Relation: rel, NewSchema: p.name(), MissingOK: missing}
	case !missing && (p.is(kwDepends) || p.isSeq(kwNo, kwDepends)) && (kind == ast.ObjectIndex || kind == ast.ObjectMaterializedView):
		s := p.alterNamed(pos, ref, canDepend).(*ast.AlterObjectDependsStmt)
		s.Relation = rel
		return s
	case kind == ast.ObjectSequence && p.startsSeqOption():
		s := &ast.AlterSeqStmt{Pos: pos, Sequence: rel, MissingOK: missing}
		for p.startsSeqOption() {
			s.Options = append(s.Options, p.seqOption())
		}
		return s
	}
	s := &ast.AlterTableStmt{Pos: pos, ObjType: kind, Relation: rel, MissingOK: missing}
	if cmd := p.partitionCommand(kind, missing); cmd != nil {
		s.Cmds = []*ast.AlterTableCmd{cmd}
		return s
	}
	for {
		s.Cmds = append(s.Cmds, p.alterTableCmd())
		if !p.accept(',') {
			return s
		}
	}
}

func (p *parser) alterMoveAll(pos int, kind ast.ObjectType) ast.Statement {
	s := &ast.AlterTableMoveAllStmt{Pos: pos, ObjType: kind}
	p.expectSeq(kwAll, kwIn, kwTablespace)
	s.From = p.name()
	if p.is(kwOwned) {
		p.expectSeq(kwOwned, kwBy)
		s.Roles = p.roleList()
	}
	p.expectSeq(kwSet, kwTablespace)
	s.To = p.name()
	s.NoWait = p.accept(kwNowait)
	return s
}

func (p *parser) renameRelation(pos int, ref *ast.ObjectRef, rel *ast.RangeVar, missing bool) ast.Statement {
	s := &ast.RenameStmt{Pos: pos, Subject: ref.Kind, Object: ref, Relation: rel, MissingOK: missing}
	p.expect(kwRename)
	switch {
	case p.accept(kwTo):
	case ref.Kind == ast.ObjectIndex || ref.Kind == ast.ObjectSequence:
		p.syntaxError()
	case p.is(kwConstraint) && ref.Kind == ast.ObjectTable:
		p.next()
		s.Subject, s.Subname = ast.ObjectTableConstraint, p.name()
		p.expect(kwTo)
	default:
		p.accept(kwColumn)
		s.Subject, s.Subname = ast.ObjectColumn, p.name()
		p.expect(kwTo)
	}
	s.NewName = p.name()
	return s
}

// partitionCommand takes ATTACH and DETACH PARTITION; nil when neither comes.
func (p *parser) partitionCommand(kind ast.ObjectType, missing bool) *ast.AlterTableCmd {
	c := &ast.AlterTableCmd{Pos: p.pos()}
	switch {
	case p.is(kwAttach) && (kind == ast.ObjectTable || kind == ast.ObjectIndex && !missing):
		p.expectSeq(kwAttach, kwPartition)
		c.Type = ast.AlterAttachPartition
		c.Relation = p.qualifiedName()
		if kind == ast.ObjectTable {
			c.Bound = p.partitionBound()
		}
		return c
	case p.is(kwDetach) && kind == ast.ObjectTable:
		p.expectSeq(kwDetach, kwPartition)
		c.Type = ast.AlterDetachPartition
		c.Relation = p.qualifiedName()
		if p.accept(kwFinalize) {
			c.Type = ast.AlterDetachPartitionFinal
		} else {
			c.Concurrently = p.accept(kwConcurrently)
		}
		return c
	}
	return nil
}

// cmdName takes a name into c.
func (p *parser) cmdName(c *ast.AlterTableCmd) {
	c.NamePos = p.pos()
	c.Name = p.name()
}

// alterTableCmd takes an alter_table_cmd.
func (p *parser) alterTableCmd() *ast.AlterTableCmd {
	c := &ast.AlterTableCmd{Pos: p.pos()}
	switch p.kind() {
	case kwAdd:
		p.next()
		if p.startsTableConstraint() {
			c.Type, c.Constraint = ast.AlterAddConstraint, p.tableConstraint()
			return c
		}
		c.Type = ast.AlterAddColumn
		p.accept(kwColumn)
		c.MissingOK = p.ifNotExists()
		c.Column = p.columnDef()
	case kwAlter:
		p.next()
		if p.accept(kwConstraint) {
			c.Type = ast.AlterAlterConstraint
			c.Constraint = &ast.Constraint{Pos: c.Pos, Type: ast.ConstrForeign, NamePos: p.pos()}
			c.Constraint.Name = p.name()
			p.constraintAttributes(c.Constraint, "ALTER CONSTRAINT statement", casDeferrable)
			return c
		}
		p.accept(kwColumn)
		p.alterColumn(c)
	case kwDrop:
		p.next()
		c.Type = ast.AlterDropColumn
		if p.accept(kwConstraint) {
			c.Type = ast.AlterDropConstraint
		} else {
			p.accept(kwColumn)
		}
		c.MissingOK = p.ifExists()
		p.cmdName(c)
		c.Cascade = p.optCascade()
	case kwValidate:
		p.expectSeq(kwValidate, kwConstraint)
		c.Type = ast.AlterValidateConstraint
		p.cmdName(c)
	case kwCluster:
		p.expectSeq(kwCluster, kwOn)
		c.Type = ast.AlterClusterOn
		p.cmdName(c)
	case kwSet:
		p.next()
		p.alterTableSet(c)
	case kwReset:
		p.next()
		c.Type, c.Options = ast.AlterResetRelOptions, p.relOptions()
	case kwEnable, kwDisable:
		p.alterTableEnable(c)
	case kwForce:
		p.expectSeq(kwForce, kwRow, kwLevel, kwSecurity)
		c.Type = ast.AlterForceRowSecurity
	case kwInherit:
		p.next()
		c.Type, c.Relation = ast.AlterAddInherit, p.qualifiedName()
	case kwNo:
		p.next()
		if p.accept(kwInherit) {
			c.Type, c.Relation = ast.AlterDropInherit, p.qualifiedName()
			break
		}
		p.expectSeq(kwForce, kwRow, kwLevel, kwSecurity)
		c.Type = ast.AlterNoForceRowSecurity
	case kwOf:
		p.next()
		c.Type, c.OfType = ast.AlterAddOf, p.anyNameNode()
	case kwNot:
		p.expectSeq(kwNot, kwOf)
		c.Type = ast.AlterDropOf
	case kwOwner:
		p.expectSeq(kwOwner, kwTo)
		c.Type, c.Owner = ast.AlterChangeOwner, p.roleSpec()
	case kwReplica:
		p.expectSeq(kwReplica, kwIdentity)
		p.replicaIdentity(c)
	case kwOptions:
		c.Type, c.Options = ast.AlterGenericOptions, p.genericOptions(true)
	default:
		p.syntaxError()
	}
	return c
}

func (p *parser) replicaIdentity(c *ast.AlterTableCmd) {
	c.Type = ast.AlterReplicaIdentity
	switch p.kind() {
	case kwNothing:
		c.Value = "nothing"
	case kwFull:
		c.Value = "full"
	case kwDefault:
		c.Value = "default"
	case kwUsing:
		p.expectSeq(kwUsing, kwIndex)
		c.Value = "index"
		p.cmdName(c)
		return
	default:
		p.syntaxError()
	}
	p.next()
}

// alterTableSet takes what follows SET in ALTER TABLE.
func (p *parser) alterTableSet(c *ast.AlterTableCmd) {
	switch p.kind() {
	case '(':
		c.Type, c.Options = ast.AlterSetRelOptions, p.relOptions()
	case kwWithout:
		p.next()
		c.Type = ast.AlterSetWithoutOids
		if p.accept(kwCluster) {
			c.Type = ast.AlterSetWithoutCluster
			return
		}
		p.expect(kwOids)
	case kwLogged:
		p.next()
		c.Type = ast.AlterSetLogged
	case kwUnlogged:
		p.next()
		c.Type = ast.AlterSetUnlogged
	case kwAccess:
		p.expectSeq(kwAccess, kwMethod)
		c.Type = ast.AlterSetAccessMethod
		if !p.accept(kwDefault) {
			p.cmdName(c)
		}
	case kwTablespace:
		p.next()
		c.Type = ast.AlterSetTablespace
		p.cmdName(c)
	default:
		p.syntaxError()
	}
}

// alterTableEnable takes ENABLE and DISABLE of triggers, rules and row security.
func (p *parser) alterTableEnable(c *ast.AlterTableCmd) {
	enable := p.next().kind == kwEnable
	mode := kind(0)
	if enable && p.isAny(kwAlways, kwReplica) {
		mode = p.next().kind
	}
	switch p.kind() {
	case kwRow:
		if mode != 0 {
			p.syntaxError()
		}
		p.expectSeq(kwRow, kwLevel, kwSecurity)
		c.Type = ast.AlterDisableRowSecurity
		if enable {
			c.Type = ast.AlterEnableRowSecurity
		}
	case kwRule:
		p.next()
		c.Type = ast.AlterDisableRule
		switch {
		case mode == kwAlways:
			c.Type = ast.AlterEnableAlwaysRule
		case mode == kwReplica:
			c.Type = ast.AlterEnableReplicaRule
		case enable:
			c.Type = ast.AlterEnableRule
		}
		p.cmdName(c)
	case kwTrigger:
		p.next()
		switch {
		case mode == kwAlways:
			c.Type = ast.AlterEnableAlwaysTrigger
		case mode == kwReplica:
			c.Type = ast.AlterEnableReplicaTrigger
		case p.accept(kwAll):
			c.Type = ast.AlterDisableTriggerAll
			if enable {
				c.Type = ast.AlterEnableTriggerAll
			}
			return
		case p.accept(kwUser):
			c.Type = ast.AlterDisableTriggerUser
			if enable {
				c.Type = ast.AlterEnableTriggerUser
			}
			return
		case enable:
			c.Type = ast.AlterEnableTrigger
		default:
			c.Type = ast.AlterDisableTrigger
		}
		p.cmdName(c)
	default:
		p.syntaxError()
	}
}

// alterColumn takes the rest of ALTER COLUMN from the column's name on.
func (p *parser) alterColumn(c *ast.AlterTableCmd) {
	c.NamePos = p.pos()
	if p.is(tokIconst) {
		n := p.iconst()
		p.expectSeq(kwSet, kwStatistics)
		c.Type, c.Number, c.Value = ast.AlterSetStatistics, int(n), p.statisticsTarget()
		if n <= 0 || n > 32767 {
			p.fail(c.NamePos, "22023", "column number must be in range from 1 to 32767")
		}
		return
	}
	c.Name = p.colID()
	switch p.kind() {
	case kwDrop:
		p.next()
		switch p.kind() {
		case kwDefault:
			p.next()
			c.Type = ast.AlterColumnDefault
		case kwNot:
			p.expectSeq(kwNot, kwNull)
			c.Type = ast.AlterDropNotNull
		case kwExpression:
			p.next()
			c.Type, c.MissingOK = ast.AlterDropExpression, p.optIfExists()
		case kwIdentity:
			p.next()
			c.Type, c.MissingOK = ast.AlterDropIdentity, p.optIfExists()
		default:
			p.syntaxError()
		}
	case kwSet:
		p.alterColumnSet(c)
	case kwReset:
		p.next()
		c.Type, c.Options = ast.AlterResetColumnOptions, p.relOptions()
	case kwRestart:
		p.identityOptions(c)
	case kwAdd:
		p.next()
		c.Type = ast.AlterAddIdentity
		k := &ast.Constraint{Pos: p.pos(), Type: ast.ConstrIdentity}
		p.expect(kwGenerated)
		k.Always = p.generatedWhen()
		p.expectSeq(kwAs, kwIdentity)
		k.Sequence = p.optParenSeqOptions()
		c.Constraint = k
	case kwType:
		p.alterColumnType(c)
	case kwOptions:
		c.Type, c.Options = ast.AlterColumnGenericOptions, p.genericOptions(true)
	default:
		p.syntaxError()
	}
}

func (p *parser) alterColumnType(c *ast.AlterTableCmd) {
	p.expect(kwType)
	c.Type, c.NewType = ast.AlterColumnType, p.typeName()
	c.Collate = p.optCollate()
	if p.accept(kwUsing) {
		c.Expr = p.expr()
	}
}

func (p *parser) alterColumnSet(c *ast.AlterTableCmd) {
	switch p.kindAt(1) {
	case kwDefault:
		p.next()
		p.next()
		c.Type, c.Expr = ast.AlterColumnDefault, p.expr()
	case kwNot:
		p.expectSeq(kwSet, kwNot, kwNull)
		c.Type = ast.AlterSetNotNull
	case kwExpression:
		p.expectSeq(kwSet, kwExpression, kwAs)
		c.Type, c.Expr = ast.AlterSetExpression, p.parenExpr()
	case kwStatistics:
		p.next()
		p.next()
		c.Type, c.Value = ast.AlterSetStatistics, p.statisticsTarget()
	case '(':
		p.next()
		c.Type, c.Options = ast.AlterSetColumnOptions, p.relOptions()
	case kwStorage:
		p.next()
		p.next()
		c.Type, c.Value = ast.AlterSetStorage, p.colIDOrDefault()
	case kwCompression:
		p.next()
		p.next()
		c.Type, c.Value = ast.AlterSetCompression, p.colIDOrDefault()
	case kwData:
		p.next()
		p.next()
		p.alterColumnType(c)
	default:
		p.identityOptions(c)
	}
}

// identityOptions takes an alter_identity_column_option_list.
func (p *parser) identityOptions(c *ast.AlterTableCmd) {
	c.Type = ast.AlterSetIdentity
	for {
		o := &ast.IdentityOption{Pos: p.pos()}
		switch {
		case p.is(kwRestart):
			o.Seq = p.seqOption()
		case p.is(kwSet):
			p.next()
			if p.accept(kwGenerated) {
				o.Always = p.generatedWhen()
				break
			}
			at := p.pos()
			o.Seq = p.seqOption()
			word := ""
			switch o.Seq.Kind {
			case ast.SeqAs:
				word = "as"
			case ast.SeqRestart:
				word = "restart"
			case ast.SeqOwnedBy:
				word = "owned_by"
			}
			if word != "" {
				p.fail(at, "42601", `sequence option "`+word+`" not supported here`)
			}
		default:
			return
		}
		c.Identity = append(c.Identity, o)
	}
}
