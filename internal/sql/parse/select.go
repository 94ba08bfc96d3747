package parse

import "github.com/basement-project/basement/internal/sql/ast"

// selectStmt takes a SELECT, VALUES or TABLE, with or without parentheses and WITH.
func (p *parser) selectStmt() *ast.SelectStmt {
	p.enter()
	defer p.leave()
	if !p.is('(') {
		return p.selectNoParens()
	}
	s := p.selectWithParens()
	switch p.kind() {
	case kwUnion, kwIntersect, kwExcept, kwOrder, kwLimit, kwOffset, kwFetch, kwFor:
		return p.selectTail(s, nil)
	}
	return s
}

// selectWithParens takes a query in parentheses.
func (p *parser) selectWithParens() *ast.SelectStmt {
	p.expect('(')
	s := p.selectStmt()
	p.expect(')')
	return s
}

// selectNoParens takes a query that has no parentheses around the whole of it.
func (p *parser) selectNoParens() *ast.SelectStmt {
	with := p.optWith()
	var s *ast.SelectStmt
	if p.is('(') && with != nil {
		s = p.selectWithParens()
	} else {
		s = p.simpleSelect()
	}
	return p.selectTail(s, with)
}

// selectTail takes set operations and the closing clauses after a first operand, and puts WITH on the result.
func (p *parser) selectTail(s *ast.SelectStmt, with *ast.WithClause) *ast.SelectStmt {
	s = p.setOperations(s, 1)
	p.selectOptions(s)
	if with != nil {
		if s.With != nil {
			p.fail(s.With.Pos, "42601", "multiple WITH clauses not allowed")
		}
		s.With = with
	}
	return s
}

// setOperations takes UNION and EXCEPT (level 1) and INTERSECT (level 2), all of the left.
func (p *parser) setOperations(left *ast.SelectStmt, min int) *ast.SelectStmt {
	for {
		var op ast.SetOperation
		level := 1
		switch p.kind() {
		case kwUnion:
			op = ast.SetOpUnion
		case kwExcept:
			op = ast.SetOpExcept
		case kwIntersect:
			op, level = ast.SetOpIntersect, 2
		default:
			return left
		}
		if level < min {
			return left
		}
		n := &ast.SelectStmt{Pos: p.pos(), Op: op, Left: left}
		p.next()
		if p.accept(kwAll) {
			n.All = true
		} else {
			p.accept(kwDistinct)
		}
		var right *ast.SelectStmt
		saved := p.height
		p.height = 0
		if p.is('(') {
			right = p.selectWithParens()
		} else {
			right = p.simpleSelect()
		}
		n.Right = p.setOperations(right, level+1)
		p.height = max(p.height, saved)
		p.link()
		left = n
	}
}

// simpleSelect takes SELECT ..., VALUES ... or TABLE ... without closing clauses.
func (p *parser) simpleSelect() *ast.SelectStmt {
	s := &ast.SelectStmt{Pos: p.pos()}
	switch p.kind() {
	case kwValues:
		p.next()
		for {
			s.Values = append(s.Values, p.parenExprs())
			if p.at > forgetAfter {
				p.forget()
			}
			if !p.accept(',') {
				return s
			}
		}
	case kwTable:
		p.next()
		s.Targets = []*ast.ResTarget{{Pos: -1, Value: &ast.ColumnRef{Pos: -1, Star: true}}}
		s.From = []ast.TableRef{p.relationExpr()}
		return s
	}
	p.expect(kwSelect)
	if p.accept(kwDistinct) {
		s.Distinct = true
		if p.accept(kwOn) {
			s.DistinctOn = p.parenExprs()
		}
		s.Targets = p.targetList()
	} else {
		p.accept(kwAll)
		if !p.targetsEnd() {
			s.Targets = p.targetList()
		}
	}
	s.Into = p.optInto()
	if p.accept(kwFrom) {
		s.From = p.fromList()
	}
	s.Where = p.optWhere()
	if p.is(kwGroup) {
		p.expectSeq(kwGroup, kwBy)
		if p.accept(kwDistinct) {
			s.GroupDistinct = true
		} else {
			p.accept(kwAll)
		}
		s.GroupBy = p.groupByList()
	}
	if p.accept(kwHaving) {
		s.Having = p.expr()
	}
	if p.accept(kwWindow) {
		for {
			name := p.colID()
			p.expect(kwAs)
			w := p.windowSpec()
			w.Name = name
			s.Windows = append(s.Windows, w)
			if !p.accept(',') {
				break
			}
		}
	}
	return s
}

// targetsEnd tells whether an empty target list ends here.
func (p *parser) targetsEnd() bool {
	switch p.kind() {
	case tokEOF, ';', ')', kwInto, kwFrom, kwWhere, kwGroup, kwHaving, kwWindow, kwUnion, kwIntersect, kwExcept,
		kwOrder, kwLimit, kwOffset, kwFetch, kwFor, kwOn, kwReturning, kwWith:
		return true
	}
	return false
}

