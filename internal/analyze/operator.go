package analyze

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze/overload"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// operatorExpr analyses an operator's call in any of its forms.
func (s *scope) operatorExpr(n *ast.AExpr) query.Expr {
	switch n.Kind {
	case ast.AExprOpAny, ast.AExprOpAll:
		l := s.expr(n.Left)
		return s.anyAll(n.Name, n.Kind == ast.AExprOpAll, l, s.expr(n.Right), n.Pos)
	case ast.AExprDistinct, ast.AExprNotDistinct:
		return s.distinct(n)
	case ast.AExprNullif:
		l := s.expr(n.Left)
		op := s.operator(n.Name, l, s.expr(n.Right), n.Pos).(*query.Op)
		if op.Typ.OID != types.BoolOID {
			panic(s.errorf(n.Pos, "42804", "NULLIF requires = operator to yield boolean"))
		}
		return &query.NullIf{T: query.T{Typ: op.Args[0].Type(), Mod: -1, Pos: n.Pos}, Fn: op.Fn, Operator: op.Operator, Left: op.Args[0], Right: op.Args[1]}
	case ast.AExprIn:
		return s.in(n)
	case ast.AExprBetween, ast.AExprNotBetween, ast.AExprBetweenSym, ast.AExprNotBetweenSym:
		return s.between(n)
	}
	if row, ok := n.Left.(*ast.RowExpr); ok {
		switch r := n.Right.(type) {
		case *ast.SubLink:
			if r.Type == ast.ExprSubLink {
				return s.rowSubLink(n, row, r)
			}
		case *ast.RowExpr:
			left := s.exprList(row.Args)
			return s.rowCompare(n.Name, left, s.exprList(r.Args), n.Pos)
		}
	}
	if n.Left == nil {
		return s.operator(n.Name, nil, s.expr(n.Right), n.Pos)
	}
	if n.Right == nil {
		panic(s.errorf(n.Pos, "42601", "postfix operators are not supported"))
	}
	l := s.expr(n.Left)
	return s.operator(n.Name, l, s.expr(n.Right), n.Pos)
}

// findOperator resolves an operator's name over its operands' types.
func (s *scope) findOperator(name []string, left, right *types.Type, pos int) *catalog.Operator {
	schema := ""
	if len(name) > 1 {
		schema = name[len(name)-2]
		if !s.checkSchema(schema) {
			panic(s.errorf(pos, "3F000", "schema \"%s\" does not exist", schema))
		}
	}
	op, how := s.rules.Operator(schema, name[len(name)-1], left, right)
	if how == overload.Found {
		return op
	}
	sig := strings.Join(name, ".") + " " + s.typeName(right)
	if left != nil {
		sig = s.typeName(left) + " " + sig
	}
	if how == overload.Ambiguous {
		panic(s.errorf(pos, "42725", "operator is not unique: %s", sig).
			hint("Could not choose a best candidate operator. You might need to add explicit type casts."))
	}
	f := s.errorf(pos, "42883", "operator does not exist: %s", sig)
	if left == nil {
		panic(f.hint("No operator matches the given name and argument type. You might need to add an explicit type cast."))
	}
	panic(f.hint("No operator matches the given name and argument types. You might need to add explicit type casts."))
}

// operator applies an operator; l is nil for a prefix operator.
func (s *scope) operator(name []string, l, r query.Expr, pos int) query.Expr {
	var lt *types.Type
	if l != nil {
		lt = l.Type()
	}
	op := s.findOperator(name, lt, r.Type(), pos)
	args := []query.Expr{r}
	declared := []*types.Type{s.typeOf(op.Right)}
	if l != nil {
		args = []query.Expr{l, r}
		declared = []*types.Type{s.typeOf(op.Left), declared[0]}
	}
	actual := typesOf(args)
	ret, err := s.rules.Resolve(actual, declared, s.typeOf(op.Result), s.typeName)
	if err != nil {
		panic(s.at(-1, err))
	}
	s.arguments(args, declared)
	if s.collates {
		switch op.Name {
		case "=", "<>", "<", "<=", ">", ">=":
			s.needCollation(args)
		}
		ret = s.derived(ret, args)
	}
	return &query.Op{T: query.T{Typ: ret, Mod: -1, Pos: pos}, Name: op.Name, Fn: op.Function, Operator: op, Args: args}
}

func typesOf(args []query.Expr) []*types.Type {
	out := make([]*types.Type, len(args))
	for i, a := range args {
		out[i] = a.Type()
	}
	return out
}

