package builtin

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// bitTable declares the functions and operators of bit strings, which are stored as texts of 0 and 1.
func bitTable() []entry {
	two := func(name string, f func(a, b byte) bool) entry {
		return entry{sig: "bit" + name + "(bit,bit)", fn: func(c *Call) (types.Datum, error) {
			a, b := c.Args[0].S, c.Args[1].S
			if len(a) != len(b) {
				return types.Datum{}, errs.New("22026", "cannot %s bit strings of different sizes", strings.ToUpper(name))
			}
			out := []byte(a)
			for i := range out {
				out[i] = '0'
				if f(a[i], b[i]) {
					out[i] = '1'
				}
			}
			return types.Text(string(out)), nil
		}}
	}
	move := func(left bool) Func {
		return func(c *Call) (types.Datum, error) {
			s, n := c.Args[0].S, c.Args[1].I
			if !left {
				n = -n
			}
			switch size := int64(len(s)); {
			case n >= size || n <= -size:
				return types.Text(strings.Repeat("0", len(s))), nil
			case n >= 0:
				return types.Text(s[n:] + strings.Repeat("0", int(n))), nil
			default:
				return types.Text(strings.Repeat("0", int(-n)) + s[:size+n]), nil
			}
		}
	}
	return []entry{
		two("and", func(a, b byte) bool { return a == '1' && b == '1' }),
		two("or", func(a, b byte) bool { return a == '1' || b == '1' }),
		two("xor", func(a, b byte) bool { return a != b }),
		{sig: "bitnot(bit)", safe: true, fn: text1(func(s string) string { return strings.NewReplacer("0", "1", "1", "0").Replace(s) })},
		{sig: "bitcat(varbit,varbit)", safe: true, sql: "($1 || $2)"},
		{sig: "bitshiftleft(bit,int4)", safe: true, fn: move(true)},
		{sig: "bitshiftright(bit,int4)", safe: true, fn: move(false)},
		{sig: "length(bit)", safe: true, sql: "length($1)"},
		{sig: "bit_length(bit)", safe: true, sql: "length($1)"},
		{sig: "octet_length(bit)", safe: true, sql: "((length($1) + 7) / 8)"},
		{sig: "bit_count(bit)", safe: true, fn: func(c *Call) (types.Datum, error) {
			return types.Int(int64(strings.Count(c.Args[0].S, "1"))), nil
		}},
		{sig: "substring(bit,int4)", fn: subBits}, {sig: "substring(bit,int4,int4)", fn: subBits},
	}
}

func subBits(c *Call) (types.Datum, error) {
	d, err := subbytes(c)
	return types.Text(d.S), err
}
