package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// windowDef is a window that was analysed.
type windowDef struct {
	name  string
	def   *ast.WindowDef
	index int
}

// windowCall makes a window function's call.
func (s *scope) windowCall(c *call, fn *catalog.Function, args []query.Expr, typ query.T) query.Expr {
	n := c.n
	isAgg := fn.Kind == catalog.Aggregate
	switch {
	case n.Distinct:
		panic(s.errorf(n.Pos, "0A000", "DISTINCT is not implemented for window functions"))
	case len(n.OrderBy) > 0:
		panic(s.errorf(n.Pos, "0A000", "aggregate ORDER BY is not implemented for window functions"))
	case n.Filter != nil && !isAgg:
		panic(s.errorf(n.Pos, "0A000", "FILTER is not implemented for non-aggregate window functions"))
	}
	for _, a := range args {
		query.Walk(a, func(x query.Expr) bool {
			if w, ok := x.(*query.Win); ok {
				panic(s.errorf(w.Pos, "42P20", "window function calls cannot be nested"))
			}
			if f, ok := x.(*query.Func); ok && f.Set {
				panic(s.errorf(f.Pos, "0A000", "window function calls cannot contain set-returning function calls").
					hint("You might be able to move the set-returning function into a LATERAL FROM item."))
			}
			return true
		})
	}
	if s.kind.noWindows() {
		panic(s.errorf(n.Pos, "42P20", "window functions are not allowed in %s", s.kind.place()))
	}
	w := &query.Win{T: typ, Fn: fn, Args: args, Star: n.Star, Filter: c.filter, IsAgg: isAgg}
	if name := n.Over.Name; name != "" && !s.hasWindow(name) {
		panic(s.errorf(n.Over.Pos, "42704", "window \"%s\" does not exist", name))
	}
	s.overs = append(s.overs, over{w, n.Over})
	s.q.HasWindow = true
	return w
}

// over is a window function's call whose window is analysed once the rest of the query is.
type over struct {
	call *query.Win
	def  *ast.WindowDef
}

func (s *scope) hasWindow(name string) bool {
	for _, def := range s.windows {
		if def.Name == name {
			return true
		}
	}
	return false
}

// window gives the number of the window OVER means.
func (s *scope) window(def *ast.WindowDef) int {
	if def.Name != "" {
		return s.namedWindow(def.Name, def.Pos)
	}
	w := s.makeWindow(def)
	for i, old := range s.q.Windows {
		if old.Name == "" && sameWindow(old, w) {
			return i
		}
	}
	s.q.Windows = append(s.q.Windows, w)
	return len(s.q.Windows) - 1
}

func (s *scope) namedWindow(name string, pos int) int {
	for _, w := range s.winDefs {
		if w.name == name {
			return w.index
		}
	}
	for _, def := range s.windows {
		if def.Name == name {
			w := s.makeWindow(def)
			w.Name = name
			s.q.Windows = append(s.q.Windows, w)
			s.winDefs = append(s.winDefs, &windowDef{name: name, def: def, index: len(s.q.Windows) - 1})
			return len(s.q.Windows) - 1
		}
	}
	panic(s.errorf(pos, "42704", "window \"%s\" does not exist", name))
}

// allWindows analyses the WINDOW clause's windows, then those written at OVER.
func (s *scope) allWindows() {
	for i, def := range s.windows {
		for _, other := range s.windows[:i] {
			if other.Name == def.Name {
				panic(s.errorf(def.Pos, "42P20", "window \"%s\" is already defined", def.Name))
			}
		}
		s.namedWindow(def.Name, def.Pos)
	}
	for i := 0; i < len(s.overs); i++ {
		s.overs[i].call.Window = s.window(s.overs[i].def)
	}
}

