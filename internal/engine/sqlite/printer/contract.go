package printer

import (
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// This file is what the executors (engine/sqlite and its modify package) need of the printer.

// Options tell what surrounds the printed text.
type Options struct {
	// ParamBase is added to the number of every statement parameter: $1 is printed ?(ParamBase+1).
	ParamBase int
	// Rows are range table entries of the query (by number) whose one row is given as parameters instead of being read:
	// column i (0-based position in RTE.Columns) of entry rt is printed ?(Rows[rt]+i), also from inside subqueries
	// (Var.Levels reaching the query itself). The whole row is made of all of them.
	Rows map[int]int
	// Given are WITH queries, by name, of the query's own level whose rows are given as one parameter: a JSON array of
	// arrays of storage values (numbers and texts as JSON has them, bytea as {"hex":"..."} is not used: blobs come as
	// texts 'x' || hex and are unhex'ed by the column's type). The text reads them with json_each(?n).
	Given map[string]int
	// DomainValue, when set, is the parameter that stands for VALUE in a domain's check.
	DomainValue int
}

// Column is a result column of a printed query.
type Column struct {
	Name   string
	Type   *types.Type
	Typmod int32
}

// Entry is a relation in FROM and the name the statement gives it.
type Entry struct{ Relation, Alias string }

// Text is a printed query or list of expressions.
type Text struct {
	SQL string
	// Columns are the result columns (junk ones left out).
	Columns []Column
	// Params is the highest parameter number the text uses.
	Params int
	// Entries tell which relations stand behind the aliases of the text, for EXPLAIN.
	Entries map[string]Entry
}

// The functions the executors call:
//
//	func Query(snap *catalog.Snapshot, q *query.Query, opt Options) (*Text, error)
//	    a SELECT (or VALUES, set operation, ...).
//	func Row(snap *catalog.Snapshot, q *query.Query, exprs []query.Expr, opt Options) (*Text, error)
//	    "SELECT e1, e2, ..." without FROM: expressions that stand in q (their Vars have Levels 0 into q.RTable); every
//	    entry they use is in opt.Rows. Subqueries inside may reach those rows too.
//	func TableName(schema, name string) string
//	    the SQLite table of a relation, quoted.
//	func RowID(r *catalog.Relation) string
//	    how the rowid of r is spelled (a column of r may be called rowid). Var with Col SysCtid prints it.
//
// A Var of the UPDATE/DELETE target is an ordinary Var of its range table entry: the executors build the scan as a SELECT
// whose From holds the target too, with Targets {Var SysCtid, every column of the target, the new values, ...}.
var _ query.Command
