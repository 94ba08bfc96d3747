package analyze

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// setOperation analyses UNION, INTERSECT and EXCEPT: the members become subqueries, whose columns are brought to common types.
func (s *scope) setOperation(n *ast.SelectStmt) {
	q := s.q
	tree, cols := s.setTree(n)
	q.SetOp = tree
	leftmost := tree
	for leftmost.Op != "" {
		leftmost = leftmost.Left
	}
	names := q.RTable[leftmost.RT-1].Columns
	for i := range cols {
		q.Targets = append(q.Targets, &query.Target{Name: names[i].Name, Expr: &query.Var{
			T: query.T{Typ: tree.Types[i], Mod: tree.Typmods[i], Pos: posOf(cols[i])}, RT: leftmost.RT, Col: i, Name: names[i].Name}})
	}
	s.sortSetOperation(n)
	s.limits(n)
}

// sortSetOperation sorts by output columns alone.
func (s *scope) sortSetOperation(n *ast.SelectStmt) {
	q := s.q
	it := &item{rte: &query.RTE{Kind: query.SubqueryRTE, Alias: "*SELECT*"}, open: true, lateralOK: true}
	for _, t := range q.Targets {
		it.cols = append(it.cols, itemCol{name: t.Name, expr: t.Expr})
	}
	old := s.ns
	s.ns = []*item{it}
	count := len(q.Targets)
	q.OrderBy = s.orderBy(n.OrderBy)
	s.ns = old
	if len(q.Targets) > count {
		panic(s.errorf(posOf(q.Targets[count].Expr), "0A000", "invalid UNION/INTERSECT/EXCEPT ORDER BY clause").
			detail("Only result column names can be used, not expressions or functions.").
			hint("Add the expression/function to every SELECT, or move the UNION into a FROM clause."))
	}
}

// setTree analyses one node; cols are its columns as expressions, for the choice of types and positions.
func (s *scope) setTree(n *ast.SelectStmt) (*query.SetOp, []query.Expr) {
	s.deeper(-1)
	defer func() { s.depth-- }()
	if n.Op == ast.SetOpNone || n != s.rootSet(n) && (n.With != nil || len(n.OrderBy) > 0 || n.Limit != nil || n.Offset != nil || len(n.Locking) > 0) {
		return s.setLeaf(n)
	}
	return s.setNode(n)
}

// rootSet tells the statement's own node from a nested one with clauses of its own.
func (s *scope) rootSet(n *ast.SelectStmt) *ast.SelectStmt {
	if s.q.SetOp == nil && s.setRoot == nil {
		s.setRoot = n
	}
	return s.setRoot
}

func (s *scope) setLeaf(n *ast.SelectStmt) (*query.SetOp, []query.Expr) {
	if len(n.Locking) > 0 {
		panic(s.errorf(-1, "0A000", "%s is not allowed with UNION/INTERSECT/EXCEPT", lockName(n.Locking[0])))
	}
	if n.Into != nil {
		panic(s.errorf(n.Into.Pos, "42601", "INTO is only allowed on first SELECT of UNION/INTERSECT/EXCEPT"))
	}
	// A member sees outer levels and WITH, not its neighbours.
	old := s.ns
	s.ns = nil
	sub := s.subquery(n, false)
	s.ns = old
	if queryRefers(sub, 1) {
		panic(s.errorf(-1, "42P10", "UNION/INTERSECT/EXCEPT member statement cannot refer to other relations of same query level"))
	}
	r := &query.RTE{Kind: query.SubqueryRTE, Alias: "*SELECT* " + itoa(len(s.q.RTable)+1), Subquery: sub, Columns: outputs(sub), Pos: -1}
	rt := s.addRTE(r)
	leaf := &query.SetOp{RT: rt}
	var cols []query.Expr
	for _, t := range sub.Targets {
		if !t.Junk {
			cols = append(cols, t.Expr)
			leaf.Types = append(leaf.Types, t.Expr.Type())
			leaf.Typmods = append(leaf.Typmods, t.Expr.Typmod())
		}
	}
	return leaf, cols
}

