package function

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql/interp"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// host is a transaction on which functions run. It is an interp.Host.
type host struct {
	r  *Runner
	tx *session.Tx
	// tables are the transition tables of the trigger being run.
	tables transitions
	// atomic says that the call is part of a query: it must not end the transaction.
	atomic bool
}

// Key changes with the catalog, the role and the search path.
func (h *host) Key() interp.Key {
	path, _ := h.tx.Setting("search_path")
	return interp.Key{Snapshot: h.tx.Snapshot, Role: h.tx.Role(), Path: path + h.tables.key}
}

// Env is the transaction's.
func (h *host) Env() *types.Env { return h.tx.Env() }

// Snapshot is the catalog the transaction sees.
func (h *host) Snapshot() *catalog.Snapshot { return h.tx.Snapshot }

// Type resolves a written type.
func (h *host) Type(n *ast.TypeName) (*types.Type, int32, error) {
	e, err := analyze.Expr(h.tx.Snapshot, ast.Cast(ast.Null(), n), analyze.ExprOptions{Options: analyze.Options{SearchPath: h.tx.SearchPath()}})
	if err != nil {
		return nil, 0, err
	}
	return e.Expr.Type(), e.Expr.Typmod(), nil
}

// Relation finds a relation by name.
func (h *host) Relation(names []string) (*catalog.Relation, error) {
	name := names[len(names)-1]
	if len(names) > 1 {
		if r := h.tx.Snapshot.Relation(names[len(names)-2], name); r != nil {
			return r, nil
		}
	} else {
		for _, s := range h.tx.LookupPath() {
			if r := h.tx.Snapshot.Relation(s, name); r != nil {
				return r, nil
			}
		}
	}
	return nil, errs.New("42P01", "relation \"%s\" does not exist", strings.Join(names, "."))
}

// InlineLanguage refuses the languages DO cannot run.
func InlineLanguage(name string) error {
	switch name {
	case "", "plpgsql":
		return nil
	case "sql", "c", "internal":
		return errs.New("0A000", "language \"%s\" does not support inline code execution", name)
	}
	return errs.New("42704", "language \"%s\" does not exist", name)
}

// Direct makes the call of a plan for which Alone gave a function; text gives the arguments.
func (r *Runner) Direct(tx *session.Tx, f *query.Func, text *printer.Text, args []types.Datum) (types.Datum, error) {
	h := &host{r: r, tx: tx}
	values, err := h.row(text, args)
	if err != nil {
		return types.Datum{}, err
	}
	return r.Call(tx, Invocation{Fn: f.Fn, Args: values, ArgTypes: ArgTypes(f), Result: f.Typ})
}

// Runs says whether a function is one that this package runs.
func Runs(fn *catalog.Function) bool {
	return fn != nil && (fn.Language == "plpgsql" || fn.Language == "sql" && fn.Schema != "pg_catalog") && fn.Kind == catalog.RegularFunction
}

// ArgTypes are the types of a call's arguments.
func ArgTypes(f *query.Func) []*types.Type {
	out := make([]*types.Type, len(f.Args))
	for i, a := range f.Args {
		out[i] = a.Type()
	}
	return out
}

