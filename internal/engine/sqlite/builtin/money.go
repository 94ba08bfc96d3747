package builtin

import (
	"math"
	"strings"

	"github.com/basement-project/basement/internal/sql/types"
)

// moneyTable declares arithmetic of amounts, which are cents.
func moneyTable() []entry {
	var list []entry
	add := func(f func(a, b types.Datum) (types.Datum, error), sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: func(c *Call) (types.Datum, error) { return f(c.Args[0], c.Args[1]) }})
		}
	}
	within := func(i int64, ok bool) (types.Datum, error) {
		if !ok {
			return types.Datum{}, outOfRange("money")
		}
		return types.Int(i), nil
	}
	add(func(a, b types.Datum) (types.Datum, error) { return within(addInt(a.I, b.I)) }, "cash_pl(money,money)")
	add(func(a, b types.Datum) (types.Datum, error) { return within(subInt(a.I, b.I)) }, "cash_mi(money,money)")
	add(func(a, b types.Datum) (types.Datum, error) {
		if b.I == 0 {
			return types.Datum{}, errDivision
		}
		return types.Float(float64(a.I) / float64(b.I)), nil
	}, "cash_div_cash(money,money)")
	for _, t := range []string{"int2", "int4", "int8"} {
		times := func(a, b types.Datum) (types.Datum, error) { return within(mulInt(a.I, b.I)) }
		add(times, "cash_mul_"+t+"(money,"+t+")", t+"_mul_cash("+t+",money)")
		add(func(a, b types.Datum) (types.Datum, error) {
			if b.I == 0 {
				return types.Datum{}, errDivision
			}
			if b.I == -1 {
				return within(subInt(0, a.I))
			}
			return types.Int(a.I / b.I), nil
		}, "cash_div_"+t+"(money,"+t+")")
	}
	for t, name := range map[string]string{"float4": "flt4", "float8": "flt8"} {
		amount := func(f float64, over bool) (types.Datum, error) {
			if math.IsInf(f, 0) && over {
				return types.Datum{}, errOverflow
			}
			f = math.RoundToEven(f)
			return within(int64(f), f >= math.MinInt64 && f < 1<<63)
		}
		add(func(a, b types.Datum) (types.Datum, error) {
			return amount(float64(a.I)*b.Float(), !math.IsInf(b.Float(), 0))
		}, "cash_mul_"+name+"(money,"+t+")")
		add(func(a, b types.Datum) (types.Datum, error) {
			return amount(a.Float()*float64(b.I), !math.IsInf(a.Float(), 0))
		}, name+"_mul_cash("+t+",money)")
		add(func(a, b types.Datum) (types.Datum, error) {
			if b.Float() == 0 {
				return types.Datum{}, errDivision
			}
			return amount(float64(a.I)/b.Float(), true)
		}, "cash_div_"+name+"(money,"+t+")")
	}
	list = append(list, entry{sig: "cash_words(money)", fn: func(c *Call) (types.Datum, error) { return types.Text(amountInWords(c.Args[0].I)), nil }},
		entry{sig: "sum(money)", agg: func() Aggregate { return &moneySum{} }})
	return list
}

type moneySum struct {
	sum  int64
	some bool
}

func (m *moneySum) Step(c *Call) error {
	if !c.Args[0].IsNull() {
		m.sum, m.some = m.sum+c.Args[0].I, true
	}
	return nil
}

func (m *moneySum) Result(*Call) (types.Datum, error) {
	if !m.some {
		return types.Datum{}, nil
	}
	return types.Int(m.sum), nil
}

var smallNumbers = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty")
var tens = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")

// numberInWords is a number below 1000.
func numberInWords(n uint64) string {
	tu := n % 100
	switch {
	case n <= 20:
		return smallNumbers[n]
	case tu == 0:
		return smallNumbers[n/100] + " hundred"
	case n > 99:
		head := smallNumbers[n/100] + " hundred "
		switch {
		case n%10 == 0 && tu > 10:
			return head + tens[tu/10]
		case tu < 20:
			return head + "and " + smallNumbers[tu]
		}
		return head + tens[tu/10] + " " + smallNumbers[tu%10]
	case n%10 == 0 && tu > 10:
		return tens[tu/10]
	case tu < 20:
		return smallNumbers[tu]
	}
	return tens[tu/10] + " " + smallNumbers[tu%10]
}

func amountInWords(cents int64) string {
	out := ""
	if cents < 0 {
		out = "minus "
	}
	v := magnitude(cents)
	whole := v / 100
	if whole == 0 {
		out += "zero"
	}
	for i, name := range []string{" quadrillion ", " trillion ", " billion ", " million ", " thousand ", ""} {
		by := uint64(1)
		for range 5 - i {
			by *= 1000
		}
		if part := whole / by % 1000; part > 0 {
			out += numberInWords(part) + name
		}
	}
	if whole == 1 {
		out += " dollar and "
	} else {
		out += " dollars and "
	}
	out += numberInWords(v % 100)
	if v%100 == 1 {
		out += " cent"
	} else {
		out += " cents"
	}
	return strings.ToUpper(out[:1]) + out[1:]
}
