package geometry

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
)

// segments are a path's segments, with the closing one first.
func (p Path) segments() []Segment {
	var out []Segment
	for i := range p.Points {
		switch {
		case i > 0:
			out = append(out, Segment{p.Points[i-1], p.Points[i]})
		case p.Closed:
			out = append(out, Segment{p.Points[len(p.Points)-1], p.Points[0]})
		}
	}
	return out
}

// PathArea is a closed path's area.
func (c *Calc) PathArea(p Path) float64 {
	area := 0.0
	for i, a := range p.Points {
		b := p.Points[(i+1)%len(p.Points)]
		area = c.add(area, c.mul(a.X, b.Y))
		area = c.sub(area, c.mul(a.Y, b.X))
	}
	return c.div(math.Abs(area), 2)
}

// PathLength is a path's length.
func (c *Calc) PathLength(p Path) float64 {
	sum := 0.0
	for _, s := range p.segments() {
		sum = c.add(sum, c.Length(s))
	}
	return sum
}

// PathsMeet says whether two paths have a point in common.
func (c *Calc) PathsMeet(p, q Path) bool {
	if !Bounds(p.Points).Overlaps(Bounds(q.Points)) {
		return false
	}
	for _, s := range p.segments() {
		for _, t := range q.segments() {
			if _, ok := c.SegmentsMeet(s, t); ok {
				return true
			}
		}
	}
	return false
}

// PathDistance is the least distance of two paths' segments, false when one has none.
func (c *Calc) PathDistance(p, q Path) (float64, bool) {
	best, ok := 0.0, false
	for _, s := range p.segments() {
		for _, t := range q.segments() {
			if _, d := c.ClosestOfSegments(s, t); !ok || less(d, best) {
				best, ok = d, true
			}
		}
	}
	return best, ok
}

// PathFrom is the distance of a point and a path.
func (c *Calc) PathFrom(p Path, q Point) (float64, bool) {
	best, ok := 0.0, false
	if len(p.Points) == 1 && !p.Closed {
		return 0, true
	}
	for _, s := range p.segments() {
		if _, d := c.ClosestOnSegment(s, q); !ok || less(d, best) {
			best, ok = d, true
		}
	}
	return best, ok
}

// OnPath says whether a point is on an open path or in a closed one.
func (c *Calc) OnPath(p Path, q Point) bool {
	if p.Closed {
		return c.Inside(p.Points, q)
	}
	for _, s := range p.segments() {
		if c.OnSegment(s, q) {
			return true
		}
	}
	return false
}

// Moved applies an operation to each point.
func (p Path) Moved(f func(Point) Point) Path {
	out := Path{Closed: p.Closed}
	for _, q := range p.Points {
		out.Points = append(out.Points, f(q))
	}
	return out
}

// PathPolygon is a closed path as a polygon.
func (c *Calc) PathPolygon(p Path) Polygon {
	if !p.Closed {
		c.fail(errs.New("22023", "open path cannot be converted to polygon"))
	}
	return p.Points
}

const onEdge = math.MaxInt32

// Inside says whether a point is in a polygon or on its edge.
func (c *Calc) Inside(list []Point, p Point) bool {
	x0, y0 := c.sub(list[0].X, p.X), c.sub(list[0].Y, p.Y)
	px, py, total := x0, y0, 0
	for _, q := range list[1:] {
		x, y := c.sub(q.X, p.X), c.sub(q.Y, p.Y)
		n := c.cross(x, y, px, py)
		if n == onEdge {
			return true
		}
		total += n
		px, py = x, y
	}
	n := c.cross(x0, y0, px, py)
	return n == onEdge || total+n != 0
}

// cross says how the edge from (px,py) to (x,y) crosses the positive x axis: up or down, counted twice when it goes through.
func (c *Calc) cross(x, y, px, py float64) int {
	if zero(y) {
		switch {
		case zero(x):
			return onEdge
		case gt(x, 0):
			switch {
			case zero(py):
				if gt(px, 0) {
					return 0
				}
				return onEdge
			case lt(py, 0):
				return 1
			}
			return -1
		case zero(py) && !lt(px, 0):
			return onEdge
		}
		return 0
	}
	sign := -1
	if gt(y, 0) {
		sign = 1
	}
	switch {
	case zero(py):
		if lt(px, 0) {
			return 0
		}
		return sign
	case sign < 0 && lt(py, 0) || sign > 0 && gt(py, 0):
		return 0
	case ge(x, 0) && gt(px, 0):
		return 2 * sign
	case lt(x, 0) && le(px, 0):
		return 0
	}
	z := c.sub(c.mul(c.sub(x, px), y), c.mul(c.sub(y, py), x))
	switch {
	case zero(z):
		return onEdge
	case sign < 0 && lt(z, 0) || sign > 0 && gt(z, 0):
		return 0
	}
	return 2 * sign
}

