package sqlite

import (
	"context"
	"strconv"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/ddl"
	"github.com/basement-project/basement/internal/engine/sqlite/function"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/store"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// adminTx is a transaction of the project's owner. It has the write connection for itself until it ends.
type adminTx struct {
	engine  *Engine
	conn    *session.Conn
	tx      *session.Tx
	release chan struct{}
	left    chan error
	marks   []mark
	begun   *catalog.Snapshot // the catalog as the file has it
	own     *catalog.Snapshot // the same with the session's temporary objects
	auto    bool
	failed  bool // PostgreSQL's aborted transaction: only a rollback helps
	ended   bool
}

// Admin opens a transaction as the project's owner, or as a role with claims.
func (e *Engine) Admin(ctx context.Context, opt engine.AdminOptions) (engine.AdminTx, error) {
	a := &adminTx{engine: e, release: make(chan struct{}), left: make(chan error, 1), auto: opt.Autocommit}
	ready := make(chan *session.Conn)
	go func() {
		a.left <- e.writer.do(ctx, true, func(c *session.Conn) error {
			select {
			case ready <- c:
				<-a.release
			case <-ctx.Done():
			}
			return nil
		})
	}()
	select {
	case a.conn = <-ready:
	case err := <-a.left:
		if err == nil {
			err = gaveUp(ctx)
		}
		return nil, err
	}
	if err := a.conn.Exec("BEGIN IMMEDIATE"); err != nil {
		a.end()
		return nil, err
	}
	a.begun = e.snap.Load()
	a.own = a.begun
	role := opt.Role
	if role == "" {
		role = Owner
	} else if a.begun.Role(role) == nil {
		a.end()
		return nil, errs.New("22023", "role \"%s\" does not exist", role)
	}
	a.tx = a.conn.Begin(ctx, session.Options{Snapshot: a.begun, Role: role, Session: Owner,
		ReadOnly: opt.ReadOnly, Sequences: e.sequences, Locks: e.locks, Now: e.opt.Now()})
	e.equip(a.tx)
	// Names in migrations are looked up as Supabase's projects have it.
	a.tx.SetSearchPath([]string{"$user", "public", "extensions"})
	if opt.Claims != "" {
		if err := a.tx.Set("request.jwt.claims", opt.Claims); err != nil {
			a.undo()
			return nil, err
		}
	}
	return a, nil
}

func (a *adminTx) end() {
	if a.ended {
		return
	}
	a.ended = true
	close(a.release)
	<-a.left
}

func (a *adminTx) undo() {
	a.tx.End(true)
	if a.own != nil && a.own.Schema(catalog.TempSchema) != nil && !a.ended {
		if a.conn.Exec("ROLLBACK") == nil {
			_ = ddl.DropTables(a.conn, a.own) // the connection is given up when it cannot be cleaned
		}
	}
	a.end() // the writer rolls back what is left open
}

// Exec runs one statement.
func (a *adminTx) Exec(ctx context.Context, text string, stmt ast.Statement, args ...*string) (r *engine.Result, err error) {
	if a.ended {
		return nil, errs.New("25P01", "there is no transaction in progress")
	}
	if a.failed && !goesBack(stmt, text) {
		return nil, errs.New("25P02", "current transaction is aborted, commands ignored until end of transaction block")
	}
	defer func() {
		if p := recover(); p != nil {
			err = panicked(p)
		}
		a.failed = err != nil && !a.auto
	}()
	if stmt == nil {
		if stmt, err = parse.Statement(text); err != nil {
			return nil, err
		}
	}
	a.tx.Context = ctx
	a.conn.DB.SetInterrupt(ctx)
	a.tx.StatementStart = a.engine.opt.Now().UTC()
	if t, ok := stmt.(*ast.TransactionStmt); ok && !a.auto {
		switch t.Kind {
		case ast.TransSavepoint, ast.TransRelease, ast.TransRollbackTo:
			return a.savepointStatement(ctx, t)
		}
	}
	if !a.auto {
		if what := alone(stmt); what != "" {
			return nil, errs.New("25001", "%s cannot run inside a transaction block", what)
		}
		return a.engine.exec(a.tx, text, stmt, args)
	}
	if d, ok := stmt.(*ast.DeclareCursorStmt); ok && d.Options&ast.CursorHold == 0 {
		return nil, errs.New("25P01", "%s can only be used in transaction blocks", "DECLARE CURSOR")
	}
	switch stmt.(type) {
	case *ast.CallStmt, *ast.DoStmt:
		a.tx.EndTransaction = func(_ *session.Tx, rollback bool) error { return a.turn(rollback) }
	}
	r, err = a.engine.exec(a.tx, text, stmt, args)
	a.tx.EndTransaction = nil
	if err != nil {
		if lost := a.turn(true); lost != nil {
			return nil, lost
		}
		return nil, err
	}
	return r, a.turn(false)
}

// alone names a statement that PostgreSQL runs only outside of a transaction, "" for others.
func alone(stmt ast.Statement) string {
	switch s := stmt.(type) {
	case *ast.IndexStmt:
		if s.Concurrently {
			return "CREATE INDEX CONCURRENTLY"
		}
	case *ast.DropStmt:
		if s.Concurrently {
			return "DROP INDEX CONCURRENTLY"
		}
	case *ast.ReindexStmt:
		for _, o := range s.Options {
			if o.Name == "concurrently" {
				return "REINDEX CONCURRENTLY"
			}
		}
	}
	return ""
}

// turn ends the transaction and begins the next one.
func (a *adminTx) turn(rollback bool) error {
	if !rollback {
		if err := a.save(true); err != nil {
			return err
		}
		a.own = a.tx.Snapshot
	} else {
		if err := a.conn.Exec("ROLLBACK"); err != nil {
			return err
		}
		a.tx.Snapshot = a.own
	}
	if err := a.conn.Exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	a.tx.SchemaChanged = false
	function.EndPortals(a.tx)
	a.tx.Turn(rollback, a.engine.opt.Now())
	return nil
}

// exec runs a statement of any kind as the transaction's role.
func (e *Engine) exec(tx *session.Tx, text string, stmt ast.Statement, args []*string) (*engine.Result, error) {
	switch stmt.(type) {
	case *ast.SelectStmt, *ast.InsertStmt, *ast.UpdateStmt, *ast.DeleteStmt, *ast.MergeStmt, *ast.ExplainStmt:
		if sel, ok := stmt.(*ast.SelectStmt); !ok || sel.Into == nil {
			stmt, at, err := function.Placed(tx, stmt)
			if err != nil {
				return nil, err
			}
			opt := guardOptions(tx, text)
			opt.Variables = at
			g, err := e.guard.Apply(tx.Snapshot, tx.Role(), stmt, opt)
			if err != nil {
				return nil, err
			}
			if err := missingParameter(stmt, len(args)); err != nil {
				return nil, err
			}
			return e.step(tx, g, args, engine.Text, false)
		}
	}
	switch s := stmt.(type) {
	case *ast.DoStmt:
		return e.doBlock(tx, text, s)
	case *ast.CallStmt:
		return e.callProcedure(tx, text, s)
	case *ast.PrepareStmt:
		return e.prepareStatement(tx, text, s)
	case *ast.ExecuteStmt:
		return e.execute(tx, text, s)
	case *ast.DeallocateStmt:
		return e.deallocate(tx, s)
	}
	if r, err := e.cursorStatement(tx, text, stmt); r != nil || err != nil {
		return r, err
	}
	out, err := e.ddl.Exec(tx, text, stmt)
	if err != nil {
		return nil, err
	}
	r := &engine.Result{Tag: out.Tag, Count: out.Count, Columns: out.Columns, Rows: out.Rows}
	return r, nil
}

// missingParameter refuses a statement that uses a parameter it was given no value for.
func missingParameter(stmt ast.Statement, given int) error {
	var missing *ast.ParamRef
	ast.Walk(stmt, func(n ast.Node) bool {
		if p, ok := n.(*ast.ParamRef); ok && p.Number > given && missing == nil {
			missing = p
		}
		return missing == nil
	})
	if missing == nil {
		return nil
	}
	e := errs.New("42P02", "there is no parameter $%d", missing.Number)
	e.Position = missing.Pos + 1
	return e
}

// guardOptions are how names and literals in an owner's statement are read.
func guardOptions(tx *session.Tx, text string) guard.Options {
	rows, _ := tx.Setting("row_security")
	return guard.Options{SearchPath: tx.SearchPath(), Text: text, Env: tx.Env(), RowSecurityOff: rows == "off"}
}

// runNested runs a query for a DDL statement as the transaction's role.
func (e *Engine) runNested(tx *session.Tx, text string, stmt ast.Statement, head func([]printer.Column) error, row func([]types.Datum) error) error {
	var q *query.Query
	var args []types.Datum
	if b, ok := tx.Bound.(*function.Bound); ok && ast.Statement(b.Stmt) == stmt {
		q, args = b.Query, b.Args
	} else if x, ok := stmt.(*ast.ExecuteStmt); ok {
		g, texts, err := e.bound(tx, text, x)
		if err != nil {
			return err
		}
		if _, ok := g.Statement().(*ast.SelectStmt); !ok {
			return errs.New("42809", "prepared statement is not a SELECT")
		}
		if args, err = bind(tx, g.Params(), texts); err != nil {
			return err
		}
		q = g.Query()
	} else {
		g, err := e.guard.Apply(tx.Snapshot, tx.Role(), stmt, guardOptions(tx, text))
		if err != nil {
			return err
		}
		q = g.Query()
	}
	if modify.Writes(q) {
		w, err := e.compiler.Compile(tx.Snapshot, q, len(args))
		if err != nil {
			return err
		}
		if err := head(w.Columns); err != nil {
			return err
		}
		_, err = w.Run(e.compiler, tx, args, row)
		return err
	}
	t, err := printer.Query(tx.Snapshot, q, printer.Options{})
	if err != nil {
		return err
	}
	if err := head(t.Columns); err != nil {
		return err
	}
	if row == nil {
		return nil
	}
	if len(args) > t.Params {
		args = args[:t.Params]
	}
	return tx.Conn.Query(t.SQL, row, args...)
}

// Savepoint marks a point to go back to.
func (a *adminTx) Savepoint(ctx context.Context) (err error) {
	defer lost(&err)
	if a.failed {
		return errs.New("25P02", "current transaction is aborted, commands ignored until end of transaction block")
	}
	a.conn.DB.SetInterrupt(ctx)
	name := savepoint(len(a.marks))
	if err := a.conn.Exec("SAVEPOINT " + name); err != nil {
		return err
	}
	a.marks = append(a.marks, mark{n: a.tx.Mark()})
	return nil
}

// lost reports a connection that cannot go on; the writer opens another.
func lost(err *error) {
	if p := recover(); p != nil {
		*err = errs.New("58030", "the transaction was lost")
	}
}

func savepoint(n int) string { return "admin" + strconv.Itoa(n) }

// RollbackTo undoes everything since the last savepoint, which stays.
func (a *adminTx) RollbackTo(ctx context.Context) (err error) {
	defer lost(&err)
	n := len(a.marks)
	if n == 0 {
		return errs.New("3B001", "savepoint does not exist")
	}
	a.conn.DB.SetInterrupt(ctx)
	if a.conn.DB.GetAutocommit() {
		return errs.New("58030", "the transaction was lost")
	}
	if err := a.conn.Exec("ROLLBACK TO " + savepoint(n-1)); err != nil {
		return err
	}
	a.tx.RollbackTo(a.marks[n-1].n)
	a.failed = false
	return nil
}

// Release forgets the last savepoint; what was done since stays.
func (a *adminTx) Release(ctx context.Context) (err error) {
	defer lost(&err)
	n := len(a.marks)
	if n == 0 {
		return errs.New("3B001", "savepoint does not exist")
	}
	if a.failed {
		return errs.New("25P02", "current transaction is aborted, commands ignored until end of transaction block")
	}
	a.conn.DB.SetInterrupt(ctx)
	// Savepoints the statements since made go with it.
	for n > 1 && a.marks[n-1].name != "" {
		n--
	}
	return a.releaseTo(ctx, n-1)
}

// Commit makes everything durable. A failed transaction is rolled back, as PostgreSQL's COMMIT does, and reported.
func (a *adminTx) Commit(ctx context.Context) error {
	if a.ended {
		return nil
	}
	if a.failed {
		a.undo()
		return errs.New("25P02", "current transaction is aborted, commands ignored until end of transaction block")
	}
	a.conn.DB.SetInterrupt(ctx)
	if err := a.save(false); err != nil {
		a.undo()
		return err
	}
	a.tx.End(false)
	a.end()
	return nil
}

// save does what is deferred, commits, and swaps the snapshot when the schema changed. goesOn says that the session does.
func (a *adminTx) save(goesOn bool) error {
	e := a.engine
	if err := a.tx.RunDeferred(nil); err != nil {
		return err
	}
	next, err := e.ddl.Settle(a.tx, a.begun, goesOn)
	if err != nil {
		return err
	}
	if err := store.SaveSequences(a.conn, e.sequences); err != nil {
		return err
	}
	changed := next != a.begun
	if changed {
		e.swapMu.Lock()
		defer e.swapMu.Unlock()
		e.swaps.Add(1)
		defer e.swaps.Add(1)
	}
	if err := a.conn.Exec("COMMIT"); err != nil {
		return err
	}
	e.sequences.Clean()
	if changed {
		e.swap(next)
	}
	a.begun = next
	return nil
}

// Rollback undoes everything; after Commit it does nothing.
func (a *adminTx) Rollback(context.Context) error {
	if !a.ended {
		a.undo()
	}
	return nil
}
