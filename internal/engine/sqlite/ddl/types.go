package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// freeType finds the schema of a new type and checks that its name is free.
func (r *run) freeType(n *ast.AnyName) (schema, name string, err error) {
	schema, name = split(n.Parts)
	sc, err := r.targetSchema(schema)
	if err != nil {
		return "", "", err
	}
	if t := r.snap().Type(sc.Name, name); t != nil {
		return "", "", errs.New("42710", "type \"%s\" already exists", name)
	}
	return sc.Name, name, nil
}

// typeNamed finds a type by a possibly qualified name.
func (r *run) typeNamed(n *ast.AnyName) (*types.Type, error) {
	schema, name := split(n.Parts)
	if schema != "" {
		if err := r.lookSchema(schema); err != nil {
			return nil, err
		}
		if t := r.snap().Type(schema, name); t != nil {
			return t, nil
		}
		return nil, errs.New("42704", "type \"%s\" does not exist", schema+"."+name)
	}
	for _, s := range r.path() {
		if t := r.snap().Type(s, name); t != nil {
			return t, nil
		}
	}
	return nil, errs.New("42704", "type \"%s\" does not exist", name)
}

// typeText prints a type's name, qualified unless the search path finds it.
func (r *run) typeText(t *types.Type) string {
	name, _ := r.tx.Env().Names.RegOut(types.RegTypeOID, t.OID)
	return name
}

func (r *run) createEnum(s *ast.CreateEnumStmt) error {
	schema, name, err := r.freeType(s.Name)
	if err != nil {
		return err
	}
	oid := r.edit.NewOID()
	seen := map[string]bool{}
	for _, l := range s.Labels {
		if err := enumLabel(l); err != nil {
			return err
		}
		if seen[l] {
			e := errs.New("23505", "duplicate key value violates unique constraint \"pg_enum_typid_label_index\"").
				WithDetail("Key (enumtypid, enumlabel)=(%d, %s) already exists.", oid, l)
			e.Schema, e.Table, e.Constraint = "pg_catalog", "pg_enum", "pg_enum_typid_label_index"
			return e
		}
		seen[l] = true
	}
	if r.tx.NewEnums == nil {
		r.tx.NewEnums = map[catalog.OID]bool{}
	}
	r.tx.NewEnums[oid] = true
	r.putTypeWithArray(types.NewEnum(oid, schema, name, append([]string(nil), s.Labels...)), r.tx.Role())
	return nil
}

func enumLabel(l string) error {
	if len(l) > maxName {
		return errs.New("42602", "invalid enum label \"%s\"", l).WithDetail("Labels must be 63 bytes or less.")
	}
	return nil
}

// changeType puts a changed copy of a type into the catalog.
func (r *run) changeType(t *types.Type, f func(t *types.Type, u *catalog.UserType)) {
	u := *r.snap().UserType(t.OID)
	c := *t
	u.Type = &c
	f(&c, &u)
	r.edit.PutType(&u)
}

func (r *run) alterEnum(s *ast.AlterEnumStmt) error {
	t, err := r.typeNamed(s.Name)
	if err != nil {
		return err
	}
	if t.Kind != types.EnumType {
		return errs.New("42809", "%s is not an enum", r.typeText(t))
	}
	if err := r.mustOwn(r.snap().UserType(t.OID).Owner, "type", t.Name); err != nil {
		return err
	}
	if s.Rename {
		return r.renameEnumValue(t, s)
	}
	if err := enumLabel(s.NewValue); err != nil {
		return err
	}
	if t.Label(s.NewValue) >= 0 {
		if s.SkipIfExists {
			return r.skipped("enum label \"%s\" already exists", s.NewValue)
		}
		return errs.New("42710", "enum label \"%s\" already exists", s.NewValue)
	}
	at := len(t.Labels)
	if s.HasNeighbor {
		if at = t.Label(s.Neighbor); at < 0 {
			return errs.New("22023", "\"%s\" is not an existing enum label", s.Neighbor)
		}
		if s.After {
			at++
		}
	}
	labels := append([]string(nil), t.Labels[:at]...)
	labels = append(append(labels, s.NewValue), t.Labels[at:]...)
	if !r.tx.NewEnums[t.OID] {
		if r.tx.NewLabels == nil {
			r.tx.NewLabels = map[catalog.OID][]string{}
		}
		r.tx.NewLabels[t.OID] = append(r.tx.NewLabels[t.OID][:len(r.tx.NewLabels[t.OID]):len(r.tx.NewLabels[t.OID])], s.NewValue)
	}
	r.changeType(t, func(t *types.Type, _ *catalog.UserType) { t.Labels = labels })
	return nil
}

