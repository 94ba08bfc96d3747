package builtin

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strings"

	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/xmltext"
)

// sendTable declares the binary output of the common types, which queries use to make bytes of values.
func sendTable() []entry {
	var list []entry
	add := func(sig string, f func(d types.Datum) []byte) {
		list = append(list, entry{sig: sig, safe: true, fn: func(c *Call) (types.Datum, error) { return types.Bytes(f(c.Args[0])), nil }})
	}
	big := binary.BigEndian
	add("boolsend(bool)", func(d types.Datum) []byte { return []byte{byte(d.I)} })
	add("int2send(int2)", func(d types.Datum) []byte { return big.AppendUint16(nil, uint16(d.I)) })
	add("int4send(int4)", func(d types.Datum) []byte { return big.AppendUint32(nil, uint32(d.I)) })
	add("int8send(int8)", func(d types.Datum) []byte { return big.AppendUint64(nil, uint64(d.I)) })
	add("oidsend(oid)", func(d types.Datum) []byte { return big.AppendUint32(nil, uint32(d.I)) })
	add("cash_send(money)", func(d types.Datum) []byte { return big.AppendUint64(nil, uint64(d.I)) })
	add("float4send(float4)", func(d types.Datum) []byte { return big.AppendUint32(nil, float32Bits(d.Float())) })
	add("float8send(float8)", func(d types.Datum) []byte { return big.AppendUint64(nil, float64Bits(d.Float())) })
	add("uuid_send(uuid)", func(d types.Datum) []byte {
		b, _ := hex.DecodeString(strings.ReplaceAll(d.S, "-", ""))
		return b
	})
	add("xml_send(xml)", func(d types.Datum) []byte { return []byte(xmltext.Output(d.S)) })
	for _, sig := range []string{"textsend(text)", "varcharsend(varchar)", "bpcharsend(bpchar)", "namesend(name)", "json_send(json)", "byteasend(bytea)"} {
		add(sig, func(d types.Datum) []byte { return []byte(d.S) })
	}
	add("jsonb_send(jsonb)", func(d types.Datum) []byte { return []byte("\x01" + d.S) })
	add("date_send(date)", func(d types.Datum) []byte { return big.AppendUint32(nil, uint32(types.DateOf(d))) })
	add("time_send(time)", func(d types.Datum) []byte { return big.AppendUint64(nil, uint64(types.TimeOf(d))) })
	for _, t := range []string{"timestamp", "timestamptz"} {
		add(t+"_send("+t+")", func(d types.Datum) []byte { return big.AppendUint64(nil, uint64(types.TimestampOf(d))) })
	}
	return list
}

// float64Bits and float32Bits have one NaN, the C library's.
func float64Bits(f float64) uint64 {
	if f != f {
		return 0x7ff8000000000000
	}
	return math.Float64bits(f)
}

func float32Bits(f float64) uint32 {
	if f != f {
		return 0x7fc00000
	}
	return math.Float32bits(float32(f))
}
