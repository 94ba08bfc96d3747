package builtin

import (
	"bytes"
	"math/big"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/netaddr"
)

// networkArithmeticTable declares arithmetic of network and hardware addresses.
func networkArithmeticTable() []entry {
	var list []entry
	add := func(sig string, fn Func) { list = append(list, entry{sig: sig, fn: fn}) }
	inet, cidr := types.ByOID(types.InetOID), types.ByOID(types.CIDROID)
	add("abbrev(inet)", func(c *Call) (types.Datum, error) { return types.Text(types.InetOf(c.Args[0]).String()), nil })
	add("abbrev(cidr)", func(c *Call) (types.Datum, error) { return types.Text(types.InetOf(c.Args[0]).Abbreviated()), nil })
	add("set_masklen(cidr,int4)", func(c *Call) (types.Datum, error) {
		n, b := types.InetOf(c.Args[0]), c.Args[1].I
		if b == -1 {
			b = int64(n.Width())
		}
		if b < 0 || b > int64(n.Width()) {
			return types.Datum{}, errs.New("22023", "invalid mask length: %d", c.Args[1].I)
		}
		n.Bits = int(b)
		return types.InetDatum(cidr, n.Network()), nil
	})
	add("inet_merge(inet,inet)", func(c *Call) (types.Datum, error) {
		a, b := types.InetOf(c.Args[0]), types.InetOf(c.Args[1])
		if a.Width() != b.Width() {
			return types.Datum{}, errs.New("22023", "cannot merge addresses from different families")
		}
		n := 0
		for n < min(a.Bits, b.Bits) && (a.Addr[n/8]^b.Addr[n/8])>>(7-n%8)&1 == 0 {
			n++
		}
		a.Bits = n
		return types.InetDatum(cidr, a.Network()), nil
	})
	add("inetnot(inet)", func(c *Call) (types.Datum, error) {
		n := types.InetOf(c.Args[0])
		out := netaddr.Inet{Bits: n.Bits}
		for _, x := range n.Addr {
			out.Addr = append(out.Addr, ^x)
		}
		return types.InetDatum(inet, out), nil
	})
	both := func(name, word string, f func(a, b byte) byte) {
		add(name, func(c *Call) (types.Datum, error) {
			a, b := types.InetOf(c.Args[0]), types.InetOf(c.Args[1])
			if a.Width() != b.Width() {
				return types.Datum{}, errs.New("22023", "cannot %s inet values of different sizes", word)
			}
			out := netaddr.Inet{Bits: max(a.Bits, b.Bits)}
			for i := range a.Addr {
				out.Addr = append(out.Addr, f(a.Addr[i], b.Addr[i]))
			}
			return types.InetDatum(inet, out), nil
		})
	}
	and := func(a, b byte) byte { return a & b }
	or := func(a, b byte) byte { return a | b }
	both("inetand(inet,inet)", "AND", and)
	both("inetor(inet,inet)", "OR", or)
	plus := func(d types.Datum, by *big.Int) (types.Datum, error) {
		n := types.InetOf(d)
		sum := new(big.Int).Add(new(big.Int).SetBytes(n.Addr), by)
		if sum.Sign() < 0 || sum.BitLen() > n.Width() {
			return types.Datum{}, errs.New("22003", "result is out of range")
		}
		return types.InetDatum(inet, netaddr.Inet{Addr: sum.FillBytes(make([]byte, len(n.Addr))), Bits: n.Bits}), nil
	}
	add("inetpl(inet,int8)", func(c *Call) (types.Datum, error) { return plus(c.Args[0], big.NewInt(c.Args[1].I)) })
	add("int8pl_inet(int8,inet)", func(c *Call) (types.Datum, error) { return plus(c.Args[1], big.NewInt(c.Args[0].I)) })
	add("inetmi_int8(inet,int8)", func(c *Call) (types.Datum, error) {
		return plus(c.Args[0], big.NewInt(-c.Args[1].I))
	})
	add("inetmi(inet,inet)", func(c *Call) (types.Datum, error) {
		a, b := types.InetOf(c.Args[0]), types.InetOf(c.Args[1])
		if a.Width() != b.Width() {
			return types.Datum{}, errs.New("22023", "cannot subtract inet values of different sizes")
		}
		diff := new(big.Int).Sub(new(big.Int).SetBytes(a.Addr), new(big.Int).SetBytes(b.Addr))
		// The difference of long addresses is a signed number of their width.
		whole := new(big.Int).Lsh(big.NewInt(1), uint(a.Width()))
		diff.Mod(diff, whole)
		if a.Width() == 32 {
			diff.Sub(new(big.Int).SetBytes(a.Addr), new(big.Int).SetBytes(b.Addr))
		} else if diff.Bit(a.Width()-1) == 1 {
			diff.Sub(diff, whole)
		}
		if !diff.IsInt64() {
			return types.Datum{}, errs.New("22003", "result is out of range")
		}
		return types.Int(diff.Int64()), nil
	})
	for _, t := range []string{"macaddr", "macaddr8"} {
		mac := func(f func(a, b []byte) []byte) Func {
			return func(c *Call) (types.Datum, error) {
				var y []byte
				if len(c.Args) > 1 {
					y = macBytes(c.Args[1].S)
				}
				return types.Text(netaddr.MacText(f(macBytes(c.Args[0].S), y))), nil
			}
		}
		each := func(f func(a, b byte) byte) func(a, b []byte) []byte {
			return func(a, b []byte) []byte {
				for i := range a {
					y := byte(0)
					if b != nil {
						y = b[i]
					}
					a[i] = f(a[i], y)
				}
				return a
			}
		}
		add(t+"_and("+t+","+t+")", mac(each(and)))
		add(t+"_or("+t+","+t+")", mac(each(or)))
		add(t+"_not("+t+")", mac(each(func(a, _ byte) byte { return ^a })))
		add("trunc("+t+")", mac(func(a, _ []byte) []byte { clear(a[3:]); return a }))
	}
	add("macaddr8_set7bit(macaddr8)", func(c *Call) (types.Datum, error) {
		b := macBytes(c.Args[0].S)
		b[0] |= 2
		return types.Text(netaddr.MacText(b)), nil
	})
	return list
}

// macBytes reads a hardware address in output form.
func macBytes(s string) []byte {
	var out []byte
	for _, part := range strings.Split(s, ":") {
		v := 0
		for i := range len(part) {
			v = v<<4 | bytes.IndexByte([]byte("0123456789abcdef"), part[i])
		}
		out = append(out, byte(v))
	}
	return out
}
