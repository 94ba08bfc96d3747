package analyze

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// exprIn analyses an expression that stands at a certain place.
func (s *scope) exprIn(e ast.Expr, k exprKind) query.Expr {
	old := s.kind
	s.kind = k
	x := s.expr(e)
	s.kind = old
	return x
}

// expr analyses an expression. Literals nothing gave a type yet keep the type unknown.
func (s *scope) expr(e ast.Expr) query.Expr {
	s.deeper(e.Position())
	defer func() { s.depth-- }()
	switch x := e.(type) {
	case *ast.ColumnRef:
		return s.columnRef(x)
	case *ast.ParamRef:
		return s.param(x)
	case *ast.AConst:
		return s.constant(x)
	case *ast.TypeCast:
		return s.typeCast(x)
	case *ast.AExpr:
		return s.operatorExpr(x)
	case *ast.BoolExpr:
		return s.boolExpr(x)
	case *ast.NullTest:
		arg := s.expr(x.Arg)
		return &query.NullTest{T: boolT(x.Pos), Not: x.Not, Row: isRowType(arg.Type()), Arg: arg}
	case *ast.BooleanTest:
		return s.booleanTest(x)
	case *ast.CaseExpr:
		return s.caseExpr(x)
	case *ast.CoalesceExpr:
		mark := s.sets
		args, t, mod := s.commonArgs(x.Args, "COALESCE")
		s.noSetsSince(mark, "COALESCE")
		return &query.Coalesce{T: query.T{Typ: t, Mod: mod, Pos: x.Pos}, Args: args}
	case *ast.MinMaxExpr:
		name := "GREATEST"
		if x.Least {
			name = "LEAST"
		}
		args, t, mod := s.commonArgs(x.Args, name)
		return &query.MinMax{T: query.T{Typ: t, Mod: mod, Pos: x.Pos}, Greatest: !x.Least, Args: args}
	case *ast.FuncCall:
		return s.funcCall(x)
	case *ast.NamedArgExpr:
		return s.expr(x.Arg)
	case *ast.SubLink:
		return s.subLink(x)
	case *ast.AIndirection:
		return s.indirection(x)
	case *ast.AArrayExpr:
		return s.array(x, nil, nil, -1)
	case *ast.RowExpr:
		return s.row(x)
	case *ast.SQLValueFunction:
		return s.sqlValue(x)
	case *ast.CollateClause:
		return s.collate(x)
	case *ast.GroupingFunc:
		return s.grouping(x)
	case *ast.SetToDefault:
		panic(s.errorf(x.Pos, "42601", "DEFAULT is not allowed in this context"))
	case *ast.CurrentOfExpr:
		panic(&failure{errs.Unsupported("WHERE CURRENT OF", "")})
	case *ast.XmlExpr, *ast.XmlSerialize:
		panic(&failure{errs.Unsupported("XML", "")})
	case *ast.JsonObjectConstructor, *ast.JsonArrayConstructor, *ast.JsonArrayQueryConstructor, *ast.JsonObjectAgg, *ast.JsonArrayAgg,
		*ast.JsonIsPredicate, *ast.JsonParseExpr, *ast.JsonScalarExpr, *ast.JsonSerializeExpr, *ast.JsonFuncExpr, *ast.JsonValueExpr:
		panic(&failure{errs.Unsupported("SQL/JSON syntax", "Use json_build_object, jsonb_path_query and their like.")})
	}
	panic(&failure{errs.Unsupported("this expression", "")})
}

func isRowType(t *types.Type) bool {
	return t.OID == types.RecordOID || t.Underlying().Kind == types.CompositeType
}

// constant is a literal.
func (s *scope) constant(n *ast.AConst) query.Expr {
	c := &query.Const{T: query.T{Mod: -1, Pos: n.Pos}}
	set := func(oid types.OID, text string) {
		c.Typ = types.ByOID(oid)
		v, err := types.In(c.Typ, -1, text, s.env)
		if err != nil {
			panic(s.fail(n.Pos, err))
		}
		c.Value = v
	}
	switch n.Kind {
	case ast.ConstNull:
		c.Typ = types.ByOID(types.UnknownOID)
	case ast.ConstInteger:
		c.Typ, c.Value = types.ByOID(types.Int4OID), types.Int(int64(n.Int))
	case ast.ConstFloat:
		if v, err := types.In(types.ByOID(types.Int8OID), -1, n.Text, s.env); err == nil && strings.Trim(strings.TrimPrefix(n.Text, "-"), "0123456789") == "" {
			c.Typ, c.Value = types.ByOID(types.Int8OID), v
			if int64(int32(v.I)) == v.I {
				// The least int4 is no integer token before its sign is seen.
				c.Typ = types.ByOID(types.Int4OID)
			}
			break
		}
		set(types.NumericOID, n.Text)
	case ast.ConstString:
		c.Typ, c.Value = types.ByOID(types.UnknownOID), types.Text(n.Text)
	case ast.ConstBoolean:
		c.Typ, c.Value = types.ByOID(types.BoolOID), types.Bool(n.Bool)
	case ast.ConstBitString:
		set(types.BitOID, n.Text)
	}
	return c
}

