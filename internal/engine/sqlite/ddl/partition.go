package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/partition"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// A partitioned table and all its partitions keep their rows in one table of the file, whose column layout.Leaf tells which
// partition a row is in. The partitions' catalog entries are made of the partitioned table's (syncPartitions).

// partitioning reads PARTITION BY.
func (r *run) partitioning(rel *catalog.Relation, s *ast.PartitionSpec) (*catalog.Partitioning, error) {
	p := &catalog.Partitioning{Strategy: map[ast.PartitionStrategy]string{ast.PartitionRange: catalog.RangePartitioning,
		ast.PartitionList: catalog.ListPartitioning, ast.PartitionHash: catalog.HashPartitioning}[s.Strategy]}
	if p.Strategy == catalog.ListPartitioning && len(s.Params) != 1 {
		return nil, errs.New("42P17", "cannot use \"list\" partition strategy with more than one column")
	}
	for _, e := range s.Params {
		name := e.Name
		if c, ok := e.Expr.(*ast.ColumnRef); ok && len(c.Fields) == 1 && !c.Star {
			name = c.Fields[0]
		}
		k := catalog.IndexKey{}
		if len(e.OpClass) > 0 {
			k.Opclass = e.OpClass[len(e.OpClass)-1]
		}
		var t *types.Type
		if name != "" {
			col := rel.Column(name)
			if col == nil {
				if systemColumns[name] {
					return nil, r.at(e.Pos, errs.New("42P17", "cannot use system column \"%s\" in partition key", name))
				}
				return nil, r.at(e.Pos, errs.New("42703", "column \"%s\" named in partition key does not exist", name))
			}
			if col.Generated != "" {
				return nil, r.at(e.Pos, errs.New("42P17", "cannot use generated column in partition key").
					WithDetail("Column \"%s\" is a generated column.", name))
			}
			k.Column, t = col.Num, r.snap().TypeByOID(col.Type)
		} else {
			x, err := r.analyzed(e.Expr, "partition key expression", r.snap().RelationByOID(rel.OID), nil, -1)
			if err != nil {
				return nil, err
			}
			if r.mutable(e.Expr, x, r.snap().RelationByOID(rel.OID), true) {
				return nil, errs.New("42P17", "functions in partition key expression must be marked IMMUTABLE")
			}
			if _, constant := x.(*query.Const); constant {
				return nil, errs.New("42P17", "cannot use constant expression as partition key")
			}
			k.Expr, t = r.stored(e.Expr), x.Type()
		}
		if p.Strategy == catalog.HashPartitioning && !partition.Hashable(t) {
			return nil, r.unsupported(e.Pos, "hash partitioning by type "+t.String(), "Use PARTITION BY RANGE or LIST.")
		}
		if err := operatorClass(t, "btree"); err != nil && k.Opclass == "" {
			e := errs.Of(err)
			e.Hint = "You must specify a btree operator class or define a default btree operator class for the data type."
			return nil, e
		}
		p.Keys = append(p.Keys, k)
	}
	return p, nil
}

// leafIndex makes the index that finds a partition's rows.
func (r *run) leafIndex(rel *catalog.Relation) error {
	return r.tx.Conn.ExecScript("CREATE INDEX " + layout.Quote(rel.Store+":leaf") + " ON " + layout.QuotedTable(rel) + " (" + layout.Quote(layout.Leaf) + ")")
}

// ownIndexes makes the indexes again that only partitions have.
func (r *run) ownIndexes(rel *catalog.Relation) error {
	for _, p := range r.snap().Partitions(rel.OID) {
		for _, x := range p.Indexes {
			if err := r.rebuildIndex(p, x); err != nil {
				return err
			}
		}
		if err := r.ownIndexes(p); err != nil {
			return err
		}
	}
	return nil
}

// inPartitionKey says whether a column is part of the partition key of its table; expr that an expression of the key uses it.
func (r *run) inPartitionKey(rel *catalog.Relation, col *catalog.Column) (in, expr bool) {
	if rel.Partitioning == nil {
		return false, false
	}
	for _, k := range rel.Partitioning.Keys {
		in = in || k.Column == col.Num
		expr = expr || k.Expr != "" && r.textUses(k.Expr, rel, nil).columns[columnKey{rel.OID, col.Num}]
	}
	return in, expr
}

