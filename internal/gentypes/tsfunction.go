package gentypes

import (
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

// tsFunction is one overload: what it takes, what a call gives, and for functions that give rows of a relation what a
// call's select can go on from.
func (p *project) tsFunction(s *namespace, f *function, overloads []*function) tsType {
	var args tsType = tsNever
	if len(f.inputs) > 0 {
		object := &tsObject{}
		for _, q := range f.inputs {
			object.fields = append(object.fields, tsField{name: q.Name, optional: q.HasDefault, typ: p.tsOf(p.snap.TypeByOID(q.Type))})
		}
		args = object
	}
	relation := p.composite(f.Returns)
	// One row at most is expected of a function declared with ROWS 1, and of one that gives no set.
	single := !f.ReturnsSet || f.Rows <= 1
	var result tsType
	if fault := p.uncallable(s, f, overloads, relation); fault != "" {
		result = tsBoth{&tsObject{open: true, fields: []tsField{{name: "error", typ: tsText("true")}}}, tsString(fault)}
	} else {
		result = p.tsResult(s, f)
	}
	if f.ReturnsSet && (!single || relation == "") {
		result = tsArray{result}
	}
	out := &tsObject{fields: []tsField{{name: "Args", typ: args}, {name: "Returns", typ: result}}}
	if relation == "" {
		return out
	}
	from := "*"
	if len(f.Params) == 1 {
		if r := p.composite(f.Params[0].Type); r != "" {
			from = r
		}
	}
	truth := func(b bool) tsType {
		if b {
			return tsText("true")
		}
		return tsText("false")
	}
	out.fields = append(out.fields, tsField{name: "SetofOptions", typ: &tsObject{open: true, fields: []tsField{
		{name: "from", typ: tsText(tsString(from))},
		{name: "to", typ: tsText(tsString(relation))},
		{name: "isOneToOne", typ: truth(single)},
		{name: "isSetofReturn", typ: truth(f.ReturnsSet)},
	}}})
	return out
}

// tsResult is one row or value of the function's result.
func (p *project) tsResult(s *namespace, f *function) tsType {
	object := &tsObject{open: true}
	for _, q := range f.Params {
		if q.Mode == catalog.TableCol {
			object.fields = append(object.fields, tsField{name: q.Name, typ: p.tsOf(p.snap.TypeByOID(q.Type))})
		}
	}
	if len(object.fields) > 0 {
		slices.SortFunc(object.fields, func(a, b tsField) int { return p.order.compare(a.name, b.name) })
		return object
	}
	if row := p.rowOf(f.Returns); row != nil && row.Schema == s.name {
		for _, c := range p.relation(row, &namespace{}, nil).columns {
			object.fields = append(object.fields, tsField{name: c.name, typ: orNull(p.tsOf(c.typ), c.nullable)})
		}
		return object
	}
	return p.tsOf(p.snap.TypeByOID(f.Returns))
}

// uncallable gives the error that every call of the function ends with, "" when it can be called: overloads that the
// arguments' names do not tell apart, and functions over a row that give no rows.
func (p *project) uncallable(s *namespace, f *function, overloads []*function, relation string) string {
	const between = "Could not choose the best candidate function between: "
	const hint = ". Try renaming the parameters or the function itself in the database so function overloading can be resolved"
	name := s.name + "." + f.Name
	typname := func(oid catalog.OID) string {
		if t := p.snap.TypeByOID(oid); t != nil {
			return t.Name
		}
		return "unknown"
	}
	if len(f.inputs) == 0 {
		for _, o := range overloads {
			if len(o.inputs) == 1 && o.inputs[0].Name == "" && o.inputs[0].HasDefault {
				return between + name + "(), " + name + "( => " + typname(o.Returns) + ")" + hint
			}
		}
	}
	if len(f.inputs) == 1 && f.inputs[0].Name != "" {
		var rivals []*function
		for _, o := range overloads {
			if len(o.inputs) == 1 && o.inputs[0].Name == f.inputs[0].Name {
				rivals = append(rivals, o)
			}
		}
		if len(rivals) > 1 {
			slices.SortFunc(rivals, func(a, b *function) int { return p.byType(a.inputs[0].Type, b.inputs[0].Type) })
			var list []string
			for _, o := range rivals {
				list = append(list, name+"("+o.inputs[0].Name+" => "+typname(o.inputs[0].Type)+")")
			}
			return between + strings.Join(list, ", ") + hint
		}
	}
	if len(f.inputs) == 1 && f.inputs[0].Name == "" && relation == "" && p.composite(f.inputs[0].Type) != "" {
		return "the function " + name + " with parameter or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache"
	}
	return ""
}

// byType orders built-in types by their numbers, and after them those of the project by name: their numbers differ from
// one database to the next.
func (p *project) byType(a, b catalog.OID) int {
	const firstOfProjects = 16384
	x, y := p.snap.TypeByOID(a), p.snap.TypeByOID(b)
	builtin := func(t *types.Type) bool { return t != nil && t.OID < firstOfProjects && t.Schema == "pg_catalog" }
	switch {
	case builtin(x) && builtin(y):
		return int(a) - int(b)
	case builtin(x):
		return -1
	case builtin(y):
		return 1
	}
	return p.order.compare(p.typeName(a), p.typeName(b))
}
