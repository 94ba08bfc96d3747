package interp

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// variable is a variable of a running function.
type variable struct {
	datumType
	val types.Datum
	// A record's fields and their values; without is true while it has none.
	fields  []types.Field
	vals    []types.Datum
	without bool
	unset   bool // nothing was assigned yet
}

func newVariable(t datumType) variable {
	v := variable{datumType: t}
	if t.rec {
		v.without, v.unset = true, true
		if t.typ != nil {
			v.fields = t.typ.Underlying().Fields
			v.vals = make([]types.Datum, len(v.fields))
		}
	}
	return v
}

// clear makes a variable NULL.
func (v *variable) clear() {
	v.val = types.Datum{}
	if !v.rec {
		return
	}
	v.without = true
	if v.typ != nil {
		v.vals = make([]types.Datum, len(v.fields))
	} else {
		v.fields, v.vals, v.unset = nil, nil, true
	}
}

// rowType is the type of a record's present value.
func (v *variable) rowType() *types.Type {
	if v.typ != nil {
		return v.typ
	}
	t := *types.ByOID(types.RecordOID)
	t.Fields = v.fields
	return &t
}

// datum is the value as one datum.
func (v *variable) datum() types.Datum {
	if !v.rec {
		return v.val
	}
	if v.without {
		return types.Datum{}
	}
	return rowDatum(v.fields, v.vals)
}

func rowDatum(fields []types.Field, vals []types.Datum) types.Datum {
	list := make([]*types.Type, len(fields))
	for i, f := range fields {
		list[i] = f.Type
	}
	return types.RowDatum(list, vals)
}

func (v *variable) field(name string) int {
	for i, f := range v.fields {
		if f.Name == name {
			return i
		}
	}
	return -1
}

// binding says which value a parameter has: a variable, or a field of a record.
type binding struct {
	datum int
	field string
}

// dependency is the shape a variable had when a statement was prepared.
type dependency struct {
	datum   int
	typ     *types.Type
	fields  []types.Field
	whole   bool
	without bool
}

// names resolves names in a statement to a function's variables, and notes which it took.
type names struct {
	f     *frame
	scope *plpgsql.Scope
	binds []binding
	deps  []dependency
}

// Conflict is the function's #variable_conflict.
func (n *names) Conflict() string { return n.f.fn.tree.Conflict }

func (n *names) param(b binding, t *types.Type, mod int32) query.Expr {
	at := -1
	for i, x := range n.binds {
		if x == b {
			at = i
		}
	}
	if at < 0 {
		n.binds = append(n.binds, b)
		at = len(n.binds) - 1
	}
	return &query.Param{T: query.T{Typ: t, Mod: mod, Pos: -1}, Number: at + 1}
}

// Name gives what a name stands for.
func (n *names) Name(list []string, must bool) (query.Expr, error) {
	if len(list) > 3 {
		return nil, nil
	}
	if list[0] == currentName && len(list) == 2 {
		return n.param(binding{datum: -1, field: list[1]}, types.ByOID(types.TIDOID), -1), nil
	}
	d, used := n.scope.Find(list)
	if d < 0 {
		return nil, nil
	}
	v := &n.f.vars[d]
	rest := list[used:]
	if !v.rec {
		if len(rest) > 0 {
			return nil, nil
		}
		if n.f.fn.tree.Datums[d].Preset {
			n.depend(dependency{datum: d, typ: v.typ})
		}
		return n.param(binding{datum: d}, v.typ, v.mod), nil
	}
	if len(rest) > 1 {
		return nil, nil
	}
	if v.typ == nil && v.unset {
		return nil, errs.New("55000", "record \"%s\" is not assigned yet", n.f.fn.tree.Datums[d].Name).
			WithDetail("The tuple structure of a not-yet-assigned record is indeterminate.").At(-1)
	}
	if len(rest) == 1 {
		i := v.field(rest[0])
		if i < 0 {
			if !must {
				return nil, nil
			}
			return nil, errs.New("42703", "record \"%s\" has no field \"%s\"", n.f.fn.tree.Datums[d].Name, rest[0]).At(-1)
		}
		n.depend(dependency{datum: d, typ: v.typ, fields: v.fields})
		return n.param(binding{d, rest[0]}, v.fields[i].Type, v.fields[i].Typmod), nil
	}
	n.depend(dependency{datum: d, typ: v.typ, fields: v.fields, whole: true, without: v.without})
	t := query.T{Typ: v.rowType(), Mod: -1, Pos: -1}
	if v.without {
		return &query.Const{T: t}, nil
	}
	row := &query.Row{T: t}
	for _, f := range v.fields {
		row.Fields = append(row.Fields, n.param(binding{d, f.Name}, f.Type, f.Typmod))
		row.Names = append(row.Names, f.Name)
	}
	return row, nil
}

func (n *names) depend(d dependency) { n.deps = append(n.deps, d) }

