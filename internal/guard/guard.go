package guard

import (
	"sync"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Guarded is a statement that may be run as Role and as no other. Only this package makes one.
type Guarded struct {
	stmt    ast.Statement
	query   *query.Query
	params  []*types.Type
	role    string
	version uint64
	again   func(role string) (Guarded, error)
}

// Statement is the raw statement.
func (g Guarded) Statement() ast.Statement { return g.stmt }

// Query is the analysed and guarded tree; nil where the database enforces rights itself, and for utility statements.
func (g Guarded) Query() *query.Query { return g.query }

// Params are the types of the statement's parameters, in order; nil where the database infers them.
func (g Guarded) Params() []*types.Type { return g.params }

// Role is the role whose rights were checked: the engine must run the statement as this role.
func (g Guarded) Role() string { return g.role }

// Version is the version of the catalog snapshot the tree was resolved against.
func (g Guarded) Version() uint64 { return g.version }

// Valid says whether g was made by this package.
func (g Guarded) Valid() bool { return g.stmt != nil }

// As guards the same statement for another role: what an engine needs when the role changes inside a transaction.
func (g Guarded) As(role string) (Guarded, error) {
	if role == g.role {
		return g, nil
	}
	return g.again(role)
}

// Guard makes Guarded statements for one engine.
type Guard struct {
	// native says the database enforces rights and row security itself.
	native bool

	mu    sync.Mutex
	snap  *catalog.Snapshot
	cache *analyze.Cache
}

// cacheFor gives the parsed texts of a snapshot's views, functions and policies; they live until another snapshot asks.
func (g *Guard) cacheFor(snap *catalog.Snapshot) *analyze.Cache {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.snap != snap {
		g.snap, g.cache = snap, &analyze.Cache{}
	}
	return g.cache
}

// New gives the guard of an engine. databaseEnforces says that the database checks rights and row security itself.
func New(databaseEnforces bool) *Guard { return &Guard{native: databaseEnforces} }

// Options tell how names in a statement are resolved.
type Options struct {
	// SearchPath is the list of schemas for unqualified names; pg_catalog is searched first when absent.
	SearchPath []string
	// Params are the known parameter types ($1 is Params[0]); nil entries and parameters beyond are inferred.
	Params []*types.Type
	// Text is the statement's source, for the positions of errors; "" when the tree was made by code.
	Text string
	// RowSecurityOff is the setting row_security = off: a statement that policies would filter is refused.
	RowSecurityOff bool
	// Env is what literals take from their surroundings (the time zone); nil means UTC.
	Env *types.Env
	// Variables are names from outside of the statement; nil when there are none.
	Variables analyze.Variables
	// Function is the function in SQL whose body the statement is.
	Function *catalog.Function
	// Transitions are the transition tables of the trigger the statement stands in.
	Transitions []analyze.Transition
}

// Apply guards stmt for role. What comes with an error is not valid; it has the parameters' types when they were found.
func (g *Guard) Apply(snap *catalog.Snapshot, role string, stmt ast.Statement, opt Options) (Guarded, error) {
	out := Guarded{stmt: stmt, role: role, version: snap.Version}
	out.again = func(role string) (Guarded, error) { return g.Apply(snap, role, stmt, opt) }
	if g.native {
		return out, nil
	}
	if e, ok := stmt.(*ast.ExplainStmt); ok {
		// What is explained is guarded; the engine explains its plan.
		inner := e.Query
		if c, ok := inner.(*ast.CreateTableAsStmt); ok {
			inner = c.Query
		}
		switch inner.(type) {
		case *ast.SelectStmt, *ast.InsertStmt, *ast.UpdateStmt, *ast.DeleteStmt, *ast.MergeStmt:
		default:
			return Guarded{}, errs.Unsupported("EXPLAIN of this statement", "")
		}
		x, err := g.Apply(snap, role, inner, opt)
		out.query, out.params = x.query, x.params
		return out, err
	}
	cache := g.cacheFor(snap)
	q, params, err := analyze.Statement(snap, stmt, analyze.Options{
		SearchPath: opt.SearchPath, Params: opt.Params, Text: opt.Text, Role: role, Function: opt.Function, Variables: opt.Variables, Cache: cache, Env: opt.Env,
		Transitions: opt.Transitions,
	})
	if err != nil {
		return Guarded{}, err
	}
	// A refusal carries the types of the parameters: PostgreSQL reads their values before it checks rights.
	refused := Guarded{params: params}
	// Rights come last: the relations and functions in policies need them too.
	q, err = addRowSecurity(snap, role, q, cache, opt.RowSecurityOff, opt.SearchPath)
	if err != nil {
		return refused, err
	}
	rights := &rights{snap: snap, role: role}
	if err := rights.onViews(q); err != nil {
		return refused, err
	}
	if err := fold(q, map[*query.Query]bool{}); err != nil {
		return refused, err
	}
	if err := rights.onOthers(q); err != nil {
		return refused, err
	}
	out.query, out.params = q, params
	return out, nil
}
