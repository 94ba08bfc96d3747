package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// mergeRights are what the actions of MERGE need on its target.
var mergeRights = map[ast.MergeCommand]catalog.Privilege{ast.MergeInsert: catalog.Insert, ast.MergeUpdate: catalog.Update,
	ast.MergeDelete: catalog.Delete}

// mergeStatement is MERGE, as PostgreSQL 15 has it.
func (s *scope) mergeStatement(n *ast.MergeStmt) *query.Query {
	q := s.q
	q.Command, q.Pos = query.Merge, n.Pos
	if s.parent != nil {
		panic(s.errorf(n.Pos, "0A000", "MERGE not supported in WITH query"))
	}
	if n.With != nil && n.With.Recursive {
		panic(s.errorf(-1, "42601", "WITH RECURSIVE is not supported for MERGE statement"))
	}
	s.with(n.With)
	if len(n.Returning) > 0 || len(n.ReturningOptions) > 0 {
		panic(&failure{errs.Unsupported("MERGE ... RETURNING", "Read the rows with a SELECT.")})
	}
	need := s.mergeClauses(n)
	target := s.openTarget(n.Relation, need)
	rel := target.rte.Relation
	if rel.Kind != catalog.Table && rel.Kind != catalog.PartitionedTable {
		panic(s.errorf(-1, "0A000", "cannot execute MERGE on relation \"%s\"", rel.Name).detail("%s", notSupported(rel.Kind)))
	}
	from, source := s.fromItem(n.Source)
	for _, it := range source {
		if it.rel && it.name == target.name {
			panic(s.errorf(-1, "42712", "name \"%s\" specified more than once", it.name).
				detail("The name is used both as MERGE target table and data source."))
		}
	}
	both := append([]*item{target}, source...)
	s.ns = both
	join := &query.Join{Kind: query.Inner, Left: from, Right: &query.TableRef{RT: target.rt}}
	join.On = s.toBoolean(s.exprIn(n.On, kindJoinOn), "JOIN/ON")
	q.From = []query.FromItem{join}
	for _, w := range n.Whens {
		s.ns = both
		if w.Match != ast.MergeMatched {
			// Without a row of the target there is nothing to name.
			join.Kind = query.Left
			s.ns = source
		}
		q.Merge = append(q.Merge, s.mergeAction(w, target.rte))
	}
	s.ns = both
	return q
}

// mergeClauses checks the order of the WHEN clauses and gives the rights they need.
func (s *scope) mergeClauses(n *ast.MergeStmt) catalog.Privilege {
	var need catalog.Privilege
	always := map[ast.MergeMatchKind]bool{}
	for _, w := range n.Whens {
		if w.Match == ast.MergeNotMatchedBySource {
			panic(s.at(w.Pos, errs.Unsupported("WHEN NOT MATCHED BY SOURCE", "Write a DELETE or UPDATE of its own.")))
		}
		need |= mergeRights[w.Command]
		if always[w.Match] {
			panic(s.errorf(-1, "42601", "unreachable WHEN clause specified after unconditional WHEN clause"))
		}
		always[w.Match] = w.Condition == nil
	}
	return need
}

func notSupported(k catalog.RelKind) string {
	switch k {
	case catalog.View:
		return "This operation is not supported for views."
	case catalog.MaterializedView:
		return "This operation is not supported for materialized views."
	case catalog.SequenceRel:
		return "This operation is not supported for sequences."
	}
	return "This operation is not supported for foreign tables."
}

// mergeAction analyses one WHEN clause.
func (s *scope) mergeAction(w *ast.MergeWhenClause, r *query.RTE) *query.MergeAction {
	a := &query.MergeAction{Matched: w.Match == ast.MergeMatched}
	if w.Condition != nil {
		a.When = s.toBoolean(s.exprIn(w.Condition, kindMergeWhen), "WHEN")
	}
	switch w.Command {
	case ast.MergeDelete:
		a.Command = query.Delete
	case ast.MergeUpdate:
		a.Command = query.Update
		a.Assign = s.assignments(w.Targets, r)
		s.checkUpdatedColumns(a.Assign)
	case ast.MergeInsert:
		a.Command = query.Insert
		a.Overriding = [...]string{"", "user", "system"}[w.Override]
		a.Assign = s.mergeValues(w, r)
		s.checkMergedColumns(a)
	default:
		a.Command = query.Select
	}
	return a
}

// mergeValues analyses INSERT ... VALUES of a WHEN clause.
func (s *scope) mergeValues(w *ast.MergeWhenClause, r *query.RTE) []*query.Assignment {
	cols, named := s.insertColumns(r, w.Targets)
	old := s.kind
	s.kind = kindValuesSingle
	var row []query.Expr
	for _, e := range w.Values {
		if d, ok := e.(*ast.SetToDefault); ok {
			row = append(row, &query.SetToDefault{T: query.T{Typ: types.ByOID(types.UnknownOID), Mod: -1, Pos: d.Pos}})
			continue
		}
		if many, ok := s.expandStar(e); ok {
			for _, t := range many {
				row = append(row, t.Expr)
			}
			continue
		}
		row = append(row, s.expr(e))
	}
	s.kind = old
	if w.Values == nil {
		return nil
	}
	s.checkCount(row, cols, named)
	var out []*query.Assignment
	for i, e := range row {
		c := cols[i]
		r.Inserted[c.Num] = true
		if d, ok := e.(*query.SetToDefault); ok && len(stepsOf(named, i)) == 0 {
			d.Typ, d.Mod = s.typeOf(c.Type), c.Typmod
			out = append(out, &query.Assignment{Column: c, Expr: d, Pos: targetPos(named, i)})
			continue
		}
		out = append(out, s.assignPart(e, c, stepsOf(named, i), targetPos(named, i)))
	}
	return out
}

// checkMergedColumns refuses values for identity and generated columns.
func (s *scope) checkMergedColumns(m *query.MergeAction) {
	for _, a := range m.Assign {
		c := a.Column
		_, def := a.Expr.(*query.SetToDefault)
		switch {
		case c.Identity != "" && m.Overriding == "user":
			a.Expr = &query.SetToDefault{T: query.T{Typ: s.typeOf(c.Type), Mod: c.Typmod, Pos: -1}}
		case c.Identity == "a" && m.Overriding != "system" && !def:
			panic(s.alwaysIdentity(c))
		case c.Generated != "" && !def:
			panic(s.alwaysGenerated(c))
		}
	}
}

func (s *scope) alwaysIdentity(c *catalog.Column) *failure {
	return s.errorf(-1, "428C9", "cannot insert a non-DEFAULT value into column \"%s\"", c.Name).
		detail("Column \"%s\" is an identity column defined as GENERATED ALWAYS.", c.Name).
		hint("Use OVERRIDING SYSTEM VALUE to override.")
}

func (s *scope) alwaysGenerated(c *catalog.Column) *failure {
	return s.errorf(-1, "428C9", "cannot insert a non-DEFAULT value into column \"%s\"", c.Name).
		detail("Column \"%s\" is a generated column.", c.Name)
}
