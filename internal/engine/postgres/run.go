package postgres

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
)

// Run runs a request. Without Verify or Rollback on a writing request everything travels in one round trip, as one
// implicit transaction; otherwise the transaction is explicit and ended once the results were looked at.
func (e *Engine) Run(ctx context.Context, r *engine.Request) ([]*engine.Result, error) {
	for _, s := range r.Steps {
		if !s.Statement.Valid() || s.Statement.Role() != r.Role {
			return nil, errs.New("XX000", "a statement that was not guarded for the request's role cannot run")
		}
	}
	conn, err := e.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Release()
	defer listenTo(ctx, conn.Conn().PgConn())()
	out, err := e.run(ctx, conn, r)
	if err != nil && stale(err) && conn.Conn().PgConn().TxStatus() == 'I' {
		forget(conn)
		out, err = e.run(ctx, conn, r)
	}
	if err != nil {
		return nil, serverError(err)
	}
	return out, nil
}

// acquire lends a connection of the pool.
func (e *Engine) acquire(ctx context.Context) (*pgxpool.Conn, error) {
	pool, err := e.pool(ctx)
	if err != nil {
		return nil, err
	}
	waiting, cancel := context.WithTimeout(ctx, e.opt.AcquireTimeout)
	conn, err := pool.Acquire(waiting)
	timedOut := waiting.Err() != nil && ctx.Err() == nil
	cancel()
	if err == nil {
		return conn, nil
	}
	if timedOut {
		return nil, &errs.Error{Code: "PGRST003", Message: "Timed out acquiring connection from connection pool.", Err: err}
	}
	return nil, connectionError(err)
}

// stale says that a prepared statement no longer fits the schema.
func stale(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	return pg.Code == "26000" || (pg.Code == "0A000" && strings.Contains(pg.Message, "cached plan must not change result type"))
}

// forget drops what is known of a connection's prepared statements; the server's are dropped with them.
func forget(conn *pgxpool.Conn) {
	delete(conn.Conn().PgConn().CustomData(), cacheKey)
	_, _ = conn.Conn().PgConn().Exec(context.Background(), "deallocate all").ReadAll() // bounded by the connection's own life
}

func (e *Engine) run(ctx context.Context, conn *pgxpool.Conn, r *engine.Request) (out []*engine.Result, err error) {
	pg := conn.Conn().PgConn()
	explicit := r.Rollback || (r.Verify != nil && !r.ReadOnly) || r.Isolation != ""
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
	if explicit {
		p.send("begin"+isolation(r.Isolation), nil, nil)
	}
	e.sendSettings(p, r)
	for _, s := range r.Steps {
		out = append(out, &engine.Result{})
		p.send(e.texts.text(s.Statement.Statement(), s.Format), s.Args, receiver(s.Format, out[len(out)-1]))
	}
	if err := p.Sync(); err != nil {
		return nil, err
	}
	if err := p.receive(); err != nil {
		return nil, err
	}
	if r.Verify != nil {
		if err := r.Verify(out); err != nil {
			return nil, err
		}
	}
	if !explicit {
		return out, nil
	}
	end := "commit"
	if r.Rollback {
		end = "rollback"
		if !r.ReadOnly {
			// What a commit would refuse is refused here too.
			p.send("set constraints all immediate", nil, nil)
		}
	}
	p.send(end, nil, nil)
	if err := p.Sync(); err != nil {
		return nil, err
	}
	return out, p.receive()
}

func isolation(level string) string {
	switch level {
	case "repeatable read":
		return " isolation level repeatable read"
	case "serializable":
		return " isolation level serializable"
	}
	return ""
}

// sendSettings sends one query that sets everything of the transaction. The role comes last: it may be one that may
// not set the role settings before it.
func (e *Engine) sendSettings(p *pipeline, r *engine.Request) {
	var args []*string
	var sql strings.Builder
	sql.WriteString("select ")
	add := func(name, value string) {
		if len(args) > 0 {
			sql.WriteString(", ")
		}
		args = append(args, &name, &value)
		sql.WriteString("set_config($" + strconv.Itoa(len(args)-1) + ", $" + strconv.Itoa(len(args)) + ", true)")
	}
	if r.SearchPath != nil {
		add("search_path", quoteList(r.SearchPath))
	}
	for _, s := range r.Settings {
		add(s.Name, s.Value)
	}
	if r.ReadOnly {
		add("transaction_read_only", "on")
	}
	for _, s := range engine.RoleSettings(e.Snapshot(), r.Role) {
		add(s.Name, s.Value)
	}
	add("role", r.Role)
	p.send(sql.String(), args, func(*pgconn.ResultReader) error { return nil })
}

func quoteList(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = `"` + strings.ReplaceAll(n, `"`, `""`) + `"`
	}
	return strings.Join(out, ", ")
}

// receiver reads a step's rows into res.
func receiver(format engine.Format, res *engine.Result) func(*pgconn.ResultReader) error {
	return func(rr *pgconn.ResultReader) error {
		fields := rr.FieldDescriptions()
		res.Columns = make([]engine.Column, len(fields))
		for i, f := range fields {
			res.Columns[i] = engine.Column{Name: f.Name, Type: engine.OID(f.DataTypeOID)}
		}
		for rr.NextRow() {
			values := rr.Values()
			res.Count++
			switch format {
			case engine.JSON, engine.JSONScalar:
				if res.Count > 1 {
					res.JSON = append(res.JSON, ", \n "...)
				}
				if values[0] == nil {
					res.JSON = append(res.JSON, "null"...)
				} else {
					res.JSON = append(res.JSON, values[0]...)
				}
			case engine.Text:
				row := make([]*string, len(values))
				for i, v := range values {
					if v != nil {
						s := string(v)
						row[i] = &s
					}
				}
				res.Rows = append(res.Rows, row)
			}
		}
		tag, err := rr.Close()
		res.Tag = tag.String()
		if len(fields) == 0 {
			res.Count = tag.RowsAffected()
		}
		return err
	}
}
