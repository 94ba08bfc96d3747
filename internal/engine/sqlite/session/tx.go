package session

import (
	"context"
	"maps"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Tx is a transaction on a connection. It is used by the connection's goroutine alone.
type Tx struct {
	Conn    *Conn
	Context context.Context
	// Snapshot is the catalog the transaction sees; DDL inside the transaction replaces it (SetSnapshot).
	Snapshot *catalog.Snapshot
	// Start is now(): one instant for the whole transaction. StatementStart is statement_timestamp().
	Start          time.Time
	StatementStart time.Time
	// ReadOnly makes writes fail with 25006.
	ReadOnly bool
	// SessionRole is session_user.
	SessionRole string
	// CheckDomain applies a domain's CHECK constraints; set by the engine.
	CheckDomain func(tx *Tx, domain *types.Type, value types.Datum) error
	// Call and CallSet run functions of the project for SQLite; set by the engine. args are the function's to keep, columns
	// those of each row, of which yield says whether more are wanted.
	Call    func(tx *Tx, fn *catalog.Function, args []types.Datum, argTypes []*types.Type, result *types.Type) (types.Datum, error)
	CallSet func(tx *Tx, fn *catalog.Function, args []types.Datum, argTypes []*types.Type, columns []types.Field, yield func([]types.Datum) bool) error
	// Aggregate begins an aggregate of the project over one group; set by the engine.
	Aggregate func(tx *Tx, fn *catalog.Function, argTypes []*types.Type, result *types.Type) (Aggregation, error)
	// OnWrite, when set, is told of each row written; package modify's.
	OnWrite func(sql string, args []types.Datum)
	// Bound is the query inside of the running utility statement, package function's.
	Bound any
	// Left are temporary tables that were dropped while a query was running, for whoever ends the transaction.
	Left []string
	// Prepared are the statements PREPARE named, the engine's.
	Prepared map[string]any
	// NewEnums are the enums the transaction made, NewLabels the labels it added to others: those must not be used in it.
	NewEnums  map[catalog.OID]bool
	NewLabels map[catalog.OID][]string
	// SchemaChanged says that the catalog changed by more than temporary objects.
	SchemaChanged bool
	// Functions is what running functions share, package function's.
	Functions any
	// Notice, when set, is told of messages that are not errors: level is "NOTICE", "WARNING" and so on.
	Notice func(level string, e *errs.Error)
	// EndTransaction, when set, commits or rolls back what was done so far and begins anew, for COMMIT and ROLLBACK in a
	// procedure.
	EndTransaction func(tx *Tx, rollback bool) error

	// TriggerDepth is the number of triggers being run, one inside the other.
	TriggerDepth int
	// Event is what the event trigger being run may ask about, nil outside of one.
	Event *Event

	login     string // who logged in; SET SESSION AUTHORIZATION does not change it
	sequences *Sequences
	locks     *Locks
	holds     map[LockKey]*holding
	roles     []string
	settings  map[string]string
	shared    bool // settings belong to a savepoint's copy too
	env       *types.Env
	called    map[catalog.OID]int64
	lastCall  catalog.OID
	stashed   *errs.Error
	deferred  []Deferred
	modes     modes
	undo      []func()
	marks     []mark
	depth     int
	nest      int
}

// Aggregation is the state of an aggregate over one group.
type Aggregation interface {
	// Step takes a row's arguments, which are its to keep.
	Step(args []types.Datum) error
	// Result gives the value so far; it may be called several times.
	Result() (types.Datum, error)
}

// Deferred is a check to be done at the end of the transaction, or when SET CONSTRAINTS makes it immediate.
type Deferred struct {
	Constraint catalog.OID
	Check      func(tx *Tx) error
}

// mark is what a savepoint remembers.
type mark struct {
	settings map[string]string
	roles    []string
	deferred int
	undo     int
	snapshot *catalog.Snapshot
	readOnly bool
	changed  bool
}

// Options say how a transaction starts.
type Options struct {
	Snapshot  *catalog.Snapshot
	Role      string
	Session   string // session_user; "" is the role
	ReadOnly  bool
	Sequences *Sequences
	Locks     *Locks // nil: advisory locks are always free
	Now       time.Time
}

// Begin makes the transaction's state and ties it to the connection. The SQLite transaction is the caller's to begin.
func (c *Conn) Begin(ctx context.Context, o Options) *Tx {
	if o.Session == "" {
		o.Session = o.Role
	}
	// PostgreSQL's clock has microseconds.
	now := o.Now.UTC().Truncate(time.Microsecond)
	tx := &Tx{Conn: c, Context: ctx, Snapshot: o.Snapshot, Start: now, StatementStart: now, ReadOnly: o.ReadOnly,
		SessionRole: o.Session, login: o.Session, sequences: o.Sequences, locks: o.Locks, roles: []string{o.Role}}
	c.tx = tx
	c.DB.SetInterrupt(ctx)
	return tx
}

// End unties the transaction from its connection. undo says that it was rolled back.
func (t *Tx) End(undo bool) {
	if undo {
		t.rollbackTo(0)
	}
	t.freeLocks()
	t.Conn.snap = t.Snapshot
	t.Conn.tx = nil
	t.Conn.DB.SetInterrupt(context.Background())
}

// Turn begins the next transaction with the same settings and roles, after what was done is committed, or with undo rolled
// back.
func (t *Tx) Turn(undo bool, now time.Time) {
	if undo {
		t.rollbackTo(0)
	}
	t.undo, t.deferred, t.stashed, t.env = nil, nil, nil, nil
	t.Start = now.UTC().Truncate(time.Microsecond)
}

// SetSnapshot replaces the catalog the rest of the transaction sees.
func (t *Tx) SetSnapshot(s *catalog.Snapshot) { t.Snapshot, t.env = s, nil }

// Role is current_user.
func (t *Tx) Role() string { return t.roles[len(t.roles)-1] }

// SetRole changes current_user, as SET ROLE and set_config('role', ...) do.
func (t *Tx) SetRole(role string) { t.roles[len(t.roles)-1] = role }

// PushRole makes role current_user until the function it gives is called (security definer).
func (t *Tx) PushRole(role string) (pop func()) {
	t.roles = append(t.roles, role)
	n := len(t.roles)
	return func() { t.roles = t.roles[:n-1] }
}

// Enter counts nested calls and refuses more than PostgreSQL's stack would take.
func (t *Tx) Enter() error {
	if t.depth++; t.depth > maxDepth {
		t.depth--
		return errs.New("54001", "stack depth limit exceeded").
			WithHint("Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring the platform's stack depth limit is adequate.")
	}
	return nil
}

// maxDepth bounds the nesting of functions, maxNest that of SQLite's own calls among them: SQLite's stack is 64 kB, a nested
// call takes about 0.8 of them, and the innermost statement needs its share.
const (
	maxDepth = 1000
	maxNest  = 40
)

// Nest counts calls that SQLite makes from within a statement.
func (t *Tx) Nest() error {
	if t.nest++; t.nest > maxNest {
		t.nest--
		return errs.New("54001", "stack depth limit exceeded").
			WithHint("Increase the configuration parameter \"max_stack_depth\" (currently 2048kB), after ensuring the platform's stack depth limit is adequate.")
	}
	return nil
}

// Unnest ends what Nest began.
func (t *Tx) Unnest() { t.nest-- }

// Leave ends what Enter began.
func (t *Tx) Leave() { t.depth-- }

// Stash keeps the error of a Go function called by SQLite, for the caller of the statement; the first one is kept. It gives
// the error back, to be passed to SQLite.
func (t *Tx) Stash(err error) error {
	if t.stashed == nil && err != nil {
		if e := errs.Of(err); e != nil {
			t.stashed = e
		} else {
			t.stashed = errs.Internal("function", err)
		}
	}
	return err
}

// Defer keeps a check for the end of the transaction.
func (t *Tx) Defer(d Deferred) { t.deferred = append(t.deferred, d) }

// RunDeferred does the kept checks, in order; which nil means all. Checks may keep new ones.
func (t *Tx) RunDeferred(which func(constraint catalog.OID) bool) error {
	var kept []Deferred
	for len(t.deferred) > 0 {
		d := t.deferred[0]
		t.deferred = t.deferred[1:]
		if which != nil && !which(d.Constraint) {
			kept = append(kept, d)
			continue
		}
		if err := d.Check(t); err != nil {
			return err
		}
	}
	t.deferred = kept
	return nil
}

// OnRollback keeps what must be undone in memory when the transaction, or the savepoint it is in, is rolled back.
func (t *Tx) OnRollback(f func()) { t.undo = append(t.undo, f) }

// Mark remembers the state for RollbackTo and gives its number.
func (t *Tx) Mark() int {
	t.shared = true
	t.marks = append(t.marks, mark{settings: t.settings, roles: append([]string(nil), t.roles...),
		deferred: len(t.deferred), undo: len(t.undo), snapshot: t.Snapshot, readOnly: t.ReadOnly, changed: t.SchemaChanged})
	return len(t.marks)
}

// Release forgets a mark and those after it; their changes stay.
func (t *Tx) Release(n int) {
	t.ReadOnly = t.marks[n-1].readOnly
	t.marks = t.marks[:n-1]
}

// RollbackTo goes back to a mark, which stays.
func (t *Tx) RollbackTo(n int) {
	m := t.marks[n-1]
	t.marks = t.marks[:n]
	t.settings, t.shared, t.env = m.settings, true, nil
	t.roles = append([]string(nil), m.roles...)
	if len(t.deferred) > m.deferred {
		t.deferred = t.deferred[:m.deferred]
	}
	t.stashed = nil
	t.ReadOnly = m.readOnly
	t.SchemaChanged = m.changed
	t.Snapshot = m.snapshot
	t.rollbackTo(m.undo)
}

func (t *Tx) rollbackTo(n int) {
	for len(t.undo) > n {
		f := t.undo[len(t.undo)-1]
		t.undo = t.undo[:len(t.undo)-1]
		f()
	}
}

// own makes the settings the transaction's own before a change.
func (t *Tx) own() {
	if t.shared || t.settings == nil {
		t.settings = maps.Clone(t.settings)
		if t.settings == nil {
			t.settings = map[string]string{}
		}
		t.shared = false
	}
}

// Env is what types need to know of the transaction.
func (t *Tx) Env() *types.Env {
	if t.env == nil {
		snap := t.Snapshot
		t.env = &types.Env{Location: t.location(), Now: t.Start, Type: snap.TypeByOID, Names: &names{t}}
		if t.CheckDomain != nil {
			t.env.CheckDomain = func(d *types.Type, v types.Datum) error { return t.CheckDomain(t, d, v) }
		}
	}
	return t.env
}
