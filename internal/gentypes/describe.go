package gentypes

import (
	"cmp"
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// project is what the generators print, in the order they print it.
type project struct {
	snap    *catalog.Snapshot
	order   order
	schemas []*namespace
}

type namespace struct {
	name       string
	tables     []*relation
	views      []*relation
	functions  []*function
	enums      []*types.Type
	composites []*types.Type
}

// relation is a table or a view with its columns in the order of their names.
type relation struct {
	*catalog.Relation
	columns       []*column
	computed      []*function
	relationships []*relationship
}

type column struct {
	name string
	typ  *types.Type // never a domain
	// nullable says that a row may hold null; optional that an insert may leave the column out; never that no write may
	// name it.
	nullable, optional, never bool
}

// function is a function that the API can call.
type function struct {
	*catalog.Function
	inputs []catalog.Param
	// signature is the parameters' declaration, the order of overloads.
	signature string
}

func describe(snap *catalog.Snapshot, names []string) *project {
	p := &project{snap: snap, order: newOrder()}
	names = slices.Clone(names)
	slices.SortFunc(names, p.order.compare)
	for _, name := range slices.Compact(names) {
		p.schemas = append(p.schemas, &namespace{name: name})
	}
	links := p.links()
	for _, s := range p.schemas {
		for _, f := range snap.Functions {
			if f.Schema == s.name && p.callable(f) {
				s.functions = append(s.functions, p.function(f))
			}
		}
		slices.SortFunc(s.functions, func(a, b *function) int {
			return cmp.Or(p.order.compare(a.Name, b.Name), p.order.compare(a.signature, b.signature),
				p.order.compare(p.typeName(a.Returns), p.typeName(b.Returns)))
		})
		for _, r := range snap.RelationsIn(s.name) {
			switch r.Kind {
			case catalog.Table, catalog.PartitionedTable, catalog.ForeignTable:
				s.tables = append(s.tables, p.relation(r, s, links))
			case catalog.View, catalog.MaterializedView:
				s.views = append(s.views, p.relation(r, s, links))
			}
		}
		byName := func(a, b *relation) int { return p.order.compare(a.Name, b.Name) }
		slices.SortFunc(s.tables, byName)
		slices.SortFunc(s.views, byName)
		for _, u := range snap.Types {
			switch t := u.Type; {
			case t.Schema != s.name:
			case t.Kind == types.EnumType && len(t.Labels) > 0:
				s.enums = append(s.enums, t)
			case t.Kind == types.CompositeType && len(t.Fields) > 0 && p.rowOf(t.OID) == nil:
				s.composites = append(s.composites, t)
			}
		}
		byTypeName := func(a, b *types.Type) int { return p.order.compare(a.Name, b.Name) }
		slices.SortFunc(s.enums, byTypeName)
		slices.SortFunc(s.composites, byTypeName)
	}
	return p
}

// rowOf gives the table or view whose rows have the type, nil when it is no row type or stands alone.
func (p *project) rowOf(oid catalog.OID) *catalog.Relation {
	if r := p.snap.RelationOfRowType(oid); r != nil && r.Kind != catalog.CompositeRel {
		return r
	}
	return nil
}

// composite gives the name of the composite type, also a relation's row type; "" for other types.
func (p *project) composite(oid catalog.OID) string {
	if r := p.snap.RelationOfRowType(oid); r != nil {
		return r.Name
	}
	if t := p.snap.TypeByOID(oid); t != nil && t.Kind == types.CompositeType {
		return t.Name
	}
	return ""
}

func (p *project) relation(r *catalog.Relation, s *namespace, links map[catalog.Name][]*relationship) *relation {
	out := &relation{Relation: r, relationships: links[catalog.Name{Schema: r.Schema, Name: r.Name}]}
	for i, c := range r.Columns {
		t := p.snap.TypeByOID(c.Type)
		col := &column{name: c.Name, typ: t, nullable: !c.NotNull}
		if r.View != nil {
			col.nullable = true
			col.optional, col.never = true, !p.writable(r, i, 0)
		} else {
			col.optional, col.never = c.Identity != "" || c.Default != "" || c.Generated != "", c.Identity == "a"
		}
		if t != nil && t.Kind == types.DomainType {
			for d := t; d.Kind == types.DomainType; d = d.Base {
				col.nullable = col.nullable && !d.NotNull
				u := p.snap.UserType(d.OID)
				col.optional = col.optional || u != nil && u.Default != ""
			}
			col.typ = t.Underlying()
		}
		out.columns = append(out.columns, col)
	}
	slices.SortFunc(out.columns, func(a, b *column) int { return p.order.compare(a.name, b.name) })
	for _, f := range s.functions {
		if r.RowType != 0 && len(f.inputs) == 1 && f.inputs[0].Type == r.RowType && f.inputs[0].Name == "" && !f.inputs[0].HasDefault &&
			!slices.ContainsFunc(f.Params, func(q catalog.Param) bool { return q.Mode != catalog.In && q.Mode != catalog.TableCol }) {
			out.computed = append(out.computed, f)
		}
	}
	return out
}

// writable says whether column i of a view can be written: it is a column of its one table, or a trigger sees to it.
func (p *project) writable(v *catalog.Relation, i, depth int) bool {
	if slices.ContainsFunc(v.Triggers, func(t *catalog.Trigger) bool { return strings.Contains(strings.ToUpper(t.SQL), "INSTEAD OF") }) {
		return true
	}
	if depth > maxDepth || !v.Updatable || v.View == nil || i >= len(v.View.Sources) || len(v.View.Sources[i]) != 1 {
		return false
	}
	ref := v.View.Sources[i][0]
	r := p.snap.Relation(ref.Schema, ref.Relation)
	if r == nil || r.View == nil {
		return r != nil
	}
	k := slices.IndexFunc(r.Columns, func(c *catalog.Column) bool { return c.Name == ref.Column })
	return k >= 0 && p.writable(r, k, depth+1)
}

func (p *project) function(f *catalog.Function) *function {
	out := &function{Function: f, inputs: f.Inputs()}
	slices.SortStableFunc(out.inputs, func(a, b catalog.Param) int { return p.order.compare(a.Name, b.Name) })
	var text []string
	for _, q := range f.Params {
		if q.Mode == catalog.TableCol {
			continue
		}
		words := []string{p.typeName(q.Type)}
		if q.Name != "" {
			words = []string{q.Name, words[0]}
		}
		switch q.Mode {
		case catalog.Out:
			words = slices.Insert(words, 0, "OUT")
		case catalog.InOut:
			words = slices.Insert(words, 0, "INOUT")
		case catalog.Variadic:
			words = slices.Insert(words, 0, "VARIADIC")
		}
		if q.HasDefault {
			words = append(words, "DEFAULT", q.Default)
		}
		text = append(text, strings.Join(words, " "))
	}
	out.signature = strings.Join(text, ", ")
	return out
}

func (p *project) typeName(oid catalog.OID) string {
	return types.FormatType(p.snap.TypeByOID(oid), -1)
}

// callable says whether a request could call the function or select it: no trigger function, and no unnamed parameters
// but a body's or a row's.
func (p *project) callable(f *catalog.Function) bool {
	if f.Kind != catalog.RegularFunction || f.Returns == types.TriggerOID || f.Returns == eventTrigger {
		return false
	}
	in := f.Inputs()
	named, withDefaults := true, true
	for _, q := range in {
		if q.Name == "" {
			named = false
			withDefaults = withDefaults && q.HasDefault && bodyType(q.Type)
		}
	}
	if named || withDefaults {
		return true
	}
	return len(in) == 1 && (bodyType(in[0].Type) || p.composite(in[0].Type) != "")
}

const eventTrigger = 3838

// bodyType says whether an unnamed parameter of the type takes a request's whole body.
func bodyType(oid catalog.OID) bool {
	return oid == types.JSONOID || oid == types.JSONBOID || oid == types.TextOID
}
