package types

import "github.com/basement-project/basement/internal/sql/types/netaddr"

func inInet(oid OID, text string) (Datum, error) {
	n, err := netaddr.Parse(text, oid == CIDROID)
	if err != nil {
		return Datum{}, err
	}
	return inetDatum(oid, n), nil
}

func inetDatum(oid OID, n netaddr.Inet) Datum {
	if oid == CIDROID {
		return Text(n.Text())
	}
	return Text(n.String())
}

// InetOf reads a stored inet or cidr.
func InetOf(d Datum) netaddr.Inet {
	n, _ := netaddr.Parse(d.S, false)
	return n
}

// InetDatum stores an inet or cidr.
func InetDatum(t *Type, n netaddr.Inet) Datum { return inetDatum(t.Underlying().OID, n) }

func castInet(to OID, s string) (Datum, bool, error) {
	n := InetOf(Text(s))
	switch to {
	case CIDROID:
		return Text(n.Network().Text()), true, nil
	case TextOID, VarcharOID, BPCharOID:
		return Text(n.Text()), true, nil
	}
	return Datum{}, false, nil
}

func castMac(to OID, s string) (Datum, bool, error) {
	switch to {
	case MacAddr8OID:
		out, err := netaddr.ParseMac8(s)
		return Text(out), true, err
	case MacAddrOID:
		out, err := netaddr.Mac8ToMac(s)
		return Text(out), true, err
	}
	return Datum{}, false, nil
}
