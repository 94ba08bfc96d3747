package interp

import (
	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Host is the engine a function runs on, in one transaction.
type Host interface {
	// Key changes whenever what a statement was prepared for changes: the catalog, the role, the search path.
	Key() Key
	Env() *types.Env
	Snapshot() *catalog.Snapshot
	// Type resolves a written type.
	Type(n *ast.TypeName) (*types.Type, int32, error)
	// Relation finds a relation by its possibly qualified name.
	Relation(names []string) (*catalog.Relation, error)
	// Prepare analyses and guards a statement. args is asked, after the names were resolved, how many parameters there are.
	Prepare(stmt ast.Statement, text string, vars analyze.Variables, args func() int) (*Plan, error)
	// Dynamic prepares the statements of a text whose $1, $2, ... have these types.
	Dynamic(text string, args []*types.Type) ([]*Plan, error)
	// Run runs a plan and gives the number of rows read or written; row may be nil.
	Run(p *Plan, args []types.Datum, row func([]types.Datum) error) (int64, error)
	// Cast converts a value as an assignment does.
	Cast(from, to *types.Type, mod int32, d types.Datum) (types.Datum, error)
	// Sub runs f in a savepoint: what f did is undone when it fails.
	Sub(f func() error) error
	// Check fails when the time of the statement is up.
	Check() error
	// Notice takes a message that is not an error.
	Notice(level string, e *errs.Error)
	// Portals are the open cursors of the transaction, by name.
	Portals() map[string]*Portal
}

// Key is what a prepared statement depends on.
type Key struct {
	Snapshot *catalog.Snapshot
	Role     string
	Path     string
}

// Plan is a prepared statement.
type Plan struct {
	Columns []Column
	// Tag is the command: "SELECT", "INSERT", "UPDATE", "DELETE", "MERGE"; "" for a utility statement.
	Tag string
	// Writes is the command's name when a function that is not volatile may not run it.
	Writes string
	// Simple says that it is one expression without tables.
	Simple bool
	// Value is the expression of a simple plan.
	Value query.Expr
	// Transaction says that it is COMMIT, BEGIN or the like; Into that it is SELECT ... INTO.
	Transaction, Into bool
	// Impl is the host's.
	Impl any
}

// Column is a result column.
type Column struct {
	Name string
	Type *types.Type
	Mod  int32
}

// Portal is an open cursor: its rows are fixed when it is opened.
type Portal struct {
	Columns []Column
	Rows    [][]types.Datum
	// At is the row it stands on, from 1; 0 is before the first.
	At int
	// NoScroll refuses to go back.
	NoScroll bool
}

// Call is a call of a function.
type Call struct {
	// Name is how contexts name the function: "f(integer)".
	Name string
	Fn   *catalog.Function
	Args []types.Datum
	// Result is the result's type, with the fields of a record when they are known.
	Result *types.Type
	// Columns are those of each row, for a set.
	Columns []types.Field
	// Trigger is set for a trigger function.
	Trigger *Trigger
}

// Trigger is what a trigger function gets.
type Trigger struct {
	// New and Old are the rows, nil where there is none. Type is their composite type.
	New, Old []types.Datum
	Type     *types.Type
	Relation *catalog.Relation
	// Values are TG_NAME and its like, by lower-case name.
	Values map[string]types.Datum
	Args   []string
}

// Result is what a call gave.
type Result struct {
	Value types.Datum
	// Rows are a set's rows, or the one row of a function with several output parameters.
	Rows [][]types.Datum
	// Row is the row a trigger function gave, nil for NULL.
	Row []types.Datum
}
