package builtin

import (
	"fmt"
	"math"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/geometry"
)

// shapeTable declares the functions and operators of the geometric types.
func shapeTable() []entry {
	var s shapes
	s.points()
	s.segments()
	s.boxes()
	s.paths()
	s.polygons()
	s.circles()
	s.closest()
	return s.list
}

// shapes gathers declarations.
type shapes struct{ list []entry }

// reckon computes a result: bool, float64, int, a shape, or nil for NULL.
type reckon func(k *geometry.Calc, c *Call) any

func (s *shapes) add(f reckon, sigs ...string) {
	fn := func(c *Call) (types.Datum, error) {
		var k geometry.Calc
		r := f(&k, c)
		if k.Err != nil {
			return types.Datum{}, k.Err
		}
		switch r := r.(type) {
		case bool:
			return types.Bool(r), nil
		case float64:
			return types.Float(r), nil
		case int:
			return types.Int(int64(r)), nil
		case fmt.Stringer:
			return types.Text(r.String()), nil
		}
		return types.Datum{}, nil
	}
	for _, sig := range sigs {
		s.list = append(s.list, entry{sig: sig, fn: fn})
	}
}

func point(c *Call, i int) geometry.Point     { return geometry.PointOf(c.Args[i].S) }
func segment(c *Call, i int) geometry.Segment { return geometry.SegmentOf(c.Args[i].S) }
func box(c *Call, i int) geometry.Box         { return geometry.BoxOf(c.Args[i].S) }
func line(c *Call, i int) geometry.Line       { return geometry.LineOf(c.Args[i].S) }
func path(c *Call, i int) geometry.Path       { return geometry.PathOf(c.Args[i].S) }
func polygon(c *Call, i int) geometry.Polygon { return geometry.PolygonOf(c.Args[i].S) }
func circle(c *Call, i int) geometry.Circle   { return geometry.CircleOf(c.Args[i].S) }

// six declares the six comparisons of a measure.
func (s *shapes) six(prefix, typ string, measure func(k *geometry.Calc, c *Call, i int) float64) {
	for name, op := range map[string]string{"eq": "=", "ne": "<>", "lt": "<", "le": "<=", "gt": ">", "ge": ">="} {
		sig := prefix + name + "(" + typ + "," + typ + ")"
		if find(sig) == nil {
			continue
		}
		s.add(func(k *geometry.Calc, c *Call) any {
			a := measure(k, c, 0)
			return geometry.Comparison(op, a, measure(k, c, 1))
		}, sig)
	}
}

// sides declares the tests of position: each compares an end of one value with an end of the other.
func (s *shapes) sides(prefix, typ string, compare func(op string, a, b float64) bool, ends func(k *geometry.Calc, c *Call, i int, y bool) (low, high float64)) {
	test := func(name, op string, y bool, pick func(low, high float64, first bool) float64) {
		s.add(func(k *geometry.Calc, c *Call) any {
			l, h := ends(k, c, 0, y)
			a := pick(l, h, true)
			l, h = ends(k, c, 1, y)
			return compare(op, a, pick(l, h, false))
		}, prefix+name+"("+typ+","+typ+")")
	}
	high := func(_, high float64, _ bool) float64 { return high }
	low := func(low, _ float64, _ bool) float64 { return low }
	highLow := func(low, high float64, first bool) float64 {
		if first {
			return high
		}
		return low
	}
	lowHigh := func(low, high float64, first bool) float64 {
		if first {
			return low
		}
		return high
	}
	for _, y := range []bool{false, true} {
		before, after := "left", "right"
		if y {
			before, after = "below", "above"
		}
		test(before, "<", y, highLow)
		test("over"+before, "<=", y, high)
		test(after, ">", y, lowHigh)
		test("over"+after, ">=", y, low)
	}
}

func exactly(op string, a, b float64) bool {
	switch op {
	case "<":
		return a < b
	case "<=":
		return a <= b
	case ">":
		return a > b
	}
	return a >= b
}

