package builtin

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/datetime"
	"github.com/basement-project/basement/internal/sql/types/numeric"
)

// numberedTable declares conversions that take a type's modifier, log positions, and functions that stand alone.
func numberedTable() []entry {
	var list []entry
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	for _, name := range []string{"numeric", "time", "timetz", "timestamp", "timestamptz"} {
		t := types.ByName(name)
		add(func(c *Call) (types.Datum, error) {
			if p := c.Args[1].I; p != -1 && (p < 0 || p > 6) && name != "numeric" && !strings.HasSuffix(c.Args[0].S, "infinity") {
				if strings.HasPrefix(name, "timestamp") {
					return types.Datum{}, errs.New("22023", "timestamp(%d) precision must be between 0 and 6", p)
				}
				return c.Args[0], nil
			}
			return types.Cast(t, t, int32(c.Args[1].I), c.Args[0], types.ExplicitCast, c.Env())
		}, name+"("+name+",int4)")
	}
	for _, name := range []string{"bpchar", "varchar", "bit", "varbit"} {
		t := types.ByName(name)
		add(func(c *Call) (types.Datum, error) {
			ctx := types.ImplicitCast
			if c.Args[2].Bool() {
				ctx = types.ExplicitCast
			}
			return types.Cast(t, t, int32(c.Args[1].I), c.Args[0], ctx, c.Env())
		}, name+"("+name+",int4,bool)")
	}
	for _, name := range []string{"int4", "int8"} {
		from, to := types.ByName(name), types.ByName("bit")
		add(func(c *Call) (types.Datum, error) {
			return types.Cast(from, to, int32(c.Args[1].I), c.Args[0], types.ExplicitCast, c.Env())
		}, "bit("+name+",int4)")
	}
	add(func(c *Call) (types.Datum, error) {
		r := c.Args[0].I + 1
		if !fits(r, 4) {
			return types.Datum{}, outOfRange("integer")
		}
		return types.Int(r), nil
	}, "int4inc(int4)")
	step := func(by int64) Func {
		return func(c *Call) (types.Datum, error) {
			r, ok := addInt(c.Args[0].I, by)
			if !ok {
				return types.Datum{}, outOfRange("bigint")
			}
			return types.Int(r), nil
		}
	}
	add(step(1), "int8inc(int8)", "int8inc_float8_float8(int8,float8,float8)")
	add(step(-1), "int8dec(int8)")
	add(number1e(func(n numeric.Num) (numeric.Num, error) { return numeric.Add(n, numeric.FromInt(1)) }), "numeric_inc(numeric)")
	add(func(c *Call) (types.Datum, error) {
		suffix := "_" + strconv.FormatUint(uint64(uint32(c.Args[1].I)), 10)
		name := c.Args[0].S
		for len(name)+len(suffix) > 63 {
			_, size := utf8.DecodeLastRuneInString(name)
			name = name[:len(name)-size]
		}
		return types.Text(name + suffix), nil
	}, "nameconcatoid(name,oid)")
	add(func(c *Call) (types.Datum, error) { return unistr(c.Args[0].S) }, "unistr(text)")
	add(func(c *Call) (types.Datum, error) { return sizeBytes(strings.Clone(c.Args[0].S)) }, "pg_size_bytes(text)")
	add(func(c *Call) (types.Datum, error) { return sizePrettyNumeric(number(c.Args[0])) }, "pg_size_pretty(numeric)")
	add(func(*Call) (types.Datum, error) {
		return types.Text(time.Now().UTC().Format("Mon Jan 02 15:04:05.000000 2006 MST")), nil
	}, "timeofday()")
	add(func(*Call) (types.Datum, error) { return types.Text("UTF8"), nil }, "getdatabaseencoding()")
	add(func(c *Call) (types.Datum, error) {
		i := types.IntervalOf(c.Args[0])
		return sleep(c, float64(i.Micros)/1e6+float64(i.Days)*86400+float64(i.Months)*30*86400)
	}, "pg_sleep_for(interval)")
	add(func(c *Call) (types.Datum, error) {
		return sleep(c, float64(types.TimestampOf(c.Args[0])-datetime.FromTime(time.Now()))/1e6)
	}, "pg_sleep_until(timestamptz)")
	for _, t := range []string{"pg_lsn", "xid8", "tid"} {
		list = append(list, entry{sig: "max(" + t + ")", agg: func() Aggregate { return &furthest{sign: 1} }},
			entry{sig: "min(" + t + ")", agg: func() Aggregate { return &furthest{sign: -1} }})
	}
	return append(list, lsnTable()...)
}

