package partition

import (
	"encoding/hex"
	"math/bits"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// seed is what PostgreSQL hashes partition keys with.
const seed = 0x7A5B22367996DCFD

// Hashable says whether keys of a type can be hashed as PostgreSQL hashes them.
func Hashable(t *types.Type) bool {
	switch t.Underlying().OID {
	case types.Int2OID, types.Int4OID, types.Int8OID, types.OidOID, types.TextOID, types.VarcharOID, types.UUIDOID, types.BoolOID:
		return true
	}
	return false
}

// Hash is the hash of a partition key.
func Hash(keys []*types.Type, values []types.Datum) (uint64, error) {
	var row uint64
	for i, v := range values {
		if v.IsNull() {
			continue
		}
		var h uint64
		switch t := keys[i].Underlying(); t.OID {
		case types.Int2OID, types.Int4OID, types.OidOID, types.BoolOID:
			h = hash32(uint32(v.I), seed)
		case types.Int8OID:
			low, high := uint32(v.I), uint32(uint64(v.I)>>32)
			if v.I >= 0 {
				low ^= high
			} else {
				low ^= ^high
			}
			h = hash32(low, seed)
		case types.TextOID, types.VarcharOID:
			h = hashBytes([]byte(v.S), seed)
		case types.UUIDOID:
			b, err := hex.DecodeString(strings.ReplaceAll(v.S, "-", ""))
			if err != nil {
				return 0, errs.Internal("hash a uuid", err)
			}
			h = hashBytes(b, seed)
		default:
			return 0, errs.Unsupported("hash partitioning by type "+t.String(), "")
		}
		row ^= h + 0x49a0f4dd15e5a8e3 + row<<54 + row>>7
	}
	return row, nil
}

// state is the state of Bob Jenkins' lookup3, which PostgreSQL's hash functions are made of.
type state struct{ a, b, c uint32 }

func start(length int, seed uint64) *state {
	n := uint32(0x9e3779b9) + uint32(length) + 3923095
	s := &state{n, n, n}
	if seed != 0 {
		s.a += uint32(seed >> 32)
		s.b += uint32(seed)
		s.mix()
	}
	return s
}

func (s *state) mix() {
	rot := bits.RotateLeft32
	s.a -= s.c
	s.a ^= rot(s.c, 4)
	s.c += s.b
	s.b -= s.a
	s.b ^= rot(s.a, 6)
	s.a += s.c
	s.c -= s.b
	s.c ^= rot(s.b, 8)
	s.b += s.a
	s.a -= s.c
	s.a ^= rot(s.c, 16)
	s.c += s.b
	s.b -= s.a
	s.b ^= rot(s.a, 19)
	s.a += s.c
	s.c -= s.b
	s.c ^= rot(s.b, 4)
	s.b += s.a
}

func (s *state) final() uint64 {
	rot := bits.RotateLeft32
	s.c ^= s.b
	s.c -= rot(s.b, 14)
	s.a ^= s.c
	s.a -= rot(s.c, 11)
	s.b ^= s.a
	s.b -= rot(s.a, 25)
	s.c ^= s.b
	s.c -= rot(s.b, 16)
	s.a ^= s.c
	s.a -= rot(s.c, 4)
	s.b ^= s.a
	s.b -= rot(s.a, 14)
	s.c ^= s.b
	s.c -= rot(s.b, 24)
	return uint64(s.b)<<32 | uint64(s.c)
}

func hash32(k uint32, seed uint64) uint64 {
	s := start(4, seed)
	s.a += k
	return s.final()
}

func hashBytes(k []byte, seed uint64) uint64 {
	s := start(len(k), seed)
	word := func(b []byte) uint32 {
		var w uint32
		for i := 0; i < len(b) && i < 4; i++ {
			w |= uint32(b[i]) << (8 * i)
		}
		return w
	}
	for len(k) >= 12 {
		s.a += word(k)
		s.b += word(k[4:])
		s.c += word(k[8:])
		s.mix()
		k = k[12:]
	}
	// The lowest byte of c is kept for the length.
	if len(k) > 8 {
		s.c += word(k[8:]) << 8
	}
	if len(k) > 4 {
		s.b += word(k[4:min(len(k), 8)])
	}
	s.a += word(k[:min(len(k), 4)])
	return s.final()
}
