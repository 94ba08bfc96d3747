package parse

import "github.com/basement-project/basement/internal/sql/ast"

// createSchema takes CREATE SCHEMA from SCHEMA on.
func (p *parser) createSchema(pos int) ast.Statement {
	p.expect(kwSchema)
	s := &ast.CreateSchemaStmt{Pos: pos}
	s.IfNotExists = p.ifNotExists()
	s.NamePos = p.pos()
	if p.is(kwAuthorization) {
		p.next()
		s.Role = p.roleSpec()
	} else {
		s.Name = p.colID()
		if p.accept(kwAuthorization) {
			s.Role = p.roleSpec()
		}
	}
	elements := p.pos()
	for p.isAny(kwCreate, kwGrant) {
		s.Elements = append(s.Elements, p.schemaElement())
	}
	if s.IfNotExists && len(s.Elements) > 0 {
		p.fail(elements, "0A000", "CREATE SCHEMA IF NOT EXISTS cannot include schema elements")
	}
	return s
}

func (p *parser) schemaElement() ast.Statement {
	p.enter()
	defer p.leave()
	if p.is(kwGrant) {
		return p.grantStmt(false)
	}
	// Only tables, indexes, sequences, triggers and views may stand here.
	n := 1
	if p.isAt(1, kwOr) {
		n = 3
	}
	switch p.kindAt(n) {
	case kwTable, kwTemp, kwTemporary, kwLocal, kwGlobal, kwUnlogged, kwUnique, kwIndex, kwSequence, kwTrigger,
		kwConstraint, kwView, kwRecursive:
	default:
		for range n {
			p.next()
		}
		p.syntaxError()
	}
	if p.isAt(1, kwUnlogged) && p.isAt(2, kwMaterialized) {
		p.next()
		p.next()
		p.syntaxError()
	}
	stmt := p.parseCreate()
	if _, ok := stmt.(*ast.CreateTableAsStmt); ok {
		p.syntaxError()
	}
	return stmt
}

// createTable takes CREATE TABLE from TABLE on, CREATE TABLE AS too.
func (p *parser) createTable(pos int, life ast.Persistence) ast.Statement {
	p.expect(kwTable)
	s := &ast.CreateStmt{Pos: pos}
	s.IfNotExists = p.ifNotExists()
	s.Relation = p.qualifiedName()
	s.Relation.Persistence = life
	switch {
	case p.is(kwOf):
		p.next()
		s.OfType = p.anyNameNode()
		s.Elements = p.optTypedElements()
	case p.is(kwPartition):
		p.expectSeq(kwPartition, kwOf)
		s.PartitionOf = p.qualifiedName()
		s.Elements = p.optTypedElements()
		s.Bound = p.partitionBound()
	case p.is('(') && !p.tableAsColumns():
		s.Elements = p.tableElements()
		if p.accept(kwInherits) {
			p.expect('(')
			s.Inherits = p.qualifiedNameList()
			p.expect(')')
		}
	default:
		return p.createTableAs(pos, s)
	}
	if p.is(kwPartition) {
		s.PartitionBy = p.partitionSpec()
	}
	if p.accept(kwUsing) {
		s.AccessMethod = p.name()
	}
	s.With = p.optWithStorage()
	s.OnCommit = p.onCommit()
	s.Tablespace = p.optTablespace()
	return s
}

// tableAsColumns tells whether the parenthesis is CREATE TABLE AS's column list: a name is not followed by a type.
func (p *parser) tableAsColumns() bool {
	return isColID(p.kindAt(1)) && (p.isAt(2, ',') || p.isAt(2, ')'))
}

func (p *parser) createTableAs(pos int, head *ast.CreateStmt) ast.Statement {
	into := &ast.IntoClause{Pos: head.Relation.Pos, Relation: head.Relation}
	into.Columns = p.optParenNameList()
	if p.accept(kwUsing) {
		into.AccessMethod = p.name()
	}
	into.Options = p.optWithStorage()
	into.OnCommit = p.onCommit()
	into.TableSpace = p.optTablespace()
	s := &ast.CreateTableAsStmt{Pos: pos, Into: into, IfNotExists: head.IfNotExists}
	p.expect(kwAs)
	if p.is(kwExecute) {
		s.Query = p.statement()
	} else {
		s.Query = p.selectStmt()
	}
	into.WithNoData = p.optWithData()
	return s
}