// holds says whether a variable still has the shape a statement was prepared for.
func (d *dependency) holds(f *frame) bool {
	v := &f.vars[d.datum]
	if v.typ != d.typ || d.whole && v.without != d.without {
		return false
	}
	if !v.rec || v.typ != nil {
		return true
	}
	if v.unset || len(v.fields) != len(d.fields) {
		return false
	}
	if len(v.fields) > 0 && &v.fields[0] == &d.fields[0] {
		return true
	}
	for i := range v.fields {
		if v.fields[i].Name != d.fields[i].Name || v.fields[i].Type != d.fields[i].Type {
			return false
		}
	}
	return true
}

// cached is a prepared statement with what it was prepared for.
type cached struct {
	plan  *Plan
	key   Key
	binds []binding
	deps  []dependency
	quick quick
}

const maxPlans = 8

// plan prepares a statement, or finds it prepared.
func (f *frame) plan(s *plpgsql.SQL) (*cached, error) {
	key := f.h.Key()
	f.fn.mu.Lock()
	list := f.fn.plans[s]
	f.fn.mu.Unlock()
next:
	for _, c := range list {
		if c.key != key {
			continue
		}
		for i := range c.deps {
			if !c.deps[i].holds(f) {
				continue next
			}
		}
		return c, nil
	}
	n := &names{f: f, scope: s.Scope}
	text := s.Text
	if s.Expr {
		text = plpgsql.Prefix + text
	}
	stmt := s.Stmt
	if cursor := CurrentOf(stmt); cursor != "" {
		stmt = byPlace(stmt, cursor)
	}
	p, err := f.h.Prepare(stmt, text, n, func() int { return len(n.binds) })
	if err != nil {
		return nil, inStatement(err, s.What)
	}
	c := &cached{plan: p, key: key, binds: n.binds, deps: n.deps}
	if s.Expr && p.Simple && len(p.Columns) == 1 {
		c.quick = compileQuick(p.Value)
	}
	f.fn.mu.Lock()
	defer f.fn.mu.Unlock()
	list = f.fn.plans[s]
	if len(list) >= maxPlans {
		list = list[1:]
	}
	f.fn.plans[s] = append(list[:len(list):len(list)], c)
	return c, nil
}

// args are the present values of a plan's parameters.
func (f *frame) args(c *cached) []types.Datum {
	if len(c.binds) == 0 {
		return nil
	}
	out := make([]types.Datum, len(c.binds))
	for i, b := range c.binds {
		if b.datum < 0 {
			out[i] = f.place
			continue
		}
		v := &f.vars[b.datum]
		if b.field == "" {
			out[i] = v.datum()
		} else if k := v.field(b.field); k >= 0 && k < len(v.vals) {
			out[i] = v.vals[k]
		}
	}
	return out
}

// set assigns a value of type from.
func (f *frame) set(d int, val types.Datum, from *types.Type) error {
	v := &f.vars[d]
	if !v.rec {
		out, err := f.h.Cast(from, v.typ, v.mod, val)
		if err != nil {
			return err
		}
		if out.IsNull() && f.fn.tree.Datums[d].NotNull {
			return errs.New("22004", "null value cannot be assigned to variable \"%s\" declared NOT NULL", f.fn.tree.Datums[d].Name)
		}
		v.val = out
		return nil
	}
	u := from.Underlying()
	if val.IsNull() {
		if u.Kind != types.CompositeType && u.OID != types.RecordOID && u.OID != types.UnknownOID && u.OID != types.TextOID {
			return notComposite()
		}
		v.clear()
		if v.typ == nil && len(u.Fields) > 0 {
			v.fields, v.vals, v.unset = u.Fields, make([]types.Datum, len(u.Fields)), false
		}
		return f.checkRow(d)
	}
	switch {
	case len(u.Fields) > 0:
	case v.typ != nil && (u.OID == types.RecordOID || u.OID == types.UnknownOID || u.OID == types.TextOID):
		out, err := f.h.Cast(types.ByOID(types.UnknownOID), v.typ, -1, val)
		if err != nil {
			return err
		}
		val, u = out, v.typ.Underlying()
	default:
		return notComposite()
	}
	cols := make([]Column, len(u.Fields))
	for i, x := range u.Fields {
		cols[i] = Column{x.Name, x.Type, x.Typmod}
	}
	return f.setRow(d, cols, types.RowOf(u, val))
}

func notComposite() error {
	return errs.New("42804", "cannot assign non-composite value to a record variable")
}

func (f *frame) checkRow(d int) error {
	if f.vars[d].without && f.fn.tree.Datums[d].NotNull {
		return errs.New("22004", "null value cannot be assigned to variable \"%s\" declared NOT NULL", f.fn.tree.Datums[d].Name)
	}
	return nil
}

