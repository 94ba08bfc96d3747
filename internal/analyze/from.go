package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// from analyses the FROM clause and puts its names into s.
func (s *scope) from(refs []ast.TableRef) {
	for _, r := range refs {
		f, items := s.fromItem(r)
		s.checkNames(s.ns, items)
		for _, it := range items {
			it.lateralOnly, it.lateralOK = true, true
		}
		s.ns = append(s.ns, items...)
		s.q.From = append(s.q.From, f)
	}
	for _, it := range s.ns {
		it.lateralOnly, it.lateralOK = false, true
	}
}

// checkNames refuses two items with the same name.
func (s *scope) checkNames(a, b []*item) {
	for _, x := range a {
		if !x.rel || x.name == "" {
			continue
		}
		for _, y := range b {
			if !y.rel || y.name != x.name {
				continue
			}
			if x.rte.Relation != nil && y.rte.Relation != nil && x.schema != "" && y.schema != "" && x.rte.Relation != y.rte.Relation {
				continue
			}
			panic(s.errorf(-1, "42712", "table name \"%s\" specified more than once", x.name))
		}
	}
}

// fromItem analyses one item of FROM and gives the names it brings.
func (s *scope) fromItem(ref ast.TableRef) (query.FromItem, []*item) {
	s.deeper(-1)
	defer func() { s.depth-- }()
	switch x := ref.(type) {
	case *ast.RangeVar:
		it := s.rangeVar(x)
		return &query.TableRef{RT: it.rt}, []*item{it}
	case *ast.RangeSubselect:
		it := s.rangeSubselect(x)
		return &query.TableRef{RT: it.rt}, []*item{it}
	case *ast.RangeFunction:
		it := s.rangeFunction(x)
		return &query.TableRef{RT: it.rt}, []*item{it}
	case *ast.JoinExpr:
		return s.join(x)
	case *ast.RangeTableSample:
		it := s.sample(x)
		return &query.TableRef{RT: it.rt}, []*item{it}
	case *ast.RangeTableFunc:
		panic(&failure{errs.Unsupported("XMLTABLE", "")})
	case *ast.JsonTable:
		panic(&failure{errs.Unsupported("JSON_TABLE", "")})
	}
	panic(&failure{errs.Unsupported("this item of FROM", "")})
}

// rangeVar is a name in FROM: a WITH query or a relation.
func (s *scope) rangeVar(n *ast.RangeVar) *item {
	if n.Schema == "" {
		if cte, levels := s.findCTE(n.Name); cte != nil {
			return s.cteRef(n, cte, levels)
		}
	}
	if it := s.transition(n); it != nil {
		return it
	}
	rel := s.openRelation(n)
	it := s.addRelation(rel, n.Alias, n.Pos)
	it.rte.Only = n.Only
	it.rte.Inh = !n.Only
	if rel.Kind == catalog.View && !s.written && (rel.View != nil || rel.OID >= firstOID) {
		s.expandView(it.rte)
	}
	return it
}

// firstOID is the first identifier of an object that is not the system's. The system's views have no query of their own:
// the engine makes their rows.
const firstOID = 16384

// openRelation finds the relation a name in FROM means.
func (s *scope) openRelation(n *ast.RangeVar) *catalog.Relation {
	if n.Catalog != "" && n.Catalog != databaseName {
		panic(s.errorf(n.Pos, "0A000", "cross-database references are not implemented: \"%s.%s.%s\"", n.Catalog, n.Schema, n.Name))
	}
	s.maySchema(n.Schema, n.Pos)
	if rel := s.relation(n.Schema, n.Name); rel != nil {
		if rel.Kind == catalog.CompositeRel {
			panic(s.errorf(n.Pos, "42809", "cannot open relation \"%s\"", rel.Name).
				detail("This operation is not supported for composite types."))
		}
		return rel
	}
	if seq := s.sequence(n.Schema, n.Name); seq != nil {
		return seq
	}
	s.notRelation(n)
	if n.Schema != "" {
		panic(s.errorf(n.Pos, "42P01", "relation \"%s.%s\" does not exist", n.Schema, n.Name))
	}
	f := s.errorf(n.Pos, "42P01", "relation \"%s\" does not exist", n.Name)
	for l := s; l != nil; l = l.parent {
		for _, c := range l.future {
			if c.Name == n.Name {
				panic(f.detail("There is a WITH item named \"%s\", but it cannot be referenced from this part of the query.", n.Name).
					hint("Use WITH RECURSIVE, or re-order the WITH items to remove forward references."))
			}
		}
	}
	panic(f)
}

