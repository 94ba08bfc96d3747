package modify

import (
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// source gives the rows to insert: for each row a value per assignment and which of them are DEFAULT.
type source struct {
	text *printer.Text // the rows' query
	// rows are VALUES with DEFAULT somewhere: each row printed alone, without its defaults.
	rows []valuesRow
	// single is the one row of VALUES, its values and the defaults of the columns in between, and columns where they belong:
	// PostgreSQL computes it column by column.
	single  *rowExprs
	columns []int
	// stream says that each row is written before the next one is read: a function sees what was written.
	stream bool
}

type valuesRow struct {
	exprs *rowExprs
	at    []int // assignment of each expression
}

// only calls f for the one row of VALUES.
func (src *source) only(s *statement, ps *params, width int, f func(row []types.Datum) error) error {
	var values []types.Datum
	err := s.before(func() (err error) {
		values, err = src.single.eval(s, ps)
		return err
	})
	if err != nil {
		return err
	}
	row := make([]types.Datum, width)
	for k, c := range src.columns {
		row[c] = values[k]
	}
	return f(row)
}

// each calls f for every source row. The source is read to its end before the first row is written, unless it streams.
func (src *source) each(s *statement, ps *params, columns int, f func(values []types.Datum, has func(int) bool) error) error {
	all := func(int) bool { return true }
	switch {
	case src.text != nil && src.stream && s.past == nil:
		return each(s.tx, src.text, ps, func(row []types.Datum) error { return f(row, all) })
	case src.text != nil:
		rows, failed := s.scan(src.text, ps)
		for i, row := range rows {
			if i&255 == 255 && s.tx.Context.Err() != nil {
				return errs.New("57014", "canceling statement due to statement timeout")
			}
			if err := f(row, all); err != nil {
				return err
			}
		}
		return failed
	case src.rows != nil:
		type ready struct{ values, has []types.Datum }
		var list []ready
		var failed error
		for _, r := range src.rows {
			if src.stream {
				for _, x := range list {
					if err := f(x.values, func(i int) bool { return x.has[i].Bool() }); err != nil {
						return err
					}
				}
				list = list[:0]
			}
			x := ready{make([]types.Datum, columns), make([]types.Datum, columns)}
			if r.exprs != nil {
				values, err := r.exprs.eval(s, ps)
				if err != nil {
					failed = err
					break
				}
				for k, a := range r.at {
					x.values[a], x.has[a] = values[k], types.Bool(true)
				}
			}
			list = append(list, x)
		}
		for _, x := range list {
			if err := f(x.values, func(i int) bool { return x.has[i].Bool() }); err != nil {
				return err
			}
		}
		return failed
	}
	return f(nil, func(int) bool { return false })
}

// streams says that a source calls functions which may see, or be seen by, the writing of the rows before, and reads no table.
func (b *builder) streams(src *query.Query) bool {
	volatile, tables := false, len(b.q.CTEs) > 0
	query.Visit(src, func(q *query.Query) bool {
		for _, r := range q.RTable {
			tables = tables || r.Kind == query.RelationRTE || r.Kind == query.CTERTE
		}
		return true
	}, func(e query.Expr) bool {
		switch x := e.(type) {
		case *query.NextVal:
			volatile = true
		case *query.Func:
			volatile = volatile || x.Fn != nil && x.Fn.Volatility == 'v'
		}
		return true
	})
	return volatile && !tables
}

func hasDefault(rows [][]query.Expr) bool {
	for _, row := range rows {
		for _, e := range row {
			if _, ok := e.(*query.SetToDefault); ok {
				return true
			}
		}
	}
	return false
}

// under puts a source below the statement's WITH queries, where its references to them count one level.
func (b *builder) under(src *query.Query) *query.Query {
	rte := &query.RTE{Kind: query.SubqueryRTE, Alias: "source", Subquery: src, Pos: -1}
	q := &query.Query{CTEs: b.q.CTEs, Recursive: b.q.Recursive, RTable: []*query.RTE{rte}, From: []query.FromItem{&query.TableRef{RT: 1}}, Pos: -1}
	for i, t := range src.Targets {
		if t.Junk {
			continue
		}
		rte.Columns = append(rte.Columns, query.RTEColumn{Name: t.Name, Type: t.Expr.Type(), Typmod: t.Expr.Typmod(), Num: int32(i + 1)})
		q.Targets = append(q.Targets, &query.Target{Name: t.Name, Expr: &query.Var{
			T: query.T{Typ: t.Expr.Type(), Mod: t.Expr.Typmod(), Pos: -1}, RT: 1, Col: len(rte.Columns) - 1, Name: t.Name}})
	}
	return q
}
