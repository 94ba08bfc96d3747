package function

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/plpgsql/interp"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// program is a prepared statement as this package runs it.
type program struct {
	text  *printer.Text
	write *modify.Plan
	// args is the number of the statement's own parameters.
	args int
	// utility is run by the engine.
	utility ast.Statement
	source  string
	bound   *Bound // the query inside of utility, when variables stand in it
	// direct is a call of a function that stands alone: text gives its arguments, nil when there are none.
	direct *query.Func
	// stages compute a simple expression that calls functions, with this many values.
	stages stage
	values int
	// procedure is what CALL runs, with text's row.
	procedure *catalog.Function
	argTypes  []*types.Type
	block     *ast.DoStmt
}

// Bound is the query inside of a utility statement with the values of the variables in it, for whoever runs the statement:
// it is the transaction's Bound.
type Bound struct {
	Stmt  *ast.SelectStmt
	Query *query.Query
	Args  []types.Datum
}

// Prepare analyses, guards and translates a statement.
func (h *host) Prepare(stmt ast.Statement, text string, vars analyze.Variables, args func() int) (*interp.Plan, error) {
	return h.prepare(stmt, text, vars, nil, args)
}

func (h *host) prepare(stmt ast.Statement, text string, vars analyze.Variables, params []*types.Type, args func() int) (*interp.Plan, error) {
	opt := h.r.tools.Options(h.tx, text)
	opt.Variables, opt.Params, opt.Transitions = vars, params, h.tables.list
	if a, ok := vars.(*argNames); ok {
		opt.Function = a.fn
	}
	switch s := stmt.(type) {
	case *ast.SelectStmt:
		if s.Into != nil {
			return &interp.Plan{Into: true, Writes: "SELECT INTO", Impl: &program{utility: stmt, source: text}}, nil
		}
	case *ast.InsertStmt, *ast.UpdateStmt, *ast.DeleteStmt, *ast.MergeStmt:
	case *ast.CallStmt:
		return h.prepareCall(s, text, vars, params)
	case *ast.DoStmt:
		if err := InlineLanguage(s.Language); err != nil {
			return nil, err
		}
		return &interp.Plan{Writes: "DO", Impl: &program{block: s, source: text}}, nil
	case *ast.CreateTableAsStmt:
		plan := &interp.Plan{Writes: h.r.tools.Tag(stmt), Impl: &program{utility: stmt, source: text}}
		sel, ok := s.Query.(*ast.SelectStmt)
		if !ok || vars == nil {
			return plan, nil
		}
		g, err := h.r.tools.Guard.Apply(h.tx.Snapshot, h.tx.Role(), sel, opt)
		if err != nil {
			return nil, err
		}
		plan.Impl = &program{utility: stmt, source: text, args: args(), bound: &Bound{Stmt: sel, Query: g.Query()}}
		return plan, nil
	case *ast.TransactionStmt:
		return &interp.Plan{Transaction: true, Impl: &program{}}, nil
	default:
		tag := h.r.tools.Tag(stmt)
		if tag == "" {
			tag = "this statement"
		}
		return &interp.Plan{Writes: tag, Impl: &program{utility: stmt, source: text}}, nil
	}
	g, err := h.r.tools.Guard.Apply(h.tx.Snapshot, h.tx.Role(), stmt, opt)
	if err != nil {
		return nil, err
	}
	q := g.Query()
	n := len(g.Params())
	if vars != nil {
		n = args()
	}
	out := &interp.Plan{Tag: "SELECT"}
	p := &program{args: n}
	var cols []printer.Column
	if modify.Writes(q) {
		if p.write, err = h.r.tools.Compiler.Compile(h.tx.Snapshot, q, n, h.tables.names...); err != nil {
			return nil, err
		}
		out.Tag, cols = p.write.Verb, p.write.Columns
		out.Writes = out.Tag
		if out.Writes == "SELECT" {
			for _, c := range q.CTEs {
				switch c.Query.Command {
				case query.Insert:
					out.Writes = "INSERT"
				case query.Update:
					out.Writes = "UPDATE"
				case query.Delete:
					out.Writes = "DELETE"
				}
			}
		}
	} else {
		out.Simple = simple(q)
		if len(q.Locks) > 0 {
			out.Writes = "SELECT FOR " + strings.ToUpper(q.Locks[0].Strength)
		}
		if f := direct(q, out.Simple); f != nil {
			p.direct = f
			cols = []printer.Column{{Name: q.Targets[0].Name, Type: f.Typ, Typmod: f.Mod}}
			if len(f.Args) > 0 {
				p.text, err = printer.Row(h.tx.Snapshot, q, f.Args, printer.Options{})
			}
		} else if p.stages, p.values = simpleStages(h.tx.Snapshot, q, n, out.Simple); p.stages != nil {
			e := q.Targets[0].Expr
			cols = []printer.Column{{Name: q.Targets[0].Name, Type: e.Type(), Typmod: e.Typmod()}}
		} else {
			p.text, err = printer.Query(h.tx.Snapshot, q, printer.Options{Given: h.tables.given(n)})
			if err == nil {
				cols = p.text.Columns
			}
		}
		if err != nil {
			return nil, err
		}
		if out.Simple {
			out.Value = q.Targets[0].Expr
		}
	}
	for _, c := range cols {
		out.Columns = append(out.Columns, interp.Column{Name: c.Name, Type: c.Type, Mod: c.Typmod})
	}
	out.Impl = p
	return out, nil
}