// anyAll is l op ANY (array).
func (s *scope) anyAll(name []string, all bool, l, r query.Expr, pos int) query.Expr {
	lt, at := l.Type(), r.Type()
	rt := at
	if at.OID != types.UnknownOID {
		rt = overload.ElementOf(at.Underlying())
		if rt == nil {
			panic(s.errorf(pos, "42809", "op ANY/ALL (array) requires array on right side"))
		}
	}
	op := s.findOperator(name, lt, rt, pos)
	declared := []*types.Type{s.typeOf(op.Left), s.typeOf(op.Right)}
	poly := types.IsPolymorphic(declared[1].OID)
	ret, err := s.rules.Resolve([]*types.Type{lt, rt}, declared, s.typeOf(op.Result), s.typeName)
	if err != nil {
		panic(s.at(-1, err))
	}
	if ret.OID != types.BoolOID {
		panic(s.errorf(pos, "42809", "op ANY/ALL (array) requires operator to yield boolean"))
	}
	want := at
	if !poly || at.OID == types.UnknownOID {
		if want = s.rules.ArrayOf(declared[1]); want == nil {
			panic(s.errorf(pos, "42704", "could not find array type for data type %s", s.typeName(declared[1])))
		}
	}
	args := []query.Expr{l, r}
	s.arguments(args, []*types.Type{declared[0], want})
	return &query.AnyAll{T: boolT(pos), Name: op.Name, Fn: op.Function, Operator: op, All: all, Left: args[0], Right: args[1]}
}

func isNullConst(e ast.Expr) bool {
	c, ok := e.(*ast.AConst)
	return ok && c.Kind == ast.ConstNull
}

func (s *scope) distinct(n *ast.AExpr) query.Expr {
	not := n.Kind == ast.AExprNotDistinct
	if isNullConst(n.Right) || isNullConst(n.Left) {
		arg := n.Left
		if !isNullConst(n.Right) {
			arg = n.Right
		}
		x := s.expr(arg)
		return &query.NullTest{T: boolT(n.Pos), Not: !not, Arg: x}
	}
	lr, lok := n.Left.(*ast.RowExpr)
	rr, rok := n.Right.(*ast.RowExpr)
	if lok && rok {
		left := s.exprList(lr.Args)
		right := s.exprList(rr.Args)
		if len(left) != len(right) {
			panic(s.errorf(n.Pos, "42601", "unequal number of entries in row expressions"))
		}
		var parts []query.Expr
		for i := range left {
			parts = append(parts, s.distinctOp(n.Name, left[i], right[i], false, n.Pos))
		}
		var out query.Expr = &query.Const{T: boolT(n.Pos), Value: types.Bool(false)}
		switch len(parts) {
		case 0:
		case 1:
			out = parts[0]
		default:
			out = &query.Bool{T: boolT(n.Pos), Op: "or", Args: parts}
		}
		if not {
			out = &query.Bool{T: boolT(n.Pos), Op: "not", Args: []query.Expr{out}}
		}
		return out
	}
	l := s.expr(n.Left)
	return s.distinctOp(n.Name, l, s.expr(n.Right), not, n.Pos)
}

func (s *scope) distinctOp(name []string, l, r query.Expr, not bool, pos int) query.Expr {
	op := s.operator(name, l, r, pos).(*query.Op)
	if op.Typ.OID != types.BoolOID {
		panic(s.errorf(pos, "42804", "IS DISTINCT FROM requires = operator to yield boolean"))
	}
	return &query.Distinct{T: boolT(pos), Not: not, Fn: op.Fn, Operator: op.Operator, Left: op.Args[0], Right: op.Args[1]}
}

// in is e IN (list).
func (s *scope) in(n *ast.AExpr) query.Expr {
	not := n.Name[len(n.Name)-1] == "<>"
	l := s.expr(n.Left)
	items := []ast.Expr{n.Right}
	if list, ok := n.Right.(*ast.ExprList); ok {
		items = list.Items
	}
	var vars, rest []query.Expr
	var varRaw []ast.Expr
	all := make([]query.Expr, len(items))
	for i, it := range items {
		x := s.expr(it)
		all[i] = x
		if hasVars(x) {
			vars, varRaw = append(vars, x), append(varRaw, it)
		} else {
			rest = append(rest, x)
		}
	}
	var out []query.Expr
	left, raw := all, items
	if len(rest) > 1 {
		both := append([]query.Expr{l}, rest...)
		t := s.commonType(both, "")
		if t != nil && t.OID != types.RecordOID && s.allCoerce(both, t) {
			if arr := s.rules.ArrayOf(t); arr != nil {
				a := &query.Array{T: query.T{Typ: arr, Mod: -1, Pos: -1}}
				for _, x := range rest {
					a.Elems = append(a.Elems, s.toCommon(x, t, "IN"))
				}
				out = append(out, s.anyAll(n.Name, not, l, a, n.Pos))
				left, raw = vars, varRaw
			}
		}
	}
	for i, r := range left {
		var cmp query.Expr
		lrow, lok := l.(*query.Row)
		rrow, rok := r.(*query.Row)
		if _, isRow := raw[i].(*ast.RowExpr); lok && rok && isRow {
			cmp = s.rowCompare(n.Name, lrow.Fields, rrow.Fields, n.Pos)
		} else {
			cmp = s.operator(n.Name, l, r, n.Pos)
		}
		out = append(out, s.toBoolean(cmp, "IN"))
	}
	if len(out) == 1 {
		return out[0]
	}
	op := "or"
	if not {
		op = "and"
	}
	return &query.Bool{T: boolT(n.Pos), Op: op, Args: out}
}

