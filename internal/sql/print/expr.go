package print

import (
	"github.com/basement-project/basement/internal/sql/ast"
)

// The levels of expressions, loosest first: an operand of a lower level than its place asks for gets parentheses.
const (
	levelNone = iota
	levelOr
	levelAnd
	levelNot
	levelIs
	levelCompare
	levelIn
	levelOp
	levelAdd
	levelMul
	levelPower
	levelAt
	levelCollate
	levelUnary
	levelCast
	levelPrimary
)

// level is how tight an expression holds together.
func level(e ast.Expr) int {
	switch e := e.(type) {
	case *ast.AConst:
		if e.Kind == ast.ConstInteger && e.Int < 0 || e.Kind == ast.ConstFloat && e.Text != "" && e.Text[0] == '-' {
			return levelUnary
		}
	case *ast.TypeCast:
		return levelCast
	case *ast.AExpr:
		switch e.Kind {
		case ast.AExprOp, ast.AExprOpAny, ast.AExprOpAll:
			if e.Left == nil && len(e.Name) == 1 && (e.Name[0] == "-" || e.Name[0] == "+") {
				return levelUnary
			}
			return operatorLevel(e.Name)
		case ast.AExprDistinct, ast.AExprNotDistinct:
			return levelIs
		case ast.AExprNullif:
			return levelPrimary
		}
		return levelIn
	case *ast.BoolExpr:
		switch e.Op {
		case ast.AndExpr:
			return levelAnd
		case ast.OrExpr:
			return levelOr
		}
		return levelNot
	case *ast.NullTest, *ast.BooleanTest, *ast.JsonIsPredicate:
		return levelIs
	case *ast.XmlExpr:
		if e.Op == ast.IsDocument {
			return levelIs
		}
	case *ast.SubLink:
		if e.Type == ast.AnySubLink || e.Type == ast.AllSubLink {
			if len(e.Oper) == 0 {
				return levelIn
			}
			return operatorLevel(e.Oper)
		}
	case *ast.CollateClause:
		return levelCollate
	case *ast.FuncCall:
		if e.SQLSyntax {
			return callLevel(e)
		}
	}
	return levelPrimary
}

func operatorLevel(name []string) int {
	if len(name) != 1 {
		return levelOp
	}
	switch name[0] {
	case "+", "-":
		return levelAdd
	case "*", "/", "%":
		return levelMul
	case "^":
		return levelPower
	case "<", ">", "=", "<=", ">=", "<>":
		return levelCompare
	}
	return levelOp
}

// expr writes an expression where any may stand.
func (p *printer) expr(e ast.Expr) { p.operand(e, levelNone) }

// operand writes an expression, in parentheses when its level is below min.
func (p *printer) operand(e ast.Expr, min int) {
	if level(e) < min {
		p.c('(')
		p.bare(e)
		p.c(')')
		return
	}
	p.bare(e)
}

// restricted writes an expression where the grammar has b_expr or c_expr: anything with operators gets parentheses.
func (p *printer) restricted(e ast.Expr) {
	switch e := e.(type) {
	case *ast.TypeCast:
		if level(e.Arg) == levelPrimary {
			p.bare(e)
			return
		}
	case *ast.AConst:
		p.bare(e)
		return
	case *ast.SetToDefault:
		p.c('(')
		p.bare(e)
		p.c(')')
		return
	}
	p.operand(e, levelPrimary)
}

// primary writes an expression where the grammar has c_expr.
func (p *printer) primary(e ast.Expr) { p.operand(e, levelPrimary) }

