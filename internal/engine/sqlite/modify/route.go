package modify

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/partition"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// router finds the partition of a row of a partitioned table. All its partitions have the table's columns in its order.
type router struct {
	keys  *rowText
	names []string
	set   *partition.Set
}

// router learns how a partitioned table routes.
func (c *Compiler) router(snap *catalog.Snapshot, rel *catalog.Relation) (*router, error) {
	exprs := make([]query.Expr, len(rel.Partitioning.Keys))
	keyTypes := make([]*types.Type, len(exprs))
	r := &router{}
	for i, k := range rel.Partitioning.Keys {
		if k.Column != 0 {
			p := position(rel, k.Column)
			col := rel.Columns[p]
			exprs[i] = &query.Var{T: query.T{Typ: snap.TypeByOID(col.Type), Mod: col.Typmod, Pos: -1}, RT: 1, Col: p, Name: col.Name}
			r.names = append(r.names, col.Name)
		} else {
			e, err := c.Check(snap, rel, k.Expr)
			if err != nil {
				return nil, err
			}
			exprs[i] = e
			r.names = append(r.names, k.Expr)
		}
		keyTypes[i] = exprs[i].Type()
	}
	var err error
	if r.keys, err = c.overRow(snap, rel, exprs...); err != nil {
		return nil, err
	}
	r.set, err = partition.Read(rel.Partitioning.Strategy, keyTypes, snap.Partitions(rel.OID), &types.Env{Type: snap.TypeByOID})
	return r, err
}

// leaf finds the table a row is written to: t itself unless it is partitioned.
func (s *statement) leaf(t *table, row []types.Datum) (*table, error) {
	for t.parts != nil {
		key, err := t.parts.keys.eval(s.tx, row)
		if err != nil {
			return nil, err
		}
		rel, err := t.parts.set.Find(key)
		if err != nil {
			return nil, err
		}
		if rel == nil {
			return nil, s.noPartition(t, key)
		}
		if t, err = s.c.table(s.tx.Snapshot, s.tx.Snapshot.RelationByOID(rel.OID)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (s *statement) noPartition(t *table, key []types.Datum) error {
	e := errs.New("23514", "no partition of relation \"%s\" found for row", t.rel.Name)
	e.Schema, e.Table = t.rel.Schema, t.rel.Name
	if restricted(s.tx, t.rel) {
		return e
	}
	if s.tx.Snapshot.RelationRights(s.tx.Role(), t.rel)&catalog.Select == 0 {
		return e
	}
	values, names := make([]string, len(key)), make([]string, len(key))
	for i, k := range key {
		names[i] = t.parts.names[i]
		if t.rel.Partitioning.Keys[i].Column == 0 {
			names[i] = sysview.Define(s.tx).KeyExpr(t.rel, names[i])
		}
		values[i] = shown(t.parts.set.Types[i], k, s.tx.Env())
	}
	return e.WithDetail("Partition key of the failing row contains (%s) = (%s).", strings.Join(names, ", "), strings.Join(values, ", "))
}

// belongs checks that a row written to a partition by its own name may be in it.
func (s *statement) belongs(t *table, row []types.Datum, written map[int]bool) error {
	if !t.rel.IsPartition {
		return nil
	}
	snap := s.tx.Snapshot
	for rel := t.rel; rel.IsPartition; {
		parent := snap.RelationByOID(rel.Parent)
		if parent == nil {
			return nil
		}
		pt, err := s.c.table(snap, parent)
		if err != nil {
			return err
		}
		key, err := pt.parts.keys.eval(s.tx, row)
		if err != nil {
			return err
		}
		found, err := pt.parts.set.Find(key)
		if err != nil {
			return err
		}
		if found == nil || found.OID != rel.OID {
			e := errs.New("23514", "new row for relation \"%s\" violates partition constraint", t.rel.Name)
			e.Detail = failingRow(s.tx, t, row, written)
			e.Schema, e.Table = t.rel.Schema, t.rel.Name
			return e
		}
		rel = parent
	}
	return nil
}

// moved writes an updated row whose partition is another one now: a delete there and an insert here, as PostgreSQL does it.
func (s *statement) moved(t, from *table, ps *params, id int64, old, next []types.Datum, written map[int]bool, updated *checks) (row []types.Datum, skip bool, err error) {
	_, skip, err = s.beforeRow(from, ast.TriggerOnDelete, id, old, nil, nil)
	if err != nil || skip {
		return nil, skip, err
	}
	to, err := s.leaf(t, next)
	if err != nil {
		return nil, false, err
	}
	if next, skip, err = s.beforeRow(to, ast.TriggerOnInsert, 0, nil, next, nil); err != nil || skip {
		return nil, skip, err
	}
	if err := s.stays(t, to, next); err != nil {
		return nil, false, err
	}
	if err := s.complete(to, next); err != nil {
		return nil, false, err
	}
	if err := updated.verify(s, ps, next, written); err != nil {
		return nil, false, err
	}
	if err := s.constrain(to, next, written); err != nil {
		return nil, false, err
	}
	if err := s.write(printer.MoveRow(to.rel), types.Int(id)); err != nil {
		return nil, false, err
	}
	if err := s.updateRow(to, id, old, next); err != nil {
		return nil, false, err
	}
	if err := s.afterRow(from, ast.TriggerOnDelete, old, nil, nil); err != nil {
		return nil, false, err
	}
	return next, false, s.afterRow(to, ast.TriggerOnInsert, nil, next, nil)
}

// stays refuses what a BEFORE trigger made of a row when it belongs elsewhere now.
func (s *statement) stays(t, leaf *table, row []types.Datum) error {
	if t.parts == nil || len(leaf.triggers) == 0 {
		return nil
	}
	now, err := s.leaf(t, row)
	if err != nil {
		return err
	}
	if now.rel.OID != leaf.rel.OID {
		return errs.New("0A000", "moving row to another partition during a BEFORE FOR EACH ROW trigger is not supported").
			WithDetail("Before executing trigger \"%s\", the row was to be in partition \"%s.%s\".", leaf.triggers[0].Name, leaf.rel.Schema, leaf.rel.Name)
	}
	return nil
}

// through makes a key to a partitioned table the one PostgreSQL has for a partition of it: numbered by the partitions.
func (fk *foreignKey) through(snap *catalog.Snapshot, part *catalog.Relation) {
	fk.part = part
	con := *fk.con
	for i, p := range snap.Partitions(fk.parent.OID) {
		if p.OID == part.OID {
			con.Name += strconv.Itoa(i + 1)
		}
	}
	fk.con = &con
}

// withSystem makes a system column of the written row a parameter with the given number, because the row itself does not tell.
func withSystem(exprs []query.Expr, rt, column, number int) (out []query.Expr, found bool) {
	for _, e := range exprs {
		out = append(out, query.Map(e, func(e query.Expr) query.Expr {
			v, ok := e.(*query.Var)
			if !ok || v.Levels != 0 || v.RT != rt || v.Col != column {
				return e
			}
			found = true
			return &query.Param{T: v.T, Number: number}
		}))
	}
	return out, found
}
