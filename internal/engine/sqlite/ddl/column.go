package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) addColumn(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	if rel.Column(cmd.Column.Name) != nil && cmd.MissingOK {
		return r.skipped("column \"%s\" of relation \"%s\" already exists", cmd.Column.Name, rel.Name)
	}
	if err := notTyped(rel, "add column to"); err != nil {
		return err
	}
	if rel.IsPartition {
		return errs.New("42809", "cannot add column to a partition")
	}
	c := cloneRelation(rel)
	b := &tableBuilder{r: r, rel: c}
	if err := b.column(cmd.Column); err != nil {
		return err
	}
	col := c.Columns[len(c.Columns)-1]
	r.edit.PutRelation(c)
	def := layout.Definition(col, r.snap().TypeByOID(col.Type))
	if err := r.tx.Conn.ExecScript("ALTER TABLE " + layout.QuotedTable(c) + " ADD COLUMN " + def); err != nil {
		return err
	}
	loud := r.quiet()
	err := b.applyDefaults()
	loud()
	if err != nil {
		return err
	}
	c = cloneRelation(r.snap().RelationByOID(rel.OID))
	col = c.ColumnByNum(col.Num)
	if err := r.fillColumn(c, col); err != nil {
		return err
	}
	if col.NotNull {
		if err := r.checkNotNull(c, col); err != nil {
			return err
		}
	}
	b.rel = c
	return b.applyConstraints()
}

// fillColumn gives the rows that are there already a new column's value.
func (r *run) fillColumn(rel *catalog.Relation, col *catalog.Column) error {
	table, name := layout.QuotedTable(rel), layout.QuotedColumn(col.Name)
	some, err := r.tx.Conn.QueryRow("SELECT 1 FROM " + table + " LIMIT 1")
	if err != nil || some == nil {
		return err
	}
	t := r.snap().TypeByOID(col.Type)
	if col.Identity != "" {
		seq := r.snap().SequenceByOID(col.Sequence)
		var rows []types.Datum
		if err := r.tx.Conn.Query("SELECT _rowid_ FROM "+table+" ORDER BY _rowid_", func(row []types.Datum) error {
			rows = append(rows, row[0])
			return nil
		}); err != nil {
			return err
		}
		for _, id := range rows {
			v, err := r.tx.NextVal(seq)
			if err != nil {
				return err
			}
			if err := r.tx.Conn.Exec("UPDATE "+table+" SET "+name+" = ?1 WHERE _rowid_ = ?2", types.Int(v), id); err != nil {
				return err
			}
		}
		return nil
	}
	var x query.Expr
	switch {
	case col.Generated != "":
		x, err = r.storedExpr(rel, col.Default, "generated column", nil)
		if err == nil {
			x, err = analyze.Coerce(r.snap(), x, t, col.Typmod, col.Name)
		}
	default:
		text := col.Default
		for d := t; text == "" && d != nil && d.Kind == types.DomainType; d = d.Base {
			if u := r.snap().UserType(d.OID); u != nil {
				text = u.Default
			}
		}
		if text == "" {
			if t.Kind == types.DomainType {
				return types.CheckDomain(t, types.Null(), r.tx.Env())
			}
			return nil
		}
		e, perr := r.x.tools.Cache.Expr(text)
		if perr != nil {
			return perr
		}
		x, err = r.analyzed(e, "default", nil, t, col.Typmod)
	}
	if err != nil {
		return err
	}
	sql, err := r.fileExprs(rel, x)
	if err != nil {
		return err
	}
	return r.tx.Conn.Exec("UPDATE " + table + " SET " + name + " = (" + sql[0] + ")")
}

