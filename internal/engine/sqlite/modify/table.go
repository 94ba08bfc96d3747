package modify

import (
	"sort"
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Compiler makes plans. Its functions are the printer's and the analyser's; it keeps what it learns of a table for as long
// as the snapshot lives. Safe for concurrent use.
type Compiler struct {
	// Query and Row are printer.Query and printer.Row.
	Query func(*catalog.Snapshot, *query.Query, printer.Options) (*printer.Text, error)
	Row   func(*catalog.Snapshot, *query.Query, []query.Expr, printer.Options) (*printer.Text, error)
	// Check analyses a stored condition over the columns of rel; its Vars have RT 1.
	Check func(snap *catalog.Snapshot, rel *catalog.Relation, text string) (query.Expr, error)
	// Default analyses the default (or generation) expression of column c of rel, coerced to the column's type; without one
	// it is the domain's default, or nil when the column is simply NULL.
	Default func(snap *catalog.Snapshot, rel *catalog.Relation, c *catalog.Column) (query.Expr, error)
	// Triggers makes the triggers of rel ready, in the order of their names; nil means that there are none.
	Triggers func(snap *catalog.Snapshot, rel *catalog.Relation) ([]*Trigger, error)

	mu     sync.Mutex
	snap   *catalog.Snapshot
	tables map[catalog.OID]*table
}

// table is what the writing of a relation's rows needs to know. Column positions are 0-based into rel.Columns.
type table struct {
	rel   *catalog.Relation
	snap  *catalog.Snapshot
	types []*types.Type

	insert, remove, byID string

	notNull   []int
	generated []generated
	checks    []*catalog.Constraint
	check     *rowText // one result per entry of checks
	uniques   []*unique
	fks       []*foreignKey // this table refers
	referring []*foreignKey // others refer to this table
	triggers  []*Trigger
	parts     *router // nil unless the table is partitioned

	updates map[string]string // set of columns -> UPDATE text
}

type generated struct {
	column int
	text   *rowText
}

// unique is a unique index.
type unique struct {
	index      *catalog.Index
	constraint *catalog.Constraint // nil for a plain index
	columns    []int               // nil when a key is an expression
	keys       *rowText            // the keys' values over a row (expressions), nil for plain columns
	where      *rowText            // the predicate over a row, nil without
	probe      string              // finds rows with the same key; parameters are the keys
	enforced   bool                // SQLite's own index is unique
}

// foreignKey is a foreign key with its two sides resolved.
type foreignKey struct {
	con           *catalog.Constraint
	child, parent *catalog.Relation
	childCols     []int
	parentCols    []int
	// part is the partition of the parent the key is looked at from, nil for an ordinary parent.
	part *catalog.Relation
}

// rowText is printed expressions over one row (or several side by side) given as parameters.
type rowText struct{ text *printer.Text }

// eval computes the expressions; the parameters are the lists one after the other.
func (r *rowText) eval(tx *session.Tx, lists ...[]types.Datum) ([]types.Datum, error) {
	s, err := tx.Conn.Prepare(r.text.SQL)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	n := 1
	most := s.Params()
	for _, l := range lists {
		for _, d := range l {
			if n > most {
				break
			}
			if err := s.BindAt(n, d); err != nil {
				return nil, err
			}
			n++
		}
	}
	if more, err := s.Step(); err != nil || !more {
		return nil, err
	}
	return s.Row(nil), nil
}

// table gives what is known of rel, learning it on first use.
func (c *Compiler) table(snap *catalog.Snapshot, rel *catalog.Relation) (*table, error) {
	if snap.Base != nil && snap.Base.RelationByOID(rel.OID) != nil {
		return nil, errs.Unsupported("writing system catalog \""+rel.Name+"\"", "Use CREATE, ALTER, DROP, GRANT and COMMENT.")
	}
	c.mu.Lock()
	if c.snap != snap {
		c.snap, c.tables = snap, map[catalog.OID]*table{}
	}
	t := c.tables[rel.OID]
	c.mu.Unlock()
	if t != nil && t.rel == rel {
		return t, nil
	}
	t, err := c.learn(snap, rel)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	if c.snap == snap {
		c.tables[rel.OID] = t
	}
	c.mu.Unlock()
	return t, nil
}

func (c *Compiler) learn(snap *catalog.Snapshot, rel *catalog.Relation) (*table, error) {
	t := &table{rel: rel, snap: snap, insert: printer.InsertRow(rel), remove: printer.DeleteRow(rel),
		byID: printer.RowByID(rel), updates: map[string]string{}}
	for i, col := range rel.Columns {
		t.types = append(t.types, snap.TypeByOID(col.Type))
		if col.NotNull {
			t.notNull = append(t.notNull, i)
		}
		if col.Generated != "" {
			e, err := c.Default(snap, rel, col)
			if err != nil {
				return nil, err
			}
			text, err := c.overRow(snap, rel, e)
			if err != nil {
				return nil, err
			}
			t.generated = append(t.generated, generated{i, text})
		}
	}
	if c.Triggers != nil && len(rel.Triggers) > 0 {
		var err error
		if t.triggers, err = c.Triggers(snap, rel); err != nil {
			return nil, err
		}
	}
	var exprs []query.Expr
	for _, con := range rel.Constraints {
		if con.Kind == catalog.Check {
			t.checks = append(t.checks, con)
		}
	}
	sort.SliceStable(t.checks, func(i, j int) bool { return t.checks[i].Name < t.checks[j].Name })
	for _, con := range t.checks {
		e, err := c.Check(snap, rel, con.Expr)
		if err != nil {
			return nil, err
		}
		exprs = append(exprs, e)
	}
	if len(exprs) > 0 {
		text, err := c.overRow(snap, rel, exprs...)
		if err != nil {
			return nil, err
		}
		t.check = text
	}
	for _, x := range rel.Indexes {
		if !x.Unique {
			continue
		}
		u, err := c.unique(snap, rel, x)
		if err != nil {
			return nil, err
		}
		t.uniques = append(t.uniques, u)
	}
	for _, con := range rel.Constraints {
		if con.Kind == catalog.Exclusion {
			u, err := c.exclusion(snap, rel, con)
			if err != nil {
				return nil, err
			}
			t.uniques = append(t.uniques, u)
		}
	}
	for _, con := range rel.Constraints {
		if con.Kind == catalog.ForeignKey {
			if fk := newForeignKey(snap, rel, con); fk != nil {
				t.fks = append(t.fks, fk)
			}
		}
	}
	if rel.Partitioning != nil {
		var err error
		if t.parts, err = c.router(snap, rel); err != nil {
			return nil, err
		}
	}
	for _, r := range referring(snap, rel) {
		if fk := newForeignKey(snap, r.Table, r.Constraint); fk != nil {
			if fk.parent.OID != rel.OID {
				fk.through(snap, rel)
			}
			t.referring = append(t.referring, fk)
		}
	}
	sort.SliceStable(t.referring, func(i, j int) bool { return t.referring[i].con.OID < t.referring[j].con.OID })
	return t, nil
}

// relQuery is a query whose entry 1 is rel: what expressions over its rows stand in.
func relQuery(snap *catalog.Snapshot, rel *catalog.Relation) *query.Query {
	rte := &query.RTE{Kind: query.RelationRTE, Alias: rel.Name, Relation: rel, Pos: -1}
	for _, col := range rel.Columns {
		rte.Columns = append(rte.Columns, query.RTEColumn{Name: col.Name, Type: snap.TypeByOID(col.Type), Typmod: col.Typmod, Num: col.Num, NotNull: col.NotNull})
	}
	return &query.Query{RTable: []*query.RTE{rte}, From: []query.FromItem{&query.TableRef{RT: 1}}, Pos: -1}
}

// overRow prints expressions over a row of rel given as ?1, ?2, ...
func (c *Compiler) overRow(snap *catalog.Snapshot, rel *catalog.Relation, exprs ...query.Expr) (*rowText, error) {
	text, err := c.Row(snap, relQuery(snap, rel), exprs, printer.Options{ParamBase: len(rel.Columns), Rows: map[int]int{1: 1}})
	if err != nil {
		return nil, err
	}
	return &rowText{text}, nil
}

func (c *Compiler) unique(snap *catalog.Snapshot, rel *catalog.Relation, x *catalog.Index) (*unique, error) {
	u := &unique{index: x, enforced: layout.EnforcedBySQLite(rel, x)}
	for _, con := range rel.Constraints {
		if con.Index == x.OID && (con.Kind == catalog.PrimaryKey || con.Kind == catalog.Unique) {
			u.constraint = con
		}
	}
	plain := x.Where == ""
	for _, k := range x.Keys {
		if k.Column == 0 {
			plain = false
		} else {
			u.columns = append(u.columns, position(rel, k.Column))
		}
	}
	if plain {
		u.probe = printer.OtherByKey(rel, columnsAt(rel, u.columns), x.NullsNotDistinct)
		return u, nil
	}
	var keys, conds []query.Expr
	u.columns = nil
	for i, k := range x.Keys {
		var e query.Expr
		if k.Column != 0 {
			p := position(rel, k.Column)
			col := rel.Columns[p]
			e = &query.Var{T: query.T{Typ: snap.TypeByOID(col.Type), Mod: col.Typmod, Pos: -1}, RT: 1, Col: p, Name: col.Name}
		} else {
			var err error
			if e, err = c.Check(snap, rel, k.Expr); err != nil {
				return nil, err
			}
		}
		keys = append(keys, e)
		conds = append(conds, &query.Distinct{T: boolT(), Not: true, Fn: equality(snap, e.Type()), Left: e,
			Right: &query.Param{T: query.T{Typ: e.Type(), Mod: -1, Pos: -1}, Number: i + 1}})
	}
	return u, c.probe(snap, rel, u, keys, conds)
}

// probe makes the query that looks for another row: conds compare its keys with parameters.
func (c *Compiler) probe(snap *catalog.Snapshot, rel *catalog.Relation, u *unique, keys, conds []query.Expr) (err error) {
	q := relQuery(snap, rel)
	q.Targets = []*query.Target{{Expr: &query.Var{T: query.T{Typ: types.ByOID(types.TIDOID), Mod: -1, Pos: -1}, RT: 1, Col: query.SysCtid}, Name: "ctid"}}
	if u.keys, err = c.overRow(snap, rel, keys...); err != nil {
		return err
	}
	if u.index.Where != "" {
		e, err := c.Check(snap, rel, u.index.Where)
		if err != nil {
			return err
		}
		if u.where, err = c.overRow(snap, rel, e); err != nil {
			return err
		}
		conds = append(conds, e)
	}
	q.Where = conds[0]
	if len(conds) > 1 {
		q.Where = &query.Bool{T: boolT(), Op: "and", Args: conds}
	}
	probe, err := c.Query(snap, q, printer.Options{})
	if err != nil {
		return err
	}
	u.probe = probe.SQL
	return nil
}

func boolT() query.T { return query.T{Typ: types.ByOID(types.BoolOID), Mod: -1, Pos: -1} }

// equality finds the function of the = operator of a type; nil for types compared by a generic one.
func equality(snap *catalog.Snapshot, t *types.Type) *catalog.Function {
	t = t.Underlying()
	for _, op := range snap.OperatorsNamed("pg_catalog", "=") {
		if op.Left == t.OID && op.Right == t.OID {
			return op.Function
		}
	}
	return nil
}

func newForeignKey(snap *catalog.Snapshot, child *catalog.Relation, con *catalog.Constraint) *foreignKey {
	parent := snap.RelationByOID(con.RefTable)
	if parent == nil {
		return nil
	}
	fk := &foreignKey{con: con, child: child, parent: parent}
	for _, n := range con.Columns {
		fk.childCols = append(fk.childCols, position(child, n))
	}
	for _, n := range con.RefColumns {
		fk.parentCols = append(fk.parentCols, position(parent, n))
	}
	return fk
}

// referring gives the foreign keys to a table, and those to the partitioned tables it is a part of. The copies that partitions
// have of a key are left out: the partitioned table's own stands for them.
func referring(snap *catalog.Snapshot, rel *catalog.Relation) []*catalog.Referrer {
	var out []*catalog.Referrer
	for rel != nil {
		for _, r := range snap.Referring(rel.OID) {
			if r.Constraint.Parent == 0 {
				out = append(out, r)
			}
		}
		if !rel.IsPartition {
			break
		}
		rel = snap.RelationByOID(rel.Parent)
	}
	return out
}

// position is where the column with a catalog number stands in the relation's columns.
func position(rel *catalog.Relation, num int32) int {
	for i, c := range rel.Columns {
		if c.Num == num {
			return i
		}
	}
	return -1
}

func columnsAt(rel *catalog.Relation, at []int) []*catalog.Column {
	out := make([]*catalog.Column, len(at))
	for i, p := range at {
		out[i] = rel.Columns[p]
	}
	return out
}

func pick(row []types.Datum, at []int) []types.Datum {
	out := make([]types.Datum, len(at))
	for i, p := range at {
		out[i] = row[p]
	}
	return out
}

func anyNull(values []types.Datum) bool {
	for _, v := range values {
		if v.IsNull() {
			return true
		}
	}
	return false
}
