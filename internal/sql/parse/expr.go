package parse

import (
	"github.com/basement-project/basement/internal/sql/ast"
)

// The levels of operators, loosest first, as PostgreSQL's grammar declares them.
const (
	precNone = iota
	precOr
	precAnd
	precNot
	precIs
	precCompare // not associative
	precIn      // BETWEEN, IN, LIKE, ILIKE, SIMILAR; not associative
	precEscape
	precOp // every other operator
	precAdd
	precMul
	precPower
	precAt
	precCollate
	precUnary
	precSubscript
	precCast
)

// exprMode restricts the operators.
type exprMode uint8

const (
	modeFull exprMode = iota
	// modeB is b_expr: no Boolean keywords, no IN, LIKE, BETWEEN, COLLATE, AT.
	modeB
	// modeLabel is a_expr where a label may follow without AS.
	modeLabel
)

// expr takes an a_expr.
func (p *parser) expr() ast.Expr { return p.binary(precNone, modeFull) }

// bExpr takes a b_expr: the restricted form (column defaults, BETWEEN's first bound).
func (p *parser) bExpr() ast.Expr { return p.binary(precNone, modeB) }

// cExpr takes a c_expr: a primary.
func (p *parser) cExpr() ast.Expr { return p.primary() }

// exprList takes a_expr, a_expr, ...
func (p *parser) exprList() []ast.Expr {
	list := []ast.Expr{p.expr()}
	for p.accept(',') {
		list = append(list, p.expr())
	}
	return list
}

// parenExprs takes (a_expr, ...).
func (p *parser) parenExprs() []ast.Expr {
	p.expect('(')
	list := p.exprList()
	p.expect(')')
	return list
}

// binary takes an expression whose operators bind at least as tight as min.
func (p *parser) binary(min int, mode exprMode) ast.Expr {
	saved := p.height
	p.height = 0
	e := p.operators(p.prefix(mode), min, mode)
	p.height = max(saved, p.height+1)
	return e
}

// continued goes on with an expression whose first operand was read already.
func (p *parser) continued(e ast.Expr) ast.Expr {
	e = p.operators(e, precNone, modeFull)
	p.height++
	return e
}

// link counts an operator on top of what was read: trees too high for recursion are refused.
func (p *parser) link() {
	p.height++
	if p.height > maxHeight {
		p.tooDeep()
	}
}

// prefix takes a prefix operator with its operand, or a primary.
func (p *parser) prefix(mode exprMode) ast.Expr {
	pos := p.pos()
	switch k := p.kind(); k {
	case '+', '-':
		p.next()
		p.enter()
		arg := p.binary(precUnary, mode)
		p.leave()
		if k == '+' {
			return &ast.AExpr{Pos: pos, Name: []string{"+"}, Right: arg}
		}
		if c, ok := arg.(*ast.AConst); ok && (c.Kind == ast.ConstInteger || c.Kind == ast.ConstFloat) {
			negate(c)
			c.Pos = pos
			return c
		}
		return &ast.AExpr{Pos: pos, Name: []string{"-"}, Right: arg}
	case tokOp, kwOperator:
		if k == kwOperator && !p.isAt(1, '(') {
			break
		}
		op := p.qualOp()
		p.enter()
		arg := p.binary(precOp+1, mode)
		p.leave()
		return &ast.AExpr{Pos: pos, Name: op, Right: arg}
	case kwNot:
		if mode == modeB {
			p.syntaxError()
		}
		p.next()
		p.enter()
		arg := p.binary(precNot, mode)
		p.leave()
		return &ast.BoolExpr{Pos: pos, Op: ast.NotExpr, Args: []ast.Expr{arg}}
	case kwDefault:
		if mode != modeB {
			p.next()
			return &ast.SetToDefault{Pos: pos}
		}
	case kwUnique:
		if mode != modeB {
			p.next()
			p.nullsNotDistinct()
			p.selectWithParens()
			p.fail(pos, "0A000", "UNIQUE predicate is not yet implemented")
		}
	}
	e := p.primary()
	if r, ok := e.(*ast.RowExpr); ok && mode != modeB && p.is(kwOverlaps) {
		return p.overlaps(r)
	}
	return e
}

