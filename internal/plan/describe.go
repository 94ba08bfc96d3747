package plan

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
)

// Tables gives the exposed relations of a schema, sorted by name.
func (m *Model) Tables(schema string) []*Table {
	var out []*Table
	for n, t := range m.tables {
		if n.Schema == schema {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b *Table) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Callable gives the functions of an exposed schema that can be called through the API.
func (m *Model) Callable(schema string) []*catalog.Function {
	var out []*catalog.Function
	for _, f := range m.Snapshot.Functions {
		if f.Schema == schema && m.exposed(schema) && m.callable(f) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *catalog.Function) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// Visible says whether the role may know of the relation.
func (m *Model) Visible(role string, r *catalog.Relation) bool { return m.visible(role, r) }

// RefersTo gives the table and column that a column refers to by a foreign key of its own, tables before views.
func (m *Model) RefersTo(t *Table, column string) (table, to string, ok bool) {
	for _, views := range []bool{false, true} {
		for _, r := range m.relations[relationKey{nameOf(t.Relation), t.Schema}] {
			if r.Function != nil || r.ForeignIsView != views || len(r.Columns) != 1 || r.Columns[0].own != column {
				continue
			}
			if r.Cardinality == ManyToOne || r.Cardinality == OneToOne && !r.Parent {
				return r.Foreign.Name, r.Columns[0].other, true
			}
		}
	}
	return "", "", false
}