// databaseName is what the embedded engine's one database is called.
const databaseName = "postgres"

// notRelation refuses names of things in pg_class that are no relations one can read.
func (s *scope) notRelation(n *ast.RangeVar) {
	t := s.findType(n.Name)
	path := s.path()
	if n.Schema != "" {
		t = s.typeIn(n.Schema, n.Name)
		path = []string{n.Schema}
	}
	if t != nil && t.Kind == types.CompositeType {
		panic(s.errorf(n.Pos, "42809", "\"%s\" is a composite type", t.Name))
	}
	for _, schema := range path {
		for _, r := range s.snap.RelationsIn(schema) {
			for _, ix := range r.Indexes {
				if ix.Name == n.Name {
					panic(s.errorf(n.Pos, "42809", "\"%s\" is an index", n.Name))
				}
			}
		}
	}
}

// expandView makes the entry of a view the subquery the view stands for.
func (s *scope) expandView(r *query.RTE) {
	rel := r.Relation
	for _, v := range s.views {
		if v == rel {
			panic(s.errorf(-1, "42P17", "infinite recursion detected in rules for relation \"%s\"", rel.Name))
		}
	}
	r.Kind, r.IsView, r.ViewOwner = query.SubqueryRTE, true, rel.Owner
	if invoker(rel) {
		r.ViewOwner = s.caller
	}
	r.Subquery = s.viewQuery(rel, r.ViewOwner)
}

// invoker says whether a view checks its relations with the rights of who asks.
func invoker(rel *catalog.Relation) bool {
	v, ok := rel.Options["security_invoker"]
	return ok && (v == "" || v == "true" || v == "on" || v == "1" || v == "yes")
}

// viewQuery analyses a view's query, its relations checked as owner.
func (s *scope) viewQuery(rel *catalog.Relation, owner string) *query.Query {
	if rel.View == nil {
		panic(&failure{errs.Internal("view without query", nil)})
	}
	stmt, err := s.cache.Statement(rel.View.SQL)
	if err != nil {
		panic(&failure{errs.Internal("view "+rel.Name, err)})
	}
	sel, ok := stmt.(*ast.SelectStmt)
	if !ok {
		panic(&failure{errs.Unsupported("a view that is not a SELECT", "")})
	}
	sub := s.inner(rel.View.SearchPath, owner)
	sub.views = append(append([]*catalog.Relation(nil), s.views...), rel)
	q := sub.newScope(nil).selectStatement(sel)
	s.takeFrom(sub)
	return q
}

// inner is an analyzer for a text this one stands on: other search path, other rights, no parameters, no positions.
func (a *analyzer) inner(path []string, checkAs string) *analyzer {
	sub := *a
	sub.text, sub.role, sub.checkAs = "", "", checkAs
	sub.params, sub.vars, sub.procedure = &params{}, nil, false
	sub.transitions, sub.given = nil, nil
	sub.executes, sub.fn, sub.domain, sub.tableNode = nil, nil, nil, nil
	sub.setPath(path)
	env := *a.env
	env.Names = names{&sub}
	sub.env = &env
	sub.deeper(-1)
	return &sub
}

// takeFrom takes over what an inner analyzer recorded.
func (a *analyzer) takeFrom(sub *analyzer) { a.executes = append(a.executes, sub.executes...) }

// rangeSubselect is a subquery in FROM.
func (s *scope) rangeSubselect(n *ast.RangeSubselect) *item {
	if n.Alias == nil {
		f := s.errorf(n.Pos, "42601", "subquery in FROM must have an alias")
		if n.Select.Values != nil {
			f = s.errorf(n.Pos, "42601", "VALUES in FROM must have an alias")
			panic(f.hint("For example, FROM (VALUES ...) [AS] foo."))
		}
		panic(f.hint("For example, FROM (SELECT ...) [AS] foo."))
	}
	old, oldKind := s.lateral, s.kind
	s.lateral, s.kind = n.Lateral, kindFromSubselect
	q := s.subquery(n.Select, true)
	s.lateral, s.kind = old, oldKind
	r := &query.RTE{Kind: query.SubqueryRTE, Alias: n.Alias.Name, Subquery: q, Lateral: n.Lateral, Pos: n.Pos, Columns: outputs(q)}
	s.alias(r, n.Alias, "")
	return newItem(r, s.addRTE(r))
}

