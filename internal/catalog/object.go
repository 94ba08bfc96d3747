package catalog

import (
	"github.com/basement-project/basement/internal/sql/types"
)

// OID identifies an object inside one database. Built-in types have PostgreSQL's own numbers.
type OID = types.OID

// Privilege is a set of PostgreSQL's access privileges (aclitem letters).
type Privilege uint32

// The privileges an access control list may hold.
const (
	Select Privilege = 1 << iota
	Insert
	Update
	Delete
	Truncate
	References
	TriggerPrivilege
	Usage
	Create
	Execute
	Connect
	Temporary
	Maintain
)

// Grant is one entry of an access control list. Grantee "" is PUBLIC.
type Grant struct {
	Grantee     string    `json:"grantee"`
	Grantor     string    `json:"grantor,omitempty"`
	Privileges  Privilege `json:"privileges"`
	GrantOption Privilege `json:"grant_option,omitempty"`
}

// ACL is an access control list. Default says that none was ever set, so that PostgreSQL's default for the kind of
// object applies (owner: everything; PUBLIC: execute on functions, usage on types and languages).
type ACL struct {
	Default bool    `json:"default,omitempty"`
	Grants  []Grant `json:"grants,omitempty"`
}

// TempSchema is the schema of a transaction's temporary objects. It is searched first for relations and types, never for
// functions and operators.
const TempSchema = "pg_temp"

// Schema is a namespace.
type Schema struct {
	OID     OID    `json:"oid"`
	Name    string `json:"name"`
	Owner   string `json:"owner"`
	ACL     ACL    `json:"acl"`
	Comment string `json:"comment,omitempty"`
}

// RelKind says what a relation is, with pg_class.relkind's letters.
type RelKind byte

// The kinds of relation.
const (
	Table            RelKind = 'r'
	View             RelKind = 'v'
	MaterializedView RelKind = 'm'
	PartitionedTable RelKind = 'p'
	ForeignTable     RelKind = 'f'
	SequenceRel      RelKind = 'S'
	CompositeRel     RelKind = 'c'
)

// Relation is a table, view, materialized view, partitioned or foreign table.
type Relation struct {
	OID     OID       `json:"oid"`
	Schema  string    `json:"schema"`
	Name    string    `json:"name"`
	Kind    RelKind   `json:"kind"`
	Owner   string    `json:"owner"`
	ACL     ACL       `json:"acl"`
	Columns []*Column `json:"columns"`
	// LastColumn is the highest column number ever given, 0 when it is that of Columns.
	LastColumn int32 `json:"last_column,omitempty"`
	// RowType is the OID of the composite type of its rows.
	RowType OID    `json:"row_type"`
	Comment string `json:"comment,omitempty"`

	Constraints []*Constraint `json:"constraints,omitempty"`
	Indexes     []*Index      `json:"indexes,omitempty"`
	Policies    []*Policy     `json:"policies,omitempty"`
	Triggers    []*Trigger    `json:"triggers,omitempty"`

	// RowSecurity and ForceRowSecurity are pg_class.relrowsecurity and relforcerowsecurity.
	RowSecurity      bool `json:"row_security,omitempty"`
	ForceRowSecurity bool `json:"force_row_security,omitempty"`

	// Unpopulated says that a materialized view holds no data: pg_class.relispopulated is false.
	Unpopulated bool `json:"unpopulated,omitempty"`
	// View holds a view's query; nil for tables.
	View *ViewQuery `json:"view,omitempty"`
	// Insertable, Updatable and Deletable say which writes PostgreSQL would accept (pg_relation_is_updatable);
	// always true for tables.
	Insertable bool `json:"insertable,omitempty"`
	Updatable  bool `json:"updatable,omitempty"`
	Deletable  bool `json:"deletable,omitempty"`
	// Parent is the partitioned or inherited table, 0 when none. IsPartition says which of the two.
	Parent      OID  `json:"parent,omitempty"`
	IsPartition bool `json:"is_partition,omitempty"`
	// Partitioning is set for partitioned tables, Bound for partitions.
	Partitioning *Partitioning   `json:"partitioning,omitempty"`
	Bound        *PartitionBound `json:"bound,omitempty"`
	// Store is where the embedded engine keeps the rows of a partitioned table and all its partitions.
	Store string `json:"store,omitempty"`
	// Options are the WITH (...) options: security_invoker, security_barrier, check_option, fillfactor...
	Options map[string]string `json:"options,omitempty"`
	// OnCommit says what becomes of a temporary table at a commit: "drop", "delete" (its rows) or "".
	OnCommit string `json:"-"`
	// Statistics are the extended statistics objects over the table. Nothing uses them but their names.
	Statistics []*Statistics `json:"statistics,omitempty"`
	// OfType is the composite type a typed table is of, 0 for none.
	OfType OID `json:"of_type,omitempty"`
	// Unlogged is pg_class.relpersistence 'u'.
	Unlogged bool `json:"unlogged,omitempty"`
	// ReplicaIdentity is pg_class.relreplident ('d', 'n', 'f', 'i').
	ReplicaIdentity string `json:"replica_identity,omitempty"`
}

