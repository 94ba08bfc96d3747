package geometry

import (
	"math"

	"github.com/basement-project/basement/internal/errs"
)

// NewBox is the box between two corners.
func NewBox(p, q Point) Box {
	b := Box{p, q}
	if !more(p.X, q.X) {
		b.High.X, b.Low.X = q.X, p.X
	}
	if !more(p.Y, q.Y) {
		b.High.Y, b.Low.Y = q.Y, p.Y
	}
	return b
}

// Bounds is the smallest box around points.
func Bounds(list []Point) Box {
	b := Box{list[0], list[0]}
	for _, p := range list[1:] {
		b = b.Union(Box{p, p})
	}
	return b
}

// Union is the smallest box around two.
func (b Box) Union(d Box) Box {
	return Box{Point{larger(b.High.X, d.High.X), larger(b.High.Y, d.High.Y)}, Point{smaller(b.Low.X, d.Low.X), smaller(b.Low.Y, d.Low.Y)}}
}

// Overlaps says whether two boxes have a point in common.
func (b Box) Overlaps(d Box) bool {
	return le(b.Low.X, d.High.X) && le(d.Low.X, b.High.X) && le(b.Low.Y, d.High.Y) && le(d.Low.Y, b.High.Y)
}

// Intersection is what two boxes have in common.
func (b Box) Intersection(d Box) (Box, bool) {
	return Box{Point{smaller(b.High.X, d.High.X), smaller(b.High.Y, d.High.Y)}, Point{larger(b.Low.X, d.Low.X), larger(b.Low.Y, d.Low.Y)}}, b.Overlaps(d)
}

// Contains says whether a box is within another.
func (b Box) Contains(d Box) bool {
	return ge(b.High.X, d.High.X) && le(b.Low.X, d.Low.X) && ge(b.High.Y, d.High.Y) && le(b.Low.Y, d.Low.Y)
}

// Has says whether a point is in a box.
func (b Box) Has(p Point) bool {
	return !less(b.High.X, p.X) && !more(b.Low.X, p.X) && !less(b.High.Y, p.Y) && !more(b.Low.Y, p.Y)
}

// Width, Height, Area and Center measure a box.
func (c *Calc) Width(b Box) float64 { return c.sub(b.High.X, b.Low.X) }

// Height is its height.
func (c *Calc) Height(b Box) float64 { return c.sub(b.High.Y, b.Low.Y) }

// Area is its area.
func (c *Calc) Area(b Box) float64 { return c.mul(c.Width(b), c.Height(b)) }

// Center is its middle.
func (c *Calc) Center(b Box) Point {
	return Point{c.div(c.add(b.High.X, b.Low.X), 2), c.div(c.add(b.High.Y, b.Low.Y), 2)}
}

// edges are a box's sides, in the order in which they are looked at.
func (b Box) edges() [4]Segment {
	p, q := Point{b.Low.X, b.High.Y}, Point{b.High.X, b.Low.Y}
	return [4]Segment{{b.Low, p}, {b.High, p}, {b.Low, q}, {b.High, q}}
}

// BoxMeetsLine says whether a line touches a box's sides.
func (c *Calc) BoxMeetsLine(b Box, l Line) bool {
	for _, e := range b.edges() {
		if _, ok := c.SegmentMeetsLine(e, l); ok {
			return true
		}
	}
	return false
}

// BoxMeetsSegment gives the segment's point closest to the box's middle when the two have points in common.
func (c *Calc) BoxMeetsSegment(b Box, s Segment) (Point, bool) {
	if !NewBox(s.A, s.B).Overlaps(b) {
		return Point{}, false
	}
	p, _ := c.ClosestOnSegment(s, c.Center(b))
	if b.Has(s.A) || b.Has(s.B) {
		return p, true
	}
	for _, e := range b.edges() {
		if _, ok := c.SegmentsMeet(e, s); ok {
			return p, true
		}
	}
	return p, false
}