func (s *scope) makeWindow(def *ast.WindowDef) *query.Window {
	w := &query.Window{}
	var ref *query.Window
	if def.RefName != "" {
		ref = s.q.Windows[s.namedWindow(def.RefName, def.Pos)]
		if len(def.Partition) > 0 {
			panic(s.errorf(def.Pos, "42P20", "cannot override PARTITION BY clause of window \"%s\"", def.RefName))
		}
		if len(def.Order) > 0 && len(ref.OrderBy) > 0 {
			panic(s.errorf(def.Pos, "42P20", "cannot override ORDER BY clause of window \"%s\"", def.RefName))
		}
		if ref.Frame.Mode != "" {
			f := s.errorf(def.Pos, "42P20", "cannot copy window \"%s\" because it has a frame clause", def.RefName)
			if def.Name == "" && len(def.Order) == 0 && def.Frame == nil {
				panic(f.hint("Omit the parentheses in this OVER clause."))
			}
			panic(f)
		}
		w.PartitionBy, w.OrderBy = ref.PartitionBy, ref.OrderBy
	}
	old := s.kind
	s.kind = kindWindowPartition
	for _, p := range def.Partition {
		x := s.resolveUnknown(s.expr(p))
		s.needEqual(x)
		w.PartitionBy = append(w.PartitionBy, x)
	}
	s.kind = kindWindowOrder
	for _, o := range def.Order {
		w.OrderBy = append(w.OrderBy, s.windowSort(s.expr(o.Value), o))
	}
	if def.Frame != nil {
		s.kind = kindWindowFrame
		w.Frame = s.frame(w, def)
	}
	s.kind = old
	return w
}

func (s *scope) frame(w *query.Window, def *ast.WindowDef) query.Frame {
	f := def.Frame
	out := query.Frame{Mode: [...]string{"range", "rows", "groups"}[f.Mode]}
	out.Exclude = [...]string{"", "", "current row", "group", "ties"}[f.Exclude]
	if f.Mode == ast.FrameGroups && len(w.OrderBy) == 0 {
		panic(s.errorf(def.Pos, "42P20", "GROUPS mode requires an ORDER BY clause"))
	}
	out.Start = s.bound(w, def, f.Start)
	out.End = query.Bound{Kind: "current row"}
	if f.End != nil {
		out.End = s.bound(w, def, f.End)
	}
	return out
}

func (s *scope) bound(w *query.Window, def *ast.WindowDef, b *ast.FrameBound) query.Bound {
	f := def.Frame
	out := query.Bound{Kind: [...]string{"unbounded preceding", "preceding", "current row", "following", "unbounded following"}[b.Kind]}
	if b.Offset == nil {
		return out
	}
	e := s.expr(b.Offset)
	switch f.Mode {
	case ast.FrameRows:
		e = s.toType(e, types.ByOID(types.Int8OID), "ROWS")
	case ast.FrameGroups:
		e = s.toType(e, types.ByOID(types.Int8OID), "GROUPS")
	default:
		if len(w.OrderBy) != 1 {
			panic(s.errorf(def.Pos, "42P20", "RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column"))
		}
		t := w.OrderBy[0].Expr.Type().Underlying()
		want := t
		switch t.OID {
		case types.DateOID, types.TimestampOID, types.TimestamptzOID, types.TimeOID, types.TimetzOID, types.IntervalOID:
			want = types.ByOID(types.IntervalOID)
		case types.Int2OID, types.Int4OID, types.Int8OID:
			if o := e.Type(); o.OID == types.Int2OID || o.OID == types.Int4OID || o.OID == types.Int8OID && t.OID != types.Int2OID {
				want = o
			}
		case types.Float4OID, types.Float8OID, types.NumericOID:
			if t.OID == types.Float4OID {
				want = types.ByOID(types.Float8OID)
			}
		default:
			if t.OID == types.VarcharOID {
				t = types.ByOID(types.TextOID)
			}
			panic(s.errorf(posOf(e), "0A000", "RANGE with offset PRECEDING/FOLLOWING is not supported for column type %s", s.typeName(t)))
		}
		r := s.coerceToTarget(e, want, -1, types.ImplicitCast, false)
		if r == nil {
			panic(s.errorf(posOf(e), "0A000", "RANGE with offset PRECEDING/FOLLOWING is not supported for column type %s and offset type %s", s.typeName(t), s.typeName(e.Type())).
				hint("Cast the offset value to an appropriate type."))
		}
		e = r
	}
	if hasVars(e) {
		panic(s.errorf(posOf(e), "42P10", "argument of %s must not contain variables", [...]string{"RANGE", "ROWS", "GROUPS"}[f.Mode]))
	}
	out.Offset = e
	return out
}

func sameWindow(a, b *query.Window) bool {
	return sameList(a.PartitionBy, b.PartitionBy) && sameSorts(a.OrderBy, b.OrderBy) && a.Frame.Mode == b.Frame.Mode &&
		a.Frame.Exclude == b.Frame.Exclude && a.Frame.Start.Kind == b.Frame.Start.Kind && a.Frame.End.Kind == b.Frame.End.Kind &&
		same(a.Frame.Start.Offset, b.Frame.Start.Offset) && same(a.Frame.End.Offset, b.Frame.End.Offset)
}