func ends(b geometry.Box, y bool) (low, high float64) {
	if y {
		return b.Low.Y, b.High.Y
	}
	return b.Low.X, b.High.X
}

func (s *shapes) points() {
	s.list = append(s.list, entry{sig: "point(float8,float8)", fn: func(c *Call) (types.Datum, error) {
		return types.Text(geometry.Point{X: c.Args[0].Float(), Y: c.Args[1].Float()}.String()), nil
	}})
	coordinate := func(op string, y bool) reckon {
		return func(_ *geometry.Calc, c *Call) any {
			p, q := point(c, 0), point(c, 1)
			if y {
				return geometry.Comparison(op, p.Y, q.Y)
			}
			return geometry.Comparison(op, p.X, q.X)
		}
	}
	const two = "(point,point)"
	s.add(coordinate("<", false), "point_left"+two)
	s.add(coordinate(">", false), "point_right"+two)
	s.add(coordinate("<", true), "point_below"+two)
	s.add(coordinate(">", true), "point_above"+two)
	s.add(coordinate("=", false), "point_vert"+two, "isvertical"+two)
	s.add(coordinate("=", true), "point_horiz"+two, "ishorizontal"+two)
	s.add(func(_ *geometry.Calc, c *Call) any { return point(c, 0).Same(point(c, 1)) }, "point_eq"+two)
	s.add(func(_ *geometry.Calc, c *Call) any { return !point(c, 0).Same(point(c, 1)) }, "point_ne"+two)
	s.add(func(k *geometry.Calc, c *Call) any { return k.Distance(point(c, 0), point(c, 1)) }, "point_distance"+two)
	s.add(func(k *geometry.Calc, c *Call) any { return k.Slope(point(c, 0), point(c, 1)) }, "slope"+two)
	for name, f := range map[string]func(*geometry.Calc, geometry.Point, geometry.Point) geometry.Point{
		"add": (*geometry.Calc).Add, "sub": (*geometry.Calc).Sub, "mul": (*geometry.Calc).Mul, "div": (*geometry.Calc).Div} {
		s.add(func(k *geometry.Calc, c *Call) any { return f(k, point(c, 0), point(c, 1)) }, "point_"+name+two)
		s.add(func(k *geometry.Calc, c *Call) any {
			b, p := box(c, 0), point(c, 1)
			b = geometry.Box{High: f(k, b.High, p), Low: f(k, b.Low, p)}
			if name == "mul" || name == "div" {
				return geometry.NewBox(b.High, b.Low)
			}
			return b
		}, "box_"+name+"(box,point)")
		s.add(func(k *geometry.Calc, c *Call) any {
			p := point(c, 1)
			return path(c, 0).Moved(func(q geometry.Point) geometry.Point { return f(k, q, p) })
		}, "path_"+name+"_pt(path,point)")
		s.add(func(k *geometry.Calc, c *Call) any {
			o, p := circle(c, 0), point(c, 1)
			if name == "mul" || name == "div" {
				return k.Scale(o, p, name == "div")
			}
			return geometry.Circle{Center: f(k, o.Center, p), Radius: o.Radius}
		}, "circle_"+name+"_pt(circle,point)")
	}
}

