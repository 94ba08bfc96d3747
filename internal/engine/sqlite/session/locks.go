package session

import (
	"context"
	"sync"

	"github.com/basement-project/basement/internal/errs"
)

// LockKey names an advisory lock: one bigint, or two integers (Pair).
type LockKey struct {
	Pair   bool
	Number int64
}

// Locks are the advisory locks of one open file. A session is one transaction here: what it locked is free when it ends.
type Locks struct {
	mu      sync.Mutex
	held    map[LockKey]*lock
	waiting map[*Tx]LockKey
	freed   chan struct{} // closed and replaced when a lock is freed
}

type lock struct {
	exclusive *Tx
	shared    map[*Tx]bool
}

// holding counts how often a transaction took a lock: until it ends, or until it gives the lock back (session).
type holding struct{ exclusive, shared, session, sessionShared int }

// NewLocks starts with no lock taken.
func NewLocks() *Locks {
	return &Locks{held: map[LockKey]*lock{}, waiting: map[*Tx]LockKey{}, freed: make(chan struct{})}
}

// try takes a lock for t when nobody stands against it; else it gives what to wait for.
func (l *Locks) try(t *Tx, k LockKey, shared bool) (ok bool, wait chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.held[k]
	if x == nil {
		x = &lock{shared: map[*Tx]bool{}}
		l.held[k] = x
	}
	if x.exclusive != nil && x.exclusive != t {
		return false, l.freed
	}
	if shared {
		x.shared[t] = true
		return true, nil
	}
	for other := range x.shared {
		if other != t {
			return false, l.freed
		}
	}
	x.exclusive = t
	return true, nil
}

// waits notes that t waits for a lock; false when those who hold it wait for t.
func (l *Locks) waits(t *Tx, k LockKey) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting[t] = k
	seen := map[*Tx]bool{}
	var reaches func(k LockKey) bool
	reaches = func(k LockKey) bool {
		x := l.held[k]
		if x == nil {
			return false
		}
		holders := []*Tx{x.exclusive}
		for h := range x.shared {
			holders = append(holders, h)
		}
		for _, h := range holders {
			if h == nil || seen[h] || h == t && l.waiting[t] == k {
				continue
			}
			if h == t {
				return true
			}
			seen[h] = true
			if next, ok := l.waiting[h]; ok && reaches(next) {
				return true
			}
		}
		return false
	}
	if reaches(k) {
		delete(l.waiting, t)
		return false
	}
	return true
}

// arrived says that t waits no longer.
func (l *Locks) arrived(t *Tx) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.waiting, t)
}

// free gives back what t no longer holds of a lock.
func (l *Locks) free(t *Tx, k LockKey, exclusive, shared bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	x := l.held[k]
	if x == nil {
		return
	}
	if exclusive && x.exclusive == t {
		x.exclusive = nil
	}
	if shared {
		delete(x.shared, t)
	}
	if x.exclusive == nil && len(x.shared) == 0 {
		delete(l.held, k)
	}
	close(l.freed)
	l.freed = make(chan struct{})
}

// LockAdvisory takes an advisory lock, until the transaction ends or, with session, until it is given back. Without wait
// it gives false at once when another transaction has it; with wait it ends with 57014 when the statement is interrupted.
func (t *Tx) LockAdvisory(k LockKey, shared, session, wait bool) (bool, error) {
	if t.locks == nil {
		return true, nil
	}
	for {
		ok, freed := t.locks.try(t, k, shared)
		if ok {
			break
		}
		if !wait {
			return false, nil
		}
		if !t.locks.waits(t, k) {
			return false, errs.New("40P01", "deadlock detected")
		}
		select {
		case <-freed:
			t.locks.arrived(t)
		case <-t.Context.Done():
			t.locks.arrived(t)
			message := "canceling statement due to user request"
			if context.Cause(t.Context) == context.DeadlineExceeded {
				message = "canceling statement due to statement timeout"
			}
			return false, errs.New("57014", "%s", message)
		}
	}
	if t.holds == nil {
		t.holds = map[LockKey]*holding{}
	}
	h := t.holds[k]
	if h == nil {
		h = &holding{}
		t.holds[k] = h
	}
	switch {
	case shared && session:
		h.sessionShared++
	case shared:
		h.shared++
	case session:
		h.session++
	default:
		h.exclusive++
	}
	return true, nil
}

// UnlockAdvisory gives back a lock taken with session; false when the transaction has none.
func (t *Tx) UnlockAdvisory(k LockKey, shared bool) bool {
	h := t.holds[k]
	switch {
	case h == nil || shared && h.sessionShared == 0 || !shared && h.session == 0:
		return false
	case shared:
		h.sessionShared--
	default:
		h.session--
	}
	t.settle(k, h)
	return true
}

// UnlockAllAdvisory gives back every lock taken with session.
func (t *Tx) UnlockAllAdvisory() {
	for k, h := range t.holds {
		h.session, h.sessionShared = 0, 0
		t.settle(k, h)
	}
}

func (t *Tx) settle(k LockKey, h *holding) {
	exclusive, shared := h.exclusive+h.session == 0, h.shared+h.sessionShared == 0
	if exclusive || shared {
		t.locks.free(t, k, exclusive, shared)
	}
	if exclusive && shared {
		delete(t.holds, k)
	}
}

// freeLocks ends all locks with the transaction.
func (t *Tx) freeLocks() {
	for k := range t.holds {
		t.locks.free(t, k, true, true)
	}
	t.holds = nil
}