// bare writes an expression without parentheses around it.
func (p *printer) bare(e ast.Expr) {
	switch e := e.(type) {
	case *ast.ColumnRef:
		p.names(e.Fields)
		if e.Star {
			if len(e.Fields) > 0 {
				p.c('.')
			}
			p.c('*')
		}
	case *ast.ParamRef:
		p.c('$')
		p.int(int64(e.Number))
	case *ast.AConst:
		p.constant(e)
	case *ast.TypeCast:
		p.operand(e.Arg, levelCast)
		p.s("::")
		p.typeName(e.Type)
	case *ast.AExpr:
		p.aExpr(e)
	case *ast.ExprList:
		p.parenExprs(e.Items)
	case *ast.BoolExpr:
		p.boolExpr(e)
	case *ast.NullTest:
		p.operand(e.Arg, levelIs+1)
		if e.Not {
			p.s(" IS NOT NULL")
		} else {
			p.s(" IS NULL")
		}
	case *ast.BooleanTest:
		p.operand(e.Arg, levelIs+1)
		p.s(booleanTests[e.Test])
	case *ast.CaseExpr:
		p.caseExpr(e)
	case *ast.CoalesceExpr:
		p.s("COALESCE")
		p.parenExprs(e.Args)
	case *ast.MinMaxExpr:
		if e.Least {
			p.s("LEAST")
		} else {
			p.s("GREATEST")
		}
		p.parenExprs(e.Args)
	case *ast.FuncCall:
		p.funcCall(e)
	case *ast.NamedArgExpr:
		p.ident(e.Name)
		p.s(" => ")
		p.expr(e.Arg)
	case *ast.SubLink:
		p.subLink(e)
	case *ast.AIndirection:
		p.aIndirection(e)
	case *ast.AArrayExpr:
		p.s("ARRAY")
		p.array(e)
	case *ast.RowExpr:
		if !e.Implicit || len(e.Args) < 2 {
			p.s("ROW")
		}
		p.parenExprs(e.Args)
	case *ast.SQLValueFunction:
		p.s(valueFunctions[e.Op])
		if e.TypMod >= 0 {
			p.c('(')
			p.int(int64(e.TypMod))
			p.c(')')
		}
	case *ast.CollateClause:
		if e.Arg != nil {
			p.operand(e.Arg, levelCollate)
			p.c(' ')
		}
		p.s("COLLATE ")
		p.names(e.Name)
	case *ast.GroupingFunc:
		p.s("GROUPING")
		p.parenExprs(e.Args)
	case *ast.GroupingSet:
		p.groupingSet(e)
	case *ast.SetToDefault:
		p.s("DEFAULT")
	case *ast.CurrentOfExpr:
		p.s("CURRENT OF ")
		p.ident(e.Cursor)
	case *ast.MultiAssignRef:
		p.expr(e.Source)
	default:
		p.jsonExpr(e)
	}
}

var booleanTests = [...]string{
	ast.IsTrue: " IS TRUE", ast.IsNotTrue: " IS NOT TRUE",
	ast.IsFalse: " IS FALSE", ast.IsNotFalse: " IS NOT FALSE",
	ast.IsUnknown: " IS UNKNOWN", ast.IsNotUnknown: " IS NOT UNKNOWN",
}

var valueFunctions = [...]string{
	ast.CurrentDate: "CURRENT_DATE", ast.CurrentTime: "CURRENT_TIME", ast.CurrentTimestamp: "CURRENT_TIMESTAMP",
	ast.LocalTime: "LOCALTIME", ast.LocalTimestamp: "LOCALTIMESTAMP", ast.CurrentRole: "CURRENT_ROLE",
	ast.CurrentUser: "CURRENT_USER", ast.User: "USER", ast.SessionUser: "SESSION_USER",
	ast.CurrentCatalog: "CURRENT_CATALOG", ast.CurrentSchema: "CURRENT_SCHEMA",
}

func (p *printer) constant(c *ast.AConst) {
	switch c.Kind {
	case ast.ConstNull:
		p.s("NULL")
	case ast.ConstInteger:
		p.int(int64(c.Int))
	case ast.ConstFloat:
		p.s(c.Text)
	case ast.ConstString:
		p.literal(c.Text)
	case ast.ConstBitString:
		if c.Text == "" {
			p.s("b''")
			return
		}
		p.c(c.Text[0])
		p.c('\'')
		for i := 1; i < len(c.Text); i++ {
			if c.Text[i] != '\'' {
				p.c(c.Text[i])
			}
		}
		p.c('\'')
	case ast.ConstBoolean:
		if c.Bool {
			p.s("true")
		} else {
			p.s("false")
		}
	}
}

// operator writes an operator's name.
func (p *printer) operator(name []string) {
	if len(name) == 1 {
		p.s(name[0])
		return
	}
	p.s("OPERATOR(")
	p.qualifiedOperator(name)
	p.c(')')
}