func (s *shapes) segments() {
	s.add(func(_ *geometry.Calc, c *Call) any { return geometry.Segment{A: point(c, 0), B: point(c, 1)} }, "lseg(point,point)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.LineOfPoints(point(c, 0), point(c, 1)) }, "line(point,point)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Length(segment(c, 0)) }, "lseg_length(lseg)", "length(lseg)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Middle(segment(c, 0)) }, "lseg_center(lseg)", "point(lseg)")
	s.add(func(_ *geometry.Calc, c *Call) any { g := segment(c, 0); return geometry.Comparison("=", g.A.X, g.B.X) }, "lseg_vertical(lseg)", "isvertical(lseg)")
	s.add(func(_ *geometry.Calc, c *Call) any { g := segment(c, 0); return geometry.Comparison("=", g.A.Y, g.B.Y) }, "lseg_horizontal(lseg)", "ishorizontal(lseg)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.ParallelSegments(segment(c, 0), segment(c, 1)) }, "lseg_parallel(lseg,lseg)", "isparallel(lseg,lseg)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PerpendicularSegments(segment(c, 0), segment(c, 1)) }, "lseg_perp(lseg,lseg)", "isperp(lseg,lseg)")
	same := func(c *Call) bool {
		a, b := segment(c, 0), segment(c, 1)
		return a.A.Same(b.A) && a.B.Same(b.B)
	}
	s.add(func(_ *geometry.Calc, c *Call) any { return same(c) }, "lseg_eq(lseg,lseg)")
	s.add(func(_ *geometry.Calc, c *Call) any { return !same(c) }, "lseg_ne(lseg,lseg)")
	s.six("lseg_", "lseg", func(k *geometry.Calc, c *Call, i int) float64 { return k.Length(segment(c, i)) })
	s.add(func(k *geometry.Calc, c *Call) any {
		_, d := k.ClosestOfSegments(segment(c, 0), segment(c, 1))
		return d
	}, "lseg_distance(lseg,lseg)")
	s.add(func(k *geometry.Calc, c *Call) any { return maybe(k.SegmentsMeet(segment(c, 0), segment(c, 1))) }, "lseg_interpt(lseg,lseg)")
	s.add(func(k *geometry.Calc, c *Call) any { _, ok := k.SegmentsMeet(segment(c, 0), segment(c, 1)); return ok }, "lseg_intersect(lseg,lseg)")

	s.add(func(k *geometry.Calc, c *Call) any { _, ok := k.Crossing(line(c, 0), line(c, 1)); return !ok }, "line_parallel(line,line)", "isparallel(line,line)")
	s.add(func(k *geometry.Calc, c *Call) any { _, ok := k.Crossing(line(c, 0), line(c, 1)); return ok }, "line_intersect(line,line)")
	s.add(func(k *geometry.Calc, c *Call) any { return maybe(k.Crossing(line(c, 0), line(c, 1))) }, "line_interpt(line,line)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Perpendicular(line(c, 0), line(c, 1)) }, "line_perp(line,line)", "isperp(line,line)")
	s.add(func(_ *geometry.Calc, c *Call) any { return line(c, 0).Vertical() }, "line_vertical(line)", "isvertical(line)")
	s.add(func(_ *geometry.Calc, c *Call) any { return line(c, 0).Horizontal() }, "line_horizontal(line)", "ishorizontal(line)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.SameLine(line(c, 0), line(c, 1)) }, "line_eq(line,line)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.LineDistance(line(c, 0), line(c, 1)) }, "line_distance(line,line)")
}

// maybe is a point, or NULL.
func maybe(p geometry.Point, ok bool) any {
	if !ok {
		return nil
	}
	return p
}

