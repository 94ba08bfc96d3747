package guard

import (
	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/query"
)

// security adds row security to a tree.
type security struct {
	snap  *catalog.Snapshot
	role  string
	cache *analyze.Cache
	// active are the tables whose policies' subqueries are being secured: meeting one of them again is a recursion.
	active []catalog.OID
}

// target is a range table entry being secured.
type target struct {
	rte    *query.RTE
	number int
}

// addRowSecurity gives a copy of the tree in which every table row security applies to has its conditions: on reading
// (RTE.Security) and on written rows (RTE.Checks), as PostgreSQL's rewriter adds them.
func addRowSecurity(snap *catalog.Snapshot, role string, q *query.Query, cache *analyze.Cache) (*query.Query, error) {
	s := &security{snap: snap, role: role, cache: cache}
	out := q.Clone()
	if err := s.query(out); err != nil {
		return nil, err
	}
	markBarriers(out)
	return out, nil
}

// query secures q, which is the caller's own copy, in place.
func (s *security) query(q *query.Query) error {
	if q == nil {
		return nil
	}
	for i, r := range q.RTable {
		if err := s.query(r.Subquery); err != nil {
			return err
		}
		if r.Kind == query.RelationRTE && r.Relation != nil {
			if err := s.entry(q, &target{r, i + 1}); err != nil {
				return err
			}
		}
	}
	for _, w := range q.CTEs {
		if err := s.query(w.Query); err != nil {
			return err
		}
	}
	if err := s.query(q.Source); err != nil {
		return err
	}
	// The conditions just added are secured already; their subqueries must not be secured again.
	added := map[query.Expr]bool{}
	for _, r := range q.RTable {
		for _, e := range r.Security {
			added[e] = true
		}
		for _, c := range r.Checks {
			if c.View == "" {
				added[c.Expr] = true
			}
		}
	}
	var first error
	q.MapExprs(func(e query.Expr) query.Expr {
		if first != nil || added[e] {
			return e
		}
		out, err := s.expr(e)
		if err != nil {
			first = err
			return e
		}
		return out
	})
	return first
}

// expr secures the subqueries of an expression and gives the expression with the copies.
func (s *security) expr(e query.Expr) (query.Expr, error) {
	if !hasSubLink(e) {
		return e, nil
	}
	var first error
	out := query.Map(e, func(x query.Expr) query.Expr {
		link, ok := x.(*query.SubLink)
		if !ok || first != nil {
			return x
		}
		c := *link
		c.Query = link.Query.Clone()
		if err := s.query(c.Query); err != nil {
			first = err
		}
		return &c
	})
	return out, first
}

// applies says whether row security filters what role sees of a table.
func (s *security) applies(rel *catalog.Relation, role string) bool {
	if !rel.RowSecurity || s.snap.BypassesRLS(role) {
		return false
	}
	return rel.ForceRowSecurity || !s.snap.Inherits(role, rel.Owner)
}

// entry secures one table of q.
func (s *security) entry(q *query.Query, t *target) error {
	rel := t.rte.Relation
	role := t.rte.CheckAs
	if role == "" {
		role = s.role
	}
	if !s.applies(rel, role) {
		return nil
	}
	if q.Result != t.number {
		if excluded(q, t.number) {
			return nil
		}
		if locks(q, t.number) {
			if err := s.quals(t, s.policiesFor(rel, forUpdate, role)); err != nil {
				return err
			}
		}
		return s.quals(t, s.policiesFor(rel, forSelect, role))
	}
	reads := len(t.rte.Selected) > 0
	selects := s.policiesFor(rel, forSelect, role)
	switch q.Command {
	case query.Update, query.Delete:
		command := forUpdate
		if q.Command == query.Delete {
			command = forDelete
		}
		own := s.policiesFor(rel, command, role)
		if err := s.quals(t, own); err != nil {
			return err
		}
		if reads {
			if err := s.quals(t, selects); err != nil {
				return err
			}
		}
		if q.Command == query.Delete {
			return nil
		}
		if err := s.checks(t, "update", own, false); err != nil || !reads {
			return err
		}
		return s.checks(t, "update", selects, true)
	case query.Insert:
		if err := s.checks(t, "insert", s.policiesFor(rel, forInsert, role), false); err != nil {
			return err
		}
		if reads {
			if err := s.checks(t, "insert", selects, true); err != nil {
				return err
			}
		}
		if q.OnConflict == nil || !q.OnConflict.Update {
			return nil
		}
		updates := s.policiesFor(rel, forUpdate, role)
		if err := s.checks(t, "conflict update", updates, true); err != nil {
			return err
		}
		if reads {
			if err := s.checks(t, "conflict update", selects, true); err != nil {
				return err
			}
		}
		if err := s.checks(t, "update", updates, false); err != nil || !reads {
			return err
		}
		return s.checks(t, "update", selects, true)
	}
	return s.quals(t, selects)
}

// excluded says that an entry is ON CONFLICT's EXCLUDED: the proposed row, not a reading of the table.
func excluded(q *query.Query, rt int) bool {
	return q.OnConflict != nil && q.OnConflict.ExcludedRT == rt
}

func locks(q *query.Query, rt int) bool {
	for _, l := range q.Locks {
		for _, of := range l.Of {
			if of == rt {
				return true
			}
		}
	}
	return false
}
