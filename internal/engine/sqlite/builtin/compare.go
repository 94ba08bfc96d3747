package builtin

import (
	"regexp"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// The operators of ordered types are SQLite's own; their functions, which may be called by name too, run here.

// comparators says what the result of a comparison must be for each operator.
var comparators = map[string]func(k int) bool{
	"=": func(k int) bool { return k == 0 }, "<>": func(k int) bool { return k != 0 },
	"<": func(k int) bool { return k < 0 }, "<=": func(k int) bool { return k <= 0 },
	">": func(k int) bool { return k > 0 }, ">=": func(k int) bool { return k >= 0 },
}

// patternOrder are operators that compare texts byte by byte.
var patternOrder = map[string]string{"~<~": "<", "~<=~": "<=", "~>~": ">", "~>=~": ">="}

// extremes are functions that choose the larger or smaller of two values; orders give -1, 0 or 1.
var extremes = regexp.MustCompile(`^[a-z0-9_]*?_?(larger|smaller)$`)
var orders = regexp.MustCompile(`^([a-z0-9_]+_cmp(_[a-z]+)?|bt[a-z0-9]+cmp|xid8cmp|byteacmp|bitcmp|varbitcmp|bpcharcmp|[a-z]+_pattern_cmp)$`)

// compareTable declares the functions of comparison operators and those like them.
func compareTable() []entry {
	var list []entry
	for _, o := range Base().Operators {
		name := o.Name
		if p, ok := patternOrder[name]; ok {
			name = p
		}
		test := comparators[name]
		if test == nil || o.Function == nil || !orderedTypes(o.Function) || strings.HasPrefix(o.Function.Name, "record_image") {
			continue
		}
		list = append(list, entry{sig: signature(o.Function), typed: true, safe: true, fn: func(c *Call) (types.Datum, error) {
			k, err := compareArgs(c)
			return types.Bool(test(k)), err
		}})
	}
	for _, f := range Base().Functions {
		if f.Kind != catalog.RegularFunction || len(f.Inputs()) != 2 || !orderedTypes(f) {
			continue
		}
		switch m := extremes.FindStringSubmatch(f.Name); {
		case m != nil:
			sign := 1
			if m[1] == "smaller" {
				sign = -1
			}
			list = append(list, entry{sig: signature(f), typed: true, safe: true, fn: func(c *Call) (types.Datum, error) {
				k, err := compareArgs(c)
				// Of equal values bpchar's functions give the first, all others the second.
				if k*sign > 0 || k == 0 && c.Desc.Items[0].Type.OID == types.BPCharOID {
					return c.Args[0], err
				}
				return c.Args[1], err
			}})
		case orders.MatchString(f.Name) && !strings.Contains(f.Name, "image"):
			list = append(list, entry{sig: signature(f), typed: true, safe: true, fn: func(c *Call) (types.Datum, error) {
				k, err := compareArgs(c)
				return types.Int(int64(max(-1, min(k, 1)))), err
			}})
		}
	}
	return list
}

// signature is a function's as the tables write it.
func signature(f *catalog.Function) string {
	var args []string
	for _, p := range f.Inputs() {
		t := types.ByOID(p.Type)
		if t == nil {
			return ""
		}
		args = append(args, t.Name)
	}
	return f.Name + "(" + strings.Join(args, ",") + ")"
}

// orderedTypes says whether a function's arguments are of types with an order of their own.
func orderedTypes(f *catalog.Function) bool {
	for _, p := range f.Inputs() {
		t := types.ByOID(p.Type)
		if t == nil {
			return false
		}
		switch t.OID {
		case types.PointOID, types.LsegOID, types.BoxOID, types.PathOID, types.PolygonOID, types.CircleOID, types.LineOID, types.ACLItemOID:
			return false
		}
		if t.Kind == types.PseudoType && !types.IsPolymorphic(t.OID) && t.OID != types.RecordOID {
			return false
		}
	}
	return len(f.Inputs()) == 2
}

func compareArgs(c *Call) (int, error) {
	a, b := c.Desc.Items[0].Type.Underlying(), c.Desc.Items[1].Type.Underlying()
	x, y := c.Args[0], c.Args[1]
	ra, rb := momentRank(a), momentRank(b)
	var err error
	switch {
	case ra < rb:
		x, err = widerMoment(a, b, x, c.Env())
		a = b
	case rb < ra:
		y, err = widerMoment(b, a, y, c.Env())
	}
	return types.Compare(a, x, y), err
}

// momentRank orders the types of moments that compare with each other; 0 is any other type.
func momentRank(t *types.Type) int {
	switch t.OID {
	case types.DateOID:
		return 1
	case types.TimestampOID:
		return 2
	case types.TimestamptzOID:
		return 3
	}
	return 0
}

// widerMoment converts a moment for a comparison: one beyond the wider type's range stays where it is in time.
func widerMoment(from, to *types.Type, d types.Datum, env *types.Env) (types.Datum, error) {
	out, err := types.Cast(from, to, -1, d, types.ImplicitCast, env)
	if e := errs.Of(err); e != nil && e.Code == "22008" {
		if from.OID == types.DateOID {
			d.S += " 00:00:00"
		}
		return d, nil
	}
	return out, err
}