// keyHasPartition checks that a unique key of a partitioned table holds its partition key.
func keyHasPartition(rel *catalog.Relation, word string, nums []int32) error {
	if rel.Partitioning == nil {
		return nil
	}
	for _, k := range rel.Partitioning.Keys {
		if k.Column == 0 {
			return errs.New("0A000", "unsupported %s constraint with partition key definition", word).
				WithDetail("%s constraints cannot be used when partition keys include expressions.", word)
		}
		found := false
		for _, n := range nums {
			found = found || n == k.Column
		}
		if !found {
			return errs.New("0A000", "unique constraint on partitioned table must include all partitioning columns").
				WithDetail("%s constraint on table \"%s\" lacks column \"%s\" which is part of the partition key.", word, rel.Name, rel.ColumnByNum(k.Column).Name)
		}
	}
	return nil
}

// keyTypes are the types of a partition key, with the names of its parts.
func (r *run) keyTypes(rel *catalog.Relation) (list []*types.Type, mods []int32, names []string, err error) {
	for _, k := range rel.Partitioning.Keys {
		if k.Column != 0 {
			col := rel.ColumnByNum(k.Column)
			list, mods, names = append(list, r.snap().TypeByOID(col.Type)), append(mods, col.Typmod), append(names, col.Name)
			continue
		}
		x, err := r.storedExpr(rel, k.Expr, "partition key expression", nil)
		if err != nil {
			return nil, nil, nil, err
		}
		list, mods, names = append(list, x.Type()), append(mods, -1), append(names, k.Expr)
	}
	return list, mods, names, nil
}

// boundOf reads FOR VALUES for a partition of parent.
func (r *run) boundOf(parent *catalog.Relation, name string, s *ast.PartitionBoundSpec) (*catalog.PartitionBound, error) {
	keys, mods, names, err := r.keyTypes(parent)
	if err != nil {
		return nil, err
	}
	b := &catalog.PartitionBound{Default: s.Default, Text: "DEFAULT"}
	strategy := parent.Partitioning.Strategy
	if s.Default {
		if strategy == catalog.HashPartitioning {
			return nil, errs.New("42P16", "a hash-partitioned table may not have a default partition")
		}
		return b, nil
	}
	wrong := func(word string) error {
		return r.at(s.Pos, errs.New("42P16", "invalid bound specification for a %s partition", word))
	}
	literal := func(e ast.Expr, i int) (*string, error) {
		x, err := r.analyzed(e, "partition bound", nil, keys[i], mods[i])
		if err != nil {
			if er := errs.Of(err); er != nil && er.Code == "42804" {
				return nil, r.at(e.Position(), errs.New("42804", "specified value cannot be cast to type %s for column \"%s\"", keys[i], names[i]))
			}
			return nil, err
		}
		return r.constant(x)
	}
	quoted := func(v *string) string {
		if v == nil {
			return "NULL"
		}
		return "'" + strings.ReplaceAll(*v, "'", "''") + "'"
	}
	switch strategy {
	case catalog.HashPartitioning:
		if s.Strategy != ast.PartitionHash {
			return nil, wrong("hash")
		}
		switch {
		case s.Modulus <= 0:
			return nil, errs.New("42P16", "modulus for hash partition must be an integer value greater than zero")
		case s.Remainder < 0:
			return nil, errs.New("42P16", "remainder for hash partition must be an integer value greater than or equal to zero")
		case s.Remainder >= s.Modulus:
			return nil, errs.New("42P16", "remainder for hash partition must be less than modulus")
		}
		b.Modulus, b.Remainder = s.Modulus, s.Remainder
		b.Text = "FOR VALUES WITH (modulus " + itoa(s.Modulus) + ", remainder " + itoa(s.Remainder) + ")"
	case catalog.ListPartitioning:
		if s.Strategy != ast.PartitionList {
			return nil, wrong("list")
		}
		var texts []string
		for _, e := range s.Values {
			v, err := literal(e, 0)
			if err != nil {
				return nil, err
			}
			same := false
			for _, o := range b.Values {
				same = same || o == nil && v == nil || o != nil && v != nil && *o == *v
			}
			if !same {
				b.Values = append(b.Values, v)
				texts = append(texts, r.boundText(keys[0], v, quoted))
			}
		}
		b.Text = "FOR VALUES IN (" + strings.Join(texts, ", ") + ")"
	default:
		if s.Strategy != ast.PartitionRange {
			return nil, wrong("range")
		}
		side := func(list []ast.Expr, word string) (out []catalog.BoundValue, texts []string, err error) {
			if len(list) != len(keys) {
				return nil, nil, r.at(s.Pos, errs.New("42P16", "%s must specify exactly one value per partitioning column", word))
			}
			infinite := 0
			for i, e := range list {
				v := catalog.BoundValue{Infinite: infinityOf(e)}
				if infinite != 0 && v.Infinite != infinite {
					word := map[int]string{-1: "MINVALUE", 1: "MAXVALUE"}[infinite]
					return nil, nil, r.at(e.Position(), errs.New("42804", "every bound following %s must also be %s", word, word))
				}
				switch infinite = v.Infinite; infinite {
				case -1:
					texts = append(texts, "MINVALUE")
				case 1:
					texts = append(texts, "MAXVALUE")
				default:
					t, err := literal(e, i)
					if err != nil {
						return nil, nil, err
					}
					if t == nil {
						return nil, nil, errs.New("42P17", "cannot specify NULL in range bound")
					}
					v.Text = *t
					texts = append(texts, r.boundText(keys[i], t, quoted))
				}
				out = append(out, v)
			}
			return out, texts, nil
		}
		var from, to []string
		if b.From, from, err = side(s.From, "FROM"); err != nil {
			return nil, err
		}
		if b.To, to, err = side(s.To, "TO"); err != nil {
			return nil, err
		}
		b.Text = "FOR VALUES FROM (" + strings.Join(from, ", ") + ") TO (" + strings.Join(to, ", ") + ")"
	}
	place := s.Pos
	if len(s.From) > 0 {
		place = s.From[0].Position()
	} else if len(s.Values) > 0 {
		place = s.Values[0].Position()
	}
	set, err := partition.Read(strategy, keys, r.snap().Partitions(parent.OID), r.tx.Env())
	if err != nil {
		return nil, err
	}
	part, err := set.Part(nil, b, r.tx.Env())
	if err != nil {
		return nil, err
	}
	if set.Empty(part) {
		return nil, r.at(place, errs.New("42P17", "empty range bound specified for partition \"%s\"", name).
			WithDetail("Specified lower bound %s is greater than or equal to upper bound %s.", boundList(b.From), boundList(b.To)))
	}
	if strategy == catalog.HashPartitioning {
		if err := set.Factor(part); err != nil {
			return nil, err
		}
	}
	if other := set.Overlapping(part); other != nil {
		return nil, r.at(place, errs.New("42P17", "partition \"%s\" would overlap partition \"%s\"", name, other.Name))
	}
	return b, nil
}