// renameEnumValue renames a label in the type and in every row that holds it. The indexes that compare the column are made
// again, because their order is that of the labels.
func (r *run) renameEnumValue(t *types.Type, s *ast.AlterEnumStmt) error {
	at := t.Label(s.OldValue)
	if at < 0 {
		return errs.New("22023", "\"%s\" is not an existing enum label", s.OldValue)
	}
	if t.Label(s.NewValue) >= 0 {
		return errs.New("42710", "enum label \"%s\" already exists", s.NewValue)
	}
	if err := enumLabel(s.NewValue); err != nil {
		return err
	}
	type column struct {
		rel *catalog.Relation
		col *catalog.Column
	}
	var columns []column
	for _, rel := range r.snap().Relations {
		if !rel.IsTable() && rel.Kind != catalog.MaterializedView || rel.IsPartition {
			continue
		}
		for _, c := range rel.Columns {
			ct := r.snap().TypeByOID(c.Type)
			if ct.Underlying().OID == t.OID {
				columns = append(columns, column{rel, c})
				continue
			}
			if u := ct.Underlying(); u.Kind == types.ArrayType && u.Elem.Underlying().OID == t.OID {
				columns = append(columns, column{rel, c})
				continue
			}
			if holds(ct, t.OID) {
				row, err := r.tx.Conn.QueryRow("SELECT 1 FROM " + layout.QuotedTable(rel) + " WHERE " + layout.QuotedColumn(c.Name) + " IS NOT NULL LIMIT 1")
				if err != nil {
					return err
				}
				if row != nil {
					return r.unsupported(s.Pos, "renaming a value of an enum that arrays or rows in table "+rel.Name+" hold", "")
				}
			}
		}
	}
	dropped := map[catalog.OID]*catalog.Relation{}
	for _, c := range columns {
		if dropped[c.rel.OID] == nil {
			dropped[c.rel.OID] = c.rel
			for _, x := range c.rel.Indexes {
				if err := r.dropIndexFile(c.rel, x); err != nil {
					return err
				}
			}
		}
	}
	apply := r.relabel(t, s.OldValue, s.NewValue)
	labels := append([]string(nil), t.Labels...)
	labels[at] = s.NewValue
	r.changeType(t, func(t *types.Type, _ *catalog.UserType) { t.Labels = labels })
	apply()
	r.snap()
	for _, c := range columns {
		name := layout.QuotedColumn(c.col.Name)
		if ct := r.snap().TypeByOID(c.col.Type).Underlying(); ct.Kind == types.ArrayType {
			if err := r.relabelArrays(c.rel, name, ct, s.OldValue, s.NewValue); err != nil {
				return err
			}
			continue
		}
		err := r.tx.Conn.Exec("UPDATE "+layout.QuotedTable(c.rel)+" SET "+name+" = ?2 WHERE "+name+" COLLATE BINARY = ?1",
			types.Text(s.OldValue), types.Text(s.NewValue))
		if err != nil {
			return err
		}
	}
	for _, rel := range dropped {
		rel = r.snap().RelationByOID(rel.OID)
		for _, x := range rel.Indexes {
			if err := r.rebuildIndex(rel, x); err != nil {
				return err
			}
		}
	}
	return nil
}

// relabelArrays renames a label in the elements of a column's arrays.
func (r *run) relabelArrays(rel *catalog.Relation, column string, t *types.Type, old, label string) error {
	type change struct{ id, value types.Datum }
	var list []change
	err := r.tx.Conn.Query("SELECT _rowid_, "+column+" FROM "+layout.QuotedTable(rel)+" WHERE "+column+" IS NOT NULL", func(row []types.Datum) error {
		a := types.ArrayOfDatum(t, row[1])
		changed := false
		for i, e := range a.Elems {
			if !e.Null && e.Text == old {
				a.Elems[i].Text, changed = label, true
			}
		}
		if changed {
			list = append(list, change{row[0], types.ArrayDatum(t, a)})
		}
		return nil
	})
	for _, c := range list {
		if err == nil {
			err = r.tx.Conn.Exec("UPDATE "+layout.QuotedTable(rel)+" SET "+column+" = ?1 WHERE _rowid_ = ?2", c.value, c.id)
		}
	}
	return err
}

// holds says whether values of a type contain values of another.
func holds(t *types.Type, oid catalog.OID) bool {
	if t == nil {
		return false
	}
	if t.OID == oid {
		return true
	}
	switch t.Kind {
	case types.ArrayType:
		return holds(t.Elem, oid)
	case types.DomainType:
		return holds(t.Base, oid)
	case types.RangeType:
		return holds(t.Subtype, oid)
	case types.MultirangeType:
		return holds(t.Range, oid)
	case types.CompositeType:
		for _, f := range t.Fields {
			if holds(f.Type, oid) {
				return true
			}
		}
	}
	return false
}

func (r *run) createComposite(s *ast.CompositeTypeStmt) error {
	defer r.quiet()()
	schema, name, err := r.freeType(s.Name)
	if err != nil {
		return err
	}
	if classIn(r.snap(), schema, name).found() {
		return errs.New("42P07", "relation \"%s\" already exists", name)
	}
	var fields []types.Field
	for _, c := range s.Columns {
		t, mod, err := r.typeName(c.Type)
		if err != nil {
			return err
		}
		if t.Kind == types.PseudoType {
			return errs.New("42P16", "column \"%s\" has pseudo-type %s", c.Name, t)
		}
		for _, f := range fields {
			if f.Name == c.Name {
				return errs.New("42701", "column \"%s\" specified more than once", c.Name)
			}
		}
		fields = append(fields, types.Field{Name: c.Name, Type: t, Typmod: mod})
	}
	r.putTypeWithArray(types.NewComposite(r.edit.NewOID(), schema, name, fields), r.tx.Role())
	return nil
}

