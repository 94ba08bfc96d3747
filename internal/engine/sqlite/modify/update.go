package modify

import (
	"iter"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// reading describes the scan that finds the rows of UPDATE and DELETE: the result's rowid and columns, the new values,
// and the columns of the other entries RETURNING speaks of.
type reading struct {
	query   *query.Query
	columns int   // the result's
	values  int   // new values
	entries []int // the other entries, in the order their columns follow
	widths  []int
}

// scanQuery builds the scan as a SELECT over the statement's own range table.
func (b *builder) scanQuery(values []query.Expr) *reading {
	used := map[int]bool{}
	for _, t := range b.q.Returning {
		entriesOf(t.Expr, 0, used)
	}
	return b.scan(values, used)
}

// scan is scanQuery with the entries whose columns are wanted.
func (b *builder) scan(values []query.Expr, used map[int]bool) *reading {
	q := *b.q
	q.Command, q.Result = query.Select, 0
	q.Returning, q.Assign, q.OnConflict, q.Source = nil, nil, nil, nil
	q.OrderBy, q.Limit, q.Offset = nil, nil, nil
	if !inFrom(q.From, b.q.Result) {
		q.From = append([]query.FromItem{&query.TableRef{RT: b.q.Result}}, q.From...)
	}
	r := &reading{query: &q}
	rte := b.q.RTable[b.q.Result-1]
	tid := query.T{Typ: types.ByOID(types.TIDOID), Mod: -1, Pos: -1}
	q.Targets = []*query.Target{{Name: "ctid", Expr: &query.Var{T: tid, RT: b.q.Result, Col: query.SysCtid}}}
	if rte.Kind != query.RelationRTE { // a view's rows have no place
		q.Targets[0].Expr = &query.Const{T: tid, Value: types.Int(0)}
	}
	entry := func(rt int, rte *query.RTE) {
		for i, c := range rte.Columns {
			q.Targets = append(q.Targets, &query.Target{Name: c.Name, Expr: &query.Var{
				T: query.T{Typ: c.Type, Mod: c.Typmod, Pos: -1}, RT: rt, Col: i, Name: c.Name}})
		}
	}
	entry(b.q.Result, rte)
	r.columns = len(rte.Columns)
	for _, e := range values {
		q.Targets = append(q.Targets, &query.Target{Name: "value", Expr: e})
	}
	r.values = len(values)
	for rt := range b.q.RTable {
		if rt+1 != b.q.Result && used[rt+1] {
			entry(rt+1, b.q.RTable[rt])
			r.entries = append(r.entries, rt+1)
			r.widths = append(r.widths, len(b.q.RTable[rt].Columns))
		}
	}
	return r
}

func inFrom(items []query.FromItem, rt int) bool {
	for _, i := range items {
		switch x := i.(type) {
		case *query.TableRef:
			if x.RT == rt {
				return true
			}
		case *query.Join:
			if inFrom([]query.FromItem{x.Left, x.Right}, rt) {
				return true
			}
		}
	}
	return false
}

// entriesOf marks the range table entries, levels out, that an expression speaks of.
func entriesOf(e query.Expr, levels int, used map[int]bool) {
	query.Walk(e, func(x query.Expr) bool {
		switch v := x.(type) {
		case *query.Var:
			if v.Levels == levels {
				used[v.RT] = true
			}
		case *query.SubLink:
			entriesOfQuery(v.Query, levels+1, used)
		}
		return true
	})
}

func entriesOfQuery(q *query.Query, levels int, used map[int]bool) {
	if q == nil {
		return
	}
	q.Clone().Exprs(func(e query.Expr) { entriesOf(e, levels, used) })
	for _, r := range q.RTable {
		entriesOfQuery(r.Subquery, levels+1, used)
	}
	for _, c := range q.CTEs {
		entriesOfQuery(c.Query, levels+1, used)
	}
}

// others cuts the other entries' columns out of a scanned row.
func (r *reading) others(row []types.Datum) [][]types.Datum {
	at := 1 + r.columns + r.values
	var out [][]types.Datum
	for _, w := range r.widths {
		out = append(out, row[at:at+w])
		at += w
	}
	return out
}

func (b *builder) update(p *Plan) error {
	rel := b.q.RTable[b.q.Result-1].Relation
	t, err := b.c.table(b.snap, rel)
	if err != nil {
		return err
	}
	written := map[int]bool{}
	fromDefault := map[int]*defaults{}
	for _, a := range b.q.Assign {
		col := position(rel, a.Column.Num)
		written[col] = true
		if _, ok := a.Expr.(*query.SetToDefault); ok {
			if a.Column.Generated != "" {
				continue
			}
			d, err := b.defaults(t, map[int]bool{col: true})
			if err != nil {
				return err
			}
			d.at = []int{col}
			fromDefault[col] = d
		}
	}
	set, values := b.setters(t, b.q.Assign)
	r := b.scanQuery(values)
	text, err := b.queryText(r.query)
	if err != nil {
		return err
	}
	updated, err := b.checks(t, "update", "select")
	if err != nil {
		return err
	}
	view, err := b.checks(t, "view")
	if err != nil {
		return err
	}
	ret, err := b.returning(p, append([]int{b.q.Result}, r.entries...)...)
	if err != nil {
		return err
	}
	p.run = func(s *statement, ps *params, emit func([]types.Datum) error) (n int64, err error) {
		after, err := s.around(t, ast.TriggerOnUpdate, written)
		if err != nil {
			return 0, err
		}
		rows, failed := s.scan(text, ps)
		for row := range s.targets(t, rows) {
			id, old := row[0].I, row[1:1+r.columns]
			next := append([]types.Datum(nil), old...)
			if err := s.set(set, next, row[1+r.columns:1+r.columns+r.values]); err != nil {
				return 0, err
			}
			for c, d := range fromDefault {
				next[c] = types.Null()
				if err := d.fill(s.tx, next); err != nil {
					return 0, err
				}
			}
			next, skip, err := s.rewrite(t, ps, id, old, next, written, updated, view)
			if err != nil {
				return 0, err
			}
			if skip {
				continue
			}
			n++
			if err := give(s, ps, ret, emit, append([][]types.Datum{next}, r.others(row)...)...); err != nil {
				return 0, err
			}
			if n&255 == 255 && s.tx.Context.Err() != nil {
				return 0, errs.New("57014", "canceling statement due to statement timeout")
			}
		}
		after()
		return n, failed
	}
	return nil
}

// targets gives the scanned rows (their rowid first) that are to be written: each row once, whatever a join makes of it, and
// none this statement has written itself. It looks at each row when its turn comes: triggers may have written it meanwhile.
func (s *statement) targets(t *table, rows [][]types.Datum) iter.Seq[[]types.Datum] {
	return func(yield func([]types.Datum) bool) {
		done := map[int64]bool{}
		for _, row := range rows {
			id := row[0].I
			if t.rel.Kind != catalog.View {
				if done[id] || s.isMine(t, id) {
					continue
				}
				done[id] = true
			}
			if !yield(row) {
				return
			}
		}
	}
}

// rewrite checks and writes one updated row, with its triggers, and gives the row as it is written; skip says that a
// trigger left it out.
func (s *statement) rewrite(t *table, ps *params, id int64, old, next []types.Datum, written map[int]bool, updated, view *checks) (row []types.Datum, skip bool, err error) {
	if t.rel.Kind == catalog.View {
		return s.insteadOf(t, ast.TriggerOnUpdate, old, next)
	}
	root := t
	if t, err = s.leaf(root, old); err != nil {
		return nil, false, err
	}
	if len(t.triggers) > 0 {
		if next, skip, err = s.beforeRow(t, ast.TriggerOnUpdate, id, old, next, written); err != nil || skip {
			return nil, skip, err
		}
	}
	if root.parts != nil {
		to, err := s.leaf(root, next)
		if err != nil {
			return nil, false, err
		}
		if to.rel.OID != t.rel.OID {
			next, skip, err = s.moved(root, t, ps, id, old, next, written, updated)
			if err != nil || skip {
				return nil, skip, err
			}
			return next, false, view.verify(s, ps, next, written)
		}
	}
	if err := s.complete(t, next); err != nil {
		return nil, false, err
	}
	if err := updated.verify(s, ps, next, written); err != nil {
		return nil, false, err
	}
	if err := s.constrain(t, next, written); err != nil {
		return nil, false, err
	}
	if root.rel.IsPartition {
		if err := s.belongs(root, next, written); err != nil {
			return nil, false, err
		}
	}
	if err := s.updateRow(t, id, old, next); err != nil {
		return nil, false, err
	}
	if err := s.afterRow(t, ast.TriggerOnUpdate, old, next, written); err != nil {
		return nil, false, err
	}
	return next, false, view.verify(s, ps, next, written)
}

func (b *builder) remove(p *Plan) error {
	rel := b.q.RTable[b.q.Result-1].Relation
	t, err := b.c.table(b.snap, rel)
	if err != nil {
		return err
	}
	r := b.scanQuery(nil)
	text, err := b.queryText(r.query)
	if err != nil {
		return err
	}
	ret, err := b.returning(p, append([]int{b.q.Result}, r.entries...)...)
	if err != nil {
		return err
	}
	p.run = func(s *statement, ps *params, emit func([]types.Datum) error) (n int64, err error) {
		after, err := s.around(t, ast.TriggerOnDelete, nil)
		if err != nil {
			return 0, err
		}
		rows, failed := s.scan(text, ps)
		for row := range s.targets(t, rows) {
			id, old := row[0].I, row[1:1+r.columns]
			skip, err := s.removeRow(t, id, old)
			if err != nil {
				return 0, err
			}
			if skip {
				continue
			}
			n++
			if err := give(s, ps, ret, emit, append([][]types.Datum{old}, r.others(row)...)...); err != nil {
				return 0, err
			}
		}
		after()
		return n, failed
	}
	return nil
}
