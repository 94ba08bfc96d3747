package engine

import (
	"context"
	"errors"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/ast"
)

// Engine is a database that serves requests. All methods are safe for concurrent use.
type Engine interface {
	// Name is "sqlite" or "postgres": for people (logs, version), never for decisions.
	Name() string
	// Enforces says that the database itself checks rights and row security (see guard.New).
	Enforces() bool
	// Snapshot is the current catalog.
	Snapshot() *catalog.Snapshot
	// Refresh reads the catalog again when it may have changed and swaps the snapshot.
	Refresh(ctx context.Context) error
	// Changed gives a channel that receives after each swap of the snapshot (coalesced, never closed before Close).
	Changed() <-chan struct{}
	// Run runs a request's steps in one transaction and gives a result for each step. When it returns nil the
	// transaction is committed and on disk (or rolled back when Request.Rollback asks for it). Errors are *errs.Error
	// for what the database answered; 53xxx, 57xxx, 58xxx and 08xxx codes for trouble of the engine itself.
	Run(ctx context.Context, r *Request) ([]*Result, error)
	// Program runs several requests in one transaction, one after the other, all as the same role: f gets the function that
	// runs the next one. An error of run or of f undoes everything and is returned; ErrRollback undoes everything and
	// reports success. f may be called again from its start, when the engine has to begin again. The requests' Isolation
	// and Rollback are not looked at. f holds the transaction, on the embedded engine the writer: it must be quick.
	Program(ctx context.Context, role string, f func(run Runner) error) error
	// Admin opens a transaction as the project's owner, for migrations, seeds and the SQL command line.
	Admin(ctx context.Context, opt AdminOptions) (AdminTx, error)
	// Close ends every connection; running requests are waited for until ctx ends.
	Close(ctx context.Context) error
}

// Runner runs the next request of a program.
type Runner func(*Request) ([]*Result, error)

// ErrRollback makes a program undo what it did and succeed.
var ErrRollback = errors.New("rollback")

// Request is one API request: its identity, its settings and the steps to run, in one transaction.
type Request struct {
	// Role is the role the transaction runs as; every step must have been guarded for it.
	Role string
	// SearchPath is the transaction's search_path.
	SearchPath []string
	// Settings are set for the transaction only (request.jwt.claims, request.method, ...), in order.
	Settings []Setting
	// ReadOnly runs the transaction read only: a write fails with 25006.
	ReadOnly bool
	// Isolation is "", "repeatable read" or "serializable".
	Isolation string
	Steps     []Step
	// Verify looks at the results before the commit; an error undoes everything and is returned by Run. nil: commit.
	Verify func([]*Result) error
	// Rollback undoes everything after the last step and Verify, and reports success.
	Rollback bool
}

// Setting is a configuration parameter and its value.
type Setting struct{ Name, Value string }

// Format says in which form a step's rows are wanted.
type Format int

// The forms of rows.
const (
	// Text gives every value as PostgreSQL's text output in Result.Rows.
	Text Format = iota
	// JSON gives each row as one JSON object, as row_to_json prints it, all rows joined by ", \n " in Result.JSON.
	JSON
	// JSONScalar gives the first column of each row as to_json prints it, joined likewise.
	JSONScalar
	// Discard runs the step for its effect.
	Discard
)

// Step is one statement of a request.
type Step struct {
	Statement guard.Guarded
	// Args are the parameters' values in text form, nil for NULL; $1 is Args[0].
	Args   []*string
	Format Format
}

// Result is what a step gave.
type Result struct {
	Columns []Column
	// Rows are the values in text form, nil for NULL (Text).
	Rows [][]*string
	// JSON are the rows' texts joined by ", \n ", without brackets (JSON, JSONScalar).
	JSON []byte
	// Count is the number of rows given (or changed, without RETURNING).
	Count int64
	// Tag is the command tag: "INSERT 0 1", "SELECT 3", "CREATE TABLE".
	Tag string
}

// OID identifies a type.
type OID = catalog.OID

// Column describes a result column.
type Column struct {
	Name string
	Type catalog.OID
}

// AdminOptions say how an admin transaction starts.
type AdminOptions struct {
	// Role and Claims, when set, make the transaction act as a request of that role with these claims would.
	Role   string
	Claims string
	// ReadOnly as in Request.
	ReadOnly bool
	// Autocommit makes each statement a transaction of its own, in which CALL and DO may COMMIT and ROLLBACK.
	Autocommit bool
}

// AdminTx is a transaction of the project's owner. It is used by one goroutine. On the embedded engine it holds the
// writer: end it soon.
type AdminTx interface {
	// Exec runs one statement. text is its exact source; stmt its tree (nil: the engine may parse text). Positions in errors
	// count characters from the start of text. Transaction control statements (BEGIN, COMMIT, ...) are refused by the
	// caller, not here.
	Exec(ctx context.Context, text string, stmt ast.Statement, args ...*string) (*Result, error)
	// Savepoint, RollbackTo and Release protect single statements (--keep-going).
	Savepoint(ctx context.Context) error
	RollbackTo(ctx context.Context) error
	Release(ctx context.Context) error
	// Commit makes everything durable and swaps the snapshot when the schema changed. Rollback undoes everything;
	// after Commit it does nothing.
	Commit(ctx context.Context) error
	Rollback(ctx context.Context) error
}