// nullConst is NULL of a type.
func nullConst(t *types.Type, pos int) *query.Const {
	return &query.Const{T: query.T{Typ: t, Mod: -1, Pos: pos}}
}

func (s *scope) typeCast(n *ast.TypeCast) query.Expr {
	t, typmod := s.resolveType(n.Type)
	pos := n.Pos
	if pos < 0 {
		pos = n.Type.Pos
	}
	var arg query.Expr
	if a, ok := n.Arg.(*ast.AArrayExpr); ok {
		base, mod := t, typmod
		for base.Kind == types.DomainType {
			base, mod = base.Base, base.Typmod
		}
		if base.Kind == types.ArrayType {
			arg = s.array(a, base, base.Elem, mod)
		}
	}
	if arg == nil {
		arg = s.expr(n.Arg)
	}
	if t.OID == types.UnknownOID && isUnknown(arg) {
		return arg
	}
	return s.castTo(arg, t, typmod, pos)
}

func (s *scope) boolExpr(n *ast.BoolExpr) query.Expr {
	op, what := "and", "AND"
	switch n.Op {
	case ast.OrExpr:
		op, what = "or", "OR"
	case ast.NotExpr:
		op, what = "not", "NOT"
	}
	out := &query.Bool{T: boolT(n.Pos), Op: op}
	for _, a := range n.Args {
		out.Args = append(out.Args, s.toBoolean(s.expr(a), what))
	}
	return out
}

