package print

import "github.com/basement-project/basement/internal/sql/ast"

// selectStmt writes a query without parentheses around it.
func (p *printer) selectStmt(n *ast.SelectStmt) {
	p.with(n.With)
	switch {
	case n.Op != ast.SetOpNone:
		p.setOperand(n.Left, n.Op, false)
		switch n.Op {
		case ast.SetOpUnion:
			p.s(" UNION ")
		case ast.SetOpIntersect:
			p.s(" INTERSECT ")
		default:
			p.s(" EXCEPT ")
		}
		if n.All {
			p.s("ALL ")
		}
		p.setOperand(n.Right, n.Op, true)
	case len(n.Values) > 0:
		p.s("VALUES ")
		for i, row := range n.Values {
			if i > 0 {
				p.s(", ")
			}
			p.parenExprs(row)
		}
	default:
		p.plainSelect(n)
	}
	if len(n.OrderBy) > 0 {
		p.c(' ')
		p.orderBy(n.OrderBy)
	}
	p.limit(n)
	for _, l := range n.Locking {
		p.locking(l)
	}
}

func setLevel(op ast.SetOperation) int {
	if op == ast.SetOpIntersect {
		return 2
	}
	return 1
}

// setOperand writes a side of a set operation, in parentheses when it has clauses of its own or binds looser.
func (p *printer) setOperand(n *ast.SelectStmt, op ast.SetOperation, right bool) {
	paren := n.With != nil || len(n.OrderBy) > 0 || n.Limit != nil || n.Offset != nil || len(n.Locking) > 0
	if n.Op != ast.SetOpNone {
		min := setLevel(op)
		if right {
			min++
		}
		paren = paren || setLevel(n.Op) < min
	}
	if paren {
		p.c('(')
		p.selectStmt(n)
		p.c(')')
		return
	}
	p.selectStmt(n)
}

func (p *printer) plainSelect(n *ast.SelectStmt) {
	p.s("SELECT")
	if n.Distinct {
		p.s(" DISTINCT")
		if len(n.DistinctOn) > 0 {
			p.s(" ON ")
			p.parenExprs(n.DistinctOn)
		}
	}
	if len(n.Targets) > 0 {
		p.c(' ')
		p.targets(n.Targets)
	}
	if n.Into != nil {
		p.s(" INTO ")
		switch n.Into.Relation.Persistence {
		case ast.Temporary:
			p.s("TEMPORARY ")
		case ast.Unlogged:
			p.s("UNLOGGED ")
		}
		p.s("TABLE ")
		p.rangeVar(n.Into.Relation)
	}
	if len(n.From) > 0 {
		p.s(" FROM ")
		p.from(n.From)
	}
	p.where(n.Where)
	if len(n.GroupBy) > 0 {
		p.s(" GROUP BY ")
		if n.GroupDistinct {
			p.s("DISTINCT ")
		}
		p.exprs(n.GroupBy)
	}
	if n.Having != nil {
		p.s(" HAVING ")
		p.expr(n.Having)
	}
	if len(n.Windows) > 0 {
		p.s(" WINDOW ")
		list(p, n.Windows, func(w *ast.WindowDef) {
			p.ident(w.Name)
			p.s(" AS ")
			p.window(w)
		})
	}
}

func (p *printer) where(e ast.Expr) {
	if e != nil {
		p.s(" WHERE ")
		p.expr(e)
	}
}

// targets writes output columns.
func (p *printer) targets(ts []*ast.ResTarget) {
	for i, t := range ts {
		if i > 0 {
			p.s(", ")
		}
		p.expr(t.Value)
		if t.Name != "" {
			p.s(" AS ")
			p.ident(t.Name)
		}
	}
}

func (p *printer) with(w *ast.WithClause) {
	if w == nil {
		return
	}
	p.s("WITH ")
	if w.Recursive {
		p.s("RECURSIVE ")
	}
	list(p, w.CTEs, p.cte)
	p.c(' ')
}

func (p *printer) cte(c *ast.CommonTableExpr) {
	p.ident(c.Name)
	p.parenIdents(c.Columns)
	p.s(" AS ")
	switch c.Materialized {
	case ast.CTEMaterializeAlways:
		p.s("MATERIALIZED ")
	case ast.CTEMaterializeNever:
		p.s("NOT MATERIALIZED ")
	}
	p.c('(')
	p.statement(c.Query)
	p.c(')')
	if s := c.Search; s != nil {
		if s.Breadth {
			p.s(" SEARCH BREADTH FIRST BY ")
		} else {
			p.s(" SEARCH DEPTH FIRST BY ")
		}
		p.identList(s.Columns)
		p.s(" SET ")
		p.ident(s.SeqColumn)
	}
	if c.Cycle == nil {
		return
	}
	p.s(" CYCLE ")
	p.identList(c.Cycle.Columns)
	p.s(" SET ")
	p.ident(c.Cycle.MarkColumn)
	p.s(" TO ")
	p.constLiteral(c.Cycle.MarkValue)
	p.s(" DEFAULT ")
	p.constLiteral(c.Cycle.MarkDefault)
	p.s(" USING ")
	p.ident(c.Cycle.PathColumn)
}

