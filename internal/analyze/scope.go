package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// scope is the state of one query level: its range table so far and the names that can be seen from it.
type scope struct {
	*analyzer
	parent *scope
	q      *query.Query
	ns     []*item
	kind   exprKind
	// lateral says LATERAL references to items marked lateralOnly are being analysed.
	lateral bool
	ctes    []*query.CTE
	// future are the WITH queries of this level that are not visible yet.
	future  []*ast.CommonTableExpr
	windows []*ast.WindowDef
	winDefs []*windowDef
	overs   []over
	// target is the range table number of the relation a write changes.
	target int
	// sets counts the set-returning calls analysed, setPos is where the last one stands.
	sets, setPos int

	setRoot *ast.SelectStmt
	// source is what INSERT takes from a query, which PostgreSQL has among the relations, behind the target.
	source *query.RTE
	// conflict is INSERT's ON CONFLICT; cascade says an outer view's CHECK OPTION reaches inner views.
	conflict *conflictClause
	cascade  bool
	// selfCTE is the WITH RECURSIVE query whose recursive term stands in this scope.
	// selfHidden counts the columns of selfCTE that a star leaves out.
	selfHidden int
	selfCTE    *query.CTE
}

// item is a name in FROM: a range table entry and how its columns are seen.
type item struct {
	rte  *query.RTE
	rt   int
	name string // "" when it has none (an unaliased join)
	// schema qualifies a relation without alias.
	schema string
	cols   []itemCol
	rel    bool // visible as name.column
	open   bool // its columns are visible without qualification
	// lateralOnly items are seen only through LATERAL; lateralOK says the kind of join allows it.
	lateralOnly, lateralOK bool
	// excluded is ON CONFLICT's EXCLUDED.
	excluded bool
	join     *query.Join
	// rowType is the composite type of its rows when that is not the entry's own.
	rowType *types.Type
}

// itemCol is one column: expr speaks of the item's own level.
type itemCol struct {
	name string
	expr query.Expr
	// hidden columns are not part of a star's expansion.
	hidden bool
}

func (a *analyzer) newScope(parent *scope) *scope {
	return &scope{analyzer: a, parent: parent, q: &query.Query{Pos: -1}}
}

// addRTE puts an entry into the range table.
func (s *scope) addRTE(r *query.RTE) int {
	*s.rtables++
	if *s.rtables > maxRTables {
		panic(&failure{errs.TooDeep()})
	}
	s.q.RTable = append(s.q.RTable, r)
	return len(s.q.RTable)
}

// newItem makes the name of an entry that was put into the range table as number rt.
func newItem(r *query.RTE, rt int) *item {
	it := &item{rte: r, rt: rt, name: r.Alias, rel: true, open: true, lateralOK: true}
	for i, c := range r.Columns {
		it.cols = append(it.cols, itemCol{name: c.Name, expr: &query.Var{
			T: query.T{Typ: c.Type, Mod: c.Typmod, Pos: -1}, RT: rt, Col: i, Name: c.Name}})
	}
	return it
}

// addRelation makes the entry of a relation, as a table's name in FROM does; views become subqueries.
func (s *scope) addRelation(rel *catalog.Relation, alias *ast.Alias, pos int) *item {
	r := &query.RTE{Kind: query.RelationRTE, Alias: rel.Name, Relation: rel, Required: catalog.Select,
		Selected: map[int32]bool{}, Inserted: map[int32]bool{}, Updated: map[int32]bool{}, CheckAs: s.checkAs, Inh: true, Pos: pos}
	for _, c := range rel.Columns {
		t := s.typeOf(c.Type)
		if c.Collation != "" && c.Collation != "default" && types.Collatable(t) {
			t, s.collates = types.Collated(t, c.Collation), true
		}
		r.Columns = append(r.Columns, query.RTEColumn{Name: c.Name, Type: t, Typmod: c.Typmod, Num: c.Num, NotNull: c.NotNull})
	}
	s.alias(r, alias, rel.Name)
	it := newItem(r, s.addRTE(r))
	if alias == nil {
		it.schema = rel.Schema
	}
	return it
}

