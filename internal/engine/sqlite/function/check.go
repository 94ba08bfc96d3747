package function

import (
	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/analyze/overload"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// CheckSQL finds what is wrong with the statements of a function in SQL when it is created, the function being in the
// catalog already. text is what their positions are in.
func (r *Runner) CheckSQL(tx *session.Tx, fn *catalog.Function, stmts []ast.Statement, text string) error {
	names := &argNames{fn: fn, in: fn.Inputs()}
	for _, p := range names.in {
		if types.IsPolymorphic(p.Type) || p.Type == types.AnyOID {
			return nil // its meaning depends on the call
		}
		names.types = append(names.types, typeOf(tx.Snapshot, p.Type))
	}
	undo := func() {}
	if path, ok := fn.Settings["search_path"]; ok {
		undo = tx.Keep("search_path")
		if err := tx.Set("search_path", path); err != nil {
			undo()
			return err
		}
	}
	defer undo()
	g := r.tools.Options(tx, text)
	opt := analyze.Options{SearchPath: g.SearchPath, Text: text, Role: tx.Role(), Variables: names, Env: g.Env}
	var last *query.Query
	for _, stmt := range stmts {
		last = nil
		switch s := stmt.(type) {
		case *ast.SelectStmt:
			if s.Into != nil {
				continue
			}
		case *ast.InsertStmt, *ast.UpdateStmt, *ast.DeleteStmt, *ast.MergeStmt:
		default:
			continue
		}
		q, _, err := analyze.Statement(tx.Snapshot, stmt, opt)
		if err != nil {
			return checked(fn, err)
		}
		last = q
	}
	if err := r.checkResult(tx, fn, last, g.SearchPath); err != nil {
		return checked(fn, err)
	}
	return nil
}

// checked names the function in an error that has no place.
func checked(fn *catalog.Function, err error) error {
	e := errs.Of(err)
	if e == nil || e.Position > 0 {
		return err
	}
	c := *e
	c.Where = "SQL function \"" + fn.Name + "\""
	return &c
}

// checkResult compares the last statement's columns with the declared result.
func (r *Runner) checkResult(tx *session.Tx, fn *catalog.Function, q *query.Query, path []string) error {
	if fn.Returns == types.VoidOID {
		return nil
	}
	result := typeOf(tx.Snapshot, fn.Returns)
	mismatch := func(detail string, args ...any) error {
		return errs.New("42P13", "return type mismatch in function declared to return %s", result).WithDetail(detail, args...)
	}
	var cols []*query.Target
	if q != nil {
		list := q.Targets
		if q.Command != query.Select {
			list = q.Returning
		}
		for _, t := range list {
			if !t.Junk {
				cols = append(cols, t)
			}
		}
	}
	if q == nil || q.Command != query.Select && len(cols) == 0 {
		if fn.Kind == catalog.Procedure && len(fn.Outputs()) == 0 {
			return nil
		}
		return mismatch("Function's final statement must be SELECT or INSERT/UPDATE/DELETE RETURNING.")
	}
	rules := &overload.Rules{Snap: tx.Snapshot, Path: append([]string{"pg_catalog"}, path...)}
	fits := func(from, to *types.Type) bool {
		if from.OID == types.UnknownOID || from.OID == to.OID || types.IsPolymorphic(to.OID) {
			return true
		}
		return rules.CanCoerceOne(from, to, types.AssignmentCast)
	}
	fields := (&body{params: paramTypes(tx.Snapshot, fn, nil)}).columns(fn, result)
	u := result.Underlying()
	if u.Kind != types.CompositeType && u.OID != types.RecordOID {
		if len(cols) != 1 {
			return mismatch("Final statement must return exactly one column.")
		}
		if t := cols[0].Expr.Type(); !fits(t, result) {
			return mismatch("Actual return type is %s.", t)
		}
		return nil
	}
	if len(cols) == 1 {
		t := cols[0].Expr.Type()
		if t.OID == result.OID || u.OID == types.RecordOID && t.Underlying().Kind == types.CompositeType || t.OID == types.RecordOID && len(fields) != 1 ||
			t.Underlying().Kind == types.CompositeType && fits(t, result) {
			return nil
		}
	}
	if len(fields) == 0 {
		return nil
	}
	for i, c := range cols {
		if i >= len(fields) {
			return mismatch("Final statement returns too many columns.")
		}
		if t := c.Expr.Type(); !fits(t, fields[i].Type) {
			return mismatch("Final statement returns %s instead of %s at column %d.", t, fields[i].Type, i+1)
		}
	}
	if len(cols) < len(fields) {
		return mismatch("Final statement returns too few columns.")
	}
	return nil
}
