package types

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/float"
)

// isSpace is C's isspace.
func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

func trimSpace(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func invalidSyntax(typ, text string) *errs.Error {
	return errs.New("22P02", "invalid input syntax for type %s: \"%s\"", typ, text)
}

func outOfRange(typ, text string) *errs.Error {
	return errs.New("22003", "value \"%s\" is out of range for type %s", text, typ)
}

func inBool(text string) (Datum, error) {
	s := trimSpace(text)
	lower := strings.ToLower(s)
	for _, w := range [...]struct {
		word  string
		min   int
		value bool
	}{{"true", 1, true}, {"false", 1, false}, {"yes", 1, true}, {"no", 1, false}, {"on", 2, true}, {"off", 2, false}} {
		if len(lower) >= w.min && strings.HasPrefix(w.word, lower) {
			return Bool(w.value), nil
		}
	}
	switch lower {
	case "1":
		return Bool(true), nil
	case "0":
		return Bool(false), nil
	}
	return Datum{}, invalidSyntax("boolean", text)
}

// inInt reads a signed integer of 16, 32 or 64 bits: spaces around, a sign, decimal digits.
func inInt(text string, bits uint, typ string) (Datum, error) {
	s := text
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	neg := false
	if s != "" && (s[0] == '-' || s[0] == '+') {
		neg = s[0] == '-'
		s = s[1:]
	}
	if s == "" || s[0] < '0' || s[0] > '9' {
		return Datum{}, invalidSyntax(typ, text)
	}
	limit := uint64(1) << (bits - 1)
	if !neg {
		limit--
	}
	var u uint64
	over := false
	i := 0
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		// limit is at most 2^63, so ten times it may wrap: stop before.
		if !over {
			digit := uint64(s[i] - '0')
			if u > (limit-digit)/10 {
				over = true
				continue
			}
			u = u*10 + digit
		}
	}
	// PostgreSQL notices the overflow at the digit that makes it, before it looks at what follows the digits.
	if over {
		return Datum{}, outOfRange(typ, text)
	}
	for ; i < len(s); i++ {
		if !isSpace(s[i]) {
			return Datum{}, invalidSyntax(typ, text)
		}
	}
	if neg {
		return Int(-int64(u)), nil
	}
	return Int(int64(u)), nil
}

// inOID reads an unsigned 32-bit number, taking negative ones of 32 bits as their complement.
func inOID(text, typ string) (Datum, error) {
	s := trimSpace(text)
	if typ != "oid" {
		// xid and cid are read by strtoul alone, which takes what it can.
		base := 10
		if strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X") {
			base, s = 16, s[2:]
		} else if strings.HasPrefix(s, "0") {
			base = 8
		}
		end := 0
		for end < len(s) && end < 16 && strings.IndexByte("0123456789abcdef"[:base], s[end]|0x20) >= 0 {
			end++
		}
		u, _ := strconv.ParseUint(s[:end], base, 64)
		return Int(int64(uint32(u))), nil
	}
	neg := false
	digits := s
	if digits != "" && (digits[0] == '-' || digits[0] == '+') {
		neg = digits[0] == '-'
		digits = digits[1:]
	}
	end := 0
	for end < len(digits) && digits[end] >= '0' && digits[end] <= '9' {
		end++
	}
	u, err := strconv.ParseUint(digits[:end], 10, 64)
	if end > 0 && err != nil {
		return Datum{}, outOfRange("oid", text)
	}
	if end == 0 || end < len(digits) {
		return Datum{}, invalidSyntax("oid", text)
	}
	if !neg && u > math.MaxUint32 || neg && u > 1<<31 {
		return Datum{}, outOfRange("oid", text)
	}
	if neg {
		u = -u
	}
	return Int(int64(uint32(u))), nil
}

// inFloat reads a float4 or float8, also NaN, infinities and C's hexadecimal forms.
func inFloat(text string, bits int) (Datum, error) {
	typ := "double precision"
	if bits == 32 {
		typ = "real"
	}
	s := trimSpace(text)
	f, err := float.Parse(s, bits)
	if err == nil {
		return Float(f), nil
	}
	// What C reads of it may be out of range before the rest is looked at.
	for n := len(s); n > max(0, len(s)-400); n-- {
		_, err := float.Parse(s[:n], bits)
		if err == nil {
			break
		}
		if err == strconv.ErrRange {
			shown := s[:n]
			if bits == 32 {
				shown = text
			}
			return Datum{}, errs.New("22003", "\"%s\" is out of range for type %s", shown, typ)
		}
	}
	return Datum{}, invalidSyntax(typ, text)
}

// truncateName cuts a name to NAMEDATALEN-1 bytes, at a character's border.
func truncateName(s string) string { return clipBytes(s, 63) }

func clipBytes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// inChar reads the one-byte type "char"; a byte beyond ASCII is kept as it would be printed.
func inChar(text string) Datum {
	if len(text) == 4 && text[0] == '\\' && isOctal(text[1], '3') && isOctal(text[2], '7') && isOctal(text[3], '7') {
		return Text(charText((text[1]-'0')<<6 | (text[2]-'0')<<3 | (text[3] - '0')))
	}
	if text == "" {
		return Text("")
	}
	return Text(charText(text[0]))
}

func isOctal(c, top byte) bool { return c >= '0' && c <= top }

// charText is "char" as its output function prints it: PostgreSQL writes bytes beyond ASCII as \ooo.
func charText(c byte) string {
	switch {
	case c == 0:
		return ""
	case c < 0x80:
		return string(rune(c))
	}
	return string([]byte{'\\', c>>6 + '0', c>>3&7 + '0', c&7 + '0'})
}

func tooLong(typ string, n int) *errs.Error {
	return errs.New("22001", "value too long for type %s(%d)", typ, n)
}

// splitRunes cuts s after n characters.
func splitRunes(s string, n int) (head, tail string) {
	if len(s) <= n {
		return s, ""
	}
	for i := range s {
		if n == 0 {
			return s[:i], s[i:]
		}
		n--
	}
	return s, ""
}

func isBlank(s string) bool { return strings.Trim(s, " ") == "" }

// inVarchar also serves assignment: what is beyond the limit may only be spaces.
func inVarchar(text string, typmod int32) (Datum, error) {
	if typmod < 4 {
		return Text(text), nil
	}
	head, tail := splitRunes(text, int(typmod-4))
	if !isBlank(tail) {
		return Datum{}, tooLong("character varying", int(typmod-4))
	}
	return Text(head), nil
}

func inBPChar(text string, typmod int32) (Datum, error) {
	if typmod < 4 {
		return Text(text), nil
	}
	n := int(typmod - 4)
	head, tail := splitRunes(text, n)
	if !isBlank(tail) {
		return Datum{}, tooLong("character", n)
	}
	return Text(pad(head, n)), nil
}

func pad(s string, n int) string {
	if have := utf8.RuneCountInString(s); have < n {
		return s + strings.Repeat(" ", n-have)
	}
	return s
}
