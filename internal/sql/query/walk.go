package query

// Children calls f for every direct subexpression of e (not for subqueries) and stops when f gives false.
func Children(e Expr, f func(Expr) bool) bool {
	list := func(es []Expr) bool {
		for _, x := range es {
			if x != nil && !f(x) {
				return false
			}
		}
		return true
	}
	one := func(x Expr) bool { return x == nil || f(x) }
	sorts := func(ss []WindowSort) bool {
		for _, s := range ss {
			if !one(s.Expr) {
				return false
			}
		}
		return true
	}
	switch e := e.(type) {
	case *Func:
		return list(e.Args)
	case *Op:
		return list(e.Args)
	case *AnyAll:
		return one(e.Left) && one(e.Right)
	case *Distinct:
		return one(e.Left) && one(e.Right)
	case *NullIf:
		return one(e.Left) && one(e.Right)
	case *Bool:
		return list(e.Args)
	case *NullTest:
		return one(e.Arg)
	case *BoolTest:
		return one(e.Arg)
	case *Case:
		if !one(e.Arg) {
			return false
		}
		for _, w := range e.Whens {
			if !one(w.Cond) || !one(w.Then) {
				return false
			}
		}
		return one(e.Else)
	case *Coalesce:
		return list(e.Args)
	case *MinMax:
		return list(e.Args)
	case *Cast:
		return one(e.Arg)
	case *Array:
		return list(e.Elems)
	case *Row:
		return list(e.Fields)
	case *RowCompare:
		return list(e.Left) && list(e.Right)
	case *SubLink:
		return one(e.Test)
	case *Agg:
		return list(e.Args) && list(e.Direct) && sorts(e.OrderBy) && one(e.Filter)
	case *Win:
		return list(e.Args) && one(e.Filter)
	case *Subscript:
		return one(e.Arg) && list(e.Upper) && list(e.Lower)
	case *Field:
		return one(e.Arg)
	case *Collate:
		return one(e.Arg)
	}
	return true
}

// Walk visits e and everything below it, subqueries' expressions not included; f gives false to stop descending.
func Walk(e Expr, f func(Expr) bool) {
	if e == nil || !f(e) {
		return
	}
	Children(e, func(x Expr) bool { Walk(x, f); return true })
}

// Map rebuilds e bottom-up: every subexpression is mapped first, then the copy is given to f. Nothing is changed in
// place. Subqueries are kept as they are (use MapQuery inside f on *SubLink when they must change).
func Map(e Expr, f func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	m := func(x Expr) Expr { return Map(x, f) }
	list := func(es []Expr) []Expr {
		if es == nil {
			return nil
		}
		out := make([]Expr, len(es))
		for i, x := range es {
			out[i] = m(x)
		}
		return out
	}
	sorts := func(ss []WindowSort) []WindowSort {
		if ss == nil {
			return nil
		}
		out := make([]WindowSort, len(ss))
		for i, s := range ss {
			s.Expr = m(s.Expr)
			out[i] = s
		}
		return out
	}
	switch x := e.(type) {
	case *Func:
		c := *x
		c.Args = list(x.Args)
		return f(&c)
	case *Op:
		c := *x
		c.Args = list(x.Args)
		return f(&c)
	case *AnyAll:
		c := *x
		c.Left, c.Right = m(x.Left), m(x.Right)
		return f(&c)
	case *Distinct:
		c := *x
		c.Left, c.Right = m(x.Left), m(x.Right)
		return f(&c)
	case *NullIf:
		c := *x
		c.Left, c.Right = m(x.Left), m(x.Right)
		return f(&c)
	case *Bool:
		c := *x
		c.Args = list(x.Args)
		return f(&c)
	case *NullTest:
		c := *x
		c.Arg = m(x.Arg)
		return f(&c)
	case *BoolTest:
		c := *x
		c.Arg = m(x.Arg)
		return f(&c)
	case *Case:
		c := *x
		c.Arg = m(x.Arg)
		c.Whens = make([]When, len(x.Whens))
		for i, w := range x.Whens {
			c.Whens[i] = When{m(w.Cond), m(w.Then)}
		}
		c.Else = m(x.Else)
		return f(&c)
	case *Coalesce:
		c := *x
		c.Args = list(x.Args)
		return f(&c)
	case *MinMax:
		c := *x
		c.Args = list(x.Args)
		return f(&c)
	case *Cast:
		c := *x
		c.Arg = m(x.Arg)
		return f(&c)
	case *Array:
		c := *x
		c.Elems = list(x.Elems)
		return f(&c)
	case *Row:
		c := *x
		c.Fields = list(x.Fields)
		return f(&c)
	case *RowCompare:
		c := *x
		c.Left, c.Right = list(x.Left), list(x.Right)
		return f(&c)
	case *SubLink:
		c := *x
		c.Test = m(x.Test)
		return f(&c)
	case *Agg:
		c := *x
		c.Args, c.Direct, c.OrderBy, c.Filter = list(x.Args), list(x.Direct), sorts(x.OrderBy), m(x.Filter)
		return f(&c)
	case *Win:
		c := *x
		c.Args, c.Filter = list(x.Args), m(x.Filter)
		return f(&c)
	case *Subscript:
		c := *x
		c.Arg, c.Upper, c.Lower = m(x.Arg), list(x.Upper), list(x.Lower)
		return f(&c)
	case *Field:
		c := *x
		c.Arg = m(x.Arg)
		return f(&c)
	case *Collate:
		c := *x
		c.Arg = m(x.Arg)
		return f(&c)
	}
	return f(e)
}

