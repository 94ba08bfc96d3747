package ddl

import (
	"slices"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/print"
)

// renameTexts applies f to the tree of every stored text: views, policies, defaults, checks, indexes and domains. Texts
// that change are stored anew.
func (r *run) renameTexts(f func(ast.Node) ast.Node) {
	expr := func(text string) (string, bool) {
		if text == "" {
			return text, false
		}
		e, err := r.x.tools.Cache.Expr(text)
		if err != nil {
			return text, false
		}
		before := print.Expr(e)
		after := print.Expr(ast.Map(e, f).(ast.Expr))
		if before == after {
			return text, false
		}
		return after, true
	}
	for _, rel := range r.snap().Relations {
		changed := false
		c := cloneRelation(rel)
		set := func(p *string) {
			if text, ok := expr(*p); ok {
				*p, changed = text, true
			}
		}
		if c.View != nil {
			if stmt, err := r.x.tools.Cache.Statement(c.View.SQL); err == nil {
				before := print.Statement(stmt)
				after := print.Statement(ast.Map(stmt, f).(ast.Statement))
				if before != after {
					v := *c.View
					v.SQL = after
					c.View, changed = &v, true
				}
			}
		}
		for _, x := range c.Columns {
			set(&x.Default)
		}
		for _, x := range c.Constraints {
			set(&x.Expr)
		}
		for _, x := range c.Indexes {
			set(&x.Where)
			for i := range x.Keys {
				set(&x.Keys[i].Expr)
			}
		}
		for _, p := range c.Policies {
			set(&p.Using)
			set(&p.WithCheck)
		}
		if changed {
			r.edit.PutRelation(c)
		}
	}
	for _, u := range r.snap().Types {
		changed := false
		y := *u
		if text, ok := expr(u.Default); ok {
			y.Default, changed = text, true
		}
		if len(u.Checks) > 0 {
			y.Checks = make([]*catalog.Constraint, len(u.Checks))
			for i, c := range u.Checks {
				z := *c
				if text, ok := expr(z.Expr); ok {
					z.Expr, changed = text, true
				}
				y.Checks[i] = &z
			}
		}
		if changed {
			r.edit.PutType(&y)
		}
	}
}

// renameColumnTexts changes a column's name in every stored text, where the name means that column.
func (r *run) renameColumnTexts(rel *catalog.Relation, old, name string) {
	for _, x := range r.snap().Relations {
		changed := false
		c := cloneRelation(x)
		c2 := &columnRenamer{r: r, target: rel, old: old, new: name}
		if c.View != nil {
			if stmt, err := r.x.tools.Cache.Statement(c.View.SQL); err == nil {
				if sel, ok := stmt.(*ast.SelectStmt); ok {
					out := ast.Clone(sel)
					c2.changed = false
					if byName(out, old) {
						c2.changed = r.pinColumns(out, rel)
					} else {
						c2.query(out, nil)
					}
					if c2.changed {
						v := *c.View
						v.SQL = print.Statement(out)
						c.View, changed = &v, true
					}
				}
			}
		}
		outer := &scope{items: []item{{alias: x.Name, target: x.OID == rel.OID, columns: columnSet(x)}}}
		set := func(p *string) {
			if *p == "" {
				return
			}
			e, err := r.x.tools.Cache.Expr(*p)
			if err != nil {
				return
			}
			out := ast.Clone(e)
			c2.changed = false
			c2.node(out, outer)
			if c2.changed {
				*p, changed = print.Expr(out), true
			}
		}
		for _, col := range c.Columns {
			set(&col.Default)
		}
		for _, k := range c.Constraints {
			set(&k.Expr)
		}
		for _, k := range c.Indexes {
			set(&k.Where)
			for i := range k.Keys {
				set(&k.Keys[i].Expr)
			}
		}
		for _, p := range c.Policies {
			set(&p.Using)
			set(&p.WithCheck)
		}
		if c.View != nil {
			v := *c.View
			v.Sources = renameSources(v.Sources, rel, old, name, &changed)
			c.View = &v
		}
		if changed {
			r.edit.PutRelation(c)
		}
	}
}

