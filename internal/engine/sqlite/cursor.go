package sqlite

import (
	"strconv"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// cursorStatement runs DECLARE, FETCH, MOVE and CLOSE; nil for another statement.
func (e *Engine) cursorStatement(tx *session.Tx, text string, stmt ast.Statement) (*engine.Result, error) {
	switch s := stmt.(type) {
	case *ast.DeclareCursorStmt:
		return &engine.Result{Tag: "DECLARE CURSOR"}, e.functions.Declare(tx, text, s)
	case *ast.ClosePortalStmt:
		tag := "CLOSE CURSOR"
		if s.Name == "" {
			tag = "CLOSE CURSOR ALL"
		}
		return &engine.Result{Tag: tag}, e.functions.ClosePortal(tx, s)
	case *ast.FetchStmt:
		columns, rows, n, err := e.functions.Fetch(tx, s)
		if err != nil {
			return nil, err
		}
		if s.Move {
			return &engine.Result{Tag: "MOVE " + strconv.FormatInt(n, 10), Count: n}, nil
		}
		out := &engine.Result{Tag: "FETCH " + strconv.FormatInt(n, 10), Count: n}
		for _, c := range columns {
			out.Columns = append(out.Columns, engine.Column{Name: c.Name, Type: c.Type.Underlying().OID})
		}
		for _, row := range rows {
			texts := make([]*string, len(columns))
			for i, c := range columns {
				if !row[i].IsNull() {
					text := types.Out(c.Type, row[i], tx.Env())
					texts[i] = &text
				}
			}
			out.Rows = append(out.Rows, texts)
		}
		return out, nil
	}
	return nil, nil
}
