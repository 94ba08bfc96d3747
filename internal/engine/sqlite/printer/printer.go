package printer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Query prints a SELECT, VALUES or set operation. What has no meaning on SQLite is an error with code 0A000.
func Query(snap *catalog.Snapshot, q *query.Query, opt Options) (*Text, error) {
	p := &printer{snap: snap, opt: opt, root: q, acts: acts(q)}
	out := &Text{}
	for _, t := range q.Targets {
		if !t.Junk {
			out.Columns = append(out.Columns, Column{Name: t.Name, Type: t.Expr.Type(), Typmod: t.Expr.Typmod()})
		}
	}
	out.SQL = p.query(q, nil)
	out.Params, out.Entries = p.params, p.entries
	if p.err != nil {
		return nil, p.err
	}
	return out, nil
}

// Row prints "SELECT e1, e2, ..." for expressions that stand in q, over rows given as parameters.
func Row(snap *catalog.Snapshot, q *query.Query, exprs []query.Expr, opt Options) (*Text, error) {
	p := &printer{snap: snap, opt: opt, root: q}
	out := &Text{}
	l := p.level(q, nil)
	with := p.with(l)
	var list []string
	for i, e := range exprs {
		list = append(list, p.expr(l, e)+" AS c"+strconv.Itoa(i+1))
		out.Columns = append(out.Columns, Column{Type: e.Type(), Typmod: e.Typmod()})
	}
	out.SQL = with + "SELECT " + strings.Join(list, ", ")
	out.Params = p.params
	if p.err != nil {
		return nil, p.err
	}
	return out, nil
}

// Expression prints an expression over the columns of one table, by their names alone: for an index on an expression or
// an index's WHERE. A function that is not immutable, a parameter or a subquery is an error.
func Expression(snap *catalog.Snapshot, q *query.Query, e query.Expr) (string, error) {
	p := &printer{snap: snap, root: q, bare: true}
	l := p.level(q, nil)
	s := p.expr(l, e)
	if p.err != nil {
		return "", p.err
	}
	return s, nil
}

// TableName is the SQLite table of a relation, quoted.
func TableName(schema, name string) string { return layout.Quote(layout.Table(schema, name)) }

// RowID is how the row number of a table is spelled.
func RowID(*catalog.Relation) string { return layout.RowID }

type printer struct {
	snap   *catalog.Snapshot
	opt    Options
	root   *query.Query
	err    error
	next   int // aliases given so far
	params int
	bare   bool
	// acts says that the query calls functions that may write while it reads.
	acts  bool
	depth int
	// arms counts the set operations around.
	arms int
	// chains tells for each WITH query how long a chain of WITH queries it reads; longest is the longest chain read so far.
	entries map[string]Entry
	chains  map[*query.CTE]int
	longest int
	// outputs are the types the outputs of the next query are compared as.
	outputs []*types.Type
}

// maxDepth bounds the nesting of what is printed: SQLite's own limit for expressions is 1,000.
const maxDepth = 400

// maxText bounds an expression's text.
const maxText = 16 << 20

// tooDeep refuses what would overflow SQLite's stack.
func (p *printer) tooDeep(pos int) string {
	e := errs.New("54001", "stack depth limit exceeded").WithHint("Simplify the statement: it nests too deeply.")
	if pos >= 0 {
		e.Position = pos + 1
	}
	return p.fail(e)
}

// fail keeps the first error.
func (p *printer) fail(err error) string {
	if p.err == nil {
		p.err = err
	}
	return "NULL"
}

func (p *printer) unsupported(what, hint string, pos int) string {
	e := errs.Unsupported(what, hint)
	if pos >= 0 {
		e.Position = pos + 1
	}
	return p.fail(e)
}

func (p *printer) alias(prefix string) string {
	p.next++
	return prefix + strconv.Itoa(p.next)
}

func (p *printer) param(n int) string {
	p.params = max(p.params, n)
	return "?" + strconv.Itoa(n)
}

// level is one query level: where the Vars of its expressions find their columns.
type level struct {
	q *query.Query
	// outputs are the types the query's outputs are compared as, nil for their own.
	outputs []*types.Type
	up      *level
	from    []*source
	ctes    map[string]string
	// where gathers conditions that reading the sources adds.
	where []string
	// security are the row security conditions of sources read without a subquery of their own.
	security []string
	// caseArg stands for CaseArg, subValues for SubValue.
	caseArg   []string
	subValues [][]string
	// domainValue stands for VALUE.
	domainValue string
	// given are expressions that are computed elsewhere, by pointer: set-returning functions of the target list, and what
	// is computed before those run.
	given map[query.Expr]string
	// nulled are the grouping keys that the present grouping set leaves out; inAgg counts aggregates around.
	nulled map[string]bool
	set    []int
	inAgg  int
}

