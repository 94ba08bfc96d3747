package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// writeView turns a write on an automatically updatable view into one on its table. The view's entry stays in the range
// table for the rights on the view itself.
func (s *scope) writeView() {
	views := s.views
	defer func() { s.views = views }()
	for s.q.RTable[s.q.Result-1].Relation.Kind == catalog.View {
		if s.writtenByTriggers() {
			return
		}
		s.writeOneView()
	}
	s.checkTarget()
}

func (s *scope) writeOneView() {
	q := s.q
	old := q.Result
	vr := q.RTable[old-1]
	view := vr.Relation
	for _, v := range s.views {
		if v == view {
			panic(s.errorf(-1, "42P17", "infinite recursion detected in rules for relation \"%s\"", view.Name))
		}
	}
	s.views = append(s.views, view)
	owner := view.Owner
	if invoker(view) {
		owner = s.caller
	}
	if view.View == nil && view.OID < firstOID {
		panic(s.cannotWrite(view, "Views that do not select from a single table or view are not automatically updatable."))
	}
	vq := s.viewQuery2(view, owner)
	if why := notUpdatable(vq); why != "" {
		panic(s.cannotWrite(view, why))
	}
	ref := vq.From[0].(*query.TableRef)
	base := vq.RTable[ref.RT-1]
	var cols []query.Expr
	for _, t := range vq.Targets {
		if !t.Junk {
			cols = append(cols, t.Expr)
		}
	}
	baseColumn := func(c *catalog.Column, verb string) *catalog.Column {
		for i, vc := range view.Columns {
			if vc.Num != c.Num || i >= len(cols) {
				continue
			}
			v, ok := cols[i].(*query.Var)
			why := ""
			switch {
			case !ok:
				why = "View columns that are not columns of their base relation are not updatable."
			case v.Col == query.WholeRow:
				why = "View columns that return whole-row references are not updatable."
			case v.Col < 0:
				why = "View columns that refer to system columns are not updatable."
			}
			if why != "" {
				panic(s.errorf(-1, "0A000", "cannot %s column \"%s\" of view \"%s\"", verb, c.Name, view.Name).detail("%s", why))
			}
			return base.Relation.ColumnByNum(base.Columns[v.Col].Num)
		}
		return c
	}
	any := false
	for _, e := range cols {
		if v, ok := e.(*query.Var); ok && v.Col >= 0 {
			any = true
		}
	}
	if !any && q.Command != query.Delete {
		panic(s.cannotWrite(view, "Views that have no updatable columns are not automatically updatable."))
	}
	verb := "update"
	if q.Command == query.Insert {
		verb = "insert into"
	}
	nb := &query.RTE{Kind: query.RelationRTE, Alias: vr.Alias, Relation: base.Relation, Columns: base.Columns, Only: base.Only, Inh: base.Inh,
		Required: vr.Required, Selected: base.Selected, Inserted: map[int32]bool{}, Updated: map[int32]bool{}, CheckAs: owner, Pos: vr.Pos}
	if base.IsView {
		nb.Selected = base.Selected
	}
	q.RTable = append(q.RTable, nb)
	rt := len(q.RTable)
	if q.Command == query.Insert {
		s.viewDefaults(view)
	}
	taken := map[int32]bool{}
	for _, a := range q.Assign {
		if q.Command == query.Update {
			s.viewDefault(view, a)
		}
		a.Column = baseColumn(a.Column, verb)
		if q.Command == query.Insert {
			if taken[a.Column.Num] && len(a.Path) == 0 {
				panic(s.errorf(-1, "42601", "multiple assignments to same column \"%s\"", a.Column.Name))
			}
			taken[a.Column.Num] = true
			nb.Inserted[a.Column.Num] = true
		} else {
			nb.Updated[a.Column.Num] = true
		}
	}
	excluded, newExcluded := 0, 0
	if c := q.OnConflict; c != nil {
		for _, a := range c.Assign {
			s.viewDefault(view, a)
			a.Column = baseColumn(a.Column, "update")
			nb.Updated[a.Column.Num] = true
		}
		if c.ExcludedRT > 0 {
			excluded = c.ExcludedRT
			ex := *q.RTable[excluded-1]
			ex.Relation, ex.Columns, ex.Required, ex.Selected = base.Relation, base.Columns, 0, nil
			q.RTable = append(q.RTable, &ex)
			newExcluded = len(q.RTable)
			c.ExcludedRT = newExcluded
		}
	}
	put := func(e query.Expr, rt, depth int) query.Expr {
		return query.MapDeep(e, 0, func(x query.Expr, d int) query.Expr {
			if v, ok := x.(*query.Var); ok && v.Levels == d {
				c := *v
				c.RT = rt
				c.Levels += depth
				return &c
			}
			return x
		})
	}
	swap := func(x query.Expr, depth int) query.Expr {
		v, ok := x.(*query.Var)
		if !ok || v.Levels != depth || v.RT != old && (excluded == 0 || v.RT != excluded) {
			return x
		}
		to := rt
		if v.RT != old {
			to = newExcluded
		}
		if v.Col >= 0 {
			return put(cols[v.Col], to, depth)
		}
		if v.Col == query.WholeRow {
			row := &query.Row{T: v.T}
			for i, c := range cols {
				row.Fields = append(row.Fields, put(c, to, depth))
				row.Names = append(row.Names, view.Columns[i].Name)
			}
			return row
		}
		c := *v
		c.RT = to
		return &c
	}
	q.MapExprs(func(e query.Expr) query.Expr { return query.MapDeep(e, 0, swap) })
	for _, c := range q.CTEs {
		c.Query = c.Query.MapDeep(1, swap)
	}
	for i, r := range q.RTable {
		if r.Subquery != nil && i+1 != old {
			r.Subquery = r.Subquery.MapDeep(1, swap)
		}
	}
	if s.conflict != nil {
		for i, e := range s.conflict.elems {
			s.conflict.elems[i] = query.MapDeep(e, 0, swap)
		}
		if s.conflict.where != nil {
			s.conflict.where = query.MapDeep(s.conflict.where, 0, swap)
		}
	}
	for _, f := range q.From {
		if t, ok := f.(*query.TableRef); ok && t.RT == old {
			t.RT = rt
		}
	}
	q.Result = rt
	s.viewChecks(vr, nb, view, vq, func(e query.Expr) query.Expr { return put(e, rt, 0) })
}

