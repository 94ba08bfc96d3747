package plan

import (
	"slices"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/ast"
)

// keyset puts the rows of a relation into an order in which every row has its own place, the primary key last, and lets a
// page begin behind the cursor: rows that come or go elsewhere do not move it.
func (m *Model) keyset(p *Plan, r *rest.Request, t *Table, root *node) error {
	if len(t.Key) == 0 {
		return noKeyset("The relation has no primary key that orders its rows.")
	}
	if root.aggregates() {
		return noKeyset("The rows of an aggregate have no key.")
	}
	terms := slices.Clone(root.order)
	for _, term := range terms {
		if term.Relation != "" || len(term.Field.Path) > 0 || t.Column(term.Field.Name) == nil {
			return noKeyset("The order must name columns of the relation.")
		}
	}
	for _, name := range t.Key {
		if !slices.ContainsFunc(terms, func(o rest.OrderTerm) bool { return o.Field.Name == name }) {
			terms = append(terms, rest.OrderTerm{Field: rest.Field{Name: name}})
		}
	}
	root.order = terms
	p.pageOrder = make([]string, len(terms))
	for i := range terms {
		p.pageOrder[i] = termText(&terms[i])
	}
	// The page and its last row must be of the same moment.
	p.Isolation = "repeatable read"
	if r.Cursor == nil {
		return nil
	}
	if !slices.Equal(r.Cursor.Order, p.pageOrder) {
		return rest.WrongCursor()
	}
	after := behind(t, terms, r.Cursor.Values)
	root.after = &after
	return nil
}

func noKeyset(detail string) error {
	return &errs.Error{Code: "PGRST127", Message: "Pages by keyset are not possible here", Detail: detail}
}

func termText(o *rest.OrderTerm) string {
	text := o.Field.Name + ".asc"
	if o.Direction == rest.Desc {
		text = o.Field.Name + ".desc"
	}
	if nullsFirst(o) {
		return text + ".nullsfirst"
	}
	return text + ".nullslast"
}

func nullsFirst(o *rest.OrderTerm) bool {
	return o.Nulls == rest.NullsFirst || o.Nulls == rest.NoNulls && o.Direction == rest.Desc
}

// behind is the condition of rows that come after the values in the order: greater in the first term, or equal in it and
// behind in the others.
func behind(t *Table, terms []rest.OrderTerm, values []int) rest.Logic {
	o, value := &terms[0], values[0]
	leaf := func(f rest.Filter) rest.Logic {
		f.Field = o.Field
		return rest.Logic{Leaf: &f}
	}
	null := t.Column(o.Field.Name) != nil && !t.Column(o.Field.Name).NotNull
	var greater []rest.Logic
	equal := leaf(rest.Filter{Op: rest.OpIs, Is: rest.IsNull})
	if value >= 0 {
		equal = leaf(rest.Filter{Op: rest.OpEq, Value: value})
		op := rest.OpGt
		if o.Direction == rest.Desc {
			op = rest.OpLt
		}
		greater = append(greater, leaf(rest.Filter{Op: op, Value: value}))
		if null && !nullsFirst(o) {
			greater = append(greater, leaf(rest.Filter{Op: rest.OpIs, Is: rest.IsNull}))
		}
	} else if nullsFirst(o) {
		greater = append(greater, leaf(rest.Filter{Op: rest.OpIs, Is: rest.IsNotNull}))
	}
	if len(terms) > 1 {
		greater = append(greater, rest.Logic{Items: []rest.Logic{equal, behind(t, terms[1:], values[1:])}})
	}
	if len(greater) == 0 { // a key's column is never null
		greater = append(greater, leaf(rest.Filter{Op: rest.OpIs, Is: rest.IsNull, Not: !null}))
	}
	all := rest.Logic{Or: true, Items: greater}
	if value < 0 || null || len(terms) == 1 {
		return all
	}
	// Said once more in a form that an index serves.
	op := rest.OpGte
	if o.Direction == rest.Desc {
		op = rest.OpLte
	}
	return rest.Logic{Items: []rest.Logic{leaf(rest.Filter{Op: op, Value: value}), all}}
}

// addLast reads the order's values of the page's last row. There is none when the page is not full, and then no next one.
func (m *Model) addLast(p *Plan, r *rest.Request, root *node) {
	b := &builder{m: m, req: r}
	q := &ast.SelectStmt{Pos: -1}
	for _, o := range root.order {
		q.Targets = append(q.Targets, ast.As(ast.Cast(ast.Col(root.table, o.Field.Name), ast.Type("pg_catalog", "text")), o.Field.Name))
	}
	b.rows(root, q)
	q.OrderBy = b.orderBy(root)
	q.Limit, q.Offset = ast.Int(1), b.param(arg{kind: argLast})
	p.last = len(p.Steps)
	p.Steps = append(p.Steps, Step{Statement: q, Format: engine.Text, args: b.args})
}
