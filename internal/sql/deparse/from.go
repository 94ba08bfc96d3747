package deparse

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/query"
)

func (p *printer) from(q *query.Query) {
	for i, f := range q.From {
		if i == 0 {
			p.keyword(" FROM ", -indentStd, indentStd, 2)
			p.item(q, f)
			continue
		}
		p.put(", ")
		text := p.text(func() { p.item(q, f) })
		if strings.HasPrefix(text, "\n") {
			p.trim()
		} else if p.opt.Wrap >= 0 && p.lastLine()+len(text) > p.opt.Wrap {
			p.keyword("", -indentStd, indentStd, indentVar)
		}
		p.put(text)
	}
}

func (p *printer) item(q *query.Query, f query.FromItem) {
	if r, ok := f.(*query.TableRef); ok {
		p.table(q, r.RT)
		return
	}
	j := f.(*query.Join)
	alias := ""
	if j.RT > 0 {
		alias = q.RTable[j.RT-1].Alias
	}
	right, joined := j.Right.(*query.Join)
	paren := p.opt.Pretty && joined && (right.RT == 0 || q.RTable[right.RT-1].Alias == "")
	if !p.opt.Pretty || alias != "" {
		p.put("(")
	}
	p.item(q, j.Left)
	word := " JOIN "
	switch {
	case j.Kind == query.Left:
		word = " LEFT JOIN "
	case j.Kind == query.Right:
		word = " RIGHT JOIN "
	case j.Kind == query.Full:
		word = " FULL JOIN "
	case j.On == nil:
		word = " CROSS JOIN "
	}
	p.keyword(word, -indentStd, indentStd, indentJoin)
	if paren {
		p.put("(")
	}
	p.item(q, j.Right)
	if paren {
		p.put(")")
	}
	switch {
	case len(j.Using) > 0:
		names := make([]string, len(j.Using))
		for i, n := range j.Using {
			names[i] = quote(n)
		}
		p.put(" USING (" + strings.Join(names, ", ") + ")")
	case j.On != nil:
		p.put(" ON ")
		if !p.opt.Pretty {
			p.put("(")
		}
		p.expr(j.On, false)
		if !p.opt.Pretty {
			p.put(")")
		}
	case j.Kind != query.Inner:
		p.put(" ON TRUE")
	}
	if !p.opt.Pretty || alias != "" {
		p.put(")")
	}
	if alias != "" {
		p.put(" " + quote(alias))
	}
}

func (p *printer) table(q *query.Query, rt int) {
	r := q.RTable[rt-1]
	name := p.l.names[rt-1]
	if r.Lateral || r.Kind == query.FunctionRTE && refersBeside(r) {
		p.put("LATERAL ")
	}
	alias, columns := false, false
	switch {
	case r.Relation != nil && r.Kind == query.RelationRTE || r.IsView:
		if r.Only {
			p.put("ONLY ")
		}
		p.put(p.opt.Names.Relation(r.Relation))
		alias = name != r.Relation.Name
		for _, c := range r.Columns {
			if rc := r.Relation.ColumnByNum(c.Num); rc != nil && rc.Name != c.Name {
				columns = true
			}
		}
	case r.Kind == query.SubqueryRTE:
		p.put("(")
		p.query(r.Subquery, p.l, nil, true, true)
		p.put(")")
		alias = true
		n := 0
		for _, t := range r.Subquery.Targets {
			if !t.Junk {
				columns = columns || n < len(r.Columns) && r.Columns[n].Name != t.Name
				n++
			}
		}
	case r.Kind == query.FunctionRTE:
		alias = true
		p.functions(r)
	case r.Kind == query.ValuesRTE:
		p.put("(")
		p.values(r.Values)
		p.put(")")
		alias, columns = true, true
	case r.Kind == query.CTERTE:
		p.put(quote(r.CTE.Name))
		alias = name != r.CTE.Name
		for i, c := range r.Columns {
			columns = columns || i < len(r.CTE.Columns) && r.CTE.Columns[i].Name != c.Name
		}
	}
	if alias || columns {
		p.put(" " + quote(name))
	}
	if r.Kind == query.FunctionRTE {
		defs := false
		for _, f := range r.Functions {
			if fn, ok := f.Expr.(*query.Func); ok && len(fn.ColDefs) > 0 {
				defs = true
			}
		}
		if defs && len(r.Functions) == 1 {
			p.put("(")
			for i, c := range r.Columns {
				if i > 0 {
					p.put(", ")
				}
				p.put(quote(c.Name) + " " + p.opt.Names.Type(c.Type, c.Typmod))
			}
			p.put(")")
			return
		}
		columns = len(r.Columns) > 0
	}
	if columns {
		names := make([]string, len(r.Columns))
		for i, c := range r.Columns {
			names[i] = quote(c.Name)
		}
		p.put("(" + strings.Join(names, ", ") + ")")
	}
}

// refersBeside says whether a function in FROM takes columns of what stands beside it.
func refersBeside(r *query.RTE) bool {
	found := false
	for _, f := range r.Functions {
		query.Walk(f.Expr, func(e query.Expr) bool {
			if v, ok := e.(*query.Var); ok && v.Levels == 0 {
				found = true
			}
			return !found
		})
	}
	return found
}

func (p *printer) functions(r *query.RTE) {
	if len(r.Functions) == 1 {
		// Calls come as what they are, casts and the like in a CAST.
		p.call(r.Functions[0].Expr)
	} else {
		p.put("ROWS FROM(")
		for i, f := range r.Functions {
			if i > 0 {
				p.put(", ")
			}
			p.call(f.Expr)
		}
		p.put(")")
	}
	if r.Ordinality {
		p.put(" WITH ORDINALITY")
	}
}

func (p *printer) call(e query.Expr) {
	if c, ok := e.(*query.Cast); ok {
		p.put("CAST(")
		p.expr(c.Arg, false)
		p.put(" AS " + p.opt.Names.Type(c.Typ, c.Mod) + ")")
		return
	}
	p.expr(e, true)
}

// variable prints a column and gives the name it has as a target.
func (p *printer) variable(v *query.Var, target bool) string {
	l := p.l
	for i := 0; i < v.Levels && l.up != nil; i++ {
		l = l.up
	}
	if v.RT < 1 || v.RT > len(l.q.RTable) {
		p.put(quote(v.Name))
		return v.Name
	}
	r := l.q.RTable[v.RT-1]
	name := v.Name
	switch v.Col {
	case query.WholeRow:
		if l.names[v.RT-1] == "" {
			p.put("*")
			return ""
		}
		p.put(quote(l.names[v.RT-1]) + ".*")
		if target {
			p.put("::" + p.opt.Names.Type(v.Typ, -1))
		}
		return ""
	case query.SysCtid:
		name = "ctid"
	case query.SysXmin:
		name = "xmin"
	case query.SysXmax:
		name = "xmax"
	case query.SysTable:
		name = "tableoid"
	default:
		if v.Col >= 0 && v.Col < len(r.Columns) {
			name = r.Columns[v.Col].Name
		}
	}
	if p.l.prefix && l.names[v.RT-1] != "" {
		p.put(quote(l.names[v.RT-1]) + ".")
	}
	p.put(quote(name))
	return name
}
