package print

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/ast"
)

// utility writes the statements that are neither queries nor data definition; false when n is none of them.
func (p *printer) utility(n ast.Statement) bool {
	switch n := n.(type) {
	case *ast.CallStmt:
		p.s("CALL ")
		p.funcCall(n.Func)
	case *ast.ReturnStmt:
		p.s("RETURN ")
		p.expr(n.Value)
	case *ast.TruncateStmt:
		p.s("TRUNCATE TABLE ")
		list(p, n.Relations, p.rangeVar)
		p.flag(n.RestartIdentity, " RESTART IDENTITY")
		p.flag(n.Cascade, " CASCADE")
	case *ast.CopyStmt:
		p.copy(n)
	case *ast.ExplainStmt:
		p.s("EXPLAIN ")
		p.utilityOptions(n.Options)
		p.statement(n.Query)
	case *ast.PrepareStmt:
		p.s("PREPARE ")
		p.ident(n.Name)
		if len(n.ArgTypes) > 0 {
			p.c('(')
			list(p, n.ArgTypes, p.typeName)
			p.c(')')
		}
		p.s(" AS ")
		p.statement(n.Query)
	case *ast.ExecuteStmt:
		p.s("EXECUTE ")
		p.ident(n.Name)
		if len(n.Params) > 0 {
			p.parenExprs(n.Params)
		}
	case *ast.DeallocateStmt:
		p.s("DEALLOCATE ")
		p.identOrAll(n.Name)
	case *ast.DeclareCursorStmt:
		p.declare(n)
	case *ast.ClosePortalStmt:
		p.s("CLOSE ")
		p.identOrAll(n.Name)
	case *ast.FetchStmt:
		p.fetch(n)
	case *ast.DoStmt:
		p.s("DO ")
		if n.Language != "" && !n.BodyFirst {
			p.s("LANGUAGE ")
			p.ident(n.Language)
			p.c(' ')
		}
		p.literal(n.Body)
		if n.BodyFirst {
			p.s(" LANGUAGE ")
			p.ident(n.Language)
		}
	default:
		return p.session(n)
	}
	return true
}

// session writes the statements about settings, transactions, locks and upkeep.
func (p *printer) session(n ast.Statement) bool {
	switch n := n.(type) {
	case *ast.VariableSetStmt:
		p.variableSet(n)
	case *ast.VariableShowStmt:
		p.s("SHOW ")
		p.settingName(n.Name)
	case *ast.TransactionStmt:
		p.transaction(n)
	case *ast.ConstraintsSetStmt:
		p.s("SET CONSTRAINTS ")
		if len(n.Constraints) == 0 {
			p.s("ALL")
		}
		list(p, n.Constraints, p.rangeVar)
		if n.Deferred {
			p.s(" DEFERRED")
		} else {
			p.s(" IMMEDIATE")
		}
	case *ast.LockStmt:
		p.s("LOCK TABLE ")
		list(p, n.Relations, p.rangeVar)
		p.s(" IN ")
		p.s(lockModes[n.Mode])
		p.s(" MODE")
		p.flag(n.NoWait, " NOWAIT")
	case *ast.NotifyStmt:
		p.s("NOTIFY ")
		p.ident(n.Channel)
		if n.Payload != "" {
			p.s(", ")
			p.literal(n.Payload)
		}
	case *ast.ListenStmt:
		p.s("LISTEN ")
		p.ident(n.Channel)
	case *ast.UnlistenStmt:
		p.s("UNLISTEN ")
		if n.Channel == "" {
			p.c('*')
		} else {
			p.ident(n.Channel)
		}
	case *ast.DiscardStmt:
		p.s("DISCARD ")
		p.s([...]string{ast.DiscardAll: "ALL", ast.DiscardPlans: "PLANS", ast.DiscardSequences: "SEQUENCES",
			ast.DiscardTemp: "TEMP"}[n.Target])
	case *ast.CheckPointStmt:
		p.s("CHECKPOINT")
	case *ast.LoadStmt:
		p.s("LOAD ")
		p.literal(n.File)
	case *ast.VacuumStmt:
		p.vacuum(n)
	case *ast.ClusterStmt:
		p.s("CLUSTER ")
		p.utilityOptions(n.Options)
		if n.Relation != nil {
			p.rangeVar(n.Relation)
			if n.Index != "" {
				p.s(" USING ")
				p.ident(n.Index)
			}
		}
	case *ast.ReindexStmt:
		p.s("REINDEX ")
		p.utilityOptions(n.Options)
		p.s([...]string{ast.ReindexIndex: "INDEX ", ast.ReindexTable: "TABLE ", ast.ReindexSchema: "SCHEMA ",
			ast.ReindexSystem: "SYSTEM ", ast.ReindexDatabase: "DATABASE "}[n.Kind])
		if n.Relation != nil {
			p.rangeVar(n.Relation)
		} else if n.Name != "" {
			p.ident(n.Name)
		}
	default:
		return false
	}
	return true
}

