package print

import "github.com/basement-project/basement/internal/sql/ast"

// statement writes any statement.
func (p *printer) statement(n ast.Statement) {
	switch n := n.(type) {
	case *ast.SelectStmt:
		p.selectStmt(n)
	case *ast.InsertStmt:
		p.insert(n)
	case *ast.UpdateStmt:
		p.update(n)
	case *ast.DeleteStmt:
		p.delete(n)
	case *ast.MergeStmt:
		p.merge(n)
	default:
		if !p.utility(n) {
			p.ddl(n)
		}
	}
}

func (p *printer) insert(n *ast.InsertStmt) {
	p.with(n.With)
	p.s("INSERT INTO ")
	p.rangeVar(n.Relation)
	if len(n.Columns) > 0 {
		p.c(' ')
		p.insertColumns(n.Columns)
	}
	p.overriding(n.Override)
	if n.Select == nil {
		p.s(" DEFAULT VALUES")
	} else {
		p.c(' ')
		p.selectStmt(n.Select)
	}
	if c := n.OnConflict; c != nil {
		p.s(" ON CONFLICT")
		p.infer(c.Infer)
		if c.Update {
			p.s(" DO UPDATE SET ")
			p.assignments(c.Targets)
			p.where(c.Where)
		} else {
			p.s(" DO NOTHING")
		}
	}
	p.returning(n.Returning, n.ReturningOptions)
}

func (p *printer) insertColumns(cols []*ast.ResTarget) {
	p.c('(')
	for i, c := range cols {
		if i > 0 {
			p.s(", ")
		}
		p.ident(c.Name)
		p.indirection(c.Indirection)
	}
	p.c(')')
}

func (p *printer) overriding(o ast.OverridingKind) {
	switch o {
	case ast.OverridingUserValue:
		p.s(" OVERRIDING USER VALUE")
	case ast.OverridingSystemValue:
		p.s(" OVERRIDING SYSTEM VALUE")
	}
}

func (p *printer) infer(i *ast.InferClause) {
	if i == nil {
		return
	}
	if i.Constraint != "" {
		p.s(" ON CONSTRAINT ")
		p.ident(i.Constraint)
		return
	}
	p.c(' ')
	p.indexElems(i.Elems)
	p.where(i.Where)
}

// indexElems writes (element, ...).
func (p *printer) indexElems(elems []*ast.IndexElem) {
	p.c('(')
	list(p, elems, p.indexElem)
	p.c(')')
}

func (p *printer) indexElem(e *ast.IndexElem) {
	if e.Expr != nil {
		p.c('(')
		p.expr(e.Expr)
		p.c(')')
	} else {
		p.ident(e.Name)
	}
	if len(e.Collation) > 0 {
		p.s(" COLLATE ")
		p.names(e.Collation)
	}
	if len(e.OpClass) > 0 {
		p.c(' ')
		p.names(e.OpClass)
		if len(e.OpClassOptions) > 0 {
			p.c(' ')
			p.relOptions(e.OpClassOptions)
		}
	}
	p.sortOptions(e.Dir, e.Nulls)
}

func (p *printer) returning(targets []*ast.ResTarget, options []*ast.ReturningOption) {
	if len(targets) == 0 {
		return
	}
	p.s(" RETURNING ")
	if len(options) > 0 {
		p.s("WITH (")
		list(p, options, func(o *ast.ReturningOption) {
			if o.New {
				p.s("NEW AS ")
			} else {
				p.s("OLD AS ")
			}
			p.ident(o.Name)
		})
		p.s(") ")
	}
	p.targets(targets)
}

// assignments writes column = value, ...; the columns of one multiple assignment are together.
func (p *printer) assignments(ts []*ast.ResTarget) {
	for i := 0; i < len(ts); {
		if i > 0 {
			p.s(", ")
		}
		t := ts[i]
		m, ok := t.Value.(*ast.MultiAssignRef)
		if !ok {
			p.ident(t.Name)
			p.indirection(t.Indirection)
			p.s(" = ")
			p.expr(t.Value)
			i++
			continue
		}
		n := max(1, min(m.Columns, len(ts)-i))
		p.insertColumns(ts[i : i+n])
		p.s(" = ")
		p.expr(m.Source)
		i += n
	}
}

func (p *printer) update(n *ast.UpdateStmt) {
	p.with(n.With)
	p.s("UPDATE ")
	p.rangeVar(n.Relation)
	p.s(" SET ")
	p.assignments(n.Targets)
	if len(n.From) > 0 {
		p.s(" FROM ")
		p.from(n.From)
	}
	p.where(n.Where)
	p.returning(n.Returning, n.ReturningOptions)
}

func (p *printer) delete(n *ast.DeleteStmt) {
	p.with(n.With)
	p.s("DELETE FROM ")
	p.rangeVar(n.Relation)
	if len(n.Using) > 0 {
		p.s(" USING ")
		p.from(n.Using)
	}
	p.where(n.Where)
	p.returning(n.Returning, n.ReturningOptions)
}

func (p *printer) merge(n *ast.MergeStmt) {
	p.with(n.With)
	p.s("MERGE INTO ")
	p.rangeVar(n.Relation)
	p.s(" USING ")
	p.tableRef(n.Source)
	p.s(" ON ")
	p.expr(n.On)
	for _, w := range n.Whens {
		p.mergeWhen(w)
	}
	p.returning(n.Returning, n.ReturningOptions)
}

func (p *printer) mergeWhen(w *ast.MergeWhenClause) {
	switch w.Match {
	case ast.MergeMatched:
		p.s(" WHEN MATCHED")
	case ast.MergeNotMatchedBySource:
		p.s(" WHEN NOT MATCHED BY SOURCE")
	default:
		p.s(" WHEN NOT MATCHED")
	}
	if w.Condition != nil {
		p.s(" AND ")
		p.expr(w.Condition)
	}
	switch w.Command {
	case ast.MergeDelete:
		p.s(" THEN DELETE")
	case ast.MergeUpdate:
		p.s(" THEN UPDATE SET ")
		p.assignments(w.Targets)
	case ast.MergeInsert:
		p.s(" THEN INSERT")
		if len(w.Targets) > 0 {
			p.c(' ')
			p.insertColumns(w.Targets)
		}
		p.overriding(w.Override)
		if len(w.Values) == 0 {
			p.s(" DEFAULT VALUES")
			return
		}
		p.s(" VALUES ")
		p.parenExprs(w.Values)
	default:
		p.s(" THEN DO NOTHING")
	}
}
