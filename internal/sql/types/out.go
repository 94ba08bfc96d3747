package types

import (
	"github.com/basement-project/basement/internal/sql/types/xmltext"
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/sql/types/float"
)

// Out prints a value as the type's output function does. NULL prints as nothing; ask IsNull first.
func Out(t *Type, d Datum, env *Env) string {
	if d.Kind == KindText && storedAsPrinted(t.Underlying().OID, d.S) {
		if t.Kind == BaseType || !sessionDependent(t, env) {
			return d.S
		}
		return outNested(t, d.S, env)
	}
	return string(AppendOut(nil, t, d, env))
}

// AppendOut appends what Out gives.
func AppendOut(buf []byte, t *Type, d Datum, env *Env) []byte {
	if n := t.Underlying().Native; n != nil && n.Out != nil && !d.IsNull() {
		return append(buf, n.Out(d)...)
	}
	switch d.Kind {
	case KindNull:
		return buf
	case KindInt:
		return appendInt(buf, t.Underlying().OID, d.I, env)
	case KindFloat:
		return AppendFloat(buf, d.Float(), floatBits(t.Underlying().OID))
	case KindBytes:
		return appendBytea(buf, d.S)
	}
	oid := t.Underlying().OID
	if storedAsPrinted(oid, d.S) {
		if t.Kind == BaseType || !sessionDependent(t, env) {
			return append(buf, d.S...)
		}
		return append(buf, outNested(t, d.S, env)...)
	}
	switch oid {
	case XMLOID:
		return append(buf, xmltext.Output(d.S)...)
	case DateOID:
		return DateOf(d).Append(buf)
	case TimestampOID:
		return TimestampOf(d).Append(buf)
	case TimestamptzOID:
		if env.location() == time.UTC && printedAsStored(d.S) {
			return append(append(buf, d.S...), "+00"...)
		}
		v := TimestampOf(d)
		return v.AppendZoned(buf, offsetAt(v, env))
	}
	return append(buf, d.S...)
}

func floatBits(oid OID) int {
	if oid == Float4OID {
		return 32
	}
	return 64
}

func appendInt(buf []byte, oid OID, i int64, env *Env) []byte {
	switch oid {
	case BoolOID:
		if i != 0 {
			return append(buf, 't')
		}
		return append(buf, 'f')
	case Float4OID, Float8OID:
		return AppendFloat(buf, float64(i), floatBits(oid))
	case MoneyOID:
		return appendMoney(buf, i)
	case XID8OID:
		return strconv.AppendUint(buf, uint64(i), 10)
	case RegClassOID, RegTypeOID, RegProcOID, RegProcedureOID, RegOperOID, RegOperatorOID, RegNamespaceOID, RegRoleOID,
		RegConfigOID, RegDictionaryOID, RegCollationOID:
		return append(buf, regOut(oid, OID(i), env)...)
	}
	return strconv.AppendInt(buf, i, 10)
}

// storedAsPrinted says whether a type's stored text is its output.
func storedAsPrinted(oid OID, s string) bool {
	switch oid {
	case DateOID, TimestampOID:
		return printedAsStored(s)
	case TimestamptzOID:
		return false
	case XMLOID:
		return !strings.HasPrefix(s, "<?xml")
	}
	return true
}

// AppendFloat prints a float as PostgreSQL does.
func AppendFloat(buf []byte, f float64, bits int) []byte { return float.Append(buf, f, bits) }
