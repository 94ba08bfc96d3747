package deparse

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/query"
)

// query prints a query at the present indentation. columns name its columns; visible says that their names matter.
func (p *printer) query(q *query.Query, up *level, columns []string, visible, prefix bool) {
	old, indent := p.l, p.indent
	l := &level{q: q, up: up, prefix: prefix || up != nil}
	l.name()
	p.l = l
	p.with(q)
	force := q.SetOp != nil
	if q.SetOp != nil {
		p.setOp(q, q.SetOp, columns, visible)
	} else {
		p.basic(q, columns, visible)
	}
	if len(q.OrderBy) > 0 {
		p.keyword(" ORDER BY ", -indentStd, indentStd, 1)
		p.orderBy(q, force)
	}
	if q.Offset != nil {
		p.keyword(" OFFSET ", -indentStd, indentStd, 0)
		p.expr(q.Offset, false)
	}
	if q.Limit != nil {
		if q.WithTies {
			p.keyword(" FETCH FIRST ", -indentStd, indentStd, 0)
			p.expr(q.Limit, false)
			p.put(" ROWS WITH TIES")
		} else {
			p.keyword(" LIMIT ", -indentStd, indentStd, 0)
			if c, ok := q.Limit.(*query.Const); ok && c.Value.IsNull() {
				p.put("ALL")
			} else {
				p.expr(q.Limit, false)
			}
		}
	}
	for _, k := range q.Locks {
		p.keyword(" FOR "+strings.ToUpper(k.Strength), -indentStd, indentStd, 0)
		for _, rt := range k.Of {
			p.put(" OF " + quote(l.names[rt-1]))
		}
		if k.NoWait {
			p.put(" NOWAIT")
		} else if k.SkipLocked {
			p.put(" SKIP LOCKED")
		}
	}
	p.l, p.indent = old, indent
}

func (p *printer) with(q *query.Query) {
	if len(q.CTEs) == 0 {
		return
	}
	p.indent += indentStd
	p.put(" ")
	sep := "WITH "
	if q.Recursive {
		sep = "WITH RECURSIVE "
	}
	for _, c := range q.CTEs {
		p.put(sep + quote(c.Name))
		sep = ", "
		var targets []*query.Target
		if c.Query != nil {
			targets = c.Query.Targets
			if c.Query.Command != query.Select {
				targets = c.Query.Returning
			}
		}
		names := make([]string, 0, len(c.Columns))
		other := false
		for i, col := range c.Columns {
			names = append(names, quote(col.Name))
			other = other || i < len(targets) && targets[i].Name != col.Name
		}
		if other {
			p.put("(" + strings.Join(names, ", ") + ")")
		}
		p.put(" AS ")
		if c.Materialized != nil {
			if !*c.Materialized {
				p.put("NOT ")
			}
			p.put("MATERIALIZED ")
		}
		p.put("(")
		p.keyword("", 0, 0, 0)
		if c.Query != nil {
			p.query(c.Query, p.l, nil, true, true)
		}
		p.keyword("", 0, 0, 0)
		p.put(")")
	}
	p.indent -= indentStd
	p.keyword("", 0, 0, 0)
}

func (p *printer) setOp(q *query.Query, op *query.SetOp, columns []string, visible bool) {
	if op.Op == "" {
		sub := q.RTable[op.RT-1].Subquery
		paren := len(sub.CTEs) > 0 || len(sub.OrderBy) > 0 || sub.Limit != nil || sub.Offset != nil || len(sub.Locks) > 0
		if paren {
			p.put("(")
		}
		p.query(asWritten(sub), p.l.up, columns, visible, true)
		if paren {
			p.put(")")
		}
		return
	}
	paren, sub := false, 0
	if l := op.Left; l.Op != "" {
		paren = l.Op != op.Op || l.All != op.All
	}
	if paren {
		p.put("(")
		sub = indentStd
		p.keyword("", sub, 0, 0)
	}
	p.setOp(q, op.Left, columns, visible)
	if paren {
		p.keyword(") ", -sub, 0, 0)
	} else {
		p.keyword("", -sub, 0, 0)
	}
	p.put(strings.ToUpper(op.Op) + " ")
	if op.All {
		p.put("ALL ")
	}
	sub = 0
	paren = op.Right.Op != ""
	if paren {
		p.put("(")
		sub = indentStd
	}
	p.keyword("", sub, 0, 0)
	p.setOp(q, op.Right, columns, false)
	p.indent -= sub
	if paren {
		p.keyword(")", 0, 0, 0)
	}
}

// asWritten leaves out the conversions that bring a member of a set operation to the types of its node.
func asWritten(q *query.Query) *query.Query {
	out := *q
	out.Targets = make([]*query.Target, len(q.Targets))
	for i, t := range q.Targets {
		out.Targets[i] = t
		for {
			c, ok := out.Targets[i].Expr.(*query.Cast)
			if !ok || c.Explicit {
				break
			}
			out.Targets[i] = &query.Target{Expr: c.Arg, Name: t.Name, Junk: t.Junk}
		}
	}
	return &out
}

