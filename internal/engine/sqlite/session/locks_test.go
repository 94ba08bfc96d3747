package session

import (
	"context"
	"testing"
	"time"
)

func TestAdvisoryLocks(t *testing.T) {
	l := NewLocks()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	a, b := &Tx{Context: ctx, locks: l}, &Tx{Context: ctx, locks: l}
	k := LockKey{Number: 1}
	try := func(tx *Tx, k LockKey, shared, session bool) bool {
		ok, err := tx.LockAdvisory(k, shared, session, false)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	for range 2 {
		if !try(a, k, false, true) {
			t.Error("a holder takes its lock again")
		}
	}
	if try(b, k, false, false) || try(b, k, true, false) {
		t.Error("an exclusive lock is its holder's alone")
	}
	if !try(b, LockKey{Pair: true, Number: 1}, false, false) {
		t.Error("two integers are another lock")
	}
	if !a.UnlockAdvisory(k, false) || try(b, k, false, false) || !a.UnlockAdvisory(k, false) || a.UnlockAdvisory(k, false) {
		t.Error("each taking is given back for itself")
	}
	if !try(b, k, true, false) || !try(a, k, true, false) || try(a, k, false, false) {
		t.Error("shared locks stand beside one another")
	}
	a.freeLocks()
	got := make(chan error)
	c := &Tx{Context: ctx, locks: l}
	go func() {
		_, err := c.LockAdvisory(k, false, false, true)
		got <- err
	}()
	b.freeLocks()
	if err := <-got; err != nil {
		t.Error(err)
	}
	short, stop := context.WithCancel(context.Background())
	stop()
	if _, err := (&Tx{Context: short, locks: l}).LockAdvisory(k, false, false, true); err == nil {
		t.Error("waiting ends with the statement")
	}
	two := LockKey{Number: 2}
	if !try(a, two, false, false) {
		t.Error("lock 2 is free")
	}
	go func() {
		_, err := a.LockAdvisory(k, false, false, true)
		got <- err
	}()
	for {
		l.mu.Lock()
		waits := len(l.waiting) == 1
		l.mu.Unlock()
		if waits {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if _, err := c.LockAdvisory(two, false, false, true); err == nil {
		t.Error("a deadlock is told")
	}
	c.freeLocks()
	if err := <-got; err != nil {
		t.Error(err)
	}
	a.freeLocks()
	if len(l.held) != 0 {
		t.Errorf("%d locks are left", len(l.held))
	}
}
