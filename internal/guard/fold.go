package guard

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// fold converts constants and settles conditions once, before anything is run: PostgreSQL does so while it plans, so that a constant too
// long for its column is an error before any right is missed. Conversions that depend on the session stay.
func fold(q *query.Query, seen map[*query.Query]bool) error {
	if q == nil || seen[q] {
		return nil
	}
	seen[q] = true
	var failed error
	if q.Body == nil || len(seen) == 1 {
		q.MapExprs(func(e query.Expr) query.Expr {
			if failed != nil || !foldsAnything(e) {
				return e
			}
			return query.Map(e, func(x query.Expr) query.Expr {
				if failed != nil {
					return x
				}
				switch y := x.(type) {
				case *query.Cast:
					return foldCast(y, &failed)
				case *query.Bool:
					return foldBool(y)
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
		return fold(sub, seen)
	})
}

func foldsAnything(e query.Expr) bool {
	found := false
	query.Walk(e, func(x query.Expr) bool {
		switch y := x.(type) {
		case *query.Cast:
			if _, ok := y.Arg.(*query.Const); ok && foldable(y) {
				found = true
			}
		case *query.Bool:
			for _, a := range y.Args {
				if _, ok := a.(*query.Const); ok {
					found = true
				}
			}
		}
		return !found
	})
	return found
}

// foldBool settles what constants settle: what an OR with true or an AND with false holds besides is never run, so that
// nobody needs rights for it.
func foldBool(b *query.Bool) query.Expr {
	if b.Op == "not" {
		if k, ok := b.Args[0].(*query.Const); ok {
			if k.Value.IsNull() {
				return k
			}
			return boolConst(!k.Value.Bool())
		}
		return b
	}
	decides := b.Op == "or"
	var rest []query.Expr
	for _, a := range b.Args {
		k, ok := a.(*query.Const)
		switch {
		case !ok || k.Value.IsNull():
			rest = append(rest, a)
		case k.Value.Bool() == decides:
			return boolConst(decides)
		}
	}
	switch len(rest) {
	case 0:
		return boolConst(!decides)
	case 1:
		return rest[0]
	}
	return &query.Bool{T: b.T, Op: b.Op, Args: rest}
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
