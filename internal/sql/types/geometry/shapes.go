package geometry

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/sql/types/float"
)

// The shapes. A box's first corner is its upper right one.
type (
	Segment struct{ A, B Point }
	Box     struct{ High, Low Point }
	Line    struct{ A, B, C float64 }
	Path    struct {
		Points []Point
		Closed bool
	}
	Polygon []Point
	Circle  struct {
		Center Point
		Radius float64
	}
)

// numbers reads the numbers of a value in output form.
func numbers(text string) []float64 {
	var out []float64
	for _, s := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("()[]{}<>,", c) }) {
		f, _ := strconv.ParseFloat(s, 64)
		out = append(out, f)
	}
	return out
}

func pointsOf(text string) []Point {
	n := numbers(text)
	list := make([]Point, len(n)/2)
	for i := range list {
		list[i] = Point{n[2*i], n[2*i+1]}
	}
	return list
}

// PointOf reads a point in output form; the others likewise.
func PointOf(text string) Point { return pointsOf(text)[0] }

// SegmentOf reads an lseg.
func SegmentOf(text string) Segment {
	p := pointsOf(text)
	return Segment{p[0], p[1]}
}

// BoxOf reads a box.
func BoxOf(text string) Box {
	p := pointsOf(text)
	return Box{p[0], p[1]}
}

// LineOf reads a line.
func LineOf(text string) Line {
	n := numbers(text)
	return Line{n[0], n[1], n[2]}
}

// PathOf reads a path.
func PathOf(text string) Path { return Path{pointsOf(text), text[0] == '('} }

// PolygonOf reads a polygon.
func PolygonOf(text string) Polygon { return pointsOf(text) }

// CircleOf reads a circle.
func CircleOf(text string) Circle {
	n := numbers(text)
	return Circle{Point{n[0], n[1]}, n[2]}
}

func (p Point) String() string { return string(appendPoint(nil, p)) }

func (s Segment) String() string {
	return string(append(appendPoints([]byte{'['}, []Point{s.A, s.B}), ']'))
}

func (b Box) String() string { return string(appendPoints(nil, []Point{b.High, b.Low})) }

func (l Line) String() string {
	buf := float.Append([]byte{'{'}, l.A, 64)
	buf = float.Append(append(buf, ','), l.B, 64)
	return string(append(float.Append(append(buf, ','), l.C, 64), '}'))
}

func (p Path) String() string {
	if p.Closed {
		return Polygon(p.Points).String()
	}
	return string(append(appendPoints([]byte{'['}, p.Points), ']'))
}

func (p Polygon) String() string { return string(append(appendPoints([]byte{'('}, p), ')')) }

func (c Circle) String() string {
	buf := appendPoint([]byte{'<'}, c.Center)
	return string(append(float.Append(append(buf, ','), c.Radius, 64), '>'))
}