var lockModes = [...]string{
	ast.AccessShareLock: "ACCESS SHARE", ast.RowShareLock: "ROW SHARE", ast.RowExclusiveLock: "ROW EXCLUSIVE",
	ast.ShareUpdateExclusiveLock: "SHARE UPDATE EXCLUSIVE", ast.ShareLock: "SHARE",
	ast.ShareRowExclusiveLock: "SHARE ROW EXCLUSIVE", ast.ExclusiveLock: "EXCLUSIVE",
	ast.AccessExclusiveLock: "ACCESS EXCLUSIVE",
}

func (p *printer) flag(set bool, text string) {
	if set {
		p.s(text)
	}
}

func (p *printer) identOrAll(name string) {
	if name == "" {
		p.s("ALL")
		return
	}
	p.ident(name)
}

// utilityOptions writes (name value, ...) and a blank, nothing for no options.
func (p *printer) utilityOptions(options []*ast.DefElem) {
	if len(options) == 0 {
		return
	}
	p.c('(')
	list(p, options, func(d *ast.DefElem) {
		if d.Name == "analyze" {
			p.s("ANALYZE")
		} else {
			p.ident(d.Name)
		}
		if d.Arg != nil {
			p.c(' ')
			p.optionArg(d.Arg)
		}
	})
	p.s(") ")
}

// optionArg writes an option's value.
func (p *printer) optionArg(n ast.Node) {
	switch n := n.(type) {
	case *ast.ExprList:
		p.parenExprs(n.Items)
	case *ast.TypeName:
		p.typeName(n)
	case ast.Expr:
		p.expr(n)
	}
}

// relOptions writes (namespace.name = value, ...).
func (p *printer) relOptions(options []*ast.DefElem) {
	p.c('(')
	list(p, options, func(d *ast.DefElem) {
		if d.Namespace != "" {
			p.ident(d.Namespace)
			p.c('.')
		}
		p.ident(d.Name)
		if d.Arg != nil {
			p.s(" = ")
			p.defArg(d.Arg)
		}
	})
	p.c(')')
}

// defArg writes a def_arg: an operator is a list of its names.
func (p *printer) defArg(n ast.Node) {
	l, ok := n.(*ast.ExprList)
	if !ok {
		p.optionArg(n)
		return
	}
	names := make([]string, 0, len(l.Items))
	for _, item := range l.Items {
		if c, ok := item.(*ast.AConst); ok {
			names = append(names, c.Text)
		}
	}
	p.operator(names)
}

func (p *printer) copy(n *ast.CopyStmt) {
	p.s("COPY ")
	if n.Query != nil {
		p.c('(')
		p.statement(n.Query)
		p.c(')')
	} else {
		p.rangeVar(n.Relation)
		if len(n.Columns) > 0 {
			p.c(' ')
			p.parenIdents(n.Columns)
		}
	}
	if n.From {
		p.s(" FROM ")
	} else {
		p.s(" TO ")
	}
	p.flag(n.Program, "PROGRAM ")
	switch {
	case n.File != "" || n.Program:
		p.literal(n.File)
	case n.From:
		p.s("STDIN")
	default:
		p.s("STDOUT")
	}
	if len(n.Options) > 0 {
		p.s(" WITH (")
		list(p, n.Options, func(d *ast.DefElem) {
			p.ident(d.Name)
			if d.Arg != nil {
				p.c(' ')
				p.optionArg(d.Arg)
			}
		})
		p.c(')')
	}
	p.where(n.Where)
}

func (p *printer) declare(n *ast.DeclareCursorStmt) {
	p.s("DECLARE ")
	p.ident(n.Name)
	p.flag(n.Options&ast.CursorBinary != 0, " BINARY")
	p.flag(n.Options&ast.CursorInsensitive != 0, " INSENSITIVE")
	p.flag(n.Options&ast.CursorAsensitive != 0, " ASENSITIVE")
	p.flag(n.Options&ast.CursorScroll != 0, " SCROLL")
	p.flag(n.Options&ast.CursorNoScroll != 0, " NO SCROLL")
	p.s(" CURSOR")
	p.flag(n.Options&ast.CursorHold != 0, " WITH HOLD")
	p.s(" FOR ")
	p.statement(n.Query)
}

