package netaddr

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// Inet is an address of 4 or 16 bytes with the length of its network's prefix.
type Inet struct {
	Addr []byte
	Bits int
}

// Width is how many bits an address has.
func (n Inet) Width() int { return len(n.Addr) * 8 }

// Parse reads an inet, or a cidr, whose bits beyond the prefix must be zero.
func Parse(text string, cidr bool) (Inet, error) {
	name := "inet"
	if cidr {
		name = "cidr"
	}
	var n Inet
	var ok bool
	if strings.IndexByte(text, ':') >= 0 {
		n, ok = parse6(text)
	} else {
		n, ok = parse4(text, cidr)
	}
	if !ok {
		return Inet{}, errs.New("22P02", "invalid input syntax for type %s: \"%s\"", name, text)
	}
	if cidr && !bytes.Equal(n.Network().Addr, n.Addr) {
		return Inet{}, errs.New("22P02", "invalid cidr value: \"%s\"", text).WithDetail("Value has bits set to right of mask.")
	}
	return n, nil
}

// prefix reads the digits after the slash.
func prefix(s string, limit int) (int, bool) {
	if s == "" || len(s) > 3 || len(s) > 1 && s[0] == '0' && limit == 128 {
		return 0, false
	}
	n := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, n <= limit
}

func parse4(s string, cidr bool) (Inet, bool) {
	addr, mask, slash := strings.Cut(s, "/")
	bits := -1
	if slash {
		var ok bool
		if bits, ok = prefix(mask, 32); !ok {
			return Inet{}, false
		}
	}
	var out []byte
	if digits := ""; cidr && len(addr) > 2 && addr[0] == '0' && addr[1]|0x20 == 'x' {
		if digits = addr[2:]; len(digits)%2 == 1 {
			digits += "0"
		}
		b, err := hex.DecodeString(digits)
		if err != nil || len(b) > 4 {
			return Inet{}, false
		}
		// Networks may be written as hexadecimal digits.
		parts := make([]string, len(b))
		for i, x := range b {
			parts[i] = strconv.Itoa(int(x))
		}
		addr = strings.Join(parts, ".")
	}
	if !cidr && strings.Count(addr, ".") == 4 {
		addr = strings.TrimSuffix(addr, ".")
	}
	for _, part := range strings.Split(addr, ".") {
		if part == "" || len(out) == 4 {
			return Inet{}, false
		}
		v := 0
		for i := 0; i < len(part); i++ {
			if part[i] < '0' || part[i] > '9' {
				return Inet{}, false
			}
			if v = v*10 + int(part[i]-'0'); v > 255 {
				return Inet{}, false
			}
		}
		out = append(out, byte(v))
	}
	given := len(out)
	switch {
	case bits >= 0:
		// inet wants as many octets as the prefix says.
		if !cidr && bits/8 > given {
			return Inet{}, false
		}
	case !cidr:
		if given != 4 {
			return Inet{}, false
		}
		bits = 32
	default:
		// The prefix of old address classes, or of the octets given.
		switch first := out[0]; {
		case first >= 240:
			bits = 32
		case first >= 224:
			bits = 8
		case first >= 192:
			bits = 24
		case first >= 128:
			bits = 16
		default:
			bits = 8
		}
		bits = max(bits, given*8)
		if bits == 8 && out[0] == 224 {
			bits = 4
		}
	}
	for len(out) < 4 {
		out = append(out, 0)
	}
	return Inet{out, bits}, true
}

func parse6(s string) (Inet, bool) {
	addr, mask, slash := strings.Cut(s, "/")
	bits := 128
	if slash {
		var ok bool
		if bits, ok = prefix(mask, 128); !ok {
			return Inet{}, false
		}
	}
	a, err := netip.ParseAddr(addr)
	if err != nil || a.Zone() != "" || !a.Is6() {
		return Inet{}, false
	}
	b := a.As16()
	return Inet{b[:], bits}, true
}

// Host is the address alone.
func (n Inet) Host() string {
	if len(n.Addr) == 4 {
		return netip.AddrFrom4([4]byte(n.Addr)).String()
	}
	a := netip.AddrFrom16([16]byte(n.Addr))
	if bytes.Equal(n.Addr[:12], make([]byte, 12)) && (n.Addr[12] != 0 || n.Addr[13] != 0) {
		return "::" + netip.AddrFrom4([4]byte(n.Addr[12:])).String()
	}
	return a.String()
}

