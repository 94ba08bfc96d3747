package ast

// RoleOptionKind is the kind of a role option.
type RoleOptionKind int

const (
	RolePassword        RoleOptionKind = iota // Value, or Null
	RoleInherit                               // Bool
	RoleConnectionLimit                       // Value: a number
	RoleValidUntil                            // Value
	RoleSuperuser                             // Bool
	RoleCreateDB                              // Bool
	RoleCreateRole                            // Bool
	RoleReplication                           // Bool
	RoleBypassRLS                             // Bool
	RoleLogin                                 // Bool
	RoleSysID                                 // Value: a number
	RoleAdminMembers                          // Roles: ADMIN
	RoleMembers                               // Roles: ROLE, USER
	RoleInRole                                // Roles: IN ROLE, IN GROUP
)

// RoleOption is one option of CREATE or ALTER ROLE, in the written order.
type RoleOption struct {
	Pos   int
	Kind  RoleOptionKind
	Bool  bool
	Null  bool
	Value string
	Roles []*RoleSpec
}

// RoleStmtKind is the word used: ROLE, USER or GROUP.
type RoleStmtKind int

const (
	RoleStmtRole RoleStmtKind = iota
	RoleStmtUser
	RoleStmtGroup
)

// CreateRoleStmt is CREATE ROLE, USER or GROUP.
type CreateRoleStmt struct {
	Pos     int
	Kind    RoleStmtKind
	Role    string
	NamePos int
	Options []*RoleOption
}

// AlterRoleStmt is ALTER ROLE with options, and ALTER GROUP ADD or DROP USER (one RoleMembers option; Drop tells).
type AlterRoleStmt struct {
	Pos     int
	Role    *RoleSpec
	Group   bool
	Drop    bool
	Options []*RoleOption
}

// AlterRoleSetStmt is ALTER ROLE ... SET and RESET; Role nil is ALL.
type AlterRoleSetStmt struct {
	Pos      int
	Role     *RoleSpec
	Database string
	Set      *VariableSetStmt
}

// DropRoleStmt is DROP ROLE, USER or GROUP.
type DropRoleStmt struct {
	Pos       int
	Roles     []*RoleSpec
	MissingOK bool
}

// AccessPriv is one privilege, Name in lower case, with the columns it is limited to. All is ALL [PRIVILEGES].
type AccessPriv struct {
	Pos     int
	Name    string
	All     bool
	Columns []string
}

// GrantTargetType says how the objects of a grant are named.
type GrantTargetType int

const (
	GrantObjects     GrantTargetType = iota // Objects
	GrantAllInSchema                        // Objects are schemas
	GrantDefaults                           // ALTER DEFAULT PRIVILEGES: no objects
)

// GrantStmt is GRANT and REVOKE of rights on objects. AllPrivileges without columns leaves Privileges empty.
type GrantStmt struct {
	Pos         int
	Grant       bool
	TargetType  GrantTargetType
	Kind        ObjectType
	Relations   []*RangeVar       // tables, sequences
	Funcs       []*ObjectWithArgs // functions, procedures, routines
	Objects     []*AnyName        // everything else; schemas of ALL ... IN SCHEMA
	Numbers     []string          // large objects
	Privileges  []*AccessPriv     // empty: ALL
	Grantees    []*RoleSpec
	GrantOption bool
	GrantedBy   *RoleSpec
	Cascade     bool
}

// RoleGrantOption is an option of a membership: WITH name value; in REVOKE, "name OPTION FOR".
type RoleGrantOption struct {
	Pos   int
	Name  string
	Value bool
}

// GrantRoleStmt is GRANT and REVOKE of role membership.
type GrantRoleStmt struct {
	Pos       int
	Grant     bool
	Roles     []*AccessPriv
	Grantees  []*RoleSpec
	Options   []*RoleGrantOption
	GrantedBy *RoleSpec
	Cascade   bool
}

// AlterDefaultPrivilegesOption is IN SCHEMA (Schemas) or FOR ROLE (Roles).
type AlterDefaultPrivilegesOption struct {
	Pos     int
	Schemas []string
	Roles   []*RoleSpec
}

// AlterDefaultPrivilegesStmt is ALTER DEFAULT PRIVILEGES.
type AlterDefaultPrivilegesStmt struct {
	Pos     int
	Options []*AlterDefaultPrivilegesOption
	Action  *GrantStmt
}

// ReassignOwnedStmt is REASSIGN OWNED.
type ReassignOwnedStmt struct {
	Pos     int
	Roles   []*RoleSpec
	NewRole *RoleSpec
}

// DropOwnedStmt is DROP OWNED.
type DropOwnedStmt struct {
	Pos     int
	Roles   []*RoleSpec
	Cascade bool
}
