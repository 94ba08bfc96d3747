package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) createSchema(s *ast.CreateSchemaStmt) error {
	name := s.Name
	owner := r.tx.Role()
	if s.Role != nil {
		var err error
		if owner, err = r.someRole(s.Role); err != nil {
			return err
		}
		if name == "" {
			name = owner
		}
		if !r.snap().IsMember(r.tx.Role(), owner) {
			return errs.New("42501", "must be member of role \"%s\"", owner)
		}
	}
	if !r.mayCreateSchema() {
		return errs.New("42501", "permission denied for database %s", "postgres")
	}
	if strings.HasPrefix(name, "pg_") {
		return errs.New("42939", "unacceptable schema name \"%s\"", name).
			WithDetail("The prefix \"pg_\" is reserved for system schemas.")
	}
	if r.snap().Schema(name) != nil {
		if s.IfNotExists {
			return r.skipped("schema \"%s\" already exists", name)
		}
		return errs.New("42P06", "schema \"%s\" already exists", name)
	}
	r.edit.PutSchema(&catalog.Schema{OID: r.edit.NewOID(), Name: name, Owner: owner, ACL: r.defaultACL(owner, "", 'n')})
	if len(s.Elements) == 0 {
		return nil
	}
	// The statements inside see the new schema first.
	before, _ := r.tx.Setting("search_path")
	r.tx.SetSearchPath(append([]string{name}, r.tx.SearchPath()...))
	defer func() { _ = r.tx.Set("search_path", before) }()
	if err := r.edit.Flush(); err != nil {
		return err
	}
	for _, e := range s.Elements {
		inner := &run{x: r.x, tx: r.tx, edit: r.edit, text: r.text}
		if err := inner.statement(e); err != nil {
			return err
		}
	}
	return nil
}

// free checks that a relation's name is free in a schema. It says whether IF NOT EXISTS skips.
func (r *run) free(schema, name string, ifNotExists bool) (skip bool, err error) {
	if classIn(r.snap(), schema, name).found() {
		if ifNotExists {
			return true, r.skipped("relation \"%s\" already exists", name)
		}
		return false, errs.New("42P07", "relation \"%s\" already exists", name)
	}
	if t := r.snap().Type(schema, name); t != nil && t.Kind != types.ArrayType {
		return false, errs.New("42710", "type \"%s\" already exists", name).
			WithHint("A relation has an associated type of the same name, so you must use a name that doesn't conflict with any existing type.")
	}
	return false, nil
}

func (r *run) createTable(s *ast.CreateStmt) error {
	switch {
	case s.Foreign:
		return r.unsupported(s.Pos, "CREATE FOREIGN TABLE", "")
	case s.PartitionOf != nil:
		return r.createPartition(s)
	case len(s.Inherits) > 0:
		return r.unsupported(s.Pos, "table inheritance", "Make it an ordinary table.")
	}
	sc, err := r.schemaFor(s.Relation)
	if err != nil {
		if e := errs.Of(err); e != nil {
			return r.at(s.Relation.Pos, e)
		}
		return err
	}
	if skip, err := r.free(sc.Name, s.Relation.Name, s.IfNotExists); skip || err != nil {
		return err
	}
	options, err := r.relOptions(nil, s.With)
	if err != nil {
		return err
	}
	rel := r.newRelation(sc.Name, s.Relation.Name, catalog.Table)
	rel.Options, rel.Unlogged = options, s.Relation.Persistence == ast.Unlogged
	if s.OnCommit != ast.OnCommitNone && sc.Name != catalog.TempSchema {
		return errs.New("42P16", "ON COMMIT can only be used on temporary tables")
	}
	rel.OnCommit = onCommit(s.OnCommit)
	b := &tableBuilder{r: r, rel: rel, creating: true, partitionBy: s.PartitionBy}
	if s.PartitionBy != nil {
		rel.Kind, rel.Store = catalog.PartitionedTable, layout.Store(rel.OID)
		if rel.Unlogged {
			rel.Unlogged = false
		}
	}
	if s.OfType != nil {
		if err := b.ofType(s.OfType); err != nil {
			return err
		}
	}
	for _, el := range s.Elements {
		switch el := el.(type) {
		case *ast.ColumnDef:
			if s.OfType != nil {
				if err := b.typedColumn(el); err != nil {
					return err
				}
				continue
			}
			if err := b.column(el); err != nil {
				return err
			}
		case *ast.Constraint:
			b.constraints = append(b.constraints, spec{Constraint: el})
		case *ast.TableLikeClause:
			if err := b.like(el); err != nil {
				return err
			}
		}
	}
	return b.finish()
}

