package ast

// SetOperation tells whether a SelectStmt is a plain SELECT or joins two.
type SetOperation uint8

// The set operations.
const (
	SetOpNone SetOperation = iota
	SetOpUnion
	SetOpIntersect
	SetOpExcept
)

// LimitOption is WITH TIES or not.
type LimitOption uint8

// The limit options.
const (
	LimitCount LimitOption = iota
	LimitWithTies
)

// SelectStmt is SELECT, VALUES, TABLE and their set operations. With Op set, Left and Right are the sides and only
// With, OrderBy, Limit, Offset and Locking apply beside them. Values is set for VALUES. DISTINCT without ON is
// Distinct with an empty DistinctOn. LIMIT ALL is a Limit of NULL.
type SelectStmt struct {
	Pos           int
	With          *WithClause
	Distinct      bool
	DistinctOn    []Expr
	Targets       []*ResTarget
	Into          *IntoClause
	From          []TableRef
	Where         Expr
	GroupBy       []Expr
	GroupDistinct bool
	Having        Expr
	Windows       []*WindowDef
	Values        [][]Expr
	Op            SetOperation
	All           bool
	Left          *SelectStmt
	Right         *SelectStmt
	OrderBy       []*SortBy
	Limit         Expr
	LimitOption   LimitOption
	Offset        Expr
	Locking       []*LockingClause
}

// ResTarget is an output column (Value [AS Name]), a column of INSERT's list (Name and Indirection), or an assignment
// (Name, Indirection, Value).
type ResTarget struct {
	Pos         int
	Name        string
	Indirection []Indirection
	Value       Expr
}

// IntoClause is the target of SELECT INTO and CREATE TABLE AS.
type IntoClause struct {
	Pos          int
	Relation     *RangeVar
	Columns      []string
	AccessMethod string
	Options      []*DefElem
	OnCommit     OnCommitAction
	TableSpace   string
	WithNoData   bool
}

// OnCommitAction is a temporary table's ON COMMIT.
type OnCommitAction uint8

// The ON COMMIT actions.
const (
	OnCommitNone OnCommitAction = iota
	OnCommitPreserveRows
	OnCommitDeleteRows
	OnCommitDrop
)

// Alias is AS name (columns).
type Alias struct {
	Pos     int
	Name    string
	Columns []string
}

// Persistence is a relation's life.
type Persistence uint8

// The persistences.
const (
	Permanent Persistence = iota
	Temporary
	Unlogged
)

// RangeVar is a relation's name. Only is ONLY written before it (no children). Persistence is for names of relations
// to be made.
type RangeVar struct {
	Pos         int
	Catalog     string
	Schema      string
	Name        string
	Only        bool
	Persistence Persistence
	Alias       *Alias
}

// RangeSubselect is a subquery in FROM.
type RangeSubselect struct {
	Pos     int
	Lateral bool
	Select  *SelectStmt
	Alias   *Alias
}

// RangeFunction is a function call in FROM. Without RowsFrom it has one item, and its column definitions are ColDefs.
type RangeFunction struct {
	Pos        int
	Lateral    bool
	Ordinality bool
	RowsFrom   bool
	Functions  []*RangeFunctionItem
	Alias      *Alias
	ColDefs    []*TableFuncElement
}

// RangeFunctionItem is one call in ROWS FROM, with its own column definitions.
type RangeFunctionItem struct {
	Pos     int
	Func    Expr
	ColDefs []*TableFuncElement
}

// TableFuncElement is a column definition after a function in FROM: name type [COLLATE c].
type TableFuncElement struct {
	Pos     int
	Name    string
	Type    *TypeName
	Collate *CollateClause
}

// RangeTableSample is relation TABLESAMPLE method (args) [REPEATABLE (seed)].
type RangeTableSample struct {
	Pos        int
	Relation   TableRef
	Method     []string
	Args       []Expr
	Repeatable Expr
}

// RangeTableFunc is XMLTABLE.
type RangeTableFunc struct {
	Pos        int
	Lateral    bool
	Doc        Expr
	Row        Expr
	Namespaces []*ResTarget
	Columns    []*RangeTableFuncCol
	Alias      *Alias
}

// RangeTableFuncCol is a column of XMLTABLE.
type RangeTableFuncCol struct {
	Pos           int
	Name          string
	Type          *TypeName
	ForOrdinality bool
	NotNull       bool
	Path          Expr
	Default       Expr
}

// JsonTable is JSON_TABLE in FROM.
type JsonTable struct {
	Pos     int
	Lateral bool
	Context *JsonValueExpr
	Path    *JsonTablePathSpec
	Passing []*JsonArgument
	Columns []*JsonTableColumn
	OnError *JsonBehavior
	Alias   *Alias
}

// JsonTablePathSpec is a path with its optional name.
type JsonTablePathSpec struct {
	Pos  int
	Path Expr
	Name string
}

// JsonTableColumnType is a JSON_TABLE column's form.
type JsonTableColumnType uint8

// The forms of JSON_TABLE columns.
const (
	JsonColOrdinality JsonTableColumnType = iota
	JsonColRegular
	JsonColExists
	JsonColFormatted
	JsonColNested
)

// JsonTableColumn is a column, or a NESTED PATH with columns, of JSON_TABLE.
type JsonTableColumn struct {
	Pos     int
	Type    JsonTableColumnType
	Name    string
	ColType *TypeName
	Path    *JsonTablePathSpec
	Format  *JsonFormat
	Wrapper JsonWrapper
	Quotes  JsonQuotes
	Columns []*JsonTableColumn
	OnEmpty *JsonBehavior
	OnError *JsonBehavior
}

