package print

import "github.com/basement-project/basement/internal/sql/ast"

// objectWords are the words that name a kind of object.
var objectWords = map[ast.ObjectType]string{
	ast.ObjectAccessMethod:       "ACCESS METHOD",
	ast.ObjectAggregate:          "AGGREGATE",
	ast.ObjectCast:               "CAST",
	ast.ObjectCollation:          "COLLATION",
	ast.ObjectColumn:             "COLUMN",
	ast.ObjectConversion:         "CONVERSION",
	ast.ObjectDatabase:           "DATABASE",
	ast.ObjectDomain:             "DOMAIN",
	ast.ObjectDomainConstraint:   "CONSTRAINT",
	ast.ObjectEventTrigger:       "EVENT TRIGGER",
	ast.ObjectExtension:          "EXTENSION",
	ast.ObjectForeignDataWrapper: "FOREIGN DATA WRAPPER",
	ast.ObjectForeignServer:      "SERVER",
	ast.ObjectForeignTable:       "FOREIGN TABLE",
	ast.ObjectFunction:           "FUNCTION",
	ast.ObjectIndex:              "INDEX",
	ast.ObjectLanguage:           "LANGUAGE",
	ast.ObjectLargeObject:        "LARGE OBJECT",
	ast.ObjectMaterializedView:   "MATERIALIZED VIEW",
	ast.ObjectOperator:           "OPERATOR",
	ast.ObjectOperatorClass:      "OPERATOR CLASS",
	ast.ObjectOperatorFamily:     "OPERATOR FAMILY",
	ast.ObjectParameter:          "PARAMETER",
	ast.ObjectPolicy:             "POLICY",
	ast.ObjectProcedure:          "PROCEDURE",
	ast.ObjectPublication:        "PUBLICATION",
	ast.ObjectRole:               "ROLE",
	ast.ObjectRoutine:            "ROUTINE",
	ast.ObjectRule:               "RULE",
	ast.ObjectSchema:             "SCHEMA",
	ast.ObjectSequence:           "SEQUENCE",
	ast.ObjectStatistics:         "STATISTICS",
	ast.ObjectSubscription:       "SUBSCRIPTION",
	ast.ObjectTable:              "TABLE",
	ast.ObjectTableConstraint:    "CONSTRAINT",
	ast.ObjectTablespace:         "TABLESPACE",
	ast.ObjectTransform:          "TRANSFORM",
	ast.ObjectTrigger:            "TRIGGER",
	ast.ObjectTSConfiguration:    "TEXT SEARCH CONFIGURATION",
	ast.ObjectTSDictionary:       "TEXT SEARCH DICTIONARY",
	ast.ObjectTSParser:           "TEXT SEARCH PARSER",
	ast.ObjectTSTemplate:         "TEXT SEARCH TEMPLATE",
	ast.ObjectDataType:           "TYPE",
	ast.ObjectView:               "VIEW",
}

// object writes an object's kind and name.
func (p *printer) object(ref *ast.ObjectRef) {
	p.w(objectWords[ref.Kind], " ")
	p.objectName(ref)
}

// objectName writes an object's name without its kind.
func (p *printer) objectName(ref *ast.ObjectRef) {
	switch ref.Kind {
	case ast.ObjectAggregate:
		p.names(ref.Func.Name)
		p.aggregateArgs(ref.Func)
		return
	case ast.ObjectFunction, ast.ObjectProcedure, ast.ObjectRoutine:
		p.functionRef(ref.Func)
		return
	case ast.ObjectOperator:
		p.operatorRef(ref.Func)
		return
	case ast.ObjectCast:
		p.castTypes(ref.Type, ref.Target)
		return
	case ast.ObjectTransform:
		p.w("FOR ")
		p.typeName(ref.Type)
		p.optName(" LANGUAGE ", ref.Using)
		return
	case ast.ObjectLargeObject:
		p.w(ref.Number)
		return
	}
	if ref.Type != nil {
		p.typeName(ref.Type)
		return
	}
	p.names(ref.Names)
	p.optName(" USING ", ref.Using)
	if ref.On != nil {
		p.w(" ON ", when(ref.Kind == ast.ObjectDomainConstraint, "DOMAIN "))
		p.names(ref.On.Parts)
	}
}

func (p *printer) stringOrNull(s *string) {
	if s == nil {
		p.w("NULL")
		return
	}
	p.literal(*s)
}

