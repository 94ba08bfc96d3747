package interp

import (
	"strconv"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
)

func (f *frame) execSQL(s *plpgsql.ExecSQL) error {
	c, err := f.plan(s.SQL)
	if err != nil {
		return err
	}
	err = f.into(c.plan, f.args(c), s.Into, s.Strict, false)
	if err != nil {
		if e := errs.Of(err); e != nil && unwrapped(e) {
			return err
		}
		return inStatement(err, "SQL statement \""+s.SQL.Text+"\"")
	}
	return nil
}

// own marks errors of the statement around the SQL, not of the SQL.
const own = "\x00"

func ownError(code, message, hint string) error {
	return &errs.Error{Code: code, Message: message, Hint: hint, Column: own}
}

func unwrapped(e *errs.Error) bool {
	if e.Column != own {
		return false
	}
	e.Column = ""
	return true
}

// into runs a statement and gives its row to INTO's list.
func (f *frame) into(p *Plan, args []types.Datum, into *plpgsql.Into, strict, dynamic bool) error {
	if p.Transaction {
		return ownError("0A000", "cannot begin/end transactions in PL/pgSQL", "Use a BEGIN block with an EXCEPTION clause instead.")
	}
	if into == nil {
		if len(p.Columns) > 0 && !dynamic {
			hint := ""
			if p.Tag == "SELECT" {
				hint = "If you want to discard the results of a SELECT, use PERFORM instead."
			}
			return ownError("42601", "query has no destination for result data", hint)
		}
		n, err := f.runCounted(p, args, nil)
		if err != nil {
			return err
		}
		f.rows = n
		if p.Tag != "" && !dynamic {
			f.found(n > 0)
		}
		return nil
	}
	if len(p.Columns) == 0 {
		return ownError("42601", "INTO used with a command that cannot return data", "")
	}
	var first []types.Datum
	many := false
	n, err := f.runCounted(p, args, func(row []types.Datum) error {
		if first == nil {
			first = append([]types.Datum{}, row...)
		} else {
			many = true
			if p.Tag == "SELECT" {
				return errEnough
			}
		}
		return nil
	})
	if err != nil && err != errEnough {
		if e := errs.Of(err); e != errEnough {
			return err
		}
	}
	switch {
	case first == nil && strict:
		return ownError("P0002", "query returned no rows", "")
	case many && (strict || p.Tag != "SELECT"):
		return ownError("P0003", "query returned more than one row", "Make sure the query returns a single row, or use LIMIT 1.")
	}
	if first == nil {
		n = 0
	} else if p.Tag == "SELECT" || n == 0 {
		n = 1
	}
	f.rows = n
	if !dynamic {
		f.found(n > 0)
	}
	return f.setInto(into, p.Columns, first)
}

// errEnough ends a query whose further rows nobody wants.
var errEnough = &errs.Error{Code: "02000", Message: "no more rows are wanted"}

func (f *frame) perform(s *plpgsql.Perform) error {
	c, err := f.plan(s.SQL)
	if err != nil {
		return err
	}
	n, err := f.runCounted(c.plan, f.args(c), func([]types.Datum) error { return nil })
	if err != nil {
		return inStatement(err, "SQL statement \""+s.SQL.Text+"\"")
	}
	f.rows = n
	f.found(n > 0)
	return nil
}

func (f *frame) callProcedure(s *plpgsql.Call) error {
	c, err := f.plan(s.SQL)
	if err != nil {
		return err
	}
	var row []types.Datum
	if _, err := f.runCounted(c.plan, f.args(c), func(r []types.Datum) error { row = r; return nil }); err != nil {
		return inStatement(err, "SQL statement \""+s.SQL.Text+"\"")
	}
	// The output parameters are variables written as arguments: the host names them as columns.
	for i, col := range c.plan.Columns {
		if col.Name == "" || row == nil || i >= len(row) {
			continue
		}
		d, used := s.SQL.Scope.Find([]string{col.Name})
		if d < 0 || used != 1 {
			return errs.New("42601", "procedure parameter \"%s\" is an output parameter but corresponding argument is not writable", col.Name)
		}
		if err := f.set(d, row[i], col.Type); err != nil {
			return err
		}
	}
	return nil
}