func (s *shapes) boxes() {
	s.add(func(_ *geometry.Calc, c *Call) any { return geometry.NewBox(point(c, 0), point(c, 1)) }, "box(point,point)")
	s.add(func(_ *geometry.Calc, c *Call) any { p := point(c, 0); return geometry.Box{High: p, Low: p} }, "box(point)")
	s.add(func(_ *geometry.Calc, c *Call) any { b := box(c, 0); return geometry.Segment{A: b.High, B: b.Low} }, "diagonal(box)", "lseg(box)")
	s.add(func(_ *geometry.Calc, c *Call) any { return box(c, 0).Polygon() }, "polygon(box)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Width(box(c, 0)) }, "width(box)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Height(box(c, 0)) }, "height(box)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Area(box(c, 0)) }, "area(box)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Center(box(c, 0)) }, "box_center(box)", "center(box)", "point(box)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.BoxCircle(box(c, 0)) }, "circle(box)")
	s.add(func(_ *geometry.Calc, c *Call) any { return box(c, 0).Union(box(c, 1)) }, "bound_box(box,box)")
	s.six("box_", "box", func(k *geometry.Calc, c *Call, i int) float64 { return k.Area(box(c, i)) })
	s.sides("box_", "box", geometry.Comparison, func(_ *geometry.Calc, c *Call, i int, y bool) (float64, float64) { return ends(box(c, i), y) })
	s.add(func(_ *geometry.Calc, c *Call) any {
		return geometry.Comparison("<=", box(c, 0).High.Y, box(c, 1).Low.Y)
	}, "box_below_eq(box,box)")
	s.add(func(_ *geometry.Calc, c *Call) any {
		return geometry.Comparison(">=", box(c, 0).Low.Y, box(c, 1).High.Y)
	}, "box_above_eq(box,box)")
	s.add(func(_ *geometry.Calc, c *Call) any { return box(c, 0).Overlaps(box(c, 1)) }, "box_overlap(box,box)")
	s.add(func(_ *geometry.Calc, c *Call) any { return box(c, 0).Contains(box(c, 1)) }, "box_contain(box,box)")
	s.add(func(_ *geometry.Calc, c *Call) any { return box(c, 1).Contains(box(c, 0)) }, "box_contained(box,box)")
	s.add(func(_ *geometry.Calc, c *Call) any { return box(c, 0).Has(point(c, 1)) }, "box_contain_pt(box,point)")
	s.add(func(_ *geometry.Calc, c *Call) any { return box(c, 1).Has(point(c, 0)) }, "on_pb(point,box)")
	s.add(func(_ *geometry.Calc, c *Call) any {
		a, b := box(c, 0), box(c, 1)
		return a.High.Same(b.High) && a.Low.Same(b.Low)
	}, "box_same(box,box)")
	s.add(func(_ *geometry.Calc, c *Call) any {
		if b, ok := box(c, 0).Intersection(box(c, 1)); ok {
			return b
		}
		return nil
	}, "box_intersect(box,box)")
	s.add(func(k *geometry.Calc, c *Call) any {
		a := k.Center(box(c, 0))
		return k.Distance(a, k.Center(box(c, 1)))
	}, "box_distance(box,box)")
}

