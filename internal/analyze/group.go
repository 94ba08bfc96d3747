package analyze

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

// findTarget finds the output column an item of ORDER BY, GROUP BY or DISTINCT ON means, by SQL's older rules first: a name, a
// number, then any expression, which is added as junk when the target list does not have it.
func (s *scope) findTarget(e ast.Expr, k exprKind) int {
	q := s.q
	if c, ok := e.(*ast.ColumnRef); ok && len(c.Fields) == 1 && !c.Star {
		name := c.Fields[0]
		use := true
		if k == kindGroupBy {
			// An input column is meant before an output column of the same name.
			use = !s.seesColumn(name, c.Pos)
		}
		if use {
			found := -1
			for i, t := range q.Targets {
				if t.Junk || t.Name != name {
					continue
				}
				if found >= 0 {
					if !same(q.Targets[found].Expr, t.Expr) {
						panic(s.errorf(c.Pos, "42702", "%s \"%s\" is ambiguous", k, name))
					}
					continue
				}
				found = i
			}
			if found >= 0 {
				if k == kindGroupBy || k == kindDistinctOn {
					s.checkTargetAllowed(q.Targets[found].Expr, k)
				}
				return found
			}
		}
	}
	if c, ok := e.(*ast.AConst); ok {
		if c.Kind != ast.ConstInteger {
			panic(s.errorf(c.Pos, "42601", "non-integer constant in %s", k))
		}
		n := 0
		for i, t := range q.Targets {
			if t.Junk {
				continue
			}
			if n++; n == int(c.Int) {
				if k == kindGroupBy {
					s.checkTargetAllowed(t.Expr, k)
				}
				return i
			}
		}
		panic(s.errorf(c.Pos, "42P10", "%s position %d is not in select list", k, c.Int))
	}
	return s.findExprTarget(e, k)
}

// findExprTarget finds an output column by its whole expression, adding it as junk when there is none.
func (s *scope) findExprTarget(e ast.Expr, k exprKind) int {
	x := s.exprIn(e, k)
	return s.targetOf(x)
}

func (s *scope) targetOf(x query.Expr) int {
	for i, t := range s.q.Targets {
		if same(stripImplicit(t.Expr), x) || same(t.Expr, x) {
			return i
		}
	}
	s.q.Targets = append(s.q.Targets, &query.Target{Expr: x, Junk: true})
	return len(s.q.Targets) - 1
}

// stripImplicit takes conversions off that nobody wrote.
func stripImplicit(e query.Expr) query.Expr {
	for {
		c, ok := e.(*query.Cast)
		if !ok || c.Explicit {
			return e
		}
		e = c.Arg
	}
}

func (s *scope) seesColumn(name string, pos int) bool {
	for _, it := range s.ns {
		if it.open && it.has(name) {
			return s.unqualified(name, true, pos) != nil
		}
	}
	return false
}

// checkTargetAllowed refuses aggregates and window functions of the target list as grouping keys.
func (s *scope) checkTargetAllowed(e query.Expr, k exprKind) {
	query.WalkDeep(e, 0, func(x query.Expr, depth int) bool {
		switch v := x.(type) {
		case *query.Agg:
			if v.Levels == depth && k == kindGroupBy {
				panic(s.errorf(v.Pos, "42803", "aggregate functions are not allowed in %s", k))
			}
		case *query.Grouping:
			if depth == 0 && k == kindGroupBy {
				panic(s.errorf(v.Pos, "42803", "aggregate functions are not allowed in %s", k))
			}
		case *query.Win:
			if depth == 0 && k == kindGroupBy {
				panic(s.errorf(v.Pos, "42P20", "window functions are not allowed in %s", k))
			}
		}
		return true
	})
}

