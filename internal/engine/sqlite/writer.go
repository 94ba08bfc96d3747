package sqlite

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/store"
	"github.com/basement-project/basement/internal/errs"
)

// The states of a job.
const (
	waiting int32 = iota
	running
	abandoned
)

// job is one request for the writer. run works inside a savepoint of the group's transaction and may be called again when
// SQLite undid the whole group because of another job.
type job struct {
	ctx   context.Context
	run   func(c *session.Conn) error
	done  chan error
	state atomic.Int32
	tries int
	// exclusive jobs get the connection for themselves, outside of any transaction.
	exclusive bool
	// taken says that the writer holds the job already.
	taken bool
}

// writer owns the write connection. It drains the queue into one transaction, a savepoint each, and answers after the
// commit.
type writer struct {
	engine *Engine
	queue  chan *job
	stop   chan struct{}
	ended  chan struct{}
	conn   *session.Conn
	// changed is the catalog the last job left, when it changed it: nothing may run on the old one before the commit.
	changed *catalog.Snapshot
}

const (
	groupJobs = 256
	groupTime = 25 * time.Millisecond
	maxTries  = 3
)

func startWriter(e *Engine, c *session.Conn) *writer {
	w := &writer{engine: e, queue: make(chan *job, 1024), stop: make(chan struct{}), ended: make(chan struct{}), conn: c}
	go w.loop()
	return w
}

// do runs f in the writer's next group and waits for the commit. While it waits for its turn it gives up when ctx ends.
func (w *writer) do(ctx context.Context, exclusive bool, f func(c *session.Conn) error) error {
	j := &job{ctx: ctx, run: f, done: make(chan error, 1), exclusive: exclusive}
	select {
	case w.queue <- j:
	case <-ctx.Done():
		return gaveUp(ctx)
	case <-w.ended:
		return closed()
	}
	select {
	case err := <-j.done:
		return err
	case <-w.ended:
		select {
		case err := <-j.done:
			return err
		default:
			return closed()
		}
	case <-ctx.Done():
		if j.state.CompareAndSwap(waiting, abandoned) {
			return gaveUp(ctx)
		}
	}
	// It runs: its answer is the truth, and an ended context makes it come soon.
	select {
	case err := <-j.done:
		return err
	case <-w.ended:
		return closed()
	}
}

func gaveUp(ctx context.Context) error {
	e := errs.New("57014", "canceling statement due to user request")
	if context.Cause(ctx) == context.DeadlineExceeded {
		e.Message = "canceling statement due to statement timeout"
	}
	e.Err = context.Cause(ctx)
	return e
}

func closed() error {
	return errs.New("57P01", "terminating connection due to administrator command")
}

func (w *writer) loop() {
	defer close(w.ended)
	var next *job
	for {
		if next == nil {
			select {
			case next = <-w.queue:
			case <-w.stop:
				select {
				case next = <-w.queue:
				default:
					return
				}
			}
		}
		j := next
		next = nil
		if !j.state.CompareAndSwap(waiting, running) && !j.taken {
			continue
		}
		if w.conn == nil {
			if err := w.reopen(); err != nil {
				j.done <- err
				continue
			}
		}
		if j.exclusive {
			j.done <- w.alone(j)
			continue
		}
		next = w.group(j)
	}
}

// alone runs an exclusive job.
func (w *writer) alone(j *job) error {
	err := w.guarded(j)
	if !w.conn.DB.GetAutocommit() {
		w.undo("ROLLBACK")
	}
	return err
}

