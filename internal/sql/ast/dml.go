package ast

// OverridingKind is INSERT's OVERRIDING clause.
type OverridingKind uint8

// The OVERRIDING clauses.
const (
	OverridingNone OverridingKind = iota
	OverridingUserValue
	OverridingSystemValue
)

// InsertStmt is INSERT. A nil Select is DEFAULT VALUES. The relation's alias is in Relation.
type InsertStmt struct {
	Pos        int
	With       *WithClause
	Relation   *RangeVar
	Columns    []*ResTarget
	Override   OverridingKind
	Select     *SelectStmt
	OnConflict *OnConflictClause
	Returning  []*ResTarget
	// ReturningOptions is RETURNING WITH (OLD AS o, NEW AS n), since PostgreSQL 18.
	ReturningOptions []*ReturningOption
}

// ReturningOption names OLD or NEW in RETURNING.
type ReturningOption struct {
	Pos  int
	New  bool
	Name string
}

// OnConflictClause is ON CONFLICT: DO NOTHING, or with Update DO UPDATE SET Targets WHERE.
type OnConflictClause struct {
	Pos     int
	Infer   *InferClause
	Update  bool
	Targets []*ResTarget
	Where   Expr
}

// InferClause tells which index arbitrates: (elements) WHERE, or ON CONSTRAINT name.
type InferClause struct {
	Pos        int
	Elems      []*IndexElem
	Where      Expr
	Constraint string
}

// IndexElem is a column (Name) or an expression of an index or a conflict target.
type IndexElem struct {
	Pos            int
	Name           string
	Expr           Expr
	Collation      []string
	OpClass        []string
	OpClassOptions []*DefElem
	Dir            SortDir
	Nulls          SortNulls
}

// DefElem is a named option. Arg is nil, an *AConst, a *TypeName (a bare word is a type name, as PostgreSQL's grammar
// has it, where the grammar allows types), an *ExprList or another node the statement's documentation tells.
type DefElem struct {
	Pos       int
	Namespace string
	Name      string
	Arg       Node
	Action    DefElemAction
}

// DefElemAction is SET, ADD or DROP before an option.
type DefElemAction uint8

// The option actions.
const (
	DefElemUnspec DefElemAction = iota
	DefElemSet
	DefElemAdd
	DefElemDrop
)

// UpdateStmt is UPDATE. Targets may hold *MultiAssignRef values.
type UpdateStmt struct {
	Pos              int
	With             *WithClause
	Relation         *RangeVar
	Targets          []*ResTarget
	From             []TableRef
	Where            Expr
	Returning        []*ResTarget
	ReturningOptions []*ReturningOption
}

// DeleteStmt is DELETE.
type DeleteStmt struct {
	Pos              int
	With             *WithClause
	Relation         *RangeVar
	Using            []TableRef
	Where            Expr
	Returning        []*ResTarget
	ReturningOptions []*ReturningOption
}

// MergeStmt is MERGE.
type MergeStmt struct {
	Pos              int
	With             *WithClause
	Relation         *RangeVar
	Source           TableRef
	On               Expr
	Whens            []*MergeWhenClause
	Returning        []*ResTarget
	ReturningOptions []*ReturningOption
}

// MergeMatchKind is when a MergeWhenClause applies.
type MergeMatchKind uint8

// The match kinds.
const (
	MergeMatched MergeMatchKind = iota
	MergeNotMatchedBySource
	MergeNotMatchedByTarget
)

// MergeCommand is what a MergeWhenClause does.
type MergeCommand uint8

// The merge commands.
const (
	MergeDoNothing MergeCommand = iota
	MergeInsert
	MergeUpdate
	MergeDelete
)

// MergeWhenClause is one WHEN. For an insert, Targets are the columns and Values the values (nil: DEFAULT VALUES).
type MergeWhenClause struct {
	Pos       int
	Match     MergeMatchKind
	Condition Expr
	Command   MergeCommand
	Override  OverridingKind
	Targets   []*ResTarget
	Values    []Expr
}

// CallStmt is CALL.
type CallStmt struct {
	Pos  int
	Func *FuncCall
}

// ReturnStmt is RETURN in the body of an SQL function.
type ReturnStmt struct {
	Pos   int
	Value Expr
}

// TruncateStmt is TRUNCATE.
type TruncateStmt struct {
	Pos             int
	Relations       []*RangeVar
	RestartIdentity bool
	Cascade         bool
}

// CopyStmt is COPY. It copies Relation or the result of Query. File is empty for STDIN and STDOUT.
type CopyStmt struct {
	Pos      int
	Relation *RangeVar
	Columns  []string
	Query    Statement
	From     bool
	Program  bool
	File     string
	Options  []*DefElem
	Where    Expr
}

// ExplainStmt is EXPLAIN; Options has analyze, verbose and what is written in parentheses.
type ExplainStmt struct {
	Pos     int
	Query   Statement
	Options []*DefElem
}

// PrepareStmt is PREPARE.
type PrepareStmt struct {
	Pos      int
	Name     string
	ArgTypes []*TypeName
	Query    Statement
}

// ExecuteStmt is EXECUTE.
type ExecuteStmt struct {
	Pos    int
	Name   string
	Params []Expr
}

// DeallocateStmt is DEALLOCATE; an empty Name is ALL.
type DeallocateStmt struct {
	Pos  int
	Name string
}

// CursorOption is DECLARE's options, as bits.
type CursorOption uint8

// The cursor options.
const (
	CursorBinary CursorOption = 1 << iota
	CursorScroll
	CursorNoScroll
	CursorInsensitive
	CursorAsensitive
	CursorHold
)

// DeclareCursorStmt is DECLARE CURSOR.
type DeclareCursorStmt struct {
	Pos     int
	Name    string
	Options CursorOption
	Query   Statement
}

// ClosePortalStmt is CLOSE; an empty Name is ALL.
type ClosePortalStmt struct {
	Pos  int
	Name string
}

// FetchDirection is FETCH's direction.
type FetchDirection uint8

// The directions.
const (
	FetchForward FetchDirection = iota
	FetchBackward
	FetchAbsolute
	FetchRelative
)

// FetchAll is the count of FETCH ALL.
const FetchAll = int64(1<<63 - 1)

// FetchStmt is FETCH, or MOVE.
type FetchStmt struct {
	Pos       int
	Move      bool
	Direction FetchDirection
	Count     int64
	Portal    string
}

// DoStmt is DO. BodyPos is the offset of the body's literal. An empty Language is plpgsql.
type DoStmt struct {
	Pos      int
	Language string
	Body     string
	BodyPos  int
	// BodyFirst says that the body was written before LANGUAGE.
	BodyFirst bool
}
