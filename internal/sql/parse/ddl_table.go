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

// startsTableConstraint tells whether a table constraint comes rather than a column.
func (p *parser) startsTableConstraint() bool {
	switch p.kind() {
	case kwConstraint, kwCheck, kwUnique, kwPrimary, kwForeign:
		return true
	case kwExclude:
		return p.isAt(1, '(') || p.isAt(1, kwUsing)
	}
	return false
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

// columnConstraints takes a ColQualList.
func (p *parser) columnConstraints() (list []*ast.Constraint, collate *ast.CollateClause) {
	for {
		pos := p.pos()
		switch p.kind() {
		case kwConstraint:
			p.next()
			namePos := p.pos()
			name := p.name()
			c := p.columnConstraint()
			if c == nil {
				p.syntaxError()
			}
			c.Pos, c.Name, c.NamePos = pos, name, namePos
			list = append(list, c)
			continue
		case kwCollate:
			p.next()
			cc := &ast.CollateClause{Pos: pos, Name: p.anyName()}
			if collate != nil {
				p.fail(pos, "42601", "multiple COLLATE clauses not allowed")
			}
			collate = cc
			continue
		case kwDeferrable:
			p.next()
			list = append(list, &ast.Constraint{Pos: pos, Type: ast.ConstrAttrDeferrable})
			continue
		case kwNot:
			if p.isAt(1, kwDeferrable) {
				p.next()
				p.next()
				list = append(list, &ast.Constraint{Pos: pos, Type: ast.ConstrAttrNotDeferrable})
				continue
			}
		case kwInitially:
			p.next()
			c := &ast.Constraint{Pos: pos, Type: ast.ConstrAttrDeferred}
			if p.accept(kwImmediate) {
				c.Type = ast.ConstrAttrImmediate
			} else {
				p.expect(kwDeferred)
			}
			list = append(list, c)
			continue
		}
		c := p.columnConstraint()
		if c == nil {
			return list, collate
		}
		list = append(list, c)
	}
}

// columnConstraint takes a ColConstraintElem; nil when none comes.
func (p *parser) columnConstraint() *ast.Constraint {
	c := &ast.Constraint{Pos: p.pos()}
	switch p.kind() {
	case kwNot:
		p.expectSeq(kwNot, kwNull)
		c.Type = ast.ConstrNotNull
	case kwNull:
		p.next()
		c.Type = ast.ConstrNull
	case kwUnique:
		p.next()
		c.Type = ast.ConstrUnique
		c.NullsNotDistinct = p.nullsNotDistinct()
		p.indexParameters(c)
	case kwPrimary:
		p.expectSeq(kwPrimary, kwKey)
		c.Type = ast.ConstrPrimary
		p.indexParameters(c)
	case kwCheck:
		p.next()
		c.Type = ast.ConstrCheck
		c.Expr = p.parenExpr()
		if p.is(kwNo) {
			p.expectSeq(kwNo, kwInherit)
			c.NoInherit = true
		}
	case kwDefault:
		p.next()
		c.Type = ast.ConstrDefault
		c.Expr = p.bExpr()
	case kwGenerated:
		p.next()
		when := p.pos()
		c.Always = p.generatedWhen()
		p.expect(kwAs)
		if p.accept(kwIdentity) {
			c.Type = ast.ConstrIdentity
			c.Sequence = p.optParenSeqOptions()
			break
		}
		c.Type = ast.ConstrGenerated
		c.Expr = p.parenExpr()
		p.expect(kwStored)
		if !c.Always {
			p.fail(when, "42601", "for a generated column, GENERATED ALWAYS must be specified")
		}
	case kwReferences:
		c.Type = ast.ConstrForeign
		p.references(c)
	default:
		return nil
	}
	return c
}

// generatedWhen takes ALWAYS or BY DEFAULT and tells whether it is ALWAYS.
func (p *parser) generatedWhen() bool {
	if p.accept(kwAlways) {
		return true
	}
	p.expectSeq(kwBy, kwDefault)
	return false
}

func (p *parser) nullsNotDistinct() bool {
	if !p.is(kwNulls) {
		return false
	}
	p.next()
	not := p.accept(kwNot)
	p.expect(kwDistinct)
	return not
}

// indexParameters takes WITH (...) and USING INDEX TABLESPACE of a unique constraint.
func (p *parser) indexParameters(c *ast.Constraint) {
	c.With = p.optWithDefinition()
	if p.is(kwUsing) {
		p.expectSeq(kwUsing, kwIndex, kwTablespace)
		c.IndexTablespace = p.name()
	}
}

// references takes REFERENCES table (columns) MATCH ... ON ...
func (p *parser) references(c *ast.Constraint) {
	p.expect(kwReferences)
	c.References = p.qualifiedName()
	c.RefColumns = p.optParenNameList()
	if p.is(kwMatch) {
		pos := p.pos()
		p.next()
		switch p.kind() {
		case kwFull:
			c.Match = ast.MatchFull
		case kwPartial:
			p.next()
			p.fail(pos, "0A000", "MATCH PARTIAL not yet implemented")
		case kwSimple:
		default:
			p.syntaxError()
		}
		p.next()
	}
	update, del := false, false
	for p.is(kwOn) {
		pos := p.pos()
		p.next()
		switch {
		case p.is(kwUpdate) && !update:
			p.next()
			update = true
			c.OnUpdate = p.keyAction()
			if len(c.OnUpdate.Columns) > 0 {
				word := "SET NULL"
				if c.OnUpdate.Action == ast.KeySetDefault {
					word = "SET DEFAULT"
				}
				p.fail(pos, "0A000", "a column list with "+word+" is only supported for ON DELETE actions")
			}
		case p.is(kwDelete) && !del:
			p.next()
			del = true
			c.OnDelete = p.keyAction()
		default:
			if update && del {
				p.at--
			}
			p.syntaxError()
		}
	}
}

func (p *parser) keyAction() ast.KeyAction {
	switch p.kind() {
	case kwNo:
		p.expectSeq(kwNo, kwAction)
		return ast.KeyAction{Action: ast.KeyNoAction}
	case kwRestrict:
		p.next()
		return ast.KeyAction{Action: ast.KeyRestrict}
	case kwCascade:
		p.next()
		return ast.KeyAction{Action: ast.KeyCascade}
	case kwSet:
		p.next()
		a := ast.KeyAction{Action: ast.KeySetNull}
		if p.accept(kwDefault) {
			a.Action = ast.KeySetDefault
		} else {
			p.expect(kwNull)
		}
		a.Columns = p.optParenNameList()
		return a
	}
	p.syntaxError()
	return ast.KeyAction{}
}

// tableConstraint takes a TableConstraint.
func (p *parser) tableConstraint() *ast.Constraint {
	pos := p.pos()
	name, namePos := "", 0
	if p.accept(kwConstraint) {
		namePos = p.pos()
		name = p.name()
	}
	c := &ast.Constraint{Pos: p.pos()}
	switch p.kind() {
	case kwCheck:
		p.next()
		c.Type = ast.ConstrCheck
		c.Expr = p.parenExpr()
		p.constraintAttributes(c, "CHECK", casNotValid|casNoInherit)
	case kwUnique:
		p.next()
		c.Type = ast.ConstrUnique
		p.uniqueKeys(c, "UNIQUE")
	case kwPrimary:
		p.expectSeq(kwPrimary, kwKey)
		c.Type = ast.ConstrPrimary
		p.uniqueKeys(c, "PRIMARY KEY")
	case kwExclude:
		p.exclusion(c)
	case kwForeign:
		p.expectSeq(kwForeign, kwKey)
		c.Type = ast.ConstrForeign
		c.Keys = p.parenNameList()
		p.references(c)
		p.constraintAttributes(c, "FOREIGN KEY", casDeferrable|casNotValid)
	default:
		p.syntaxError()
	}
	if name != "" {
		c.Pos, c.Name, c.NamePos = pos, name, namePos
	}
	return c
}

// uniqueKeys takes the rest of UNIQUE and PRIMARY KEY.
func (p *parser) uniqueKeys(c *ast.Constraint, word string) {
	if p.is(kwUsing) {
		p.expectSeq(kwUsing, kwIndex)
		c.UsingIndex = p.name()
	} else {
		if c.Type == ast.ConstrUnique {
			c.NullsNotDistinct = p.nullsNotDistinct()
		}
		c.Keys = p.parenNameList()
		if p.accept(kwInclude) {
			c.Including = p.parenNameList()
		}
		p.indexParameters(c)
	}
	p.constraintAttributes(c, word, casDeferrable)
}

func (p *parser) exclusion(c *ast.Constraint) {
	p.expect(kwExclude)
	c.Type = ast.ConstrExclusion
	if p.accept(kwUsing) {
		c.AccessMethod = p.name()
	}
	p.expect('(')
	for {
		e := &ast.ExclusionElem{Pos: p.pos(), Elem: p.indexElem()}
		p.expect(kwWith)
		if p.is(kwOperator) && p.isAt(1, '(') {
			p.next()
			p.next()
			e.Operator = p.anyOperator()
			p.expect(')')
		} else {
			e.Operator = p.anyOperator()
		}
		c.Exclusions = append(c.Exclusions, e)
		if !p.accept(',') {
			break
		}
	}
	p.expect(')')
	if p.accept(kwInclude) {
		c.Including = p.parenNameList()
	}
	p.indexParameters(c)
	c.Where = p.optWhereParen()
	p.constraintAttributes(c, "EXCLUDE", casDeferrable)
}

// The attributes a kind of constraint takes.
const (
	casDeferrable = 1 << iota
	casNotValid
	casNoInherit
)

// constraintAttributes takes a ConstraintAttributeSpec; allowed says what this kind of constraint takes.
func (p *parser) constraintAttributes(c *ast.Constraint, word string, allowed int) {
	start := p.pos()
	var deferrable, notDeferrable, immediate, deferred, notValid, noInherit bool
	for {
		pos := p.pos()
		switch {
		case p.acceptSeq(kwNot, kwDeferrable):
			notDeferrable = true
		case p.accept(kwDeferrable):
			deferrable = true
		case p.is(kwInitially):
			p.next()
			if p.accept(kwImmediate) {
				immediate = true
			} else {
				p.expect(kwDeferred)
				deferred = true
			}
		case p.is(kwNot):
			p.expectSeq(kwNot, kwValid)
			notValid = true
		case p.is(kwNo):
			p.expectSeq(kwNo, kwInherit)
			noInherit = true
		default:
			if (deferrable || deferred) && allowed&casDeferrable == 0 {
				p.fail(start, "0A000", word+" constraints cannot be marked DEFERRABLE")
			}
			if notValid && allowed&casNotValid == 0 {
				p.fail(start, "0A000", word+" constraints cannot be marked NOT VALID")
			}
			if noInherit && allowed&casNoInherit == 0 {
				p.fail(start, "0A000", word+" constraints cannot be marked NO INHERIT")
			}
			c.Deferrable, c.InitiallyDeferred = deferrable || deferred, deferred
			c.NotValid, c.NoInherit = notValid, noInherit
			return
		}
		if notDeferrable && deferred {
			p.fail(pos, "42601", "constraint declared INITIALLY DEFERRED must be DEFERRABLE")
		}
		if notDeferrable && deferrable || immediate && deferred {
			p.fail(pos, "42601", "conflicting constraint properties")
		}
	}
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
