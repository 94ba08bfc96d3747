package plan

import (
	"slices"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// result tells what a function gives.
type result struct {
	set, composite, void bool
	// table is the name of the composite type, "" for records and scalars.
	table string
}

func (m *Model) resultOf(f *catalog.Function) result {
	out := result{set: f.ReturnsSet, void: f.Returns == types.VoidOID && !f.ReturnsSet}
	t := m.Snapshot.TypeByOID(f.Returns)
	if t == nil {
		return out
	}
	t = t.Underlying()
	if r := m.Snapshot.RelationOfRowType(t.OID); r != nil {
		out.composite, out.table = true, r.Name
		return out
	}
	if t.Kind == types.CompositeType {
		out.composite, out.table = true, t.Name
		return out
	}
	if len(f.Outputs()) > 0 {
		out.composite, out.table = true, t.Name
		return out
	}
	return out
}

// findFunction picks the overload that the arguments' names fit.
func (m *Model) findFunction(role string, r *rest.Request) (*catalog.Function, error) {
	var keys []string
	post := r.Method == "POST"
	if post {
		keys = r.Body.Keys
		if r.HasColumns && r.Body.Kind == rest.RawJSON {
			keys = r.Columns
		}
	} else {
		for _, a := range r.Args {
			keys = append(keys, a.Name)
		}
	}
	keys = slices.Compact(slices.Sorted(slices.Values(keys)))
	var all, named, single []*catalog.Function
	for _, f := range m.Snapshot.FunctionsNamed(r.Schema, r.Name) {
		if m.exposed(f.Schema) && m.callable(f) {
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b *catalog.Function) int { return m.compareFunctions(a, b) })
	kind := r.ContentType.Kind
	for _, f := range all {
		in := f.Inputs()
		switch {
		case fits(in, keys, post && (kind == rest.MediaOctets || kind == rest.MediaText || kind == rest.MediaXML)):
			named = append(named, f)
		case post && len(in) == 1 && in[0].Name == "" && takesBody(in[0].Type, kind):
			single = append(single, f)
		}
	}
	switch {
	case len(named) == 1:
		return named[0], nil
	case len(named) > 1:
		return nil, m.ambiguousFunction(named)
	case len(single) == 1:
		return single[0], nil
	case len(single) > 1:
		return nil, m.ambiguousFunction(single)
	}
	return nil, m.noFunction(role, r, keys, all)
}

// compareFunctions orders overloads as errors list them.
func (m *Model) compareFunctions(a, b *catalog.Function) int {
	x, y := a.Inputs(), b.Inputs()
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return slices.CompareFunc(x, y, func(p, q catalog.Param) int {
		switch s, t := p.Name+"\x00"+m.typeText(p.Type), q.Name+"\x00"+m.typeText(q.Type); {
		case s < t:
			return -1
		case s > t:
			return 1
		}
		return 0
	})
}

func takesBody(t catalog.OID, kind rest.MediaKind) bool {
	switch kind {
	case rest.MediaJSON:
		return t == types.JSONOID || t == types.JSONBOID
	case rest.MediaText:
		return t == types.TextOID
	case rest.MediaXML:
		return t == types.XMLOID
	case rest.MediaOctets:
		return t == types.ByteaOID
	}
	return false
}

// fits says whether arguments with these names, sorted, can be given to the parameters.
func fits(in []catalog.Param, keys []string, rawBody bool) bool {
	if len(in) == 0 {
		return len(keys) == 0 && !rawBody
	}
	for _, k := range keys {
		if !slices.ContainsFunc(in, func(p catalog.Param) bool { return p.Name == k }) {
			return false
		}
	}
	for _, p := range in {
		if !p.HasDefault && !slices.Contains(keys, p.Name) {
			return false
		}
	}
	return true
}

// callExpr is the call of f with the request's arguments.
func (b *builder) callExpr(f *catalog.Function) ast.Expr {
	r := b.req
	c := ast.Call([]string{f.Schema, f.Name})
	in := f.Inputs()
	if len(in) == 1 && in[0].Name == "" {
		a := arg{kind: argBody}
		switch {
		case in[0].Type == types.ByteaOID:
			a.kind = argBytes
		case r.Body.Kind == rest.FormBody || r.Method != "POST":
			a.kind = argForm
		}
		c.Args = []ast.Expr{ast.Cast(b.param(a), b.typeOf(in[0].Type))}
		return c
	}
	for _, p := range in {
		if !b.given(p.Name) {
			continue
		}
		if p.Mode == catalog.Variadic {
			c.Variadic = true
		}
		c.Args = append(c.Args, ast.NamedArg(p.Name, b.argument(p)))
	}
	return c
}

func (b *builder) given(name string) bool {
	r := b.req
	if r.Method == "POST" && r.Body.Kind != rest.FormBody {
		if r.Body.Kind == rest.RawJSON {
			return slices.Contains(r.Columns, name)
		}
		return slices.Contains(r.Body.Keys, name)
	}
	return slices.ContainsFunc(r.Args, func(a rest.Arg) bool { return a.Name == name })
}

// argument is a parameter's value with its type. Values whose JSON form is more than a text are taken from the body by
// the database.
func (b *builder) argument(p catalog.Param) ast.Expr {
	t := b.m.Snapshot.TypeByOID(p.Type)
	name := b.argumentType(t, p.Type)
	if b.req.Method != "POST" || b.req.Body.Kind == rest.FormBody {
		if p.Mode == catalog.Variadic {
			return ast.Cast(b.param(arg{kind: argVariadic, name: p.Name}), name)
		}
		return ast.Cast(b.param(arg{kind: argNamed, name: p.Name}), name)
	}
	if t != nil {
		switch u := t.Underlying(); {
		case u.OID == types.JSONOID || u.OID == types.JSONBOID:
			return ast.Cast(b.param(arg{kind: argMemberRaw, name: p.Name}), name)
		case u.Kind != types.ArrayType && u.Kind != types.CompositeType && u.Kind != types.PseudoType:
			return ast.Cast(b.param(arg{kind: argMember, name: p.Name}), name)
		}
	}
	f := ast.FromFunc(ast.Func("json_to_record", ast.Cast(b.param(arg{kind: argBody}), ast.Type("pg_catalog", "json"))), bodyName)
	if !b.req.Body.Object {
		f = ast.FromFunc(ast.Func("json_to_recordset", ast.Cast(b.param(arg{kind: argBody}), ast.Type("pg_catalog", "json"))), bodyName)
	}
	f.ColDefs = []*ast.TableFuncElement{{Pos: -1, Name: p.Name, Type: name}}
	q := ast.Select(ast.As(ast.Col(bodyName, p.Name), p.Name))
	q.From = []ast.TableRef{f}
	q.Limit = ast.Int(1)
	return ast.ScalarQuery(q)
}

// argumentType is a parameter's type; those that would cut a value to one character are taken in their varying form.
func (b *builder) argumentType(t *types.Type, oid catalog.OID) *ast.TypeName {
	if t != nil {
		switch t.OID {
		case types.BitOID:
			return ast.Type("pg_catalog", "varbit")
		case types.BPCharOID:
			return ast.Type("pg_catalog", "varchar")
		case types.BitArrayOID:
			return ast.ArrayOf("pg_catalog", "varbit")
		case types.BPCharArrayOID:
			return ast.ArrayOf("pg_catalog", "varchar")
		}
	}
	return b.typeOf(oid)
}
