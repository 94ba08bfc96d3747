package sqlite

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/function"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// equip gives a transaction what it asks of the engine: checks of domains, and the project's functions.
func (e *Engine) equip(tx *session.Tx) {
	tx.CheckDomain = e.checkDomain
	tx.Notice = func(level string, n *errs.Error) { notify(tx, level, n) }
	tx.Call = func(tx *session.Tx, fn *catalog.Function, args []types.Datum, argTypes []*types.Type, result *types.Type) (types.Datum, error) {
		if err := tx.Nest(); err != nil {
			return types.Datum{}, err
		}
		defer tx.Unnest()
		return e.functions.Call(tx, function.Invocation{Fn: fn, Args: args, ArgTypes: argTypes, Result: result})
	}
	tx.Aggregate = e.functions.Aggregate
	tx.CallSet = func(tx *session.Tx, fn *catalog.Function, args []types.Datum, argTypes []*types.Type, columns []types.Field, yield func([]types.Datum) bool) error {
		if err := tx.Nest(); err != nil {
			return err
		}
		defer tx.Unnest()
		return e.functions.Rows(tx, function.Invocation{Fn: fn, Args: args, ArgTypes: argTypes, Columns: columns}, yield)
	}
}

// severities are the levels of messages, by how much client_min_messages lets through.
var severities = map[string]int{"DEBUG": 0, "LOG": 1, "NOTICE": 2, "WARNING": 3, "INFO": 9}

// notify passes a message to the one who listens to the statement's notices, when the setting client_min_messages lets it.
func notify(tx *session.Tx, level string, n *errs.Error) {
	f := engine.Notices(tx.Context)
	if f == nil {
		return
	}
	least := 2
	if v, ok := tx.Setting("client_min_messages"); ok && v != "" {
		v = strings.ToUpper(strings.TrimRight(v, "12345"))
		if l, ok := severities[v]; ok {
			least = l
		} else if v == "ERROR" {
			least = 4
		}
	}
	if severities[level] < least {
		return
	}
	code := n.Code
	if code == "" {
		code = "00000"
		if level == "WARNING" {
			code = "01000"
		}
	}
	f(engine.Notice{Severity: level, Code: code, Message: n.Message, Detail: n.Detail, Hint: n.Hint})
}

// doBlock runs DO.
func (e *Engine) doBlock(tx *session.Tx, text string, s *ast.DoStmt) (*engine.Result, error) {
	if err := function.InlineLanguage(s.Language); err != nil {
		return nil, err
	}
	if err := e.functions.Do(tx, s, text, true); err != nil {
		return nil, err
	}
	return &engine.Result{Tag: "DO"}, nil
}

// callProcedure runs CALL; the output parameters are its row.
func (e *Engine) callProcedure(tx *session.Tx, text string, s *ast.CallStmt) (*engine.Result, error) {
	columns, row, err := e.functions.Procedure(tx, text, s)
	if err != nil {
		return nil, err
	}
	out := &engine.Result{Tag: "CALL"}
	if len(columns) == 0 {
		return out, nil
	}
	texts := make([]*string, len(columns))
	for i, c := range columns {
		out.Columns = append(out.Columns, engine.Column{Name: c.Name, Type: c.Type.OID})
		if !row[i].IsNull() {
			text := types.Out(c.Type, row[i], tx.Env())
			texts[i] = &text
		}
	}
	out.Rows, out.Count = [][]*string{texts}, 1
	return out, nil
}

// utility runs a statement inside a function that is no query.
func (e *Engine) utility(tx *session.Tx, text string, stmt ast.Statement) (string, error) {
	out, err := e.ddl.Exec(tx, text, stmt)
	if err != nil {
		return "", err
	}
	return out.Tag, nil
}