// source is a range table entry as it is printed.
type source struct {
	rte   *query.RTE
	alias string
	// nullable says that an outer join may fill the entry with NULLs.
	nullable bool
	// param is the number of the first column's parameter when the row is given, else 0.
	param int
	// zero says that columns are called c0, c1, ... (pg_rows) instead of c1, c2, ...
	zero bool
	// system says that it is a relation of the system's catalog.
	system bool
	// ordinal is the position of the ordinality column, -1 when there is none.
	ordinal int
	// present is an expression that is not NULL exactly when the entry has a row, for nullable entries.
	present string
}

func (p *printer) level(q *query.Query, up *level) *level {
	l := &level{q: q, up: up, ctes: map[string]string{}}
	for i, r := range q.RTable {
		s := &source{rte: r, ordinal: -1}
		if up == nil && q == p.root {
			s.param = p.opt.Rows[i+1]
		}
		if s.param == 0 && r.Kind != query.JoinRTE {
			s.alias = p.alias("t")
		}
		l.from = append(l.from, s)
	}
	for _, f := range q.From {
		l.markNullable(f, false)
	}
	return l
}

func (l *level) markNullable(f query.FromItem, nullable bool) {
	switch f := f.(type) {
	case *query.TableRef:
		l.source(f.RT).nullable = nullable
	case *query.Join:
		l.markNullable(f.Left, nullable || f.Kind == query.Right || f.Kind == query.Full)
		l.markNullable(f.Right, nullable || f.Kind == query.Left || f.Kind == query.Full)
		if f.RT > 0 {
			l.source(f.RT).nullable = nullable || f.Kind != query.Inner
		}
	}
}

func (l *level) source(rt int) *source { return l.from[rt-1] }

func (l *level) outer(levels int) *level {
	for ; levels > 0 && l != nil; levels-- {
		l = l.up
	}
	return l
}

// column prints a column of a source.
func (p *printer) column(l *level, rt, col int) string {
	s := l.source(rt)
	switch {
	case s.param > 0:
		return p.param(s.param + col)
	case s.rte.Kind == query.JoinRTE:
		return p.expr(l, s.rte.JoinVars[col])
	case s.system:
		return s.alias + ".c" + strconv.Itoa(int(s.rte.Columns[col].Num)-1)
	case s.rte.Kind == query.RelationRTE:
		// The entry's own names may be an alias's.
		name := s.rte.Columns[col].Name
		if c := s.rte.Relation.ColumnByNum(s.rte.Columns[col].Num); c != nil {
			name = c.Name
		}
		name = layout.QuotedColumn(name)
		if p.bare {
			return name
		}
		return s.alias + "." + name
	case s.ordinal == col:
		return s.alias + ".ord"
	case s.zero:
		return s.alias + ".c" + strconv.Itoa(col)
	}
	return s.alias + ".c" + strconv.Itoa(col+1)
}

// literal prints a storage value.
func literal(d types.Datum) string {
	switch d.Kind {
	case types.KindInt:
		if d.I < 0 {
			return "(" + strconv.FormatInt(d.I, 10) + ")"
		}
		return strconv.FormatInt(d.I, 10)
	case types.KindFloat:
		f := d.Float()
		switch {
		case f > 1.7976931348623157e308:
			return "9e999"
		case f < -1.7976931348623157e308:
			return "(-9e999)"
		}
		s := strconv.FormatFloat(f, 'e', -1, 64)
		if !strings.ContainsAny(s, ".") {
			s = strings.Replace(s, "e", ".0e", 1)
		}
		if s[0] == '-' {
			return "(" + s + ")"
		}
		return s
	case types.KindText:
		return quoteText(d.S)
	case types.KindBytes:
		const hex = "0123456789abcdef"
		b := make([]byte, 0, 2*len(d.S)+3)
		b = append(b, "x'"...)
		for i := 0; i < len(d.S); i++ {
			b = append(b, hex[d.S[i]>>4], hex[d.S[i]&15])
		}
		return string(append(b, '\''))
	}
	return "NULL"
}

// quoteText prints a text literal. PostgreSQL has no NUL in a text, and SQLite would end the statement there.
func quoteText(s string) string {
	if i := strings.IndexByte(s, 0); i >= 0 {
		s = s[:i]
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}
