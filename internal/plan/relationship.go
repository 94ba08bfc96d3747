package plan

import (
	"cmp"
	"slices"

	"github.com/basement-project/basement/internal/catalog"
)

// Cardinality is a relationship's kind, seen from its table.
type Cardinality uint8

// The kinds, in the order in which ambiguities are listed.
const (
	OneToMany Cardinality = iota
	ManyToOne
	OneToOne
	ManyToMany
)

// columnPair joins a column of one side with one of the other.
type columnPair struct{ own, other string }

// Relationship joins two relations for embedding. A computed one has Function; a many-to-many one the junction's fields.
type Relationship struct {
	Table, Foreign catalog.Name
	Self           bool
	Cardinality    Cardinality
	Constraint     string
	Columns        []columnPair
	// Parent says that in a one-to-one relationship the table is the one referred to.
	Parent                     bool
	TableIsView, ForeignIsView bool

	Junction                 catalog.Name
	Constraint1, Constraint2 string
	// SourceColumns join the table with the junction, TargetColumns the foreign one with the junction.
	SourceColumns, TargetColumns []columnPair

	Function *catalog.Function
	// Single says that a computed relationship gives at most one row.
	Single bool
}

// ToOne says that there is at most one foreign row for a row.
func (r *Relationship) ToOne() bool {
	if r.Function != nil {
		return r.Single
	}
	return r.Cardinality == ManyToOne || r.Cardinality == OneToOne
}

type relationKey struct {
	table  catalog.Name
	schema string
}

func compareNames(a, b catalog.Name) int {
	return cmp.Or(cmp.Compare(a.Schema, b.Schema), cmp.Compare(a.Name, b.Name))
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func comparePairs(a, b []columnPair) int {
	return slices.CompareFunc(a, b, func(x, y columnPair) int {
		return cmp.Or(cmp.Compare(x.own, y.own), cmp.Compare(x.other, y.other))
	})
}

// compare orders relationships as ambiguities are listed.
func (r *Relationship) compare(o *Relationship) int {
	if c := compareBool(r.Function != nil, o.Function != nil); c != 0 {
		return c
	}
	if r.Function != nil {
		return cmp.Or(cmp.Compare(r.Function.Schema, o.Function.Schema), cmp.Compare(r.Function.Name, o.Function.Name))
	}
	c := cmp.Or(compareNames(r.Table, o.Table), compareNames(r.Foreign, o.Foreign), compareBool(r.Self, o.Self),
		cmp.Compare(r.Cardinality, o.Cardinality))
	if c != 0 {
		return c
	}
	if r.Cardinality == ManyToMany {
		c = cmp.Or(compareNames(r.Junction, o.Junction), cmp.Compare(r.Constraint1, o.Constraint1),
			cmp.Compare(r.Constraint2, o.Constraint2), comparePairs(r.SourceColumns, o.SourceColumns),
			comparePairs(r.TargetColumns, o.TargetColumns))
	} else {
		c = cmp.Or(cmp.Compare(r.Constraint, o.Constraint), comparePairs(r.Columns, o.Columns), compareBool(r.Parent, o.Parent))
	}
	return cmp.Or(c, compareBool(r.TableIsView, o.TableIsView), compareBool(r.ForeignIsView, o.ForeignIsView))
}

func swapped(pairs []columnPair) []columnPair {
	out := make([]columnPair, len(pairs))
	for i, p := range pairs {
		out[i] = columnPair{p.other, p.own}
	}
	return out
}

func own(pairs []columnPair) []string {
	out := make([]string, len(pairs))
	for i, p := range pairs {
		out[i] = p.own
	}
	return out
}

func other(pairs []columnPair) []string {
	out := make([]string, len(pairs))
	for i, p := range pairs {
		out[i] = p.other
	}
	return out
}
