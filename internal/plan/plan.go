package plan

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// Step is one statement of a plan.
type Step struct {
	Statement ast.Statement
	Format    engine.Format
	args      []arg
}

// none marks a step that a plan does not have.
const none = -1

// Plan is what to run for requests of one shape, and how the results become an answer. It is never changed.
type Plan struct {
	Steps []Step
	// ReadOnly runs the steps in a read-only transaction, Isolation is its level unless empty.
	ReadOnly  bool
	Isolation string
	// Settings are set before the steps.
	Settings []rest.Setting
	Media    rest.MediaType
	Form     rest.Form
	// Warnings are the renamings the request should do.
	Warnings []string
	// Table is the relation that was written; Function the one that was called.
	Table    *Table
	Function *catalog.Function

	main, total, estimate, settings, last int
	// pageOrder are the terms of the order that pages of keyset pagination are in.
	pageOrder []string
	// maxRows is the cap the statement was planned with.
	maxRows int64
	// pageIsTotal says that the page holds every row.
	pageIsTotal bool
	upserts     bool
	marked      bool
	// single says that the function gives one value however many rows that takes.
	single bool
}

// Prepared is a request with what its plan depends on besides the shape.
type Prepared struct {
	Key     string
	missing *missingColumns
}

// Prepare gives the key under which the request's plan can be kept, "" when it cannot.
func (m *Model) Prepare(r *rest.Request) (Prepared, error) {
	p := Prepared{Key: r.Shape}
	if r.Prefer.Missing != "default" || r.Action != rest.Insert && r.Action != rest.Update || len(r.Body.Keys) == 0 {
		return p, nil
	}
	some, all, body, rows, err := r.Body.Missing(r.Body.Keys, missingKey)
	if err != nil {
		return p, err
	}
	p.missing = &missingColumns{some: some, all: all, body: body, rows: rows}
	if p.Key != "" {
		p.Key += "\x00m" + p.missing.shape()
	}
	return p, nil
}

// Build plans a request. role is who asks: hints name only what it may see.
func (m *Model) Build(r *rest.Request, p Prepared, role string) (*Plan, error) {
	out := &Plan{total: none, estimate: none, settings: none, last: none, maxRows: m.Config.MaxRows}
	if name := m.Config.PreRequest; name.Name != "" {
		fn := []string{name.Name}
		if name.Schema != "" {
			fn = []string{name.Schema, name.Name}
		}
		out.Steps = append(out.Steps, Step{Statement: ast.Select(ast.As(ast.Call(fn), "")), Format: engine.Discard})
	}
	var err error
	switch {
	case r.Action == rest.ReadRelation:
		err = m.planRead(out, r, role)
	case r.Action == rest.Call:
		err = m.planCall(out, r, role)
	case r.Action.Writes():
		err = m.planWrite(out, r, p, role)
	default:
		err = errs.New("XX000", "nothing to plan")
	}
	if err != nil {
		return nil, err
	}
	m.addSettingsStep(out)
	return out, nil
}

// addSettingsStep reads at the end what functions and triggers said about the answer.
func (m *Model) addSettingsStep(p *Plan) {
	var targets []*ast.ResTarget
	if m.answersBySettings || p.upserts {
		for _, name := range []string{"response.headers", "response.status", updatedSetting} {
			targets = append(targets, ast.As(settingOrNull(name), name))
		}
	}
	if targets == nil {
		return
	}
	p.settings = len(p.Steps)
	p.Steps = append(p.Steps, Step{Statement: ast.Select(targets...), Format: engine.Text})
}

