package types

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/geometry"
	"github.com/basement-project/basement/internal/sql/types/jsonpath"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/netaddr"
	"github.com/basement-project/basement/internal/sql/types/textsearch"
	"github.com/basement-project/basement/internal/sql/types/xmltext"
)

// In reads a value's text as the type's input function does and gives its storage value. A typmod of -1 limits nothing;
// any other is applied as on input: a varchar too long is an error, a timestamp is rounded.
func In(t *Type, typmod int32, text string, env *Env) (Datum, error) {
	if i := strings.IndexByte(text, 0); i >= 0 {
		return Datum{}, errs.New("22021", "invalid byte sequence for encoding \"UTF8\": 0x00")
	}
	switch t.Kind {
	case DomainType:
		return inDomain(t, text, env)
	case EnumType:
		return inEnum(t, text, env)
	case ArrayType:
		return inArray(t, typmod, text, env)
	case CompositeType:
		return inRow(t, text, env)
	case RangeType:
		return inRange(t, text, env)
	case MultirangeType:
		return inMultirange(t, text, env)
	}
	if t.Native != nil {
		d, err := t.Native.In(text, env)
		if err == nil && typmod >= 0 && t.Native.Limit != nil {
			return t.Native.Limit(d, typmod)
		}
		return d, err
	}
	switch t.OID {
	case BoolOID:
		return inBool(text)
	case Int2OID:
		return inInt(text, 16, "smallint")
	case Int4OID:
		return inInt(text, 32, "integer")
	case Int8OID:
		return inInt(text, 64, "bigint")
	case OidOID, XIDOID, CIDOID:
		return inOID(text, t.Name)
	case Float4OID:
		return inFloat(text, 32)
	case Float8OID:
		return inFloat(text, 64)
	case XMLOID:
		return Text(text), xmltext.Check(text, false)
	case TextOID, UnknownOID, CStringOID, RefcursorOID:
		return Text(text), nil
	case NameOID:
		return Text(truncateName(text)), nil
	case CharOID:
		return inChar(text), nil
	case VarcharOID:
		return inVarchar(text, typmod)
	case BPCharOID:
		return inBPChar(text, typmod)
	case NumericOID:
		return inNumeric(text, typmod)
	case UUIDOID:
		return inUUID(text)
	case ByteaOID:
		return inBytea(text)
	case JSONOID:
		return Text(text), jsonval.Validate(text)
	case JSONBOID:
		s, err := jsonval.Canonical(text)
		return Text(s), err
	case DateOID, TimeOID, TimetzOID, TimestampOID, TimestamptzOID:
		return inDateTime(t.OID, typmod, text, env)
	case IntervalOID:
		return inInterval(text, typmod)
	case MoneyOID:
		return inMoney(text)
	case BitOID, VarbitOID:
		return inBits(t.OID, typmod, text)
	case InetOID, CIDROID:
		return inInet(t.OID, text)
	case MacAddrOID:
		s, err := netaddr.ParseMac(text)
		return Text(s), err
	case PointOID, LsegOID, PathOID, BoxOID, PolygonOID, LineOID, CircleOID:
		s, err := geometry.Parse(t.Name, text)
		return Text(s), err
	case PgLSNOID:
		return inLSN(text)
	case TIDOID:
		return inTID(text)
	case XID8OID:
		return inXID8(text), nil
	case JSONPathOID:
		p, err := jsonpath.Parse(text)
		if err != nil {
			return Datum{}, err
		}
		return Text(p.String()), nil
	case ACLItemOID, PgSnapshotOID, TxidSnapshotOID:
		return Text(text), nil
	case TSVectorOID:
		v, err := textsearch.ParseVector(text)
		return Text(v.String()), err
	case TSQueryOID:
		q, err := textsearch.ParseQuery(text)
		return Text(q.String()), err
	case MacAddr8OID:
		s, err := netaddr.ParseMac8(text)
		return Text(s), err
	case RegClassOID, RegTypeOID, RegProcOID, RegProcedureOID, RegOperOID, RegOperatorOID, RegNamespaceOID, RegRoleOID,
		RegConfigOID, RegDictionaryOID, RegCollationOID:
		return inReg(t, text, env)
	case Int2VectorOID:
		return inVector(Int2OID, text, env)
	case OidVectorOID:
		return inVector(OidOID, text, env)
	case RecordOID:
		return inRow(t, text, env)
	}
	if t.Kind == PseudoType {
		return Datum{}, errs.New("0A000", "cannot accept a value of type %s", t)
	}
	return Datum{}, errs.Unsupported("input of type "+t.String(), "")
}

func inDomain(t *Type, text string, env *Env) (Datum, error) {
	d, err := In(t.Base, t.Typmod, text, env)
	if err != nil {
		return Datum{}, outward(t, err, env)
	}
	return d, checkOwn(t, d, env)
}

// outward makes the error of the domain that t stands on one of t: the value was to be one of t.
func outward(t *Type, err error, env *Env) error {
	e := errs.Of(err)
	if e == nil || t.Base.Kind != DomainType || e.DataType != t.Base.Name || e.Code != "23514" && e.Code != "23502" {
		return err
	}
	c := *e
	c.Message = strings.Replace(e.Message, env.TypeName(t.Base), env.TypeName(t), 1)
	c.Schema, c.DataType = t.Schema, t.Name
	return &c
}

// CheckDomain applies a domain's constraints, those of the domains it stands on first, to a value of its base type.
func CheckDomain(t *Type, d Datum, env *Env) error {
	if t.Kind != DomainType {
		return nil
	}
	if err := CheckDomain(t.Base, d, env); err != nil {
		return outward(t, err, env)
	}
	return checkOwn(t, d, env)
}

// checkOwn applies the constraints of one domain alone.
func checkOwn(t *Type, d Datum, env *Env) error {
	if d.IsNull() && t.NotNull {
		e := errs.New("23502", "domain %s does not allow null values", env.TypeName(t))
		e.Schema, e.DataType = t.Schema, t.Name
		return e
	}
	if env != nil && env.CheckDomain != nil {
		return env.CheckDomain(t, d)
	}
	return nil
}

func inEnum(t *Type, text string, env *Env) (Datum, error) {
	if t.Label(text) < 0 {
		return Datum{}, errs.New("22P02", "invalid input value for enum %s: \"%s\"", env.TypeName(t), text)
	}
	if slices.Contains(t.Fresh, text) {
		return Datum{}, errs.New("55P04", "unsafe use of new value \"%s\" of enum type %s", text, env.TypeName(t)).
			WithHint("New enum values must be committed before they can be used.")
	}
	return Text(text), nil
}