// Text is the address with its prefix.
func (n Inet) Text() string { return n.Host() + "/" + strconv.Itoa(n.Bits) }

// String is inet's output: the prefix is left out when it is the whole address.
func (n Inet) String() string {
	if n.Bits == n.Width() {
		return n.Host()
	}
	return n.Text()
}

func (n Inet) masked(fill byte) []byte {
	out := bytes.Clone(n.Addr)
	for i := range out {
		keep := min(max(n.Bits-i*8, 0), 8)
		mask := byte(0xff) << (8 - keep)
		out[i] = out[i]&mask | fill&^mask
	}
	return out
}

// Network is the address with the bits beyond the prefix cleared.
func (n Inet) Network() Inet { return Inet{n.masked(0), n.Bits} }

// Broadcast is the address with the bits beyond the prefix set.
func (n Inet) Broadcast() Inet { return Inet{n.masked(0xff), n.Bits} }

// Netmask is the prefix as an address.
func (n Inet) Netmask() Inet {
	m := Inet{bytes.Repeat([]byte{0xff}, len(n.Addr)), n.Bits}
	return Inet{m.masked(0), n.Width()}
}

// Hostmask is the reverse of Netmask.
func (n Inet) Hostmask() Inet {
	m := Inet{make([]byte, len(n.Addr)), n.Bits}
	return Inet{m.masked(0xff), n.Width()}
}

func comparePrefix(a, b []byte, bits int) int {
	whole := bits / 8
	if c := bytes.Compare(a[:whole], b[:whole]); c != 0 || bits%8 == 0 {
		return c
	}
	shift := 8 - bits%8
	return cmp.Compare(a[whole]>>shift, b[whole]>>shift)
}

// Compare orders addresses: the family, the common part of the networks, the prefix, the whole address.
func Compare(a, b Inet) int {
	if len(a.Addr) != len(b.Addr) {
		return cmp.Compare(len(a.Addr), len(b.Addr))
	}
	return cmp.Or(comparePrefix(a.Addr, b.Addr, min(a.Bits, b.Bits)), cmp.Compare(a.Bits, b.Bits), bytes.Compare(a.Addr, b.Addr))
}

// Contains is a >> b, or a >>= b when equal networks count too.
func Contains(a, b Inet, orEqual bool) bool {
	return len(a.Addr) == len(b.Addr) && (a.Bits < b.Bits || orEqual && a.Bits == b.Bits) && comparePrefix(a.Addr, b.Addr, a.Bits) == 0
}

// Overlaps is a && b.
func Overlaps(a, b Inet) bool {
	return len(a.Addr) == len(b.Addr) && comparePrefix(a.Addr, b.Addr, min(a.Bits, b.Bits)) == 0
}

// macForms are how a macaddr may be written: after how many digits (0 for any) each octet ends, and what stands between.
var macForms = []struct {
	width int
	seps  [5]string
}{
	{0, [5]string{":", ":", ":", ":", ":"}},
	{0, [5]string{"-", "-", "-", "-", "-"}},
	{2, [5]string{"", "", ":", "", ""}},
	{2, [5]string{"", "", "-", "", ""}},
	{2, [5]string{"", ".", "", ".", ""}},
	{2, [5]string{"", "-", "", "-", ""}},
	{2, [5]string{}},
}

// ParseMac reads a macaddr in any of its forms and gives its output.
func ParseMac(text string) (string, error) {
	for _, form := range macForms {
		var octets [6]uint64
		s, ok := text, true
		for i := range octets {
			if octets[i], s, ok = scanHex(s, form.width); !ok {
				break
			}
			if i < 5 {
				if s, ok = strings.CutPrefix(s, form.seps[i]); !ok {
					break
				}
			}
		}
		if !ok || strings.TrimLeft(s, " \t\n\v\f\r") != "" {
			continue
		}
		var out [6]byte
		for i, v := range octets {
			if v > 255 {
				return "", errs.New("22003", "invalid octet value in \"macaddr\" value: \"%s\"", text)
			}
			out[i] = byte(v)
		}
		return MacText(out[:]), nil
	}
	return "", errs.New("22P02", "invalid input syntax for type macaddr: \"%s\"", text)
}

