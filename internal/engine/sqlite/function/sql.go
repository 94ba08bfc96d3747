package function

import (
	"errors"
	"strconv"
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql/interp"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// sqlBody is the body of a function in SQL.
type sqlBody struct {
	stmts []*ast.RawStatement
	text  string

	mu    sync.Mutex
	key   interp.Key
	plans []*interp.Plan
}

func newSQLBody(fn *catalog.Function) (*sqlBody, error) {
	b := &sqlBody{text: fn.Body}
	if fn.NewStyleBody {
		text := strings.TrimSpace(fn.Body)
		switch upper := strings.ToUpper(text); {
		case strings.HasPrefix(upper, "RETURN"):
			b.text = "SELECT " + strings.TrimSpace(text[len("RETURN"):])
		case strings.HasPrefix(upper, "BEGIN ATOMIC"):
			b.text = strings.TrimSpace(text[len("BEGIN ATOMIC"):])
			if strings.HasSuffix(strings.ToUpper(b.text), "END") {
				b.text = strings.TrimSpace(b.text[:len(b.text)-3])
			}
		}
	}
	list, err := parse.Script(b.text)
	if err != nil {
		return nil, err
	}
	b.stmts = list.Statements
	return b, nil
}

// argNames are a function's parameters as names in its body: columns come first.
type argNames struct {
	fn    *catalog.Function
	in    []catalog.Param
	types []*types.Type // of the inputs
}

// Conflict is "use_column".
func (*argNames) Conflict() string { return "use_column" }

// Name gives $n, name, function.name and name.field.
func (n *argNames) Name(list []string, must bool) (query.Expr, error) {
	param := func(i int) query.Expr {
		return &query.Param{T: query.T{Typ: n.types[i], Mod: -1, Pos: -1}, Number: i + 1}
	}
	if strings.HasPrefix(list[0], "$") {
		if i, err := strconv.Atoi(list[0][1:]); err == nil && i >= 1 && i <= len(n.in) {
			return param(i - 1), nil
		}
	}
	find := func(name string) query.Expr {
		for i, p := range n.in {
			if p.Name != "" && p.Name == name {
				return param(i)
			}
		}
		return nil
	}
	if len(list) > 1 && list[0] == n.fn.Name {
		if e := find(list[1]); e != nil {
			return n.field(e, list[2:], must)
		}
	}
	if e := find(list[0]); e != nil {
		return n.field(e, list[1:], must)
	}
	return nil, nil
}

func (n *argNames) field(e query.Expr, rest []string, must bool) (query.Expr, error) {
	switch len(rest) {
	case 0:
		return e, nil
	case 1:
		for i, f := range e.Type().Underlying().Fields {
			if f.Name == rest[0] {
				return &query.Field{T: query.T{Typ: f.Type, Mod: f.Typmod, Pos: -1}, Arg: e, Name: f.Name, Num: i}, nil
			}
		}
		if must && len(e.Type().Underlying().Fields) > 0 {
			return nil, errs.New("42703", "column \"%s\" not found in data type %s", rest[0], e.Type())
		}
	}
	return nil, nil
}

// runSQL runs the statements of a function in SQL; the last one's rows are its result.
func (r *Runner) runSQL(h *host, b *body, c *Invocation) (*interp.Result, error) {
	fn := c.Fn
	s := b.sql
	names := &argNames{fn: fn, in: fn.Inputs()}
	k := 0
	for i, p := range fn.Params {
		if p.Mode == catalog.In || p.Mode == catalog.InOut || p.Mode == catalog.Variadic {
			names.types = append(names.types, b.params[i])
			k++
		}
	}
	out := &interp.Result{}
	state, at := h.State(), &sqlPosition{name: fn.Name}
	state.Push(at)
	defer state.Pop()
	for i, raw := range s.stmts {
		last := i == len(s.stmts)-1
		at.statement = i + 1
		where := "SQL function \"" + fn.Name + "\" statement " + strconv.Itoa(i+1)
		plan, err := s.plan(h, i, raw, names)
		if err != nil {
			return nil, within(err, "SQL function \""+fn.Name+"\" during startup")
		}
		if plan.Transaction {
			return nil, within(errs.New("0A000", "%s is not allowed in an SQL function", transactionTag(raw.Stmt)), "SQL function \""+fn.Name+"\" during startup")
		}
		if fn.Volatility != 'v' && plan.Writes != "" {
			return nil, within(errs.New("0A000", "%s is not allowed in a non-volatile function", plan.Writes), "SQL function \""+fn.Name+"\" during startup")
		}
		want := last && fn.Returns != types.VoidOID
		var give func([]types.Datum) error
		if want {
			if give, err = r.sqlResult(h, c, plan, out); err != nil {
				return nil, within(err, "SQL function \""+fn.Name+"\" during startup")
			}
		}
		done := false
		_, err = h.Run(plan, c.Args, func(row []types.Datum) error {
			switch {
			case !want || done:
				return nil
			case fn.ReturnsSet:
			case plan.Writes == "":
				// Nobody asks for more rows.
				if err := give(row); err != nil {
					return err
				}
				return errEnough
			default:
				done = true
			}
			return give(row)
		})
		if err != nil && !errors.Is(err, errEnough) {
			out.Set.Close()
			return nil, within(err, where)
		}
	}
	return out, nil
}

// sqlPosition is where a running function in SQL is.
type sqlPosition struct {
	name      string
	statement int
}

func (p *sqlPosition) Waiting() string {
	return "SQL function \"" + p.name + "\" statement " + strconv.Itoa(p.statement)
}

func transactionTag(stmt ast.Statement) string {
	t, ok := stmt.(*ast.TransactionStmt)
	switch {
	case !ok:
	case t.Kind == ast.TransBegin:
		return "BEGIN"
	case t.Kind == ast.TransStart:
		return "START TRANSACTION"
	case t.Kind == ast.TransCommit:
		return "COMMIT"
	case t.Kind == ast.TransRollback, t.Kind == ast.TransRollbackTo:
		return "ROLLBACK"
	case t.Kind == ast.TransSavepoint:
		return "SAVEPOINT"
	case t.Kind == ast.TransRelease:
		return "RELEASE"
	}
	return "this statement"
}

func within(err error, where string) error {
	e := errs.Of(err)
	if e == nil {
		return err
	}
	c := *e
	c.Position = 0
	if !c.WhereComplete {
		if c.Where != "" {
			c.Where += "\n"
		}
		c.Where += where
	}
	return &c
}

// plan prepares a statement; what was prepared is kept as long as nothing changes.
func (s *sqlBody) plan(h *host, i int, raw *ast.RawStatement, names *argNames) (*interp.Plan, error) {
	key := h.Key()
	s.mu.Lock()
	if s.key != key || s.plans == nil {
		s.key, s.plans = key, make([]*interp.Plan, len(s.stmts))
	}
	p := s.plans[i]
	s.mu.Unlock()
	if p != nil {
		return p, nil
	}
	p, err := h.Prepare(raw.Stmt, s.text, names, func() int { return len(names.in) })
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	if s.key == key {
		s.plans[i] = p
	}
	s.mu.Unlock()
	return p, nil
}

// sqlResult gives what takes the last statement's rows as the function's result.
func (r *Runner) sqlResult(h *host, c *Invocation, p *interp.Plan, out *interp.Result) (func(row []types.Datum) error, error) {
	mismatch := func(detail string, args ...any) error {
		return errs.New("42P13", "return type mismatch in function declared to return %s", c.Result).WithDetail(detail, args...)
	}
	if len(p.Columns) == 0 {
		if c.Fn.Kind == catalog.Procedure {
			return func([]types.Datum) error { return nil }, nil
		}
		return nil, mismatch("Function's final statement must be SELECT or INSERT/UPDATE/DELETE RETURNING.")
	}
	u := c.Result.Underlying()
	composite := u.Kind == types.CompositeType || u.OID == types.RecordOID
	cols := c.Columns
	whole := composite && len(p.Columns) == 1 && (p.Columns[0].Type.Underlying().Kind == types.CompositeType ||
		p.Columns[0].Type.OID == types.RecordOID) && len(cols) != 1
	if !composite {
		cols = []types.Field{{Type: c.Result, Typmod: -1}}
		if len(p.Columns) != 1 {
			return nil, mismatch("Final statement must return exactly one column.")
		}
	} else if !whole && len(cols) > 0 && len(p.Columns) != len(cols) {
		return nil, mismatch("Final statement returns too %s columns.", map[bool]string{true: "few", false: "many"}[len(p.Columns) < len(cols)])
	}
	return func(row []types.Datum) error {
		row = append([]types.Datum(nil), row...)
		from := make([]*types.Type, len(p.Columns))
		for k, x := range p.Columns {
			from[k] = x.Type
		}
		if whole {
			t := p.Columns[0].Type.Underlying()
			if row[0].IsNull() {
				row = make([]types.Datum, len(cols))
			} else {
				row = types.RowOf(t, row[0])
			}
			from = from[:0]
			for _, x := range t.Fields {
				from = append(from, x.Type)
			}
		}
		for k := range row {
			if k >= len(cols) || k >= len(from) {
				break
			}
			v, err := h.Cast(from[k], cols[k].Type, cols[k].Typmod, row[k])
			if err != nil {
				return err
			}
			row[k] = v
		}
		switch {
		case c.Fn.ReturnsSet:
			if out.Set == nil {
				out.Set = &interp.Store{}
			}
			return out.Set.Add(row)
		case c.Fn.Kind == catalog.Procedure:
			out.Out = row
			return nil
		case !composite:
			out.Value = row[0]
			return nil
		}
		list := make([]*types.Type, len(row))
		for i := range list {
			list[i] = types.ByOID(types.TextOID)
			if i < len(cols) {
				list[i] = cols[i].Type
			} else if i < len(p.Columns) {
				list[i] = p.Columns[i].Type
			}
		}
		out.Value = types.RowDatum(list, row)
		return nil
	}, nil
}