// boundText prints a value of a bound as pg_get_expr does: integers and booleans bare, the rest quoted.
func (r *run) boundText(t *types.Type, v *string, quoted func(*string) string) string {
	if v != nil {
		switch t.Underlying().OID {
		case types.Int4OID:
			if !strings.HasPrefix(*v, "-") {
				return *v
			}
		case types.BoolOID:
			return map[string]string{"t": "true", "f": "false"}[*v]
		}
	}
	return quoted(v)
}

func boundList(list []catalog.BoundValue) string {
	var out []string
	for _, v := range list {
		switch v.Infinite {
		case -1:
			out = append(out, "MINVALUE")
		case 1:
			out = append(out, "MAXVALUE")
		default:
			out = append(out, "'"+strings.ReplaceAll(v.Text, "'", "''")+"'")
		}
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// infinityOf says whether a value of a range's bound is MINVALUE (-1) or MAXVALUE (1).
func infinityOf(e ast.Expr) int {
	c, ok := e.(*ast.ColumnRef)
	if !ok || len(c.Fields) != 1 {
		return 0
	}
	return map[string]int{"minvalue": -1, "maxvalue": 1}[c.Fields[0]]
}

// constant computes an expression without columns; nil is NULL.
func (r *run) constant(x query.Expr) (*string, error) {
	none := &catalog.Relation{}
	sql, err := r.fileExprs(none, x)
	if err != nil {
		return nil, err
	}
	row, err := r.tx.Conn.QueryRow("SELECT " + sql[0])
	if err != nil || row == nil || row[0].IsNull() {
		return nil, err
	}
	text := types.Out(x.Type(), row[0], r.tx.Env())
	return &text, nil
}

// partitionedParent finds the table of PARTITION OF and ATTACH PARTITION.
func (r *run) partitionedParent(rel *catalog.Relation) error {
	if rel.Partitioning == nil {
		return errs.New("42P17", "\"%s\" is not partitioned", rel.Name)
	}
	return nil
}

// freeDefault checks that no default partition is there yet.
func (r *run) freeDefault(parent *catalog.Relation, name string) error {
	for _, p := range r.snap().Partitions(parent.OID) {
		if p.Bound.Default {
			return errs.New("42P17", "partition \"%s\" conflicts with existing default partition \"%s\"", name, p.Name)
		}
	}
	return nil
}

// createPartition is CREATE TABLE ... PARTITION OF.
func (r *run) createPartition(s *ast.CreateStmt) error {
	parent, err := r.ownTable(s.PartitionOf)
	if err != nil {
		return err
	}
	if err := r.partitionedParent(parent); err != nil {
		return err
	}
	sc, err := r.schemaFor(s.Relation)
	if err != nil {
		return err
	}
	if skip, err := r.free(sc.Name, s.Relation.Name, s.IfNotExists); skip || err != nil {
		return err
	}
	if temp := sc.Name == catalog.TempSchema; temp != (parent.Schema == catalog.TempSchema) {
		if temp {
			return errs.New("42809", "cannot create a temporary relation as partition of permanent relation \"%s\"", parent.Name)
		}
		return errs.New("42809", "cannot create a permanent relation as partition of temporary relation \"%s\"", parent.Name)
	}
	bound, err := r.boundOf(parent, s.Relation.Name, s.Bound)
	if err != nil {
		return err
	}
	if bound.Default {
		if err := r.freeDefault(parent, s.Relation.Name); err != nil {
			return err
		}
	}
	rel := r.newRelation(sc.Name, s.Relation.Name, catalog.Table)
	rel.Parent, rel.IsPartition, rel.Bound, rel.Store = parent.OID, true, bound, parent.Store
	if rel.Options, err = r.relOptions(nil, s.With); err != nil {
		return err
	}
	for _, c := range parent.Columns {
		rel.Columns = append(rel.Columns, inheritedColumn(c, int32(len(rel.Columns)+1)))
	}
	rel.LastColumn = int32(len(rel.Columns))
	b := &tableBuilder{r: r, rel: rel, creating: true}
	for _, el := range s.Elements {
		switch el := el.(type) {
		case *ast.ColumnDef:
			col := rel.Column(el.Name)
			if col == nil {
				return errs.New("42703", "column \"%s\" does not exist", el.Name)
			}
			if err := b.columnConstraints(el, col); err != nil {
				return err
			}
		case *ast.Constraint:
			b.constraints = append(b.constraints, spec{Constraint: el})
		}
	}
	if s.PartitionBy != nil {
		rel.Kind = catalog.PartitionedTable
		rel.Insertable, rel.Updatable, rel.Deletable = true, true, true
	}
	r.edit.PutRelation(rel)
	r.putRowType(rel)
	if s.PartitionBy != nil {
		part, err := r.partitioning(rel, s.PartitionBy)
		if err != nil {
			return err
		}
		rel.Partitioning = part
		r.edit.PutRelation(rel)
	}
	r.refreshLeaves(rel)
	if err := b.applyDefaults(); err != nil {
		return err
	}
	if err := b.applyConstraints(); err != nil {
		return err
	}
	if err := r.copyToPartition(parent, r.snap().RelationByOID(rel.OID)); err != nil {
		return err
	}
	if !bound.Default {
		if err := r.defaultStays(parent); err != nil {
			return err
		}
	}
	r.out.Tag = "CREATE TABLE"
	return nil
}

func inheritedColumn(c *catalog.Column, num int32) *catalog.Column {
	x := *c
	x.Num, x.ACL, x.Comment, x.Identity, x.Sequence = num, catalog.ACL{Default: true}, "", "", 0
	return &x
}

// defaultStays checks that no row of the default partition belongs to a new one.
func (r *run) defaultStays(parent *catalog.Relation) error {
	for _, p := range r.snap().Partitions(parent.OID) {
		if p.Bound.Default {
			ok, err := r.rowsBelong(parent, p)
			if err != nil {
				return err
			}
			if !ok {
				e := errs.New("23514", "updated partition constraint for default partition \"%s\" would be violated by some row", p.Name)
				e.Schema, e.Table = p.Schema, p.Name
				return e
			}
		}
	}
	return nil
}

// rowsBelong says whether the rows of a relation are all of the ones its bound allows.
func (r *run) rowsBelong(parent, rel *catalog.Relation) (bool, error) {
	keys, _, _, err := r.keyTypes(parent)
	if err != nil {
		return false, err
	}
	set, err := partition.Read(parent.Partitioning.Strategy, keys, r.snap().Partitions(parent.OID), r.tx.Env())
	if err != nil {
		return false, err
	}
	var list []string
	for _, k := range parent.Partitioning.Keys {
		if k.Column != 0 {
			list = append(list, layout.QuotedColumn(parent.ColumnByNum(k.Column).Name))
			continue
		}
		x, err := r.storedExpr(parent, k.Expr, "partition key expression", nil)
		if err != nil {
			return false, err
		}
		sql, err := r.fileExprs(parent, x)
		if err != nil {
			return false, err
		}
		list = append(list, sql[0])
	}
	all := true
	err = r.tx.Conn.Query("SELECT "+strings.Join(list, ", ")+" FROM "+layout.Rows(rel), func(row []types.Datum) error {
		found, err := set.Find(row)
		all = all && found != nil && found.OID == rel.OID
		return err
	})
	return all, err
}

// refreshLeaves notes in the partitioned tables above a partition which partitions with rows they have.
func (r *run) refreshLeaves(rel *catalog.Relation) {
	for rel != nil && rel.IsPartition {
		if rel.Partitioning != nil {
			c := cloneRelation(rel)
			p := *c.Partitioning
			p.Leaves = r.leaves(rel)
			c.Partitioning = &p
			r.edit.PutRelation(c)
		}
		rel = r.snap().RelationByOID(rel.Parent)
	}
}

func (r *run) leaves(rel *catalog.Relation) []catalog.OID {
	var out []catalog.OID
	for _, p := range r.snap().Partitions(rel.OID) {
		if p.Partitioning == nil {
			out = append(out, p.OID)
		} else {
			out = append(out, r.leaves(p)...)
		}
	}
	return out
}

// attachPartition is ALTER TABLE ... ATTACH PARTITION: the rows move into the partitioned table's.
func (r *run) attachPartition(parent *catalog.Relation, cmd *ast.AlterTableCmd) error {
	if err := r.partitionedParent(parent); err != nil {
		return errs.New("42P17", "table \"%s\" is not partitioned", parent.Name)
	}
	rel, err := r.ownTable(cmd.Relation)
	if err != nil {
		return err
	}
	switch {
	case rel.IsPartition:
		return errs.New("42809", "\"%s\" is already a partition", rel.Name)
	case !rel.IsTable():
		return errs.New("42809", "\"%s\" is not a table", rel.Name)
	case rel.Partitioning != nil:
		return r.unsupported(cmd.Pos, "attaching a partitioned table", "Create it with PARTITION OF ... PARTITION BY.")
	case (rel.Schema == catalog.TempSchema) != (parent.Schema == catalog.TempSchema):
		if rel.Schema == catalog.TempSchema {
			return errs.New("42809", "cannot attach a temporary relation as partition of permanent relation \"%s\"", parent.Name)
		}
		return errs.New("42809", "cannot attach a permanent relation as partition of temporary relation \"%s\"", parent.Name)
	}
	if err := r.attachable(parent, rel); err != nil {
		return err
	}
	bound, err := r.boundOf(parent, rel.Name, cmd.Bound)
	if err != nil {
		return err
	}
	if bound.Default {
		if err := r.freeDefault(parent, rel.Name); err != nil {
			return err
		}
	}
	// The rows are looked at while they still lie in the table's own place.
	c := cloneRelation(rel)
	c.Parent, c.IsPartition, c.Bound = parent.OID, true, bound
	r.edit.PutRelation(c)
	ok, err := r.rowsBelong(parent, c)
	if err != nil {
		return err
	}
	if !ok {
		e := errs.New("23514", "partition constraint of relation \"%s\" is violated by some row", rel.Name)
		e.Schema, e.Table = rel.Schema, rel.Name
		return e
	}
	for _, x := range rel.Indexes {
		if err := r.dropIndexFile(rel, x); err != nil {
			return err
		}
	}
	names := make([]string, len(rel.Columns))
	for i, col := range rel.Columns {
		names[i] = layout.QuotedColumn(col.Name)
	}
	list := strings.Join(append(names, layout.Quote(layout.Leaf)), ", ")
	if err := r.tx.Conn.Exec("INSERT INTO " + layout.QuotedTable(parent) + " (" + list + ") SELECT " +
		strings.Join(append(names[:len(names):len(names)], itoa(int(rel.OID))), ", ") + " FROM " + layout.QuotedTable(rel) + " ORDER BY _rowid_"); err != nil {
		return err
	}
	if err := r.tx.Conn.ExecScript("DROP TABLE " + layout.QuotedTable(rel)); err != nil {
		return err
	}
	c = cloneRelation(c)
	c.Store = parent.Store
	r.edit.PutRelation(c)
	r.refreshLeaves(c)
	if err := r.copyToPartition(parent, c); err != nil {
		return err
	}
	now := r.snap().RelationByOID(rel.OID)
	for _, x := range now.Indexes {
		if x.Parent == 0 {
			if err := r.buildIndex(now, x); err != nil {
				return err
			}
		}
	}
	if !bound.Default {
		return r.defaultStays(parent)
	}
	return nil
}

// attachable compares the columns and checks of a table with those of the partitioned one.
func (r *run) attachable(parent, rel *catalog.Relation) error {
	for _, c := range rel.Columns {
		if parent.Column(c.Name) == nil {
			return errs.New("42804", "table \"%s\" contains column \"%s\" not found in parent \"%s\"", rel.Name, c.Name, parent.Name).
				WithDetail("The new partition may contain only the columns present in parent.")
		}
	}
	for i, p := range parent.Columns {
		c := rel.Column(p.Name)
		switch {
		case c == nil:
			return errs.New("42804", "child table is missing column \"%s\"", p.Name)
		case c.Type != p.Type || c.Typmod != p.Typmod:
			return errs.New("42804", "child table \"%s\" has different type for column \"%s\"", rel.Name, p.Name)
		case p.NotNull && !c.NotNull:
			return errs.New("42804", "column \"%s\" in child table must be marked NOT NULL", p.Name)
		case p.Generated != "" && c.Generated == "":
			return errs.New("42804", "column \"%s\" in child table must be a generated column", p.Name)
		case rel.Columns[i].Name != p.Name:
			return r.unsupported(-1, "attaching a table whose columns stand in another order", "Create it with LIKE "+parent.Name+".")
		}
	}
	for _, k := range parent.Constraints {
		if k.Kind != catalog.Check {
			continue
		}
		same := findConstraint(rel, k.Name)
		if same == nil || same.Kind != catalog.Check {
			return errs.New("42804", "child table is missing constraint \"%s\"", k.Name)
		}
		if same.Expr != k.Expr {
			return errs.New("42804", "child table \"%s\" has different definition for check constraint \"%s\"", rel.Name, k.Name)
		}
	}
	return nil
}

// detachPartition is ALTER TABLE ... DETACH PARTITION: the rows get a table of their own.
func (r *run) detachPartition(parent *catalog.Relation, cmd *ast.AlterTableCmd) error {
	if err := r.partitionedParent(parent); err != nil {
		return errs.New("42P17", "table \"%s\" is not partitioned", parent.Name)
	}
	rel, err := r.relation(cmd.Relation)
	if err != nil {
		return err
	}
	if !rel.IsPartition || rel.Parent != parent.OID {
		return errs.New("42P01", "relation \"%s\" is not a partition of relation \"%s\"", rel.Name, parent.Name)
	}
	if rel.Partitioning != nil {
		return r.unsupported(cmd.Pos, "detaching a partitioned table", "Detach its partitions.")
	}
	c := cloneRelation(rel)
	c.Parent, c.IsPartition, c.Bound, c.Store = 0, false, nil, ""
	var defs, names []string
	for _, col := range c.Columns {
		defs = append(defs, layout.Definition(col, r.snap().TypeByOID(col.Type)))
		names = append(names, layout.QuotedColumn(col.Name))
	}
	for _, x := range rel.Indexes {
		if x.Parent == 0 {
			if err := r.dropIndexFile(rel, x); err != nil {
				return err
			}
		}
	}
	for _, x := range c.Indexes {
		x.Parent = 0
	}
	for _, k := range c.Constraints {
		k.Parent = 0
	}
	c.Triggers = without(c.Triggers, func(t *catalog.Trigger) bool { return t.Parent != 0 })
	list := strings.Join(names, ", ")
	for _, sql := range []string{layout.CreateTable(c.Schema, layout.QuotedTable(c), defs),
		"INSERT INTO " + layout.QuotedTable(c) + " (" + list + ") SELECT " + list + " FROM " + layout.Rows(rel) + " ORDER BY _rowid_",
		"DELETE FROM " + layout.QuotedTable(rel) + " WHERE " + layout.Within(rel)} {
		if err := r.tx.Conn.Exec(sql); err != nil {
			return err
		}
	}
	r.edit.PutRelation(c)
	r.refreshLeaves(r.snap().RelationByOID(parent.OID))
	for _, x := range c.Indexes {
		if err := r.rebuildIndex(c, x); err != nil {
			return err
		}
	}
	return nil
}
