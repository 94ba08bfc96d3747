package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) createTableAs(s *ast.CreateTableAsStmt) error {
	sel, ok := s.Query.(*ast.SelectStmt)
	if !ok {
		return r.tableAs(s.Into, s.Query, s.IfNotExists)
	}
	if s.Materialized {
		return r.createMaterialized(s, sel)
	}
	return r.tableAs(s.Into, sel, s.IfNotExists)
}

func (r *run) selectInto(s *ast.SelectStmt) error {
	sel := *s
	sel.Into = nil
	return r.tableAs(s.Into, &sel, false)
}

// tableAs makes a table of a query's result.
func (r *run) tableAs(into *ast.IntoClause, sel ast.Statement, ifNotExists bool) error {
	sc, err := r.schemaFor(into.Relation)
	if err != nil {
		return err
	}
	if skip, err := r.free(sc.Name, into.Relation.Name, ifNotExists); skip || err != nil {
		return err
	}
	if into.OnCommit != ast.OnCommitNone && sc.Name != catalog.TempSchema {
		return errs.New("42P16", "ON COMMIT can only be used on temporary tables")
	}
	rel := r.newRelation(sc.Name, into.Relation.Name, catalog.Table)
	rel.OnCommit = onCommit(into.OnCommit)
	rel.Unlogged = into.Relation.Persistence == ast.Unlogged
	if rel.Options, err = r.relOptions(nil, into.Options); err != nil {
		return err
	}
	rows, err := r.fill(rel, into, r.text, sel)
	if err != nil {
		return err
	}
	b := &tableBuilder{r: r, rel: rel, creating: true}
	if err := b.finish(); err != nil {
		return err
	}
	if err := r.insertRows(rel, rows); err != nil {
		return err
	}
	r.out.Tag = "SELECT " + itoa(len(rows))
	r.out.Count = int64(len(rows))
	if _, ok := sel.(*ast.SelectStmt); ok && into.WithNoData {
		r.out.Tag = "CREATE TABLE AS"
	}
	return nil
}

// fill runs a query, makes the relation's columns of its result and gives the rows.
func (r *run) fill(rel *catalog.Relation, into *ast.IntoClause, text string, sel ast.Statement) ([][]types.Datum, error) {
	head := func(columns []printer.Column) error {
		for i, c := range columns {
			name := c.Name
			if i < len(into.Columns) {
				name = into.Columns[i]
			}
			if rel.Column(name) != nil {
				return errs.New("42701", "column \"%s\" specified more than once", name)
			}
			t := unknownText(c.Type)
			if t.Kind == types.PseudoType {
				return errs.New("42P16", "column \"%s\" has pseudo-type %s", name, t)
			}
			rel.Columns = append(rel.Columns, &catalog.Column{Num: int32(i + 1), Name: name, Type: t.OID, Typmod: c.Typmod, ACL: catalog.ACL{Default: true}})
		}
		if len(into.Columns) > len(columns) {
			return errs.New("42601", "too many column names were specified")
		}
		rel.LastColumn = int32(len(rel.Columns))
		return nil
	}
	var rows [][]types.Datum
	row := func(values []types.Datum) error {
		rows = append(rows, values)
		return nil
	}
	if into.WithNoData {
		row = nil
	}
	if err := r.x.tools.Run(r.tx, text, sel, head, row); err != nil {
		return nil, err
	}
	return rows, nil
}

// insertRows stores rows that are values of the relation's columns already.
func (r *run) insertRows(rel *catalog.Relation, rows [][]types.Datum) error {
	insert := printer.InsertRow(rel)
	for _, values := range rows {
		if err := r.tx.Conn.Exec(insert, values[:len(rel.Columns)]...); err != nil {
			return err
		}
	}
	return nil
}

