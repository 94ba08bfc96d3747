package query

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// Expr is an analysed expression. Type is never nil after analysis.
type Expr interface {
	Type() *types.Type
	Typmod() int32
	expr()
}

// T is the type part every expression embeds. Pos is the byte offset in the text, -1 when unknown.
type T struct {
	Typ *types.Type
	Mod int32
	Pos int
}

// Type gives the expression's type.
func (t T) Type() *types.Type { return t.Typ }

// Typmod gives the expression's type modifier, -1 when none.
func (t T) Typmod() int32 { return t.Mod }
func (T) expr()           {}

// Var is a column of a range table entry. Levels counts query levels outwards (0: this query). Col is the 0-based
// position in RTE.Columns; -1 is the whole row (a composite value); a negative catalog number below -1 is a system column:
// SystemCtid...
type Var struct {
	T
	RT     int
	Col    int
	Levels int
	Name   string
}

// Positions of system columns in Var.Col.
const (
	WholeRow = -1
	SysCtid  = -2
	SysXmin  = -3
	SysXmax  = -4
	SysTable = -5 // tableoid
)

// Const is a constant: a storage value of its type.
type Const struct {
	T
	Value types.Datum // Null for NULL
}

// Param is a parameter: $Number of the statement, or of a function's arguments when Func is true.
type Param struct {
	T
	Number int
	Func   bool
}

// Func calls a function. Args are complete: defaults are filled in, variadic arguments gathered into an array (or
// spread when the function is a built-in "any" variadic), named ones in place.
type Func struct {
	T
	Fn   *catalog.Function
	Args []Expr
	// Variadic says the last argument was given with the VARIADIC keyword.
	Variadic bool
	// Given are the arguments as they were written, when some are named or left out; for printing. Args holds them all.
	Given []GivenArg
	// Set says the call returns a set.
	Set bool
	// Syntax says that the call was written in SQL's own syntax: EXTRACT(...), x AT TIME ZONE y, ...
	Syntax bool
	// ColDefs are the columns of a record-returning call in FROM.
	ColDefs []RTEColumn
}

// GivenArg is the argument Args[Arg], written with a name or, when that is "", by position.
type GivenArg struct {
	Name string
	Arg  int
}

// Op applies an operator; Fn is the function behind it (its Name is in Name: "+", "~~", ...). Unary: Args has one.
type Op struct {
	T
	Name     string
	Fn       *catalog.Function
	Operator *catalog.Operator
	Args     []Expr
}

// AnyAll is `Left op ANY (Right)` or ALL with an array on the right. IN lists become this or an OR.
type AnyAll struct {
	T
	Name        string
	Fn          *catalog.Function
	Operator    *catalog.Operator
	All         bool
	Left, Right Expr
}

// Distinct is IS DISTINCT FROM (Not: IS NOT DISTINCT FROM); Fn is the type's = operator's function.
type Distinct struct {
	T
	Not         bool
	Fn          *catalog.Function
	Operator    *catalog.Operator
	Left, Right Expr
}

// NullIf is NULLIF; Fn is the = operator's function.
type NullIf struct {
	T
	Fn          *catalog.Function
	Operator    *catalog.Operator
	Left, Right Expr
}

// Bool is AND, OR (n-ary) or NOT (one argument).
type Bool struct {
	T
	Op   string // "and", "or", "not"
	Args []Expr
}

// NullTest is IS NULL / IS NOT NULL. Row says the argument is composite (PostgreSQL's per-field rule).
type NullTest struct {
	T
	Not bool
	Row bool
	Arg Expr
}

// BoolTest is IS [NOT] TRUE / FALSE / UNKNOWN. Value is "true", "false" or "unknown".
type BoolTest struct {
	T
	Not   bool
	Value string
	Arg   Expr
}

// Case is CASE. With Arg set, each When.Cond is already `CaseArg = value` over *CaseArg.
type Case struct {
	T
	Arg   Expr
	Whens []When
	Else  Expr // never nil: a NULL constant when absent
}

// When is a branch of Case.
type When struct{ Cond, Then Expr }

// CaseArg stands for Case.Arg inside the conditions.
type CaseArg struct{ T }

