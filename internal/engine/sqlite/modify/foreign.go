package modify

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

type eventKind int

const (
	childWritten  eventKind = iota // a referring row was inserted, or its key updated
	parentUpdated                  // a referred key was updated
	parentDeleted                  // a referred row was deleted
	keyWritten                     // a key of a deferrable unique constraint was written
	triggered                      // an AFTER row trigger is to fire
	statementEnd                   // an AFTER statement trigger is to fire
)

// event is work for the end of the statement: PostgreSQL's after-row constraint triggers, in the order of the writes.
type event struct {
	kind   eventKind
	fk     *foreignKey
	unique *unique
	table  *table
	id     int64
	values []types.Datum // the key: the child's, or the parent's old one; the row for keyWritten
	next   []types.Datum // the parent's new key

	trigger *rowEvent
	run     func() error
}

// later queues an event, for the end of the transaction when its constraint is deferred. Actions other than NO ACTION are
// never deferred.
func (s *statement) later(e event) {
	con := e.constraint()
	deferrable := con != nil && con.Deferrable
	switch e.kind {
	case parentUpdated:
		deferrable = deferrable && con.OnUpdate == catalog.NoAction
	case parentDeleted:
		deferrable = deferrable && con.OnDelete == catalog.NoAction
	}
	if deferrable && s.tx.IsDeferred(con) {
		c := s.c
		s.tx.Defer(session.Deferred{Constraint: con.OID, Check: func(tx *session.Tx) error {
			st := &statement{c: c, tx: tx}
			if err := st.handle(e); err != nil {
				return err
			}
			return st.finish()
		}})
		return
	}
	s.queue = append(s.queue, e)
}

func (e event) constraint() *catalog.Constraint {
	if e.fk != nil {
		return e.fk.con
	}
	return e.unique.constraint
}

func (s *statement) laterUnique(t *table, id int64, row []types.Datum) {
	for _, u := range t.uniques {
		if u.constraint != nil && u.constraint.Deferrable {
			if u.excludes() {
				// As in PostgreSQL only a row with a conflict now is looked at again.
				if _, other, err := s.other(t, u, row, id); err == nil && other == 0 {
					continue
				}
			}
			s.later(event{kind: keyWritten, unique: u, table: t, id: id, values: append([]types.Datum(nil), row...)})
		}
	}
}

// maxEvents bounds what one statement may cascade to.
const maxEvents = 10_000_000

// finish handles the queue, and what handling adds to it, in order.
func (s *statement) finish() error {
	for done := 0; done < len(s.queue); done++ {
		if done > maxEvents {
			return errs.New("54001", "too many rows are changed by foreign key actions of one statement")
		}
		e := s.queue[done]
		s.queue[done] = event{}
		if err := s.handle(e); err != nil {
			return err
		}
		if done&1023 == 1023 && s.tx.Context.Err() != nil {
			return errs.New("57014", "canceling statement due to statement timeout")
		}
	}
	s.queue = s.queue[:0]
	return nil
}

func (s *statement) handle(e event) error {
	switch e.kind {
	case childWritten:
		return s.checkChild(e)
	case keyWritten:
		return s.checkKey(e)
	case triggered:
		return e.trigger.fire(s.tx)
	case statementEnd:
		return e.run()
	case parentDeleted:
		return s.parentGone(e, e.fk.con.OnDelete)
	default:
		return s.parentGone(e, e.fk.con.OnUpdate)
	}
}

// convert gives key values the type of the other side's columns, to look for them there: ok is false when the other side
// cannot hold them.
func (s *statement) convert(values []types.Datum, from *catalog.Relation, fromCols []int, to *catalog.Relation, toCols []int) (out []types.Datum, ok bool) {
	out = values
	for i := range values {
		f := s.tx.Snapshot.TypeByOID(from.Columns[fromCols[i]].Type).Underlying()
		t := s.tx.Snapshot.TypeByOID(to.Columns[toCols[i]].Type).Underlying()
		if f.OID == t.OID || values[i].IsNull() {
			continue
		}
		v, err := types.Cast(f, t, -1, values[i], types.ExplicitCast, s.tx.Env())
		if err != nil {
			return nil, false
		}
		back, err := types.Cast(t, f, -1, v, types.ExplicitCast, s.tx.Env())
		if err != nil || types.Compare(f, back, values[i]) != 0 {
			return nil, false
		}
		if &out[0] == &values[0] {
			out = append([]types.Datum(nil), values...)
		}
		out[i] = v
	}
	return out, true
}

