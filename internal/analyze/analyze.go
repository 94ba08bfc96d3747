package analyze

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/analyze/overload"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Options say how names in a statement are resolved.
type Options struct {
	// SearchPath is the list of schemas for unqualified names; pg_catalog is searched first when absent.
	SearchPath []string
	// BodyPath is the search path of the session, for the bodies of SQL functions without a path of their own, when the text
	// has another (a policy, a default); nil: SearchPath.
	BodyPath []string
	// Params are the known parameter types ($1 is Params[0]); nil entries and parameters beyond are inferred.
	Params []*types.Type
	// Text is the statement's source, for the positions of errors; "" when the tree was made by code.
	Text string
	// Role is the asking role: schemas it may not use are refused or passed over. "" checks nothing.
	Role string
	// Stored says the text is part of the catalog (a policy, a default): its names were checked when it was made, so that
	// Role matters only inside functions it calls.
	Stored bool
	// Cache keeps parsed texts of views, functions and policies; nil keeps nothing.
	Cache *Cache
	// Env is what literals take from their surroundings; nil means UTC and the wall clock.
	Env *types.Env
	// Variables are names from outside of the statement; nil when there are none.
	Variables Variables
	// Function is the function whose body the statement is: a call of it stays a call.
	Function *catalog.Function
	// Transitions are the transition tables of the trigger the statement stands in.
	Transitions []Transition
	// Written keeps the statement as it was written: views are not opened, functions not replaced by their bodies. Such a
	// tree is for printing.
	Written bool
}

// Bounds on what one statement may grow to.
const (
	maxDepth   = 3000 // nested expressions and queries
	maxInline  = 40   // functions inlined in one another
	maxRTables = 20000
)

// analyzer analyses one text: the statement, or a view, function or policy it stands on.
type analyzer struct {
	// later are the checks PostgreSQL makes when it rewrites a statement: after all of it was analysed. nil: made at once.
	later *[]func()
	snap  *catalog.Snapshot
	rules *overload.Rules
	// bodies resolves the names in the bodies of functions: they have the path of who calls, not that of the view or policy.
	bodies *overload.Rules
	// role is whose USAGE on schemas is checked, "" in stored texts; asker is who runs the statement, or the owner of the
	// SECURITY DEFINER function this is the body of, which then is caller too.
	role   string
	asker  string
	caller string
	text   string
	params *params
	cache  *Cache
	env    *types.Env
	// checkAs is the role whose rights the relations of this text are checked with; "" is the asking role.
	checkAs string
	depth   int
	rtables *int
	views   []*catalog.Relation
	calls   []*catalog.Function
	// fn is the function whose body this is.
	fn *functionBody
	// tableNode is the call that stands in FROM: it is inlined as a table.
	tableNode *ast.FuncCall
	// castPos is where the cast being analysed is written.
	castPos int
	// collates says that a collation other than the database's own has been met.
	collates bool
	// domain is the type VALUE has in a domain's check.
	domain *types.Type
	// subNames are the first columns' names of subqueries, for naming targets.
	subNames map[*ast.SubLink]string
	executes []query.Execute
	// vars are the names from outside of the statement.
	vars Variables
	// transitions are the tables of the trigger's rows; given are the WITH queries of those that are read.
	transitions []Transition
	given       []*query.CTE
	// written keeps views and calls as they are.
	written bool
	// writes says that the statement changes rows: a volatile function that reads is called, to see those changed so far.
	writes bool
	// procedure says that this is CALL, called what it calls.
	procedure bool
	called    *ast.FuncCall
}

// failure carries an error up to the exported functions.
type failure struct{ err *errs.Error }

func (f *failure) hint(format string, args ...any) *failure {
	_ = f.err.WithHint(format, args...)
	return f
}

func (f *failure) detail(format string, args ...any) *failure {
	_ = f.err.WithDetail(format, args...)
	return f
}

// errorf makes a failure to panic with; pos is the byte offset it is about.
func (a *analyzer) errorf(pos int, code, format string, args ...any) *failure {
	return a.at(pos, errs.New(code, format, args...))
}