// Exprs calls f for every top expression of q itself (targets, where, joins' conditions, ...), not for those of its
// range table's subqueries or CTEs.
func (q *Query) Exprs(f func(Expr)) {
	g := func(e Expr) {
		if e != nil {
			f(e)
		}
	}
	list := func(es []Expr) {
		for _, e := range es {
			g(e)
		}
	}
	assign := func(as []*Assignment) {
		for _, a := range as {
			g(a.Expr)
			for _, p := range a.Path {
				list(p.Lower)
				list(p.Upper)
			}
		}
	}
	for _, t := range q.Targets {
		g(t.Expr)
	}
	for _, i := range q.From {
		joinExprs(i, g)
	}
	list([]Expr{q.Where, q.Having, q.Limit, q.Offset})
	for _, w := range q.Windows {
		list(w.PartitionBy)
		for _, o := range w.OrderBy {
			g(o.Expr)
		}
		list([]Expr{w.Frame.Start.Offset, w.Frame.End.Offset})
	}
	for _, row := range q.Values {
		list(row)
	}
	assign(q.Assign)
	if c := q.OnConflict; c != nil {
		assign(c.Assign)
		g(c.Where)
	}
	for _, m := range q.Merge {
		g(m.When)
		assign(m.Assign)
	}
	for _, t := range q.Returning {
		g(t.Expr)
	}
	for _, r := range q.RTable {
		list(r.JoinVars)
		for _, fn := range r.Functions {
			g(fn.Expr)
		}
		for _, row := range r.Values {
			list(row)
		}
		list(r.Security)
		for _, c := range r.Checks {
			g(c.Expr)
		}
	}
}

func joinExprs(i FromItem, g func(Expr)) {
	if j, ok := i.(*Join); ok {
		joinExprs(j.Left, g)
		joinExprs(j.Right, g)
		g(j.On)
	}
}

// MapExprs replaces every top expression of q itself by f's result, in place: call it on a copy (see Clone).
func (q *Query) MapExprs(f func(Expr) Expr) {
	g := func(e Expr) Expr {
		if e == nil {
			return nil
		}
		return f(e)
	}
	for _, t := range q.Targets {
		t.Expr = g(t.Expr)
	}
	for _, i := range q.From {
		mapJoin(i, g)
	}
	q.Where, q.Having, q.Limit, q.Offset = g(q.Where), g(q.Having), g(q.Limit), g(q.Offset)
	for _, w := range q.Windows {
		for i := range w.PartitionBy {
			w.PartitionBy[i] = g(w.PartitionBy[i])
		}
		for i := range w.OrderBy {
			w.OrderBy[i].Expr = g(w.OrderBy[i].Expr)
		}
		w.Frame.Start.Offset, w.Frame.End.Offset = g(w.Frame.Start.Offset), g(w.Frame.End.Offset)
	}
	for _, row := range q.Values {
		for i := range row {
			row[i] = g(row[i])
		}
	}
	mapAssign(q.Assign, g)
	if c := q.OnConflict; c != nil {
		mapAssign(c.Assign, g)
		c.Where = g(c.Where)
	}
	for _, m := range q.Merge {
		m.When = g(m.When)
		mapAssign(m.Assign, g)
	}
	for _, t := range q.Returning {
		t.Expr = g(t.Expr)
	}
	for _, r := range q.RTable {
		for i := range r.JoinVars {
			r.JoinVars[i] = g(r.JoinVars[i])
		}
		for _, fn := range r.Functions {
			fn.Expr = g(fn.Expr)
		}
		for _, row := range r.Values {
			for i := range row {
				row[i] = g(row[i])
			}
		}
		for i := range r.Security {
			r.Security[i] = g(r.Security[i])
		}
		for _, c := range r.Checks {
			c.Expr = g(c.Expr)
		}
	}
}

