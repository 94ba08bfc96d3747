package printer

import "github.com/basement-project/basement/internal/sql/query"

// conditions prints the conjuncts of a condition. Where row security applies to this level, a conjunct that could tell
// about hidden rows is only evaluated for rows the security conditions let through: inside CASE the order is certain,
// while SQLite orders the terms of AND as it likes.
//
// scope are the entries a join's ON may speak of, nil for all of the level.
func (p *printer) conditions(l *level, e query.Expr, scope map[int]bool) []string {
	var out, guarded []string
	secure := p.secured(l, scope)
	for _, c := range conjuncts(e, nil) {
		s := p.expr(l, c)
		if secure && leaky(c) {
			guarded = append(guarded, s)
		} else {
			out = append(out, s)
		}
		if rows := p.candidates(l, c); rows != "" {
			out = append(out, rows)
		}
	}
	if len(guarded) > 0 {
		// All under one CASE: policies that read tables with policies make the text grow with each time they are printed.
		out = append(out, "CASE WHEN "+p.guards(l, scope)+" THEN "+chain(guarded, " AND ")+" END")
	}
	return out
}

// secured says whether entries in scope have security conditions.
func (p *printer) secured(l *level, scope map[int]bool) bool {
	for i, s := range l.from {
		if guards(i, s, scope) {
			return true
		}
	}
	return false
}

func guards(i int, s *source, scope map[int]bool) bool {
	return s.param == 0 && !s.nullable && (scope == nil || scope[i+1]) && len(s.rte.Security) > 0
}

// guards are the security conditions of the entries in scope.
func (p *printer) guards(l *level, scope map[int]bool) string {
	var list []string
	for i, s := range l.from {
		if !guards(i, s, scope) {
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

// entries gathers the range table entries below an item of FROM.
func entries(f query.FromItem, into map[int]bool) map[int]bool {
	switch f := f.(type) {
	case *query.TableRef:
		into[f.RT] = true
	case *query.Join:
		entries(f.Left, into)
		entries(f.Right, into)
	}
	return into
}