// createMaterialized is CREATE MATERIALIZED VIEW: a table that remembers its query.
func (r *run) createMaterialized(s *ast.CreateTableAsStmt, sel *ast.SelectStmt) error {
	into := s.Into
	sc, err := r.targetSchema(into.Relation.Schema)
	if err != nil {
		return err
	}
	if skip, err := r.free(sc.Name, into.Relation.Name, s.IfNotExists); skip || err != nil {
		return err
	}
	rel := r.newRelation(sc.Name, into.Relation.Name, catalog.MaterializedView)
	if rel.Options, err = r.relOptions(nil, into.Options); err != nil {
		return err
	}
	q, err := r.viewTree(sel)
	if err != nil {
		return err
	}
	rows, err := r.fill(rel, into, r.text, sel)
	if err != nil {
		return err
	}
	rel.View, rel.Unpopulated = r.viewQuery(sel, q), into.WithNoData
	b := &tableBuilder{r: r, rel: rel, creating: true}
	if err := b.finish(); err != nil {
		return err
	}
	if err := r.insertRows(rel, rows); err != nil {
		return err
	}
	r.out.Tag = "SELECT " + itoa(len(rows))
	r.out.Count = int64(len(rows))
	if into.WithNoData {
		r.out.Tag = "CREATE MATERIALIZED VIEW"
	}
	return nil
}

// refresh is REFRESH MATERIALIZED VIEW: the query runs again, as the owner.
func (r *run) refresh(s *ast.RefreshMatViewStmt) error {
	c, err := r.class(s.Relation)
	if err != nil {
		return err
	}
	if !c.found() {
		return errs.New("42P01", "relation \"%s\" does not exist", written(s.Relation))
	}
	rel := c.rel
	if rel == nil || c.index != nil || rel.Kind != catalog.MaterializedView {
		return errs.New("0A000", "\"%s\" is not a materialized view", c.name())
	}
	if err := r.mustOwn(rel.Owner, "materialized view", rel.Name); err != nil {
		return err
	}
	switch {
	case s.NoData && s.Concurrently:
		return errs.New("42601", "%s and %s options cannot be used together", "CONCURRENTLY", "WITH NO DATA")
	case s.Concurrently && rel.Unpopulated:
		return errs.New("0A000", "CONCURRENTLY cannot be used when the materialized view is not populated")
	}
	if s.Concurrently && !plainUnique(rel) {
		return errs.New("55000", "cannot refresh materialized view \"%s\" concurrently", quote(rel.Schema)+"."+quote(rel.Name)).
			WithHint("Create a unique index with no WHERE clause on one or more columns of the materialized view.")
	}
	stmt, err := r.x.tools.Cache.Statement(rel.View.SQL)
	if err != nil {
		return err
	}
	if s.NoData || rel.Unpopulated {
		c := cloneRelation(rel)
		c.Unpopulated = s.NoData
		r.edit.PutRelation(c)
		r.snap()
	}
	pop := r.tx.PushRole(rel.Owner)
	var rows [][]types.Datum
	if !s.NoData {
		err = r.x.tools.Run(r.tx, "", stmt, func([]printer.Column) error { return nil }, func(row []types.Datum) error {
			rows = append(rows, row)
			return nil
		})
	}
	pop()
	if err != nil {
		return err
	}
	for _, x := range rel.Indexes {
		if err := r.dropIndexFile(rel, x); err != nil {
			return err
		}
	}
	if err := r.tx.Conn.ExecScript("DELETE FROM " + layout.QuotedTable(rel)); err != nil {
		return err
	}
	if err := r.insertRows(rel, rows); err != nil {
		return err
	}
	for _, x := range rel.Indexes {
		if err := r.buildIndex(rel, x); err != nil {
			return err
		}
	}
	return nil
}

// plainUnique says whether a relation has a unique index over columns alone and all rows.
func plainUnique(rel *catalog.Relation) bool {
	for _, x := range rel.Indexes {
		if x.Unique && x.Where == "" && !hasExpressions(x) {
			return true
		}
	}
	return false
}
