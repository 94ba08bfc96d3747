package builtin

import (
	"fmt"
	"math"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/array"
	"github.com/basement-project/basement/internal/sql/types/netaddr"
)

// miscTable declares what belongs to no other subject.
func miscTable() []entry {
	var list []entry
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	typed := func(sig string, fn Func) { list = append(list, entry{sig: sig, fn: fn, typed: true, safe: true}) }
	nulls := func(null bool) Func {
		return func(c *Call) (types.Datum, error) {
			n := int64(0)
			for _, d := range c.Args {
				if d.IsNull() == null {
					n++
				}
			}
			return types.Int(n), nil
		}
	}
	typed("num_nulls(any)", nulls(true))
	typed("num_nonnulls(any)", nulls(false))

	nothing := func(*Call) (types.Datum, error) { return types.Text(""), nil }
	add(nothing, "setseed(float8)")
	add(func(c *Call) (types.Datum, error) { return sleep(c, c.Args[0].Float()) }, "pg_sleep(float8)")
	add(func(c *Call) (types.Datum, error) {
		tx, err := c.inEngine()
		if err != nil {
			return types.Int(0), nil
		}
		return types.Int(int64(tx.TriggerDepth)), nil
	}, "pg_trigger_depth()")
	add(func(c *Call) (types.Datum, error) { return types.Text(sizePretty(c.Args[0].I)), nil }, "pg_size_pretty(int8)")
	add(func(c *Call) (types.Datum, error) {
		r := c.Snapshot().RelationByOID(types.OID(c.Args[0].I))
		tx, err := c.inEngine()
		if err != nil || r == nil {
			return types.Datum{}, err
		}
		return types.Bool(r.RowSecurity && !c.Snapshot().BypassesRLS(tx.Role()) && (r.ForceRowSecurity || !c.Snapshot().Inherits(tx.Role(), r.Owner))), nil
	}, "row_security_active(oid)")

	add(func(c *Call) (types.Datum, error) {
		form := "NFC"
		if len(c.Args) > 1 {
			form = strings.ToUpper(c.Args[1].S)
		}
		f, ok := map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}[form]
		if !ok {
			return types.Datum{}, errs.New("22023", "invalid normalization form: %s", strings.Clone(c.Args[1].S))
		}
		return types.Text(f.String(c.Args[0].S)), nil
	}, "normalize(text,text)")
	add(func(c *Call) (types.Datum, error) {
		f, ok := map[string]norm.Form{"NFC": norm.NFC, "NFD": norm.NFD, "NFKC": norm.NFKC, "NFKD": norm.NFKD}[strings.ToUpper(c.Args[1].S)]
		if !ok {
			return types.Datum{}, errs.New("22023", "invalid normalization form: %s", strings.Clone(c.Args[1].S))
		}
		return types.Bool(f.IsNormalString(c.Args[0].S)), nil
	}, "is_normalized(text,text)")
	add(parseIdent, "parse_ident(text,bool)")

	add(func(c *Call) (types.Datum, error) {
		s, i := c.Args[0].S, c.Args[1].I
		if i < 0 || i >= int64(len(s))*8 {
			return types.Datum{}, errs.New("2202E", "index %d out of valid range, 0..%d", i, int64(len(s))*8-1)
		}
		return types.Int(int64(s[i/8] >> (i % 8) & 1)), nil
	}, "get_bit(bytea,int8)")
	add(func(c *Call) (types.Datum, error) {
		b, i := []byte(c.Args[0].S), c.Args[1].I
		if i < 0 || i >= int64(len(b)) {
			return types.Datum{}, errs.New("2202E", "index %d out of valid range, 0..%d", i, len(b)-1)
		}
		b[i] = byte(c.Args[2].I)
		return types.Bytes(b), nil
	}, "set_byte(bytea,int4,int4)")
	add(func(c *Call) (types.Datum, error) {
		return types.Int(int64(strings.Index(c.Args[0].S, c.Args[1].S) + 1)), nil
	}, "position(bytea,bytea)")
	add(func(c *Call) (types.Datum, error) {
		n := types.InetOf(c.Args[0])
		bits := c.Args[1].I
		if bits == -1 {
			bits = int64(n.Width())
		}
		if bits < 0 || bits > int64(n.Width()) {
			return types.Datum{}, errs.New("22023", "invalid mask length: %d", bits)
		}
		return types.InetDatum(types.ByOID(types.InetOID), netaddr.Inet{Addr: n.Addr, Bits: int(bits)}), nil
	}, "set_masklen(inet,int4)")

	typed("row_to_json(record,bool)", toJSON(false))
	typed("array_to_json(anyarray,bool)", func(c *Call) (types.Datum, error) {
		d, err := toJSON(false)(c)
		if err != nil || !c.Args[1].Bool() {
			return d, err
		}
		// The pretty form has a line for each element of the outermost array.
		var b strings.Builder
		b.WriteByte('[')
		first := true
		jsonMembers(d.S, func(_, value string) bool {
			if !first {
				b.WriteString(",\n ")
			}
			first = false
			b.WriteString(value)
			return true
		})
		b.WriteByte(']')
		return types.Text(b.String()), nil
	})
	typed("width_bucket(anycompatible,anycompatiblearray)", bucketOf)
	return list
}