// alias gives an entry its name and its columns' new names.
func (s *scope) alias(r *query.RTE, alias *ast.Alias, what string) {
	if alias == nil {
		return
	}
	r.Alias = alias.Name
	if len(alias.Columns) > len(r.Columns) {
		panic(s.errorf(-1, "42P10", "table \"%s\" has %d columns available but %d columns specified", alias.Name, len(r.Columns), len(alias.Columns)))
	}
	for i, c := range alias.Columns {
		r.Columns[i].Name = c
	}
}

// mark records that an expression reads columns: Vars of this level and outer ones.
func (s *scope) mark(e query.Expr) {
	query.Walk(e, func(x query.Expr) bool {
		if v, ok := x.(*query.Var); ok {
			s.markVar(v)
		}
		return true
	})
}

func (s *scope) markVar(v *query.Var) {
	t := s
	for range v.Levels {
		t = t.parent
	}
	r := t.q.RTable[v.RT-1]
	if r.Selected == nil {
		return
	}
	r.Required |= catalog.Select
	switch {
	case v.Col == query.WholeRow:
		r.Selected[0] = true
	case v.Col < query.WholeRow:
		r.Selected[int32(v.Col)] = true
	default:
		r.Selected[r.Columns[v.Col].Num] = true
	}
}

// use gives an item's column as seen from s, levels out, at pos.
func (s *scope) use(e query.Expr, levels, pos int) query.Expr {
	e = query.Map(e, func(x query.Expr) query.Expr {
		if v, ok := x.(*query.Var); ok {
			c := *v
			c.Levels += levels
			c.Pos = pos
			return &c
		}
		return x
	})
	s.mark(e)
	return e
}

// wholeRow is an item as one composite value.
func (s *scope) wholeRow(it *item, levels, pos int) query.Expr {
	if it.join != nil || it.rte.Kind == query.JoinRTE {
		row := &query.Row{T: query.T{Typ: types.ByOID(types.RecordOID), Mod: -1, Pos: pos}}
		for _, c := range it.cols {
			row.Fields = append(row.Fields, s.use(c.expr, levels, pos))
			row.Names = append(row.Names, c.name)
		}
		return row
	}
	if it.rte.Kind == query.FunctionRTE && len(it.rte.Functions) == 1 && !it.rte.Ordinality && !it.rte.Functions[0].Composite {
		// A function's scalar result stands for itself.
		return s.use(it.cols[0].expr, levels, pos)
	}
	typ := s.rowType(it.rte)
	if it.rowType != nil && it.rowType.Underlying().Kind == types.CompositeType {
		typ = it.rowType
	}
	v := &query.Var{T: query.T{Typ: typ, Mod: -1, Pos: pos}, RT: it.rt, Col: query.WholeRow, Levels: levels, Name: it.name}
	s.markVar(v)
	return v
}

// rowType is the composite type of an entry's rows: its own for relations and functions of a composite type, an
// anonymous record that knows its fields for all else.
func (a *analyzer) rowType(r *query.RTE) *types.Type {
	if r.Relation != nil {
		if t := a.rules.Type(r.Relation.RowType); t != nil {
			return t
		}
	}
	if r.Kind == query.FunctionRTE && len(r.Functions) == 1 && !r.Ordinality {
		if t := r.Functions[0].Expr.Type(); t.Underlying().Kind == types.CompositeType {
			return t
		}
	}
	return a.recordOf(r.Columns)
}

// recordOf is the anonymous record type whose fields are known here: PostgreSQL's record with its fields.
func (a *analyzer) recordOf(cols []query.RTEColumn) *types.Type {
	t := *types.ByOID(types.RecordOID)
	for _, c := range cols {
		t.Fields = append(t.Fields, types.Field{Name: c.Name, Type: c.Type, Typmod: c.Typmod})
	}
	return &t
}
