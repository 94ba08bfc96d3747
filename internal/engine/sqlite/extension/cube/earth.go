package cube

import (
	_ "embed" // the facts of the extension's objects
	"math"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed earth.tsv
var earthObjects string

// earthRadius is in metres; the older functions over points reckon in statute miles.
const (
	earthRadius = 6378168.0
	earthMiles  = 3958.747716
)

// Earth is earthdistance.
func Earth() *extension.Extension {
	x := &extension.Extension{Name: "earthdistance", Version: "1.1", Comment: "calculate great-circle distances on the surface of the Earth",
		Requires: []string{"cube"}, Superuser: true, Older: []string{"1.0"}, Objects: earthObjects,
		Checks: map[string][]extension.Check{"earth": {
			{Name: "not_point", Expr: "cube_is_point(VALUE)"},
			{Name: "not_3d", Expr: "(cube_dim(VALUE) <= 3)"},
			{Name: "on_surface", Expr: "(abs((cube_distance(VALUE, '(0)'::cube) / @extschema@.earth()) - '1'::double precision) < '1e-06'::double precision)"},
		}}}
	add := func(sig string, f func(v []types.Datum) (types.Datum, error)) {
		x.Functions = append(x.Functions, extension.Function{Sig: sig, Fn: func(c extension.Call) (types.Datum, error) { return f(c.Values()) }})
	}
	add("earth()", func([]types.Datum) (types.Datum, error) { return types.Float(earthRadius), nil })
	chord := func(f float64) float64 {
		switch {
		case f < 0:
			return 0
		case f/(2*earthRadius) > 1:
			return math.Pi * earthRadius
		}
		return 2 * earthRadius * math.Asin(f/(2*earthRadius))
	}
	arc := func(f float64) float64 {
		switch {
		case f < 0:
			return 0
		case f/earthRadius > math.Pi:
			return 2 * earthRadius
		}
		return 2 * earthRadius * math.Sin(f/(2*earthRadius))
	}
	add("sec_to_gc(float8)", func(v []types.Datum) (types.Datum, error) { return types.Float(chord(v[0].Float())), nil })
	add("gc_to_sec(float8)", func(v []types.Datum) (types.Datum, error) { return types.Float(arc(v[0].Float())), nil })
	radians := func(f float64) float64 { return f * (math.Pi / 180) }
	degrees := func(f float64) float64 { return f / (math.Pi / 180) }
	add("ll_to_earth(float8,float8)", func(v []types.Datum) (types.Datum, error) {
		lat, lon := radians(v[0].Float()), radians(v[1].Float())
		p := []float64{earthRadius * math.Cos(lat) * math.Cos(lon), earthRadius * math.Cos(lat) * math.Sin(lon), earthRadius * math.Sin(lat)}
		return (&cube{p, p}).datum(), nil
	})
	add("latitude(@earth)", func(v []types.Datum) (types.Datum, error) {
		switch f := of(v[0]).low(2) / earthRadius; {
		case f < -1:
			return types.Float(-90), nil
		case f > 1:
			return types.Float(90), nil
		default:
			return types.Float(degrees(math.Asin(f))), nil
		}
	})
	add("longitude(@earth)", func(v []types.Datum) (types.Datum, error) {
		c := of(v[0])
		return types.Float(degrees(math.Atan2(c.low(1), c.low(0)))), nil
	})
	add("earth_distance(@earth,@earth)", func(v []types.Datum) (types.Datum, error) {
		return types.Float(chord(distance(of(v[0]), of(v[1])))), nil
	})
	add("earth_box(@earth,float8)", func(v []types.Datum) (types.Datum, error) {
		return enlarge(of(v[0]), arc(v[1].Float()), 3).datum(), nil
	})
	add("geo_distance(point,point)", func(v []types.Datum) (types.Datum, error) {
		a, b := point(v[0]), point(v[1])
		lon1, lat1, lon2, lat2 := radians(a[0]), radians(a[1]), radians(b[0]), radians(b[1])
		diff := math.Abs(lon1 - lon2)
		if diff > math.Pi {
			diff = 2*math.Pi - diff
		}
		s := math.Sqrt(math.Pow(math.Sin(math.Abs(lat1-lat2)/2), 2) + math.Cos(lat1)*math.Cos(lat2)*math.Pow(math.Sin(diff/2), 2))
		return types.Float(2 * earthMiles * math.Asin(math.Min(s, 1))), nil
	})
	return x
}

// point reads a stored point.
func point(d types.Datum) [2]float64 {
	x, y, _ := strings.Cut(strings.Trim(d.S, "()"), ",")
	a, _ := strconv.ParseFloat(x, 64)
	b, _ := strconv.ParseFloat(y, 64)
	return [2]float64{a, b}
}