func (s *shapes) paths() {
	s.add(func(k *geometry.Calc, c *Call) any {
		p := path(c, 0)
		if !p.Closed {
			return nil
		}
		return k.PathArea(p)
	}, "area(path)")
	for name, op := range map[string]string{"lt": "<", "gt": ">", "eq": "=", "le": "<=", "ge": ">="} {
		s.add(func(_ *geometry.Calc, c *Call) any {
			return geometry.Comparison(op, float64(len(path(c, 0).Points)), float64(len(path(c, 1).Points)))
		}, "path_n_"+name+"(path,path)")
	}
	s.add(func(_ *geometry.Calc, c *Call) any { return path(c, 0).Closed }, "isclosed(path)")
	s.add(func(_ *geometry.Calc, c *Call) any { return !path(c, 0).Closed }, "isopen(path)")
	s.add(func(_ *geometry.Calc, c *Call) any { return len(path(c, 0).Points) }, "npoints(path)", "path_npoints(path)")
	s.add(func(_ *geometry.Calc, c *Call) any { p := path(c, 0); p.Closed = true; return p }, "pclose(path)")
	s.add(func(_ *geometry.Calc, c *Call) any { p := path(c, 0); p.Closed = false; return p }, "popen(path)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PathsMeet(path(c, 0), path(c, 1)) }, "path_inter(path,path)")
	s.add(func(k *geometry.Calc, c *Call) any { return known(k.PathDistance(path(c, 0), path(c, 1))) }, "path_distance(path,path)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PathLength(path(c, 0)) }, "path_length(path)", "length(path)")
	s.add(func(_ *geometry.Calc, c *Call) any {
		p, q := path(c, 0), path(c, 1)
		if p.Closed || q.Closed {
			return nil
		}
		return geometry.Path{Points: append(p.Points, q.Points...)}
	}, "path_add(path,path)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.OnPath(path(c, 0), point(c, 1)) }, "path_contain_pt(path,point)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.OnPath(path(c, 1), point(c, 0)) }, "on_ppath(point,path)")
	s.add(func(k *geometry.Calc, c *Call) any { return known(k.PathFrom(path(c, 0), point(c, 1))) }, "dist_pathp(path,point)")
	s.add(func(k *geometry.Calc, c *Call) any { return known(k.PathFrom(path(c, 1), point(c, 0))) }, "dist_ppath(point,path)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PathPolygon(path(c, 0)) }, "polygon(path)")
	s.add(func(_ *geometry.Calc, c *Call) any { return geometry.Path{Points: polygon(c, 0), Closed: true} }, "path(polygon)")
}

// known is a distance, or NULL.
func known(d float64, ok bool) any {
	if !ok {
		return nil
	}
	return d
}

func (s *shapes) polygons() {
	s.sides("poly_", "polygon", exactly, func(_ *geometry.Calc, c *Call, i int, y bool) (float64, float64) {
		return ends(geometry.Bounds(polygon(c, i)), y)
	})
	s.add(func(_ *geometry.Calc, c *Call) any { return geometry.SamePolygon(polygon(c, 0), polygon(c, 1)) }, "poly_same(polygon,polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PolygonsOverlap(polygon(c, 0), polygon(c, 1)) }, "poly_overlap(polygon,polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PolygonContains(polygon(c, 0), polygon(c, 1)) }, "poly_contain(polygon,polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PolygonContains(polygon(c, 1), polygon(c, 0)) }, "poly_contained(polygon,polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Inside(polygon(c, 0), point(c, 1)) }, "poly_contain_pt(polygon,point)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.Inside(polygon(c, 1), point(c, 0)) }, "pt_contained_poly(point,polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return known(k.PolygonDistance(polygon(c, 0), polygon(c, 1))) }, "poly_distance(polygon,polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PolygonFrom(polygon(c, 0), point(c, 1)) }, "dist_polyp(polygon,point)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PolygonFrom(polygon(c, 1), point(c, 0)) }, "dist_ppoly(point,polygon)")
	s.add(func(_ *geometry.Calc, c *Call) any { return len(polygon(c, 0)) }, "npoints(polygon)", "poly_npoints(polygon)")
	s.add(func(_ *geometry.Calc, c *Call) any { return geometry.Bounds(polygon(c, 0)) }, "box(polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PolygonCircle(polygon(c, 0)) }, "circle(polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.PolygonCircle(polygon(c, 0)).Center }, "poly_center(polygon)", "point(polygon)")
}

func (s *shapes) circles() {
	s.add(func(_ *geometry.Calc, c *Call) any {
		return geometry.Circle{Center: point(c, 0), Radius: c.Args[1].Float()}
	}, "circle(point,float8)")
	s.add(func(_ *geometry.Calc, c *Call) any { return circle(c, 0).Center }, "circle_center(circle)", "center(circle)", "point(circle)")
	s.add(func(_ *geometry.Calc, c *Call) any { return circle(c, 0).Radius }, "radius(circle)")
	s.add(func(_ *geometry.Calc, c *Call) any { return circle(c, 0).Radius * 2 }, "diameter(circle)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.CircleArea(circle(c, 0)) }, "area(circle)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.CircleBox(circle(c, 0)) }, "box(circle)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.CirclePolygon(c.Args[0].I, circle(c, 1)) }, "polygon(int4,circle)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.CirclePolygon(12, circle(c, 0)) }, "polygon(circle)")
	s.six("circle_", "circle", func(k *geometry.Calc, c *Call, i int) float64 { return k.CircleArea(circle(c, i)) })
	s.add(func(_ *geometry.Calc, c *Call) any { return geometry.SameCircle(circle(c, 0), circle(c, 1)) }, "circle_same(circle,circle)")
	s.sides("circle_", "circle", geometry.Comparison, func(k *geometry.Calc, c *Call, i int, y bool) (float64, float64) { return k.Reach(circle(c, i), y) })
	s.add(func(k *geometry.Calc, c *Call) any { return k.CirclesTouch(circle(c, 0), circle(c, 1), false) }, "circle_overlap(circle,circle)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.CirclesTouch(circle(c, 0), circle(c, 1), true) }, "circle_contain(circle,circle)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.CirclesTouch(circle(c, 1), circle(c, 0), true) }, "circle_contained(circle,circle)")
	s.add(func(k *geometry.Calc, c *Call) any {
		a, b := circle(c, 0), circle(c, 1)
		return k.Beyond(k.Distance(a.Center, b.Center), a.Radius+b.Radius)
	}, "circle_distance(circle,circle)")
	has := func(k *geometry.Calc, o geometry.Circle, p geometry.Point) bool {
		return k.Distance(o.Center, p) <= o.Radius
	}
	s.add(func(k *geometry.Calc, c *Call) any { return has(k, circle(c, 0), point(c, 1)) }, "circle_contain_pt(circle,point)")
	s.add(func(k *geometry.Calc, c *Call) any { return has(k, circle(c, 1), point(c, 0)) }, "pt_contained_circle(point,circle)")
	from := func(k *geometry.Calc, o geometry.Circle, p geometry.Point) float64 {
		return k.Beyond(k.Distance(p, o.Center), o.Radius)
	}
	s.add(func(k *geometry.Calc, c *Call) any { return from(k, circle(c, 0), point(c, 1)) }, "dist_cpoint(circle,point)")
	s.add(func(k *geometry.Calc, c *Call) any { return from(k, circle(c, 1), point(c, 0)) }, "dist_pc(point,circle)")
	poly := func(k *geometry.Calc, o geometry.Circle, p geometry.Polygon) float64 {
		return k.Beyond(k.PolygonFrom(p, o.Center), o.Radius)
	}
	s.add(func(k *geometry.Calc, c *Call) any { return poly(k, circle(c, 0), polygon(c, 1)) }, "dist_cpoly(circle,polygon)")
	s.add(func(k *geometry.Calc, c *Call) any { return poly(k, circle(c, 1), polygon(c, 0)) }, "dist_polyc(polygon,circle)")
}

