package plan

import (
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/ast"
)

// sourceName is the query that holds what a write changed, rowName a subquery's row.
const (
	sourceName = "pgrst_source"
	rowName    = "pgrst_row"
	valueName  = "pgrst_value"
)

// output is a column of a resource's answer.
type output struct {
	name string
	// expr is the value; with an aggregate its argument, nil for count(*). star is all columns of expr's table.
	expr      ast.Expr
	star      bool
	aggregate string
	cast      string
	// field is "table.column" when the value is just that.
	field string
	// query says that the value comes from a subquery.
	query bool
}

func (b *builder) outputs(n *node) []output {
	fields := n.fields
	if len(fields) == 0 && len(n.children) == 0 && n.rel == nil {
		fields = []rest.SelectItem{{Field: rest.Field{Name: "*"}}}
	}
	expand := n.grouped() || b.m.represented(n.relation)
	var out []output
	for i := range fields {
		f := &fields[i]
		if f.Field.Name != "*" || len(f.Field.Path) > 0 {
			out = append(out, b.fieldOutput(n, f))
			continue
		}
		switch {
		case f.Aggregate != "":
			out = append(out, b.countOutput(n, f))
		case expand && n.relation != nil:
			for _, c := range n.relation.Columns {
				out = append(out, b.fieldOutput(n, &rest.SelectItem{Field: rest.Field{Name: c.Name}}))
			}
		default:
			out = append(out, output{star: true, expr: ast.Star(n.table)})
		}
	}
	for _, c := range n.children {
		switch {
		case c.spread && !c.toMany():
			out = append(out, b.outputs(c)...)
		case c.empty():
		case c.spread:
			out = append(out, b.lists(c)...)
		default:
			out = append(out, output{name: c.label(), expr: b.embed(c), query: true})
		}
	}
	return out
}

// grouped says whether the columns of the node must be told one by one: it or a resource it is spread into groups, or
// its values become lists.
func (n *node) grouped() bool {
	for ; ; n = n.parent {
		if n.aggregates() || n.spread && n.toMany() {
			return true
		}
		if !n.spread || n.parent == nil {
			return false
		}
	}
}

func (b *builder) fieldOutput(n *node, f *rest.SelectItem) output {
	c := b.columnOf(n, f.Field.Name)
	e := fieldOf(n.table, c, f.Field)
	if c != nil && len(f.Field.Path) == 0 {
		if to := b.m.toJSON[c.Type]; to != nil {
			e = call(to, e)
		}
	}
	o := output{name: f.Field.Name, aggregate: f.Aggregate, cast: f.AggregateCast}
	if len(f.Field.Path) == 0 && f.Cast == "" {
		o.field = n.table + "." + f.Field.Name
	}
	o.expr = b.castTo(e, f.Cast)
	switch {
	case f.HasAlias:
		o.name = f.Alias
	case f.Aggregate != "":
		o.name = f.Aggregate
	default:
		// The last key of the path names the value, an index does not.
		for i := len(f.Field.Path) - 1; i >= 0; i-- {
			if s := f.Field.Path[i]; !s.IsIndex {
				o.name = s.Key
				break
			}
		}
	}
	return o
}

// countOutput is count() of rows. A spread resource counts the rows it has.
func (b *builder) countOutput(n *node, f *rest.SelectItem) output {
	o := output{name: "count", aggregate: "count", cast: f.AggregateCast}
	if f.HasAlias {
		o.name = f.Alias
	}
	if n.spread && !n.toMany() {
		if len(n.rel.Columns) > 0 {
			o.expr = ast.Col(n.table, n.rel.Columns[0].other)
		} else {
			o.expr = ast.Col(n.table)
		}
	}
	return o
}

// value is an output as an expression, its aggregate applied.
func (b *builder) value(o output) ast.Expr {
	if o.aggregate == "" {
		return o.expr
	}
	var e ast.Expr
	if o.expr == nil {
		e = ast.CountStar()
	} else {
		e = ast.Func(o.aggregate, o.expr)
	}
	return b.castTo(e, o.cast)
}

// query is the SELECT of a resource.
func (b *builder) query(n *node) *ast.SelectStmt {
	return b.queryOf(n, b.outputs(n))
}

func (b *builder) queryOf(n *node, outputs []output) *ast.SelectStmt {
	if n.aggregates() {
		for _, o := range outputs {
			if o.query {
				return b.groupedOverQuery(n, outputs)
			}
		}
	}
	q := &ast.SelectStmt{Pos: -1}
	for _, o := range outputs {
		if o.star {
			q.Targets = append(q.Targets, ast.As(o.expr, ""))
			continue
		}
		q.Targets = append(q.Targets, ast.As(b.value(o), o.name))
		if o.aggregate == "" && n.aggregates() {
			q.GroupBy = append(q.GroupBy, o.expr)
		}
	}
	b.rows(n, q)
	q.OrderBy = b.orderBy(n)
	b.limit(n, q)
	return q
}