// ViewQuery is a view's definition.
type ViewQuery struct {
	// SQL is the query's text with every name as it resolved when the view was made.
	SQL string `json:"sql"`
	// SearchPath is the path the text is resolved with.
	SearchPath []string `json:"search_path,omitempty"`
	// Sources tells for each column which base column it comes from unchanged (nil entry when it is an expression).
	// A column may come from several (USING joins, unions of the same column): all are listed.
	Sources [][]ColumnRef `json:"sources,omitempty"`
}

// ColumnRef names a column of a relation.
type ColumnRef struct {
	Schema, Relation, Column string
}

// Column is a column of a relation. Num counts from 1 and is never used again after the column is dropped.
type Column struct {
	Num    int32  `json:"num"`
	Name   string `json:"name"`
	Type   OID    `json:"type"`
	Typmod int32  `json:"typmod"` // -1 when none
	// NotNull is also true for primary key columns and for domains declared not null only when the column says so.
	NotNull bool `json:"not_null,omitempty"`
	// Default is the default expression's text as pg_get_expr prints it, "" when none.
	Default string `json:"default,omitempty"`
	// Identity is 'a' (always), 'd' (by default) or "".
	Identity string `json:"identity,omitempty"`
	// Generated is 's' (stored), 'v' (virtual) or ""; the expression is in Default.
	Generated string `json:"generated,omitempty"`
	// Sequence is the sequence an identity or serial column owns, 0 when none.
	Sequence  OID    `json:"sequence,omitempty"`
	Collation string `json:"collation,omitempty"`
	ACL       ACL    `json:"acl"`
	Comment   string `json:"comment,omitempty"`
}

// Constraint kinds, with pg_constraint.contype's letters.
const (
	PrimaryKey = "p"
	Unique     = "u"
	ForeignKey = "f"
	Check      = "c"
	NotNullCon = "n"
	Exclusion  = "x"
)

// Foreign key actions, with pg_constraint.confdeltype's letters.
const (
	NoAction   = "a"
	Restrict   = "r"
	Cascade    = "c"
	SetNull    = "n"
	SetDefault = "d"
)

// Constraint is a table constraint. Columns are column numbers of the table.
type Constraint struct {
	OID     OID     `json:"oid"`
	Name    string  `json:"name"`
	Kind    string  `json:"kind"`
	Columns []int32 `json:"columns,omitempty"`

	Deferrable        bool `json:"deferrable,omitempty"`
	InitiallyDeferred bool `json:"initially_deferred,omitempty"`
	NotValid          bool `json:"not_valid,omitempty"`
	NullsNotDistinct  bool `json:"nulls_not_distinct,omitempty"`

	// Foreign keys.
	RefTable   OID     `json:"ref_table,omitempty"`
	RefColumns []int32 `json:"ref_columns,omitempty"`
	OnUpdate   string  `json:"on_update,omitempty"`
	OnDelete   string  `json:"on_delete,omitempty"`
	MatchFull  bool    `json:"match_full,omitempty"`
	SetColumns []int32 `json:"set_columns,omitempty"` // ON DELETE SET NULL (a, b)

	// Parent is the constraint of the partitioned table this one is the copy of, 0 for none.
	Parent OID `json:"parent,omitempty"`
	// Expr is a check constraint's expression text.
	Expr string `json:"expr,omitempty"`
	// Operators are those of an exclusion constraint, qualified, one for each key of its index.
	Operators []string `json:"operators,omitempty"`
	// Index is the index behind a key.
	Index   OID    `json:"index,omitempty"`
	Comment string `json:"comment,omitempty"`
}

// Index is an index of a table.
type Index struct {
	OID              OID        `json:"oid"`
	Name             string     `json:"name"`
	Unique           bool       `json:"unique,omitempty"`
	Primary          bool       `json:"primary,omitempty"`
	Method           string     `json:"method,omitempty"`
	Keys             []IndexKey `json:"keys"`
	Include          []int32    `json:"include,omitempty"`
	Where            string     `json:"where,omitempty"`
	NullsNotDistinct bool       `json:"nulls_not_distinct,omitempty"`
	// Parent is the index of the partitioned table this one is a part of, 0 for none.
	Parent  OID    `json:"parent,omitempty"`
	Comment string `json:"comment,omitempty"`
	// Terms is set on the embedded engine for an index that is kept as a table of terms.
	Terms *TermIndex `json:"terms,omitempty"`
}

