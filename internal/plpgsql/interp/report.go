package interp

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
)

// text computes an expression as text; ok is false for NULL.
func (f *frame) text(s *plpgsql.SQL) (text string, ok bool, err error) {
	d, t, err := f.eval(s)
	if err != nil || d.IsNull() {
		return "", false, err
	}
	return types.Out(t, d, f.h.Env()), true, nil
}

func (f *frame) raise(s *plpgsql.Raise) error {
	if s.Again {
		if len(f.errs) == 0 {
			return errs.New("0Z002", "RAISE without parameters cannot be used outside an exception handler")
		}
		again := *f.errs[len(f.errs)-1]
		return &again
	}
	e := &errs.Error{Code: s.State}
	message := ""
	if s.HasFormat {
		var b strings.Builder
		k := 0
		for i := 0; i < len(s.Format); i++ {
			if s.Format[i] != '%' {
				b.WriteByte(s.Format[i])
				continue
			}
			if i+1 < len(s.Format) && s.Format[i+1] == '%' {
				b.WriteByte('%')
				i++
				continue
			}
			text, ok, err := f.text(s.Args[k])
			if err != nil {
				return err
			}
			if !ok {
				text = "<NULL>"
			}
			b.WriteString(text)
			k++
		}
		message = b.String()
	}
	hasMessage := s.HasFormat
	seen := map[string]bool{}
	if s.State != "" {
		seen["errcode"] = true
	}
	if s.HasFormat {
		seen["message"] = true
	}
	name := s.Condition
	for _, o := range s.Options {
		text, ok, err := f.text(o.Value)
		if err != nil {
			return err
		}
		if !ok {
			return errs.New("22004", "RAISE statement option cannot be null")
		}
		if seen[o.Name] {
			return errs.New("42601", "RAISE option already specified: %s", strings.ToUpper(o.Name))
		}
		seen[o.Name] = true
		switch o.Name {
		case "errcode":
			if len(text) == 5 && strings.Trim(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
				e.Code = text
				break
			}
			states := plpgsql.States(text)
			if states == nil {
				return errs.New("42704", "unrecognized exception condition \"%s\"", text)
			}
			e.Code, name = states[0], text
		case "message":
			message, hasMessage = text, true
		case "detail":
			e.Detail = text
		case "hint":
			e.Hint = text
		case "column":
			e.Column = text
		case "constraint":
			e.Constraint = text
		case "datatype":
			e.DataType = text
		case "table":
			e.Table = text
		case "schema":
			e.Schema = text
		}
	}
	if e.Code == "" && s.Level == "exception" {
		e.Code = "P0001"
	}
	if !hasMessage {
		message = name
		if message == "" {
			message = e.Code
		}
	}
	e.Message = message
	if s.Level != "exception" {
		f.h.Notice(s.Level, e)
		return nil
	}
	return e
}

func (f *frame) assert(s *plpgsql.Assert) error {
	yes, err := f.condition(s.Cond)
	if err != nil || yes {
		return err
	}
	message := "assertion failed"
	if s.Message != nil {
		text, ok, err := f.text(s.Message)
		if err != nil {
			return err
		}
		if ok {
			message = text
		}
	}
	return errs.New("P0004", "%s", message)
}

func (f *frame) diagnostics(s *plpgsql.GetDiagnostics) error {
	var e *errs.Error
	if s.Stacked {
		if len(f.errs) == 0 {
			return errs.New("0Z002", "GET STACKED DIAGNOSTICS cannot be used outside an exception handler")
		}
		e = f.errs[len(f.errs)-1]
	}
	text := types.ByOID(types.TextOID)
	for _, it := range s.Items {
		var d types.Datum
		t := text
		switch it.Item {
		case "row_count":
			d, t = types.Int(f.rows), types.ByOID(types.Int8OID)
		case "pg_routine_oid":
			t = types.ByOID(types.OidOID)
			if f.call.Fn != nil {
				d = types.Int(int64(f.call.Fn.OID))
			} else {
				d = types.Int(0)
			}
		case "pg_context":
			d = types.Text(f.context())
		case "pg_exception_context":
			d = types.Text(e.Where)
		case "pg_exception_detail":
			d = types.Text(e.Detail)
		case "pg_exception_hint":
			d = types.Text(e.Hint)
		case "returned_sqlstate":
			d = types.Text(e.Code)
		case "column_name":
			d = types.Text(e.Column)
		case "constraint_name":
			d = types.Text(e.Constraint)
		case "pg_datatype_name":
			d = types.Text(e.DataType)
		case "message_text":
			d = types.Text(e.Message)
		case "table_name":
			d = types.Text(e.Table)
		case "schema_name":
			d = types.Text(e.Schema)
		}
		if err := f.assign(it.Target, d, t); err != nil {
			return err
		}
	}
	return nil
}

