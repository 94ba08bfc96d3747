package types

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
	"github.com/basement-project/basement/internal/sql/types/ranges"
	"github.com/basement-project/basement/internal/sql/types/xmltext"
)

// Cast converts a value as from::to does and applies the typmod (-1 for none). The context decides what a value too long
// does: an explicit cast cuts it, an assignment refuses it. Domains' constraints are checked. Whether the cast may be
// written where it stands is the analyser's to ask of CastPathOf; Cast converts whenever there is any way.
func Cast(from, to *Type, typmod int32, d Datum, ctx CastContext, env *Env) (Datum, error) {
	if to.Kind == DomainType {
		out, err := Cast(from, to.Base, to.Typmod, d, ctx, env)
		if err != nil {
			return Datum{}, outward(to, err, env)
		}
		return out, checkOwn(to, out, env)
	}
	if d.IsNull() {
		return d, nil
	}
	from = from.Underlying()
	if from.OID != to.OID {
		var err error
		if d, err = convert(from, to, typmod, d, ctx, env); err != nil {
			return Datum{}, err
		}
	}
	return ApplyTypmod(to, typmod, d, ctx, env)
}

// convert changes the type alone.
func convert(from, to *Type, typmod int32, d Datum, ctx CastContext, env *Env) (Datum, error) {
	if from.OID == UnknownOID || from.OID == CStringOID {
		// An interval's fields decide how its text is read.
		if to.OID != IntervalOID {
			typmod = -1
		}
		return In(to, typmod, d.S, env)
	}
	if (from.Kind == ArrayType || from.OID == Int2VectorOID || from.OID == OidVectorOID) && to.Kind == ArrayType {
		return castArray(from, to, d, ctx, env)
	}
	if from.Kind == RangeType && to.Kind == MultirangeType {
		return MultirangeDatum(RangeOps(to).MakeMultirange([]ranges.Range{RangeOf(d)})), nil
	}
	if to.OID == BitOID && (from.OID == Int4OID || from.OID == Int8OID) {
		// The low bits, as many as the type has.
		return Text(bitsOf(d.I, int(max(typmod, 1)))), nil
	}
	_, method, ok := FindCast(from.OID, to.OID)
	if ok && method == CastFunction {
		if out, done, err := castScalar(from, to, d, env); done {
			return out, err
		}
	}
	switch {
	case ok && method == CastBinary:
		return castBinary(from, to, d), nil
	case ok || from.Category == 'S' || to.Category == 'S' || from.OID == RecordOID && to.Kind == CompositeType:
		return castInOut(from, to, d, env)
	}
	return Datum{}, errs.New("42846", "cannot cast type %s to %s", from, to)
}

func castInOut(from, to *Type, d Datum, env *Env) (Datum, error) {
	return In(to, -1, Out(from, d, env), env)
}

// castBinary takes a value as it is, or as far as its storage differs.
func castBinary(from, to *Type, d Datum) Datum {
	switch {
	case from.OID == Int4OID && d.Kind == KindInt:
		return Int(int64(uint32(d.I)))
	case from.OID == CIDROID && to.OID == InetOID:
		return Text(InetOf(d).String())
	case to.OID == Int4OID && d.Kind == KindInt:
		return Int(int64(int32(uint32(d.I))))
	}
	return d
}

func castArray(from, to *Type, d Datum, ctx CastContext, env *Env) (Datum, error) {
	a := ArrayOfDatum(from, d)
	for i := range a.Elems {
		v, err := Cast(from.Elem, to.Elem, -1, Elem(from.Elem, a.Elems[i]), ctx, env)
		if err != nil {
			return Datum{}, err
		}
		a.Elems[i] = ElemOf(to.Elem, v)
	}
	return ArrayDatum(to, a), nil
}