// orderBy analyses ORDER BY into sort keys.
func (s *scope) orderBy(list []*ast.SortBy) []*query.SortGroup {
	var out []*query.SortGroup
	for _, o := range list {
		i := s.findTarget(o.Value, kindOrderBy)
		t := s.q.Targets[i]
		t.Expr = s.resolveUnknown(t.Expr)
		dup := false
		for _, old := range out {
			dup = dup || old.Target == i
		}
		if dup {
			continue
		}
		if _, ord := sortable(t.Expr.Type()); !ord {
			panic(s.noOrder(rawPos(o.Value), t.Expr.Type()))
		}
		desc, first := sortOrder(o)
		out = append(out, &query.SortGroup{Target: i, Desc: desc, NullsFirst: first})
	}
	return out
}

// groupKey adds one grouping expression and gives its position in GroupBy.
func (s *scope) groupKey(e ast.Expr) int {
	q := s.q
	i := s.findTarget(e, kindGroupBy)
	for k, g := range q.GroupBy {
		if g.Target == i {
			return k
		}
	}
	t := q.Targets[i]
	t.Expr = s.resolveUnknown(t.Expr)
	if eq, _ := sortable(t.Expr.Type()); !eq {
		panic(s.errorf(rawPos(e), "42883", "could not identify an equality operator for type %s", s.typeName(t.Expr.Type())))
	}
	q.GroupBy = append(q.GroupBy, &query.SortGroup{Target: i})
	return len(q.GroupBy) - 1
}

// groupBy analyses GROUP BY with grouping sets.
func (s *scope) groupBy(n *ast.SelectStmt) {
	plain := true
	for _, e := range n.GroupBy {
		if _, ok := e.(*ast.GroupingSet); ok {
			plain = false
		}
	}
	if plain {
		for _, e := range n.GroupBy {
			if row, ok := e.(*ast.RowExpr); ok && row.Implicit {
				for _, x := range row.Args {
					s.groupKey(x)
				}
				continue
			}
			s.groupKey(e)
		}
		return
	}
	sets := [][]int{{}}
	for _, e := range n.GroupBy {
		sets = crossSets(sets, s.groupingSets(e))
		if len(sets) > 4096 {
			panic(s.errorf(-1, "54001", "too many grouping sets present (maximum %d)", 4096))
		}
	}
	if n.GroupDistinct {
		sets = distinctSets(sets)
	}
	s.q.GroupingSets = sets
}

// groupingSets gives the sets one item of GROUP BY stands for.
func (s *scope) groupingSets(e ast.Expr) [][]int {
	keys := func(x ast.Expr) []int {
		if row, ok := x.(*ast.RowExpr); ok && row.Implicit {
			var out []int
			for _, a := range row.Args {
				out = append(out, s.groupKey(a))
			}
			return out
		}
		return []int{s.groupKey(x)}
	}
	g, ok := e.(*ast.GroupingSet)
	if !ok {
		return [][]int{keys(e)}
	}
	var out [][]int
	switch g.Kind {
	case ast.GroupingSetEmpty:
		return [][]int{{}}
	case ast.GroupingSetRollup:
		parts := make([][]int, len(g.Content))
		for i, c := range g.Content {
			parts[i] = keys(c)
		}
		for n := len(parts); n >= 0; n-- {
			set := []int{}
			for _, p := range parts[:n] {
				set = union(set, p)
			}
			out = append(out, set)
		}
	case ast.GroupingSetCube:
		if len(g.Content) > 12 {
			panic(s.errorf(g.Pos, "54011", "CUBE is limited to 12 elements"))
		}
		parts := make([][]int, len(g.Content))
		for i, c := range g.Content {
			parts[i] = keys(c)
		}
		for mask := 1<<len(parts) - 1; mask >= 0; mask-- {
			set := []int{}
			for i, p := range parts {
				if mask&(1<<(len(parts)-1-i)) != 0 {
					set = union(set, p)
				}
			}
			out = append(out, set)
		}
	case ast.GroupingSetSets:
		for _, c := range g.Content {
			out = append(out, s.groupingSets(c)...)
		}
	}
	return out
}