func (p *printer) fetch(n *ast.FetchStmt) {
	if n.Move {
		p.s("MOVE ")
	} else {
		p.s("FETCH ")
	}
	switch n.Direction {
	case ast.FetchForward:
		p.s("FORWARD ")
	case ast.FetchBackward:
		p.s("BACKWARD ")
	case ast.FetchAbsolute:
		p.s("ABSOLUTE ")
	default:
		p.s("RELATIVE ")
	}
	if n.Count == ast.FetchAll {
		p.s("ALL")
	} else {
		p.int(n.Count)
	}
	p.s(" FROM ")
	p.ident(n.Portal)
}

// settingName writes a setting's dotted name.
func (p *printer) settingName(name string) {
	if name == "all" {
		p.s("ALL")
		return
	}
	p.names(strings.Split(name, "."))
}

// variableSet writes SET or RESET.
func (p *printer) variableSet(n *ast.VariableSetStmt) {
	switch n.Kind {
	case ast.VarReset:
		p.s("RESET ")
		p.settingName(n.Name)
		return
	case ast.VarResetAll:
		p.s("RESET ALL")
		return
	}
	p.s("SET ")
	p.flag(n.Local, "LOCAL ")
	if n.Kind == ast.VarSetMulti {
		switch n.Name {
		case "TRANSACTION SNAPSHOT":
			p.s("TRANSACTION SNAPSHOT ")
			p.exprs(n.Args)
		case "SESSION CHARACTERISTICS":
			p.s("SESSION CHARACTERISTICS AS TRANSACTION")
			p.transactionModes(n.Options)
		default:
			p.s("TRANSACTION")
			p.transactionModes(n.Options)
		}
		return
	}
	if len(n.Args) == 1 {
		if c, ok := n.Args[0].(*ast.TypeCast); ok {
			p.s("TIME ZONE ")
			p.constLiteral(c)
			return
		}
	}
	p.settingName(n.Name)
	switch n.Kind {
	case ast.VarSetDefault:
		p.s(" TO DEFAULT")
	case ast.VarSetCurrent:
		p.s(" FROM CURRENT")
	default:
		p.s(" TO ")
		p.exprs(n.Args)
	}
}

func (p *printer) transactionModes(options []*ast.DefElem) {
	for i, d := range options {
		if i > 0 {
			p.c(',')
		}
		c, ok := d.Arg.(*ast.AConst)
		if !ok {
			continue
		}
		switch d.Name {
		case "transaction_isolation":
			p.s(" ISOLATION LEVEL ")
			p.s(strings.ToUpper(c.Text))
		case "transaction_read_only":
			if c.Int != 0 {
				p.s(" READ ONLY")
			} else {
				p.s(" READ WRITE")
			}
		case "transaction_deferrable":
			if c.Int != 0 {
				p.s(" DEFERRABLE")
			} else {
				p.s(" NOT DEFERRABLE")
			}
		}
	}
}

func (p *printer) transaction(n *ast.TransactionStmt) {
	switch n.Kind {
	case ast.TransBegin:
		p.s("BEGIN")
		p.transactionModes(n.Options)
	case ast.TransStart:
		p.s("START TRANSACTION")
		p.transactionModes(n.Options)
	case ast.TransCommit:
		p.s("COMMIT")
		p.flag(n.Chain, " AND CHAIN")
	case ast.TransRollback:
		p.s("ROLLBACK")
		p.flag(n.Chain, " AND CHAIN")
	case ast.TransSavepoint:
		p.s("SAVEPOINT ")
		p.ident(n.Savepoint)
	case ast.TransRelease:
		p.s("RELEASE SAVEPOINT ")
		p.ident(n.Savepoint)
	case ast.TransRollbackTo:
		p.s("ROLLBACK TO SAVEPOINT ")
		p.ident(n.Savepoint)
	case ast.TransPrepare:
		p.s("PREPARE TRANSACTION ")
		p.literal(n.GID)
	case ast.TransCommitPrepared:
		p.s("COMMIT PREPARED ")
		p.literal(n.GID)
	default:
		p.s("ROLLBACK PREPARED ")
		p.literal(n.GID)
	}
}

func (p *printer) vacuum(n *ast.VacuumStmt) {
	if n.Analyze {
		p.s("ANALYZE ")
	} else {
		p.s("VACUUM ")
	}
	p.utilityOptions(n.Options)
	list(p, n.Relations, func(r *ast.VacuumRelation) {
		p.rangeVar(r.Relation)
		if len(r.Columns) > 0 {
			p.c(' ')
			p.parenIdents(r.Columns)
		}
	})
}
