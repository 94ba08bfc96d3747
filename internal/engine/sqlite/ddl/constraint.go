package ddl

import (
	"fmt"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// applyConstraints makes the gathered constraints in PostgreSQL's order: primary key, unique, checks, then foreign keys.
func (b *tableBuilder) applyConstraints() error {
	r := b.r
	table := b.rel.OID
	primary := false
	for _, c := range b.constraints {
		if c.Type == ast.ConstrPrimary {
			if primary {
				return r.at(c.Pos, errs.New("42P16", "multiple primary keys for table \"%s\" are not allowed", b.rel.Name))
			}
			primary = true
		}
	}
	if b.creating {
		b.mergeKeys()
	}
	for _, pass := range [][]ast.ConstrType{{ast.ConstrCheck}, {ast.ConstrPrimary}, {ast.ConstrUnique}, {ast.ConstrForeign}, {ast.ConstrExclusion}} {
		for _, c := range b.constraints {
			if c.Type != pass[0] {
				continue
			}
			if err := r.addConstraint(table, c.Constraint, !b.creating); err != nil {
				return err
			}
		}
	}
	b.rel = r.snap().RelationByOID(table)
	return nil
}

// mergeKeys leaves out keys that repeat another of the same statement, as PostgreSQL does: the primary key stands first, and
// a key without a name takes that of the one it makes needless.
func (b *tableBuilder) mergeKeys() {
	key := func(c spec) string {
		return strings.Join(c.Keys, "\x00") + "\x01" + strings.Join(c.Including, "\x00") +
			fmt.Sprint(c.Deferrable, c.InitiallyDeferred, c.NullsNotDistinct)
	}
	var first []*spec
	gone := map[int]bool{}
	for _, kind := range []ast.ConstrType{ast.ConstrPrimary, ast.ConstrUnique} {
	next:
		for i := range b.constraints {
			c := &b.constraints[i]
			if c.Type != kind || c.UsingIndex != "" {
				continue
			}
			for _, p := range first {
				if key(*p) == key(*c) {
					if p.Name == "" && c.Name != "" {
						named := *p.Constraint
						named.Name = c.Name
						p.Constraint = &named
					}
					gone[i] = true
					continue next
				}
			}
			first = append(first, c)
		}
	}
	var kept []spec
	for i, c := range b.constraints {
		if !gone[i] {
			kept = append(kept, c)
		}
	}
	b.constraints = kept
}

// addConstraint adds a constraint to a table that is in the catalog; existing rows must satisfy it when validate is set.
func (r *run) addConstraint(table catalog.OID, c *ast.Constraint, validate bool) error {
	switch c.Type {
	case ast.ConstrCheck:
		return r.addCheck(table, c, validate)
	case ast.ConstrPrimary, ast.ConstrUnique:
		return r.addKey(table, c)
	case ast.ConstrForeign:
		return r.addForeignKey(table, c, validate)
	case ast.ConstrExclusion:
		return r.addExclusion(table, c, validate)
	}
	return r.unsupported(c.Pos, "this constraint", "")
}

func (r *run) constraintTaken(rel *catalog.Relation, name string) error {
	for _, k := range rel.Constraints {
		if k.Name == name {
			return errs.New("42710", "constraint \"%s\" for relation \"%s\" already exists", name, rel.Name)
		}
	}
	return nil
}

func (r *run) addCheck(table catalog.OID, c *ast.Constraint, validate bool) error {
	rel := r.snap().RelationByOID(table)
	x, err := r.condition(c.Expr, "check constraint", rel)
	if err != nil {
		return err
	}
	used, _ := columnsOf(x, rel)
	name := c.Name
	if name == "" {
		part := ""
		if len(used) == 1 {
			part = columnNames(rel, used)[0]
		}
		name = r.constraintName(rel.Schema, rel.Name, part, "check", nil)
	} else {
		for _, k := range rel.Constraints {
			if k.Name == name && k.Kind == catalog.Check && !validate {
				return errs.New("42710", "check constraint \"%s\" already exists", name)
			}
		}
		if err := r.constraintTaken(rel, name); err != nil {
			return err
		}
	}
	con := &catalog.Constraint{OID: r.edit.NewOID(), Name: name, Kind: catalog.Check, Columns: used, Expr: r.stored(c.Expr), NotValid: c.NotValid}
	rel = cloneRelation(rel)
	rel.Constraints = append(rel.Constraints, con)
	r.edit.PutRelation(rel)
	if validate && !c.NotValid {
		return r.validateCheck(rel, con, x)
	}
	return nil
}

// validateCheck looks for a row that violates a check.
func (r *run) validateCheck(rel *catalog.Relation, con *catalog.Constraint, x query.Expr) error {
	sql, err := r.fileExprs(rel, x)
	if err != nil {
		return err
	}
	row, err := r.tx.Conn.QueryRow("SELECT 1 FROM " + layout.Rows(rel) + " WHERE NOT (" + sql[0] + ") LIMIT 1")
	if err != nil {
		return err
	}
	if row != nil {
		e := errs.New("23514", "check constraint \"%s\" of relation \"%s\" is violated by some row", con.Name, rel.Name)
		e.Schema, e.Table, e.Constraint = rel.Schema, rel.Name, con.Name
		return e
	}
	return nil
}

// addKey adds a primary key or unique constraint with its index.
func (r *run) addKey(table catalog.OID, c *ast.Constraint) error {
	rel := cloneRelation(r.snap().RelationByOID(table))
	primary := c.Type == ast.ConstrPrimary
	if primary && rel.PrimaryKey() != nil && c.UsingIndex == "" {
		return errs.New("42P16", "multiple primary keys for table \"%s\" are not allowed", rel.Name)
	}
	con := &catalog.Constraint{OID: r.edit.NewOID(), Kind: catalog.Unique, Name: c.Name, Deferrable: c.Deferrable,
		InitiallyDeferred: c.InitiallyDeferred, NullsNotDistinct: c.NullsNotDistinct}
	word := "unique"
	if primary {
		con.Kind, word = catalog.PrimaryKey, "primary key"
	}
	if c.UsingIndex != "" {
		return r.keyUsingIndex(rel, con, c, primary)
	}
	index := &catalog.Index{OID: r.edit.NewOID(), Unique: true, Primary: primary, Method: "btree", NullsNotDistinct: c.NullsNotDistinct}
	seen := map[string]bool{}
	var nullable []*catalog.Column
	for _, k := range c.Keys {
		col := rel.Column(k)
		if col == nil {
			return r.at(c.Pos, errs.New("42703", "column \"%s\" named in key does not exist", k))
		}
		if seen[k] {
			return r.at(c.Pos, errs.New("42701", "column \"%s\" appears twice in %s constraint", k, word))
		}
		seen[k] = true
		if err := r.orderable(col); err != nil {
			return err
		}
		if primary && !col.NotNull {
			nullable = append(nullable, col)
			col.NotNull = true
		}
		con.Columns = append(con.Columns, col.Num)
		index.Keys = append(index.Keys, catalog.IndexKey{Column: col.Num})
	}
	for _, k := range c.Including {
		col := rel.Column(k)
		if col == nil {
			return r.at(c.Pos, errs.New("42703", "column \"%s\" named in key does not exist", k))
		}
		index.Include = append(index.Include, col.Num)
	}
	if con.Name == "" {
		if primary {
			con.Name = r.relationName(rel.Schema, rel.Name, "", "pkey", true)
		} else {
			con.Name = r.relationName(rel.Schema, rel.Name, columnsPart(append(append([]string(nil), c.Keys...), c.Including...)), "key", true)
		}
	} else {
		if classIn(r.snap(), rel.Schema, con.Name).found() {
			return errs.New("42P07", "relation \"%s\" already exists", con.Name)
		}
		if err := r.constraintTaken(rel, con.Name); err != nil {
			return err
		}
	}
	if err := keyHasPartition(rel, strings.ToUpper(word), con.Columns); err != nil {
		return err
	}
	index.Name, con.Index = con.Name, index.OID
	rel.Constraints = append(rel.Constraints, con)
	rel.Indexes = append(rel.Indexes, index)
	r.edit.PutRelation(rel)
	if err := r.buildIndex(rel, index); err != nil {
		return err
	}
	for _, col := range nullable {
		if err := r.checkNotNull(rel, col); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) keyUsingIndex(rel *catalog.Relation, con *catalog.Constraint, c *ast.Constraint, primary bool) error {
	for _, x := range rel.Indexes {
		if x.Name != c.UsingIndex {
			continue
		}
		switch {
		case !x.Unique:
			return errs.New("42809", "\"%s\" is not a unique index", x.Name).WithDetail("Cannot create a primary key or unique constraint using such an index.")
		case x.Where != "":
			return errs.New("42809", "\"%s\" is a partial index", x.Name).WithDetail("Cannot create a primary key or unique constraint using such an index.")
		}
		for _, k := range x.Keys {
			if k.Column == 0 {
				return errs.New("42809", "index \"%s\" contains expressions", x.Name).WithDetail("Cannot create a primary key or unique constraint using such an index.")
			}
			con.Columns = append(con.Columns, k.Column)
			if primary {
				col := rel.ColumnByNum(k.Column)
				if err := r.checkNotNull(rel, col); err != nil {
					return err
				}
				col.NotNull = true
			}
		}
		con.Index = x.OID
		if con.Name == "" {
			con.Name = x.Name
		}
		if con.Name != x.Name {
			if err := r.renameIndexFile(rel, x, con.Name); err != nil {
				return err
			}
			x.Name = con.Name
		}
		x.Primary = primary
		rel.Constraints = append(rel.Constraints, con)
		r.edit.PutRelation(rel)
		return nil
	}
	return errs.New("42704", "index \"%s\" does not exist", c.UsingIndex)
}

// orderable refuses key columns whose type has no order.
func (r *run) orderable(col *catalog.Column) error {
	t := r.snap().TypeByOID(col.Type)
	u := t.Underlying()
	if u.Native != nil && !u.Native.Unordered {
		return nil
	}
	switch {
	case u.Native != nil, u.OID == types.JSONOID, u.OID == types.XMLOID, u.OID == types.PointOID:
		return errs.New("42704", "data type %s has no default operator class for access method \"btree\"", t).
			WithHint("You must specify an operator class for the index or define a default operator class for the data type.")
	}
	return nil
}

// checkNotNull looks for a null in a column that is to be NOT NULL.
func (r *run) checkNotNull(rel *catalog.Relation, col *catalog.Column) error {
	row, err := r.tx.Conn.QueryRow("SELECT 1 FROM " + layout.Rows(rel) + " WHERE " + layout.QuotedColumn(col.Name) + " IS NULL LIMIT 1")
	if err != nil {
		return err
	}
	if row != nil {
		e := errs.New("23502", "column \"%s\" of relation \"%s\" contains null values", col.Name, rel.Name)
		e.Schema, e.Table, e.Column = rel.Schema, rel.Name, col.Name
		return e
	}
	return nil
}

var matchedActions = map[ast.KeyActionType]string{ast.KeyNoAction: catalog.NoAction, ast.KeyRestrict: catalog.Restrict,
	ast.KeyCascade: catalog.Cascade, ast.KeySetNull: catalog.SetNull, ast.KeySetDefault: catalog.SetDefault}

func (r *run) addForeignKey(table catalog.OID, c *ast.Constraint, validate bool) error {
	rel := cloneRelation(r.snap().RelationByOID(table))
	ref, err := r.relation(c.References)
	if err != nil {
		return err
	}
	if ref.OID == rel.OID {
		ref = rel
	}
	if !ref.IsTable() {
		return errs.New("42809", "referenced relation \"%s\" is not a table", ref.Name)
	}
	if err := samePersistence(rel, ref); err != nil {
		return err
	}
	if held := r.snap().RelationRights(r.tx.Role(), ref); held&catalog.References == 0 {
		for _, name := range c.RefColumns {
			if col := ref.Column(name); col == nil || r.snap().ColumnRights(r.tx.Role(), ref, col)&catalog.References == 0 {
				return errs.New("42501", "permission denied for table %s", ref.Name)
			}
		}
		if len(c.RefColumns) == 0 {
			return errs.New("42501", "permission denied for table %s", ref.Name)
		}
	}
	if c.Match == ast.MatchPartial {
		return r.at(c.Pos, errs.New("0A000", "MATCH PARTIAL not yet implemented"))
	}
	con := &catalog.Constraint{OID: r.edit.NewOID(), Kind: catalog.ForeignKey, Name: c.Name, Deferrable: c.Deferrable,
		InitiallyDeferred: c.InitiallyDeferred, NotValid: c.NotValid, RefTable: ref.OID, MatchFull: c.Match == ast.MatchFull,
		OnUpdate: matchedActions[c.OnUpdate.Action], OnDelete: matchedActions[c.OnDelete.Action]}
	for _, k := range c.Keys {
		col := rel.Column(k)
		if col == nil {
			return errs.New("42703", "column \"%s\" referenced in foreign key constraint does not exist", k)
		}
		con.Columns = append(con.Columns, col.Num)
	}
	for _, k := range c.OnDelete.Columns {
		col := rel.Column(k)
		if col == nil {
			return errs.New("42703", "column \"%s\" referenced in foreign key constraint does not exist", k)
		}
		found := false
		for _, n := range con.Columns {
			found = found || n == col.Num
		}
		if !found {
			return errs.New("42P10", "column \"%s\" referenced in ON DELETE SET action must be part of foreign key", k)
		}
		con.SetColumns = append(con.SetColumns, col.Num)
	}
	if err := r.referencedKey(ref, con, c.RefColumns); err != nil {
		return err
	}
	if con.Name == "" {
		con.Name = r.constraintName(rel.Schema, rel.Name, columnsPart(c.Keys), "fkey", nil)
	} else if err := r.constraintTaken(rel, con.Name); err != nil {
		return err
	}
	for i, n := range con.Columns {
		fk, pk := rel.ColumnByNum(n), ref.ColumnByNum(con.RefColumns[i])
		ft, pt := r.snap().TypeByOID(fk.Type), r.snap().TypeByOID(pk.Type)
		if !comparable(ft, pt) {
			return errs.New("42804", "foreign key constraint \"%s\" cannot be implemented", con.Name).
				WithDetail("Key columns \"%s\" and \"%s\" are of incompatible types: %s and %s.", fk.Name, pk.Name,
					types.FormatType(ft, -1), types.FormatType(pt, -1))
		}
		if fk.Generated != "" {
			switch {
			case con.OnUpdate == catalog.SetNull || con.OnUpdate == catalog.SetDefault || con.OnUpdate == catalog.Cascade:
				return errs.New("42601", "invalid ON UPDATE action for foreign key constraint containing generated column")
			case con.OnDelete == catalog.SetNull || con.OnDelete == catalog.SetDefault:
				return errs.New("42601", "invalid ON DELETE action for foreign key constraint containing generated column")
			}
		}
	}
	rel.Constraints = append(rel.Constraints, con)
	r.edit.PutRelation(rel)
	if validate && !c.NotValid {
		return r.validateForeignKey(rel, ref, con)
	}
	return nil
}

// referencedKey finds the referenced columns and the key behind them.
func (r *run) referencedKey(ref *catalog.Relation, con *catalog.Constraint, names []string) error {
	if len(names) == 0 {
		pk := ref.PrimaryKey()
		if pk == nil {
			return errs.New("42704", "there is no primary key for referenced table \"%s\"", ref.Name)
		}
		if pk.Deferrable {
			return errs.New("55000", "cannot use a deferrable primary key for referenced table \"%s\"", ref.Name)
		}
		con.RefColumns, con.Index = pk.Columns, pk.Index
		if len(con.RefColumns) != len(con.Columns) {
			return errs.New("42830", "number of referencing and referenced columns for foreign key disagree")
		}
		return nil
	}
	seen := map[int32]bool{}
	for _, k := range names {
		col := ref.Column(k)
		if col == nil {
			return errs.New("42703", "column \"%s\" referenced in foreign key constraint does not exist", k)
		}
		con.RefColumns = append(con.RefColumns, col.Num)
	}
	if len(con.RefColumns) != len(con.Columns) {
		return errs.New("42830", "number of referencing and referenced columns for foreign key disagree")
	}
	for _, n := range con.RefColumns {
		if seen[n] {
			return errs.New("42830", "foreign key referenced-columns list must not contain duplicates")
		}
		seen[n] = true
	}
	deferrable := false
	for _, x := range ref.Indexes {
		if !x.Unique || x.Where != "" || len(x.Keys) != len(con.RefColumns) {
			continue
		}
		match := true
		for _, k := range x.Keys {
			match = match && k.Column != 0 && seen[k.Column]
		}
		if !match {
			continue
		}
		if deferredKey(ref, x) {
			deferrable = true
			continue
		}
		con.Index = x.OID
		return nil
	}
	if deferrable {
		return errs.New("55000", "cannot use a deferrable unique constraint for referenced table \"%s\"", ref.Name)
	}
	return errs.New("42830", "there is no unique constraint matching given keys for referenced table \"%s\"", ref.Name)
}

func deferredKey(rel *catalog.Relation, x *catalog.Index) bool {
	for _, c := range rel.Constraints {
		if c.Index == x.OID && c.Kind != catalog.ForeignKey && c.Deferrable {
			return true
		}
	}
	return false
}

// comparable says whether a foreign key's column type can be compared with the referenced one's by its index.
func comparable(fk, pk *types.Type) bool {
	fk, pk = fk.Underlying(), pk.Underlying()
	if fk.OID == pk.OID {
		return true
	}
	family := func(t *types.Type) string {
		switch t.OID {
		case types.Int2OID, types.Int4OID, types.Int8OID:
			return "integer"
		case types.Float4OID, types.Float8OID:
			return "float"
		case types.DateOID, types.TimestampOID, types.TimestamptzOID:
			return "datetime"
		case types.TextOID, types.VarcharOID, types.NameOID:
			return "text"
		}
		return ""
	}
	if f := family(fk); f != "" && f == family(pk) {
		return true
	}
	if ctx, _, ok := types.FindCast(fk.OID, pk.OID); ok && ctx == types.ImplicitCast {
		return true
	}
	return false
}

// validateForeignKey looks for a row whose key is not in the referenced table.
func (r *run) validateForeignKey(rel, ref *catalog.Relation, con *catalog.Constraint) error {
	var present, match, list []string
	for i, n := range con.Columns {
		fk, pk := layout.QuotedColumn(rel.ColumnByNum(n).Name), layout.QuotedColumn(ref.ColumnByNum(con.RefColumns[i]).Name)
		present = append(present, "c."+fk+" IS NOT NULL")
		match = append(match, "p."+pk+" = c."+fk)
		list = append(list, "c."+fk)
	}
	row, err := r.tx.Conn.QueryRow("SELECT " + strings.Join(list, ", ") + " FROM " + layout.Rows(rel) + " c WHERE " +
		strings.Join(present, " AND ") + " AND NOT EXISTS (SELECT 1 FROM " + layout.Rows(ref) + " p WHERE " +
		strings.Join(match, " AND ") + ") LIMIT 1")
	if err != nil || row == nil {
		return err
	}
	values := make([]string, len(row))
	for i, d := range row {
		values[i] = types.Out(r.snap().TypeByOID(rel.ColumnByNum(con.Columns[i]).Type), d, r.tx.Env())
	}
	e := errs.New("23503", "insert or update on table \"%s\" violates foreign key constraint \"%s\"", rel.Name, con.Name).
		WithDetail("Key (%s)=(%s) is not present in table \"%s\".", strings.Join(columnNames(rel, con.Columns), ", "),
			strings.Join(values, ", "), ref.Name)
	e.Schema, e.Table, e.Constraint = rel.Schema, rel.Name, con.Name
	return e
}
