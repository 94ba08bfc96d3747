package builtin

import (
	"math"
	"math/big"
	"strings"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/interval"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

// aggregateTable declares the aggregates that SQLite's own do not serve.
func aggregateTable() []entry {
	var list []entry
	add := func(make func() Aggregate, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, agg: make})
		}
	}
	// The sums of small integers run natively; these serve DISTINCT and windows all the same.
	add(func() Aggregate { return &exact{result: sumInt8} }, "sum(int2)", "sum(int4)")
	add(func() Aggregate { return &exact{result: sumNumeric} }, "sum(int8)", "sum(numeric)")
	add(func() Aggregate { return &exact{result: average} }, "avg(int2)", "avg(int4)", "avg(int8)", "avg(numeric)")
	for _, t := range []string{"int2", "int4", "int8", "numeric"} {
		for name, sample := range map[string]bool{"var_pop": false, "var_samp": true, "variance": true, "stddev_pop": false, "stddev_samp": true, "stddev": true} {
			root := strings.HasPrefix(name, "stddev")
			add(func() Aggregate { return &exact{squares: true, result: deviation(sample, root)} }, name+"("+t+")")
		}
	}
	add(func() Aggregate { return &floatSum{bits: 64} }, "sum(float8)")
	add(func() Aggregate { return &floatSum{bits: 32} }, "sum(float4)")
	for _, t := range []string{"float4", "float8"} {
		for _, name := range []string{"avg", "var_pop", "var_samp", "variance", "stddev_pop", "stddev_samp", "stddev"} {
			add(func() Aggregate { return &moments{name: name} }, name+"("+t+")")
		}
	}
	for _, name := range []string{"corr", "covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_count", "regr_intercept", "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy"} {
		add(func() Aggregate { return &regression{name: name} }, name+"(float8,float8)")
	}
	add(func() Aggregate { return &intervalSum{} }, "sum(interval)")
	add(func() Aggregate { return &intervalSum{mean: true} }, "avg(interval)")
	for _, t := range []string{"int2", "int4", "int8"} {
		add(func() Aggregate { return &bitFold{f: func(a, b int64) int64 { return a & b }} }, "bit_and("+t+")")
		add(func() Aggregate { return &bitFold{f: func(a, b int64) int64 { return a | b }} }, "bit_or("+t+")")
		add(func() Aggregate { return &bitFold{f: func(a, b int64) int64 { return a ^ b }} }, "bit_xor("+t+")")
	}
	add(func() Aggregate { return &stringAgg{} }, "string_agg(text,text)", "string_agg(bytea,bytea)")
	add(func() Aggregate { return &arrayAgg{} }, "array_agg(anynonarray)")
	add(func() Aggregate { return &arrayAgg{stack: true} }, "array_agg(anyarray)")
	add(func() Aggregate { return &sorted{result: modeOf} }, "mode(anyelement)")
	add(func() Aggregate { return &sorted{direct: 1, result: percentileDisc} }, "percentile_disc(float8,anyelement)", "percentile_disc(_float8,anyelement)")
	add(func() Aggregate { return &sorted{direct: 1, result: percentileCont} }, "percentile_cont(float8,float8)", "percentile_cont(_float8,float8)",
		"percentile_cont(float8,interval)", "percentile_cont(_float8,interval)")
	return list
}

// exact sums integers and numerics without loss.
type exact struct {
	n       int64
	small   int64 // integers gather here while they fit
	sum     numeric.Num
	sum2    numeric.Num
	some    bool
	squares bool
	result  func(e *exact) (types.Datum, error)
}

func (e *exact) Step(c *Call) error {
	d := c.Args[0]
	if d.IsNull() {
		return nil
	}
	e.n++
	e.some = true
	if d.Kind == types.KindInt && !e.squares {
		if s, ok := addInt(e.small, d.I); ok {
			e.small = s
			return nil
		}
	}
	v := types.NumericOf(d)
	var err error
	if e.sum, err = numeric.Add(e.sum, v); err != nil {
		return err
	}
	if e.squares {
		sq, err := numeric.Mul(v, v)
		if err != nil {
			return err
		}
		e.sum2, err = numeric.Add(e.sum2, sq)
		return err
	}
	return nil
}

func (e *exact) total() (numeric.Num, error) {
	if e.small == 0 {
		return e.sum, nil
	}
	return numeric.Add(e.sum, numeric.FromInt(e.small))
}

