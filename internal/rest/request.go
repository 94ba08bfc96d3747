package rest

// Action is what a request wants done.
type Action uint8

// The actions. The Info ones answer OPTIONS.
const (
	ReadRelation Action = iota
	Insert
	Upsert
	Update
	Delete
	Call
	ReadSchema
	RelationInfo
	CallInfo
	SchemaInfo
)

// Writes says whether the action changes a relation's rows.
func (a Action) Writes() bool { return a >= Insert && a <= Delete }

// Request is a request as the dialect reads it: well-formed, nothing resolved. Values come apart from what gives a
// request its shape: everything that names or structures is in the other fields, every literal is in Values and is
// referred to by its index.
type Request struct {
	Method string
	// Path is the path below the API's root, as request.path shows it.
	Path   string
	Action Action
	// HeadOnly is a HEAD request.
	HeadOnly bool
	Schema   string
	// Document says that ReadSchema asks for the OpenAPI 3.1 document, not for the root's 2.0.
	Document bool
	// ByProfile says that the answer must name the schema.
	ByProfile bool
	// Name is the relation, or the function of a Call.
	Name string

	Select     []SelectItem
	Filters    []PathFilter
	Logic      []PathLogic
	Order      []PathOrder
	Ranges     []PathRange
	Top        Range
	Columns    []string
	HasColumns bool
	OnConflict []string
	// HasOnConflict says that the request named the conflict's columns itself.
	HasOnConflict bool
	// FilterKeys are the keys of the filters as they were written.
	FilterKeys []string
	// Args are the arguments of a Call that came in the URL or in a form.
	Args []Arg

	Body        Body
	Prefer      Preferences
	Accept      []MediaType
	ContentType MediaType
	// Cursor is where a page of keyset pagination begins, nil at the start.
	Cursor *Cursor
	// Canonical is the query string in canonical order.
	Canonical string

	// Values are the literals, in text form.
	Values []string

	// Shape is equal for two requests that differ in nothing but Values and what Body.Raw holds.
	Shape string

	rawQuery string
}

// Arg is a named argument of a function; Value is an index into Values.
type Arg struct {
	Name  string
	Value int
}

// Field is a column with a path into its JSON.
type Field struct {
	Name string
	Path []JSONStep
}

// JSONStep is one arrow of a JSON path. Text is the ->> arrow. A step by index has IsIndex and the index in Key.
type JSONStep struct {
	Text    bool
	IsIndex bool
	Key     string
}

// SelectKind tells what an item of select is.
type SelectKind uint8

// The kinds of SelectItem.
const (
	SelectField SelectKind = iota
	SelectEmbed
	SelectSpread
)

// JoinType is how an embedded resource joins.
type JoinType uint8

// The joins.
const (
	JoinDefault JoinType = iota
	JoinLeft
	JoinInner
)

// SelectItem is a column (Field, Cast, Aggregate, AggregateCast, Alias) or an embedded relation (Relation, Alias,
// Hint, Join, Items).
type SelectItem struct {
	Kind          SelectKind
	Alias         string
	HasAlias      bool
	Field         Field
	Cast          string
	Aggregate     string
	AggregateCast string

	Relation string
	Hint     string
	HasHint  bool
	Join     JoinType
	Items    []SelectItem
}

// Operator is a filter's operator.
type Operator uint8

// The operators.
const (
	OpEq Operator = iota
	OpGte
	OpGt
	OpLte
	OpLt
	OpLike
	OpILike
	OpMatch
	OpIMatch
	OpNeq
	OpContains
	OpContained
	OpOverlap
	OpStrictlyLeft
	OpStrictlyRight
	OpNotExtendsRight
	OpNotExtendsLeft
	OpAdjacent
	OpIn
	OpIs
	OpIsDistinct
	OpFts
	OpPlainFts
	OpPhraseFts
	OpWebFts
)

// IsValue is what the is operator asks.
type IsValue uint8

// The values of the is operator.
const (
	IsNull IsValue = iota
	IsNotNull
	IsTrue
	IsFalse
	IsUnknown
)

// Quantifier is (any) or (all) after an operator.
type Quantifier uint8

// The quantifiers.
const (
	NoQuantifier Quantifier = iota
	Any
	All
)

// Filter is a condition on a field. Value is an index into Request.Values; an in list and the values of a quantified
// operator are array literals there.
type Filter struct {
	Field       Field
	Not         bool
	Op          Operator
	Quantifier  Quantifier
	Is          IsValue
	Language    string
	HasLanguage bool
	Value       int
}

// PathFilter is a filter on the resource that Path leads to; an empty path is the request's own.
type PathFilter struct {
	Path   []string
	Filter Filter
}

// Logic is a tree of conditions: a leaf has Leaf, a branch Or (else and) and Items.
type Logic struct {
	Leaf  *Filter
	Not   bool
	Or    bool
	Items []Logic
}

// PathLogic is a tree on the resource that Path leads to.
type PathLogic struct {
	Path []string
	Tree Logic
}

// Direction is the order's direction, or none.
type Direction uint8

// The directions and places of nulls.
const (
	NoDirection Direction = iota
	Asc
	Desc
)

// Nulls tells where nulls go.
type Nulls uint8

// The places of nulls.
const (
	NoNulls Nulls = iota
	NullsFirst
	NullsLast
)

// OrderTerm is one term of order; Relation is set when it orders by a column of an embedded relation.
type OrderTerm struct {
	Relation  string
	Field     Field
	Direction Direction
	Nulls     Nulls
}

// PathOrder is the order of the resource that Path leads to.
type PathOrder struct {
	Path  []string
	Terms []OrderTerm
}

// PathRange is the window on the resource that Path leads to.
type PathRange struct {
	Path  []string
	Range Range
}

// BodyKind tells what a body holds.
type BodyKind uint8

// The kinds of body.
const (
	NoBody BodyKind = iota
	// JSONBody is JSON text whose keys are known.
	JSONBody
	// RawJSON is JSON text that was not looked into.
	RawJSON
	// RawBody is anything else, as it came.
	RawBody
	// FormBody is a function's arguments; they are in Args.
	FormBody
)

// Body is what was sent.
type Body struct {
	Kind BodyKind
	Raw  []byte
	// Object says that the JSON text is one object, not an array.
	Object bool
	// Keys are the keys of the objects, sorted.
	Keys []string
	// Rows is the number of objects, when they were looked into.
	Rows int
}
