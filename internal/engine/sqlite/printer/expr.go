package printer

import (
	"strconv"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/builtin"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// expr prints an expression so that it can stand anywhere: a name, a literal, a call, or in parentheses.
func (p *printer) expr(l *level, e query.Expr) string {
	if e == nil {
		return "NULL"
	}
	if s, ok := l.given[e]; ok {
		return s
	}
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth {
		return p.tooDeep(-1)
	}
	if len(l.nulled) > 0 && l.inAgg == 0 {
		// A grouping key that the present grouping set leaves out is NULL wherever it stands outside of aggregates.
		nulled := l.nulled
		l.nulled = map[string]bool{}
		s := contained(p.bareExpr(l, e), e)
		l.nulled = nulled
		if nulled[s] {
			return "NULL"
		}
	}
	s := contained(p.bareExpr(l, e), e)
	if len(s) > maxText {
		return p.fail(errs.New("54000", "the statement is too complex"))
	}
	return s
}

// contained keeps a collation that stands inside of an expression from becoming the collation of its value, as SQLite has it.
func contained(s string, e query.Expr) string {
	switch e.(type) {
	case *query.Var, *query.Const, *query.Param:
		return s
	}
	t := e.Type()
	if t == nil || width(t.Underlying()) > 0 || t.Underlying().OID == types.BoolOID || types.Collation(t) != "" || !strings.Contains(s, ` COLLATE "`) {
		return s
	}
	return "(" + s + " COLLATE BINARY)"
}

func (p *printer) bareExpr(l *level, e query.Expr) string {
	switch e := e.(type) {
	case *query.Var:
		return p.variable(l, e)
	case *query.Const:
		return literal(e.Value)
	case *query.Param:
		if p.bare {
			return p.unsupported("a parameter here", "", e.Pos)
		}
		if e.Func {
			return p.unsupported("a function's argument here", "", e.Pos)
		}
		return p.param(p.opt.ParamBase + e.Number)
	case *query.Func:
		return p.function(l, e)
	case *query.Op:
		return p.operator(l, e)
	case *query.AnyAll:
		return p.anyAll(l, e)
	case *query.Distinct:
		op := " IS NOT "
		if e.Not {
			op = " IS "
		}
		left, right, ok := p.comparable(l, e.Left, e.Right)
		if !ok {
			return p.unsupported("IS DISTINCT FROM on "+e.Left.Type().String()+" and "+e.Right.Type().String(), "", e.Pos)
		}
		return "(" + left + op + right + ")"
	case *query.NullIf:
		left, right, ok := p.comparable(l, e.Left, e.Right)
		if !ok {
			return p.unsupported("NULLIF on "+e.Left.Type().String()+" and "+e.Right.Type().String(), "", e.Pos)
		}
		return "nullif(" + left + ", " + right + ")"
	case *query.Bool:
		return p.boolean(l, e)
	case *query.NullTest:
		return p.nullTest(l, e)
	case *query.BoolTest:
		return p.boolTest(l, e)
	case *query.Case:
		return p.caseExpr(l, e)
	case *query.CaseArg:
		for at := l; at != nil; at = at.up {
			if n := len(at.caseArg); n > 0 {
				return at.caseArg[n-1]
			}
		}
		return p.fail(internal("CASE argument"))
	case *query.Coalesce:
		if len(e.Args) == 1 {
			return p.expr(l, e.Args[0])
		}
		return "coalesce(" + p.list(l, e.Args) + ")"
	case *query.MinMax:
		if !types.ByBytes(e.Type().Collate) && !p.bare {
			// The order is SQLite's collation's.
			name := "min"
			if e.Greatest {
				name = "max"
			}
			return "(SELECT " + name + "(" + collated("c1", e.Type()) + ") FROM (SELECT " +
				strings.Join(p.exprs(l, e.Args), " AS c1 UNION ALL SELECT ") + " AS c1))"
		}
		name := "pg_least"
		if e.Greatest {
			name = "pg_greatest"
		}
		return name + "(" + describe("", item(e)) + ", " + p.list(l, e.Args) + ")"
	case *query.Cast:
		return p.cast(l, e)
	case *query.Array:
		return p.array(l, e)
	case *query.Row:
		return p.row(l, e)
	case *query.RowCompare:
		return p.rowCompare(l, e)
	case *query.SubLink:
		return p.subLink(l, e)
	case *query.SubValue:
		for at := l; at != nil; at = at.up {
			if n := len(at.subValues); n > 0 {
				return at.subValues[n-1][e.Col]
			}
		}
		return p.fail(internal("subquery column"))
	case *query.Agg:
		return p.aggregate(l, e)
	case *query.Win:
		return p.window(l, e)
	case *query.Grouping:
		return p.grouping(l, e)
	case *query.SQLValue:
		return p.sqlValue(e)
	case *query.Subscript:
		return p.subscript(l, e)
	case *query.Field:
		return p.field(l, e)
	case *query.Collate:
		if types.ByBytes(e.Name) && types.Collation(e.Arg.Type()) != "" {
			return "(" + p.expr(l, e.Arg) + " COLLATE BINARY)"
		}
		return p.expr(l, e.Arg)
	case *query.DomainValue:
		for at := l; at != nil; at = at.up {
			if at.domainValue != "" {
				return at.domainValue
			}
		}
		if p.opt.DomainValue > 0 {
			return p.param(p.opt.DomainValue)
		}
		return p.fail(internal("VALUE"))
	case *query.NextVal:
		return "pg_nextval(" + strconv.FormatUint(uint64(e.Sequence.OID), 10) + ")"
	case *query.Raise:
		return "pg_raise(" + quoteText(e.Err.Code) + ", " + quoteText(e.Err.Message) + ", " + quoteText(e.Err.Detail) + ", " + quoteText(e.Err.Hint) + ")"
	case *query.SetToDefault:
		return p.unsupported("DEFAULT here", "", e.Pos)
	}
	return p.fail(internal("expression"))
}

func describe(options string, items ...builtin.Item) string {
	return quoteText(builtin.Describe(options, items...))
}

func (p *printer) variable(l *level, v *query.Var) string {
	at := l.outer(v.Levels)
	if at == nil || v.RT < 1 || v.RT > len(at.from) {
		return p.fail(internal("column " + v.Name))
	}
	s := at.source(v.RT)
	switch {
	case v.Col >= 0:
		s := p.column(at, v.RT, v.Col)
		if v.Levels > 0 && at.inAgg == 0 && at.nulled[s] {
			return "NULL" // a grouping key that the grouping set around leaves out
		}
		return s
	case v.Col == query.WholeRow:
		if s.param == 0 && s.rte.Kind == query.FunctionRTE && len(s.rte.Functions) == 1 && !s.rte.Functions[0].Composite && v.Type().Kind != types.CompositeType && v.Type().OID != types.RecordOID {
			return p.column(at, v.RT, 0)
		}
		items, cols := p.wholeRow(at, v.RT)
		return p.ifPresent(s, "pg_row("+describe("", items...)+prefixed(cols)+")")
	case s.system && v.Col == query.SysXmin:
		return p.ifPresent(s, "1")
	case s.system && v.Col == query.SysCtid:
		return p.ifPresent(s, "'(0,' || ("+s.alias+".rowid + 1) || ')'")
	case v.Col == query.SysCtid && s.param == 0 && s.rte.Kind == query.RelationRTE:
		return s.alias + "." + layout.RowID
	case v.Col == query.SysTable && s.rte.Kind == query.RelationRTE:
		if s.param == 0 && (s.rte.Relation.IsPartition || s.rte.Relation.Partitioning != nil) {
			return s.alias + "." + layout.Quote(layout.Leaf)
		}
		return p.ifPresent(s, strconv.FormatUint(uint64(s.rte.Relation.OID), 10))
	}
	return p.unsupported("system column \""+v.Name+"\"", "", v.Pos)
}

// ifPresent makes an expression NULL where an outer join found no row.
func (p *printer) ifPresent(s *source, sql string) string {
	if !s.nullable || s.param > 0 || s.present == "" {
		return sql
	}
	return "CASE WHEN " + s.present + " IS NOT NULL THEN " + sql + " END"
}

// wholeRow gives the columns of an entry, with their names and types.
func (p *printer) wholeRow(l *level, rt int) (items []builtin.Item, cols []string) {
	s := l.source(rt)
	for i, c := range s.rte.Columns {
		items = append(items, builtin.Item{Type: c.Type, Typmod: c.Typmod, Name: c.Name})
		cols = append(cols, p.column(l, rt, i))
	}
	return items, cols
}

// rowParts takes a composite expression apart when its fields are at hand: a whole row or ROW(...). present is nil when
// the value cannot be missing.
func (p *printer) rowParts(l *level, e query.Expr) (items []builtin.Item, cols []string, present *source, ok bool) {
	switch e := e.(type) {
	case *query.Var:
		at := l.outer(e.Levels)
		if e.Col != query.WholeRow || at == nil {
			return nil, nil, nil, false
		}
		s := at.source(e.RT)
		if e.Type().Kind != types.CompositeType && e.Type().OID != types.RecordOID {
			return nil, nil, nil, false
		}
		items, cols = p.wholeRow(at, e.RT)
		if s.nullable && s.param == 0 {
			present = s
		}
		return items, cols, present, true
	case *query.Row:
		for i, f := range e.Fields {
			it := item(f)
			if i < len(e.Names) {
				it.Name = e.Names[i]
			}
			if it.Name == "" {
				it.Name = "f" + strconv.Itoa(i+1)
			}
			items = append(items, it)
			cols = append(cols, p.expr(l, f))
		}
		return items, cols, nil, true
	}
	return nil, nil, nil, false
}

func prefixed(cols []string) string {
	if len(cols) == 0 {
		return ""
	}
	return ", " + strings.Join(cols, ", ")
}

func (p *printer) row(l *level, e *query.Row) string {
	items, cols, _, _ := p.rowParts(l, e)
	return "pg_row(" + describe("", items...) + prefixed(cols) + ")"
}

func (p *printer) boolean(l *level, e *query.Bool) string {
	if e.Op == "not" {
		return "(NOT " + p.expr(l, e.Args[0]) + ")"
	}
	return "(" + chain(p.exprs(l, e.Args), " "+strings.ToUpper(e.Op)+" ") + ")"
}

func (p *printer) nullTest(l *level, e *query.NullTest) string {
	test := " IS NULL"
	if e.Not {
		test = " IS NOT NULL"
	}
	if !e.Row {
		if v, ok := e.Arg.(*query.Var); ok && v.Col == query.WholeRow {
			if at := l.outer(v.Levels); at != nil {
				if s := at.source(v.RT); s.nullable && s.present != "" {
					return "(" + s.present + test + ")"
				}
			}
		}
		return "(" + p.expr(l, e.Arg) + test + ")"
	}
	// A row IS NULL when all fields are, IS NOT NULL when none is.
	if _, cols, present, ok := p.rowParts(l, e.Arg); ok {
		var parts []string
		if present != nil && e.Not {
			parts = append(parts, present.present+" IS NOT NULL")
		}
		for _, c := range cols {
			parts = append(parts, c+test)
		}
		if len(parts) == 0 {
			return "1"
		}
		return "(" + strings.Join(parts, " AND ") + ")"
	}
	fn := "pg_row_is_null"
	if e.Not {
		fn = "pg_row_is_not_null"
	}
	return fn + "(" + describe("", item(e.Arg)) + ", " + p.expr(l, e.Arg) + ")"
}

func (p *printer) boolTest(l *level, e *query.BoolTest) string {
	op := " IS "
	if e.Not {
		op = " IS NOT "
	}
	value := map[string]string{"true": "TRUE", "false": "FALSE", "unknown": "NULL"}[e.Value]
	return "(" + p.expr(l, e.Arg) + op + value + ")"
}

func (p *printer) caseExpr(l *level, e *query.Case) string {
	var b strings.Builder
	b.WriteString("CASE")
	simple := false
	if e.Arg != nil {
		arg := p.expr(l, e.Arg)
		if simple = simpleCase(e); simple {
			b.WriteString(" " + collated(arg, e.Arg.Type()))
		} else {
			l.caseArg = append(l.caseArg, arg)
			defer func() { l.caseArg = l.caseArg[:len(l.caseArg)-1] }()
		}
	}
	for _, w := range e.Whens {
		cond := ""
		if simple {
			cond = p.expr(l, w.Cond.(*query.Op).Args[1])
		} else {
			cond = p.expr(l, w.Cond)
		}
		b.WriteString(" WHEN " + cond + " THEN " + p.expr(l, w.Then))
	}
	if e.Else != nil {
		b.WriteString(" ELSE " + p.expr(l, e.Else))
	}
	b.WriteString(" END")
	return b.String()
}

// simpleCase says whether every condition compares the argument with a value of its own type, as SQLite's CASE does.
func simpleCase(e *query.Case) bool {
	for _, w := range e.Whens {
		op, ok := w.Cond.(*query.Op)
		if !ok || op.Name != "=" || len(op.Args) != 2 || !comparison(op.Name, op.Fn) {
			return false
		}
		if _, ok := op.Args[0].(*query.CaseArg); !ok || !sameOrder(op.Args[0].Type(), op.Args[1].Type()) {
			return false
		}
		found := false
		query.Walk(op.Args[1], func(x query.Expr) bool {
			_, is := x.(*query.CaseArg)
			found = found || is
			return true
		})
		if found {
			return false
		}
	}
	return true
}

func (p *printer) array(l *level, e *query.Array) string {
	t := e.Type().Underlying()
	return "pg_array(" + describe(map[bool]string{true: "m"}[e.Multi], builtin.T(t)) + prefixed(p.exprs(l, e.Elems)) + ")"
}

func (p *printer) rowCompare(l *level, e *query.RowCompare) string {
	var left, right []string
	for i := range e.Left {
		a, b, ok := p.comparable(l, e.Left[i], e.Right[i])
		if !ok {
			return p.unsupported("comparing rows of these types", "", e.Pos)
		}
		left, right = append(left, a), append(right, b)
	}
	return "((" + strings.Join(left, ", ") + ") " + e.Op + " (" + strings.Join(right, ", ") + "))"
}

func (p *printer) grouping(l *level, e *query.Grouping) string {
	mask := 0
	for _, k := range e.Keys {
		mask <<= 1
		in := l.nulled == nil
		for _, s := range l.set {
			in = in || s == k
		}
		if !in {
			mask |= 1
		}
	}
	return strconv.Itoa(mask)
}

func (p *printer) sqlValue(e *query.SQLValue) string {
	if p.bare {
		return p.unsupported("a function that is not immutable here", "", e.Pos)
	}
	return "pg_sqlvalue(" + describe("", builtin.Item{Type: e.Type(), Typmod: e.Typmod()}) + ", " + quoteText(e.Name) + ")"
}

func (p *printer) subscript(l *level, e *query.Subscript) string {
	if n := e.Arg.Type().Underlying().Native; n != nil {
		return "pg_subscript(" + describe("", builtin.T(e.Arg.Type().Underlying())) + ", " + p.expr(l, e.Arg) + ", " + p.expr(l, e.Upper[0]) + ")"
	}
	if e.Arg.Type().Underlying().OID == types.JSONBOID {
		if e.Slice {
			return p.unsupported("a slice of jsonb", "", e.Pos)
		}
		s := p.expr(l, e.Arg)
		for _, x := range e.Upper {
			s = "pg_jsonb_subscript(" + s + ", " + p.expr(l, x) + ")"
		}
		return s
	}
	t := e.Arg.Type().Underlying()
	if !e.Slice {
		return "pg_array_get(" + describe("", builtin.T(t)) + ", " + p.expr(l, e.Arg) + prefixed(p.exprs(l, e.Upper)) + ")"
	}
	// Bounds that are left out are told from NULL bounds, which make the whole NULL, by the options.
	var opts strings.Builder
	var bounds []string
	bound := func(x query.Expr) {
		if x == nil {
			opts.WriteByte('-')
			return
		}
		opts.WriteByte('+')
		bounds = append(bounds, p.expr(l, x))
	}
	for i := range e.Upper {
		var lo query.Expr
		if i < len(e.Lower) {
			lo = e.Lower[i]
		}
		bound(lo)
		bound(e.Upper[i])
	}
	return "pg_array_slice(" + describe(opts.String(), builtin.T(t)) + ", " + p.expr(l, e.Arg) + prefixed(bounds) + ")"
}

func (p *printer) field(l *level, e *query.Field) string {
	if _, cols, present, ok := p.rowParts(l, e.Arg); ok && e.Num < len(cols) && present == nil {
		return cols[e.Num]
	}
	t := e.Arg.Type().Underlying()
	return "pg_field(" + describe(strconv.Itoa(e.Num), builtin.T(t), item(e)) + ", " + p.expr(l, e.Arg) + ")"
}