// unistr reads a text with escaped characters: \XXXX, \+XXXXXX, \uXXXX, \UXXXXXXXX.
func unistr(s string) (types.Datum, error) {
	var out strings.Builder
	high := rune(0)
	for i := 0; i < len(s); {
		if s[i] != '\\' {
			if high != 0 {
				return types.Datum{}, errs.New("42601", "invalid Unicode surrogate pair")
			}
			out.WriteByte(s[i])
			i++
			continue
		}
		if i+1 < len(s) && s[i+1] == '\\' {
			if high != 0 {
				return types.Datum{}, errs.New("42601", "invalid Unicode surrogate pair")
			}
			out.WriteByte('\\')
			i += 2
			continue
		}
		rest := s[i+1:]
		skip, n := 0, 4
		switch {
		case strings.HasPrefix(rest, "+"):
			skip, n = 1, 6
		case strings.HasPrefix(rest, "u"):
			skip = 1
		case strings.HasPrefix(rest, "U"):
			skip, n = 1, 8
		}
		if len(rest) < skip+n {
			return types.Datum{}, invalidEscape()
		}
		v, err := strconv.ParseUint(rest[skip:skip+n], 16, 32)
		if err != nil || strings.ContainsAny(rest[skip:skip+n], "+-_") {
			return types.Datum{}, invalidEscape()
		}
		r := rune(v)
		if v == 0 || v > utf8.MaxRune {
			return types.Datum{}, errs.New("22023", "invalid Unicode code point: %04X", v)
		}
		switch low := r >= 0xDC00 && r <= 0xDFFF; {
		case high != 0 && !low, high == 0 && low:
			return types.Datum{}, errs.New("42601", "invalid Unicode surrogate pair")
		case low:
			out.WriteRune(0x10000 + (high-0xD800)<<10 + r - 0xDC00)
			high = 0
		case r >= 0xD800 && r <= 0xDBFF:
			high = r
		default:
			out.WriteRune(r)
		}
		i += 1 + skip + n
	}
	if high != 0 {
		return types.Datum{}, errs.New("42601", "invalid Unicode surrogate pair")
	}
	return types.Text(out.String()), nil
}

func invalidEscape() error {
	return errs.New("42601", "invalid Unicode escape").WithHint("Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX.")
}

// sizeBytes reads a size with a unit: "1.5 GB".
func sizeBytes(text string) (types.Datum, error) {
	bad := func() *errs.Error { return errs.New("22023", "invalid size: \"%s\"", text) }
	s := strings.TrimLeft(text, " \t\n\v\f\r")
	end := 0
	if end < len(s) && (s[end] == '-' || s[end] == '+') {
		end++
	}
	digits := 0
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		end++
		digits++
	}
	if end < len(s) && s[end] == '.' {
		end++
		for end < len(s) && s[end] >= '0' && s[end] <= '9' {
			end++
			digits++
		}
	}
	if digits == 0 {
		return types.Datum{}, bad()
	}
	if end < len(s) && s[end]|0x20 == 'e' {
		k := end + 1
		if k < len(s) && (s[k] == '-' || s[k] == '+') {
			k++
		}
		first := k
		for k < len(s) && s[k] >= '0' && s[k] <= '9' {
			k++
		}
		if k > first {
			end = k
		}
	}
	n, err := numeric.Parse(s[:end])
	if err != nil {
		return types.Datum{}, err
	}
	unit := strings.Trim(s[end:], " \t\n\v\f\r")
	if unit != "" {
		power := strings.Index("|bytes|kb|mb|gb|tb|pb|", "|"+strings.ToLower(unit)+"|")
		if power < 0 || strings.Contains(unit, "|") {
			return types.Datum{}, bad().WithDetail("Invalid size unit: \"%s\".", unit).
				WithHint("Valid units are \"bytes\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\".")
		}
		shift := uint(0)
		if power > 0 {
			shift = uint(power-6)/3*10 + 10
		}
		by, _ := numeric.FromBig(new(big.Int).Lsh(big.NewInt(1), shift))
		if n, err = numeric.Mul(n, by); err != nil {
			return types.Datum{}, err
		}
	}
	i, ok := n.Round(0).ToInt()
	if !ok {
		return types.Datum{}, outOfRange("bigint")
	}
	return types.Int(i), nil
}