func (r *run) alterColumnType(rel *catalog.Relation, cmd *ast.AlterTableCmd) error {
	if err := notTyped(rel, "alter column type of"); err != nil {
		return err
	}
	col, err := r.columnOf(rel, cmd.Name)
	if err != nil {
		return err
	}
	t, mod, err := r.typeName(cmd.NewType)
	if err != nil {
		return err
	}
	if t.Kind == types.PseudoType {
		return errs.New("42P16", "column \"%s\" has pseudo-type %s", col.Name, t)
	}
	if !types.ByBytes(col.Collation) || cmd.Collate != nil && !types.ByBytes(cmd.Collate.Name[len(cmd.Collate.Name)-1]) {
		return r.unsupported(cmd.NewType.Pos, "changing the type of a column with a collation of its own", "Add another column and copy the values.")
	}
	if rel.IsPartition {
		return errs.New("42P16", "cannot alter inherited column \"%s\"", col.Name)
	}
	if in, expr := r.inPartitionKey(rel, col); in || expr {
		return errs.New("42P16", "cannot alter column \"%s\" because it is part of the partition key of relation \"%s\"", col.Name, rel.Name)
	}
	if col.Generated != "" && cmd.Expr != nil {
		return errs.New("42611", "cannot specify USING when altering type of generated column").
			WithDetail("Column \"%s\" is a generated column.", col.Name)
	}
	if err := r.typeUsers(rel, col); err != nil {
		return err
	}
	old := r.snap().TypeByOID(col.Type)
	position := 0
	for i, c := range rel.Columns {
		if c == col {
			position = i
		}
	}
	own := &query.Var{T: query.T{Typ: old, Mod: col.Typmod, Pos: -1}, RT: 1, Col: position, Name: col.Name}
	var x query.Expr = own
	if cmd.Expr != nil {
		var target *types.Type
		if c, ok := cmd.Expr.(*ast.AConst); ok && (c.Kind == ast.ConstString || c.Kind == ast.ConstNull) {
			target = t
		}
		if x, err = r.analyzed(cmd.Expr, "", rel, target, -1); err != nil {
			return err
		}
	}
	x, err = analyze.Coerce(r.snap(), x, t, mod, col.Name)
	if err != nil {
		if e := errs.Of(err); e != nil && e.Code == "42804" {
			if cmd.Expr != nil {
				return errs.New("42804", "result of USING clause for column \"%s\" cannot be cast automatically to type %s", col.Name, t).
					WithHint("You might need to add an explicit cast.")
			}
			return errs.New("42804", "column \"%s\" cannot be cast automatically to type %s", col.Name, t).
				WithHint("You might need to specify \"USING %s::%s\".", quote(col.Name), types.FormatType(t, mod))
		}
		return err
	}
	next := cloneRelation(rel)
	nc := next.ColumnByNum(col.Num)
	nc.Type, nc.Typmod = t.OID, mod
	if nc.Default != "" && nc.Generated == "" {
		e, perr := r.x.tools.Cache.Expr(nc.Default)
		if perr != nil {
			return perr
		}
		loud := r.quiet()
		was, derr := r.analyzed(e, "default", nil, old, col.Typmod)
		if derr == nil {
			_, derr = analyze.Coerce(r.snap(), was, t, mod, col.Name)
		}
		loud()
		if derr != nil {
			return errs.New("42804", "default for column \"%s\" cannot be cast automatically to type %s", col.Name, t)
		}
		if old.OID != t.OID {
			nc.Default = print.Expr(r.recast(e, old, t))
		}
	}
	if nc.Identity != "" {
		switch t.OID {
		case types.Int2OID, types.Int4OID, types.Int8OID:
			if q := r.snap().SequenceByOID(nc.Sequence); q != nil {
				y := *q
				y.Type = t.OID
				_, y.Max = typeRange(t.OID)
				r.edit.PutSequence(&y)
			}
		default:
			return errs.New("22023", "identity column type must be smallint, integer, or bigint")
		}
	}
	printed, err := r.fileExprs(rel, x)
	if err != nil {
		return err
	}
	return r.rewrite(rel, next, map[int32]string{col.Num: printed[0]})
}

// recast makes a default of a column's old type one of its new type.
func (r *run) recast(e ast.Expr, old, t *types.Type) ast.Expr {
	if c, ok := e.(*ast.TypeCast); ok && t.Category == 'S' {
		if k, ok := c.Arg.(*ast.AConst); ok && k.Kind == ast.ConstString {
			return ast.Cast(k, writtenType(t)) // a constant of the old type is its text
		}
	}
	if ctx, _, ok := types.FindCast(old.Underlying().OID, t.Underlying().OID); ok && ctx == types.ImplicitCast || old.Underlying().OID == t.Underlying().OID {
		return e
	}
	return ast.Cast(ast.Cast(e, writtenType(old)), writtenType(t))
}

// writtenType is a type as a text of the catalog names it.
func writtenType(t *types.Type) *ast.TypeName {
	elem, suffix := t, ""
	if t.Kind == types.ArrayType {
		elem, suffix = t.Elem, "[]"
	}
	e, err := parse.Expr("NULL::" + quote(elem.Schema) + "." + quote(elem.Name) + suffix)
	if c, ok := e.(*ast.TypeCast); err == nil && ok {
		return c.Type
	}
	return ast.Type(t.Name)
}