// outputs are the columns a query gives.
func outputs(q *query.Query) []query.RTEColumn {
	list := q.Targets
	if q.Command != query.Select {
		list = q.Returning
	}
	var cols []query.RTEColumn
	for _, t := range list {
		if !t.Junk {
			cols = append(cols, query.RTEColumn{Name: t.Name, Type: t.Expr.Type(), Typmod: t.Expr.Typmod(), Num: int32(len(cols) + 1)})
		}
	}
	return cols
}

// subquery analyses a SELECT inside s. resolve makes text of output columns nothing gave a type.
func (s *scope) subquery(n *ast.SelectStmt, resolve bool) *query.Query {
	sub := s.newScope(s)
	q := sub.selectBody(n, resolve)
	return q
}

// rangeFunction is a function call in FROM.
func (s *scope) rangeFunction(n *ast.RangeFunction) *item {
	r := &query.RTE{Kind: query.FunctionRTE, Lateral: n.Lateral, Ordinality: n.Ordinality, Pos: n.Pos}
	old, oldKind := s.lateral, s.kind
	s.lateral, s.kind = true, kindFromFunction
	name := ""
	for i, f := range splitUnnest(n) {
		e := s.tableFunction(f.Func)
		figured := figureName(s, f.Func)
		if i == 0 {
			name = figured
		}
		defs := f.ColDefs
		if defs == nil && len(n.Functions) == 1 {
			defs = n.ColDefs
		}
		fn := s.rangeFunc(e, figured, defs, n, i)
		r.Functions = append(r.Functions, fn)
		r.Columns = append(r.Columns, fn.Columns...)
	}
	s.lateral, s.kind = old, oldKind
	if n.Ordinality {
		r.Columns = append(r.Columns, query.RTEColumn{Name: "ordinality", Type: types.ByOID(types.Int8OID), Typmod: -1})
	}
	for i := range r.Columns {
		r.Columns[i].Num = int32(i + 1)
	}
	r.Alias = name
	if n.Alias != nil {
		s.alias(r, n.Alias, "")
		if len(n.Alias.Columns) == 0 && len(r.Functions) == 1 && !r.Functions[0].Composite && !namedResult(r.Functions[0].Expr) {
			r.Columns[0].Name = n.Alias.Name
			r.Functions[0].Columns[0].Name = n.Alias.Name
		}
	}
	if it := s.inlineTable(r, n); it != nil {
		return it
	}
	return newItem(r, s.addRTE(r))
}

// splitUnnest makes unnest(a, b) in FROM the ROWS FROM (unnest(a), unnest(b)) it stands for.
func splitUnnest(n *ast.RangeFunction) []*ast.RangeFunctionItem {
	var out []*ast.RangeFunctionItem
	for _, f := range n.Functions {
		call, ok := f.Func.(*ast.FuncCall)
		if !ok || len(call.Name) != 1 || call.Name[0] != "unnest" || len(call.Args) < 2 || call.Variadic || len(f.ColDefs) > 0 || len(n.ColDefs) > 0 ||
			call.Over != nil || call.Filter != nil || call.Distinct || len(call.OrderBy) > 0 {
			out = append(out, f)
			continue
		}
		for _, a := range call.Args {
			one := *call
			one.Name = []string{"pg_catalog", "unnest"}
			one.Args = []ast.Expr{a}
			out = append(out, &ast.RangeFunctionItem{Pos: f.Pos, Func: &one})
		}
	}
	return out
}

// tableFunction analyses a call in FROM. A call that is not one becomes a value of one row.
func (s *scope) tableFunction(e ast.Expr) query.Expr {
	call, ok := e.(*ast.FuncCall)
	if !ok {
		return s.resolveUnknown(s.expr(e))
	}
	s.tableNode = call
	x := s.expr(e)
	s.tableNode = nil
	return s.resolveUnknown(x)
}