// overlaps takes OVERLAPS row.
func (p *parser) overlaps(left *ast.RowExpr) ast.Expr {
	pos := int(p.next().pos)
	rightPos := p.pos()
	right, ok := p.primary().(*ast.RowExpr)
	if !ok {
		p.syntaxError()
	}
	if len(left.Args) != 2 {
		p.fail(left.Pos, "42601", "wrong number of parameters on left side of OVERLAPS expression")
	}
	if len(right.Args) != 2 {
		p.fail(rightPos, "42601", "wrong number of parameters on right side of OVERLAPS expression")
	}
	args := append(append([]ast.Expr{}, left.Args...), right.Args...)
	return sqlCall(pos, "overlaps", args...)
}

// negate turns the sign of a numeric constant.
func negate(c *ast.AConst) {
	if c.Kind == ast.ConstInteger {
		c.Int = -c.Int
		return
	}
	if c.Text != "" && c.Text[0] == '-' {
		c.Text = c.Text[1:]
		return
	}
	c.Text = "-" + c.Text
}

// level is the precedence of the operator at the current token, precNone when there is none for this mode.
func (p *parser) level(mode exprMode) int {
	k := p.kind()
	switch k {
	case tokTypecast:
		return precCast
	case '+', '-':
		return precAdd
	case '*', '/', '%':
		return precMul
	case '^':
		return precPower
	case '<', '>', '=', tokLessEquals, tokGreaterEquals, tokNotEquals:
		return precCompare
	case tokOp:
		return precOp
	case kwOperator:
		if p.isAt(1, '(') {
			return precOp
		}
		return precNone
	case kwIs:
		if mode == modeLabel && p.labelEnds() {
			return precNone
		}
		return precIs
	}
	if k < kwBase || mode == modeB {
		return precNone
	}
	level := precNone
	switch k {
	case kwOr:
		level = precOr
	case kwAnd:
		level = precAnd
	case kwIsnull, kwNotnull:
		return precIs
	case kwBetween, kwIn, kwLike, kwIlike:
		level = precIn
	case kwSimilar:
		if p.isAt(1, kwTo) {
			return precIn
		}
	case kwNot:
		switch p.kindAt(1) {
		case kwBetween, kwIn, kwLike, kwIlike, kwSimilar:
			return precIn
		}
	case kwAt:
		if p.isAt(1, kwTime) || p.isAt(1, kwLocal) {
			return precAt
		}
	case kwCollate:
		level = precCollate
	}
	if level != precNone && mode == modeLabel && p.labelEnds() {
		return precNone
	}
	return level
}

// labelEnds tells whether the word at hand is a label: what follows can only come after a target.
func (p *parser) labelEnds() bool {
	switch p.kindAt(1) {
	case tokEOF, ',', ';', ')', kwFrom, kwInto, kwWhere, kwGroup, kwHaving, kwWindow, kwUnion, kwIntersect, kwExcept,
		kwOrder, kwLimit, kwOffset, kwFetch, kwFor:
		return true
	}
	return false
}

