package modify

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

type writtenKey struct {
	table catalog.OID
	event ast.TriggerEvents
}

// written is what a statement did to a table, foreign key actions included.
type written struct {
	begun    bool    // the BEFORE statement triggers have fired
	ends     []*bool // set, they keep the AFTER statement triggers queued so far from firing: later ones will
	old, new *rowList
	closed   bool // triggers have read the rows: later ones are another table's
}

// wrote gives what the statement did to a table so far.
func (s *statement) wrote(t *table, event ast.TriggerEvents) *written {
	k := writtenKey{t.rel.OID, event}
	w := s.written[k]
	if w != nil && !w.closed {
		return w
	}
	w = &written{}
	for _, tr := range t.triggers {
		if tr.Events&event == 0 {
			continue
		}
		for _, x := range tr.Transitions {
			if x.New {
				w.new = &rowList{buf: []byte{'['}}
			} else {
				w.old = &rowList{buf: []byte{'['}}
			}
		}
	}
	if s.written == nil {
		s.written = map[writtenKey]*written{}
	}
	s.written[k] = w
	return w
}

// keep adds a row for the transition tables.
func (w *written) keep(old, next []types.Datum) {
	if w.old != nil && old != nil {
		_ = w.old.add(old)
	}
	if w.new != nil && next != nil {
		_ = w.new.add(next)
	}
}

// keepForParents adds a partition's row to the transition tables of the partitioned table that the statement names.
func (s *statement) keepForParents(t *table, event ast.TriggerEvents, old, next []types.Datum) {
	for rel := t.rel; rel != nil && rel.IsPartition; {
		if w := s.written[writtenKey{rel.Parent, event}]; w != nil && !w.closed {
			w.keep(old, next)
		}
		rel = s.tx.Snapshot.RelationByOID(rel.Parent)
	}
}

// tables are the transition tables of a trigger.
func (w *written) tables(tr *Trigger) []types.Datum {
	if w == nil || len(tr.Transitions) == 0 {
		return nil
	}
	w.closed = true
	out := make([]types.Datum, len(tr.Transitions))
	for i, x := range tr.Transitions {
		list := w.old
		if x.New {
			list = w.new
		}
		out[i] = list.json()
	}
	return out
}

// json is the list as the parameter of a WITH query.
func (r *rowList) json() types.Datum {
	if r.done == "" {
		r.done = string(append(r.buf, ']'))
	}
	return types.Text(r.done)
}
