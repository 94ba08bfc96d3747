package parse

import "github.com/basement-project/basement/internal/sql/ast"

// The codes of XMLROOT's STANDALONE.
const (
	xmlStandaloneYes = iota
	xmlStandaloneNo
	xmlStandaloneNoValue
	xmlStandaloneOmitted
)

// xmlFunc takes the inside of an XML function's parentheses.
func (p *parser) xmlFunc(k kind, pos int) ast.Expr {
	x := &ast.XmlExpr{Pos: pos}
	switch k {
	case kwXmlconcat:
		x.Op, x.Args = ast.XmlConcat, p.exprList()
	case kwXmlelement:
		x.Op = ast.XmlElement
		p.expect(kwName)
		x.Name = p.colLabel()
		if p.accept(',') {
			attributes := p.is(kwXmlattributes) && p.isAt(1, '(')
			if attributes {
				p.next()
				p.next()
				x.NamedArgs = p.xmlAttributes()
				p.expect(')')
			}
			if !attributes || p.accept(',') {
				x.Args = p.exprList()
			}
		}
	case kwXmlexists:
		path := p.cExpr()
		p.expect(kwPassing)
		p.xmlPassing()
		doc := p.cExpr()
		p.xmlPassing()
		return sqlCall(pos, "xmlexists", path, doc)
	case kwXmlforest:
		x.Op, x.NamedArgs = ast.XmlForest, p.xmlAttributes()
	case kwXmlparse:
		x.Op, x.Document = ast.XmlParse, p.documentOrContent()
		x.Args = []ast.Expr{p.expr()}
		if p.acceptSeq(kwPreserve, kwWhitespace) {
			x.PreserveWhitespace = true
		} else {
			p.acceptSeq(kwStrip, kwWhitespace)
		}
	case kwXmlpi:
		x.Op = ast.XmlPI
		p.expect(kwName)
		x.Name = p.colLabel()
		if p.accept(',') {
			x.Args = []ast.Expr{p.expr()}
		}
	case kwXmlroot:
		x.Op = ast.XmlRoot
		doc := p.expr()
		p.expectSeq(',', kwVersion)
		var version ast.Expr
		if p.acceptSeq(kwNo, kwValue) {
			version = &ast.AConst{Pos: -1, Kind: ast.ConstNull}
		} else {
			version = p.expr()
		}
		standalone := xmlStandaloneOmitted
		if p.accept(',') {
			p.expect(kwStandalone)
			switch {
			case p.accept(kwYes):
				standalone = xmlStandaloneYes
			case p.acceptSeq(kwNo, kwValue):
				standalone = xmlStandaloneNoValue
			default:
				p.expect(kwNo)
				standalone = xmlStandaloneNo
			}
		}
		x.Args = []ast.Expr{doc, version, &ast.AConst{Pos: -1, Kind: ast.ConstInteger, Int: int32(standalone)}}
	case kwXmlserialize:
		s := &ast.XmlSerialize{Pos: pos, Document: p.documentOrContent(), Arg: p.expr()}
		p.expect(kwAs)
		s.Type = p.simpleType()
		if p.accept(kwIndent) {
			s.Indent = true
		} else {
			p.acceptSeq(kwNo, kwIndent)
		}
		return s
	}
	return x
}

func (p *parser) documentOrContent() bool {
	if p.accept(kwDocument) {
		return true
	}
	p.expect(kwContent)
	return false
}

// xmlPassing skips BY REF and BY VALUE.
func (p *parser) xmlPassing() {
	if p.accept(kwBy) && !p.accept(kwRef) {
		p.expect(kwValue)
	}
}

func (p *parser) xmlAttributes() []*ast.ResTarget {
	var list []*ast.ResTarget
	for {
		r := &ast.ResTarget{Pos: p.pos(), Value: p.expr()}
		if p.accept(kwAs) {
			r.Name = p.colLabel()
		}
		list = append(list, r)
		if !p.accept(',') {
			return list
		}
	}
}

// xmlTable takes XMLTABLE(...).
func (p *parser) xmlTable() *ast.RangeTableFunc {
	t := &ast.RangeTableFunc{Pos: p.pos()}
	p.expectSeq(kwXmltable, '(')
	if p.is(kwXmlnamespaces) && p.isAt(1, '(') {
		p.next()
		p.next()
		for {
			n := &ast.ResTarget{Pos: p.pos()}
			if p.accept(kwDefault) {
				n.Value = p.bExpr()
			} else {
				n.Value = p.bExpr()
				p.expect(kwAs)
				n.Name = p.colLabel()
			}
			t.Namespaces = append(t.Namespaces, n)
			if !p.accept(',') {
				break
			}
		}
		p.expectSeq(')', ',')
	}
	t.Row = p.cExpr()
	p.expect(kwPassing)
	p.xmlPassing()
	t.Doc = p.cExpr()
	p.xmlPassing()
	p.expect(kwColumns)
	for {
		t.Columns = append(t.Columns, p.xmlTableColumn())
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return t
}

func (p *parser) xmlTableColumn() *ast.RangeTableFuncCol {
	c := &ast.RangeTableFuncCol{Pos: p.pos(), Name: p.colID()}
	if p.acceptSeq(kwFor, kwOrdinality) {
		c.ForOrdinality = true
		return c
	}
	c.Type = p.typeName()
	nullSeen := false
	for {
		pos := p.pos()
		switch {
		case p.accept(kwDefault):
			if c.Default != nil {
				p.fail(pos, "42601", "only one DEFAULT value is allowed")
			}
			c.Default = p.bExpr()
		case p.accept(kwPath):
			if c.Path != nil {
				p.fail(pos, "42601", "only one PATH value per column is allowed")
			}
			c.Path = p.bExpr()
		case p.acceptSeq(kwNot, kwNull):
			p.onceNull(&nullSeen, c.Name, pos)
			c.NotNull = true
		case p.accept(kwNull):
			p.onceNull(&nullSeen, c.Name, pos)
		default:
			return c
		}
	}
}

func (p *parser) onceNull(seen *bool, column string, pos int) {
	if *seen {
		p.fail(pos, "42601", "conflicting or redundant NULL / NOT NULL declarations for column \""+column+"\"")
	}
	*seen = true
}
