package deparse

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// Names says how objects are named: qualified unless the search path finds them.
type Names interface {
	Relation(r *catalog.Relation) string
	Function(f *catalog.Function, args []*types.Type) string
	Type(t *types.Type, typmod int32) string
	// Operator is an operator's name, as OPERATOR(schema.name) when the path does not find it.
	Operator(o *catalog.Operator, name string) string
	Collation(name string) string
	// Value prints a value as its type does.
	Value(t *types.Type, d types.Datum) string
}

// Options say how a text is laid out.
type Options struct {
	Names Names
	// Pretty leaves out the parentheses that nobody needs.
	Pretty bool
	// Wrap is the width lines are filled to: 0 puts every item on a line of its own, -1 never breaks lines for it.
	Wrap int
	// Prefix qualifies columns with their table even when there is only one.
	Prefix bool
	// Columns are the names of the outermost query's columns.
	Columns []string
	// Params are the names of a function's parameters, for its body.
	Params []string
}

// Query prints a statement; the first line begins with a space, as PostgreSQL's does.
func Query(q *query.Query, opt Options) string {
	p := &printer{opt: opt}
	p.query(q, nil, opt.Columns, true, opt.Prefix)
	return p.b.String()
}

// Expr prints an expression over the given query level's range table.
func Expr(e query.Expr, rtable []*query.RTE, opt Options) string {
	p := &printer{opt: opt}
	l := &level{q: &query.Query{RTable: rtable}, prefix: opt.Prefix}
	l.name()
	p.l = l
	p.expr(e, false)
	return p.b.String()
}

// The amounts lines are indented by.
const (
	indentStd   = 8
	indentJoin  = 4
	indentVar   = 4
	indentLimit = 40
)

type printer struct {
	opt    Options
	b      strings.Builder
	l      *level
	indent int
}

// level is a query level: the names of its range table entries.
type level struct {
	q      *query.Query
	up     *level
	prefix bool
	names  []string
	// merged are the expressions of columns that FULL JOIN ... USING merges.
	merged map[query.Expr]string
}

func (l *level) name() {
	used := map[string]bool{}
	for o := l.up; o != nil; o = o.up {
		for _, n := range o.names {
			used[n] = true
		}
	}
	for _, r := range l.q.RTable {
		n := r.Alias
		if n == "" && r.Relation != nil {
			n = r.Relation.Name
		}
		base := n
		for i := 1; used[n] && n != "" && r.Kind != query.JoinRTE; i++ {
			n = base + "_" + itoa(i)
		}
		if r.Kind != query.JoinRTE || r.Alias != "" {
			used[n] = true
		}
		l.names = append(l.names, n)
		if r.Kind == query.JoinRTE {
			for i, e := range r.JoinVars {
				if _, ok := e.(*query.Coalesce); ok {
					if l.merged == nil {
						l.merged = map[query.Expr]string{}
					}
					l.merged[e] = r.Columns[i].Name
				}
			}
		}
	}
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func (p *printer) put(s string) { p.b.WriteString(s) }

// text prints into a text of its own.
func (p *printer) text(f func()) string {
	old := p.b
	p.b = strings.Builder{}
	f()
	s := p.b.String()
	p.b = old
	return s
}

// setText puts a text in place of what was printed so far.
func (p *printer) setText(s string) {
	p.b = strings.Builder{}
	p.b.WriteString(s)
}

func (p *printer) trim() { p.setText(strings.TrimRight(p.b.String(), " ")) }

// keyword begins a new line with a word.
func (p *printer) keyword(word string, before, after, plus int) {
	p.indent += before
	p.trim()
	p.put("\n")
	n := max(p.indent, 0) + plus
	if p.indent >= indentLimit {
		n = (indentLimit+(p.indent-indentLimit)/(indentStd/2))%indentLimit + plus
	}
	p.put(strings.Repeat(" ", max(n, 0)))
	p.put(word)
	p.indent = max(p.indent+after, 0)
}

// lastLine is the length of the line being printed.
func (p *printer) lastLine() int {
	s := p.b.String()
	return len(s) - strings.LastIndexByte(s, '\n') - 1
}

func quote(s string) string {
	return types.FormatType(&types.Type{Schema: "public", Name: s, Kind: types.BaseType}, -1)
}

// Statement prints a statement of a function's body: columns' names do not matter there.
func Statement(q *query.Query, opt Options) string {
	p := &printer{opt: opt}
	p.query(q, nil, nil, false, true)
	return p.b.String()
}
