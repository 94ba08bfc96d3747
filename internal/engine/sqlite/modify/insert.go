package modify

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// defaults computes what a column gets when it is given nothing.
type defaults struct {
	at   []int
	text *rowText
}

func (b *builder) insert(p *Plan) error {
	t, err := b.c.table(b.snap, b.q.RTable[b.q.Result-1].Relation)
	if err != nil {
		return err
	}
	src, err := b.source()
	if err != nil {
		return err
	}
	at := make([]int, len(b.q.Assign)) // column of each assignment
	given, written := map[int]bool{}, map[int]bool{}
	for i, a := range b.q.Assign {
		at[i] = position(t.rel, a.Column.Num)
		written[at[i]] = true
		if a.Expr != nil {
			if _, isDefault := a.Expr.(*query.SetToDefault); isDefault {
				continue
			}
			return errs.New("XX000", "an assigned column of INSERT must be a column of its source")
		}
		if b.q.Overriding == "user" && a.Column.Identity != "" {
			continue
		}
		given[at[i]] = true
	}
	ds := map[int]bool{}
	for i, c := range t.rel.Columns {
		if !given[i] && c.Generated == "" {
			ds[i] = true
		}
	}
	parts, subscripts, err := b.insertedParts()
	if err != nil {
		return err
	}
	usual, err := b.defaults(t, ds)
	if err != nil {
		return err
	}
	if len(parts) == 0 {
		if err := b.single(t, src, at, given); err != nil {
			return err
		}
	}
	byColumn := map[int]*defaults{}
	for _, r := range src.rows {
		has := map[int]bool{}
		for _, a := range r.at {
			has[a] = true
		}
		for i := range at {
			if !has[i] && byColumn[at[i]] == nil {
				if byColumn[at[i]], err = b.defaults(t, map[int]bool{at[i]: true}); err != nil {
					return err
				}
			}
		}
	}
	insertChecks, err := b.checks(t, "insert", "select")
	if err != nil {
		return err
	}
	viewChecks, err := b.checks(t, "view")
	if err != nil {
		return err
	}
	ret, err := b.returning(p, b.q.Result)
	if err != nil {
		return err
	}
	conflict, err := b.conflict(t, viewChecks, written)
	if err != nil {
		return err
	}
	// build makes the row of a source's values.
	build := func(s *statement, ps *params, row, values []types.Datum, has func(i int) bool) error {
		if err := usual.fill(s.tx, row); err != nil {
			return err
		}
		subs, err := subscripts(s, ps)
		if err != nil {
			return err
		}
		for i, c := range at {
			switch {
			case !has(i):
				if d := byColumn[c]; d != nil {
					if err := d.fill(s.tx, row); err != nil {
						return err
					}
				}
			case parts[i] != nil:
				if row[c], err = parts[i].put(s.tx.Env(), row[c], values[i], subs[i]); err != nil {
					return err
				}
			case given[c]:
				row[c] = values[i]
			}
		}
		return nil
	}
	p.run = func(s *statement, ps *params, emit func([]types.Datum) error) (n int64, err error) {
		var touched map[int64]bool
		if conflict != nil {
			touched = map[int64]bool{}
		}
		one := func(row []types.Datum) error {
			if t.rel.Kind == catalog.View {
				row, skip, err := s.insteadOf(t, ast.TriggerOnInsert, nil, row)
				if err != nil || skip {
					return err
				}
				n++
				return give(s, ps, ret, emit, row)
			}
			row, skip, err := s.admit(t, ps, row, insertChecks, written)
			if err != nil || skip {
				return err
			}
			if conflict != nil {
				row, handled, err := conflict.resolve(s, ps, row, touched)
				if err != nil {
					return err
				}
				if handled {
					if row == nil {
						return nil
					}
					n++
					// PostgreSQL locks the row before it updates it: that is how one tells it from an inserted one.
					s.locker = s.tx.Start.UnixMicro()&(1<<31-1) | 1
					err := give(s, ps, ret, emit, row)
					s.locker = 0
					return err
				}
			}
			id, err := s.land(t, row)
			if err != nil {
				return err
			}
			if touched != nil {
				touched[id] = true
			}
			n++
			if err := viewChecks.verify(s, ps, row, written); err != nil {
				return err
			}
			return give(s, ps, ret, emit, row)
		}
		after, err := s.around(t, ast.TriggerOnInsert, nil)
		if err != nil {
			return 0, err
		}
		afterUpdate := func() {}
		if conflict != nil && conflict.update {
			if afterUpdate, err = s.around(t, ast.TriggerOnUpdate, conflict.written); err != nil {
				return 0, err
			}
		}
		if src.single != nil {
			err = src.only(s, ps, len(t.rel.Columns), one)
		} else {
			err = src.each(s, ps, len(at), func(values []types.Datum, has func(int) bool) error {
				row := make([]types.Datum, len(t.rel.Columns))
				if err := build(s, ps, row, values, has); err != nil {
					return err
				}
				return one(row)
			})
		}
		afterUpdate()
		after()
		return n, err
	}
	return nil
}

