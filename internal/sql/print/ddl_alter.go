package print

import (
	"strconv"

	"github.com/basement-project/basement/internal/sql/ast"
)

func (p *printer) alterTable(s *ast.AlterTableStmt) {
	p.w("ALTER ", objectWords[s.ObjType], " ", when(s.MissingOK, "IF EXISTS "))
	p.rangeVar(s.Relation)
	p.w(" ")
	list(p, s.Cmds, p.alterTableCmd)
}

// alterTableWords are the commands without arguments, and with the name alone where the word ends in a blank.
var alterTableWords = map[ast.AlterTableType]string{
	ast.AlterSetWithoutOids:       "SET WITHOUT OIDS",
	ast.AlterSetWithoutCluster:    "SET WITHOUT CLUSTER",
	ast.AlterSetLogged:            "SET LOGGED",
	ast.AlterSetUnlogged:          "SET UNLOGGED",
	ast.AlterEnableTriggerAll:     "ENABLE TRIGGER ALL",
	ast.AlterEnableTriggerUser:    "ENABLE TRIGGER USER",
	ast.AlterDisableTriggerAll:    "DISABLE TRIGGER ALL",
	ast.AlterDisableTriggerUser:   "DISABLE TRIGGER USER",
	ast.AlterDropOf:               "NOT OF",
	ast.AlterEnableRowSecurity:    "ENABLE ROW LEVEL SECURITY",
	ast.AlterDisableRowSecurity:   "DISABLE ROW LEVEL SECURITY",
	ast.AlterForceRowSecurity:     "FORCE ROW LEVEL SECURITY",
	ast.AlterNoForceRowSecurity:   "NO FORCE ROW LEVEL SECURITY",
	ast.AlterValidateConstraint:   "VALIDATE CONSTRAINT ",
	ast.AlterClusterOn:            "CLUSTER ON ",
	ast.AlterEnableTrigger:        "ENABLE TRIGGER ",
	ast.AlterEnableAlwaysTrigger:  "ENABLE ALWAYS TRIGGER ",
	ast.AlterEnableReplicaTrigger: "ENABLE REPLICA TRIGGER ",
	ast.AlterDisableTrigger:       "DISABLE TRIGGER ",
	ast.AlterEnableRule:           "ENABLE RULE ",
	ast.AlterEnableAlwaysRule:     "ENABLE ALWAYS RULE ",
	ast.AlterEnableReplicaRule:    "ENABLE REPLICA RULE ",
	ast.AlterDisableRule:          "DISABLE RULE ",
	ast.AlterSetTablespace:        "SET TABLESPACE ",
}

func (p *printer) alterTableCmd(c *ast.AlterTableCmd) {
	if word, ok := alterTableWords[c.Type]; ok {
		p.w(word)
		if word[len(word)-1] == ' ' {
			p.ident(c.Name)
		}
		return
	}
	switch c.Type {
	case ast.AlterAddColumn:
		p.w("ADD COLUMN ", when(c.MissingOK, "IF NOT EXISTS "))
		p.columnDef(c.Column)
	case ast.AlterDropColumn, ast.AlterDropConstraint:
		p.w("DROP ", when(c.Type == ast.AlterDropColumn, "COLUMN "), when(c.Type == ast.AlterDropConstraint, "CONSTRAINT "), when(c.MissingOK, "IF EXISTS "))
		p.ident(c.Name)
		p.cascade(c.Cascade)
	case ast.AlterAddConstraint:
		p.w("ADD ")
		p.tableConstraint(c.Constraint)
	case ast.AlterAlterConstraint:
		p.w("ALTER CONSTRAINT ")
		p.ident(c.Constraint.Name)
		p.constraintAttributes(c.Constraint)
	case ast.AlterAddInherit:
		p.w("INHERIT ")
		p.rangeVar(c.Relation)
	case ast.AlterDropInherit:
		p.w("NO INHERIT ")
		p.rangeVar(c.Relation)
	case ast.AlterAddOf:
		p.w("OF ")
		p.names(c.OfType.Parts)
	case ast.AlterChangeOwner:
		p.w("OWNER TO ")
		p.role(c.Owner)
	case ast.AlterSetAccessMethod:
		p.w("SET ACCESS METHOD ")
		p.nameOrDefault(c.Name)
	case ast.AlterSetRelOptions:
		p.optOptions("SET ", c.Options)
	case ast.AlterResetRelOptions:
		p.optOptions("RESET ", c.Options)
	case ast.AlterReplicaIdentity:
		p.replicaIdentity(c)
	case ast.AlterGenericOptions:
		p.alterOptions(c.Options)
	case ast.AlterAttachPartition:
		p.w("ATTACH PARTITION ")
		p.rangeVar(c.Relation)
		if c.Bound != nil {
			p.w(" ")
			p.partitionBound(c.Bound)
		}
	case ast.AlterDetachPartition:
		p.w("DETACH PARTITION ")
		p.rangeVar(c.Relation)
		p.w(when(c.Concurrently, " CONCURRENTLY"))
	case ast.AlterDetachPartitionFinal:
		p.w("DETACH PARTITION ")
		p.rangeVar(c.Relation)
		p.w(" FINALIZE")
	case ast.AlterAddAttribute:
		p.w("ADD ATTRIBUTE ")
		p.columnDef(c.Column)
		p.cascade(c.Cascade)
	case ast.AlterDropAttribute:
		p.w("DROP ATTRIBUTE ", when(c.MissingOK, "IF EXISTS "))
		p.ident(c.Name)
		p.cascade(c.Cascade)
	case ast.AlterAttributeType:
		p.w("ALTER ATTRIBUTE ")
		p.ident(c.Name)
		p.w(" TYPE ")
		p.typeName(c.NewType)
		p.collate(c.Collate)
		p.cascade(c.Cascade)
	default:
		p.alterColumn(c)
	}
}

