package interp

import (
	"strconv"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
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
	// sql is the piece of SQL the function waits for, as contexts name it.
	sql  string
	rows int64 // ROW_COUNT
	// place is where the cursor of WHERE CURRENT OF is.
	place types.Datum
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
	state := h.State()
	state.Push(f)
	err := f.run()
	state.Pop()
	if err != nil {
		f.out.Set.Close()
		return nil, f.located(err)
	}
	return &f.out, nil
}

// Waiting gives the lines that name the function while it waits for another.
func (f *frame) Waiting() string {
	if f.sql == "" {
		return f.context()
	}
	return f.sql + "\n" + f.context()
}

// located adds the function's context line to an error.
func (f *frame) located(err error) error {
	e := errs.Of(err)
	if e == nil {
		return err
	}
	c := *e
	c.Position = 0
	if !c.WhereComplete {
		c.Where = joinLines(c.Where, f.context())
	}
	return &c
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	if b == "" {
		return a
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
		if s.Value.Stmt == nil {
			return next, inStatement(errs.New("42601", "assignment source returned 0 columns"), s.Value.What)
		}
		c, err := f.plan(s.Value)
		if err != nil {
			return next, err
		}
		if n := len(c.plan.Columns); n != 1 {
			return next, inStatement(errs.New("42601", "assignment source returned %d columns", n), s.Value.What)
		}
		d, t, err := f.value(s.Value, c)
		if err != nil {
			return next, err
		}
		err = f.assign(s.Target, d, t)
		if err != nil && len(s.Target.Path) == 0 && c.converts(err) {
			err = inStatement(err, s.Value.What)
		}
		return next, err
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
		rows, err := f.gather(c.plan, f.args(c), "")
		if err != nil {
			return next, err
		}
		return f.forRows(s.Label, s.Into, c.plan.Columns, rows, s.Body)
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
		return next, f.h.End(s.Rollback, s.Chain)
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
