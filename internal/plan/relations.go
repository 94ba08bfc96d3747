package plan

import (
	"slices"
	"sort"

	"github.com/basement-project/basement/internal/catalog"
)

// deriveRelations finds every relationship: foreign keys, what views show of them, junctions, and functions from rows
// to rows, which take the place of relationships they are named after.
func (m *Model) deriveRelations() {
	base := m.foreignKeys()
	deps := m.viewKeys()
	all := append(slices.Clip(base), viewRelations(base, deps)...)
	all = append(all, m.junctions(all)...)
	all = append(all, inverse(all)...)

	type pair struct{ table, foreign catalog.Name }
	merged := map[pair][]*Relationship{}
	for _, r := range all {
		k := pair{r.Table, r.Foreign}
		merged[k] = append(merged[k], r)
	}
	for _, r := range m.computed() {
		merged[pair{r.Table, catalog.Name{Schema: r.Function.Schema, Name: r.Function.Name}}] = []*Relationship{r}
	}
	m.relations = map[relationKey][]*Relationship{}
	for k, list := range merged {
		if !m.exposed(k.table.Schema) {
			continue
		}
		key := relationKey{k.table, k.foreign.Schema}
		if m.relations[key] == nil {
			m.relations[key] = []*Relationship{} // known to have relationships, even when none is exposed
		}
		for _, r := range list {
			if !m.exposed(r.Foreign.Schema) || r.Function == nil && r.Cardinality == ManyToMany && !m.exposed(r.Junction.Schema) {
				continue
			}
			m.relations[key] = append(m.relations[key], r)
		}
	}
	for _, list := range m.relations {
		slices.SortFunc(list, (*Relationship).compare)
	}
}

func nameOf(r *catalog.Relation) catalog.Name { return catalog.Name{Schema: r.Schema, Name: r.Name} }

// foreignKeys gives the many-to-one and one-to-one relationships of the tables themselves.
func (m *Model) foreignKeys() []*Relationship {
	var out []*Relationship
	for _, t := range m.Snapshot.Relations {
		if t.IsPartition {
			continue
		}
		for _, c := range t.Constraints {
			if c.Kind != catalog.ForeignKey {
				continue
			}
			f := m.Snapshot.RelationByOID(c.RefTable)
			if f == nil || f.IsPartition || len(c.Columns) != len(c.RefColumns) {
				continue
			}
			r := &Relationship{Table: nameOf(t), Foreign: nameOf(f), Self: t == f, Cardinality: ManyToOne, Constraint: c.Name}
			if isKey(t, c.Columns) {
				r.Cardinality = OneToOne
			}
			for i, num := range c.Columns {
				a, b := t.ColumnByNum(num), f.ColumnByNum(c.RefColumns[i])
				if a == nil || b == nil {
					continue
				}
				r.Columns = append(r.Columns, columnPair{a.Name, b.Name})
			}
			out = append(out, r)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].compare(out[j]) < 0 })
	return out
}

// isKey says whether the columns are exactly those of a primary key or unique constraint.
func isKey(t *catalog.Relation, columns []int32) bool {
	want := slices.Sorted(slices.Values(columns))
	for _, c := range t.Constraints {
		if (c.Kind == catalog.PrimaryKey || c.Kind == catalog.Unique) && slices.Equal(slices.Sorted(slices.Values(c.Columns)), want) {
			return true
		}
	}
	return false
}

type keyKind uint8

const (
	primary   keyKind = iota
	referring         // the columns of a foreign key
	referred          // the columns a foreign key refers to
)

// viewKey is a key of a table all of whose columns a view shows; for each key column, the view's columns.
type viewKey struct {
	table, view catalog.Name
	constraint  string
	kind        keyKind
	columns     [][]string
}

