package analyze

import (
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// inlineTable makes a subquery of a call of an SQL function in FROM; nil when the call must stay.
func (s *scope) inlineTable(r *query.RTE, n *ast.RangeFunction) *item {
	if s.written {
		return nil
	}
	if len(r.Functions) != 1 {
		return nil
	}
	rf := r.Functions[0]
	f, ok := rf.Expr.(*query.Func)
	if !ok {
		return nil
	}
	if !f.Fn.ReturnsSet && !rf.Composite {
		if e := s.inlineScalar(f); e != nil {
			rf.Expr = e
		}
		return nil
	}
	if r.Ordinality {
		return nil
	}
	q := s.setBody(f, rf)
	if q == nil {
		return nil
	}
	out := &query.RTE{Kind: query.SubqueryRTE, Alias: r.Alias, Subquery: q, Columns: r.Columns, Pos: r.Pos, Lateral: queryRefers(q, 1)}
	for i, c := range outputs(q) {
		if i < len(out.Columns) {
			out.Columns[i].Type, out.Columns[i].Typmod = c.Type, c.Typmod
		}
	}
	it := newItem(out, s.addRTE(out))
	it.rowType = f.Typ
	return it
}

// setBody gives the query a call in FROM stands for, its arguments in place; nil when the call must stay.
func (s *scope) setBody(f *query.Func, rf *query.RangeFunc) *query.Query {
	q, _ := s.bodyQuery(f)
	if q == nil {
		return nil
	}
	uses := paramUses(q, len(f.Args))
	for i, a := range f.Args {
		if volatile(a) && uses[i] != 1 {
			return nil
		}
	}
	if rf.Columns == nil {
		rf.Columns, rf.Composite = outputs(q), true
	}
	q = s.tableBody(q, rf, f)
	if q == nil {
		return nil
	}
	if !f.Fn.ReturnsSet {
		q = s.exactlyOne(s.oneRow(q))
	}
	q = s.bindQuery(q, f.Args, 1)
	if f.Fn.Strict {
		if cond := notNull(f.Args); cond != nil {
			q = s.wrap(q)
			q.Where = shift(cond, 1)
		}
	}
	s.executed(f.Fn)
	return q
}

// liftSet moves the one set-returning call of the target list into FROM when its function can be inlined.
func (s *scope) liftSet() {
	q := s.q
	if !q.HasSRF || q.HasAggs || q.HasWindow || len(q.GroupBy) > 0 || q.GroupingSets != nil {
		return
	}
	var at *query.Target
	for _, t := range q.Targets {
		sets := 0
		query.Walk(t.Expr, func(e query.Expr) bool {
			if f, ok := e.(*query.Func); ok && f.Set {
				sets++
			}
			return true
		})
		if sets == 0 {
			continue
		}
		if f, ok := t.Expr.(*query.Func); !ok || !f.Set || sets > 1 || at != nil {
			return
		}
		at = t
	}
	if at == nil {
		return
	}
	f, _ := at.Expr.(*query.Func)
	rf := &query.RangeFunc{Expr: f}
	t := f.Typ.Underlying()
	switch {
	case t.Fields != nil:
		rf.Composite = true
		for i, x := range t.Fields {
			rf.Columns = append(rf.Columns, query.RTEColumn{Name: x.Name, Type: x.Type, Typmod: x.Typmod, Num: int32(i + 1)})
		}
	case t.OID != types.RecordOID:
		rf.Columns = []query.RTEColumn{{Name: f.Fn.Name, Type: f.Typ, Typmod: -1, Num: 1}}
	}
	sub := s.setBody(f, rf)
	if sub == nil {
		return
	}
	r := &query.RTE{Kind: query.SubqueryRTE, Alias: f.Fn.Name, Subquery: sub, Columns: rf.Columns, Pos: -1, Lateral: queryRefers(sub, 1)}
	it := newItem(r, s.addRTE(r))
	q.From = append(q.From, &query.TableRef{RT: it.rt})
	q.HasSRF = false
	if !rf.Composite {
		at.Expr = it.cols[0].expr
		return
	}
	row := &query.Row{T: query.T{Typ: f.Typ, Mod: -1, Pos: f.Pos}}
	if f.Typ.OID == types.RecordOID && f.Typ.Fields == nil {
		row.Typ = s.recordOf(rf.Columns)
	}
	for _, c := range it.cols {
		row.Fields, row.Names = append(row.Fields, c.expr), append(row.Names, c.name)
	}
	at.Expr = row
}

// tableBody brings a body's columns to those the function declares; nil when they do not fit.
func (s *scope) tableBody(q *query.Query, rf *query.RangeFunc, f *query.Func) *query.Query {
	cols := outputs(q)
	if rf.Composite && len(cols) == 1 && isRowType(cols[0].Type) && len(rf.Columns) != 1 {
		// SELECT t FROM t: the row is taken apart.
		fields := cols[0].Type.Underlying().Fields
		if len(fields) != len(rf.Columns) {
			return nil
		}
		q = s.wrap(q)
		row := q.Targets[0].Expr
		q.Targets = nil
		for _, x := range fields {
			q.Targets = append(q.Targets, &query.Target{Expr: fieldOf(row, x.Name, -1), Name: x.Name})
		}
		cols = outputs(q)
	}
	if len(cols) != len(rf.Columns) {
		panic(s.errorf(-1, "42P13", "return type mismatch in function declared to return %s", s.typeName(f.Typ)).
			detail("Final statement returns too %s columns.", map[bool]string{true: "few", false: "many"}[len(cols) < len(rf.Columns)]))
	}
	same := true
	for i, c := range cols {
		same = same && c.Type.OID == rf.Columns[i].Type.OID
	}
	if same {
		return q
	}
	q = s.wrap(q)
	for i, t := range q.Targets {
		x := s.coerceToTarget(t.Expr, rf.Columns[i].Type, rf.Columns[i].Typmod, types.AssignmentCast, false)
		if x == nil {
			panic(s.errorf(-1, "42P13", "return type mismatch in function declared to return %s", s.typeName(f.Typ)).
				detail("Final statement returns %s instead of %s at column %d.", s.typeName(t.Expr.Type()), s.typeName(rf.Columns[i].Type), i+1))
		}
		t.Expr = x
	}
	return q
}

// exactlyOne gives q's row, or a row of nulls when it has none: (VALUES (1)) LEFT JOIN q.
func (s *scope) exactlyOne(q *query.Query) *query.Query {
	one := &query.RTE{Kind: query.ValuesRTE, Alias: "one", Pos: -1,
		Values:  [][]query.Expr{{&query.Const{T: query.T{Typ: int4Type(), Mod: -1, Pos: -1}, Value: types.Int(1)}}},
		Columns: []query.RTEColumn{{Name: "column1", Type: int4Type(), Typmod: -1, Num: 1}}}
	out := s.wrap(q)
	out.RTable = append(out.RTable, one)
	out.From = []query.FromItem{&query.Join{Kind: query.Left, Left: &query.TableRef{RT: 2}, Right: &query.TableRef{RT: 1},
		On: &query.Const{T: boolT(-1), Value: types.Bool(true)}}}
	return out
}
