package ast

// DropStmt is DROP of every kind of object that has no statement of its own.
type DropStmt struct {
	Pos          int
	Kind         ObjectType
	Objects      []*ObjectRef
	MissingOK    bool
	Concurrently bool
	Cascade      bool
}

// CommentStmt is COMMENT ON; Comment nil is NULL.
type CommentStmt struct {
	Pos     int
	Object  *ObjectRef
	Comment *string
}

// SecLabelStmt is SECURITY LABEL; Label nil is NULL.
type SecLabelStmt struct {
	Pos         int
	Provider    string
	HasProvider bool
	Object      *ObjectRef
	Label       *string
}

// CreateExtensionStmt is CREATE EXTENSION.
type CreateExtensionStmt struct {
	Pos         int
	Name        string
	NamePos     int
	IfNotExists bool
	// Options are schema, new_version and cascade, in the written order.
	Options []*DefElem
}

// AlterExtensionStmt is ALTER EXTENSION ... UPDATE.
type AlterExtensionStmt struct {
	Pos  int
	Name string
	// To holds the versions after TO, as written.
	To []string
}

// AlterExtensionContentsStmt is ALTER EXTENSION ... ADD or DROP.
type AlterExtensionContentsStmt struct {
	Pos    int
	Name   string
	Drop   bool
	Object *ObjectRef
}

// CreateTableSpaceStmt is CREATE TABLESPACE.
type CreateTableSpaceStmt struct {
	Pos      int
	Name     string
	Owner    *RoleSpec
	Location string
	Options  []*DefElem
}

// AlterTableSpaceOptionsStmt is ALTER TABLESPACE ... SET and RESET.
type AlterTableSpaceOptionsStmt struct {
	Pos     int
	Name    string
	Options []*DefElem
	Reset   bool
}

// DropTableSpaceStmt is DROP TABLESPACE.
type DropTableSpaceStmt struct {
	Pos       int
	Name      string
	MissingOK bool
}

// CreatedbStmt is CREATE DATABASE.
type CreatedbStmt struct {
	Pos     int
	Name    string
	Options []*DefElem
}

// AlterDatabaseStmt is ALTER DATABASE with options, SET TABLESPACE included.
type AlterDatabaseStmt struct {
	Pos        int
	Name       string
	Options    []*DefElem
	Tablespace string // SET TABLESPACE
}

// AlterDatabaseRefreshCollStmt is ALTER DATABASE ... REFRESH COLLATION VERSION.
type AlterDatabaseRefreshCollStmt struct {
	Pos  int
	Name string
}

// AlterDatabaseSetStmt is ALTER DATABASE ... SET and RESET.
type AlterDatabaseSetStmt struct {
	Pos  int
	Name string
	Set  *VariableSetStmt
}

// DropdbStmt is DROP DATABASE.
type DropdbStmt struct {
	Pos       int
	Name      string
	MissingOK bool
	// Force counts the FORCE options; it may be written twice.
	Force int
}

// AlterSystemStmt is ALTER SYSTEM.
type AlterSystemStmt struct {
	Pos int
	Set *VariableSetStmt
}

// AlterCollationStmt is ALTER COLLATION ... REFRESH VERSION.
type AlterCollationStmt struct {
	Pos  int
	Name *AnyName
}

// AlterTSDictionaryStmt is ALTER TEXT SEARCH DICTIONARY.
type AlterTSDictionaryStmt struct {
	Pos     int
	Name    *AnyName
	Options []*DefElem
}

// AlterTSConfigType is what ALTER TEXT SEARCH CONFIGURATION does.
type AlterTSConfigType int

const (
	TSConfigAddMapping AlterTSConfigType = iota
	TSConfigAlterMapping
	TSConfigReplaceDict
	TSConfigReplaceDictForToken
	TSConfigDropMapping
)

// AlterTSConfigurationStmt is ALTER TEXT SEARCH CONFIGURATION ... MAPPING. When a dictionary is replaced, Dicts is
// the old and the new one.
type AlterTSConfigurationStmt struct {
	Pos       int
	Name      *AnyName
	Type      AlterTSConfigType
	Tokens    []string
	Dicts     []*AnyName
	MissingOK bool
}
