package ast

// VariableSetKind is what a VariableSetStmt does.
type VariableSetKind uint8

// The forms of SET and RESET. VarSetMulti is SET TRANSACTION and SESSION CHARACTERISTICS (Name tells which).
const (
	VarSetValue VariableSetKind = iota
	VarSetDefault
	VarSetCurrent
	VarSetMulti
	VarReset
	VarResetAll
)

// VariableSetStmt is SET and RESET, also as a clause of CREATE and ALTER FUNCTION, ROLE, DATABASE. Name is dotted for
// custom settings. The Args of SET are *AConst (bare words are strings) or, for TIME ZONE, an interval *TypeCast;
// those of VarSetMulti are *DefElem in Options. The special forms have PostgreSQL's setting names: timezone, role,
// session_authorization, search_path (SET SCHEMA), client_encoding (SET NAMES), xmloption, "TRANSACTION",
// "SESSION CHARACTERISTICS", "TRANSACTION SNAPSHOT".
type VariableSetStmt struct {
	Pos     int
	Kind    VariableSetKind
	Name    string
	Args    []Expr
	Options []*DefElem
	Local   bool
}

// VariableShowStmt is SHOW; Name is "all" for SHOW ALL.
type VariableShowStmt struct {
	Pos  int
	Name string
}

// TransactionStmtKind is what a TransactionStmt does.
type TransactionStmtKind uint8

// The transaction statements.
const (
	TransBegin TransactionStmtKind = iota
	TransStart
	TransCommit
	TransRollback
	TransSavepoint
	TransRelease
	TransRollbackTo
	TransPrepare
	TransCommitPrepared
	TransRollbackPrepared
)

// TransactionStmt is BEGIN, COMMIT, SAVEPOINT and their like. Options are transaction_isolation,
// transaction_read_only and transaction_deferrable.
type TransactionStmt struct {
	Pos       int
	Kind      TransactionStmtKind
	Options   []*DefElem
	Savepoint string
	GID       string
	Chain     bool
}

// ConstraintsSetStmt is SET CONSTRAINTS; no Constraints is ALL.
type ConstraintsSetStmt struct {
	Pos         int
	Constraints []*RangeVar
	Deferred    bool
}

// LockMode is a table lock's mode.
type LockMode uint8

// The table locks, weakest first, as PostgreSQL numbers them.
const (
	AccessShareLock LockMode = 1 + iota
	RowShareLock
	RowExclusiveLock
	ShareUpdateExclusiveLock
	ShareLock
	ShareRowExclusiveLock
	ExclusiveLock
	AccessExclusiveLock
)

// LockStmt is LOCK TABLE.
type LockStmt struct {
	Pos       int
	Relations []*RangeVar
	Mode      LockMode
	NoWait    bool
}

// NotifyStmt is NOTIFY.
type NotifyStmt struct {
	Pos     int
	Channel string
	Payload string
}

// ListenStmt is LISTEN.
type ListenStmt struct {
	Pos     int
	Channel string
}

// UnlistenStmt is UNLISTEN; an empty Channel is all.
type UnlistenStmt struct {
	Pos     int
	Channel string
}

// DiscardTarget is what DISCARD discards.
type DiscardTarget uint8

// The targets of DISCARD.
const (
	DiscardAll DiscardTarget = iota
	DiscardPlans
	DiscardSequences
	DiscardTemp
)

// DiscardStmt is DISCARD.
type DiscardStmt struct {
	Pos    int
	Target DiscardTarget
}

// CheckPointStmt is CHECKPOINT.
type CheckPointStmt struct {
	Pos int
}

// LoadStmt is LOAD.
type LoadStmt struct {
	Pos  int
	File string
}

// VacuumStmt is VACUUM, or with Analyze ANALYZE.
type VacuumStmt struct {
	Pos       int
	Analyze   bool
	Options   []*DefElem
	Relations []*VacuumRelation
}

// VacuumRelation is a table of VACUUM with its columns.
type VacuumRelation struct {
	Pos      int
	Relation *RangeVar
	Columns  []string
}

// ClusterStmt is CLUSTER.
type ClusterStmt struct {
	Pos      int
	Relation *RangeVar
	Index    string
	Options  []*DefElem
}

// ReindexKind is what REINDEX works on.
type ReindexKind uint8

// The targets of REINDEX.
const (
	ReindexIndex ReindexKind = iota
	ReindexTable
	ReindexSchema
	ReindexSystem
	ReindexDatabase
)

// ReindexStmt is REINDEX; Name is for SCHEMA, SYSTEM and DATABASE.
type ReindexStmt struct {
	Pos      int
	Kind     ReindexKind
	Relation *RangeVar
	Name     string
	Options  []*DefElem
}

func (*InsertStmt) stmt()         {}
func (*UpdateStmt) stmt()         {}
func (*DeleteStmt) stmt()         {}
func (*MergeStmt) stmt()          {}
func (*CallStmt) stmt()           {}
func (*ReturnStmt) stmt()         {}
func (*TruncateStmt) stmt()       {}
func (*CopyStmt) stmt()           {}
func (*ExplainStmt) stmt()        {}
func (*PrepareStmt) stmt()        {}
func (*ExecuteStmt) stmt()        {}
func (*DeallocateStmt) stmt()     {}
func (*DeclareCursorStmt) stmt()  {}
func (*ClosePortalStmt) stmt()    {}
func (*FetchStmt) stmt()          {}
func (*DoStmt) stmt()             {}
func (*VariableSetStmt) stmt()    {}
func (*VariableShowStmt) stmt()   {}
func (*TransactionStmt) stmt()    {}
func (*ConstraintsSetStmt) stmt() {}
func (*LockStmt) stmt()           {}
func (*NotifyStmt) stmt()         {}
func (*ListenStmt) stmt()         {}
func (*UnlistenStmt) stmt()       {}
func (*DiscardStmt) stmt()        {}
func (*CheckPointStmt) stmt()     {}
func (*LoadStmt) stmt()           {}
func (*VacuumStmt) stmt()         {}
func (*ClusterStmt) stmt()        {}
func (*ReindexStmt) stmt()        {}
