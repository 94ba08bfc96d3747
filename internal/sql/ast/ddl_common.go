package ast

// ObjectType is the kind of a database object, as PostgreSQL's ObjectType.
type ObjectType int

const (
	ObjectUnknown ObjectType = iota
	ObjectAccessMethod
	ObjectAggregate
	ObjectAttribute
	ObjectCast
	ObjectCollation
	ObjectColumn
	ObjectConversion
	ObjectDatabase
	ObjectDomain
	ObjectDomainConstraint
	ObjectEventTrigger
	ObjectExtension
	ObjectForeignDataWrapper
	ObjectForeignServer
	ObjectForeignTable
	ObjectFunction
	ObjectIndex
	ObjectLanguage
	ObjectLargeObject
	ObjectMaterializedView
	ObjectOperator
	ObjectOperatorClass
	ObjectOperatorFamily
	ObjectParameter
	ObjectPolicy
	ObjectProcedure
	ObjectPublication
	ObjectRole
	ObjectRoutine
	ObjectRule
	ObjectSchema
	ObjectSequence
	ObjectStatistics
	ObjectSubscription
	ObjectTable
	ObjectTableConstraint
	ObjectTablespace
	ObjectTransform
	ObjectTrigger
	ObjectTSConfiguration
	ObjectTSDictionary
	ObjectTSParser
	ObjectTSTemplate
	ObjectDataType
	ObjectUserMapping
	ObjectView
)

// AnyName is a possibly qualified name: the last part is the object's own name.
type AnyName struct {
	Pos   int
	Parts []string
}

// RoleSpecKind tells a named role from the words that stand for one.
type RoleSpecKind int

const (
	RoleName RoleSpecKind = iota
	RoleCurrentRole
	RoleCurrentUser
	RoleSessionUser
	RolePublic
)

// RoleSpec names a role; Name is set for RoleName only.
type RoleSpec struct {
	Pos  int
	Kind RoleSpecKind
	Name string
}

// ObjectWithArgs names a function, procedure, routine, aggregate or operator by its arguments. An operator has exactly
// two Params, either of which may be nil (NONE). OrderBy holds an aggregate's arguments after ORDER BY.
type ObjectWithArgs struct {
	Pos             int
	Name            []string
	Params          []*FunctionParameter
	OrderBy         []*FunctionParameter
	Star            bool // aggregate(*)
	ArgsUnspecified bool // no argument list was written
}

// ObjectRef points at one object of any kind, as COMMENT, DROP, ALTER ... RENAME and their like name it.
// Which fields are set follows from Kind.
type ObjectRef struct {
	Pos  int
	Kind ObjectType
	// Names is the (qualified) name; for policies, rules, triggers and constraints the one name of it.
	Names []string
	// On is the table (or domain) of a policy, rule, trigger or constraint.
	On *AnyName
	// Func is set for functions, procedures, routines, aggregates and operators.
	Func *ObjectWithArgs
	// Type is set for types and domains in COMMENT, DROP and ALTER EXTENSION, for transforms, and is a cast's source.
	Type *TypeName
	// Target is a cast's target type.
	Target *TypeName
	// Using is an operator class's or family's access method, or a transform's language.
	Using string
	// Number is a large object's OID.
	Number string
}

func (*AlterTableStmt) stmt()               {}
func (*AlterTableMoveAllStmt) stmt()        {}
func (*RenameStmt) stmt()                   {}
func (*AlterOwnerStmt) stmt()               {}
func (*AlterObjectSchemaStmt) stmt()        {}
func (*AlterObjectDependsStmt) stmt()       {}
func (*CreateFdwStmt) stmt()                {}
func (*AlterFdwStmt) stmt()                 {}
func (*CreateForeignServerStmt) stmt()      {}
func (*AlterForeignServerStmt) stmt()       {}
func (*UserMappingStmt) stmt()              {}
func (*ImportForeignSchemaStmt) stmt()      {}
func (*CreatePublicationStmt) stmt()        {}
func (*AlterPublicationStmt) stmt()         {}
func (*CreateSubscriptionStmt) stmt()       {}
func (*AlterSubscriptionStmt) stmt()        {}
func (*DropSubscriptionStmt) stmt()         {}
func (*CreateFunctionStmt) stmt()           {}
func (*AlterFunctionStmt) stmt()            {}
func (*CreateCastStmt) stmt()               {}
func (*CreateTransformStmt) stmt()          {}
func (*CreateConversionStmt) stmt()         {}
func (*CreatePLangStmt) stmt()              {}
func (*CreateAmStmt) stmt()                 {}
func (*CreateOpClassStmt) stmt()            {}
func (*CreateOpFamilyStmt) stmt()           {}
func (*AlterOpFamilyStmt) stmt()            {}
func (*AlterOperatorStmt) stmt()            {}
func (*IndexStmt) stmt()                    {}
func (*CreateSeqStmt) stmt()                {}
func (*AlterSeqStmt) stmt()                 {}
func (*CreateStatsStmt) stmt()              {}
func (*AlterStatsStmt) stmt()               {}
func (*DropStmt) stmt()                     {}
func (*CommentStmt) stmt()                  {}
func (*SecLabelStmt) stmt()                 {}
func (*CreateExtensionStmt) stmt()          {}
func (*AlterExtensionStmt) stmt()           {}
func (*AlterExtensionContentsStmt) stmt()   {}
func (*CreateTableSpaceStmt) stmt()         {}
func (*AlterTableSpaceOptionsStmt) stmt()   {}
func (*DropTableSpaceStmt) stmt()           {}
func (*CreatedbStmt) stmt()                 {}
func (*AlterDatabaseStmt) stmt()            {}
func (*AlterDatabaseRefreshCollStmt) stmt() {}
func (*AlterDatabaseSetStmt) stmt()         {}
func (*DropdbStmt) stmt()                   {}
func (*AlterSystemStmt) stmt()              {}
func (*AlterCollationStmt) stmt()           {}
func (*AlterTSDictionaryStmt) stmt()        {}
func (*AlterTSConfigurationStmt) stmt()     {}
func (*CreateRoleStmt) stmt()               {}
func (*AlterRoleStmt) stmt()                {}
func (*AlterRoleSetStmt) stmt()             {}
func (*DropRoleStmt) stmt()                 {}
func (*GrantStmt) stmt()                    {}
func (*GrantRoleStmt) stmt()                {}
func (*AlterDefaultPrivilegesStmt) stmt()   {}
func (*ReassignOwnedStmt) stmt()            {}
func (*DropOwnedStmt) stmt()                {}
func (*CreateSchemaStmt) stmt()             {}
func (*CreateStmt) stmt()                   {}
func (*CreateTableAsStmt) stmt()            {}
func (*RefreshMatViewStmt) stmt()           {}
func (*ViewStmt) stmt()                     {}
func (*CreateTrigStmt) stmt()               {}
func (*CreateEventTrigStmt) stmt()          {}
func (*AlterEventTrigStmt) stmt()           {}
func (*RuleStmt) stmt()                     {}
func (*CreatePolicyStmt) stmt()             {}
func (*AlterPolicyStmt) stmt()              {}
func (*DefineStmt) stmt()                   {}
func (*CompositeTypeStmt) stmt()            {}
func (*CreateEnumStmt) stmt()               {}
func (*CreateRangeStmt) stmt()              {}
func (*AlterEnumStmt) stmt()                {}
func (*AlterTypeStmt) stmt()                {}
func (*CreateDomainStmt) stmt()             {}
func (*AlterDomainStmt) stmt()              {}
