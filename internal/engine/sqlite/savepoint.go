package sqlite

import (
	"context"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// mark is a savepoint of an admin transaction; name is "" for those of the AdminTx's own methods.
type mark struct {
	n    int // the transaction's
	name string
}

// savepointStatement runs SAVEPOINT, RELEASE and ROLLBACK TO.
func (a *adminTx) savepointStatement(ctx context.Context, s *ast.TransactionStmt) (*engine.Result, error) {
	if s.Kind == ast.TransSavepoint {
		if err := a.Savepoint(ctx); err != nil {
			return nil, err
		}
		a.marks[len(a.marks)-1].name = s.Savepoint
		return &engine.Result{Tag: "SAVEPOINT"}, nil
	}
	at := -1
	for i, m := range a.marks {
		if m.name == s.Savepoint {
			at = i
		}
	}
	if at < 0 {
		return nil, errs.New("3B001", "savepoint \"%s\" does not exist", s.Savepoint)
	}
	if s.Kind == ast.TransRelease {
		if err := a.releaseTo(ctx, at); err != nil {
			return nil, err
		}
		return &engine.Result{Tag: "RELEASE"}, nil
	}
	a.marks = a.marks[:at+1]
	if err := a.RollbackTo(ctx); err != nil {
		return nil, err
	}
	return &engine.Result{Tag: "ROLLBACK"}, nil
}

// releaseTo forgets a savepoint and those after it.
func (a *adminTx) releaseTo(ctx context.Context, at int) error {
	a.conn.DB.SetInterrupt(ctx)
	if err := a.conn.Exec("RELEASE " + savepoint(at)); err != nil {
		return err
	}
	a.tx.Release(a.marks[at].n)
	a.marks = a.marks[:at]
	return nil
}

// goesBack says whether a statement is ROLLBACK TO, which alone helps a failed transaction.
func goesBack(stmt ast.Statement, text string) bool {
	if stmt == nil {
		stmt, _ = parse.Statement(text)
	}
	t, ok := stmt.(*ast.TransactionStmt)
	return ok && t.Kind == ast.TransRollbackTo
}