// scanHex reads a hexadecimal number as C's scanf does: spaces before it, then a sign and 0x within its width.
func scanHex(s string, width int) (v uint64, rest string, ok bool) {
	s = strings.TrimLeft(s, " \t\n\v\f\r")
	if width == 0 {
		width = len(s)
	}
	i, negative := 0, false
	limit := min(width, len(s))
	if i < limit && (s[i] == '-' || s[i] == '+') {
		negative = s[i] == '-'
		i++
	}
	if i+1 < limit && s[i] == '0' && s[i+1]|0x20 == 'x' {
		i += 2
	}
	from := i
	for i < limit && (s[i] >= '0' && s[i] <= '9' || s[i]|0x20 >= 'a' && s[i]|0x20 <= 'f') {
		i++
	}
	v, err := strconv.ParseUint(s[from:i], 16, 32)
	if i == from {
		return 0, s, false
	}
	if err != nil || negative && v != 0 {
		v = 1 << 31
	}
	return v, s[i:], true
}

// MacText prints the bytes of a macaddr or macaddr8.
func MacText(b []byte) string {
	parts := make([]string, len(b))
	for i, c := range b {
		parts[i] = fmt.Sprintf("%02x", c)
	}
	return strings.Join(parts, ":")
}

// ParseMac8 reads a macaddr8; six bytes become eight with ff:fe in their middle.
func ParseMac8(text string) (string, error) {
	invalid := errs.New("22P02", "invalid input syntax for type macaddr8: \"%s\"", text)
	s := strings.Trim(text, " \t\n\v\f\r")
	var out []byte
	sep := byte(0)
	for s != "" {
		if len(s) < 2 || len(out) == 8 {
			return "", invalid
		}
		v, err := strconv.ParseUint(s[:2], 16, 8)
		if err != nil {
			return "", invalid
		}
		out = append(out, byte(v))
		s = s[2:]
		if s != "" && strings.IndexByte(":-.", s[0]) >= 0 {
			if sep != 0 && sep != s[0] || len(s) == 1 {
				return "", invalid
			}
			sep = s[0]
			s = s[1:]
		}
	}
	switch len(out) {
	case 6:
		out = append(out[:3:3], 0xff, 0xfe, out[3], out[4], out[5])
	case 8:
	default:
		return "", invalid
	}
	return MacText(out), nil
}

// Mac8ToMac is the reverse of the widening.
func Mac8ToMac(s string) (string, error) {
	if len(s) != 23 || s[9:14] != "ff:fe" {
		return "", errs.New("22003", "macaddr8 data out of range to convert to macaddr").
			WithHint("Only addresses that have FF and FE as values in the 4th and 5th bytes from the left, for example xx:xx:xx:ff:fe:xx:xx:xx, are eligible to be converted from macaddr8 to macaddr.")
	}
	return s[:9] + s[15:], nil
}

// Abbreviated is a network's short form: octets beyond the prefix are left out.
func (n Inet) Abbreviated() string {
	suffix := "/" + strconv.Itoa(n.Bits)
	if n.Width() == 32 {
		if n.Bits == 0 {
			return "0" + suffix
		}
		var parts []string
		for i := range (n.Bits + 7) / 8 {
			parts = append(parts, strconv.Itoa(int(n.Network().Addr[i])))
		}
		return strings.Join(parts, ".") + suffix
	}
	if n.Bits == 0 {
		return "::" + suffix
	}
	a := n.Network().Addr
	words := max((n.Bits+15)/16, 2)
	// The longest run of zero words is written as two colons.
	start, length := 0, 0
	for i := 0; i < words; i++ {
		j := i
		for j < words && a[2*j] == 0 && a[2*j+1] == 0 {
			j++
		}
		if j-i > length {
			start, length = i, j-i
		}
		if j > i {
			i = j
		}
	}
	out := ""
	for i := 0; i < words; i++ {
		if length > 0 && i >= start && i < start+length {
			if i == start {
				out += ":"
			}
			if i == words-1 {
				out += ":"
			}
			continue
		}
		if out != "" {
			out += ":"
		}
		out += strconv.FormatUint(uint64(a[2*i])<<8|uint64(a[2*i+1]), 16)
	}
	return out + suffix
}