// sizePrettyNumeric is pg_size_pretty of numbers of any size.
func sizePrettyNumeric(n numeric.Num) (types.Datum, error) {
	units := []string{"bytes", "kB", "MB", "GB", "TB", "PB"}
	limit := numeric.FromInt(10 * 1024)
	bits := uint(0)
	for u, name := range units {
		if u == 1 {
			limit = numeric.FromInt(20*1024 - 1)
		}
		if u == len(units)-1 || numeric.Compare(n.Abs(), limit) < 0 {
			if u > 0 {
				// One more bit is there for rounding.
				half := numeric.FromInt(1)
				if n.Sign() < 0 {
					half = numeric.FromInt(-1)
				}
				sum, err := numeric.Add(n, half)
				if err != nil {
					return types.Datum{}, err
				}
				if n, err = numeric.DivTrunc(sum, numeric.FromInt(2)); err != nil {
					return types.Datum{}, err
				}
			}
			return types.Text(fmt.Sprintf("%s %s", n, name)), nil
		}
		step := int64(1024)
		if bits == 0 {
			step = 512
		}
		bits += 10
		var err error
		if n, err = numeric.DivTrunc(n, numeric.FromInt(step)); err != nil {
			return types.Datum{}, err
		}
	}
	return types.Datum{}, nil
}

// lsnTable declares arithmetic of log positions.
func lsnTable() []entry {
	at := func(d types.Datum) numeric.Num {
		high, low, _ := strings.Cut(d.S, "/")
		h, _ := strconv.ParseUint(high, 16, 32)
		l, _ := strconv.ParseUint(low, 16, 32)
		n, _ := numeric.FromBig(new(big.Int).SetUint64(h<<32 | l))
		return n
	}
	text := func(n numeric.Num, err error) (types.Datum, error) {
		if err != nil {
			return types.Datum{}, err
		}
		if n.IsInf() {
			return types.Datum{}, errs.New("0A000", "cannot convert infinity to pg_lsn")
		}
		b, ok := n.Round(0).Big()
		if !ok || !b.IsUint64() {
			return types.Datum{}, errs.New("22023", "pg_lsn out of range")
		}
		u := b.Uint64()
		return types.Text(fmt.Sprintf("%X/%X", u>>32, uint32(u))), nil
	}
	move := func(f func(a, b numeric.Num) (numeric.Num, error), word string, position int) Func {
		return func(c *Call) (types.Datum, error) {
			by := number(c.Args[1-position])
			if by.IsNaN() {
				return types.Datum{}, errs.New("0A000", "cannot %s pg_lsn", word)
			}
			return text(f(at(c.Args[position]), by))
		}
	}
	return []entry{
		{sig: "pg_lsn_mi(pg_lsn,pg_lsn)", fn: func(c *Call) (types.Datum, error) { return numberOut(numeric.Sub(at(c.Args[0]), at(c.Args[1]))) }},
		{sig: "pg_wal_lsn_diff(pg_lsn,pg_lsn)", fn: func(c *Call) (types.Datum, error) { return numberOut(numeric.Sub(at(c.Args[0]), at(c.Args[1]))) }},
		{sig: "pg_lsn_pli(pg_lsn,numeric)", fn: move(numeric.Add, "add NaN to", 0)},
		{sig: "numeric_pl_pg_lsn(numeric,pg_lsn)", fn: move(numeric.Add, "add NaN to", 1)},
		{sig: "pg_lsn_mii(pg_lsn,numeric)", fn: move(numeric.Sub, "subtract NaN from", 0)},
		{sig: "pg_lsn(numeric)", fn: func(c *Call) (types.Datum, error) {
			if number(c.Args[0]).IsNaN() {
				return types.Datum{}, errs.New("0A000", "cannot convert NaN to pg_lsn")
			}
			return text(number(c.Args[0]), nil)
		}},
	}
}

// furthest is max (sign 1) or min (-1) of a type whose order SQLite does not know.
type furthest struct {
	sign int
	best types.Datum
}

func (f *furthest) Step(c *Call) error {
	d := c.Args[0]
	if !d.IsNull() && (f.best.IsNull() || f.sign*types.Compare(c.Desc.Items[0].Type, d, f.best) > 0) {
		f.best = keep(d)
	}
	return nil
}

func (f *furthest) Result(*Call) (types.Datum, error) { return f.best, nil }
