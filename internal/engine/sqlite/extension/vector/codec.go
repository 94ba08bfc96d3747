package vector

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// maxDims bounds the dimensions of vector and halfvec, maxSparse those of sparsevec.
const (
	maxDims    = 16000
	maxSparse  = 1000000000
	maxNonZero = 16000
)

// kind is one of the two dense types.
type kind struct {
	name string
	size int // bytes of an element
}

var (
	full = kind{"vector", 4}
	half = kind{"halfvec", 2}
)

// ordered turns a float's bits into a number with the float's order, floatOf turns it back.
func ordered(f float32) uint32 {
	u := math.Float32bits(f)
	return u ^ (uint32(int32(u)>>31) | 1<<31)
}

func floatOf(u uint32) float32 {
	return math.Float32frombits(u ^ (^uint32(int32(u)>>31) | 1<<31))
}

func (k kind) at(s string, i int) float32 {
	if k.size == 4 {
		p := s[4*i : 4*i+4]
		return floatOf(uint32(p[0])<<24 | uint32(p[1])<<16 | uint32(p[2])<<8 | uint32(p[3]))
	}
	u := uint16(s[2*i])<<8 | uint16(s[2*i+1])
	return fromHalf(u ^ (^uint16(int16(u)>>15) | 1<<15))
}

func (k kind) dims(s string) int { return len(s) / k.size }

func (k kind) decode(s string) []float32 {
	out := make([]float32, k.dims(s))
	for i := range out {
		out[i] = k.at(s, i)
	}
	return out
}

func (k kind) encode(v []float32) types.Datum {
	buf := make([]byte, 0, len(v)*k.size)
	for _, f := range v {
		if k.size == 4 {
			buf = binary.BigEndian.AppendUint32(buf, ordered(f))
		} else {
			u := toHalf(f)
			buf = binary.BigEndian.AppendUint16(buf, u^(uint16(int16(u)>>15)|1<<15))
		}
	}
	return types.Bytes(buf)
}