// sleep waits, at most until the statement is cancelled.
func sleep(c *Call, seconds float64) (types.Datum, error) {
	tx, err := c.inEngine()
	if err != nil || !(seconds > 0) {
		return types.Text(""), err
	}
	timer := time.NewTimer(time.Duration(math.Min(seconds, 86400) * float64(time.Second)))
	defer timer.Stop()
	select {
	case <-timer.C:
		return types.Text(""), nil
	case <-tx.Context.Done():
		return types.Datum{}, errs.New("57014", "canceling statement due to user request")
	}
}

func sizePretty(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB", "PB"}
	u, rounded := 0, false
	v := n
	for u+1 < len(units) && magnitude(v) >= map[bool]uint64{false: 10 * 1024, true: 20*1024 - 1}[u > 0] {
		// From kilobytes on the value carries one more bit, for rounding.
		if u == 0 {
			v /= 512
		} else {
			v /= 1024
		}
		rounded = true
		u++
	}
	if rounded {
		if v >= 0 {
			v = (v + 1) / 2
		} else {
			v = (v - 1) / 2
		}
	}
	return fmt.Sprintf("%d %s", v, units[u])
}

// parseIdent splits a qualified name into its parts.
func parseIdent(c *Call) (types.Datum, error) {
	text := strings.Clone(c.Args[0].S)
	bad := func(detail string) error {
		e := errs.New("22023", "string is not a valid identifier: \"%s\"", text)
		e.Detail = detail
		return e
	}
	s := strings.TrimLeft(text, " \t\n\r\f")
	var parts []array.Elem
	for {
		part := ""
		switch {
		case strings.HasPrefix(s, `"`):
			end := 1
			for {
				i := strings.IndexByte(s[end:], '"')
				if i < 0 {
					return types.Datum{}, bad("String has unclosed double quotes.")
				}
				end += i + 1
				if !strings.HasPrefix(s[end:], `"`) {
					break
				}
				end++
			}
			part = strings.ReplaceAll(s[1:end-1], `""`, `"`)
			if part == "" {
				return types.Datum{}, bad("Quoted identifier must not be empty.")
			}
			s = s[end:]
		default:
			n := 0
			for i, r := range s {
				ok := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r >= utf8.RuneSelf || i > 0 && (r >= '0' && r <= '9' || r == '$')
				if !ok {
					break
				}
				n = i + utf8.RuneLen(r)
			}
			if n == 0 {
				switch {
				case len(parts) == 0 && s == "", len(parts) == 0:
					if strings.HasPrefix(s, ".") {
						return types.Datum{}, bad("No valid identifier before \".\".")
					}
					return types.Datum{}, bad("")
				}
				return types.Datum{}, bad("No valid identifier after \".\".")
			}
			part = strings.Map(func(r rune) rune {
				if r >= 'A' && r <= 'Z' {
					r += 'a' - 'A'
				}
				return r
			}, s[:n])
			s = s[n:]
		}
		parts = append(parts, array.Elem{Text: part})
		s = strings.TrimLeft(s, " \t\n\r\f")
		if !strings.HasPrefix(s, ".") {
			break
		}
		s = strings.TrimLeft(s[1:], " \t\n\r\f")
	}
	if s != "" && c.Args[1].Bool() {
		return types.Datum{}, bad("")
	}
	return types.Text(array.New(parts).String()), nil
}
