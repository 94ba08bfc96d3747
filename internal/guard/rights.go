package guard

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
)

// checkRights refuses what role may not do: PostgreSQL's checks at the start of execution, over every relation, function
// and subquery of the tree. Relations under a view, and in inlined functions, are checked as the role analysis noted.
func checkRights(snap *catalog.Snapshot, role string, q *query.Query) error {
	c := rightsCheck{snap: snap, role: role}
	return c.query(q)
}

type rightsCheck struct {
	snap *catalog.Snapshot
	role string
}

func (c *rightsCheck) as(role string) string {
	if role == "" {
		return c.role
	}
	return role
}

func (c *rightsCheck) query(q *query.Query) error {
	var first error
	query.Visit(q, func(q *query.Query) bool {
		for _, r := range q.RTable {
			if first == nil && r.Relation != nil && r.Required != 0 {
				first = c.relation(r)
			}
		}
		for _, x := range q.Executes {
			if first == nil && !c.snap.MayExecute(c.as(x.CheckAs), x.Fn) {
				first = deniedFunction(x.Fn)
			}
		}
		return first == nil
	}, func(e query.Expr) bool {
		if first == nil {
			first = c.call(e)
		}
		return first == nil
	})
	return first
}

// expr checks an expression with everything below it.
func (c *rightsCheck) expr(e query.Expr) error {
	return c.query(&query.Query{Targets: []*query.Target{{Expr: e}}})
}

// call checks the function behind one expression.
func (c *rightsCheck) call(e query.Expr) error {
	var f *catalog.Function
	switch x := e.(type) {
	case *query.Func:
		f = x.Fn
	case *query.Op:
		f = x.Fn
	case *query.AnyAll:
		f = x.Fn
	case *query.Agg:
		f = x.Fn
	case *query.Win:
		f = x.Fn
	case *query.Cast:
		f = x.Fn
	}
	if f == nil || (f.Schema == "pg_catalog" && f.ACL.Default) || c.snap.MayExecute(c.role, f) {
		return nil
	}
	return deniedFunction(f)
}

func deniedFunction(f *catalog.Function) error {
	kind := "function"
	switch f.Kind {
	case catalog.Procedure:
		kind = "procedure"
	case catalog.Aggregate:
		kind = "aggregate"
	}
	return errs.New("42501", "permission denied for %s %s", kind, f.Name)
}

// relation checks one entry: the table's privileges, or for SELECT, INSERT and UPDATE those of every column used.
func (c *rightsCheck) relation(r *query.RTE) error {
	role := c.as(r.CheckAs)
	rel := r.Relation
	missing := r.Required &^ c.snap.RelationRights(role, rel)
	if missing == 0 {
		return nil
	}
	if missing&^(catalog.Select|catalog.Insert|catalog.Update) != 0 {
		return deniedRelation(rel)
	}
	for _, p := range []struct {
		privilege catalog.Privilege
		columns   map[int32]bool
	}{{catalog.Select, r.Selected}, {catalog.Insert, r.Inserted}, {catalog.Update, r.Updated}} {
		if missing&p.privilege != 0 && !c.columns(role, rel, p.privilege, p.columns) {
			return deniedRelation(rel)
		}
	}
	return nil
}

// columns says whether role holds a privilege on every column used; with none used, on any one column.
func (c *rightsCheck) columns(role string, rel *catalog.Relation, want catalog.Privilege, used map[int32]bool) bool {
	has := func(col *catalog.Column) bool { return c.snap.ColumnRights(role, rel, col)&want != 0 }
	if len(used) == 0 {
		for _, col := range rel.Columns {
			if has(col) {
				return true
			}
		}
		return false
	}
	for num, on := range used {
		switch {
		case !on:
		case num == 0: // the whole row
			for _, col := range rel.Columns {
				if !has(col) {
					return false
				}
			}
		case num < 0:
			return false // system columns have no privileges of their own
		default:
			col := rel.ColumnByNum(num)
			if col == nil || !has(col) {
				return false
			}
		}
	}
	return true
}

func deniedRelation(rel *catalog.Relation) error {
	kind := "table"
	switch rel.Kind {
	case catalog.View:
		kind = "view"
	case catalog.MaterializedView:
		kind = "materialized view"
	case catalog.ForeignTable:
		kind = "foreign table"
	case catalog.SequenceRel:
		kind = "sequence"
	}
	return errs.New("42501", "permission denied for %s %s", kind, rel.Name)
}
