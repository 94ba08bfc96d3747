package ast

// DefineStmt is CREATE AGGREGATE, OPERATOR, TYPE (base and shell), COLLATION and the text search objects: a name and
// a list of definitions.
type DefineStmt struct {
	Pos         int
	Kind        ObjectType
	Replace     bool
	IfNotExists bool
	Name        []string
	NamePos     int
	// Args is an aggregate's argument list; OldStyle says the aggregate has its base type in Definition instead.
	Args       *ObjectWithArgs
	OldStyle   bool
	Definition []*DefElem
	// Defined is false for a shell type, which has no definition list.
	Defined bool
	// From is CREATE COLLATION name FROM other.
	From *AnyName
}

// CompositeTypeStmt is CREATE TYPE name AS (...).
type CompositeTypeStmt struct {
	Pos     int
	Name    *AnyName
	Columns []*ColumnDef
}

// CreateEnumStmt is CREATE TYPE name AS ENUM.
type CreateEnumStmt struct {
	Pos    int
	Name   *AnyName
	Labels []string
}

// CreateRangeStmt is CREATE TYPE name AS RANGE.
type CreateRangeStmt struct {
	Pos        int
	Name       *AnyName
	Definition []*DefElem
}

// AlterEnumStmt is ALTER TYPE ... ADD VALUE and RENAME VALUE.
type AlterEnumStmt struct {
	Pos          int
	Name         *AnyName
	OldValue     string // set for RENAME VALUE
	Rename       bool
	NewValue     string
	Neighbor     string
	HasNeighbor  bool
	After        bool
	SkipIfExists bool
}

// AlterTypeStmt is ALTER TYPE ... SET (...).
type AlterTypeStmt struct {
	Pos     int
	Name    *AnyName
	Options []*DefElem
}

// CreateDomainStmt is CREATE DOMAIN.
type CreateDomainStmt struct {
	Pos         int
	Name        *AnyName
	Type        *TypeName
	Collate     *CollateClause
	Constraints []*Constraint
}

// AlterDomainType is one thing ALTER DOMAIN does.
type AlterDomainType int

const (
	DomainDefault            AlterDomainType = iota // Expr (nil: DROP DEFAULT)
	DomainSetNotNull                                //
	DomainDropNotNull                               //
	DomainAddConstraint                             // Constraint
	DomainDropConstraint                            // Constraint name, Cascade, MissingOK
	DomainValidateConstraint                        // Constraint name
)

// AlterDomainStmt is ALTER DOMAIN; the fields in use are listed at AlterDomainType.
type AlterDomainStmt struct {
	Pos        int
	Type       AlterDomainType
	Name       *AnyName
	Expr       Expr
	Constraint *Constraint
	ConName    string
	Cascade    bool
	MissingOK  bool
}
