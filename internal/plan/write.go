package plan

import (
	"slices"
	"strconv"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/types"
)

const (
	bodyName = "pgrst_body"
	// missingKey is the member that tells which columns an object leaves out.
	missingKey = "pgrst_missing"
	// updatedSetting counts the rows that an upsert found and updated.
	updatedSetting = "pgrst.updated"
)

// change is the statement that writes, its RETURNING left empty.
type change struct {
	stmt ast.Statement
	// upserts says that the rows that were updated are counted apart.
	upserts bool
	// marked says that the body is bound with its missing members marked.
	marked bool
}

// bodyColumns finds the table's columns that the body speaks of.
func bodyColumns(t *Table, keys []string) ([]*catalog.Column, error) {
	out := make([]*catalog.Column, 0, len(keys))
	for _, k := range keys {
		c := t.Column(k)
		if c == nil {
			return nil, noColumn(t.Name, k)
		}
		out = append(out, c)
	}
	return out, nil
}

// recordType is the type in which a column's value is read from JSON.
func (b *builder) recordType(c *catalog.Column) *ast.TypeName {
	if b.m.fromJSON[c.Type] != nil {
		return ast.Type("pg_catalog", "json")
	}
	return b.typeOf(c.Type)
}

// bodyRows is the JSON body as rows: json_to_record(set)($n) AS pgrst_body(column type, ...).
func (b *builder) bodyRows(columns []*catalog.Column, object, marked bool) *ast.RangeFunction {
	name := "json_to_recordset"
	if object {
		name = "json_to_record"
	}
	kind := argBody
	if marked {
		kind = argMarked
	}
	f := ast.FromFunc(ast.Func(name, ast.Cast(b.param(arg{kind: kind}), ast.Type("pg_catalog", "json"))), bodyName)
	for _, c := range columns {
		f.ColDefs = append(f.ColDefs, &ast.TableFuncElement{Pos: -1, Name: c.Name, Type: b.recordType(c)})
	}
	if marked {
		f.ColDefs = append(f.ColDefs, &ast.TableFuncElement{Pos: -1, Name: missingKey, Type: ast.Type("pg_catalog", "text")})
	}
	return f
}

// bodyValue is a column's value in a row of the body.
func (b *builder) bodyValue(c *catalog.Column) ast.Expr {
	var e ast.Expr = ast.Col(bodyName, c.Name)
	if f := b.m.fromJSON[c.Type]; f != nil {
		return call(f, e)
	}
	return e
}

func (b *builder) insert(t *Table, missing *missingColumns) (*change, error) {
	r := b.req
	columns, err := bodyColumns(t, r.Body.Keys)
	if err != nil {
		return nil, err
	}
	out := &change{}
	ins := &ast.InsertStmt{Pos: -1, Relation: ast.Table(t.Schema, t.Name, "")}
	out.stmt = ins
	switch {
	case len(columns) == 0 && r.Action == rest.Upsert:
		if _, err := b.keyFilters(t); err != nil {
			return nil, err
		}
		return nil, rest.KeyMismatch()
	case len(columns) > 0:
		if missing != nil && missing.rows > 0 && !slices.Contains(missing.all, false) {
			if ins.Select, ins.Columns, err = defaultRows(t, missing.rows); err != nil {
				return nil, err
			}
			break
		}
		b.insertRows(ins, columns, missing, out)
	case r.Body.Object:
		// DEFAULT VALUES.
	default:
		if ins.Select, ins.Columns, err = defaultRows(t, r.Body.Rows); err != nil {
			return nil, err
		}
	}
	resolution, conflict := r.Prefer.Resolution, t.Key
	if r.HasOnConflict {
		conflict = r.OnConflict
	}
	if r.Action == rest.Upsert {
		resolution, conflict = "merge-duplicates", t.Key
		conds, err := b.keyFilters(t)
		if err != nil {
			return nil, err
		}
		ins.Select.Where = ast.And(conds...)
	}
	if resolution == "" || len(conflict) == 0 {
		return out, nil
	}
	on := &ast.OnConflictClause{Pos: -1, Infer: &ast.InferClause{Pos: -1}}
	for _, c := range conflict {
		on.Infer.Elems = append(on.Infer.Elems, &ast.IndexElem{Pos: -1, Name: c})
	}
	ins.OnConflict = on
	if resolution == "merge-duplicates" && len(columns) > 0 {
		out.upserts = true
		on.Update = true
		for _, c := range columns {
			on.Targets = append(on.Targets, ast.Set(c.Name, ast.Col("excluded", c.Name)))
		}
		on.Where = countUpdated()
	}
	return out, nil
}

