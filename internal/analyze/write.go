package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// openTarget puts the relation a write changes into the range table.
func (s *scope) openTarget(n *ast.RangeVar, need catalog.Privilege) *item {
	s.refuseTransition(n)
	rel := s.openRelation(n)
	it := s.addRelation(rel, n.Alias, n.Pos)
	it.rte.Required = need
	it.rte.Only, it.rte.Inh = n.Only, !n.Only
	s.q.Result, s.target = it.rt, it.rt
	return it
}

// checkTarget refuses relations that cannot be written, after all names were resolved.
func (s *scope) checkTarget() {
	switch rel := s.q.RTable[s.q.Result-1].Relation; rel.Kind {
	case catalog.MaterializedView:
		panic(s.errorf(-1, "42809", "cannot change materialized view \"%s\"", rel.Name))
	case catalog.SequenceRel:
		panic(s.errorf(-1, "42809", "cannot change sequence \"%s\"", rel.Name))
	}
}

// returning analyses RETURNING over the target and what else FROM brought.
func (s *scope) returning(list []*ast.ResTarget) {
	if len(list) == 0 {
		return
	}
	s.q.Returning = s.targets(list, kindReturning)
	for _, t := range s.q.Returning {
		t.Expr = s.resolveUnknown(t.Expr)
	}
}

func refuseReturningOptions(list []*ast.ReturningOption) {
	if len(list) > 0 {
		panic(&failure{errs.Unsupported("RETURNING WITH", "")})
	}
}

func (s *scope) insertStatement(n *ast.InsertStmt) *query.Query {
	q := s.q
	q.Command, q.Pos = query.Insert, n.Pos
	s.with(n.With)
	refuseReturningOptions(n.ReturningOptions)
	target := s.openTarget(n.Relation, catalog.Insert)
	r := target.rte
	cols, named := s.insertColumns(r, n.Columns)
	q.Overriding = [...]string{"", "user", "system"}[n.Override]

	if n.Select != nil {
		general := n.Select.Values == nil || len(n.Select.OrderBy) > 0 || n.Select.Limit != nil || n.Select.Offset != nil ||
			n.Select.With != nil || len(n.Select.Locking) > 0
		if general {
			s.insertSelect(n, r, cols, named)
		} else {
			s.insertValues(n, r, cols, named)
		}
	}
	for _, a := range q.Assign {
		r.Inserted[a.Column.Num] = true
	}
	var conflict *conflictClause
	if n.OnConflict != nil {
		conflict = s.onConflict(n.OnConflict, target)
		s.conflict = conflict
	}
	s.ns = []*item{target}
	s.returning(n.Returning)
	s.writeView()
	s.rewriting(func() {
		s.checkInsertedColumns()
		if conflict != nil {
			s.inferArbiters(conflict)
		}
	})
	return q
}

// insertColumns finds INSERT's columns; named says the list was written.
func (s *scope) insertColumns(r *query.RTE, list []*ast.ResTarget) ([]*catalog.Column, []*ast.ResTarget) {
	var cols []*catalog.Column
	if len(list) == 0 {
		return r.Relation.Columns, nil
	}
	seen := map[string]bool{}
	for _, t := range list {
		c := r.Relation.Column(t.Name)
		if c == nil {
			panic(s.errorf(t.Pos, "42703", "column \"%s\" of relation \"%s\" does not exist", t.Name, r.Relation.Name))
		}
		part := len(t.Indirection) > 0
		if whole, ok := seen[t.Name]; ok && (whole || !part) {
			panic(s.errorf(t.Pos, "42701", "column \"%s\" specified more than once", t.Name))
		}
		seen[t.Name] = !part
		cols = append(cols, c)
	}
	return cols, list
}

// checkCount compares the number of values with the number of columns.
func (s *scope) checkCount(exprs []query.Expr, cols []*catalog.Column, named []*ast.ResTarget) {
	if len(exprs) > len(cols) {
		panic(s.errorf(posOf(exprs[len(cols)]), "42601", "INSERT has more expressions than target columns"))
	}
	if named != nil && len(exprs) < len(cols) {
		f := s.errorf(named[len(exprs)].Pos, "42601", "INSERT has more target columns than expressions")
		if len(exprs) == 1 {
			if row, ok := exprs[0].(*query.Row); ok && len(row.Fields) == len(cols) {
				panic(f.hint("The insertion source is a row expression containing the same number of columns expected by the INSERT. Did you accidentally use extra parentheses?"))
			}
		}
		panic(f)
	}
}

