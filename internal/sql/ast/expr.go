package ast

// ColumnRef is a possibly qualified name: a, t.a, s.t.a, or with Star t.* and *.
type ColumnRef struct {
	Pos    int
	Fields []string
	Star   bool
}

// ParamRef is $n.
type ParamRef struct {
	Pos    int
	Number int
}

// ConstKind tells which fields of an AConst hold its value.
type ConstKind uint8

// The kinds of constants. ConstFloat is any number that is no int32: its text is decimal digits with an optional
// fraction and exponent. ConstBitString keeps PostgreSQL's form: 'b' or 'x' and the digits.
const (
	ConstNull ConstKind = iota
	ConstInteger
	ConstFloat
	ConstString
	ConstBitString
	ConstBoolean
)

// AConst is a literal. Int holds an Integer, Bool a Boolean, Text everything else.
type AConst struct {
	Pos  int
	Kind ConstKind
	Int  int32
	Bool bool
	Text string
}

// TypeCast is arg::type, cast(arg as type) and type 'literal'.
type TypeCast struct {
	Pos  int
	Arg  Expr
	Type *TypeName
}

// TypeName is a type as written. SQL's own spellings (integer, timestamp with time zone) come as the names PostgreSQL
// gives them (pg_catalog, int4). ArrayBounds has one entry for each pair of brackets, -1 when no size is written.
// Interval fields are TypMods, as PostgreSQL's masks.
type TypeName struct {
	Pos         int
	Names       []string
	TypMods     []Expr
	ArrayBounds []int
	Setof       bool
	PctType     bool
}

// AExprKind tells the form of an AExpr.
type AExprKind uint8

// The forms of an AExpr. Right is an *ExprList for In (when not a subquery) and the four Betweens.
const (
	AExprOp            AExprKind = iota // left name right, or name right
	AExprOpAny                          // left name ANY (right)
	AExprOpAll                          // left name ALL (right)
	AExprDistinct                       // IS DISTINCT FROM, name is "="
	AExprNotDistinct                    // IS NOT DISTINCT FROM
	AExprNullif                         // NULLIF(left, right), name is "="
	AExprIn                             // [NOT] IN (list), name is "=" or "<>"
	AExprLike                           // [NOT] LIKE, name is "~~" or "!~~"
	AExprILike                          // [NOT] ILIKE, name is "~~*" or "!~~*"
	AExprSimilar                        // [NOT] SIMILAR TO, name is "~" or "!~"
	AExprBetween                        // name is "BETWEEN"
	AExprNotBetween                     // name is "NOT BETWEEN"
	AExprBetweenSym                     // name is "BETWEEN SYMMETRIC"
	AExprNotBetweenSym                  // name is "NOT BETWEEN SYMMETRIC"
)

// AExpr is an operator's call. Name is the operator, qualified when written OPERATOR(schema.op). Left is nil for a
// prefix operator. With ESCAPE the right side is a call of pg_catalog.like_escape; SIMILAR TO always has
// pg_catalog.similar_to_escape there.
type AExpr struct {
	Pos   int
	Kind  AExprKind
	Name  []string
	Left  Expr
	Right Expr
}

// ExprList is a list of expressions where one expression is expected: the right side of IN and BETWEEN.
type ExprList struct {
	Pos   int
	Items []Expr
}

// BoolOp is AND, OR or NOT.
type BoolOp uint8

// The Boolean operators.
const (
	AndExpr BoolOp = iota
	OrExpr
	NotExpr
)

// BoolExpr joins conditions; AND and OR have two or more, NOT has one.
type BoolExpr struct {
	Pos  int
	Op   BoolOp
	Args []Expr
}

// NullTest is IS NULL, or IS NOT NULL.
type NullTest struct {
	Pos int
	Arg Expr
	Not bool
}

// BoolTestType is what a BooleanTest asks.
type BoolTestType uint8

// The Boolean tests.
const (
	IsTrue BoolTestType = iota
	IsNotTrue
	IsFalse
	IsNotFalse
	IsUnknown
	IsNotUnknown
)

// BooleanTest is IS [NOT] TRUE, FALSE or UNKNOWN.
type BooleanTest struct {
	Pos  int
	Arg  Expr
	Test BoolTestType
}

// CaseExpr is CASE; Arg and Default may be nil.
type CaseExpr struct {
	Pos     int
	Arg     Expr
	Whens   []*CaseWhen
	Default Expr
}

// CaseWhen is one WHEN of a CASE.
type CaseWhen struct {
	Pos    int
	Cond   Expr
	Result Expr
}

// CoalesceExpr is COALESCE.
type CoalesceExpr struct {
	Pos  int
	Args []Expr
}

// MinMaxExpr is GREATEST, or LEAST.
type MinMaxExpr struct {
	Pos   int
	Least bool
	Args  []Expr
}