// newRelation makes a relation with its row type and the type's array; it is not in the catalog yet.
func (r *run) newRelation(schema, name string, kind catalog.RelKind) *catalog.Relation {
	owner := r.tx.Role()
	identity := "d"
	if kind == catalog.View {
		identity = "n"
	}
	oid := r.edit.NewOID()
	store := ""
	if schema == catalog.TempSchema && kind != catalog.View {
		store = layout.Temporary(oid)
	}
	return &catalog.Relation{OID: oid, Store: store, Schema: schema, Name: name, Kind: kind, Owner: owner,
		ACL: r.defaultACL(owner, schema, 'r'), RowType: r.edit.NewOID(), ReplicaIdentity: identity,
		Insertable: kind == catalog.Table, Updatable: kind == catalog.Table, Deletable: kind == catalog.Table}
}

// putRowType puts the composite type of a relation's rows and its array into the catalog.
func (r *run) putRowType(rel *catalog.Relation) {
	row := types.NewComposite(rel.RowType, rel.Schema, rel.Name, nil)
	r.putTypeWithArray(row, rel.Owner)
}

// putTypeWithArray puts a new type and its array type.
func (r *run) putTypeWithArray(t *types.Type, owner string) *catalog.UserType {
	t.Array = r.edit.NewOID()
	arr := types.NewArray(t.Array, t.Schema, r.arrayName(t.Schema, t.Name), t)
	u := &catalog.UserType{Type: t, Owner: owner, ACL: r.defaultACL(owner, t.Schema, 'T')}
	r.edit.PutType(u)
	r.edit.PutType(&catalog.UserType{Type: arr, Owner: owner, ACL: catalog.ACL{Default: true}})
	return u
}

func (r *run) arrayName(schema, name string) string {
	out := "_" + clip(name, maxName-1)
	for r.snap().Type(schema, out) != nil {
		out = "_" + clip(out, maxName-1)
		if len(out) == maxName {
			return clip(name, maxName-9) + "_array_1"
		}
	}
	return out
}

// spec is a constraint to be made, with what column definitions add to it.
type spec struct {
	*ast.Constraint
	column string // the column whose definition it stands in, "" for a table constraint
	// expr replaces the tree's expression where a stored text was copied (LIKE).
}

// tableBuilder gathers the columns and constraints of CREATE TABLE or ADD COLUMN.
type tableBuilder struct {
	r           *run
	rel         *catalog.Relation
	creating    bool
	constraints []spec
	// defaults are to be analysed once the relation is in the catalog.
	defaults []columnDefault
	// sequences are those of serial and identity columns.
	sequences []*catalog.Sequence
	indexes   []*ast.IndexStmt
	// partitionBy is the PARTITION BY clause of a new table.
	partitionBy *ast.PartitionSpec
}

type columnDefault struct {
	column *catalog.Column
	expr   ast.Expr
	what   string
	pos    int
}

var serials = map[string]types.OID{"serial": types.Int4OID, "serial4": types.Int4OID, "bigserial": types.Int8OID,
	"serial8": types.Int8OID, "smallserial": types.Int2OID, "serial2": types.Int2OID}

// systemColumns are names no column may have.
var systemColumns = map[string]bool{"ctid": true, "xmin": true, "xmax": true, "cmin": true, "cmax": true, "tableoid": true}