// insertValues is INSERT ... VALUES: Source holds the rows; DEFAULT stays as it is.
func (s *scope) insertValues(n *ast.InsertStmt, r *query.RTE, cols []*catalog.Column, named []*ast.ResTarget) {
	q := s.q
	sub := s.newScope(s)
	sub.kind = kindValuesSingle
	if len(n.Select.Values) > 1 {
		sub.kind = kindValues
	}
	old := s.ns
	s.ns = nil
	paths := make([][]*query.PathStep, len(cols))
	for i, raw := range n.Select.Values {
		var row []query.Expr
		for _, e := range raw {
			if d, ok := e.(*ast.SetToDefault); ok {
				row = append(row, &query.SetToDefault{T: query.T{Typ: types.ByOID(types.UnknownOID), Mod: -1, Pos: d.Pos}})
				continue
			}
			if many, ok := sub.expandStar(e); ok {
				for _, t := range many {
					row = append(row, t.Expr)
				}
				continue
			}
			row = append(row, sub.expr(e))
		}
		if i > 0 && len(row) != len(sub.q.Values[0]) {
			pos := -1
			if len(row) > 0 {
				pos = posOf(row[0])
			}
			panic(s.errorf(pos, "42601", "VALUES lists must all be the same length"))
		}
		s.checkCount(row, cols, named)
		for k, e := range row {
			steps := stepsOf(named, k)
			if d, ok := e.(*query.SetToDefault); ok && len(steps) == 0 {
				d.Typ, d.Mod = s.typeOf(cols[k].Type), cols[k].Typmod
				continue
			}
			a := sub.assignPart(e, cols[k], steps, targetPos(named, k))
			row[k], paths[k] = a.Expr, a.Path
		}
		sub.q.Values = append(sub.q.Values, row)
	}
	s.ns = old
	cols = cols[:len(sub.q.Values[0])]
	for i, c := range cols {
		t := query.T{Typ: s.typeOf(c.Type), Mod: c.Typmod, Pos: -1}
		if len(paths[i]) > 0 {
			e := sub.q.Values[0][i]
			t.Typ, t.Mod = e.Type(), e.Typmod()
		}
		sub.q.Targets = append(sub.q.Targets, &query.Target{Name: c.Name, Expr: &query.Const{T: t}})
		q.Assign = append(q.Assign, &query.Assignment{Column: c, Path: paths[i], Pos: targetPos(named, i)})
	}
	q.Source = sub.q
}

func stepsOf(named []*ast.ResTarget, i int) []ast.Indirection {
	if i < len(named) {
		return named[i].Indirection
	}
	return nil
}

func targetPos(named []*ast.ResTarget, i int) int {
	if i < len(named) {
		return named[i].Pos
	}
	return -1
}

// insertSelect is INSERT ... SELECT.
func (s *scope) insertSelect(n *ast.InsertStmt, r *query.RTE, cols []*catalog.Column, named []*ast.ResTarget) {
	q := s.q
	old := s.ns
	s.ns = nil
	src := s.subquery(n.Select, false)
	s.ns = old
	var exprs []query.Expr
	for _, t := range src.Targets {
		if !t.Junk {
			exprs = append(exprs, t.Expr)
		}
	}
	s.checkCount(exprs, cols, named)
	cols = cols[:len(exprs)]
	s.source = &query.RTE{Kind: query.SubqueryRTE, Alias: "*SELECT*", Columns: outputs(src), Pos: -1}
	plain := src.SetOp == nil && !src.Distinct && len(src.DistinctOn) == 0 && len(src.OrderBy) == 0 && len(src.GroupBy) == 0 && src.Limit == nil && src.Offset == nil
	change := false
	for i, e := range exprs {
		c := cols[i]
		change = change || e.Type().OID != c.Type || c.Typmod >= 0 && c.Typmod != e.Typmod() || len(stepsOf(named, i)) > 0
	}
	if change && !plain {
		// Literals nothing gave a type take the column's before anything is wrapped.
		i := 0
		for _, t := range src.Targets {
			if t.Junk {
				continue
			}
			if isUnknown(t.Expr) && src.SetOp == nil {
				t.Expr = s.assignPart(t.Expr, cols[i], stepsOf(named, i), -1).Expr
			}
			i++
		}
		src = s.wrap(src)
	}
	i := 0
	for _, t := range src.Targets {
		if t.Junk {
			continue
		}
		a := s.assignPart(t.Expr, cols[i], stepsOf(named, i), targetPos(named, i))
		t.Expr = a.Expr
		q.Assign = append(q.Assign, &query.Assignment{Column: cols[i], Path: a.Path, Pos: a.Pos})
		i++
	}
	q.Source = src
}

