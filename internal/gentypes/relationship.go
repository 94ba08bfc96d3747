package gentypes

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/basement-project/basement/internal/catalog"
)

// relationship is a foreign key between relations of one schema, as the tables have it or as views show it.
type relationship struct {
	constraint     string
	columns        []string
	oneToOne       bool
	foreign        string
	foreignColumns []string
}

const (
	// maxDepth bounds how deep views over views are followed.
	maxDepth = 64
	// maxChoices bounds in how many ways a view that shows a key's columns several times can show the key.
	maxChoices = 256
)

// links gives the relationships of every relation, in the order they are printed. A view has the foreign keys whose
// columns it shows, and is referred to where it shows the columns a foreign key refers to.
func (p *project) links() map[catalog.Name][]*relationship {
	shown := p.shown()
	out := map[catalog.Name][]*relationship{}
	for _, t := range p.snap.Relations {
		if t.IsPartition {
			continue
		}
		for _, c := range t.Constraints {
			f := p.snap.RelationByOID(c.RefTable)
			if c.Kind != catalog.ForeignKey || f == nil || f.IsPartition || len(c.Columns) != len(c.RefColumns) {
				continue
			}
			unique := isKey(t, c.Columns)
			froms := append([]side{{nameOf(t), columnNames(t, c.Columns)}}, shown.sides(t, c.Columns)...)
			tos := append([]side{{nameOf(f), columnNames(f, c.RefColumns)}}, shown.sides(f, c.RefColumns)...)
			for _, from := range froms {
				for _, to := range tos {
					if from.relation.Schema == to.relation.Schema && p.in(from.relation.Schema) {
						out[from.relation] = append(out[from.relation], &relationship{constraint: c.Name, columns: from.columns,
							oneToOne: unique, foreign: to.relation.Name, foreignColumns: to.columns})
					}
				}
			}
		}
	}
	for _, list := range out {
		slices.SortFunc(list, func(a, b *relationship) int {
			return cmp.Or(p.order.compare(a.constraint, b.constraint), p.order.compare(a.foreign, b.foreign),
				p.order.compare(jsonText(a.foreignColumns), jsonText(b.foreignColumns)), p.order.compare(jsonText(a.columns), jsonText(b.columns)))
		})
	}
	return out
}

// side is one end of a foreign key: a relation and the columns it shows of the key, in the key's order.
type side struct {
	relation catalog.Name
	columns  []string
}

// showing says for a table's column which view columns show it.
type showing map[catalog.ColumnRef]map[catalog.Name][]string

func (p *project) shown() showing {
	out := showing{}
	for _, v := range p.snap.Relations {
		if v.View == nil || !p.in(v.Schema) {
			continue
		}
		for i, c := range v.Columns {
			for _, ref := range p.sources(v, i, 0) {
				views := out[ref]
				if views == nil {
					views = map[catalog.Name][]string{}
					out[ref] = views
				}
				if !slices.Contains(views[nameOf(v)], c.Name) {
					views[nameOf(v)] = append(views[nameOf(v)], c.Name)
				}
			}
		}
	}
	return out
}

// sources gives the tables' columns behind column i of a view, through views over views.
func (p *project) sources(v *catalog.Relation, i, depth int) []catalog.ColumnRef {
	if v.View == nil || i >= len(v.View.Sources) || depth > maxDepth {
		return nil
	}
	var out []catalog.ColumnRef
	for _, ref := range v.View.Sources[i] {
		r := p.snap.Relation(ref.Schema, ref.Relation)
		if r == nil || r.View == nil {
			out = append(out, ref)
			continue
		}
		if k := slices.IndexFunc(r.Columns, func(c *catalog.Column) bool { return c.Name == ref.Column }); k >= 0 {
			out = append(out, p.sources(r, k, depth+1)...)
		}
	}
	return out
}

// sides gives every way in which views show all of a table's columns nums.
func (s showing) sides(t *catalog.Relation, nums []int32) []side {
	ways := map[catalog.Name][][]string{}
	for i, name := range columnNames(t, nums) {
		views := s[catalog.ColumnRef{Schema: t.Schema, Relation: t.Name, Column: name}]
		next := map[catalog.Name][][]string{}
		for view, columns := range views {
			heads := ways[view]
			if i == 0 {
				heads = [][]string{nil}
			}
			for _, head := range heads {
				for _, c := range columns {
					if len(next[view]) < maxChoices {
						next[view] = append(next[view], append(slices.Clip(head), c))
					}
				}
			}
		}
		ways = next
	}
	var out []side
	for view, lists := range ways {
		for _, columns := range lists {
			out = append(out, side{view, columns})
		}
	}
	return out
}

func nameOf(r *catalog.Relation) catalog.Name { return catalog.Name{Schema: r.Schema, Name: r.Name} }

func columnNames(r *catalog.Relation, nums []int32) []string {
	var out []string
	for _, num := range nums {
		if c := r.ColumnByNum(num); c != nil {
			out = append(out, c.Name)
		}
	}
	return out
}

// isKey says whether the columns are exactly those of a primary key or unique constraint.
func isKey(t *catalog.Relation, columns []int32) bool {
	want := slices.Sorted(slices.Values(columns))
	return slices.ContainsFunc(t.Constraints, func(c *catalog.Constraint) bool {
		return (c.Kind == catalog.PrimaryKey || c.Kind == catalog.Unique) && slices.Equal(slices.Sorted(slices.Values(c.Columns)), want)
	})
}

func jsonText(v any) string {
	text, _ := json.Marshal(v)
	return string(text)
}