// Coalesce is COALESCE.
type Coalesce struct {
	T
	Args []Expr
}

// MinMax is GREATEST or LEAST.
type MinMax struct {
	T
	Greatest bool
	Args     []Expr
}

// CastMethod says how a Cast works.
type CastMethod int

// The methods.
const (
	Relabel    CastMethod = iota // binary compatible: only the type changes
	ByFunc                       // a conversion of package types or a user-made cast function
	ViaIO                        // output then input
	ToDomain                     // base value into a domain: constraints are checked
	Typmod                       // length/precision coercion to Mod
	ArrayElems                   // element by element
	RowFields                    // field by field
)

// Cast converts Arg to Typ/Mod. Explicit tells a written cast from an implicit or assignment one (some lengths
// truncate silently only when explicit). Fn is the cast's function when it is a user-made one.
type Cast struct {
	T
	Method   CastMethod
	Arg      Expr
	Explicit bool
	Fn       *catalog.Function
}

// Array is ARRAY[...]. Multi says the elements are arrays themselves.
type Array struct {
	T
	Elems []Expr
	Multi bool
}

// Row is ROW(...) or a whole row made of parts. Names are the field names.
type Row struct {
	T
	Fields []Expr
	Names  []string
}

// RowCompare compares rows column by column: Op is "<", "<=", ">" or ">=" ("=" and "<>" become AND/OR).
type RowCompare struct {
	T
	Op          string
	Fns         []*catalog.Function
	Operators   []*catalog.Operator
	Left, Right []Expr
}

// SubLinkKind is the kind of a subquery expression.
type SubLinkKind int

// The kinds.
const (
	Exists SubLinkKind = iota
	AnyLink
	AllLink
	Scalar
	ArrayLink
	RowLink // a row of columns: (a, b) = (select ...), UPDATE ... SET (a, b) = (select ...)
)

// SubLink is a subquery in an expression. For ANY/ALL, Test compares over *SubValue (column i of the subquery) and
// outer expressions.
type SubLink struct {
	T
	Kind  SubLinkKind
	Query *Query
	Test  Expr
}

// SubValue stands for output column Col (0-based) of the SubLink's query inside its Test.
type SubValue struct {
	T
	Col int
}

// Agg is an aggregate call.
type Agg struct {
	T
	Fn       *catalog.Function
	Args     []Expr
	Star     bool
	Distinct bool
	OrderBy  []WindowSort
	Filter   Expr
	// Direct are the direct arguments of an ordered-set aggregate (WITHIN GROUP); Args are the aggregated ones.
	Direct []Expr
	// Levels is the query level the aggregate belongs to, outwards.
	Levels int
}

// Win is a window function call; Window is the index into Query.Windows.
type Win struct {
	T
	Fn     *catalog.Function
	Args   []Expr
	Star   bool
	Filter Expr
	Window int
	IsAgg  bool
}

// Grouping is GROUPING(...): Keys are positions in GroupBy. Args are for analysis alone.
type Grouping struct {
	T
	Keys []int
	Args []Expr
}

// SQLValue is CURRENT_DATE, CURRENT_USER and their like; Name in lower case ("current_timestamp").
type SQLValue struct {
	T
	Name string
}

// Subscript is arr[i], arr[i:j] or jsonb['key']. For a slice Lower/Upper hold nil for an omitted bound.
type Subscript struct {
	T
	Arg          Expr
	Slice        bool
	Upper, Lower []Expr
}

// Field selects a field of a composite value.
type Field struct {
	T
	Arg  Expr
	Name string
	Num  int // 0-based position in the composite's fields
}

// Collate is COLLATE.
type Collate struct {
	T
	Arg  Expr
	Name string
}

// SetToDefault is DEFAULT in VALUES or SET.
type SetToDefault struct{ T }

// DomainValue is VALUE in a domain's check.
type DomainValue struct{ T }

// Raise raises an error when it is evaluated.
type Raise struct {
	T
	Err *errs.Error
}

// NextVal draws from a sequence (identity and serial defaults).
type NextVal struct {
	T
	Sequence *catalog.Sequence
}