// operators takes operators and operands as long as they bind at least as tight as min.
func (p *parser) operators(e ast.Expr, min int, mode exprMode) ast.Expr {
	// closedAt is the level of a non-associative operator that just ended with an operand.
	closedAt := precNone
	for {
		level := p.level(mode)
		if level == precNone || level < min {
			return e
		}
		if level == closedAt {
			p.syntaxError()
		}
		closedAt = precNone
		pos := p.pos()
		if e2, ok := p.subqueryOp(e, level, pos, mode); ok {
			e = e2
			p.link()
			continue
		}
		switch level {
		case precAnd, precOr:
			p.next()
			right := p.binary(level+1, mode)
			op := ast.AndExpr
			if level == precOr {
				op = ast.OrExpr
			}
			if b, ok := e.(*ast.BoolExpr); ok && b.Op == op {
				b.Args = append(b.Args, right)
				continue
			}
			e = &ast.BoolExpr{Pos: pos, Op: op, Args: []ast.Expr{e, right}}
		case precIs:
			var open bool
			e, open = p.isTest(e, mode)
			if open {
				closedAt = precIs
			}
		case precCompare:
			op := p.next().text
			e = &ast.AExpr{Pos: pos, Name: []string{op}, Left: e, Right: p.binary(precCompare+1, mode)}
			closedAt = precCompare
		case precIn:
			var open bool
			e, open = p.pattern(e, mode)
			if open {
				closedAt = precIn
			}
		case precOp:
			op := p.qualOp()
			e = &ast.AExpr{Pos: pos, Name: op, Left: e, Right: p.binary(precOp+1, mode)}
		case precAdd, precMul, precPower:
			op := p.next().text
			e = &ast.AExpr{Pos: pos, Name: []string{op}, Left: e, Right: p.binary(level+1, mode)}
		case precAt:
			p.next()
			if p.accept(kwLocal) {
				e = sqlCall(-1, "timezone", e)
				break
			}
			p.expectSeq(kwTime, kwZone)
			zone := p.binary(precAt+1, mode)
			e = sqlCall(pos, "timezone", zone, e)
		case precCollate:
			p.next()
			e = &ast.CollateClause{Pos: pos, Arg: e, Name: p.anyName()}
		case precCast:
			p.next()
			e = &ast.TypeCast{Pos: pos, Arg: e, Type: p.typeName()}
		default:
			return e
		}
		p.link()
	}
}

// sqlCall is a call the grammar makes of a special form.
func sqlCall(pos int, name string, args ...ast.Expr) *ast.FuncCall {
	return &ast.FuncCall{Pos: pos, Name: []string{"pg_catalog", name}, Args: args, SQLSyntax: true}
}

// isTest takes IS ..., ISNULL or NOTNULL; open tells that it ended with an operand (IS DISTINCT FROM).
func (p *parser) isTest(e ast.Expr, mode exprMode) (result ast.Expr, open bool) {
	t := p.next()
	pos := int(t.pos)
	switch t.kind {
	case kwIsnull:
		return &ast.NullTest{Pos: pos, Arg: e}, false
	case kwNotnull:
		return &ast.NullTest{Pos: pos, Arg: e, Not: true}, false
	}
	not := p.accept(kwNot)
	negated := func(e ast.Expr) ast.Expr {
		if not {
			return &ast.BoolExpr{Pos: pos, Op: ast.NotExpr, Args: []ast.Expr{e}}
		}
		return e
	}
	switch k := p.kind(); k {
	case kwDistinct:
		p.next()
		p.expect(kwFrom)
		kind := ast.AExprDistinct
		if not {
			kind = ast.AExprNotDistinct
		}
		return &ast.AExpr{Pos: pos, Kind: kind, Name: []string{"="}, Left: e, Right: p.binary(precIs+1, mode)}, true
	case kwDocument:
		p.next()
		return negated(&ast.XmlExpr{Pos: pos, Op: ast.IsDocument, Args: []ast.Expr{e}}), false
	}
	if mode == modeB {
		p.syntaxError()
	}
	boolTest := func(yes, no ast.BoolTestType) ast.Expr {
		p.next()
		if not {
			yes = no
		}
		return &ast.BooleanTest{Pos: pos, Arg: e, Test: yes}
	}
	switch k := p.kind(); k {
	case kwNull:
		p.next()
		return &ast.NullTest{Pos: pos, Arg: e, Not: not}, false
	case kwTrue:
		return boolTest(ast.IsTrue, ast.IsNotTrue), false
	case kwFalse:
		return boolTest(ast.IsFalse, ast.IsNotFalse), false
	case kwUnknown:
		return boolTest(ast.IsUnknown, ast.IsNotUnknown), false
	case kwNormalized:
		p.next()
		return negated(sqlCall(pos, "is_normalized", e)), false
	case kwNfc, kwNfd, kwNfkc, kwNfkd:
		form := p.normalForm()
		p.expect(kwNormalized)
		return negated(sqlCall(pos, "is_normalized", e, form)), false
	case kwJson:
		p.next()
		j := &ast.JsonIsPredicate{Pos: e.Position(), Arg: e}
		switch {
		case p.accept(kwValue):
		case p.accept(kwArray):
			j.Item = ast.JsonArray
		case p.accept(kwObject):
			j.Item = ast.JsonObject
		case p.accept(kwScalar):
			j.Item = ast.JsonScalar
		}
		j.Unique = p.optUniqueKeys()
		pos = j.Pos
		return negated(j), false
	}
	p.syntaxError()
	return nil, false
}