func (m *Model) planRead(p *Plan, r *rest.Request, role string) error {
	t := m.Table(r.Schema, r.Name)
	if t == nil {
		return m.noTable(role, r.Schema, r.Name)
	}
	root, err := m.tree(role, r, t.Relation, t.Name)
	if err != nil {
		return err
	}
	p.Warnings = root.warnings()
	h, err := m.negotiate(r, nameOf(t.Relation), root.whole())
	if err != nil {
		return err
	}
	p.ReadOnly = true
	if r.Prefer.Keyset {
		if err := m.keyset(p, r, t, root); err != nil {
			return err
		}
	}
	b := &builder{m: m, req: r, target: t.Relation}
	q := b.query(root)
	m.finish(p, r, b, q, h, nil)
	if b.err != nil {
		return b.err
	}
	if r.Prefer.Keyset && root.hasWindow && root.window.Limit >= 0 {
		m.addLast(p, r, root)
	}
	p.pageIsTotal = r.Top.IsAll() && m.Config.MaxRows < 0 && r.Cursor == nil
	counts := r.Prefer.WantsCount() || r.Prefer.Count == "planned" && !m.Estimates
	if counts && !p.pageIsTotal {
		m.addTotal(p, r, root)
	}
	if r.Prefer.WantsEstimate() && m.Estimates {
		m.addEstimate(p, r, root)
	}
	return nil
}

// whole says that select asks for the relation's columns as they are.
func (n *node) whole() bool {
	return len(n.children) == 0 && (len(n.fields) == 0 || len(n.fields) == 1 && n.fields[0].Field.Name == "*")
}

func (m *Model) addTotal(p *Plan, r *rest.Request, root *node) {
	b := &builder{m: m, req: r}
	q := ast.Select(ast.As(ast.CountStar(), "count"))
	b.matching(root, q)
	if r.Prefer.Count == "estimated" && m.Config.MaxRows >= 0 && m.Estimates {
		one := ast.Select(ast.As(ast.Int(1), ""))
		one.From, one.Where = q.From, q.Where
		one.Limit = ast.Int(m.Config.MaxRows + 1)
		q = ast.Select(ast.As(ast.CountStar(), "count"))
		q.From = []ast.TableRef{ast.Subselect(one, rowName)}
	}
	p.total = len(p.Steps)
	p.Steps = append(p.Steps, Step{Statement: q, Format: engine.Text, args: b.args})
}

// addEstimate asks the planner how many rows it expects.
func (m *Model) addEstimate(p *Plan, r *rest.Request, root *node) {
	b := &builder{m: m, req: r}
	q := ast.Select(ast.As(ast.Int(1), ""))
	b.matching(root, q)
	p.estimate = len(p.Steps)
	p.Steps = append(p.Steps, Step{Statement: explain(q, true, nil), Format: engine.Text, args: b.args})
}

func explain(q ast.Statement, json bool, options []string) ast.Statement {
	format := "text"
	if json {
		format = "json"
	}
	e := &ast.ExplainStmt{Pos: -1, Query: q, Options: []*ast.DefElem{{Pos: -1, Name: "format", Arg: ast.Str(format)}}}
	for _, o := range options {
		e.Options = append(e.Options, &ast.DefElem{Pos: -1, Name: o})
	}
	return e
}

