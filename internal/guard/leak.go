package guard

import (
	"strings"

	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// markBarriers sets RTE.Barrier where a condition of the user, evaluated before the row security conditions, could tell
// something of a hidden row: by raising an error, or by calling a function that is not ours.
func markBarriers(q *query.Query) {
	query.Visit(q, func(q *query.Query) bool {
		leaky := false
		check := func(e query.Expr) { leaky = leaky || (e != nil && leaks(e)) }
		check(q.Where)
		for _, i := range q.From {
			joinConditions(i, check)
		}
		for _, r := range q.RTable {
			r.Barrier = r.Barrier || (leaky && secured(r))
		}
		return true
	}, nil)
}

func joinConditions(i query.FromItem, f func(query.Expr)) {
	if j, ok := i.(*query.Join); ok {
		joinConditions(j.Left, f)
		joinConditions(j.Right, f)
		f(j.On)
	}
}

// secured says that an entry, or something in its subquery, is under row security, or is a view that hides rows by
// promise (security_barrier).
func secured(r *query.RTE) bool {
	if len(r.Security) > 0 {
		return true
	}
	if r.IsView && r.Relation != nil {
		switch strings.ToLower(r.Relation.Options["security_barrier"]) {
		case "true", "on", "1", "yes":
			return true
		}
	}
	if r.Subquery != nil {
		for _, x := range r.Subquery.RTable {
			if secured(x) {
				return true
			}
		}
	}
	return false
}

// quiet are operators that never raise an error, whatever the row holds.
var quiet = map[string]bool{
	"=": true, "<>": true, "<": true, "<=": true, ">": true, ">=": true,
	"~~": true, "!~~": true, "~~*": true, "!~~*": true, "^@": true,
	"->": true, "->>": true, "#>": true, "#>>": true, "?": true, "?|": true, "?&": true,
	"@>": true, "<@": true, "&&": true, "@@": true, "-|-": true, "&<": true, "&>": true, "<<": true, ">>": true,
}

// leaks says whether evaluating e over a row the user may not see could show something of it. What does not depend on the
// row cannot.
func leaks(e query.Expr) bool {
	if !dependsOnRow(e) {
		return false
	}
	leaky := false
	query.Walk(e, func(x query.Expr) bool {
		if leaky {
			return false
		}
		switch x := x.(type) {
		case *query.Op:
			if !quiet[x.Name] || x.Fn == nil || x.Fn.Schema != "pg_catalog" {
				leaky = true
			}
		case *query.AnyAll:
			if !quiet[x.Name] {
				leaky = true
			}
		case *query.Func:
			leaky = !(x.Fn != nil && x.Fn.Schema == "pg_catalog" && x.Fn.Leakproof)
		case *query.Cast:
			if !dependsOnRow(x.Arg) {
				return false
			}
			switch {
			case x.Method == query.Relabel:
			case x.Method == query.ViaIO && x.Type().Underlying().OID == types.TextOID:
			default:
				leaky = true
			}
		case *query.Var, *query.Const, *query.Param, *query.Bool, *query.NullTest, *query.BoolTest, *query.Case, *query.CaseArg,
			*query.Coalesce, *query.MinMax, *query.Distinct, *query.NullIf, *query.Array, *query.Row, *query.RowCompare,
			*query.SQLValue, *query.Collate, *query.Field, *query.SubValue:
		case *query.SubLink:
			return true
		default:
			leaky = true
		}
		return !leaky
	})
	return leaky
}

func dependsOnRow(e query.Expr) bool {
	found := false
	query.Walk(e, func(x query.Expr) bool {
		switch x := x.(type) {
		case *query.Var:
			found = true
		case *query.SubLink:
			found = found || x.Kind != query.Scalar
		}
		return !found
	})
	return found
}