// viewDefault makes SET column = DEFAULT the view's own default for the column: NULL unless the view was given one.
func (s *scope) viewDefault(view *catalog.Relation, a *query.Assignment) {
	if _, ok := a.Expr.(*query.SetToDefault); !ok {
		return
	}
	e := s.ownDefault(view, a.Column)
	if e == nil {
		e = s.assign(nullConst(types.ByOID(types.UnknownOID), -1), a.Column, -1)
	}
	a.Expr = e
}

// ownDefault is the default a view was given for a column, nil for none.
func (s *scope) ownDefault(view *catalog.Relation, c *catalog.Column) query.Expr {
	if c.Default == "" {
		return nil
	}
	raw, err := s.cache.Expr(c.Default)
	if err != nil {
		panic(s.fail(-1, err))
	}
	sub := s.inner([]string{view.Schema, "public"}, s.checkAs)
	e := sub.newScope(nil).expr(raw)
	s.takeFrom(sub)
	return s.assign(e, c, -1)
}

// viewDefaults gives the rows that are inserted into a view the defaults of its columns.
func (s *scope) viewDefaults(view *catalog.Relation) {
	q := s.q
	at := map[int32]int{}
	for i, a := range q.Assign {
		at[a.Column.Num] = i
	}
	for _, c := range view.Columns {
		e := s.ownDefault(view, c)
		if e == nil {
			continue
		}
		if i, ok := at[c.Num]; ok {
			if q.Source != nil {
				for _, row := range q.Source.Values {
					if _, def := row[i].(*query.SetToDefault); def {
						row[i] = e
					}
				}
			}
			continue
		}
		q.Assign = append(q.Assign, &query.Assignment{Column: c, Pos: -1})
		t := &query.Target{Name: c.Name, Expr: &query.Const{T: query.T{Typ: e.Type(), Mod: e.Typmod(), Pos: -1}}}
		switch {
		case q.Source == nil:
			q.Source = &query.Query{Command: query.Select, Values: [][]query.Expr{{e}}, Targets: []*query.Target{t}, Pos: -1}
		case q.Source.Values != nil:
			for k := range q.Source.Values {
				q.Source.Values[k] = append(q.Source.Values[k], e)
			}
			q.Source.Targets = append(q.Source.Targets, t)
		default:
			q.Source = s.wrap(q.Source)
			t.Expr = e
			q.Source.Targets = append(q.Source.Targets, t)
		}
	}
}

