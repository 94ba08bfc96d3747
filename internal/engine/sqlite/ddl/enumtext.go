package ddl

import (
	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// relabel finds the constants of an enum that stand in stored texts, typed by a cast or by what they are compared with, and
// gives what puts the new label in their place.
func (r *run) relabel(t *types.Type, old, label string) (apply func()) {
	var puts []func()
	for _, x := range r.snap().Relations {
		c := cloneRelation(x)
		changed := false
		set := func(p *string, over *catalog.Relation) {
			if text, ok := r.relabelExpr(*p, t, old, label, over, nil); ok {
				*p, changed = text, true
			}
		}
		for _, col := range c.Columns {
			over := x
			if col.Generated == "" {
				over = nil
			}
			set(&col.Default, over)
			if u := r.snap().TypeByOID(col.Type); col.Default != "" && u.Underlying().OID == t.OID {
				// A bare literal gets its type from the column.
				if e, err := r.x.tools.Cache.Expr(col.Default); err == nil {
					if k, ok := e.(*ast.AConst); ok && k.Kind == ast.ConstString && k.Text == old {
						col.Default, changed = print.Expr(&ast.AConst{Kind: ast.ConstString, Text: label}), true
					}
				}
			}
		}
		for _, k := range c.Constraints {
			set(&k.Expr, x)
		}
		for _, k := range c.Indexes {
			set(&k.Where, x)
			for i := range k.Keys {
				set(&k.Keys[i].Expr, x)
			}
		}
		for _, p := range c.Policies {
			set(&p.Using, x)
			set(&p.WithCheck, x)
		}
		if c.View != nil {
			if text, ok := r.relabelView(c, t, old, label); ok {
				v := *c.View
				v.SQL, changed = text, true
				c.View = &v
			}
		}
		if changed {
			puts = append(puts, func() { r.edit.PutRelation(c) })
		}
	}
	for _, u := range r.snap().Types {
		y := *u
		changed := false
		if text, ok := r.relabelExpr(u.Default, t, old, label, nil, nil); ok {
			y.Default, changed = text, true
		}
		y.Checks = nil
		for _, k := range u.Checks {
			z := *k
			if text, ok := r.relabelExpr(k.Expr, t, old, label, nil, u.Type.Base); ok {
				z.Expr, changed = text, true
			}
			y.Checks = append(y.Checks, &z)
		}
		if changed {
			puts = append(puts, func() { r.edit.PutType(&y) })
		}
	}
	return func() {
		for _, put := range puts {
			put()
		}
	}
}

func (r *run) relabelExpr(text string, t *types.Type, old, label string, over *catalog.Relation, domain *types.Type) (string, bool) {
	if text == "" {
		return "", false
	}
	e, err := r.x.tools.Cache.Expr(text)
	if err != nil {
		return "", false
	}
	x, err := analyze.Expr(r.snap(), e, analyze.ExprOptions{Options: analyze.Options{Cache: r.x.tools.Cache,
		SearchPath: []string{"pg_catalog", "public"}}, Over: over, Domain: domain, Typmod: -1})
	if err != nil {
		return "", false
	}
	places := map[int]bool{}
	query.VisitExpr(x.Expr, nil, func(e query.Expr) bool { notePlace(e, t, old, places); return true })
	if len(places) == 0 {
		return "", false
	}
	return print.Expr(relabelled(ast.Clone(e), places, old, label).(ast.Expr)), true
}

func (r *run) relabelView(rel *catalog.Relation, t *types.Type, old, label string) (string, bool) {
	stmt, err := r.x.tools.Cache.Statement(rel.View.SQL)
	if err != nil {
		return "", false
	}
	q, _, err := analyze.Statement(r.snap(), stmt, analyze.Options{SearchPath: rel.View.SearchPath, Cache: r.x.tools.Cache})
	if err != nil {
		return "", false
	}
	places := map[int]bool{}
	views := map[*query.Query]bool{}
	query.Visit(q, func(q *query.Query) bool {
		for _, rte := range q.RTable {
			if rte.IsView {
				views[rte.Subquery] = true
			}
		}
		return !views[q]
	}, func(e query.Expr) bool { notePlace(e, t, old, places); return true })
	if len(places) == 0 {
		return "", false
	}
	sel, ok := stmt.(*ast.SelectStmt)
	if !ok {
		return "", false
	}
	return print.Statement(relabelled(ast.Clone(sel), places, old, label).(ast.Statement)), true
}

// notePlace notes where a constant of the enum with the label stands.
func notePlace(e query.Expr, t *types.Type, old string, places map[int]bool) {
	if c, ok := e.(*query.Const); ok && c.Typ != nil && c.Typ.OID == t.OID && !c.Value.IsNull() && c.Value.S == old {
		places[c.Pos] = true
	}
}

// relabelled changes the literals at the places.
func relabelled(n ast.Node, places map[int]bool, old, label string) ast.Node {
	return ast.Map(n, func(n ast.Node) ast.Node {
		switch x := n.(type) {
		case *ast.AConst:
			if places[x.Pos] && x.Kind == ast.ConstString && x.Text == old {
				x.Text = label
			}
		case *ast.TypeCast:
			if k, ok := x.Arg.(*ast.AConst); ok && places[x.Pos] && k.Kind == ast.ConstString && k.Text == old {
				k.Text = label
			}
		}
		return n
	})
}