// countUpdated adds one to the number of updated rows; it is always true.
func countUpdated() ast.Expr {
	current := ast.Cast(settingOrNull(updatedSetting), ast.Type("pg_catalog", "int4"))
	next := ast.Cast(ast.Op(ast.Coalesce(current, ast.Int(0)), "+", ast.Int(1)), ast.Type("pg_catalog", "text"))
	return ast.Op(ast.Func("set_config", ast.Str(updatedSetting), next, ast.Bool(true)), "<>", ast.Str("0"))
}

// settingOrNull is a setting, null when it is not set.
func settingOrNull(name string) ast.Expr {
	return &ast.AExpr{Pos: -1, Kind: ast.AExprNullif, Name: []string{"="},
		Left: ast.Func("current_setting", ast.Str(name), ast.Bool(true)), Right: ast.Str("")}
}

// keyFilters are PUT's filters, which must be an eq for each column of the key and nothing else.
func (b *builder) keyFilters(t *Table) ([]ast.Expr, error) {
	r := b.req
	bad := errs.New("PGRST105", "Filters must include all and only primary key columns with 'eq' operators")
	keys := slices.Compact(slices.Sorted(slices.Values(r.FilterKeys)))
	if len(r.Logic) > 0 || len(t.Key) == 0 || !slices.Equal(keys, slices.Sorted(slices.Values(t.Key))) {
		return nil, bad
	}
	var out []ast.Expr
	for i := range r.Filters {
		f := &r.Filters[i]
		if len(f.Path) > 0 || f.Filter.Not || f.Filter.Op != rest.OpEq || f.Filter.Quantifier != rest.NoQuantifier {
			return nil, bad
		}
		out = append(out, b.condition(bodyName, t.Column(f.Filter.Field.Name), &f.Filter))
	}
	return out, nil
}

func (b *builder) insertRows(ins *ast.InsertStmt, columns []*catalog.Column, missing *missingColumns, out *change) {
	marked := missing != nil && missing.mixed()
	out.marked = marked
	sel := &ast.SelectStmt{Pos: -1}
	for i, c := range columns {
		if missing != nil && missing.all[i] {
			continue // nobody has it: the column keeps its default
		}
		e := b.bodyValue(c)
		if marked && missing.some[i] {
			e = b.orDefault(c, i, e)
		}
		ins.Columns = append(ins.Columns, ast.Target(c.Name))
		sel.Targets = append(sel.Targets, ast.As(e, c.Name))
	}
	sel.From = []ast.TableRef{b.bodyRows(columns, b.req.Body.Object, marked)}
	ins.Select = sel
}

// orDefault is the value, or the column's default where the object leaves column i out.
func (b *builder) orDefault(c *catalog.Column, i int, value ast.Expr) ast.Expr {
	def := b.defaultOf(c)
	if def == nil {
		return value
	}
	mark := ast.Func("substr", ast.Col(bodyName, missingKey), ast.Int(int64(i+1)), ast.Int(1))
	return &ast.CaseExpr{Pos: -1, Whens: []*ast.CaseWhen{{Pos: -1, Cond: ast.Eq(mark, ast.Str("1")), Result: def}}, Default: value}
}

// defaultOf is a column's default as an expression, nil without one.
func (b *builder) defaultOf(c *catalog.Column) ast.Expr {
	if c.Generated != "" || c.Identity == "a" {
		return nil
	}
	if c.Identity == "d" {
		seq := b.m.Snapshot.SequenceByOID(c.Sequence)
		if seq == nil {
			return nil
		}
		return ast.Func("nextval", ast.Cast(ast.Str(quoteName(seq.Schema)+"."+quoteName(seq.Name)), ast.Type("pg_catalog", "regclass")))
	}
	text := c.Default
	if text == "" {
		for t := b.m.Snapshot.UserType(c.Type); t != nil && t.Type.Kind == types.DomainType; t = b.m.Snapshot.UserType(t.Type.Base.OID) {
			if text = t.Default; text != "" {
				break
			}
		}
	}
	if text == "" {
		return nil
	}
	e, err := parse.Expr(text)
	if err != nil {
		b.fail(err)
		return nil
	}
	return e
}

func quoteName(s string) string {
	out := []byte{'"'}
	for i := 0; i < len(s); i++ {
		if s[i] == '"' {
			out = append(out, '"')
		}
		out = append(out, s[i])
	}
	return string(append(out, '"'))
}

