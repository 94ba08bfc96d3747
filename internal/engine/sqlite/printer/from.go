package printer

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
)

// from prints the items of FROM.
func (p *printer) from(l *level) string {
	var first, rest []string
	wide := 0
	for _, f := range l.q.From {
		s := p.item(l, f)
		// In SQLite a comma binds like JOIN: a RIGHT or FULL JOIN after a comma would take in what stands before it.
		if outerRight(f) {
			wide++
			if wide > 1 {
				s = "(" + s + ")"
			}
			first = append(first, s)
		} else {
			rest = append(rest, s)
		}
	}
	return strings.Join(append(first, rest...), ", ")
}

func outerRight(f query.FromItem) bool {
	j, ok := f.(*query.Join)
	return ok && (j.Kind == query.Right || j.Kind == query.Full || outerRight(j.Left) || outerRight(j.Right))
}

func (p *printer) item(l *level, f query.FromItem) string {
	switch f := f.(type) {
	case *query.TableRef:
		return p.table(l, f.RT)
	case *query.Join:
		left, right := p.item(l, f.Left), p.item(l, f.Right)
		if _, ok := f.Right.(*query.Join); ok {
			right = "(" + right + ")"
		}
		on := ""
		if f.On != nil {
			on = " ON " + chain(p.conditions(l, f.On, entries(f, map[int]bool{})), " AND ")
		}
		switch f.Kind {
		case query.Left:
			if on == "" {
				on = " ON 1"
			}
			return left + " LEFT JOIN " + right + on
		case query.Right:
			if on == "" {
				on = " ON 1"
			}
			return left + " RIGHT JOIN " + right + on
		case query.Full:
			if !matchable(f) {
				return p.fail(errs.New("0A000", "FULL JOIN is only supported with merge-joinable or hash-joinable join conditions"))
			}
			if on == "" {
				on = " ON 1"
			}
			return left + " FULL JOIN " + right + on
		}
		return left + " JOIN " + right + on
	}
	return p.fail(internal("join tree"))
}

// table prints one range table entry of FROM.
func (p *printer) table(l *level, rt int) string {
	s := l.source(rt)
	r := s.rte
	as := " AS " + s.alias
	switch r.Kind {
	case query.RelationRTE:
		return p.relation(l, s)
	case query.SubqueryRTE:
		return p.subquery(l, s, r.Subquery)
	case query.FunctionRTE:
		return p.functions(l, s)
	case query.ValuesRTE:
		if r.Lateral {
			return p.lateral(l, s, p.values(l, r.Values), len(r.Columns))
		}
		s.present = s.alias + ".c0"
		if s.nullable {
			return "(SELECT *, 1 AS c0 FROM (" + p.values(l, r.Values) + "))" + as
		}
		return "(" + p.values(l, r.Values) + ")" + as
	case query.CTERTE:
		up := l.outer(r.CTELevelsUp)
		if up == nil || up.ctes[r.CTE.Name] == "" {
			return p.fail(internal("WITH query " + r.CTE.Name))
		}
		p.longest = max(p.longest, p.chains[r.CTE])
		if s.nullable {
			s.present = s.alias + ".c0"
			return "(SELECT *, 1 AS c0 FROM " + up.ctes[r.CTE.Name] + ")" + as
		}
		return up.ctes[r.CTE.Name] + as
	}
	return p.fail(internal("range table entry"))
}

