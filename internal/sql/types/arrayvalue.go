package types

import (
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/sql/types/array"
	"github.com/basement-project/basement/internal/sql/types/jsonval"
)

// stored is the surroundings that stored texts are written in.
var stored *Env

func delimOf(elem *Type) byte {
	if n := elem.Underlying().Native; n != nil && n.Delimiter != 0 {
		return n.Delimiter
	}
	if elem.Underlying().OID == BoxOID {
		return ';'
	}
	return ','
}

// sessionDependent says whether a type's printed form depends on the session: its zone, when that is not UTC, or its search
// path. What is inside an array, range or row is stored as printed in UTC, an object's identifier as its number.
func sessionDependent(t *Type, env *Env) bool {
	switch t.Kind {
	case DomainType:
		return sessionDependent(t.Base, env)
	case ArrayType:
		return sessionDependent(t.Elem, env)
	case RangeType, MultirangeType:
		return sessionDependent(t.Subtype, env)
	case CompositeType:
		for _, f := range t.Fields {
			if sessionDependent(f.Type, env) {
				return true
			}
		}
		return false
	}
	return t.OID == TimestamptzOID && env.location() != time.UTC || IsReg(t.OID)
}

// inert says whether every text is a value of the type and stored as it is, so that elements need no reading.
func inert(t *Type) bool {
	switch t.OID {
	case TextOID, RefcursorOID:
		return true
	}
	return false
}

func inArray(t *Type, typmod int32, text string, env *Env) (Datum, error) {
	delim := delimOf(t.Elem)
	a, err := array.Parse(text, delim)
	if err != nil {
		return Datum{}, err
	}
	if err := eachElem(t.Elem, typmod, a.Elems, env); err != nil {
		return Datum{}, err
	}
	return Text(string(a.Append(make([]byte, 0, len(text)), delim))), nil
}

// eachElem turns elements as given into elements as stored.
func eachElem(elem *Type, typmod int32, elems []array.Elem, env *Env) error {
	if inert(elem) || elem.OID == VarcharOID && typmod < 0 {
		return nil
	}
	for i := range elems {
		if elems[i].Null {
			if elem.Kind == DomainType {
				if err := CheckDomain(elem, Datum{}, env); err != nil {
					return err
				}
			}
			continue
		}
		d, err := In(elem, typmod, elems[i].Text, env)
		if err != nil {
			return err
		}
		elems[i] = ElemOf(elem, d)
	}
	return nil
}

// ArrayOfDatum reads a stored array; the elements are texts as printed in UTC. What is no array reads as empty.
func ArrayOfDatum(t *Type, d Datum) array.Array {
	t = t.Underlying()
	if t.Kind != ArrayType {
		return vectorArray(d.S)
	}
	a, err := array.Parse(d.S, delimOf(t.Elem))
	if err != nil {
		return array.Array{}
	}
	return a
}

// ArrayDatum stores an array of type t.
func ArrayDatum(t *Type, a array.Array) Datum {
	return Text(string(a.Append(nil, delimOf(t.Underlying().Elem))))
}

// Elem reads an array's element as a storage value of the element type.
func Elem(elem *Type, e array.Elem) Datum {
	if e.Null {
		return Datum{}
	}
	return FromStoredText(elem, e.Text)
}

// ElemOf makes an array's element of a storage value.
func ElemOf(elem *Type, d Datum) array.Elem {
	if d.IsNull() {
		return array.Elem{Null: true}
	}
	if IsReg(elem.OID) {
		return array.Elem{Text: strconv.FormatInt(d.I, 10)}
	}
	return array.Elem{Text: Out(elem, d, stored)}
}

// FromStoredText reads the text of a value inside an array, range or row (as printed in UTC) as a storage value.
func FromStoredText(t *Type, s string) Datum {
	switch u := t.Underlying(); u.OID {
	case TextOID, VarcharOID, BPCharOID, NumericOID, UUIDOID, JSONOID, JSONBOID, IntervalOID, TimeOID, TimetzOID, NameOID:
		return Text(s)
	default:
		if u.Kind == EnumType || u.Kind == ArrayType || u.Kind == CompositeType || u.Kind == RangeType || u.Kind == MultirangeType {
			return Text(s)
		}
		d, err := In(u, -1, s, stored)
		if err != nil {
			return Text(s)
		}
		return d
	}
}

