package builtin

import (
	"math"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
	"github.com/basement-project/basement/internal/sql/types/interval"
)

type stringAgg struct {
	some bool
	kind types.Kind
	buf  []byte
}

func (s *stringAgg) Step(c *Call) error {
	if c.Args[0].IsNull() {
		return nil
	}
	if s.some {
		s.buf = append(s.buf, c.Args[1].S...)
	}
	s.some, s.kind = true, c.Args[0].Kind
	s.buf = append(s.buf, c.Args[0].S...)
	return nil
}

func (s *stringAgg) Result(*Call) (types.Datum, error) {
	if !s.some {
		return types.Datum{}, nil
	}
	return types.Datum{Kind: s.kind, S: string(s.buf)}, nil
}

type arrayAgg struct {
	stack bool
	elems []array.Elem
	parts []types.Datum
}

func (a *arrayAgg) Step(c *Call) error {
	if a.stack {
		if c.Args[0].IsNull() {
			return errs.New("22004", "cannot accumulate null arrays")
		}
		a.parts = append(a.parts, keep(c.Args[0]))
		return nil
	}
	e := elemOf(c.Desc.Items[0].Type, c.Args[0], c.Env())
	e.Text = strings.Clone(e.Text)
	a.elems = append(a.elems, e)
	return nil
}

func (a *arrayAgg) Result(c *Call) (types.Datum, error) {
	if a.stack {
		if len(a.parts) == 0 {
			return types.Datum{}, nil
		}
		for _, d := range a.parts {
			if x, err := readArray(c.Desc.Items[0].Type, d); err == nil && len(x.Elems) == 0 {
				return types.Datum{}, errs.New("2202E", "cannot accumulate empty arrays")
			}
		}
		d, err := stackArrays(c.Desc.Items[0].Type, a.parts)
		if err != nil {
			return types.Datum{}, errs.New("2202E", "cannot accumulate arrays of different dimensionality")
		}
		return d, nil
	}
	if len(a.elems) == 0 {
		return types.Datum{}, nil
	}
	return arrayOut(c.Desc.Items[len(c.Desc.Items)-1].Type, array.New(a.elems)), nil
}

// sorted gathers the values of an ordered-set aggregate, which come in their order; NULLs do not count.
type sorted struct {
	direct int
	args   []types.Datum
	values []types.Datum
	result func(c *Call, args, values []types.Datum) (types.Datum, error)
}

func (s *sorted) Step(c *Call) error {
	if s.args == nil {
		s.args = []types.Datum{}
		for _, d := range c.Args[:s.direct] {
			s.args = append(s.args, keep(d))
		}
	}
	if d := c.Args[s.direct]; !d.IsNull() {
		s.values = append(s.values, keep(d))
	}
	return nil
}

func (s *sorted) Result(c *Call) (types.Datum, error) {
	if len(s.values) == 0 {
		return types.Datum{}, nil
	}
	return s.result(c, s.args, s.values)
}

func modeOf(c *Call, _, values []types.Datum) (types.Datum, error) {
	t := c.Desc.Items[0].Type
	best, bestN, n := 0, 0, 0
	for i := range values {
		if i > 0 && types.Compare(t, values[i-1], values[i]) == 0 {
			n++
		} else {
			n = 1
		}
		if n > bestN {
			best, bestN = i, n
		}
	}
	return values[best-bestN+1], nil
}

// percentiles computes one fraction, or each of an array of them.
func percentiles(c *Call, arg types.Datum, one func(p float64) (types.Datum, error)) (types.Datum, error) {
	check := func(d types.Datum) (types.Datum, error) {
		p := d.Float()
		if d.IsNull() {
			return d, nil
		}
		if !(p >= 0 && p <= 1) {
			return types.Datum{}, errs.New("22003", "percentile value %s is not between 0 and 1", types.Out(types.ByOID(types.Float8OID), d, nil))
		}
		return one(p)
	}
	if arg.IsNull() {
		return arg, nil
	}
	t := c.Desc.Items[0].Type.Underlying()
	if t.Kind != types.ArrayType {
		return check(arg)
	}
	list, err := elements(t, arg, c.Env())
	if err != nil {
		return types.Datum{}, err
	}
	ret := c.Desc.Items[len(c.Desc.Items)-1].Type.Underlying()
	var out []array.Elem
	for _, d := range list {
		v, err := check(d)
		if err != nil {
			return types.Datum{}, err
		}
		out = append(out, elemOf(ret.Elem, v, c.Env()))
	}
	return arrayOut(ret, array.New(out)), nil
}

func percentileDisc(c *Call, args, values []types.Datum) (types.Datum, error) {
	return percentiles(c, args[0], func(p float64) (types.Datum, error) {
		n := int(math.Ceil(p * float64(len(values))))
		return values[max(n-1, 0)], nil
	})
}

func percentileCont(c *Call, args, values []types.Datum) (types.Datum, error) {
	spans := c.Desc.Items[1].Type.Underlying().OID == types.IntervalOID
	return percentiles(c, args[0], func(p float64) (types.Datum, error) {
		at := p * float64(len(values)-1)
		lo, hi := int(math.Floor(at)), int(math.Ceil(at))
		if lo == hi {
			return values[lo], nil
		}
		part := at - float64(lo)
		if spans {
			a, b := types.IntervalOf(values[lo]), types.IntervalOf(values[hi])
			d, err := interval.Sub(b, a)
			if err == nil {
				d, err = d.Mul(part)
			}
			if err == nil {
				d, err = interval.Add(a, d)
			}
			return types.IntervalDatum(d), err
		}
		a, b := values[lo].Float(), values[hi].Float()
		return types.Float(a + part*(b-a)), nil
	})
}
