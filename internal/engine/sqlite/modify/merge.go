package modify

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// mergeAction is a compiled WHEN clause of MERGE.
type mergeAction struct {
	matched  bool
	command  query.Command
	when     *rowExprs // nil: always
	set      []setter
	values   *rowExprs
	defaults []*defaults
	written  map[int]bool
}

// merge compiles MERGE. Each row of the source joined with the target takes the first WHEN clause that is for it.
func (b *builder) merge(p *Plan) error {
	t, err := b.c.table(b.snap, b.q.RTable[b.q.Result-1].Relation)
	if err != nil {
		return err
	}
	r := b.mergeReading()
	text, err := b.queryText(r.query)
	if err != nil {
		return err
	}
	m := &merge{b: b, t: t, reading: r}
	has := map[query.Command]bool{}
	m.updated = map[int]bool{}
	for _, a := range b.q.Merge {
		x, err := b.mergeAction(t, r, a)
		if err != nil {
			return err
		}
		has[a.Command] = true
		if a.Command == query.Update {
			for c := range x.written {
				m.updated[c] = true
			}
		}
		m.actions = append(m.actions, x)
	}
	if m.mayUpdate, err = b.checks(t, "merge update"); err != nil {
		return err
	}
	if m.mayDelete, err = b.checks(t, "merge delete"); err != nil {
		return err
	}
	if m.inserts, err = b.checks(t, "insert", "merge select"); err != nil {
		return err
	}
	if m.updates, err = b.checks(t, "update", "merge select"); err != nil {
		return err
	}
	m.view = &checks{table: t}
	p.run = func(s *statement, ps *params, _ func([]types.Datum) error) (int64, error) {
		var ends []func()
		for _, e := range []struct {
			command query.Command
			event   ast.TriggerEvents
			written map[int]bool
		}{{query.Insert, ast.TriggerOnInsert, nil}, {query.Update, ast.TriggerOnUpdate, m.updated}, {query.Delete, ast.TriggerOnDelete, nil}} {
			if !has[e.command] {
				continue
			}
			after, err := s.around(t, e.event, e.written)
			if err != nil {
				return 0, err
			}
			ends = append([]func(){after}, ends...)
		}
		rows, failed := s.scan(text, ps)
		run := mergeRun{merge: m, s: s, ps: ps, touched: map[int64]bool{}}
		for i, row := range rows {
			if i&255 == 255 && s.tx.Context.Err() != nil {
				return 0, errs.New("57014", "canceling statement due to statement timeout")
			}
			if err := run.row(row); err != nil {
				return 0, err
			}
		}
		for _, after := range ends {
			after()
		}
		return run.n, failed
	}
	return nil
}

// merge is a compiled MERGE.
type merge struct {
	b       *builder
	t       *table
	reading *reading
	actions []*mergeAction
	updated map[int]bool // the columns its UPDATEs set

	mayUpdate, mayDelete, inserts, updates, view *checks
}

// mergeReading is the scan of the joined rows.
func (b *builder) mergeReading() *reading {
	used := map[int]bool{}
	for _, a := range b.q.Merge {
		if a.When != nil {
			entriesOf(a.When, 0, used)
		}
		for _, x := range a.Assign {
			entriesOf(x.Expr, 0, used)
			for _, e := range partExprs(x.Path) {
				entriesOf(e, 0, used)
			}
		}
	}
	r := b.scan(nil, used)
	r.query.Merge = nil
	return r
}

func (b *builder) mergeAction(t *table, r *reading, a *query.MergeAction) (*mergeAction, error) {
	x := &mergeAction{matched: a.Matched, command: a.Command, written: map[int]bool{}}
	entries := append([]int{b.q.Result}, r.entries...)
	var err error
	if a.When != nil {
		if x.when, err = b.over([]query.Expr{a.When}, entries...); err != nil {
			return nil, err
		}
	}
	var exprs []query.Expr
	x.set, exprs = b.setters(t, a.Assign)
	if x.values, err = b.over(exprs, entries...); err != nil {
		return nil, err
	}
	own := map[int]bool{} // columns that take their default
	for _, y := range a.Assign {
		c := position(t.rel, y.Column.Num)
		x.written[c] = true
		if _, ok := y.Expr.(*query.SetToDefault); ok {
			own[c] = true
		}
	}
	if a.Command == query.Insert {
		for i := range t.rel.Columns {
			if !x.written[i] {
				own[i] = true
			}
		}
	}
	if len(own) == 0 {
		return x, nil
	}
	d, err := b.defaults(t, own)
	if err != nil {
		return nil, err
	}
	x.defaults = append(x.defaults, d)
	for c := range own {
		if a.Command == query.Update && t.rel.Columns[c].Generated == "" {
			x.defaults = append(x.defaults, &defaults{at: []int{c}})
		}
	}
	return x, nil
}

// mergeRun is a running MERGE.
type mergeRun struct {
	*merge
	s       *statement
	ps      *params
	n       int64
	touched map[int64]bool
}

// row does with a joined row what the first clause that applies says.
func (m *mergeRun) row(row []types.Datum) error {
	r, s := m.reading, m.s
	matched := !row[0].IsNull()
	id, old := row[0].I, row[1:1+r.columns]
	lists := append([][]types.Datum{old}, r.others(row)...)
	for _, a := range m.actions {
		if a.matched != matched {
			continue
		}
		if a.when != nil {
			v, err := a.when.eval(s, m.ps, lists...)
			if err != nil {
				return err
			}
			if v[0].IsNull() || !v[0].Bool() {
				continue
			}
		}
		done, err := m.act(a, id, old, lists)
		if done {
			m.n++
		}
		return err
	}
	return nil
}

func (m *mergeRun) act(a *mergeAction, id int64, old []types.Datum, lists [][]types.Datum) (done bool, err error) {
	s := m.s
	switch a.command {
	case query.Update:
		err = m.mayUpdate.verify(s, m.ps, old, nil)
	case query.Delete:
		err = m.mayDelete.verify(s, m.ps, old, nil)
	case query.Select:
		return false, nil
	}
	if err != nil {
		return false, err
	}
	next := make([]types.Datum, len(m.t.rel.Columns))
	if a.command == query.Update {
		copy(next, old)
	}
	if a.command != query.Delete {
		if err := m.project(a, next, lists); err != nil {
			return false, err
		}
	}
	if a.command == query.Insert {
		row, skip, err := s.admit(m.t, m.ps, next, m.inserts, a.written)
		if err != nil || skip {
			return false, err
		}
		_, err = s.land(m.t, row)
		return true, err
	}
	if m.touched[id] {
		return false, errs.New("21000", "MERGE command cannot affect row a second time").
			WithHint("Ensure that not more than one source row matches any one target row.")
	}
	m.touched[id] = true
	if s.isMine(m.t, id) {
		return false, nil
	}
	if a.command == query.Delete {
		skip, err := s.removeRow(m.t, id, old)
		return !skip, err
	}
	_, skip, err := s.rewrite(m.t, m.ps, id, old, next, m.updated, m.updates, m.view)
	return !skip, err
}

// project computes the new row.
func (m *mergeRun) project(a *mergeAction, next []types.Datum, lists [][]types.Datum) error {
	for i := len(a.defaults) - 1; i >= 0; i-- {
		if err := a.defaults[i].fill(m.s.tx, next); err != nil {
			return err
		}
	}
	if a.values == nil {
		return nil
	}
	values, err := a.values.eval(m.s, m.ps, lists...)
	if err != nil {
		return err
	}
	return m.s.set(a.set, next, values)
}
