package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// ofType gives a new table the columns of a composite type (CREATE TABLE OF).
func (b *tableBuilder) ofType(name *ast.AnyName) error {
	r := b.r
	t, err := r.typeNamed(name)
	if err != nil {
		return err
	}
	if t.Kind != types.CompositeType || r.snap().RelationOfRowType(t.OID) != nil {
		return errs.New("42809", "type %s is not a composite type", r.typeText(t))
	}
	if u := r.snap().UserType(t.OID); u != nil && !r.snap().Has(r.tx.Role(), u.Owner, u.ACL, catalog.Usage, catalog.Usage) {
		return errs.New("42501", "permission denied for type %s", t.Name)
	}
	b.rel.OfType = t.OID
	for i, f := range t.Fields {
		col := &catalog.Column{Num: int32(i + 1), Name: f.Name, Type: f.Type.OID, Typmod: f.Typmod, ACL: catalog.ACL{Default: true}}
		b.rel.Columns = append(b.rel.Columns, col)
		b.rel.LastColumn = col.Num
	}
	return nil
}

// typedColumn adds what WITH OPTIONS says of a typed table's column.
func (b *tableBuilder) typedColumn(def *ast.ColumnDef) error {
	col := b.rel.Column(def.Name)
	if col == nil {
		return errs.New("42703", "column \"%s\" does not exist", def.Name)
	}
	return b.columnConstraints(def, col)
}

// typedTables are the tables of a composite type.
func (r *run) typedTables(oid catalog.OID) []*catalog.Relation {
	var out []*catalog.Relation
	for _, rel := range r.snap().Relations {
		if rel.OfType == oid {
			out = append(out, rel)
		}
	}
	return out
}

// notTyped refuses what the type of a typed table rules.
func notTyped(rel *catalog.Relation, what string) error {
	if rel.OfType == 0 {
		return nil
	}
	return errs.New("42809", "cannot %s typed table", what)
}

// alterOf is ALTER TABLE OF and NOT OF.
func (r *run) alterOf(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	c := cloneRelation(rel)
	if cmd.Type == ast.AlterDropOf {
		if rel.OfType == 0 {
			return errs.New("42809", "\"%s\" is not a typed table", rel.Name)
		}
		c.OfType = 0
		r.edit.PutRelation(c)
		return nil
	}
	b := &tableBuilder{r: r, rel: &catalog.Relation{Name: rel.Name}}
	if err := b.ofType(cmd.OfType); err != nil {
		return err
	}
	for i, want := range b.rel.Columns {
		if i >= len(rel.Columns) {
			return errs.New("42804", "table is missing column \"%s\"", want.Name)
		}
		have := rel.Columns[i]
		switch {
		case have.Name != want.Name:
			return errs.New("42804", "table has column \"%s\" where type requires \"%s\"", have.Name, want.Name)
		case have.Type != want.Type || have.Typmod != want.Typmod:
			return errs.New("42804", "table \"%s\" has different type for column \"%s\"", rel.Name, want.Name)
		}
	}
	if n := len(b.rel.Columns); len(rel.Columns) > n {
		return errs.New("42804", "table has extra column \"%s\"", rel.Columns[n].Name)
	}
	c.OfType = b.rel.OfType
	r.edit.PutRelation(c)
	return nil
}

// tablespaces checks the tablespaces named; there are PostgreSQL's two alone, and rows are never kept by them.
func (r *run) tablespaces(cmds []*ast.AlterTableCmd) error {
	for _, c := range cmds {
		if c.Type == ast.AlterSetTablespace && c.Name != "pg_default" && c.Name != "pg_global" {
			return errs.New("42704", "tablespace \"%s\" does not exist", c.Name)
		}
	}
	return nil
}