// wrap makes SELECT columns FROM (q).
func (s *scope) wrap(q *query.Query) *query.Query {
	r := &query.RTE{Kind: query.SubqueryRTE, Alias: "*SELECT*", Subquery: deeper(q), Columns: outputs(q), Pos: -1}
	var positions []int
	for _, t := range q.Targets {
		if !t.Junk {
			positions = append(positions, posOf(t.Expr))
		}
	}
	out := &query.Query{Command: query.Select, RTable: []*query.RTE{r}, From: []query.FromItem{&query.TableRef{RT: 1}}, Pos: q.Pos}
	for i, c := range r.Columns {
		out.Targets = append(out.Targets, &query.Target{Name: c.Name, Expr: &query.Var{T: query.T{Typ: c.Type, Mod: c.Typmod, Pos: positions[i]}, RT: 1, Col: i, Name: c.Name}})
	}
	return out
}

// checkInsertedColumns refuses values for identity and generated columns.
func (s *scope) checkInsertedColumns() {
	q := s.q
	for i, a := range q.Assign {
		c := a.Column
		def := onlyDefaults(q, i)
		switch {
		case c.Identity == "a" && q.Overriding == "user", c.Identity == "d" && q.Overriding == "user":
			a.Expr = &query.SetToDefault{T: query.T{Typ: s.typeOf(c.Type), Mod: c.Typmod, Pos: -1}}
			continue
		case c.Identity == "a" && q.Overriding != "system" && !def:
			panic(s.alwaysIdentity(c))
		case c.Generated != "" && !def:
			panic(s.alwaysGenerated(c))
		}
	}
	if q.OnConflict != nil {
		s.checkUpdatedColumns(q.OnConflict.Assign)
	}
}

// onlyDefaults says whether column i of the source's rows is DEFAULT in all of them.
func onlyDefaults(q *query.Query, i int) bool {
	if q.Source == nil || q.Source.Values == nil {
		return false
	}
	for _, row := range q.Source.Values {
		if _, ok := row[i].(*query.SetToDefault); !ok {
			return false
		}
	}
	return true
}

// checkUpdatedColumns refuses new values for identity and generated columns, and two values for one.
func (s *scope) checkUpdatedColumns(list []*query.Assignment) {
	seen := map[int32]*query.Assignment{}
	for _, a := range list {
		c := a.Column
		if b := seen[c.Num]; b != nil && (len(a.Path) == 0 || len(b.Path) == 0) {
			panic(s.errorf(-1, "42601", "multiple assignments to same column \"%s\"", c.Name))
		}
		seen[c.Num] = a
		if _, def := a.Expr.(*query.SetToDefault); def {
			continue
		}
		switch {
		case c.Identity == "a":
			panic(s.errorf(-1, "428C9", "column \"%s\" can only be updated to DEFAULT", c.Name).
				detail("Column \"%s\" is an identity column defined as GENERATED ALWAYS.", c.Name))
		case c.Generated != "":
			panic(s.errorf(-1, "428C9", "column \"%s\" can only be updated to DEFAULT", c.Name).
				detail("Column \"%s\" is a generated column.", c.Name))
		}
	}
}

func (s *scope) updateStatement(n *ast.UpdateStmt) *query.Query {
	q := s.q
	q.Command, q.Pos = query.Update, n.Pos
	s.with(n.With)
	refuseReturningOptions(n.ReturningOptions)
	s.targetAndFrom(n.Relation, n.From, catalog.Update)
	if n.Where != nil {
		q.Where = s.toBoolean(s.exprIn(n.Where, kindWhere), "WHERE")
	}
	s.returning(n.Returning)
	q.Assign = s.assignments(n.Targets, q.RTable[q.Result-1])
	s.writeView()
	s.rewriting(func() { s.checkUpdatedColumns(q.Assign) })
	return q
}

// rewriting makes a check when the statement is analysed.
func (s *scope) rewriting(check func()) {
	if s.later == nil {
		check()
		return
	}
	*s.later = append(*s.later, check)
}