func (s *scope) booleanTest(n *ast.BooleanTest) query.Expr {
	names := [...]string{"IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "IS UNKNOWN", "IS NOT UNKNOWN"}
	values := [...]string{"true", "true", "false", "false", "unknown", "unknown"}
	return &query.BoolTest{T: boolT(n.Pos), Not: n.Test%2 == 1, Value: values[n.Test],
		Arg: s.toBoolean(s.expr(n.Arg), names[n.Test])}
}

func (s *scope) exprs(list []ast.Expr) []query.Expr {
	out := make([]query.Expr, len(list))
	for i, e := range list {
		out[i] = s.expr(e)
	}
	return out
}

// commonArgs analyses arguments that are brought to one type.
func (s *scope) commonArgs(list []ast.Expr, context string) ([]query.Expr, *types.Type, int32) {
	args := s.exprs(list)
	t := s.commonType(args, context)
	for i := range args {
		args[i] = s.toCommon(args[i], t, context)
	}
	return args, s.derived(t, args), commonTypmod(args, t)
}

func (s *scope) caseExpr(n *ast.CaseExpr) query.Expr {
	out := &query.Case{T: query.T{Mod: -1, Pos: n.Pos}}
	var results []query.Expr
	mark := s.sets
	if n.Arg != nil {
		out.Arg = s.resolveUnknown(s.expr(n.Arg))
	}
	for _, w := range n.Whens {
		cond := s.expr(w.Cond)
		if out.Arg != nil {
			cond = s.operator([]string{"="}, &query.CaseArg{T: query.T{Typ: out.Arg.Type(), Mod: out.Arg.Typmod(), Pos: -1}}, cond, w.Pos)
		}
		cond = s.toBoolean(cond, "CASE/WHEN")
		then := s.expr(w.Result)
		out.Whens = append(out.Whens, query.When{Cond: cond, Then: then})
		results = append(results, then)
	}
	if n.Default != nil {
		out.Else = s.expr(n.Default)
	} else {
		out.Else = nullConst(types.ByOID(types.UnknownOID), -1)
	}
	results = append([]query.Expr{out.Else}, results...)
	t := s.commonType(results, "CASE")
	out.Typ = t
	out.Else = s.toCommon(out.Else, t, "CASE/ELSE")
	results[0] = out.Else
	for i := range out.Whens {
		out.Whens[i].Then = s.toCommon(out.Whens[i].Then, t, "CASE/WHEN")
		results[i+1] = out.Whens[i].Then
	}
	out.Mod = commonTypmod(results, t)
	out.Typ = s.derived(t, append(results[1:], results[0]))
	s.noSetsSince(mark, "CASE")
	return out
}

// array is ARRAY[...]; arr and elem are the types a cast around it asks for.
func (s *scope) array(n *ast.AArrayExpr, arr, elem *types.Type, typmod int32) query.Expr {
	out := &query.Array{T: query.T{Mod: typmod, Pos: n.Pos}}
	for _, e := range n.Elements {
		if a, ok := e.(*ast.AArrayExpr); ok {
			out.Elems = append(out.Elems, s.array(a, arr, elem, typmod))
			out.Multi = true
			continue
		}
		x := s.expr(e)
		out.Multi = out.Multi || x.Type().Kind == types.ArrayType
		out.Elems = append(out.Elems, x)
	}
	hard := arr != nil
	var t *types.Type
	if hard {
		t = elem
		if out.Multi {
			t = arr
		}
	} else {
		if len(out.Elems) == 0 {
			panic(s.errorf(n.Pos, "42P18", "cannot determine type of empty array").
				hint("Explicitly cast to the desired type, for example ARRAY[]::integer[]."))
		}
		t = s.commonType(out.Elems, "ARRAY")
		if out.Multi {
			arr = t
			if arr.Kind != types.ArrayType {
				panic(s.errorf(n.Pos, "42704", "could not find element type for data type %s", s.typeName(arr)))
			}
		} else if arr = s.rules.ArrayOf(t); arr == nil {
			panic(s.errorf(n.Pos, "42704", "could not find array type for data type %s", s.typeName(t)))
		}
	}
	for i, e := range out.Elems {
		if hard {
			x := s.coerceToTarget(e, t, typmod, types.ExplicitCast, true)
			if x == nil {
				panic(s.errorf(posOf(e), "42846", "cannot cast type %s to %s", s.typeName(e.Type()), s.typeName(t)))
			}
			out.Elems[i] = x
		} else {
			out.Elems[i] = s.toCommon(e, t, "ARRAY")
		}
	}
	out.Typ = arr
	return out
}

func (s *scope) row(n *ast.RowExpr) query.Expr {
	out := &query.Row{T: query.T{Mod: -1, Pos: n.Pos}}
	out.Fields = s.exprList(n.Args)
	if len(out.Fields) > 1664 {
		panic(s.errorf(n.Pos, "54011", "ROW expressions can have at most %d entries", 1664))
	}
	var cols []query.RTEColumn
	for i, f := range out.Fields {
		name := "f" + itoa(i+1)
		out.Names = append(out.Names, name)
		cols = append(cols, query.RTEColumn{Name: name, Type: f.Type(), Typmod: f.Typmod()})
	}
	out.Typ = s.recordOf(cols)
	return out
}

// exprList analyses a list in which stars stand for columns: ROW's and VALUES' items.
func (s *scope) exprList(list []ast.Expr) []query.Expr {
	var out []query.Expr
	for _, e := range list {
		if targets, ok := s.expandStar(e); ok {
			for _, t := range targets {
				out = append(out, t.Expr)
			}
			continue
		}
		out = append(out, s.expr(e))
	}
	return out
}

func (s *scope) sqlValue(n *ast.SQLValueFunction) query.Expr {
	table := [...]struct {
		name string
		typ  types.OID
	}{
		ast.CurrentDate: {"current_date", types.DateOID}, ast.CurrentTime: {"current_time", types.TimetzOID},
		ast.CurrentTimestamp: {"current_timestamp", types.TimestamptzOID}, ast.LocalTime: {"localtime", types.TimeOID},
		ast.LocalTimestamp: {"localtimestamp", types.TimestampOID}, ast.CurrentRole: {"current_role", types.NameOID},
		ast.CurrentUser: {"current_user", types.NameOID}, ast.User: {"user", types.NameOID},
		ast.SessionUser: {"session_user", types.NameOID}, ast.CurrentCatalog: {"current_catalog", types.NameOID},
		ast.CurrentSchema: {"current_schema", types.NameOID},
	}
	v := table[n.Op]
	mod := int32(-1)
	if n.TypMod >= 0 && v.typ != types.NameOID && v.typ != types.DateOID {
		mod = int32(min(n.TypMod, 6))
	}
	out := &query.SQLValue{T: query.T{Typ: types.ByOID(v.typ), Mod: mod, Pos: n.Pos}, Name: v.name}
	if s.caller != "" {
		switch n.Op {
		case ast.CurrentRole, ast.CurrentUser, ast.User:
			return &query.Const{T: out.T, Value: types.Text(s.caller)}
		}
	}
	return out
}

func (s *scope) collate(n *ast.CollateClause) query.Expr {
	arg := s.expr(n.Arg)
	if isUnknown(arg) {
		arg = s.resolveUnknown(arg)
	}
	t := arg.Type().Underlying()
	if e := t; e.Kind == types.ArrayType {
		t = e.Elem.Underlying()
	}
	if t.Category != 'S' && t.OID != types.CharOID {
		panic(s.errorf(n.Pos, "42804", "collations are not supported by type %s", s.typeName(arg.Type())))
	}
	name := n.Name[len(n.Name)-1]
	if len(n.Name) > 1 && !s.checkSchema(n.Name[len(n.Name)-2]) {
		panic(s.errorf(n.Pos, "3F000", "schema \"%s\" does not exist", n.Name[len(n.Name)-2]))
	}
	if !types.ByBytes(name) && !types.ICU(name) {
		if strings.ContainsAny(name, "_-") {
			panic(s.at(n.Pos, errs.Unsupported("collation \""+name+"\"", "Text is ordered by its bytes (\"C\") or by ICU's rules (\"en-x-icu\").")))
		}
		panic(s.errorf(n.Pos, "42704", "collation \"%s\" for encoding \"UTF8\" does not exist", strings.Join(n.Name, ".")))
	}
	s.collates = true
	return &query.Collate{T: query.T{Typ: types.Collated(arg.Type(), name), Mod: arg.Typmod(), Pos: n.Pos}, Arg: arg, Name: name}
}
