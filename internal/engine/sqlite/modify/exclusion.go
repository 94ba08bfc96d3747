package modify

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// exclusion learns an exclusion constraint as a unique index whose keys are compared by other operators.
func (c *Compiler) exclusion(snap *catalog.Snapshot, rel *catalog.Relation, con *catalog.Constraint) (*unique, error) {
	u := &unique{constraint: con}
	for _, x := range rel.Indexes {
		if x.OID == con.Index {
			u.index = x
		}
	}
	if u.index == nil {
		return nil, errs.Internal("exclusion constraint "+con.Name, nil)
	}
	var keys, conds []query.Expr
	for i, k := range u.index.Keys {
		text := k.Expr
		if k.Column != 0 {
			text = session.QuoteIdentifier(rel.ColumnByNum(k.Column).Name)
		}
		e, err := c.Check(snap, rel, "("+text+") OPERATOR("+con.Operators[i]+") ("+text+")")
		if err != nil {
			return nil, err
		}
		op, ok := e.(*query.Op)
		if !ok || len(op.Args) != 2 {
			return nil, errs.Internal("operator of exclusion constraint "+con.Name, nil)
		}
		key := op.Args[1]
		keys = append(keys, key)
		with := *op
		with.Args = []query.Expr{op.Args[0], &query.Param{T: query.T{Typ: key.Type(), Mod: -1, Pos: -1}, Number: i + 1}}
		conds = append(conds, &with)
	}
	return u, c.probe(snap, rel, u, keys, conds)
}

// excludes says whether the index stands behind an exclusion constraint.
func (u *unique) excludes() bool {
	return u.constraint != nil && u.constraint.Kind == catalog.Exclusion
}

// exclusionError is the conflict of a row with these keys with another.
func (s *statement) exclusionError(t *table, u *unique, keys []types.Datum, other int64) error {
	e := errs.New("23P01", "conflicting key value violates exclusion constraint \"%s\"", u.constraint.Name)
	e.Schema, e.Table, e.Constraint = t.rel.Schema, t.rel.Name, u.constraint.Name
	if restricted(s.tx, t.rel) || s.tx.Snapshot.RelationRights(s.tx.Role(), t.rel)&catalog.Select == 0 {
		return e
	}
	detail, err := s.conflicting(t, u, keys, other)
	if err != nil {
		return err
	}
	return e.WithDetail("Key %s conflicts with existing key %s.", detail[0], detail[1])
}

// conflicting prints the keys of two rows in conflict.
func (s *statement) conflicting(t *table, u *unique, keys []types.Datum, other int64) (out [2]string, err error) {
	row, err := s.row(t, other)
	if err != nil || row == nil {
		return out, err
	}
	there, err := u.keys.eval(s.tx, row)
	if err != nil {
		return out, err
	}
	var names []string
	for _, k := range u.index.Keys {
		if k.Column != 0 {
			names = append(names, session.QuoteIdentifier(t.rel.ColumnByNum(k.Column).Name))
		} else {
			names = append(names, sysview.Define(s.tx).KeyExpr(t.rel, k.Expr))
		}
	}
	for i, list := range [][]types.Datum{keys, there} {
		var values []string
		for j, v := range list {
			values = append(values, shown(u.keys.text.Columns[j].Type, v, s.tx.Env()))
		}
		out[i] = "(" + strings.Join(names, ", ") + ")=(" + strings.Join(values, ", ") + ")"
	}
	return out, nil
}

// CheckExclusion looks for two rows of a table that an exclusion constraint does not allow together.
func (c *Compiler) CheckExclusion(tx *session.Tx, rel *catalog.Relation, con *catalog.Constraint) error {
	t, err := c.table(tx.Snapshot, rel)
	if err != nil {
		return err
	}
	s := &statement{c: c, tx: tx}
	for _, u := range t.uniques {
		if u.constraint == nil || u.constraint.OID != con.OID {
			continue
		}
		var ids []int64
		if err := tx.Conn.Query(printer.AllIDs(rel), func(row []types.Datum) error {
			ids = append(ids, row[0].I)
			return nil
		}); err != nil {
			return err
		}
		for _, id := range ids {
			row, err := s.row(t, id)
			if err != nil {
				return err
			}
			keys, other, err := s.other(t, u, row, id)
			if err != nil {
				return err
			}
			if other == 0 {
				continue
			}
			e := errs.New("23P01", "could not create exclusion constraint \"%s\"", con.Name)
			e.Schema, e.Table, e.Constraint = rel.Schema, rel.Name, con.Name
			detail, err := s.conflicting(t, u, keys, other)
			if err != nil {
				return err
			}
			return e.WithDetail("Key %s conflicts with key %s.", detail[0], detail[1])
		}
	}
	return nil
}
