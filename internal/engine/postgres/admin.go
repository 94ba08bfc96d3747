package postgres

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// adminTx is a transaction of the owner on one connection.
type adminTx struct {
	e       *Engine
	conn    *pgxpool.Conn
	changed bool
	done    bool
	// auto says that the server commits each statement.
	auto bool
}

// Admin opens a transaction as the owner, or as the given role with the given claims.
func (e *Engine) Admin(ctx context.Context, opt engine.AdminOptions) (engine.AdminTx, error) {
	conn, err := e.owner.Acquire(ctx)
	if err != nil {
		return nil, connectionError(err)
	}
	tx := &adminTx{e: e, conn: conn, auto: opt.Autocommit}
	begin, set := "begin", "select set_config($1, $2, true)"
	switch {
	case opt.Autocommit:
		begin, set = "", "select set_config($1, $2, false)"
	case opt.ReadOnly:
		begin = "begin read only"
	}
	if err := tx.plain(ctx, begin); err != nil {
		conn.Release()
		return nil, err
	}
	// Names in migrations are looked up as Supabase's projects have it.
	settings := [][2]string{{"search_path", `"$user", public, extensions`}}
	if opt.Claims != "" {
		settings = append(settings, [2]string{"request.jwt.claims", opt.Claims})
	}
	if opt.Role != "" {
		settings = append(settings, [2]string{"role", opt.Role})
	}
	for _, s := range settings {
		if _, err := tx.Exec(ctx, set, nil, &s[0], &s[1]); err != nil {
			_ = tx.Rollback(ctx)
			return nil, err
		}
	}
	return tx, nil
}

func (t *adminTx) plain(ctx context.Context, sql string) error {
	_, err := t.conn.Conn().PgConn().Exec(ctx, sql).ReadAll()
	return serverError(err)
}

// Exec runs one statement as written.
func (t *adminTx) Exec(ctx context.Context, text string, stmt ast.Statement, args ...*string) (*engine.Result, error) {
	if t.done {
		return nil, errs.New("25P01", "the transaction has ended")
	}
	if !isQuery(stmt) {
		t.changed = true
	}
	if readsClient(text, stmt) {
		return nil, errs.New("0A000", "COPY FROM STDIN has no data here").
			WithHint("Put it into a migration or seed file, followed by its data and a line with \\. alone.")
	}
	res := &engine.Result{}
	pg := t.conn.Conn().PgConn()
	defer listenTo(ctx, pg)()
	if len(args) > 0 {
		values := make([][]byte, len(args))
		for i, a := range args {
			if a != nil {
				values[i] = []byte(*a)
			}
		}
		err := receiver(engine.Text, res)(pg.ExecParams(ctx, text, values, nil, nil, nil))
		return res, serverError(err)
	}
	mr := pg.Exec(ctx, text)
	for mr.NextResult() {
		*res = engine.Result{}
		if err := receiver(engine.Text, res)(mr.ResultReader()); err != nil {
			_ = mr.Close()
			return nil, serverError(err)
		}
	}
	if err := mr.Close(); err != nil {
		return nil, serverError(err)
	}
	return res, nil
}

// readsClient says that the server would wait for the client to send rows, which nobody would.
func readsClient(text string, stmt ast.Statement) bool {
	if stmt == nil {
		if word := strings.TrimSpace(text); len(word) < 4 || !strings.EqualFold(word[:4], "copy") {
			return false
		}
		stmt, _ = parse.Statement(text)
	}
	c, ok := stmt.(*ast.CopyStmt)
	return ok && c.From && !c.Program && c.File == ""
}

// isQuery says that a statement cannot change the schema. Functions it calls may: their changes come by notification.
func isQuery(stmt ast.Statement) bool {
	switch stmt.(type) {
	case *ast.SelectStmt, *ast.InsertStmt, *ast.UpdateStmt, *ast.DeleteStmt:
		return true
	}
	return false
}

const mark = "basement_statement"

func (t *adminTx) Savepoint(ctx context.Context) error { return t.plain(ctx, "savepoint "+mark) }

func (t *adminTx) RollbackTo(ctx context.Context) error {
	return t.plain(ctx, "rollback to savepoint "+mark)
}

func (t *adminTx) Release(ctx context.Context) error {
	return t.plain(ctx, "release savepoint "+mark)
}

// Commit commits and reads the catalog again.
func (t *adminTx) Commit(ctx context.Context) error {
	if t.done {
		return errs.New("25P01", "the transaction has ended")
	}
	t.done = true
	if t.auto {
		t.release(ctx)
		if t.changed {
			return t.e.Refresh(ctx)
		}
		return nil
	}
	results, err := t.conn.Conn().PgConn().Exec(ctx, "commit").ReadAll()
	if err == nil && len(results) > 0 && results[0].CommandTag.String() == "ROLLBACK" {
		err = errs.New("25P02", "current transaction is aborted, commands ignored until end of transaction block")
	}
	t.release(ctx)
	if err != nil {
		return serverError(err)
	}
	if t.changed {
		return t.e.Refresh(ctx)
	}
	return nil
}

// Rollback undoes everything.
func (t *adminTx) Rollback(ctx context.Context) error {
	if t.done {
		return nil
	}
	t.done = true
	if t.auto {
		t.release(ctx)
		return nil
	}
	err := t.plain(context.WithoutCancel(ctx), "rollback")
	t.release(ctx)
	return err
}

// release gives the connection back as it came: settings a script made (SET search_path) are undone.
func (t *adminTx) release(ctx context.Context) {
	pg := t.conn.Conn().PgConn()
	if _, err := pg.Exec(context.WithoutCancel(ctx), "discard all").ReadAll(); err != nil {
		_ = pg.Close(context.WithoutCancel(ctx))
	}
	t.conn.Release()
}
