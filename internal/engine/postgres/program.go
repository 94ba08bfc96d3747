package postgres

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
)

// Program runs several requests in one transaction, one round trip each.
func (e *Engine) Program(ctx context.Context, role string, f func(engine.Runner) error) error {
	conn, err := e.acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	defer listenTo(ctx, conn.Conn().PgConn())()
	err = e.program(ctx, conn, role, f)
	if err != nil && stale(err) && conn.Conn().PgConn().TxStatus() == 'I' {
		forget(conn)
		err = e.program(ctx, conn, role, f)
	}
	if err == nil || errors.Is(err, engine.ErrRollback) {
		return nil
	}
	if told := (*errs.Error)(nil); errors.As(err, &told) {
		return told // f may have added to what the database said
	}
	return serverError(err)
}

func (e *Engine) program(ctx context.Context, conn *pgxpool.Conn, role string, f func(engine.Runner) error) (err error) {
	pg := conn.Conn().PgConn()
	p := &pipeline{Pipeline: pg.StartPipeline(ctx), cache: statementsOf(pg)}
	defer func() {
		if cerr := p.Close(); err == nil && cerr != nil {
			err = cerr
		}
		if err != nil {
			p.cache.undo(p.prepared[p.confirmed:])
		}
		if pg.TxStatus() != 'I' && !pg.IsClosed() {
			_, _ = pg.Exec(ctx, "rollback").ReadAll()
		}
	}()
	p.send("begin", nil, nil)
	var broken error
	err = f(func(r *engine.Request) ([]*engine.Result, error) {
		if broken != nil {
			return nil, broken
		}
		var out []*engine.Result
		out, broken = e.next(p, role, r)
		return out, broken
	})
	if broken != nil && (err == nil || errors.Is(err, engine.ErrRollback)) {
		return broken
	}
	end := "commit"
	if errors.Is(err, engine.ErrRollback) {
		// What a commit would refuse is refused in a trial too.
		p.send("set constraints all immediate", nil, nil)
		end = "rollback"
	} else if err != nil {
		return err
	}
	p.send(end, nil, nil)
	if err := p.Sync(); err != nil {
		return err
	}
	return p.receive()
}

// next runs one request of a program. A read-only one runs within a savepoint, at whose end the transaction may write
// again.
func (e *Engine) next(p *pipeline, role string, r *engine.Request) ([]*engine.Result, error) {
	for _, s := range r.Steps {
		if !s.Statement.Valid() || s.Statement.Role() != role {
			return nil, errs.New("XX000", "a statement that was not guarded for the program's role cannot run")
		}
	}
	if r.ReadOnly {
		p.send("savepoint reading", nil, nil)
	}
	e.sendSettings(p, r)
	out := make([]*engine.Result, len(r.Steps))
	for i, s := range r.Steps {
		out[i] = &engine.Result{}
		p.send(e.texts.text(s.Statement.Statement(), s.Format), s.Args, receiver(s.Format, out[i]))
	}
	if r.ReadOnly {
		p.send("release savepoint reading", nil, nil)
	}
	if err := p.Sync(); err != nil {
		return nil, err
	}
	if err := p.receive(); err != nil {
		return nil, serverError(err)
	}
	if r.Verify != nil {
		return out, r.Verify(out)
	}
	return out, nil
}
