package builtin

import (
	"math/bits"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

func bytesOf(s string) types.Datum { return types.Datum{Kind: types.KindBytes, S: s} }

// bytesTable declares functions of byte and bit strings beyond the most common.
func bytesTable() []entry {
	var list []entry
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	trim := func(front, back bool) Func {
		return func(c *Call) (types.Datum, error) {
			s, set := c.Args[0].S, c.Args[1].S
			for front && s != "" && strings.IndexByte(set, s[0]) >= 0 {
				s = s[1:]
			}
			for back && s != "" && strings.IndexByte(set, s[len(s)-1]) >= 0 {
				s = s[:len(s)-1]
			}
			return bytesOf(s), nil
		}
	}
	add(trim(true, false), "ltrim(bytea,bytea)")
	add(trim(false, true), "rtrim(bytea,bytea)")
	add(trim(true, true), "btrim(bytea,bytea)")
	add(test2(likeBytes, false), "like(bytea,bytea)", "bytealike(bytea,bytea)")
	add(test2(likeBytes, true), "notlike(bytea,bytea)", "byteanlike(bytea,bytea)")
	add(func(c *Call) (types.Datum, error) {
		d, err := likeEscape(latin(c.Args[0].S), latin(c.Args[1].S))
		if err != nil {
			return types.Datum{}, err
		}
		out := make([]byte, 0, len(d.S))
		for _, r := range d.S {
			out = append(out, byte(r))
		}
		return types.Bytes(out), nil
	}, "like_escape(bytea,bytea)")
	over := func(kind types.Kind) Func {
		return func(c *Call) (types.Datum, error) {
			s, with, start := c.Args[0].S, c.Args[1].S, c.Args[2].I
			n := int64(len(with))
			if len(c.Args) > 3 {
				n = c.Args[3].I
			}
			if start <= 0 {
				return types.Datum{}, errs.New("22011", "negative substring length not allowed")
			}
			if !fits(start+n, 4) {
				return types.Datum{}, outOfRange("integer")
			}
			head := s[:min(start-1, int64(len(s)))]
			tail := s[min(max(start-1+n, 0), int64(len(s))):]
			return types.Datum{Kind: kind, S: head + with + tail}, nil
		}
	}
	add(over(types.KindBytes), "overlay(bytea,bytea,int4)", "overlay(bytea,bytea,int4,int4)")
	add(over(types.KindText), "overlay(bit,bit,int4)", "overlay(bit,bit,int4,int4)")
	add(func(c *Call) (types.Datum, error) {
		n := 0
		for i := range len(c.Args[0].S) {
			n += bits.OnesCount8(c.Args[0].S[i])
		}
		return types.Int(int64(n)), nil
	}, "bit_count(bytea)")
	add(func(c *Call) (types.Datum, error) {
		if c.Args[0].S == "" {
			return types.Int(0), nil
		}
		return types.Int(int64(strings.Index(c.Args[0].S, c.Args[1].S) + 1)), nil
	}, "position(bit,bit)")
	bad := errs.New("22023", "new bit must be 0 or 1")
	add(func(c *Call) (types.Datum, error) {
		s, i, v := c.Args[0].S, c.Args[1].I, c.Args[2].I
		if i < 0 || i >= int64(len(s)) {
			return types.Datum{}, errs.New("2202E", "bit index %d out of valid range (0..%d)", i, len(s)-1)
		}
		if v != 0 && v != 1 {
			return types.Datum{}, bad
		}
		return types.Text(s[:i] + string(rune('0'+v)) + s[i+1:]), nil
	}, "set_bit(bit,int4,int4)")
	add(func(c *Call) (types.Datum, error) {
		s, i := c.Args[0].S, c.Args[1].I
		if i < 0 || i >= int64(len(s)) {
			return types.Datum{}, errs.New("2202E", "bit index %d out of valid range (0..%d)", i, len(s)-1)
		}
		return types.Int(int64(s[i] - '0')), nil
	}, "get_bit(bit,int4)")
	add(func(c *Call) (types.Datum, error) {
		b, i, v := []byte(c.Args[0].S), c.Args[1].I, c.Args[2].I
		if i < 0 || i >= int64(len(b))*8 {
			return types.Datum{}, errs.New("2202E", "index %d out of valid range, 0..%d", i, int64(len(b))*8-1)
		}
		if v != 0 && v != 1 {
			return types.Datum{}, bad
		}
		b[i/8] = b[i/8]&^(1<<(i%8)) | byte(v)<<(i%8)
		return types.Bytes(b), nil
	}, "set_bit(bytea,int8,int4)")
	for _, name := range []string{"and", "or", "xor"} {
		list = append(list, entry{sig: "bit_" + name + "(bit)", agg: func() Aggregate { return &bitStrings{name: name} }})
	}
	return list
}

// likeBytes is LIKE of byte strings, in which each byte is a character.
func likeBytes(s, pattern string) (bool, error) { return like(latin(s), latin(pattern)) }

// latin makes each byte a character.
func latin(s string) string {
	out := make([]rune, len(s))
	for i := range len(s) {
		out[i] = rune(s[i])
	}
	return string(out)
}

// bitStrings is bit_and and its like over bit strings.
type bitStrings struct {
	name string
	sum  []byte
}

func (b *bitStrings) Step(c *Call) error {
	if c.Args[0].IsNull() {
		return nil
	}
	s := c.Args[0].S
	if b.sum == nil {
		b.sum = append([]byte{}, s...)
		return nil
	}
	if len(s) != len(b.sum) {
		return errs.New("22026", "cannot %s bit strings of different sizes", strings.ToUpper(b.name))
	}
	for i := range b.sum {
		x, y := b.sum[i] == '1', s[i] == '1'
		r := x && y
		switch b.name {
		case "or":
			r = x || y
		case "xor":
			r = x != y
		}
		b.sum[i] = '0'
		if r {
			b.sum[i] = '1'
		}
	}
	return nil
}

func (b *bitStrings) Result(*Call) (types.Datum, error) {
	if b.sum == nil {
		return types.Datum{}, nil
	}
	return types.Text(string(b.sum)), nil
}
