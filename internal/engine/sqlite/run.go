package sqlite

import (
	"context"
	"errors"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// errRollback undoes a job that succeeded and asked for it.
var errRollback = errors.New("rollback")

// Run runs a request's steps in one transaction: on the writer when one of them may write, else on a reader.
func (e *Engine) Run(ctx context.Context, r *engine.Request) ([]*engine.Result, error) {
	if own := engine.RoleSettings(e.snap.Load(), r.Role); len(own) > 0 {
		c := *r
		c.Settings = append(append([]engine.Setting(nil), r.Settings...), own...)
		r = &c
	}
	if limit := timeout(r.Settings); limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	write := false
	for i := range r.Steps {
		g := r.Steps[i].Statement
		if !g.Valid() || g.Role() != r.Role {
			return nil, errs.Internal("run", errors.New("a statement was not guarded for the request's role"))
		}
		write = write || e.command(g) != "" || g.Query() != nil && e.plans.get(g.Query()).calls
	}
	if !write || r.ReadOnly {
		return e.read(ctx, r)
	}
	var results []*engine.Result
	err := e.writer.do(ctx, false, func(c *session.Conn) (err error) {
		begun := e.snap.Load()
		results, err = e.transaction(ctx, c, begun, r)
		if now := c.Snapshot(); now != begun && err == nil {
			e.writer.changed = now
		}
		if err == nil {
			err = verify(r, results)
		}
		if err == nil && r.Rollback {
			err = errRollback
		}
		return err
	})
	if err == errRollback {
		err = nil
	}
	if err != nil {
		return nil, err
	}
	return results, nil
}

func verify(r *engine.Request, results []*engine.Result) error {
	if r.Verify == nil {
		return nil
	}
	return r.Verify(results)
}

// read runs a request on a reader. When the catalog changed meanwhile, the request runs again: its plan and the file may
// not belong together.
func (e *Engine) read(ctx context.Context, r *engine.Request) (results []*engine.Result, err error) {
	c, err := e.readers.lend(ctx)
	if err != nil {
		return nil, err
	}
	broken, locked := true, false
	defer func() {
		if locked {
			e.swapMu.RUnlock()
		}
		if p := recover(); p != nil {
			results, err = nil, panicked(p)
		}
		e.readers.giveBack(c, broken)
	}()
	for try := 0; ; try++ {
		before := e.swaps.Load()
		if before%2 == 1 || try > 2 {
			e.swapMu.RLock()
			before = e.swaps.Load()
			if locked = try > 2; !locked {
				e.swapMu.RUnlock()
			}
		}
		snap := e.snap.Load()
		if err = c.Exec("BEGIN"); err == nil {
			results, err = e.transaction(ctx, c, snap, r)
			if rerr := c.Exec("ROLLBACK"); rerr != nil && !c.DB.GetAutocommit() {
				return nil, rerr
			}
		}
		if locked || before == e.swaps.Load() {
			break
		}
	}
	broken = false
	if err == nil {
		err = verify(r, results)
	}
	if err != nil {
		return nil, err
	}
	return results, nil
}

// transaction runs the steps on a connection that is inside a transaction or savepoint.
func (e *Engine) transaction(ctx context.Context, c *session.Conn, snap *catalog.Snapshot, r *engine.Request) ([]*engine.Result, error) {
	tx := e.begin(ctx, c, snap, r.Role, r.ReadOnly)
	failed := true // a panic too
	defer func() { tx.End(failed) }()
	if len(r.SearchPath) > 0 {
		tx.SetRequestPath(r.SearchPath)
	}
	for _, s := range r.Settings {
		if err := tx.Set(s.Name, s.Value); err != nil {
			return nil, err
		}
	}
	results, err := e.steps(tx, r)
	if err != nil {
		return nil, err
	}
	if err := tx.RunDeferred(nil); err != nil {
		return nil, err
	}
	if _, err := e.ddl.Settle(tx, snap, false); err != nil {
		return nil, err
	}
	failed = false
	return results, nil
}

// steps runs a request's statements one after the other.
func (e *Engine) steps(tx *session.Tx, r *engine.Request) ([]*engine.Result, error) {
	results := make([]*engine.Result, len(r.Steps))
	for i := range r.Steps {
		step := &r.Steps[i]
		g, err := e.current(tx, step.Statement, r.SearchPath)
		if err != nil {
			return nil, err
		}
		if results[i], err = e.step(tx, g, step.Args, step.Format, true); err != nil {
			return nil, err
		}
	}
	return results, nil
}

func (e *Engine) begin(ctx context.Context, c *session.Conn, snap *catalog.Snapshot, role string, readOnly bool) *session.Tx {
	login := role
	if snap.Role(authenticator) != nil {
		login = authenticator
	}
	tx := c.Begin(ctx, session.Options{Snapshot: snap, Role: role, Session: login, ReadOnly: readOnly,
		Sequences: e.sequences, Locks: e.locks, Now: e.opt.Now()})
	e.equip(tx)
	return tx
}

// authenticator is the role requests log in as.
const authenticator = "authenticator"

// current gives the statement as it must be run now: guarded against the transaction's catalog and for its present role.
func (e *Engine) current(tx *session.Tx, g guard.Guarded, path []string) (guard.Guarded, error) {
	if g.Version() != tx.Snapshot.Version {
		return e.guard.Apply(tx.Snapshot, tx.Role(), g.Statement(), guard.Options{SearchPath: path, Params: g.Params()})
	}
	return g.As(tx.Role())
}

// step runs one guarded statement. keep says that its plan is worth keeping.
func (e *Engine) step(tx *session.Tx, g guard.Guarded, args []*string, format engine.Format, keep bool) (*engine.Result, error) {
	if s, ok := g.Statement().(*ast.ExplainStmt); ok {
		if cmd := e.command(g); tx.ReadOnly && cmd != "" {
			return nil, errs.New("25006", "cannot execute %s in a read-only transaction", cmd)
		}
		return e.explain(tx, g, s, args, format)
	}
	if tx.ReadOnly {
		if cmd := e.command(g); cmd != "" {
			return nil, errs.New("25006", "cannot execute %s in a read-only transaction", cmd)
		}
	}
	p, err := e.plan(tx.Snapshot, g.Query(), len(g.Params()), keep)
	if err != nil {
		return nil, err
	}
	bound, err := bind(tx, g.Params(), args)
	if err != nil {
		return nil, err
	}
	out := newSink(p, format, tx.Env())
	if err := p.run(tx, bound, out); err != nil {
		return nil, err
	}
	return out.finish(), nil
}

// bind reads the arguments' texts as values of the parameters' types.
func bind(tx *session.Tx, params []*types.Type, args []*string) ([]types.Datum, error) {
	if len(args) == 0 && len(params) == 0 {
		return nil, nil
	}
	if len(args) < len(params) {
		return nil, errs.New("08P01", "bind message supplies %d parameters, but prepared statement \"\" requires %d", len(args), len(params))
	}
	out := make([]types.Datum, len(params))
	env := tx.Env()
	for i, t := range params {
		if args[i] == nil || t == nil {
			continue
		}
		if err := parse.Encoded(*args[i]); err != nil {
			return nil, err
		}
		d, err := types.In(t, -1, *args[i], env)
		if err != nil {
			return nil, err
		}
		out[i] = d
	}
	return out, nil
}

// command says what a statement that writes is called in 25006, "" for one that only reads.
func (e *Engine) command(g guard.Guarded) string {
	q := g.Query()
	if q == nil || q.Command == query.Utility {
		return "this statement"
	}
	if s, ok := g.Statement().(*ast.ExplainStmt); ok {
		if opt, err := readExplain(s); err != nil || !opt.analyze {
			return ""
		}
	}
	return e.plans.get(q).writes
}

// timeout finds statement_timeout among a request's settings.
func timeout(settings []engine.Setting) time.Duration {
	for i := len(settings) - 1; i >= 0; i-- {
		if settings[i].Name == "statement_timeout" {
			d, _ := session.Duration(settings[i].Value)
			return d
		}
	}
	return 0
}