func (s *scope) setNode(n *ast.SelectStmt) (*query.SetOp, []query.Expr) {
	op := [...]string{"", "union", "intersect", "except"}[n.Op]
	context := [...]string{"", "UNION", "INTERSECT", "EXCEPT"}[n.Op]
	left, lcols := s.setTree(n.Left)
	right, rcols := s.setTree(n.Right)
	if len(lcols) != len(rcols) {
		pos := -1
		if len(rcols) > 0 {
			pos = posOf(rcols[0])
		}
		panic(s.errorf(pos, "42601", "each %s query must have the same number of columns", context))
	}
	node := &query.SetOp{Op: op, All: n.All, Left: left, Right: right}
	var cols []query.Expr
	for i := range lcols {
		pair := []query.Expr{lcols[i], rcols[i]}
		t := s.commonType(pair, context)
		mod := commonTypmod(pair, t)
		best := lcols[i]
		if s.rules.CanCoerceOne(best.Type(), t, types.ImplicitCast) {
			if isUnknown(best) {
				best = rcols[i]
			}
		}
		for _, e := range pair {
			if _, lit := e.(*query.Const); lit && isUnknown(e) && t.OID != types.UnknownOID {
				// A literal that is none of the type is an error before anything else is.
				s.toCommon(e, t, context)
			}
			if !s.rules.CanCoerceOne(e.Type(), t, types.ImplicitCast) {
				panic(s.errorf(posOf(e), "42846", "%s could not convert type %s to %s", context, s.typeName(e.Type()), s.typeName(t)))
			}
		}
		if !n.All || op != "union" {
			if eq, _ := sortable(t); !eq {
				panic(s.errorf(posOf(best), "42883", "could not identify an equality operator for type %s", s.typeName(t)))
			}
		}
		t = s.derived(t, pair)
		node.Types = append(node.Types, t)
		node.Typmods = append(node.Typmods, mod)
		cols = append(cols, &query.Const{T: query.T{Typ: t, Mod: mod, Pos: posOf(lcols[i])}})
	}
	node.Left = s.castMember(left, node.Types, context)
	node.Right = s.castMember(right, node.Types, context)
	return node, cols
}

// castMember brings a member's columns to the node's types.
func (s *scope) castMember(m *query.SetOp, want []*types.Type, context string) *query.SetOp {
	differ := false
	for i, t := range want {
		differ = differ || m.Types[i].OID != t.OID
	}
	if !differ {
		return m
	}
	if m.Op == "" {
		r := s.q.RTable[m.RT-1]
		if s.castLeaf(r, want, context) {
			for i, t := range want {
				m.Types[i] = t
				m.Typmods[i] = -1
			}
			return m
		}
	}
	// A member that sorts, groups or is a set operation itself is wrapped.
	inner := &query.Query{Command: query.Select, Pos: -1}
	r := &query.RTE{Kind: query.SubqueryRTE, Alias: "*SELECT*", Pos: -1}
	if m.Op == "" {
		old := s.q.RTable[m.RT-1]
		r.Subquery, r.Columns = old.Subquery, old.Columns
	} else {
		r.Subquery = s.nestSetOp(m)
		r.Columns = outputs(r.Subquery)
	}
	inner.RTable = []*query.RTE{r}
	inner.From = []query.FromItem{&query.TableRef{RT: 1}}
	for i, c := range r.Columns {
		var e query.Expr = &query.Var{T: query.T{Typ: c.Type, Mod: c.Typmod, Pos: -1}, RT: 1, Col: i, Name: c.Name}
		if isUnknown(e) {
			e = &query.Cast{T: query.T{Typ: want[i], Mod: -1, Pos: -1}, Method: query.ViaIO, Arg: e}
		}
		inner.Targets = append(inner.Targets, &query.Target{Expr: s.toCommon(e, want[i], context), Name: c.Name})
	}
	// What was one level below is now two: outer references move.
	r.Subquery = deeper(r.Subquery)
	w := &query.RTE{Kind: query.SubqueryRTE, Alias: "*SELECT* " + itoa(len(s.q.RTable)+1), Subquery: inner, Columns: outputs(inner), Pos: -1}
	out := &query.SetOp{RT: s.addRTE(w), Types: append([]*types.Type(nil), want...), Typmods: make([]int32, len(want))}
	for i := range out.Typmods {
		out.Typmods[i] = -1
	}
	return out
}

