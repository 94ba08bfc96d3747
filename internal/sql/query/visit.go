package query

// Visit goes over q and everything in it without changing anything: onQuery is called for q and each query inside (range
// table, WITH, INSERT's source, subqueries of expressions), onExpr for each expression. Either may be nil; false stops the
// descent below that node.
func Visit(q *Query, onQuery func(*Query) bool, onExpr func(Expr) bool) {
	if q == nil {
		return
	}
	v := visitor{onQuery, onExpr}
	v.query(q)
}

// VisitExpr is Visit for an expression.
func VisitExpr(e Expr, onQuery func(*Query) bool, onExpr func(Expr) bool) {
	v := visitor{onQuery, onExpr}
	v.expr(e)
}

type visitor struct {
	onQuery func(*Query) bool
	onExpr  func(Expr) bool
}

func (v *visitor) expr(e Expr) {
	if e == nil || v.onExpr != nil && !v.onExpr(e) {
		return
	}
	if s, ok := e.(*SubLink); ok && s.Query != nil {
		v.query(s.Query)
	}
	Children(e, func(x Expr) bool { v.expr(x); return true })
}

func (v *visitor) exprs(list []Expr) {
	for _, e := range list {
		v.expr(e)
	}
}

func (v *visitor) assign(list []*Assignment) {
	for _, a := range list {
		v.expr(a.Expr)
		for _, p := range a.Path {
			v.exprs(p.Lower)
			v.exprs(p.Upper)
		}
	}
}

func (v *visitor) from(i FromItem) {
	if j, ok := i.(*Join); ok {
		v.from(j.Left)
		v.from(j.Right)
		v.expr(j.On)
	}
}

func (v *visitor) query(q *Query) {
	if q == nil || v.onQuery != nil && !v.onQuery(q) {
		return
	}
	for _, c := range q.CTEs {
		v.query(c.Query)
	}
	for _, r := range q.RTable {
		v.query(r.Subquery)
		v.exprs(r.JoinVars)
		for _, f := range r.Functions {
			v.expr(f.Expr)
		}
		for _, row := range r.Values {
			v.exprs(row)
		}
		v.exprs(r.Security)
		for _, c := range r.Checks {
			v.expr(c.Expr)
		}
	}
	for _, i := range q.From {
		v.from(i)
	}
	for _, t := range q.Targets {
		v.expr(t.Expr)
	}
	v.expr(q.Where)
	v.expr(q.Having)
	v.expr(q.Limit)
	v.expr(q.Offset)
	for _, w := range q.Windows {
		v.exprs(w.PartitionBy)
		for _, s := range w.OrderBy {
			v.expr(s.Expr)
		}
		v.expr(w.Frame.Start.Offset)
		v.expr(w.Frame.End.Offset)
	}
	for _, row := range q.Values {
		v.exprs(row)
	}
	v.query(q.Source)
	v.assign(q.Assign)
	if c := q.OnConflict; c != nil {
		v.assign(c.Assign)
		v.expr(c.Where)
	}
	for _, m := range q.Merge {
		v.expr(m.When)
		v.assign(m.Assign)
	}
	for _, t := range q.Returning {
		v.expr(t.Expr)
	}
}
