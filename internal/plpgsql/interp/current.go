package interp

import (
	"strings"

	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"
)

// WHERE CURRENT OF finds the row a cursor stands on by its place in the table: the queries of cursors give it as a last column,
// which nobody sees, in functions that use it.

// currentName stands for the place a cursor is at, as the first of two names; the second is the cursor's.
const currentName = "\x00current"

// usesCurrent says whether a body may hold WHERE CURRENT OF.
func usesCurrent(text string) bool {
	at := strings.Index(strings.ToLower(text), "current")
	return at >= 0 && strings.Contains(strings.ToLower(text[at:]), "of")
}

// placed gives a cursor's query with the place of its table's row as its last column; nil when it has no such place.
func (f *frame) placed(q *plpgsql.SQL) *plpgsql.SQL {
	if !usesCurrent(f.fn.tree.Text) {
		return nil
	}
	f.fn.mu.Lock()
	defer f.fn.mu.Unlock()
	if p, ok := f.fn.placed[q]; ok {
		return p
	}
	p := withPlace(q)
	if f.fn.placed == nil {
		f.fn.placed = map[*plpgsql.SQL]*plpgsql.SQL{}
	}
	f.fn.placed[q] = p
	return p
}

func withPlace(q *plpgsql.SQL) *plpgsql.SQL {
	// The tree is changed by its analysis in places: this one is the new query's own.
	stmt, err := parse.Statement(q.Text)
	if err != nil {
		return nil
	}
	s, ok := stmt.(*ast.SelectStmt)
	if !ok {
		return nil
	}
	c := *q
	if s = WithPlace(s); s == nil {
		return nil
	}
	c.Stmt = s
	return &c
}

// WithPlace gives a query with the place of its table's row as its last column; nil when it has no such place.
func WithPlace(s *ast.SelectStmt) *ast.SelectStmt {
	if s.Distinct || s.DistinctOn != nil || s.GroupBy != nil || s.Having != nil || s.Values != nil || s.Left != nil || len(s.From) == 0 {
		return nil
	}
	table, ok := s.From[0].(*ast.RangeVar)
	if !ok {
		return nil
	}
	name := table.Name
	if table.Alias != nil {
		name = table.Alias.Name
	}
	c := *s
	c.Targets = append(s.Targets[:len(s.Targets):len(s.Targets)], ast.As(&ast.ColumnRef{Pos: -1, Fields: []string{name, "ctid"}}, "ctid"))
	return &c
}

// cursorQuery prepares and runs a cursor's query; place says that its rows end with their place.
func (f *frame) cursorQuery(q *plpgsql.SQL) (cols []Column, rows *Store, place bool, err error) {
	var c *cached
	if p := f.placed(q); p != nil {
		// What has no place (an aggregate, a view) is a cursor like any other.
		if c, err = f.plan(p); err == nil {
			place = true
		}
	}
	if !place {
		if c, err = f.plan(q); err != nil {
			return nil, nil, false, err
		}
	}
	rows, err = f.gather(c.plan, f.args(c), q.What)
	cols = c.plan.Columns
	if place && err == nil {
		cols = cols[:len(cols)-1]
	}
	return cols, rows, place, err
}

// current gives the place in WHERE CURRENT OF's cursor.
func (f *frame) current(name string) (types.Datum, error) {
	portal := name
	for d, x := range f.fn.tree.Datums {
		if x.Name == name && f.fn.types[d].typ != nil && f.fn.types[d].typ.Name == "refcursor" && !f.vars[d].val.IsNull() {
			portal = f.vars[d].val.S
		}
	}
	return f.h.State().Place(portal)
}

// CurrentOf is the cursor of a statement's WHERE CURRENT OF, "" for none.
func CurrentOf(stmt ast.Statement) string {
	var where ast.Expr
	switch s := stmt.(type) {
	case *ast.UpdateStmt:
		where = s.Where
	case *ast.DeleteStmt:
		where = s.Where
	}
	if c, ok := where.(*ast.CurrentOfExpr); ok {
		return c.Cursor
	}
	return ""
}

// byPlace gives the statement with a comparison in the place of WHERE CURRENT OF.
func byPlace(stmt ast.Statement, cursor string) ast.Statement {
	return ByPlace(stmt, &ast.ColumnRef{Pos: -1, Fields: []string{currentName, cursor}})
}

// ByPlace gives an UPDATE or DELETE of the row at a place.
func ByPlace(stmt ast.Statement, place ast.Expr) ast.Statement {
	where := ast.Eq(&ast.ColumnRef{Pos: -1, Fields: []string{"ctid"}}, place)
	switch s := stmt.(type) {
	case *ast.UpdateStmt:
		c := *s
		c.Where = where
		return &c
	case *ast.DeleteStmt:
		c := *s
		c.Where = where
		return &c
	}
	return stmt
}
