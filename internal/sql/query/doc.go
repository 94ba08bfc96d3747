// Package query owns the analysed query tree: PostgreSQL's Query in plain Go structs. Every name is resolved to a range
// table entry, a column, a function or an operator of one catalog snapshot, and every expression carries its type.
//
// internal/analyze makes it from a raw parse tree; the guard rewrites it; the embedded engine prints and runs it.
// Trees are data: they are not changed in place by readers; rewriters copy what they change (see Map).
//
// What analysis promises:
//   - No Var names a JoinRTE: columns of joins are the columns of the joined entries, or expressions over them (the merged
//     columns of FULL JOIN ... USING). A JoinRTE only keeps names and columns.
//   - VALUES is a query over one ValuesRTE, except directly under INSERT: there Source.Values holds the rows, converted to the
//     columns' types, where *SetToDefault may stand, and Source.Targets only name the columns.
//   - INSERT's Source, queries of WITH and subqueries in FROM are one level below the query that holds them: Var.Levels
//     and Agg.Levels count them.
//   - The target of UPDATE and DELETE is an item of From. Entries of views that were written through stay in RTable, in no
//     From, for the rights they need.
//   - Members of a set operation give the types of their node; EXISTS, IN, ANY and ALL are SubLinks with a Test, rows compared
//     with a subquery and SET (a, b) = (SELECT ...) are scalar SubLinks.
//   - Calls of SQL functions whose body is one SELECT are replaced by the body (Body says whose it is); all other calls of a
//     project's functions are Func.
//   - Literals are constants of their type; lengths and precisions are Casts with method Typmod.
//
// It must not know: text, engines, requests, roles.
package query
