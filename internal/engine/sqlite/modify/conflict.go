package modify

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// conflict is INSERT's ON CONFLICT clause.
type conflict struct {
	table    *table
	update   bool
	arbiters []*unique
	set      []setter
	written  map[int]bool
	values   *rowExprs // over the existing row, then the proposed one
	where    *rowExprs // likewise; nil without
	existing *checks   // row security on the row that would be updated
	updated  *checks
	view     *checks
	defaults map[int]*defaults
}

// conflict compiles the clause. written are the columns the statement gives values to; those the clause assigns are added.
func (b *builder) conflict(t *table, view *checks, written map[int]bool) (*conflict, error) {
	oc := b.q.OnConflict
	if oc == nil {
		return nil, nil
	}
	c := &conflict{table: t, update: oc.Update, written: written, view: view, defaults: map[int]*defaults{}}
	for _, u := range t.uniques {
		wanted := len(oc.Arbiters) == 0
		for _, x := range oc.Arbiters {
			wanted = wanted || x.OID == u.index.OID
		}
		if !wanted {
			continue
		}
		if u.constraint != nil && u.constraint.Deferrable {
			if len(oc.Arbiters) > 0 {
				return nil, deferrableArbiter()
			}
		}
		c.arbiters = append(c.arbiters, u)
	}
	if !oc.Update {
		return c, nil
	}
	for _, a := range oc.Assign {
		p := position(t.rel, a.Column.Num)
		c.written[p] = true
		if _, ok := a.Expr.(*query.SetToDefault); ok {
			d, err := b.defaults(t, map[int]bool{p: true})
			if err != nil {
				return nil, err
			}
			d.at = []int{p}
			c.defaults[p] = d
		}
	}
	var exprs []query.Expr
	var err error
	c.set, exprs = b.setters(t, oc.Assign)
	if c.values, err = b.over(exprs, b.q.Result, oc.ExcludedRT); err != nil {
		return nil, err
	}
	if oc.Where != nil {
		if c.where, err = b.over([]query.Expr{oc.Where}, b.q.Result, oc.ExcludedRT); err != nil {
			return nil, err
		}
	}
	if c.existing, err = b.checks(t, "conflict update"); err != nil {
		return nil, err
	}
	c.updated, err = b.checks(t, "update")
	return c, err
}

func deferrableArbiter() error {
	return errs.New("55000", "ON CONFLICT does not support deferrable unique constraints/exclusion constraints as arbiters")
}

// resolve looks for a row in the way of the proposed one. handled is false when there is none; otherwise the row is the
// updated one, nil when nothing was written.
func (c *conflict) resolve(s *statement, ps *params, proposed []types.Datum, touched map[int64]bool) (row []types.Datum, handled bool, err error) {
	var id int64
	for _, u := range c.arbiters {
		if u.constraint != nil && u.constraint.Deferrable {
			return nil, false, deferrableArbiter()
		}
		if _, id, err = s.other(c.table, u, proposed, 0); err != nil {
			return nil, false, err
		}
		if id != 0 {
			break
		}
	}
	if id == 0 {
		return nil, false, nil
	}
	if !c.update {
		return nil, true, nil
	}
	if touched[id] {
		return nil, false, errs.New("21000", "ON CONFLICT DO UPDATE command cannot affect row a second time").
			WithHint("Ensure that no rows proposed for insertion within the same command have duplicate constrained values.")
	}
	old, err := s.row(c.table, id)
	if err != nil {
		return nil, false, err
	}
	if c.where != nil {
		v, err := c.where.eval(s, ps, old, proposed)
		if err != nil {
			return nil, false, err
		}
		if v[0].IsNull() || !v[0].Bool() {
			return nil, true, nil
		}
	}
	if err := c.existing.verify(s, ps, old, c.written); err != nil {
		return nil, false, err
	}
	next := append([]types.Datum(nil), old...)
	if c.values != nil {
		values, err := c.values.eval(s, ps, old, proposed)
		if err != nil {
			return nil, false, err
		}
		if err := s.set(c.set, next, values); err != nil {
			return nil, false, err
		}
	}
	for p, d := range c.defaults {
		next[p] = types.Null()
		if err := d.fill(s.tx, next); err != nil {
			return nil, false, err
		}
	}
	next, skip, err := s.rewrite(c.table, ps, id, old, next, c.written, c.updated, c.view)
	if err != nil {
		return nil, false, err
	}
	if skip {
		return nil, true, nil
	}
	touched[id] = true
	return next, true, nil
}
