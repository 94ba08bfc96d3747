package uuidossp

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	_ "embed" // the facts of the extension's objects
	"encoding/binary"
	"encoding/hex"
	"strings"
	"sync/atomic"
	"time"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

// Extension is uuid-ossp.
func Extension() *extension.Extension {
	constant := func(name, id string) extension.Function {
		return extension.Function{Sig: name + "()", Fn: extension.Constant(types.Text(id))}
	}
	clock := &clock{}
	named := func(hash func([]byte) []byte, version byte) extension.Func {
		return func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			space, err := hex.DecodeString(strings.ReplaceAll(v[0].S, "-", ""))
			if err != nil {
				return extension.Bad("22P02", "invalid input syntax for type uuid: \"%s\"", extension.Own(v[0]))
			}
			return format(hash(append(space, v[1].S...)), version), nil
		}
	}
	return &extension.Extension{Name: "uuid-ossp", Version: "1.1", Comment: "generate universally unique identifiers (UUIDs)", Older: []string{"1.0"}, Objects: objects,
		Functions: []extension.Function{
			constant("uuid_nil", "00000000-0000-0000-0000-000000000000"),
			constant("uuid_ns_dns", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
			constant("uuid_ns_url", "6ba7b811-9dad-11d1-80b4-00c04fd430c8"),
			constant("uuid_ns_oid", "6ba7b812-9dad-11d1-80b4-00c04fd430c8"),
			constant("uuid_ns_x500", "6ba7b814-9dad-11d1-80b4-00c04fd430c8"),
			{Sig: "uuid_generate_v1()", Fn: func(extension.Call) (types.Datum, error) { return clock.next(), nil }},
			{Sig: "uuid_generate_v1mc()", Fn: func(extension.Call) (types.Datum, error) { return clock.next(), nil }},
			{Sig: "uuid_generate_v4()", Fn: func(extension.Call) (types.Datum, error) {
				b := make([]byte, 16)
				_, _ = rand.Read(b)
				return format(b, 4), nil
			}},
			{Sig: "uuid_generate_v3(uuid,text)", Fn: named(func(b []byte) []byte { s := md5.Sum(b); return s[:] }, 3)},
			{Sig: "uuid_generate_v5(uuid,text)", Fn: named(func(b []byte) []byte { s := sha1.Sum(b); return s[:16] }, 5)},
		}}
}

// format makes a UUID of 16 bytes, whose version and variant it sets.
func format(b []byte, version byte) types.Datum {
	b[6], b[8] = b[6]&0x0f|version<<4, b[8]&0x3f|0x80
	s := hex.EncodeToString(b)
	return types.Text(s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:])
}

// clock gives times for version 1 that never repeat. The node is a random one: the machine's address stays private.
type clock struct{ last atomic.Int64 }

func (c *clock) next() types.Datum {
	const epoch = 0x01b21dd213814000 // 100 ns from 1582-10-15 to 1970
	for {
		last := c.last.Load()
		now := max(time.Now().UnixNano()/100+epoch, last+1)
		if !c.last.CompareAndSwap(last, now) {
			continue
		}
		b := make([]byte, 16)
		_, _ = rand.Read(b[8:])
		b[10] |= 1 // a multicast address: no machine has it
		binary.BigEndian.PutUint32(b, uint32(now))
		binary.BigEndian.PutUint16(b[4:], uint16(now>>32))
		binary.BigEndian.PutUint16(b[6:], uint16(now>>48))
		return format(b, 1)
	}
}