func (s *scope) deleteStatement(n *ast.DeleteStmt) *query.Query {
	q := s.q
	q.Command, q.Pos = query.Delete, n.Pos
	s.with(n.With)
	refuseReturningOptions(n.ReturningOptions)
	s.targetAndFrom(n.Relation, n.Using, catalog.Delete)
	if n.Where != nil {
		q.Where = s.toBoolean(s.exprIn(n.Where, kindWhere), "WHERE")
	}
	s.returning(n.Returning)
	s.writeView()
	return q
}

// targetAndFrom opens the target of an UPDATE or DELETE and what it is joined with. The target is the first item of FROM.
func (s *scope) targetAndFrom(rel *ast.RangeVar, from []ast.TableRef, need catalog.Privilege) {
	target := s.openTarget(rel, need)
	s.ns = []*item{target}
	target.lateralOnly, target.lateralOK = true, false
	s.q.From = []query.FromItem{&query.TableRef{RT: target.rt}}
	for _, r := range from {
		f, items := s.fromItem(r)
		s.checkNames(s.ns, items)
		for _, it := range items {
			it.lateralOnly, it.lateralOK = true, true
		}
		s.ns = append(s.ns, items...)
		s.q.From = append(s.q.From, f)
	}
	for _, it := range s.ns {
		it.lateralOnly, it.lateralOK = false, true
	}
}

// assignments analyses SET.
func (s *scope) assignments(list []*ast.ResTarget, r *query.RTE) []*query.Assignment {
	old := s.kind
	s.kind = kindUpdateSource
	var out []*query.Assignment
	var exprs []query.Expr
	multi := map[ast.Expr]*query.Query{}
	for _, t := range list {
		switch x := t.Value.(type) {
		case *ast.SetToDefault:
			exprs = append(exprs, &query.SetToDefault{T: query.T{Mod: -1, Pos: x.Pos}})
		case *ast.MultiAssignRef:
			exprs = append(exprs, s.multiAssign(x, multi))
		default:
			exprs = append(exprs, s.expr(x))
		}
	}
	s.kind = old
	for i, t := range list {
		c := r.Relation.Column(t.Name)
		if c == nil {
			if _, sys := systemColumns[t.Name]; sys {
				panic(s.errorf(t.Pos, "0A000", "cannot assign to system column \"%s\"", t.Name))
			}
			panic(s.errorf(t.Pos, "42703", "column \"%s\" of relation \"%s\" does not exist", t.Name, r.Relation.Name))
		}
		r.Updated[c.Num] = true
		if d, ok := exprs[i].(*query.SetToDefault); ok && len(t.Indirection) == 0 {
			d.Typ, d.Mod = s.typeOf(c.Type), c.Typmod
			out = append(out, &query.Assignment{Column: c, Pos: t.Pos, Expr: d})
			continue
		}
		out = append(out, s.assignPart(exprs[i], c, t.Indirection, t.Pos))
	}
	return out
}

// multiAssign is one column of SET (a, b) = source.
func (s *scope) multiAssign(m *ast.MultiAssignRef, seen map[ast.Expr]*query.Query) query.Expr {
	switch src := m.Source.(type) {
	case *ast.RowExpr:
		if len(src.Args) != m.Columns {
			panic(s.errorf(src.Pos, "42601", "number of columns does not match number of values"))
		}
		if d, ok := src.Args[m.Column-1].(*ast.SetToDefault); ok {
			return &query.SetToDefault{T: query.T{Mod: -1, Pos: d.Pos}}
		}
		return s.expr(src.Args[m.Column-1])
	case *ast.SubLink:
		if src.Type != ast.ExprSubLink {
			break
		}
		q := seen[src]
		if q == nil {
			q = s.subquery(src.Select, true)
			if len(outputs(q)) != m.Columns {
				panic(s.errorf(src.Pos, "42601", "number of columns does not match number of values"))
			}
			seen[src] = q
		}
		// Each column takes its value from a copy of the subquery.
		one := s.wrap(q)
		one.Targets = one.Targets[m.Column-1 : m.Column]
		t := one.Targets[0].Expr
		return &query.SubLink{T: query.T{Typ: t.Type(), Mod: t.Typmod(), Pos: posOf(t)}, Kind: query.Scalar, Query: one}
	}
	panic(s.errorf(rawPos(m.Source), "0A000", "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression"))
}
