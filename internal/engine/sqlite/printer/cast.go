package printer

import (
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// cast prints a conversion.
func (p *printer) cast(l *level, e *query.Cast) string {
	if e.Fn != nil && e.Fn.Schema != "pg_catalog" && e.Fn.Language != "c" {
		return p.refuse(e.Fn, e.Pos)
	}
	from, to := e.Arg.Type(), e.Type()
	switch e.Method {
	case query.Relabel:
		// Of the binary-coercible types these alone are stored differently.
		switch from.Underlying().OID {
		case types.Int4OID, types.OidOID, types.CIDROID:
			if to.OID == types.Int4OID || to.OID == types.OidOID || to.OID == types.InetOID || types.IsReg(to.OID) {
				if from.Underlying().OID != to.OID && !(from.Underlying().OID == types.OidOID && types.IsReg(to.OID)) {
					return "pg_cast(" + describe("e", builtin.T(from.Underlying()), builtin.T(to)) + ", " + p.expr(l, e.Arg) + ")"
				}
			}
		}
		if types.Collation(to) == "" {
			return withoutCollation(p.expr(l, e.Arg), from)
		}
		return p.expr(l, e.Arg)
	case query.Typmod:
		if e.Typmod() < 0 {
			return p.expr(l, e.Arg)
		}
	case query.RowFields:
		if items, cols, present, ok := p.rowParts(l, e.Arg); ok && len(cols) == len(to.Underlying().Fields) {
			s := p.castRow(items, cols, to, e.Explicit)
			if present != nil {
				s = p.ifPresent(present, s)
			}
			return s
		}
	}
	if from == to && e.Typmod() < 0 && to.Kind != types.DomainType {
		return p.expr(l, e.Arg)
	}
	if c, ok := e.Arg.(*query.Const); ok {
		if d, ok := p.fold(c, to, e.Typmod(), e.Explicit); ok {
			return literal(d)
		}
	}
	if e.Typmod() < 0 && to.Kind != types.DomainType {
		if s := nativeCast(from.Underlying(), to, func() string { return p.expr(l, e.Arg) }); s != "" {
			return s
		}
	}
	if p.bare && !immutableCast(from.Underlying(), to.Underlying()) {
		return p.unsupported("a conversion that is not immutable here", "", e.Pos)
	}
	ctx := "i"
	if e.Explicit {
		ctx = "e"
	}
	return "pg_cast(" + describe(ctx, item(e.Arg), builtin.Item{Type: to, Typmod: e.Typmod()}) + ", " + p.expr(l, e.Arg) + ")"
}

// convertToCompare prints a moment in a wider type; one beyond that type's range stays where it is in time.
func (p *printer) convertToCompare(s string, from, to *types.Type) string {
	return "pg_cast(" + describe("c", builtin.T(from), builtin.T(to)) + ", " + s + ")"
}

// convert prints a built-in conversion of a printed value.
func (p *printer) convert(s string, from, to *types.Type) string {
	return "pg_cast(" + describe("i", builtin.T(from), builtin.T(to)) + ", " + s + ")"
}

// castRow prints a row of a composite type from a row's columns.
func (p *printer) castRow(from []builtin.Item, cols []string, to *types.Type, explicit bool) string {
	ctx := "i"
	if explicit {
		ctx = "e"
	}
	fields := to.Underlying().Fields
	var items []builtin.Item
	var list []string
	for i, f := range fields {
		s := cols[i]
		if from[i].Type != f.Type || f.Typmod >= 0 && f.Typmod != from[i].Typmod {
			s = "pg_cast(" + describe(ctx, from[i], builtin.Item{Type: f.Type, Typmod: f.Typmod}) + ", " + s + ")"
		}
		items = append(items, builtin.Item{Type: f.Type, Typmod: f.Typmod, Name: f.Name})
		list = append(list, s)
	}
	return "pg_row(" + describe("", items...) + prefixed(list) + ")"
}

// fold converts a constant while printing, when nothing of the session can change the outcome. A failing conversion is
// left to run time, where it may never happen.
func (p *printer) fold(c *query.Const, to *types.Type, mod int32, explicit bool) (types.Datum, bool) {
	if c.Value.IsNull() && to.Kind != types.DomainType {
		return types.Datum{}, true
	}
	if to.Kind == types.DomainType || !immutableCast(c.Type().Underlying(), to.Underlying()) {
		return types.Datum{}, false
	}
	ctx := types.ImplicitCast
	if explicit {
		ctx = types.ExplicitCast
	}
	d, err := types.Cast(c.Type(), to, mod, c.Value, ctx, &types.Env{Type: p.snap.TypeByOID})
	return d, err == nil
}

// immutableCast says whether a conversion depends on nothing but the value: not on the time zone, the clock or the catalog.
func immutableCast(from, to *types.Type) bool {
	for _, t := range []*types.Type{from, to} {
		for t.Kind == types.ArrayType {
			t = t.Elem.Underlying()
		}
		if t.Kind == types.CompositeType || t.Kind == types.RangeType || t.Kind == types.MultirangeType || types.IsReg(t.OID) || t.OID == types.RecordOID {
			return false
		}
		if t.OID == types.TimestamptzOID || t.OID == types.TimetzOID {
			return from == to
		}
	}
	// Texts like 'now' and 'today' have no fixed value.
	return from.Category != 'S' && from.OID != types.UnknownOID || to.Category != 'D'
}

// nativeCast gives the conversions that SQLite does by itself.
func nativeCast(from, to *types.Type, arg func() string) string {
	wf, wt := width(from), width(to)
	switch {
	case wf > 0 && wf <= 3 && wt > 0 && wt <= 3 && wf <= wt:
		return arg()
	case wf > 0 && wf <= 3 && to.OID == types.NumericOID, wf > 0 && wf <= 3 && to.Category == 'S' && to.OID != types.CharOID && to.OID != types.BPCharOID && to.OID != types.NameOID:
		return "CAST(" + arg() + " AS TEXT)"
	case wf > 0 && wf <= 3 && to.OID == types.Float8OID:
		return "CAST(" + arg() + " AS REAL)"
	case from.OID == types.BoolOID && to.OID == types.Int4OID:
		return arg()
	case from.OID == types.Int4OID && to.OID == types.BoolOID:
		return "(" + arg() + " <> 0)"
	case from.OID == types.BoolOID && (to.OID == types.TextOID || to.OID == types.VarcharOID):
		return "CASE " + arg() + " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END"
	case from.OID == types.Float4OID && to.OID == types.Float8OID:
		return arg()
	case from.OID == types.BPCharOID && (to.OID == types.TextOID || to.OID == types.VarcharOID):
		return "rtrim(" + arg() + ", ' ')"
	case (to.OID == types.TextOID || to.OID == types.VarcharOID) && storedAsText(from):
		return withoutCollation(arg(), from)
	case from.OID == types.JSONBOID && to.OID == types.JSONOID:
		return withoutCollation(arg(), from)
	}
	return ""
}

// withoutCollation takes from a value the collation that its column gives it.
func withoutCollation(s string, t *types.Type) string {
	if types.Collation(t) == "" {
		return s
	}
	return "(" + s + " COLLATE BINARY)"
}

// storedAsText says whether a type's storage value is its text.
func storedAsText(t *types.Type) bool {
	if t.Kind == types.EnumType {
		return true
	}
	if t.Kind != types.BaseType {
		return false
	}
	switch t.OID {
	case types.UUIDOID, types.NumericOID, types.TimeOID, types.TimetzOID, types.IntervalOID, types.JSONOID, types.JSONBOID,
		types.TextOID, types.VarcharOID, types.NameOID, types.XMLOID, types.BitOID, types.VarbitOID, types.TSVectorOID,
		types.TSQueryOID, types.MacAddrOID, types.UnknownOID:
		return true
	}
	return strings.HasPrefix(t.Name, "json") && t.OID != types.JSONPathOID
}
