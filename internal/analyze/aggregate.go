package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
)

// aggregate makes an aggregate's call and finds the query level it belongs to.
func (s *scope) aggregate(c *call, fn *catalog.Function, args []query.Expr, typ query.T) query.Expr {
	n := c.n
	agg := &query.Agg{T: typ, Fn: fn, Args: args, Star: n.Star, Distinct: n.Distinct, Filter: c.filter}
	if n.WithinGroup {
		if fn.AggKind == 'h' {
			s.unifyHypothetical(args, c.direct)
		}
		agg.Direct, agg.Args = args[:c.direct:c.direct], args[c.direct:]
		for i, o := range n.OrderBy {
			agg.OrderBy = append(agg.OrderBy, s.windowSort(agg.Args[i], o))
		}
	} else {
		for _, o := range n.OrderBy {
			x := s.resolveUnknown(s.expr(o.Value))
			// A sort key that is one of the arguments is that argument, conversions included.
			for _, a := range agg.Args {
				if same(stripImplicit(a), x) {
					x = a
					break
				}
			}
			agg.OrderBy = append(agg.OrderBy, s.windowSort(x, o))
		}
	}
	if n.Distinct {
		for i, a := range agg.Args {
			agg.Args[i] = s.resolveUnknown(a)
			s.needEqual(agg.Args[i])
		}
		for _, o := range agg.OrderBy {
			found := false
			for _, a := range agg.Args {
				found = found || same(o.Expr, a)
			}
			if !found {
				panic(s.errorf(posOf(o.Expr), "42P10", "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list"))
			}
		}
	}
	s.placeAggregate(agg)
	return agg
}

// unifyHypothetical brings each direct argument and the sort key it is compared with to one type.
func (s *scope) unifyHypothetical(args []query.Expr, direct int) {
	const what = "WITHIN GROUP"
	for i := range direct {
		k := direct + i
		t := s.commonType([]query.Expr{args[k], args[i]}, what)
		args[i], args[k] = s.toCommon(args[i], t, what), s.toCommon(args[k], t, what)
	}
}

// placeAggregate finds the level of an aggregate and refuses it where it may not stand.
func (s *scope) placeAggregate(agg *query.Agg) {
	lv := &levelFinder{s: s, vars: -1, aggs: -1}
	for _, a := range agg.Args {
		lv.visit(a, 0)
	}
	for _, o := range agg.OrderBy {
		lv.visit(o.Expr, 0)
	}
	lv.visit(agg.Filter, 0)
	level := lv.vars
	if level < 0 || lv.aggs >= 0 && lv.aggs < level {
		level = lv.aggs
	}
	if level < 0 {
		level = 0
	}
	if lv.aggs >= 0 && lv.aggs == level {
		panic(s.errorf(lv.aggPos, "42803", "aggregate function calls cannot be nested"))
	}
	d := &levelFinder{s: s, vars: -1, aggs: -1}
	for _, a := range agg.Direct {
		d.visit(a, 0)
	}
	if d.vars >= 0 && d.vars < level {
		panic(s.errorf(posOf(agg.Direct[0]), "42803", "outer-level aggregate cannot contain a lower-level variable in its direct arguments"))
	}
	agg.Levels = level
	t := s
	for range level {
		t = t.parent
	}
	if t.kind.noAggregates() {
		panic(s.errorf(agg.Pos, "42803", "aggregate functions are not allowed in %s", t.kind.place()))
	}
	t.q.HasAggs = true
}

// levelFinder finds the smallest level of columns and aggregates in an aggregate's arguments.
type levelFinder struct {
	s          *scope
	vars, aggs int
	aggPos     int
}

func (f *levelFinder) visit(e query.Expr, depth int) {
	if e == nil {
		return
	}
	visitDeep(e, depth, func(x query.Expr, depth int) bool {
		switch v := x.(type) {
		case *query.Var:
			if l := v.Levels - depth; l >= 0 && (f.vars < 0 || l < f.vars) {
				f.vars = l
			}
		case *query.Agg:
			if l := v.Levels - depth; l >= 0 && (f.aggs < 0 || l < f.aggs) {
				f.aggs, f.aggPos = l, v.Pos
			}
		case *query.Win:
			if depth == 0 {
				panic(f.s.errorf(v.Pos, "42803", "aggregate function calls cannot contain window function calls"))
			}
		case *query.Func:
			if v.Set && depth == 0 {
				panic(f.s.errorf(v.Pos, "0A000", "aggregate function calls cannot contain set-returning function calls").
					hint("You might be able to move the set-returning function into a LATERAL FROM item."))
			}
		}
		return true
	})
}

func (s *scope) windowSort(e query.Expr, o *ast.SortBy) query.WindowSort {
	e = s.resolveUnknown(e)
	s.needOrder(e)
	desc, first := sortOrder(o)
	return query.WindowSort{Expr: e, Desc: desc, NullsFirst: first}
}

// sortOrder reads the direction and the place of nulls.
func sortOrder(o *ast.SortBy) (desc, nullsFirst bool) {
	desc = o.Dir == ast.SortDesc
	if o.Dir == ast.SortUsing && len(o.UseOp) > 0 {
		desc = o.UseOp[len(o.UseOp)-1] == ">"
	}
	nullsFirst = desc
	switch o.Nulls {
	case ast.NullsFirst:
		nullsFirst = true
	case ast.NullsLast:
		nullsFirst = false
	}
	return desc, nullsFirst
}