// optWithData takes WITH [NO] DATA and tells whether it is NO DATA.
func (p *parser) optWithData() bool {
	if !p.accept(kwWith) {
		return false
	}
	no := p.accept(kwNo)
	p.expect(kwData)
	return no
}

// optWithStorage takes WITH (...) or WITHOUT OIDS.
func (p *parser) optWithStorage() []*ast.DefElem {
	if p.is(kwWithout) {
		p.expectSeq(kwWithout, kwOids)
		return nil
	}
	// WITH DATA belongs to the query, not to the table.
	if p.is(kwWith) && p.isAt(1, '(') {
		return p.optRelOptions()
	}
	if p.is(kwWith) {
		p.next()
		p.syntaxError()
	}
	return nil
}

func (p *parser) onCommit() ast.OnCommitAction {
	if !p.accept(kwOn) {
		return ast.OnCommitNone
	}
	p.expect(kwCommit)
	switch p.kind() {
	case kwDrop:
		p.next()
		return ast.OnCommitDrop
	case kwDelete:
		p.expectSeq(kwDelete, kwRows)
		return ast.OnCommitDeleteRows
	case kwPreserve:
		p.expectSeq(kwPreserve, kwRows)
		return ast.OnCommitPreserveRows
	}
	p.syntaxError()
	return 0
}

func (p *parser) optTablespace() string {
	if !p.accept(kwTablespace) {
		return ""
	}
	return p.name()
}

