package analyze

import (
	"slices"

	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// with analyses a WITH clause into s.
func (s *scope) with(w *ast.WithClause) {
	if w == nil {
		return
	}
	for i, c := range w.CTEs {
		for _, before := range w.CTEs[:i] {
			if before.Name == c.Name {
				panic(s.errorf(c.Pos, "42712", "WITH query name \"%s\" specified more than once", c.Name))
			}
		}
	}
	s.q.Recursive = w.Recursive
	list := w.CTEs
	if w.Recursive {
		list = s.orderCTEs(list)
	}
	s.future = append([]*ast.CommonTableExpr(nil), list...)
	for _, c := range list {
		s.cte(c, w.Recursive)
		s.future = s.future[1:]
	}
}

// orderCTEs puts WITH RECURSIVE queries after those they refer to.
func (s *scope) orderCTEs(list []*ast.CommonTableExpr) []*ast.CommonTableExpr {
	byName := map[string]*ast.CommonTableExpr{}
	for _, c := range list {
		byName[c.Name] = c
	}
	needs := map[*ast.CommonTableExpr]map[*ast.CommonTableExpr]bool{}
	for _, c := range list {
		needs[c] = map[*ast.CommonTableExpr]bool{}
		ast.Walk(c.Query, func(n ast.Node) bool {
			if r, ok := n.(*ast.RangeVar); ok && r.Schema == "" {
				if d := byName[r.Name]; d != nil && d != c {
					needs[c][d] = true
				}
			}
			return true
		})
	}
	rest := append([]*ast.CommonTableExpr(nil), list...)
	var out []*ast.CommonTableExpr
	for len(rest) > 0 {
		i := slices.IndexFunc(rest, func(c *ast.CommonTableExpr) bool { return len(needs[c]) == 0 })
		if i < 0 {
			panic(s.errorf(rest[0].Pos, "0A000", "mutual recursion between WITH items is not implemented"))
		}
		c := rest[i]
		rest[i] = rest[0]
		rest = rest[1:]
		for _, d := range rest {
			delete(needs[d], c)
		}
		out = append(out, c)
	}
	return out
}

// cte analyses one WITH query.
func (s *scope) cte(c *ast.CommonTableExpr, recursive bool) {
	out := &query.CTE{Name: c.Name, Pos: c.Pos}
	switch c.Materialized {
	case ast.CTEMaterializeAlways, ast.CTEMaterializeNever:
		m := c.Materialized == ast.CTEMaterializeAlways
		out.Materialized = &m
	}
	if recursive && refersTo(c.Query, c.Name) {
		s.recursiveCTE(c, out)
		return
	}
	if c.Search != nil || c.Cycle != nil {
		panic(s.errorf(c.Pos, "42601", "WITH query is not recursive"))
	}
	sub := s.newScope(s)
	if _, ok := c.Query.(*ast.MergeStmt); ok {
		panic(s.errorf(c.Pos, "0A000", "MERGE not supported in WITH query"))
	}
	out.Query = sub.statement(c.Query)
	if out.Query.Command != query.Select && s.parent != nil {
		panic(s.errorf(c.Pos, "0A000", "WITH clause containing a data-modifying statement must be at the top level"))
	}
	if out.Query.Command != query.Select && len(out.Query.Returning) == 0 {
		out.Columns = nil
	} else {
		out.Columns = outputs(out.Query)
	}
	s.nameColumns(c, out)
	s.q.CTEs = append(s.q.CTEs, out)
	s.ctes = append(s.ctes, out)
}

func (s *scope) nameColumns(c *ast.CommonTableExpr, out *query.CTE) {
	if len(c.Columns) > len(out.Columns) {
		panic(s.errorf(c.Pos, "42P10", "WITH query \"%s\" has %d columns available but %d columns specified", c.Name, len(out.Columns), len(c.Columns)))
	}
	for i, n := range c.Columns {
		out.Columns[i].Name = n
	}
}

func refersTo(n ast.Node, name string) bool { return whereRefers(n, name) != notFound }

const notFound = -2

// whereRefers is the position of the first use of a name in FROM, notFound when there is none.
func whereRefers(n ast.Node, name string) int {
	at := notFound
	ast.Walk(n, func(x ast.Node) bool {
		if r, ok := x.(*ast.RangeVar); ok && r.Schema == "" && r.Name == name && at == notFound {
			at = r.Pos
		}
		return at == notFound
	})
	return at
}

// recursiveCTE analyses `non-recursive UNION [ALL] recursive`.
func (s *scope) recursiveCTE(c *ast.CommonTableExpr, out *query.CTE) {
	sel, ok := c.Query.(*ast.SelectStmt)
	if !ok {
		panic(s.errorf(c.Pos, "42P19", "recursive query \"%s\" must not contain data-modifying statements", c.Name))
	}
	if sel.Op != ast.SetOpUnion {
		panic(s.errorf(c.Pos, "42P19", "recursive query \"%s\" does not have the form non-recursive-term UNION [ALL] recursive-term", c.Name))
	}
	if refersTo(sel.Left, c.Name) {
		panic(s.errorf(whereRefers(sel.Left, c.Name), "42P19", "recursive reference to query \"%s\" must not appear within its non-recursive term", c.Name))
	}
	switch {
	case len(sel.OrderBy) > 0:
		panic(s.errorf(sel.OrderBy[0].Pos, "0A000", "ORDER BY in a recursive query is not implemented"))
	case sel.Offset != nil:
		panic(s.errorf(sel.Offset.Position(), "0A000", "OFFSET in a recursive query is not implemented"))
	case sel.Limit != nil:
		panic(s.errorf(sel.Limit.Position(), "0A000", "LIMIT in a recursive query is not implemented"))
	case len(sel.Locking) > 0:
		panic(s.errorf(-1, "0A000", "FOR UPDATE/SHARE in a recursive query is not implemented"))
	}
	s.checkRecursion(sel.Right, c.Name)
	out.Recursive = true
	sub := s.newScope(s)
	sub.q.Pos = sel.Pos
	sub.with(sel.With)
	// The columns are those of the non-recursive term.
	left, lcols := sub.setLeaf(sel.Left)
	lq := sub.q.RTable[left.RT-1].Subquery
	for i, t := range lq.Targets {
		if !t.Junk {
			t.Expr = sub.resolveUnknown(t.Expr)
			sub.q.RTable[left.RT-1].Columns[i].Type = t.Expr.Type()
			left.Types[i] = t.Expr.Type()
		}
	}
	_ = lcols
	out.Columns = append([]query.RTEColumn(nil), sub.q.RTable[left.RT-1].Columns...)
	s.nameColumns(c, out)
	own := out.Columns
	extra := s.searchColumns(c, own)
	out.Columns = append(append([]query.RTEColumn(nil), own...), extra...)
	s.ctes = append(s.ctes, out)
	out.Query = sub.q
	sub.selfCTE, sub.selfHidden = out, len(extra)
	right, rcols := sub.setLeaf(sel.Right)
	if len(right.Types) != len(left.Types) {
		pos := -1
		if len(rcols) > 0 {
			pos = posOf(rcols[0])
		}
		panic(s.errorf(pos, "42601", "each %s query must have the same number of columns", "UNION"))
	}
	node := &query.SetOp{Op: "union", All: sel.All, Left: left, Right: right, Types: left.Types, Typmods: left.Typmods}
	for i, e := range rcols {
		t, bad := s.rules.CommonType([]*types.Type{left.Types[i], e.Type()})
		if bad >= 0 {
			panic(s.errorf(posOf(e), "42804", "%s types %s and %s cannot be matched", "UNION", s.typeName(left.Types[i]), s.typeName(e.Type())))
		}
		mod := left.Typmods[i]
		if t.OID != e.Type().OID || e.Typmod() != mod {
			mod = -1
		}
		if t.OID != left.Types[i].OID || mod != left.Typmods[i] {
			panic(s.errorf(posOf(lq.Targets[i].Expr), "42804", "recursive query \"%s\" column %d has type %s in non-recursive term but type %s overall",
				c.Name, i+1, s.typmodName(left.Types[i], left.Typmods[i]), s.typmodName(t, mod)).hint("Cast the output of the non-recursive term to the correct type."))
		}
	}
	node.Right = sub.castMember(right, left.Types, "UNION")
	if extra != nil {
		s.checkSearch(c, own)
		s.searchCycle(c, sub, node, own, extra, out)
	}
	sub.q.SetOp = node
	for i, col := range sub.q.RTable[left.RT-1].Columns {
		sub.q.Targets = append(sub.q.Targets, &query.Target{Name: col.Name, Expr: &query.Var{
			T: query.T{Typ: node.Types[i], Mod: node.Typmods[i], Pos: -1}, RT: left.RT, Col: i, Name: col.Name}})
	}
	s.q.CTEs = append(s.q.CTEs, out)
}

// typmodName prints a type with its length or precision.
func (s *scope) typmodName(t *types.Type, mod int32) string {
	if mod < 0 || t.Schema != "pg_catalog" {
		return s.typeName(t)
	}
	return types.FormatType(t, mod)
}

// checkRecursion refuses a recursive reference where the recursive term may not have it, and a second one.
func (s *scope) checkRecursion(n *ast.SelectStmt, name string) {
	seen := 0
	var visit func(n ast.Node, within string)
	visit = func(n ast.Node, within string) {
		switch x := n.(type) {
		case *ast.RangeVar:
			if x.Schema != "" || x.Name != name {
				return
			}
			if within != "" {
				panic(s.errorf(x.Pos, "42P19", "recursive reference to query \"%s\" must not appear within %s", name, within))
			}
			if seen++; seen > 1 {
				panic(s.errorf(x.Pos, "42P19", "recursive reference to query \"%s\" must not appear more than once", name))
			}
			return
		case *ast.SubLink:
			within = "a subquery"
		case *ast.WithClause:
			for _, c := range x.CTEs {
				if c.Name == name {
					return
				}
			}
			within = "a subquery"
		case *ast.JoinExpr:
			l, r := within, within
			const outer = "an outer join"
			switch x.Type {
			case ast.JoinLeft:
				r = outer
			case ast.JoinRight:
				l = outer
			case ast.JoinFull:
				l, r = outer, outer
			}
			visit(x.Left, l)
			visit(x.Right, r)
			if x.On != nil {
				visit(x.On, within)
			}
			return
		case *ast.SelectStmt:
			l, r := within, within
			switch x.Op {
			case ast.SetOpIntersect:
				if x.All {
					l, r = "INTERSECT", "INTERSECT"
				}
			case ast.SetOpExcept:
				if x.All {
					l = "EXCEPT"
				}
				r = "EXCEPT"
			}
			if x.Op != ast.SetOpNone {
				visit(x.Left, l)
				visit(x.Right, r)
				return
			}
		}
		ast.Children(n, func(c ast.Node) { visit(c, within) })
	}
	visit(n, "")
}

// findCTE finds a WITH query that can be seen from s, and how many levels out it is.
func (s *scope) findCTE(name string) (*query.CTE, int) {
	levels := 0
	for l := s; l != nil; l = l.parent {
		for i := len(l.ctes) - 1; i >= 0; i-- {
			if l.ctes[i].Name == name {
				return l.ctes[i], levels
			}
		}
		levels++
	}
	return nil, 0
}

// cteRef is a WITH query's name in FROM.
func (s *scope) cteRef(n *ast.RangeVar, cte *query.CTE, levels int) *item {
	cte.Refs++
	if cte.Query != nil && cte.Query.Command != query.Select && len(cte.Query.Returning) == 0 {
		panic(s.errorf(n.Pos, "0A000", "WITH query \"%s\" does not have a RETURNING clause", cte.Name))
	}
	r := &query.RTE{Kind: query.CTERTE, Alias: n.Name, CTE: cte, CTELevelsUp: levels, Pos: n.Pos, Columns: append([]query.RTEColumn(nil), cte.Columns...)}
	hidden := 0
	for l := s; l != nil; l = l.parent {
		if l.selfCTE == cte {
			r.SelfRef, hidden = true, l.selfHidden
		}
	}
	s.alias(r, n.Alias, "")
	it := newItem(r, s.addRTE(r))
	for i := len(it.cols) - hidden; i < len(it.cols); i++ {
		it.cols[i].hidden = true
	}
	return it
}