// pattern takes [NOT] LIKE, ILIKE, SIMILAR TO, BETWEEN or IN; open tells that it ended with an operand.
func (p *parser) pattern(e ast.Expr, mode exprMode) (result ast.Expr, open bool) {
	pos := p.pos()
	not := p.accept(kwNot)
	pick := func(yes, no string) []string {
		if not {
			return []string{no}
		}
		return []string{yes}
	}
	switch k := p.next().kind; k {
	case kwLike, kwIlike:
		a := &ast.AExpr{Pos: pos, Kind: ast.AExprLike, Name: pick("~~", "!~~"), Left: e}
		if k == kwIlike {
			a.Kind, a.Name = ast.AExprILike, pick("~~*", "!~~*")
		}
		a.Right = p.binary(precIn+1, mode)
		if p.accept(kwEscape) {
			escape := p.binary(precIn+1, mode)
			a.Right = &ast.FuncCall{Pos: pos, Name: []string{"pg_catalog", "like_escape"}, Args: []ast.Expr{a.Right, escape}}
		}
		return a, true
	case kwSimilar:
		p.expect(kwTo)
		args := []ast.Expr{p.binary(precIn+1, mode)}
		if p.accept(kwEscape) {
			args = append(args, p.binary(precIn+1, mode))
		}
		call := &ast.FuncCall{Pos: pos, Name: []string{"pg_catalog", "similar_to_escape"}, Args: args}
		return &ast.AExpr{Pos: pos, Kind: ast.AExprSimilar, Name: pick("~", "!~"), Left: e, Right: call}, true
	case kwBetween:
		a := &ast.AExpr{Pos: pos, Kind: ast.AExprBetween, Name: pick("BETWEEN", "NOT BETWEEN"), Left: e}
		if p.accept(kwSymmetric) {
			a.Kind = ast.AExprBetweenSym
			a.Name[0] += " SYMMETRIC"
		} else {
			p.accept(kwAsymmetric)
		}
		if not {
			a.Kind++ // each NOT form follows its plain one
		}
		low := p.bExpr()
		p.expect(kwAnd)
		high := p.binary(precIn+1, mode)
		a.Right = &ast.ExprList{Pos: low.Position(), Items: []ast.Expr{low, high}}
		return a, true
	case kwIn:
		listPos := p.pos()
		sel, list := p.parenSelectOrList()
		if sel != nil {
			link := &ast.SubLink{Pos: pos, Type: ast.AnySubLink, Test: e, Select: sel}
			if not {
				return &ast.BoolExpr{Pos: pos, Op: ast.NotExpr, Args: []ast.Expr{link}}, false
			}
			return link, false
		}
		return &ast.AExpr{Pos: pos, Kind: ast.AExprIn, Name: pick("=", "<>"), Left: e,
			Right: &ast.ExprList{Pos: listPos, Items: list}}, false
	}
	p.at--
	p.syntaxError()
	return nil, false
}