// qualifiedOperator writes schema.op.
func (p *printer) qualifiedOperator(name []string) {
	for i, n := range name {
		if i == len(name)-1 {
			p.s(n)
			return
		}
		p.ident(n)
		p.c('.')
	}
}

func (p *printer) aExpr(e *ast.AExpr) {
	switch e.Kind {
	case ast.AExprOp:
		l := level(e)
		if e.Left == nil {
			p.operator(e.Name)
			if l == levelUnary {
				p.operand(e.Right, levelUnary+1)
				return
			}
			p.c(' ')
			p.operand(e.Right, l+1)
			return
		}
		left := l
		if l == levelCompare {
			left++
		}
		p.operand(e.Left, left)
		p.c(' ')
		p.operator(e.Name)
		p.c(' ')
		p.operand(e.Right, l+1)
	case ast.AExprOpAny, ast.AExprOpAll:
		p.operand(e.Left, operatorLevel(e.Name)+1)
		p.c(' ')
		p.operator(e.Name)
		if e.Kind == ast.AExprOpAny {
			p.s(" ANY (")
		} else {
			p.s(" ALL (")
		}
		p.loneExpr(e.Right)
		p.c(')')
	case ast.AExprDistinct, ast.AExprNotDistinct:
		p.operand(e.Left, levelIs+1)
		if e.Kind == ast.AExprDistinct {
			p.s(" IS DISTINCT FROM ")
		} else {
			p.s(" IS NOT DISTINCT FROM ")
		}
		p.operand(e.Right, levelIs+1)
	case ast.AExprNullif:
		p.s("NULLIF(")
		p.expr(e.Left)
		p.s(", ")
		p.expr(e.Right)
		p.c(')')
	case ast.AExprIn:
		p.operand(e.Left, levelIn+1)
		if len(e.Name) == 1 && e.Name[0] == "<>" {
			p.s(" NOT IN ")
		} else {
			p.s(" IN ")
		}
		p.inList(e.Right)
	case ast.AExprLike:
		p.pattern(e, "!~~", "LIKE", "like_escape", 2)
	case ast.AExprILike:
		p.pattern(e, "!~~*", "ILIKE", "like_escape", 2)
	case ast.AExprSimilar:
		p.pattern(e, "!~", "SIMILAR TO", "similar_to_escape", 1)
	default:
		p.between(e)
	}
}

func (p *printer) pattern(e *ast.AExpr, not, word, escape string, least int) {
	p.operand(e.Left, levelIn+1)
	p.c(' ')
	if len(e.Name) > 0 && e.Name[len(e.Name)-1] == not {
		p.s("NOT ")
	}
	p.s(word)
	p.c(' ')
	call, ok := e.Right.(*ast.FuncCall)
	if !ok || len(call.Name) != 2 || call.Name[1] != escape || len(call.Args) < least || len(call.Args) > 2 {
		p.operand(e.Right, levelIn+1)
		return
	}
	p.operand(call.Args[0], levelIn+1)
	if len(call.Args) == 2 {
		p.s(" ESCAPE ")
		p.operand(call.Args[1], levelIn+1)
	}
}

func (p *printer) between(e *ast.AExpr) {
	p.operand(e.Left, levelIn+1)
	switch e.Kind {
	case ast.AExprBetween:
		p.s(" BETWEEN ")
	case ast.AExprNotBetween:
		p.s(" NOT BETWEEN ")
	case ast.AExprBetweenSym:
		p.s(" BETWEEN SYMMETRIC ")
	default:
		p.s(" NOT BETWEEN SYMMETRIC ")
	}
	if l, ok := e.Right.(*ast.ExprList); ok && len(l.Items) == 2 {
		p.restricted(l.Items[0])
		p.s(" AND ")
		p.operand(l.Items[1], levelIn+1)
	}
}

func (p *printer) boolExpr(e *ast.BoolExpr) {
	if e.Op == ast.NotExpr {
		p.s("NOT ")
		for _, a := range e.Args {
			p.operand(a, levelNot)
		}
		return
	}
	word, l := " AND ", levelAnd
	if e.Op == ast.OrExpr {
		word, l = " OR ", levelOr
	}
	for i, a := range e.Args {
		if i > 0 {
			p.s(word)
		}
		p.operand(a, l+1)
	}
}
