package interp

import (
	"errors"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
)

func (f *frame) execSQL(s *plpgsql.ExecSQL) error {
	c, err := f.plan(s.SQL)
	if err != nil {
		return err
	}
	if cursor := CurrentOf(s.SQL.Stmt); cursor != "" {
		if err := f.within(s.SQL.What, func() (err error) { f.place, err = f.current(cursor); return err }); err != nil {
			return err
		}
	}
	return f.into(c.plan, f.args(c), s.Into, s.Strict, false, s.SQL.What)
}

// into runs a statement and gives its row to INTO's list.
func (f *frame) into(p *Plan, args []types.Datum, into *plpgsql.Into, strict, dynamic bool, what string) error {
	if p.Transaction {
		return errs.New("0A000", "unsupported transaction command in PL/pgSQL")
	}
	if into == nil {
		if len(p.Columns) > 0 && !dynamic {
			e := errs.New("42601", "query has no destination for result data")
			if p.Tag == "SELECT" {
				e.Hint = "If you want to discard the results of a SELECT, use PERFORM instead."
			}
			return e
		}
		var n int64
		err := f.within(what, func() (err error) {
			n, err = f.runCounted(p, args, nil)
			return err
		})
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
		return errs.New("42601", "INTO used with a command that cannot return data")
	}
	var first []types.Datum
	many := false
	var n int64
	err := f.within(what, func() (err error) {
		n, err = f.runCounted(p, args, func(row []types.Datum) error {
			if first == nil {
				first = append([]types.Datum{}, row...)
				return nil
			}
			many = true
			if p.Tag == "SELECT" && p.Writes == "" {
				return errEnough
			}
			return nil
		})
		if errors.Is(err, errEnough) {
			err = nil
		}
		return err
	})
	switch {
	case err != nil:
		return err
	case first == nil && strict:
		return errs.New("P0002", "query returned no rows")
	case many && (strict || p.Tag != "SELECT"):
		e := errs.New("P0003", "query returned more than one row")
		if !dynamic {
			e.Hint = "Make sure the query returns a single row, or use LIMIT 1."
		}
		return e
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
	var n int64
	err = f.within(s.SQL.What, func() (err error) {
		n, err = f.runCounted(c.plan, f.args(c), func([]types.Datum) error { return nil })
		return err
	})
	if err != nil {
		return err
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
	targets := make([]int, len(c.plan.Columns))
	for i, col := range c.plan.Columns {
		d, used := -1, 0
		if col.Name != "" {
			d, used = s.SQL.Scope.Find([]string{col.Name})
		}
		if d < 0 || used != 1 {
			return errs.New("42601", "procedure parameter \"%s\" is an output parameter but corresponding argument is not writable", c.plan.Outputs[i])
		}
		if f.fn.tree.Datums[d].Const {
			return errs.New("22005", "variable \"%s\" is declared CONSTANT", f.fn.tree.Datums[d].Name)
		}
		targets[i] = d
	}
	var row []types.Datum
	err = f.within(s.SQL.What, func() error {
		_, err := f.runCounted(c.plan, f.args(c), func(r []types.Datum) error { row = r; return nil })
		return err
	})
	if err != nil {
		return err
	}
	for i, d := range targets {
		if i < len(row) {
			if err := f.set(d, row[i], c.plan.Columns[i].Type); err != nil {
				return err
			}
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
	what := "SQL statement \"" + text + "\""
	var plans []*Plan
	err = f.within(what, func() error {
		plans, err = f.h.Dynamic(text, list)
		return err
	})
	return plans, args, what, err
}

func (f *frame) execute(s *plpgsql.Execute) error {
	plans, args, what, err := f.dynamic(s.Query, s.Using)
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
		if err := f.into(p, args, into, s.Strict, true, what); err != nil {
			return err
		}
	}
	if len(plans) == 0 && s.Into != nil {
		return errs.New("42601", "INTO used with a command that cannot return data")
	}
	return nil
}

// dynamicRows runs the query of FOR ... IN EXECUTE, RETURN QUERY EXECUTE and OPEN ... FOR EXECUTE.
func (f *frame) dynamicRows(query *plpgsql.SQL, using []*plpgsql.SQL) ([]Column, *Store, error) {
	plans, args, what, err := f.dynamic(query, using)
	if err != nil {
		return nil, nil, err
	}
	if len(plans) != 1 {
		return nil, nil, errs.New("42P11", "cannot open multi-query plan as cursor")
	}
	rows, err := f.gather(plans[0], args, what)
	return plans[0].Columns, rows, err
}