// column adds a column of a column definition.
func (b *tableBuilder) column(def *ast.ColumnDef) error {
	r, rel := b.r, b.rel
	if rel.Column(def.Name) != nil {
		if b.creating {
			return errs.New("42701", "column \"%s\" specified more than once", def.Name)
		}
		return errs.New("42701", "column \"%s\" of relation \"%s\" already exists", def.Name, rel.Name)
	}
	if systemColumns[def.Name] {
		return errs.New("42701", "column name \"%s\" conflicts with a system column name", def.Name)
	}
	if len(rel.Columns) >= 1600 {
		return errs.New("54011", "tables can have at most 1600 columns")
	}
	col := &catalog.Column{Num: maxColumn(rel) + 1, Name: def.Name, Typmod: -1, ACL: catalog.ACL{Default: true}}
	rel.LastColumn = col.Num
	var serial types.OID
	if names := def.Type.Names; len(names) == 1 || len(names) == 2 && names[0] == "pg_catalog" {
		serial = serials[names[len(names)-1]]
	}
	if serial != 0 {
		if len(def.Type.ArrayBounds) > 0 {
			return r.at(def.Type.Pos, errs.New("0A000", "array of serial is not implemented"))
		}
		col.Type, col.NotNull = serial, true
	} else {
		t, mod, err := r.typeName(def.Type)
		if err != nil {
			return err
		}
		if t.Kind == types.PseudoType {
			return errs.New("42P16", "column \"%s\" has pseudo-type %s", def.Name, t)
		}
		if !b.creating && t.OID == rel.RowType {
			return errs.New("42P16", "composite type %s cannot be made a member of itself", rel.Name)
		}
		col.Type, col.Typmod = t.OID, mod
		if u := r.snap().UserType(t.OID); u != nil && !r.snap().Has(r.tx.Role(), u.Owner, u.ACL, catalog.Usage, catalog.Usage) {
			return errs.New("42501", "permission denied for type %s", t.Name)
		}
	}
	if def.Collate != nil {
		if t := r.snap().TypeByOID(col.Type).Underlying(); t.Category != 'S' && (t.Elem == nil || t.Elem.Category != 'S') {
			return r.at(def.Collate.Pos, errs.New("42804", "collations are not supported by type %s", r.snap().TypeByOID(col.Type)))
		}
		name := def.Collate.Name[len(def.Collate.Name)-1]
		switch {
		case types.ByBytes(name), types.ICU(name):
			col.Collation = name
		case strings.ContainsAny(name, "_-"):
			return r.unsupported(def.Collate.Pos, "collation \""+name+"\"", "Texts compare by their bytes (\"C\") or by ICU's rules (\"en-x-icu\").")
		default:
			e := errs.New("42704", "collation \"%s\" for encoding \"UTF8\" does not exist", strings.Join(def.Collate.Name, "."))
			e.Position = def.Collate.Pos + 1
			return e
		}
	}
	rel.Columns = append(rel.Columns, col)
	if err := b.columnConstraints(def, col); err != nil {
		return err
	}
	if serial != 0 {
		for _, d := range b.defaults {
			if d.column == col {
				return errs.New("42601", "multiple default values specified for column \"%s\" of table \"%s\"", col.Name, rel.Name)
			}
		}
		seq, err := b.sequence(col, nil)
		if err != nil {
			return err
		}
		col.Default = "nextval('" + strings.ReplaceAll(quote(seq.Schema)+"."+quote(seq.Name), "'", "''") + "'::regclass)"
	}
	return nil
}

