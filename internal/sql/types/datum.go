package types

import "math"

// Kind says which of SQLite's storage classes a Datum has.
type Kind uint8

// The storage classes.
const (
	KindNull Kind = iota
	KindInt
	KindFloat
	KindText
	KindBytes
)

// Datum is a storage value: what the embedded engine's file holds for a value of some type. The zero value is NULL.
//
// Booleans, integers, object identifiers and money (in cents) are integers; float4 and float8 are floats, except that NaN is
// the text "NaN"; bytea is bytes; everything else is text in the form the storage rules give its type.
//
// Read I for an integer, S for a text; Float and Bytes read the others.
type Datum struct {
	Kind Kind
	I    int64
	S    string
}

// Null is the NULL value.
func Null() Datum { return Datum{} }

// Int stores an integer.
func Int(i int64) Datum { return Datum{Kind: KindInt, I: i} }

// Bool stores a boolean, as 0 or 1.
func Bool(b bool) Datum {
	if b {
		return Datum{Kind: KindInt, I: 1}
	}
	return Datum{Kind: KindInt}
}

// Float stores a float8; NaN becomes the text "NaN".
func Float(f float64) Datum {
	if f != f {
		return Datum{Kind: KindText, S: "NaN"}
	}
	return Datum{Kind: KindFloat, I: int64(math.Float64bits(f))}
}

// Text stores a text.
func Text(s string) Datum { return Datum{Kind: KindText, S: s} }

// Bytes stores a byte string, copying it.
func Bytes(b []byte) Datum { return Datum{Kind: KindBytes, S: string(b)} }

// IsNull says whether d is NULL.
func (d Datum) IsNull() bool { return d.Kind == KindNull }

// Bool reads a boolean.
func (d Datum) Bool() bool { return d.I != 0 }

// Float reads a float: also of an integer, and of the text "NaN".
func (d Datum) Float() float64 {
	switch d.Kind {
	case KindFloat:
		return math.Float64frombits(uint64(d.I))
	case KindInt:
		return float64(d.I)
	}
	return math.NaN()
}

// Bytes reads a byte string as a fresh copy.
func (d Datum) Bytes() []byte { return []byte(d.S) }

// Equal says whether two values are the same storage value; NULL equals NULL. It is not the type's equality: Compare is.
func (d Datum) Equal(o Datum) bool { return d == o }