func (p *printer) replicaIdentity(c *ast.AlterTableCmd) {
	p.w("REPLICA IDENTITY ")
	switch c.Value {
	case "nothing":
		p.w("NOTHING")
	case "full":
		p.w("FULL")
	case "default":
		p.w("DEFAULT")
	default:
		p.w("USING INDEX ")
		p.ident(c.Name)
	}
}

// nameOrDefault prints a name, DEFAULT when there is none.
func (p *printer) nameOrDefault(name string) {
	if name == "" {
		p.w("DEFAULT")
		return
	}
	p.ident(name)
}

func (p *printer) alterColumn(c *ast.AlterTableCmd) {
	p.w("ALTER COLUMN ")
	if c.Name == "" {
		p.w(strconv.Itoa(c.Number))
	} else {
		p.ident(c.Name)
	}
	p.w(" ")
	switch c.Type {
	case ast.AlterColumnDefault:
		if c.Expr == nil {
			p.w("DROP DEFAULT")
			return
		}
		p.w("SET DEFAULT ")
		p.expr(c.Expr)
	case ast.AlterSetNotNull:
		p.w("SET NOT NULL")
	case ast.AlterDropNotNull:
		p.w("DROP NOT NULL")
	case ast.AlterSetExpression:
		p.w("SET EXPRESSION AS (")
		p.expr(c.Expr)
		p.w(")")
	case ast.AlterDropExpression:
		p.w("DROP EXPRESSION", when(c.MissingOK, " IF EXISTS"))
	case ast.AlterSetStatistics:
		p.w("SET STATISTICS ", c.Value, when(c.Value == "", "DEFAULT"))
	case ast.AlterSetColumnOptions:
		p.optOptions("SET ", c.Options)
	case ast.AlterResetColumnOptions:
		p.optOptions("RESET ", c.Options)
	case ast.AlterSetStorage:
		p.w("SET STORAGE ")
		p.ident(c.Value)
	case ast.AlterSetCompression:
		p.w("SET COMPRESSION ")
		p.ident(c.Value)
	case ast.AlterAddIdentity:
		p.w("ADD GENERATED ", generated(c.Constraint.Always), " AS IDENTITY")
		p.parenSeqOptions(c.Constraint.Sequence)
	case ast.AlterSetIdentity:
		for i, o := range c.Identity {
			p.w(when(i > 0, " "))
			switch {
			case o.Seq == nil:
				p.w("SET GENERATED ", generated(o.Always))
			case o.Seq.Kind == ast.SeqRestart:
				p.seqOption(o.Seq)
			default:
				p.w("SET ")
				p.seqOption(o.Seq)
			}
		}
	case ast.AlterDropIdentity:
		p.w("DROP IDENTITY", when(c.MissingOK, " IF EXISTS"))
	case ast.AlterColumnType:
		p.w("TYPE ")
		p.typeName(c.NewType)
		p.collate(c.Collate)
		if c.Expr != nil {
			p.w(" USING ")
			p.expr(c.Expr)
		}
	case ast.AlterColumnGenericOptions:
		p.alterOptions(c.Options)
	}
}

func (p *printer) alterMoveAll(s *ast.AlterTableMoveAllStmt) {
	p.w("ALTER ", objectWords[s.ObjType], " ALL IN TABLESPACE ")
	p.ident(s.From)
	if len(s.Roles) > 0 {
		p.w(" OWNED BY ")
		list(p, s.Roles, p.role)
	}
	p.w(" SET TABLESPACE ")
	p.ident(s.To)
	p.w(when(s.NoWait, " NOWAIT"))
}