// defaultRows is n rows of defaults: VALUES (DEFAULT), ...; for no rows at all, a query that gives none.
func defaultRows(t *Table, n int) (*ast.SelectStmt, []*ast.ResTarget, error) {
	if n > 10000 {
		return nil, nil, errs.New("54000", "too many rows of defaults")
	}
	if n > 0 {
		if len(t.Columns) == 0 {
			return nil, nil, nil
		}
		rows := make([][]ast.Expr, n)
		for i := range rows {
			rows[i] = []ast.Expr{ast.Default()}
		}
		return ast.Values(rows...), []*ast.ResTarget{ast.Target(t.Columns[0].Name)}, nil
	}
	for _, c := range t.Columns {
		if c.Generated == "" && c.Identity != "a" {
			q := ast.Select(ast.As(ast.Null(), c.Name))
			q.Where = ast.Bool(false)
			return q, []*ast.ResTarget{ast.Target(c.Name)}, nil
		}
	}
	return nil, nil, errs.New("PGRST102", "Empty or invalid json")
}

func (b *builder) update(t *Table, root *node, missing *missingColumns) (*change, error) {
	columns, err := bodyColumns(t, b.req.Body.Keys)
	if err != nil {
		return nil, err
	}
	out := &change{}
	if len(columns) == 0 || b.req.Body.Kind == rest.JSONBody && b.req.Body.Rows == 0 {
		return out, nil
	}
	upd := &ast.UpdateStmt{Pos: -1, Relation: ast.Table(t.Schema, t.Name, "")}
	for i, c := range columns {
		var value ast.Expr
		if missing != nil && missing.all[i] {
			value = ast.Default()
		} else {
			value = b.bodyValue(c)
		}
		upd.Targets = append(upd.Targets, ast.Set(c.Name, value))
	}
	upd.From = []ast.TableRef{b.bodyRows(columns, b.req.Body.Object, false)}
	upd.Where = b.writeConditions(root)
	out.stmt = upd
	return out, nil
}

func (b *builder) delete(t *Table, root *node) (*change, error) {
	return &change{stmt: &ast.DeleteStmt{Pos: -1, Relation: ast.Table(t.Schema, t.Name, ""), Where: b.writeConditions(root)}}, nil
}

// writeConditions are the root's filters, which choose the rows to change.
func (b *builder) writeConditions(root *node) ast.Expr {
	n := &node{name: root.name, table: root.table, relation: root.relation}
	for _, l := range b.req.Logic {
		if len(l.Path) == 0 {
			n.logic = append(n.logic, l.Tree)
		}
	}
	for _, f := range b.req.Filters {
		if len(f.Path) == 0 {
			n.filters = append(n.filters, f.Filter)
		}
	}
	return ast.And(b.conditions(n)...)
}

// returning gives the columns a write must return for the answer: what is selected, what embeds join by, and the key.
func returning(t *Table, root *node) []*ast.ResTarget {
	var names []string
	add := func(list ...string) {
		for _, n := range list {
			if !slices.Contains(names, n) {
				names = append(names, n)
			}
		}
	}
	all := len(root.fields) == 0 && len(root.children) == 0
	for _, f := range root.fields {
		if f.Field.Name == "*" {
			all = true
		} else {
			add(f.Field.Name)
		}
	}
	for _, c := range root.children {
		switch {
		case c.rel.Function != nil:
			all = true
		case c.rel.Cardinality == ManyToMany:
			add(own(c.rel.SourceColumns)...)
		default:
			add(own(c.rel.Columns)...)
		}
	}
	for _, o := range root.order {
		if o.Relation == "" {
			add(o.Field.Name)
		}
	}
	add(t.Key...)
	var out []*ast.ResTarget
	if all {
		out = append(out, ast.As(ast.Star(t.Name), ""))
		// What is no column of the table is computed from its row, which only the write itself has.
		names = slices.DeleteFunc(names, func(n string) bool { return t.Column(n) != nil })
	}
	for _, n := range names {
		out = append(out, ast.As(ast.Col(t.Name, n), n))
	}
	return out
}

func setReturning(stmt ast.Statement, targets []*ast.ResTarget) {
	switch s := stmt.(type) {
	case *ast.InsertStmt:
		s.Returning = targets
	case *ast.UpdateStmt:
		s.Returning = targets
	case *ast.DeleteStmt:
		s.Returning = targets
	}
}

// missingColumns tells, for each body column, whether some and whether all objects lack it.
type missingColumns struct {
	some, all []bool
	body      []byte
	rows      int
}

// mixed says that some objects have a column and others lack it.
func (m *missingColumns) mixed() bool {
	for i := range m.some {
		if m.some[i] && !m.all[i] {
			return true
		}
	}
	return false
}

// shape distinguishes bodies that need different statements.
func (m *missingColumns) shape() string {
	b := make([]byte, len(m.some))
	for i := range m.some {
		switch {
		case m.all[i]:
			b[i] = 'a'
		case m.some[i]:
			b[i] = 's'
		default:
			b[i] = '.'
		}
	}
	if !slices.Contains(m.all, false) {
		return string(b) + strconv.Itoa(m.rows)
	}
	return string(b)
}
