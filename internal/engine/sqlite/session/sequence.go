package session

import (
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
)

// SequenceState is a sequence's last value, and whether it was given out (else the next value is it).
type SequenceState struct {
	Last   int64
	Called bool
}

// Sequences hold the state of all sequences. A value given out is never given back, so their state lives outside of
// transactions: in memory, and written to the file with the next commit.
type Sequences struct {
	mu    sync.Mutex
	state map[catalog.OID]SequenceState
	dirty map[catalog.OID]bool
}

// NewSequences starts with what the file holds.
func NewSequences(state map[catalog.OID]SequenceState) *Sequences {
	return &Sequences{state: state, dirty: map[catalog.OID]bool{}}
}

// Get gives the state of a sequence; a sequence never used is at its start.
func (q *Sequences) Get(s *catalog.Sequence) SequenceState {
	q.mu.Lock()
	defer q.mu.Unlock()
	if st, ok := q.state[s.OID]; ok {
		return st
	}
	return SequenceState{Last: s.Start}
}

// Put sets the state of a sequence.
func (q *Sequences) Put(oid catalog.OID, st SequenceState) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.state[oid] = st
	q.dirty[oid] = true
}

// Drop forgets a sequence.
func (q *Sequences) Drop(oid catalog.OID) {
	q.mu.Lock()
	defer q.mu.Unlock()
	delete(q.state, oid)
	q.dirty[oid] = true
}

// Dirty calls f for each sequence changed since Clean; ok is false for a dropped one.
func (q *Sequences) Dirty(f func(oid catalog.OID, st SequenceState, ok bool) error) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	for oid := range q.dirty {
		st, ok := q.state[oid]
		if err := f(oid, st, ok); err != nil {
			return err
		}
	}
	return nil
}

// Unsaved says whether a sequence changed since Clean.
func (q *Sequences) Unsaved() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.dirty) > 0
}

// Clean says that what Dirty gave is on disk.
func (q *Sequences) Clean() {
	q.mu.Lock()
	defer q.mu.Unlock()
	clear(q.dirty)
}

// NextVal advances a sequence: nextval().
func (t *Tx) NextVal(s *catalog.Sequence) (int64, error) {
	if t.ReadOnly {
		return 0, errs.New("25006", "cannot execute nextval() in a read-only transaction")
	}
	q := t.sequences
	q.mu.Lock()
	defer q.mu.Unlock()
	st, ok := q.state[s.OID]
	if !ok {
		st = SequenceState{Last: s.Start}
	}
	v := st.Last
	if st.Called {
		next := v + s.Increment
		switch {
		case s.Increment > 0 && (next > s.Max || next < v):
			if !s.Cycle {
				return 0, errs.New("2200H", "nextval: reached maximum value of sequence \"%s\" (%d)", s.Name, s.Max)
			}
			next = s.Min
		case s.Increment < 0 && (next < s.Min || next > v):
			if !s.Cycle {
				return 0, errs.New("2200H", "nextval: reached minimum value of sequence \"%s\" (%d)", s.Name, s.Min)
			}
			next = s.Max
		}
		v = next
	}
	q.state[s.OID] = SequenceState{Last: v, Called: true}
	q.dirty[s.OID] = true
	t.remember(s.OID, v)
	t.lastCall = s.OID
	return v, nil
}

// SetVal sets a sequence: setval().
func (t *Tx) SetVal(s *catalog.Sequence, v int64, called bool) error {
	if t.ReadOnly {
		return errs.New("25006", "cannot execute setval() in a read-only transaction")
	}
	if v < s.Min || v > s.Max {
		return errs.New("22003", "setval: value %d is out of bounds for sequence \"%s\" (%d..%d)", v, s.Name, s.Min, s.Max)
	}
	t.sequences.Put(s.OID, SequenceState{Last: v, Called: called})
	if called {
		t.remember(s.OID, v)
	}
	return nil
}

// CurrVal is the last value this session got: currval().
func (t *Tx) CurrVal(s *catalog.Sequence) (int64, error) {
	v, ok := t.called[s.OID]
	if !ok {
		return 0, errs.New("55000", "currval of sequence \"%s\" is not yet defined in this session", s.Name)
	}
	return v, nil
}

// LastVal is the last value nextval gave in this session: lastval().
func (t *Tx) LastVal() (int64, error) {
	v, ok := t.called[t.lastCall]
	if t.lastCall == 0 || !ok {
		return 0, errs.New("55000", "lastval is not yet defined in this session")
	}
	return v, nil
}

// SequenceState is what SELECT ... FROM the sequence shows.
func (t *Tx) SequenceState(s *catalog.Sequence) SequenceState { return t.sequences.Get(s) }

// RestartSequence sets a sequence as TRUNCATE RESTART IDENTITY and ALTER SEQUENCE RESTART do: undone by a rollback.
func (t *Tx) RestartSequence(s *catalog.Sequence, v int64) {
	before := t.sequences.Get(s)
	t.sequences.Put(s.OID, SequenceState{Last: v})
	t.OnRollback(func() { t.sequences.Put(s.OID, before) })
}

// NewSequence sets the state of a sequence just created (or changed), undone by a rollback.
func (t *Tx) NewSequence(oid catalog.OID, st SequenceState) {
	q := t.sequences
	q.mu.Lock()
	before, had := q.state[oid]
	q.mu.Unlock()
	q.Put(oid, st)
	t.OnRollback(func() {
		if had {
			q.Put(oid, before)
		} else {
			q.Drop(oid)
		}
	})
}

// DropSequence forgets the state of a dropped sequence, undone by a rollback.
func (t *Tx) DropSequence(oid catalog.OID) {
	q := t.sequences
	q.mu.Lock()
	before, had := q.state[oid]
	q.mu.Unlock()
	q.Drop(oid)
	if had {
		t.OnRollback(func() { q.Put(oid, before) })
	}
}

func (t *Tx) remember(oid catalog.OID, v int64) {
	if t.called == nil {
		t.called = map[catalog.OID]int64{}
	}
	t.called[oid] = v
}