// FuncCall calls a function, an aggregate or a window function. Args may hold *NamedArgExpr. With WithinGroup,
// OrderBy is the WITHIN GROUP list. SQLSyntax marks calls the grammar made from special forms (EXTRACT, OVERLAPS,
// AT TIME ZONE): their name is in pg_catalog and their arguments are in the function's order.
type FuncCall struct {
	Pos         int
	Name        []string
	Args        []Expr
	OrderBy     []*SortBy
	Filter      Expr
	Over        *WindowDef
	Star        bool
	Distinct    bool
	Variadic    bool
	WithinGroup bool
	SQLSyntax   bool
}

// NamedArgExpr is name => arg in a call.
type NamedArgExpr struct {
	Pos  int
	Name string
	Arg  Expr
}

// SubLinkType is how a subquery is used in an expression.
type SubLinkType uint8

// The uses of a subquery.
const (
	ExistsSubLink SubLinkType = iota
	AllSubLink
	AnySubLink
	ExprSubLink
	ArraySubLink
)

// SubLink is a subquery in an expression. Test and Oper are for ANY and ALL; IN has an empty Oper.
type SubLink struct {
	Pos    int
	Type   SubLinkType
	Test   Expr
	Oper   []string
	Select *SelectStmt
}

// AIndirection takes a part of a value: (arg).field, arg[1], arg[1:2], (arg).*.
type AIndirection struct {
	Pos         int
	Arg         Expr
	Indirection []Indirection
}

// FieldSelect is .name.
type FieldSelect struct {
	Pos  int
	Name string
}

// AStar is .*.
type AStar struct {
	Pos int
}

// AIndices is [upper], or [lower:upper] with Slice, where both may be nil.
type AIndices struct {
	Pos   int
	Slice bool
	Lower Expr
	Upper Expr
}

// AArrayExpr is ARRAY[...]; inner brackets are AArrayExpr too.
type AArrayExpr struct {
	Pos      int
	Elements []Expr
}

// RowExpr is ROW(...), with Implicit (a, b).
type RowExpr struct {
	Pos      int
	Args     []Expr
	Implicit bool
}

// SQLValueFunctionOp names a function without parentheses.
type SQLValueFunctionOp uint8

// The SQL value functions.
const (
	CurrentDate SQLValueFunctionOp = iota
	CurrentTime
	CurrentTimestamp
	LocalTime
	LocalTimestamp
	CurrentRole
	CurrentUser
	User
	SessionUser
	CurrentCatalog
	CurrentSchema
)

// SQLValueFunction is CURRENT_DATE and its like. TypMod is the precision of times, -1 when none is written.
type SQLValueFunction struct {
	Pos    int
	Op     SQLValueFunctionOp
	TypMod int
}

// CollateClause is arg COLLATE name. Arg is nil in a column's definition.
type CollateClause struct {
	Pos  int
	Arg  Expr
	Name []string
}

// GroupingFunc is GROUPING(...).
type GroupingFunc struct {
	Pos  int
	Args []Expr
}

// SetToDefault is DEFAULT as a value in INSERT and UPDATE.
type SetToDefault struct {
	Pos int
}

// CurrentOfExpr is WHERE CURRENT OF cursor.
type CurrentOfExpr struct {
	Pos    int
	Cursor string
}

// MultiAssignRef is column Column (1-based) of Columns of one source in UPDATE ... SET (a, b) = source. The
// references of one assignment are neighbours in the target list and have the same Source.
type MultiAssignRef struct {
	Pos     int
	Source  Expr
	Column  int
	Columns int
}

func (*ColumnRef) expr()        {}
func (*ParamRef) expr()         {}
func (*AConst) expr()           {}
func (*TypeCast) expr()         {}
func (*AExpr) expr()            {}
func (*ExprList) expr()         {}
func (*BoolExpr) expr()         {}
func (*NullTest) expr()         {}
func (*BooleanTest) expr()      {}
func (*CaseExpr) expr()         {}
func (*CoalesceExpr) expr()     {}
func (*MinMaxExpr) expr()       {}
func (*FuncCall) expr()         {}
func (*NamedArgExpr) expr()     {}
func (*SubLink) expr()          {}
func (*AIndirection) expr()     {}
func (*AArrayExpr) expr()       {}
func (*RowExpr) expr()          {}
func (*SQLValueFunction) expr() {}
func (*CollateClause) expr()    {}
func (*GroupingFunc) expr()     {}
func (*SetToDefault) expr()     {}
func (*CurrentOfExpr) expr()    {}
func (*MultiAssignRef) expr()   {}

func (*FieldSelect) indirection() {}
func (*AStar) indirection()       {}
func (*AIndices) indirection()    {}
