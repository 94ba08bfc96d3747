package interp

import (
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// quick computes an expression without the host; ok is false when it cannot after all (an overflow, say), so that the
// host has to, with PostgreSQL's error.
type quick func(args []types.Datum) (d types.Datum, ok bool)

// Quick makes a quick of an expression, nil when it is not of the kinds that have one.
func Quick(e query.Expr) func(args []types.Datum) (types.Datum, bool) {
	if q := compileQuick(e); q != nil {
		return q
	}
	return nil
}

// compileQuick makes a quick of what most expressions in loops and conditions are: variables, constants, integers'
// arithmetic, comparisons, AND, OR, NOT, IS NULL. nil for all else.
func compileQuick(e query.Expr) quick {
	switch x := e.(type) {
	case *query.Param:
		n := x.Number - 1
		return func(args []types.Datum) (types.Datum, bool) {
			if n >= len(args) {
				return types.Datum{}, false
			}
			return args[n], true
		}
	case *query.Const:
		return func([]types.Datum) (types.Datum, bool) { return x.Value, true }
	case *query.Cast:
		if x.Method == query.Relabel && x.Typ.Kind != types.DomainType && x.Mod < 0 {
			return compileQuick(x.Arg)
		}
	case *query.NullTest:
		arg := compileQuick(x.Arg)
		if arg == nil || x.Row {
			return nil
		}
		return func(args []types.Datum) (types.Datum, bool) {
			d, ok := arg(args)
			return types.Bool(d.IsNull() != x.Not), ok
		}
	case *query.Bool:
		return quickBool(x)
	case *query.Row:
		return quickRow(x)
	case *query.Op:
		return quickOp(x)
	}
	return nil
}

// quickRow puts a record's fields together.
func quickRow(x *query.Row) quick {
	list := make([]quick, len(x.Fields))
	kinds := make([]*types.Type, len(x.Fields))
	for i, f := range x.Fields {
		if list[i] = compileQuick(f); list[i] == nil {
			return nil
		}
		kinds[i] = f.Type()
	}
	return func(args []types.Datum) (types.Datum, bool) {
		row := make([]types.Datum, len(list))
		for i, q := range list {
			d, ok := q(args)
			if !ok {
				return d, false
			}
			row[i] = d
		}
		return types.RowDatum(kinds, row), true
	}
}

func quickBool(x *query.Bool) quick {
	var list []quick
	for _, a := range x.Args {
		q := compileQuick(a)
		if q == nil {
			return nil
		}
		list = append(list, q)
	}
	if x.Op == "not" {
		return func(args []types.Datum) (types.Datum, bool) {
			d, ok := list[0](args)
			if d.IsNull() {
				return d, ok
			}
			return types.Bool(!d.Bool()), ok
		}
	}
	decisive := x.Op == "or"
	return func(args []types.Datum) (types.Datum, bool) {
		unknown := false
		for _, q := range list {
			d, ok := q(args)
			switch {
			case !ok:
				return d, false
			case d.IsNull():
				unknown = true
			case d.Bool() == decisive:
				return types.Bool(decisive), true
			}
		}
		if unknown {
			return types.Datum{}, true
		}
		return types.Bool(!decisive), true
	}
}

func isInteger(t *types.Type) bool {
	switch t.OID {
	case types.Int2OID, types.Int4OID, types.Int8OID:
		return true
	}
	return false
}

func quickOp(x *query.Op) quick {
	if len(x.Args) != 2 || x.Fn == nil || x.Fn.Schema != "pg_catalog" {
		return nil
	}
	a, b := compileQuick(x.Args[0]), compileQuick(x.Args[1])
	if a == nil || b == nil {
		return nil
	}
	l, r := x.Args[0].Type(), x.Args[1].Type()
	ints := isInteger(l) && isInteger(r)
	var cmp func(int) bool
	switch x.Name {
	case "=":
		cmp = func(c int) bool { return c == 0 }
	case "<>":
		cmp = func(c int) bool { return c != 0 }
	case "<":
		cmp = func(c int) bool { return c < 0 }
	case "<=":
		cmp = func(c int) bool { return c <= 0 }
	case ">":
		cmp = func(c int) bool { return c > 0 }
	case ">=":
		cmp = func(c int) bool { return c >= 0 }
	}
	both := func(f func(p, q types.Datum) (types.Datum, bool)) quick {
		return func(args []types.Datum) (types.Datum, bool) {
			p, ok := a(args)
			if !ok {
				return p, false
			}
			q, ok := b(args)
			if !ok || p.IsNull() || q.IsNull() {
				return types.Datum{}, ok
			}
			return f(p, q)
		}
	}
	switch {
	case cmp != nil && ints:
		return both(func(p, q types.Datum) (types.Datum, bool) {
			c := 0
			if p.I < q.I {
				c = -1
			} else if p.I > q.I {
				c = 1
			}
			return types.Bool(cmp(c)), true
		})
	case cmp != nil && l.OID == r.OID && (l.OID == types.TextOID || l.OID == types.BoolOID || l.OID == types.UUIDOID):
		return both(func(p, q types.Datum) (types.Datum, bool) { return types.Bool(cmp(types.Compare(l, p, q))), true })
	case ints && (x.Name == "+" || x.Name == "-" || x.Name == "*"):
		if !isInteger(x.Typ) {
			return nil
		}
		op, oid := x.Name, x.Typ.OID
		return both(func(p, q types.Datum) (types.Datum, bool) {
			const half = 1 << 31
			if p.I < -half || p.I >= half || q.I < -half || q.I >= half {
				return types.Datum{}, false
			}
			n := p.I + q.I
			switch op {
			case "-":
				n = p.I - q.I
			case "*":
				n = p.I * q.I
			}
			return types.Int(n), types.CheckInt(oid, n) == nil
		})
	}
	return nil
}