func (s *scope) allCoerce(list []query.Expr, t *types.Type) bool {
	for _, e := range list {
		if !s.rules.CanCoerceOne(e.Type(), t, types.ImplicitCast) {
			return false
		}
	}
	return true
}

// hasVars says whether e names columns of its own query level.
func hasVars(e query.Expr) bool {
	found := false
	query.Walk(e, func(x query.Expr) bool {
		switch v := x.(type) {
		case *query.Var:
			found = found || v.Levels == 0
		case *query.SubLink:
			found = found || queryRefers(v.Query, 1)
		}
		return !found
	})
	return found
}

// between is a BETWEEN in any form, as the comparisons it stands for.
func (s *scope) between(n *ast.AExpr) query.Expr {
	list, _ := n.Right.(*ast.ExprList)
	low, high := list.Items[0], list.Items[1]
	cmp := func(op string, b ast.Expr) ast.Expr {
		return &ast.AExpr{Pos: n.Pos, Kind: ast.AExprOp, Name: []string{op}, Left: n.Left, Right: b}
	}
	both := func(op ast.BoolOp, a, b ast.Expr) ast.Expr {
		return &ast.BoolExpr{Pos: n.Pos, Op: op, Args: []ast.Expr{a, b}}
	}
	var e ast.Expr
	switch n.Kind {
	case ast.AExprBetween:
		e = both(ast.AndExpr, cmp(">=", low), cmp("<=", high))
	case ast.AExprNotBetween:
		e = both(ast.OrExpr, cmp("<", low), cmp(">", high))
	case ast.AExprBetweenSym:
		e = both(ast.OrExpr, both(ast.AndExpr, cmp(">=", low), cmp("<=", high)), both(ast.AndExpr, cmp(">=", high), cmp("<=", low)))
	default:
		e = both(ast.AndExpr, both(ast.OrExpr, cmp("<", low), cmp(">", high)), both(ast.OrExpr, cmp("<", high), cmp(">", low)))
	}
	return s.expr(e)
}

// rowCompare compares two rows column by column.
func (s *scope) rowCompare(name []string, left, right []query.Expr, pos int) query.Expr {
	if len(left) != len(right) {
		panic(s.errorf(pos, "42601", "unequal number of entries in row expressions"))
	}
	if len(left) == 0 {
		panic(s.errorf(pos, "0A000", "cannot compare rows of zero length"))
	}
	ops := make([]query.Expr, len(left))
	for i := range left {
		ops[i] = s.operator(name, left[i], right[i], pos)
		if ops[i].Type().OID != types.BoolOID {
			panic(s.errorf(pos, "42804", "row comparison operator must yield type boolean, not type %s", s.typeName(ops[i].Type())))
		}
	}
	if len(ops) == 1 {
		return ops[0]
	}
	switch op := name[len(name)-1]; op {
	case "=":
		return &query.Bool{T: boolT(pos), Op: "and", Args: ops}
	case "<>", "!=":
		return &query.Bool{T: boolT(pos), Op: "or", Args: ops}
	case "<", "<=", ">", ">=":
		out := &query.RowCompare{T: boolT(pos), Op: op}
		for _, o := range ops {
			x := o.(*query.Op)
			out.Fns, out.Operators = append(out.Fns, x.Fn), append(out.Operators, x.Operator)
			out.Left, out.Right = append(out.Left, x.Args[0]), append(out.Right, x.Args[1])
		}
		return out
	}
	panic(s.errorf(pos, "0A000", "could not determine interpretation of row comparison operator %s", strings.Join(name, ".")).
		hint("Row comparison operators must be associated with btree operator families."))
}
