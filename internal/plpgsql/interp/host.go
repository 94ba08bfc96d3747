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
	// State is what the transaction's functions share.
	State() *State
	// OnUndo has f called when what was done since is undone.
	OnUndo(f func())
	// End commits or rolls back the transaction, where the call may.
	End(rollback, chain bool) error
}

// State is what the functions running in one transaction share.
type State struct {
	// Portals are the open cursors, by name.
	Portals map[string]*Portal
	// Subs is the number of blocks with handlers being run.
	Subs int

	calls []Waiter
	busy  map[*cached]bool
}

// Waiter is a running function.
type Waiter interface {
	// Waiting gives the context lines of a function that waits for another.
	Waiting() string
}

// Push notes that a function begins, Pop that the last one ended.
func (s *State) Push(w Waiter) { s.calls = append(s.calls, w) }

// Pop is Push's end.
func (s *State) Pop() { s.calls = s.calls[:len(s.calls)-1] }

// Callers gives the context lines of all functions but the innermost.
func (s *State) Callers() string {
	out := ""
	for i := len(s.calls) - 2; i >= 0; i-- {
		out = joinLines(out, s.calls[i].Waiting())
	}
	return out
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
	// Outputs are the names of the output parameters of CALL, beside Columns, which name the variables they go to.
	Outputs []string
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
	Rows    *Store
	// Place says that the rows end with their place in the table.
	Place bool
	// Loop says that a FOR loop reads it: the end of the transaction leaves it.
	Loop bool
	// At is the row it stands on, from 1; 0 is before the first.
	At int
	// NoScroll refuses to go back.
	NoScroll bool
	// Hold says that the end of the transaction leaves it.
	Hold bool
	// Broken says that a FETCH outside of functions failed: it cannot go on.
	Broken bool
	// Failed is the error that comes after the last row.
	Failed *errs.Error
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
	// Event says that it is an event trigger: there are no rows.
	Event bool
}

// Result is what a call gave.
type Result struct {
	Value types.Datum
	// Set are a set's rows, nil for none.
	Set *Store
	// Out is the row of the output parameters.
	Out []types.Datum
	// Row is the row a trigger function gave, nil for NULL.
	Row []types.Datum
}
