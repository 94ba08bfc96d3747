package ast

// CreateFdwStmt is CREATE FOREIGN DATA WRAPPER; FuncOptions are handler and validator (a DefElem without value: NO).
type CreateFdwStmt struct {
	Pos         int
	Name        string
	FuncOptions []*DefElem
	Options     []*DefElem
}

// AlterFdwStmt is ALTER FOREIGN DATA WRAPPER.
type AlterFdwStmt struct {
	Pos         int
	Name        string
	FuncOptions []*DefElem
	Options     []*DefElem
}

// CreateForeignServerStmt is CREATE SERVER.
type CreateForeignServerStmt struct {
	Pos         int
	Name        string
	IfNotExists bool
	Type        *string
	Version     *string
	VersionNull bool // VERSION NULL
	Wrapper     string
	Options     []*DefElem
}

// AlterForeignServerStmt is ALTER SERVER.
type AlterForeignServerStmt struct {
	Pos        int
	Name       string
	HasVersion bool
	Version    *string
	Options    []*DefElem
}

// UserMappingAction is what is done with a user mapping.
type UserMappingAction int

const (
	UserMappingCreate UserMappingAction = iota
	UserMappingAlter
	UserMappingDrop
)

// UserMappingStmt is CREATE, ALTER and DROP USER MAPPING. Conditional is IF [NOT] EXISTS.
type UserMappingStmt struct {
	Pos         int
	Action      UserMappingAction
	Conditional bool
	User        *RoleSpec
	Server      string
	Options     []*DefElem
}

// ImportForeignSchemaType is the filter of IMPORT FOREIGN SCHEMA.
type ImportForeignSchemaType int

const (
	ImportAll ImportForeignSchemaType = iota
	ImportLimitTo
	ImportExcept
)

// ImportForeignSchemaStmt is IMPORT FOREIGN SCHEMA.
type ImportForeignSchemaStmt struct {
	Pos          int
	RemoteSchema string
	Type         ImportForeignSchemaType
	Tables       []*RangeVar
	Server       string
	LocalSchema  string
	Options      []*DefElem
}

// PublicationObjKind is what a publication lists.
type PublicationObjKind int

const (
	PublicationTable PublicationObjKind = iota
	PublicationSchema
	PublicationCurrentSchema
)

// PublicationObj is a table (with columns and row filter) or a schema of a publication.
type PublicationObj struct {
	Pos     int
	Kind    PublicationObjKind
	Schema  string
	Table   *RangeVar
	Columns []string
	Where   Expr
}

// CreatePublicationStmt is CREATE PUBLICATION.
type CreatePublicationStmt struct {
	Pos       int
	Name      string
	AllTables bool
	Objects   []*PublicationObj
	Options   []*DefElem
}

// AlterPublicationAction is ADD, SET or DROP of objects.
type AlterPublicationAction int

const (
	PublicationSetOptions AlterPublicationAction = iota
	PublicationAddObjects
	PublicationSetObjects
	PublicationDropObjects
)

// AlterPublicationStmt is ALTER PUBLICATION.
type AlterPublicationStmt struct {
	Pos     int
	Name    string
	Action  AlterPublicationAction
	Options []*DefElem
	Objects []*PublicationObj
}

// CreateSubscriptionStmt is CREATE SUBSCRIPTION.
type CreateSubscriptionStmt struct {
	Pos          int
	Name         string
	Connection   string
	Publications []string
	Options      []*DefElem
}

// AlterSubscriptionType is what ALTER SUBSCRIPTION does.
type AlterSubscriptionType int

const (
	SubscriptionOptions AlterSubscriptionType = iota
	SubscriptionConnection
	SubscriptionRefresh
	SubscriptionAddPublication
	SubscriptionDropPublication
	SubscriptionSetPublication
	SubscriptionEnable
	SubscriptionDisable
	SubscriptionSkip
)

// AlterSubscriptionStmt is ALTER SUBSCRIPTION.
type AlterSubscriptionStmt struct {
	Pos          int
	Name         string
	Type         AlterSubscriptionType
	Connection   string
	Publications []string
	Options      []*DefElem
}

// DropSubscriptionStmt is DROP SUBSCRIPTION.
type DropSubscriptionStmt struct {
	Pos       int
	Name      string
	MissingOK bool
	Cascade   bool
}
