package types

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// inLSN reads a log sequence number, two hexadecimal numbers, as it is printed.
func inLSN(text string) (Datum, error) {
	high, low, ok := strings.Cut(text, "/")
	if !ok || len(high) < 1 || len(high) > 8 || len(low) < 1 || len(low) > 8 {
		return Datum{}, invalidSyntax("pg_lsn", text)
	}
	h, err1 := strconv.ParseUint(high, 16, 32)
	l, err2 := strconv.ParseUint(low, 16, 32)
	if err1 != nil || err2 != nil {
		return Datum{}, invalidSyntax("pg_lsn", text)
	}
	return Text(fmt.Sprintf("%X/%X", h, l)), nil
}

func lsnOf(s string) uint64 {
	high, low, _ := strings.Cut(s, "/")
	h, _ := strconv.ParseUint(high, 16, 32)
	l, _ := strconv.ParseUint(low, 16, 32)
	return h<<32 | l
}

// inTID reads a row's place, "(block,offset)".
func inTID(text string) (Datum, error) {
	body, ok1 := strings.CutPrefix(text, "(")
	body, ok2 := strings.CutSuffix(body, ")")
	block, offset, ok3 := strings.Cut(body, ",")
	b, err1 := strconv.ParseUint(block, 10, 32)
	o, err2 := strconv.ParseUint(offset, 10, 16)
	if !ok1 || !ok2 || !ok3 || err1 != nil || err2 != nil {
		return Datum{}, invalidSyntax("tid", text)
	}
	return Text(fmt.Sprintf("(%d,%d)", b, o)), nil
}

// inXID8 reads a transaction's number as C's strtoul does: as far as it is one.
func inXID8(text string) Datum {
	s := trimSpace(text)
	negative := strings.HasPrefix(s, "-")
	s = strings.TrimLeft(s[:min(1, len(s))], "+-") + s[min(1, len(s)):]
	base := uint64(10)
	if strings.HasPrefix(s, "0") {
		base = 8
		if len(s) > 2 && s[1]|0x20 == 'x' && hexDigit(s[2]) >= 0 {
			base, s = 16, s[2:]
		}
	}
	var u uint64
	for i := 0; i < len(s); i++ {
		d := hexDigit(s[i])
		if d < 0 || uint64(d) >= base {
			break
		}
		if u > (math.MaxUint64-uint64(d))/base {
			return Int(-1)
		}
		u = u*base + uint64(d)
	}
	if negative {
		u = -u
	}
	return Int(int64(u))
}