// Statistics is an extended statistics object.
type Statistics struct {
	OID     OID      `json:"oid"`
	Schema  string   `json:"schema"`
	Name    string   `json:"name"`
	Owner   string   `json:"owner"`
	Kinds   []string `json:"kinds,omitempty"`
	Columns []int32  `json:"columns,omitempty"`
	Exprs   []string `json:"exprs,omitempty"`
	Comment string   `json:"comment,omitempty"`
}

// IndexKey is one key of an index: a column number, or an expression's text when Column is 0.
type IndexKey struct {
	Column     int32  `json:"column,omitempty"`
	Expr       string `json:"expr,omitempty"`
	Desc       bool   `json:"desc,omitempty"`
	NullsFirst bool   `json:"nulls_first,omitempty"`
	Opclass    string `json:"opclass,omitempty"`
	Collation  string `json:"collation,omitempty"`
}

// Policy is a row security policy. Command is '*', 'r', 'a', 'w' or 'd' as in pg_policy.polcmd.
type Policy struct {
	OID        OID      `json:"oid"`
	Name       string   `json:"name"`
	Command    string   `json:"command"`
	Permissive bool     `json:"permissive"`
	Roles      []string `json:"roles,omitempty"` // empty: PUBLIC
	Using      string   `json:"using,omitempty"`
	WithCheck  string   `json:"with_check,omitempty"`
	// SearchPath is the path the texts are resolved with.
	SearchPath []string `json:"search_path,omitempty"`
	Comment    string   `json:"comment,omitempty"`
}

// Trigger is kept for the relation it is on; the embedded engine runs it, PostgreSQL runs its own.
type Trigger struct {
	OID      OID    `json:"oid"`
	Name     string `json:"name"`
	Function OID    `json:"function"`
	SQL      string `json:"sql"`
	Enabled  string `json:"enabled"` // pg_trigger.tgenabled
	Comment  string `json:"comment,omitempty"`
	// Parent is the trigger of the partitioned table this one is the copy of, 0 for none.
	Parent OID `json:"parent,omitempty"`
}

// Sequence is a sequence generator.
type Sequence struct {
	OID       OID    `json:"oid"`
	Schema    string `json:"schema"`
	Name      string `json:"name"`
	Owner     string `json:"owner"`
	ACL       ACL    `json:"acl"`
	Type      OID    `json:"type"`
	Start     int64  `json:"start"`
	Increment int64  `json:"increment"`
	Min       int64  `json:"min"`
	Max       int64  `json:"max"`
	Cache     int64  `json:"cache"`
	Cycle     bool   `json:"cycle,omitempty"`
	// OwnedBy is the table and column whose drop drops the sequence.
	OwnedBy    OID    `json:"owned_by,omitempty"`
	OwnedByCol int32  `json:"owned_by_col,omitempty"`
	Comment    string `json:"comment,omitempty"`
}

// ParamMode is a function parameter's mode, with pg_proc.proargmodes' letters.
type ParamMode byte

// The parameter modes.
const (
	In       ParamMode = 'i'
	Out      ParamMode = 'o'
	InOut    ParamMode = 'b'
	Variadic ParamMode = 'v'
	TableCol ParamMode = 't'
)

// Param is a function parameter.
type Param struct {
	Name string    `json:"name,omitempty"`
	Mode ParamMode `json:"mode"`
	Type OID       `json:"type"`
	// Default is the default expression's text, "" when the parameter has none.
	Default    string `json:"default,omitempty"`
	HasDefault bool   `json:"has_default,omitempty"`
}

// FunctionKind, with pg_proc.prokind's letters.
const (
	RegularFunction = 'f'
	Procedure       = 'p'
	Aggregate       = 'a'
	WindowFunc      = 'w'
)