func simpleStages(snap *catalog.Snapshot, q *query.Query, params int, simple bool) (stage, int) {
	if !simple {
		return nil, 0
	}
	return staged(snap, q.Targets[0].Expr, params)
}

// simple says whether q is one expression without anything to read.
func simple(q *query.Query) bool {
	if q.Command != query.Select || len(q.RTable) > 0 || len(q.CTEs) > 0 || len(q.Targets) != 1 || q.Where != nil || q.HasAggs || q.HasWindow ||
		q.HasSRF || q.SetOp != nil || q.Values != nil || len(q.GroupBy) > 0 || q.Having != nil || q.Limit != nil || q.Offset != nil || q.GroupingSets != nil {
		return false
	}
	ok := true
	query.Walk(q.Targets[0].Expr, func(e query.Expr) bool {
		if _, link := e.(*query.SubLink); link {
			ok = false
		}
		return ok
	})
	return ok
}

// direct gives the call of one of the project's functions that is all a query does: it is made without SQLite between, so
// that the function may do anything.
func direct(q *query.Query, simple bool) *query.Func {
	if !simple {
		return nil
	}
	f, ok := q.Targets[0].Expr.(*query.Func)
	if !ok || f.Set || !Runs(f.Fn) {
		return nil
	}
	return f
}

// Alone is direct for any tree.
func Alone(q *query.Query) *query.Func { return direct(q, simple(q)) }

func (h *host) prepareCall(s *ast.CallStmt, text string, vars analyze.Variables, params []*types.Type) (*interp.Plan, error) {
	opt := h.r.tools.Options(h.tx, text)
	opt.Variables, opt.Params = vars, params
	g, fn, err := h.r.tools.Guard.Call(h.tx.Snapshot, h.tx.Role(), s, opt)
	if err != nil {
		return nil, err
	}
	p := &program{procedure: fn}
	var exprs []query.Expr
	for _, t := range g.Query().Targets {
		exprs = append(exprs, t.Expr)
		p.argTypes = append(p.argTypes, t.Expr.Type())
	}
	if len(exprs) > 0 {
		if p.text, err = printer.Row(h.tx.Snapshot, g.Query(), exprs, printer.Options{}); err != nil {
			return nil, err
		}
	}
	out := &interp.Plan{Impl: p, Writes: "CALL"}
	// The output parameters' values go to the variables written in their places.
	types := paramTypes(h.tx.Snapshot, fn, p.argTypes)
	for i, x := range fn.Params {
		if x.Mode != catalog.InOut && x.Mode != catalog.Out {
			continue
		}
		name := x.Name
		if vars != nil {
			name = written(s.Func.Args, i, x.Name)
		}
		out.Columns = append(out.Columns, interp.Column{Name: name, Type: types[i], Mod: -1})
		out.Outputs = append(out.Outputs, x.Name)
	}
	return out, nil
}

// written is the variable that stands for a parameter in a call, "" for anything else.
func written(args []ast.Expr, at int, name string) string {
	var arg ast.Expr
	for i, a := range args {
		if n, ok := a.(*ast.NamedArgExpr); ok {
			if n.Name == name {
				arg = n.Arg
			}
		} else if i == at {
			arg = a
		}
	}
	if c, ok := arg.(*ast.ColumnRef); ok && len(c.Fields) == 1 && !c.Star {
		return c.Fields[0]
	}
	return ""
}
