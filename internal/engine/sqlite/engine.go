package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/engine/sqlite/ddl"
	"github.com/basement-project/basement/internal/engine/sqlite/function"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/store"
	"github.com/basement-project/basement/internal/guard"
)

// Options say how the file is used; zero values take the defaults.
type Options struct {
	// Readers is the most read connections; the default is four for each processor.
	Readers int
	// CacheKB is each connection's page cache, 4096 by default.
	CacheKB int
	// Statements is how many prepared statements a connection keeps, 200 by default.
	Statements int
	// CheckpointPages is how long the write-ahead log may grow before it is checkpointed, 4000 pages by default.
	CheckpointPages int
	// Now is the clock; nil is the wall clock.
	Now func() time.Time
}

// Engine is the embedded engine on one data folder. It is an engine.Engine.
type Engine struct {
	opt       Options
	path      string
	lock      *os.File
	base      context.Context
	store     *store.Store
	sequences *session.Sequences
	locks     *session.Locks
	guard     *guard.Guard
	cache     *analyze.Cache
	compiler  *modify.Compiler
	ddl       *ddl.Executor
	functions *function.Runner
	plans     *planCache
	domains   domainCache

	snap    atomic.Pointer[catalog.Snapshot]
	changed chan struct{}
	// swaps is odd while a transaction that changed the catalog is being committed, and different after each one: a reader
	// that sees the same even number before and after read one catalog and the file that belongs to it.
	swaps  atomic.Uint64
	swapMu sync.RWMutex

	writer    *writer
	readers   *readers
	graveyard graveyard
	closeOnce sync.Once
}

var _ engine.Engine = (*Engine)(nil)

// Open opens the database in a data folder, making both when they do not exist. A folder in use by another process is
// refused with 55006.
func Open(ctx context.Context, dir string, opt Options) (_ *Engine, err error) {
	if opt.Readers <= 0 {
		opt.Readers = 4 * runtime.GOMAXPROCS(0)
	}
	if opt.CacheKB <= 0 {
		opt.CacheKB = 4096
	}
	if opt.Statements <= 0 {
		opt.Statements = 200
	}
	if opt.CheckpointPages <= 0 {
		opt.CheckpointPages = 4000
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	e := &Engine{opt: opt, path: filepath.Join(dir, FileName), base: context.WithoutCancel(ctx), changed: make(chan struct{}, 1),
		guard: guard.New(false), plans: newPlanCache(1024), cache: &analyze.Cache{}, locks: session.NewLocks()}
	if e.lock, err = lockFolder(dir); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = e.lock.Close()
		}
	}()
	e.compiler = &modify.Compiler{Query: printer.Query, Row: printer.Row, Check: e.checkExpr, Default: e.defaultExpr}
	e.compiler.Triggers = func(snap *catalog.Snapshot, rel *catalog.Relation) ([]*modify.Trigger, error) {
		return e.functions.Triggers(snap, rel)
	}
	e.functions = function.New(function.Tools{Guard: e.guard, Compiler: e.compiler, Options: guardOptions, Tag: ddl.Tag,
		Utility: e.utility})
	c, err := e.open(forWriting)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			_ = c.Close()
		}
	}()
	if err := checkVersion(c); err != nil {
		return nil, err
	}
	if err := e.load(ctx, c); err != nil {
		return nil, err
	}
	e.ddl = ddl.New(e.store, ddl.Tools{Cache: e.cache, Run: e.runNested, Compiler: e.compiler,
		CheckBody: e.functions.Check, CheckSQL: e.functions.CheckSQL, CheckWhen: e.functions.CheckWhen,
		FireEvent: e.functions.FireEvent})
	e.readers = newReaders(e, opt.Readers)
	e.writer = startWriter(e, c)
	return e, nil
}

// load reads the catalog, making it in a new file.
func (e *Engine) load(ctx context.Context, c *session.Conn) error {
	exists, err := store.Exists(c)
	if err != nil {
		return err
	}
	if !exists {
		if err := c.Exec("BEGIN IMMEDIATE"); err != nil {
			return err
		}
		err := store.Create(c)
		if err == nil {
			err = e.bootstrap(ctx, c)
		}
		if err == nil {
			err = c.Exec("COMMIT")
		}
		if err != nil {
			_ = c.Exec("ROLLBACK")
			return err
		}
	}
	st, snap, seqs, err := store.Load(c, builtin.Base())
	if err != nil {
		return err
	}
	e.store, e.sequences = st, seqs
	e.snap.Store(snap)
	return nil
}

// bootstrap puts in what a new PostgreSQL database has: its superuser and the schema public.
func (e *Engine) bootstrap(ctx context.Context, c *session.Conn) error {
	st, snap, seqs, err := store.Load(c, builtin.Base())
	if err != nil {
		return err
	}
	tx := c.Begin(ctx, session.Options{Snapshot: snap, Role: Owner, Sequences: seqs, Now: e.opt.Now()})
	defer tx.End(false)
	edit := st.Edit(tx)
	edit.PutRole(&catalog.Role{OID: 10, Name: Owner, Superuser: true, Inherit: true, CreateRole: true, CreateDB: true,
		Login: true, Replication: true, BypassRLS: true})
	edit.PutRole(&catalog.Role{OID: 6171, Name: "pg_database_owner", Inherit: true})
	edit.PutSchema(&catalog.Schema{OID: 2200, Name: "public", Owner: "pg_database_owner", Comment: "standard public schema",
		ACL: catalog.ACL{Grants: []catalog.Grant{
			{Grantee: "pg_database_owner", Grantor: "pg_database_owner", Privileges: catalog.Usage | catalog.Create},
			{Grantee: catalog.Public, Grantor: "pg_database_owner", Privileges: catalog.Usage},
		}}})
	return edit.Flush()
}

// Owner is the role that owns the project's objects: the superuser of a new file.
const Owner = "postgres"

// register makes a connection know PostgreSQL's functions and collations.
func (e *Engine) register(c *session.Conn) error { return builtin.Register(c) }

// Name is "sqlite".
func (e *Engine) Name() string { return "sqlite" }

// Enforces is false: the guard checks rights and row security.
func (e *Engine) Enforces() bool { return false }

// Snapshot is the current catalog.
func (e *Engine) Snapshot() *catalog.Snapshot { return e.snap.Load() }

// Refresh does nothing: only this process changes the catalog, and the snapshot is swapped as it does.
func (e *Engine) Refresh(context.Context) error { return nil }

// Changed receives after each swap of the snapshot.
func (e *Engine) Changed() <-chan struct{} { return e.changed }

func (e *Engine) swap(s *catalog.Snapshot) {
	e.snap.Store(s)
	select {
	case e.changed <- struct{}{}:
	default:
	}
}

// Close lets running requests end, until ctx ends, and closes the file.
func (e *Engine) Close(ctx context.Context) error {
	e.closeOnce.Do(func() {
		e.readers.close(ctx)
		if e.sequences.Unsaved() {
			// What transactions that were undone took from sequences is not given out again.
			_ = e.writer.do(ctx, false, func(*session.Conn) error { return nil })
		}
		e.writer.close(ctx)
		_ = e.lock.Close()
	})
	return nil
}