// targetList takes output columns.
func (p *parser) targetList() []*ast.ResTarget {
	var list []*ast.ResTarget
	for {
		list = append(list, p.target())
		if !p.accept(',') {
			return list
		}
	}
}

func (p *parser) target() *ast.ResTarget {
	t := &ast.ResTarget{Pos: p.pos()}
	if p.is('*') {
		p.next()
		t.Value = &ast.ColumnRef{Pos: t.Pos, Star: true}
		return t
	}
	t.Value = p.binary(precNone, modeLabel)
	if p.accept(kwAs) {
		t.Name = p.colLabel()
	} else if isBareLabel(p.kind()) && !p.isSeq(kwFormat, kwJson) {
		t.Name = p.next().text
	}
	return t
}

// optInto takes INTO [TEMP ...] table.
func (p *parser) optInto() *ast.IntoClause {
	if !p.is(kwInto) {
		return nil
	}
	into := &ast.IntoClause{Pos: p.pos()}
	p.next()
	life := ast.Permanent
	temporary := func(n int) bool { return p.isAt(n, kwTemporary) || p.isAt(n, kwTemp) }
	named := func(n int) bool { return isColID(p.kindAt(n)) || p.isAt(n, kwTable) }
	switch {
	case temporary(0) && named(1):
		p.next()
		life = ast.Temporary
	case (p.is(kwLocal) || p.is(kwGlobal)) && temporary(1):
		p.next()
		p.next()
		life = ast.Temporary
	case p.is(kwUnlogged) && named(1):
		p.next()
		life = ast.Unlogged
	}
	p.accept(kwTable)
	into.Relation = p.qualifiedName()
	into.Relation.Persistence = life
	return into
}

// optWhere takes WHERE expr if there is one.
func (p *parser) optWhere() ast.Expr {
	if !p.accept(kwWhere) {
		return nil
	}
	return p.expr()
}

func (p *parser) groupByList() []ast.Expr {
	var list []ast.Expr
	for {
		list = append(list, p.groupByItem())
		if !p.accept(',') {
			return list
		}
	}
}

func (p *parser) groupByItem() ast.Expr {
	pos := p.pos()
	switch {
	case p.isSeq('(', ')'):
		p.next()
		p.next()
		return &ast.GroupingSet{Pos: pos, Kind: ast.GroupingSetEmpty}
	case p.isSeq(kwRollup, '('):
		p.next()
		return &ast.GroupingSet{Pos: pos, Kind: ast.GroupingSetRollup, Content: p.parenExprs()}
	case p.isSeq(kwCube, '('):
		p.next()
		return &ast.GroupingSet{Pos: pos, Kind: ast.GroupingSetCube, Content: p.parenExprs()}
	case p.isSeq(kwGrouping, kwSets):
		p.enter()
		p.next()
		p.next()
		p.expect('(')
		g := &ast.GroupingSet{Pos: pos, Kind: ast.GroupingSetSets, Content: p.groupByList()}
		p.expect(')')
		p.leave()
		return g
	}
	return p.expr()
}

// selectOptions takes ORDER BY, LIMIT, OFFSET, FETCH and FOR, and puts them on s: a query in parentheses may have some
// already.
func (p *parser) selectOptions(s *ast.SelectStmt) {
	var order []*ast.SortBy
	if p.is(kwOrder) {
		order = p.sortClause()
	}
	var l *limits
	lockSeen := false
clauses:
	for {
		switch p.kind() {
		case kwLimit, kwOffset, kwFetch:
			if l != nil {
				p.syntaxError()
			}
			l = p.selectLimit()
		case kwFor:
			if lockSeen {
				p.syntaxError()
			}
			lockSeen = true
			p.locking(s)
		default:
			break clauses
		}
	}
	if order != nil {
		if s.OrderBy != nil {
			p.fail(exprStart(order[0].Value), "42601", "multiple ORDER BY clauses not allowed")
		}
		s.OrderBy = order
	}
	if l != nil {
		p.addLimits(s, l)
	}
}

// limits are LIMIT (or FETCH) and OFFSET of one query.
type limits struct {
	count, offset ast.Expr
	option        ast.LimitOption
}

// selectLimit takes LIMIT or FETCH and OFFSET in either order.
func (p *parser) selectLimit() *limits {
	l := &limits{}
	for {
		switch k := p.kind(); {
		case (k == kwLimit || k == kwFetch) && l.count == nil:
			l.count, l.option = p.limitClause()
		case k == kwOffset && l.offset == nil:
			p.next()
			l.offset = p.expr()
			if !p.accept(kwRow) {
				p.accept(kwRows)
			}
		case k == kwLimit || k == kwFetch || k == kwOffset:
			p.syntaxError()
		default:
			return l
		}
	}
}

