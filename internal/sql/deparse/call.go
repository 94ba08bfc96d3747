package deparse

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

func argTypes(es []query.Expr) []*types.Type {
	out := make([]*types.Type, len(es))
	for i, e := range es {
		out[i] = e.Type()
	}
	return out
}

func (p *printer) function(x *query.Func) {
	if x.Syntax && p.syntax(x) {
		return
	}
	p.put(p.opt.Names.Function(x.Fn, argTypes(x.Args)) + "(")
	for i, g := range x.Given {
		if i > 0 {
			p.put(", ")
		}
		if g.Name != "" {
			p.put(quote(g.Name) + " => ")
		}
		p.expr(x.Args[g.Arg], true)
	}
	for i, a := range x.Args {
		if x.Given != nil {
			break
		}
		if i > 0 {
			p.put(", ")
		}
		if x.Variadic && i == len(x.Args)-1 {
			p.put("VARIADIC ")
		}
		p.expr(a, true)
	}
	p.put(")")
}

// syntax prints a call in SQL's own syntax.
func (p *printer) syntax(x *query.Func) bool {
	a := x.Args
	word := func(e query.Expr) string {
		for {
			c, ok := e.(*query.Cast)
			if !ok {
				break
			}
			e = c.Arg
		}
		if c, ok := e.(*query.Const); ok {
			return c.Value.S
		}
		return ""
	}
	parts := func(name string, between ...string) bool {
		p.put(name + "(")
		for i, e := range a {
			if i > 0 {
				p.put(between[i-1])
			}
			p.expr(e, false)
		}
		p.put(")")
		return true
	}
	switch x.Fn.Name {
	case "timezone":
		if len(a) != 2 {
			return false
		}
		p.put("(")
		p.inside(a[1], false, x)
		p.put(" AT TIME ZONE ")
		p.inside(a[0], false, x)
		p.put(")")
		return true
	case "overlaps":
		if len(a) != 4 {
			return false
		}
		p.put("((")
		p.expr(a[0], false)
		p.put(", ")
		p.expr(a[1], false)
		p.put(") OVERLAPS (")
		p.expr(a[2], false)
		p.put(", ")
		p.expr(a[3], false)
		p.put("))")
		return true
	case "extract":
		p.put("EXTRACT(" + word(a[0]) + " FROM ")
		p.expr(a[1], false)
		p.put(")")
		return true
	case "is_normalized":
		p.put("(")
		p.expr(a[0], false)
		p.put(" IS")
		if len(a) == 2 {
			p.put(" " + word(a[1]))
		}
		p.put(" NORMALIZED)")
		return true
	case "normalize":
		p.put("NORMALIZE(")
		p.expr(a[0], false)
		if len(a) == 2 {
			p.put(", " + word(a[1]))
		}
		p.put(")")
		return true
	case "overlay":
		return parts("OVERLAY", " PLACING ", " FROM ", " FOR ")
	case "position":
		p.put("POSITION((")
		p.expr(a[1], false)
		p.put(") IN (")
		p.expr(a[0], false)
		p.put("))")
		return true
	case "substring":
		if len(a) == 3 && a[1].Type().Category == 'S' {
			return parts("SUBSTRING", " SIMILAR ", " ESCAPE ")
		}
		if len(a) == 2 && a[1].Type().Category == 'S' {
			return false
		}
		return parts("SUBSTRING", " FROM ", " FOR ")
	case "btrim", "ltrim", "rtrim":
		side := map[string]string{"btrim": "BOTH", "ltrim": "LEADING", "rtrim": "TRAILING"}[x.Fn.Name]
		p.put("TRIM(" + side)
		if len(a) == 2 {
			p.put(" ")
			p.expr(a[1], false)
		}
		p.put(" FROM ")
		p.expr(a[0], false)
		p.put(")")
		return true
	}
	return false
}

func (p *printer) filter(e query.Expr) {
	if e != nil {
		p.put(" FILTER (WHERE ")
		p.expr(e, false)
		p.put(")")
	}
}

func (p *printer) aggregate(x *query.Agg) {
	p.put(p.opt.Names.Function(x.Fn, argTypes(append(append([]query.Expr(nil), x.Direct...), x.Args...))) + "(")
	if x.Distinct {
		p.put("DISTINCT ")
	}
	if x.Fn.AggKind == 'o' || x.Fn.AggKind == 'h' {
		p.list(x.Direct)
		p.put(") WITHIN GROUP (ORDER BY ")
		p.sorts(x.OrderBy)
	} else {
		if x.Star {
			p.put("*")
		} else {
			p.list(x.Args)
		}
		if len(x.OrderBy) > 0 {
			p.put(" ORDER BY ")
			p.sorts(x.OrderBy)
		}
	}
	p.put(")")
	p.filter(x.Filter)
}

func (p *printer) sorts(list []query.WindowSort) {
	for i, k := range list {
		if i > 0 {
			p.put(", ")
		}
		p.key(k.Expr)
		p.direction(k.Desc, k.NullsFirst)
	}
}

func (p *printer) window(w *query.Window) {
	p.put("(")
	space := false
	gap := func() {
		if space {
			p.put(" ")
		}
		space = true
	}
	if len(w.PartitionBy) > 0 {
		gap()
		p.put("PARTITION BY ")
		for i, e := range w.PartitionBy {
			if i > 0 {
				p.put(", ")
			}
			p.key(e)
		}
	}
	if len(w.OrderBy) > 0 {
		gap()
		p.put("ORDER BY ")
		p.sorts(w.OrderBy)
	}
	if f := w.Frame; f.Mode != "" {
		gap()
		bound := func(b query.Bound) {
			if b.Offset != nil {
				p.expr(b.Offset, false)
				p.put(" ")
			}
			p.put(strings.ToUpper(b.Kind))
		}
		p.put(strings.ToUpper(f.Mode) + " ")
		if f.End.Kind != "" {
			p.put("BETWEEN ")
			bound(f.Start)
			p.put(" AND ")
			bound(f.End)
		} else {
			bound(f.Start)
		}
		if f.Exclude != "" {
			p.put(" EXCLUDE " + strings.ToUpper(f.Exclude))
		}
	}
	p.put(")")
}