// orderBy writes ORDER BY ....
func (p *printer) orderBy(items []*ast.SortBy) {
	p.s("ORDER BY ")
	for i, s := range items {
		if i > 0 {
			p.s(", ")
		}
		p.expr(s.Value)
		if s.Dir == ast.SortUsing {
			p.s(" USING ")
			p.operator(s.UseOp)
		}
		p.sortOptions(s.Dir, s.Nulls)
	}
}

func (p *printer) sortOptions(dir ast.SortDir, nulls ast.SortNulls) {
	switch dir {
	case ast.SortAsc:
		p.s(" ASC")
	case ast.SortDesc:
		p.s(" DESC")
	}
	switch nulls {
	case ast.NullsFirst:
		p.s(" NULLS FIRST")
	case ast.NullsLast:
		p.s(" NULLS LAST")
	}
}

func (p *printer) limit(n *ast.SelectStmt) {
	if n.Limit != nil && n.LimitOption == ast.LimitCount {
		p.s(" LIMIT ")
		if c, ok := n.Limit.(*ast.AConst); ok && c.Kind == ast.ConstNull {
			p.s("ALL")
		} else {
			p.expr(n.Limit)
		}
	}
	if n.Offset != nil {
		p.s(" OFFSET ")
		p.expr(n.Offset)
	}
	if n.Limit != nil && n.LimitOption == ast.LimitWithTies {
		p.s(" FETCH FIRST ")
		p.primary(n.Limit)
		p.s(" ROWS WITH TIES")
	}
}

var lockStrengths = [...]string{
	ast.ForKeyShare: " FOR KEY SHARE", ast.ForShare: " FOR SHARE",
	ast.ForNoKeyUpdate: " FOR NO KEY UPDATE", ast.ForUpdate: " FOR UPDATE",
}

func (p *printer) locking(l *ast.LockingClause) {
	p.s(lockStrengths[l.Strength])
	if len(l.Rels) > 0 {
		p.s(" OF ")
		list(p, l.Rels, p.rangeVar)
	}
	switch l.Wait {
	case ast.LockWaitSkip:
		p.s(" SKIP LOCKED")
	case ast.LockWaitError:
		p.s(" NOWAIT")
	}
}

// window writes (base PARTITION BY ... ORDER BY ... frame).
func (p *printer) window(w *ast.WindowDef) {
	p.c('(')
	sep := false
	space := func() {
		if sep {
			p.c(' ')
		}
		sep = true
	}
	if w.RefName != "" {
		space()
		p.ident(w.RefName)
	}
	if len(w.Partition) > 0 {
		space()
		p.s("PARTITION BY ")
		p.exprs(w.Partition)
	}
	if len(w.Order) > 0 {
		space()
		p.orderBy(w.Order)
	}
	if w.Frame != nil {
		space()
		p.frame(w.Frame)
	}
	p.c(')')
}

func (p *printer) frame(f *ast.WindowFrame) {
	p.s([...]string{ast.FrameRange: "RANGE ", ast.FrameRows: "ROWS ", ast.FrameGroups: "GROUPS "}[f.Mode])
	if f.Between {
		p.s("BETWEEN ")
		p.frameBound(f.Start)
		p.s(" AND ")
		p.frameBound(f.End)
	} else {
		p.frameBound(f.Start)
	}
	p.s([...]string{ast.ExcludeNone: "", ast.ExcludeNoOthers: " EXCLUDE NO OTHERS",
		ast.ExcludeCurrentRow: " EXCLUDE CURRENT ROW", ast.ExcludeGroup: " EXCLUDE GROUP",
		ast.ExcludeTies: " EXCLUDE TIES"}[f.Exclude])
}

func (p *printer) frameBound(b *ast.FrameBound) {
	switch b.Kind {
	case ast.UnboundedPreceding:
		p.s("UNBOUNDED PRECEDING")
	case ast.UnboundedFollowing:
		p.s("UNBOUNDED FOLLOWING")
	case ast.CurrentRow:
		p.s("CURRENT ROW")
	case ast.OffsetPreceding:
		p.operand(b.Offset, levelAnd+1)
		p.s(" PRECEDING")
	default:
		p.operand(b.Offset, levelAnd+1)
		p.s(" FOLLOWING")
	}
}