// alterTarget prints ALTER and the object an ALTER of a name, schema or extension is about.
func (p *printer) alterTarget(ref *ast.ObjectRef, rel *ast.RangeVar, missing bool) {
	p.w("ALTER ", objectWords[ref.Kind], " ", when(missing, "IF EXISTS "))
	switch {
	case rel == nil:
		p.objectName(ref)
	case len(ref.Names) > 0:
		p.ident(ref.Names[0])
		p.w(" ON ")
		p.rangeVar(rel)
	default:
		p.rangeVar(rel)
	}
}

func (p *printer) rename(s *ast.RenameStmt) {
	p.alterTarget(s.Object, s.Relation, s.MissingOK)
	p.w(" RENAME ")
	switch s.Subject {
	case ast.ObjectColumn:
		p.w("COLUMN ")
	case ast.ObjectTableConstraint, ast.ObjectDomainConstraint:
		p.w("CONSTRAINT ")
	case ast.ObjectAttribute:
		p.w("ATTRIBUTE ")
	}
	if s.Subname != "" {
		p.ident(s.Subname)
		p.w(" ")
	}
	p.w("TO ")
	p.ident(s.NewName)
	p.cascade(s.Cascade)
}

func (p *printer) alterOwner(s *ast.AlterOwnerStmt) {
	p.alterTarget(s.Object, nil, false)
	p.w(" OWNER TO ")
	p.role(s.Owner)
}

func (p *printer) alterObjectSchema(s *ast.AlterObjectSchemaStmt) {
	p.alterTarget(s.Object, s.Relation, s.MissingOK)
	p.w(" SET SCHEMA ")
	p.ident(s.NewSchema)
}

func (p *printer) alterObjectDepends(s *ast.AlterObjectDependsStmt) {
	p.alterTarget(s.Object, s.Relation, false)
	p.w(when(s.Remove, " NO"), " DEPENDS ON EXTENSION ")
	p.ident(s.Extension)
}

func (p *printer) alterEnum(s *ast.AlterEnumStmt) {
	p.w("ALTER TYPE ")
	p.names(s.Name.Parts)
	if s.Rename {
		p.w(" RENAME VALUE ")
		p.literal(s.OldValue)
		p.w(" TO ")
		p.literal(s.NewValue)
		return
	}
	p.w(" ADD VALUE ", when(s.SkipIfExists, "IF NOT EXISTS "))
	p.literal(s.NewValue)
	if s.HasNeighbor {
		p.w(when(s.After, " AFTER "), when(!s.After, " BEFORE "))
		p.literal(s.Neighbor)
	}
}

func (p *printer) alterDomain(s *ast.AlterDomainStmt) {
	p.w("ALTER DOMAIN ")
	p.names(s.Name.Parts)
	switch s.Type {
	case ast.DomainDefault:
		if s.Expr == nil {
			p.w(" DROP DEFAULT")
			break
		}
		p.w(" SET DEFAULT ")
		p.expr(s.Expr)
	case ast.DomainSetNotNull:
		p.w(" SET NOT NULL")
	case ast.DomainDropNotNull:
		p.w(" DROP NOT NULL")
	case ast.DomainAddConstraint:
		p.w(" ADD ")
		p.tableConstraint(s.Constraint)
	case ast.DomainDropConstraint:
		p.w(" DROP CONSTRAINT ", when(s.MissingOK, "IF EXISTS "))
		p.ident(s.ConName)
		p.cascade(s.Cascade)
	case ast.DomainValidateConstraint:
		p.w(" VALIDATE CONSTRAINT ")
		p.ident(s.ConName)
	}
}

func (p *printer) createDomain(s *ast.CreateDomainStmt) {
	p.w("CREATE DOMAIN ")
	p.names(s.Name.Parts)
	p.w(" AS ")
	p.typeName(s.Type)
	p.collate(s.Collate)
	p.columnConstraints(s.Constraints)
}

func (p *printer) define(s *ast.DefineStmt) {
	p.w("CREATE ", when(s.Replace, "OR REPLACE "), objectWords[s.Kind], " ", when(s.IfNotExists, "IF NOT EXISTS "))
	switch {
	case s.Kind == ast.ObjectOperator:
		p.qualifiedOperator(s.Name)
	default:
		p.names(s.Name)
	}
	if s.Args != nil {
		p.aggregateArgs(s.Args)
	}
	switch {
	case s.From != nil:
		p.w(" FROM ")
		p.names(s.From.Parts)
	case s.Defined:
		p.optOptions(" ", s.Definition)
	}
}

func (p *printer) compositeType(s *ast.CompositeTypeStmt) {
	p.w("CREATE TYPE ")
	p.names(s.Name.Parts)
	p.w(" AS (")
	list(p, s.Columns, p.columnDef)
	p.w(")")
}

func (p *printer) createEnum(s *ast.CreateEnumStmt) {
	p.w("CREATE TYPE ")
	p.names(s.Name.Parts)
	p.w(" AS ENUM (")
	list(p, s.Labels, p.literal)
	p.w(")")
}
