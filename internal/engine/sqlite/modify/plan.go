package modify

import (
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Plan is a statement that writes, compiled once and run many times: an INSERT, UPDATE or DELETE, or a query over
// data-modifying WITH queries. It is not changed by running.
type Plan struct {
	// Columns are the result columns; none without RETURNING.
	Columns []printer.Column
	// Verb is the command tag's verb: "INSERT", "UPDATE", "DELETE" or "SELECT".
	Verb string

	snap *catalog.Snapshot
	ctes []cte
	past bool // its parts must see the tables as they were when it began
	run  func(s *statement, p *params, emit func([]types.Datum) error) (int64, error)
}

// cte is a data-modifying WITH query; the rows it returns are given to the texts that read it.
type cte struct {
	name string
	read bool
	plan *Plan
}

// params are the statement's parameters followed by the rows of the data-modifying WITH queries, in the order of Plan.ctes.
type params struct {
	args  []types.Datum
	given []types.Datum
}

// Writes says whether q changes rows: it is not a SELECT, or one of its WITH queries is not.
func Writes(q *query.Query) bool {
	if q.Command != query.Select {
		return true
	}
	for _, c := range q.CTEs {
		if Writes(c.Query) {
			return true
		}
	}
	return false
}

// Compile makes the plan of a guarded tree. args is the number of the statement's parameters, given are the names of WITH
// queries whose rows Run gets.
func (c *Compiler) Compile(snap *catalog.Snapshot, q *query.Query, args int, given ...string) (*Plan, error) {
	var around map[string]int
	for i, name := range given {
		if around == nil {
			around = map[string]int{}
		}
		around[name] = args + i + 1
	}
	return c.compile(snap, q, args, around)
}

// compile compiles q; given are the parameters of the rows of data-modifying WITH queries around it, which stand among
// its own WITH queries.
func (c *Compiler) compile(snap *catalog.Snapshot, q *query.Query, args int, around map[string]int) (*Plan, error) {
	p := &Plan{snap: snap}
	given := maps.Clone(around)
	if given == nil {
		given = map[string]int{}
	}
	for i, w := range q.CTEs {
		if _, done := around[w.Name]; done || !Writes(w.Query) {
			continue
		}
		// What nobody reads is run last, by itself; the rows of the others are parameters.
		plan, err := c.compile(snap, withOuter(w.Query, q.CTEs[:i]), args, given)
		if err != nil {
			return nil, err
		}
		p.ctes = append(p.ctes, cte{w.Name, w.Refs > 0, plan})
		if w.Refs > 0 {
			given[w.Name] = args + len(given) + 1
		}
	}
	if len(p.ctes) > 0 {
		own := *q
		own.CTEs = slices.DeleteFunc(slices.Clone(q.CTEs), unread)
		q = &own
	}
	b := &builder{c: c, snap: snap, q: q, args: args, given: given, all: args + len(given)}
	var err error
	switch q.Command {
	case query.Select:
		p.Verb = "SELECT"
		err = b.read(p)
	case query.Insert:
		p.Verb = "INSERT"
		err = b.insert(p)
	case query.Update:
		p.Verb = "UPDATE"
		err = b.update(p)
	case query.Delete:
		p.Verb = "DELETE"
		err = b.remove(p)
	default:
		p.Verb = "MERGE"
		err = b.merge(p)
	}
	if err != nil {
		return nil, err
	}
	p.past = b.past || len(p.ctes) > 0
	return p, nil
}

// Run runs the plan and gives the number of rows written (or, for a query, read). emit gets the rows of RETURNING or of
// the query, before the checks at the statement's end: when Run fails what was emitted must be thrown away, and the
// savepoint around it rolled back.
//
// given are the rows of the WITH queries named to Compile, as JSON arrays of arrays of storage values.
func (p *Plan) Run(c *Compiler, tx *session.Tx, args []types.Datum, emit func([]types.Datum) error, given ...types.Datum) (int64, error) {
	if tx.ReadOnly {
		return 0, errs.New("25006", "cannot execute %s in a read-only transaction", p.readOnlyVerb())
	}
	s := &statement{c: c, tx: tx}
	if p.past {
		s.past = &past{changed: map[rowKey]bool{}}
		if err := tx.Conn.Exec("SAVEPOINT " + statementMark); err != nil {
			return 0, err
		}
		// What functions and triggers write inside of the statement is written again too.
		outer, mine := tx.OnWrite, s.past
		tx.OnWrite = func(sql string, args []types.Datum) {
			mine.writes = append(mine.writes, write{sql, args})
			if outer != nil {
				outer(sql, args)
			}
		}
		defer func() { tx.OnWrite = outer }()
	}
	n, err := p.exec(s, args, given, emit)
	if err == nil {
		err = s.finish()
	}
	if err != nil {
		return 0, err
	}
	if s.past != nil {
		err = tx.Conn.Exec("RELEASE " + statementMark)
	}
	return n, err
}

func (p *Plan) readOnlyVerb() string {
	if p.Verb == "SELECT" {
		for _, w := range p.ctes {
			return w.plan.readOnlyVerb()
		}
	}
	return p.Verb
}

func (p *Plan) exec(s *statement, args, given []types.Datum, emit func([]types.Datum) error) (int64, error) {
	all := &params{args: args, given: slices.Clone(given)}
	for _, w := range p.ctes {
		if !w.read {
			continue
		}
		rows := rowList{buf: []byte{'['}}
		if _, err := w.plan.exec(s, args, all.given, rows.add); err != nil {
			return 0, err
		}
		all.given = append(all.given, types.Text(string(append(rows.buf, ']'))))
	}
	n, err := p.run(s, all, emit)
	if err == nil {
		err = s.giveHeld()
	}
	if err != nil {
		return 0, err
	}
	for _, w := range slices.Backward(p.ctes) {
		if w.read {
			continue
		}
		if _, err := w.plan.exec(s, args, all.given, func([]types.Datum) error { return nil }); err != nil {
			return 0, err
		}
	}
	return n, nil
}

// unread says that a WITH query writes and nobody reads its rows.
func unread(w *query.CTE) bool { return w.Refs == 0 && Writes(w.Query) }

// withOuter gives a data-modifying WITH query the WITH queries before it as its own, for it is run alone.
func withOuter(q *query.Query, before []*query.CTE) *query.Query {
	if len(before) == 0 {
		return q
	}
	out := q.MapDeep(0, func(e query.Expr, _ int) query.Expr { return e })
	lowerCTEs(out, 0)
	out.CTEs = append(slices.DeleteFunc(slices.Clone(before), unread), out.CTEs...)
	return out
}

// lowerCTEs makes references to the WITH queries just outside of a query refer to the query's own level. depth is how far
// below it q stands.
func lowerCTEs(q *query.Query, depth int) {
	if q == nil {
		return
	}
	for _, r := range q.RTable {
		if r.Kind == query.CTERTE && r.CTELevelsUp == depth+1 {
			r.CTELevelsUp = depth
		}
		lowerCTEs(r.Subquery, depth+1)
	}
	for _, c := range q.CTEs {
		lowerCTEs(c.Query, depth+1)
	}
	lowerCTEs(q.Source, depth+1)
	q.Exprs(func(e query.Expr) {
		query.Walk(e, func(x query.Expr) bool {
			if l, ok := x.(*query.SubLink); ok {
				lowerCTEs(l.Query, depth+1)
			}
			return true
		})
	})
}

// rowList gathers rows as a JSON array of arrays of storage values.
type rowList struct {
	buf  []byte
	n    int
	done string
}

func (r *rowList) add(row []types.Datum) error {
	if r.n++; r.n > 1 {
		r.buf = append(r.buf, ',')
	}
	r.buf = append(r.buf, '[')
	for i, d := range row {
		if i > 0 {
			r.buf = append(r.buf, ',')
		}
		switch d.Kind {
		case types.KindNull:
			r.buf = append(r.buf, "null"...)
		case types.KindInt:
			r.buf = types.AppendOut(r.buf, types.ByOID(types.Int8OID), d, nil)
		case types.KindFloat:
			r.buf = appendFloat(r.buf, d.Float())
		case types.KindText:
			r.buf = types.AppendJSONString(r.buf, d.S)
		case types.KindBytes:
			r.buf = append(r.buf, `"x`...)
			r.buf = hex.AppendEncode(r.buf, []byte(d.S))
			r.buf = append(r.buf, '"')
		}
	}
	r.buf = append(r.buf, ']')
	return nil
}

// appendFloat writes a float so that SQLite's JSON reads a float again.
func appendFloat(buf []byte, f float64) []byte {
	b, err := json.Marshal(f)
	if err != nil { // an infinity: SQLite reads a number beyond its range as one
		if f < 0 {
			buf = append(buf, '-')
		}
		return append(buf, "9e999"...)
	}
	whole := true
	for _, c := range b {
		if c == '.' || c == 'e' || c == 'E' {
			whole = false
		}
	}
	buf = append(buf, b...)
	if whole {
		buf = append(buf, ".0"...)
	}
	return buf
}

// builder compiles one query.
type builder struct {
	c     *Compiler
	snap  *catalog.Snapshot
	q     *query.Query
	args  int            // the statement's parameters
	given map[string]int // WITH queries given as parameters
	all   int            // parameters of the texts: args and given
	past  bool           // some expressions must see the tables as they were when the statement began
}

// lists are the parameters before those of a row.
func (p *params) lists() []types.Datum {
	if len(p.given) == 0 {
		return p.args
	}
	return append(append(make([]types.Datum, 0, len(p.args)+len(p.given)), p.args...), p.given...)
}

// queryText prints a query that reads.
func (b *builder) queryText(q *query.Query) (*printer.Text, error) {
	return b.c.Query(b.snap, q, printer.Options{Given: b.given})
}

// scan runs a printed query and gives all its rows: a statement does not see its own writes. With an error it gives the
// rows before: the statement meets their errors first.
func (s *statement) scan(text *printer.Text, p *params) (rows [][]types.Datum, err error) {
	err = s.before(func() error {
		return each(s.tx, text, p, func(row []types.Datum) error {
			rows = append(rows, row)
			return nil
		})
	})
	return rows, err
}

func each(tx *session.Tx, text *printer.Text, p *params, f func([]types.Datum) error) error {
	args := p.lists()
	if len(args) > text.Params {
		args = args[:text.Params]
	}
	return tx.Conn.Query(text.SQL, f, args...)
}

// read compiles a query over data-modifying WITH queries.
func (b *builder) read(p *Plan) error {
	text, err := b.queryText(b.q)
	if err != nil {
		return err
	}
	p.Columns = text.Columns
	p.run = func(s *statement, ps *params, emit func([]types.Datum) error) (int64, error) {
		rows, err := s.scan(text, ps)
		for _, row := range rows {
			if err == nil {
				err = emit(row[:len(text.Columns)])
			}
		}
		return int64(len(rows)), err
	}
	return nil
}

// rowExprs are expressions of the statement over rows given as parameters, printed after the statement's own parameters.
type rowExprs struct {
	text *printer.Text
	past bool // they read what the statement writes
	leaf bool // the partition of the written row is one more parameter
	lock bool // so is its xmax
}

// over prints expressions over the rows of the listed range table entries, in that order.
func (b *builder) over(exprs []query.Expr, entries ...int) (*rowExprs, error) {
	if len(exprs) == 0 {
		return nil, nil
	}
	opt := printer.Options{Rows: map[int]int{}, Given: b.given}
	next := b.all + 1
	for _, rt := range entries {
		opt.Rows[rt] = next
		next += len(b.q.RTable[rt-1].Columns)
	}
	text, err := b.c.Row(b.snap, b.q, exprs, opt)
	if err != nil {
		return nil, err
	}
	past := b.readsWritten(exprs)
	b.past = b.past || past
	return &rowExprs{text: text, past: past}, nil
}

// readsWritten says that subqueries of the expressions read the table the statement writes, or one its WITH queries may
// write: they must see it as it was.
func (b *builder) readsWritten(exprs []query.Expr) bool {
	reads := false
	look := func(q *query.Query) bool {
		for _, r := range q.RTable {
			reads = reads || r.Relation != nil && (len(b.given) > 0 || b.q.Result > 0 && r.Relation == b.q.RTable[b.q.Result-1].Relation)
		}
		return !reads
	}
	for _, e := range exprs {
		query.Walk(e, func(x query.Expr) bool {
			if l, ok := x.(*query.SubLink); ok && !reads {
				query.Visit(l.Query, look, nil)
			}
			return !reads
		})
	}
	return reads
}

func (r *rowExprs) eval(s *statement, p *params, rows ...[]types.Datum) (out []types.Datum, err error) {
	lists := append([][]types.Datum{p.lists()}, rows...)
	if !r.past {
		return (&rowText{r.text}).eval(s.tx, lists...)
	}
	err = s.before(func() error {
		out, err = (&rowText{r.text}).eval(s.tx, lists...)
		return err
	})
	return out, err
}

// returning compiles RETURNING over the rows of the listed entries.
func (b *builder) returning(p *Plan, entries ...int) (*rowExprs, error) {
	if len(b.q.Returning) == 0 {
		return nil, nil
	}
	var exprs []query.Expr
	for _, t := range b.q.Returning {
		exprs = append(exprs, t.Expr)
	}
	leaf, lock := false, false
	next := b.all + 1
	for _, rt := range entries {
		next += len(b.q.RTable[rt-1].Columns)
	}
	if b.q.RTable[b.q.Result-1].Relation.Partitioning != nil {
		if exprs, leaf = withSystem(exprs, b.q.Result, query.SysTable, next); leaf {
			next++
		}
	}
	if b.q.Command == query.Insert || b.q.Command == query.Update {
		exprs, lock = withSystem(exprs, b.q.Result, query.SysXmax, next)
	}
	r, err := b.over(exprs, entries...)
	if err != nil {
		return nil, err
	}
	r.leaf, r.lock = leaf, lock
	for i, t := range b.q.Returning {
		p.Columns = append(p.Columns, printer.Column{Name: t.Name, Type: t.Expr.Type(), Typmod: t.Expr.Typmod()})
		if i < len(r.text.Columns) && r.text.Columns[i].Type != nil {
			p.Columns[i].Type = r.text.Columns[i].Type
		}
	}
	return r, nil
}

// checks are the row security and view checks of one kind over a row of the result entry.
type checks struct {
	table *table
	list  []*query.WithCheck
	exprs *rowExprs
}

func (b *builder) checks(t *table, kinds ...string) (*checks, error) {
	out := &checks{table: t}
	var exprs []query.Expr
	for _, w := range b.q.RTable[b.q.Result-1].Checks {
		for _, k := range kinds {
			if w.Kind == k {
				out.list = append(out.list, w)
				exprs = append(exprs, w.Expr)
			}
		}
	}
	var err error
	out.exprs, err = b.over(exprs, b.q.Result)
	return out, err
}

// verify fails for the first check that is not true.
func (c *checks) verify(s *statement, p *params, row []types.Datum, written map[int]bool) error {
	if c.exprs == nil {
		return nil
	}
	values, err := c.exprs.eval(s, p, row)
	if err != nil {
		return err
	}
	for i, v := range values {
		if !v.IsNull() && v.Bool() {
			continue
		}
		w := c.list[i]
		if w.View != "" {
			e := errs.New("44000", "new row violates check option for view \"%s\"", w.View)
			e.Detail = failingRow(s.tx, c.table, row, written)
			return e
		}
		using, whose := "", "new"
		if strings.HasPrefix(w.Kind, "merge ") && w.Kind != "merge select" {
			using, whose = " (USING expression)", "target"
		}
		if w.Kind == "conflict update" {
			using = " (USING expression)"
		}
		if w.Policy != "" {
			return errs.New("42501", "%s row violates row-level security policy \"%s\"%s for table \"%s\"", whose, w.Policy, using, c.table.rel.Name)
		}
		return errs.New("42501", "%s row violates row-level security policy%s for table \"%s\"", whose, using, c.table.rel.Name)
	}
	return nil
}
