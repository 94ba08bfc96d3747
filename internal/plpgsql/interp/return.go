package interp

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
)

// columns are those a set-returning function's rows have.
func (f *frame) columns() []types.Field { return f.call.Columns }

func (f *frame) returnValue(s *plpgsql.Return) error {
	f.done = true
	if s.Value == nil {
		return nil
	}
	d, t, err := f.eval(s.Value)
	if err != nil {
		return err
	}
	if tr := f.call.Trigger; tr != nil {
		return f.returnTrigger(d, t)
	}
	fn := f.call.Fn
	if fn == nil {
		return nil
	}
	want := f.call.Result
	return f.during("while casting return value to function's return type", 0, func() error {
		f.out.Value, err = f.convert(d, t, want)
		return err
	})
}

// convert makes a value the function's result type, rows field by field.
func (f *frame) convert(d types.Datum, from, want *types.Type) (types.Datum, error) {
	w, u := want.Underlying(), from.Underlying()
	if w.OID == types.RecordOID && len(w.Fields) == 0 {
		if u.OID != types.RecordOID && u.Kind != types.CompositeType {
			return types.Datum{}, errs.New("42804", "cannot return non-composite value from function returning composite type")
		}
		return d, nil
	}
	if w.Kind != types.CompositeType && w.OID != types.RecordOID {
		return f.h.Cast(from, want, -1, d)
	}
	if d.IsNull() {
		return d, nil
	}
	if u.OID == w.OID && u.Kind == types.CompositeType {
		return f.h.Cast(from, want, -1, d)
	}
	if len(u.Fields) == 0 && u.OID != types.RecordOID {
		return types.Datum{}, errs.New("42804", "cannot return non-composite value from function returning composite type")
	}
	if len(u.Fields) == 0 {
		return d, nil
	}
	row, err := f.fit(u.Fields, types.RowOf(u, d), w.Fields, "returned record type does not match expected record type")
	if err != nil {
		return types.Datum{}, err
	}
	return rowDatum(w.Fields, row), nil
}

// fit checks that a row has the wanted columns.
func (f *frame) fit(have []types.Field, row []types.Datum, want []types.Field, message string) ([]types.Datum, error) {
	if len(have) != len(want) {
		return nil, errs.New("42804", "%s", message).WithDetail("Number of returned columns (%d) does not match expected column count (%d).", len(have), len(want))
	}
	for i := range have {
		if have[i].Type.OID != want[i].Type.OID {
			if have[i].Type.OID == types.UnknownOID {
				continue
			}
			return nil, errs.New("42804", "%s", message).WithDetail("Returned type %s does not match expected type %s in column %d.",
				have[i].Type, want[i].Type, i+1)
		}
	}
	return row, nil
}

func (f *frame) returnTrigger(d types.Datum, t *types.Type) error {
	tr := f.call.Trigger
	if d.IsNull() {
		f.out.Row = nil
		return nil
	}
	u := t.Underlying()
	if u.Kind != types.CompositeType && u.OID != types.RecordOID {
		return errs.New("42804", "cannot return non-composite value from function returning composite type")
	}
	if tr.Type == nil {
		return nil
	}
	row := types.RowOf(u, d)
	if u != tr.Type.Underlying() {
		var err error
		if row, err = f.fit(u.Fields, row, tr.Type.Underlying().Fields, "returned row structure does not match the structure of the triggering table"); err != nil {
			return err
		}
	}
	f.out.Row = row
	return nil
}

func (f *frame) returnNext(s *plpgsql.ReturnNext) error {
	cols := f.columns()
	if s.Value == nil {
		row := make([]types.Datum, len(f.fn.out))
		for i, d := range f.fn.out {
			row[i] = f.vars[d].datum()
		}
		return f.add(row)
	}
	d, t, err := f.eval(s.Value)
	if err != nil {
		return err
	}
	w := f.call.Result.Underlying()
	if w.Kind != types.CompositeType && w.OID != types.RecordOID {
		v, err := f.h.Cast(t, f.call.Result, -1, d)
		if err != nil {
			return err
		}
		return f.add([]types.Datum{v})
	}
	u := t.Underlying()
	if u.Kind != types.CompositeType && u.OID != types.RecordOID {
		return errs.New("42804", "cannot return non-composite value from function returning composite type")
	}
	if d.IsNull() {
		return f.add(make([]types.Datum, len(cols)))
	}
	row := types.RowOf(u, d)
	if u != w && len(cols) > 0 {
		if row, err = f.fit(u.Fields, row, cols, "wrong record type supplied in RETURN NEXT"); err != nil {
			return err
		}
	}
	return f.add(row)
}

// add appends a row to the function's result.
func (f *frame) add(row []types.Datum) error {
	if f.out.Set == nil {
		f.out.Set = &Store{}
	}
	return f.out.Set.Add(append([]types.Datum(nil), row...))
}

func (f *frame) returnQuery(s *plpgsql.ReturnQuery) error {
	var cols []Column
	var rows *Store
	var err error
	if s.Dynamic {
		cols, rows, err = f.dynamicRows(s.Query, s.Using)
	} else {
		var c *cached
		if c, err = f.plan(s.Query); err != nil {
			return err
		}
		if err := f.fitQuery(c.plan.Columns, s.Query.What); err != nil {
			return err
		}
		cols = c.plan.Columns
		rows, err = f.gather(c.plan, f.args(c), s.Query.What)
	}
	if err != nil {
		return err
	}
	n := rows.Len()
	if s.Dynamic {
		if err := f.fitQuery(cols, ""); err != nil {
			rows.Close()
			return err
		}
	}
	if f.out.Set == nil {
		f.out.Set = rows
	} else {
		err = rows.Each(f.add)
		rows.Close()
	}
	f.rows = int64(n)
	f.found(n > 0)
	return err
}

// fitQuery checks that a query gives the function's columns.
func (f *frame) fitQuery(cols []Column, what string) error {
	want := f.columns()
	if len(want) == 0 {
		return nil
	}
	have := make([]types.Field, len(cols))
	for i, c := range cols {
		have[i] = types.Field{Name: c.Name, Type: c.Type, Typmod: c.Mod}
	}
	_, err := f.fit(have, nil, want, "structure of query does not match function result type")
	if err != nil && what != "" {
		err = inStatement(err, what)
	}
	return err
}
