package guard

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
)

// onViews refuses q when role, or the owner of the view or function a part of it stands in, lacks a right on a view.
// PostgreSQL looks at the rights on views while it plans, at those on all other relations before it runs, at those on
// functions last. The whole tree is seen, the subqueries of policies included.
func (c *rights) onViews(q *query.Query) error {
	c.views = true
	return c.pass(q, c.relations)
}

// onOthers does what onViews does for the other relations and the functions.
func (c *rights) onOthers(q *query.Query) error {
	c.views = false
	if err := c.pass(q, c.relations); err != nil {
		return err
	}
	return c.pass(q, c.functions)
}

func (c *rights) pass(q *query.Query, f func(*query.Query) error) error {
	c.seen, c.body = map[*query.Query]bool{}, q.Body != nil
	return f(q)
}

type rights struct {
	snap *catalog.Snapshot
	role string
	seen map[*query.Query]bool
	// views says that views are checked in this pass, and nothing else.
	views bool
	// body says that the next query is the body being checked, not one to be put off.
	body bool
}

func denied(what, name string) *errs.Error {
	return errs.New("42501", "permission denied for %s %s", what, name)
}

// parts visits the queries directly below q: in FROM, WITH and the source first, then those in expressions.
func parts(q *query.Query, f func(*query.Query) error) error {
	for _, r := range q.RTable {
		if r.Subquery != nil {
			if err := f(r.Subquery); err != nil {
				return err
			}
		}
	}
	for _, c := range q.CTEs {
		if err := f(c.Query); err != nil {
			return err
		}
	}
	if q.Source != nil {
		if err := f(q.Source); err != nil {
			return err
		}
	}
	var failed error
	visit := func(e query.Expr) {
		query.Walk(e, func(x query.Expr) bool {
			if s, ok := x.(*query.SubLink); ok && failed == nil {
				failed = f(s.Query)
			}
			return failed == nil
		})
	}
	// What is written and returned comes before what is searched; f passes over what it has seen.
	for _, a := range q.Assign {
		visit(a.Expr)
	}
	if c := q.OnConflict; c != nil {
		for _, a := range c.Assign {
			visit(a.Expr)
		}
		visit(c.Where)
	}
	for _, m := range q.Merge {
		for _, a := range m.Assign {
			visit(a.Expr)
		}
	}
	for _, t := range q.Returning {
		visit(t.Expr)
	}
	q.Exprs(visit)
	return failed
}

func (c *rights) relations(q *query.Query) error {
	if q == nil || c.seen[q] {
		return nil
	}
	c.seen[q] = true
	if q.Body != nil && !c.body {
		return c.inBody(q)
	}
	c.body = false
	for _, r := range q.RTable {
		if r.Relation != nil && r.Required != 0 && (r.Relation.Kind == catalog.View) == c.views && !c.may(r) {
			return denied(kindName(r.Relation), r.Relation.Name)
		}
	}
	// PostgreSQL joins EXISTS and IN of the conditions in before it opens subqueries.
	var failed error
	joined := func(e query.Expr) {
		for _, x := range query.Conjuncts(e) {
			if b, ok := x.(*query.Bool); ok && b.Op == "not" {
				x = b.Args[0]
			}
			if l, ok := x.(*query.SubLink); ok && failed == nil && (l.Kind == query.Exists || l.Kind == query.AnyLink) {
				failed = c.relations(l.Query)
			}
		}
	}
	joined(q.Where)
	for _, f := range q.From {
		joinConditions(f, joined)
	}
	if failed != nil {
		return failed
	}
	return parts(q, c.relations)
}

// inBody checks the body of an inlined function as the statement of its own that it is when it is run.
func (c *rights) inBody(q *query.Query) error {
	if c.views {
		delete(c.seen, q)
		return nil
	}
	sub := *c
	if q.Body.SecurityDefiner {
		sub.role = q.Body.Owner
	}
	err := sub.onViews(q)
	if err == nil {
		err = sub.onOthers(q)
	}
	if err != nil {
		return raiseLater(q, err)
	}
	return nil
}

func kindName(r *catalog.Relation) string {
	switch r.Kind {
	case catalog.View:
		return "view"
	case catalog.MaterializedView:
		return "materialized view"
	case catalog.ForeignTable:
		return "foreign table"
	case catalog.SequenceRel:
		return "sequence"
	}
	return "table"
}

// may says whether the rights an entry needs are held: on the whole relation, or on every column used.
func (c *rights) may(r *query.RTE) bool {
	role := c.role
	if r.CheckAs != "" {
		role = r.CheckAs
	}
	rel := r.Relation
	missing := r.Required &^ c.snap.RelationRights(role, rel)
	if missing == 0 {
		return true
	}
	if missing&^(catalog.Select|catalog.Insert|catalog.Update) != 0 {
		return false
	}
	return (missing&catalog.Select == 0 || c.mayColumns(role, rel, r.Selected, catalog.Select)) &&
		(missing&catalog.Insert == 0 || c.mayColumns(role, rel, r.Inserted, catalog.Insert)) &&
		(missing&catalog.Update == 0 || c.mayColumns(role, rel, r.Updated, catalog.Update))
}

// mayColumns says whether role holds the privilege on every column used; on any column when none is named, on all for a
// whole row.
func (c *rights) mayColumns(role string, rel *catalog.Relation, used map[int32]bool, p catalog.Privilege) bool {
	held := func(col *catalog.Column) bool { return c.snap.ColumnRights(role, rel, col)&p == p }
	if len(used) == 0 {
		for _, col := range rel.Columns {
			if held(col) {
				return true
			}
		}
		return false
	}
	for num := range used {
		if num == 0 {
			for _, col := range rel.Columns {
				if !held(col) {
					return false
				}
			}
			continue
		}
		col := rel.ColumnByNum(num)
		if col == nil || !held(col) {
			return false
		}
	}
	return true
}

// functions checks the right to call every function of the tree.
func (c *rights) functions(q *query.Query) error {
	if q == nil || c.seen[q] {
		return nil
	}
	c.seen[q] = true
	if q.Body != nil && !c.body {
		return nil
	}
	c.body = false
	for _, x := range q.Executes {
		role := c.role
		if x.CheckAs != "" {
			role = x.CheckAs
		}
		if err := c.mayCall(role, x.Fn); err != nil {
			return err
		}
	}
	var failed error
	q.Exprs(func(e query.Expr) {
		query.Walk(e, func(x query.Expr) bool {
			if fn := calledBy(x); fn != nil && failed == nil {
				failed = c.mayCall(c.role, fn)
			}
			return failed == nil
		})
	})
	if failed != nil {
		return failed
	}
	return parts(q, c.functions)
}

func (c *rights) mayCall(role string, fn *catalog.Function) error {
	if fn == nil || fn.Schema == "pg_catalog" && fn.ACL.Default || c.snap.MayExecute(role, fn) {
		return nil
	}
	what := "function"
	switch fn.Kind {
	case catalog.Aggregate:
		what = "aggregate"
	case catalog.Procedure:
		what = "procedure"
	}
	return denied(what, fn.Name)
}

func calledBy(e query.Expr) *catalog.Function {
	switch x := e.(type) {
	case *query.Func:
		return x.Fn
	case *query.Op:
		return x.Fn
	case *query.AnyAll:
		return x.Fn
	case *query.Agg:
		return x.Fn
	case *query.Win:
		return x.Fn
	case *query.Cast:
		return x.Fn
	}
	return nil
}