// JoinType is the kind of a join.
type JoinType uint8

// The joins.
const (
	JoinInner JoinType = iota
	JoinLeft
	JoinFull
	JoinRight
)

// JoinExpr is a join. CROSS JOIN is an inner join without Using and On. UsingAlias is the alias after USING (...),
// Alias the one of a join in parentheses.
type JoinExpr struct {
	Pos        int
	Type       JoinType
	Natural    bool
	Left       TableRef
	Right      TableRef
	Using      []string
	UsingAlias *Alias
	On         Expr
	Alias      *Alias
}

// GroupingSetKind is the kind of a GroupingSet.
type GroupingSetKind uint8

// The grouping sets.
const (
	GroupingSetEmpty GroupingSetKind = iota
	GroupingSetRollup
	GroupingSetCube
	GroupingSetSets
)

// GroupingSet is an item of GROUP BY: (), ROLLUP(...), CUBE(...), GROUPING SETS(...).
type GroupingSet struct {
	Pos     int
	Kind    GroupingSetKind
	Content []Expr
}

// SortDir is the direction of a sort.
type SortDir uint8

// The directions. SortUsing names an operator.
const (
	SortDefault SortDir = iota
	SortAsc
	SortDesc
	SortUsing
)

// SortNulls is where nulls go.
type SortNulls uint8

// The places of nulls.
const (
	NullsDefault SortNulls = iota
	NullsFirst
	NullsLast
)

// SortBy is an item of ORDER BY.
type SortBy struct {
	Pos   int
	Value Expr
	Dir   SortDir
	Nulls SortNulls
	UseOp []string
}

// WindowDef is a window: in WINDOW it has a Name; OVER name has only Name; OVER (base ...) has RefName.
type WindowDef struct {
	Pos       int
	Name      string
	RefName   string
	Partition []Expr
	Order     []*SortBy
	Frame     *WindowFrame
}

// FrameMode is RANGE, ROWS or GROUPS.
type FrameMode uint8

// The frame modes.
const (
	FrameRange FrameMode = iota
	FrameRows
	FrameGroups
)

// FrameExclusion is the EXCLUDE clause.
type FrameExclusion uint8

// The exclusions.
const (
	ExcludeNone FrameExclusion = iota
	ExcludeNoOthers
	ExcludeCurrentRow
	ExcludeGroup
	ExcludeTies
)

// WindowFrame is a written frame. Without BETWEEN, End is CURRENT ROW and Between is false.
type WindowFrame struct {
	Pos     int
	Mode    FrameMode
	Between bool
	Start   *FrameBound
	End     *FrameBound
	Exclude FrameExclusion
}

// FrameBoundKind is a bound's kind.
type FrameBoundKind uint8

// The bounds.
const (
	UnboundedPreceding FrameBoundKind = iota
	OffsetPreceding
	CurrentRow
	OffsetFollowing
	UnboundedFollowing
)

// FrameBound is one end of a frame.
type FrameBound struct {
	Pos    int
	Kind   FrameBoundKind
	Offset Expr
}

// LockStrength is how rows are locked.
type LockStrength uint8

// The row locks, weakest first.
const (
	ForKeyShare LockStrength = iota
	ForShare
	ForNoKeyUpdate
	ForUpdate
)

// LockWait is what to do about rows locked by others.
type LockWait uint8

// The waits.
const (
	LockWaitBlock LockWait = iota
	LockWaitSkip
	LockWaitError
)

// LockingClause is FOR UPDATE and its like; without Rels it is for all.
type LockingClause struct {
	Pos      int
	Strength LockStrength
	Rels     []*RangeVar
	Wait     LockWait
}

// WithClause is WITH.
type WithClause struct {
	Pos       int
	Recursive bool
	CTEs      []*CommonTableExpr
}

// CTEMaterialize is the MATERIALIZED clause.
type CTEMaterialize uint8

// The choices of MATERIALIZED.
const (
	CTEMaterializeDefault CTEMaterialize = iota
	CTEMaterializeAlways
	CTEMaterializeNever
)

// CommonTableExpr is one query of WITH: a SELECT, INSERT, UPDATE, DELETE or MERGE.
type CommonTableExpr struct {
	Pos          int
	Name         string
	Columns      []string
	Materialized CTEMaterialize
	Query        Statement
	Search       *CTESearchClause
	Cycle        *CTECycleClause
}

// CTESearchClause is SEARCH DEPTH|BREADTH FIRST BY columns SET name.
type CTESearchClause struct {
	Pos       int
	Breadth   bool
	Columns   []string
	SeqColumn string
}

// CTECycleClause is CYCLE columns SET mark [TO value DEFAULT default] USING path. MarkValue and MarkDefault are the
// Boolean constants true and false when not written.
type CTECycleClause struct {
	Pos         int
	Columns     []string
	MarkColumn  string
	MarkValue   Expr
	MarkDefault Expr
	PathColumn  string
}

func (*SelectStmt) stmt() {}

func (*RangeVar) tableRef()         {}
func (*RangeSubselect) tableRef()   {}
func (*RangeFunction) tableRef()    {}
func (*RangeTableSample) tableRef() {}
func (*RangeTableFunc) tableRef()   {}
func (*JsonTable) tableRef()        {}
func (*JoinExpr) tableRef()         {}

func (*GroupingSet) expr() {}
