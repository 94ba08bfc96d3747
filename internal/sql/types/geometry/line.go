package geometry

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
)

// Same says whether two points are equal, within the tolerance.
func (p Point) Same(q Point) bool {
	if p.X != p.X || p.Y != p.Y || q.X != q.X || q.Y != q.Y {
		return same(p.X, q.X) && same(p.Y, q.Y)
	}
	return near(p.X, q.X) && near(p.Y, q.Y)
}

// Add, Sub, Mul and Div take points as complex numbers.
func (c *Calc) Add(p, q Point) Point { return Point{c.add(p.X, q.X), c.add(p.Y, q.Y)} }

// Sub is the difference.
func (c *Calc) Sub(p, q Point) Point { return Point{c.sub(p.X, q.X), c.sub(p.Y, q.Y)} }

// Mul is the product.
func (c *Calc) Mul(p, q Point) Point {
	return Point{c.sub(c.mul(p.X, q.X), c.mul(p.Y, q.Y)), c.add(c.mul(p.X, q.Y), c.mul(p.Y, q.X))}
}

// Div is the quotient.
func (c *Calc) Div(p, q Point) Point {
	d := c.add(c.mul(q.X, q.X), c.mul(q.Y, q.Y))
	return Point{c.div(c.add(c.mul(p.X, q.X), c.mul(p.Y, q.Y)), d), c.div(c.sub(c.mul(p.Y, q.X), c.mul(p.X, q.Y)), d)}
}

// Distance is the distance of two points.
func (c *Calc) Distance(p, q Point) float64 { return c.hypot(c.sub(p.X, q.X), c.sub(p.Y, q.Y)) }

// Slope is the slope of the line through two points, infinity for a vertical one.
func (c *Calc) Slope(p, q Point) float64 {
	switch {
	case near(p.X, q.X):
		return math.Inf(1)
	case near(p.Y, q.Y):
		return 0
	}
	return c.div(c.sub(p.Y, q.Y), c.sub(p.X, q.X))
}

// across is the slope of a perpendicular.
func (c *Calc) across(p, q Point) float64 {
	switch {
	case near(p.X, q.X):
		return 0
	case near(p.Y, q.Y):
		return math.Inf(1)
	}
	return c.div(c.sub(p.X, q.X), c.sub(q.Y, p.Y))
}

// lineThrough is the line through a point with a slope.
func (c *Calc) lineThrough(p Point, slope float64) Line {
	switch {
	case math.IsInf(slope, 0):
		return Line{-1, 0, p.X}
	case slope == 0:
		return Line{0, -1, p.Y}
	}
	l := Line{slope, -1, c.sub(p.Y, c.mul(slope, p.X))}
	if l.C == 0 {
		l.C = 0
	}
	return l
}

// LineOfPoints is the line through two points.
func (c *Calc) LineOfPoints(p, q Point) Line {
	if p.Same(q) {
		c.fail(errs.New("22023", "invalid line specification: must be two distinct points"))
		return Line{}
	}
	return c.lineThrough(p, c.Slope(p, q))
}

func (c *Calc) slope(l Line) float64 {
	switch {
	case zero(l.A):
		return 0
	case zero(l.B):
		return math.Inf(1)
	}
	return c.div(l.A, -l.B)
}

func (c *Calc) lineAcross(l Line) float64 {
	switch {
	case zero(l.A):
		return math.Inf(1)
	case zero(l.B):
		return 0
	}
	return c.div(l.B, l.A)
}

// Crossing is the point where two lines meet.
func (c *Calc) Crossing(l, m Line) (Point, bool) {
	var p Point
	switch {
	case !zero(l.B):
		if near(m.A, c.mul(l.A, c.div(m.B, l.B))) {
			return p, false
		}
		p.X = c.div(c.sub(c.mul(l.B, m.C), c.mul(m.B, l.C)), c.sub(c.mul(l.A, m.B), c.mul(m.A, l.B)))
		p.Y = c.div(-c.add(c.mul(l.A, p.X), l.C), l.B)
	case !zero(m.B):
		if near(l.A, c.mul(m.A, c.div(l.B, m.B))) {
			return p, false
		}
		p.X = c.div(c.sub(c.mul(m.B, l.C), c.mul(l.B, m.C)), c.sub(c.mul(m.A, l.B), c.mul(l.A, m.B)))
		p.Y = c.div(-c.add(c.mul(m.A, p.X), m.C), m.B)
	default:
		return p, false
	}
	// No negative zeros.
	if p.X == 0 {
		p.X = 0
	}
	if p.Y == 0 {
		p.Y = 0
	}
	return p, true
}

// Perpendicular says whether two lines are.
func (c *Calc) Perpendicular(l, m Line) bool {
	switch {
	case zero(l.A):
		return zero(m.B)
	case zero(m.A):
		return zero(l.B)
	case zero(l.B):
		return zero(m.A)
	case zero(m.B):
		return zero(l.A)
	}
	return near(c.div(c.mul(l.A, m.A), c.mul(l.B, m.B)), -1)
}

// Vertical and Horizontal say how a line runs.
func (l Line) Vertical() bool { return zero(l.B) }

// Horizontal is the other.
func (l Line) Horizontal() bool { return zero(l.A) }

