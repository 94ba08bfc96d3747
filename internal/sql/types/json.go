package types

import (
	"time"

	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// AppendJSON appends a value as to_json and row_to_json print it inside a row.
func AppendJSON(buf []byte, t *Type, d Datum, env *Env) []byte {
	if d.IsNull() {
		return append(buf, "null"...)
	}
	t = t.Underlying()
	if t.Native != nil && t.Native.JSON != nil {
		return t.Native.JSON(buf, d)
	}
	switch t.OID {
	case BoolOID:
		if d.I != 0 {
			return append(buf, "true"...)
		}
		return append(buf, "false"...)
	case Int2OID, Int4OID, Int8OID, Float4OID, Float8OID, NumericOID:
		return appendJSONNumber(buf, t, d, env)
	case JSONOID, JSONBOID:
		return append(buf, d.S...)
	case TextOID, VarcharOID, UUIDOID, BPCharOID:
		return jsonval.AppendString(buf, d.S)
	case DateOID:
		buf = AppendOut(append(buf, '"'), t, d, env)
		return append(buf, '"')
	case TimestampOID:
		buf = append(buf, '"')
		if printedAsStored(d.S) {
			buf = appendWithT(buf, d.S)
		} else {
			buf = TimestampOf(d).AppendXML(buf)
		}
		return append(buf, '"')
	case TimestamptzOID:
		buf = append(buf, '"')
		if env.location() == time.UTC && printedAsStored(d.S) {
			buf = append(appendWithT(buf, d.S), "+00:00"...)
		} else {
			v := TimestampOf(d)
			buf = v.AppendZonedXML(buf, offsetAt(v, env))
		}
		return append(buf, '"')
	}
	switch t.Kind {
	case ArrayType:
		return appendJSONArray(buf, t, d, env)
	case CompositeType:
		return appendJSONComposite(buf, t, d, env)
	}
	if t.OID == RecordOID && len(t.Fields) > 0 {
		return appendJSONComposite(buf, t, d, env)
	}
	switch t.OID {
	case Int2VectorOID, OidVectorOID:
		return appendJSONVector(buf, t, d)
	}
	if d.Kind == KindText && storedAsPrinted(t.OID, d.S) {
		return jsonval.AppendString(buf, d.S)
	}
	return jsonval.AppendString(buf, Out(t, d, env))
}

// appendWithT appends a stored timestamp with a T between date and time.
func appendWithT(buf []byte, s string) []byte {
	buf = append(append(buf, s[:10]...), 'T')
	return append(buf, s[11:]...)
}

// appendJSONNumber prints a number bare, NaN and the infinities quoted.
func appendJSONNumber(buf []byte, t *Type, d Datum, env *Env) []byte {
	mark := len(buf)
	buf = AppendOut(append(buf, '"'), t, d, env)
	first := buf[mark+1]
	if first == '-' && len(buf) > mark+2 {
		first = buf[mark+2]
	}
	if first >= '0' && first <= '9' {
		copy(buf[mark:], buf[mark+1:])
		return buf[:len(buf)-1]
	}
	return append(buf, '"')
}

// AppendJSONString appends a text as PostgreSQL's escape_json quotes it.
func AppendJSONString(buf []byte, s string) []byte { return jsonval.AppendString(buf, s) }
