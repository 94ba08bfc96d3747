package modify

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// Trigger is a trigger of a table, ready to fire. A table's triggers are in the order of their names.
type Trigger struct {
	Name   string
	Timing ast.TriggerTiming
	Events ast.TriggerEvents
	Row    bool
	// Columns are the positions UPDATE OF names; empty means any.
	Columns []int
	// Replica says that it fires under session_replication_role = replica, Origin under the other roles.
	Replica, Origin bool
	// When is the WHEN condition over the rows; nil without one.
	When func(tx *session.Tx, old, next []types.Datum) (bool, error)
	// Deferral says when a constraint trigger fires; nil for others.
	Deferral *catalog.Constraint
	// Transitions are the transition tables the function reads.
	Transitions []Transition
	// Fire runs the trigger's function: event is "INSERT", "UPDATE", "DELETE" or "TRUNCATE", tables are the rows of Transitions
	// (a JSON array each). It gives the row the function returned, nil for NULL.
	Fire func(tx *session.Tx, event string, old, next []types.Datum, tables []types.Datum) ([]types.Datum, error)
}

// Transition is a transition table: the rows a statement wrote, as they were before or (New) after it.
type Transition struct {
	Name string
	New  bool
}

var eventNames = map[ast.TriggerEvents]string{ast.TriggerOnInsert: "INSERT", ast.TriggerOnUpdate: "UPDATE",
	ast.TriggerOnDelete: "DELETE", ast.TriggerOnTruncate: "TRUNCATE"}

// fires says whether a trigger is one for an event that writes these columns (nil: all).
func (t *Trigger) fires(s *statement, timing ast.TriggerTiming, row bool, event ast.TriggerEvents, written map[int]bool) bool {
	if t.Timing != timing || t.Row != row || t.Events&event == 0 {
		return false
	}
	if mode, _ := s.tx.Setting("session_replication_role"); mode == "replica" && !t.Replica || mode != "replica" && !t.Origin {
		return false
	}
	if event != ast.TriggerOnUpdate || len(t.Columns) == 0 {
		return true
	}
	for _, c := range t.Columns {
		if written[c] {
			return true
		}
	}
	return false
}

// beforeRow fires the BEFORE row triggers: the row may be changed; nil means that it is left out.
func (s *statement) beforeRow(t *table, event ast.TriggerEvents, id int64, old, next []types.Datum, written map[int]bool) (row []types.Datum, skip bool, err error) {
	row = next
	fired := false
	if event != ast.TriggerOnDelete {
		// Generated columns are made after these triggers.
		for _, g := range t.generated {
			row[g.column] = types.Null()
		}
	}
	for _, tr := range t.triggers {
		if !tr.fires(s, ast.TriggerBefore, true, event, written) {
			continue
		}
		if tr.When != nil {
			yes, err := tr.When(s.tx, old, row)
			if err != nil {
				return nil, false, err
			}
			if !yes {
				continue
			}
		}
		fired = true
		got, err := tr.Fire(s.tx, eventNames[event], old, row, nil)
		if err != nil {
			return nil, false, err
		}
		if got == nil {
			return nil, true, nil
		}
		if event != ast.TriggerOnDelete {
			row = got
		}
	}
	if fired && event != ast.TriggerOnInsert {
		if err := s.untouched(t, event, id, old); err != nil {
			return nil, false, err
		}
	}
	return row, false, nil
}

// insteadOf fires the INSTEAD OF triggers of a view: the row is what RETURNING sees; skip says that nothing was done.
func (s *statement) insteadOf(t *table, event ast.TriggerEvents, old, next []types.Datum) (row []types.Datum, skip bool, err error) {
	row = next
	for _, tr := range t.triggers {
		if !tr.fires(s, ast.TriggerInsteadOf, true, event, nil) {
			continue
		}
		got, err := tr.Fire(s.tx, eventNames[event], old, row, nil)
		if err != nil {
			return nil, false, err
		}
		if got == nil {
			return nil, true, nil
		}
		if event != ast.TriggerOnDelete {
			row = got
		}
	}
	return row, false, nil
}

