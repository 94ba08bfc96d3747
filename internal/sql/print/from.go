package print

import "github.com/basement-project/basement/internal/sql/ast"

// from writes table references with commas between.
func (p *printer) from(refs []ast.TableRef) {
	for i, r := range refs {
		if i > 0 {
			p.s(", ")
		}
		p.tableRef(r)
	}
}

func (p *printer) tableRef(r ast.TableRef) {
	switch r := r.(type) {
	case *ast.RangeVar:
		p.rangeVar(r)
	case *ast.RangeSubselect:
		p.lateral(r.Lateral)
		p.c('(')
		p.selectStmt(r.Select)
		p.c(')')
		p.alias(r.Alias)
	case *ast.RangeFunction:
		p.rangeFunction(r)
	case *ast.RangeTableSample:
		p.tableRef(r.Relation)
		p.s(" TABLESAMPLE ")
		p.names(r.Method)
		p.parenExprs(r.Args)
		if r.Repeatable != nil {
			p.s(" REPEATABLE (")
			p.expr(r.Repeatable)
			p.c(')')
		}
	case *ast.RangeTableFunc:
		p.xmlTable(r)
	case *ast.JsonTable:
		p.jsonTable(r)
	case *ast.JoinExpr:
		if r.Alias != nil {
			p.c('(')
			p.join(r)
			p.c(')')
			p.alias(r.Alias)
			return
		}
		p.join(r)
	}
}

func (p *printer) lateral(lateral bool) {
	if lateral {
		p.s("LATERAL ")
	}
}

// rangeVar writes a relation with ONLY and its alias.
func (p *printer) rangeVar(r *ast.RangeVar) {
	if r.Only {
		p.s("ONLY ")
	}
	p.relationName(r)
	p.alias(r.Alias)
}

// relationName writes a relation's qualified name.
func (p *printer) relationName(r *ast.RangeVar) {
	if r.Catalog != "" {
		p.ident(r.Catalog)
		p.c('.')
	}
	if r.Schema != "" {
		p.ident(r.Schema)
		p.c('.')
	}
	p.ident(r.Name)
}

func (p *printer) alias(a *ast.Alias) {
	if a == nil {
		return
	}
	p.s(" AS ")
	p.ident(a.Name)
	p.parenIdents(a.Columns)
}

func (p *printer) join(j *ast.JoinExpr) {
	p.tableRef(j.Left)
	if j.Natural {
		p.s(" NATURAL")
	}
	switch j.Type {
	case ast.JoinLeft:
		p.s(" LEFT JOIN ")
	case ast.JoinRight:
		p.s(" RIGHT JOIN ")
	case ast.JoinFull:
		p.s(" FULL JOIN ")
	default:
		if !j.Natural && j.On == nil && len(j.Using) == 0 {
			p.s(" CROSS JOIN ")
		} else {
			p.s(" JOIN ")
		}
	}
	if r, ok := j.Right.(*ast.JoinExpr); ok && r.Alias == nil {
		p.c('(')
		p.join(r)
		p.c(')')
	} else {
		p.tableRef(j.Right)
	}
	switch {
	case len(j.Using) > 0:
		p.s(" USING ")
		p.parenIdents(j.Using)
		p.alias(j.UsingAlias)
	case j.On != nil:
		p.s(" ON ")
		p.expr(j.On)
	case j.Type != ast.JoinInner && !j.Natural:
		p.s(" ON true")
	}
}

func (p *printer) rangeFunction(r *ast.RangeFunction) {
	p.lateral(r.Lateral)
	if r.RowsFrom {
		p.s("ROWS FROM (")
		list(p, r.Functions, func(f *ast.RangeFunctionItem) {
			p.function(f.Func)
			if len(f.ColDefs) > 0 {
				p.s(" AS ")
				p.tableFuncElements(f.ColDefs)
			}
		})
		p.c(')')
	} else {
		for _, f := range r.Functions {
			p.function(f.Func)
		}
	}
	if r.Ordinality {
		p.s(" WITH ORDINALITY")
	}
	if len(r.ColDefs) == 0 {
		p.alias(r.Alias)
		return
	}
	p.s(" AS ")
	if r.Alias != nil {
		p.ident(r.Alias.Name)
	}
	p.tableFuncElements(r.ColDefs)
}