// finish makes the main step of a query in the form the media type wants. f is the function that was called, if any.
func (m *Model) finish(p *Plan, r *rest.Request, b *builder, q *ast.SelectStmt, h handler, f *catalog.Function) {
	p.Media = h.media
	step := Step{Statement: q, Format: engine.JSON}
	p.Form = rest.FormArray
	row := ast.Expr(ast.Col(rowName))
	var res result
	scalar := false
	if f != nil {
		res = m.resultOf(f)
		scalar = !res.composite
		p.single = !res.set
		if scalar {
			step.Format = engine.JSONScalar
			row = ast.Func("to_json", ast.Col(rowName, scalarName))
		}
		if !res.set {
			p.Form = rest.FormOne
		}
	}
	switch of := h.media; {
	case r.HeadOnly:
		n := ast.CountStar()
		if f != nil && !res.set {
			// The value is looked at, so that the function is called for what else it does.
			value := ast.Col(rowName)
			if scalar {
				value = ast.Col(rowName, scalarName)
			}
			n = ast.Func("count", &ast.NullTest{Pos: -1, Arg: value})
		}
		step = Step{Statement: over(q, n), Format: engine.Text}
		p.Form = rest.FormCount
	case h.function != nil:
		arg := ast.Expr(ast.Col(rowName))
		if scalar && !res.set {
			arg = ast.Col(rowName, scalarName)
		} else if h.target.Name != "" {
			arg = ast.Cast(arg, ast.Type(h.target.Schema, h.target.Name))
		}
		step = Step{Statement: over(q, call(h.function, arg)), Format: engine.Text}
		p.Form = m.valueForm(h.function.Returns)
	case h.scalar:
		step.Format = engine.Text
		p.Form = m.valueForm(f.Returns)
	case of.Kind == rest.MediaObject || of.Kind == rest.MediaArray:
		if of.Kind == rest.MediaObject {
			p.Form = rest.FormOne
			if scalar && res.set {
				step.Format, row = engine.JSON, ast.Func("row_to_json", ast.Col(rowName))
			}
		}
		if !scalar {
			row = ast.Func("row_to_json", ast.Col(rowName))
		}
		if of.Kind == rest.MediaArray || of.Stripped {
			step = Step{Statement: over(q, ast.Func("json_strip_nulls", row)), Format: engine.JSONScalar}
		}
	case of.Kind == rest.MediaCSV:
		step.Format, p.Form = engine.Text, rest.FormCSV
	case of.Kind == rest.MediaGeoJSON:
		p.Form = rest.FormGeoRows
		if fn := m.featureFunction(); fn != nil {
			feature := ast.Cast(call(fn, ast.Col(rowName)), ast.Type("pg_catalog", "json"))
			step = Step{Statement: over(q, feature), Format: engine.JSONScalar}
			p.Form = rest.FormFeatures
		} else if !b.mayHoldGeometry(q) {
			b.fail(errs.New("22023", "geometry column is missing"))
		}
	}
	if h.media.Kind == rest.MediaPlan {
		step = Step{Statement: explain(step.Statement, h.media.Plan.JSON, h.media.Plan.Options), Format: engine.Text}
		p.Form = rest.FormPlan
	}
	step.args = b.args
	p.main = len(p.Steps)
	p.Steps = append(p.Steps, step)
}

// mayHoldGeometry says whether a column of the answer can be a GeoJSON geometry. Columns that are no plain ones of a known
// relation can.
func (b *builder) mayHoldGeometry(q *ast.SelectStmt) bool {
	for _, t := range q.Targets {
		c, ok := t.Value.(*ast.ColumnRef)
		if !ok {
			return true
		}
		r := b.target
		if r == nil {
			return true
		}
		for _, col := range r.Columns {
			json := col.Type == types.JSONOID || col.Type == types.JSONBOID
			if (c.Star || col.Name == c.Fields[len(c.Fields)-1]) && json {
				return true
			}
		}
	}
	return false
}

// over evaluates e over the rows of q, whose WITH stays on top.
func over(q *ast.SelectStmt, e ast.Expr) *ast.SelectStmt {
	inner := *q
	inner.With = nil
	out := ast.Select(ast.As(e, valueName))
	out.With = q.With
	out.From = []ast.TableRef{ast.Subselect(&inner, rowName)}
	return out
}

func (m *Model) valueForm(oid catalog.OID) rest.Form {
	if t := m.Snapshot.TypeByOID(oid); t != nil && t.Underlying().OID == types.ByteaOID {
		return rest.FormBytes
	}
	return rest.FormValue
}

// featureFunction is PostGIS's function that makes a GeoJSON feature of a row.
func (m *Model) featureFunction() *catalog.Function {
	for _, f := range m.Snapshot.Functions {
		if in := f.Inputs(); f.Name == "st_asgeojson" && len(in) > 0 && in[0].Type == types.RecordOID {
			return f
		}
	}
	return nil
}