// setRow assigns a row to a record; a nil row is none.
func (f *frame) setRow(d int, cols []Column, row []types.Datum) error {
	v := &f.vars[d]
	v.unset = false
	if v.typ == nil {
		same := len(v.fields) == len(cols)
		for i := 0; same && i < len(cols); i++ {
			same = v.fields[i].Name == cols[i].Name && v.fields[i].Type == cols[i].Type && v.fields[i].Typmod == cols[i].Mod
		}
		if !same {
			v.fields = make([]types.Field, len(cols))
			for i, c := range cols {
				v.fields[i] = types.Field{Name: c.Name, Type: c.Type, Typmod: c.Mod}
			}
		}
		v.vals = make([]types.Datum, len(cols))
		copy(v.vals, row)
		v.without = row == nil
		return nil
	}
	vals := make([]types.Datum, len(v.fields))
	if row != nil {
		for i := range v.fields {
			if i >= len(row) || i >= len(cols) {
				break
			}
			var err error
			if vals[i], err = f.h.Cast(cols[i].Type, v.fields[i].Type, v.fields[i].Typmod, row[i]); err != nil {
				return err
			}
		}
	}
	v.vals, v.without = vals, row == nil
	return f.checkRow(d)
}

// setInto assigns a row to INTO's list; a nil row makes all NULL.
func (f *frame) setInto(into *plpgsql.Into, cols []Column, row []types.Datum) error {
	if t := into.Targets[0]; len(into.Targets) == 1 && len(t.Path) == 0 && f.vars[t.Datum].rec {
		return f.setRow(t.Datum, cols, row)
	}
	for i, t := range into.Targets {
		val, typ := types.Datum{}, types.ByOID(types.UnknownOID)
		if i < len(cols) {
			typ = cols[i].Type
			if row != nil {
				val = row[i]
			}
		}
		if len(t.Path) == 0 && f.vars[t.Datum].rec && len(into.Targets) > 1 {
			return errs.New("42601", "record variable cannot be part of multiple-item INTO list")
		}
		if err := f.assign(t, val, typ); err != nil {
			return err
		}
	}
	return nil
}

// assign puts a value where a target says.
func (f *frame) assign(t *plpgsql.Target, val types.Datum, from *types.Type) error {
	if len(t.Path) == 0 {
		return f.set(t.Datum, val, from)
	}
	v := &f.vars[t.Datum]
	if v.rec {
		name := t.Path[0].Field
		if name == "" {
			return errs.New("42804", "cannot subscript type %s because it does not support subscripting", v.rowType())
		}
		if v.typ == nil && v.unset {
			return errs.New("55000", "record \"%s\" is not assigned yet", f.fn.tree.Datums[t.Datum].Name).
				WithDetail("The tuple structure of a not-yet-assigned record is indeterminate.")
		}
		i := v.field(name)
		if i < 0 {
			return errs.New("42703", "record \"%s\" has no field \"%s\"", f.fn.tree.Datums[t.Datum].Name, name)
		}
		out, err := f.put(v.fields[i].Type, v.fields[i].Typmod, v.vals[i], t.Path[1:], val, from)
		if err != nil {
			return err
		}
		// Statements may hold the old list.
		v.vals = append([]types.Datum(nil), v.vals...)
		v.vals[i] = out
		v.without = false
		return nil
	}
	out, err := f.put(v.typ, v.mod, v.val, t.Path, val, from)
	if err != nil {
		return err
	}
	v.val = out
	return nil
}

// put gives the value of type typ in which what path leads to is replaced.
func (f *frame) put(typ *types.Type, mod int32, old types.Datum, path []plpgsql.Step, val types.Datum, from *types.Type) (types.Datum, error) {
	if len(path) == 0 {
		return f.h.Cast(from, typ, mod, val)
	}
	u := typ.Underlying()
	if path[0].Field != "" {
		if u.Kind != types.CompositeType {
			return types.Datum{}, errs.New("42804", "cannot assign to field \"%s\" of column \"%s\" because its type %s is not a composite type", path[0].Field, "", u)
		}
		vals := make([]types.Datum, len(u.Fields))
		if !old.IsNull() {
			vals = types.RowOf(u, old)
		}
		for i, x := range u.Fields {
			if x.Name == path[0].Field {
				out, err := f.put(x.Type, x.Typmod, vals[i], path[1:], val, from)
				if err != nil {
					return types.Datum{}, err
				}
				vals[i] = out
				return rowDatum(u.Fields, vals), nil
			}
		}
		return types.Datum{}, errs.New("42703", "cannot assign to field \"%s\" of column because there is no such column in data type %s", path[0].Field, u)
	}
	steps := 0
	for steps < len(path) && path[steps].Field == "" {
		steps++
	}
	if u.OID == types.JSONBOID {
		if steps < len(path) {
			return types.Datum{}, errs.New("42804", "cannot assign to field \"%s\" of column \"%s\" because its type %s is not a composite type", path[steps].Field, "", u)
		}
		return f.putJSON(u, old, path, val, from)
	}
	return f.putElement(typ, old, path[:steps], path[steps:], val, from)
}