// rangeFunc finds out which columns a function in FROM gives.
func (s *scope) rangeFunc(e query.Expr, name string, defs []*ast.TableFuncElement, n *ast.RangeFunction, _ int) *query.RangeFunc {
	out := &query.RangeFunc{Expr: e}
	fn := calledFunction(e)
	t := e.Type()
	isRecord := t.OID == types.RecordOID && t.Fields == nil
	if len(defs) > 0 {
		switch {
		case fn != nil && t.OID == types.RecordOID && len(fn.Outputs()) > 0:
			panic(s.errorf(defs[0].Pos, "42601", "a column definition list is redundant for a function with OUT parameters"))
		case t.Underlying().Kind == types.CompositeType:
			panic(s.errorf(defs[0].Pos, "42601", "a column definition list is redundant for a function returning a named composite type"))
		case t.OID != types.RecordOID:
			panic(s.errorf(defs[0].Pos, "42601", "a column definition list is only allowed for functions returning \"record\""))
		}
		for _, d := range defs {
			dt, mod := s.resolveType(d.Type)
			for _, c := range out.Columns {
				if c.Name == d.Name {
					panic(s.errorf(d.Pos, "42701", "column name \"%s\" specified more than once", d.Name))
				}
			}
			out.Columns = append(out.Columns, query.RTEColumn{Name: d.Name, Type: dt, Typmod: mod, Num: int32(len(out.Columns) + 1)})
		}
		out.Composite = true
		if f, ok := e.(*query.Func); ok {
			f.ColDefs = out.Columns
		}
		return out
	}
	if isRecord && fn != nil {
		if outs := fn.Outputs(); len(outs) > 0 {
			t = s.outputRecord(fn, e)
		}
	}
	switch {
	case t.Underlying().Kind == types.CompositeType:
		for i, f := range t.Underlying().Fields {
			out.Columns = append(out.Columns, query.RTEColumn{Name: f.Name, Type: f.Type, Typmod: f.Typmod, Num: int32(i + 1)})
		}
		out.Composite = true
	case t.OID == types.RecordOID && t.Fields != nil:
		for i, f := range t.Fields {
			out.Columns = append(out.Columns, query.RTEColumn{Name: f.Name, Type: f.Type, Typmod: f.Typmod, Num: int32(i + 1)})
		}
		out.Composite = true
	case t.OID == types.RecordOID:
		panic(s.errorf(posOf(e), "42601", "a column definition list is required for functions returning \"record\""))
	default:
		col := name
		if fn != nil {
			// One OUT parameter names the only column.
			if outs := fn.Outputs(); len(outs) == 1 && outs[0].Name != "" {
				col = outs[0].Name
			}
		}
		out.Columns = []query.RTEColumn{{Name: col, Type: t, Typmod: -1, Num: 1}}
	}
	return out
}

// namedResult says a function's one OUT parameter names its column whatever the alias.
func namedResult(e query.Expr) bool {
	fn := calledFunction(e)
	if fn == nil {
		return false
	}
	outs := fn.Outputs()
	return len(outs) == 1 && outs[0].Name != ""
}

func calledFunction(e query.Expr) *catalog.Function {
	if f, ok := e.(*query.Func); ok {
		return f.Fn
	}
	return nil
}

// outputRecord is the record type of a function with several OUT parameters.
func (s *scope) outputRecord(fn *catalog.Function, e query.Expr) *types.Type {
	t := *types.ByOID(types.RecordOID)
	t.Fields = nil
	var declared, actual []*types.Type
	if f, ok := e.(*query.Func); ok {
		for i, p := range fn.Inputs() {
			if i < len(f.Args) {
				declared = append(declared, s.typeOf(p.Type))
				actual = append(actual, f.Args[i].Type())
			}
		}
	}
	for i, o := range fn.Outputs() {
		name := o.Name
		if name == "" {
			name = "column" + itoa(i+1)
		}
		ot := s.typeOf(o.Type)
		if types.IsPolymorphic(ot.OID) {
			r, err := s.rules.Resolve(actual, append([]*types.Type(nil), declared...), ot, s.typeName)
			if err != nil {
				panic(s.at(posOf(e), err))
			}
			ot = r
		}
		t.Fields = append(t.Fields, types.Field{Name: name, Type: ot, Typmod: -1})
	}
	return &t
}