// untouched refuses to write a row that a trigger has written itself.
func (s *statement) untouched(t *table, event ast.TriggerEvents, id int64, old []types.Datum) error {
	now, err := s.row(t, id)
	if err != nil {
		return err
	}
	same := now != nil
	for i := 0; same && i < len(old); i++ {
		same = now[i].Equal(old[i])
	}
	if same {
		return nil
	}
	verb := "updated"
	if event == ast.TriggerOnDelete {
		verb = "deleted"
	}
	return errs.New("27000", "tuple to be %s was already modified by an operation triggered by the current command", verb).
		WithHint("Consider using an AFTER trigger instead of a BEFORE trigger to propagate changes to other rows.")
}

// afterRow queues the AFTER row triggers of a written row.
func (s *statement) afterRow(t *table, event ast.TriggerEvents, old, next []types.Datum, written map[int]bool) error {
	if t.rel.IsPartition {
		s.keepForParents(t, event, old, next)
	}
	if len(t.triggers) == 0 {
		return nil
	}
	w := s.wrote(t, event)
	w.keep(old, next)
	for _, tr := range t.triggers {
		if !tr.fires(s, ast.TriggerAfter, true, event, written) {
			continue
		}
		if tr.When != nil {
			yes, err := tr.When(s.tx, old, next)
			if err != nil {
				return err
			}
			if !yes {
				continue
			}
		}
		keep := func(r []types.Datum) []types.Datum {
			if r == nil {
				return nil
			}
			return append([]types.Datum(nil), r...)
		}
		e := rowEvent{tr, eventNames[event], keep(old), keep(next), w}
		if tr.Deferral != nil && s.tx.IsDeferred(tr.Deferral) {
			s.tx.Defer(session.Deferred{Constraint: tr.Deferral.OID, Check: func(tx *session.Tx) error { return e.fire(tx) }})
			continue
		}
		s.queue = append(s.queue, eventOf(e))
	}
	return nil
}

// rowEvent is a trigger to be fired at the end of the statement.
type rowEvent struct {
	trigger   *Trigger
	event     string
	old, next []types.Datum
	written   *written
}

func (e rowEvent) fire(tx *session.Tx) error {
	_, err := e.trigger.Fire(tx, e.event, e.old, e.next, e.written.tables(e.trigger))
	return err
}

func eventOf(e rowEvent) event { return event{kind: triggered, trigger: &e} }

// around fires the BEFORE statement triggers and gives what queues the AFTER ones. Foreign key actions are part of the
// statement: what several of them do to a table counts as one.
func (s *statement) around(t *table, event ast.TriggerEvents, written map[int]bool) (after func(), err error) {
	if len(t.triggers) == 0 {
		return func() {}, nil
	}
	w := s.wrote(t, event)
	if !w.begun {
		w.begun = true
		for _, tr := range t.triggers {
			if !tr.fires(s, ast.TriggerBefore, false, event, written) {
				continue
			}
			if err := s.fireStatement(tr, event, nil); err != nil {
				return nil, err
			}
		}
	}
	return func() {
		w := s.wrote(t, event)
		for _, e := range w.ends {
			*e = true
		}
		w.ends = nil
		for _, tr := range t.triggers {
			if tr.fires(s, ast.TriggerAfter, false, event, written) {
				tr, again := tr, new(bool)
				w.ends = append(w.ends, again)
				s.queue = append(s.queue, endEvent(func() error {
					if *again {
						return nil
					}
					return s.fireStatement(tr, event, w)
				}))
			}
		}
	}, nil
}

func endEvent(f func() error) event { return event{kind: statementEnd, run: f} }

func (s *statement) fireStatement(tr *Trigger, event ast.TriggerEvents, w *written) error {
	if tr.When != nil {
		yes, err := tr.When(s.tx, nil, nil)
		if err != nil || !yes {
			return err
		}
	}
	_, err := tr.Fire(s.tx, eventNames[event], nil, nil, w.tables(tr))
	return err
}

// Truncated fires the statement triggers of TRUNCATE: before it (before true), or after it.
func (c *Compiler) Truncated(tx *session.Tx, rel *catalog.Relation, before bool) error {
	t, err := c.table(tx.Snapshot, rel)
	if err != nil {
		return err
	}
	s := &statement{c: c, tx: tx}
	timing := ast.TriggerAfter
	if before {
		timing = ast.TriggerBefore
	}
	for _, tr := range t.triggers {
		if tr.fires(s, timing, false, ast.TriggerOnTruncate, nil) {
			if err := s.fireStatement(tr, ast.TriggerOnTruncate, nil); err != nil {
				return err
			}
		}
	}
	return nil
}
