package sqlite

import (
	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// preparedStatement is a statement PREPARE named; it lasts as long as the transaction.
type preparedStatement struct {
	stmt   ast.Statement
	params []*types.Type
}

// prepareStatement is PREPARE.
func (e *Engine) prepareStatement(tx *session.Tx, text string, s *ast.PrepareStmt) (*engine.Result, error) {
	if tx.Prepared[s.Name] != nil {
		return nil, errs.New("42P05", "prepared statement \"%s\" already exists", s.Name)
	}
	opt := guardOptions(tx, text)
	for _, n := range s.ArgTypes {
		t, _, err := analyze.Type(tx.Snapshot, n, analyze.Options{SearchPath: opt.SearchPath, Text: text, Env: opt.Env})
		if err != nil {
			return nil, err
		}
		opt.Params = append(opt.Params, t)
	}
	g, err := e.guard.Apply(tx.Snapshot, tx.Role(), s.Query, opt)
	if err != nil {
		return nil, err
	}
	if tx.Prepared == nil {
		tx.Prepared = map[string]any{}
	}
	tx.Prepared[s.Name] = &preparedStatement{stmt: s.Query, params: g.Params()}
	return &engine.Result{Tag: "PREPARE"}, nil
}

// bound makes the statement EXECUTE runs, with its arguments' values.
func (e *Engine) bound(tx *session.Tx, text string, s *ast.ExecuteStmt) (g guard.Guarded, args []*string, err error) {
	p, _ := tx.Prepared[s.Name].(*preparedStatement)
	if p == nil {
		return g, nil, errs.New("26000", "prepared statement \"%s\" does not exist", s.Name)
	}
	if len(s.Params) != len(p.params) {
		return g, nil, errs.New("42601", "wrong number of parameters for prepared statement \"%s\"", s.Name).
			WithDetail("Expected %d parameters but got %d.", len(p.params), len(s.Params))
	}
	opt := guardOptions(tx, text)
	for i, a := range s.Params {
		x, err := analyze.Expr(tx.Snapshot, a, analyze.ExprOptions{Options: analyze.Options{SearchPath: opt.SearchPath, Text: text, Env: opt.Env,
			Role: tx.Role()}, Target: literalTarget(a, p.params[i]), Typmod: -1})
		if err != nil {
			return g, nil, err
		}
		v, err := analyze.Coerce(tx.Snapshot, x.Expr, p.params[i], -1, "")
		if err != nil {
			if er := errs.Of(err); er != nil && er.Code == "42804" {
				return g, nil, errs.New("42804", "parameter $%d of type %s cannot be coerced to the expected type %s", i+1, x.Expr.Type(), p.params[i]).
					WithHint("You will need to rewrite or cast the expression.")
			}
			return g, nil, err
		}
		sql, err := printer.Row(tx.Snapshot, &query.Query{Pos: -1}, []query.Expr{v}, printer.Options{Rows: map[int]int{}})
		if err != nil {
			return g, nil, err
		}
		row, err := tx.Conn.QueryRow(sql.SQL)
		if err != nil {
			return g, nil, err
		}
		if row == nil || row[0].IsNull() {
			args = append(args, nil)
			continue
		}
		out := types.Out(p.params[i], row[0], tx.Env())
		args = append(args, &out)
	}
	opt.Text, opt.Params = "", p.params
	g, err = e.guard.Apply(tx.Snapshot, tx.Role(), p.stmt, opt)
	return g, args, err
}

// execute is EXECUTE.
func (e *Engine) execute(tx *session.Tx, text string, s *ast.ExecuteStmt) (*engine.Result, error) {
	g, args, err := e.bound(tx, text, s)
	if err != nil {
		return nil, err
	}
	return e.step(tx, g, args, engine.Text, false)
}

// deallocate is DEALLOCATE.
func (e *Engine) deallocate(tx *session.Tx, s *ast.DeallocateStmt) (*engine.Result, error) {
	if s.Name == "" {
		clear(tx.Prepared)
		return &engine.Result{Tag: "DEALLOCATE ALL"}, nil
	}
	if tx.Prepared[s.Name] == nil {
		return nil, errs.New("26000", "prepared statement \"%s\" does not exist", s.Name)
	}
	delete(tx.Prepared, s.Name)
	return &engine.Result{Tag: "DEALLOCATE"}, nil
}

// literalTarget is the type a quoted literal is read as; other expressions have types of their own.
func literalTarget(e ast.Expr, t *types.Type) *types.Type {
	if c, ok := e.(*ast.AConst); ok && (c.Kind == ast.ConstString || c.Kind == ast.ConstNull) {
		return t
	}
	return nil
}
