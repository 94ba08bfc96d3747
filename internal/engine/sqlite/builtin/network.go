package builtin

import (
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/netaddr"
)

// networkTable declares the functions and operators of inet and cidr.
func networkTable() []entry {
	var list []entry
	safe := func(sig string, fn Func) { list = append(list, entry{sig: sig, fn: fn, safe: true}) }
	inet, cidr := types.ByOID(types.InetOID), types.ByOID(types.CIDROID)
	one := func(f func(n netaddr.Inet) types.Datum) Func {
		return func(c *Call) (types.Datum, error) { return f(types.InetOf(c.Args[0])), nil }
	}
	two := func(f func(a, b netaddr.Inet) bool) Func {
		return func(c *Call) (types.Datum, error) {
			return types.Bool(f(types.InetOf(c.Args[0]), types.InetOf(c.Args[1]))), nil
		}
	}
	safe("network_sub(inet,inet)", two(func(a, b netaddr.Inet) bool { return netaddr.Contains(b, a, false) }))
	safe("network_subeq(inet,inet)", two(func(a, b netaddr.Inet) bool { return netaddr.Contains(b, a, true) }))
	safe("network_sup(inet,inet)", two(func(a, b netaddr.Inet) bool { return netaddr.Contains(a, b, false) }))
	safe("network_supeq(inet,inet)", two(func(a, b netaddr.Inet) bool { return netaddr.Contains(a, b, true) }))
	safe("network_overlap(inet,inet)", two(netaddr.Overlaps))
	safe("inet_same_family(inet,inet)", two(func(a, b netaddr.Inet) bool { return a.Width() == b.Width() }))
	safe("host(inet)", one(func(n netaddr.Inet) types.Datum { return types.Text(n.Host()) }))
	safe("masklen(inet)", one(func(n netaddr.Inet) types.Datum { return types.Int(int64(n.Bits)) }))
	safe("family(inet)", one(func(n netaddr.Inet) types.Datum {
		if n.Width() == 32 {
			return types.Int(4)
		}
		return types.Int(6)
	}))
	safe("network(inet)", one(func(n netaddr.Inet) types.Datum { return types.InetDatum(cidr, n.Network()) }))
	safe("broadcast(inet)", one(func(n netaddr.Inet) types.Datum { return types.InetDatum(inet, n.Broadcast()) }))
	safe("netmask(inet)", one(func(n netaddr.Inet) types.Datum { return types.InetDatum(inet, n.Netmask()) }))
	safe("hostmask(inet)", one(func(n netaddr.Inet) types.Datum { return types.InetDatum(inet, n.Hostmask()) }))
	return list
}
