package function

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/plpgsql/interp"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// A simple expression that calls functions of the project is computed in stages: the calls are made here, one after the
// other as PostgreSQL would, and SQLite computes what is left with their results as parameters. A function that calls itself
// in an expression would otherwise nest SQLite's calls, whose stack is small.

// stage computes one value. vals are the parameters, followed by the results of earlier stages.
type stage func(h *host, vals []types.Datum) (types.Datum, error)

// staging makes the stages of one expression.
type staging struct {
	snap  *catalog.Snapshot
	slots int // parameters and results so far
	ok    bool
}

// staged gives the stages of an expression over params parameters, nil when it calls no function of the project or cannot be
// divided. size is the number of values the stages need.
func staged(snap *catalog.Snapshot, e query.Expr, params int) (s stage, size int) {
	if !calls(e) {
		return nil, 0
	}
	c := &staging{snap: snap, slots: params, ok: true}
	s = c.stage(e)
	if !c.ok {
		return nil, 0
	}
	return s, c.slots
}

func calls(e query.Expr) bool {
	found := false
	query.Walk(e, func(x query.Expr) bool {
		if f, ok := x.(*query.Func); ok && Runs(f.Fn) {
			found = true
		}
		return !found
	})
	return found
}

// stage gives what computes e.
func (c *staging) stage(e query.Expr) stage {
	if !calls(e) {
		return c.leaf(e)
	}
	switch x := e.(type) {
	case *query.Func:
		if Runs(x.Fn) && !x.Set {
			return c.call(x)
		}
	case *query.Case:
		return c.caseOf(x)
	case *query.Coalesce:
		list := c.stages(x.Args)
		return func(h *host, vals []types.Datum) (types.Datum, error) {
			for _, s := range list {
				if d, err := s(h, vals); err != nil || !d.IsNull() {
					return d, err
				}
			}
			return types.Datum{}, nil
		}
	case *query.Bool:
		if x.Op != "not" {
			return c.boolean(x)
		}
	}
	// What is left after the calls in the operands.
	var before []func(h *host, vals []types.Datum) error
	rest := c.operands(e, func(child query.Expr) query.Expr {
		if !calls(child) {
			return child
		}
		s := c.stage(child)
		at := c.slots
		c.slots++
		before = append(before, func(h *host, vals []types.Datum) (err error) {
			vals[at], err = s(h, vals)
			return err
		})
		return &query.Param{T: query.T{Typ: child.Type(), Mod: child.Typmod(), Pos: -1}, Number: at + 1}
	})
	if rest == nil {
		c.ok = false
		return nil
	}
	last := c.leaf(rest)
	return func(h *host, vals []types.Datum) (types.Datum, error) {
		for _, f := range before {
			if err := f(h, vals); err != nil {
				return types.Datum{}, err
			}
		}
		return last(h, vals)
	}
}

func (c *staging) stages(list []query.Expr) []stage {
	out := make([]stage, len(list))
	for i, e := range list {
		out[i] = c.stage(e)
	}
	return out
}

// operands gives a copy of e with other operands, nil when e is of a kind that has none to be taken out.
func (c *staging) operands(e query.Expr, f func(query.Expr) query.Expr) query.Expr {
	list := func(in []query.Expr) []query.Expr {
		out := make([]query.Expr, len(in))
		for i, x := range in {
			out[i] = f(x)
		}
		return out
	}
	switch x := e.(type) {
	case *query.Op:
		y := *x
		y.Args = list(x.Args)
		return &y
	case *query.Func:
		if x.Set {
			return nil
		}
		y := *x
		y.Args = list(x.Args)
		return &y
	case *query.Cast:
		y := *x
		y.Arg = f(x.Arg)
		return &y
	case *query.NullTest:
		y := *x
		y.Arg = f(x.Arg)
		return &y
	case *query.Field:
		y := *x
		y.Arg = f(x.Arg)
		return &y
	case *query.Bool:
		y := *x
		y.Args = list(x.Args)
		return &y
	case *query.Array:
		y := *x
		y.Elems = list(x.Elems)
		return &y
	case *query.Row:
		y := *x
		y.Fields = list(x.Fields)
		return &y
	case *query.MinMax:
		y := *x
		y.Args = list(x.Args)
		return &y
	}
	return nil
}

// leaf is an expression without calls.
func (c *staging) leaf(e query.Expr) stage {
	if quick := interp.Quick(e); quick != nil {
		if s := c.text(e); s != nil {
			return func(h *host, vals []types.Datum) (types.Datum, error) {
				if d, ok := quick(vals); ok {
					return d, nil
				}
				return s(h, vals)
			}
		}
	}
	return c.text(e)
}

// text has SQLite compute an expression.
func (c *staging) text(e query.Expr) stage {
	t, err := printer.Row(c.snap, &query.Query{Command: query.Select, Pos: -1}, []query.Expr{e}, printer.Options{})
	if err != nil {
		c.ok = false
		return nil
	}
	return func(h *host, vals []types.Datum) (types.Datum, error) {
		row, err := h.tx.Conn.QueryRow(t.SQL, vals[:min(t.Params, len(vals))]...)
		if err != nil || len(row) == 0 {
			return types.Datum{}, err
		}
		return row[0], nil
	}
}

func (c *staging) call(f *query.Func) stage {
	args, kinds := c.stages(f.Args), ArgTypes(f)
	return func(h *host, vals []types.Datum) (types.Datum, error) {
		list := make([]types.Datum, len(args))
		for i, s := range args {
			var err error
			if list[i], err = s(h, vals); err != nil {
				return types.Datum{}, err
			}
		}
		return h.r.Call(h.tx, Invocation{Fn: f.Fn, Args: list, ArgTypes: kinds, Result: f.Typ})
	}
}

func (c *staging) boolean(x *query.Bool) stage {
	list := c.stages(x.Args)
	decisive := x.Op == "or"
	return func(h *host, vals []types.Datum) (types.Datum, error) {
		unknown := false
		for _, s := range list {
			d, err := s(h, vals)
			switch {
			case err != nil:
				return d, err
			case d.IsNull():
				unknown = true
			case d.Bool() == decisive:
				return types.Bool(decisive), nil
			}
		}
		if unknown {
			return types.Datum{}, nil
		}
		return types.Bool(!decisive), nil
	}
}

func (c *staging) caseOf(x *query.Case) stage {
	var arg stage
	at := -1
	whens := x.Whens
	if x.Arg != nil {
		arg = c.stage(x.Arg)
		at = c.slots
		c.slots++
		value := &query.Param{T: query.T{Typ: x.Arg.Type(), Mod: x.Arg.Typmod(), Pos: -1}, Number: at + 1}
		whens = make([]query.When, len(x.Whens))
		for i, w := range x.Whens {
			whens[i] = query.When{Then: w.Then, Cond: query.Map(w.Cond, func(e query.Expr) query.Expr {
				if _, ok := e.(*query.CaseArg); ok {
					return value
				}
				return e
			})}
		}
	}
	conds, thens := make([]stage, len(whens)), make([]stage, len(whens))
	for i, w := range whens {
		conds[i], thens[i] = c.stage(w.Cond), c.stage(w.Then)
	}
	other := c.stage(x.Else)
	return func(h *host, vals []types.Datum) (types.Datum, error) {
		if arg != nil {
			var err error
			if vals[at], err = arg(h, vals); err != nil {
				return types.Datum{}, err
			}
		}
		for i, s := range conds {
			d, err := s(h, vals)
			if err != nil {
				return d, err
			}
			if !d.IsNull() && d.Bool() {
				return thens[i](h, vals)
			}
		}
		return other(h, vals)
	}
}