func fromHalf(h uint16) float32 {
	sign, exp, frac := uint32(h>>15)<<31, uint32(h>>10&31), uint32(h&1023)
	switch exp {
	case 0:
		f := float32(frac) / (1 << 24)
		if sign != 0 {
			f = -f
			if frac == 0 {
				return math.Float32frombits(sign)
			}
		}
		return f
	case 31:
		return math.Float32frombits(sign | 0xff<<23 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}

// toHalf rounds to the nearest half, ties to even; what is too large becomes infinite.
func toHalf(f float32) uint16 {
	u := math.Float32bits(f)
	sign := uint16(u >> 16 & 0x8000)
	exp, frac := int(u>>23&255)-112, u&0x7fffff
	switch {
	case exp >= 31:
		if exp == 143 && frac != 0 {
			return sign | 0x7e00
		}
		return sign | 0x7c00
	case exp <= 0:
		if exp < -10 {
			return sign
		}
		frac |= 1 << 23
		shift := uint(14 - exp)
		h, rest, tie := frac>>shift, frac&(1<<shift-1), uint32(1)<<(shift-1)
		if rest > tie || rest == tie && h&1 == 1 {
			h++
		}
		return sign | uint16(h)
	}
	h := uint32(exp)<<10 | frac>>13
	if rest := frac & 0x1fff; rest > 0x1000 || rest == 0x1000 && h&1 == 1 {
		h++
	}
	return sign | uint16(h)
}

// checked refuses what is no element, and too few or too many.
func (k kind) checked(v []float32) error {
	if len(v) < 1 {
		return errs.New("22000", "%s must have at least 1 dimension", k.name)
	}
	if len(v) > maxDims {
		return errs.New("54000", "%s cannot have more than %d dimensions", k.name, maxDims)
	}
	for _, f := range v {
		if err := element(float64(f), k.name); err != nil {
			return err
		}
	}
	return nil
}

func element(f float64, name string) error {
	if f != f {
		return errs.New("22000", "NaN not allowed in %s", name)
	}
	if math.IsInf(f, 0) {
		return errs.New("22000", "infinite value not allowed in %s", name)
	}
	return nil
}

func (k kind) native() *types.Native {
	return &types.Native{Key: "vector." + k.name, Declared: "BLOB",
		In: func(text string, _ *types.Env) (types.Datum, error) { return k.read(text) },
		Out: func(d types.Datum) string {
			return string(k.print(d.S))
		},
		TypmodIn: dimensions(k.name, maxDims), TypmodOut: func(m int32) string { return "(" + strconv.Itoa(int(m)) + ")" },
		Limit: func(d types.Datum, typmod int32) (types.Datum, error) { return d, k.limit(d, typmod) },
	}
}

func dimensions(name string, most int32) func([]int32) (int32, error) {
	return func(mods []int32) (int32, error) {
		switch {
		case len(mods) != 1:
			return 0, errs.New("22023", "invalid type modifier")
		case mods[0] < 1:
			return 0, errs.New("22023", "dimensions for type %s must be at least 1", name)
		case mods[0] > most:
			return 0, errs.New("22023", "dimensions for type %s cannot exceed %d", name, most)
		}
		return mods[0], nil
	}
}

func (k kind) limit(d types.Datum, typmod int32) error {
	if n := k.dims(d.S); typmod >= 0 && n != int(typmod) {
		return errs.New("22000", "expected %d dimensions, not %d", typmod, n)
	}
	return nil
}

func (k kind) print(s string) []byte {
	buf := []byte{'['}
	for i := range k.dims(s) {
		if i > 0 {
			buf = append(buf, ',')
		}
		buf = types.AppendFloat(buf, float64(k.at(s, i)), 32)
	}
	return append(buf, ']')
}

const blanks = " \t\n\r\v\f"

func (k kind) read(text string) (types.Datum, error) {
	syntax := func(detail string) (types.Datum, error) {
		e := errs.New("22P02", "invalid input syntax for type %s: \"%s\"", k.name, text)
		if detail != "" {
			e = e.WithDetail("%s", detail)
		}
		return types.Datum{}, e
	}
	s := strings.TrimLeft(text, blanks)
	if !strings.HasPrefix(s, "[") {
		return syntax(`Vector contents must start with "[".`)
	}
	s = strings.TrimLeft(s[1:], blanks)
	if strings.HasPrefix(s, "]") {
		return types.Datum{}, errs.New("22000", "%s must have at least 1 dimension", k.name)
	}
	v := make([]float32, 0, 16)
	for {
		if len(v) == maxDims {
			return types.Datum{}, errs.New("54000", "%s cannot have more than %d dimensions", k.name, maxDims)
		}
		s = strings.TrimLeft(s, blanks)
		n := strings.IndexAny(s, ",]"+blanks)
		if n < 0 {
			n = len(s)
		}
		if n == 0 {
			return syntax("")
		}
		f, err := strconv.ParseFloat(s[:n], 32)
		if err != nil && !math.IsInf(f, 0) {
			return syntax("")
		}
		if k.size == 2 && !math.IsInf(f, 0) && f == f {
			f = float64(fromHalf(toHalf(float32(f))))
		}
		if math.IsInf(f, 0) && !strings.Contains(strings.ToLower(s[:n]), "inf") {
			return types.Datum{}, errs.New("22003", "\"%s\" is out of range for type %s", s[:n], k.name)
		}
		if err := element(f, k.name); err != nil {
			return types.Datum{}, err
		}
		v = append(v, float32(f))
		s = strings.TrimLeft(s[n:], blanks)
		if s == "" {
			return syntax("")
		}
		if s[0] == ']' {
			break
		}
		if s[0] != ',' {
			return syntax("")
		}
		s = s[1:]
	}
	if strings.TrimLeft(s[1:], blanks) != "" {
		return syntax("Junk after closing right brace.")
	}
	return k.encode(v), nil
}