func union(a, b []int) []int {
	out := append([]int{}, a...)
next:
	for _, x := range b {
		for _, y := range out {
			if x == y {
				continue next
			}
		}
		out = append(out, x)
	}
	return out
}

func crossSets(a, b [][]int) [][]int {
	var out [][]int
	for _, x := range a {
		for _, y := range b {
			out = append(out, union(x, y))
		}
	}
	return out
}

func distinctSets(sets [][]int) [][]int {
	var out [][]int
next:
	for _, x := range sets {
		for _, y := range out {
			if len(x) == len(y) && len(union(x, y)) == len(x) {
				continue next
			}
		}
		out = append(out, x)
	}
	return out
}

// grouping is GROUPING(...): its arguments must be grouping keys.
func (s *scope) grouping(n *ast.GroupingFunc) query.Expr {
	old := s.kind
	g := &groupingCall{n: n}
	for _, a := range n.Args {
		g.args = append(g.args, s.expr(a))
	}
	s.kind = old
	if s.kind.noAggregates() {
		panic(s.errorf(n.Pos, "42803", "grouping operations are not allowed in %s", s.kind.place()))
	}
	s.q.HasAggs = true
	return &query.Grouping{T: query.T{Typ: int4Type(), Mod: -1, Pos: n.Pos}, Args: g.args}
}

type groupingCall struct {
	n    *ast.GroupingFunc
	args []query.Expr
}

// distinctAll is SELECT DISTINCT: every output column, and nothing sorted by what is not output.
func (s *scope) distinctAll() {
	q := s.q
	for _, t := range q.Targets {
		t.Expr = s.resolveUnknown(t.Expr)
	}
	for _, o := range q.OrderBy {
		if t := q.Targets[o.Target]; t.Junk {
			panic(s.errorf(posOf(t.Expr), "42P10", "for SELECT DISTINCT, ORDER BY expressions must appear in select list"))
		}
	}
	n := 0
	for _, t := range q.Targets {
		if !t.Junk {
			s.needEqual(t.Expr)
			n++
		}
	}
	if n == 0 {
		panic(s.errorf(-1, "42601", "SELECT DISTINCT must have at least one column"))
	}
	q.Distinct = true
}

// distinctOn is SELECT DISTINCT ON (...): its expressions must come first in ORDER BY.
func (s *scope) distinctOn(list []ast.Expr) {
	q := s.q
	var keys []int
	where := map[int]int{}
	for _, e := range list {
		i := s.findTarget(e, kindDistinctOn)
		q.Targets[i].Expr = s.resolveUnknown(q.Targets[i].Expr)
		if _, ok := where[i]; !ok {
			where[i] = rawPos(e)
		}
		known := false
		for _, k := range keys {
			known = known || k == i
		}
		if !known {
			keys = append(keys, i)
		}
	}
	in := func(i int) bool {
		for _, k := range keys {
			if k == i {
				return true
			}
		}
		return false
	}
	skipped := false
	used := map[int]bool{}
	for _, o := range q.OrderBy {
		if in(o.Target) {
			if skipped {
				panic(s.errorf(where[o.Target], "42P10", "SELECT DISTINCT ON expressions must match initial ORDER BY expressions"))
			}
			q.DistinctOn = append(q.DistinctOn, &query.SortGroup{Target: o.Target, Desc: o.Desc, NullsFirst: o.NullsFirst})
			used[o.Target] = true
		} else {
			skipped = true
		}
	}
	for _, k := range keys {
		if used[k] {
			continue
		}
		if skipped {
			panic(s.errorf(where[k], "42P10", "SELECT DISTINCT ON expressions must match initial ORDER BY expressions"))
		}
		if eq, _ := sortable(q.Targets[k].Expr.Type()); !eq {
			panic(s.errorf(where[k], "42883", "could not identify an equality operator for type %s", s.typeName(q.Targets[k].Expr.Type())))
		}
		q.DistinctOn = append(q.DistinctOn, &query.SortGroup{Target: k})
	}
}
