package postgres

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Options configure an engine.
type Options struct {
	// URL is the owner's connection string: migrations, introspection and notifications use it.
	URL string
	// Password is the one the authenticator role is given when this program made that role; "" leaves it alone.
	Password string
	// MaxConns bounds the request pool; 0 means 10.
	MaxConns int
	// AcquireTimeout bounds the wait for a connection; 0 means 10 s.
	AcquireTimeout time.Duration
	Log            *slog.Logger
}

// Engine serves requests from a PostgreSQL server.
type Engine struct {
	opt      Options
	log      *slog.Logger
	owner    *pgxpool.Pool
	requests atomic.Pointer[pgxpool.Pool]
	texts    *textCache
	changed  chan struct{}

	snap    atomic.Pointer[catalog.Snapshot]
	refresh sync.Mutex
	stop    context.CancelFunc
	done    sync.WaitGroup
}

var _ engine.Engine = (*Engine)(nil)

// minVersion is PostgreSQL 14.
const minVersion = 140000

// Open connects, checks the server's version and reads the catalog.
func Open(ctx context.Context, opt Options) (*Engine, error) {
	if opt.MaxConns == 0 {
		opt.MaxConns = 10
	}
	if opt.AcquireTimeout == 0 {
		opt.AcquireTimeout = 10 * time.Second
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	e := &Engine{opt: opt, log: opt.Log, texts: newTextCache(), changed: make(chan struct{}, 1)}
	cfg, err := poolConfig(opt.URL, 4)
	if err != nil {
		return nil, err
	}
	if e.owner, err = pgxpool.NewWithConfig(ctx, cfg); err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	var version int
	var name string
	err = e.owner.QueryRow(ctx, "select current_setting('server_version_num')::int, current_setting('server_version')").Scan(&version, &name)
	if err != nil {
		e.owner.Close()
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	if version < minVersion {
		e.owner.Close()
		return nil, fmt.Errorf("the server is PostgreSQL %s; version 14 or newer is needed", name)
	}
	if err := e.Refresh(ctx); err != nil {
		e.owner.Close()
		return nil, err
	}
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	e.stop = cancel
	e.done.Add(1)
	go e.listen(background)
	return e, nil
}

// poolConfig parses a connection string and fixes the settings both engines must agree on.
func poolConfig(url string, max int) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		// The driver's message may repeat the string with its password.
		return nil, fmt.Errorf("the database URL is not a valid PostgreSQL connection string (postgres://user:password@host:port/database)")
	}
	cfg.MaxConns = int32(max)
	cfg.ConnConfig.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec
	cfg.ConnConfig.ConnectTimeout = 10 * time.Second
	cfg.ConnConfig.OnNotice = onNotice
	p := cfg.ConnConfig.RuntimeParams
	p["TimeZone"] = "UTC"
	p["DateStyle"] = "ISO, MDY"
	p["IntervalStyle"] = "postgres"
	p["client_encoding"] = "UTF8"
	p["standard_conforming_strings"] = "on"
	if p["application_name"] == "" {
		p["application_name"] = "basement"
	}
	return cfg, nil
}

// pool gives the request pool, made on first use: the authenticator role may only exist once the system schemas are installed.
func (e *Engine) pool(ctx context.Context) (*pgxpool.Pool, error) {
	if p := e.requests.Load(); p != nil {
		return p, nil
	}
	e.refresh.Lock()
	defer e.refresh.Unlock()
	if p := e.requests.Load(); p != nil {
		return p, nil
	}
	p, err := e.connectRequests(ctx)
	if err != nil {
		return nil, err
	}
	e.requests.Store(p)
	return p, nil
}

// connectRequests logs in as authenticator. When that role is refused and has no password yet, it is given one; when it
// still cannot log in (peer authentication, a managed server), the owner's connection is used and every transaction sets
// its role itself.
func (e *Engine) connectRequests(ctx context.Context) (*pgxpool.Pool, error) {
	as := func(user, password string) (*pgxpool.Pool, error) {
		cfg, err := poolConfig(e.opt.URL, e.opt.MaxConns)
		if err != nil {
			return nil, err
		}
		if user != "" {
			cfg.ConnConfig.User, cfg.ConnConfig.Password = user, password
		}
		p, err := pgxpool.NewWithConfig(ctx, cfg)
		if err != nil {
			return nil, err
		}
		if err := p.Ping(ctx); err != nil {
			p.Close()
			return nil, err
		}
		return p, nil
	}
	if r := e.Snapshot().Role("authenticator"); r != nil && r.Login {
		p, err := as("authenticator", e.opt.Password)
		if err == nil {
			return p, nil
		}
		if e.opt.Password != "" && e.claimAuthenticator(ctx) {
			if p, err = as("authenticator", e.opt.Password); err == nil {
				return p, nil
			}
		}
		e.log.Warn("requests connect as the owner: the authenticator role cannot log in", "error", errorText(err))
	}
	p, err := as("", "")
	if err != nil {
		return nil, connectionError(err)
	}
	return p, nil
}

