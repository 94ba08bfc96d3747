package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// selectStatement analyses a SELECT that stands by itself.
func (s *scope) selectStatement(n *ast.SelectStmt) *query.Query { return s.selectBody(n, true) }

// selectBody analyses a SELECT, VALUES or set operation into s. resolve makes text of output columns nothing gave a type.
func (s *scope) selectBody(n *ast.SelectStmt, resolve bool) *query.Query {
	s.deeper(-1)
	defer func() { s.depth-- }()
	s.q.Pos = n.Pos
	if n.Into != nil {
		panic(s.errorf(n.Into.Relation.Pos, "42601", "SELECT ... INTO is not allowed here"))
	}
	s.with(n.With)
	switch {
	case n.Op != ast.SetOpNone:
		s.setOperation(n)
	case n.Values != nil:
		s.valuesQuery(n)
	default:
		s.plainSelect(n, resolve)
	}
	s.locking(n)
	return s.q
}

func (s *scope) plainSelect(n *ast.SelectStmt, resolve bool) {
	q := s.q
	s.windows = n.Windows
	s.from(n.From)
	q.Targets = s.targets(n.Targets, kindSelect)
	if n.Where != nil {
		q.Where = s.toBoolean(s.exprIn(n.Where, kindWhere), "WHERE")
	}
	if n.Having != nil {
		q.Having = s.toBoolean(s.exprIn(n.Having, kindHaving), "HAVING")
	}
	q.OrderBy = s.orderBy(n.OrderBy)
	s.groupBy(n)
	if n.Distinct {
		if len(n.DistinctOn) > 0 {
			s.distinctOn(n.DistinctOn)
		} else {
			s.distinctAll()
		}
	}
	s.limits(n)
	s.allWindows()
	s.liftSet()
	if resolve {
		for _, t := range q.Targets {
			t.Expr = s.resolveUnknown(t.Expr)
		}
	}
	if q.HasAggs || len(q.GroupBy) > 0 || len(q.GroupingSets) > 0 || q.Having != nil {
		s.checkGrouping()
	}
}

// limits analyses LIMIT and OFFSET.
func (s *scope) limits(n *ast.SelectStmt) {
	int8 := types.ByOID(types.Int8OID)
	one := func(e ast.Expr, k exprKind) query.Expr {
		if e == nil {
			return nil
		}
		x := s.toType(s.exprIn(e, k), int8, k.String())
		if hasVars(x) {
			panic(s.errorf(firstVar(x), "42P10", "argument of %s must not contain variables", k))
		}
		return x
	}
	s.q.Offset = one(n.Offset, kindOffset)
	if n.LimitOption == ast.LimitWithTies {
		if len(n.OrderBy) == 0 {
			panic(s.errorf(-1, "42601", "WITH TIES cannot be specified without ORDER BY clause"))
		}
		s.q.WithTies = true
	}
	s.q.Limit = one(n.Limit, kindLimit)
}

// firstVar is where an expression first names a column.
func firstVar(e query.Expr) int {
	pos := -1
	query.WalkDeep(e, 0, func(x query.Expr, depth int) bool {
		if v, ok := x.(*query.Var); ok && pos < 0 && v.Levels == depth {
			pos = v.Pos
		}
		return true
	})
	return pos
}

// valuesQuery is VALUES as a query: a ValuesRTE and its columns.
func (s *scope) valuesQuery(n *ast.SelectStmt) {
	q := s.q
	s.kind = kindValues
	rows := make([][]query.Expr, len(n.Values))
	for i, r := range n.Values {
		for _, e := range r {
			if d, ok := e.(*ast.SetToDefault); ok {
				panic(s.errorf(d.Pos, "42601", "DEFAULT is not allowed in this context"))
			}
		}
		rows[i] = s.exprList(r)
		if len(rows[i]) != len(rows[0]) {
			pos := -1
			if len(rows[i]) > 0 {
				pos = posOf(rows[i][0])
			}
			panic(s.errorf(pos, "42601", "VALUES lists must all be the same length"))
		}
	}
	s.kind = kindOther
	r := &query.RTE{Kind: query.ValuesRTE, Alias: "*VALUES*", Values: rows, Pos: n.Pos}
	for c := range rows[0] {
		col := make([]query.Expr, len(rows))
		for i := range rows {
			col[i] = rows[i][c]
		}
		t := s.commonType(col, "VALUES")
		for i := range rows {
			rows[i][c] = s.toCommon(rows[i][c], t, "VALUES")
			col[i] = rows[i][c]
		}
		r.Columns = append(r.Columns, query.RTEColumn{Name: "column" + itoa(c+1), Type: t, Typmod: commonTypmod(col, t), Num: int32(c + 1)})
	}
	it := newItem(r, s.addRTE(r))
	s.ns = append(s.ns, it)
	q.From = append(q.From, &query.TableRef{RT: it.rt})
	q.Targets = s.itemColumns(it, 0, -1)
	q.OrderBy = s.orderBy(n.OrderBy)
	s.limits(n)
}

