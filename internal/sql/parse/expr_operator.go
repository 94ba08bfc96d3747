package parse

import "github.com/basement-project/basement/internal/sql/ast"

// subqueryOp takes op ANY|SOME|ALL (subquery or array), if that is what comes.
func (p *parser) subqueryOp(left ast.Expr, level, pos int, mode exprMode) (ast.Expr, bool) {
	if mode == modeB {
		return nil, false
	}
	n := 1 // tokens of the operator
	var op []string
	switch level {
	case precCompare, precAdd, precMul, precPower:
		op = nil
	case precOp:
		if p.is(kwOperator) {
			for depth := 0; ; n++ {
				switch p.kindAt(n) {
				case '(':
					depth++
				case ')':
					depth--
				case tokEOF, tokBad, ';':
					return nil, false
				}
				if depth == 0 {
					break
				}
				if n > 2*maxDepth {
					return nil, false
				}
			}
			n++
		}
	case precIn:
		k := p.kind()
		if k == kwNot {
			k = p.kindAt(1)
			n = 2
		}
		switch {
		case k == kwLike && n == 1:
			op = []string{"~~"}
		case k == kwLike:
			op = []string{"!~~"}
		case k == kwIlike && n == 1:
			op = []string{"~~*"}
		case k == kwIlike:
			op = []string{"!~~*"}
		default:
			return nil, false
		}
	default:
		return nil, false
	}
	switch p.kindAt(n) {
	case kwAny, kwSome, kwAll:
	default:
		return nil, false
	}
	if op == nil {
		op = p.qualAllOp()
	} else {
		for range n {
			p.next()
		}
	}
	all := p.next().kind == kwAll
	sel, e := p.parenSelectOrExpr()
	switch {
	case sel != nil && all:
		return &ast.SubLink{Pos: pos, Type: ast.AllSubLink, Test: left, Oper: op, Select: sel}, true
	case sel != nil:
		return &ast.SubLink{Pos: pos, Type: ast.AnySubLink, Test: left, Oper: op, Select: sel}, true
	case all:
		return &ast.AExpr{Pos: pos, Kind: ast.AExprOpAll, Name: op, Left: left, Right: e}, true
	}
	return &ast.AExpr{Pos: pos, Kind: ast.AExprOpAny, Name: op, Left: left, Right: e}, true
}

// qualOp takes qual_Op: an operator of several characters or OPERATOR(...).
func (p *parser) qualOp() []string {
	if p.is(tokOp) {
		return []string{p.next().text}
	}
	return p.operatorKeyword()
}

// qualAllOp takes qual_all_Op: any operator or OPERATOR(schema.op).
func (p *parser) qualAllOp() []string {
	if p.is(kwOperator) {
		return p.operatorKeyword()
	}
	return []string{p.allOp()}
}

func (p *parser) operatorKeyword() []string {
	p.expect(kwOperator)
	p.expect('(')
	op := p.anyOperator()
	p.expect(')')
	return op
}

// anyOperator takes any_operator: [schema.]op.
func (p *parser) anyOperator() []string {
	var names []string
	for isColID(p.kind()) {
		names = append(names, p.colID())
		p.expect('.')
	}
	return append(names, p.allOp())
}

// allOp takes an operator of any kind.
func (p *parser) allOp() string {
	switch p.kind() {
	case tokOp, '+', '-', '*', '/', '%', '^', '<', '>', '=', tokLessEquals, tokGreaterEquals, tokNotEquals:
		return p.next().text
	}
	p.syntaxError()
	return ""
}