// groupedOverQuery groups by values that are queries themselves: those are made first, below.
func (b *builder) groupedOverQuery(n *node, outputs []output) *ast.SelectStmt {
	inner, q := &ast.SelectStmt{Pos: -1}, &ast.SelectStmt{Pos: -1}
	add := func(e ast.Expr) ast.Expr {
		name := "c" + itoa(len(inner.Targets)+1)
		inner.Targets = append(inner.Targets, ast.As(e, name))
		return ast.Col(rowName, name)
	}
	made := map[string]ast.Expr{}
	for _, o := range outputs {
		if o.expr != nil {
			e := o.expr
			if o.query {
				e = ast.Cast(e, ast.Type("pg_catalog", "jsonb"))
			}
			o.expr = add(e)
		}
		if o.aggregate == "" {
			q.GroupBy = append(q.GroupBy, o.expr)
			if o.field != "" {
				made[o.field] = o.expr
			}
		}
		q.Targets = append(q.Targets, ast.As(b.value(o), o.name))
	}
	b.rows(n, inner)
	for i, s := range b.orderBy(n) {
		t := n.order[i]
		e := made[n.table+"."+t.Field.Name]
		if e == nil || t.Relation != "" || len(t.Field.Path) > 0 {
			e = add(s.Value)
		}
		s.Value = e
		q.OrderBy = append(q.OrderBy, s)
	}
	q.From = []ast.TableRef{ast.Subselect(inner, rowName)}
	b.limit(n, q)
	return q
}

// rows adds a resource's FROM and WHERE.
func (b *builder) rows(n *node, q *ast.SelectStmt) {
	from, joins := b.from(n)
	where := b.conditions(n)
	for _, c := range n.children {
		if c.spread && !c.toMany() {
			kind := ast.JoinLeft
			if c.join == rest.JoinInner {
				kind = ast.JoinInner
			}
			right, on := b.spreadFrom(c)
			from = ast.Join(kind, from, right, on)
		} else if c.join == rest.JoinInner {
			where = append(where, ast.Exists(b.existence(c)))
		}
	}
	if n.after != nil {
		where = append(where, b.logic(n, n.after))
	}
	q.From = []ast.TableRef{from}
	q.Where = ast.And(append(where, joins...)...)
}

// spreadFrom is a to-one resource as something to join, and the condition.
func (b *builder) spreadFrom(n *node) (ast.TableRef, ast.Expr) {
	from, conds := b.from(n)
	conds = append(conds, b.conditions(n)...)
	for _, c := range n.children {
		if c.spread && !c.toMany() {
			kind := ast.JoinLeft
			if c.join == rest.JoinInner {
				kind = ast.JoinInner
			}
			right, on := b.spreadFrom(c)
			from = ast.Join(kind, from, right, on)
		} else if c.join == rest.JoinInner {
			conds = append(conds, ast.Exists(b.existence(c)))
		}
	}
	on := ast.And(conds...)
	if on == nil {
		on = ast.Bool(true)
	}
	return from, on
}

// from is a resource's relation, and the conditions that join it with its parent.
func (b *builder) from(n *node) (ast.TableRef, []ast.Expr) {
	if n.rel == nil {
		if b.root != nil {
			return b.root, nil
		}
		if b.source != "" {
			return ast.Table("", b.source, n.table), nil
		}
		return ast.Table(n.relation.Schema, n.relation.Name, n.table), nil
	}
	r, parent := n.rel, n.parent
	if r.Function != nil {
		var row ast.Expr = ast.Col(parent.table)
		if parent.rel == nil && b.source != "" {
			// A query's rows are records: the function wants the relation's.
			var fields []ast.Expr
			for _, c := range parent.relation.Columns {
				fields = append(fields, ast.Col(parent.table, c.Name))
			}
			row = ast.Cast(ast.Row(fields...), ast.Type(r.Table.Schema, r.Table.Name))
		}
		return ast.FromFunc(call(r.Function, row), n.table), nil
	}
	table := ast.Table(r.Foreign.Schema, r.Foreign.Name, n.table)
	var conds []ast.Expr
	if r.Cardinality == ManyToMany {
		junction := n.freeName(r.Junction.Name + "_" + itoa(n.depth) + "_j")
		var on []ast.Expr
		for _, p := range r.TargetColumns {
			on = append(on, ast.Eq(ast.Col(junction, p.other), ast.Col(n.table, p.own)))
		}
		for _, p := range r.SourceColumns {
			conds = append(conds, ast.Eq(ast.Col(junction, p.other), ast.Col(parent.table, p.own)))
		}
		return ast.Join(ast.JoinInner, table, ast.Table(r.Junction.Schema, r.Junction.Name, junction), ast.And(on...)), conds
	}
	for _, p := range r.Columns {
		conds = append(conds, ast.Eq(ast.Col(n.table, p.other), ast.Col(parent.table, p.own)))
	}
	return table, conds
}