// dynamic computes the text and values of EXECUTE and prepares its statements.
func (f *frame) dynamic(query *plpgsql.SQL, using []*plpgsql.SQL) ([]*Plan, []types.Datum, string, error) {
	d, t, err := f.eval(query)
	if err != nil {
		return nil, nil, "", err
	}
	if d.IsNull() {
		return nil, nil, "", errs.New("22004", "query string argument of EXECUTE is null")
	}
	text := types.Out(t, d, f.h.Env())
	var args []types.Datum
	var list []*types.Type
	for _, u := range using {
		v, t, err := f.eval(u)
		if err != nil {
			return nil, nil, "", err
		}
		if t.OID == types.UnknownOID {
			t = types.ByOID(types.TextOID)
		}
		args, list = append(args, v), append(list, t)
	}
	plans, err := f.h.Dynamic(text, list)
	if err != nil {
		return nil, nil, "", err
	}
	return plans, args, text, nil
}

func (f *frame) execute(s *plpgsql.Execute) error {
	plans, args, text, err := f.dynamic(s.Query, s.Using)
	if err != nil {
		return err
	}
	for i, p := range plans {
		into := s.Into
		if i < len(plans)-1 {
			into = nil
		}
		switch {
		case p.Into:
			return errs.New("0A000", "EXECUTE of SELECT ... INTO is not implemented").
				WithHint("You might want to use EXECUTE ... INTO or EXECUTE CREATE TABLE ... AS instead.")
		case p.Transaction:
			return errs.New("0A000", "EXECUTE of transaction commands is not implemented")
		}
		if err := f.into(p, args, into, s.Strict, true); err != nil {
			if e := errs.Of(err); e != nil && unwrapped(e) {
				return err
			}
			return inStatement(err, "SQL statement \""+text+"\"")
		}
	}
	if len(plans) == 0 && s.Into != nil {
		return errs.New("42601", "INTO used with a command that cannot return data")
	}
	return nil
}

// dynamicRows runs the query of FOR ... IN EXECUTE, RETURN QUERY EXECUTE and OPEN ... FOR EXECUTE.
func (f *frame) dynamicRows(query *plpgsql.SQL, using []*plpgsql.SQL) ([]Column, [][]types.Datum, error) {
	plans, args, text, err := f.dynamic(query, using)
	if err != nil {
		return nil, nil, err
	}
	if len(plans) != 1 {
		return nil, nil, errs.New("42P11", "cannot open multi-query plan as cursor")
	}
	return f.gather(plans[0], args, text)
}

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
		f.out.Rows = append(f.out.Rows, row)
		return f.tooMany()
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
		f.out.Rows = append(f.out.Rows, []types.Datum{v})
		return f.tooMany()
	}
	u := t.Underlying()
	if u.Kind != types.CompositeType && u.OID != types.RecordOID {
		return errs.New("42804", "cannot return non-composite value from function returning composite type")
	}
	if d.IsNull() {
		f.out.Rows = append(f.out.Rows, make([]types.Datum, len(cols)))
		return f.tooMany()
	}
	row := types.RowOf(u, d)
	if u != w && len(cols) > 0 {
		if row, err = f.fit(u.Fields, row, cols, "wrong record type supplied in RETURN NEXT"); err != nil {
			return err
		}
	}
	f.out.Rows = append(f.out.Rows, row)
	return f.tooMany()
}

// maxRows bounds what a function may return.
const maxRows = 5_000_000

func (f *frame) tooMany() error {
	if len(f.out.Rows) > maxRows {
		return errs.New("54000", "a function returns more than %s rows", strconv.Itoa(maxRows))
	}
	return nil
}

func (f *frame) returnQuery(s *plpgsql.ReturnQuery) error {
	var cols []Column
	var rows [][]types.Datum
	var err error
	if s.Dynamic {
		cols, rows, err = f.dynamicRows(s.Query, s.Using)
	} else {
		var c *cached
		if c, err = f.plan(s.Query); err != nil {
			return err
		}
		cols, rows, err = f.gather(c.plan, f.args(c), s.Query.Text)
	}
	if err != nil {
		return err
	}
	have := make([]types.Field, len(cols))
	for i, c := range cols {
		have[i] = types.Field{Name: c.Name, Type: c.Type, Typmod: c.Mod}
	}
	want := f.columns()
	if len(want) > 0 {
		if _, err := f.fit(have, nil, want, "structure of query does not match function result type"); err != nil {
			if !s.Dynamic {
				err = inStatement(err, "SQL statement \""+s.Query.Text+"\"")
			}
			return err
		}
	}
	f.out.Rows = append(f.out.Rows, rows...)
	f.rows = int64(len(rows))
	f.found(len(rows) > 0)
	return f.tooMany()
}