func renameSources(list [][]catalog.ColumnRef, rel *catalog.Relation, old, name string, changed *bool) [][]catalog.ColumnRef {
	out := make([][]catalog.ColumnRef, len(list))
	for i, refs := range list {
		out[i] = append([]catalog.ColumnRef(nil), refs...)
		for j, ref := range refs {
			if ref.Schema == rel.Schema && ref.Relation == rel.Name && ref.Column == old {
				out[i][j].Column = name
				*changed = true
			}
		}
	}
	return out
}

func columnSet(rel *catalog.Relation) map[string]bool {
	out := map[string]bool{}
	for _, c := range rel.Columns {
		out[c.Name] = true
	}
	return out
}

// scope is a query level of a text: what its names may mean.
type scope struct {
	items []item
	outer *scope
}

type item struct {
	alias   string
	target  bool            // the relation whose column is renamed
	columns map[string]bool // its columns' names; nil when unknown
}

// columnRenamer renames a column in a tree, in place.
type columnRenamer struct {
	r        *run
	target   *catalog.Relation
	old, new string
	changed  bool
	ctes     []map[string]bool
}

func (c *columnRenamer) query(sel *ast.SelectStmt, outer *scope) {
	if sel == nil {
		return
	}
	names := map[string]bool{}
	if sel.With != nil {
		for _, w := range sel.With.CTEs {
			names[w.Name] = true
		}
	}
	c.ctes = append(c.ctes, names)
	defer func() { c.ctes = c.ctes[:len(c.ctes)-1] }()
	if sel.With != nil {
		for _, w := range sel.With.CTEs {
			if q, ok := w.Query.(*ast.SelectStmt); ok {
				c.query(q, outer)
			}
		}
	}
	if sel.Op != ast.SetOpNone {
		c.query(sel.Left, outer)
		c.query(sel.Right, outer)
		return
	}
	here := &scope{outer: outer}
	for _, f := range sel.From {
		c.from(f, here)
	}
	for _, t := range sel.Targets {
		// The output keeps its name.
		if ref, ok := t.Value.(*ast.ColumnRef); ok && t.Name == "" && !ref.Star {
			last := ref.Fields[len(ref.Fields)-1]
			before := c.changed
			c.changed = false
			c.node(ref, here)
			if c.changed {
				t.Name = last
			}
			c.changed = c.changed || before
		}
	}
	ast.Children(sel, func(n ast.Node) {
		switch n.(type) {
		case *ast.WithClause:
			return
		case ast.TableRef:
			return
		}
		c.node(n, here)
	})
}

func (c *columnRenamer) isCTE(name string) bool {
	for _, m := range c.ctes {
		if m[name] {
			return true
		}
	}
	return false
}

// from gathers what a FROM item brings into scope and renames inside it.
func (c *columnRenamer) from(ref ast.TableRef, here *scope) {
	switch x := ref.(type) {
	case *ast.RangeVar:
		it := item{alias: x.Name}
		if x.Alias != nil {
			it.alias = x.Alias.Name
		}
		if x.Schema != "" || !c.isCTE(x.Name) {
			if rel, err := c.r.anyRelation(&ast.RangeVar{Pos: -1, Schema: x.Schema, Name: x.Name}); err == nil {
				it.columns = columnSet(rel)
				it.target = rel.OID == c.target.OID
				if it.target && x.Alias != nil && len(x.Alias.Columns) > 0 {
					// Columns renamed by the alias keep their other names.
					for i, col := range rel.Columns {
						if i < len(x.Alias.Columns) && col.Name == c.old {
							it.target = false
						}
					}
				}
			}
		}
		here.items = append(here.items, it)
	case *ast.RangeSubselect:
		outer := here.outer
		if x.Lateral {
			outer = here
		}
		c.query(x.Select, outer)
		it := item{columns: outputs(x.Select)}
		if x.Alias != nil {
			it.alias = x.Alias.Name
		}
		here.items = append(here.items, it)
	case *ast.JoinExpr:
		c.from(x.Left, here)
		c.from(x.Right, here)
		for i, u := range x.Using {
			if u == c.old {
				for _, it := range here.items {
					if it.target {
						// USING needs the name on both sides: the view would change its meaning.
						x.Using[i] = u
					}
				}
			}
		}
		if x.On != nil {
			c.node(x.On, here)
		}
	case *ast.RangeFunction:
		for _, f := range x.Functions {
			c.node(f.Func, here)
		}
		it := item{}
		if x.Alias != nil {
			it.alias = x.Alias.Name
		}
		here.items = append(here.items, it)
	default:
		here.items = append(here.items, item{})
	}
}