func (e *exact) Result(*Call) (types.Datum, error) {
	if !e.some {
		return types.Datum{}, nil
	}
	return e.result(e)
}

func sumInt8(e *exact) (types.Datum, error) {
	t, err := e.total()
	if err != nil {
		return types.Datum{}, err
	}
	i, ok := t.ToInt()
	if !ok {
		return types.Datum{}, outOfRange("bigint")
	}
	return types.Int(i), nil
}

func sumNumeric(e *exact) (types.Datum, error) { return numberOut(e.total()) }

func average(e *exact) (types.Datum, error) {
	t, err := e.total()
	if err != nil {
		return types.Datum{}, err
	}
	return numberOut(numeric.Div(t, numeric.FromInt(e.n)))
}

// deviation is the variance or its root: (n*sum(x^2) - sum(x)^2) / n(n-1), or n*n.
func deviation(sample, root bool) func(e *exact) (types.Datum, error) {
	return func(e *exact) (types.Datum, error) {
		if sample && e.n <= 1 {
			return types.Datum{}, nil
		}
		if !e.sum.IsFinite() || !e.sum2.IsFinite() {
			return types.Text("NaN"), nil
		}
		n := numeric.FromInt(e.n)
		square, err := numeric.Mul(e.sum, e.sum)
		if err != nil {
			return types.Datum{}, err
		}
		all, err := numeric.Mul(n, e.sum2)
		if err != nil {
			return types.Datum{}, err
		}
		diff, err := numeric.Sub(all, square)
		if err != nil {
			return types.Datum{}, err
		}
		if diff.Sign() <= 0 {
			return types.Text("0"), nil
		}
		by := n
		if sample {
			by = numeric.FromInt(e.n - 1)
		}
		if by, err = numeric.Mul(n, by); err != nil {
			return types.Datum{}, err
		}
		v, err := numeric.Div(diff, by)
		if err != nil || !root {
			return numberOut(v, err)
		}
		return types.Text(rootAt(v)), nil
	}
}

// rootAt is the square root with as many digits after the point as the number has.
func rootAt(n numeric.Num) string {
	scale := n.Scale()
	digits := new(big.Int)
	digits.SetString(strings.Replace(n.String(), ".", "", 1), 10)
	// n = digits / 10^scale; its root with one more digit is sqrt(digits * 10^(scale+2)) / 10^(scale+1).
	digits.Mul(digits, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale+2)), nil))
	s := new(big.Int).Sqrt(digits).String()
	for len(s) <= scale+1 {
		s = "0" + s
	}
	at := len(s) - scale - 1
	v, err := numeric.Parse(s[:at] + "." + s[at:])
	if err != nil {
		return "NaN"
	}
	return v.Round(scale).String()
}

type floatSum struct {
	bits int
	sum  float64
	some bool
}

func (f *floatSum) Step(c *Call) error {
	if c.Args[0].IsNull() {
		return nil
	}
	x := c.Args[0].Float()
	s := f.sum + x
	if !f.some {
		s = x
	}
	if f.bits == 32 {
		s = float64(float32(s))
	}
	if math.IsInf(s, 0) && !math.IsInf(x, 0) && !math.IsInf(f.sum, 0) {
		return errOverflow
	}
	f.sum, f.some = s, true
	return nil
}

func (f *floatSum) Result(*Call) (types.Datum, error) {
	if !f.some {
		return types.Datum{}, nil
	}
	return types.Float(f.sum), nil
}

// moments gathers count, sum and sum of squared differences as PostgreSQL does (Youngs and Cramer).
type moments struct {
	name       string
	n, sx, sxx float64
}

func (m *moments) Step(c *Call) error {
	if c.Args[0].IsNull() {
		return nil
	}
	x := c.Args[0].Float()
	old := m.n
	n, sx, sxx := m.n+1, m.sx+x, m.sxx
	if old > 0 {
		t := x*n - sx
		sxx += t * t / (n * old)
		if math.IsInf(sx, 0) || math.IsInf(sxx, 0) {
			if !math.IsInf(m.sx, 0) && !math.IsInf(x, 0) {
				return errOverflow
			}
			sxx = math.NaN()
		}
	} else if x != x || math.IsInf(x, 0) {
		sxx = math.NaN()
	}
	m.n, m.sx, m.sxx = n, sx, sxx
	return nil
}