// group runs j and what else waits in one transaction. It gives back a job it took from the queue but may not run now.
func (w *writer) group(j *job) (next *job) {
	start := time.Now()
	todo := []*job{j}
	var good []*job
	n := 0
	for len(todo) > 0 {
		if err := w.exec("BEGIN IMMEDIATE"); err != nil {
			w.fail(append(good, todo...), err)
			return nil
		}
		undone := false
		for len(todo) > 0 || next == nil {
			if len(todo) == 0 {
				if n >= groupJobs || time.Since(start) > groupTime {
					break
				}
				taken := w.take()
				if taken == nil {
					break
				}
				if taken.exclusive {
					next = taken
					break
				}
				todo = append(todo, taken)
			}
			j := todo[0]
			todo = todo[1:]
			n++
			err := w.one(j)
			if w.conn == nil || w.conn.DB.GetAutocommit() {
				// SQLite (or a panic) undid the whole transaction: the others of the group run again.
				j.done <- err
				undone = true
				break
			}
			if err != nil {
				j.done <- err
				continue
			}
			good = append(good, j)
			if w.changed != nil {
				break
			}
		}
		if undone {
			var again []*job
			for _, g := range append(good, todo...) {
				if g.tries++; g.tries > maxTries {
					g.done <- errs.New("40001", "could not serialize access due to concurrent update")
					continue
				}
				again = append(again, g)
			}
			good, todo = nil, again
			if w.conn == nil {
				if err := w.reopen(); err != nil {
					w.fail(todo, err)
					return next
				}
			}
			continue
		}
		w.commit(good)
		if len(todo) == 0 {
			return next
		}
		good = nil
	}
	return next
}

func (w *writer) take() *job {
	for {
		select {
		case j := <-w.queue:
			if j.state.CompareAndSwap(waiting, running) {
				j.taken = true
				return j
			}
		default:
			return nil
		}
	}
}

// one runs a job in its savepoint. When it fails, what it did is undone.
func (w *writer) one(j *job) (err error) {
	if j.ctx.Err() != nil {
		return gaveUp(j.ctx)
	}
	if err := w.exec("SAVEPOINT job"); err != nil {
		return err
	}
	w.changed = nil
	err = w.guarded(j)
	if w.conn.DB.GetAutocommit() {
		if err == nil {
			err = errs.New("58030", "the transaction was lost")
		}
		w.changed = nil
		return err
	}
	if err != nil {
		w.changed = nil
		if !w.undo("ROLLBACK TO job") {
			return err
		}
	}
	if rerr := w.exec("RELEASE job"); rerr != nil && err == nil {
		err = rerr
	}
	return err
}

// guarded runs a job; a panic is its error.
func (w *writer) guarded(j *job) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
		}
	}()
	return j.run(w.conn)
}

// undo runs a rollback. When even that fails the connection is given up, and with it the transaction.
func (w *writer) undo(sql string) (done bool) {
	defer func() {
		if r := recover(); r != nil || !done {
			w.discard()
			done = false
		}
	}()
	w.conn.DB.SetInterrupt(w.engine.base)
	return w.exec(sql) == nil
}

// commit makes the group durable and answers it.
func (w *writer) commit(good []*job) {
	seqs := w.engine.sequences
	err := store.SaveSequences(w.conn, seqs)
	changed := w.changed
	w.changed = nil
	if changed != nil {
		w.engine.swapMu.Lock()
		defer w.engine.swapMu.Unlock()
		w.engine.swaps.Add(1)
		defer w.engine.swaps.Add(1)
	}
	if err == nil {
		err = w.exec("COMMIT")
	}
	if err != nil {
		if !w.conn.DB.GetAutocommit() {
			w.undo("ROLLBACK")
		}
		w.fail(good, err)
		return
	}
	seqs.Clean()
	if changed != nil {
		w.engine.swap(changed)
	}
	for _, j := range good {
		j.done <- nil
	}
}

func (w *writer) fail(jobs []*job, err error) {
	for _, j := range jobs {
		j.done <- err
	}
}

func (w *writer) exec(sql string) error { return w.conn.Exec(sql) }

// discard gives up a connection that cannot be trusted; the next job gets a new one.
func (w *writer) discard() {
	w.engine.graveyard.bury(w.conn)
	w.conn = nil
}

func (w *writer) reopen() error {
	c, err := w.engine.open(forWriting)
	if err != nil {
		return err
	}
	w.conn = c
	return nil
}

// close ends the writer after the jobs already queued.
func (w *writer) close(ctx context.Context) {
	close(w.stop)
	select {
	case <-w.ended:
	case <-ctx.Done():
		return
	}
	if w.conn != nil {
		_ = w.conn.Close()
	}
}

func panicked(r any) error {
	return errs.Internal("panic", fmt.Errorf("%v\n%s", r, debug.Stack()))
}