// viewChecks adds the view's condition to what is read, and to what may be written under a CHECK OPTION.
func (s *scope) viewChecks(vr, nb *query.RTE, view *catalog.Relation, vq *query.Query, put func(query.Expr) query.Expr) {
	q := s.q
	var qual query.Expr
	if vq.Where != nil {
		qual = put(vq.Where)
	}
	if q.Command != query.Insert && qual != nil {
		q.Where = andExprs(qual, q.Where)
	}
	nb.Checks = vr.Checks
	vr.Checks = nil
	if q.Command == query.Delete {
		return
	}
	has := view.Options["check_option"]
	if s.cascade {
		has = "cascaded"
	}
	if has == "" {
		return
	}
	s.cascade = s.cascade || has == "cascaded"
	if qual != nil {
		nb.Checks = append([]*query.WithCheck{{Kind: "view", View: view.Name, Expr: qual}}, nb.Checks...)
	}
}

func andExprs(a, b query.Expr) query.Expr {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return &query.Bool{T: boolT(-1), Op: "and", Args: []query.Expr{a, b}}
}

func (s *scope) cannotWrite(view *catalog.Relation, why string) *failure {
	what, verb, trig := "insert into", "inserting into", "INSERT"
	switch s.q.Command {
	case query.Update:
		what, verb, trig = "update", "updating", "UPDATE"
	case query.Delete:
		what, verb, trig = "delete from", "deleting from", "DELETE"
	}
	return s.errorf(-1, "55000", "cannot %s view \"%s\"", what, view.Name).detail("%s", why).
		hint("To enable %s the view, provide an INSTEAD OF %s trigger or an unconditional ON %s DO INSTEAD rule.", verb, trig, trig)
}

// viewQuery2 is viewQuery for a view that is already on the stack of views.
func (s *scope) viewQuery2(view *catalog.Relation, owner string) *query.Query {
	saved := s.views
	s.views = saved[:len(saved)-1]
	q := s.viewQuery(view, owner)
	s.views = saved
	return q
}

// notUpdatable says why a view is not automatically updatable, "" when it is.
func notUpdatable(q *query.Query) string {
	switch {
	case q.Distinct || len(q.DistinctOn) > 0:
		return "Views containing DISTINCT are not automatically updatable."
	case len(q.GroupBy) > 0 || q.GroupingSets != nil:
		return "Views containing GROUP BY are not automatically updatable."
	case q.Having != nil:
		return "Views containing HAVING are not automatically updatable."
	case q.SetOp != nil:
		return "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable."
	case len(q.CTEs) > 0:
		return "Views containing WITH are not automatically updatable."
	case q.Limit != nil || q.Offset != nil:
		return "Views containing LIMIT or OFFSET are not automatically updatable."
	case q.HasAggs:
		return "Views that return aggregate functions are not automatically updatable."
	case q.HasWindow:
		return "Views that return window functions are not automatically updatable."
	case q.HasSRF:
		return "Views that return set-returning functions are not automatically updatable."
	}
	const single = "Views that do not select from a single table or view are not automatically updatable."
	if len(q.From) != 1 {
		return single
	}
	ref, ok := q.From[0].(*query.TableRef)
	if !ok {
		return single
	}
	r := q.RTable[ref.RT-1]
	if r.Relation == nil || r.Kind != query.RelationRTE && !r.IsView || r.Relation.Kind == catalog.MaterializedView {
		return single
	}
	return ""
}
