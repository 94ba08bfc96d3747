package function

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql/interp"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Declare is DECLARE CURSOR. The cursor's rows are those of now; the error of a row comes when it is fetched.
func (r *Runner) Declare(tx *session.Tx, text string, s *ast.DeclareCursorStmt) error {
	switch {
	case s.Options&ast.CursorScroll != 0 && s.Options&ast.CursorNoScroll != 0:
		return errs.New("42P11", "cannot specify both %s and %s", "SCROLL", "NO SCROLL")
	case s.Options&ast.CursorInsensitive != 0 && s.Options&ast.CursorAsensitive != 0:
		return errs.New("42P11", "cannot specify both %s and %s", "ASENSITIVE", "INSENSITIVE")
	}
	q, ok := s.Query.(*ast.SelectStmt)
	if !ok {
		return errs.Unsupported("a cursor that is not for a query", "")
	}
	if err := declarable(s, q, text); err != nil {
		return err
	}
	h := &host{r: r, tx: tx}
	all := h.State().Portals
	plan, place, err := h.preparePortal(q, text)
	if err != nil {
		return err
	}
	if all[s.Name] != nil {
		return errs.New("42P03", "cursor \"%s\" already exists", s.Name)
	}
	if len(all) > 1000 {
		return errs.New("53000", "too many open cursors")
	}
	p := &interp.Portal{Columns: plan.Columns, Rows: &interp.Store{}, Place: place, Hold: s.Options&ast.CursorHold != 0,
		NoScroll: s.Options&ast.CursorNoScroll != 0 || len(q.Locking) > 0}
	if place {
		p.Columns = p.Columns[:len(p.Columns)-1]
	}
	if _, err := h.Run(plan, nil, p.Rows.Add); err != nil {
		if p.Failed = errs.Of(err); p.Failed == nil || tx.Context.Err() != nil {
			return err
		}
	}
	all[s.Name] = p
	tx.OnRollback(func() {
		if all[s.Name] == p {
			delete(all, s.Name)
		}
	})
	return nil
}

// declarable refuses queries no cursor stands for.
func declarable(s *ast.DeclareCursorStmt, q *ast.SelectStmt, text string) error {
	if q.With != nil {
		for _, c := range q.With.CTEs {
			if _, ok := c.Query.(*ast.SelectStmt); !ok {
				e := errs.New("0A000", "DECLARE CURSOR must not contain data-modifying statements in WITH")
				e.Position = s.Pos + 1
				return e
			}
		}
	}
	if len(q.Locking) == 0 {
		return nil
	}
	lock := "FOR UPDATE"
	switch q.Locking[0].Strength {
	case ast.ForNoKeyUpdate:
		lock = "FOR NO KEY UPDATE"
	case ast.ForShare:
		lock = "FOR SHARE"
	case ast.ForKeyShare:
		lock = "FOR KEY SHARE"
	}
	switch {
	case s.Options&ast.CursorHold != 0:
		return errs.New("0A000", "DECLARE CURSOR WITH HOLD ... %s is not supported", lock).WithDetail("Holdable cursors must be READ ONLY.")
	case s.Options&ast.CursorScroll != 0:
		return errs.New("0A000", "DECLARE SCROLL CURSOR ... %s is not supported", lock).WithDetail("Scrollable cursors must be READ ONLY.")
	case s.Options&ast.CursorInsensitive != 0:
		return errs.New("42P11", "DECLARE INSENSITIVE CURSOR ... %s is not valid", lock).WithDetail("Insensitive cursors must be READ ONLY.")
	}
	return nil
}

// preparePortal prepares a cursor's query, with the place of its table's row as a last column where it has one.
func (h *host) preparePortal(q *ast.SelectStmt, text string) (plan *interp.Plan, place bool, err error) {
	if p := interp.WithPlace(q); p != nil {
		if plan, err = h.prepare(p, text, nil, nil, nil); err == nil {
			return plan, true, nil
		}
	}
	plan, err = h.prepare(q, text, nil, nil, nil)
	return plan, false, err
}

// Fetch is FETCH and MOVE: the rows, none for MOVE, and how many there were.
func (r *Runner) Fetch(tx *session.Tx, s *ast.FetchStmt) ([]interp.Column, [][]types.Datum, int64, error) {
	p := stateOf(tx).Portals[s.Portal]
	if p == nil {
		return nil, nil, 0, errs.New("34000", "cursor \"%s\" does not exist", s.Portal)
	}
	if p.Broken {
		return nil, nil, 0, errs.New("55000", "portal \"%s\" cannot be run", s.Portal)
	}
	var rows [][]types.Datum
	n, err := p.Move(s, func(row []types.Datum) {
		if !s.Move {
			rows = append(rows, row)
		}
	})
	p.Broken = err != nil
	return p.Columns, rows, n, err
}

// ClosePortal is CLOSE.
func (r *Runner) ClosePortal(tx *session.Tx, s *ast.ClosePortalStmt) error {
	all := stateOf(tx).Portals
	if s.Name == "" {
		for name, p := range all {
			if !p.Loop {
				p.Rows.Close()
				delete(all, name)
			}
		}
		return nil
	}
	p := all[s.Name]
	if p == nil {
		return errs.New("34000", "cursor \"%s\" does not exist", s.Name)
	}
	p.Rows.Close()
	delete(all, s.Name)
	return nil
}

// EndPortals closes the cursors that end with the transaction.
func EndPortals(tx *session.Tx) {
	all := stateOf(tx).Portals
	for name, p := range all {
		if !p.Loop && !p.Hold {
			p.Rows.Close()
			delete(all, name)
		}
	}
}

// Placed gives an UPDATE or DELETE with the row its WHERE CURRENT OF's cursor stands on, as a variable's value. Other
// statements come back as they are.
func Placed(tx *session.Tx, stmt ast.Statement) (ast.Statement, analyze.Variables, error) {
	name := interp.CurrentOf(stmt)
	if name == "" {
		return stmt, nil, nil
	}
	at, err := stateOf(tx).Place(name)
	if e := errs.Of(err); e != nil && e.Code == "24000" {
		// The table is known here.
		table := ""
		switch s := stmt.(type) {
		case *ast.UpdateStmt:
			table = s.Relation.Name
		case *ast.DeleteStmt:
			table = s.Relation.Name
		}
		e.Message = strings.Replace(e.Message, "of the table", "of table \""+table+"\"", 1)
	}
	if err != nil {
		return nil, nil, err
	}
	return interp.ByPlace(stmt, ast.Col(placeName)), place{at}, nil
}

// placeName stands for the place of a cursor's row; no statement can write it.
const placeName = "\x00place"

type place struct{ at types.Datum }

// Name gives the place.
func (p place) Name(names []string, _ bool) (query.Expr, error) {
	if len(names) != 1 || names[0] != placeName {
		return nil, nil
	}
	return &query.Const{T: query.T{Typ: types.ByOID(types.TIDOID), Mod: -1, Pos: -1}, Value: p.at}, nil
}

// Conflict lets a column win.
func (place) Conflict() string { return "use_column" }