func (b *tableBuilder) columnConstraints(def *ast.ColumnDef, col *catalog.Column) error {
	r, rel := b.r, b.rel
	sawNull, sawDefault, sawIdentity, sawGenerated := false, false, false, false
	table := rel.Name
	for i := 0; i < len(def.Constraints); i++ {
		c := def.Constraints[i]
		switch c.Type {
		case ast.ConstrNull:
			if col.NotNull {
				return r.at(c.Pos, errs.New("42601", "conflicting NULL/NOT NULL declarations for column \"%s\" of table \"%s\"", col.Name, table))
			}
			sawNull = true
		case ast.ConstrNotNull:
			if sawNull {
				return r.at(c.Pos, errs.New("42601", "conflicting NULL/NOT NULL declarations for column \"%s\" of table \"%s\"", col.Name, table))
			}
			col.NotNull = true
		case ast.ConstrDefault:
			if sawDefault {
				return r.at(c.Pos, errs.New("42601", "multiple default values specified for column \"%s\" of table \"%s\"", col.Name, table))
			}
			sawDefault = true
			b.defaults = append(b.defaults, columnDefault{col, c.Expr, "default", c.Pos})
		case ast.ConstrIdentity:
			if sawIdentity {
				return r.at(c.Pos, errs.New("42601", "multiple identity specifications for column \"%s\" of table \"%s\"", col.Name, table))
			}
			if sawNull {
				return r.at(c.Pos, errs.New("42601", "conflicting NULL/NOT NULL declarations for column \"%s\" of table \"%s\"", col.Name, table))
			}
			sawIdentity = true
			col.Identity = "d"
			if c.Always {
				col.Identity = "a"
			}
			col.NotNull = true
			if _, err := b.sequence(col, c.Sequence); err != nil {
				return err
			}
		case ast.ConstrGenerated:
			if sawGenerated {
				return r.at(c.Pos, errs.New("42601", "multiple generation clauses specified for column \"%s\" of table \"%s\"", col.Name, table))
			}
			sawGenerated = true
			col.Generated = "s"
			b.defaults = append(b.defaults, columnDefault{col, c.Expr, "generated column", c.Pos})
		case ast.ConstrCheck, ast.ConstrPrimary, ast.ConstrUnique, ast.ConstrForeign, ast.ConstrExclusion:
			k := *c
			// The attribute words that follow belong to this constraint.
			for i+1 < len(def.Constraints) {
				switch def.Constraints[i+1].Type {
				case ast.ConstrAttrDeferrable:
					k.Deferrable = true
				case ast.ConstrAttrNotDeferrable:
					k.Deferrable = false
				case ast.ConstrAttrDeferred:
					k.Deferrable, k.InitiallyDeferred = true, true
				case ast.ConstrAttrImmediate:
					k.InitiallyDeferred = false
				default:
					goto collected
				}
				i++
			}
		collected:
			if c.Type != ast.ConstrCheck && c.Type != ast.ConstrExclusion {
				k.Keys = []string{col.Name}
			}
			b.constraints = append(b.constraints, spec{Constraint: &k, column: col.Name})
		}
		if sawDefault && sawIdentity {
			return r.at(c.Pos, errs.New("42601", "both default and identity specified for column \"%s\" of table \"%s\"", col.Name, table))
		}
		if sawDefault && sawGenerated {
			return r.at(c.Pos, errs.New("42601", "both default and generation expression specified for column \"%s\" of table \"%s\"", col.Name, table))
		}
		if sawIdentity && sawGenerated {
			return r.at(c.Pos, errs.New("42601", "both identity and generation expression specified for column \"%s\" of table \"%s\"", col.Name, table))
		}
	}
	return nil
}

// sequence makes the sequence of a serial or identity column.
func (b *tableBuilder) sequence(col *catalog.Column, options []*ast.SeqOption) (*catalog.Sequence, error) {
	r := b.r
	typ := r.snap().TypeByOID(col.Type)
	switch typ.Underlying().OID {
	case types.Int2OID, types.Int4OID, types.Int8OID:
	default:
		return nil, errs.New("22023", "identity column type must be smallint, integer, or bigint")
	}
	schema, name := b.rel.Schema, ""
	var rest []*ast.SeqOption
	for _, o := range options {
		if o.Kind == ast.SeqSequenceName {
			sc, n := split(o.Name.Parts)
			if sc != "" {
				schema = sc
			}
			name = n
			continue
		}
		rest = append(rest, o)
	}
	if name == "" {
		name = r.relationName(schema, b.rel.Name, col.Name, "seq", false)
	} else if _, err := r.free(schema, name, false); err != nil {
		return nil, err
	}
	owner := b.rel.Owner
	seq := &catalog.Sequence{OID: r.edit.NewOID(), Schema: schema, Name: name, Owner: owner, ACL: r.defaultACL(owner, schema, 'S'),
		Type: typ.Underlying().OID, OwnedBy: b.rel.OID, OwnedByCol: col.Num}
	if _, err := r.sequenceOptions(seq, rest, true); err != nil {
		return nil, err
	}
	col.Sequence = seq.OID
	b.sequences = append(b.sequences, seq)
	r.edit.PutSequence(seq)
	r.tx.NewSequence(seq.OID, session.SequenceState{Last: seq.Start})
	return seq, nil
}

