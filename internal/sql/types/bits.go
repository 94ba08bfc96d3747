package types

import (
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
)

// inBits reads a bit string: digits 0 and 1, perhaps after a b, or hexadecimal digits after an x.
func inBits(oid OID, typmod int32, text string) (Datum, error) {
	s := text
	isHex := false
	if s != "" && s[0]|0x20 == 'b' {
		s = s[1:]
	} else if s != "" && s[0]|0x20 == 'x' {
		s, isHex = s[1:], true
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case !isHex && (c == '0' || c == '1'):
			out.WriteByte(c)
		case isHex && hexDigit(c) >= 0:
			out.WriteString(bitsOf(int64(hexDigit(c)), 4))
		default:
			_, size := utf8.DecodeRuneInString(s[i:])
			base := "binary"
			if isHex {
				base = "hexadecimal"
			}
			return Datum{}, errs.New("22P02", "\"%s\" is not a valid %s digit", s[i:i+size], base)
		}
	}
	return limitBits(oid, out.String(), typmod, false)
}

// bitsOf writes the low n bits of i.
func bitsOf(i int64, n int) string {
	b := make([]byte, n)
	for k := range b {
		b[k] = byte('0' + i>>min(n-1-k, 63)&1)
	}
	return string(b)
}

// limitBits applies bit(n) or bit varying(n); an explicit cast cuts and fills at the right.
func limitBits(oid OID, s string, typmod int32, explicit bool) (Datum, error) {
	n := int(typmod)
	if n <= 0 || len(s) == n || oid == VarbitOID && len(s) < n {
		return Text(s), nil
	}
	if !explicit {
		if oid == BitOID {
			return Datum{}, errs.New("22026", "bit string length %d does not match type bit(%d)", len(s), n)
		}
		return Datum{}, errs.New("22001", "bit string too long for type bit varying(%d)", n)
	}
	if len(s) > n {
		return Text(s[:n]), nil
	}
	return Text(s + strings.Repeat("0", n-len(s))), nil
}

func castBits(to OID, s string) (Datum, bool, error) {
	n, name := 32, "integer"
	if to == Int8OID {
		n, name = 64, "bigint"
	} else if to != Int4OID {
		return Datum{}, false, nil
	}
	if len(s) > n {
		return Datum{}, true, numberRange(name)
	}
	var u uint64
	for i := 0; i < len(s); i++ {
		u = u<<1 | uint64(s[i]-'0')
	}
	if n == 32 {
		return Int(int64(int32(uint32(u)))), true, nil
	}
	return Int(int64(u)), true, nil
}