// outNested prints what is stored inside an array, range or row in the session's zone.
func outNested(t *Type, s string, env *Env) string {
	switch t.Kind {
	case DomainType:
		return outNested(t.Base, s, env)
	case ArrayType:
		a := ArrayOfDatum(t, Text(s))
		for i := range a.Elems {
			if !a.Elems[i].Null {
				a.Elems[i].Text = outNested(t.Elem, a.Elems[i].Text, env)
			}
		}
		return string(a.Append(nil, delimOf(t.Elem)))
	case RangeType, MultirangeType:
		return outNestedRange(t, s, env)
	case CompositeType:
		return outNestedRow(t, s, env)
	}
	if t.OID == TimestamptzOID {
		return Out(t, FromStoredText(t, s), env)
	}
	if IsReg(t.OID) && s != "" && strings.Trim(s, "0123456789") == "" {
		n, _ := strconv.ParseUint(s, 10, 32)
		return Out(t, Int(int64(n)), env)
	}
	return s
}

func appendJSONArray(buf []byte, t *Type, d Datum, env *Env) []byte {
	elem := t.Elem.Underlying()
	if elem.Kind == ArrayType {
		elem = elem.Elem
	}
	a := ArrayOfDatum(t, d)
	if len(a.Dims) == 0 {
		return append(buf, '[', ']')
	}
	buf, _ = appendJSONLevel(buf, elem, a, 0, a.Elems, env)
	return buf
}

func appendJSONLevel(buf []byte, elem *Type, a array.Array, level int, elems []array.Elem, env *Env) ([]byte, []array.Elem) {
	buf = append(buf, '[')
	for i := 0; i < a.Dims[level]; i++ {
		if i > 0 {
			buf = append(buf, ',')
		}
		if level+1 < len(a.Dims) {
			buf, elems = appendJSONLevel(buf, elem, a, level+1, elems, env)
			continue
		}
		buf = appendJSONElem(buf, elem, elems[0], env)
		elems = elems[1:]
	}
	return append(buf, ']'), elems
}

func appendJSONElem(buf []byte, elem *Type, e array.Elem, env *Env) []byte {
	if e.Null {
		return append(buf, "null"...)
	}
	switch elem.OID {
	case TextOID, VarcharOID, UUIDOID:
		return jsonval.AppendString(buf, e.Text)
	case Int2OID, Int4OID, Int8OID:
		return append(buf, e.Text...)
	}
	return AppendJSON(buf, elem, FromStoredText(elem, e.Text), env)
}

// vectorArray reads int2vector's and oidvector's "1 2 3"; their lower bound is 0.
func vectorArray(s string) array.Array {
	var elems []array.Elem
	for _, f := range strings.Fields(s) {
		elems = append(elems, array.Elem{Text: f})
	}
	a := array.New(elems)
	if len(elems) > 0 {
		a.Lower[0] = 0
	}
	return a
}

func inVector(elem OID, text string, env *Env) (Datum, error) {
	fields := strings.Fields(text)
	for i, f := range fields {
		d, err := In(ByOID(elem), -1, f, env)
		if err != nil {
			return Datum{}, err
		}
		fields[i] = Out(ByOID(elem), d, nil)
	}
	return Text(strings.Join(fields, " ")), nil
}

func appendJSONVector(buf []byte, t *Type, d Datum) []byte {
	buf = append(buf, '[')
	for i, f := range strings.Fields(d.S) {
		if i > 0 {
			buf = append(buf, ',')
		}
		if t.OID == OidVectorOID {
			buf = jsonval.AppendString(buf, f)
		} else {
			buf = append(buf, f...)
		}
	}
	return append(buf, ']')
}

func compareArrays(t *Type, a, b string) int {
	elem := t.Elem
	return array.Compare(ArrayOfDatum(t, Text(a)), ArrayOfDatum(t, Text(b)), func(x, y string) int {
		return compareStoredText(elem, x, y)
	})
}

// compareStoredText orders two texts as they stand inside arrays, ranges and rows.
func compareStoredText(t *Type, a, b string) int {
	switch t.Underlying().OID {
	case TextOID, VarcharOID, UUIDOID:
		return strings.Compare(a, b)
	case NumericOID:
		return CompareText(t, a, b)
	}
	return Compare(t, FromStoredText(t, a), FromStoredText(t, b))
}