func (p *printer) relation(l *level, s *source) string {
	r := s.rte
	if builtin.Base().RelationByOID(r.Relation.OID) != nil {
		return p.system(s)
	}
	switch r.Relation.Kind {
	case catalog.Table, catalog.MaterializedView, catalog.PartitionedTable:
	case catalog.SequenceRel:
		s.present = s.alias + "." + layout.RowID
		p.entry(s)
		oid := strconv.FormatUint(uint64(r.Relation.OID), 10)
		return "(SELECT 1 AS " + layout.RowID + ", pg_seqlast(" + oid + ") AS last_value, 0 AS log_cnt, pg_seqcalled(" + oid + ") AS is_called) AS " + s.alias
	default:
		return p.unsupported("reading relation \""+r.Relation.Name+"\"", "", r.Pos)
	}
	if r.Relation.Unpopulated {
		p.fail(errs.New("55000", "materialized view \"%s\" has not been populated", r.Relation.Name).
			WithHint("Use the REFRESH MATERIALIZED VIEW command."))
	}
	table := layout.Rows(r.Relation)
	if r.Only && r.Relation.Kind == catalog.PartitionedTable {
		table = "(SELECT " + layout.RowID + ", * FROM " + layout.QuotedTable(r.Relation) + " WHERE 0)"
	}
	s.present = s.alias + "." + layout.RowID
	p.entry(s)
	if r.Sample != nil {
		cond := p.sampled(l, s.alias, r.Sample)
		if s.nullable {
			table = "(SELECT " + layout.RowID + ", * FROM " + table + " AS " + s.alias + " WHERE " + cond + ")"
		} else {
			l.where = append(l.where, cond)
		}
	}
	if p.acts && !s.nullable {
		// Rows that functions add while the query runs are not the query's to see.
		l.where = append(l.where, "+"+s.alias+"."+layout.RowID+" <= (SELECT max("+layout.RowID+") FROM "+table+")")
	}
	if len(r.Security) == 0 {
		return table + " AS " + s.alias
	}
	if !s.nullable {
		for _, e := range r.Security {
			l.security = append(l.security, p.expr(l, e))
		}
		return table + " AS " + s.alias
	}
	// On the side of an outer join that may be missing the rows must be gone before the join. The conditions speak of
	// the table by its alias, which inside is the table itself.
	var conds []string
	nullable := s.nullable
	s.nullable = false
	for _, e := range r.Security {
		conds = append(conds, p.expr(l, e))
	}
	s.nullable = nullable
	fence := ""
	if leaks(l.q) {
		fence = " LIMIT -1"
	}
	return "(SELECT " + layout.RowID + ", * FROM " + table + " AS " + s.alias + " WHERE " + chain(conds, " AND ") + fence + ") AS " + s.alias
}

// system prints a relation of the system's catalog.
func (p *printer) system(s *source) string {
	s.zero, s.system = true, true
	s.present = s.alias + ".rel"
	return sysview.Function + "(" + strconv.Itoa(int(s.rte.Relation.OID)) + ") AS " + s.alias
}

func (p *printer) entry(s *source) {
	if p.entries == nil {
		p.entries = map[string]Entry{}
	}
	p.entries[s.alias] = Entry{Relation: s.rte.Relation.Name, Alias: s.rte.Alias}
}

// sampled is the condition TABLESAMPLE puts on the rows of a table.
func (p *printer) sampled(l *level, alias string, sm *query.Sample) string {
	if sm.Seed == nil {
		return "pg_sample(" + p.expr(l, sm.Percent) + ", " + alias + "." + layout.RowID + ")"
	}
	return "pg_sample(" + p.expr(l, sm.Percent) + ", " + alias + "." + layout.RowID + ", " + p.expr(l, sm.Seed) + ")"
}

func (p *printer) subquery(l *level, s *source, q *query.Query) string {
	if s.rte.Lateral && refersOut(q) {
		sql := p.query(q, l)
		if len(q.OrderBy) > 0 && q.Limit == nil && q.Offset == nil {
			sql += " LIMIT -1"
		}
		return p.lateral(l, s, sql, len(output(q)))
	}
	sql := p.query(q, l)
	if q.Limit == nil && q.Offset == nil && (len(q.OrderBy) > 0 || p.fenced(l, q)) {
		// LIMIT keeps SQLite from dropping the order and from merging the subquery with the query around it.
		sql += " LIMIT -1"
	}
	if s.nullable {
		s.present = s.alias + ".c0"
		sql = "SELECT *, 1 AS c0 FROM (" + sql + ")"
	}
	return "(" + sql + ") AS " + s.alias
}

// fenced says whether a subquery must be evaluated as it stands: conditions of the query around it could otherwise see
// rows that row security hides, or volatile functions in it run another number of times.
func (p *printer) fenced(l *level, q *query.Query) bool {
	if volatileTargets(q) {
		return true
	}
	if !hasSecurity(q) {
		return false
	}
	return leaks(l.q)
}

func leaks(q *query.Query) bool {
	found := false
	q.Exprs(func(e query.Expr) { found = found || leaky(e) })
	return found
}