func (m *moments) Result(*Call) (types.Datum, error) {
	if m.n == 0 {
		return types.Datum{}, nil
	}
	var v float64
	switch m.name {
	case "avg":
		return types.Float(m.sx / m.n), nil
	case "var_pop", "stddev_pop":
		v = m.sxx / m.n
	default:
		if m.n <= 1 {
			return types.Datum{}, nil
		}
		v = m.sxx / (m.n - 1)
	}
	if strings.HasPrefix(m.name, "stddev") {
		v = math.Sqrt(v)
	}
	return types.Float(v), nil
}

// regression gathers pairs (y, x).
type regression struct {
	name                      string
	n, sx, sxx, sy, syy, sxy_ float64
}

func (r *regression) Step(c *Call) error {
	if c.Args[0].IsNull() || c.Args[1].IsNull() {
		return nil
	}
	y, x := c.Args[0].Float(), c.Args[1].Float()
	old := r.n
	r.n++
	r.sx += x
	r.sy += y
	if old > 0 {
		tx, ty := x*r.n-r.sx, y*r.n-r.sy
		scale := 1 / (r.n * old)
		r.sxx += tx * tx * scale
		r.syy += ty * ty * scale
		r.sxy_ += tx * ty * scale
	} else {
		if x != x || math.IsInf(x, 0) {
			r.sxx, r.sxy_ = math.NaN(), math.NaN()
		}
		if y != y || math.IsInf(y, 0) {
			r.syy, r.sxy_ = math.NaN(), math.NaN()
		}
	}
	return nil
}

func (r *regression) Result(*Call) (types.Datum, error) {
	if r.name == "regr_count" {
		return types.Int(int64(r.n)), nil
	}
	if r.n < 1 {
		return types.Datum{}, nil
	}
	null := types.Datum{}
	switch r.name {
	case "regr_sxx":
		return types.Float(r.sxx), nil
	case "regr_syy":
		return types.Float(r.syy), nil
	case "regr_sxy":
		return types.Float(r.sxy_), nil
	case "regr_avgx":
		return types.Float(r.sx / r.n), nil
	case "regr_avgy":
		return types.Float(r.sy / r.n), nil
	case "covar_pop":
		return types.Float(r.sxy_ / r.n), nil
	case "covar_samp":
		if r.n < 2 {
			return null, nil
		}
		return types.Float(r.sxy_ / (r.n - 1)), nil
	case "corr":
		if r.sxx == 0 || r.syy == 0 {
			return null, nil
		}
		return types.Float(r.sxy_ / math.Sqrt(r.sxx*r.syy)), nil
	case "regr_r2":
		switch {
		case r.sxx == 0:
			return null, nil
		case r.syy == 0:
			return types.Float(1), nil
		}
		return types.Float((r.sxy_ * r.sxy_) / (r.sxx * r.syy)), nil
	case "regr_slope":
		if r.sxx == 0 {
			return null, nil
		}
		return types.Float(r.sxy_ / r.sxx), nil
	}
	if r.sxx == 0 {
		return null, nil
	}
	return types.Float((r.sy - r.sx*r.sxy_/r.sxx) / r.n), nil
}

type intervalSum struct {
	mean bool
	n    int64
	sum  interval.Interval
}

func (s *intervalSum) Step(c *Call) error {
	if c.Args[0].IsNull() {
		return nil
	}
	var err error
	s.n++
	s.sum, err = interval.Add(s.sum, types.IntervalOf(c.Args[0]))
	return err
}

func (s *intervalSum) Result(*Call) (types.Datum, error) {
	if s.n == 0 {
		return types.Datum{}, nil
	}
	v := s.sum
	if s.mean {
		var err error
		if v, err = v.Div(float64(s.n)); err != nil {
			return types.Datum{}, err
		}
	}
	return types.IntervalDatum(v), nil
}

type bitFold struct {
	f     func(a, b int64) int64
	some  bool
	value int64
}

func (b *bitFold) Step(c *Call) error {
	switch {
	case c.Args[0].IsNull():
	case b.some:
		b.value = b.f(b.value, c.Args[0].I)
	default:
		b.some, b.value = true, c.Args[0].I
	}
	return nil
}

func (b *bitFold) Result(*Call) (types.Datum, error) {
	if !b.some {
		return types.Datum{}, nil
	}
	return types.Int(b.value), nil
}
