package numeric

import (
	"strconv"
	"testing"

	"github.com/basement-project/basement/internal/sql/types/golden"
)

type binary func(a, b Num) (Num, error)

func op2(name, sql string, f binary) golden.Op {
	return golden.Op{Name: name, SQL: sql, Go: func(args []string) (string, bool, error) {
		a, err := Parse(args[0])
		if err != nil {
			return "", false, err
		}
		b, err := Parse(args[1])
		if err != nil {
			return "", false, err
		}
		n, err := f(a, b)
		return n.String(), true, err
	}}
}

func op1(name, sql string, f func(Num) (Num, error)) golden.Op {
	return golden.Op{Name: name, SQL: sql, Go: func(args []string) (string, bool, error) {
		a, err := Parse(args[0])
		if err != nil {
			return "", false, err
		}
		n, err := f(a)
		return n.String(), true, err
	}}
}

func opInt(name, sql string, f func(Num, int) (Num, error)) golden.Op {
	return golden.Op{Name: name, SQL: sql, Go: func(args []string) (string, bool, error) {
		a, err := Parse(args[0])
		if err != nil {
			return "", false, err
		}
		i, _ := strconv.Atoi(args[1])
		n, err := f(a, i)
		return n.String(), true, err
	}}
}

func plain(f func(Num) Num) func(Num) (Num, error) {
	return func(n Num) (Num, error) { return f(n), nil }
}

const one, two = "$1::text::numeric", "$2::text::numeric"

func ops() []golden.Op {
	return []golden.Op{
		op1("in", "select ("+one+")::text", plain(func(n Num) Num { return n })),
		op2("add", "select ("+one+" + "+two+")::text", Add),
		op2("sub", "select ("+one+" - "+two+")::text", Sub),
		op2("mul", "select ("+one+" * "+two+")::text", Mul),
		op2("div", "select ("+one+" / "+two+")::text", Div),
		op2("mod", "select ("+one+" % "+two+")::text", Mod),
		op2("divtrunc", "select div("+one+", "+two+")::text", DivTrunc),
		op2("gcd", "select gcd("+one+", "+two+")::text", func(a, b Num) (Num, error) { return GCD(a, b), nil }),
		op2("lcm", "select lcm("+one+", "+two+")::text", LCM),
		op2("power", "select power("+one+", "+two+")::text", Power),
		op2("log2", "select log("+one+", "+two+")::text", Log),
		op1("sqrt", "select sqrt("+one+")::text", Sqrt),
		op1("exp", "select exp("+one+")::text", Exp),
		op1("ln", "select ln("+one+")::text", Ln),
		op1("log10", "select log("+one+")::text", func(n Num) (Num, error) { return Log(FromInt(10), n) }),
		op1("ceil", "select ceil("+one+")::text", plain(Num.Ceil)),
		op1("floor", "select floor("+one+")::text", plain(Num.Floor)),
		op1("abs", "select abs("+one+")::text", plain(Num.Abs)),
		op1("neg", "select (-"+one+")::text", plain(Num.Neg)),
		op1("trim", "select trim_scale("+one+")::text", plain(Num.TrimScale)),
		opInt("round", "select round("+one+", $2::text::int)::text", func(n Num, i int) (Num, error) { return n.Round(i), nil }),
		opInt("trunc", "select trunc("+one+", $2::text::int)::text", func(n Num, i int) (Num, error) { return n.Trunc(i), nil }),
		{Name: "cmp", SQL: "select case when " + one + " < " + two + " then -1 when " + one + " > " + two + " then 1 else 0 end::text", Go: func(args []string) (string, bool, error) {
			a, _ := Parse(args[0])
			b, _ := Parse(args[1])
			c := Compare(a, b)
			if CompareText(a.String(), b.String()) != c {
				return "CompareText differs", true, nil
			}
			return strconv.Itoa(c), true, nil
		}},
		{Name: "tofloat8", SQL: "select (" + one + ")::float8::text", Go: toFloat(64)},
		{Name: "tofloat4", SQL: "select (" + one + ")::float4::text", Go: toFloat(32)},
		{Name: "fromfloat8", SQL: "select ($1::text::float8)::numeric::text", Go: fromFloat(64)},
		{Name: "fromfloat4", SQL: "select ($1::text::float4)::numeric::text", Go: fromFloat(32)},
	}
}

func toFloat(bits int) func([]string) (string, bool, error) {
	return func(args []string) (string, bool, error) {
		n, err := Parse(args[0])
		if err != nil {
			return "", false, err
		}
		f, err := n.ToFloat(bits)
		if err != nil {
			return "", false, err
		}
		text := strconv.FormatFloat(f, 'f', -1, bits)
		if len(text) > 12 || f != f || f > 1e300 || f < -1e300 {
			return "skip", true, nil
		}
		return text, true, nil
	}
}