// SameLine says whether two lines are equal.
func (c *Calc) SameLine(l, m Line) bool {
	if l.A != l.A || l.B != l.B || l.C != l.C || m.A != m.A || m.B != m.B || m.C != m.C {
		return same(l.A, m.A) && same(l.B, m.B) && same(l.C, m.C)
	}
	ratio := 1.0
	switch {
	case !zero(m.A):
		ratio = c.div(l.A, m.A)
	case !zero(m.B):
		ratio = c.div(l.B, m.B)
	case !zero(m.C):
		ratio = c.div(l.C, m.C)
	}
	return near(l.A, c.mul(ratio, m.A)) && near(l.B, c.mul(ratio, m.B)) && near(l.C, c.mul(ratio, m.C))
}

// LineDistance is the distance of two lines.
func (c *Calc) LineDistance(l, m Line) float64 {
	if _, ok := c.Crossing(l, m); ok {
		return 0
	}
	ratio := 1.0
	switch usable := func(a float64) bool { return !zero(a) && a == a }; {
	case usable(l.A) && usable(m.A):
		ratio = c.div(l.A, m.A)
	case usable(l.B) && usable(m.B):
		ratio = c.div(l.B, m.B)
	}
	return c.div(math.Abs(c.sub(l.C, c.mul(ratio, m.C))), c.hypot(l.A, l.B))
}

// OnLine says whether a point is on a line.
func (c *Calc) OnLine(l Line, p Point) bool {
	return zero(c.add(c.add(c.mul(l.A, p.X), c.mul(l.B, p.Y)), l.C))
}

// ClosestOnLine is the point of a line that is closest to another, and their distance: NaN when there is none.
func (c *Calc) ClosestOnLine(l Line, p Point) (Point, float64) {
	q, ok := c.Crossing(c.lineThrough(p, c.lineAcross(l)), l)
	if !ok {
		return p, math.NaN()
	}
	return q, c.Distance(q, p)
}

// Length is a segment's length.
func (c *Calc) Length(s Segment) float64 { return c.Distance(s.A, s.B) }

// SegmentSlope is a segment's slope.
func (c *Calc) SegmentSlope(s Segment) float64 { return c.Slope(s.A, s.B) }

// ParallelSegments and PerpendicularSegments compare slopes.
func (c *Calc) ParallelSegments(s, t Segment) bool {
	return near(c.Slope(s.A, s.B), c.Slope(t.A, t.B))
}

// PerpendicularSegments is the other.
func (c *Calc) PerpendicularSegments(s, t Segment) bool {
	return near(c.Slope(s.A, s.B), c.across(t.A, t.B))
}

// Middle is a segment's middle.
func (c *Calc) Middle(s Segment) Point {
	return Point{c.div(c.add(s.A.X, s.B.X), 2), c.div(c.add(s.A.Y, s.B.Y), 2)}
}

// OnSegment says whether a point is on a segment.
func (c *Calc) OnSegment(s Segment, p Point) bool {
	return near(c.add(c.Distance(p, s.A), c.Distance(p, s.B)), c.Distance(s.A, s.B))
}

// SegmentMeetsLine is the point where a segment meets a line.
func (c *Calc) SegmentMeetsLine(s Segment, l Line) (Point, bool) {
	p, ok := c.Crossing(c.lineThrough(s.A, c.SegmentSlope(s)), l)
	switch {
	case !ok || !c.OnSegment(s, p):
		return p, false
	case s.A.Same(p):
		return s.A, true
	case s.B.Same(p):
		return s.B, true
	}
	return p, true
}

// SegmentsMeet is the point where two segments meet.
func (c *Calc) SegmentsMeet(s, t Segment) (Point, bool) {
	p, ok := c.SegmentMeetsLine(s, c.lineThrough(t.A, c.SegmentSlope(t)))
	return p, ok && c.OnSegment(t, p)
}

// ClosestToLine is the point of a segment closest to a line.
func (c *Calc) ClosestToLine(s Segment, l Line) (Point, float64) {
	if p, ok := c.SegmentMeetsLine(s, l); ok {
		return p, 0
	}
	_, a := c.ClosestOnLine(l, s.A)
	_, b := c.ClosestOnLine(l, s.B)
	if a < b {
		return s.A, a
	}
	return s.B, b
}

// ClosestOnSegment is the point of a segment closest to a point.
func (c *Calc) ClosestOnSegment(s Segment, p Point) (Point, float64) {
	q, _ := c.ClosestToLine(s, c.lineThrough(p, c.across(s.A, s.B)))
	return q, c.Distance(q, p)
}

// ClosestOfSegments is the point of one segment closest to another.
func (c *Calc) ClosestOfSegments(on, to Segment) (Point, float64) {
	if p, ok := c.SegmentsMeet(on, to); ok {
		return p, 0
	}
	best, dist := c.ClosestOnSegment(on, to.A)
	if p, d := c.ClosestOnSegment(on, to.B); less(d, dist) {
		best, dist = p, d
	}
	if _, d := c.ClosestOnSegment(to, on.A); less(d, dist) {
		best, dist = on.A, d
	}
	if _, d := c.ClosestOnSegment(to, on.B); less(d, dist) {
		best, dist = on.B, d
	}
	return best, dist
}

// ParallelToLine says whether a segment has a line's slope: then no point of it is the closest.
func (c *Calc) ParallelToLine(s Segment, l Line) bool { return same(c.SegmentSlope(s), c.slope(l)) }