// viewKeys finds the keys that views show, and gives views the primary keys among them.
func (m *Model) viewKeys() []viewKey {
	type key struct {
		name    string
		kind    keyKind
		columns []string
	}
	keys := map[catalog.Name][]key{}
	names := func(r *catalog.Relation, nums []int32) []string {
		var out []string
		for _, n := range nums {
			if c := r.ColumnByNum(n); c != nil {
				out = append(out, c.Name)
			}
		}
		return out
	}
	for _, t := range m.Snapshot.Relations {
		if t.IsPartition {
			continue
		}
		for _, c := range t.Constraints {
			switch c.Kind {
			case catalog.PrimaryKey:
				keys[nameOf(t)] = append(keys[nameOf(t)], key{c.Name, primary, names(t, c.Columns)})
			case catalog.ForeignKey:
				keys[nameOf(t)] = append(keys[nameOf(t)], key{c.Name, referring, names(t, c.Columns)})
				if f := m.Snapshot.RelationByOID(c.RefTable); f != nil && !f.IsPartition {
					keys[nameOf(f)] = append(keys[nameOf(f)], key{c.Name, referred, names(f, c.RefColumns)})
				}
			}
		}
	}
	var out []viewKey
	for _, v := range m.Snapshot.Relations {
		if v.View == nil || !m.exposed(v.Schema) {
			continue
		}
		shown := map[catalog.ColumnRef][]string{}
		var bases []catalog.Name
		for i := range v.Columns {
			for _, ref := range m.sources(v, i, 0) {
				shown[ref] = append(shown[ref], v.Columns[i].Name)
				if n := (catalog.Name{Schema: ref.Schema, Name: ref.Relation}); !slices.Contains(bases, n) {
					bases = append(bases, n)
				}
			}
		}
		for _, b := range bases {
			for _, k := range keys[b] {
				dep := viewKey{table: b, view: nameOf(v), constraint: k.name, kind: k.kind}
				for _, c := range k.columns {
					if cols := shown[catalog.ColumnRef{Schema: b.Schema, Relation: b.Name, Column: c}]; cols != nil {
						dep.columns = append(dep.columns, cols)
					}
				}
				if len(dep.columns) != len(k.columns) {
					continue
				}
				out = append(out, dep)
				if t := m.tables[nameOf(v)]; k.kind == primary && t != nil {
					for _, cols := range dep.columns {
						t.Key = append(t.Key, cols[0])
					}
				}
			}
		}
	}
	return out
}

// sources gives the base tables' columns behind column i of a view, through views over views.
func (m *Model) sources(v *catalog.Relation, i, depth int) []catalog.ColumnRef {
	if v.View == nil || i >= len(v.View.Sources) || depth > 64 {
		return nil
	}
	var out []catalog.ColumnRef
	for _, ref := range v.View.Sources[i] {
		r := m.Snapshot.Relation(ref.Schema, ref.Relation)
		if r == nil || r.View == nil {
			out = append(out, ref)
			continue
		}
		for k, c := range r.Columns {
			if c.Name == ref.Column {
				out = append(out, m.sources(r, k, depth+1)...)
			}
		}
	}
	return out
}

// combinations gives every choice of one view column for each key column.
func combinations(columns [][]string) [][]string {
	out := [][]string{nil}
	for _, choice := range columns {
		var next [][]string
		for _, head := range out {
			for _, c := range choice {
				next = append(next, append(slices.Clip(head), c))
			}
		}
		if len(next) > 256 {
			next = next[:256]
		}
		out = next
	}
	return out
}

func viewRelations(base []*Relationship, deps []viewKey) []*Relationship {
	type index struct {
		table      catalog.Name
		constraint string
		kind       keyKind
	}
	byKey := map[index][]viewKey{}
	for _, d := range deps {
		k := index{d.table, d.constraint, d.kind}
		byKey[k] = append(byKey[k], d)
	}
	var out []*Relationship
	for _, r := range base {
		from := byKey[index{r.Table, r.Constraint, referring}]
		to := byKey[index{r.Foreign, r.Constraint, referred}]
		add := func(table, foreign catalog.Name, own, other []string, tableIsView, foreignIsView bool) {
			v := &Relationship{Table: table, Foreign: foreign, Self: tableIsView && table == foreign, Cardinality: r.Cardinality,
				Constraint: r.Constraint, TableIsView: tableIsView, ForeignIsView: foreignIsView}
			for i := range own {
				v.Columns = append(v.Columns, columnPair{own[i], other[i]})
			}
			out = append(out, v)
		}
		for _, d := range from {
			for _, cols := range combinations(d.columns) {
				add(d.view, r.Foreign, cols, other(r.Columns), true, false)
			}
		}
		for _, d := range to {
			for _, cols := range combinations(d.columns) {
				add(r.Table, d.view, own(r.Columns), cols, false, true)
			}
		}
		for _, d := range from {
			for _, cols := range combinations(d.columns) {
				for _, e := range to {
					for _, others := range combinations(e.columns) {
						add(d.view, e.view, cols, others, true, true)
					}
				}
			}
		}
	}
	return out
}