func (m *Model) planWrite(p *Plan, r *rest.Request, prep Prepared, role string) error {
	t := m.Table(r.Schema, r.Name)
	if t == nil {
		return m.noTable(role, r.Schema, r.Name)
	}
	p.Table = t
	root, err := m.tree(role, r, t.Relation, t.Name)
	if err != nil {
		return err
	}
	p.Warnings = root.warnings()
	b := &builder{m: m, req: r, target: t.Relation}
	var c *change
	switch r.Action {
	case rest.Update:
		c, err = b.update(t, root, prep.missing)
	case rest.Delete:
		c, err = b.delete(t, root)
	default:
		c, err = b.insert(t, prep.missing)
	}
	if err == nil {
		err = b.err
	}
	if err != nil {
		return err
	}
	if err := r.CheckPreferences(); err != nil {
		return err
	}
	h, err := m.negotiate(r, nameOf(t.Relation), root.whole())
	if err != nil {
		return err
	}
	p.upserts, p.marked = c.upserts, c.marked
	p.Media = h.media
	returned := returning(t, root)
	if c.stmt == nil {
		none := ast.Select(ast.As(ast.Null(), ""))
		if r.Prefer.Return == "representation" {
			none.Targets = returned
		}
		none.From = []ast.TableRef{ast.Table(t.Schema, t.Name, "")}
		none.Where = ast.Bool(false)
		c.stmt = none
	}
	switch {
	case r.Prefer.Return == "representation":
		setReturning(c.stmt, returned)
		b.source = sourceName
		q := b.query(root)
		q.With = ast.With(ast.CTE(sourceName, c.stmt))
		m.finish(p, r, b, q, h, nil)
	case r.Prefer.Return == "headers-only" && r.Action == rest.Insert && len(t.Key) > 0:
		setReturning(c.stmt, returned)
		q := &ast.SelectStmt{Pos: -1, With: ast.With(ast.CTE(sourceName, c.stmt)), From: []ast.TableRef{ast.Table("", sourceName, t.Name)}}
		for _, col := range t.Columns {
			if slices.Contains(t.Key, col.Name) {
				q.Targets = append(q.Targets, ast.As(ast.Col(t.Name, col.Name), col.Name))
			}
		}
		p.Form = rest.FormLocation
		p.main = len(p.Steps)
		p.Steps = append(p.Steps, Step{Statement: q, Format: engine.JSON, args: b.args})
	default:
		if r.Prefer.Return == "headers-only" {
			setReturning(c.stmt, returned)
		}
		step := Step{Statement: c.stmt, Format: engine.Discard, args: b.args}
		p.Form = rest.FormNone
		if h.media.Kind == rest.MediaPlan {
			step.Statement, step.Format = explain(c.stmt, h.media.Plan.JSON, h.media.Plan.Options), engine.Text
			p.Form = rest.FormPlan
		}
		p.main = len(p.Steps)
		p.Steps = append(p.Steps, step)
	}
	return b.err
}

const scalarName = "pgrst_scalar"

func (m *Model) planCall(p *Plan, r *rest.Request, role string) error {
	f, err := m.findFunction(role, r)
	if err != nil {
		return err
	}
	p.Function = f
	res := m.resultOf(f)
	name := f.Name
	if res.composite && res.table != "" {
		name = res.table
	}
	var relation *catalog.Relation
	if t := m.Table(f.Schema, name); t != nil {
		relation = t.Relation
	}
	root, err := m.tree(role, r, relation, name)
	if err != nil {
		return err
	}
	p.Warnings = root.warnings()
	h, err := m.negotiate(r, catalog.Name{Schema: f.Schema, Name: name}, root.whole())
	if err != nil {
		return err
	}
	if err := r.CheckPreferences(); err != nil {
		return err
	}
	if r.Prefer.Strict() && r.Prefer.HasMaxAffected && !res.set {
		return errs.New("PGRST128", "Function must return SETOF or TABLE when max-affected preference is used with handling=strict")
	}
	p.ReadOnly = r.Method != "POST" || f.Volatility != 'v'
	m.hoist(p, f)
	b := &builder{m: m, req: r, target: relation}
	target := b.callExpr(f)
	switch {
	case res.void:
		p.Media, p.Form = h.media, rest.FormNone
		p.main = len(p.Steps)
		p.Steps = append(p.Steps, Step{Statement: ast.Select(ast.As(target, scalarName)), Format: engine.Discard, args: b.args})
		p.single = true
		return b.err
	case res.composite:
		b.root = ast.FromFunc(target, name)
	case res.set && f.Returns != types.RecordOID:
		b.root = ast.FromFunc(target, name, scalarName)
	case root.aggregates():
		// In FROM the function is called even when nobody looks at its value.
		b.root = ast.FromFunc(target, name, scalarName)
	default:
		b.root = ast.Subselect(ast.Select(ast.As(target, scalarName)), name)
	}
	p.pageIsTotal = r.Top.IsAll() && m.Config.MaxRows < 0 || !res.set
	if r.Prefer.WantsCount() && !p.pageIsTotal && h.function == nil && !h.scalar && (p.jsonArray(h) || r.HeadOnly) {
		m.callWithTotal(p, r, b, root, res, target, h)
		return b.err
	}
	m.finish(p, r, b, b.query(root), h, f)
	return b.err
}

