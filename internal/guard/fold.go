package guard

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// foldCasts converts constants once, before anything is run: PostgreSQL does so while it plans, so that a constant too
// long for its column is an error before any right is missed. Conversions that depend on the session stay.
func foldCasts(q *query.Query, seen map[*query.Query]bool) error {
	if q == nil || seen[q] {
		return nil
	}
	seen[q] = true
	var failed error
	if q.Body == nil || len(seen) == 1 {
		q.MapExprs(func(e query.Expr) query.Expr {
			if failed != nil || !hasConstCast(e) {
				return e
			}
			return query.Map(e, func(x query.Expr) query.Expr {
				if c, ok := x.(*query.Cast); ok && failed == nil {
					return foldCast(c, &failed)
				}
				return x
			})
		})
	}
	if failed != nil {
		return failed
	}
	return parts(q, func(sub *query.Query) error {
		if sub.Body != nil {
			return nil
		}
		return foldCasts(sub, seen)
	})
}

func hasConstCast(e query.Expr) bool {
	found := false
	query.Walk(e, func(x query.Expr) bool {
		if c, ok := x.(*query.Cast); ok {
			if _, ok := c.Arg.(*query.Const); ok && foldable(c) {
				found = true
			}
		}
		return !found
	})
	return found
}

// foldable says a conversion gives the same in every session.
func foldable(c *query.Cast) bool {
	if c.Fn != nil || c.Method != query.ByFunc && c.Method != query.Typmod {
		return false
	}
	for _, t := range []*types.Type{c.Typ.Underlying(), c.Arg.Type().Underlying()} {
		if t.Kind != types.BaseType || types.IsReg(t.OID) {
			return false
		}
		switch t.OID {
		case types.TimestamptzOID, types.TimetzOID, types.XMLOID:
			return false
		}
	}
	return true
}

func foldCast(c *query.Cast, failed *error) query.Expr {
	k, ok := c.Arg.(*query.Const)
	if !ok || !foldable(c) {
		return c
	}
	ctx := types.AssignmentCast
	if c.Explicit {
		ctx = types.ExplicitCast
	}
	out := &query.Const{T: c.T}
	if k.Value.IsNull() {
		return out
	}
	var err error
	if c.Method == query.Typmod {
		out.Value, err = types.ApplyTypmod(c.Typ, c.Mod, k.Value, ctx, nil)
	} else {
		out.Value, err = types.Cast(k.Typ, c.Typ, c.Mod, k.Value, ctx, nil)
	}
	if err != nil {
		if e := errs.Of(err); e == nil || e.Code == "0A000" {
			return c
		}
		*failed = err
		return c
	}
	return out
}
