package ddl

import (
	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

func (r *run) createView(s *ast.ViewStmt) error {
	sel, ok := s.Query.(*ast.SelectStmt)
	if !ok {
		return errs.New("42601", "views must be unconditional SELECT or VALUES statements")
	}
	if sel.Into != nil {
		return errs.New("0A000", "views must not contain SELECT INTO")
	}
	if s.Recursive {
		sel = recursiveView(s, sel)
	}
	q, err := r.viewTree(sel)
	if err != nil {
		return err
	}
	v := *s.View
	if v.Schema == "" && readsTemporary(q) {
		v.Persistence = ast.Temporary
	}
	sc, err := r.schemaFor(&v)
	if err != nil {
		return err
	}
	old := classIn(r.snap(), sc.Name, s.View.Name)
	if old.found() && !s.Replace {
		return errs.New("42P07", "relation \"%s\" already exists", s.View.Name)
	}
	if old.found() && (old.rel == nil || old.index != nil || old.rel.Kind != catalog.View) {
		return errs.New("42809", "\"%s\" is not a view", s.View.Name)
	}
	options, err := r.relOptions(nil, s.Options)
	if err != nil {
		return err
	}
	switch s.CheckOption {
	case ast.LocalCheckOption:
		options = withOption(options, "check_option", "local")
	case ast.CascadedCheckOption:
		options = withOption(options, "check_option", "cascaded")
	}
	columns, err := viewColumns(q, s.Columns)
	if err != nil {
		return err
	}
	updatable, why := updatableView(q)
	if options["check_option"] != "" && why != "" {
		return errs.New("0A000", "WITH CHECK OPTION is supported only on automatically updatable views").WithHint("%s", why)
	}
	var rel *catalog.Relation
	if old.found() {
		if err := r.mustOwn(old.rel.Owner, "view", old.rel.Name); err != nil {
			return err
		}
		rel = cloneRelation(old.rel)
		if err := r.replaceColumns(rel, columns); err != nil {
			return err
		}
	} else {
		if _, err := r.free(sc.Name, s.View.Name, false); err != nil {
			return err
		}
		rel = r.newRelation(sc.Name, s.View.Name, catalog.View)
		rel.Columns = columns
		rel.LastColumn = int32(len(columns))
	}
	rel.Options = options
	rel.View = r.viewQuery(sel, q)
	rel.Insertable, rel.Updatable, rel.Deletable = updatable, updatable, updatable
	r.edit.PutRelation(rel)
	if !old.found() {
		r.putRowType(rel)
	}
	return nil
}

// recursiveView spells CREATE RECURSIVE VIEW out.
func recursiveView(s *ast.ViewStmt, sel *ast.SelectStmt) *ast.SelectStmt {
	out := ast.Select()
	out.With = &ast.WithClause{Pos: -1, Recursive: true, CTEs: []*ast.CommonTableExpr{
		{Pos: -1, Name: s.View.Name, Columns: s.Columns, Query: sel}}}
	for _, c := range s.Columns {
		out.Targets = append(out.Targets, ast.As(ast.Col(c), ""))
	}
	out.From = []ast.TableRef{&ast.RangeVar{Pos: -1, Name: s.View.Name}}
	return out
}

// viewTree analyses a view's query without asking for rights: they are checked when the view is read.
func (r *run) viewTree(sel *ast.SelectStmt) (*query.Query, error) {
	opt := r.analyzeOptions()
	opt.Role = ""
	q, params, err := analyze.Statement(r.snap(), sel, opt)
	if err != nil {
		return nil, err
	}
	if len(params) > 0 {
		return nil, errs.New("42P02", "there is no parameter $1")
	}
	return q, nil
}

// viewColumns makes a view's columns of its query's targets.
func viewColumns(q *query.Query, names []string) ([]*catalog.Column, error) {
	var out []*catalog.Column
	seen := map[string]bool{}
	for _, t := range q.Targets {
		if t.Junk {
			continue
		}
		name := t.Name
		if len(out) < len(names) {
			name = names[len(out)]
		}
		if seen[name] {
			return nil, errs.New("42701", "column \"%s\" specified more than once", name)
		}
		seen[name] = true
		typ := t.Expr.Type()
		oid := typ.OID
		if oid == types.UnknownOID {
			oid = types.TextOID
		}
		if oid == types.RecordOID || oid == types.RecordArrayOID {
			return nil, errs.New("42P16", "column \"%s\" has pseudo-type %s", name, types.FormatType(typ, -1))
		}
		out = append(out, &catalog.Column{Num: int32(len(out) + 1), Name: name, Type: oid, Typmod: t.Expr.Typmod(), ACL: catalog.ACL{Default: true}})
	}
	if len(names) > len(out) {
		return nil, errs.New("42601", "CREATE VIEW specifies more column names than columns")
	}
	return out, nil
}

// replaceColumns applies CREATE OR REPLACE VIEW's rule: the old columns stay as they are, new ones come behind them.
func (r *run) replaceColumns(rel *catalog.Relation, columns []*catalog.Column) error {
	if len(columns) < len(rel.Columns) {
		return errs.New("42P16", "cannot drop columns from view")
	}
	for i, old := range rel.Columns {
		c := columns[i]
		if c.Name != old.Name {
			return errs.New("42P16", "cannot change name of view column \"%s\" to \"%s\"", old.Name, c.Name).
				WithHint("Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.")
		}
		if c.Type != old.Type || c.Typmod != old.Typmod {
			return errs.New("42P16", "cannot change data type of view column \"%s\" from %s to %s", old.Name,
				types.FormatType(r.snap().TypeByOID(old.Type), old.Typmod), types.FormatType(r.snap().TypeByOID(c.Type), c.Typmod))
		}
	}
	for _, c := range columns[len(rel.Columns):] {
		c.Num = maxColumn(rel) + 1
		rel.LastColumn = c.Num
		rel.Columns = append(rel.Columns, c)
	}
	return nil
}

// viewQuery makes the stored definition: stars spelled out, names qualified.
func (r *run) viewQuery(sel *ast.SelectStmt, q *query.Query) *catalog.ViewQuery {
	sel = ast.Clone(sel)
	expandStars(sel, q)
	sel = r.qualify(sel).(*ast.SelectStmt)
	v := &catalog.ViewQuery{SQL: print.Statement(sel), SearchPath: r.tx.SearchPath()}
	for i, t := range q.Targets {
		if !t.Junk {
			v.Sources = append(v.Sources, sources(r.snap(), q, i))
		}
	}
	return v
}

// expandStars replaces * and t.* at the top of a query by the columns they stand for now.
func expandStars(sel *ast.SelectStmt, q *query.Query) {
	if sel.Op != ast.SetOpNone {
		if q.SetOp != nil {
			expandSide(sel, q, q.SetOp)
		}
		return
	}
	star := false
	for _, t := range sel.Targets {
		if c, ok := t.Value.(*ast.ColumnRef); ok && c.Star {
			star = true
		}
	}
	if !star {
		return
	}
	var visible []*query.Target
	for _, t := range q.Targets {
		if !t.Junk {
			visible = append(visible, t)
		}
	}
	// Every star stands for as many targets as are left when the others have theirs; several stars are told apart by the
	// relation their columns come from.
	var out []*ast.ResTarget
	at := 0
	for i, t := range sel.Targets {
		c, ok := t.Value.(*ast.ColumnRef)
		if !ok || !c.Star {
			out = append(out, t)
			at++
			continue
		}
		end := len(visible) - (len(sel.Targets) - i - 1)
		if later := laterStars(sel.Targets[i+1:]); later > 0 {
			end = at
			for end < len(visible) && belongs(visible[end], q, c) {
				end++
			}
		}
		for ; at < end && at < len(visible); at++ {
			v, ok := visible[at].Expr.(*query.Var)
			ref := ast.Col(visible[at].Name)
			if ok && v.RT >= 1 && v.RT <= len(q.RTable) {
				if rte := q.RTable[v.RT-1]; rte.Kind != query.JoinRTE && rte.Alias != "" {
					ref = ast.Col(rte.Alias, visible[at].Name)
				}
			}
			out = append(out, ast.As(ref, ""))
		}
	}
	sel.Targets = out
}

func laterStars(list []*ast.ResTarget) int {
	n := 0
	for _, t := range list {
		if c, ok := t.Value.(*ast.ColumnRef); ok && c.Star {
			n++
		}
	}
	return n
}

// belongs says whether a target may come from a star: t.* from the relation named t only.
func belongs(t *query.Target, q *query.Query, c *ast.ColumnRef) bool {
	v, ok := t.Expr.(*query.Var)
	if !ok {
		return false
	}
	if len(c.Fields) == 0 {
		return true
	}
	return v.RT >= 1 && v.RT <= len(q.RTable) && q.RTable[v.RT-1].Alias == c.Fields[len(c.Fields)-1]
}

func expandSide(sel *ast.SelectStmt, q *query.Query, op *query.SetOp) {
	if op == nil {
		return
	}
	if op.Op == "" {
		if op.RT >= 1 && op.RT <= len(q.RTable) && q.RTable[op.RT-1].Subquery != nil {
			expandStars(sel, q.RTable[op.RT-1].Subquery)
		}
		return
	}
	if sel.Left != nil {
		expandSide(sel.Left, q, op.Left)
	}
	if sel.Right != nil {
		expandSide(sel.Right, q, op.Right)
	}
}

// sources finds the base columns a target is, unchanged. As in PostgreSQL a set operation's columns have none.
func sources(snap *catalog.Snapshot, q *query.Query, target int) []catalog.ColumnRef {
	if q.SetOp != nil {
		return nil
	}
	return exprSources(snap, q, q.Targets[target].Expr)
}

func exprSources(snap *catalog.Snapshot, q *query.Query, e query.Expr) []catalog.ColumnRef {
	switch x := e.(type) {
	case *query.Var:
		if x.Levels != 0 || x.Col < 0 || x.RT < 1 || x.RT > len(q.RTable) {
			return nil
		}
		rte := q.RTable[x.RT-1]
		switch rte.Kind {
		case query.RelationRTE:
			if rte.Relation == nil || x.Col >= len(rte.Columns) {
				return nil
			}
			return relationSources(rte.Relation, rte.Columns[x.Col].Name)
		case query.SubqueryRTE:
			if rte.IsView && rte.Relation != nil {
				if x.Col < len(rte.Relation.Columns) {
					return relationSources(rte.Relation, rte.Relation.Columns[x.Col].Name)
				}
				return nil
			}
			if rte.Subquery != nil && rte.Subquery.Body == nil && x.Col < len(rte.Subquery.Targets) {
				return sources(snap, rte.Subquery, x.Col)
			}
		case query.CTERTE:
			if rte.CTE != nil && rte.CTE.Query != nil && !rte.SelfRef && x.Col < len(rte.CTE.Query.Targets) && rte.CTE.Query.Command == query.Select {
				return sources(snap, rte.CTE.Query, x.Col)
			}
		case query.JoinRTE:
			if x.Col < len(rte.JoinVars) {
				return exprSources(snap, q, rte.JoinVars[x.Col])
			}
		}
	}
	return nil
}

// relationSources are the base columns behind a relation's column: itself for a table, its own sources for a view.
func relationSources(rel *catalog.Relation, column string) []catalog.ColumnRef {
	if rel.View == nil {
		return []catalog.ColumnRef{{Schema: rel.Schema, Relation: rel.Name, Column: column}}
	}
	for i, c := range rel.Columns {
		if c.Name == column && i < len(rel.View.Sources) {
			return rel.View.Sources[i]
		}
	}
	return nil
}

// updatableView says whether PostgreSQL would let a view be written through; why is what stands against it in the view's
// own query.
func updatableView(q *query.Query) (ok bool, why string) {
	switch {
	case q.Distinct || len(q.DistinctOn) > 0:
		return false, "Views containing DISTINCT are not automatically updatable."
	case len(q.GroupBy) > 0 || q.GroupingSets != nil:
		return false, "Views containing GROUP BY are not automatically updatable."
	case q.Having != nil:
		return false, "Views containing HAVING are not automatically updatable."
	case q.SetOp != nil:
		return false, "Views containing UNION, INTERSECT, or EXCEPT are not automatically updatable."
	case len(q.CTEs) > 0:
		return false, "Views containing WITH are not automatically updatable."
	case q.Limit != nil || q.Offset != nil:
		return false, "Views containing LIMIT or OFFSET are not automatically updatable."
	case q.HasAggs:
		return false, "Views that return aggregate functions are not automatically updatable."
	case q.HasWindow:
		return false, "Views that return window functions are not automatically updatable."
	case q.HasSRF:
		return false, "Views that return set-returning functions are not automatically updatable."
	}
	const single = "Views that do not select from a single table or view are not automatically updatable."
	if len(q.From) != 1 || q.Values != nil {
		return false, single
	}
	ref, ok := q.From[0].(*query.TableRef)
	if !ok {
		return false, single
	}
	rte := q.RTable[ref.RT-1]
	if rte.Relation == nil || rte.Kind != query.RelationRTE && !rte.IsView || rte.Relation.Kind == catalog.MaterializedView {
		return false, single
	}
	for _, t := range q.Targets {
		if v, isVar := t.Expr.(*query.Var); isVar && v.RT == ref.RT && v.Col >= 0 && !t.Junk {
			return rte.Relation.View == nil || rte.Relation.Updatable, ""
		}
	}
	return false, "Views that have no updatable columns are not automatically updatable."
}
