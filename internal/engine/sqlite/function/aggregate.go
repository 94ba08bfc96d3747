package function

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// aggregation is an aggregate of the project over one group.
type aggregation struct {
	step, final caller
	state       types.Datum
	// strictStart says that the first argument that is not NULL becomes the state.
	strictStart bool
	args        []*types.Type
	extra       bool
}

// Aggregate begins an aggregate over one group. args and result are the actual types.
func (r *Runner) Aggregate(tx *session.Tx, fn *catalog.Function, args []*types.Type, result *types.Type) (session.Aggregation, error) {
	body := fn.Aggregate
	if body == nil {
		return nil, errs.Internal("aggregate "+fn.Name, nil)
	}
	state := polymorphic(tx.Snapshot, typeOf(tx.Snapshot, body.State), fn, args)
	a := &aggregation{args: args, extra: body.FinalExtra}
	var err error
	if a.step, err = r.caller(tx, body.Transition, append([]*types.Type{state}, args...), state); err != nil {
		return nil, err
	}
	if body.Final != 0 {
		list := []*types.Type{state}
		if body.FinalExtra {
			list = append(list, args...)
		}
		if a.final, err = r.caller(tx, body.Final, list, result); err != nil {
			return nil, err
		}
	}
	if body.Init == nil {
		a.strictStart = a.step.fn.Strict && len(args) > 0
	} else if a.state, err = types.In(state, -1, *body.Init, tx.Env()); err != nil {
		return nil, err
	}
	return a, nil
}

// Step takes a row's arguments.
func (a *aggregation) Step(args []types.Datum) error {
	if a.step.fn.Strict {
		for _, d := range args {
			if d.IsNull() {
				return nil
			}
		}
		if a.strictStart {
			a.strictStart = false
			a.state = args[0]
			return nil
		}
		if a.state.IsNull() {
			return nil
		}
	}
	var err error
	a.state, err = a.step.call(append([]types.Datum{a.state}, args...))
	return err
}

// Result gives the value so far.
func (a *aggregation) Result() (types.Datum, error) {
	if a.final.fn == nil {
		return a.state, nil
	}
	list := []types.Datum{a.state}
	if a.extra {
		list = append(list, make([]types.Datum, len(a.args))...)
	}
	return a.final.call(list)
}

// caller calls one function of any kind with values.
type caller struct {
	r      *Runner
	tx     *session.Tx
	fn     *catalog.Function
	args   []*types.Type
	result *types.Type
	text   *printer.Text // of a built-in one
	native native
}

func (r *Runner) caller(tx *session.Tx, oid catalog.OID, args []*types.Type, result *types.Type) (caller, error) {
	c := caller{r: r, tx: tx, fn: tx.Snapshot.FunctionByOID(oid), args: args, result: result}
	if c.fn == nil {
		return c, errs.New("42883", "function with OID %d does not exist", oid)
	}
	if Runs(c.fn) {
		return c, nil
	}
	if c.native = nativeOf(c.fn, args); c.native != nil {
		return c, nil
	}
	f := &query.Func{T: query.T{Typ: result, Mod: -1, Pos: -1}, Fn: c.fn}
	declared := c.fn.Inputs()
	for i, t := range args {
		var e query.Expr = &query.Param{T: query.T{Typ: t, Mod: -1, Pos: -1}, Number: i + 1}
		if i < len(declared) && declared[i].Type != t.OID && !types.IsPolymorphic(declared[i].Type) {
			if want := tx.Snapshot.TypeByOID(declared[i].Type); want != nil && want.Kind != types.PseudoType {
				e = &query.Cast{T: query.T{Typ: want, Mod: -1, Pos: -1}, Method: query.Relabel, Arg: e}
			}
		}
		f.Args = append(f.Args, e)
	}
	var err error
	c.text, err = printer.Row(tx.Snapshot, &query.Query{Command: query.Select, Pos: -1}, []query.Expr{f}, printer.Options{})
	return c, err
}

func (c *caller) call(args []types.Datum) (types.Datum, error) {
	if c.text == nil && c.native == nil {
		return c.r.Call(c.tx, Invocation{Fn: c.fn, Args: args, ArgTypes: c.args, Result: c.result})
	}
	if c.fn.Strict {
		for _, d := range args {
			if d.IsNull() {
				return types.Datum{}, nil
			}
		}
	}
	if c.native != nil {
		return c.native(args)
	}
	if len(args) > c.text.Params {
		args = args[:c.text.Params]
	}
	row, err := c.tx.Conn.QueryRow(c.text.SQL, args...)
	if err != nil || len(row) == 0 {
		return types.Datum{}, err
	}
	return row[0], nil
}
