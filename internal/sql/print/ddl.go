package print

import "github.com/basement-project/basement/internal/sql/ast"

// w writes pieces of text.
func (p *printer) w(pieces ...string) {
	for _, s := range pieces {
		p.b = append(p.b, s...)
	}
}

// when is text under a condition, "" otherwise.
func when(cond bool, text string) string {
	if cond {
		return text
	}
	return ""
}

// optName writes word and a name, nothing without a name.
func (p *printer) optName(word, name string) {
	if name != "" {
		p.w(word)
		p.ident(name)
	}
}

// optNames writes word and a dotted name, nothing without a name.
func (p *printer) optNames(word string, name *ast.AnyName) {
	if name != nil {
		p.w(word)
		p.names(name.Parts)
	}
}

// optColumns writes " (name, ...)", nothing without names.
func (p *printer) optColumns(columns []string) {
	if len(columns) > 0 {
		p.w(" ")
		p.parenIdents(columns)
	}
}

// optOptions writes word and (name = value, ...), nothing without options.
func (p *printer) optOptions(word string, options []*ast.DefElem) {
	if len(options) == 0 {
		return
	}
	p.w(word)
	p.relOptions(options)
}

// genericOptions writes OPTIONS (name 'value', ...), nothing without options.
func (p *printer) genericOptions(options []*ast.DefElem) {
	if len(options) > 0 {
		p.w(" ")
		p.alterOptions(options)
	}
}

func (p *printer) alterOptions(options []*ast.DefElem) {
	p.w("OPTIONS (")
	list(p, options, func(d *ast.DefElem) {
		switch d.Action {
		case ast.DefElemSet:
			p.w("SET ")
		case ast.DefElemAdd:
			p.w("ADD ")
		case ast.DefElemDrop:
			p.w("DROP ")
		}
		p.ident(d.Name)
		if d.Arg != nil {
			p.w(" ")
			p.defArg(d.Arg)
		}
	})
	p.w(")")
}

func (p *printer) cascade(cascade bool) { p.w(when(cascade, " CASCADE")) }

// role writes a role's name or the word that stands for one.
func (p *printer) role(r *ast.RoleSpec) {
	switch r.Kind {
	case ast.RoleCurrentRole:
		p.w("CURRENT_ROLE")
	case ast.RoleCurrentUser:
		p.w("CURRENT_USER")
	case ast.RoleSessionUser:
		p.w("SESSION_USER")
	case ast.RolePublic:
		p.w("PUBLIC")
	default:
		p.ident(r.Name)
	}
}

// ddl writes a data definition statement.
func (p *printer) ddl(n ast.Statement) {
	switch n := n.(type) {
	case *ast.CreateSchemaStmt:
		p.createSchema(n)
	case *ast.CreateStmt:
		p.createTable(n)
	case *ast.CreateTableAsStmt:
		p.createTableAs(n)
	case *ast.RefreshMatViewStmt:
		p.refreshMatView(n)
	case *ast.ViewStmt:
		p.createView(n)
	case *ast.IndexStmt:
		p.createIndex(n)
	case *ast.CreateSeqStmt:
		p.createSequence(n)
	case *ast.AlterSeqStmt:
		p.alterSequence(n)
	case *ast.CreateStatsStmt:
		p.createStatistics(n)
	case *ast.AlterStatsStmt:
		p.alterStatistics(n)
	case *ast.AlterTableStmt:
		p.alterTable(n)
	case *ast.AlterTableMoveAllStmt:
		p.alterMoveAll(n)
	case *ast.RenameStmt:
		p.rename(n)
	case *ast.AlterOwnerStmt:
		p.alterOwner(n)
	case *ast.AlterObjectSchemaStmt:
		p.alterObjectSchema(n)
	case *ast.AlterObjectDependsStmt:
		p.alterObjectDepends(n)
	case *ast.AlterEnumStmt:
		p.alterEnum(n)
	case *ast.AlterTypeStmt:
		p.w("ALTER TYPE ")
		p.names(n.Name.Parts)
		p.operatorOptions(n.Options)
	case *ast.AlterDomainStmt:
		p.alterDomain(n)
	case *ast.CreateDomainStmt:
		p.createDomain(n)
	case *ast.DefineStmt:
		p.define(n)
	case *ast.CompositeTypeStmt:
		p.compositeType(n)
	case *ast.CreateEnumStmt:
		p.createEnum(n)
	case *ast.CreateRangeStmt:
		p.w("CREATE TYPE ")
		p.names(n.Name.Parts)
		p.optOptions(" AS RANGE ", n.Definition)
	default:
		_ = p.ddlRoutine(n) || p.ddlObject(n) || p.ddlForeign(n)
	}
}

// ddlRoutine writes functions, triggers, policies and what belongs to them.
func (p *printer) ddlRoutine(n ast.Statement) bool {
	switch n := n.(type) {
	case *ast.CreateFunctionStmt:
		p.createFunction(n)
	case *ast.AlterFunctionStmt:
		p.alterFunction(n)
	case *ast.CreateCastStmt:
		p.createCast(n)
	case *ast.CreateTransformStmt:
		p.createTransform(n)
	case *ast.CreateConversionStmt:
		p.createConversion(n)
	case *ast.CreatePLangStmt:
		p.createLanguage(n)
	case *ast.CreateAmStmt:
		p.createAccessMethod(n)
	case *ast.CreateOpClassStmt:
		p.createOpClass(n)
	case *ast.CreateOpFamilyStmt:
		p.createOpFamily(n)
	case *ast.AlterOpFamilyStmt:
		p.alterOpFamily(n)
	case *ast.AlterOperatorStmt:
		p.w("ALTER OPERATOR ")
		p.operatorRef(n.Operator)
		p.operatorOptions(n.Options)
	case *ast.CreateTrigStmt:
		p.createTrigger(n)
	case *ast.CreateEventTrigStmt:
		p.createEventTrigger(n)
	case *ast.AlterEventTrigStmt:
		p.alterEventTrigger(n)
	case *ast.RuleStmt:
		p.createRule(n)
	case *ast.CreatePolicyStmt:
		p.createPolicy(n)
	case *ast.AlterPolicyStmt:
		p.alterPolicy(n)
	default:
		return false
	}
	return true
}

// operatorOptions writes SET (name = value, ...): an option without a value is NONE.
func (p *printer) operatorOptions(options []*ast.DefElem) {
	p.w(" SET (")
	list(p, options, func(d *ast.DefElem) {
		p.ident(d.Name)
		p.w(" = ")
		if d.Arg == nil {
			p.w("NONE")
			return
		}
		p.defArg(d.Arg)
	})
	p.w(")")
}