// castLeaf converts a plain member's output columns in place; false when that would change its meaning.
func (s *scope) castLeaf(r *query.RTE, want []*types.Type, context string) bool {
	q := r.Subquery
	plain := q.SetOp == nil && !q.Distinct && len(q.DistinctOn) == 0 && len(q.OrderBy) == 0 && len(q.GroupBy) == 0
	k := 0
	for _, t := range q.Targets {
		if t.Junk {
			continue
		}
		if t.Expr.Type().OID != want[k].OID && !plain {
			if _, lit := t.Expr.(*query.Const); !lit || !isUnknown(t.Expr) {
				return false
			}
		}
		k++
	}
	k = 0
	for _, t := range q.Targets {
		if t.Junk {
			continue
		}
		t.Expr = s.toCommon(t.Expr, want[k], context)
		r.Columns[k].Type, r.Columns[k].Typmod = t.Expr.Type(), t.Expr.Typmod()
		k++
	}
	return true
}

// nestSetOp makes a query of a node of the set operation's tree.
func (s *scope) nestSetOp(m *query.SetOp) *query.Query {
	q := &query.Query{Command: query.Select, Pos: -1}
	var move func(n *query.SetOp) *query.SetOp
	move = func(n *query.SetOp) *query.SetOp {
		c := *n
		if n.Op == "" {
			r := *s.q.RTable[n.RT-1]
			r.Subquery = deeper(r.Subquery)
			q.RTable = append(q.RTable, &r)
			c.RT = len(q.RTable)
			return &c
		}
		c.Left, c.Right = move(n.Left), move(n.Right)
		return &c
	}
	q.SetOp = move(m)
	for i, c := range q.RTable[0].Columns {
		q.Targets = append(q.Targets, &query.Target{Name: c.Name, Expr: &query.Var{
			T: query.T{Typ: m.Types[i], Mod: m.Typmods[i], Pos: -1}, RT: 1, Col: i, Name: c.Name}})
	}
	return q
}

// deeper moves a query one level down: its references to outer levels and WITH queries count one more.
func deeper(q *query.Query) *query.Query { return shiftQuery(q, 1) }

// shiftQuery adds n to the levels of everything in q that refers outside of q.
func shiftQuery(q *query.Query, n int) *query.Query {
	out := q.MapDeep(0, func(x query.Expr, depth int) query.Expr {
		switch v := x.(type) {
		case *query.Var:
			if v.Levels > depth {
				c := *v
				c.Levels += n
				return &c
			}
		case *query.Agg:
			if v.Levels > depth {
				v.Levels += n
			}
		}
		return x
	})
	eachQuery(out, 0, func(x *query.Query, depth int) { raiseWith(x, depth, n) })
	return out
}

// eachQuery visits q and every query inside it, with the number of levels below q.
func eachQuery(q *query.Query, depth int, f func(*query.Query, int)) {
	if q == nil {
		return
	}
	f(q, depth)
	for _, c := range q.CTEs {
		eachQuery(c.Query, depth+1, f)
	}
	for _, r := range q.RTable {
		eachQuery(r.Subquery, depth+1, f)
	}
	eachQuery(q.Source, depth+1, f)
	q.Exprs(func(e query.Expr) {
		query.Walk(e, func(x query.Expr) bool {
			if sub, ok := x.(*query.SubLink); ok {
				eachQuery(sub.Query, depth+1, f)
			}
			return true
		})
	})
}