func (a *analyzer) at(pos int, e *errs.Error) *failure {
	if pos >= 0 && pos <= len(a.text) && a.text != "" && e.Position == 0 {
		e.Position = utf8.RuneCountInString(a.text[:pos]) + 1
	}
	return &failure{e}
}

// fail turns any error into a failure at pos.
func (a *analyzer) fail(pos int, err error) *failure {
	if e := errs.Of(err); e != nil {
		c := *e
		return a.at(pos, &c)
	}
	return &failure{errs.Internal("analyze", err)}
}

func (a *analyzer) deeper(pos int) {
	a.depth++
	if a.depth > maxDepth {
		panic(&failure{errs.TooDeep()})
	}
}

func recovered(err *error) {
	switch r := recover().(type) {
	case nil:
	case *failure:
		*err = r.err
	default:
		*err = errs.Internal("analyze", fmt.Errorf("%v", r))
	}
}

func newAnalyzer(snap *catalog.Snapshot, opt Options) *analyzer {
	a := &analyzer{
		snap: snap, role: opt.Role, asker: opt.Role, text: opt.Text, cache: opt.Cache, env: opt.Env,
		castPos: -1, params: &params{}, rtables: new(int), subNames: map[*ast.SubLink]string{},
	}
	a.vars, a.written = opt.Variables, opt.Written
	if opt.BodyPath != nil {
		a.setPath(opt.BodyPath)
		a.bodies = a.rules
	}
	if opt.Stored {
		a.role = ""
	}
	a.setPath(opt.SearchPath)
	if opt.BodyPath == nil {
		a.bodies = a.rules
	}
	a.params.types = append(a.params.types, opt.Params...)
	a.params.given = len(opt.Params)
	a.transitions = opt.Transitions
	if opt.Function != nil {
		a.calls = []*catalog.Function{opt.Function}
	}
	if a.env == nil {
		a.env = &types.Env{}
	}
	if a.env.Type == nil || a.env.Names == nil {
		c := *a.env
		if c.Type == nil {
			c.Type = snap.TypeByOID
		}
		if c.Names == nil {
			c.Names = names{a}
		}
		a.env = &c
	}
	return a
}

// setPath makes the effective search path: schemas that exist and may be used, pg_catalog first unless it is named.
func (a *analyzer) setPath(path []string) {
	var out []string
	named := false
	for _, s := range path {
		if s == "$user" {
			s = a.role
		}
		sc := a.snap.Schema(s)
		if sc == nil || a.role != "" && !a.snap.MayUse(a.role, sc) {
			continue
		}
		named = named || s == "pg_catalog"
		out = append(out, s)
	}
	if !named {
		out = append([]string{"pg_catalog"}, out...)
	}
	if a.snap.Schema(catalog.TempSchema) != nil && !slices.Contains(out, catalog.TempSchema) {
		out = append([]string{catalog.TempSchema}, out...)
	}
	a.rules = &overload.Rules{Snap: a.snap, Path: out}
}

func (a *analyzer) path() []string { return a.rules.Path }

// checkSchema refuses a schema the asking role may not use. It says whether the schema exists.
func (a *analyzer) checkSchema(name string) bool {
	sc := a.snap.Schema(name)
	if sc == nil {
		return false
	}
	if a.role != "" && !a.snap.MayUse(a.role, sc) {
		panic(a.errorf(-1, "42501", "permission denied for schema %s", name))
	}
	return true
}

// Statement analyses stmt: every name is resolved, every expression typed. It gives the tree and the types of the
// statement's parameters. Utility statements give a tree with Command Utility.
func Statement(snap *catalog.Snapshot, stmt ast.Statement, opt Options) (q *query.Query, params []*types.Type, err error) {
	defer recovered(&err)
	a := newAnalyzer(snap, opt)
	s := a.newScope(nil)
	var later []func()
	a.later = &later
	q = s.statement(stmt)
	for _, check := range later {
		check()
	}
	if q.Command != query.Utility {
		a.addGiven(q)
		a.finish(q)
	}
	return q, a.params.types, nil
}

