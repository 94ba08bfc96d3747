package ast

// IndexStmt is CREATE INDEX.
type IndexStmt struct {
	Pos              int
	Name             string // "" when PostgreSQL is to choose
	NamePos          int
	Relation         *RangeVar
	AccessMethod     string // "" when not written
	Unique           bool
	Concurrently     bool
	IfNotExists      bool
	Params           []*IndexElem
	Including        []*IndexElem
	NullsNotDistinct bool
	With             []*DefElem
	Tablespace       string
	Where            Expr
}

// SeqOptionKind is the kind of a sequence option.
type SeqOptionKind int

const (
	SeqAs           SeqOptionKind = iota // Type
	SeqCache                             // Value
	SeqCycle                             //
	SeqNoCycle                           //
	SeqIncrement                         // Value
	SeqMaxValue                          // Value
	SeqMinValue                          // Value
	SeqNoMaxValue                        //
	SeqNoMinValue                        //
	SeqOwnedBy                           // Name ("none" alone: nobody)
	SeqSequenceName                      // Name
	SeqStart                             // Value
	SeqRestart                           // Value, "" when bare
	SeqLogged                            //
	SeqUnlogged                          //
)

// SeqOption is one option of a sequence or identity column, in the written order. Value is a signed number.
type SeqOption struct {
	Pos   int
	Kind  SeqOptionKind
	Value string
	Type  *TypeName
	Name  *AnyName
}

// CreateSeqStmt is CREATE SEQUENCE.
type CreateSeqStmt struct {
	Pos         int
	Sequence    *RangeVar
	IfNotExists bool
	Options     []*SeqOption
}

// AlterSeqStmt is ALTER SEQUENCE with sequence options.
type AlterSeqStmt struct {
	Pos       int
	Sequence  *RangeVar
	MissingOK bool
	Options   []*SeqOption
}

// StatsElem is a column (Name) or expression of CREATE STATISTICS.
type StatsElem struct {
	Pos  int
	Name string
	Expr Expr
}

// CreateStatsStmt is CREATE STATISTICS.
type CreateStatsStmt struct {
	Pos         int
	Name        *AnyName // nil when PostgreSQL is to choose
	IfNotExists bool
	Kinds       []string
	Exprs       []*StatsElem
	From        []TableRef
}

// AlterStatsStmt is ALTER STATISTICS ... SET STATISTICS; Target is "" for DEFAULT.
type AlterStatsStmt struct {
	Pos       int
	Name      *AnyName
	MissingOK bool
	Target    string
}
