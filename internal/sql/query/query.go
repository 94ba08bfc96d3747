package query

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// Command is what a Query does.
type Command int

// The commands.
const (
	Select Command = iota
	Insert
	Update
	Delete
	Merge
	Utility
)

// Query is one analysed statement or subquery. RTables are numbered from 1 in Var.RT, as in PostgreSQL.
type Query struct {
	Command Command
	// RTable is the range table: Var.RT n is RTable[n-1].
	RTable []*RTE
	// CTEs are the WITH queries of this level, in order.
	CTEs      []*CTE
	Recursive bool
	// From is the join tree: the items of FROM, cross joined.
	From  []FromItem
	Where Expr
	// Targets is the target list; junk entries (sort keys that are not output) come last.
	Targets []*Target

	GroupBy []*SortGroup
	// GroupingSets, when set, lists for each set the GroupBy positions (0-based) it holds.
	GroupingSets [][]int
	HasAggs      bool
	Having       Expr
	HasWindow    bool
	Windows      []*Window
	HasSRF       bool // a set-returning function stands in the target list
	Distinct     bool
	DistinctOn   []*SortGroup
	OrderBy      []*SortGroup
	Limit        Expr
	Offset       Expr
	WithTies     bool
	// SetOp, when set, makes this a set operation: RTable holds the member subqueries, Targets are Vars naming the
	// output columns (of the leftmost member), From and Where are empty.
	SetOp *SetOp
	// Values, when set, makes this a VALUES list: rows of expressions, one per Target.
	Values [][]Expr
	// Locks are FOR UPDATE/SHARE clauses.
	Locks []Lock

	// Result is the range table number of the relation that INSERT, UPDATE, DELETE or MERGE changes, 0 for SELECT.
	Result int
	// For INSERT: Source gives the rows (nil: DEFAULT VALUES); Assign lists the assigned columns in the source's
	// output order. For UPDATE: Assign[i].Expr is the new value, over RTable.
	Source     *Query
	Assign     []*Assignment
	Overriding string // "", "user" or "system"
	OnConflict *OnConflict
	Returning  []*Target
	// Merge are the WHEN clauses of MERGE, in order. From joins the source with Result: what is not matched has NULLs there.
	Merge []*MergeAction

	// Executes are functions whose calls were inlined: the right to call them is still checked.
	Executes []Execute

	// Body is the SQL function whose body this query is, when its call was inlined. What the caller may not do in there is an
	// error only when the body is run.
	Body *catalog.Function

	// Pos is the byte offset of the statement in its text, -1 when unknown.
	Pos int
}

// Execute is a function whose body stands in the tree in place of its call. CheckAs is the role that called it, "" for
// the asking role.
type Execute struct {
	Fn      *catalog.Function
	CheckAs string
}

// RTEKind says what a range table entry is.
type RTEKind int

// The kinds of range table entry.
const (
	RelationRTE RTEKind = iota
	SubqueryRTE
	JoinRTE
	FunctionRTE
	ValuesRTE
	CTERTE
)

// RTE is a range table entry: one thing in FROM (or the target of a write).
type RTE struct {
	Kind  RTEKind
	Alias string // the name its columns are qualified with
	// Columns are the output columns, in order. For a relation dropped columns are absent and Column.Num tells the attribute.
	Columns []RTEColumn

	Relation *catalog.Relation // RelationRTE
	Only     bool
	// Subquery is the query of a subquery or of a view (then Relation is the view and ViewOwner whose rights its
	// relations are checked with, "" for a security_invoker view, whose relations are checked with the asking role's).
	Subquery  *Query
	IsView    bool
	ViewOwner string
	Lateral   bool
	// Join describes a JoinRTE: its output columns as expressions over the two sides.
	JoinVars []Expr
	// Functions of a FunctionRTE (several with ROWS FROM).
	Functions  []*RangeFunc
	Ordinality bool
	// Values of a ValuesRTE.
	Values [][]Expr
	// CTE refers to a WITH query: CTELevelsUp levels out, by name.
	CTE         *CTE
	CTELevelsUp int
	// SelfRef marks the recursive reference of a WITH RECURSIVE query to itself.
	SelfRef bool

	// Sample takes a part of a table's rows (TABLESAMPLE).
	Sample *Sample

	// Inh says the reading of a table must include its partitions/children.
	Inh bool

	// Rights that the reading needs, filled by analysis, checked by the guard: the privileges on the relation, and
	// the columns selected, inserted and updated (by catalog column number; 0 stands for the whole row).
	Required catalog.Privilege
	Selected map[int32]bool
	Inserted map[int32]bool
	Updated  map[int32]bool
	// CheckAs is the role whose rights are checked; "" is the asking role. Set by the analysis of a view's query.
	CheckAs string

	// Security are the row security quals the guard adds: every row read must satisfy all. Vars speak of this
	// entry's own number in its own query. Evaluated before any qual of the user that could leak.
	Security []Expr
	// Barrier says that this query level has quals over the entry which may raise errors or leak values: Security
	// (of the entry, or of what the subquery holds) must be evaluated before them.
	Barrier bool
	// Checks are the row security checks for rows this statement writes (on the Result entry).
	Checks []*WithCheck

	Pos int
}