// claimAuthenticator gives the authenticator role this program's password if it has none; false when that is not possible.
func (e *Engine) claimAuthenticator(ctx context.Context) bool {
	conn, err := e.owner.Acquire(ctx)
	if err != nil {
		return false
	}
	defer conn.Release()
	tx, err := conn.Begin(ctx)
	if err != nil {
		return false
	}
	defer tx.Rollback(ctx)
	if _, err := tx.Exec(ctx, "select set_config('basement.password', $1, true)", e.opt.Password); err != nil {
		return false
	}
	if _, err := tx.Exec(ctx, claimSQL); err != nil {
		return false
	}
	return tx.Commit(ctx) == nil
}

const claimSQL = `do $$ begin
  if not exists (select from pg_authid where rolname = 'authenticator' and rolpassword is null) then
    raise exception 'authenticator has a password';
  end if;
  execute format('alter role authenticator login password %L', current_setting('basement.password'));
end $$`

// Name is "postgres".
func (e *Engine) Name() string { return "postgres" }

// Enforces says that the server checks rights and row security itself.
func (e *Engine) Enforces() bool { return true }

// Snapshot is the current catalog.
func (e *Engine) Snapshot() *catalog.Snapshot { return e.snap.Load() }

// Changed receives after each swap of the snapshot.
func (e *Engine) Changed() <-chan struct{} { return e.changed }

// Refresh reads the catalog and swaps the snapshot when anything in it is different.
func (e *Engine) Refresh(ctx context.Context) error {
	e.refresh.Lock()
	defer e.refresh.Unlock()
	objects, err := introspect(ctx, e.owner)
	for wait := 50 * time.Millisecond; lockWaitedFor(err); wait = min(2*wait, time.Second) {
		select {
		case <-ctx.Done():
			return connectionError(ctx.Err())
		case <-time.After(wait):
		}
		objects, err = introspect(ctx, e.owner)
	}
	if err != nil {
		return connectionError(err)
	}
	var version uint64 = 1
	if old := e.snap.Load(); old != nil {
		version = old.Version + 1
	}
	e.snap.Store(catalog.NewSnapshot(version, *objects, base()))
	select {
	case e.changed <- struct{}{}:
	default:
	}
	return nil
}

// lockWaitedFor says that reading the catalog let go because a transaction that changes the schema is under way.
func lockWaitedFor(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "55P03" || pg.Code == "40P01")
}

// base holds the built-in types; PostgreSQL resolves its built-in functions itself.
func base() *catalog.Snapshot {
	var o catalog.Objects
	for _, t := range types.Builtin() {
		o.Types = append(o.Types, &catalog.UserType{Type: t, Owner: "postgres", ACL: catalog.ACL{Default: true}})
	}
	return catalog.NewSnapshot(0, o, nil)
}

// listen waits for schema changes announced by NOTIFY (the pgrst channel, and basement's own event trigger) and refreshes.
func (e *Engine) listen(ctx context.Context) {
	defer e.done.Done()
	defer func() {
		if r := recover(); r != nil {
			e.log.Error("listener stopped", "panic", r)
		}
	}()
	for wait := time.Second; ctx.Err() == nil; wait = min(2*wait, 30*time.Second) {
		started := time.Now()
		err := e.listenOnce(ctx)
		if ctx.Err() != nil {
			return
		}
		e.log.Warn("connection for notifications lost; connecting again", "error", errorText(err))
		if time.Since(started) > time.Minute {
			wait = time.Second
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

func (e *Engine) listenOnce(ctx context.Context) error {
	cfg, err := pgx.ParseConfig(e.opt.URL)
	if err != nil {
		return err
	}
	conn, err := pgx.ConnectConfig(ctx, cfg)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "listen pgrst; listen basement_schema"); err != nil {
		return err
	}
	for {
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return err
		}
		// Notifications come in bursts (one for each DDL command): take them together.
		for {
			short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
			_, err := conn.WaitForNotification(short)
			cancel()
			if err != nil {
				if short.Err() != nil && ctx.Err() == nil && pgconn.Timeout(err) {
					break
				}
				return err
			}
		}
		if err := e.Refresh(ctx); err != nil {
			return err
		}
	}
}

// Close ends every connection.
func (e *Engine) Close(ctx context.Context) error {
	e.stop()
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		if p := e.requests.Load(); p != nil {
			p.Close()
		}
		e.owner.Close()
		e.done.Wait()
	}()
	select {
	case <-closed:
		return nil
	case <-ctx.Done():
		return errs.New("57P01", "connections are still busy")
	}
}