// ClosestOfBox is the point of a box closest to a point.
func (c *Calc) ClosestOfBox(b Box, p Point) (Point, float64) {
	if b.Has(p) {
		return p, 0
	}
	var best Point
	dist := 0.0
	for i, e := range b.edges() {
		if q, d := c.ClosestOnSegment(e, p); i == 0 || less(d, dist) {
			best, dist = q, d
		}
	}
	return best, dist
}

// ClosestToSegment is the point of a box closest to a segment.
func (c *Calc) ClosestToSegment(b Box, s Segment) (Point, float64) {
	if p, ok := c.BoxMeetsSegment(b, s); ok {
		return p, 0
	}
	best, dist := c.ClosestOfBox(b, s.A)
	if p, d := c.ClosestOfBox(b, s.B); less(d, dist) {
		best, dist = p, d
	}
	for _, e := range b.edges() {
		if p, d := c.ClosestOfSegments(e, s); less(d, dist) {
			best, dist = p, d
		}
	}
	return best, dist
}

// CircleBox is the box within a circle, BoxCircle the circle around a box.
func (c *Calc) CircleBox(o Circle) Box {
	d := c.div(o.Radius, math.Sqrt(2))
	return Box{Point{c.add(o.Center.X, d), c.add(o.Center.Y, d)}, Point{c.sub(o.Center.X, d), c.sub(o.Center.Y, d)}}
}

// BoxCircle is the other way.
func (c *Calc) BoxCircle(b Box) Circle {
	m := c.Center(b)
	return Circle{m, c.Distance(m, b.High)}
}

// Polygon is a box's corners.
func (b Box) Polygon() Polygon {
	return Polygon{b.Low, {b.Low.X, b.High.Y}, b.High, {b.High.X, b.Low.Y}}
}

// CircleArea is a circle's area.
func (c *Calc) CircleArea(o Circle) float64 { return c.mul(c.mul(o.Radius, o.Radius), math.Pi) }

// CirclePolygon is a circle as a polygon of n corners.
func (c *Calc) CirclePolygon(n int64, o Circle) Polygon {
	if zero(o.Radius) {
		c.fail(errs.New("0A000", "cannot convert circle with radius zero to polygon"))
		return nil
	}
	if n < 2 {
		c.fail(errs.New("22023", "must request at least 2 points"))
		return nil
	}
	if n > 1<<20 {
		c.fail(errs.New("22023", "too many points requested"))
		return nil
	}
	step := 2 * math.Pi / float64(n)
	var p Polygon
	for i := range n {
		angle := step * float64(i)
		p = append(p, Point{c.sub(o.Center.X, c.mul(o.Radius, math.Cos(angle))), c.add(o.Center.Y, c.mul(o.Radius, math.Sin(angle)))})
	}
	return p
}

// Reach gives a circle's extent along x or y: its two ends.
func (c *Calc) Reach(o Circle, y bool) (low, high float64) {
	m := o.Center.X
	if y {
		m = o.Center.Y
	}
	return c.sub(m, o.Radius), c.add(m, o.Radius)
}

// SameCircle says whether two circles are equal.
func SameCircle(a, b Circle) bool {
	return (a.Radius != a.Radius && b.Radius != b.Radius || near(a.Radius, b.Radius)) && a.Center.Same(b.Center)
}

// Beyond is a distance less a radius, not below zero.
func (c *Calc) Beyond(d, radius float64) float64 { return max(c.sub(d, radius), 0) }

// Scale turns and stretches a circle.
func (c *Calc) Scale(o Circle, p Point, divide bool) Circle {
	h := c.hypot(p.X, p.Y)
	if divide {
		return Circle{c.Div(o.Center, p), c.div(o.Radius, h)}
	}
	return Circle{c.Mul(o.Center, p), c.mul(o.Radius, h)}
}

// CirclesTouch says whether two circles overlap; with within, whether the first holds the second.
func (c *Calc) CirclesTouch(a, b Circle, within bool) bool {
	if within {
		return le(c.Distance(a.Center, b.Center), c.sub(a.Radius, b.Radius))
	}
	return le(c.Distance(a.Center, b.Center), c.add(a.Radius, b.Radius))
}