// assign gives a parent's key values the type of the child's columns, as an UPDATE of them does.
func (s *statement) assign(values []types.Datum, fk *foreignKey) ([]types.Datum, error) {
	out := append([]types.Datum(nil), values...)
	for i := range out {
		f := s.tx.Snapshot.TypeByOID(fk.parent.Columns[fk.parentCols[i]].Type)
		c := fk.child.Columns[fk.childCols[i]]
		v, err := types.Cast(f, s.tx.Snapshot.TypeByOID(c.Type), c.Typmod, out[i], types.AssignmentCast, s.tx.Env())
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

// checkChild looks for the row a referring key names.
func (s *statement) checkChild(e event) error {
	fk := e.fk
	nulls := 0
	for _, v := range e.values {
		if v.IsNull() {
			nulls++
		}
	}
	if nulls > 0 && (!fk.con.MatchFull || nulls == len(e.values)) {
		return nil
	}
	if nulls == 0 {
		if key, ok := s.convert(e.values, fk.child, fk.childCols, fk.parent, fk.parentCols); ok {
			found, err := s.tx.Conn.QueryRow(printer.ExistsByKey(fk.parent, columnsAt(fk.parent, fk.parentCols)), key...)
			if err != nil {
				return err
			}
			if found != nil {
				return nil
			}
		}
	}
	// A later write of the same statement may have removed the row or changed its key: that write is checked itself.
	t, err := s.c.table(s.tx.Snapshot, fk.child)
	if err != nil {
		return err
	}
	now, err := s.row(t, e.id)
	if err != nil {
		return err
	}
	if now == nil {
		return nil
	}
	for i, v := range pick(now, fk.childCols) {
		if !v.Equal(e.values[i]) {
			return nil
		}
	}
	if nulls > 0 {
		ve := errs.New("23503", "insert or update on table \"%s\" violates foreign key constraint \"%s\"", fk.child.Name, fk.con.Name)
		ve.Schema, ve.Table, ve.Constraint = fk.child.Schema, fk.child.Name, fk.con.Name
		return ve.WithDetail("MATCH FULL does not allow mixing of null and nonnull key values.")
	}
	return keyError(s.tx, fk, true, e.values)
}

// checkKey looks for a second row with a deferrable unique key.
func (s *statement) checkKey(e event) error {
	if e.unique.excludes() {
		row, err := s.row(e.table, e.id)
		if err != nil || row == nil {
			return err
		}
		keys, other, err := s.other(e.table, e.unique, row, e.id)
		if err == nil && other != 0 {
			err = s.exclusionError(e.table, e.unique, keys, other)
		}
		return err
	}
	keys := pick(e.values, e.unique.columns)
	if !e.unique.index.NullsNotDistinct && anyNull(keys) {
		return nil
	}
	n := 0
	if err := s.tx.Conn.Query(e.unique.probe, func([]types.Datum) error { n++; return nil }, keys...); err != nil {
		return err
	}
	if n > 1 {
		return uniqueError(s.tx, e.table, e.unique, keys)
	}
	return nil
}

// parentGone does what the constraint says when a referred key was deleted or changed.
func (s *statement) parentGone(e event, action string) error {
	fk := e.fk
	type found struct {
		id  int64
		row []types.Datum
	}
	var rows []found
	if key, ok := s.convert(e.values, fk.parent, fk.parentCols, fk.child, fk.childCols); ok {
		err := s.tx.Conn.Query(printer.RowsByKey(fk.child, columnsAt(fk.child, fk.childCols)), func(r []types.Datum) error {
			rows = append(rows, found{r[0].I, r[1:]})
			return nil
		}, key...)
		if err != nil {
			return err
		}
	}
	t, err := s.c.table(s.tx.Snapshot, fk.child)
	if err != nil {
		return err
	}
	if len(rows) == 0 && len(t.triggers) == 0 {
		return nil
	}
	switch action {
	case catalog.Cascade, catalog.SetNull, catalog.SetDefault:
		// The statement triggers of the other table fire, even when there is no row.
	default:
		if len(rows) == 0 {
			return nil
		}
		if action == catalog.NoAction {
			// Another row may have taken the key meanwhile.
			again, err := s.tx.Conn.QueryRow(printer.ExistsByKey(fk.parent, columnsAt(fk.parent, fk.parentCols)), e.values...)
			if err != nil {
				return err
			}
			if again != nil {
				return nil
			}
		}
		return keyError(s.tx, fk, false, e.values)
	}
	event := ast.TriggerOnUpdate
	if action == catalog.Cascade && e.kind == parentDeleted {
		event = ast.TriggerOnDelete
	}
	written := map[int]bool{}
	if event == ast.TriggerOnUpdate {
		list := fk.childCols
		if action != catalog.Cascade {
			list = fk.setColumns()
		}
		for _, p := range list {
			written[p] = true
		}
	}
	after, err := s.around(t, event, written)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if event == ast.TriggerOnDelete {
			if _, err := s.removeRow(t, r.id, r.row); err != nil {
				return err
			}
			continue
		}
		next := append([]types.Datum(nil), r.row...)
		switch action {
		case catalog.Cascade:
			values, err := s.assign(e.next, fk)
			if err != nil {
				return err
			}
			for i, p := range fk.childCols {
				next[p] = values[i]
			}
		default:
			for _, p := range fk.setColumns() {
				next[p] = types.Null()
				if action == catalog.SetDefault {
					if next[p], err = s.defaultOf(t, p); err != nil {
						return err
					}
				}
			}
		}
		if _, _, err := s.rewrite(t, nil, r.id, r.row, next, written, &checks{}, &checks{}); err != nil {
			return err
		}
	}
	after()
	if action == catalog.SetDefault {
		// The default may be the very key that is gone.
		return s.parentGone(e, catalog.NoAction)
	}
	return nil
}

// removeRow deletes a row with its row triggers; skip says that one of them left it.
func (s *statement) removeRow(t *table, id int64, old []types.Datum) (skip bool, err error) {
	if t.rel.Kind == catalog.View {
		_, skip, err = s.insteadOf(t, ast.TriggerOnDelete, old, nil)
		return skip, err
	}
	if t, err = s.leaf(t, old); err != nil {
		return false, err
	}
	_, skip, err = s.beforeRow(t, ast.TriggerOnDelete, id, old, nil, nil)
	if err != nil || skip {
		return skip, err
	}
	if err := s.deleteRow(t, id, old); err != nil {
		return false, err
	}
	return false, s.afterRow(t, ast.TriggerOnDelete, old, nil, nil)
}

// setColumns are the columns ON DELETE SET NULL (a, b) names, all of the key without a list.
func (fk *foreignKey) setColumns() []int {
	if len(fk.con.SetColumns) == 0 {
		return fk.childCols
	}
	var out []int
	for _, n := range fk.con.SetColumns {
		out = append(out, position(fk.child, n))
	}
	return out
}

// defaultOf computes a column's default.
func (s *statement) defaultOf(t *table, p int) (types.Datum, error) {
	e, err := s.c.Default(s.tx.Snapshot, t.rel, t.rel.Columns[p])
	if err != nil || e == nil {
		return types.Null(), err
	}
	text, err := s.c.overRow(s.tx.Snapshot, t.rel, e)
	if err != nil {
		return types.Null(), err
	}
	v, err := text.eval(s.tx)
	if err != nil {
		return types.Null(), err
	}
	return v[0], nil
}
