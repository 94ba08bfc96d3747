package interp

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// frame is a running function.
type frame struct {
	h    Host
	fn   *Function
	call *Call
	vars []variable
	// readOnly says that the function is not volatile: it may not write.
	readOnly bool
	stmt     plpgsql.Stmt
	// doing says what the function does besides running stmt, for contexts; line is where.
	doing string
	line  int
	rows  int64 // ROW_COUNT
	errs  []*errs.Error
	out   Result
	done  bool // RETURN was run
	steps int
	exit  string // the label EXIT or CONTINUE names
}

// signal is what a statement leads to.
type signal int

const (
	next signal = iota
	exits
	continues
	returns
)

// Run runs a function.
func Run(h Host, fn *Function, c *Call) (*Result, error) {
	f := &frame{h: h, fn: fn, call: c, readOnly: c.Fn != nil && c.Fn.Volatility != 'v'}
	if err := f.run(); err != nil {
		return nil, f.located(err)
	}
	return &f.out, nil
}

// located adds the function's context line to an error.
func (f *frame) located(err error) error {
	e := errs.Of(err)
	if e == nil {
		return err
	}
	c := *e
	c.Position = 0
	c.Where = joinLines(c.Where, f.context())
	return &c
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// context is the line that says where the function is.
func (f *frame) context() string {
	s := "PL/pgSQL function " + f.call.Name
	line := f.line
	if line == 0 && f.stmt != nil {
		line = f.stmt.Line()
	}
	switch {
	case f.doing != "" && line > 0:
		return s + " line " + strconv.Itoa(line) + " " + f.doing
	case f.doing != "":
		return s + " " + f.doing
	case f.stmt != nil && line > 0:
		return s + " line " + strconv.Itoa(line) + " at " + f.stmt.Kind()
	}
	return s
}

// during runs g with another text in contexts.
func (f *frame) during(doing string, line int, g func() error) error {
	oldDoing, oldLine, old := f.doing, f.line, f.stmt
	f.doing, f.line = doing, line
	if line == 0 {
		f.stmt = nil
	}
	if err := g(); err != nil {
		return err
	}
	f.doing, f.line, f.stmt = oldDoing, oldLine, old
	return nil
}

func (f *frame) run() error {
	f.vars = make([]variable, len(f.fn.types))
	for i, t := range f.fn.types {
		f.vars[i] = newVariable(t)
	}
	if err := f.during("during initialization of execution state", 0, f.start); err != nil {
		return err
	}
	sig, err := f.block(f.fn.tree.Body)
	if err != nil {
		return err
	}
	return f.finish(sig)
}

// start gives the parameters and presets their values.
func (f *frame) start() error {
	f.vars[f.fn.tree.Found].val = types.Bool(false)
	if t := f.call.Trigger; t != nil {
		for i, d := range f.fn.tree.Datums {
			if !d.Preset {
				continue
			}
			v := &f.vars[i]
			switch d.Name {
			case "new", "old":
				row := t.New
				if d.Name == "old" {
					row = t.Old
				}
				if v.typ == nil {
					continue
				}
				v.unset = false
				if row != nil {
					v.vals, v.without = append([]types.Datum(nil), row...), false
				}
			default:
				v.val = t.Values[d.Name]
			}
		}
		return nil
	}
	if f.call.Fn == nil {
		return nil
	}
	k := 0
	for i, p := range f.call.Fn.Params {
		switch p.Mode {
		case 'i', 'b', 'v':
		default:
			continue
		}
		if k < len(f.call.Args) {
			v := &f.vars[i]
			if !v.rec {
				v.val = f.call.Args[k]
			} else if err := f.set(i, f.call.Args[k], f.argType(v)); err != nil {
				return err
			}
		}
		k++
	}
	return nil
}

func (f *frame) argType(v *variable) *types.Type {
	if v.typ != nil {
		return v.typ
	}
	return types.ByOID(types.RecordOID)
}

// finish makes the result.
func (f *frame) finish(sig signal) error {
	if f.call.Trigger != nil {
		if sig != returns {
			return f.during("", 0, func() error {
				return errs.New("2F005", "control reached end of trigger procedure without RETURN")
			})
		}
		return nil
	}
	fn := f.call.Fn
	if fn == nil || fn.ReturnsSet {
		return nil
	}
	if len(f.fn.out) > 0 {
		row := make([]types.Datum, len(f.fn.out))
		for i, d := range f.fn.out {
			row[i] = f.vars[d].datum()
		}
		if len(row) == 1 && fn.Kind != 'p' {
			f.out.Value = row[0]
			return nil
		}
		f.out.Rows = [][]types.Datum{row}
		list := make([]*types.Type, len(row))
		for i, d := range f.fn.out {
			list[i] = f.vars[d].rowOrType()
		}
		f.out.Value = types.RowDatum(list, row)
		return nil
	}
	if sig != returns && fn.Returns != types.VoidOID && fn.Kind != 'p' {
		return f.during("", 0, func() error {
			return errs.New("2F005", "control reached end of function without RETURN")
		})
	}
	if fn.Returns == types.VoidOID {
		// void is the empty text.
		f.out.Value = types.Text("")
	}
	return nil
}

func (v *variable) rowOrType() *types.Type {
	if v.rec {
		return v.rowType()
	}
	return v.typ
}

// statements runs statements in order.
func (f *frame) statements(list []plpgsql.Stmt) (signal, error) {
	for _, s := range list {
		old := f.stmt
		f.stmt = s
		f.steps++
		if f.steps&15 == 0 {
			if err := f.h.Check(); err != nil {
				return next, err
			}
		}
		sig, err := f.statement(s)
		if err != nil {
			return next, err
		}
		f.stmt = old
		if sig != next {
			return sig, nil
		}
	}
	return next, nil
}

func (f *frame) statement(s plpgsql.Stmt) (signal, error) {
	switch s := s.(type) {
	case *plpgsql.Block:
		sig, err := f.block(s)
		if sig == exits && f.exit == s.Label && s.Label != "" {
			f.exit = ""
			return next, err
		}
		return sig, err
	case *plpgsql.Assign:
		d, t, err := f.eval(s.Value)
		if err != nil {
			return next, err
		}
		return next, f.assign(s.Target, d, t)
	case *plpgsql.If:
		for _, b := range s.Branches {
			yes, err := f.condition(b.Cond)
			if err != nil {
				return next, err
			}
			if yes {
				return f.statements(b.Body)
			}
		}
		return f.statements(s.Else)
	case *plpgsql.Case:
		return f.caseOf(s)
	case *plpgsql.Loop:
		for {
			if sig, stop, err := f.once(s.Label, s.Body); stop {
				return sig, err
			}
		}
	case *plpgsql.While:
		for {
			yes, err := f.condition(s.Cond)
			if err != nil || !yes {
				return next, err
			}
			if sig, stop, err := f.once(s.Label, s.Body); stop {
				return sig, err
			}
		}
	case *plpgsql.ForInt:
		return f.forInt(s)
	case *plpgsql.ForQuery:
		c, err := f.plan(s.Query)
		if err != nil {
			return next, err
		}
		cols, rows, err := f.gather(c.plan, f.args(c), "")
		if err != nil {
			return next, err
		}
		return f.forRows(s.Label, s.Into, cols, rows, s.Body)
	case *plpgsql.ForDynamic:
		cols, rows, err := f.dynamicRows(s.Query, s.Using)
		if err != nil {
			return next, err
		}
		return f.forRows(s.Label, s.Into, cols, rows, s.Body)
	case *plpgsql.ForCursor:
		return f.forCursor(s)
	case *plpgsql.Foreach:
		return f.foreach(s)
	case *plpgsql.Exit:
		if s.When != nil {
			yes, err := f.condition(s.When)
			if err != nil || !yes {
				return next, err
			}
		}
		f.exit = s.Label
		if s.Continue {
			return continues, nil
		}
		return exits, nil
	case *plpgsql.Return:
		return returns, f.returnValue(s)
	case *plpgsql.ReturnNext:
		return next, f.returnNext(s)
	case *plpgsql.ReturnQuery:
		return next, f.returnQuery(s)
	case *plpgsql.Raise:
		return next, f.raise(s)
	case *plpgsql.Assert:
		return next, f.assert(s)
	case *plpgsql.ExecSQL:
		return next, f.execSQL(s)
	case *plpgsql.Execute:
		return next, f.execute(s)
	case *plpgsql.Perform:
		return next, f.perform(s)
	case *plpgsql.Call:
		return next, f.callProcedure(s)
	case *plpgsql.GetDiagnostics:
		return next, f.diagnostics(s)
	case *plpgsql.Open:
		return next, f.open(s)
	case *plpgsql.Fetch:
		return next, f.fetch(s)
	case *plpgsql.Close:
		return next, f.closeCursor(s)
	case *plpgsql.Transaction:
		return next, errs.New("2D000", "invalid transaction termination")
	}
	return next, nil
}

// once runs a loop's body once and says whether the loop ends, and with what.
func (f *frame) once(label string, body []plpgsql.Stmt) (sig signal, stop bool, err error) {
	if f.steps++; f.steps&15 == 0 {
		if err := f.h.Check(); err != nil {
			return next, true, err
		}
	}
	sig, err = f.statements(body)
	if err != nil {
		return next, true, err
	}
	mine := f.exit == "" || f.exit == label && label != ""
	switch {
	case sig == exits && mine:
		f.exit = ""
		return next, true, nil
	case sig == continues && mine:
		f.exit = ""
		return next, false, nil
	}
	return sig, sig != next, nil
}

// block runs a block: its declarations, its statements, and a handler when one fails.
func (f *frame) block(b *plpgsql.Block) (sig signal, err error) {
	old := f.stmt
	f.stmt = b
	for _, d := range b.Decls {
		if err := f.during("during statement block local variable initialization", f.fn.tree.Datums[d].Line, func() error { return f.declare(d) }); err != nil {
			return next, err
		}
	}
	if len(b.Handlers) == 0 {
		sig, err = f.statements(b.Body)
		if err == nil {
			f.stmt = old
		}
		return sig, err
	}
	doing, line := f.doing, f.line
	err = f.h.Sub(func() error {
		sig, err = f.statements(b.Body)
		return err
	})
	if err == nil {
		f.stmt = old
		return sig, nil
	}
	e := errs.Of(err)
	if e == nil || e.Code == "XX000" && e.Err != nil || e.Code == "57014" && f.h.Check() != nil {
		return next, err
	}
	h := handlerFor(b, e.Code)
	if h == nil {
		return next, err
	}
	caught := *e
	caught.Where = joinLines(caught.Where, f.context())
	f.doing, f.line, f.stmt = doing, line, b
	f.vars[b.State].val, f.vars[b.Message].val = types.Text(e.Code), types.Text(e.Message)
	f.errs = append(f.errs, &caught)
	sig, err = f.statements(h.Body)
	f.errs = f.errs[:len(f.errs)-1]
	if err == nil {
		f.stmt = old
	}
	return sig, err
}

func handlerFor(b *plpgsql.Block, code string) *plpgsql.Handler {
	for _, h := range b.Handlers {
		for _, c := range h.Conditions {
			if c.Others && code != "57014" && code != "P0004" {
				return h
			}
			for _, s := range c.States {
				if s == code || strings.HasSuffix(s, "000") && s[:2] == code[:min(2, len(code))] {
					return h
				}
			}
		}
	}
	return nil
}

// declare gives a declared variable its first value.
func (f *frame) declare(d int) error {
	decl := f.fn.tree.Datums[d]
	v := &f.vars[d]
	*v = newVariable(f.fn.types[d])
	if decl.Default == nil {
		if v.typ != nil && v.typ.Kind == types.DomainType && !v.rec {
			return f.set(d, types.Datum{}, types.ByOID(types.UnknownOID))
		}
		return nil
	}
	val, t, err := f.eval(decl.Default)
	if err != nil {
		return err
	}
	return f.set(d, val, t)
}

// eval computes an expression.
func (f *frame) eval(s *plpgsql.SQL) (types.Datum, *types.Type, error) {
	c, err := f.plan(s)
	if err != nil {
		return types.Datum{}, nil, err
	}
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
	var out types.Datum
	n := 0
	err = f.runPlan(c.plan, args, func(row []types.Datum) error {
		if n++; n > 1 {
			return errs.New("42P01", "query returned more than one row")
		}
		out = row[0]
		return nil
	})
	if err != nil {
		if e := errs.Of(err); n > 1 && e != nil {
			err = errs.New("21000", "query returned more than one row")
		}
		// What depends on no variable is computed while the expression is planned.
		if !c.plan.Simple || len(c.binds) == 0 && constant(c.plan.Value) {
			err = inStatement(err, "SQL expression \""+s.Text+"\"")
		}
		return types.Datum{}, nil, err
	}
	return out, t, nil
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

func (f *frame) runPlan(p *Plan, args []types.Datum, row func([]types.Datum) error) error {
	_, err := f.runCounted(p, args, row)
	return err
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
	if e.Position == 0 {
		c.Where = joinLines(c.Where, what)
	}
	return &c
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
