package ast

// AlterTableType is one thing ALTER TABLE does.
type AlterTableType int

const (
	AlterAddColumn            AlterTableType = iota // Column, MissingOK (IF NOT EXISTS)
	AlterDropColumn                                 // Name, Cascade, MissingOK
	AlterColumnType                                 // Name, Type, Collate, Expr (USING)
	AlterColumnDefault                              // Name, Expr (nil: DROP DEFAULT)
	AlterSetNotNull                                 // Name
	AlterDropNotNull                                // Name
	AlterSetExpression                              // Name, Expr
	AlterDropExpression                             // Name, MissingOK
	AlterSetStatistics                              // Name or Number, Value ("" when DEFAULT)
	AlterSetColumnOptions                           // Name, Options
	AlterResetColumnOptions                         // Name, Options
	AlterSetStorage                                 // Name, Value
	AlterSetCompression                             // Name, Value
	AlterAddIdentity                                // Name, Constraint
	AlterSetIdentity                                // Name, Identity
	AlterDropIdentity                               // Name, MissingOK
	AlterColumnGenericOptions                       // Name, Options
	AlterAddConstraint                              // Constraint
	AlterAlterConstraint                            // Constraint (name and attributes)
	AlterValidateConstraint                         // Name
	AlterDropConstraint                             // Name, Cascade, MissingOK
	AlterSetWithoutOids                             //
	AlterClusterOn                                  // Name
	AlterSetWithoutCluster                          //
	AlterSetLogged                                  //
	AlterSetUnlogged                                //
	AlterEnableTrigger                              // Name
	AlterEnableAlwaysTrigger                        // Name
	AlterEnableReplicaTrigger                       // Name
	AlterEnableTriggerAll                           //
	AlterEnableTriggerUser                          //
	AlterDisableTrigger                             // Name
	AlterDisableTriggerAll                          //
	AlterDisableTriggerUser                         //
	AlterEnableRule                                 // Name
	AlterEnableAlwaysRule                           // Name
	AlterEnableReplicaRule                          // Name
	AlterDisableRule                                // Name
	AlterAddInherit                                 // Relation
	AlterDropInherit                                // Relation
	AlterAddOf                                      // OfType
	AlterDropOf                                     //
	AlterChangeOwner                                // Owner
	AlterSetAccessMethod                            // Name ("" when DEFAULT)
	AlterSetTablespace                              // Name
	AlterSetRelOptions                              // Options
	AlterResetRelOptions                            // Options
	AlterReplicaIdentity                            // Value: nothing, full, default, index; Name: the index
	AlterEnableRowSecurity                          //
	AlterDisableRowSecurity                         //
	AlterForceRowSecurity                           //
	AlterNoForceRowSecurity                         //
	AlterGenericOptions                             // Options
	AlterAttachPartition                            // Relation, Bound (nil for an index)
	AlterDetachPartition                            // Relation, Concurrently
	AlterDetachPartitionFinal                       // Relation
	AlterAddAttribute                               // Column, Cascade (composite types)
	AlterDropAttribute                              // Name, Cascade, MissingOK
	AlterAttributeType                              // Name, Type, Collate, Cascade
)

// AlterTableStmt is ALTER TABLE, INDEX, SEQUENCE, VIEW, MATERIALIZED VIEW and FOREIGN TABLE with commands, and
// ALTER TYPE's attribute commands (ObjType is ObjectDataType).
type AlterTableStmt struct {
	Pos       int
	ObjType   ObjectType
	Relation  *RangeVar
	MissingOK bool
	Cmds      []*AlterTableCmd
}

// AlterTableCmd is one command; the fields in use are listed at AlterTableType.
type AlterTableCmd struct {
	Pos          int
	Type         AlterTableType
	Name         string
	NamePos      int
	Number       int // column number of SET STATISTICS on an index
	Column       *ColumnDef
	Constraint   *Constraint
	NewType      *TypeName
	Collate      *CollateClause
	Expr         Expr
	Value        string
	Options      []*DefElem
	Identity     []*IdentityOption
	Relation     *RangeVar
	Bound        *PartitionBoundSpec
	OfType       *AnyName
	Owner        *RoleSpec
	Concurrently bool
	Cascade      bool
	MissingOK    bool
}

// IdentityOption is one thing ALTER COLUMN does to an identity: a sequence option, or SET GENERATED (Seq nil).
type IdentityOption struct {
	Pos    int
	Seq    *SeqOption
	Always bool
}

// AlterTableMoveAllStmt is ALTER TABLE ALL IN TABLESPACE.
type AlterTableMoveAllStmt struct {
	Pos     int
	ObjType ObjectType
	From    string
	Roles   []*RoleSpec
	To      string
	NoWait  bool
}

// RenameStmt renames an object, a column of Relation, a table's or domain's constraint, or a type's attribute.
// Subject says what is renamed; for columns, constraints and attributes Subname is its name and Object where it is.
type RenameStmt struct {
	Pos       int
	Subject   ObjectType
	Object    *ObjectRef
	Relation  *RangeVar // set when Object is a relation
	Subname   string
	NewName   string
	Cascade   bool
	MissingOK bool
}

// AlterOwnerStmt is OWNER TO for everything but relations (those are AlterTableStmt).
type AlterOwnerStmt struct {
	Pos    int
	Object *ObjectRef
	Owner  *RoleSpec
}

// AlterObjectSchemaStmt is SET SCHEMA.
type AlterObjectSchemaStmt struct {
	Pos       int
	Object    *ObjectRef
	Relation  *RangeVar // set when Object is a relation
	NewSchema string
	MissingOK bool
}

// AlterObjectDependsStmt is [NO] DEPENDS ON EXTENSION.
type AlterObjectDependsStmt struct {
	Pos       int
	Object    *ObjectRef
	Relation  *RangeVar
	Extension string
	Remove    bool
}