// SamePolygon says whether two polygons have the same corners in the same order, from wherever and either way round.
func SamePolygon(p, q Polygon) bool {
	n := len(p)
	if n != len(q) {
		return false
	}
	for i := range q {
		if !q[i].Same(p[0]) {
			continue
		}
		forward, backward := true, true
		for k := 1; k < n; k++ {
			forward = forward && q[(i+k)%n].Same(p[k])
			backward = backward && q[(i-k+n)%n].Same(p[k])
		}
		if forward || backward {
			return true
		}
	}
	return false
}

// PolygonsOverlap says whether two polygons have a point in common.
func (c *Calc) PolygonsOverlap(p, q Polygon) bool {
	if !Bounds(p).Overlaps(Bounds(q)) {
		return false
	}
	for _, s := range (Path{p, true}).segments() {
		for _, t := range (Path{q, true}).segments() {
			if _, ok := c.SegmentsMeet(s, t); ok {
				return true
			}
		}
	}
	return c.Inside(q, p[0]) || c.Inside(p, q[0])
}

// PolygonContains says whether a polygon holds another.
func (c *Calc) PolygonContains(p, q Polygon) bool {
	if !Bounds(p).Contains(Bounds(q)) {
		return false
	}
	for _, s := range (Path{q, true}).segments() {
		if !c.segmentInside(s.A, s.B, p, 0) {
			return false
		}
	}
	return true
}

func (c *Calc) segmentInside(a, b Point, p Polygon, start int) bool {
	t := Segment{a, b}
	result, crossed := true, false
	from := len(p) - 1
	if start > 0 {
		from = start - 1
	}
	s := Segment{A: p[from]}
	for i := start; i < len(p) && result; i++ {
		s.B = p[i]
		if c.OnSegment(s, t.A) {
			if c.OnSegment(s, t.B) {
				return true
			}
			result = c.touchingInside(t.A, t.B, s, p, i+1)
		} else if c.OnSegment(s, t.B) {
			result = c.touchingInside(t.B, t.A, s, p, i+1)
		} else if m, ok := c.SegmentsMeet(t, s); ok {
			crossed = true
			result = c.segmentInside(t.A, m, p, i+1) && c.segmentInside(t.B, m, p, i+1)
		}
		s.A = s.B
	}
	if result && !crossed {
		result = c.Inside(p, c.Middle(t))
	}
	return result
}

func (c *Calc) touchingInside(a, b Point, s Segment, p Polygon, start int) bool {
	t := Segment{a, b}
	switch {
	case a.Same(s.A):
		return !c.OnSegment(t, s.B) || c.segmentInside(b, s.B, p, start)
	case a.Same(s.B):
		return !c.OnSegment(t, s.A) || c.segmentInside(b, s.A, p, start)
	case c.OnSegment(t, s.A):
		return c.segmentInside(b, s.A, p, start)
	case c.OnSegment(t, s.B):
		return c.segmentInside(b, s.B, p, start)
	}
	return true
}

// PolygonFrom is the distance of a point and a polygon.
func (c *Calc) PolygonFrom(p Polygon, q Point) float64 {
	if c.Inside(p, q) {
		return 0
	}
	_, best := c.ClosestOnSegment(Segment{p[0], p[len(p)-1]}, q)
	for i := range len(p) - 1 {
		if _, d := c.ClosestOnSegment(Segment{p[i], p[i+1]}, q); less(d, best) {
			best = d
		}
	}
	return best
}

// PolygonDistance is the distance of two polygons.
func (c *Calc) PolygonDistance(p, q Polygon) (float64, bool) {
	if c.PolygonsOverlap(p, q) {
		return 0, true
	}
	return c.PathDistance(Path{p, true}, Path{q, true})
}

// PolygonCircle is the circle about a polygon's middle with its corners' mean distance.
func (c *Calc) PolygonCircle(p Polygon) Circle {
	var o Circle
	n := float64(len(p))
	for _, q := range p {
		o.Center = c.Add(o.Center, q)
	}
	o.Center = Point{c.div(o.Center.X, n), c.div(o.Center.Y, n)}
	for _, q := range p {
		o.Radius = c.add(o.Radius, c.Distance(q, o.Center))
	}
	o.Radius = c.div(o.Radius, n)
	return o
}
