package print

import "github.com/basement-project/basement/internal/sql/ast"

// inList writes IN's list.
func (p *printer) inList(e ast.Expr) {
	p.c('(')
	if l, ok := e.(*ast.ExprList); ok && len(l.Items) > 1 {
		p.exprs(l.Items)
	} else if ok && len(l.Items) == 1 {
		p.loneExpr(l.Items[0])
	} else {
		p.loneExpr(e)
	}
	p.c(')')
}

// loneExpr writes the only expression of parentheses where a subquery would mean another thing: ANY (array), IN (x).
func (p *printer) loneExpr(e ast.Expr) {
	if s, ok := e.(*ast.SubLink); ok && s.Type == ast.ExprSubLink {
		p.s("COALESCE(")
		p.bare(s)
		p.c(')')
		return
	}
	p.expr(e)
}

func (p *printer) caseExpr(e *ast.CaseExpr) {
	p.s("CASE")
	if e.Arg != nil {
		p.c(' ')
		p.expr(e.Arg)
	}
	for _, w := range e.Whens {
		p.s(" WHEN ")
		p.expr(w.Cond)
		p.s(" THEN ")
		p.expr(w.Result)
	}
	if e.Default != nil {
		p.s(" ELSE ")
		p.expr(e.Default)
	}
	p.s(" END")
}

func (p *printer) subLink(e *ast.SubLink) {
	switch e.Type {
	case ast.ExistsSubLink:
		p.s("EXISTS ")
	case ast.ArraySubLink:
		p.s("ARRAY")
	case ast.AnySubLink, ast.AllSubLink:
		min := levelIn + 1
		if len(e.Oper) > 0 {
			min = operatorLevel(e.Oper) + 1
		}
		p.operand(e.Test, min)
		switch {
		case len(e.Oper) == 0:
			p.s(" IN ")
		default:
			p.c(' ')
			p.operator(e.Oper)
			if e.Type == ast.AnySubLink {
				p.s(" ANY ")
			} else {
				p.s(" ALL ")
			}
		}
	}
	p.c('(')
	p.selectStmt(e.Select)
	p.c(')')
}

func (p *printer) aIndirection(e *ast.AIndirection) {
	bare := false
	switch a := e.Arg.(type) {
	case *ast.ParamRef:
		bare = true
	case *ast.ColumnRef:
		if len(e.Indirection) > 0 && !a.Star {
			_, bare = e.Indirection[0].(*ast.AIndices)
		}
	case *ast.SubLink:
		bare = a.Type == ast.ExprSubLink
	}
	if bare {
		p.bare(e.Arg)
	} else {
		p.c('(')
		p.bare(e.Arg)
		p.c(')')
	}
	p.indirection(e.Indirection)
}

func (p *printer) indirection(steps []ast.Indirection) {
	for _, s := range steps {
		switch s := s.(type) {
		case *ast.FieldSelect:
			p.c('.')
			p.ident(s.Name)
		case *ast.AStar:
			p.s(".*")
		case *ast.AIndices:
			p.c('[')
			if s.Slice {
				if s.Lower != nil {
					p.expr(s.Lower)
				}
				p.c(':')
			}
			if s.Upper != nil {
				p.expr(s.Upper)
			}
			p.c(']')
		}
	}
}

// array writes the brackets of ARRAY[...].
func (p *printer) array(e *ast.AArrayExpr) {
	nested := len(e.Elements) > 0
	for _, x := range e.Elements {
		if _, ok := x.(*ast.AArrayExpr); !ok {
			nested = false
		}
	}
	p.c('[')
	for i, x := range e.Elements {
		if i > 0 {
			p.s(", ")
		}
		if nested {
			p.array(x.(*ast.AArrayExpr))
		} else {
			p.expr(x)
		}
	}
	p.c(']')
}

func (p *printer) groupingSet(e *ast.GroupingSet) {
	switch e.Kind {
	case ast.GroupingSetEmpty:
		p.s("()")
		return
	case ast.GroupingSetRollup:
		p.s("ROLLUP")
	case ast.GroupingSetCube:
		p.s("CUBE")
	case ast.GroupingSetSets:
		p.s("GROUPING SETS")
	}
	p.parenExprs(e.Content)
}
