package parse

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/keyword"
)

func stringConst(pos int, s string) *ast.AConst {
	return &ast.AConst{Pos: pos, Kind: ast.ConstString, Text: s}
}

// definition takes (name [= arg], ...): def_list in parentheses.
func (p *parser) definition() []*ast.DefElem {
	p.expect('(')
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos(), Name: p.colLabel()}
		if p.accept('=') {
			d.Arg = p.defArg()
		}
		list = append(list, d)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

// defArg takes a def_arg: a type (bare words too), a keyword, an operator, a number, a string or NONE.
func (p *parser) defArg() ast.Node {
	pos := p.pos()
	k := p.kind()
	switch k {
	case tokSconst:
		return stringConst(pos, p.next().text)
	case tokIconst, tokFconst:
		return p.numericOnly()
	case '+', '-':
		if p.isAt(1, tokIconst) || p.isAt(1, tokFconst) {
			return p.numericOnly()
		}
	case kwNone:
		p.next()
		return stringConst(pos, "none")
	}
	switch k {
	case tokOp, '+', '-', '*', '/', '%', '^', '<', '>', '=', tokLessEquals, tokGreaterEquals, tokNotEquals:
		return p.operatorArg(pos)
	case kwOperator:
		if p.isAt(1, '(') {
			return p.operatorArg(pos)
		}
	}
	if c, ok := category(k); ok && c == keyword.Reserved {
		return stringConst(pos, p.next().text)
	}
	return p.funcTypeName()
}

// operatorArg takes an operator as an option's value: a list of its names.
func (p *parser) operatorArg(pos int) ast.Node {
	list := &ast.ExprList{Pos: pos}
	for _, n := range p.qualAllOp() {
		list.Items = append(list.Items, stringConst(pos, n))
	}
	return list
}

// relOptions takes ([namespace.]name [= arg], ...): storage parameters in parentheses.
func (p *parser) relOptions() []*ast.DefElem {
	p.expect('(')
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos(), Name: p.colLabel()}
		if p.accept('.') {
			d.Namespace, d.Name = d.Name, p.colLabel()
		}
		if p.accept('=') {
			d.Arg = p.defArg()
		}
		list = append(list, d)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

// utilityOptions takes (name [arg], ...) as EXPLAIN, VACUUM and their like have them.
func (p *parser) utilityOptions() []*ast.DefElem {
	p.expect('(')
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos()}
		if p.is(kwAnalyze) || p.is(kwAnalyse) {
			p.next()
			d.Name = "analyze"
		} else {
			d.Name = p.nonReservedWord()
		}
		if !p.is(',') && !p.is(')') {
			d.Arg = p.optionValue()
		}
		list = append(list, d)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

// optionValue takes opt_boolean_or_string or a number.
func (p *parser) optionValue() *ast.AConst {
	switch p.kind() {
	case tokIconst, tokFconst, '+', '-':
		return p.numericOnly()
	}
	pos := p.pos()
	return stringConst(pos, p.booleanOrString())
}

// copyStmt takes COPY.
func (p *parser) copyStmt() ast.Statement {
	c := &ast.CopyStmt{Pos: p.pos()}
	p.expect(kwCopy)
	if p.is('(') {
		p.next()
		c.Query = p.preparableStmt()
		p.expect(')')
		p.expect(kwTo)
		p.copyFile(c)
		p.accept(kwWith)
		c.Options = p.copyOptions()
		return c
	}
	var early []*ast.DefElem
	if p.is(kwBinary) {
		early = append(early, &ast.DefElem{Pos: p.pos(), Name: "format", Arg: stringConst(-1, "binary")})
		p.next()
	}
	c.Relation = p.qualifiedName()
	c.Columns = p.optParenNameList()
	if p.accept(kwFrom) {
		c.From = true
	} else {
		p.expect(kwTo)
	}
	p.copyFile(c)
	if p.is(kwDelimiters) || p.isSeq(kwUsing, kwDelimiters) {
		p.accept(kwUsing)
		pos := p.pos()
		p.next()
		early = append(early, &ast.DefElem{Pos: pos, Name: "delimiter", Arg: stringConst(p.pos(), p.sconst())})
	}
	p.accept(kwWith)
	c.Options = append(early, p.copyOptions()...)
	if p.is(kwWhere) {
		pos := p.pos()
		c.Where = p.optWhere()
		if !c.From {
			p.failDetail(pos, "42601", "WHERE clause not allowed with COPY TO", "",
				"Try the COPY (SELECT ... WHERE ...) TO variant.")
		}
	}
	return c
}

func (p *parser) copyFile(c *ast.CopyStmt) {
	pos := p.pos()
	c.Program = p.accept(kwProgram)
	switch {
	case p.is(tokSconst):
		c.File = p.sconst()
	case p.is(kwStdin), p.is(kwStdout):
		p.next()
		if c.Program {
			p.fail(pos, "42601", "STDIN/STDOUT not allowed with PROGRAM")
		}
	default:
		p.syntaxError()
	}
}

func (p *parser) copyOptions() []*ast.DefElem {
	if !p.is('(') {
		return p.oldCopyOptions()
	}
	p.expect('(')
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos(), Name: p.colLabel()}
		switch p.kind() {
		case ',', ')':
		case '*':
			p.next()
			d.Arg = &ast.ColumnRef{Pos: d.Pos, Star: true}
		case '(':
			p.next()
			items := &ast.ExprList{Pos: p.pos()}
			for {
				pos := p.pos()
				items.Items = append(items.Items, stringConst(pos, p.booleanOrString()))
				if !p.accept(',') {
					break
				}
			}
			p.expect(')')
			d.Arg = items
		case kwDefault:
			// DEFAULT as a value is a string here, although the word is reserved.
			d.Arg = stringConst(p.pos(), p.next().text)
		default:
			d.Arg = p.optionValue()
		}
		list = append(list, d)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

// oldCopyOptions takes the options of COPY's syntax before 9.0, as the options they stand for.
func (p *parser) oldCopyOptions() []*ast.DefElem {
	var list []*ast.DefElem
	for {
		d := &ast.DefElem{Pos: p.pos()}
		str := func(name string) {
			p.next()
			p.accept(kwAs)
			d.Name, d.Arg = name, stringConst(p.pos(), p.sconst())
		}
		yes := func(name, value string) {
			p.next()
			d.Name, d.Arg = name, stringConst(-1, value)
		}
		switch p.kind() {
		case kwBinary:
			yes("format", "binary")
		case kwFreeze:
			yes("freeze", "true")
		case kwCsv:
			yes("format", "csv")
		case kwHeader:
			yes("header", "true")
		case kwDelimiter:
			str("delimiter")
		case kwNull:
			str("null")
		case kwQuote:
			str("quote")
		case kwEscape:
			str("escape")
		case kwEncoding:
			p.next()
			d.Name, d.Arg = "encoding", stringConst(p.pos(), p.sconst())
		case kwForce:
			p.next()
			switch {
			case p.accept(kwQuote):
				d.Name = "force_quote"
			case p.acceptSeq(kwNot, kwNull):
				d.Name = "force_not_null"
			default:
				p.expect(kwNull)
				d.Name = "force_null"
			}
			pos := p.pos()
			if p.accept('*') {
				d.Arg = &ast.ColumnRef{Pos: pos, Star: true}
				break
			}
			items := &ast.ExprList{Pos: pos}
			for _, n := range p.nameList() {
				items.Items = append(items.Items, stringConst(-1, n))
			}
			d.Arg = items
		default:
			return list
		}
		list = append(list, d)
	}
}