// Cursors.

// openPortal makes a cursor of rows and gives its variable the name.
func (f *frame) openPortal(cursor int, cols []Column, rows [][]types.Datum, scroll int) error {
	v := &f.vars[cursor]
	all := f.h.Portals()
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
	all[name] = &Portal{Columns: cols, Rows: rows, NoScroll: scroll < 0}
	v.val = types.Text(name)
	return nil
}

func (f *frame) open(s *plpgsql.Open) error {
	if v := &f.vars[s.Cursor]; !v.val.IsNull() && f.h.Portals()[v.val.S] != nil {
		return errs.New("42P03", "cursor \"%s\" already in use", v.val.S)
	}
	if s.Dynamic {
		cols, rows, err := f.dynamicRows(s.Query, s.Using)
		if err != nil {
			return err
		}
		return f.openPortal(s.Cursor, cols, rows, s.Scroll)
	}
	q, scroll := s.Query, s.Scroll
	if q == nil {
		d := f.fn.tree.Datums[s.Cursor]
		q, scroll = d.Cursor, d.Scroll
		if err := f.cursorArgs(d, s.Args); err != nil {
			return err
		}
	}
	c, err := f.plan(q)
	if err != nil {
		return err
	}
	cols, rows, err := f.gather(c.plan, f.args(c), q.Text)
	if err != nil {
		return err
	}
	return f.openPortal(s.Cursor, cols, rows, scroll)
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
	p := f.h.Portals()[v.val.S]
	if p == nil {
		return nil, errs.New("34000", "cursor \"%s\" does not exist", v.val.S)
	}
	return p, nil
}

func (f *frame) closeCursor(s *plpgsql.Close) error {
	if _, err := f.portal(s.Cursor); err != nil {
		return err
	}
	delete(f.h.Portals(), f.vars[s.Cursor].val.S)
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
	at, last := int64(p.At), int64(len(p.Rows))
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
		row = p.Rows[at-1]
	}
	f.rows = 0
	if hit {
		f.rows = 1
	}
	f.found(hit)
	return f.setInto(s.Into, p.Columns, row)
}

func (f *frame) forCursor(s *plpgsql.ForCursor) (signal, error) {
	d := f.fn.tree.Datums[s.Cursor]
	v := &f.vars[s.Cursor]
	if !v.val.IsNull() && f.h.Portals()[v.val.S] != nil {
		return next, errs.New("42P03", "cursor \"%s\" already in use", v.val.S)
	}
	if err := f.cursorArgs(d, s.Args); err != nil {
		return next, err
	}
	c, err := f.plan(d.Cursor)
	if err != nil {
		return next, err
	}
	cols, rows, err := f.gather(c.plan, f.args(c), d.Cursor.Text)
	if err != nil {
		return next, err
	}
	was := v.val
	if err := f.openPortal(s.Cursor, cols, rows, d.Scroll); err != nil {
		return next, err
	}
	name := v.val.S
	defer func() {
		delete(f.h.Portals(), name)
		f.vars[s.Cursor].val = was
	}()
	for i, r := range rows {
		if p := f.h.Portals()[name]; p != nil {
			p.At = i + 1
		}
		if err := f.setRow(s.Var, cols, r); err != nil {
			return next, err
		}
		if sig, stop, err := f.once(s.Label, s.Body); stop {
			f.found(true)
			return sig, err
		}
	}
	f.found(len(rows) > 0)
	return next, nil
}
