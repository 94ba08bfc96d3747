package types

import "github.com/basement-project/basement/internal/sql/types/geometry"

// castShape converts between geometric types.
func castShape(from, to OID, s string) (out Datum, done bool, err error) {
	var k geometry.Calc
	text := func(s interface{ String() string }) (Datum, bool, error) { return Text(s.String()), true, k.Err }
	switch from {
	case PointOID:
		if to == BoxOID {
			p := geometry.PointOf(s)
			return text(geometry.Box{High: p, Low: p})
		}
	case LsegOID:
		if to == PointOID {
			return text(k.Middle(geometry.SegmentOf(s)))
		}
	case PathOID:
		if to == PolygonOID {
			return text(k.PathPolygon(geometry.PathOf(s)))
		}
	case BoxOID:
		b := geometry.BoxOf(s)
		switch to {
		case PointOID:
			return text(k.Center(b))
		case LsegOID:
			return text(geometry.Segment{A: b.High, B: b.Low})
		case PolygonOID:
			return text(b.Polygon())
		case CircleOID:
			return text(k.BoxCircle(b))
		}
	case PolygonOID:
		p := geometry.PolygonOf(s)
		switch to {
		case PointOID:
			return text(k.PolygonCircle(p).Center)
		case PathOID:
			return text(geometry.Path{Points: p, Closed: true})
		case BoxOID:
			return text(geometry.Bounds(p))
		case CircleOID:
			return text(k.PolygonCircle(p))
		}
	case CircleOID:
		o := geometry.CircleOf(s)
		switch to {
		case PointOID:
			return text(o.Center)
		case BoxOID:
			return text(k.CircleBox(o))
		case PolygonOID:
			return text(k.CirclePolygon(12, o))
		}
	}
	return Datum{}, false, nil
}