// Dynamic prepares the statements of a text.
func (h *host) Dynamic(text string, args []*types.Type) ([]*interp.Plan, error) {
	list, err := parse.Script(text)
	if err != nil {
		return nil, err
	}
	var out []*interp.Plan
	for _, s := range list.Statements {
		if len(list.Statements) > 1 {
			// A later statement may need what an earlier one makes: it is prepared when it is run.
			out = append(out, &interp.Plan{Impl: &later{s.Stmt, text, args}})
			continue
		}
		p, err := h.prepare(s.Stmt, text, nil, args, nil)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}

type later struct {
	stmt ast.Statement
	text string
	args []*types.Type
}

// Run runs a plan.
func (h *host) Run(p *interp.Plan, args []types.Datum, row func([]types.Datum) error) (int64, error) {
	if l, ok := p.Impl.(*later); ok {
		ready, err := h.prepare(l.stmt, l.text, nil, l.args, nil)
		if err != nil {
			return 0, err
		}
		return h.Run(ready, args, row)
	}
	if row == nil {
		row = func([]types.Datum) error { return nil }
	}
	x, ok := p.Impl.(*program)
	if !ok {
		return 0, errs.Internal("function", nil)
	}
	switch {
	case x.write != nil:
		return x.write.Run(h.r.tools.Compiler, h.tx, args, row, h.tables.rows...)
	case x.utility != nil:
		if x.bound != nil {
			b := *x.bound
			b.Args = args
			before := h.tx.Bound
			h.tx.Bound = &b
			defer func() { h.tx.Bound = before }()
		}
		_, err := h.r.tools.Utility(h.tx, x.source, x.utility)
		return 0, err
	case x.block != nil:
		return 0, h.r.Do(h.tx, x.block, x.source, !h.atomic)
	case x.procedure != nil:
		values, err := h.row(x.text, args)
		if err != nil {
			return 0, err
		}
		res, err := h.r.run(h.tx, &Invocation{Fn: x.procedure, Args: values, ArgTypes: x.argTypes, Nonatomic: !h.atomic}, nil)
		if err != nil || len(p.Columns) == 0 || len(res.Out) == 0 {
			return 0, err
		}
		return 0, row(res.Out)
	case x.stages != nil:
		vals := make([]types.Datum, max(x.values, len(args)))
		copy(vals, args)
		d, err := x.stages(h, vals)
		if err != nil {
			return 0, err
		}
		return 1, row([]types.Datum{d})
	case x.direct != nil:
		values, err := h.row(x.text, args)
		if err != nil {
			return 0, err
		}
		d, err := h.r.Call(h.tx, Invocation{Fn: x.direct.Fn, Args: values, ArgTypes: ArgTypes(x.direct), Result: x.direct.Typ})
		if err != nil {
			return 0, err
		}
		return 1, row([]types.Datum{d})
	}
	args = h.tables.after(args, x.args)
	st, err := h.tx.Conn.Prepare(x.text.SQL)
	if err != nil {
		return 0, err
	}
	defer st.Close()
	for i := range min(len(args), x.text.Params) {
		if err := st.BindAt(i+1, args[i]); err != nil {
			return 0, err
		}
	}
	var n int64
	for {
		more, err := st.Step()
		if err != nil || !more {
			return n, err
		}
		n++
		if err := row(st.Row(nil)[:len(p.Columns)]); err != nil {
			return n, err
		}
	}
}

// row computes a list of expressions.
func (h *host) row(t *printer.Text, args []types.Datum) ([]types.Datum, error) {
	if t == nil {
		return nil, nil
	}
	if len(args) > t.Params {
		args = args[:t.Params]
	}
	return h.tx.Conn.QueryRow(t.SQL, args...)
}

// Cast converts a value as an assignment does.
func (h *host) Cast(from, to *types.Type, mod int32, d types.Datum) (types.Datum, error) {
	if to == nil {
		return d, nil
	}
	if from.OID == to.OID && mod < 0 && to.Kind != types.DomainType {
		return d, nil
	}
	if d.IsNull() && to.Kind != types.DomainType {
		return d, nil
	}
	f := from.Underlying()
	if u := to.Underlying(); len(f.Fields) > 0 && len(u.Fields) > 0 && f.OID != u.OID && !d.IsNull() {
		// A row of another type: field by field.
		if len(f.Fields) != len(u.Fields) {
			return types.Datum{}, errs.New("42846", "cannot cast type %s to %s", from, to)
		}
		row := types.RowOf(f, d)
		list := make([]*types.Type, len(row))
		for i := range row {
			var err error
			if row[i], err = h.Cast(f.Fields[i].Type, u.Fields[i].Type, u.Fields[i].Typmod, row[i]); err != nil {
				return types.Datum{}, err
			}
			list[i] = u.Fields[i].Type
		}
		return types.RowDatum(list, row), nil
	}
	return types.Cast(from, to, mod, d, types.AssignmentCast, h.tx.Env())
}

// Sub runs f in a savepoint.
func (h *host) Sub(f func() error) error {
	tx := h.tx
	n := tx.Mark()
	name := "block" + strconv.Itoa(n)
	if err := tx.Conn.Exec("SAVEPOINT " + name); err != nil {
		tx.Release(n)
		return err
	}
	failed := f()
	if failed != nil {
		if tx.Conn.DB.GetAutocommit() {
			return errs.New("58030", "the transaction was lost")
		}
		if err := tx.Conn.Exec("ROLLBACK TO " + name); err != nil {
			return err
		}
		tx.RollbackTo(n)
	}
	if err := tx.Conn.Exec("RELEASE " + name); err != nil {
		return err
	}
	tx.Release(n)
	return failed
}

// Check fails when the statement's time is up.
func (h *host) Check() error {
	if h.tx.Context.Err() == nil {
		return nil
	}
	return errs.New("57014", "canceling statement due to statement timeout")
}

// Notice passes a message on to who listens.
func (h *host) Notice(level string, e *errs.Error) {
	if n := h.tx.Notice; n != nil {
		n(strings.ToUpper(level), e)
	}
}

// State is what the transaction's functions share.
func (h *host) State() *interp.State { return stateOf(h.tx) }

func stateOf(tx *session.Tx) *interp.State {
	s, ok := tx.Functions.(*interp.State)
	if !ok {
		s = &interp.State{Portals: map[string]*interp.Portal{}}
		tx.Functions = s
	}
	return s
}

// End commits or rolls back the transaction that a procedure runs in.
func (h *host) End(rollback, chain bool) error {
	switch {
	case h.tx.EndTransaction == nil || h.atomic:
		return errs.New("2D000", "invalid transaction termination")
	case h.State().Subs > 0 && rollback:
		return errs.New("2D000", "cannot roll back while a subtransaction is active")
	case h.State().Subs > 0:
		return errs.New("2D000", "cannot commit while a subtransaction is active")
	}
	if err := h.tx.EndTransaction(h.tx, rollback); err != nil {
		return err
	}
	EndPortals(h.tx)
	return nil
}

// OnUndo has f called when what was done since is undone.
func (h *host) OnUndo(f func()) { h.tx.OnRollback(f) }