// alterAttributes is ALTER TYPE of a composite type.
func (r *run) alterAttributes(s *ast.AlterTableStmt) error {
	n := &ast.AnyName{Pos: s.Relation.Pos, Parts: []string{s.Relation.Name}}
	if s.Relation.Schema != "" {
		n.Parts = []string{s.Relation.Schema, s.Relation.Name}
	}
	t, err := r.typeNamed(n)
	if e := errs.Of(err); e != nil && e.Code == "42704" {
		return errs.New("42P01", "relation \"%s\" does not exist", written(s.Relation))
	}
	if err != nil {
		return err
	}
	if t.Kind != types.CompositeType || r.snap().RelationOfRowType(t.OID) != nil {
		return errs.New("42809", "%s is not a composite type", r.typeText(t))
	}
	if len(r.typedTables(t.OID)) > 0 {
		for _, cmd := range s.Cmds {
			if cmd.Cascade {
				return r.unsupported(s.Pos, "ALTER TYPE CASCADE", "Alter the tables after ALTER TABLE NOT OF.")
			}
		}
		return errs.New("2BP01", "cannot alter type \"%s\" because it is the type of a typed table", t.Name).
			WithHint("Use ALTER ... CASCADE to alter the typed tables too.")
	}
	if err := r.mustOwn(r.snap().UserType(t.OID).Owner, "type", t.Name); err != nil {
		return err
	}
	fields := append([]types.Field(nil), t.Fields...)
	for _, cmd := range s.Cmds {
		name := cmd.Name
		if cmd.Column != nil {
			name = cmd.Column.Name
		}
		at := -1
		for i, f := range fields {
			if f.Name == name {
				at = i
			}
		}
		switch cmd.Type {
		case ast.AlterAddAttribute:
			if at >= 0 {
				return errs.New("42701", "column \"%s\" of relation \"%s\" already exists", name, t.Name)
			}
			ft, mod, err := r.typeName(cmd.Column.Type)
			if err != nil {
				return err
			}
			if err := r.attributeRows(t, s.Pos, func(rel *catalog.Relation, col string) error {
				return r.tx.Conn.Exec("UPDATE " + layout.QuotedTable(rel) + " SET " + col + " = substr(" + col + ", 1, length(" + col + ") - 1) || ',)' WHERE " + col + " IS NOT NULL")
			}); err != nil {
				return err
			}
			fields = append(fields, types.Field{Name: name, Type: ft, Typmod: mod})
		case ast.AlterDropAttribute:
			if at < 0 {
				if cmd.MissingOK {
					continue
				}
				return errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", name, t.Name)
			}
			if err := r.attributeRows(t, s.Pos, nil); err != nil {
				return err
			}
			fields = append(fields[:at], fields[at+1:]...)
		case ast.AlterAttributeType:
			if at < 0 {
				return errs.New("42703", "column \"%s\" of relation \"%s\" does not exist", name, t.Name)
			}
			for _, rel := range r.snap().Relations {
				for _, c := range rel.Columns {
					if holds(r.snap().TypeByOID(c.Type), t.OID) {
						return errs.New("0A000", "cannot alter type \"%s\" because column \"%s.%s\" uses it", t.Name, rel.Name, c.Name)
					}
				}
			}
			ft, mod, err := r.typeName(cmd.NewType)
			if err != nil {
				return err
			}
			fields[at].Type, fields[at].Typmod = ft, mod
		default:
			return r.unsupported(s.Pos, "this form of ALTER TYPE", "")
		}
	}
	r.changeType(t, func(t *types.Type, _ *catalog.UserType) { t.Fields = fields })
	return nil
}

// attributeRows changes the stored rows of a composite type with f; rows it cannot change are refused.
func (r *run) attributeRows(t *types.Type, pos int, f func(rel *catalog.Relation, column string) error) error {
	for _, rel := range r.snap().Relations {
		if !rel.IsTable() || rel.IsPartition {
			continue
		}
		for _, c := range rel.Columns {
			ct := r.snap().TypeByOID(c.Type)
			if !holds(ct, t.OID) {
				continue
			}
			column := layout.QuotedColumn(c.Name)
			if f != nil && ct.OID == t.OID {
				if err := f(rel, column); err != nil {
					return err
				}
				continue
			}
			row, err := r.tx.Conn.QueryRow("SELECT 1 FROM " + layout.QuotedTable(rel) + " WHERE " + column + " IS NOT NULL LIMIT 1")
			if err != nil {
				return err
			}
			if row != nil {
				return r.unsupported(pos, "changing the attributes of a type that rows in table "+rel.Name+" hold", "")
			}
		}
	}
	return nil
}