// addLimits puts them on s, which must have none yet.
func (p *parser) addLimits(s *ast.SelectStmt, l *limits) {
	had := s.Limit != nil || s.Offset != nil
	if l.offset != nil {
		if s.Offset != nil {
			p.fail(exprStart(l.offset), "42601", "multiple OFFSET clauses not allowed")
		}
		s.Offset = l.offset
	}
	if l.count != nil {
		if s.Limit != nil {
			p.fail(exprStart(l.count), "42601", "multiple LIMIT clauses not allowed")
		}
		s.Limit = l.count
	}
	if had {
		p.fail(-1, "42601", "multiple limit options not allowed")
	}
	if l.option == ast.LimitWithTies {
		if s.OrderBy == nil {
			p.fail(-1, "42601", "WITH TIES cannot be specified without ORDER BY clause")
		}
		for _, lock := range s.Locking {
			if lock.Wait == ast.LockWaitSkip {
				p.fail(-1, "42601", "SKIP LOCKED and WITH TIES options cannot be used together")
			}
		}
	}
	s.LimitOption = l.option
}

// exprStart is where an expression begins, parentheses left out, or its node's place where that is further left.
func exprStart(e ast.Expr) int {
	start := e.Position()
	ast.Children(e, func(n ast.Node) {
		if c, ok := n.(ast.Expr); ok {
			if at := exprStart(c); at >= 0 && (start < 0 || at < start) {
				start = at
			}
		}
	})
	return start
}

func (p *parser) limitClause() (ast.Expr, ast.LimitOption) {
	pos := p.pos()
	if p.next().kind == kwLimit {
		var e ast.Expr
		if p.is(kwAll) {
			e = &ast.AConst{Pos: p.pos(), Kind: ast.ConstNull}
			p.next()
		} else {
			e = p.expr()
		}
		if p.is(',') {
			p.next()
			p.expr()
			p.failDetail(pos, "42601", "LIMIT #,# syntax is not supported", "", "Use separate LIMIT and OFFSET clauses.")
		}
		return e, ast.LimitCount
	}
	if !p.accept(kwFirst) {
		p.expect(kwNext)
	}
	var count ast.Expr
	switch k := p.kind(); {
	case (k == kwRow || k == kwRows) && (p.isAt(1, kwOnly) || p.isAt(1, kwWith)):
		count = intConst(-1, 1)
	case k == '+' || k == '-':
		signPos := p.pos()
		p.next()
		if !p.is(tokIconst) && !p.is(tokFconst) {
			p.syntaxError()
		}
		c := p.constant()
		if k == '-' {
			negate(c)
			c.Pos = signPos
			count = c
		} else {
			count = &ast.AExpr{Pos: signPos, Name: []string{"+"}, Right: c}
		}
	default:
		count = p.cExpr()
	}
	if !p.accept(kwRow) {
		p.expect(kwRows)
	}
	if p.accept(kwOnly) {
		return count, ast.LimitCount
	}
	p.expectSeq(kwWith, kwTies)
	return count, ast.LimitWithTies
}

// locking takes FOR UPDATE and its like.
func (p *parser) locking(s *ast.SelectStmt) {
	if p.acceptSeq(kwFor, kwRead, kwOnly) {
		return
	}
	for p.is(kwFor) {
		l := &ast.LockingClause{Pos: p.pos()}
		p.next()
		switch p.kind() {
		case kwUpdate:
			p.next()
			l.Strength = ast.ForUpdate
		case kwNo:
			p.expectSeq(kwNo, kwKey, kwUpdate)
			l.Strength = ast.ForNoKeyUpdate
		case kwShare:
			p.next()
			l.Strength = ast.ForShare
		case kwKey:
			p.expectSeq(kwKey, kwShare)
			l.Strength = ast.ForKeyShare
		default:
			p.syntaxError()
		}
		if p.accept(kwOf) {
			l.Rels = p.qualifiedNameList()
		}
		switch {
		case p.accept(kwNowait):
			l.Wait = ast.LockWaitError
		case p.acceptSeq(kwSkip, kwLocked):
			l.Wait = ast.LockWaitSkip
		}
		s.Locking = append(s.Locking, l)
	}
}

// sortClause takes ORDER BY ....
func (p *parser) sortClause() []*ast.SortBy {
	p.expectSeq(kwOrder, kwBy)
	var list []*ast.SortBy
	for {
		list = append(list, p.sortBy())
		if !p.accept(',') {
			return list
		}
	}
}

func (p *parser) sortBy() *ast.SortBy {
	s := &ast.SortBy{Pos: p.pos(), Value: p.expr()}
	if p.accept(kwUsing) {
		s.Dir, s.UseOp = ast.SortUsing, p.qualAllOp()
	} else {
		s.Dir = p.optAscDesc()
	}
	s.Nulls = p.optNullsOrder()
	return s
}

func (p *parser) optAscDesc() ast.SortDir {
	switch {
	case p.accept(kwAsc):
		return ast.SortAsc
	case p.accept(kwDesc):
		return ast.SortDesc
	}
	return ast.SortDefault
}

func (p *parser) optNullsOrder() ast.SortNulls {
	switch {
	case p.acceptSeq(kwNulls, kwFirst):
		return ast.NullsFirst
	case p.acceptSeq(kwNulls, kwLast):
		return ast.NullsLast
	}
	return ast.NullsDefault
}
