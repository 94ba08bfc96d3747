package interp

import (
	"strconv"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
)

// openPortal makes a cursor of rows and gives its variable the name.
func (f *frame) openPortal(cursor int, cols []Column, rows *Store, place bool, scroll int) error {
	v := &f.vars[cursor]
	all := f.h.State().Portals
	name := v.val.S
	if v.val.IsNull() {
		if f.fn.tree.Datums[cursor].Cursor != nil {
			name = f.fn.tree.Datums[cursor].Name
		}
		for n := 1; name == ""; n++ {
			if try := "<unnamed portal " + strconv.Itoa(n) + ">"; all[try] == nil {
				name = try
			}
		}
	}
	if all[name] != nil {
		return errs.New("42P03", "cursor \"%s\" already in use", name)
	}
	if len(all) > 1000 {
		return errs.New("53000", "too many open cursors")
	}
	p := &Portal{Columns: cols, Rows: rows, Place: place, NoScroll: scroll < 0}
	all[name] = p
	f.h.OnUndo(func() {
		if all[name] == p {
			delete(all, name)
		}
	})
	v.val = types.Text(name)
	return nil
}

func (f *frame) open(s *plpgsql.Open) error {
	if v := &f.vars[s.Cursor]; !v.val.IsNull() && f.h.State().Portals[v.val.S] != nil {
		return errs.New("42P03", "cursor \"%s\" already in use", v.val.S)
	}
	if s.Dynamic {
		cols, rows, err := f.dynamicRows(s.Query, s.Using)
		if err != nil {
			return err
		}
		return f.openPortal(s.Cursor, cols, rows, false, s.Scroll)
	}
	q, scroll := s.Query, s.Scroll
	if q == nil {
		d := f.fn.tree.Datums[s.Cursor]
		q, scroll = d.Cursor, d.Scroll
		if err := f.cursorArgs(d, s.Args); err != nil {
			return err
		}
	}
	cols, rows, place, err := f.cursorQuery(q)
	if err != nil {
		return err
	}
	return f.openPortal(s.Cursor, cols, rows, place, scroll)
}

func (f *frame) cursorArgs(d *plpgsql.Datum, args []*plpgsql.SQL) error {
	for i, a := range args {
		v, t, err := f.eval(a)
		if err != nil {
			return err
		}
		if err := f.set(d.Args[i], v, t); err != nil {
			return err
		}
	}
	return nil
}

func (f *frame) portal(cursor int) (*Portal, error) {
	v := &f.vars[cursor]
	if v.val.IsNull() {
		return nil, errs.New("22004", "cursor variable \"%s\" is null", f.fn.tree.Datums[cursor].Name)
	}
	p := f.h.State().Portals[v.val.S]
	if p == nil {
		return nil, errs.New("34000", "cursor \"%s\" does not exist", v.val.S)
	}
	return p, nil
}

func (f *frame) closeCursor(s *plpgsql.Close) error {
	p, err := f.portal(s.Cursor)
	if err != nil {
		return err
	}
	p.Rows.Close()
	delete(f.h.State().Portals, f.vars[s.Cursor].val.S)
	return nil
}

func (f *frame) fetch(s *plpgsql.Fetch) error {
	p, err := f.portal(s.Cursor)
	if err != nil {
		return err
	}
	n := int64(1)
	if s.Count != nil {
		d, t, err := f.eval(s.Count)
		if err != nil {
			return err
		}
		if d, err = f.h.Cast(t, types.ByOID(types.Int4OID), -1, d); err != nil {
			return err
		}
		if d.IsNull() {
			return errs.New("22004", "relative or absolute cursor position is null")
		}
		n = d.I
	}
	at, last := int64(p.At), int64(p.Rows.Len())
	before := at
	switch s.Direction {
	case "next", "forward", "relative":
		if s.All {
			n = last + 1
		}
		at += n
	case "prior", "backward":
		if s.All {
			n = last + 1
		}
		at -= n
	case "first":
		at = 1
	case "last":
		at = last
	case "absolute":
		at = n
		if n < 0 {
			at = last + 1 + n
		}
	}
	at = max(0, min(at, last+1))
	if at < before && p.NoScroll {
		return errs.New("55000", "cursor can only scan forward").WithHint("Declare it with SCROLL option to enable backward scan.")
	}
	p.At = int(at)
	hit := at >= 1 && at <= last
	if s.Move {
		moved := at - before
		if moved < 0 {
			moved = -moved
		}
		if (at > last || at < 1) && moved > 0 {
			moved--
		}
		if s.Direction == "first" || s.Direction == "last" || s.Direction == "absolute" {
			moved = 0
			if hit {
				moved = 1
			}
		}
		f.rows = moved
		f.found(moved > 0)
		return nil
	}
	var row []types.Datum
	if hit {
		if row, err = p.Rows.Row(int(at - 1)); err != nil {
			return err
		}
	}
	f.rows = 0
	if hit {
		f.rows = 1
	}
	f.found(hit)
	return f.setInto(s.Into, p.Columns, row[:min(len(p.Columns), len(row))])
}

func (f *frame) forCursor(s *plpgsql.ForCursor) (signal, error) {
	d := f.fn.tree.Datums[s.Cursor]
	v := &f.vars[s.Cursor]
	if !v.val.IsNull() && f.h.State().Portals[v.val.S] != nil {
		return next, errs.New("42P03", "cursor \"%s\" already in use", v.val.S)
	}
	if err := f.cursorArgs(d, s.Args); err != nil {
		return next, err
	}
	cols, rows, place, err := f.cursorQuery(d.Cursor)
	if err != nil {
		return next, err
	}
	was := v.val
	if err := f.openPortal(s.Cursor, cols, rows, place, d.Scroll); err != nil {
		return next, err
	}
	name := v.val.S
	f.h.State().Portals[name].Loop = true
	defer func() {
		rows.Close()
		delete(f.h.State().Portals, name)
		f.vars[s.Cursor].val = was
	}()
	n := rows.Len()
	for i := range n {
		r, err := rows.Row(i)
		if err != nil {
			return next, err
		}
		if p := f.h.State().Portals[name]; p != nil {
			p.At = i + 1
		}
		if err := f.setRow(s.Var, cols, r[:min(len(cols), len(r))]); err != nil {
			return next, err
		}
		if sig, stop, err := f.once(s.Label, s.Body); stop {
			f.found(true)
			return sig, err
		}
	}
	f.found(n > 0)
	return next, nil
}