// castScalar does the casts pg_cast has functions for; done is false for those that input and output do as well.
func castScalar(from, to *Type, d Datum, env *Env) (out Datum, done bool, err error) {
	switch from.OID {
	case Int2OID, Int4OID, Int8OID, OidOID, RegProcOID, RegProcedureOID, RegOperOID, RegOperatorOID, RegClassOID, RegTypeOID,
		RegConfigOID, RegDictionaryOID, RegNamespaceOID, RegRoleOID, RegCollationOID:
		return castInt(from.OID, to.OID, d.I)
	case Float4OID, Float8OID:
		return castFloat(from.OID, to.OID, d.Float())
	case NumericOID:
		return castNumeric(to.OID, d)
	case MoneyOID:
		return castMoney(d.I)
	case XID8OID:
		if to.OID == XIDOID {
			return Int(int64(uint32(d.I))), true, nil
		}
	case BoolOID:
		if to.OID == Int4OID {
			return d, true, nil
		}
		if d.Bool() {
			return Text("true"), true, nil
		}
		return Text("false"), true, nil
	case CharOID:
		if to.OID == Int4OID {
			return Int(int64(int8(charByte(d.S)))), true, nil
		}
		return d, true, nil
	case BPCharOID:
		if to.OID != XMLOID {
			d.S = trimBlanks(d.S)
		}
	case DateOID, TimeOID, TimetzOID, TimestampOID, TimestamptzOID, IntervalOID:
		return castDateTime(from.OID, to.OID, d, env)
	case JSONBOID:
		return castJSONB(to, d)
	case BitOID, VarbitOID:
		return castBits(to.OID, d.S)
	case InetOID, CIDROID:
		return castInet(to.OID, d.S)
	case PointOID, LsegOID, PathOID, BoxOID, PolygonOID, CircleOID:
		return castShape(from.OID, to.OID, d.S)
	case MacAddrOID, MacAddr8OID:
		return castMac(to.OID, d.S)
	}
	switch to.OID {
	case TextOID, VarcharOID, BPCharOID:
		return d, true, nil
	case NameOID:
		return Text(truncateName(d.S)), true, nil
	case CharOID:
		return inChar(d.S), true, nil
	case XMLOID:
		return d, true, xmltext.Check(d.S, false)
	}
	return d, false, nil
}

func charByte(s string) byte {
	switch {
	case s == "":
		return 0
	case len(s) == 4 && s[0] == '\\':
		return (s[1]-'0')<<6 | (s[2]-'0')<<3 | (s[3] - '0')
	}
	return s[0]
}

func trimBlanks(s string) string {
	for s != "" && s[len(s)-1] == ' ' {
		s = s[:len(s)-1]
	}
	return s
}

func castJSONB(to *Type, d Datum) (Datum, bool, error) {
	v, err := jsonval.Parse(d.S)
	if err != nil {
		return Datum{}, true, err
	}
	want := jsonval.Number
	if to.OID == BoolOID {
		want = jsonval.Bool
	}
	if v.Kind != want {
		kind := [...]string{jsonval.Null: "null", jsonval.String: "string", jsonval.Number: "numeric", jsonval.Bool: "boolean",
			jsonval.Array: "array", jsonval.Object: "object"}[v.Kind]
		return Datum{}, true, errs.New("22023", "cannot cast jsonb %s to type %s", kind, to)
	}
	if to.OID == BoolOID {
		return Bool(v.Bool), true, nil
	}
	if to.OID == NumericOID {
		return Text(v.Text), true, nil
	}
	out, _, err := castNumeric(to.OID, Text(v.Text))
	return out, true, err
}

// ApplyTypmod is the length coercion of a type to itself: varchar(n), numeric(p,s), timestamp(p), bit(n) and the like.
func ApplyTypmod(t *Type, typmod int32, d Datum, ctx CastContext, env *Env) (Datum, error) {
	if typmod < 0 || d.IsNull() {
		return d, nil
	}
	if t.Kind == ArrayType {
		a := ArrayOfDatum(t, d)
		for i := range a.Elems {
			v, err := ApplyTypmod(t.Elem, typmod, Elem(t.Elem, a.Elems[i]), ctx, env)
			if err != nil {
				return Datum{}, err
			}
			a.Elems[i] = ElemOf(t.Elem, v)
		}
		return ArrayDatum(t, a), nil
	}
	if t.Native != nil {
		if t.Native.Limit == nil {
			return d, nil
		}
		return t.Native.Limit(d, typmod)
	}
	switch t.OID {
	case VarcharOID:
		if ctx == ExplicitCast && typmod >= 4 {
			head, _ := splitRunes(d.S, int(typmod-4))
			return Text(head), nil
		}
		return inVarchar(d.S, typmod)
	case BPCharOID:
		if ctx == ExplicitCast && typmod >= 4 {
			head, _ := splitRunes(d.S, int(typmod-4))
			return Text(pad(head, int(typmod-4))), nil
		}
		return inBPChar(d.S, typmod)
	case NumericOID:
		return applyNumeric(NumericOf(d), typmod)
	case TimestampOID, TimestamptzOID:
		return roundTimestamp(TimestampOf(d), typmod)
	case TimeOID:
		return TimeDatum(TimeOf(d).Round(int(typmod))), nil
	case TimetzOID:
		v := TimetzOf(d)
		v.Time = v.Time.Round(int(typmod))
		return TimetzDatum(v), nil
	case IntervalOID:
		return limitInterval(IntervalOf(d), typmod)
	case BitOID, VarbitOID:
		return limitBits(t.OID, d.S, typmod, ctx == ExplicitCast)
	}
	return d, nil
}
