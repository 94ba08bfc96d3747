package ddl

import (
	"unicode/utf8"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/store"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// Tools are what the engine lends.
type Tools struct {
	Cache    *analyze.Cache
	Compiler *modify.Compiler
	// CheckBody finds what is wrong with the body of a PL/pgSQL function.
	CheckBody func(tx *session.Tx, fn *catalog.Function) error
	// CheckSQL finds what is wrong with the statements of a function in SQL.
	CheckSQL func(tx *session.Tx, fn *catalog.Function, stmts []ast.Statement, text string) error
	// CheckWhen finds what is wrong with a trigger's WHEN condition.
	CheckWhen func(tx *session.Tx, rel *catalog.Relation, cond ast.Expr, text string) error
	// FireEvent runs the function of an event trigger.
	FireEvent func(tx *session.Tx, fn *catalog.Function, event, tag string) error
	// Run runs a query as the transaction's role: head gets the columns, row each row (nil: only the columns are wanted).
	Run func(tx *session.Tx, text string, stmt ast.Statement, head func([]printer.Column) error, row func([]types.Datum) error) error
}

// Executor runs utility statements.
type Executor struct {
	store *store.Store
	tools Tools
}

// New makes an executor over a store.
func New(s *store.Store, t Tools) *Executor { return &Executor{store: s, tools: t} }

// Result is what a statement gave.
type Result struct {
	Tag     string
	Count   int64
	Columns []engine.Column
	Rows    [][]*string
}

// run is the execution of one statement.
type run struct {
	x    *Executor
	tx   *session.Tx
	edit *store.Edit
	text string
	out  Result
	// synced are the partitioned tables as they were when their partitions were last made like them.
	synced map[catalog.OID]*catalog.Relation
}

// Exec runs a utility statement. text is its source: positions in the tree are offsets into it.
func (x *Executor) Exec(tx *session.Tx, text string, stmt ast.Statement) (*Result, error) {
	r := &run{x: x, tx: tx, edit: x.store.Edit(tx), text: text}
	tag := tagOf(stmt)
	events := len(tx.Snapshot.EventTriggers) > 0 && watched(tag, stmt)
	if events {
		if err := x.fireEvent(tx, &session.Event{Name: "ddl_command_start"}, tag); err != nil {
			return nil, err
		}
		r.edit = x.store.Edit(tx)
	}
	before := tx.Snapshot
	if err := r.statement(stmt); err != nil {
		return nil, err
	}
	if err := r.syncPartitions(before); err != nil {
		return nil, err
	}
	if err := r.edit.Flush(); err != nil {
		return nil, err
	}
	if events {
		return &r.out, x.fireEnd(tx, before, tag, stmt)
	}
	return &r.out, nil
}

func (r *run) snap() *catalog.Snapshot { return r.edit.Snapshot() }

func (r *run) done(tag string) error { r.out.Tag = tag; return nil }

// at says where in the text an error is.
func (r *run) at(pos int, e *errs.Error) *errs.Error {
	if pos >= 0 && pos < len(r.text) && e.Position == 0 {
		e.Position = utf8.RuneCountInString(r.text[:pos]) + 1
	}
	return e
}

// quiet makes errors have no positions until its result is called: PostgreSQL gives none where it reads expressions later
// than the statement.
func (r *run) quiet() (loud func()) {
	text := r.text
	r.text = ""
	return func() { r.text = text }
}

func (r *run) unsupported(pos int, what, hint string) error {
	return r.at(pos, errs.Unsupported(what, hint))
}

// readOnly refuses commands in a read-only transaction.
func (r *run) writable(tag string) error {
	if r.tx.ReadOnly {
		return errs.New("25006", "cannot execute %s in a read-only transaction", tag)
	}
	return nil
}

func (r *run) statement(stmt ast.Statement) error {
	switch s := stmt.(type) {
	case *ast.VariableSetStmt:
		return r.set(s)
	case *ast.VariableShowStmt:
		return r.show(s)
	case *ast.ConstraintsSetStmt:
		return r.setConstraints(s)
	case *ast.DiscardStmt:
		return r.discard(s)
	case *ast.CheckPointStmt:
		return r.done("CHECKPOINT")
	case *ast.LockStmt:
		return r.lock(s)
	case *ast.NotifyStmt:
		return r.done("NOTIFY")
	case *ast.ListenStmt:
		return r.done("LISTEN")
	case *ast.UnlistenStmt:
		return r.done("UNLISTEN")
	case *ast.VacuumStmt:
		return r.vacuum(s)
	case *ast.ReindexStmt:
		return r.reindex(s)
	case *ast.ClusterStmt:
		return r.done("CLUSTER")
	case *ast.ExplainStmt:
		return r.unsupported(s.Pos, "EXPLAIN", "")
	case *ast.CopyStmt:
		return r.unsupported(s.Pos, "COPY", "Write the rows as INSERT statements.")
	case *ast.DoStmt:
		return r.unsupported(s.Pos, "DO", "Write the statements of the block one after the other.")
	}
	tag := tagOf(stmt)
	if tag == "" {
		return r.unsupported(stmt.Position(), "this statement", "")
	}
	if err := r.writable(tag); err != nil {
		return err
	}
	r.out.Tag = tag
	switch s := stmt.(type) {
	case *ast.CreateSchemaStmt:
		return r.createSchema(s)
	case *ast.CreateStmt:
		return r.createTable(s)
	case *ast.CreateTableAsStmt:
		return r.createTableAs(s)
	case *ast.SelectStmt:
		return r.selectInto(s)
	case *ast.IndexStmt:
		return r.createIndex(s)
	case *ast.CreateSeqStmt:
		return r.createSequence(s)
	case *ast.AlterSeqStmt:
		return r.alterSequence(s)
	case *ast.CreateEnumStmt:
		return r.createEnum(s)
	case *ast.AlterEnumStmt:
		return r.alterEnum(s)
	case *ast.CreateDomainStmt:
		return r.createDomain(s)
	case *ast.AlterDomainStmt:
		return r.alterDomain(s)
	case *ast.CompositeTypeStmt:
		return r.createComposite(s)
	case *ast.ViewStmt:
		return r.createView(s)
	case *ast.AlterTableStmt:
		return r.alterTable(s)
	case *ast.RenameStmt:
		return r.rename(s)
	case *ast.AlterOwnerStmt:
		return r.alterOwner(s)
	case *ast.AlterObjectSchemaStmt:
		return r.alterSchema(s)
	case *ast.DropStmt:
		return r.drop(s)
	case *ast.CommentStmt:
		return r.comment(s)
	case *ast.CreatePolicyStmt:
		return r.createPolicy(s)
	case *ast.AlterPolicyStmt:
		return r.alterPolicy(s)
	case *ast.GrantStmt:
		return r.grant(s)
	case *ast.GrantRoleStmt:
		return r.grantRole(s)
	case *ast.AlterDefaultPrivilegesStmt:
		return r.alterDefaultPrivileges(s)
	case *ast.CreateRoleStmt:
		return r.createRole(s)
	case *ast.AlterRoleStmt:
		return r.alterRole(s)
	case *ast.AlterRoleSetStmt:
		return r.alterRoleSet(s)
	case *ast.DropRoleStmt:
		return r.dropRole(s)
	case *ast.ReassignOwnedStmt:
		return r.reassignOwned(s)
	case *ast.DropOwnedStmt:
		return r.dropOwned(s)
	case *ast.TruncateStmt:
		return r.truncate(s)
	case *ast.CreateExtensionStmt:
		return r.createExtension(s)
	case *ast.AlterExtensionStmt:
		return r.alterExtension(s)
	case *ast.CreatePublicationStmt:
		return r.createPublication(s)
	case *ast.AlterPublicationStmt:
		return r.alterPublication(s)
	case *ast.AlterTSConfigurationStmt:
		return r.alterSearchMapping(s)
	case *ast.CreateFunctionStmt:
		return r.createFunction(s)
	case *ast.AlterFunctionStmt:
		return r.alterFunction(s)
	case *ast.DefineStmt:
		return r.define(s)
	case *ast.CreateCastStmt:
		return r.createCast(s)
	case *ast.AlterDatabaseSetStmt, *ast.AlterDatabaseStmt:
		return nil
	case *ast.CreateStatsStmt:
		return r.createStatistics(s)
	case *ast.AlterStatsStmt:
		return r.alterStatistics(s)
	case *ast.SecLabelStmt:
		return errs.New("22023", "no security label providers have been loaded")
	case *ast.CreateTrigStmt:
		return r.createTrigger(s)
	case *ast.CreateEventTrigStmt:
		return r.createEventTrigger(s)
	case *ast.AlterEventTrigStmt:
		return r.alterEventTrigger(s)
	case *ast.RuleStmt:
		return r.unsupported(s.Pos, "CREATE RULE", "Write a trigger: INSTEAD OF on a view, BEFORE on a table.")
	case *ast.CreateRangeStmt:
		return r.createRange(s)
	case *ast.RefreshMatViewStmt:
		return r.refresh(s)
	}
	return r.unsupported(stmt.Position(), tag, "")
}

// Tag gives a utility statement's command tag, "" for one that is never run here.
func Tag(stmt ast.Statement) string {
	switch stmt.(type) {
	case *ast.VariableSetStmt:
		return "SET"
	case *ast.VariableShowStmt:
		return "SHOW"
	}
	return tagOf(stmt)
}

// tagOf gives a statement's command tag, "" for one that is never run here.
func tagOf(stmt ast.Statement) string {
	switch s := stmt.(type) {
	case *ast.CreateSchemaStmt:
		return "CREATE SCHEMA"
	case *ast.CreateStmt:
		if s.Foreign {
			return "CREATE FOREIGN TABLE"
		}
		return "CREATE TABLE"
	case *ast.CreateTableAsStmt:
		if s.Materialized {
			return "CREATE MATERIALIZED VIEW"
		}
		return "CREATE TABLE AS"
	case *ast.SelectStmt:
		return "SELECT INTO"
	case *ast.IndexStmt:
		return "CREATE INDEX"
	case *ast.CreateSeqStmt:
		return "CREATE SEQUENCE"
	case *ast.AlterSeqStmt:
		return "ALTER SEQUENCE"
	case *ast.CreateEnumStmt, *ast.CompositeTypeStmt, *ast.CreateRangeStmt:
		return "CREATE TYPE"
	case *ast.DefineStmt:
		return "CREATE " + kindNames[s.Kind]
	case *ast.AlterEnumStmt, *ast.AlterTypeStmt:
		return "ALTER TYPE"
	case *ast.CreateDomainStmt:
		return "CREATE DOMAIN"
	case *ast.AlterDomainStmt:
		return "ALTER DOMAIN"
	case *ast.ViewStmt:
		return "CREATE VIEW"
	case *ast.AlterTableStmt:
		return "ALTER " + kindNames[s.ObjType]
	case *ast.RenameStmt:
		switch s.Subject {
		case ast.ObjectColumn, ast.ObjectTableConstraint, ast.ObjectAttribute:
			if s.Object != nil && kindNames[s.Object.Kind] != "" {
				return "ALTER " + kindNames[s.Object.Kind]
			}
			return "ALTER TABLE"
		case ast.ObjectDomainConstraint:
			return "ALTER DOMAIN"
		}
		return "ALTER " + kindNames[s.Subject]
	case *ast.AlterOwnerStmt:
		return "ALTER " + kindNames[s.Object.Kind]
	case *ast.AlterObjectSchemaStmt:
		return "ALTER " + kindNames[s.Object.Kind]
	case *ast.DropStmt:
		return "DROP " + kindNames[s.Kind]
	case *ast.CommentStmt:
		return "COMMENT"
	case *ast.CreatePolicyStmt:
		return "CREATE POLICY"
	case *ast.AlterPolicyStmt:
		return "ALTER POLICY"
	case *ast.GrantStmt:
		if s.Grant {
			return "GRANT"
		}
		return "REVOKE"
	case *ast.GrantRoleStmt:
		if s.Grant {
			return "GRANT ROLE"
		}
		return "REVOKE ROLE"
	case *ast.AlterDefaultPrivilegesStmt:
		return "ALTER DEFAULT PRIVILEGES"
	case *ast.CreateRoleStmt:
		return "CREATE ROLE"
	case *ast.AlterRoleStmt, *ast.AlterRoleSetStmt:
		return "ALTER ROLE"
	case *ast.DropRoleStmt:
		return "DROP ROLE"
	case *ast.ReassignOwnedStmt:
		return "REASSIGN OWNED"
	case *ast.DropOwnedStmt:
		return "DROP OWNED"
	case *ast.TruncateStmt:
		return "TRUNCATE TABLE"
	case *ast.CreateExtensionStmt:
		return "CREATE EXTENSION"
	case *ast.AlterExtensionStmt:
		return "ALTER EXTENSION"
	case *ast.CreatePublicationStmt:
		return "CREATE PUBLICATION"
	case *ast.AlterPublicationStmt:
		return "ALTER PUBLICATION"
	case *ast.AlterTSConfigurationStmt:
		return "ALTER TEXT SEARCH CONFIGURATION"
	case *ast.CreateFunctionStmt:
		if s.Procedure {
			return "CREATE PROCEDURE"
		}
		return "CREATE FUNCTION"
	case *ast.AlterFunctionStmt:
		return "ALTER " + kindNames[s.Kind]
	case *ast.AlterDatabaseSetStmt, *ast.AlterDatabaseStmt:
		return "ALTER DATABASE"
	case *ast.SecLabelStmt:
		return "SECURITY LABEL"
	case *ast.CreateStatsStmt:
		return "CREATE STATISTICS"
	case *ast.AlterStatsStmt:
		return "ALTER STATISTICS"
	case *ast.CreateTrigStmt:
		return "CREATE TRIGGER"
	case *ast.CreateEventTrigStmt:
		return "CREATE EVENT TRIGGER"
	case *ast.AlterEventTrigStmt:
		return "ALTER EVENT TRIGGER"
	case *ast.RuleStmt:
		return "CREATE RULE"
	case *ast.RefreshMatViewStmt:
		return "REFRESH MATERIALIZED VIEW"
	case *ast.CreateCastStmt:
		return "CREATE CAST"
	case *ast.CreateFdwStmt:
		return "CREATE FOREIGN DATA WRAPPER"
	case *ast.CreateForeignServerStmt:
		return "CREATE SERVER"
	case *ast.UserMappingStmt:
		return "CREATE USER MAPPING"
	case *ast.CreateSubscriptionStmt:
		return "CREATE SUBSCRIPTION"
	case *ast.CallStmt:
		return "CALL"
	}
	return ""
}

// kindNames are the words for kinds of objects in statements and tags.
var kindNames = map[ast.ObjectType]string{
	ast.ObjectAggregate: "AGGREGATE", ast.ObjectCollation: "COLLATION", ast.ObjectDatabase: "DATABASE",
	ast.ObjectDomain: "DOMAIN", ast.ObjectExtension: "EXTENSION", ast.ObjectForeignTable: "FOREIGN TABLE",
	ast.ObjectFunction: "FUNCTION", ast.ObjectIndex: "INDEX", ast.ObjectMaterializedView: "MATERIALIZED VIEW",
	ast.ObjectOperator: "OPERATOR", ast.ObjectPolicy: "POLICY", ast.ObjectProcedure: "PROCEDURE",
	ast.ObjectPublication: "PUBLICATION", ast.ObjectRole: "ROLE", ast.ObjectRoutine: "ROUTINE", ast.ObjectRule: "RULE",
	ast.ObjectSchema: "SCHEMA", ast.ObjectSequence: "SEQUENCE", ast.ObjectStatistics: "STATISTICS",
	ast.ObjectTable: "TABLE", ast.ObjectTrigger: "TRIGGER", ast.ObjectDataType: "TYPE", ast.ObjectView: "VIEW",
	ast.ObjectEventTrigger: "EVENT TRIGGER", ast.ObjectCast: "CAST", ast.ObjectTSConfiguration: "TEXT SEARCH CONFIGURATION",
	ast.ObjectTSDictionary: "TEXT SEARCH DICTIONARY", ast.ObjectOperatorClass: "OPERATOR CLASS",
	ast.ObjectOperatorFamily: "OPERATOR FAMILY", ast.ObjectConversion: "CONVERSION", ast.ObjectLanguage: "LANGUAGE",
	ast.ObjectForeignServer: "SERVER", ast.ObjectForeignDataWrapper: "FOREIGN DATA WRAPPER",
	ast.ObjectSubscription: "SUBSCRIPTION", ast.ObjectAccessMethod: "ACCESS METHOD", ast.ObjectTablespace: "TABLESPACE",
	ast.ObjectTransform: "TRANSFORM", ast.ObjectTSParser: "TEXT SEARCH PARSER", ast.ObjectTSTemplate: "TEXT SEARCH TEMPLATE",
}