// Function is a function, procedure, aggregate or window function.
type Function struct {
	OID    OID     `json:"oid"`
	Schema string  `json:"schema"`
	Name   string  `json:"name"`
	Owner  string  `json:"owner"`
	ACL    ACL     `json:"acl"`
	Kind   byte    `json:"kind"`
	Params []Param `json:"params,omitempty"`
	// Returns is the result type; RECORD for several OUT parameters. ReturnsSet is SETOF or TABLE.
	Returns    OID  `json:"returns"`
	ReturnsSet bool `json:"returns_set,omitempty"`
	// Rows is the planner's estimate (pg_proc.prorows): 1 marks a to-one computed relationship.
	Rows float64 `json:"rows,omitempty"`
	// Cost is pg_proc.procost, 0 for the language's default. Parallel is 's' or 'r', 0 for unsafe.
	Cost     float64 `json:"cost,omitempty"`
	Parallel byte    `json:"parallel,omitempty"`
	// AggKind is an aggregate's pg_aggregate.aggkind: 'n', 'o' (ordered-set) or 'h' (hypothetical-set); 0 for other
	// functions. DirectArgs is the number of its direct arguments.
	AggKind    byte `json:"agg_kind,omitempty"`
	DirectArgs int  `json:"direct_args,omitempty"`
	// Aggregate is set for an aggregate the project made.
	Aggregate *AggregateBody `json:"aggregate,omitempty"`
	// Volatility is 'i', 's' or 'v'.
	Volatility      byte   `json:"volatility"`
	Strict          bool   `json:"strict,omitempty"`
	SecurityDefiner bool   `json:"security_definer,omitempty"`
	Leakproof       bool   `json:"leakproof,omitempty"`
	Language        string `json:"language"`
	Body            string `json:"body,omitempty"`
	// NewStyleBody says Body is SQL-standard text (RETURN or BEGIN ATOMIC).
	NewStyleBody bool `json:"new_style_body,omitempty"`
	// Settings are the SET clauses: name -> value.
	Settings map[string]string `json:"settings,omitempty"`
	Comment  string            `json:"comment,omitempty"`
	// Extension is the extension it belongs to, 0 for none.
	Extension OID `json:"extension,omitempty"`
	// RangeType is the range type whose values the function makes, 0 for others: it goes with the type.
	RangeType OID `json:"range_type,omitempty"`
}

// Inputs gives the parameters a caller passes, in order (IN, INOUT, VARIADIC).
func (f *Function) Inputs() []Param {
	var in []Param
	for _, p := range f.Params {
		switch p.Mode {
		case In, InOut, Variadic:
			in = append(in, p)
		}
	}
	return in
}

// Outputs gives the columns of the result when the function has OUT, INOUT or TABLE parameters.
func (f *Function) Outputs() []Param {
	var out []Param
	for _, p := range f.Params {
		switch p.Mode {
		case Out, InOut, TableCol:
			out = append(out, p)
		}
	}
	return out
}

// Role is a role. MemberOf are the roles it was granted; Inherit as in pg_roles.
type Role struct {
	OID         OID      `json:"oid"`
	Name        string   `json:"name"`
	Superuser   bool     `json:"superuser,omitempty"`
	Inherit     bool     `json:"inherit"`
	CreateRole  bool     `json:"create_role,omitempty"`
	CreateDB    bool     `json:"create_db,omitempty"`
	Login       bool     `json:"login,omitempty"`
	Replication bool     `json:"replication,omitempty"`
	BypassRLS   bool     `json:"bypass_rls,omitempty"`
	MemberOf    []string `json:"member_of,omitempty"`
	// Settings are ALTER ROLE ... SET values, for example pgrst.db_schemas or statement_timeout.
	Settings map[string]string `json:"settings,omitempty"`
	Comment  string            `json:"comment,omitempty"`
}

// UserType is a type made by the project: enum, domain, composite, range.
type UserType struct {
	Type  *types.Type `json:"type"`
	Owner string      `json:"owner"`
	ACL   ACL         `json:"acl"`
	// Checks are a domain's constraints; the expressions speak of VALUE. Default is a domain's default text.
	Checks  []*Constraint `json:"checks,omitempty"`
	Default string        `json:"default,omitempty"`
	Comment string        `json:"comment,omitempty"`
	// Extension is the extension it belongs to, 0 for none.
	Extension OID `json:"extension,omitempty"`
}

// Cast is a user-made cast (CREATE CAST); the built-in ones are in package types.
type Cast struct {
	From, To OID
	Function OID  // 0: binary coercible or via I/O
	Context  byte // 'i', 'a', 'e' as in pg_cast.castcontext
	Method   byte // 'f', 'i', 'b' as in pg_cast.castmethod
	OID      OID
	// Extension is the extension it belongs to, 0 for none.
	Extension OID
}

// DefaultACL is what ALTER DEFAULT PRIVILEGES keeps. Schema "" means every schema; Object is 'r', 'S', 'f', 'T', 'n'.
type DefaultACL struct {
	Role   string `json:"role"`
	Schema string `json:"schema,omitempty"`
	Object byte   `json:"object"`
	ACL    ACL    `json:"acl"`
}

// Extension is an installed extension.
type Extension struct {
	Name, Schema, Version string
	OID                   OID
	Owner                 string
	Comment               string
}

// Publication is a logical replication publication, as realtime reads it.
type Publication struct {
	Name       string
	AllTables  bool
	Tables     []OID
	Operations string
}