// closest declares closest points, distances and tests between different shapes.
func (s *shapes) closest() {
	// near gives the closest point and the distance; NaN says that there is none.
	near := func(f func(k *geometry.Calc, c *Call) (geometry.Point, float64), sig string, distances ...string) {
		s.add(func(k *geometry.Calc, c *Call) any {
			p, d := f(k, c)
			return maybe(p, !math.IsNaN(d))
		}, sig)
		s.add(func(k *geometry.Calc, c *Call) any { _, d := f(k, c); return d }, distances...)
	}
	near(func(k *geometry.Calc, c *Call) (geometry.Point, float64) {
		return k.ClosestOnLine(line(c, 1), point(c, 0))
	}, "close_pl(point,line)", "dist_pl(point,line)")
	near(func(k *geometry.Calc, c *Call) (geometry.Point, float64) {
		return k.ClosestOnSegment(segment(c, 1), point(c, 0))
	}, "close_ps(point,lseg)", "dist_ps(point,lseg)")
	near(func(k *geometry.Calc, c *Call) (geometry.Point, float64) {
		return k.ClosestOfBox(box(c, 1), point(c, 0))
	}, "close_pb(point,box)", "dist_pb(point,box)")
	near(func(k *geometry.Calc, c *Call) (geometry.Point, float64) {
		return k.ClosestToSegment(box(c, 1), segment(c, 0))
	}, "close_sb(lseg,box)", "dist_sb(lseg,box)")
	s.add(func(k *geometry.Calc, c *Call) any {
		l, g := line(c, 0), segment(c, 1)
		if k.ParallelToLine(g, l) {
			return nil
		}
		p, d := k.ClosestToLine(g, l)
		return maybe(p, !math.IsNaN(d))
	}, "close_ls(line,lseg)")
	s.add(func(k *geometry.Calc, c *Call) any {
		a, b := segment(c, 0), segment(c, 1)
		if k.SegmentSlope(a) == k.SegmentSlope(b) {
			return nil
		}
		p, d := k.ClosestOfSegments(b, a)
		return maybe(p, !math.IsNaN(d))
	}, "close_lseg(lseg,lseg)")
	distance := func(f func(k *geometry.Calc, c *Call) float64, sig string) {
		s.add(func(k *geometry.Calc, c *Call) any { return f(k, c) }, sig)
	}
	distance(func(k *geometry.Calc, c *Call) float64 { _, d := k.ClosestOnLine(line(c, 0), point(c, 1)); return d }, "dist_lp(line,point)")
	distance(func(k *geometry.Calc, c *Call) float64 {
		_, d := k.ClosestOnSegment(segment(c, 0), point(c, 1))
		return d
	}, "dist_sp(lseg,point)")
	distance(func(k *geometry.Calc, c *Call) float64 { _, d := k.ClosestOfBox(box(c, 0), point(c, 1)); return d }, "dist_bp(box,point)")
	distance(func(k *geometry.Calc, c *Call) float64 {
		_, d := k.ClosestToSegment(box(c, 0), segment(c, 1))
		return d
	}, "dist_bs(box,lseg)")
	distance(func(k *geometry.Calc, c *Call) float64 { _, d := k.ClosestToLine(segment(c, 0), line(c, 1)); return d }, "dist_sl(lseg,line)")
	distance(func(k *geometry.Calc, c *Call) float64 { _, d := k.ClosestToLine(segment(c, 1), line(c, 0)); return d }, "dist_ls(line,lseg)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.OnLine(line(c, 1), point(c, 0)) }, "on_pl(point,line)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.OnSegment(segment(c, 1), point(c, 0)) }, "on_ps(point,lseg)")
	s.add(func(k *geometry.Calc, c *Call) any {
		g, l := segment(c, 0), line(c, 1)
		return k.OnLine(l, g.A) && k.OnLine(l, g.B)
	}, "on_sl(lseg,line)")
	s.add(func(_ *geometry.Calc, c *Call) any {
		g, b := segment(c, 0), box(c, 1)
		return b.Has(g.A) && b.Has(g.B)
	}, "on_sb(lseg,box)")
	s.add(func(k *geometry.Calc, c *Call) any { _, ok := k.SegmentMeetsLine(segment(c, 0), line(c, 1)); return ok }, "inter_sl(lseg,line)")
	s.add(func(k *geometry.Calc, c *Call) any { _, ok := k.BoxMeetsSegment(box(c, 1), segment(c, 0)); return ok }, "inter_sb(lseg,box)")
	s.add(func(k *geometry.Calc, c *Call) any { return k.BoxMeetsLine(box(c, 1), line(c, 0)) }, "inter_lb(line,box)")
}

// partOfShape is a geometric value's part, counted from 0: a point's coordinate, a line's coefficient, a segment's or box's
// point.
func partOfShape(t types.OID, text string, i int64) types.Datum {
	switch t {
	case types.PointOID, types.LineOID:
		parts := []float64{}
		if t == types.PointOID {
			p := geometry.PointOf(text)
			parts = append(parts, p.X, p.Y)
		} else {
			l := geometry.LineOf(text)
			parts = append(parts, l.A, l.B, l.C)
		}
		if i >= 0 && i < int64(len(parts)) {
			return types.Float(parts[i])
		}
	default:
		g := geometry.SegmentOf(text)
		switch i {
		case 0:
			return types.Text(g.A.String())
		case 1:
			return types.Text(g.B.String())
		}
	}
	return types.Datum{}
}