// admit makes a new row ready to be written: its BEFORE triggers (skip says that one left it out), generated columns and checks.
func (s *statement) admit(t *table, ps *params, row []types.Datum, insert *checks, written map[int]bool) (_ []types.Datum, skip bool, err error) {
	root := t
	if t, err = s.leaf(root, row); err != nil {
		return nil, false, err
	}
	if len(t.triggers) > 0 {
		if row, skip, err = s.beforeRow(t, ast.TriggerOnInsert, 0, nil, row, nil); err != nil || skip {
			return nil, skip, err
		}
		if err := s.stays(root, t, row); err != nil {
			return nil, false, err
		}
	}
	if err := s.complete(t, row); err != nil {
		return nil, false, err
	}
	if err := insert.verify(s, ps, row, written); err != nil {
		return nil, false, err
	}
	if err := s.constrain(t, row, written); err != nil || !root.rel.IsPartition {
		return row, false, err
	}
	return row, false, s.belongs(root, row, written)
}

// land writes an admitted row.
func (s *statement) land(t *table, row []types.Datum) (int64, error) {
	t, err := s.leaf(t, row)
	if err != nil {
		return 0, err
	}
	id, err := s.insertRow(t, row)
	if err != nil {
		return 0, err
	}
	return id, s.afterRow(t, ast.TriggerOnInsert, nil, row, nil)
}

// insertedParts are the assignments to parts of columns, by the number of the assignment, and what computes their subscripts.
func (b *builder) insertedParts() (map[int]*part, func(s *statement, ps *params) (map[int][]types.Datum, error), error) {
	none := func(*statement, *params) (map[int][]types.Datum, error) { return nil, nil }
	parts := map[int]*part{}
	var exprs []query.Expr
	from := map[int]int{}
	for i, a := range b.q.Assign {
		if len(a.Path) > 0 {
			parts[i] = &part{path: a.Path}
			from[i] = len(exprs)
			exprs = append(exprs, partExprs(a.Path)...)
		}
	}
	if len(parts) == 0 {
		return nil, none, nil
	}
	text, err := b.over(exprs)
	if err != nil || text == nil {
		return parts, none, err
	}
	return parts, func(s *statement, ps *params) (map[int][]types.Datum, error) {
		values, err := text.eval(s, ps)
		if err != nil {
			return nil, err
		}
		out := make(map[int][]types.Datum, len(from))
		for i, n := range from {
			out[i] = values[n : n+len(partExprs(b.q.Assign[i].Path))]
		}
		return out, nil
	}, nil
}

// give emits what RETURNING makes of the rows.
func give(s *statement, ps *params, ret *rowExprs, emit func([]types.Datum) error, rows ...[]types.Datum) error {
	if ret == nil {
		return nil
	}
	if ret.leaf {
		rows = append(rows, []types.Datum{types.Int(int64(s.leafOID))})
	}
	if ret.lock {
		rows = append(rows, []types.Datum{types.Int(s.locker)})
	}
	now := func() error {
		out, err := ret.eval(s, ps, rows...)
		if err != nil {
			return err
		}
		return emit(out)
	}
	if ret.past {
		s.held = append(s.held, now)
		return nil
	}
	return now()
}

