package sqlite

import (
	"context"
	"errors"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
)

// Program runs several requests in one transaction of the writer. The role's statement_timeout bounds them together.
func (e *Engine) Program(ctx context.Context, role string, f func(engine.Runner) error) error {
	if limit := timeout(engine.RoleSettings(e.snap.Load(), role)); limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	err := e.writer.do(ctx, false, func(c *session.Conn) error {
		begun := e.snap.Load()
		tx := e.begin(ctx, c, begun, role, false)
		failed := true // a panic too
		defer func() { tx.End(failed) }()
		var broken error
		err := f(func(r *engine.Request) ([]*engine.Result, error) {
			if broken != nil {
				return nil, broken
			}
			var results []*engine.Result
			results, broken = e.next(tx, role, r)
			return results, broken
		})
		if broken != nil && (err == nil || errors.Is(err, engine.ErrRollback)) {
			return broken
		}
		if err == nil || errors.Is(err, engine.ErrRollback) {
			// What a commit would refuse is refused in a trial too.
			if derr := tx.RunDeferred(nil); derr != nil {
				err = derr
			}
		}
		if err == nil {
			_, err = e.ddl.Settle(tx, begun, false)
		}
		if err != nil {
			return err
		}
		if now := c.Snapshot(); now != begun {
			e.writer.changed = now
		}
		failed = false
		return nil
	})
	if errors.Is(err, engine.ErrRollback) {
		return nil
	}
	return err
}

// next runs one request of a program: its settings go on, its role and its being read only do not.
func (e *Engine) next(tx *session.Tx, role string, r *engine.Request) ([]*engine.Result, error) {
	for i := range r.Steps {
		if g := r.Steps[i].Statement; !g.Valid() || g.Role() != role {
			return nil, errs.Internal("program", errors.New("a statement was not guarded for the program's role"))
		}
	}
	tx.SetRole(role)
	tx.ReadOnly = r.ReadOnly
	defer func() { tx.ReadOnly = false }()
	if len(r.SearchPath) > 0 {
		tx.SetRequestPath(r.SearchPath)
	}
	for _, s := range append(r.Settings[:len(r.Settings):len(r.Settings)], engine.RoleSettings(tx.Snapshot, role)...) {
		if err := tx.Set(s.Name, s.Value); err != nil {
			return nil, err
		}
	}
	results, err := e.steps(tx, r)
	if err != nil {
		return nil, err
	}
	return results, verify(r, results)
}