// function writes an expression where only a function's call may stand.
func (p *printer) function(e ast.Expr) {
	if c, ok := e.(*ast.TypeCast); ok {
		p.s("CAST(")
		p.expr(c.Arg)
		p.s(" AS ")
		p.typeName(c.Type)
		p.c(')')
		return
	}
	p.expr(e)
}

func (p *printer) tableFuncElements(els []*ast.TableFuncElement) {
	p.c('(')
	list(p, els, func(e *ast.TableFuncElement) {
		p.ident(e.Name)
		p.c(' ')
		p.typeName(e.Type)
		if e.Collate != nil {
			p.c(' ')
			p.expr(e.Collate)
		}
	})
	p.c(')')
}

func (p *printer) xmlTable(t *ast.RangeTableFunc) {
	p.lateral(t.Lateral)
	p.s("XMLTABLE(")
	if len(t.Namespaces) > 0 {
		p.s("XMLNAMESPACES(")
		list(p, t.Namespaces, func(n *ast.ResTarget) {
			if n.Name == "" {
				p.s("DEFAULT ")
				p.restricted(n.Value)
				return
			}
			p.restricted(n.Value)
			p.s(" AS ")
			p.ident(n.Name)
		})
		p.s("), ")
	}
	p.primary(t.Row)
	p.s(" PASSING ")
	p.primary(t.Doc)
	p.s(" COLUMNS ")
	list(p, t.Columns, func(c *ast.RangeTableFuncCol) {
		p.ident(c.Name)
		if c.ForOrdinality {
			p.s(" FOR ORDINALITY")
			return
		}
		p.c(' ')
		p.typeName(c.Type)
		if c.Path != nil {
			p.s(" PATH ")
			p.restricted(c.Path)
		}
		if c.Default != nil {
			p.s(" DEFAULT ")
			p.restricted(c.Default)
		}
		if c.NotNull {
			p.s(" NOT NULL")
		}
	})
	p.c(')')
	p.alias(t.Alias)
}

func (p *printer) jsonTable(t *ast.JsonTable) {
	p.lateral(t.Lateral)
	p.s("JSON_TABLE(")
	p.jsonValue(t.Context)
	p.s(", ")
	p.jsonPath(t.Path)
	p.jsonPassing(t.Passing)
	p.jsonColumns(t.Columns)
	p.jsonBehavior(t.OnError, " ON ERROR")
	p.c(')')
	p.alias(t.Alias)
}

func (p *printer) jsonPath(path *ast.JsonTablePathSpec) {
	p.expr(path.Path)
	if path.Name != "" {
		p.s(" AS ")
		p.ident(path.Name)
	}
}

func (p *printer) jsonColumns(cols []*ast.JsonTableColumn) {
	p.s(" COLUMNS (")
	list(p, cols, p.jsonColumn)
	p.c(')')
}

func (p *printer) jsonColumn(c *ast.JsonTableColumn) {
	if c.Type == ast.JsonColNested {
		p.s("NESTED PATH ")
		p.jsonPath(c.Path)
		p.jsonColumns(c.Columns)
		return
	}
	p.ident(c.Name)
	if c.Type == ast.JsonColOrdinality {
		p.s(" FOR ORDINALITY")
		return
	}
	p.c(' ')
	p.typeName(c.ColType)
	if c.Type == ast.JsonColExists {
		p.s(" EXISTS")
	}
	p.jsonFormat(c.Format)
	if c.Path != nil {
		p.s(" PATH ")
		p.jsonPath(c.Path)
	}
	p.jsonWrapper(c.Wrapper)
	p.jsonQuotes(c.Quotes)
	p.jsonBehavior(c.OnEmpty, " ON EMPTY")
	p.jsonBehavior(c.OnError, " ON ERROR")
}