func fromFloat(bits int) func([]string) (string, bool, error) {
	return func(args []string) (string, bool, error) {
		f, err := strconv.ParseFloat(args[0], bits)
		if err != nil {
			return "", false, err
		}
		return FromFloat(f, bits).String(), true, nil
	}
}

func TestGolden(t *testing.T) {
	values := []string{"0", "0.00", "1", "-1", "1.0", "2", "3", "-7", "10", "0.1", "0.5", "1.5", "2.5", "-2.5", "0.001", "-0.0001234", "99.99", "12345.678",
		"100000", "9999", "10000", "9999.9999", "123456789012345678", "18446744073709551615", "18446744073709551616", "-99999999999999999999.999",
		"123456789012345678901234567890.123456789", "0.00000000000000000001", "1e20", "1e-10", "NaN", "Infinity", "-Infinity", "4000000000000.5"}
	var cases []golden.Case
	for _, s := range append(values, "", " ", "abc", "1.2.3", "1e", "1e5", "1E-5", " 12 ", "+5", "-", "--1", ".", ".5", "5.", "-.5", "nan", "-nan", "inf", "-INFINITY", "infinit",
		"1 2", "1e999999999999", "1e-999999999999", "1e131071", "1e131072", "1e-16383", "1e-16384", "0e500", "000123.4500", "-0", "-0.00", "1e+3", "0x1", "1_000", "12e-3x", "\t5\n") {
		if len(s) < 6 || s[:4] != "1e13" {
			cases = append(cases, golden.Cross("in", []string{s})...)
		}
	}
	for _, op := range []string{"add", "sub", "mul", "div", "mod", "divtrunc", "gcd", "lcm", "cmp"} {
		cases = append(cases, golden.Cross(op, values, values)...)
	}
	for _, op := range []string{"sqrt", "ln", "log10", "ceil", "floor", "abs", "neg", "trim"} {
		cases = append(cases, golden.Cross(op, append(values, "0.95", "1.05", "0.9999999999", "1.1", "0.9", "1.00000", "10000.00", "12340000"))...)
	}
	cases = append(cases, golden.Cross("exp", []string{"0", "0.00", "1", "-1", "1.0", "2", "-7", "10", "0.5", "2.5", "100", "-100", "0.0001", "20.5", "999.99", "-999.99", "6000", "-6000", "NaN", "Infinity", "-Infinity", "1e20", "-1e20"})...)
	powers := []string{"0", "1", "-1", "2", "3", "-2", "0.5", "-0.5", "1.5", "10", "100", "-3", "2.0", "0.1", "33.333", "NaN", "Infinity", "-Infinity"}
	cases = append(cases, golden.Cross("power", append(powers, "12345.678", "0.001", "99.99", "1.000001", "-7.5"), append(powers, "-100", "57", "1000"))...)
	cases = append(cases, golden.Cross("power", []string{"10", "1.1", "0.5"}, []string{"5000", "-5000", "2147483648", "-2147483649", "12345.5"})...)
	cases = append(cases, golden.Cross("log2", []string{"2", "10", "0.5", "1", "3.7", "1.0001", "0", "-1", "NaN", "Infinity"}, []string{"64", "1000", "0.1", "1", "7", "123456789.123", "0", "-1", "NaN", "Infinity"})...)
	cases = append(cases, golden.Cross("round", values, []string{"0", "1", "2", "-1", "-2", "-5", "-25", "10", "30"})...)
	cases = append(cases, golden.Cross("trunc", values, []string{"0", "1", "-1", "-5", "-25", "30"})...)
	cases = append(cases, golden.Cross("fromfloat8", []string{"0", "1", "0.1", "123456789.123456789", "1e20", "1.5e-7", "-2.5", "1e300", "NaN", "Infinity", "0.30000000000000004", "100"})...)
	cases = append(cases, golden.Cross("fromfloat4", []string{"0", "1", "0.1", "123456.789", "1e20", "1.5e-7", "-2.5", "NaN"})...)
	golden.Run(t, "testdata/numeric.golden", "", ops(), cases)
}

func TestCompareTextAllocatesNothing(t *testing.T) {
	if n := testing.AllocsPerRun(100, func() { CompareText("123456.789", "-123456.7890") }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1", "-1.50", "1e10", ".5", "NaN", "1e-100", "123456789012345678901234567890"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := Parse(s)
		if err != nil {
			return
		}
		text := n.String()
		again, err := Parse(text)
		if err != nil || again.String() != text || Compare(n, again) != 0 || CompareText(text, again.String()) != 0 {
			t.Fatalf("%q gives %q, then %q, %v", s, text, again.String(), err)
		}
	})
}
