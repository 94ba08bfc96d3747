package ast

import "strconv"

// noPos marks nodes made by code.
const noPos = -1

// Col is a column's name, qualified by all but the last of names.
func Col(names ...string) *ColumnRef { return &ColumnRef{Pos: noPos, Fields: names} }

// Star is names.*, or * without names.
func Star(names ...string) *ColumnRef { return &ColumnRef{Pos: noPos, Fields: names, Star: true} }

// Param is $n.
func Param(n int) *ParamRef { return &ParamRef{Pos: noPos, Number: n} }

// Null is NULL.
func Null() *AConst { return &AConst{Pos: noPos, Kind: ConstNull} }

// Bool is true, or false.
func Bool(b bool) *AConst { return &AConst{Pos: noPos, Kind: ConstBoolean, Bool: b} }

// Str is a string literal.
func Str(s string) *AConst { return &AConst{Pos: noPos, Kind: ConstString, Text: s} }

// Int is an integer literal, a Float one where its digits do not fit an int32, as the grammar has it.
func Int(n int64) *AConst {
	if n > -1<<31 && n < 1<<31 {
		return &AConst{Pos: noPos, Kind: ConstInteger, Int: int32(n)}
	}
	return &AConst{Pos: noPos, Kind: ConstFloat, Text: strconv.FormatInt(n, 10)}
}

// Type is a type's name, qualified by all but the last of names.
func Type(names ...string) *TypeName { return &TypeName{Pos: noPos, Names: names} }

// ArrayOf is the array of the named type.
func ArrayOf(names ...string) *TypeName {
	return &TypeName{Pos: noPos, Names: names, ArrayBounds: []int{-1}}
}

// Cast is e::t.
func Cast(e Expr, t *TypeName) *TypeCast { return &TypeCast{Pos: noPos, Arg: e, Type: t} }

// Func calls a function of pg_catalog.
func Func(name string, args ...Expr) *FuncCall {
	return &FuncCall{Pos: noPos, Name: []string{"pg_catalog", name}, Args: args}
}

// Call calls a function by its possibly qualified name.
func Call(name []string, args ...Expr) *FuncCall {
	return &FuncCall{Pos: noPos, Name: name, Args: args}
}

// NamedArg is name => e.
func NamedArg(name string, e Expr) *NamedArgExpr {
	return &NamedArgExpr{Pos: noPos, Name: name, Arg: e}
}

// CountStar is pg_catalog.count(*).
func CountStar() *FuncCall {
	return &FuncCall{Pos: noPos, Name: []string{"pg_catalog", "count"}, Star: true}
}

// Op is left op right; with a nil left it is a prefix operator.
func Op(left Expr, op string, right Expr) *AExpr {
	return &AExpr{Pos: noPos, Kind: AExprOp, Name: []string{op}, Left: left, Right: right}
}

// Eq is a = b.
func Eq(a, b Expr) *AExpr { return Op(a, "=", b) }

// OpAny is left op ANY (array).
func OpAny(left Expr, op string, array Expr) *AExpr {
	return &AExpr{Pos: noPos, Kind: AExprOpAny, Name: []string{op}, Left: left, Right: array}
}

// OpAll is left op ALL (array).
func OpAll(left Expr, op string, array Expr) *AExpr {
	return &AExpr{Pos: noPos, Kind: AExprOpAll, Name: []string{op}, Left: left, Right: array}
}

// In is e IN (items).
func In(e Expr, items ...Expr) *AExpr {
	return &AExpr{Pos: noPos, Kind: AExprIn, Name: []string{"="}, Left: e, Right: &ExprList{Pos: noPos, Items: items}}
}

// IsDistinct is a IS DISTINCT FROM b.
func IsDistinct(a, b Expr) *AExpr {
	return &AExpr{Pos: noPos, Kind: AExprDistinct, Name: []string{"="}, Left: a, Right: b}
}

// IsNull is e IS NULL.
func IsNull(e Expr) *NullTest { return &NullTest{Pos: noPos, Arg: e} }

// IsNotNull is e IS NOT NULL.
func IsNotNull(e Expr) *NullTest { return &NullTest{Pos: noPos, Arg: e, Not: true} }

// And joins conditions: nil without any, the condition itself for one. Nil conditions are left out.
func And(conds ...Expr) Expr { return boolList(AndExpr, conds) }

// Or joins conditions like And.
func Or(conds ...Expr) Expr { return boolList(OrExpr, conds) }

// Not negates a condition.
func Not(e Expr) *BoolExpr { return &BoolExpr{Pos: noPos, Op: NotExpr, Args: []Expr{e}} }