// junctions gives the many-to-many relationships: through a relation whose primary key holds two foreign keys.
func (m *Model) junctions(all []*Relationship) []*Relationship {
	byTable := map[catalog.Name][]*Relationship{}
	for _, r := range all {
		if r.Cardinality == ManyToOne {
			byTable[r.Table] = append(byTable[r.Table], r)
		}
	}
	var out []*Relationship
	for name, list := range byTable {
		key := m.keyOf(name)
		if len(key) == 0 {
			continue
		}
		for _, a := range list {
			for _, b := range list {
				if a.Constraint == b.Constraint || !within(own(a.Columns), key) || !within(own(b.Columns), key) {
					continue
				}
				out = append(out, &Relationship{Table: a.Foreign, Foreign: b.Foreign, Self: a.Foreign == b.Foreign,
					Cardinality: ManyToMany, Junction: name, Constraint1: a.Constraint, Constraint2: b.Constraint,
					SourceColumns: swapped(a.Columns), TargetColumns: swapped(b.Columns),
					TableIsView: a.ForeignIsView, ForeignIsView: b.ForeignIsView})
			}
		}
	}
	return out
}

// keyOf gives the columns of a relation's primary key, also of one that is not exposed.
func (m *Model) keyOf(name catalog.Name) []string {
	if t := m.tables[name]; t != nil {
		return t.Key
	}
	r := m.Snapshot.Relation(name.Schema, name.Name)
	if r == nil {
		return nil
	}
	pk := r.PrimaryKey()
	if pk == nil {
		return nil
	}
	var out []string
	for _, num := range pk.Columns {
		if c := r.ColumnByNum(num); c != nil {
			out = append(out, c.Name)
		}
	}
	return out
}

func within(some, all []string) bool {
	for _, s := range some {
		if !slices.Contains(all, s) {
			return false
		}
	}
	return true
}

func inverse(all []*Relationship) []*Relationship {
	var out []*Relationship
	for _, r := range all {
		if r.Cardinality != ManyToOne && r.Cardinality != OneToOne {
			continue
		}
		i := &Relationship{Table: r.Foreign, Foreign: r.Table, Self: r.Self, Cardinality: OneToMany, Constraint: r.Constraint,
			Columns: swapped(r.Columns), TableIsView: r.ForeignIsView, ForeignIsView: r.TableIsView}
		if r.Cardinality == OneToOne {
			i.Cardinality, i.Parent = OneToOne, true
		}
		out = append(out, i)
	}
	return out
}

// computed gives the relationships that functions make: one parameter of a relation's row type, giving rows of another.
func (m *Model) computed() []*Relationship {
	var out []*Relationship
	for _, f := range m.Snapshot.Functions {
		in := f.Inputs()
		if f.Kind != catalog.RegularFunction || len(in) != 1 {
			continue
		}
		t, g := m.Snapshot.RelationOfRowType(in[0].Type), m.Snapshot.RelationOfRowType(f.Returns)
		if t == nil || g == nil || !isTable(t) || !isTable(g) {
			continue
		}
		out = append(out, &Relationship{Table: nameOf(t), Foreign: nameOf(g), Self: t == g, Function: f,
			Single: !f.ReturnsSet || f.Rows == 1})
	}
	return out
}