func (p *printer) basic(q *query.Query, columns []string, visible bool) {
	p.indent += indentStd
	p.put(" ")
	if rows := plainValues(q); rows != nil {
		p.values(rows)
		return
	}
	p.put("SELECT")
	switch {
	case len(q.DistinctOn) > 0:
		p.put(" DISTINCT ON (")
		for i, k := range q.DistinctOn {
			if i > 0 {
				p.put(", ")
			}
			p.sortKey(q, k.Target, false)
		}
		p.put(")")
	case q.Distinct:
		p.put(" DISTINCT")
	}
	p.targets(q.Targets, columns, visible)
	p.from(q)
	if q.Where != nil {
		p.keyword(" WHERE ", -indentStd, indentStd, 1)
		p.expr(q.Where, false)
	}
	if len(q.GroupBy) > 0 || q.GroupingSets != nil {
		p.keyword(" GROUP BY ", -indentStd, indentStd, 1)
		if q.GroupingSets == nil {
			for i, k := range q.GroupBy {
				if i > 0 {
					p.put(", ")
				}
				p.sortKey(q, k.Target, false)
			}
		} else {
			p.put("GROUPING SETS (")
			for i, set := range q.GroupingSets {
				if i > 0 {
					p.put(", ")
				}
				p.put("(")
				for j, k := range set {
					if j > 0 {
						p.put(", ")
					}
					p.sortKey(q, q.GroupBy[k].Target, false)
				}
				p.put(")")
			}
			p.put(")")
		}
	}
	if q.Having != nil {
		p.keyword(" HAVING ", -indentStd, indentStd, 0)
		p.expr(q.Having, false)
	}
	first := true
	for _, w := range q.Windows {
		if w.Name == "" {
			continue
		}
		if first {
			p.keyword(" WINDOW ", -indentStd, indentStd, 1)
			first = false
		} else {
			p.put(", ")
		}
		p.put(quote(w.Name) + " AS ")
		p.window(w)
	}
}

// plainValues gives the rows of a query that is nothing but VALUES.
func plainValues(q *query.Query) [][]query.Expr {
	if q.Values != nil {
		return q.Values
	}
	if len(q.RTable) != 1 || q.RTable[0].Kind != query.ValuesRTE || q.Where != nil || len(q.From) != 1 || len(q.GroupBy) > 0 || q.HasAggs || q.Distinct {
		return nil
	}
	for i, t := range q.Targets {
		if v, ok := t.Expr.(*query.Var); t.Junk || !ok || v.RT != 1 || v.Col != i || v.Levels != 0 {
			return nil
		}
	}
	if len(q.Targets) != len(q.RTable[0].Columns) {
		return nil
	}
	return q.RTable[0].Values
}

func (p *printer) values(rows [][]query.Expr) {
	p.put("VALUES ")
	for i, row := range rows {
		if i > 0 {
			p.put(", ")
		}
		p.put("(")
		for j, e := range row {
			if j > 0 {
				p.put(",")
			}
			p.expr(e, false)
		}
		p.put(")")
	}
}

func (p *printer) targets(list []*query.Target, columns []string, visible bool) {
	sep := " "
	n := 0
	multi := false
	for _, t := range list {
		if t.Junk {
			continue
		}
		p.put(sep)
		sep = ", "
		n++
		text := p.text(func() {
			shown := ""
			if v, ok := t.Expr.(*query.Var); ok {
				shown = p.variable(v, true)
			} else {
				p.expr(t.Expr, true)
				if !visible {
					shown = "?column?"
				}
			}
			name := t.Name
			if n <= len(columns) {
				name = columns[n-1]
			}
			if name != "" && name != shown {
				p.put(" AS " + quote(name))
			}
		})
		rest := text
		if strings.HasPrefix(text, "\n") {
			p.trim()
			rest = text[1:]
		} else if p.opt.Wrap >= 0 && n > 1 && (p.lastLine()+len(text) > p.opt.Wrap || multi) {
			p.keyword("", -indentStd, indentStd, indentVar)
		}
		multi = strings.Contains(rest, "\n")
		p.put(text)
	}
}

func (p *printer) sortKey(q *query.Query, target int, force bool) {
	t := q.Targets[target]
	if force && !t.Junk {
		p.put(itoa(target + 1))
		return
	}
	p.key(t.Expr)
}

// key prints a sorting or grouping key. A call stands in parentheses, or it could be taken for something else.
func (p *printer) key(e query.Expr) {
	paren := p.opt.Pretty
	switch x := e.(type) {
	case *query.Const:
		p.constant(x, true)
		return
	case *query.Var:
		paren = false
	case *query.Func, *query.Agg, *query.Win:
		paren = true
	case *query.Cast:
		paren = paren || x.Method == query.ByFunc || x.Method == query.Typmod
	}
	if paren {
		p.put("(")
	}
	p.expr(e, true)
	if paren {
		p.put(")")
	}
}

func (p *printer) orderBy(q *query.Query, force bool) {
	for i, k := range q.OrderBy {
		if i > 0 {
			p.put(", ")
		}
		p.sortKey(q, k.Target, force)
		p.direction(k.Desc, k.NullsFirst)
	}
}

func (p *printer) direction(desc, nullsFirst bool) {
	switch {
	case desc && nullsFirst:
		p.put(" DESC")
	case desc:
		p.put(" DESC NULLS LAST")
	case nullsFirst:
		p.put(" NULLS FIRST")
	}
}