func boolList(op BoolOp, conds []Expr) Expr {
	var args []Expr
	for _, c := range conds {
		if c == nil {
			continue
		}
		if b, ok := c.(*BoolExpr); ok && b.Op == op {
			args = append(args, b.Args...)
			continue
		}
		args = append(args, c)
	}
	switch len(args) {
	case 0:
		return nil
	case 1:
		return args[0]
	}
	return &BoolExpr{Pos: noPos, Op: op, Args: args}
}

// Coalesce is COALESCE(args).
func Coalesce(args ...Expr) *CoalesceExpr { return &CoalesceExpr{Pos: noPos, Args: args} }

// Row is ROW(args).
func Row(args ...Expr) *RowExpr { return &RowExpr{Pos: noPos, Args: args} }

// Array is ARRAY[elements].
func Array(elements ...Expr) *AArrayExpr { return &AArrayExpr{Pos: noPos, Elements: elements} }

// Default is DEFAULT as a value.
func Default() *SetToDefault { return &SetToDefault{Pos: noPos} }

// Field is (e).name.
func Field(e Expr, name string) *AIndirection {
	return &AIndirection{Pos: noPos, Arg: e, Indirection: []Indirection{&FieldSelect{Pos: noPos, Name: name}}}
}

// Subscript is e[index].
func Subscript(e, index Expr) *AIndirection {
	return &AIndirection{Pos: noPos, Arg: e, Indirection: []Indirection{&AIndices{Pos: noPos, Upper: index}}}
}

// Exists is EXISTS (query).
func Exists(query *SelectStmt) *SubLink {
	return &SubLink{Pos: noPos, Type: ExistsSubLink, Select: query}
}

// ScalarQuery is (query) as a value.
func ScalarQuery(query *SelectStmt) *SubLink {
	return &SubLink{Pos: noPos, Type: ExprSubLink, Select: query}
}

// As is a target: e AS name; without a name the column is named as PostgreSQL does.
func As(e Expr, name string) *ResTarget { return &ResTarget{Pos: noPos, Name: name, Value: e} }

// Set is an assignment: name = e.
func Set(name string, e Expr) *ResTarget { return &ResTarget{Pos: noPos, Name: name, Value: e} }

// Target is a column of INSERT's list.
func Target(name string) *ResTarget { return &ResTarget{Pos: noPos, Name: name} }

// AliasAs is an alias with column names.
func AliasAs(name string, columns ...string) *Alias {
	return &Alias{Pos: noPos, Name: name, Columns: columns}
}

// Table is schema.name, with an alias unless that is empty.
func Table(schema, name, alias string) *RangeVar {
	r := &RangeVar{Pos: noPos, Schema: schema, Name: name}
	if alias != "" {
		r.Alias = AliasAs(alias)
	}
	return r
}

// Subselect is (query) AS alias.
func Subselect(query *SelectStmt, alias string) *RangeSubselect {
	return &RangeSubselect{Pos: noPos, Select: query, Alias: AliasAs(alias)}
}

// FromFunc is call AS alias (columns).
func FromFunc(call Expr, alias string, columns ...string) *RangeFunction {
	r := &RangeFunction{Pos: noPos, Functions: []*RangeFunctionItem{{Pos: noPos, Func: call}}}
	if alias != "" {
		r.Alias = AliasAs(alias, columns...)
	}
	return r
}

// Join is left JOIN right ON cond; a nil cond makes an inner join a CROSS JOIN.
func Join(kind JoinType, left, right TableRef, cond Expr) *JoinExpr {
	return &JoinExpr{Pos: noPos, Type: kind, Left: left, Right: right, On: cond}
}

// Sort is an item of ORDER BY.
func Sort(e Expr, dir SortDir, nulls SortNulls) *SortBy {
	return &SortBy{Pos: noPos, Value: e, Dir: dir, Nulls: nulls}
}

// Select is an empty SELECT to be filled in.
func Select(targets ...*ResTarget) *SelectStmt { return &SelectStmt{Pos: noPos, Targets: targets} }

// Values is VALUES with the rows.
func Values(rows ...[]Expr) *SelectStmt { return &SelectStmt{Pos: noPos, Values: rows} }

// With is WITH with the queries.
func With(ctes ...*CommonTableExpr) *WithClause { return &WithClause{Pos: noPos, CTEs: ctes} }

// CTE is name AS (query).
func CTE(name string, query Statement) *CommonTableExpr {
	return &CommonTableExpr{Pos: noPos, Name: name, Query: query}
}