// giveHeld emits the rows that had to wait: what RETURNING reads is read once for all, as it was before the statement.
func (s *statement) giveHeld() error {
	held := s.held
	s.held = nil
	if len(held) == 0 {
		return nil
	}
	return s.before(func() error {
		for _, give := range held {
			if err := give(); err != nil {
				return err
			}
		}
		return nil
	})
}

// single makes the one row of a VALUES source one list of expressions.
func (b *builder) single(t *table, src *source, at []int, given map[int]bool) error {
	q := b.q.Source
	if q == nil || len(q.Values) != 1 || len(b.q.CTEs) > 0 || len(q.OrderBy) > 0 || q.Limit != nil || q.Offset != nil {
		return nil
	}
	var exprs []query.Expr
	var columns []int
	for i, c := range t.rel.Columns {
		if c.Generated != "" {
			continue
		}
		var e query.Expr
		for k, p := range at {
			if p != i || !given[i] {
				continue
			}
			if _, ok := q.Values[0][k].(*query.SetToDefault); !ok {
				e = q.Values[0][k]
			}
		}
		if e == nil {
			var err error
			if e, err = b.c.Default(b.snap, t.rel, c); err != nil {
				return err
			}
		}
		if e != nil {
			exprs, columns = append(exprs, e), append(columns, i)
		}
	}
	if len(exprs) == 0 {
		return nil
	}
	text, err := b.c.Row(b.snap, q, exprs, printer.Options{Given: b.given, Rows: map[int]int{}})
	if err != nil {
		return err
	}
	src.single, src.columns = &rowExprs{text: text}, columns
	return nil
}

func (b *builder) source() (*source, error) {
	src := b.q.Source
	if src == nil {
		return &source{}, nil
	}
	if hasDefault(src.Values) {
		out := &source{rows: []valuesRow{}, stream: b.streams(src)}
		for _, row := range src.Values {
			var r valuesRow
			var exprs []query.Expr
			for i, e := range row {
				if _, ok := e.(*query.SetToDefault); !ok {
					exprs = append(exprs, e)
					r.at = append(r.at, i)
				}
			}
			if len(exprs) > 0 {
				text, err := b.c.Row(b.snap, src, exprs, printer.Options{Given: b.given, Rows: map[int]int{}})
				if err != nil {
					return nil, err
				}
				r.exprs = &rowExprs{text: text}
			}
			out.rows = append(out.rows, r)
		}
		return out, nil
	}
	stream := b.streams(src)
	if len(b.q.CTEs) > 0 {
		src = b.under(src)
	}
	text, err := b.queryText(src)
	if err != nil {
		return nil, err
	}
	return &source{text: text, stream: stream}, nil
}

// defaults compiles the defaults of a set of columns.
func (b *builder) defaults(t *table, columns map[int]bool) (*defaults, error) {
	d := &defaults{}
	var exprs []query.Expr
	for i, c := range t.rel.Columns {
		if !columns[i] || c.Generated != "" {
			continue
		}
		e, err := b.c.Default(b.snap, t.rel, c)
		if err != nil {
			return nil, err
		}
		if e == nil {
			continue
		}
		d.at = append(d.at, i)
		exprs = append(exprs, e)
	}
	if len(exprs) == 0 {
		return d, nil
	}
	text, err := b.c.overRow(b.snap, t.rel, exprs...)
	if err != nil {
		return nil, err
	}
	d.text = text
	return d, nil
}

func (d *defaults) fill(tx *session.Tx, row []types.Datum) error {
	if d.text == nil {
		for _, i := range d.at {
			row[i] = types.Null()
		}
		return nil
	}
	values, err := d.text.eval(tx)
	if err != nil {
		return err
	}
	for k, i := range d.at {
		row[i] = values[k]
	}
	return nil
}
