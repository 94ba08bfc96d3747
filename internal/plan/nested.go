package plan

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Link tells how rows nested in another row's body are written. Columns of the row and of the nested one hold the same
// values: Own[i] and Other[i].
type Link struct {
	// Table is the nested rows' relation, in the schema of the row's.
	Table string
	// Before says that the nested row is there first: the row refers to it.
	Before bool
	// Many says that there can be several nested rows.
	Many       bool
	Own, Other []string
	// Junction is the relation that refers to both, "" when there is none. Then Own are the columns of the row that
	// JunctionOwn refers to, and Other those of the nested rows that JunctionOther refers to.
	Junction                   string
	JunctionOwn, JunctionOther []string
}

// Link finds how rows under a key of a body are related to the row: the key is a relationship as select names it,
// target or target!hint. ok is false when the key is a column, or nothing that is known, which the insert will say.
func (m *Model) Link(role, schema, table, key string) (link Link, ok bool, err error) {
	t := m.Table(schema, table)
	if t == nil || t.Column(key) != nil {
		return Link{}, false, nil
	}
	target, hint, hasHint := strings.Cut(key, "!")
	r, err := m.findRelationship(role, schema, table, target, hint, hasHint)
	if err != nil {
		if e := errs.Of(err); e != nil && e.Code == "PGRST200" {
			return Link{}, false, nil
		}
		return Link{}, false, err
	}
	if r.Function != nil || r.Foreign.Schema != schema || r.TableIsView || r.ForeignIsView {
		return Link{}, false, nil
	}
	link = Link{Table: r.Foreign.Name, Own: own(r.Columns), Other: other(r.Columns)}
	switch r.Cardinality {
	case ManyToOne:
		link.Before = true
	case OneToOne:
		link.Before = !r.Parent
	case OneToMany:
		link.Many = true
	case ManyToMany:
		if r.Junction.Schema != schema {
			return Link{}, false, nil
		}
		link.Many, link.Junction = true, r.Junction.Name
		link.Own, link.JunctionOwn = own(r.SourceColumns), other(r.SourceColumns)
		// The target's pairs are seen from the foreign relation.
		link.Other, link.JunctionOther = own(r.TargetColumns), other(r.TargetColumns)
	}
	return link, true, nil
}

// KeyColumns are the columns of a relation's primary key, nil for none.
func (m *Model) KeyColumns(schema, table string) []string {
	if t := m.Table(schema, table); t != nil {
		return slices.Clone(t.Key)
	}
	return nil
}
