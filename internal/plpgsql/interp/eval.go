package interp

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// eval computes an expression.
func (f *frame) eval(s *plpgsql.SQL) (types.Datum, *types.Type, error) {
	c, err := f.plan(s)
	if err != nil {
		return types.Datum{}, nil, err
	}
	return f.value(s, c)
}

// value computes a prepared expression.
func (f *frame) value(s *plpgsql.SQL, c *cached) (types.Datum, *types.Type, error) {
	if len(c.plan.Columns) != 1 {
		return types.Datum{}, nil, errs.New("42601", "query returned %d columns", len(c.plan.Columns))
	}
	t := c.plan.Columns[0].Type
	args := f.args(c)
	if c.quick != nil {
		if d, ok := c.quick(args); ok {
			return d, t, nil
		}
	}
	// A simple expression is evaluated by the function itself, and is no statement of its own; one that is already being
	// evaluated further up is.
	state := f.h.State()
	named := !c.plan.Simple
	if c.plan.Simple {
		if named = state.busy[c]; !named {
			if state.busy == nil {
				state.busy = map[*cached]bool{}
			}
			state.busy[c] = true
			defer delete(state.busy, c)
		}
	}
	var out types.Datum
	n := 0
	sql := f.sql
	if named {
		f.sql = s.What
	}
	_, err := f.runCounted(c.plan, args, func(row []types.Datum) error {
		if n++; n > 1 {
			return errEnough
		}
		out = row[0]
		return nil
	})
	f.sql = sql
	if n > 1 {
		err = errs.New("21000", "query returned more than one row")
	}
	if err != nil {
		// What depends on no variable is computed while the expression is planned.
		if named || c.constant() {
			err = inStatement(err, s.What)
		}
		return types.Datum{}, nil, err
	}
	return out, t, nil
}

// constant says that a simple expression is computed when it is planned.
func (c *cached) constant() bool { return c.plan.Simple && len(c.binds) == 0 && constant(c.plan.Value) }

// converts says that the conversion of the value, which failed, is part of the expression: where that is planned. A literal
// takes the type of the variable before that.
func (c *cached) converts(err error) bool {
	if c.plan.Simple && !c.constant() {
		return false
	}
	e := errs.Of(err)
	if e == nil || e.Code == "22004" {
		return false
	}
	if k, ok := c.plan.Value.(*query.Const); ok && (k.Typ.OID == types.UnknownOID || k.Typ.OID == types.TextOID) {
		return e.Code == "22001"
	}
	return true
}

// constant says whether an expression has one value for ever.
func constant(e query.Expr) bool {
	ok := true
	query.Walk(e, func(x query.Expr) bool {
		switch x := x.(type) {
		case *query.Func:
			ok = ok && x.Fn.Volatility == 'i'
		case *query.SQLValue, *query.NextVal:
			ok = false
		}
		return ok
	})
	return ok
}

func (f *frame) runCounted(p *Plan, args []types.Datum, row func([]types.Datum) error) (int64, error) {
	if f.readOnly && p.Writes != "" {
		return 0, errs.New("0A000", "%s is not allowed in a non-volatile function", p.Writes)
	}
	return f.h.Run(p, args, row)
}

// inStatement adds the line that names the SQL an error is from, unless the error has a place in it.
func inStatement(err error, what string) error {
	e := errs.Of(err)
	if e == nil {
		return err
	}
	c := *e
	c.Position = 0
	if e.Position == 0 && !e.WhereComplete {
		c.Where = joinLines(c.Where, what)
	}
	return &c
}

// within runs g, which has a piece of SQL prepared or run, with its name in contexts.
func (f *frame) within(what string, g func() error) error {
	old := f.sql
	f.sql = what
	err := g()
	f.sql = old
	if err != nil {
		return inStatement(err, what)
	}
	return nil
}

// condition computes a truth value; NULL is false.
func (f *frame) condition(s *plpgsql.SQL) (bool, error) {
	d, t, err := f.eval(s)
	if err != nil {
		return false, err
	}
	if t.OID != types.BoolOID {
		if d, err = f.h.Cast(t, types.ByOID(types.BoolOID), -1, d); err != nil {
			return false, err
		}
	}
	return !d.IsNull() && d.Bool(), nil
}

func (f *frame) caseOf(s *plpgsql.Case) (signal, error) {
	if s.Arg != nil {
		d, t, err := f.eval(s.Arg)
		if err != nil {
			return next, err
		}
		if t.OID == types.UnknownOID {
			t = types.ByOID(types.TextOID)
		}
		v := &f.vars[s.Var]
		*v = newVariable(datumType{typ: t, mod: -1, rec: t.Underlying().Kind == types.CompositeType})
		if err := f.set(s.Var, d, t); err != nil {
			return next, err
		}
		defer v.clear()
	}
	for _, b := range s.Whens {
		yes, err := f.condition(b.Cond)
		if err != nil {
			return next, err
		}
		if yes {
			return f.statements(b.Body)
		}
	}
	if s.HasElse {
		return f.statements(s.Else)
	}
	return next, errs.New("20000", "case not found").WithHint("CASE statement is missing ELSE part.")
}