// tableElements takes ([element, ...]).
func (p *parser) tableElements() []ast.TableElement {
	p.expect('(')
	var list []ast.TableElement
	if p.accept(')') {
		return nil
	}
	for {
		list = append(list, p.tableElement())
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

func (p *parser) tableElement() ast.TableElement {
	if p.is(kwLike) {
		return p.tableLike()
	}
	if p.startsTableConstraint() {
		return p.tableConstraint()
	}
	return p.columnDef()
}

// optTypedElements takes the list of a typed table or partition if there is one.
func (p *parser) optTypedElements() []ast.TableElement {
	if !p.accept('(') {
		return nil
	}
	var list []ast.TableElement
	for {
		if p.startsTableConstraint() {
			list = append(list, p.tableConstraint())
		} else {
			c := &ast.ColumnDef{Pos: p.pos(), Name: p.colID()}
			if p.is(kwWith) {
				p.expectSeq(kwWith, kwOptions)
			}
			c.Constraints, c.Collate = p.columnConstraints()
			list = append(list, c)
		}
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	return list
}

func (p *parser) columnDef() *ast.ColumnDef {
	c := &ast.ColumnDef{Pos: p.pos(), Name: p.colID()}
	c.Type = p.typeName()
	if p.accept(kwStorage) {
		c.Storage = p.colIDOrDefault()
	}
	if p.accept(kwCompression) {
		c.Compression = p.colIDOrDefault()
	}
	c.FdwOptions = p.genericOptions(false)
	c.Constraints, c.Collate = p.columnConstraints()
	return c
}

func (p *parser) colIDOrDefault() string {
	if p.accept(kwDefault) {
		return "default"
	}
	return p.colID()
}

func (p *parser) tableLike() *ast.TableLikeClause {
	l := &ast.TableLikeClause{Pos: p.pos()}
	p.expect(kwLike)
	l.Relation = p.qualifiedName()
	for {
		including := p.is(kwIncluding)
		if !including && !p.is(kwExcluding) {
			return l
		}
		p.next()
		var bit ast.TableLikeOption
		switch p.kind() {
		case kwComments:
			bit = ast.LikeComments
		case kwCompression:
			bit = ast.LikeCompression
		case kwConstraints:
			bit = ast.LikeConstraints
		case kwDefaults:
			bit = ast.LikeDefaults
		case kwGenerated:
			bit = ast.LikeGenerated
		case kwIdentity:
			bit = ast.LikeIdentity
		case kwIndexes:
			bit = ast.LikeIndexes
		case kwStatistics:
			bit = ast.LikeStatistics
		case kwStorage:
			bit = ast.LikeStorage
		case kwAll:
			bit = ast.LikeAll
		default:
			p.syntaxError()
		}
		p.next()
		if including {
			l.Options |= bit
		} else {
			l.Options &^= bit
		}
	}
}

func (p *parser) partitionSpec() *ast.PartitionSpec {
	s := &ast.PartitionSpec{Pos: p.pos()}
	p.expectSeq(kwPartition, kwBy)
	known, word := true, p.colID()
	switch foldCase(word) {
	case "list":
		s.Strategy = ast.PartitionList
	case "range":
		s.Strategy = ast.PartitionRange
	case "hash":
		s.Strategy = ast.PartitionHash
	default:
		known = false
	}
	p.expect('(')
	for {
		s.Params = append(s.Params, p.partitionElem())
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	if !known {
		p.fail(-1, "22023", `unrecognized partitioning strategy "`+word+`"`)
	}
	return s
}

func (p *parser) partitionElem() *ast.PartitionElem {
	e := &ast.PartitionElem{Pos: p.pos()}
	e.Name, e.Expr = p.columnOrExpr()
	if p.accept(kwCollate) {
		e.Collation = p.anyName()
	}
	if isColID(p.kind()) {
		e.OpClass = p.anyName()
	}
	return e
}

// columnOrExpr takes a ColId, a function call or an expression in parentheses.
func (p *parser) columnOrExpr() (string, ast.Expr) {
	if p.is('(') {
		return "", p.parenExpr()
	}
	if isColID(p.kind()) && !p.isAt(1, '(') && !p.isAt(1, '.') {
		return p.colID(), nil
	}
	return "", p.funcExprWindowless()
}

func (p *parser) partitionBound() *ast.PartitionBoundSpec {
	b := &ast.PartitionBoundSpec{Pos: p.pos()}
	if p.accept(kwDefault) {
		b.Default = true
		return b
	}
	p.expectSeq(kwFor, kwValues)
	b.Pos = p.pos()
	switch p.kind() {
	case kwWith:
		p.next()
		p.hashBound(b)
	case kwIn:
		p.next()
		b.Strategy = ast.PartitionList
		b.Values = p.parenExprList()
	case kwFrom:
		p.next()
		b.Strategy = ast.PartitionRange
		b.From = p.parenExprList()
		p.expect(kwTo)
		b.To = p.parenExprList()
	default:
		p.syntaxError()
	}
	return b
}

func (p *parser) hashBound(b *ast.PartitionBoundSpec) {
	b.Strategy = ast.PartitionHash
	b.Modulus, b.Remainder = -1, -1
	type part struct {
		pos   int
		name  string
		value int
	}
	var parts []part
	p.expect('(')
	for {
		pt := part{pos: p.pos(), name: p.nonReservedWord()}
		pt.value = int(p.iconst())
		parts = append(parts, pt)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	for _, pt := range parts {
		switch pt.name {
		case "modulus":
			if b.Modulus != -1 {
				p.fail(pt.pos, "42710", "modulus for hash partition provided more than once")
			}
			b.Modulus = pt.value
		case "remainder":
			if b.Remainder != -1 {
				p.fail(pt.pos, "42710", "remainder for hash partition provided more than once")
			}
			b.Remainder = pt.value
		default:
			p.fail(pt.pos, "42601", `unrecognized hash partition bound specification "`+pt.name+`"`)
		}
	}
	if b.Modulus == -1 {
		p.fail(-1, "42601", "modulus for hash partition must be specified")
	}
	if b.Remainder == -1 {
		p.fail(-1, "42601", "remainder for hash partition must be specified")
	}
}

func (p *parser) parenExprList() []ast.Expr {
	p.expect('(')
	list := p.exprList()
	p.expect(')')
	return list
}