// Sample is a TABLESAMPLE clause: a percentage of the rows, the same ones for the same Seed (nil: others each time).
type Sample struct {
	Method        string // "bernoulli" or "system"
	Percent, Seed Expr
}

// RTEColumn is an output column of a range table entry.
type RTEColumn struct {
	Name   string
	Type   *types.Type
	Typmod int32
	// Num is the catalog column number for relations, the position from 1 otherwise.
	Num     int32
	NotNull bool
}

// RangeFunc is a function in FROM.
type RangeFunc struct {
	Expr Expr // a FuncExpr (or another expression, which gives one row)
	// Columns are the columns it contributes (from its result type or the column definition list).
	Columns []RTEColumn
	// Composite says the function's value is a row whose fields are the columns; otherwise its value is the one column.
	Composite bool
}

// WithCheck is a condition a written row must satisfy, else the statement fails with 42501.
type WithCheck struct {
	// Kind is "insert", "update", "conflict update", "select" or "view".
	Kind   string
	Policy string // the policy's name when one restrictive policy is alone to blame, else ""
	// View is the name of the view whose CHECK OPTION this is ("" for row security).
	View string
	Expr Expr
}

// CTE is a WITH query.
type CTE struct {
	Name         string
	Query        *Query // may be a data-modifying query with RETURNING
	Columns      []RTEColumn
	Recursive    bool
	Materialized *bool
	Refs         int // how often it is referred to
	Pos          int
}

// FromItem is a *TableRef or a *Join.
type FromItem interface{ fromItem() }

// TableRef stands for a range table entry in the join tree.
type TableRef struct{ RT int }

// JoinKind is the kind of a join.
type JoinKind int

// The kinds of join.
const (
	Inner JoinKind = iota
	Left
	Right
	Full
)

// Join joins two items. RT is the range table number of its JoinRTE (0 when it has none).
type Join struct {
	Kind        JoinKind
	Left, Right FromItem
	On          Expr // nil: cross join
	RT          int
	// Using are the columns that USING or NATURAL named; On holds what they mean.
	Using []string
}

func (*TableRef) fromItem() {}
func (*Join) fromItem()     {}

// Target is an entry of the target list.
type Target struct {
	Expr Expr
	Name string
	Junk bool
}

// SortGroup is a sort or grouping key: the position of its expression in Targets (0-based).
type SortGroup struct {
	Target     int
	Desc       bool
	NullsFirst bool
}

// Window is a window definition.
type Window struct {
	Name        string
	PartitionBy []Expr
	OrderBy     []WindowSort
	Frame       Frame
}

// WindowSort is a sort key inside a window or an aggregate.
type WindowSort struct {
	Expr       Expr
	Desc       bool
	NullsFirst bool
}

// Frame is a window frame. Mode is "rows", "range" or "groups"; "" is the default frame.
type Frame struct {
	Mode       string
	Start, End Bound
	Exclude    string // "", "current row", "group", "ties"
}

// Bound is a frame bound: Kind is "unbounded preceding", "preceding", "current row", "following", "unbounded following".
type Bound struct {
	Kind   string
	Offset Expr
}

// SetOp is a node of a set operation's tree: a leaf names a range table entry.
type SetOp struct {
	Op          string // "union", "intersect", "except"; "" for a leaf
	All         bool
	Left, Right *SetOp
	RT          int
	// Types are the columns' resolved types.
	Types   []*types.Type
	Typmods []int32
}

// Lock is a locking clause: Strength "update", "no key update", "share", "key share"; Of range table numbers.
type Lock struct {
	Strength   string
	Of         []int
	NoWait     bool
	SkipLocked bool
}

// Assignment gives a column of the result relation its value. Expr nil means the source's output column at this
// position (INSERT). A *SetToDefault stands for the column's default.
type Assignment struct {
	Column *catalog.Column
	Expr   Expr
	// Path, when set, says that only a part of the column's value is replaced: several assignments may name the column then.
	Path []*PathStep
	Pos  int
}

// PathStep leads into a value of Type: to a field of a composite, or to an element (Slice: elements) of an array or jsonb.
type PathStep struct {
	Type *types.Type
	// Field is the 0-based position of the field; it counts when there are no subscripts.
	Field int
	Slice bool
	// Upper are the subscripts. For a slice Lower are the lower ones; nil stands for an omitted bound.
	Upper, Lower []Expr
}

// MergeAction is a WHEN clause of MERGE.
type MergeAction struct {
	Matched bool
	When    Expr // nil: always
	// Command is Insert, Update or Delete; Select is DO NOTHING.
	Command Command
	// Assign are the columns' values, over RTable.
	Assign     []*Assignment
	Overriding string
}

// OnConflict is INSERT's ON CONFLICT clause.
type OnConflict struct {
	Update bool // else DO NOTHING
	// Arbiters are the unique indexes the target infers; empty with DO NOTHING means any.
	Arbiters []*catalog.Index
	// ExcludedRT is the range table number of EXCLUDED.
	ExcludedRT int
	Assign     []*Assignment
	Where      Expr
}
