package builtin

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/bits"
	"strings"

	"github.com/basement-project/basement/internal/sql/types"
)

// hashTable declares PostgreSQL's hash functions, which queries use to spread rows and to make lock numbers.
func hashTable() []entry {
	var list []entry
	add := func(name, extended, typ string, key func(d types.Datum) hashKey) {
		list = append(list,
			entry{sig: name + "(" + typ + ")", safe: true, fn: func(c *Call) (types.Datum, error) {
				k := key(c.Args[0])
				if k.none {
					return types.Int(0), nil
				}
				return types.Int(int64(int32(uint32(k.hash(0))))), nil
			}},
			entry{sig: extended + "(" + typ + ",int8)", safe: true, fn: func(c *Call) (types.Datum, error) {
				k := key(c.Args[0])
				if k.none {
					return c.Args[1], nil
				}
				return types.Int(int64(k.hash(uint64(c.Args[1].I)))), nil
			}})
	}
	word := func(i int64) hashKey { return hashKey{word: uint32(i), isWord: true} }
	long := func(i int64) hashKey {
		high := uint32(uint64(i) >> 32)
		if i < 0 {
			high = ^high
		}
		return hashKey{word: uint32(i) ^ high, isWord: true}
	}
	text := func(d types.Datum) hashKey { return hashKey{bytes: []byte(d.S)} }
	for _, t := range []string{"int2", "int4", "oid"} {
		add("hash"+t, "hash"+t+"extended", t, func(d types.Datum) hashKey { return word(d.I) })
	}
	add("hashint8", "hashint8extended", "int8", func(d types.Datum) hashKey { return long(d.I) })
	add("hashtext", "hashtextextended", "text", text)
	add("hashname", "hashnameextended", "name", text)
	add("hashbpchar", "hashbpcharextended", "bpchar", func(d types.Datum) hashKey { return hashKey{bytes: []byte(strings.TrimRight(d.S, " "))} })
	double := func(d types.Datum) hashKey {
		f := d.Float()
		if f == 0 {
			return hashKey{none: true}
		}
		if f != f {
			f = math.Float64frombits(0x7ff8000000000000)
		}
		return hashKey{bytes: binary.LittleEndian.AppendUint64(nil, math.Float64bits(f))}
	}
	add("hashfloat4", "hashfloat4extended", "float4", double)
	add("hashfloat8", "hashfloat8extended", "float8", double)
	add("uuid_hash", "uuid_hash_extended", "uuid", func(d types.Datum) hashKey {
		b, _ := hex.DecodeString(strings.ReplaceAll(d.S, "-", ""))
		return hashKey{bytes: b}
	})
	return list
}

// hashKey is what a hash is made of: one word, or bytes.
type hashKey struct {
	word         uint32
	isWord, none bool
	bytes        []byte
}

// hash is Bob Jenkins' lookup3 as PostgreSQL uses it; its low 32 bits with seed 0 are the short hash.
func (k hashKey) hash(seed uint64) uint64 {
	n := 4
	if !k.isWord {
		n = len(k.bytes)
	}
	a := uint32(0x9e3779b9) + uint32(n) + 3923095
	b, c := a, a
	if seed != 0 {
		a += uint32(seed >> 32)
		b += uint32(seed)
		a, b, c = hashMix(a, b, c)
	}
	if k.isWord {
		a += k.word
		_, b, c = hashFinal(a, b, c)
		return uint64(b)<<32 | uint64(c)
	}
	s := k.bytes
	for ; len(s) >= 12; s = s[12:] {
		a += binary.LittleEndian.Uint32(s)
		b += binary.LittleEndian.Uint32(s[4:])
		c += binary.LittleEndian.Uint32(s[8:])
		a, b, c = hashMix(a, b, c)
	}
	for i, x := range s {
		switch {
		case i < 4:
			a += uint32(x) << (8 * i)
		case i < 8:
			b += uint32(x) << (8 * (i - 4))
		default:
			// The lowest byte of c is the length's.
			c += uint32(x) << (8 * (i - 7))
		}
	}
	_, b, c = hashFinal(a, b, c)
	return uint64(b)<<32 | uint64(c)
}

func hashMix(a, b, c uint32) (x, y, z uint32) {
	rot := bits.RotateLeft32
	a -= c
	a ^= rot(c, 4)
	c += b
	b -= a
	b ^= rot(a, 6)
	a += c
	c -= b
	c ^= rot(b, 8)
	b += a
	a -= c
	a ^= rot(c, 16)
	c += b
	b -= a
	b ^= rot(a, 19)
	a += c
	c -= b
	c ^= rot(b, 4)
	b += a
	return a, b, c
}

func hashFinal(a, b, c uint32) (x, y, z uint32) {
	rot := bits.RotateLeft32
	c ^= b
	c -= rot(b, 14)
	a ^= c
	a -= rot(c, 11)
	b ^= a
	b -= rot(a, 25)
	c ^= b
	c -= rot(b, 16)
	a ^= c
	a -= rot(c, 4)
	b ^= a
	b -= rot(a, 14)
	c ^= b
	c -= rot(b, 24)
	return a, b, c
}