// finish settles what is only known at the end: parameters nobody gave a type, functions inlined away.
func (a *analyzer) finish(q *query.Query) {
	a.checkParams()
	q.Executes = append(q.Executes, a.executes...)
}

// statement analyses one statement in s.
func (s *scope) statement(stmt ast.Statement) *query.Query {
	s.deeper(-1)
	defer func() { s.depth-- }()
	if _, reads := stmt.(*ast.SelectStmt); !reads {
		s.writes = true
	}
	switch x := stmt.(type) {
	case *ast.SelectStmt:
		return s.selectStatement(x)
	case *ast.InsertStmt:
		return s.insertStatement(x)
	case *ast.UpdateStmt:
		return s.updateStatement(x)
	case *ast.DeleteStmt:
		return s.deleteStatement(x)
	case *ast.MergeStmt:
		return s.mergeStatement(x)
	}
	return &query.Query{Command: query.Utility, Pos: -1}
}

// Expression is an analysed expression that stands by itself.
type Expression struct {
	Expr query.Expr
	// Executes are the functions that were inlined into Expr.
	Executes []query.Execute
}

// ExprOptions say what an expression is and stands on.
type ExprOptions struct {
	Options
	// Over is the relation whose columns the expression may name, as range table number 1; nil for none.
	Over *catalog.Relation
	// Domain is the type VALUE has; nil outside of domain checks.
	Domain *types.Type
	// What is "check constraint", "default", "policy", "generated column", "index expression", "index predicate" or "".
	What string
	// CheckAs is the role whose rights relations in subqueries are checked with; "" is the asking role.
	CheckAs string
	// Caller is the owner of the SECURITY DEFINER function in whose body the expression stands: it is current_user there.
	Caller string
	// Target, when set, is the type the expression must have (with Typmod), by assignment; boolean for conditions.
	Target *types.Type
	Typmod int32
}

// Expr analyses an expression over at most one relation: a policy, check, default, generated column, index key or
// predicate. The relation is range table number 1 at level 0.
func Expr(snap *catalog.Snapshot, e ast.Expr, opt ExprOptions) (out *Expression, err error) {
	defer recovered(&err)
	a := newAnalyzer(snap, opt.Options)
	a.checkAs = opt.CheckAs
	a.domain = opt.Domain
	if opt.Caller != "" {
		a.caller, a.asker = opt.Caller, opt.Caller
	}
	s := a.newScope(nil)
	if opt.Over != nil {
		item := s.addRelation(opt.Over, nil, -1)
		item.rte.Required = 0
		s.ns = append(s.ns, item)
	}
	s.kind = kindOf(opt.What)
	x := s.expr(e)
	if opt.Target != nil {
		x = s.coerceExpression(x, opt)
	} else {
		x = s.resolveUnknown(x)
	}
	a.checkParams()
	return &Expression{Expr: x, Executes: a.executes}, nil
}

func (s *scope) coerceExpression(x query.Expr, opt ExprOptions) query.Expr {
	if opt.Target.OID == types.BoolOID && opt.What != "default" {
		return s.toBoolean(x, s.kind.String())
	}
	r := s.coerceToTarget(x, opt.Target, opt.Typmod, types.AssignmentCast, false)
	if r == nil {
		panic(s.errorf(posOf(x), "42804", "column is of type %s but %s is of type %s", s.typeName(opt.Target), s.kind.String(), s.typeName(x.Type())).
			hint("You will need to rewrite or cast the expression."))
	}
	return r
}

// Coerce converts an analysed expression to a column's type as an assignment does; what names the column in the error.
func Coerce(snap *catalog.Snapshot, e query.Expr, target *types.Type, typmod int32, what string) (out query.Expr, err error) {
	defer recovered(&err)
	a := newAnalyzer(snap, Options{})
	s := a.newScope(nil)
	r := s.coerceToTarget(e, target, typmod, types.AssignmentCast, false)
	if r == nil {
		panic(a.errorf(-1, "42804", "column \"%s\" is of type %s but expression is of type %s", what, a.typeName(target), a.typeName(e.Type())).
			hint("You will need to rewrite or cast the expression."))
	}
	return r, nil
}
