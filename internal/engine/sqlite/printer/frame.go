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
	s := p.expr(l, b.Offset)
	if w.Frame.Mode == "range" {
		return "pg_range_offset(" + describe("", item(w.OrderBy[0].Expr), item(b.Offset)) + ", " + s + ", " + quoteText(which) + ") " + kind
	}
	if c, ok := b.Offset.(*query.Const); ok && c.Value.Kind == types.KindInt && c.Value.I >= 0 {
		return s + " " + kind
	}
	return "pg_row_offset(" + s + ", " + quoteText(which) + ") " + kind
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