func mapAssign(list []*Assignment, g func(Expr) Expr) {
	for _, a := range list {
		a.Expr = g(a.Expr)
		for _, p := range a.Path {
			for i := range p.Lower {
				p.Lower[i] = g(p.Lower[i])
			}
			for i := range p.Upper {
				p.Upper[i] = g(p.Upper[i])
			}
		}
	}
}

func mapJoin(i FromItem, g func(Expr) Expr) {
	if j, ok := i.(*Join); ok {
		mapJoin(j.Left, g)
		mapJoin(j.Right, g)
		j.On = g(j.On)
	}
}

// Clone copies q deep enough that its lists, range table entries and targets can be changed; expressions are shared
// (rewrite them with MapExprs and Map). Subqueries in the range table, CTEs and Source are cloned too.
func (q *Query) Clone() *Query {
	if q == nil {
		return nil
	}
	c := *q
	ctes := map[*CTE]*CTE{}
	c.CTEs = make([]*CTE, len(q.CTEs))
	for i, x := range q.CTEs {
		n := *x
		ctes[x] = &n
		c.CTEs[i] = &n
	}
	for _, x := range c.CTEs {
		x.Query = x.Query.Clone()
	}
	c.RTable = make([]*RTE, len(q.RTable))
	for i, r := range q.RTable {
		n := *r
		n.Subquery = r.Subquery.Clone()
		if m := ctes[r.CTE]; m != nil {
			n.CTE = m
		}
		n.JoinVars = append([]Expr(nil), r.JoinVars...)
		n.Security = append([]Expr(nil), r.Security...)
		n.Values = cloneRows(r.Values)
		n.Functions = make([]*RangeFunc, len(r.Functions))
		for k, f := range r.Functions {
			x := *f
			n.Functions[k] = &x
		}
		n.Checks = make([]*WithCheck, len(r.Checks))
		for k, w := range r.Checks {
			x := *w
			n.Checks[k] = &x
		}
		c.RTable[i] = &n
	}
	c.From = make([]FromItem, len(q.From))
	for i, x := range q.From {
		c.From[i] = cloneFrom(x)
	}
	c.Targets = cloneTargets(q.Targets)
	c.Returning = cloneTargets(q.Returning)
	c.Values = cloneRows(q.Values)
	c.Windows = make([]*Window, len(q.Windows))
	for i, w := range q.Windows {
		n := *w
		n.PartitionBy = append([]Expr(nil), w.PartitionBy...)
		n.OrderBy = append([]WindowSort(nil), w.OrderBy...)
		c.Windows[i] = &n
	}
	c.Assign = cloneAssign(q.Assign)
	c.Source = q.Source.Clone()
	if q.OnConflict != nil {
		n := *q.OnConflict
		n.Assign = cloneAssign(n.Assign)
		c.OnConflict = &n
	}
	if q.Merge != nil {
		c.Merge = make([]*MergeAction, len(q.Merge))
		for i, m := range q.Merge {
			n := *m
			n.Assign = cloneAssign(m.Assign)
			c.Merge[i] = &n
		}
	}
	return &c
}

func cloneFrom(i FromItem) FromItem {
	switch x := i.(type) {
	case *Join:
		n := *x
		n.Left, n.Right = cloneFrom(x.Left), cloneFrom(x.Right)
		return &n
	case *TableRef:
		n := *x
		return &n
	}
	return i
}

func cloneTargets(ts []*Target) []*Target {
	if ts == nil {
		return nil
	}
	out := make([]*Target, len(ts))
	for i, t := range ts {
		n := *t
		out[i] = &n
	}
	return out
}

func cloneAssign(as []*Assignment) []*Assignment {
	if as == nil {
		return nil
	}
	out := make([]*Assignment, len(as))
	for i, a := range as {
		n := *a
		n.Path = make([]*PathStep, len(a.Path))
		for k, p := range a.Path {
			x := *p
			x.Lower, x.Upper = append([]Expr(nil), p.Lower...), append([]Expr(nil), p.Upper...)
			n.Path[k] = &x
		}
		out[i] = &n
	}
	return out
}

func cloneRows(rows [][]Expr) [][]Expr {
	if rows == nil {
		return nil
	}
	out := make([][]Expr, len(rows))
	for i, r := range rows {
		out[i] = append([]Expr(nil), r...)
	}
	return out
}
