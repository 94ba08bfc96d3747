package plan

import (
	"slices"

	"github.com/basement-project/basement/internal/catalog"
)

// findRelationship finds the relationship an embed means: from origin to target, in one schema. A missing hint is "".
func (m *Model) findRelationship(role, schema, origin, target, hint string, hasHint bool) (*Relationship, error) {
	var found []*Relationship
	for _, r := range m.relations[relationKey{catalog.Name{Schema: schema, Name: origin}, schema}] {
		if r.meant(target, hint, hasHint) {
			found = append(found, r)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return nil, m.noRelationship(role, schema, origin, target, hint, hasHint)
	}
	return nil, ambiguousRelationship(origin, target, found)
}

// meant says whether the relationship is one that target and hint speak of.
func (r *Relationship) meant(target, hint string, hasHint bool) bool {
	if r.Function != nil {
		return target == r.Function.Name
	}
	named := target == r.Foreign.Name
	if r.Self {
		// One key gives both directions here: the table's name means the many, the column's the one.
		if hasHint {
			return named && r.Cardinality == OneToMany && r.singleOther(hint)
		}
		return named && r.Cardinality == OneToMany || r.singleOwn(target) && r.Cardinality == ManyToOne
	}
	if !hasHint {
		return named || !r.ForeignIsView && (r.keyed(target) || r.singleOwn(target))
	}
	return named && (r.keyed(hint) || r.singleOwn(hint) || r.singleOther(hint) ||
		r.Cardinality == ManyToMany && hint == r.Junction.Name)
}

func (r *Relationship) keyed(constraint string) bool {
	return r.Cardinality != ManyToMany && r.Constraint == constraint
}

func (r *Relationship) singleOwn(column string) bool {
	return r.Cardinality != ManyToMany && len(r.Columns) == 1 && r.Columns[0].own == column
}

func (r *Relationship) singleOther(column string) bool {
	return r.Cardinality != ManyToMany && len(r.Columns) == 1 && r.Columns[0].other == column
}

// visible says whether the role may know of the relation: it holds any privilege on it or on one of its columns.
func (m *Model) visible(role string, t *catalog.Relation) bool {
	if t == nil {
		return false
	}
	s := m.Snapshot.Schema(t.Schema)
	if s != nil && !m.Snapshot.MayUse(role, s) {
		return false
	}
	if m.Snapshot.RelationRights(role, t) != 0 {
		return true
	}
	return slices.ContainsFunc(t.Columns, func(c *catalog.Column) bool { return m.Snapshot.ColumnRights(role, t, c) != 0 })
}