// outputs are the names of a subquery's columns, nil when they cannot be told.
func outputs(sel *ast.SelectStmt) map[string]bool {
	for sel != nil && sel.Op != ast.SetOpNone {
		sel = sel.Left
	}
	if sel == nil {
		return nil
	}
	out := map[string]bool{}
	for _, t := range sel.Targets {
		switch v := t.Value.(type) {
		case *ast.ColumnRef:
			if v.Star {
				return nil
			}
			if t.Name == "" {
				out[v.Fields[len(v.Fields)-1]] = true
				continue
			}
		}
		if t.Name != "" {
			out[t.Name] = true
		}
	}
	return out
}

// node renames below a node that stands in a scope.
func (c *columnRenamer) node(n ast.Node, here *scope) {
	ast.Walk(n, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.SelectStmt:
			c.query(x, here)
			return false
		case *ast.ColumnRef:
			c.column(x, here)
		}
		return true
	})
}

func (c *columnRenamer) column(ref *ast.ColumnRef, here *scope) {
	if ref.Star || len(ref.Fields) == 0 || ref.Fields[len(ref.Fields)-1] != c.old {
		return
	}
	for s := here; s != nil; s = s.outer {
		for _, it := range s.items {
			if len(ref.Fields) > 1 {
				if it.alias != ref.Fields[len(ref.Fields)-2] {
					continue
				}
				if it.target {
					ref.Fields = append(append([]string(nil), ref.Fields[:len(ref.Fields)-1]...), c.new)
					c.changed = true
				}
				return
			}
			if it.columns[c.old] {
				if it.target {
					ref.Fields = []string{c.new}
					c.changed = true
				}
				return
			}
		}
	}
}

// byName says whether a query speaks of columns by their names alone: in a USING list that has this one, a NATURAL join or a
// star inside.
func byName(sel *ast.SelectStmt, name string) bool {
	found := false
	ast.Walk(sel, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.JoinExpr:
			found = found || x.Natural || slices.Contains(x.Using, name)
		case *ast.ColumnRef:
			found = found || x.Star
		}
		return !found
	})
	return found
}

// pinColumns gives a relation's columns in a query the names they have now, whatever they will be called.
func (r *run) pinColumns(sel *ast.SelectStmt, rel *catalog.Relation) bool {
	changed := false
	ast.Walk(sel, func(n ast.Node) bool {
		v, ok := n.(*ast.RangeVar)
		if !ok || v.Schema != rel.Schema || v.Name != rel.Name || v.Alias != nil && len(v.Alias.Columns) >= len(rel.Columns) {
			return true
		}
		alias := ast.Alias{Pos: -1, Name: v.Name}
		if v.Alias != nil {
			alias = *v.Alias
			alias.Columns = slices.Clone(alias.Columns)
		}
		for _, c := range rel.Columns[len(alias.Columns):] {
			alias.Columns = append(alias.Columns, c.Name)
		}
		v.Alias, changed = &alias, true
		return true
	})
	return changed
}

// unpinColumn takes a column about to be dropped out of the lists of names that views give a relation's columns.
func (r *run) unpinColumn(rel *catalog.Relation, at int) {
	for _, x := range r.snap().Relations {
		if x.View == nil {
			continue
		}
		stmt, err := r.x.tools.Cache.Statement(x.View.SQL)
		sel, ok := stmt.(*ast.SelectStmt)
		if err != nil || !ok {
			continue
		}
		out, changed := ast.Clone(sel), false
		ast.Walk(out, func(n ast.Node) bool {
			if v, ok := n.(*ast.RangeVar); ok && v.Schema == rel.Schema && v.Name == rel.Name && v.Alias != nil && at < len(v.Alias.Columns) {
				alias := *v.Alias
				alias.Columns = slices.Delete(slices.Clone(alias.Columns), at, at+1)
				v.Alias, changed = &alias, true
			}
			return true
		})
		if changed {
			c := cloneRelation(x)
			v := *c.View
			v.SQL = print.Statement(out)
			c.View = &v
			r.edit.PutRelation(c)
		}
	}
}