// typeUsers refuses to change the type of a column that views, policies or generated columns use.
func (r *run) typeUsers(rel *catalog.Relation, col *catalog.Column) error {
	key := columnKey{rel.OID, col.Num}
	for _, x := range r.snap().Relations {
		if x.View != nil && r.viewUses(x).columns[key] {
			return errs.New("0A000", "cannot alter type of a column used by a view or rule").
				WithDetail("rule _RETURN on %s %s depends on column \"%s\"", relWord(x.Kind), r.qualified(x.Schema, x.Name), col.Name)
		}
	}
	for _, c := range rel.Columns {
		if c.Generated != "" && c.Num != col.Num && r.textUses(c.Default, rel, nil).columns[key] {
			return errs.New("0A000", "cannot alter type of a column used by a generated column").
				WithDetail("Column \"%s\" is used by generated column \"%s\".", col.Name, c.Name)
		}
	}
	for _, t := range r.triggersUsing(rel, col.Name) {
		for _, x := range rel.Triggers {
			if x.OID == t.part {
				return errs.New("0A000", "cannot alter type of a column used in a trigger definition").
					WithDetail("trigger %s on table %s depends on column \"%s\"", quote(x.Name), r.qualified(rel.Schema, rel.Name), col.Name)
			}
		}
	}
	for _, x := range r.snap().Relations {
		for _, p := range x.Policies {
			if r.textUses(p.Using, x, nil).columns[key] || r.textUses(p.WithCheck, x, nil).columns[key] {
				return errs.New("0A000", "cannot alter type of a column used in a policy definition").
					WithDetail("policy %s on table %s depends on column \"%s\"", quote(p.Name), r.qualified(x.Schema, x.Name), col.Name)
			}
		}
	}
	return nil
}

// rewrite copies a table into one with other column definitions. exprs give the new values of columns by number, printed
// over the old columns; all others are taken as they are. The rows keep their numbers, and so their order.
func (r *run) rewrite(old, next *catalog.Relation, exprs map[int32]string) error {
	const scratch = `"basement:new"`
	var defs, names, values []string
	for _, c := range next.Columns {
		defs = append(defs, layout.Definition(c, r.snap().TypeByOID(c.Type)))
		names = append(names, layout.QuotedColumn(c.Name))
		if x, ok := exprs[c.Num]; ok {
			values = append(values, x)
		} else {
			values = append(values, layout.QuotedColumn(old.ColumnByNum(c.Num).Name))
		}
	}
	if next.Partitioning != nil {
		defs, names, values = append(defs, layout.Quote(layout.Leaf)+" INTEGER"), append(names, layout.Quote(layout.Leaf)), append(values, layout.Quote(layout.Leaf))
	}
	table := layout.QuotedTable(old)
	for _, sql := range []string{
		layout.CreateTable(old.Schema, scratch, defs),
		"INSERT INTO " + scratch + " (_rowid_, " + strings.Join(names, ", ") + ") SELECT _rowid_, " + strings.Join(values, ", ") + " FROM " + table + " ORDER BY _rowid_",
	} {
		if err := r.tx.Conn.Exec(sql); err != nil {
			return err
		}
	}
	if err := r.tx.Conn.ExecScript("DROP TABLE " + table); err != nil {
		return err
	}
	if err := r.tx.Conn.ExecScript("ALTER TABLE " + scratch + " RENAME TO " + table); err != nil {
		return err
	}
	r.edit.PutRelation(next)
	r.snap()
	if next.Partitioning != nil {
		if err := r.leafIndex(next); err != nil {
			return err
		}
		if err := r.ownIndexes(next); err != nil {
			return err
		}
	}
	for _, x := range next.Indexes {
		if err := r.rebuildIndex(next, x); err != nil {
			return err
		}
	}
	for _, con := range next.Constraints {
		switch {
		case con.Kind == catalog.Check && !con.NotValid:
			x, err := r.storedExpr(next, con.Expr, "check constraint", nil)
			if err != nil {
				return err
			}
			if err := r.validateCheck(next, con, x); err != nil {
				return err
			}
		case con.Kind == catalog.ForeignKey:
			ref := r.snap().RelationByOID(con.RefTable)
			for i, n := range con.Columns {
				ft, pt := r.snap().TypeByOID(next.ColumnByNum(n).Type), r.snap().TypeByOID(ref.ColumnByNum(con.RefColumns[i]).Type)
				if !comparable(ft, pt) {
					return errs.New("42804", "foreign key constraint \"%s\" cannot be implemented", con.Name).
						WithDetail("Key columns \"%s\" and \"%s\" are of incompatible types: %s and %s.", next.ColumnByNum(n).Name,
							ref.ColumnByNum(con.RefColumns[i]).Name, types.FormatType(ft, -1), types.FormatType(pt, -1))
				}
			}
		}
	}
	for _, ref := range r.snap().Referring(next.OID) {
		for i, n := range ref.Constraint.RefColumns {
			fk := ref.Table.ColumnByNum(ref.Constraint.Columns[i])
			ft, pt := r.snap().TypeByOID(fk.Type), r.snap().TypeByOID(next.ColumnByNum(n).Type)
			if !comparable(ft, pt) {
				return errs.New("42804", "foreign key constraint \"%s\" cannot be implemented", ref.Constraint.Name).
					WithDetail("Key columns \"%s\" and \"%s\" are of incompatible types: %s and %s.", fk.Name, next.ColumnByNum(n).Name,
						types.FormatType(ft, -1), types.FormatType(pt, -1))
			}
		}
	}
	for _, c := range next.Columns {
		if c.NotNull {
			if _, changed := exprs[c.Num]; changed {
				if err := r.checkNotNull(next, c); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
