package ast

// XmlExprOp names an XML constructor.
type XmlExprOp uint8

// The XML constructors.
const (
	XmlConcat XmlExprOp = iota
	XmlElement
	XmlForest
	XmlParse
	XmlPI
	XmlRoot
	IsDocument
)

// XmlExpr is XMLELEMENT and its like. Document is for XMLPARSE (false is CONTENT); PreserveWhitespace for XMLPARSE.
// XMLROOT has three arguments: the value, the version (or NULL) and the standalone code as an integer.
type XmlExpr struct {
	Pos                int
	Op                 XmlExprOp
	Name               string
	NamedArgs          []*ResTarget
	Args               []Expr
	Document           bool
	PreserveWhitespace bool
}

// XmlSerialize is XMLSERIALIZE(DOCUMENT|CONTENT arg AS type [INDENT]).
type XmlSerialize struct {
	Pos      int
	Document bool
	Arg      Expr
	Type     *TypeName
	Indent   bool
}

// JsonFormatType is the FORMAT clause's type.
type JsonFormatType uint8

// The JSON formats.
const (
	JsonFormatDefault JsonFormatType = iota
	JsonFormatJSON
	JsonFormatJSONB
)

// JsonFormat is FORMAT JSON [ENCODING name].
type JsonFormat struct {
	Pos      int
	Type     JsonFormatType
	Encoding string
}

// JsonOutput is RETURNING type [FORMAT ...].
type JsonOutput struct {
	Pos    int
	Type   *TypeName
	Format *JsonFormat
}

// JsonValueExpr is value [FORMAT ...].
type JsonValueExpr struct {
	Pos    int
	Value  Expr
	Format *JsonFormat
}

// JsonKeyValue is key : value.
type JsonKeyValue struct {
	Pos   int
	Key   Expr
	Value *JsonValueExpr
}

// JsonArgument is value AS name in PASSING.
type JsonArgument struct {
	Pos   int
	Value *JsonValueExpr
	Name  string
}

// JsonObjectConstructor is JSON_OBJECT.
type JsonObjectConstructor struct {
	Pos          int
	Exprs        []*JsonKeyValue
	Output       *JsonOutput
	AbsentOnNull bool
	Unique       bool
}

// JsonArrayConstructor is JSON_ARRAY(values).
type JsonArrayConstructor struct {
	Pos          int
	Exprs        []*JsonValueExpr
	Output       *JsonOutput
	AbsentOnNull bool
}

// JsonArrayQueryConstructor is JSON_ARRAY(query).
type JsonArrayQueryConstructor struct {
	Pos          int
	Query        *SelectStmt
	Output       *JsonOutput
	Format       *JsonFormat
	AbsentOnNull bool
}

// JsonObjectAgg is JSON_OBJECTAGG.
type JsonObjectAgg struct {
	Pos          int
	Arg          *JsonKeyValue
	Output       *JsonOutput
	AbsentOnNull bool
	Unique       bool
	Filter       Expr
	Over         *WindowDef
}

// JsonArrayAgg is JSON_ARRAYAGG.
type JsonArrayAgg struct {
	Pos          int
	Arg          *JsonValueExpr
	OrderBy      []*SortBy
	Output       *JsonOutput
	AbsentOnNull bool
	Filter       Expr
	Over         *WindowDef
}

// JsonItemType is what IS JSON asks for.
type JsonItemType uint8

// The kinds of JSON items.
const (
	JsonAny JsonItemType = iota
	JsonObject
	JsonArray
	JsonScalar
)

// JsonIsPredicate is arg IS JSON ...; IS NOT JSON is a NOT around it.
type JsonIsPredicate struct {
	Pos    int
	Arg    Expr
	Format *JsonFormat
	Item   JsonItemType
	Unique bool
}

// JsonParseExpr is JSON(value).
type JsonParseExpr struct {
	Pos    int
	Arg    *JsonValueExpr
	Output *JsonOutput
	Unique bool
}

// JsonScalarExpr is JSON_SCALAR(value).
type JsonScalarExpr struct {
	Pos    int
	Arg    Expr
	Output *JsonOutput
}

// JsonSerializeExpr is JSON_SERIALIZE(value).
type JsonSerializeExpr struct {
	Pos    int
	Arg    *JsonValueExpr
	Output *JsonOutput
}

// JsonFuncOp names a JSON path function.
type JsonFuncOp uint8

// The JSON path functions.
const (
	JsonExistsOp JsonFuncOp = iota
	JsonQueryOp
	JsonValueOp
)

// JsonBehaviorType is what ON EMPTY and ON ERROR do.
type JsonBehaviorType uint8

// The behaviours.
const (
	JsonBehaviorNull JsonBehaviorType = iota
	JsonBehaviorError
	JsonBehaviorEmpty
	JsonBehaviorTrue
	JsonBehaviorFalse
	JsonBehaviorUnknown
	JsonBehaviorEmptyArray
	JsonBehaviorEmptyObject
	JsonBehaviorDefault
)

// JsonBehavior is the action of an ON EMPTY or ON ERROR clause; Expr is DEFAULT's.
type JsonBehavior struct {
	Pos  int
	Type JsonBehaviorType
	Expr Expr
}

// JsonWrapper is the WRAPPER clause.
type JsonWrapper uint8

// The wrappers.
const (
	JsonWrapperUnspecified JsonWrapper = iota
	JsonWrapperNone
	JsonWrapperConditional
	JsonWrapperUnconditional
)

// JsonQuotes is the QUOTES clause.
type JsonQuotes uint8

// The quotes clauses.
const (
	JsonQuotesUnspecified JsonQuotes = iota
	JsonQuotesKeep
	JsonQuotesOmit
)

// JsonFuncExpr is JSON_EXISTS, JSON_QUERY or JSON_VALUE.
type JsonFuncExpr struct {
	Pos     int
	Op      JsonFuncOp
	Context *JsonValueExpr
	Path    Expr
	Passing []*JsonArgument
	Output  *JsonOutput
	OnEmpty *JsonBehavior
	OnError *JsonBehavior
	Wrapper JsonWrapper
	Quotes  JsonQuotes
}

// MergeSupportFunc is MERGE_ACTION().
type MergeSupportFunc struct {
	Pos int
}

func (*XmlExpr) expr()                   {}
func (*XmlSerialize) expr()              {}
func (*JsonValueExpr) expr()             {}
func (*JsonObjectConstructor) expr()     {}
func (*JsonArrayConstructor) expr()      {}
func (*JsonArrayQueryConstructor) expr() {}
func (*JsonObjectAgg) expr()             {}
func (*JsonArrayAgg) expr()              {}
func (*JsonIsPredicate) expr()           {}
func (*JsonParseExpr) expr()             {}
func (*JsonScalarExpr) expr()            {}
func (*JsonSerializeExpr) expr()         {}
func (*JsonFuncExpr) expr()              {}
func (*MergeSupportFunc) expr()          {}