// ddlObject writes what is about objects of any kind, roles, rights, databases and extensions.
func (p *printer) ddlObject(n ast.Statement) bool {
	switch n := n.(type) {
	case *ast.DropStmt:
		p.w("DROP ", objectWords[n.Kind], " ", when(n.Concurrently, "CONCURRENTLY "), when(n.MissingOK, "IF EXISTS "))
		list(p, n.Objects, p.objectName)
		p.cascade(n.Cascade)
	case *ast.CommentStmt:
		p.w("COMMENT ON ")
		p.object(n.Object)
		p.w(" IS ")
		p.stringOrNull(n.Comment)
	case *ast.SecLabelStmt:
		p.w("SECURITY LABEL ")
		if n.HasProvider {
			p.w("FOR ")
			p.literal(n.Provider)
			p.w(" ")
		}
		p.w("ON ")
		p.object(n.Object)
		p.w(" IS ")
		p.stringOrNull(n.Label)
	case *ast.CreateExtensionStmt:
		p.createExtension(n)
	case *ast.AlterExtensionStmt:
		p.w("ALTER EXTENSION ")
		p.ident(n.Name)
		p.w(" UPDATE")
		for _, v := range n.To {
			p.w(" TO ")
			p.literal(v)
		}
	case *ast.AlterExtensionContentsStmt:
		p.w("ALTER EXTENSION ")
		p.ident(n.Name)
		p.w(when(n.Drop, " DROP "), when(!n.Drop, " ADD "))
		p.object(n.Object)
	case *ast.CreateTableSpaceStmt:
		p.w("CREATE TABLESPACE ")
		p.ident(n.Name)
		if n.Owner != nil {
			p.w(" OWNER ")
			p.role(n.Owner)
		}
		p.w(" LOCATION ")
		p.literal(n.Location)
		p.optOptions(" WITH ", n.Options)
	case *ast.AlterTableSpaceOptionsStmt:
		p.w("ALTER TABLESPACE ")
		p.ident(n.Name)
		p.optOptions(when(n.Reset, " RESET ")+when(!n.Reset, " SET "), n.Options)
	case *ast.DropTableSpaceStmt:
		p.w("DROP TABLESPACE ", when(n.MissingOK, "IF EXISTS "))
		p.ident(n.Name)
	case *ast.CreatedbStmt:
		p.w("CREATE DATABASE ")
		p.ident(n.Name)
		p.databaseOptions(n.Options)
	case *ast.AlterDatabaseStmt:
		p.w("ALTER DATABASE ")
		p.ident(n.Name)
		p.optName(" SET TABLESPACE ", n.Tablespace)
		p.databaseOptions(n.Options)
	case *ast.AlterDatabaseRefreshCollStmt:
		p.w("ALTER DATABASE ")
		p.ident(n.Name)
		p.w(" REFRESH COLLATION VERSION")
	case *ast.AlterDatabaseSetStmt:
		p.w("ALTER DATABASE ")
		p.ident(n.Name)
		p.w(" ")
		p.statement(n.Set)
	case *ast.DropdbStmt:
		p.w("DROP DATABASE ", when(n.MissingOK, "IF EXISTS "))
		p.ident(n.Name)
		for i := range n.Force {
			p.w(when(i == 0, " (FORCE"), when(i > 0, ", FORCE"), when(i == n.Force-1, ")"))
		}
	case *ast.AlterSystemStmt:
		p.w("ALTER SYSTEM ")
		p.statement(n.Set)
	case *ast.AlterCollationStmt:
		p.w("ALTER COLLATION ")
		p.names(n.Name.Parts)
		p.w(" REFRESH VERSION")
	case *ast.AlterTSDictionaryStmt:
		p.w("ALTER TEXT SEARCH DICTIONARY ")
		p.names(n.Name.Parts)
		p.optOptions(" ", n.Options)
	case *ast.AlterTSConfigurationStmt:
		p.alterTSConfiguration(n)
	default:
		return p.ddlRole(n)
	}
	return true
}

func (p *printer) createExtension(s *ast.CreateExtensionStmt) {
	p.w("CREATE EXTENSION ", when(s.IfNotExists, "IF NOT EXISTS "))
	p.ident(s.Name)
	for _, d := range s.Options {
		c, ok := d.Arg.(*ast.AConst)
		if !ok {
			continue
		}
		switch d.Name {
		case "schema":
			p.w(" SCHEMA ")
			p.ident(c.Text)
		case "new_version":
			p.w(" VERSION ")
			p.literal(c.Text)
		case "cascade":
			p.w(" CASCADE")
		}
	}
}

func (p *printer) databaseOptions(options []*ast.DefElem) {
	for _, d := range options {
		p.w(" ")
		if d.Name == "connection_limit" {
			p.w("CONNECTION LIMIT")
		} else {
			p.ident(d.Name)
		}
		p.w(" = ")
		if d.Arg == nil {
			p.w("DEFAULT")
			continue
		}
		p.defArg(d.Arg)
	}
}

func (p *printer) alterTSConfiguration(s *ast.AlterTSConfigurationStmt) {
	p.w("ALTER TEXT SEARCH CONFIGURATION ")
	p.names(s.Name.Parts)
	switch s.Type {
	case ast.TSConfigAddMapping:
		p.w(" ADD MAPPING ")
	case ast.TSConfigDropMapping:
		p.w(" DROP MAPPING ", when(s.MissingOK, "IF EXISTS "))
	default:
		p.w(" ALTER MAPPING ")
	}
	if len(s.Tokens) > 0 {
		p.w("FOR ")
		p.identList(s.Tokens)
		p.w(" ")
	}
	dict := func(d *ast.AnyName) { p.names(d.Parts) }
	switch {
	case s.Type == ast.TSConfigReplaceDict || s.Type == ast.TSConfigReplaceDictForToken:
		p.w("REPLACE ")
		dict(s.Dicts[0])
		p.w(" WITH ")
		dict(s.Dicts[1])
	case len(s.Dicts) > 0:
		p.w("WITH ")
		list(p, s.Dicts, dict)
	}
}
