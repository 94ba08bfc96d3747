package types

// TypeKind says how a type is made.
type TypeKind uint8

// The kinds of type: pg_type.typtype, with arrays apart from other base types.
const (
	BaseType TypeKind = iota
	ArrayType
	EnumType
	DomainType
	CompositeType
	RangeType
	MultirangeType
	PseudoType
)

// Type is one type. Built-in ones come from Builtin and ByOID, a project's own are made by the catalog with the same struct.
// A Type is not changed once it is in use.
type Type struct {
	OID    OID
	Schema string
	Name   string // typname: "int4", "_int4", "varchar"
	Kind   TypeKind

	// Category is pg_type.typcategory, Preferred pg_type.typispreferred.
	Category  byte
	Preferred bool

	// Elem is an array's element type, nil for other kinds.
	Elem *Type
	// Array is the identifier of the array type over this one, 0 when there is none.
	Array OID

	// Base, Typmod and NotNull describe a domain; its CHECK constraints live in the catalog.
	Base    *Type
	Typmod  int32
	NotNull bool

	// Labels are an enum's labels in their declared order.
	// Fresh are labels that were added by a transaction not committed yet: they must not be used.
	Fresh  []string
	Labels []string

	// Fields are a composite type's columns.
	Fields []Field

	// Subtype is the type of a range's or multirange's bounds. Range is a multirange's range type, Multirange the identifier
	// of a range's multirange type.
	Subtype    *Type
	Range      *Type
	Multirange OID

	// Native is the meaning of a base type that an extension brings, nil for all others.
	Native *Native

	// Collate is the collation of an expression of this type, "" for the database's own (see Collated).
	Collate string
}

// Field is one column of a composite type.
type Field struct {
	Name   string
	Type   *Type
	Typmod int32
}

// NewArray makes the array type over elem, as CREATE TYPE and CREATE TABLE do beside each new type.
func NewArray(oid OID, schema, name string, elem *Type) *Type {
	return &Type{OID: oid, Schema: schema, Name: name, Kind: ArrayType, Category: 'A', Elem: elem, Typmod: -1}
}

// NewEnum makes an enum type.
func NewEnum(oid OID, schema, name string, labels []string) *Type {
	return &Type{OID: oid, Schema: schema, Name: name, Kind: EnumType, Category: 'E', Labels: labels, Typmod: -1}
}

// NewDomain makes a domain over base. It takes its category from the base; a domain is never preferred.
func NewDomain(oid OID, schema, name string, base *Type, typmod int32, notNull bool) *Type {
	return &Type{OID: oid, Schema: schema, Name: name, Kind: DomainType, Category: base.Category, Base: base, Typmod: typmod, NotNull: notNull}
}

// NewComposite makes a composite (row) type.
func NewComposite(oid OID, schema, name string, fields []Field) *Type {
	return &Type{OID: oid, Schema: schema, Name: name, Kind: CompositeType, Category: 'C', Fields: fields, Typmod: -1}
}

// Underlying is the type a domain finally stands on, t itself for any other.
func (t *Type) Underlying() *Type {
	for t.Kind == DomainType {
		t = t.Base
	}
	return t
}

// IsArray says whether t is a true array type ("int4[]"), looking through domains.
func (t *Type) IsArray() bool { return t.Underlying().Kind == ArrayType }

// Label gives the position of an enum's label, -1 when it has none such.
func (t *Type) Label(label string) int {
	for i, l := range t.Labels {
		if l == label {
			return i
		}
	}
	return -1
}

// String is the type's name as PostgreSQL's format_type prints it.
func (t *Type) String() string { return FormatType(t, -1) }
