package modify

import (
	"errors"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// statement is one running statement with everything its writes have queued for its end.
type statement struct {
	c     *Compiler
	tx    *session.Tx
	queue []event
	past  *past // nil unless a part of the statement reads what another writes
	held  []func() error
	// leafOID is the table the last row was written to.
	leafOID catalog.OID
	// locker is the xmax of the last row.
	locker int64
	// written are the tables whose triggers want to know what the whole statement did to them.
	written map[writtenKey]*written
}

// complete fills the generated columns.
func (s *statement) complete(t *table, row []types.Datum) error {
	for _, g := range t.generated {
		v, err := g.text.eval(s.tx, row)
		if err != nil {
			return err
		}
		row[g.column] = v[0]
	}
	return nil
}

// constrain checks NOT NULL, then the CHECK constraints by name.
func (s *statement) constrain(t *table, row []types.Datum, written map[int]bool) error {
	for _, i := range t.notNull {
		if row[i].IsNull() {
			return notNullError(s.tx, t, i, row, written)
		}
	}
	if t.check == nil {
		return nil
	}
	values, err := t.check.eval(s.tx, row)
	if err != nil {
		return err
	}
	for i, v := range values {
		if !v.IsNull() && !v.Bool() {
			return checkError(s.tx, t, t.checks[i], row, written)
		}
	}
	return nil
}

// insertRow writes a complete, checked row and gives its rowid.
func (s *statement) insertRow(t *table, row []types.Datum) (int64, error) {
	s.leafOID = t.rel.OID
	if err := s.free(t, row, 0); err != nil {
		return 0, err
	}
	if err := s.write(t.insert, row...); err != nil {
		return 0, s.writeError(t, err, row, 0)
	}
	id := s.tx.Conn.LastInsertRowID()
	s.mine(t, id)
	for _, fk := range t.fks {
		s.later(event{kind: childWritten, fk: fk, id: id, values: pick(row, fk.childCols)})
	}
	s.laterUnique(t, id, row)
	return id, nil
}

// updateRow writes the columns in which next differs from old.
func (s *statement) updateRow(t *table, id int64, old, next []types.Datum) error {
	s.mine(t, id)
	s.leafOID = t.rel.OID
	var changed []int
	for i := range next {
		if !next[i].Equal(old[i]) {
			changed = append(changed, i)
		}
	}
	if len(changed) == 0 {
		return nil
	}
	if err := s.free(t, next, id); err != nil {
		return err
	}
	args := append(pick(next, changed), types.Int(id))
	if err := s.write(t.updateText(changed), args...); err != nil {
		return s.writeError(t, err, next, id)
	}
	// PostgreSQL's triggers fire by name, and those of the referred table come first.
	for _, fk := range t.referring {
		if s.differ(t, fk.parentCols, old, next) && !anyNull(pick(old, fk.parentCols)) {
			s.later(event{kind: parentUpdated, fk: fk, values: pick(old, fk.parentCols), next: pick(next, fk.parentCols)})
		}
	}
	for _, fk := range t.fks {
		if s.differ(t, fk.childCols, old, next) {
			s.later(event{kind: childWritten, fk: fk, id: id, values: pick(next, fk.childCols)})
		}
	}
	s.laterUnique(t, id, next)
	return nil
}

func (s *statement) deleteRow(t *table, id int64, old []types.Datum) error {
	s.mine(t, id)
	s.leafOID = t.rel.OID
	if err := s.write(t.remove, types.Int(id)); err != nil {
		return err
	}
	for _, fk := range t.referring {
		if key := pick(old, fk.parentCols); !anyNull(key) {
			s.later(event{kind: parentDeleted, fk: fk, values: key})
		}
	}
	return nil
}

// differ compares by the columns' types: 1.0 and 1.00 are the same key.
func (s *statement) differ(t *table, at []int, a, b []types.Datum) bool {
	for _, p := range at {
		x, y := a[p], b[p]
		if x.Equal(y) {
			continue
		}
		if x.IsNull() || y.IsNull() || types.Compare(t.types[p], x, y) != 0 {
			return true
		}
	}
	return false
}

func (t *table) updateText(changed []int) string {
	var key strings.Builder
	for _, i := range changed {
		key.WriteByte(byte(i))
		key.WriteByte(byte(i >> 8))
	}
	sql, ok := t.updates[key.String()]
	if !ok {
		sql = printer.UpdateRow(t.rel, columnsAt(t.rel, changed))
		t.updates[key.String()] = sql
	}
	return sql
}

// free looks for another row with the same key where SQLite's own index would not find it (NULLS NOT DISTINCT).
func (s *statement) free(t *table, row []types.Datum, self int64) error {
	for i, u := range t.uniques {
		if u.enforced || (u.constraint != nil && u.constraint.Deferrable) {
			continue
		}
		keys, other, err := s.other(t, u, row, self)
		if err != nil {
			return err
		}
		if other == 0 {
			continue
		}
		// SQLite has not looked yet: an earlier key may be taken too, and is the one to name.
		for _, before := range t.uniques[:i] {
			if before.constraint != nil && before.constraint.Deferrable {
				continue
			}
			taken, id, err := s.other(t, before, row, self)
			if err != nil {
				return err
			}
			if id != 0 {
				if before.excludes() {
					return s.exclusionError(t, before, taken, id)
				}
				return uniqueError(s.tx, t, before, taken)
			}
		}
		if u.excludes() {
			return s.exclusionError(t, u, keys, other)
		}
		return uniqueError(s.tx, t, u, keys)
	}
	return nil
}

// other finds a row other than self with row's key in a unique index: its rowid, 0 when there is none.
func (s *statement) other(t *table, u *unique, row []types.Datum, self int64) (keys []types.Datum, id int64, err error) {
	if u.where != nil {
		v, err := u.where.eval(s.tx, row)
		if err != nil {
			return nil, 0, err
		}
		if v[0].IsNull() || !v[0].Bool() {
			return nil, 0, nil
		}
	}
	if u.keys != nil {
		if keys, err = u.keys.eval(s.tx, row); err != nil {
			return nil, 0, err
		}
	} else {
		keys = pick(row, u.columns)
	}
	if !u.index.NullsNotDistinct && anyNull(keys) {
		return keys, 0, nil
	}
	found := errors.New("found")
	err = s.tx.Conn.Query(u.probe, func(r []types.Datum) error {
		if r[0].I != self {
			id = r[0].I
			return found
		}
		return nil
	}, keys...)
	if errors.Is(err, found) {
		err = nil
	}
	return keys, id, err
}

// writeError names the unique key a refused write hit.
func (s *statement) writeError(t *table, err error, row []types.Datum, self int64) error {
	if !errors.Is(err, sqlite3.CONSTRAINT) {
		return err
	}
	for _, u := range t.uniques {
		keys, other, perr := s.other(t, u, row, self)
		if perr != nil {
			return perr
		}
		if other != 0 && u.excludes() {
			return s.exclusionError(t, u, keys, other)
		}
		if other != 0 {
			return uniqueError(s.tx, t, u, keys)
		}
	}
	return errs.Internal("write to "+t.rel.Name, err)
}

// row reads a row by its rowid, nil when it is gone.
func (s *statement) row(t *table, id int64) ([]types.Datum, error) {
	return s.tx.Conn.QueryRow(t.byID, types.Int(id))
}