func (p *Plan) jsonArray(h handler) bool { return h.media.Kind == rest.MediaJSON }

// callWithTotal calls a function once and gives the page, its size and the number of all rows in one row.
func (m *Model) callWithTotal(p *Plan, r *rest.Request, b *builder, root *node, res result, target ast.Expr, h handler) {
	source := &ast.SelectStmt{Pos: -1, From: []ast.TableRef{b.root}}
	value := ast.Expr(ast.Col(rowName))
	if res.composite {
		source.Targets = []*ast.ResTarget{ast.As(ast.Star(root.table), "")}
		for _, n := range root.computedNames() {
			source.Targets = append(source.Targets, ast.As(ast.Col(root.table, n), n))
		}
	} else {
		source.Targets = []*ast.ResTarget{ast.As(ast.Col(root.table, scalarName), scalarName)}
		value = ast.Col(rowName, scalarName)
	}
	b.root, b.source = nil, sourceName
	total := ast.Select(ast.As(ast.CountStar(), "count"))
	b.matching(root, total)
	q := ast.Select(
		ast.As(ast.Coalesce(ast.Func("json_agg", value), ast.Str("[]")), "body"),
		ast.As(ast.CountStar(), "page"),
		ast.As(ast.ScalarQuery(total), "total"))
	rows := ast.CTE(sourceName, source)
	rows.Materialized = ast.CTEMaterializeAlways // a function that writes is called once
	q.With = ast.With(rows)
	q.From = []ast.TableRef{ast.Subselect(b.query(root), rowName)}
	p.Media, p.Form = h.media, rest.FormCounted
	p.main = len(p.Steps)
	p.Steps = append(p.Steps, Step{Statement: q, Format: engine.Text, args: b.args})
}

// computedNames are the names the request uses that are no columns of the relation.
func (n *node) computedNames() []string {
	var out []string
	add := func(name string) {
		if n.relation == nil || name == "*" || n.relation.Column(name) != nil || n.child(name) != nil || slices.Contains(out, name) {
			return
		}
		out = append(out, name)
	}
	for _, f := range n.fields {
		add(f.Field.Name)
	}
	for _, f := range n.filters {
		add(f.Field.Name)
	}
	var walk func(*rest.Logic)
	walk = func(l *rest.Logic) {
		if l.Leaf != nil {
			add(l.Leaf.Field.Name)
		}
		for i := range l.Items {
			walk(&l.Items[i])
		}
	}
	for i := range n.logic {
		walk(&n.logic[i])
	}
	for _, o := range n.order {
		if o.Relation == "" {
			add(o.Field.Name)
		}
	}
	return out
}

// hoist takes the function's settings that must be in force before it is called.
func (m *Model) hoist(p *Plan, f *catalog.Function) {
	names := make([]string, 0, len(f.Settings))
	for n := range f.Settings {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		if !slices.ContainsFunc(m.Config.HoistedSettings, func(h string) bool { return strings.EqualFold(h, n) }) {
			continue
		}
		if n == "default_transaction_isolation" {
			switch level := strings.ToLower(f.Settings[n]); level {
			case "repeatable read", "serializable":
				p.Isolation = level
			}
			continue
		}
		p.Settings = append(p.Settings, rest.Setting{Name: n, Value: f.Settings[n]})
	}
}

// Bind gives the parameters of step i for a request of the plan's shape.
func (p *Plan) Bind(i int, r *rest.Request, prep Prepared) ([]*string, error) {
	var marked []byte
	if prep.missing != nil {
		marked = prep.missing.body
	}
	return bind(p.Steps[i].args, r, p.maxRows, marked)
}
