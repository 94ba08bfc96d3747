package printer

import (
	"errors"

	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
)

func internal(what string) error {
	return errs.Internal("sqlite printer", errors.New("cannot print "+what))
}

// walkAll visits every expression of q and of the queries inside it; depth counts query levels below q. f gives false to
// stop descending.
func walkAll(q *query.Query, depth int, f func(e query.Expr, depth int) bool) {
	if q == nil {
		return
	}
	q.Exprs(func(e query.Expr) { walkExpr(e, depth, f) })
	for _, r := range q.RTable {
		walkAll(r.Subquery, depth+1, f)
	}
	for _, c := range q.CTEs {
		walkAll(c.Query, depth+1, f)
	}
}

func walkExpr(e query.Expr, depth int, f func(e query.Expr, depth int) bool) {
	query.Walk(e, func(e query.Expr) bool {
		if !f(e, depth) {
			return false
		}
		if s, ok := e.(*query.SubLink); ok {
			walkAll(s.Query, depth+1, f)
		}
		return true
	})
}

// refersOut says whether q refers to the query it stands in, as only a LATERAL one can from FROM.
func refersOut(q *query.Query) bool {
	found := false
	walkAll(q, 0, func(e query.Expr, depth int) bool {
		if v, ok := e.(*query.Var); ok && v.Levels == depth+1 {
			found = true
		}
		return !found
	})
	return found
}

// hasSecurity says whether row security applies to anything q reads.
func hasSecurity(q *query.Query) bool {
	if q == nil {
		return false
	}
	for _, r := range q.RTable {
		if len(r.Security) > 0 || hasSecurity(r.Subquery) {
			return true
		}
	}
	for _, c := range q.CTEs {
		if hasSecurity(c.Query) {
			return true
		}
	}
	return false
}

// volatileTargets says whether q computes volatile functions for its rows.
func volatileTargets(q *query.Query) bool {
	found := false
	for _, t := range q.Targets {
		walkExpr(t.Expr, 0, func(e query.Expr, _ int) bool {
			switch e := e.(type) {
			case *query.Func:
				found = found || e.Fn.Volatility == 'v'
			case *query.Op:
				found = found || e.Fn != nil && e.Fn.Volatility == 'v'
			case *query.NextVal:
				found = true
			}
			return !found
		})
	}
	return found
}

// leaky says whether an expression could tell about values it is given: by an error, or by calling what the engine does
// not know.
func leaky(e query.Expr) bool {
	found := false
	walkExpr(e, 0, func(e query.Expr, _ int) bool {
		switch e := e.(type) {
		case *query.Func:
			f := builtin.FormOf(e.Fn)
			found = found || f == nil || !f.Safe
		case *query.Op:
			if !comparison(e.Name, e.Fn) {
				f := builtin.FormOf(e.Fn)
				found = found || f == nil || !f.Safe
			}
		case *query.AnyAll:
			if !comparison(e.Name, e.Fn) {
				f := builtin.FormOf(e.Fn)
				found = found || f == nil || !f.Safe
			}
		case *query.Cast:
			found = found || !safeCast(e)
		case *query.SubLink:
			found = found || e.Kind == query.Scalar
		case *query.NextVal:
			found = true
		}
		return !found
	})
	return found
}

// safeCast says whether a cast never fails.
func safeCast(c *query.Cast) bool {
	if c.Method == query.Relabel {
		return true
	}
	if _, ok := c.Arg.(*query.Const); ok {
		return true
	}
	if _, ok := c.Arg.(*query.Param); ok {
		return true
	}
	from, to := c.Arg.Type().Underlying(), c.Type()
	return from.Category == 'N' && to.Category == 'N' && width(from) > 0 && width(from) <= width(to) ||
		c.Typmod() < 0 && to.Category == 'S'
}