// locking analyses FOR UPDATE and its like.
func (s *scope) locking(n *ast.SelectStmt) {
	q := s.q
	for _, l := range n.Locking {
		strength := [...]string{"key share", "share", "no key update", "update"}[l.Strength]
		shown := lockName(l)
		refuse := func(what string) {
			panic(s.errorf(-1, "0A000", "%s is not allowed with %s", shown, what))
		}
		switch {
		case q.SetOp != nil:
			refuse("UNION/INTERSECT/EXCEPT")
		case q.Distinct || len(q.DistinctOn) > 0:
			refuse("DISTINCT clause")
		case len(q.GroupBy) > 0 || q.GroupingSets != nil:
			refuse("GROUP BY clause")
		case q.Having != nil:
			refuse("HAVING clause")
		case q.HasAggs:
			refuse("aggregate functions")
		case q.HasWindow:
			refuse("window functions")
		case q.HasSRF:
			refuse("set-returning functions in the target list")
		}
		if n.Values != nil {
			panic(s.errorf(-1, "0A000", "%s cannot be applied to VALUES", shown))
		}
		lock := query.Lock{Strength: strength, NoWait: l.Wait == ast.LockWaitError, SkipLocked: l.Wait == ast.LockWaitSkip}
		for i, r := range q.RTable {
			if len(l.Rels) > 0 || r.Kind != query.RelationRTE && r.Kind != query.SubqueryRTE {
				continue
			}
			lock.Of = append(lock.Of, i+1)
			s.lockRTE(r)
		}
		for _, rel := range l.Rels {
			if rel.Schema != "" {
				panic(s.errorf(rel.Pos, "42601", "%s must specify unqualified relation names", shown))
			}
			found := false
			for i, r := range q.RTable {
				if r.Alias != rel.Name {
					continue
				}
				found = true
				switch r.Kind {
				case query.RelationRTE, query.SubqueryRTE:
					lock.Of = append(lock.Of, i+1)
					s.lockRTE(r)
				case query.JoinRTE:
					panic(s.errorf(rel.Pos, "0A000", "%s cannot be applied to a join", shown))
				case query.FunctionRTE:
					panic(s.errorf(rel.Pos, "0A000", "%s cannot be applied to a function", shown))
				case query.ValuesRTE:
					panic(s.errorf(rel.Pos, "0A000", "%s cannot be applied to VALUES", shown))
				case query.CTERTE:
					panic(s.errorf(rel.Pos, "0A000", "%s cannot be applied to a WITH query", shown))
				}
			}
			if !found {
				panic(s.errorf(rel.Pos, "42P01", "relation \"%s\" in %s clause not found in FROM clause", rel.Name, shown))
			}
		}
		for _, rt := range lock.Of {
			for _, f := range q.From {
				if nullableEntry(f, rt, false) {
					panic(s.errorf(-1, "0A000", "%s cannot be applied to the nullable side of an outer join", shown))
				}
			}
		}
		q.Locks = append(q.Locks, lock)
	}
}

func lockName(l *ast.LockingClause) string {
	return [...]string{"FOR KEY SHARE", "FOR SHARE", "FOR NO KEY UPDATE", "FOR UPDATE"}[l.Strength]
}

// nullableEntry says whether an outer join below f may fill entry rt with NULLs.
func nullableEntry(f query.FromItem, rt int, nullable bool) bool {
	switch f := f.(type) {
	case *query.TableRef:
		return f.RT == rt && nullable
	case *query.Join:
		return nullableEntry(f.Left, rt, nullable || f.Kind == query.Right || f.Kind == query.Full) ||
			nullableEntry(f.Right, rt, nullable || f.Kind == query.Left || f.Kind == query.Full)
	}
	return false
}

// lockRTE asks for the right to lock rows, which is UPDATE's.
func (s *scope) lockRTE(r *query.RTE) {
	if r.Relation != nil && r.Relation.Kind == catalog.SequenceRel {
		panic(s.errorf(-1, "42809", "cannot lock rows in sequence \"%s\"", r.Relation.Name))
	}
	if r.Selected != nil {
		r.Required |= catalog.Update
	}
	if r.Subquery != nil {
		for _, x := range r.Subquery.RTable {
			if x.Kind == query.RelationRTE || x.Kind == query.SubqueryRTE {
				s.lockRTE(x)
			}
		}
	}
}