// finish puts a new table into the catalog and the file, with its constraints.
func (b *tableBuilder) finish() error {
	r, rel := b.r, b.rel
	r.edit.PutRelation(rel)
	r.putRowType(rel)
	var defs []string
	for _, c := range rel.Columns {
		defs = append(defs, layout.Definition(c, r.snap().TypeByOID(c.Type)))
	}
	if len(defs) == 0 {
		// SQLite has no table without columns.
		defs = []string{layout.Quote("%")}
	}
	if b.partitionBy != nil {
		defs = append(defs, layout.Quote(layout.Leaf)+" INTEGER")
	}
	if err := r.tx.Conn.ExecScript(layout.CreateTable(rel.Schema, layout.QuotedTable(rel), defs)); err != nil {
		return err
	}
	if b.partitionBy != nil {
		if err := r.leafIndex(rel); err != nil {
			return err
		}
		part, err := r.partitioning(rel, b.partitionBy)
		if err != nil {
			return err
		}
		c := cloneRelation(rel)
		c.Partitioning = part
		r.edit.PutRelation(c)
		b.rel = c
	}
	if err := b.applyDefaults(); err != nil {
		return err
	}
	if err := b.applyConstraints(); err != nil {
		return err
	}
	for _, stmt := range b.indexes {
		stmt.Relation = &ast.RangeVar{Pos: -1, Schema: rel.Schema, Name: rel.Name}
		if err := r.createIndex(stmt); err != nil {
			return err
		}
	}
	r.out.Tag = "CREATE TABLE"
	return nil
}

// applyDefaults analyses the defaults and generation expressions now that the relation can be seen.
func (b *tableBuilder) applyDefaults() error {
	r := b.r
	if len(b.defaults) == 0 {
		return nil
	}
	rel := cloneRelation(b.rel)
	for _, d := range b.defaults {
		col := rel.ColumnByNum(d.column.Num)
		if err := r.setDefault(rel, col, d.expr, d.what, d.pos); err != nil {
			return err
		}
	}
	r.edit.PutRelation(rel)
	b.rel = rel
	return nil
}

// setDefault analyses a default or generation expression and stores its text.
func (r *run) setDefault(rel *catalog.Relation, col *catalog.Column, e ast.Expr, what string, pos int) error {
	t := r.snap().TypeByOID(col.Type)
	var over *catalog.Relation
	if what == "default" {
		if ref := columnRefIn(e, ""); ref != nil {
			return r.at(ref.Pos, errs.New("0A000", "cannot use column reference in DEFAULT expression"))
		}
	}
	if what == "generated column" {
		over = r.snap().RelationByOID(rel.OID)
	}
	x, err := r.defaultFor(e, what, col.Name, over, t, col.Typmod)
	if err != nil {
		return err
	}
	if over != nil {
		used, whole := columnsOf(x, over)
		if whole {
			return errs.New("42P17", "cannot use whole-row variable in column generation expression").
				WithDetail("This would cause the generated column to depend on its own value.")
		}
		for _, n := range used {
			if c := rel.ColumnByNum(n); c != nil && c.Generated != "" {
				if ref := columnRefIn(e, c.Name); ref != nil {
					pos = ref.Pos
				}
				return r.at(pos, errs.New("42P17", "cannot use generated column \"%s\" in column generation expression", c.Name).
					WithDetail("A generated column cannot reference another generated column."))
			}
		}
		if r.mutable(e, x, over, false) {
			return errs.New("42P17", "generation expression is not immutable")
		}
	}
	col.Default = r.storedValue(e, x)
	if c, ok := e.(*ast.AConst); ok && c.Kind == ast.ConstNull {
		col.Default = ""
	}
	return nil
}

// columnRefIn finds a reference to a column (any, when name is empty) outside of subqueries.
func columnRefIn(e ast.Expr, name string) *ast.ColumnRef {
	var found *ast.ColumnRef
	ast.Walk(e, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectStmt:
			return false
		case *ast.ColumnRef:
			if found == nil && (name == "" || !x.Star && x.Fields[len(x.Fields)-1] == name) {
				found = x
			}
		}
		return found == nil
	})
	return found
}