// embed is the JSON of an embedded resource: an object or null, or an array.
func (b *builder) embed(n *node) ast.Expr {
	inner := b.query(n)
	if !n.toMany() && n.mayRepeat() && inner.Limit == nil {
		inner.Limit = ast.Int(1)
	}
	row := ast.Subselect(inner, rowName)
	if !n.toMany() {
		q := ast.Select(ast.As(ast.Func("row_to_json", ast.Col(rowName)), valueName))
		q.From = []ast.TableRef{row}
		return ast.ScalarQuery(q)
	}
	q := ast.Select(ast.As(ast.Coalesce(ast.Func("json_agg", ast.Col(rowName)), ast.Str("[]")), valueName))
	q.From = []ast.TableRef{row}
	return ast.ScalarQuery(q)
}

// lists are the columns of a to-many resource that is spread: one array for each.
func (b *builder) lists(n *node) []output {
	all := b.outputs(n)
	out := make([]output, 0, len(all))
	for _, o := range all {
		if o.star {
			continue
		}
		name := o.name
		o.name = valueName
		q := ast.Select(ast.As(ast.Coalesce(ast.Func("json_agg", ast.Col(rowName, valueName)), ast.Str("[]")), valueName))
		q.From = []ast.TableRef{ast.Subselect(b.queryOf(n, []output{o}), rowName)}
		out = append(out, output{name: name, expr: ast.ScalarQuery(q), query: true})
	}
	return out
}

// existence selects something for each row of a resource that would be embedded.
func (b *builder) existence(n *node) *ast.SelectStmt {
	q := ast.Select(ast.As(ast.Int(1), ""))
	b.matching(n, q)
	if n.windowAt != noWindow {
		b.limit(n, q)
	}
	return q
}

// matching adds FROM and WHERE for counting: inner joins become conditions.
func (b *builder) matching(n *node, q *ast.SelectStmt) {
	from, joins := b.from(n)
	where := b.conditions(n)
	for _, c := range n.children {
		if c.join == rest.JoinInner {
			where = append(where, ast.Exists(b.existence(c)))
		}
	}
	q.From = []ast.TableRef{from}
	q.Where = ast.And(append(where, joins...)...)
}

func (b *builder) orderBy(n *node) []*ast.SortBy {
	var out []*ast.SortBy
	for _, t := range n.order {
		var e ast.Expr
		if t.Relation == "" {
			e = fieldOf(n.table, b.columnOf(n, t.Field.Name), t.Field)
		} else {
			e = b.relatedField(n.child(t.Relation), t.Field)
		}
		dir, nulls := ast.SortDefault, ast.NullsDefault
		switch t.Direction {
		case rest.Asc:
			dir = ast.SortAsc
		case rest.Desc:
			dir = ast.SortDesc
		}
		switch t.Nulls {
		case rest.NullsFirst:
			nulls = ast.NullsFirst
		case rest.NullsLast:
			nulls = ast.NullsLast
		}
		out = append(out, ast.Sort(e, dir, nulls))
	}
	return out
}

// relatedField is a field of a to-one resource as seen from its parent; it may be named by its alias.
func (b *builder) relatedField(c *node, f rest.Field) ast.Expr {
	var e ast.Expr
	for i := range c.fields {
		if it := &c.fields[i]; it.HasAlias && it.Alias == f.Name && it.Aggregate == "" && len(f.Path) == 0 {
			e = b.castTo(fieldOf(c.table, b.columnOf(c, it.Field.Name), it.Field), it.Cast)
		}
	}
	if e == nil {
		e = fieldOf(c.table, b.columnOf(c, f.Name), f)
	}
	if c.spread {
		return e
	}
	q := ast.Select(ast.As(e, valueName))
	b.rows(c, q)
	if c.mayRepeat() {
		q.Limit = ast.Int(1)
	}
	return ast.ScalarQuery(q)
}

// mayRepeat says that nothing but a promise keeps a to-one resource from having several rows.
func (n *node) mayRepeat() bool { return n.rel.Function != nil || n.rel.ForeignIsView }

func (b *builder) limit(n *node, q *ast.SelectStmt) {
	if !n.hasWindow || n.rel != nil && !n.toMany() && n.windowAt == noWindow {
		return
	}
	if n.window.Limit >= 0 {
		if n.windowAt == noWindow {
			q.Limit = ast.Int(n.window.Limit)
		} else {
			q.Limit = b.param(arg{kind: argLimit, index: n.windowAt})
		}
	}
	if n.window.Offset > 0 {
		q.Offset = b.param(arg{kind: argOffset, index: n.windowAt})
	}
}
