package printer

import (
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// frame prints a window's frame clause.
func (p *printer) frame(l *level, w *query.Window) string {
	f := w.Frame
	s := strings.ToUpper(f.Mode) + " BETWEEN " + p.bound(l, w, f.Start, "starting") + " AND " + p.bound(l, w, f.End, "ending")
	if f.Exclude != "" {
		s += " EXCLUDE " + strings.ToUpper(f.Exclude)
	}
	return s
}

func (p *printer) bound(l *level, w *query.Window, b query.Bound, which string) string {
	kind := strings.ToUpper(b.Kind)
	if b.Kind == "" {
		kind = "CURRENT ROW"
	}
	if b.Offset == nil {
		return kind
	}
	d, known := p.constant(b.Offset)
	if w.Frame.Mode != "range" {
		if !known {
			return p.expr(l, b.Offset) + " " + kind
		}
		if err := builtin.RowOffset(d, which); err != nil {
			return p.fail(err)
		}
		return literal(d) + " " + kind
	}
	if !known {
		return p.unsupported("a RANGE frame with an offset that is not a constant", "Write the offset into the statement.", -1)
	}
	d, err := builtin.RangeOffset(w.OrderBy[0].Expr.Type(), b.Offset.Type(), d, which)
	if err != nil {
		return p.fail(err)
	}
	return literal(d) + " " + kind
}

// constant gives the value of an expression that is the same in every execution. SQLite takes no function for a frame's
// offset, so it is computed here.
func (p *printer) constant(e query.Expr) (types.Datum, bool) {
	switch e := e.(type) {
	case *query.Const:
		return e.Value, true
	case *query.Cast:
		if d, ok := p.constant(e.Arg); ok {
			return p.fold(&query.Const{T: query.T{Typ: e.Arg.Type(), Mod: -1}, Value: d}, e.Type(), e.Typmod(), e.Explicit)
		}
	case *query.Op:
		// A sign.
		if d, ok := p.constant(e.Args[0]); ok && e.Name == "-" && len(e.Args) == 1 && d.Kind == types.KindInt {
			return types.Int(-d.I), true
		}
	}
	return types.Datum{}, false
}

// rangeKey prints the sort key of a window whose RANGE frame has offsets: a number.
func (p *printer) rangeKey(l *level, w *query.Window) string {
	o := w.OrderBy[0]
	s := p.expr(l, o.Expr)
	switch t := o.Expr.Type().Underlying(); t.OID {
	case types.Int2OID, types.Int4OID, types.Int8OID, types.Float4OID, types.Float8OID:
	case types.NumericOID, types.DateOID, types.TimestampOID, types.TimestamptzOID, types.TimeOID, types.IntervalOID:
		s = "pg_range_key(" + describe("", builtin.T(t)) + ", " + s + ")"
	default:
		return p.unsupported("a RANGE frame with an offset over type "+t.String(), "Use ROWS or GROUPS.", -1)
	}
	if o.Desc {
		s += " DESC"
	}
	if o.NullsFirst {
		return s + " NULLS FIRST"
	}
	return s + " NULLS LAST"
}