// lateral prints a subquery that refers to entries beside it: its rows are gathered into one value for each row of those,
// and read again from there.
func (p *printer) lateral(l *level, s *source, sql string, n int) string {
	s.zero = true
	s.present = s.alias + ".ord"
	cols := make([]string, n)
	for i := range cols {
		cols[i] = "c" + strconv.Itoa(i+1)
	}
	call := builtin.EncodeSetCalls(builtin.SetCall{Name: builtin.UnpackSet, Args: 1, Columns: n})
	pack := builtin.PackAggregate + "('', " + strings.Join(cols, ", ") + ")"
	if n == 0 {
		pack = builtin.PackAggregate + "('', 1)"
	}
	return builtin.RowsFunction + "(" + quoteText(call) + ", (SELECT " + pack + " FROM (" + sql + "))) AS " + s.alias
}

// functions prints functions in FROM.
func (p *printer) functions(l *level, s *source) string {
	r := s.rte
	s.zero = true
	s.present = s.alias + ".ord"
	if r.Ordinality {
		s.ordinal = len(r.Columns) - 1
	}
	var calls []builtin.SetCall
	var args []string
	columns := 0
	for _, f := range r.Functions {
		c, a := p.setCall(l, f)
		calls = append(calls, c)
		args = append(args, a...)
		columns += c.Columns
	}
	return p.rows(calls, args, columns, r.Pos) + " AS " + s.alias
}

func (p *printer) rows(calls []builtin.SetCall, args []string, columns, pos int) string {
	if columns > builtin.MaxSetColumns || len(args) > builtin.MaxSetArgs {
		return p.unsupported("a function with so many columns or arguments in FROM", "", pos)
	}
	text := builtin.EncodeSetCalls(calls...)
	if len(args) > builtin.MaxSetColumnsArgs {
		text, args = builtin.Bundled+text, []string{builtin.BundleFunction + "(" + strings.Join(args, ", ") + ")"}
	}
	all := append([]string{quoteText(text)}, args...)
	return builtin.RowsFunction + "(" + strings.Join(all, ", ") + ")"
}

// setCall prints a function of FROM: which of the engine's set functions it is, and its arguments.
func (p *printer) setCall(l *level, f *query.RangeFunc) (builtin.SetCall, []string) {
	n := max(len(f.Columns), 1)
	fn, ok := f.Expr.(*query.Func)
	if ok {
		form := builtin.FormOf(fn.Fn)
		if form != nil && form.Set {
			c := builtin.SetCall{Name: form.Name, Args: len(fn.Args), Columns: n}
			var args []string
			var items []builtin.Item
			for _, a := range fn.Args {
				args = append(args, p.expr(l, a))
				items = append(items, item(a))
			}
			if form.Typed {
				for _, col := range f.Columns {
					items = append(items, builtin.Item{Type: col.Type, Typmod: col.Typmod, Name: col.Name})
				}
				c.Desc = builtin.Describe(strconv.Itoa(len(args)), items...)
			}
			return c, args
		}
		if form == nil && runs(fn.Fn) {
			return p.setBody(l, fn, f.Columns)
		}
		if fn.Set || fn.Fn.ReturnsSet {
			p.refuse(fn.Fn, fn.Pos)
			return builtin.SetCall{Name: builtin.ValueSet, Columns: n}, nil
		}
	}
	if f.Composite {
		// A composite value's fields are the columns.
		if row, ok := f.Expr.(*query.Row); ok {
			return builtin.SetCall{Name: builtin.ValueSet, Args: len(row.Fields), Columns: n}, p.exprs(l, row.Fields)
		}
		items := []builtin.Item{item(f.Expr)}
		for _, col := range f.Columns {
			items = append(items, builtin.Item{Type: col.Type, Typmod: col.Typmod, Name: col.Name})
		}
		return builtin.SetCall{Name: builtin.FieldsSet, Args: 1, Columns: n, Desc: builtin.Describe("1", items...)},
			[]string{p.expr(l, f.Expr)}
	}
	return builtin.SetCall{Name: builtin.ValueSet, Args: 1, Columns: n}, []string{p.expr(l, f.Expr)}
}

func item(e query.Expr) builtin.Item { return builtin.Item{Type: e.Type(), Typmod: e.Typmod()} }

func (p *printer) exprs(l *level, es []query.Expr) []string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = p.expr(l, e)
	}
	return out
}
