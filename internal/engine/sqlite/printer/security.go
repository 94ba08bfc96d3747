package printer

import "github.com/basement-project/basement/internal/sql/query"

// conditions prints the conjuncts of a condition. Where row security applies to this level, a conjunct that could tell
// about hidden rows is only evaluated for rows the security conditions let through: inside CASE the order is certain,
// while SQLite orders the terms of AND as it likes.
func (p *printer) conditions(l *level, e query.Expr) []string {
	var out []string
	for _, c := range conjuncts(e, nil) {
		s := p.expr(l, c)
		if guards := p.guards(l); guards != "" && leaky(c) {
			s = "CASE WHEN " + guards + " THEN " + s + " END"
		}
		out = append(out, s)
	}
	return out
}

// guards are all security conditions of the level's entries.
func (p *printer) guards(l *level) string {
	var list []string
	for _, s := range l.from {
		if s.param > 0 || s.nullable {
			continue
		}
		for _, e := range s.rte.Security {
			list = append(list, p.expr(l, e))
		}
	}
	return chain(list, " AND ")
}

func conjuncts(e query.Expr, out []query.Expr) []query.Expr {
	if e == nil {
		return out
	}
	if b, ok := e.(*query.Bool); ok && b.Op == "and" {
		for _, a := range b.Args {
			out = conjuncts(a, out)
		}
		return out
	}
	return append(out, e)
}
